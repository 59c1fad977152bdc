/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-secrets.h"
#include "vault/gez-vault.h"

G_BEGIN_DECLS

#define GEZ_SLOT_PASSPHRASE 1
#define GEZ_SLOT_PASSPHRASE_SIZE 104
#define GEZ_KEY_SIZE 32

GBytes   *gez_slot_wrap     (const GezId   *database,
                             GezPassphrase  passphrase,
                             GezKdfCost     cost,
                             GezSecret     *data_key,
                             GError       **error);
gboolean  gez_slot_is_valid (GBytes        *payload);
GezKdfCost gez_slot_get_cost (GBytes       *payload);
gboolean  gez_slot_unwrap   (GBytes        *payload,
                             const GezId   *database,
                             GezPassphrase  passphrase,
                             GezSecret     *data_key,
                             GError       **error);

G_END_DECLS
