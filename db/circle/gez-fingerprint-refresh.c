/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-fingerprint.h"

#include <string.h>

#include "model/gez-derived.h"
#include "store/gez-commit.h"

/*
 * Keeps the fingerprints of files in step with their persons.
 *
 * 1. Those of a file are written by its contact alone, so that two who have not read the same yet do not
 *    write them to and fro. Taking them away is for everybody who reads that the file is left out.
 * 2. The id of a fingerprint is made from that of its person, so that two devices of the contact make the
 *    same row.
 * 3. Nothing is compared as long as the change log tells of nothing that a fingerprint is made of.
 */

#define ACT "fingerprint"

typedef struct
{
  GezId id;
  gboolean is_shown; /* neither withdrawn nor left out */
  GezId contact;
} File;

typedef struct
{
  GezDatabase *database;
  const GezSecret *key;
  GezChange *change;
  guint n_written;
} Refresh;

/* ?1 today, ?2 the member */
static const char files_sql[] =
  "SELECT h.id, h.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM fingerprint_choice c"
  " WHERE c.household_id = h.id AND c.is_left_out = 1 AND c.withdrawn_at IS NULL),"
  " coalesce((SELECT hc.member_id FROM helper hc WHERE hc.household_id = h.id AND hc.is_contact_person = 1"
  " AND hc.member_id IS NOT NULL AND " GEZ_SQL_IS_CURRENT_HELPER ("hc")
  " ORDER BY hc.since_on DESC, hc.id DESC LIMIT 1),"
  " (SELECT t.member_id FROM trajectory t WHERE t.household_id = h.id AND t.member_id IS NOT NULL"
  " AND t.withdrawn_at IS NULL ORDER BY t.id DESC LIMIT 1),"
  " (SELECT ?2 FROM change_log l JOIN team_device d ON d.id = l.device"
  " WHERE l.id = h.id AND l.is_birth = 1 AND d.member_id = ?2))"
  " FROM household h";

static const char due_sql[] =
  "SELECT NOT EXISTS (SELECT 1 FROM fingerprint_state) OR EXISTS (SELECT 1 FROM change_log"
  " WHERE row > (SELECT seen_row FROM fingerprint_state) AND table_name IN"
  " ('household', 'person', 'helper', 'trajectory', 'fingerprint_choice'))";

static GArray *
read_files (GezDatabase *database,
            const GezId *member,
            GError     **error)
{
  GezClock *clock = gez_database_get_clock (database);
  g_autofree char *today = gez_clock_date_of (clock, gez_clock_get_now (clock));
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (File));
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (database, error, files_sql, GEZ_TEXT, today, GEZ_ID, member, GEZ_END);
  if (row == NULL)
    return NULL;
  while (gez_statement_next (row, &failure))
    {
      File file = { gez_statement_get_id (row, 0), gez_statement_get_integer (row, 1) != 0, GEZ_ID_NONE };

      if (!gez_statement_is_null (row, 2))
        file.contact = gez_statement_get_id (row, 2);
      if (!file.is_shown || gez_id_equal (&file.contact, member))
        g_array_append_val (files, file);
    }
  if (failure == NULL)
    return g_steal_pointer (&files);
  g_propagate_error (error, failure);
  return NULL;
}

static GezId
make_row_id (const GezSecret *key,
             const GezId     *person)
{
  GezId id = GEZ_ID_NONE;

  gez_hash_parts (id.bytes, sizeof id.bytes, key->bytes, "print-row/1",
                  &(GezBytesView) { person->bytes, GEZ_ID_SIZE }, 1);
  return id;
}

static char *
join_hashes (GezStatement    *person,
             const GezSecret *key)
{
  g_autoptr (GPtrArray) hashes =
      gez_fingerprint_of_person (key, gez_statement_get_text (person, 1), gez_statement_get_text (person, 2),
                                 gez_statement_get_text (person, 3), gez_statement_get_text (person, 4));

  if (hashes->len == 0)
    return NULL;
  g_ptr_array_add (hashes, NULL);
  return g_strjoinv (" ", (char **) hashes->pdata);
}

/* @hashes: (nullable): %NULL: the fingerprint goes, if there is one. */
static gboolean
write_row (Refresh     *self,
           const File  *file,
           const GezId *id,
           const char  *hashes,
           GError     **error)
{
  g_autofree char *token = gez_fingerprint_file_token (self->key, &file->id);
  g_autoptr (GezStatement) row =
      gez_database_query (self->database, error,
                          "SELECT withdrawn_at IS NULL, hashes, file_token, contact_member_id IS ?2"
                          " FROM fingerprint WHERE id = ?1",
                          GEZ_ID, id, GEZ_ID, &file->contact, GEZ_END);
  GError *failure = NULL;
  gboolean is_there, is_shown;

  if (row == NULL)
    return FALSE;
  is_there = gez_statement_next (row, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  is_shown = is_there && gez_statement_get_integer (row, 0) != 0;
  if (hashes == NULL ? !is_shown
                     : is_shown && g_str_equal (gez_statement_get_text (row, 1), hashes)
                           && g_str_equal (gez_statement_get_text (row, 2), token)
                           && gez_statement_get_integer (row, 3) != 0)
    return TRUE;
  self->n_written++;
  if (hashes == NULL)
    {
      gez_change_withdraw (self->change, "fingerprint", id, NULL);
      return TRUE;
    }
  if (is_there)
    gez_change_update (self->change, "fingerprint", id);
  else
    gez_change_insert (self->change, "fingerprint", id, gez_circle_team ());
  gez_change_set_text (self->change, "hashes", hashes);
  gez_change_set_text (self->change, "file_token", token);
  gez_change_set_id (self->change, "contact_member_id", &file->contact);
  if (is_there && !is_shown)
    {
      gez_change_set_null (self->change, "withdrawn_at");
      gez_change_set_null (self->change, "withdrawn_reason");
    }
  return TRUE;
}

static gboolean
refresh_file (Refresh    *self,
              const File *file,
              GError    **error)
{
  g_autoptr (GezStatement) person = gez_database_query (
      self->database, error,
      "SELECT id, first_name, last_name, born_on, phones, withdrawn_at IS NULL FROM person"
      " WHERE household_id = ?",
      GEZ_ID, &file->id, GEZ_END);
  GError *failure = NULL;

  if (person == NULL)
    return FALSE;
  while (gez_statement_next (person, &failure))
    {
      GezId person_id = gez_statement_get_id (person, 0), id = make_row_id (self->key, &person_id);
      g_autofree char *hashes = NULL;

      if (file->is_shown && gez_statement_get_integer (person, 5) != 0)
        hashes = join_hashes (person, self->key);
      if (!write_row (self, file, &id, hashes, error))
        return FALSE;
    }
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
refresh_all (Refresh *self,
             GezTeam *team,
             GError **error)
{
  g_autoptr (GArray) files = read_files (self->database, gez_team_get_member (team), error);
  g_autoptr (GPtrArray) tables = NULL;

  for (guint i = 0; files != NULL && i < files->len; i++)
    if (!refresh_file (self, &g_array_index (files, File, i), error))
      return FALSE;
  return files != NULL
         && (self->n_written == 0 || gez_commit_into (self->database, self->change, &tables, error))
         && gez_database_execute (self->database, error,
                                  "INSERT INTO fingerprint_state (row, seen_row)"
                                  " SELECT 1, coalesce(max(row), 0) FROM change_log WHERE true"
                                  " ON CONFLICT (row) DO UPDATE SET seen_row = excluded.seen_row",
                                  GEZ_END);
}

/**
 * gez_fingerprint_refresh_due:
 * @team: (nullable): %NULL: a team of one needs none
 * @n_written: (out) (optional): fingerprints that were made, changed or withdrawn
 *
 * Makes, changes and withdraws fingerprints, when the change log tells of persons, files or choices since
 * the last time. They are rows of the team's circle and travel as such.
 *
 * Thread: the store's worker. Transaction: the caller's, a write transaction in which nothing is being
 * captured.
 *
 * Returns: %FALSE with an error of the store; then the caller rolls back
 */
gboolean
gez_fingerprint_refresh_due (GezDatabase *database,
                             GezTeam     *team,
                             guint       *n_written,
                             GError     **error)
{
  Refresh self = { database, NULL, NULL, 0 };
  g_autoptr (GezChange) change = NULL;
  gboolean done;

  g_return_val_if_fail (database != NULL, FALSE);

  if (n_written != NULL)
    *n_written = 0;
  if (team == NULL || gez_database_integer (database, 1, due_sql, GEZ_END) == 0)
    return TRUE;
  change = self.change = gez_change_new (ACT);
  self.key = gez_team_get_fingerprint_key (team);
  done = refresh_all (&self, team, error);
  if (n_written != NULL)
    *n_written = self.n_written;
  return done;
}
