/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-salvage.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "store/gez-attachment.h"
#include "store/gez-migration.h"
#include "store/gez-verify.h"
#include "sync/gez-salvage-rows.h"
#include "sync/gez-salvage-source.h"
#include "vault/gez-vault-private.h"
#include "vault/gez-vault-rescue.h"

/* Saves what reads of a damaged store into a new one.
 *
 * 1. Nothing is written to the damaged store. Work is done on a copy, in a directory of its own.
 * 2. The change log and the tables say the same thing twice. Rows that do not read any more are made again from
 *    the log, by the merge; what the log misses is written into it from the rows (gez-salvage-rows.c).
 * 3. The new store has the keys, the identity and the header of the old one: passphrase and recovery sheet open
 *    it, and attachments stay readable. It is another device, because the counter of the old one may not be
 *    known any more, and a version must never be given out twice.
 * 4. Rows of this device alone (drafts, filters) are copied.
 * 5. The header comes last: without it the directory is no store.
 *
 * Thread: one, and not the main one. The store is closed. */

#define ROWS_PER_LOOK 500

static const char *const remade_tables[] = { "change_log", "head", "held", "waiting", "device", NULL };

typedef struct
{
  GezVault *vault;
  GezClock *clock;
  GezVaultProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
  gint64 n_done; /* rows */
  gint64 n_all;

  GezSalvageSource *source;
  sqlite3 *handle;
  GezSalvageRows rows;

  /* of the table that is being read */
  const GezTable *table;
  char **columns;
  GHashTable *read; /* of GezId */
  gint64 n_rows;
} Salvage;

static gboolean
step (Salvage  *self,
      GError  **error)
{
  self->n_done++;
  if (self->n_done % ROWS_PER_LOOK != 0)
    return TRUE;
  if (self->progress)
    self->progress (MIN (self->n_done, self->n_all), self->n_all, self->user_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static void
remove_directory (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory && (name = g_dir_read_name (directory)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_directory (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static gboolean
count_row_cb (GezStatement *row,
              gpointer      data,
              GError      **error)
{
  Salvage *self = data;

  self->n_rows++;
  return step (self, error);
}

static gboolean
is_scanned (char **columns)
{
  return g_strv_contains ((const char *const *) columns, "row");
}

/* Takes `row` out: the scan puts it first by itself. */
static char **
without_row (char **columns)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; columns[i]; i++)
    if (!g_str_equal (columns[i], "row"))
      g_strv_builder_add (builder, columns[i]);
  return g_strv_builder_end (builder);
}

static gboolean
look_at_table (Salvage    *self,
               GezDamage  *damage,
               const char *name,
               GError    **error)
{
  g_auto (GStrv) all = gez_salvage_source_list_columns (self->source, name);
  g_auto (GStrv) columns = without_row (all);
  g_autoptr (GArray) lost = NULL;
  GezDamageTable *table;

  if (!is_scanned (all))
    return TRUE;
  self->n_rows = 0;
  if (!gez_salvage_source_scan (self->source, name, (const char *const *) columns, count_row_cb, self, &lost,
                                error))
    return FALSE;
  table = gez_damage_add_table (damage, name);
  table->n_rows = self->n_rows;
  table->is_damaged = lost->len > 0;
  table->n_households = !table->is_damaged ? 0
                        : g_strv_contains ((const char *const *) columns, "household_id")
                          ? gez_salvage_source_count_households (self->source, name, lost)
                          : -1;
  damage->n_rows += self->n_rows;
  return TRUE;
}

/* What integrity checks say of a database of which every page reads. */
static gboolean
verify (GezDatabase  *database,
        GezDamage    *damage,
        GCancellable *cancellable,
        GError      **error)
{
  g_autoptr (GezQuery) query = gez_verify_query ();
  g_autoptr (GezVerifyReport) report = NULL;

  gez_database_set_cancellable (database, cancellable);
  report = gez_query_run (query, database, error);
  gez_database_set_cancellable (database, NULL);
  if (report == NULL)
    return FALSE;
  for (guint i = 0; i < report->problems->len; i++)
    g_ptr_array_add (damage->problems, g_strdup (report->problems->pdata[i]));
  return TRUE;
}

static gboolean
look_inside (Salvage    *self,
             GezDamage  *damage,
             GError    **error)
{
  GezDatabase *database = gez_salvage_source_get_database (self->source);
  g_auto (GStrv) tables = gez_salvage_source_list_tables (self->source);

  for (guint i = 0; tables[i]; i++)
    if (!look_at_table (self, damage, tables[i], error))
      return FALSE;
  if (damage->check->n_damaged > 0)
    return TRUE;
  if (!gez_database_load_schema (database, NULL))
    {
      g_ptr_array_add (damage->problems, g_strdup ("the schema does not read"));
      return TRUE;
    }
  return verify (database, damage, self->cancellable, error);
}

/* The copy is compared with the attachments where they are. */
static gboolean
show_attachments (Salvage     *self,
                  const char  *work,
                  GError     **error)
{
  g_autofree char *files = gez_attachment_get_directory (gez_vault_get_directory (self->vault));
  g_autofree char *name = gez_attachment_get_directory (work);

  if (symlink (files, name) == 0)
    return TRUE;
  g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "Cannot make “%s”: %s", name, g_strerror (errno));
  return FALSE;
}

/* What a crash left of an earlier look. The store is ours alone now, so nobody uses it. */
static void
remove_old_looks (const char *directory)
{
  g_autofree char *parent = g_path_get_dirname (directory);
  g_autofree char *name = g_path_get_basename (directory);
  g_autofree char *prefix = g_strconcat (name, ".look-", NULL);
  g_autoptr (GDir) siblings = g_dir_open (parent, 0, NULL);
  const char *sibling;

  while (siblings && (sibling = g_dir_read_name (siblings)))
    {
      g_autofree char *path = g_build_filename (parent, sibling, NULL);

      if (g_str_has_prefix (sibling, prefix) && strlen (sibling) == strlen (prefix) + 6)
        remove_directory (path);
    }
}

static gboolean
is_trouble_of_ours (const GError *error)
{
  return !g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED)
         && !g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
}

/**
 * gez_salvage_look:
 * @vault: unlocked, of a store that is closed
 * @progress: (nullable): told how many pages are read
 *
 * Reads every page and every row, and compares them with each other. Works on a copy beside the store, which is
 * gone afterwards.
 *
 * Returns: (transfer full) (nullable): what was found, sound or not; %NULL with GEZ_VAULT_ERROR_NO_SPACE,
 *   _IO, or when cancelled
 */
GezDamage *
gez_salvage_look (GezVault         *vault,
                  GezClock         *clock,
                  GezVaultProgress  progress,
                  gpointer          user_data,
                  GCancellable     *cancellable,
                  GError          **error)
{
  Salvage self = { .vault = vault, .clock = clock, .cancellable = cancellable };
  g_autofree char *work = g_strconcat (gez_vault_get_directory (vault), ".look-XXXXXX", NULL);
  g_autoptr (GezDamage) damage = NULL;
  g_autoptr (GError) failure = NULL;
  GezVaultCheck *check = gez_vault_check (vault, progress, user_data, cancellable, error);

  if (check == NULL)
    return NULL;
  damage = gez_damage_new (check);
  remove_old_looks (gez_vault_get_directory (vault));
  if (g_mkdtemp_full (work, 0700) == NULL)
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "Cannot make “%s”", work);
      return NULL;
    }
  self.source = gez_salvage_source_open (vault, check, work, clock, &failure);
  if (self.source && show_attachments (&self, work, &failure))
    look_inside (&self, damage, &failure);
  g_clear_pointer (&self.source, gez_salvage_source_free);
  remove_directory (work);
  if (failure && is_trouble_of_ours (failure))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&damage);
}

static gboolean
take_write_cb (GezStatement *row,
               gpointer      data,
               GError      **error)
{
  Salvage *self = data;
  GezWrite *write = g_new0 (GezWrite, 1);

  write->version.device = gez_statement_get_id (row, 1);
  write->version.counter = (guint64) gez_statement_get_integer (row, 2);
  write->command = (guint64) gez_statement_get_integer (row, 3);
  write->act = g_strdup (gez_statement_get_text (row, 4));
  write->table = g_strdup (gez_statement_get_text (row, 5));
  write->id = gez_statement_get_id (row, 6);
  write->is_birth = gez_statement_get_integer (row, 7) != 0;
  write->wall_at = gez_statement_get_integer (row, 8);
  write->cells = gez_statement_get_blob (row, 9);
  if (gez_statement_get_n_columns (row) > 10)
    {
      write->of_circle = gez_statement_is_null (row, 10) ? NULL : gez_statement_get_blob (row, 10);
      write->brought_by = gez_statement_get_id (row, 11);
      write->is_relay = gez_statement_get_integer (row, 12) != 0;
    }
  self->n_rows++;
  return step (self, error) && gez_salvage_rows_add_write (&self->rows, write, error);
}

static gboolean
take_log (Salvage  *self,
          GError  **error)
{
  static const char *const columns[] = { "device", "counter", "command", "act", "table_name", "id", "is_birth",
                                         "wall_at", "cells", "of_circle", "brought_by", "is_relay", NULL };
  static const guint n_of_schema_1 = 9;
  g_auto (GStrv) present = gez_salvage_source_list_columns (self->source, "change_log");
  g_autofree const char **wanted = g_memdup2 (columns, sizeof columns);
  g_autoptr (GArray) lost = NULL;
  GezDamageTable *table;

  if (present == NULL || !g_strv_contains ((const char *const *) present, "of_circle"))
    wanted[n_of_schema_1] = NULL;
  self->n_rows = 0;
  if (!gez_salvage_source_scan (self->source, "change_log", wanted, take_write_cb, self, &lost, error) ||
      !gez_salvage_rows_flush (&self->rows, error))
    return FALSE;
  table = gez_damage_add_table (self->rows.damage, "change_log");
  table->n_rows = self->n_rows;
  table->is_damaged = lost->len > 0;
  table->n_households = -1;
  return TRUE;
}

static gboolean
take_row_cb (GezStatement *row,
             gpointer      data,
             GError      **error)
{
  Salvage *self = data;

  for (int i = 0; self->columns[i]; i++)
    if (g_str_equal (self->columns[i], "id"))
      {
        GezId id = gez_statement_get_id (row, i + 1);

        g_hash_table_add (self->read, g_memdup2 (&id, sizeof id));
      }
  self->n_rows++;
  return step (self, error) &&
         gez_salvage_rows_compare (&self->rows, self->table, (const char *const *) self->columns, row, error);
}

/* The columns that both stores know. */
static char **
common_columns (Salvage        *self,
                const GezTable *table)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) old = gez_salvage_source_list_columns (self->source, table->name);

  for (guint i = 0; i < table->n_columns; i++)
    if (!g_str_equal (table->columns[i].name, "row") &&
        g_strv_contains ((const char *const *) old, table->columns[i].name))
      g_strv_builder_add (builder, table->columns[i].name);
  return g_strv_builder_end (builder);
}

/* @damage: (nullable): where is noted what was read; %NULL in a second round */
static gboolean
take_table (Salvage        *self,
            const GezTable *table,
            GezDamage      *damage,
            GError        **error)
{
  g_auto (GStrv) columns = common_columns (self, table);
  g_autoptr (GHashTable) read = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);
  g_autoptr (GArray) lost = NULL;
  GezDamageTable *noted;

  if (columns[0] == NULL)
    return TRUE;
  self->table = table;
  self->columns = columns;
  self->read = read;
  self->n_rows = 0;
  if (!gez_salvage_source_scan (self->source, table->name, (const char *const *) columns, take_row_cb, self,
                                &lost, error) ||
      !gez_salvage_rows_flush (&self->rows, error))
    return FALSE;
  if (damage == NULL)
    return TRUE;
  noted = gez_damage_add_table (damage, table->name);
  noted->n_rows = g_hash_table_size (read);
  noted->is_damaged = lost->len > 0;
  noted->n_households = gez_table_find_column (table, "household_id") < 0
                          ? -1 : gez_salvage_source_count_households (self->source, table->name, lost);
  damage->n_rows += noted->n_rows;
  return TRUE;
}

static gboolean
take_tables (Salvage   *self,
             GezDamage *damage,
             GError   **error)
{
  GPtrArray *tables = gez_schema_get_tables (gez_database_get_schema (self->rows.database));

  for (guint i = 0; i < tables->len; i++)
    if (!take_table (self, tables->pdata[i], damage, error))
      return FALSE;
  return TRUE;
}

/* What became of each table, now that all is done. */
static void
count_tables (Salvage *self)
{
  GPtrArray *tables = gez_schema_get_tables (gez_database_get_schema (self->rows.database));
  GezDamage *damage = self->rows.damage;

  for (guint i = 0; i < tables->len; i++)
    {
      const GezTable *table = tables->pdata[i];
      GezDamageTable *noted = gez_damage_find (damage, table->name);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM \"%s\"", table->name);
      g_autofree char *known = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE id = ?", table->name);
      g_autoptr (GHashTable) ids = NULL;
      GHashTableIter iter;
      gpointer id;

      if (noted == NULL)
        continue;
      noted->n_rebuilt = MAX (0, gez_database_integer (self->rows.database, 0, sql, GEZ_END) - noted->n_rows);
      ids = gez_salvage_source_list_ids (self->source, table->name);
      g_hash_table_iter_init (&iter, ids);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        noted->n_lost += !gez_database_integer (self->rows.database, 0, known, GEZ_ID, id, GEZ_END);
      damage->n_rebuilt += noted->n_rebuilt;
      damage->n_lost += noted->n_lost;
    }
  damage->n_rebuilt = MAX (0, damage->n_rebuilt - damage->n_stand_ins);
}

/* Copies one row as it is; one that does not fit is left out. */
static gboolean
copy_row_cb (GezStatement *row,
             gpointer      data,
             GError      **error)
{
  Salvage *self = data;
  g_autofree char *list = g_strjoinv ("\", \"", self->columns);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GezStatement) insert = NULL;

  g_string_printf (sql, "INSERT OR IGNORE INTO \"%s\" (row, \"%s\") VALUES (?", self->table->name, list);
  for (guint i = 0; self->columns[i]; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  insert = gez_database_prepare (self->rows.database, sql->str, error);
  if (insert == NULL)
    return FALSE;
  for (int i = 0; i <= (int) g_strv_length (self->columns); i++)
    if (gez_statement_is_null (row, i))
      gez_statement_bind_null (insert, i + 1);
    else if (gez_statement_is_integer (row, i))
      gez_statement_bind_integer (insert, i + 1, gez_statement_get_integer (row, i));
    else if (gez_statement_is_blob (row, i))
      {
        g_autoptr (GBytes) bytes = gez_statement_get_blob (row, i);

        gez_statement_bind_bytes (insert, i + 1, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      }
    else
      gez_statement_bind_text (insert, i + 1, gez_statement_get_text (row, i));
  self->n_rows++;
  return gez_statement_run (insert, error);
}

static gboolean
copy_local_table (Salvage    *self,
                  const char *name,
                  GError    **error)
{
  g_auto (GStrv) old = gez_salvage_source_list_columns (self->source, name);
  g_auto (GStrv) columns = without_row (old);
  GezTable table = { .name = (char *) name };
  g_autoptr (GArray) lost = NULL;
  GezDamageTable *noted;

  if (!is_scanned (old) || gez_database_integer (self->rows.database, 0, "SELECT 1 FROM sqlite_schema WHERE type = "
                                                 "'table' AND name = ?", GEZ_TEXT, name, GEZ_END) == 0)
    return TRUE;
  self->table = &table;
  self->columns = columns;
  self->n_rows = 0;
  if (!gez_salvage_source_scan (self->source, name, (const char *const *) columns, copy_row_cb, self, &lost, error))
    return FALSE;
  noted = gez_damage_add_table (self->rows.damage, name);
  noted->n_rows = self->n_rows;
  noted->is_damaged = lost->len > 0;
  noted->n_households = -1;
  return TRUE;
}

static gboolean
copy_local_tables (Salvage  *self,
                   GError  **error)
{
  g_auto (GStrv) tables = gez_salvage_source_list_tables (self->source);
  GezSchema *schema = gez_database_get_schema (self->rows.database);

  if (!gez_database_begin (self->rows.database, error))
    return FALSE;
  for (guint i = 0; tables[i]; i++)
    if (!g_strv_contains (remade_tables, tables[i]) && gez_schema_find (schema, tables[i]) == NULL &&
        !copy_local_table (self, tables[i], error))
      {
        gez_database_rollback (self->rows.database);
        return FALSE;
      }
  return gez_database_commit (self->rows.database, error);
}

/* Who works here: the old row, or else whoever wrote most of late. */
static gboolean
write_device (Salvage  *self,
              GError  **error)
{
  GezDatabase *database = self->rows.database;
  g_autoptr (GezStatement) old = gez_database_query (gez_salvage_source_get_database (self->source), NULL,
                                                     "SELECT id, member_id, team_name, time_zone FROM device",
                                                     GEZ_END);
  gboolean is_known = old && gez_statement_next (old, NULL);
  GezId former = is_known ? gez_statement_get_id (old, 0) : GEZ_ID_NONE;
  GezId member = is_known ? gez_statement_get_id (old, 1) : GEZ_ID_NONE;
  const char *team = is_known ? gez_statement_get_text (old, 2) : NULL;
  const char *zone = is_known ? gez_statement_get_text (old, 3) : NULL;

  if (!gez_database_execute (database, error,
                             "INSERT INTO device (row, id, last_counter, member_id, team_name, time_zone) VALUES (1, "
                             "?, ?, coalesce(?, (SELECT id FROM member WHERE withdrawn_at IS NULL ORDER BY is_active "
                             "DESC, row LIMIT 1)), ?, coalesce(?, 'Europe/Brussels'))",
                             GEZ_ID, &self->rows.device, GEZ_INTEGER, (gint64) self->rows.n_written, GEZ_ID,
                             &member, GEZ_TEXT, team, GEZ_TEXT, zone, GEZ_END))
    return FALSE;
  if (gez_id_is_none (&former))
    return TRUE;
  return gez_database_execute (database, error, "INSERT OR IGNORE INTO former_device (id) VALUES (?)", GEZ_ID,
                               &former, GEZ_END);
}

static gboolean
write_device_whole (Salvage  *self,
                    GError  **error)
{
  if (!gez_database_begin (self->rows.database, error))
    return FALSE;
  if (write_device (self, error))
    return gez_database_commit (self->rows.database, error);
  gez_database_rollback (self->rows.database);
  return FALSE;
}

static gboolean
fill (Salvage  *self,
      GError  **error)
{
  if (!take_log (self, error) || !take_tables (self, self->rows.damage, error) ||
      !gez_salvage_rows_stand_in (&self->rows, error))
    return FALSE;
  /* What waited for a parent was not compared yet. */
  if (self->rows.damage->n_stand_ins > 0 && !take_tables (self, NULL, error))
    return FALSE;
  if (!gez_salvage_rows_settle (&self->rows, error) || !copy_local_tables (self, error) ||
      !write_device_whole (self, error))
    return FALSE;
  count_tables (self);
  return verify (self->rows.database, self->rows.damage, self->cancellable, error);
}

static gboolean
make_database (Salvage     *self,
               const char  *directory,
               GError     **error)
{
  g_autofree char *path = g_build_filename (directory, GEZ_VAULT_DATABASE_NAME, NULL);
  g_auto (GStrv) scripts = gez_migration_get_scripts (error);

  if (scripts == NULL || (self->handle = gez_vault_open_copy (self->vault, path, TRUE, error)) == NULL)
    return FALSE;
  self->rows.database = gez_database_new (self->handle, self->clock);
  return gez_migration_run (self->rows.database, self->vault, scripts, error) &&
         gez_database_load_schema (self->rows.database, error);
}

/* Attachments are sealed files that never change: they get a second name, or a copy. */
static gboolean
take_files (const char *from,
            const char *to,
            GError    **error)
{
  g_autoptr (GDir) directory = g_dir_open (from, 0, NULL);
  const char *name;

  if (directory && g_mkdir_with_parents (to, 0700) != 0)
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "Cannot make “%s”", to);
      return FALSE;
    }
  while (directory && (name = g_dir_read_name (directory)))
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (source);
      g_autoptr (GFile) copy = g_file_new_for_path (target);

      if (!g_file_test (source, G_FILE_TEST_IS_REGULAR) || link (source, target) == 0)
        continue;
      /* One that does not read is missed later, where it is wanted. */
      g_file_copy (file, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL);
    }
  return TRUE;
}

static gboolean
take_attachments (Salvage     *self,
                  const char  *directory,
                  GError     **error)
{
  g_autofree char *from = gez_attachment_get_directory (gez_vault_get_directory (self->vault));
  g_autofree char *to = gez_attachment_get_directory (directory);

  return take_files (from, to, error);
}

static gboolean
make_store (Salvage             *self,
            const GezVaultCheck *check,
            const char          *directory,
            GError             **error)
{
  g_autofree char *work = g_build_filename (directory, "work", NULL);
  gboolean done;

  if (g_mkdir (work, 0700) != 0)
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "Cannot make “%s”", work);
      return FALSE;
    }
  self->source = gez_salvage_source_open (self->vault, check, work, self->clock, error);
  done = self->source && take_attachments (self, directory, error) && make_database (self, directory, error);
  if (done)
    {
      self->n_all = 3 * gez_database_integer (gez_salvage_source_get_database (self->source), check->n_pages * 4,
                                              "SELECT max(row) FROM change_log", GEZ_END);
      done = fill (self, error);
    }
  g_clear_pointer (&self->rows.database, gez_database_free);
  if (self->handle && !gez_vault_close_database (self->vault, g_steal_pointer (&self->handle), done ? error : NULL))
    done = FALSE;
  g_clear_pointer (&self->source, gez_salvage_source_free);
  remove_directory (work);
  return done && gez_vault_rescue_finish (self->vault, directory, error);
}

/**
 * gez_salvage_run:
 * @vault: unlocked, of a store that is closed
 * @directory: where the new store is made; nothing is there
 * @progress: (nullable): told how far it is
 *
 * Makes a new store with everything that reads. Once it is there it opens like any other.
 *
 * Returns: (transfer full) (nullable): what was saved; `problems` says what is wrong with the new store, and is
 *   empty when that is sound. %NULL with GEZ_STORE_ERROR_DAMAGED when nothing can be found,
 *   GEZ_VAULT_ERROR_EXISTS, _NO_SPACE or _IO, or when cancelled; then there is nothing at @directory.
 */
GezDamage *
gez_salvage_run (GezVault          *vault,
                 GezClock          *clock,
                 const char        *directory,
                 GezVaultProgress   progress,
                 gpointer           user_data,
                 GCancellable      *cancellable,
                 GError           **error)
{
  Salvage self = { .vault = vault, .clock = clock, .progress = progress, .user_data = user_data,
                   .cancellable = cancellable };
  g_autofree char *full = g_canonicalize_filename (directory, NULL);
  g_autoptr (GezDamage) damage = NULL;
  GezVaultCheck *check = gez_vault_check (vault, NULL, NULL, cancellable, error);
  gboolean done;

  if (check == NULL)
    return NULL;
  damage = gez_damage_new (check);
  if (g_mkdir (full, 0700) != 0)
    {
      g_set_error (error, GEZ_VAULT_ERROR, errno == EEXIST ? GEZ_VAULT_ERROR_EXISTS : GEZ_VAULT_ERROR_IO,
                   "Cannot make “%s”: %s", full, g_strerror (errno));
      return NULL;
    }
  self.rows.device = gez_id_new (clock);
  self.rows.damage = damage;
  self.rows.pending = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
  done = make_store (&self, check, full, error);
  g_ptr_array_unref (self.rows.pending);
  if (!done)
    remove_directory (full);
  return done ? g_steal_pointer (&damage) : NULL;
}
