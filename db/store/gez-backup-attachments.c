/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-backup-attachments.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/gez-vault-connection.h"
#include "vault/gez-vault-file.h"

/* Attachments are files that are written once, under a random name, encrypted under a key that stands
 * in the database. So a name means one content, and a place needs each of them once, for all backups.
 *
 * 1. What is there is never written over. With another size than here one of the two is damaged; nobody
 *    can tell which, so both stay and are counted.
 * 2. A copy is written beside, synced, read back, and only then gets its name. */

#define BLOCK (256 * 1024)
#define NAME_MIN 16
#define NAME_MAX_ 64
#define UNFINISHED ".part"

static gboolean
is_attachment (const char *name)
{
  gsize length = strspn (name, "0123456789abcdef");

  return name[length] == '\0' && length >= NAME_MIN && length <= NAME_MAX_;
}

static gboolean
fail (GError    **error,
      const char *what,
      const char *path)
{
  gez_vault_file_set_error (error, errno, what, path);
  return FALSE;
}

/* Returns: bytes read, at most BLOCK; -1 with errno */
static gssize
read_block (int     file,
            guint8 *block)
{
  gsize length = 0;

  while (length < BLOCK)
    {
      gssize n = read (file, block + length, BLOCK - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      length += (gsize) n;
    }
  return (gssize) length;
}

static gboolean
write_block (int           file,
             const guint8 *block,
             gsize         length)
{
  while (length > 0)
    {
      gssize n = write (file, block, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      block += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static gboolean
copy_content (int           from,
              int           to,
              const char   *path,
              GCancellable *cancellable,
              GError      **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  gssize length;

  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      length = read_block (from, block);
      if (length < 0)
        return fail (error, "read", path);
      if (!write_block (to, block, (gsize) length))
        return fail (error, "write", path);
    }
  while (length > 0);
  if (fsync (to) != 0)
    return fail (error, "sync", path);
  posix_fadvise (to, 0, 0, POSIX_FADV_DONTNEED);
  return TRUE;
}

static gboolean
compare_content (int           from,
                 int           to,
                 const char   *path,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autofree guint8 *one = g_malloc (BLOCK), *other = g_malloc (BLOCK);
  gssize length;

  if (lseek (from, 0, SEEK_SET) != 0 || lseek (to, 0, SEEK_SET) != 0)
    return fail (error, "read", path);
  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      length = read_block (from, one);
      if (length < 0 || read_block (to, other) != length)
        return fail (error, "read back", path);
      if (memcmp (one, other, (gsize) length) != 0)
        {
          g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED,
                       "“%s” reads other than it was written", path);
          return FALSE;
        }
    }
  while (length > 0);
  return TRUE;
}

static gboolean
copy_to (int           from,
         const char   *path,
         GCancellable *cancellable,
         GError      **error)
{
  int to = g_open (path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  gboolean done;

  if (to < 0)
    return fail (error, "make", path);
  done = copy_content (from, to, path, cancellable, error)
         && compare_content (from, to, path, cancellable, error);
  if (close (to) != 0 && done)
    done = fail (error, "write", path);
  return done;
}

static gboolean
copy_file (const char   *source,
           const char   *target,
           GCancellable *cancellable,
           GError      **error)
{
  g_autofree char *beside = g_strconcat (target, UNFINISHED, NULL);
  int from = g_open (source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0);
  gboolean done;

  if (from < 0)
    return fail (error, "open", source);
  done = copy_to (from, beside, cancellable, error)
         && (g_rename (beside, target) == 0 || fail (error, "name", target));
  close (from);
  if (!done)
    g_unlink (beside);
  return done;
}

static gboolean
copy_one (const char         *from,
          const char         *to,
          const char         *name,
          GezAttachmentCount *count,
          GCancellable       *cancellable,
          GError            **error)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autofree char *target = g_build_filename (to, name, NULL);
  GStatBuf here, there;

  if (g_lstat (source, &here) != 0 || !S_ISREG (here.st_mode))
    return TRUE;
  if (g_lstat (target, &there) == 0)
    {
      count->n_doubtful += !S_ISREG (there.st_mode) || there.st_size != here.st_size;
      return TRUE;
    }
  if (!copy_file (source, target, cancellable, error))
    return FALSE;
  count->n_copied++;
  return TRUE;
}

static GPtrArray *
list_names (const char *directory,
            GHashTable *wanted)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) entries = g_dir_open (directory, 0, NULL);
  const char *name;

  while (entries && (name = g_dir_read_name (entries)))
    if (is_attachment (name) && (wanted == NULL || g_hash_table_contains (wanted, name)))
      g_ptr_array_add (names, g_strdup (name));
  return names;
}

static void
remove_unfinished (const char *directory)
{
  g_autoptr (GDir) entries = g_dir_open (directory, 0, NULL);
  const char *name;

  while (entries && (name = g_dir_read_name (entries)))
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_str_has_suffix (name, UNFINISHED) && g_unlink (path) != 0)
        g_info ("cannot remove “%s”: %s", path, g_strerror (errno));
    }
}

/**
 * gez_attachments_copy:
 * @from: a directory with attachments; nothing is copied when it is not there
 * @to: another one, made when it is needed
 * @names: (nullable): a set of the names that are wanted; %NULL: all
 * @count: (inout): gets what was done added
 *
 * Copies the attachments that @to does not have yet.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_SPACE or _IO, GEZ_STORE_ERROR_DAMAGED or G_IO_ERROR_CANCELLED;
 *   what was copied before stays
 *
 * Thread: any but the main one.
 */
gboolean
gez_attachments_copy (const char         *from,
                      const char         *to,
                      GHashTable         *names,
                      GezAttachmentCount *count,
                      GezBackupProgress   progress,
                      gpointer            progress_data,
                      GCancellable       *cancellable,
                      GError            **error)
{
  g_autoptr (GPtrArray) found = list_names (from, names);

  if (found->len == 0)
    return TRUE;
  if (g_mkdir (to, 0700) != 0 && errno != EEXIST)
    return fail (error, "make", to);
  remove_unfinished (to);
  for (guint i = 0; i < found->len; i++)
    {
      if (!copy_one (from, to, found->pdata[i], count, cancellable, error))
        return FALSE;
      if (progress)
        progress (GEZ_BACKUP_STEP_ATTACHMENTS, i + 1, found->len, progress_data);
    }
  return gez_vault_file_sync_directory (to, error);
}

/* Returns: an SQLite result code */
static int
add_names (sqlite3    *database,
           const char *table,
           const char *column,
           GHashTable *names)
{
  g_autofree char *sql = g_strdup_printf ("SELECT lower(hex(\"%s\")) FROM \"%s\" WHERE \"%s\" IS NOT NULL",
                                          column, table, column);
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);

  while (code == SQLITE_OK || code == SQLITE_ROW)
    if ((code = sqlite3_step (statement)) == SQLITE_ROW)
      g_hash_table_add (names, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

/**
 * gez_attachments_needed:
 * @database: an open store or backup
 *
 * The columns file_id and …_file_id hold the names of attachments.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): a set of names; %NULL with a GEZ_VAULT_ERROR
 *
 * Thread: the one that uses the connection.
 */
GHashTable *
gez_attachments_needed (sqlite3 *database,
                        GError **error)
{
  static const char sql[] =
    "SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c "
    "WHERE m.type = 'table' AND (c.name = 'file_id' OR c.name LIKE '%\\_file\\_id' ESCAPE '\\')";
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);

  while (code == SQLITE_OK)
    {
      code = sqlite3_step (statement);
      if (code == SQLITE_ROW)
        code = add_names (database, (const char *) sqlite3_column_text (statement, 0),
                          (const char *) sqlite3_column_text (statement, 1), names);
    }
  if (code != SQLITE_DONE)
    gez_vault_connection_set_error (database, code, "reading which attachments there are", error);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE ? g_steal_pointer (&names) : NULL;
}

/**
 * gez_attachments_count_missing:
 * @names: from gez_attachments_needed()
 *
 * Returns: how many of them are not in @directory
 *
 * Thread: any but the main one.
 */
guint
gez_attachments_count_missing (GHashTable *names,
                               const char *directory)
{
  GHashTableIter iter;
  gpointer name;
  guint n_missing = 0;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      n_missing += !g_file_test (path, G_FILE_TEST_IS_REGULAR);
    }
  return n_missing;
}
