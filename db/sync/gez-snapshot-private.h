/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-merge-private.h"
#include "sync/gez-snapshot.h"

G_BEGIN_DECLS

/**
 * GezStateHash:
 *
 * The sum modulo 2^256 of the hashes of writes: the same in any order.
 */
typedef struct
{
  guint8 sum[GEZ_HASH_SIZE];
  guint64 n_writes;
} GezStateHash;

void gez_state_hash_add (GezStateHash *self,
                         GezWrite     *write);

G_END_DECLS
