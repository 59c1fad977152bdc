/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *gez_ctl_sentence (const GError *error);

char *gez_ctl_backup_sentence (const GError *error);

G_END_DECLS
