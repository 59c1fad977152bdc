/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "vault/gez-vault-page.h"

G_BEGIN_DECLS

/**
 * GezEpoch:
 *
 * The life of one write-ahead log, kept in the file "<database>-epoch".
 */
typedef struct _GezEpoch GezEpoch;

int           gez_epoch_open      (sqlite3_vfs     *base,
                                   const char      *database_path,
                                   const GezSecret *key,
                                   const GezId     *database,
                                   GezEpoch       **epoch);
gboolean      gez_epoch_parse     (GBytes          *content,
                                   const GezSecret *key,
                                   const GezId     *database,
                                   guint8          *bytes);
const guint8 *gez_epoch_get_bytes (GezEpoch        *self);
int           gez_epoch_advance   (GezEpoch        *self);
void          gez_epoch_free      (GezEpoch        *self);

G_END_DECLS
