/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "steps.h"

#include <string.h>

/* What people write. */

static gboolean
pick (SimDevice *device, const char *from, GezId *id, GezId *household)
{
  g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM %s", from);
  g_autofree char *sql
      = g_strdup_printf ("SELECT id, household_id FROM %s ORDER BY id LIMIT 1 OFFSET ?", from);
  gint64 n = memory_database_count (device->memory, count);
  g_autoptr (GezStatement) statement = NULL;

  if (n <= 0)
    return FALSE;
  statement = gez_database_query (device->memory->database, NULL, sql, GEZ_INTEGER,
                                  (gint64)sim_draw (device->world, (int)n), GEZ_END);
  g_assert_true (statement != NULL && gez_statement_next (statement, NULL));
  *id = gez_statement_get_id (statement, 0);
  *household = gez_statement_get_id (statement, 1);
  return TRUE;
}

#define HOUSEHOLDS "(SELECT id, id AS household_id FROM household)"

static void
insert (SimDevice *device, GezChange *change, const char *table, GezId *id, GezCircle circle)
{
  *id = gez_id_new (device->memory->clock);
  gez_change_insert (change, table, id, circle);
}

static gboolean
new_household (SimDevice *device)
{
  SimWorld *world = device->world;
  SimHousehold *household = g_new0 (SimHousehold, 1);
  g_autoptr (GezChange) change = gez_change_new ("add-household");
  g_autofree char *text = NULL;
  GezId id;

  sim_device_set_clock (device);
  household->open_readers = household->casework_readers = 1u << device->member->number;
  g_ptr_array_add (world->households, household);
  text = sim_world_new_text (world, device, GEZ_CIRCLE_OPEN, world->households->len - 1);
  household->id = gez_id_new (device->memory->clock);
  gez_change_insert (change, "household", &household->id, gez_circle_open (&household->id));
  gez_change_set_text (change, "name", text);
  for (int i = sim_draw (world, 3); i >= 0; i--)
    {
      insert (device, change, "person", &id, gez_circle_open (&household->id));
      gez_change_set_id (change, "household_id", &household->id);
      gez_change_set_text (change, "first_name", i ? "Testa" : "Testo");
    }
  insert (device, change, "trajectory", &id, gez_circle_open (&household->id));
  gez_change_set_id (change, "household_id", &household->id);
  gez_change_set_id (change, "member_id", &device->member->id);
  sim_tell (world, "device %u: new household %u", device->number, world->households->len - 1);
  return sim_device_commit (device, change);
}

static gboolean
new_note (SimDevice *device)
{
  SimWorld *world = device->world;
  GezCircleKind kinds[] = { GEZ_CIRCLE_CASEWORK, GEZ_CIRCLE_CASEWORK, GEZ_CIRCLE_CASEWORK, GEZ_CIRCLE_OPEN,
                            GEZ_CIRCLE_PRIVATE };
  GezCircle circle = { .kind = kinds[sim_draw (world, G_N_ELEMENTS (kinds))] };
  g_autoptr (GezChange) change = gez_change_new ("add-note");
  g_autofree char *text = NULL;
  GezId id, household;
  int number;

  if (!pick (device, HOUSEHOLDS, &household, &household))
    return new_household (device);
  number = sim_world_find_household (world, &household);
  circle.subject = circle.kind == GEZ_CIRCLE_PRIVATE ? device->member->id : household;
  text = sim_world_new_text (world, device, circle.kind, (guint)number);
  sim_device_set_clock (device);
  insert (device, change, "note", &id, circle);
  gez_change_set_id (change, "household_id", &household);
  gez_change_set_integer (change, "written_at", GEZ_CHANGE_NOW);
  gez_change_set_id (change, "by_member_id", &device->member->id);
  gez_change_set_text (change, "content", text);
  sim_tell (world, "device %u: note in %s of household %d (marker %u)", device->number,
            gez_circle_kind_to_code (circle.kind), number, world->markers->len - 1);
  return sim_device_commit (device, change);
}

static gboolean
new_partner (SimDevice *device)
{
  g_autoptr (GezChange) change = gez_change_new ("add-partner");
  g_autofree char *name = g_strdup_printf ("Verzonnen vzw %d", sim_draw (device->world, 100));
  GezId id;

  sim_device_set_clock (device);
  insert (device, change, "partner", &id, gez_circle_team ());
  gez_change_set_text (change, "name", name);
  gez_change_set_text (change, "domains", "wonen");
  sim_tell (device->world, "device %u: new partner", device->number);
  return sim_device_commit (device, change);
}

static gboolean
new_question (SimDevice *device)
{
  g_autoptr (GezChange) change = gez_change_new ("add-question");
  GezId school = { { 's', 'c', 'h', 'o', 'o', 'l', (guint8)('0' + sim_draw (device->world, 2)) } };
  GezId id;

  sim_device_set_clock (device);
  insert (device, change, "question", &id, gez_circle_sitting (&school));
  gez_change_set_id (change, "school_id", &school);
  gez_change_set_text (change, "content", "Vraag op school");
  gez_change_set_text (change, "first_asked_on", "2026-01-05");
  sim_tell (device->world, "device %u: question at a school", device->number);
  return sim_device_commit (device, change);
}

static gboolean
edit (SimDevice *device)
{
  static const char *cells[][3] = {
    { "household", HOUSEHOLDS, "address" },
    { "household", HOUSEHOLDS, "address" },
    { "household", HOUSEHOLDS, "language" },
    { "person", "person", "last_name" },
    { "note", "note", "told_by" },
    { "partner", "(SELECT id, id AS household_id FROM partner)", "offer" },
    { "partner", "(SELECT id, id AS household_id FROM partner)", "domains" },
    { "member", "(SELECT id, id AS household_id FROM member)", "job_title" },
  };
  guint which = (guint)sim_draw (device->world, G_N_ELEMENTS (cells));
  g_autoptr (GezChange) change = gez_change_new ("edit");
  g_autofree char *text = g_strdup_printf ("woord%d", sim_draw (device->world, 1000));
  GezId id, household;

  if (!pick (device, cells[which][1], &id, &household))
    return new_household (device);
  gez_change_update (change, cells[which][0], &id);
  if (sim_draw (device->world, 8))
    gez_change_set_text (change, cells[which][2], text);
  else
    gez_change_set_null (change, cells[which][2]);
  sim_tell (device->world, "device %u: edit %s.%s", device->number, cells[which][0], cells[which][2]);
  return sim_device_commit (device, change);
}

static gboolean
withdraw (SimDevice *device)
{
  const char *table = sim_draw (device->world, 3) ? "note" : "person";
  g_autofree char *from = g_strdup_printf ("(SELECT * FROM %s WHERE withdrawn_at IS NULL)", table);
  g_autoptr (GezChange) change = gez_change_new ("withdraw");
  GezId id, household;

  if (!pick (device, from, &id, &household))
    return new_note (device);
  gez_change_withdraw (change, table, &id, "vergissing");
  sim_tell (device->world, "device %u: withdraw a %s", device->number, table);
  return sim_device_commit (device, change);
}

/* Writes a cell that has several values: one of them, or another. */
static gboolean
settle (SimDevice *device)
{
  g_autoptr (GezStatement) statement = NULL;
  g_autoptr (GezChange) change = gez_change_new ("settle-conflict");
  g_autofree char *text = g_strdup_printf ("beslist%d", sim_draw (device->world, 1000));
  GezId id;

  statement
      = gez_database_query (device->memory->database, NULL,
                            "SELECT h.id, h.column_name, l.table_name FROM head h JOIN change_log l "
                            "ON l.id = h.id AND l.is_birth "
                            "WHERE h.column_name IN ('address', 'language', 'last_name', 'told_by', 'offer') "
                            "GROUP BY h.id, h.column_name HAVING count(DISTINCT h.counter) > 1 "
                            "ORDER BY h.id, h.column_name LIMIT 1",
                            GEZ_END);
  g_assert_nonnull (statement);
  if (!gez_statement_next (statement, NULL))
    return edit (device);
  id = gez_statement_get_id (statement, 0);
  gez_change_update (change, gez_statement_get_text (statement, 2), &id);
  gez_change_set_text (change, gez_statement_get_text (statement, 1), text);
  sim_tell (device->world, "device %u: settles %s", device->number, gez_statement_get_text (statement, 1));
  g_clear_pointer (&statement, gez_statement_free);
  return sim_device_commit (device, change);
}

static void
note_widened (SimDevice *device, const GezId *note)
{
  g_autoptr (GezStatement) statement = NULL;
  const char *found;
  guint number;

  statement = gez_database_query (device->memory->database, NULL, "SELECT content FROM note WHERE id = ?",
                                  GEZ_ID, note, GEZ_END);
  g_assert_true (statement != NULL && gez_statement_next (statement, NULL));
  found = strstr (gez_statement_get_text (statement, 0), "merkteken");
  g_assert_nonnull (found);
  number = (guint)g_ascii_strtoull (found + strlen ("merkteken") + 8, NULL, 10);
  g_array_index (device->world->markers, SimMarker, number).is_widened = TRUE;
}

static gboolean
widen (SimDevice *device)
{
  g_autoptr (GezChange) change = gez_change_new ("widen-circle");
  GezId id, household;

  if (!pick (device, "(SELECT * FROM note WHERE substr(circle, 1, 1) = x'63')", &id, &household))
    return new_note (device);
  note_widened (device, &id);
  gez_change_update (change, "note", &id);
  gez_change_set_circle (change, gez_circle_open (&household));
  sim_tell (device->world, "device %u: moves a note to the open circle", device->number);
  return sim_device_commit (device, change);
}

gboolean
sim_step_rows (SimDevice *device)
{
  static const struct
  {
    int weight;
    gboolean (*act) (SimDevice *);
  } acts[] = {
    { 10, new_household },  { 20, new_note }, { 32, edit },       { 6, withdraw },     { 8, settle },
    { 6, sim_device_undo }, { 6, widen },     { 4, new_partner }, { 3, new_question },
  };
  int at = 0, left;

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    at += acts[i].weight;
  left = sim_draw (device->world, at);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if ((left -= acts[i].weight) < 0)
      return acts[i].act (device);
  return TRUE;
}
