/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-merge-make.h"

/* Writes that should not have been taken: a device was removed, and this one had read further than whoever
 * removed it. Those who had not never will; so that all show the same, they go here too. */

typedef struct
{
  GezVersion version;
  GezId id;
  char *table; /* (nullable): of a birth */
} Forgotten;

static void
clear_forgotten (gpointer data)
{
  g_free (((Forgotten *) data)->table);
}

static GArray *
find_forgotten (GezDatabase *database,
                const GezId *device,
                guint64      sequence,
                GError     **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Forgotten));
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  g_array_set_clear_func (found, clear_forgotten);
  row = gez_database_query (database, error,
                            "SELECT device, counter, id, CASE WHEN is_birth THEN table_name END FROM "
                            "change_log WHERE of_sequence > ?2 "
                            "AND (brought_by = ?1 OR (brought_by IS NULL AND device = ?1))",
                            GEZ_ID, device, GEZ_INTEGER, (gint64) sequence, GEZ_END);
  if (row == NULL)
    return NULL;
  while (gez_statement_next (row, &failure))
    {
      Forgotten one = { { gez_statement_get_id (row, 0), (guint64) gez_statement_get_integer (row, 1) },
                        gez_statement_get_id (row, 2), g_strdup (gez_statement_get_text (row, 3)) };

      g_array_append_val (found, one);
    }
  if (failure == NULL)
    return g_steal_pointer (&found);
  g_propagate_error (error, failure);
  return NULL;
}

static gboolean
forget (GezMerge   *self,
        Forgotten  *one,
        GError    **error)
{
  gez_merge_touch (self, &one->id);
  return (one->table == NULL || gez_merge_unmake (self, one->table, &one->id, error))
         && gez_database_execute (self->database, error,
                                  "DELETE FROM change_log WHERE device = ? AND counter = ?", GEZ_ID,
                                  &one->version.device, GEZ_INTEGER, (gint64) one->version.counter, GEZ_END)
         && gez_database_execute (self->database, error,
                                  "DELETE FROM also_under WHERE id = ? AND device = ? AND counter = ?",
                                  GEZ_ID, &one->id, GEZ_ID, &one->version.device, GEZ_INTEGER,
                                  (gint64) one->version.counter, GEZ_END);
}

/**
 * gez_merge_forget:
 * @device: whose segments
 * @sequence: the last one that counts
 * @tables: (element-type utf8) (nullable): gets the names of shared tables of which rows changed
 *
 * Takes what later segments of a device brought out of the log, and makes the rows anew.
 *
 * Transaction: the caller's.
 * Thread: the store's worker.
 *
 * Returns: %TRUE on success; on failure the caller rolls back
 */
gboolean
gez_merge_forget (GezDatabase *database,
                  const GezId *device,
                  guint64      sequence,
                  GPtrArray   *tables,
                  GError     **error)
{
  g_autoptr (GArray) forgotten = NULL;
  GezMerge *self;
  gboolean done = TRUE;

  g_return_val_if_fail (database != NULL && device != NULL, FALSE);

  forgotten = find_forgotten (database, device, sequence, error);
  if (forgotten == NULL || forgotten->len == 0)
    return forgotten != NULL;
  self = gez_merge_begin (database, tables, error);
  if (self == NULL)
    return FALSE;
  for (guint i = 0; done && i < forgotten->len; i++)
    done = forget (self, &g_array_index (forgotten, Forgotten, i), error);
  done = done && gez_merge_make_touched (self, error);
  gez_merge_end (self);
  return done;
}
