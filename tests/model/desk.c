/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "model/gez-household.h"

static char *
join_texts (Desk       *self,
            const char *sql)
{
  g_autoptr (GPtrArray) records = store_fixture_select (self->fixture, sql);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const char *line = gez_record_get_text (records->pdata[i], "text");

      g_string_append_printf (text, "%s%s", i ? "\n" : "", line ? line : "NULL");
    }
  return g_string_free (text, FALSE);
}

/* One statement that gives every row of @table that counts, without its local number and without
 * keys, which are another random number each time. */
static char *
dump_statement (Desk       *self,
                const char *table)
{
  g_autofree char *columns_sql =
    g_strdup_printf ("SELECT 'quote(' || name || ')' AS text FROM pragma_table_info('%s') "
                     "WHERE name NOT IN ('row', 'file_key')", table);
  g_autofree char *columns = join_texts (self, columns_sql);
  g_auto (GStrv) parts = g_strsplit (columns, "\n", -1);
  g_autofree char *list = g_strjoinv (" || ' ' || ", parts);

  return g_strdup_printf ("SELECT '%s ' || %s AS text FROM \"%s\" WHERE withdrawn_at IS NULL "
                          "ORDER BY id", table, list, table);
}

char *
desk_dump (Desk *self)
{
  g_autofree char *names = join_texts (self, "SELECT name AS text FROM sqlite_schema s "
                                             "WHERE type = 'table' AND EXISTS "
                                             "(SELECT 1 FROM pragma_table_info(s.name) c "
                                             "WHERE c.name = 'circle') ORDER BY name");
  g_auto (GStrv) tables = g_strsplit (names, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; tables[i]; i++)
    {
      g_autofree char *sql = dump_statement (self, tables[i]);
      g_autofree char *rows = join_texts (self, sql);

      g_string_append_printf (text, "%s\n", rows);
    }
  return g_string_free (text, FALSE);
}

static guint64
undo (Desk    *self,
      guint64  command)
{
  g_autoptr (GError) error = NULL;
  guint64 undone = gez_store_undo (self->fixture->store, command, &error);

  g_assert_no_error (error);
  return undone;
}

static guint64
commit (Desk      *self,
        GezChange *change)
{
  g_autoptr (GError) error = NULL;
  guint64 command = gez_store_commit (self->fixture->store, change, &error);

  g_assert_no_error (error);
  g_assert_cmpint (command, >, 0);
  return command;
}

Desk *
desk_new (void)
{
  Desk *self = g_new0 (Desk, 1);
  GezPersonInput person = { .first_name = "Amira", .last_name = "Voorbeeld", .role = "mother" };
  GezHouseholdInput household = { .name = "Gezin Voorbeeld", .persons = &person, .n_persons = 1 };
  g_autoptr (GezChange) change = NULL;
  g_autoptr (GError) error = NULL;
  GezLists *lists;

  self->fixture = store_fixture_new (DESK_NOW);
  self->context = gez_context_load (self->fixture->store, &error);
  g_assert_no_error (error);
  lists = gez_context_get_lists (self->context);
  self->housing = *gez_record_get_id (gez_lists_find_domain_by_code (lists, "housing"));
  self->health = *gez_record_get_id (gez_lists_find_domain_by_code (lists, "health"));
  change = gez_household_create (self->context, &household, &self->household);
  commit (self, change);
  self->person = desk_id (self, "SELECT id FROM person");
  return self;
}

void
desk_free (Desk *self)
{
  g_object_unref (self->context);
  store_fixture_free (self->fixture);
  g_free (self);
}

void
desk_do (Desk      *self,
         GezChange *change)
{
  g_autoptr (GezChange) taken = change;
  g_autofree char *before = desk_dump (self);
  gint64 last = desk_count (self, "SELECT max(counter) AS count FROM change_log");
  g_autofree char *commands =
    g_strdup_printf ("SELECT DISTINCT act || ' ' || (command > %" G_GINT64_FORMAT ") AS text "
                     "FROM change_log WHERE counter > %" G_GINT64_FORMAT, last, last);
  g_autofree char *expected = g_strdup_printf ("%s 1", gez_change_get_name (change));
  g_autofree char *after = NULL, *undone = NULL, *redone = NULL;
  guint64 command = commit (self, change), back;

  desk_assert (self, commands, expected);
  after = desk_dump (self);
  g_assert_cmpstr (after, !=, before);
  back = undo (self, command);
  undone = desk_dump (self);
  g_assert_cmpstr (undone, ==, before);
  undo (self, back);
  redone = desk_dump (self);
  g_assert_cmpstr (redone, ==, after);
}

void
desk_refuse (Desk      *self,
             GezChange *change)
{
  g_autoptr (GezChange) taken = change;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = desk_dump (self);
  g_autofree char *after = NULL;

  g_assert_cmpint (gez_store_commit (self->fixture->store, change, &error), ==, 0);
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID);
  after = desk_dump (self);
  g_assert_cmpstr (after, ==, before);
}

void
desk_assert (Desk       *self,
             const char *sql,
             const char *expected)
{
  g_autofree char *text = join_texts (self, sql);

  g_assert_cmpstr (text, ==, expected);
}

gint64
desk_count (Desk       *self,
            const char *sql)
{
  return store_fixture_count (self->fixture, sql);
}

GezId
desk_id (Desk       *self,
         const char *sql)
{
  g_autoptr (GPtrArray) records = store_fixture_select (self->fixture, sql);

  g_assert_cmpint (records->len, ==, 1);
  return *gez_record_get_id (records->pdata[0]);
}
