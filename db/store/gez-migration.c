/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-migration.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "store/gez-store-resources.h"

/* Numbered migrations.
 *
 * 1. Script n brings the schema from n-1 to n; PRAGMA user_version tells where a database stands.
 * 2. A script and its new number are one transaction: after a crash the database stands at n-1 or
 *    at n, never between.
 * 3. Before the first script touches a database that holds something, a copy is made through the
 *    same encryption, verified, and kept as backups/before-schema-n.db.
 * 4. Scripts only add; they write no change log and run with the capture off.
 * 5. A database that is newer than this program is left alone.
 *
 * Thread: the store's worker. */

#define SCRIPTS_MAX 1000
#define RESOURCE_PATH "/be/gezinsplan/store/migrations/%u.sql"

/**
 * gez_migration_get_scripts:
 *
 * Returns: (transfer full): the scripts of this program, the first one first
 */
char **
gez_migration_get_scripts (GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GResource *resource = gez_store_get_resource ();

  for (guint number = 1; number < SCRIPTS_MAX; number++)
    {
      g_autofree char *path = g_strdup_printf (RESOURCE_PATH, number);
      g_autoptr (GBytes) script = NULL;

      if (!g_resource_get_info (resource, path, 0, NULL, NULL, NULL))
        break;
      script = g_resource_lookup_data (resource, path, 0, error);
      if (script == NULL)
        return NULL;
      g_strv_builder_add (builder, g_bytes_get_data (script, NULL));
    }
  return g_strv_builder_end (builder);
}

static gboolean
run_script (GezDatabase *database,
            const char  *script,
            guint        number,
            GError     **error)
{
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %u", number);

  if (!gez_database_begin (database, error))
    return FALSE;
  if (!gez_database_run_script (database, script, error) ||
      !gez_database_run_script (database, set_version, error))
    {
      g_prefix_error (error, "migration %u: ", number);
      gez_database_rollback (database);
      return FALSE;
    }
  return gez_database_commit (database, error);
}

static gboolean
is_sound (sqlite3 *copy)
{
  sqlite3_stmt *statement = NULL;
  gboolean sound = FALSE;

  if (sqlite3_prepare_v2 (copy, "PRAGMA integrity_check", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    sound = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
  sqlite3_finalize (statement);
  return sound;
}

static int
copy_pages (sqlite3 *from,
            sqlite3 *to)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");

  if (backup == NULL)
    return sqlite3_extended_errcode (to);
  sqlite3_backup_step (backup, -1);
  return sqlite3_backup_finish (backup);
}

/**
 * gez_migration_back_up:
 * @path: where the copy goes; a file that is there already is replaced
 *
 * Makes a full encrypted copy and reads every page of it back.
 *
 * Returns: %TRUE when a verified copy stands at @path
 */
gboolean
gez_migration_back_up (GezDatabase *database,
                       GezVault    *vault,
                       const char  *path,
                       GError     **error)
{
  sqlite3 *copy;
  gboolean sound;
  int code;

  g_unlink (path);
  copy = gez_vault_open_copy (vault, path, TRUE, error);
  if (copy == NULL)
    return FALSE;
  code = copy_pages (gez_database_get_handle (database), copy);
  sound = code == SQLITE_OK && is_sound (copy);
  if (code != SQLITE_OK)
    gez_database_set_error (database, code, "copying", error);
  else if (!sound)
    g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "the copy does not verify");
  if (!gez_vault_close_database (vault, copy, sound ? error : NULL))
    sound = FALSE;
  if (!sound)
    g_unlink (path);
  return sound;
}

static gboolean
back_up_before (GezDatabase *database,
                GezVault    *vault,
                guint        number,
                GError     **error)
{
  g_autofree char *directory = g_build_filename (gez_vault_get_directory (vault), "backups", NULL);
  g_autofree char *name = g_strdup_printf ("before-schema-%u.db", number);
  g_autofree char *path = g_build_filename (directory, name, NULL);

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_IO, "no directory for the backup");
      return FALSE;
    }
  return gez_migration_back_up (database, vault, path, error);
}

/* Which schema the database has; -1 with @error set when it cannot be read. */
static gint64
read_schema (GezDatabase *database,
             GError     **error)
{
  g_autoptr (GezStatement) statement = gez_database_query (database, error, "PRAGMA user_version", GEZ_END);

  return statement && gez_statement_next (statement, error) ? gez_statement_get_integer (statement, 0) : -1;
}

/**
 * gez_migration_run:
 * @scripts: all scripts, from gez_migration_get_scripts()
 *
 * Brings the database up to date.
 *
 * Returns: %TRUE when it stands at the newest schema; %GEZ_STORE_ERROR_TOO_NEW when it is newer
 */
gboolean
gez_migration_run (GezDatabase *database,
                   GezVault    *vault,
                   char       **scripts,
                   GError     **error)
{
  guint newest = g_strv_length (scripts);
  g_autoptr (GError) failure = NULL;
  gint64 present = read_schema (database, &failure);

  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (present < 0 || present > newest)
    {
      g_set_error (error, GEZ_STORE_ERROR, present < 0 ? GEZ_STORE_ERROR_DAMAGED : GEZ_STORE_ERROR_TOO_NEW,
                   "schema %d, newest known %u", (int) present, newest);
      return FALSE;
    }
  if (present > 0 && present < newest && !back_up_before (database, vault, (guint) present + 1, error))
    return FALSE;
  for (guint number = (guint) present + 1; number <= newest; number++)
    if (!run_script (database, scripts[number - 1], number, error))
      return FALSE;
  return TRUE;
}
