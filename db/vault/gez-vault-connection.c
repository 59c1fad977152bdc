/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-connection.h"

#include <errno.h>

#include "vault/gez-vault-page.h"

/*
 * 1. EXCLUSIVE is set before the first access: without it SQLite wants shared memory for its log,
 *    which the file system of a vault does not have, and the database would not open.
 * 2. A new database gets its reserved bytes, page size and application id while its journal is in
 *    memory, and goes over to the log after that. A power loss in between leaves half a database
 *    that holds nothing yet.
 * 3. An existing database is read, page 1 and schema, before it is handed out: a changed page is
 *    found here and not by the first query.
 */

static GezVaultError
code_for_sqlite (int code,
                 int system_error)
{
  if (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG)
    return GEZ_VAULT_ERROR_NO_SPACE;
  if (code == SQLITE_IOERR_AUTH)
    return GEZ_VAULT_ERROR_DAMAGED;
  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return GEZ_VAULT_ERROR_DAMAGED;
    case SQLITE_FULL:
      return GEZ_VAULT_ERROR_NO_SPACE;
    case SQLITE_BUSY:
      return GEZ_VAULT_ERROR_IN_USE;
    case SQLITE_NOMEM:
      return GEZ_VAULT_ERROR_NO_MEMORY;
    default:
      return GEZ_VAULT_ERROR_IO;
    }
}

/**
 * gez_vault_connection_set_error:
 * @database: (nullable): where it went wrong
 * @code: an SQLite result code
 * @what: what was being done
 *
 * Sets the GEZ_VAULT_ERROR that fits @code.
 *
 * Returns: %FALSE
 *
 * Thread: the one that uses the connection.
 */
gboolean
gez_vault_connection_set_error (sqlite3    *database,
                                int         code,
                                const char *what,
                                GError    **error)
{
  gboolean is_file_error = (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
  int system_error = database && is_file_error ? sqlite3_system_errno (database) : 0;

  g_set_error (error, GEZ_VAULT_ERROR, (int) code_for_sqlite (code, system_error), "%s: %s (%d)",
               what, database ? sqlite3_errmsg (database) : sqlite3_errstr (code), code);
  return FALSE;
}

/* Runs a statement; @answer receives the first value of its first row, or %NULL without one. */
static gboolean
run (sqlite3    *database,
     const char *sql,
     char      **answer,
     GError    **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    {
      *answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      /* A number that could not be made into a text is no other answer. */
      if (*answer == NULL && sqlite3_errcode (database) == SQLITE_NOMEM)
        code = SQLITE_NOMEM;
    }
  while (code == SQLITE_ROW)
    code = sqlite3_step (statement);
  if (code != SQLITE_DONE)
    gez_vault_connection_set_error (database, code, sql, error);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE;
}

/* Runs a statement and compares the first value it answers with @expected, when there is one. */
static gboolean
ask (sqlite3    *database,
     const char *sql,
     const char *expected,
     GError    **error)
{
  g_autofree char *answer = NULL;

  if (!run (database, sql, &answer, error))
    return FALSE;
  if (expected == NULL || g_strcmp0 (answer, expected) == 0)
    return TRUE;
  g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "%s: SQLite does not do this", sql);
  return FALSE;
}

static gboolean
harden (sqlite3 *database,
        GError **error)
{
  static const struct
  {
    int option;
    int value;
  } options[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
    { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      int now = -1;
      int code = sqlite3_db_config (database, options[i].option, options[i].value, &now);

      if (code != SQLITE_OK || now != options[i].value)
        return gez_vault_connection_set_error (database, code == SQLITE_OK ? SQLITE_ERROR : code,
                                               "hardening", error);
    }
  return TRUE;
}

static gboolean
prepare_for_reading (sqlite3 *database,
                     GError **error)
{
  return harden (database, error)
         && ask (database, "PRAGMA locking_mode = EXCLUSIVE", "exclusive", error)
         && ask (database, "PRAGMA temp_store = MEMORY", NULL, error)
         && ask (database, "PRAGMA temp_store", "2", error)
         && ask (database, "PRAGMA mmap_size = 0", "0", error)
         && ask (database, "PRAGMA cell_size_check = ON", NULL, error)
         && ask (database, "PRAGMA foreign_keys", "1", error);
}

static gboolean
write_first_page (sqlite3 *database,
                  GError **error)
{
  int reserved = GEZ_PAGE_RESERVED;
  int code = sqlite3_file_control (database, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);

  G_STATIC_ASSERT (GEZ_PAGE_SIZE == 4096 && GEZ_APPLICATION_ID == 1197832816);
  if (code != SQLITE_OK)
    return gez_vault_connection_set_error (database, code, "reserving bytes", error);
  return ask (database, "PRAGMA page_size = 4096", NULL, error)
         && ask (database, "PRAGMA journal_mode = MEMORY", "memory", error)
         && ask (database, "PRAGMA synchronous = FULL", NULL, error)
         && ask (database, "PRAGMA application_id = 1197832816", NULL, error);
}

static gboolean
check_first_page (sqlite3 *database,
                  GError **error)
{
  g_autofree char *application = NULL;

  if (!ask (database, "SELECT count (*) FROM sqlite_schema", NULL, error)
      || !run (database, "PRAGMA application_id", &application, error))
    return FALSE;
  if (g_strcmp0 (application, "1197832816") == 0)
    return TRUE;
  g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED, "This is no database of ours: %s",
               application ? application : "");
  return FALSE;
}

static gboolean
prepare_for_writing (sqlite3 *database,
                     GError **error)
{
  return ask (database, "PRAGMA journal_mode = WAL", "wal", error)
         && ask (database, "PRAGMA synchronous = FULL", NULL, error)
         && ask (database, "PRAGMA synchronous", "2", error)
         && ask (database, "PRAGMA cache_size = -65536", NULL, error)
         && ask (database, "PRAGMA secure_delete = ON", "1", error);
}

/**
 * gez_vault_connection_open:
 * @path: the full path of a database
 * @vfs_name: the encrypting file system
 * @create: whether to make a new one; the file is empty or not there
 *
 * Opens a database, hardened and with the settings that the file system relies on.
 *
 * Returns: (transfer full) (nullable): the connection; or %NULL with GEZ_VAULT_ERROR_DAMAGED,
 *   _NO_SPACE, _IN_USE, _NO_MEMORY or _IO
 *
 * Thread: the one that uses the connection.
 */
sqlite3 *
gez_vault_connection_open (const char *path,
                           const char *vfs_name,
                           gboolean    create,
                           GError    **error)
{
  sqlite3 *database = NULL;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE
              | (create ? SQLITE_OPEN_CREATE : 0);
  int code = sqlite3_open_v2 (path, &database, flags, vfs_name);
  gboolean ready = FALSE;

  if (code != SQLITE_OK)
    gez_vault_connection_set_error (database, code, path, error);
  else
    ready = prepare_for_reading (database, error)
            && (create ? write_first_page (database, error) : check_first_page (database, error))
            && prepare_for_writing (database, error);
  if (ready)
    return database;
  sqlite3_close (database);
  return NULL;
}

/* Nothing is synced and little is kept: whoever makes a copy syncs it, on another thread. */
static gboolean
prepare_for_copying (sqlite3 *database,
                     GError **error)
{
  return ask (database, "PRAGMA synchronous = OFF", NULL, error)
         && ask (database, "PRAGMA cache_size = 64", NULL, error);
}

/**
 * gez_vault_connection_open_copy:
 * @path: the full path of a copy
 * @vfs_name: a file system with an origin
 * @create: whether to make a new one, to be filled through SQLite's backup interface; else it is
 *   only read
 *
 * Returns: (transfer full) (nullable): the connection, closed with sqlite3_close(); or %NULL with
 *   GEZ_VAULT_ERROR_DAMAGED, _NO_SPACE, _NO_MEMORY or _IO
 *
 * Thread: the one that uses the connection.
 */
sqlite3 *
gez_vault_connection_open_copy (const char *path,
                                const char *vfs_name,
                                gboolean    create,
                                GError    **error)
{
  sqlite3 *database = NULL;
  int flags = SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE
              | (create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
  int code = sqlite3_open_v2 (path, &database, flags, vfs_name);
  gboolean ready = FALSE;

  if (code != SQLITE_OK)
    gez_vault_connection_set_error (database, code, path, error);
  else
    ready = prepare_for_reading (database, error)
            && (create ? write_first_page (database, error) && prepare_for_copying (database, error)
                       : check_first_page (database, error));
  if (ready)
    return database;
  sqlite3_close (database);
  return NULL;
}

/**
 * gez_vault_connection_close:
 * @database: (transfer full): a connection with no statements left
 *
 * Brings what the log holds into the database and closes it.
 *
 * Returns: whether all went well. After a failure the connection is closed all the same, and the
 *   log stays beside the database; nothing is lost.
 *
 * Thread: the one that used the connection.
 */
gboolean
gez_vault_connection_close (sqlite3 *database,
                            GError **error)
{
  int code = SQLITE_OK;
  gboolean folded;

  /* One that could not be given up before: with it the log cannot be emptied. */
  if (!sqlite3_get_autocommit (database))
    code = sqlite3_exec (database, "ROLLBACK", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_wal_checkpoint_v2 (database, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  folded = code == SQLITE_OK || gez_vault_connection_set_error (database, code, "checkpoint", error);
  code = sqlite3_close (database);
  if (code != SQLITE_OK)
    {
      g_critical ("A statement was left open");
      sqlite3_close_v2 (database);
    }
  return folded && code == SQLITE_OK;
}
