/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-attachment.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "store/gez-store-private.h"
#include "vault/gez-sealed-file.h"

/* What the database knows of sealed files: which ones there must be, and their keys.
 *
 * 1. A file is whole and synced before a row names it, so no row is ever without its file.
 * 2. A crash between the two leaves a file that no row names. It goes when the store is opened and the
 *    file is a day old: whoever was writing it is gone by then.
 * 3. Nothing is removed when the database could not tell all names, or when rows wait for others. */

#define DIRECTORY_NAME "blobs"
#define ORPHAN_AGE (24 * 60 * 60 * G_GINT64_CONSTANT (1000)) /* milliseconds */

void
gez_attachment_free (GezAttachment *self)
{
  gez_file_name_free (self->file);
  g_free (self->hash);
  g_free (self);
}

/**
 * gez_attachment_get_directory:
 * @store_directory: of the store
 *
 * Returns: (transfer full): where its sealed files are; it need not exist
 *
 * Thread: any.
 */
char *
gez_attachment_get_directory (const char *store_directory)
{
  return g_build_filename (store_directory, DIRECTORY_NAME, NULL);
}

static GezAttachment *
read_attachment (GezStatement *statement,
                 GError      **error)
{
  GezFileName *file = gez_file_name_read (statement, 0, 1, error);
  GezAttachment *self;

  if (file == NULL)
    return NULL;
  self = g_new0 (GezAttachment, 1);
  self->file = file;
  self->size = gez_statement_get_integer (statement, 2);
  self->hash = g_strdup (gez_statement_get_text (statement, 3));
  self->is_on_its_way = gez_statement_get_integer (statement, 4) != 0;
  return self;
}

static gpointer
read_one (GezDatabase *database,
          const char  *sql,
          const GezId *document,
          GError     **error)
{
  g_autoptr (GezStatement) statement = gez_database_query (database, error, sql, GEZ_ID, document, GEZ_END);
  GError *failure = NULL;

  if (statement == NULL)
    return NULL;
  if (gez_statement_next (statement, &failure))
    return read_attachment (statement, error);
  if (failure)
    g_propagate_error (error, failure);
  else
    g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND, "there is no such document");
  return NULL;
}

static gpointer
read_content_cb (GezDatabase *database,
                 gpointer     document,
                 GError     **error)
{
  return read_one (database,
                   "SELECT file_id, file_key, size_bytes, content_hash, " GEZ_ATTACHMENT_IS_ON_ITS_WAY
                   " FROM document AS d WHERE d.id = ?", document, error);
}

static gpointer
read_thumbnail_cb (GezDatabase *database,
                   gpointer     document,
                   GError     **error)
{
  return read_one (database, "SELECT file_id, file_key, -1, NULL, 0 FROM thumbnail WHERE document_id = ?",
                   document, error);
}

/**
 * gez_attachment_query:
 * @document: whose content is wanted; it may be withdrawn
 *
 * Returns: (transfer full): a query that gives a #GezAttachment, or %GEZ_STORE_ERROR_NOT_FOUND
 */
GezQuery *
gez_attachment_query (const GezId *document)
{
  g_return_val_if_fail (!gez_id_is_none (document), NULL);

  return gez_query_new (read_content_cb, gez_id_copy (document), g_free,
                        (GDestroyNotify) gez_attachment_free);
}

/**
 * gez_attachment_thumbnail_query:
 * @document: whose small picture is wanted
 *
 * Returns: (transfer full): a query that gives a #GezAttachment, or %GEZ_STORE_ERROR_NOT_FOUND
 */
GezQuery *
gez_attachment_thumbnail_query (const GezId *document)
{
  g_return_val_if_fail (!gez_id_is_none (document), NULL);

  return gez_query_new (read_thumbnail_cb, gez_id_copy (document), g_free,
                        (GDestroyNotify) gez_attachment_free);
}

typedef struct
{
  GezStore *store;
  GezId file;
} Wanting;

static void
want_cb (gpointer data)
{
  Wanting *wanting = data;
  GezDatabase *database = wanting->store->database;
  g_autoptr (GError) error = NULL;

  if (gez_database_begin (database, &error))
    {
      if (!gez_database_execute (
              database, &error,
              "INSERT INTO wanted_file (of_file, asked_at) VALUES (?, ?) ON CONFLICT DO NOTHING", GEZ_ID,
              &wanting->file, GEZ_INTEGER, gez_clock_get_now (gez_database_get_clock (database)), GEZ_END))
        gez_database_rollback (database);
      else if (!gez_database_commit (database, &error))
        g_debug ("not kept: a file that is wanted");
    }
  if (error)
    g_info ("a file that is wanted was not noted: %s", error->message);
  g_object_unref (wanting->store);
  g_free (wanting);
}

/**
 * gez_attachment_want:
 * @file: the sealed file of a document that is on its way
 *
 * Notes that somebody waits for it: a large one comes only then. Does not wait; nothing is lost when it fails
 * but the note.
 *
 * Thread: the one that closes the store.
 */
void
gez_attachment_want (GezStore    *store,
                     const GezId *file)
{
  Wanting *wanting;

  g_return_if_fail (GEZ_IS_STORE (store) && file != NULL);

  if (store->worker == NULL)
    return;
  wanting = g_new0 (Wanting, 1);
  wanting->store = g_object_ref (store);
  wanting->file = *file;
  gez_worker_push (store->worker, FALSE, want_cb, wanting);
}

typedef struct
{
  GezStore *store;
  GTask *task;
  GezId document;
  GezId file;
  guint8 key[GEZ_FILE_KEY_SIZE];
} Setting;

static gboolean
write_thumbnail (GezDatabase *database,
                 Setting     *setting,
                 GError     **error)
{
  g_autoptr (GBytes) key = g_bytes_new_static (setting->key, sizeof setting->key);

  if (!gez_database_begin (database, error))
    return FALSE;
  if (gez_database_execute (database, error,
                            "INSERT INTO thumbnail (document_id, file_id, file_key) VALUES (?, ?, ?) "
                            "ON CONFLICT (document_id) DO UPDATE SET file_id = excluded.file_id, "
                            "file_key = excluded.file_key",
                            GEZ_ID, &setting->document, GEZ_ID, &setting->file, GEZ_BLOB, key, GEZ_END))
    return gez_database_commit (database, error);
  gez_database_rollback (database);
  return FALSE;
}

static void
set_thumbnail_cb (gpointer data)
{
  Setting *setting = data;
  GTask *task = setting->task;
  GError *error = NULL;

  if (write_thumbnail (setting->store->database, setting, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  g_object_unref (setting->store);
  sodium_memzero (setting->key, sizeof setting->key);
  g_free (setting);
  g_object_unref (task);
}

/**
 * gez_attachment_set_thumbnail_async:
 * @file: a sealed file that is there
 *
 * Notes where the small picture of a document is, in place of an earlier one.
 */
void
gez_attachment_set_thumbnail_async (GezStore            *store,
                                    const GezId         *document,
                                    const GezFileName   *file,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task;
  Setting *setting;

  g_return_if_fail (GEZ_IS_STORE (store) && !gez_id_is_none (document) && file != NULL);

  task = g_task_new (store, NULL, callback, user_data);
  g_task_set_source_tag (task, gez_attachment_set_thumbnail_async);
  if (store->worker == NULL)
    {
      g_task_return_new_error (task, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED, "the store is locked");
      g_object_unref (task);
      return;
    }
  setting = g_new0 (Setting, 1);
  setting->store = g_object_ref (store);
  setting->task = task;
  setting->document = *document;
  setting->file = file->id;
  memcpy (setting->key, file->key->bytes, sizeof setting->key);
  gez_worker_push (store->worker, FALSE, set_thumbnail_cb, setting);
}

gboolean
gez_attachment_set_thumbnail_finish (GezStore     *store,
                                     GAsyncResult *result,
                                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The names of all files that a row knows, in hexadecimal digits; NULL when that cannot be told. */
static GHashTable *
list_names (GezDatabase *database)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GezStatement) statement = NULL;
  g_autoptr (GError) error = NULL;

  if (gez_database_integer (database, 1, "SELECT count(*) FROM held WHERE table_name = 'document'", GEZ_END)
      != 0)
    return NULL;
  statement = gez_database_query (database, &error,
                                  "SELECT lower(hex(file_id)) FROM document "
                                  "UNION ALL SELECT lower(hex(file_id)) FROM thumbnail",
                                  GEZ_END);
  while (statement && gez_statement_next (statement, &error))
    g_hash_table_add (names, g_strdup (gez_statement_get_text (statement, 0)));
  return error == NULL ? g_steal_pointer (&names) : NULL;
}

static gboolean
is_old (const char *path,
        gint64      now)
{
  GStatBuf about;

  return g_lstat (path, &about) == 0 && (about.st_mode & S_IFMT) == S_IFREG
         && now - (gint64) about.st_mtime * 1000 > ORPHAN_AGE;
}

/* A name of ours: 32 hexadecimal digits, or that with what marks an unfinished file. */
static gboolean
is_ours (const char *name)
{
  gsize digits = strspn (name, "0123456789abcdef");

  return digits == 2 * GEZ_ID_SIZE && (name[digits] == '\0' || g_str_equal (name + digits, ".new"));
}

/**
 * gez_attachment_remove_orphans:
 * @store_directory: of the store
 *
 * Removes sealed files that no row names and that are older than a day.
 *
 * Thread: the store's worker.
 *
 * Returns: how many were removed
 */
gint64
gez_attachment_remove_orphans (GezDatabase *database,
                               const char  *store_directory)
{
  g_autofree char *directory = gez_attachment_get_directory (store_directory);
  g_autoptr (GDir) files = g_dir_open (directory, 0, NULL);
  g_autoptr (GHashTable) names = NULL;
  gint64 now = gez_clock_get_now (gez_database_get_clock (database)), n_removed = 0;
  const char *name;

  if (files == NULL || (names = list_names (database)) == NULL)
    return 0;
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (is_ours (name) && !g_hash_table_contains (names, name) && is_old (path, now))
        n_removed += g_unlink (path) == 0;
    }
  return n_removed;
}
