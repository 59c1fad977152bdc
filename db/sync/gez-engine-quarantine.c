/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

/* Files that are not there yet, or never will be. */

#define SEVERAL_HOURS (6 * 60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  const char *path;
  const char *why;
  const GezSegmentHead *head;
} Note;

/**
 * gez_engine_why:
 * @error: of #GEZ_SYNC_ERROR, about one file
 *
 * Returns: (transfer none): what the table quarantine calls it
 */
const char *
gez_engine_why (const GError *error)
{
  if (g_error_matches (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED))
    return "damaged";
  if (g_error_matches (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_FOREIGN))
    return "foreign";
  if (g_error_matches (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_TOO_NEW))
    return "too_new";
  return "incomplete";
}

static gboolean
write_cb (GezDatabase *database,
          gpointer     data,
          GError     **error)
{
  Note *note = data;
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));

  if (note->why == NULL)
    return gez_database_execute (database, error, "DELETE FROM quarantine WHERE path = ?", GEZ_TEXT,
                                 note->path, GEZ_END);
  return gez_database_execute (
      database, error,
      "INSERT INTO quarantine (path, why, device, sequence, since_at, tried_at) "
      "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET why = excluded.why, "
      "device = excluded.device, sequence = excluded.sequence, tried_at = excluded.tried_at",
      GEZ_TEXT, note->path, GEZ_TEXT, note->why, GEZ_ID, note->head ? &note->head->device : NULL, GEZ_INTEGER,
      note->head ? (gint64) note->head->sequence : (gint64)0, GEZ_INTEGER, now, GEZ_INTEGER, now, GEZ_END);
}

/* A file that stays bad is tried at each reading; that is written down only now and then. */
static gboolean
is_noted_cb (GezDatabase *database,
             gpointer     data,
             GError     **error)
{
  Note *note = data;
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));
  g_autoptr (GezStatement) row = NULL;
  gboolean is_noted = FALSE;

  row = gez_database_query (database, error, "SELECT why, tried_at FROM quarantine WHERE path = ?", GEZ_TEXT,
                            note->path, GEZ_END);
  if (row == NULL)
    return FALSE;
  if (gez_statement_next (row, error))
    is_noted = note->why && g_str_equal (gez_statement_get_text (row, 0), note->why)
               && ABS (now - gez_statement_get_integer (row, 1)) < SEVERAL_HOURS;
  else
    is_noted = note->why == NULL;
  if (is_noted)
    note->path = NULL;
  return TRUE;
}

/**
 * gez_engine_quarantine:
 * @path: which file
 * @why: (nullable): as in the table; %NULL: it is all right now
 * @head: (nullable): what it says of itself
 *
 * Returns: %FALSE with @error set when the store fails
 */
gboolean
gez_engine_quarantine (GezEngine            *self,
                       const char           *path,
                       const char           *why,
                       const GezSegmentHead *head,
                       GError              **error)
{
  Note note = { path, why, head };

  if (!gez_engine_run (self, is_noted_cb, &note, error))
    return FALSE;
  return note.path == NULL || gez_engine_change (self, write_cb, &note, error);
}
