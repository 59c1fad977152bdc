/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-database.h"

#include <string.h>

#include "store/gez-migration.h"

static MemoryDatabase *
open_memory (gint64  now,
             guint32 seed)
{
  MemoryDatabase *self = g_new0 (MemoryDatabase, 1);

  g_assert_cmpint (sqlite3_open (":memory:", &self->handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (self->handle, "PRAGMA foreign_keys = ON", NULL, NULL, NULL), ==, SQLITE_OK);
  self->clock = gez_clock_new_fixed (now, seed);
  self->database = gez_database_new (self->handle, self->clock);
  return self;
}

MemoryDatabase *
memory_database_new (gint64  now,
                     guint32 seed)
{
  MemoryDatabase *self = open_memory (now, seed);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) scripts = gez_migration_get_scripts (&error);
  GezId device;

  g_assert_no_error (error);
  for (guint i = 0; scripts[i]; i++)
    gez_database_run_script (self->database, scripts[i], &error);
  g_assert_no_error (error);
  gez_database_load_schema (self->database, &error);
  g_assert_no_error (error);
  device = gez_id_new (self->clock);
  g_assert_true (gez_database_begin (self->database, &error));
  g_assert_true (gez_database_execute (self->database, &error, "INSERT INTO device (row, id) VALUES (1, ?)",
                                       GEZ_ID, &device, GEZ_END));
  g_assert_true (gez_database_commit (self->database, &error));
  return self;
}

GBytes *
memory_database_get_image (MemoryDatabase *self)
{
  sqlite3_int64 size = 0;
  guint8 *image = sqlite3_serialize (self->handle, "main", &size, 0);

  g_assert_nonnull (image);
  return g_bytes_new_with_free_func (image, (gsize) size, sqlite3_free, image);
}

MemoryDatabase *
memory_database_new_from_image (GBytes *image,
                                gint64  now,
                                guint32 seed)
{
  MemoryDatabase *self = open_memory (now, seed);
  g_autoptr (GError) error = NULL;
  gsize size;
  gconstpointer bytes = g_bytes_get_data (image, &size);
  guint8 *copy = sqlite3_malloc64 (size);

  g_assert_nonnull (copy);
  memcpy (copy, bytes, size);
  g_assert_cmpint (sqlite3_deserialize (self->handle, "main", copy, (sqlite3_int64) size, (sqlite3_int64) size,
                                        SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE),
                   ==, SQLITE_OK);
  g_assert_true (gez_database_load_schema (self->database, &error));
  return self;
}

void
memory_database_free (MemoryDatabase *self)
{
  gez_database_free (self->database);
  g_assert_cmpint (sqlite3_close (self->handle), ==, SQLITE_OK);
  g_object_unref (self->clock);
  g_free (self);
}

guint64
memory_database_commit (MemoryDatabase *self,
                        GezChange      *change)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tables = NULL;
  guint64 command = 0;

  gez_commit_run (self->database, change, &command, &tables, &error);
  g_assert_no_error (error);
  return command;
}

gboolean
memory_database_refuses (MemoryDatabase *self,
                         GezChange      *change,
                         int             code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tables = NULL;
  guint64 command = 0;

  return !gez_commit_run (self->database, change, &command, &tables, &error) &&
         g_error_matches (error, GEZ_STORE_ERROR, code);
}

/* Every shared table as text, rows by id, without local row numbers. */
char *
memory_database_dump (MemoryDatabase *self)
{
  GPtrArray *tables = gez_schema_get_tables (gez_database_get_schema (self->database));
  GString *dump = g_string_new (NULL);

  for (guint t = 0; t < tables->len; t++)
    {
      const GezTable *table = g_ptr_array_index (tables, t);
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" ORDER BY id", table->name);
      sqlite3_stmt *statement = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          g_string_append (dump, table->name);
          for (int i = 1; i < sqlite3_column_count (statement); i++)
            {
              g_string_append_c (dump, '|');
              if (sqlite3_column_type (statement, i) == SQLITE_BLOB)
                for (int b = 0; b < sqlite3_column_bytes (statement, i); b++)
                  g_string_append_printf (dump, "%02x", ((const guint8 *) sqlite3_column_blob (statement, i))[b]);
              else
                g_string_append (dump, (const char *) sqlite3_column_text (statement, i) ?: "NULL");
            }
          g_string_append_c (dump, '\n');
        }
      sqlite3_finalize (statement);
    }
  return g_string_free (dump, FALSE);
}

gint64
memory_database_count (MemoryDatabase *self,
                       const char     *sql)
{
  return gez_database_integer (self->database, -1, sql, GEZ_END);
}

char *
memory_database_text (MemoryDatabase *self,
                      const char     *sql)
{
  g_autoptr (GezStatement) statement = gez_database_query (self->database, NULL, sql, GEZ_END);

  if (statement == NULL || !gez_statement_next (statement, NULL))
    return NULL;
  return g_strdup (gez_statement_get_text (statement, 0));
}
