/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gez-ctl.h"
#include "vault/gez-secrets.h"

G_BEGIN_DECLS

GezSecret *gez_ctl_sheet_write    (GezCtl              *ctl,
                                   const GezStoreOwner *owner,
                                   const char          *path,
                                   GError             **error);
GezSecret *gez_ctl_sheet_read     (GezCtl              *ctl,
                                   const char          *file,
                                   GError             **error);
gboolean   gez_ctl_sheet_activate (GezStore            *store,
                                   const GezSecret     *code,
                                   GError             **error);

G_END_DECLS
