/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/gez-id.h"
#include "vault/gez-secrets.h"

G_BEGIN_DECLS

#define GEZ_SLOT_RECOVERY 2
#define GEZ_SLOT_RECOVERY_SIZE 130
#define GEZ_RECOVERY_CODE_SIZE 16
#define GEZ_RECOVERY_PUBLIC_SIZE 32

gboolean  gez_recovery_get_public (const GezSecret *code,
                                   guint8          *public_key,
                                   GError         **error);
gboolean  gez_recovery_get_pair   (const GezSecret *code,
                                   guint8          *public_key,
                                   GezSecret       *secret_key,
                                   GError         **error);
GBytes   *gez_recovery_seal       (const GezId     *database,
                                   const guint8    *public_key,
                                   const GezSecret *data_key,
                                   GError         **error);
gboolean  gez_recovery_is_known   (GBytes          *payload);
gboolean  gez_recovery_open       (GBytes          *payload,
                                   const GezId     *database,
                                   const GezSecret *code,
                                   GezSecret       *data_key,
                                   GError         **error);

G_END_DECLS
