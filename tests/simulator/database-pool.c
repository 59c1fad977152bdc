/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "database-pool.h"

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

/* What deletes all rows of a database: one statement for each table that has rows of its own. Full-text
 * indexes have a command for it. */
static GPtrArray *
prepare_emptying (MemoryDatabase *self)
{
  static const char *list
      = "SELECT 'DELETE FROM \"' || name || '\"' FROM sqlite_schema AS s WHERE type = 'table' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%' AND NOT EXISTS (SELECT 1 FROM sqlite_schema AS v "
        "WHERE v.sql LIKE 'CREATE VIRTUAL%' AND s.name LIKE v.name || '\\_%' ESCAPE '\\') "
        "UNION ALL SELECT 'INSERT INTO \"' || name || '\"(\"' || name || '\") VALUES (''delete-all'')' "
        "FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'";
  GPtrArray *statements = g_ptr_array_new_with_free_func (finalize);
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (self->handle, list, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      sqlite3_stmt *empty = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (self->handle, (const char *)sqlite3_column_text (statement, 0), -1,
                                           &empty, NULL),
                       ==, SQLITE_OK);
      g_ptr_array_add (statements, empty);
    }
  sqlite3_finalize (statement);
  g_assert_cmpuint (statements->len, >, 40);
  return statements;
}

static GPtrArray *free_ones;
static GHashTable *emptying; /* MemoryDatabase -> its statements */

static void
empty (MemoryDatabase *self)
{
  GPtrArray *statements = g_hash_table_lookup (emptying, self);

  g_assert_cmpint (sqlite3_exec (self->handle, "BEGIN", NULL, NULL, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < statements->len; i++)
    {
      g_assert_cmpint (sqlite3_step (statements->pdata[i]), ==, SQLITE_DONE);
      g_assert_cmpint (sqlite3_reset (statements->pdata[i]), ==, SQLITE_OK);
    }
  g_assert_cmpint (sqlite3_exec (self->handle,
                                 "INSERT INTO device (row, id) VALUES (1, zeroblob(16)); COMMIT", NULL, NULL,
                                 NULL),
                   ==, SQLITE_OK);
}

static GBytes *
get_template (void)
{
  static GBytes *image;

  if (image == NULL)
    {
      g_autoptr (MemoryDatabase) fresh = memory_database_new (0, 1);

      image = memory_database_get_image (fresh);
    }
  return image;
}

MemoryDatabase *
database_pool_take_image (GBytes *image, gint64 now, guint32 seed)
{
  MemoryDatabase *self = memory_database_new_from_image (image, now, seed);

  if (emptying == NULL)
    {
      emptying = g_hash_table_new (NULL, NULL);
      free_ones = g_ptr_array_new ();
    }
  g_hash_table_insert (emptying, self, prepare_emptying (self));
  return self;
}

static void
set_device (MemoryDatabase *self)
{
  GezId id = gez_id_new (self->clock);
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_database_begin (self->database, &error));
  g_assert_true (gez_database_execute (self->database, &error, "UPDATE device SET id = ?, last_counter = 0",
                                       GEZ_ID, &id, GEZ_END));
  g_assert_true (gez_database_commit (self->database, &error));
}

MemoryDatabase *
database_pool_take (gint64 now, guint32 seed)
{
  MemoryDatabase *self;

  if (free_ones == NULL || free_ones->len == 0)
    self = database_pool_take_image (get_template (), now, seed);
  else
    {
      self = g_ptr_array_steal_index_fast (free_ones, free_ones->len - 1);
      gez_clock_set_seed (self->clock, seed);
      gez_clock_set_now (self->clock, now);
    }
  set_device (self);
  return self;
}

void
database_pool_give_back (MemoryDatabase *self)
{
  empty (self);
  g_ptr_array_add (free_ones, self);
}
