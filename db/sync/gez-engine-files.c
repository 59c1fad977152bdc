/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/gez-file-name.h"
#include "sync/gez-blob.h"
#include "vault/gez-sealed-stream.h"
#include "vault/gez-vault-file.h"

/*
 * Attachments through the folder (docs/SYNC.md, "Pack, attachment, snapshot").
 *
 * 1. The device on which a document was added publishes its sealed file. Whoever reads the row and lacks the
 *    file fetches it, the newest documents first; large ones only when somebody asks.
 * 2. What arrives is put together in a directory of its own, and gets its place when it was read to its end
 *    with the key of its row and its content has the hash of its row. A file that is there already is never
 *    written over.
 * 3. Both ways go on after an interruption at the part where they were. A round moves no more than a limit,
 *    so that changes need not wait for films.
 */

#define INCOMING "incoming"
#define BUDGET (64 * 1024 * 1024)           /* bytes in one round */
#define AUTOMATIC_MAX (50 * 1024 * 1024)    /* bytes of a content */
#define BLOCK (64 * 1024)

typedef struct
{
  GezId id;
  guint64 size; /* of the sealed file */
  guint n_parts;
  gboolean is_own;
  gboolean is_to_come; /* may be fetched */
} File;

typedef struct
{
  GezEngine *engine;
  GArray *files;          /* File: of which the way is not done */
  GArray *published;      /* File: own ones that the folder has */
  GHashTable *parts; /* name of a part to (element-type utf8 GPtrArray): paths; NULL: not looked for yet */
  char *incoming;
  gint64 budget;
  guint64 n_done;
  guint64 n_all;
} Transfer;

/* One file and what the row has of it. */
typedef struct
{
  const File *file;
  GezFileName *name; /* out */
  char *hash;        /* out */
  gboolean is_lost;  /* in: it is to be published again */
} Settling;

static void
read_file_row (GezStatement *row,
               File         *file)
{
  gint64 size = gez_statement_get_integer (row, 1);

  *file = (File) { gez_statement_get_id (row, 0) };
  file->size = size >= 0 ? (guint64) gez_sealed_file_get_size (size) : 0;
  file->n_parts = gez_blob_count_parts (file->size);
  file->is_own = gez_statement_get_integer (row, 2) != 0;
  file->is_to_come = gez_statement_get_integer (row, 3) != 0;
}

static gboolean
load_files (GezStatement *rows,
            GArray       *files,
            GError      **error)
{
  GError *failure = NULL;

  while (rows != NULL && gez_statement_next (rows, &failure))
    {
      File file;

      read_file_row (rows, &file);
      if (file.size > 0 && file.size / GEZ_BLOB_PART_SIZE < GEZ_BLOB_PARTS_MAX)
        g_array_append_val (files, file);
    }
  if (failure != NULL)
    g_propagate_error (error, failure);
  return rows != NULL && failure == NULL;
}

static gboolean
look_cb (GezDatabase *database,
         gpointer     data,
         GError     **error)
{
  Transfer *transfer = data;
  g_autoptr (GezStatement) open = NULL;
  g_autoptr (GezStatement) published = NULL;

  open = gez_database_query (
      database, error,
      "SELECT d.file_id, d.size_bytes, NOT EXISTS (SELECT 1 FROM change_log AS c WHERE c.id = d.id AND "
      "c.is_birth = 1 "
      "AND c.of_circle IS NOT NULL), d.withdrawn_at IS NULL AND (d.size_bytes <= ? "
      "OR d.file_id IN (SELECT of_file FROM wanted_file)) FROM document AS d "
      "WHERE d.file_id NOT IN (SELECT of_file FROM transferred) ORDER BY d.added_at DESC, d.row DESC",
      GEZ_INTEGER, (gint64) AUTOMATIC_MAX, GEZ_END);
  if (!load_files (open, transfer->files, error))
    return FALSE;
  if ((transfer->engine->steps & GEZ_ENGINE_HEAL) == 0)
    return TRUE;
  published = gez_database_query (database, error,
                                  "SELECT d.file_id, d.size_bytes, 1, 0 FROM transferred AS t JOIN document "
                                  "AS d ON d.file_id = t.of_file "
                                  "WHERE t.is_own = 1",
                                  GEZ_END);
  return load_files (published, transfer->published, error);
}

static gboolean
settle_cb (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  Settling *settling = data;
  const File *file = settling->file;

  if (settling->is_lost)
    return gez_database_execute (database, error, "DELETE FROM transferred WHERE of_file = ?", GEZ_ID,
                                 &file->id, GEZ_END);
  return gez_database_execute (
             database, error,
             "INSERT INTO transferred (of_file, is_own, n_parts, done_at) VALUES (?, ?, ?, ?) "
             "ON CONFLICT (of_file) DO NOTHING",
             GEZ_ID, &file->id, GEZ_INTEGER, (gint64) file->is_own, GEZ_INTEGER, (gint64) file->n_parts,
             GEZ_INTEGER, gez_clock_get_now (gez_database_get_clock (database)), GEZ_END)
         && gez_database_execute (database, error, "DELETE FROM wanted_file WHERE of_file = ?", GEZ_ID,
                                  &file->id, GEZ_END);
}

static gboolean
settle (Transfer   *transfer,
        const File *file,
        GError    **error)
{
  Settling settling = { .file = file };

  return gez_engine_change (transfer->engine, settle_cb, &settling, error);
}

/* What is wrong with one file is noted; what keeps the round from going on is an error. */
static gboolean
note_failure (Transfer   *transfer,
              const char *path,
              GError     *failure,
              GError    **error)
{
  g_autoptr (GError) owned = failure;

  if (!gez_engine_is_fatal (owned))
    return gez_engine_quarantine (transfer->engine, path, gez_engine_why (owned), NULL, error);
  g_propagate_error (error, g_steal_pointer (&owned));
  return FALSE;
}

static void
tell (Transfer *transfer,
      gsize     n_bytes)
{
  transfer->budget -= (gint64) n_bytes;
  gez_engine_tell (transfer->engine, ++transfer->n_done, transfer->n_all);
}

/* Publishing -------------------------------------------------------------------------------------- */

static gboolean
read_at (int     descriptor,
         guint64 offset,
         guint8 *data,
         gsize   size)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n_read = pread (descriptor, data + done, size - done, (off_t) (offset + done));

      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read <= 0)
        return FALSE;
      done += (gsize) n_read;
    }
  return TRUE;
}

static gsize
size_of_part (const File *file,
              guint       number)
{
  return (gsize) MIN (GEZ_BLOB_PART_SIZE, file->size - (guint64) number * GEZ_BLOB_PART_SIZE);
}

static GBytes *
make_part (const File *file,
           int         descriptor,
           guint       number)
{
  GezBlobHead head = { file->id, number, file->n_parts, file->size };
  gsize size = size_of_part (file, number);
  g_autofree guint8 *data = g_malloc (size);

  if (!read_at (descriptor, (guint64) number * GEZ_BLOB_PART_SIZE, data, size))
    return NULL;
  return gez_blob_write (&head, data, size);
}

/* @is_done: (out): whether all of it is in the folder now */
static gboolean
publish_parts (Transfer   *transfer,
               const File *file,
               int         descriptor,
               gboolean   *is_done,
               GError    **error)
{
  GezEngine *self = transfer->engine;

  for (guint i = 0; i < file->n_parts; i++)
    {
      g_autofree char *name = gez_blob_name (&file->id, i);
      g_autofree char *path = g_strconcat (self->own_directory, "/", name, NULL);
      g_autoptr (GBytes) part = NULL;
      GError *failure = NULL;

      if (gez_engine_is_done (self, path))
        continue;
      if (transfer->budget <= 0)
        return TRUE;
      part = make_part (file, descriptor, i);
      if (part == NULL)
        return TRUE; /* the check of the store tells */
      if (!gez_folder_publish (self->folder, path, part, self->cancellable, &failure))
        return note_failure (transfer, path, failure, error);
      gez_engine_set_done (self, path);
      self->report->n_files_published++;
      self->report->n_bytes_published += g_bytes_get_size (part);
      tell (transfer, g_bytes_get_size (part));
    }
  *is_done = TRUE;
  return TRUE;
}

static gboolean
publish_file (Transfer   *transfer,
              const File *file,
              const char *path,
              GError    **error)
{
  int descriptor = g_open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0);
  gboolean is_done = FALSE, may_go_on = TRUE;
  struct stat about;

  if (descriptor < 0)
    return TRUE;
  if (fstat (descriptor, &about) == 0 && (guint64) about.st_size == file->size)
    may_go_on = publish_parts (transfer, file, descriptor, &is_done, error);
  close (descriptor); /* was only read */
  return may_go_on && (!is_done || settle (transfer, file, error));
}

/* Finding ----------------------------------------------------------------------------------------- */

/* The name that a part should have, out of what a carrier made of it; NULL: none. */
static char *
name_of_part (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  if (*lower != 'b' || strlen (lower) < 1 + 26 + 1 + 4 || lower[27] != '-' || strstr (lower, ".blb") == NULL)
    return NULL;
  return g_strdup_printf ("%.32s.blb", lower);
}

static void
add_directory (Transfer   *transfer,
               const char *directory,
               GPtrArray  *names)
{
  for (guint i = 0; i < names->len; i++)
    {
      char *name = name_of_part (names->pdata[i]);
      GPtrArray *paths = name != NULL ? g_hash_table_lookup (transfer->parts, name) : NULL;

      if (name == NULL)
        continue;
      if (paths == NULL)
        {
          paths = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (transfer->parts, g_strdup (name), paths);
        }
      g_ptr_array_add (paths, g_strconcat (directory, "/", names->pdata[i], NULL));
      g_free (name);
    }
}

/* Where parts lie, in the directories of all devices. */
static gboolean
find_parts (Transfer *transfer,
            GError  **error)
{
  GezEngine *self = transfer->engine;
  GPtrArray *devices = gez_engine_list (self, "d", error);

  if (devices == NULL)
    return FALSE;
  transfer->parts
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < devices->len; i++)
    {
      g_autofree char *directory = g_strconcat ("d/", devices->pdata[i], NULL);
      GError *failure = NULL;
      GPtrArray *names
          = *(char *) devices->pdata[i] != '.' ? gez_engine_list (self, directory, &failure) : NULL;

      if (names != NULL)
        add_directory (transfer, directory, names);
      else if (failure != NULL && !note_failure (transfer, directory, failure, error))
        return FALSE;
    }
  return TRUE;
}

/* Fetching ---------------------------------------------------------------------------------------- */

/* @content: (out) (nullable): none of the files of that name is the part, yet */
static gboolean
fetch_part (Transfer   *transfer,
            const File *file,
            guint       number,
            GBytes    **content,
            GError    **error)
{
  GezBlobHead head = { file->id, number, file->n_parts, file->size };
  g_autofree char *name = gez_blob_name (&file->id, number);
  GPtrArray *paths = g_hash_table_lookup (transfer->parts, name);

  for (guint i = 0; paths != NULL && i < paths->len; i++)
    {
      g_autoptr (GBytes) part = NULL;
      GError *failure = NULL;

      if (gez_engine_is_done (transfer->engine, paths->pdata[i]))
        continue;
      part = gez_engine_fetch (transfer->engine, paths->pdata[i], &failure);
      *content = part != NULL ? gez_blob_read (part, &head, &failure) : NULL;
      if (*content != NULL)
        return gez_engine_quarantine (transfer->engine, paths->pdata[i], NULL, NULL, error);
      if (!note_failure (transfer, paths->pdata[i], failure, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_at (int     descriptor,
          guint64 offset,
          GBytes *bytes)
{
  gsize size, done = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  while (done < size)
    {
      gssize n_written = pwrite (descriptor, data + done, size - done, (off_t) (offset + done));

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written <= 0)
        return FALSE;
      done += (gsize) n_written;
    }
  return TRUE;
}

static gboolean
set_errno (GError    **error,
           const char *path)
{
  int number = errno;

  g_set_error (error, GEZ_VAULT_ERROR, number == ENOSPC ? GEZ_VAULT_ERROR_NO_SPACE : GEZ_VAULT_ERROR_IO,
               "cannot write %s: %s", path, g_strerror (number));
  return FALSE;
}

/* @is_whole: (out): whether all parts are here */
static gboolean
fetch_parts (Transfer   *transfer,
             const File *file,
             const char *path,
             int         descriptor,
             gboolean   *is_whole,
             GError    **error)
{
  struct stat about;
  guint number;

  if (fstat (descriptor, &about) != 0)
    return set_errno (error, path);
  number = (guint) MIN ((guint64) about.st_size / GEZ_BLOB_PART_SIZE, file->n_parts - 1);
  for (; number < file->n_parts && transfer->budget > 0; number++)
    {
      g_autoptr (GBytes) content = NULL;

      if (!fetch_part (transfer, file, number, &content, error))
        return FALSE;
      if (content == NULL)
        return TRUE;
      if (!write_at (descriptor, (guint64) number * GEZ_BLOB_PART_SIZE, content))
        return set_errno (error, path);
      tell (transfer, g_bytes_get_size (content));
    }
  *is_whole = number == file->n_parts;
  return !*is_whole || fsync (descriptor) == 0 || set_errno (error, path);
}

static gboolean
read_key_cb (GezDatabase *database,
             gpointer     data,
             GError     **error)
{
  Settling *settling = data;
  GError *failure = NULL;
  g_autoptr (GezStatement) row = gez_database_query (
      database, error, "SELECT file_id, file_key, content_hash FROM document WHERE file_id = ?", GEZ_ID,
      &settling->file->id, GEZ_END);

  if (row != NULL && gez_statement_next (row, &failure))
    {
      settling->name = gez_file_name_read (row, 0, 1, error);
      settling->hash = g_strdup (gez_statement_get_text (row, 2));
      return settling->name != NULL;
    }
  if (failure != NULL)
    g_propagate_error (error, failure);
  return row != NULL && failure == NULL;
}

/* Reads it to its end, as whoever opens the document will. */
static gboolean
is_right (Transfer       *transfer,
          const Settling *settling)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GezSealedHash) sum = gez_sealed_hash_new ();
  g_autofree guint8 *block = g_malloc (BLOCK);
  g_autofree char *hash = NULL;
  gssize n_read = -1;

  if (settling->name == NULL)
    return FALSE;
  stream = gez_sealed_stream_open (transfer->incoming, &settling->file->id, settling->name->key, &failure);
  while (stream != NULL && (n_read = g_input_stream_read (stream, block, BLOCK, NULL, &failure)) > 0)
    gez_sealed_hash_add (sum, block, (gsize) n_read);
  if (n_read != 0)
    return FALSE;
  hash = gez_sealed_hash_finish (sum);
  return g_strcmp0 (hash, settling->hash) == 0;
}

/* Another file came under the name of this one: it is thrown away, and its parts are not fetched again before
 * the next start. */
static gboolean
refuse_file (Transfer   *transfer,
             const File *file,
             const char *path,
             GError    **error)
{
  if (g_unlink (path) != 0)
    return set_errno (error, path);
  for (guint i = 0; i < file->n_parts; i++)
    {
      g_autofree char *name = gez_blob_name (&file->id, i);
      GPtrArray *paths = g_hash_table_lookup (transfer->parts, name);

      for (guint j = 0; paths != NULL && j < paths->len; j++)
        {
          gez_engine_set_done (transfer->engine, paths->pdata[j]);
          if (!gez_engine_quarantine (transfer->engine, paths->pdata[j], "damaged", NULL, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
take_whole (Transfer   *transfer,
            const File *file,
            const char *path,
            GError    **error)
{
  g_autofree char *place = gez_sealed_file_get_path (transfer->engine->blob_directory, &file->id);
  Settling settling = { .file = file };
  gboolean is_good = FALSE;

  if (gez_engine_run (transfer->engine, read_key_cb, &settling, error))
    is_good = is_right (transfer, &settling);
  else
    return FALSE;
  gez_file_name_free (settling.name);
  g_free (settling.hash);
  if (!is_good)
    return refuse_file (transfer, file, path, error);
  if (g_rename (path, place) != 0)
    return set_errno (error, place);
  if (!gez_vault_file_sync_directory (transfer->engine->blob_directory, error)
      || !settle (transfer, file, error))
    return FALSE;
  g_ptr_array_add (transfer->engine->report->tables, g_strdup ("document"));
  return TRUE;
}

static gboolean
fetch_file (Transfer   *transfer,
            const File *file,
            GError    **error)
{
  g_autofree char *first = gez_blob_name (&file->id, 0);
  g_autofree char *path = gez_sealed_file_get_path (transfer->incoming, &file->id);
  gboolean is_whole = FALSE, may_go_on;
  int descriptor;

  if (transfer->parts == NULL && !find_parts (transfer, error))
    return FALSE;
  if (!g_hash_table_contains (transfer->parts, first))
    return TRUE;
  if (g_mkdir_with_parents (transfer->incoming, 0700) != 0)
    return set_errno (error, transfer->incoming);
  descriptor = g_open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return set_errno (error, path);
  may_go_on = fetch_parts (transfer, file, path, descriptor, &is_whole, error);
  if (close (descriptor) != 0 && may_go_on)
    return set_errno (error, path);
  return may_go_on && (!is_whole || take_whole (transfer, file, path, error));
}

/* All together ------------------------------------------------------------------------------------ */

/* Begun and not wanted any more: the document was withdrawn, or its file came in another way. */
static void
remove_begun (Transfer *transfer)
{
  g_autoptr (GDir) entries = g_dir_open (transfer->incoming, 0, NULL);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *name;

  for (guint i = 0; entries != NULL && i < transfer->files->len; i++)
    {
      const File *file = &g_array_index (transfer->files, File, i);

      if (file->is_to_come)
        g_hash_table_add (kept, gez_sealed_file_get_path (transfer->incoming, &file->id));
    }
  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (transfer->incoming, name, NULL);

      if (!g_hash_table_contains (kept, path) && g_unlink (path) != 0)
        g_debug ("a begun file stays: %s", g_strerror (errno));
    }
}

/* Own files that the folder lost are published again. */
static gboolean
heal (Transfer *transfer,
      GError  **error)
{
  for (guint i = 0; i < transfer->published->len; i++)
    {
      const File *file = &g_array_index (transfer->published, File, i);
      Settling settling = { .file = file };

      if (transfer->parts == NULL && !find_parts (transfer, error))
        return FALSE;
      for (guint j = 0; j < file->n_parts; j++)
        {
          g_autofree char *name = gez_blob_name (&file->id, j);
          g_autofree char *path = g_strconcat (transfer->engine->own_directory, "/", name, NULL);

          if (g_hash_table_contains (transfer->parts, name))
            continue;
          settling.is_lost = TRUE;
          g_hash_table_remove (transfer->engine->done, path);
        }
      if (settling.is_lost && !gez_engine_change (transfer->engine, settle_cb, &settling, error))
        return FALSE;
      if (settling.is_lost)
        g_array_append_val (transfer->files, *file);
    }
  return TRUE;
}

static gboolean
move_file (Transfer   *transfer,
           const File *file,
           GError    **error)
{
  g_autofree char *path = gez_sealed_file_get_path (transfer->engine->blob_directory, &file->id);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return file->is_own ? publish_file (transfer, file, path, error) : settle (transfer, file, error);
  return !file->is_to_come || fetch_file (transfer, file, error);
}

static gboolean
move_files (Transfer *transfer,
            GError  **error)
{
  if (!gez_engine_run (transfer->engine, look_cb, transfer, error) || !heal (transfer, error))
    return FALSE;
  for (guint i = 0; i < transfer->files->len; i++)
    {
      const File *file = &g_array_index (transfer->files, File, i);

      transfer->n_all += file->is_own || file->is_to_come ? file->n_parts : 0;
    }
  remove_begun (transfer);
  for (guint i = 0; i < transfer->files->len && transfer->budget > 0; i++)
    if (!move_file (transfer, &g_array_index (transfer->files, File, i), error))
      return FALSE;
  return TRUE;
}

/**
 * gez_engine_files:
 *
 * Publishes the sealed files of documents that were added here, and fetches those of the others.
 *
 * Returns: %FALSE when the round cannot go on; GEZ_VAULT_ERROR_NO_SPACE or _IO when this device's disk does
 *   not let it
 *
 * Thread: the engine's.
 */
gboolean
gez_engine_files (GezEngine *self,
                  GError   **error)
{
  Transfer transfer = { .engine = self, .budget = BUDGET };
  gboolean done;

  if (self->blob_directory == NULL)
    return TRUE;
  transfer.files = g_array_new (FALSE, FALSE, sizeof (File));
  transfer.published = g_array_new (FALSE, FALSE, sizeof (File));
  transfer.incoming = g_build_filename (self->blob_directory, INCOMING, NULL);
  done = move_files (&transfer, error);
  g_array_unref (transfer.files);
  g_array_unref (transfer.published);
  g_clear_pointer (&transfer.parts, g_hash_table_unref);
  g_free (transfer.incoming);
  return done;
}
