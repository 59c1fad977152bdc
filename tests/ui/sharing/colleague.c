/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colleague.h"

#include "circle/gez-fingerprint.h"
#include "store/gez-store-private.h"
#include "sync/gez-merge.h"

static gboolean
read_slice (GezStore *store,
            gpointer  data,
            GError  **error)
{
  GPtrArray **log = data;

  *log = gez_merge_read_log (store->database, error);
  return *log != NULL;
}

void
colleague_hear (Colleague *self)
{
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GError) error = NULL;

  gez_store_run_slice (self->dossier->fixture->store, read_slice, &log, &error);
  g_assert_no_error (error);
  gez_merge_apply (self->memory->database, log, &error);
  g_assert_no_error (error);
}

Colleague *
colleague_new (Dossier *dossier)
{
  Colleague *self = g_new0 (Colleague, 1);

  self->dossier = dossier;
  self->memory = memory_database_new (DOSSIER_NOW, 77);
  colleague_hear (self);
  return self;
}

void
colleague_free (Colleague *self)
{
  memory_database_free (self->memory);
  g_free (self);
}

void
colleague_set_text (Colleague  *self,
                    const char *column,
                    const char *text)
{
  g_autoptr (GezChange) change = gez_change_new ("edit-household");

  gez_change_update (change, "household", &self->dossier->household);
  gez_change_set_text (change, column, text);
  memory_database_commit (self->memory, change);
}

static gboolean
apply_slice (GezStore *store,
             gpointer  data,
             GError  **error)
{
  return gez_merge_apply (store->database, data, error);
}

void
colleague_send (Colleague *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) log = gez_merge_read_log (self->memory->database, &error);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  gez_store_run_slice (self->dossier->fixture->store, apply_slice, log, &error);
  g_assert_no_error (error);
  g_ptr_array_add (tables, g_strdup ("household"));
  gez_store_announce (self->dossier->fixture->store, tables);
}

/* A team ---------------------------------------------------------------------------------------- */

static const GezId an = { { 0x0a } }, bo = { { 0x0b } };

static gboolean
add_member (GezDatabase *database,
            const GezId *id,
            const char  *name,
            const char  *role,
            GError     **error)
{
  return gez_database_execute (database, error,
                               "INSERT INTO team_member (id, name, role, is_active) VALUES (?, ?, ?, 1)",
                               GEZ_ID, id,
                               GEZ_TEXT, name, GEZ_TEXT, role, GEZ_END);
}

static gboolean
add_grant (GezDatabase *database,
           guint8       number,
           GezCircle    circle,
           const GezId *member,
           const GezId *by,
           GError     **error)
{
  GezId id = { { 0x81, number } };
  guint8 encoded[GEZ_CIRCLE_SIZE_MAX];
  g_autoptr (GBytes) bytes = g_bytes_new (encoded, gez_circle_encode (circle, encoded));

  return gez_database_execute (database, error,
                               "INSERT INTO circle_grant (id, of_circle, member_id, by_member_id, granted_at)"
                               " VALUES (?, ?, ?, ?, 1)",
                               GEZ_ID, &id, GEZ_BLOB, bytes, GEZ_ID, member, GEZ_ID, by, GEZ_END);
}

static gboolean
add_team (GezDatabase *database,
          const GezId *household,
          GError     **error)
{
  g_autoptr (GezStatement) row = gez_database_query (database, error, "SELECT member_id FROM device",
                                                     GEZ_END);
  GezId me;

  if (row == NULL || !gez_statement_next (row, error))
    return FALSE;
  me = gez_statement_get_id (row, 0);
  g_clear_pointer (&row, gez_statement_free);
  return gez_database_execute (database, error,
                               "INSERT INTO team (row, id, root, fingerprint_key, user_public, user_secret,"
                               " device_public, device_secret, folder_uri, joined_at, name, leaders_read)"
                               " VALUES (1, ?1, ?1, ?1, ?1, ?1, ?1, ?1, 'file:///map', 1, 'Team', 'cards')",
                               GEZ_ID, household, GEZ_END)
         && add_member (database, &me, "Testa Verzonnen", "casemanager", error)
         && add_member (database, &an, "An Verzonnen", "casemanager", error)
         && add_member (database, &bo, "Bo <Verzonnen>", "brugfiguur", error)
         && add_grant (database, 1, gez_circle_open (household), &me, &me, error)
         && add_grant (database, 2, gez_circle_casework (household), &me, &me, error)
         && add_grant (database, 3, gez_circle_open (household), &an, &me, error)
         && add_grant (database, 4, gez_circle_casework (household), &an, &me, error)
         && gez_database_execute (database, error, "INSERT INTO team_lock (member_id, household_id) VALUES "
                                                   "(?, ?)",
                                  GEZ_ID, &bo, GEZ_ID, household, GEZ_END);
}

static gboolean
team_slice (GezStore *store,
            gpointer  household,
            GError  **error)
{
  return gez_database_begin (store->database, error) && add_team (store->database, household, error)
         && gez_database_commit (store->database, error);
}

void
colleague_found_team (Dossier *dossier)
{
  g_autoptr (GError) error = NULL;

  gez_store_run_slice (dossier->fixture->store, team_slice, &dossier->household, &error);
  g_assert_no_error (error);
}

/* One family ------------------------------------------------------------------------------------ */

typedef struct
{
  const char *member;
  const char *names[3];
  const char *phones;
  char *hashes;
  GezId id;
} Work;

static gboolean
work_slice (GezStore *store,
            gpointer  data,
            GError  **error)
{
  Work *work = data;
  g_autoptr (GezTeam) team = gez_team_load (store->database, error);
  g_autoptr (GezStatement) row = NULL;
  g_autoptr (GPtrArray) hashes = NULL;

  if (team == NULL)
    return FALSE;
  row = gez_database_query (store->database, error, "SELECT id FROM team_member WHERE name = ?", GEZ_TEXT,
                            work->member, GEZ_END);
  if (row == NULL || !gez_statement_next (row, error))
    return FALSE;
  work->id = gez_statement_get_id (row, 0);
  hashes = gez_fingerprint_of_person (gez_team_get_fingerprint_key (team), work->names[0], work->names[1],
                                      work->names[2], work->phones);
  g_ptr_array_add (hashes, NULL);
  work->hashes = g_strjoinv (" ", (char **) hashes->pdata);
  return TRUE;
}

void
colleague_works_with (Dossier    *dossier,
                      const char *member,
                      const char *first_name,
                      const char *last_name,
                      const char *born_on,
                      const char *phones)
{
  Work work = { member, { first_name, last_name, born_on }, phones };
  GezId id = gez_id_new (gez_context_get_clock (dossier->context));
  GezChange *change = gez_change_new ("fingerprint");
  g_autoptr (GError) error = NULL;

  gez_store_run_slice (dossier->fixture->store, work_slice, &work, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (work.hashes, !=, "");
  gez_change_insert (change, "fingerprint", &id, gez_circle_team ());
  gez_change_set_text (change, "hashes", work.hashes);
  gez_change_set_text (change, "file_token", "0123456789abcdef0123456789abcdef");
  gez_change_set_id (change, "contact_member_id", &work.id);
  dossier_commit (dossier, change);
  g_free (work.hashes);
}
