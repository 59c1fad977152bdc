/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

#include <string.h>

#include "store/gez-database-private.h"

/* After the listings were gone through: what came may change who may read what, and open what did not open.
 */

typedef struct
{
  GezEngine *engine;
  char *today;
  gint64 known;       /* roster records and keys before */
  gboolean is_due;    /* out */
  gint64 known_now;   /* out */
  guint n_wanted;     /* out: segments that a key that came opens */
  gboolean is_older;  /* out: a key came for what snapshots did not hold */
} Settling;

/* Whether one of the hints is what this key gives with this nonce. */
static gboolean
opens (const GezSecret *key,
       GBytes          *nonce,
       GBytes          *hints)
{
  guint8 hint[GEZ_HINT_SIZE];
  gsize size;
  const guint8 *data = g_bytes_get_data (hints, &size);

  if (g_bytes_get_size (nonce) != GEZ_NONCE_SIZE)
    return FALSE;
  gez_key_hint (key, g_bytes_get_data (nonce, NULL), hint);
  for (gsize i = 0; i + GEZ_HINT_SIZE <= size; i += GEZ_HINT_SIZE)
    if (memcmp (data + i, hint, GEZ_HINT_SIZE) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
want (GezDatabase  *database,
      GezStatement *segment,
      guint        *n_wanted,
      GError      **error)
{
  GezId device = gez_statement_get_id (segment, 0);
  g_autoptr (GBytes) hash = gez_statement_get_blob (segment, 2);

  *n_wanted += 1;
  return gez_database_execute (
      database, error, "UPDATE segment SET is_wanted = 1 WHERE device = ? AND sequence = ? AND hash = ?",
      GEZ_ID, &device, GEZ_INTEGER, gez_statement_get_integer (segment, 1), GEZ_BLOB, hash, GEZ_END);
}

static gboolean
try_key (GezDatabase     *database,
         const GezSecret *key,
         guint           *n_wanted,
         GError         **error)
{
  g_autoptr (GezStatement) segment = NULL;
  GError *failure = NULL;

  segment = gez_database_query (database, error,
                                "SELECT device, sequence, hash, nonce, hints FROM segment "
                                "WHERE n_unread > 0 AND is_wanted = 0", GEZ_END);
  if (segment == NULL)
    return FALSE;
  while (gez_statement_next (segment, &failure))
    {
      g_autoptr (GBytes) nonce = gez_statement_get_blob (segment, 3);
      g_autoptr (GBytes) hints = gez_statement_get_blob (segment, 4);

      if (opens (key, nonce, hints) && !want (database, segment, n_wanted, error))
        return FALSE;
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* Looks through what did not open with each key that was not tried on it. */
static gboolean
try_keys (GezDatabase *database,
          GezTeam     *team,
          guint       *n_wanted,
          gboolean    *is_older,
          GError     **error)
{
  GezKeyring *keyring = gez_team_get_keyring (team);
  g_autoptr (GezSecret) key = gez_secret_new (error);
  guint n_keys = gez_keyring_get_size (keyring);

  if (key == NULL)
    return FALSE;
  if (gez_database_integer (database, 0, "SELECT count(*) FROM key_tried", GEZ_END) >= n_keys)
    return TRUE;
  for (guint i = 0; i < n_keys; i++)
    {
      const GezKeyInfo *info = gez_keyring_get (keyring, i);

      if (!gez_database_execute (database, error, "INSERT OR IGNORE INTO key_tried (key_id) VALUES (?)",
                                 GEZ_ID, &info->key_id, GEZ_END))
        return FALSE;
      if (gez_database_get_n_changed (database) > 0
          && (!gez_keyring_copy_key (keyring, i, key) || !try_key (database, key, n_wanted, error)
              || !gez_engine_uncover (database, &info->circle, is_older, error)))
        return FALSE;
    }
  return TRUE;
}

#define COUNT_KNOWN "SELECT (SELECT count(*) FROM roster_record) + (SELECT count(*) FROM circle_key)"

static gboolean
is_due_cb (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  Settling *settling = data;
  GezEngine *self = settling->engine;
  GezClock *clock = gez_database_get_clock (database);

  settling->today = gez_clock_date_of (clock, gez_clock_get_now (clock));
  settling->is_due = self->report->n_files_read > 0 || self->is_retry
                     || g_strcmp0 (settling->today, self->audited_on) != 0;
  return TRUE;
}

static gboolean
settle_cb (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  Settling *settling = data;
  GezEngine *self = settling->engine;
  GezTeam *team = gez_engine_get_team (self, database, error);

  if (team == NULL || !gez_team_audit (team, error) || !gez_team_follow_roster (team, error)
      || !gez_engine_note_devices (database, team, error)
      || !gez_engine_forget_removed (database, self->report->tables, error)
      || !gez_engine_note_missing (database, error)
      || !try_keys (database, team, &settling->n_wanted, &settling->is_older, error))
    return FALSE;
  settling->known_now = gez_database_integer (database, 0, COUNT_KNOWN, GEZ_END);
  if (settling->known_now == self->known && !self->is_retry)
    return TRUE;
  return gez_database_execute (database, error, "UPDATE outgoing SET is_stuck = 0 WHERE is_stuck = 1",
                               GEZ_END)
         && gez_database_execute (database, error, "UPDATE waiting_write SET is_stuck = 0 WHERE is_stuck = 1",
                                  GEZ_END);
}

/**
 * gez_engine_settle:
 * @is_more: (out): whether the listings should be gone through again
 *
 * Follows the roster, gives keys to whom they are due, and finds what keys that came open.
 *
 * Returns: %FALSE with @error set when the round cannot go on
 *
 * Thread: the engine's.
 */
gboolean
gez_engine_settle (GezEngine *self,
                   gboolean  *is_more,
                   GError   **error)
{
  Settling settling = { .engine = self };

  *is_more = FALSE;
  if (!gez_engine_run (self, is_due_cb, &settling, error)
      || (settling.is_due && !gez_engine_change (self, settle_cb, &settling, error)))
    {
      g_free (settling.today);
      return FALSE;
    }
  g_free (self->audited_on);
  self->audited_on = settling.today;
  if (!settling.is_due)
    return TRUE;
  self->wants_snapshots |= settling.is_older;
  *is_more = settling.known_now != self->known || settling.n_wanted > 0 || settling.is_older;
  self->is_retry = *is_more;
  self->known = settling.known_now;
  if (*is_more)
    g_hash_table_remove_all (self->done);
  return TRUE;
}
