/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault-check.h"

G_BEGIN_DECLS

/**
 * GezDamageTable:
 * @table: name of the table
 * @n_rows: rows that read
 * @n_rebuilt: rows that do not read and were made again from the change log
 * @n_lost: rows that are known to be gone; 0 as long as nobody tried to save them
 * @n_households: of how many households there are rows that do not read; -1: that cannot be told
 * @is_damaged: whether there are rows that do not read
 *
 * What became of one table.
 */
typedef struct
{
  char *table;
  gint64 n_rows;
  gint64 n_rebuilt;
  gint64 n_lost;
  gint64 n_households;
  gboolean is_damaged;
} GezDamageTable;

/**
 * GezDamage:
 * @check: what stands on the disk
 * @tables: (element-type GezDamageTable): what can be read of it, %NULL when the tables cannot be found
 * @problems: (element-type utf8): what does not fit together, for who can repair it; without names
 * @n_rows: rows that read, of all tables
 * @n_rebuilt: rows that were made again from the change log
 * @n_lost: rows that are gone
 * @n_corrected: rows that got their present values back, because the change log misses writes
 * @n_stand_ins: rows that stand in for a lost one that others refer to
 *
 * What is known of a damaged store, or of what was saved from it.
 */
typedef struct
{
  GezVaultCheck *check;
  GPtrArray *tables;
  GPtrArray *problems;
  gint64 n_rows;
  gint64 n_rebuilt;
  gint64 n_lost;
  gint64 n_corrected;
  gint64 n_stand_ins;
} GezDamage;

GezDamage      *gez_damage_new       (GezVaultCheck   *check);
GezDamageTable *gez_damage_add_table (GezDamage       *self,
                                      const char      *table);
GezDamageTable *gez_damage_find      (GezDamage       *self,
                                      const char      *table);
gboolean        gez_damage_is_sound  (const GezDamage *self);
void            gez_damage_free      (GezDamage       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezDamage, gez_damage_free)

G_END_DECLS
