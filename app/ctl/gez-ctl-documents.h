/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gez-ctl.h"

G_BEGIN_DECLS

int gez_ctl_attach    (GezCtl *ctl, int argc, char **argv);
int gez_ctl_save_copy (GezCtl *ctl, int argc, char **argv);

G_END_DECLS
