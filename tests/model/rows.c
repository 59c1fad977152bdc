/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows.h"

#include <string.h>

static void
set_columns (GezChange *change,
             va_list    arguments)
{
  const char *column;

  while ((column = va_arg (arguments, const char *)) != NULL)
    switch (va_arg (arguments, GezBind))
      {
      case GEZ_INTEGER:
        gez_change_set_integer (change, column, va_arg (arguments, gint64));
        break;
      case GEZ_ID:
        gez_change_set_id (change, column, va_arg (arguments, const GezId *));
        break;
      case GEZ_TEXT:
        {
          const char *text = va_arg (arguments, const char *);

          if (text != NULL)
            gez_change_set_text (change, column, text);
        }
        break;
      default:
        g_assert_not_reached ();
      }
}

GezId
rows_add (MemoryDatabase *memory,
          const char     *table,
          const GezId    *household,
          ...)
{
  g_autoptr (GezChange) change = gez_change_new ("test");
  GezId id = gez_id_new (memory->clock);
  va_list arguments;

  gez_change_insert (change, table, &id,
                     household != NULL ? gez_circle_open (household) : gez_circle_team ());
  va_start (arguments, household);
  set_columns (change, arguments);
  va_end (arguments);
  memory_database_commit (memory, change);
  return id;
}

void
rows_set (MemoryDatabase *memory,
          const char     *table,
          const GezId    *id,
          ...)
{
  g_autoptr (GezChange) change = gez_change_new ("test");
  va_list arguments;

  gez_change_update (change, table, id);
  va_start (arguments, id);
  set_columns (change, arguments);
  va_end (arguments);
  memory_database_commit (memory, change);
}

void
rows_withdraw (MemoryDatabase *memory,
               const char     *table,
               const GezId    *id)
{
  g_autoptr (GezChange) change = gez_change_new ("test");

  gez_change_withdraw (change, table, id, "test");
  memory_database_commit (memory, change);
}

GezId
rows_household (MemoryDatabase *memory,
                const char     *name)
{
  g_autoptr (GezChange) change = gez_change_new ("test");
  GezId id = gez_id_new (memory->clock);

  gez_change_insert (change, "household", &id, gez_circle_open (&id));
  gez_change_set_text (change, "name", name);
  memory_database_commit (memory, change);
  return id;
}

GezId
rows_document (MemoryDatabase *memory,
               const GezId    *household,
               const char     *name,
               const char     *tags)
{
  g_autoptr (GezChange) change = gez_change_new ("test");
  g_autoptr (GezFileName) file = gez_file_name_new (memory->clock, NULL);
  GezId id = gez_id_new (memory->clock);

  gez_change_insert (change, "document", &id, gez_circle_open (household));
  gez_change_set_id (change, "household_id", household);
  gez_change_set_text (change, "name", name);
  gez_change_set_text (change, "tags", tags);
  gez_change_set_integer (change, "size_bytes", 1);
  gez_change_set_text (change, "content_hash", "0");
  gez_change_set_file (change, file);
  gez_change_set_integer (change, "added_at", NOW);
  memory_database_commit (memory, change);
  return id;
}

/* Returns the event, so that a test can withdraw it. */
GezId
rows_trajectory (MemoryDatabase *memory,
                 const GezId    *household,
                 const char     *state,
                 const char     *since_on)
{
  GezId trajectory = rows_add (memory, "trajectory", household, "household_id", GEZ_ID, household,
                               NULL);

  return rows_add (memory, "trajectory_event", household, "trajectory_id", GEZ_ID, &trajectory,
                   "happened_on", GEZ_TEXT, since_on, "state", GEZ_TEXT, state, NULL);
}

GezId
rows_person (MemoryDatabase *memory,
             const GezId    *household,
             const char     *first_name,
             const char     *born_on)
{
  GezId person = rows_add (memory, "person", household, "household_id", GEZ_ID, household,
                           "first_name", GEZ_TEXT, first_name, "born_on", GEZ_TEXT, born_on, NULL);

  rows_add (memory, "membership", household, "household_id", GEZ_ID, household, "person_id", GEZ_ID,
            &person, NULL);
  return person;
}

GezId
rows_contact (MemoryDatabase *memory,
              const GezId    *household,
              const char     *date,
              const char     *time)
{
  return rows_add (memory, "contact", household, "household_id", GEZ_ID, household, "happened_at",
                   GEZ_INTEGER, gez_clock_instant_of (memory->clock, date, time), NULL);
}

GezId
rows_referral (MemoryDatabase *memory,
               const GezId    *household,
               const char     *state,
               const char     *happened_on,
               const char     *call_back_on)
{
  GezId referral = rows_add (memory, "referral", household, "household_id", GEZ_ID, household,
                             "partner_name", GEZ_TEXT, "Huis Verzonnen", "call_back_on", GEZ_TEXT,
                             call_back_on, NULL);

  rows_add (memory, "referral_event", household, "referral_id", GEZ_ID, &referral, "happened_on",
            GEZ_TEXT, happened_on, "state", GEZ_TEXT, state, NULL);
  return referral;
}

/* Runs and frees the query. */
gpointer
rows_run (MemoryDatabase *memory,
          GezQuery       *query)
{
  g_autoptr (GError) error = NULL;
  gpointer result = gez_query_run (query, memory->database, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  g_object_unref (query);
  return result;
}

/* The texts of a column, with a bar between them. */
char *
rows_texts (GPtrArray  *records,
            const char *column)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const char *text = gez_record_get_text (g_ptr_array_index (records, i), column);

      g_string_append_printf (texts, "%s%s", i > 0 ? "|" : "", text != NULL ? text : "-");
    }
  return g_string_free (texts, FALSE);
}

/* No statement that was run so far walks through the whole of `table`. */
void
rows_assert_no_scan (MemoryDatabase *memory,
                     const char     *table)
{
  g_autofree char *pattern = g_strdup_printf ("SCAN %s", table);

  for (sqlite3_stmt *run = NULL; (run = sqlite3_next_stmt (memory->handle, run)) != NULL;)
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", sqlite3_sql (run), NULL);
      sqlite3_stmt *plan = NULL;

      if (!sqlite3_stmt_readonly (run) || sqlite3_stmt_isexplain (run))
        continue;
      g_assert_cmpint (sqlite3_prepare_v2 (memory->handle, sql, -1, &plan, NULL), ==, SQLITE_OK);
      while (sqlite3_step (plan) == SQLITE_ROW)
        {
          const char *detail = (const char *) sqlite3_column_text (plan, 3);
          gboolean is_scan = g_str_has_prefix (detail, pattern) &&
                             !g_ascii_isalnum (detail[strlen (pattern)]) &&
                             strstr (detail, "VIRTUAL") == NULL;

          if (is_scan)
            g_error ("%s in: %.160s", detail, sqlite3_sql (run));
        }
      sqlite3_finalize (plan);
    }
}
