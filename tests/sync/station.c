/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station.h"

#include <string.h>

#include "circle/gez-team.h"
#include "store/gez-circle.h"

#define NOW G_GINT64_CONSTANT (1795000000000) /* 2026-11-18 */
#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define ROUNDS_AT_MOST 12

static gboolean
run_cb (gpointer      site,
        GezEngineWork work,
        gpointer      data,
        GError      **error)
{
  Station *self = site;
  gboolean done;

  self->n_works++;
  if (self->n_works == self->fail_at && !self->fail_after)
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED, "the store is closed, as asked");
      return FALSE;
    }
  done = work (self->memory->database, data, error);
  if (done && self->n_works == self->fail_at)
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED,
                           "the store is closed after it, as asked");
      return FALSE;
    }
  return done;
}

static Station *
new_around (MemoryDisk     *disk,
            MemoryDatabase *memory)
{
  Station *self = g_new0 (Station, 1);

  self->memory = memory;
  self->folder = memory_folder_new (disk);
  self->engine = gez_engine_new (run_cb, self, self->folder, NULL);
  return self;
}

Station *
station_new (MemoryDisk *disk,
             guint32     seed)
{
  return new_around (disk, memory_database_new (NOW + seed, seed));
}

void
station_free (Station *self)
{
  gez_engine_report_clear (&self->report);
  gez_engine_free (self->engine);
  g_object_unref (self->folder);
  memory_database_free (self->memory);
  g_free (self);
}

static void
begin (Station *self)
{
  g_autoptr (GError) error = NULL;

  gez_database_begin (self->memory->database, &error);
  g_assert_no_error (error);
}

static void
commit (Station *self)
{
  g_autoptr (GError) error = NULL;

  gez_database_commit (self->memory->database, &error);
  g_assert_no_error (error);
}

static void
set_member (Station     *self,
            const GezId *member)
{
  begin (self);
  g_assert_true (gez_database_execute (self->memory->database, NULL,
                                       "UPDATE device SET member_id = ?, team_name = 'Proefteam'", GEZ_ID,
                                       member, GEZ_END));
  commit (self);
}

void
station_found (Station    *self,
               const char *name)
{
  g_autoptr (GezChange) change = gez_change_new ("begin");
  g_autoptr (GError) error = NULL;
  GezId member = gez_id_new (self->memory->clock);

  set_member (self, &member);
  gez_change_insert (change, "member", &member, gez_circle_team ());
  gez_change_set_text (change, "name", name);
  gez_change_set_text (change, "role", "teamleider");
  memory_database_commit (self->memory, change);
  begin (self);
  gez_team_found (self->memory->database, "file:///gedeeld", NULL, &error);
  g_assert_no_error (error);
  commit (self);
  gez_folder_found (self->folder, "", NULL, &error);
  g_assert_no_error (error);
}

static GezTeam *
load (Station *self)
{
  g_autoptr (GError) error = NULL;
  GezTeam *team = gez_team_load (self->memory->database, &error);

  g_assert_no_error (error);
  g_assert_nonnull (team);
  return team;
}

static GPtrArray *
read_roster (MemoryDisk      *disk,
             const GezSecret *code,
             GezInvitation  **invitation)
{
  GPtrArray *files = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path, bytes;

  g_hash_table_iter_init (&iter, disk->files);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    if (g_str_has_suffix (path, ".rec"))
      g_ptr_array_add (files, bytes);
    else if (g_str_has_suffix (path, ".inv") && *invitation == NULL)
      *invitation = gez_invitation_open (bytes, code, NULL);
  return files;
}

static void
take_invitation (Station         *self,
                 const GezSecret *code)
{
  g_autoptr (GezInvitation) invitation = NULL;
  g_autoptr (GPtrArray) files =
    read_roster (memory_folder_get_disk (MEMORY_FOLDER (self->folder)), code, &invitation);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (invitation);
  begin (self);
  gez_team_join (self->memory->database, invitation, code, files, "file:///gedeeld", &error);
  g_assert_no_error (error);
  commit (self);
}

static void
join (Station     *self,
      Station     *leader,
      const char  *name,
      const char  *role,
      const GezId *member)
{
  g_autoptr (GezTeam) team = load (leader);
  g_autoptr (GezSecret) code = NULL;
  g_autoptr (GError) error = NULL;
  GezId invitation;

  begin (leader);
  if (name)
    gez_team_invite (team, name, role, member, &code, &invitation, &error);
  else
    gez_team_invite_device (team, &code, &invitation, &error);
  g_assert_no_error (error);
  commit (leader);
  station_round (leader);
  take_invitation (self, code);
}

void
station_join (Station    *self,
              Station    *leader,
              const char *name,
              const char *role)
{
  join (self, leader, name, role, NULL);
}

void
station_join_again (Station     *self,
                    Station     *leader,
                    const char  *name,
                    const char  *role,
                    const GezId *member)
{
  join (self, leader, name, role, member);
}

void
station_join_device (Station *self,
                     Station *first)
{
  join (self, first, NULL, NULL, NULL);
}

char *
station_try (Station        *self,
             GezEngineSteps  steps)
{
  g_autoptr (GError) error = NULL;
  int before = sqlite3_total_changes (self->memory->handle);

  gez_engine_report_clear (&self->report);
  self->n_works = 0;
  gez_engine_round (self->engine, steps, &self->report, NULL, &error);
  self->n_changes = sqlite3_total_changes (self->memory->handle) - before;
  return error ? g_strdup (error->message) : NULL;
}

void
station_round (Station *self)
{
  g_autofree char *failure = station_try (self, GEZ_ENGINE_ALL);

  g_assert_cmpstr (failure, ==, NULL);
}

void
station_restart (Station *self)
{
  gez_engine_free (self->engine);
  self->engine = gez_engine_new (run_cb, self, self->folder, NULL);
}

void
station_pass (Station *self,
              gint64   minutes)
{
  gez_clock_set_now (self->memory->clock, gez_clock_get_now (self->memory->clock) + minutes * MINUTE);
}

static GezId
get_id (Station    *self,
        const char *sql)
{
  g_autoptr (GezStatement) row = gez_database_query (self->memory->database, NULL, sql, GEZ_END);

  g_assert_true (gez_statement_next (row, NULL));
  return gez_statement_get_id (row, 0);
}

GezId
station_get_device (Station *self)
{
  return get_id (self, "SELECT id FROM device");
}

GezId
station_get_member (Station *self)
{
  return get_id (self, "SELECT member_id FROM device");
}

GezId
station_add_household (Station    *self,
                       const char *name)
{
  g_autoptr (GezChange) change = gez_change_new ("household-add");
  GezId id = gez_id_new (self->memory->clock);

  gez_change_insert (change, "household", &id, gez_circle_open (&id));
  gez_change_set_text (change, "name", name);
  memory_database_commit (self->memory, change);
  return id;
}

GezId
station_add_note (Station     *self,
                  const GezId *household,
                  GezCircle    circle,
                  const char  *text)
{
  g_autoptr (GezChange) change = gez_change_new ("note-add");
  GezId id = gez_id_new (self->memory->clock);

  gez_change_insert (change, "note", &id, circle);
  gez_change_set_id (change, "household_id", household);
  gez_change_set_text (change, "content", text);
  gez_change_set_integer (change, "written_at", gez_clock_get_now (self->memory->clock));
  memory_database_commit (self->memory, change);
  return id;
}

void
station_edit (Station     *self,
              const GezId *household,
              const char  *column,
              const char  *text)
{
  g_autoptr (GezChange) change = gez_change_new ("edit");

  gez_change_update (change, "household", household);
  gez_change_set_text (change, column, text);
  memory_database_commit (self->memory, change);
}

void
station_grant (Station   *self,
               GezCircle  circle,
               Station   *other)
{
  g_autoptr (GezTeam) team = load (self);
  g_autoptr (GError) error = NULL;
  GezId member = station_get_member (other);

  begin (self);
  gez_team_grant (team, &circle, &member, NULL, &error);
  g_assert_no_error (error);
  commit (self);
}

gint64
station_count (Station    *self,
               const char *sql)
{
  return memory_database_count (self->memory, sql);
}

Station *
station_copy (Station *self,
              guint32  seed)
{
  g_autoptr (GBytes) image = memory_database_get_image (self->memory);

  return new_around (memory_folder_get_disk (MEMORY_FOLDER (self->folder)),
                     memory_database_new_from_image (image, gez_clock_get_now (self->memory->clock), seed));
}

static gboolean
is_quiet (Station *self)
{
  return self->report.n_files_read == 0 && self->report.n_files_published == 0;
}

void
stations_settle (Station **stations,
                 guint     n_stations)
{
  gboolean quiet = FALSE;

  for (guint round = 0; !quiet && round < ROUNDS_AT_MOST; round++)
    {
      quiet = TRUE;
      for (guint i = 0; i < n_stations; i++)
        {
          station_round (stations[i]);
          quiet &= is_quiet (stations[i]);
        }
    }
  g_assert_true (quiet);
}
