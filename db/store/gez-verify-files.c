/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-verify-files.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "store/gez-attachment.h"
#include "store/gez-database-private.h"
#include "store/gez-record.h"
#include "vault/gez-sealed-stream.h"

/* Whether every document has its sealed file. Nothing is changed.
 *
 * 1. Looking at sizes is quick and finds what is gone or cut; it runs on the store's worker with the
 *    rest of verify. Documents that were withdrawn are looked at too: taking that back needs them.
 * 2. Reading the contents finds every changed bit; it takes as long as the disk, and runs on the
 *    caller's thread. What is read is compared with the hash of the row.
 * 3. A problem names the document by its identity, never by the name that people gave it.
 * 4. Thumbnails are not looked at: a missing one is made again. */

#define PROBLEMS_MAX 100
#define BLOCK (64 * 1024)

static void G_GNUC_PRINTF (2, 3)
note (GPtrArray  *problems,
      const char *format,
      ...)
{
  va_list arguments;

  if (problems->len >= PROBLEMS_MAX)
    return;
  va_start (arguments, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
check_size (GezStatement *row,
            const char   *directory,
            GPtrArray    *problems)
{
  GezId document = gez_statement_get_id (row, 0), file = gez_statement_get_id (row, 1);
  gint64 size = gez_statement_get_integer (row, 2);
  g_autofree char *path = gez_sealed_file_get_path (directory, &file);
  char text[GEZ_ID_TEXT_SIZE];
  GStatBuf about;

  gez_id_to_buffer (&document, text);
  if (g_lstat (path, &about) != 0 && gez_statement_get_integer (row, 3) != 0)
    return; /* it did not come yet */
  if (g_lstat (path, &about) != 0 || (about.st_mode & S_IFMT) != S_IFREG)
    note (problems, "document %s: its file is gone", text);
  else if ((gint64) about.st_size != gez_sealed_file_get_size (size))
    note (problems, "document %s: its file has another size", text);
}

/**
 * gez_verify_sizes:
 * @problems: (element-type utf8): gets what is not as it should be added
 *
 * Looks whether the sealed file of every document is there, with the right size.
 *
 * Thread: the store's worker.
 *
 * Returns: how many documents there are; -1 with @error set when that cannot be told
 */
gint64
gez_verify_sizes (GezDatabase *database,
                  GPtrArray   *problems,
                  GError     **error)
{
  const char *path = sqlite3_db_filename (gez_database_get_handle (database), "main");
  g_autofree char *store = path && *path ? g_path_get_dirname (path) : NULL;
  g_autofree char *directory = store ? gez_attachment_get_directory (store) : g_strdup ("");
  g_autoptr (GezStatement) row = gez_database_query (
      database, error, "SELECT id, file_id, size_bytes, " GEZ_ATTACHMENT_IS_ON_ITS_WAY " FROM document AS d ORDER BY id",
      GEZ_END);
  GError *failure = NULL;
  gint64 n_documents = 0;

  while (row && gez_statement_next (row, &failure))
    {
      check_size (row, directory, problems);
      n_documents++;
    }
  if (failure)
    g_propagate_error (error, failure);
  return row && failure == NULL ? n_documents : -1;
}

/* Returns: (transfer full) (nullable): the hash of what is read; %NULL with @error set */
static char *
hash_content (const char     *directory,
              GezAttachment  *attachment,
              GCancellable   *cancellable,
              GError        **error)
{
  g_autoptr (GInputStream) stream =
      gez_sealed_stream_open (directory, &attachment->file->id, attachment->file->key, error);
  g_autoptr (GezSealedHash) hash = gez_sealed_hash_new ();
  g_autofree guint8 *block = g_malloc (BLOCK);
  gssize length = 0;

  while (stream && (length = g_input_stream_read (stream, block, BLOCK, cancellable, error)) > 0)
    gez_sealed_hash_add (hash, block, (gsize) length);
  return stream && length == 0 ? gez_sealed_hash_finish (hash) : NULL;
}

static gboolean
is_there (const char    *directory,
          GezAttachment *attachment)
{
  g_autofree char *path = gez_sealed_file_get_path (directory, &attachment->file->id);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
check_content (GezStore      *store,
               const char    *directory,
               const GezId   *document,
               GPtrArray     *problems,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GezQuery) query = gez_attachment_query (document);
  g_autoptr (GezAttachment) attachment = gez_store_run (store, query, error);
  g_autoptr (GError) failure = NULL;
  g_autofree char *hash = NULL;
  char text[GEZ_ID_TEXT_SIZE];

  if (attachment == NULL)
    return FALSE;
  gez_id_to_buffer (document, text);
  hash = hash_content (directory, attachment, cancellable, &failure);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (failure && attachment->is_on_its_way && !is_there (directory, attachment))
    return TRUE;
  if (failure)
    note (problems, "document %s: %s", text, failure->message);
  else if (g_strcmp0 (hash, attachment->hash) != 0)
    note (problems, "document %s: its file holds something else", text);
  return TRUE;
}

/**
 * gez_verify_contents:
 * @problems: (element-type utf8): gets what is not as it should be added
 * @progress: (nullable): told after each attachment
 * @cancellable: (nullable): stops between two blocks
 *
 * Reads every attachment to its end.
 *
 * Thread: any but the main one and the store's worker: it waits for the disk.
 *
 * Returns: %FALSE with @error set when it could not look at all of them
 */
gboolean
gez_verify_contents (GezStore                *store,
                     GPtrArray               *problems,
                     GezVerifyFilesProgress   progress,
                     gpointer                 user_data,
                     GCancellable            *cancellable,
                     GError                 **error)
{
  g_autoptr (GezQuery) query = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autofree char *directory = NULL;

  g_return_val_if_fail (GEZ_IS_STORE (store) && problems != NULL, FALSE);

  query = gez_record_query ("SELECT id FROM document ORDER BY id", GEZ_END);
  documents = gez_store_run (store, query, error);
  if (documents == NULL)
    return FALSE;
  directory = gez_attachment_get_directory (gez_store_get_directory (store));
  for (guint i = 0; i < documents->len; i++)
    {
      if (!check_content (store, directory, gez_record_get_id (documents->pdata[i]), problems, cancellable,
                          error))
        return FALSE;
      if (progress)
        progress (i + 1, documents->len, user_data);
    }
  return TRUE;
}
