/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-damage.h"
#include "sync/gez-merge.h"

G_BEGIN_DECLS

/**
 * GezSalvageRows:
 * @database: the new store
 * @device: who writes what the change log misses
 * @n_written: writes so far: the counter of the last one
 * @damage: where is counted
 * @pending: (element-type GezWrite): writes that are not merged yet
 *
 * The rows of the new store, while they are brought in line with what was read.
 */
typedef struct
{
  GezDatabase *database;
  GezId device;
  guint64 n_written;
  GezDamage *damage;
  GPtrArray *pending;
} GezSalvageRows;

gboolean gez_salvage_rows_add_write  (GezSalvageRows *self,
                                      GezWrite       *write,
                                      GError        **error);
gboolean gez_salvage_rows_compare    (GezSalvageRows *self,
                                      const GezTable *table,
                                      const char * const *columns,
                                      GezStatement   *row,
                                      GError        **error);
gboolean gez_salvage_rows_flush      (GezSalvageRows *self,
                                      GError        **error);
gboolean gez_salvage_rows_stand_in   (GezSalvageRows *self,
                                      GError        **error);
gboolean gez_salvage_rows_settle     (GezSalvageRows *self,
                                      GError        **error);

G_END_DECLS
