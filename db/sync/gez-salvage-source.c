/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-salvage-source.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "store/gez-migration.h"
#include "vault/gez-vault-rescue.h"

/* Reading a database of which some pages do not open.
 *
 * 1. It is a copy: SQLite may bring the log into it. The damaged store itself is not touched.
 * 2. Without page 1, or another page of the schema, SQLite opens nothing. The schema of every store comes from
 *    the same scripts, run on an empty database, so these pages can be taken from a database that is
 *    made the same way. Which script was the last one is tried out, the newest first.
 * 3. A table is read from both ends. Between the last row that came from below and the first that came from above
 *    something does not read: that range is halved, again and again, until each half reads or is one row.
 *    Only the rows of unreadable pages are lost in this way, whatever hides them: a leaf, a page above the
 *    leaves, or the rest of a long text.
 * 4. No index is used, except where an index is what is asked for.
 *
 * Thread: one, and not the main one. */

#define BEYOND 256          /* rows that may be behind the last one that any index knows */
#define BEYOND_UNKNOWN 4096 /* and when the index does not read either */

struct _GezSalvageSource
{
  GezVault *vault;
  char *path;
  sqlite3 *handle;
  GezDatabase *database;
};

static void
close_copy (GezVault *vault,
            sqlite3  *handle)
{
  g_autoptr (GError) error = NULL;

  if (!gez_vault_close_database (vault, handle, &error))
    g_info ("%s", error->message);
}

/* An empty database with the first @n_scripts scripts, and the numbers of its pages that hold the schema. */
static GArray *
make_pattern (GezVault   *vault,
              GezClock   *clock,
              const char *path,
              char      **scripts,
              guint       n_scripts,
              GError    **error)
{
  g_autoptr (GArray) pages = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) first = g_ptr_array_new ();
  sqlite3 *handle = gez_vault_open_copy (vault, path, TRUE, error);
  g_autoptr (GezDatabase) database = NULL;
  g_autoptr (GezStatement) statement = NULL;
  gboolean made;

  if (handle == NULL)
    return NULL;
  for (guint i = 0; i < n_scripts; i++)
    g_ptr_array_add (first, scripts[i]);
  g_ptr_array_add (first, NULL);
  database = gez_database_new (handle, clock);
  made = gez_migration_run (database, vault, (char **) first->pdata, error);
  if (made)
    statement = gez_database_query (database, error,
                                    "SELECT pageno FROM dbstat WHERE name IN ('sqlite_schema', "
                                    "'sqlite_master')", GEZ_END);
  while (statement && gez_statement_next (statement, NULL))
    {
      gint64 number = gez_statement_get_integer (statement, 0);

      g_array_append_val (pages, number);
    }
  made = made && statement != NULL && pages->len > 0;
  g_clear_pointer (&statement, gez_statement_free);
  g_clear_pointer (&database, gez_database_free);
  close_copy (vault, handle);
  return made ? g_steal_pointer (&pages) : NULL;
}

/* Whether the first page of each table is one: with the pattern of another schema they are not. */
static gboolean
finds_tables (GezSalvageSource *self)
{
  g_auto (GStrv) tables = gez_salvage_source_list_tables (self);
  gboolean has_log = FALSE;

  for (guint i = 0; tables[i]; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" NOT INDEXED LIMIT 1", tables[i]);
      g_autoptr (GezStatement) statement = gez_database_query (self->database, NULL, sql, GEZ_END);
      int code = sqlite3_errcode (self->handle) & 0xff;

      if (statement)
        {
          gez_statement_next (statement, NULL);
          code = sqlite3_errcode (self->handle) & 0xff;
        }
      if (statement == NULL || code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        return FALSE;
      has_log |= g_str_equal (tables[i], "change_log");
    }
  return has_log;
}

static gboolean
open_copy (GezSalvageSource *self,
           GezClock         *clock,
           GError          **error)
{
  self->handle = gez_vault_open_copy (self->vault, self->path, FALSE, error);
  if (self->handle == NULL)
    return FALSE;
  self->database = gez_database_new (self->handle, clock);
  return TRUE;
}

static void
shut_copy (GezSalvageSource *self)
{
  g_clear_pointer (&self->database, gez_database_free);
  if (self->handle)
    close_copy (self->vault, g_steal_pointer (&self->handle));
}

static gboolean
open_with_pattern (GezSalvageSource    *self,
                   const GezVaultCheck *check,
                   GezClock            *clock,
                   GError             **error)
{
  g_auto (GStrv) scripts = gez_migration_get_scripts (error);
  g_autofree char *pattern = g_strconcat (self->path, "-pattern", NULL);

  if (scripts == NULL)
    return FALSE;
  for (guint n_scripts = g_strv_length (scripts); n_scripts > 0; n_scripts--)
    {
      g_autoptr (GArray) pages = make_pattern (self->vault, clock, pattern, scripts, n_scripts, error);
      gboolean done;

      if (pages == NULL)
        return FALSE;
      done = gez_vault_rescue_pages (self->vault, check, pattern, pages, self->path, NULL);
      g_unlink (pattern);
      if (done && open_copy (self, clock, NULL) && finds_tables (self))
        return TRUE;
      shut_copy (self);
    }
  g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "no tables can be found");
  return FALSE;
}

/**
 * gez_salvage_source_open:
 * @check: what gez_vault_check() found
 * @directory: for the copy; the caller removes it with all that is in it
 *
 * Returns: (transfer full) (nullable): the copy; or %NULL with GEZ_STORE_ERROR_DAMAGED when nothing can
 *   be found in it, GEZ_VAULT_ERROR_NO_SPACE or _IO
 */
GezSalvageSource *
gez_salvage_source_open (GezVault            *vault,
                         const GezVaultCheck *check,
                         const char          *directory,
                         GezClock            *clock,
                         GError             **error)
{
  g_autoptr (GezSalvageSource) self = g_new0 (GezSalvageSource, 1);

  self->vault = g_object_ref (vault);
  self->path = g_build_filename (directory, "damaged.db", NULL);
  if (!check->has_database)
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "there is no database");
      return NULL;
    }
  if (!gez_vault_rescue_copy (vault, check, self->path, error))
    return NULL;
  if (open_copy (self, clock, NULL) && finds_tables (self))
    return g_steal_pointer (&self);
  shut_copy (self);
  return open_with_pattern (self, check, clock, error) ? g_steal_pointer (&self) : NULL;
}

GezDatabase *
gez_salvage_source_get_database (GezSalvageSource *self)
{
  return self->database;
}

static GStrv
list (GezSalvageSource *self,
      const char       *sql,
      const char       *parameter)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GezStatement) statement = gez_database_query (self->database, NULL, sql, GEZ_TEXT, parameter,
                                                           GEZ_END);

  while (statement && gez_statement_next (statement, NULL))
    g_strv_builder_add (builder, gez_statement_get_text (statement, 0));
  return g_strv_builder_end (builder);
}

/**
 * gez_salvage_source_list_tables:
 *
 * Returns: (transfer full): the tables that hold rows of ours, in the order in which they were made
 */
GStrv
gez_salvage_source_list_tables (GezSalvageSource *self)
{
  return list (self, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
                     "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '%\\_search\\_%' ESCAPE '\\' "
                     "AND ? IS NULL ORDER BY rowid", NULL);
}

/**
 * gez_salvage_source_list_columns:
 *
 * Returns: (transfer full): the columns of @table; none when there is no such table
 */
GStrv
gez_salvage_source_list_columns (GezSalvageSource *self,
                                 const char       *table)
{
  return list (self, "SELECT name FROM pragma_table_info(?)", table);
}

typedef struct
{
  GezSalvageSource *source;
  char *from_below;
  char *from_above;
  GezSalvageRowFunc function;
  gpointer user_data;
  GArray *lost; /* of GezPageRange, here of rows */
  GError **error;
} Scan;

static void
note_lost (Scan  *self,
           gint64 first,
           gint64 last)
{
  GezPageRange *before = self->lost->len ? &g_array_index (self->lost, GezPageRange, self->lost->len - 1) : NULL;
  GezPageRange range = { first, last };

  if (before && before->last == first - 1)
    before->last = last;
  else
    g_array_append_val (self->lost, range);
}

/* Reads rows until one does not read. Returns %FALSE when the function stopped. */
static gboolean
read_until (Scan       *self,
            const char *sql,
            gint64      first,
            gint64      last,
            gint64     *reached,
            gboolean   *is_whole)
{
  g_autoptr (GezStatement) statement = gez_database_query (self->source->database, NULL, sql, GEZ_INTEGER, first,
                                                           GEZ_INTEGER, last, GEZ_END);
  g_autoptr (GError) failure = NULL;

  while (statement && gez_statement_next (statement, &failure))
    {
      *reached = gez_statement_get_integer (statement, 0);
      if (!self->function (statement, self->user_data, self->error))
        return FALSE;
    }
  *is_whole = statement != NULL && failure == NULL;
  return TRUE;
}

static gboolean
scan_range (Scan  *self,
            gint64 first,
            gint64 last)
{
  gint64 below = first - 1, above = last + 1, middle;
  gboolean is_whole;

  if (!read_until (self, self->from_below, first, last, &below, &is_whole))
    return FALSE;
  if (is_whole)
    return TRUE;
  if (!read_until (self, self->from_above, below + 1, last, &above, &is_whole))
    return FALSE;
  first = below + 1;
  last = above - 1;
  if (is_whole || first > last)
    return TRUE;
  if (first == last)
    {
      note_lost (self, first, last);
      return TRUE;
    }
  middle = first + (last - first) / 2;
  return scan_range (self, first, middle) && scan_range (self, middle + 1, last);
}

/* The greatest `row` that there can have been, for a table whose end does not read. */
static gint64
guess_last (GezSalvageSource *self,
            const char       *table,
            gint64            reached)
{
  g_autofree char *sql = g_strdup_printf ("SELECT max(row) FROM (SELECT row, id FROM \"%s\" INDEXED BY "
                                          "\"sqlite_autoindex_%s_1\")", table, table);
  gint64 last = gez_database_integer (self->database, -1, sql, GEZ_END);

  return last < 0 ? reached + BEYOND_UNKNOWN : MAX (last, reached) + BEYOND;
}

static gboolean
scan_table (Scan       *self,
            const char *table)
{
  gint64 below = 0, above = G_MAXINT64, last;
  gboolean is_whole;

  if (!read_until (self, self->from_below, 1, G_MAXINT64 - 1, &below, &is_whole))
    return FALSE;
  if (is_whole)
    return TRUE;
  if (!read_until (self, self->from_above, below + 1, G_MAXINT64 - 1, &above, &is_whole))
    return FALSE;
  last = above < G_MAXINT64 ? above - 1 : guess_last (self->source, table, below);
  return is_whole || last <= below || scan_range (self, below + 1, last);
}

/**
 * gez_salvage_source_scan:
 * @columns: what is wanted; `row` comes before them
 * @lost: (out) (transfer full) (element-type GezPageRange): rows that do not read, and numbers in between that no
 *   row may ever have had
 *
 * Reads every row of a table that reads, in no certain order, each once.
 *
 * Returns: %FALSE when @function stopped
 */
gboolean
gez_salvage_source_scan (GezSalvageSource   *self,
                         const char         *table,
                         const char * const *columns,
                         GezSalvageRowFunc   function,
                         gpointer            user_data,
                         GArray            **lost,
                         GError            **error)
{
  g_autofree char *list_of_columns = g_strjoinv ("\", \"", (char **) columns);
  g_autofree char *from_below = NULL, *from_above = NULL;
  Scan scan = { self, NULL, NULL, function, user_data, NULL, error };

  from_below = g_strdup_printf ("SELECT row, \"%s\" FROM \"%s\" NOT INDEXED WHERE row BETWEEN ? AND ? "
                                "ORDER BY row", list_of_columns, table);
  from_above = g_strconcat (from_below, " DESC", NULL);
  scan.from_below = from_below;
  scan.from_above = from_above;
  *lost = scan.lost = g_array_new (FALSE, FALSE, sizeof (GezPageRange));
  return scan_table (&scan, table);
}

/**
 * gez_salvage_source_count_households:
 * @lost: from gez_salvage_source_scan()
 *
 * Returns: of how many households there are rows among @lost, as an index tells; -1 when none does
 */
gint64
gez_salvage_source_count_households (GezSalvageSource *self,
                                     const char       *table,
                                     GArray           *lost)
{
  g_autofree char *sql = g_strdup_printf ("SELECT household_id FROM \"%s\" INDEXED BY \"%s_household\" "
                                          "WHERE row BETWEEN ? AND ? AND household_id NOT NULL", table, table);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);

  for (guint i = 0; i < lost->len; i++)
    {
      GezPageRange *range = &g_array_index (lost, GezPageRange, i);
      g_autoptr (GezStatement) statement = gez_database_query (self->database, NULL, sql, GEZ_INTEGER, range->first,
                                                               GEZ_INTEGER, range->last, GEZ_END);
      g_autoptr (GError) failure = NULL;

      while (statement && gez_statement_next (statement, &failure))
        {
          GezId id = gez_statement_get_id (statement, 0);

          g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
        }
      if (statement == NULL || failure)
        return -1;
    }
  return (gint64) g_hash_table_size (ids);
}

/**
 * gez_salvage_source_list_ids:
 *
 * Returns: (transfer full) (element-type GezId): the identities of @table that its index still knows
 */
GHashTable *
gez_salvage_source_list_ids (GezSalvageSource *self,
                             const char       *table)
{
  GHashTable *ids = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);

  for (guint direction = 0; direction < 2; direction++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM \"%s\" INDEXED BY \"sqlite_autoindex_%s_1\" "
                                              "ORDER BY id %s", table, table, direction ? "DESC" : "ASC");
      g_autoptr (GezStatement) statement = gez_database_query (self->database, NULL, sql, GEZ_END);
      g_autoptr (GError) failure = NULL;

      while (statement && gez_statement_next (statement, &failure))
        {
          GezId id = gez_statement_get_id (statement, 0);

          g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
        }
      if (statement && failure == NULL)
        break;
    }
  return ids;
}

/**
 * gez_salvage_source_free:
 */
void
gez_salvage_source_free (GezSalvageSource *self)
{
  shut_copy (self);
  g_clear_object (&self->vault);
  g_free (self->path);
  g_free (self);
}
