/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/gez-json-attachments.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "model/gez-document-work.h"
#include "store/gez-record.h"
#include "vault/gez-sealed-file.h"

/* The content of documents beside an interchange document: one file for each content, named by its hash
 * (docs/INTERCHANGE.md, "Attachments").
 *
 * 1. Out: content that stands in several rows is written once. A file that is there already and has the
 *    right size is not written again.
 * 2. In: a content becomes a sealed file with a new name and a new key before its row is written, and is
 *    what the row says, or the row is refused.
 * 3. A hash comes from outside. Before it becomes part of a path it is 64 hexadecimal digits. */

static gboolean
is_hash (const char *text)
{
  return text && strlen (text) == 2 * GEZ_FILE_HASH_SIZE
         && strspn (text, "0123456789abcdef") == 2 * GEZ_FILE_HASH_SIZE;
}

static char *
find_directory (GezStore *store)
{
  const char *directory = gez_store_get_directory (store);

  return directory ? gez_attachment_get_directory (directory) : g_strdup ("");
}

static gboolean
is_there (GFile  *file,
          gint64  size)
{
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info && g_file_info_get_size (info) == size;
}

static gboolean
export_one (GezStore      *store,
            const char    *blobs,
            const char    *directory,
            GezRecord     *record,
            GCancellable  *cancellable,
            GError       **error)
{
  const char *hash = gez_record_get_text (record, "content_hash");
  g_autoptr (GFile) file = NULL;
  g_autoptr (GezQuery) query = NULL;
  g_autoptr (GezAttachment) attachment = NULL;

  if (!is_hash (hash))
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED,
                           "a document with a hash that is none");
      return FALSE;
    }
  file = g_file_new_build_filename (directory, hash, NULL);
  if (is_there (file, gez_record_get_integer (record, "size_bytes")))
    return TRUE;
  query = gez_attachment_query (gez_record_get_id (record));
  attachment = gez_store_run (store, query, error);
  if (attachment == NULL)
    return FALSE;
  if (gez_document_copy_out (blobs, attachment, file, NULL, cancellable, error))
    return TRUE;
  if (error && *error)
    gez_document_mend_error (blobs, &attachment->file->id, *error);
  return FALSE;
}

/**
 * gez_json_export_attachments:
 * @household: (nullable): only what belongs to this household; %NULL for the whole store
 * @directory: where the files go; made, for its owner alone, when it is not there
 * @cancellable: (nullable): stops; files that are complete stay
 * @n_files: (out) (optional): contents that are there now
 *
 * Writes the content of every document. These files are not encrypted.
 *
 * Thread: any but the main one: it waits.
 *
 * Returns: %TRUE when all of them are there; %FALSE with @error set at the first that is not
 */
gboolean
gez_json_export_attachments (GezStore      *store,
                             const GezId   *household,
                             const char    *directory,
                             GCancellable  *cancellable,
                             guint64       *n_files,
                             GError       **error)
{
  g_autoptr (GezQuery) query = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *blobs = NULL;

  g_return_val_if_fail (GEZ_IS_STORE (store) && directory != NULL, FALSE);

  query = gez_record_query ("SELECT min(id) AS id, content_hash, size_bytes FROM document "
                            "WHERE ?1 IS NULL OR household_id = ?1 GROUP BY content_hash", GEZ_ID, household,
                            GEZ_END);
  records = gez_store_run (store, query, error);
  if (records == NULL)
    return FALSE;
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno), "Cannot make “%s”: %s",
                   directory, g_strerror (errno));
      return FALSE;
    }
  blobs = find_directory (store);
  for (guint i = 0; i < records->len; i++)
    if (!export_one (store, blobs, directory, records->pdata[i], cancellable, error))
      return FALSE;
  if (n_files)
    *n_files = records->len;
  return TRUE;
}

static void
refuse (GezImportRow *row,
        const char   *why)
{
  g_free (row->reason);
  row->reason = g_strdup_printf ("document: %s", why);
  g_clear_object (&row->change);
}

/* What says what the content is was checked to be of its type; the store checks the rest. */
static const char *
get_hash (GezImportRow *row)
{
  JsonNode *node = json_object_get_member (row->object, "content_hash");
  const char *hash = node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  return is_hash (hash) ? hash : NULL;
}

static gboolean
is_what_it_says (GezImportRow      *row,
                 GezDocumentSealed *sealed)
{
  return g_strcmp0 (sealed->hash, get_hash (row)) == 0
         && json_object_get_int_member_with_default (row->object, "size_bytes", -1) == sealed->size;
}

/* Returns: FALSE with @error set when nothing more can be taken; a content that is not there refuses its
 * row alone */
static gboolean
take_one (GezStore      *store,
          const char    *blobs,
          const char    *directory,
          GezImportRow  *row,
          GCancellable  *cancellable,
          GError       **error)
{
  const char *hash = get_hash (row);
  g_autoptr (GezFileName) name = NULL;
  g_autoptr (GFile) file = NULL;
  g_auto (GezDocumentSealed) sealed = { 0 };
  g_autoptr (GError) failure = NULL;

  if (hash == NULL)
    {
      refuse (row, "content_hash is no hash");
      return TRUE;
    }
  name = gez_file_name_new (gez_store_get_clock (store), error);
  if (name == NULL)
    return FALSE;
  file = g_file_new_build_filename (directory, hash, NULL);
  if (!gez_document_seal (blobs, name, file, NULL, hash, NULL, &sealed, cancellable, &failure))
    {
      if (failure->domain != GEZ_DOCUMENT_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      refuse (row, "its content cannot be read among the attachments");
      return TRUE;
    }
  row->file = name->id;
  if (is_what_it_says (row, &sealed))
    gez_change_set_file (row->change, name);
  else
    refuse (row, "the content among the attachments is not what the row says");
  return TRUE;
}

/**
 * gez_json_take_attachments:
 * @directory: (nullable): of the files, each named by its hash; %NULL refuses every new document
 * @rows: (element-type GezImportRow): rows of the table `document`, prepared
 *
 * Seals the content of every new document and names it in its change.
 *
 * Thread: any but the main one: it waits.
 *
 * Returns: %FALSE with @error set when the store or the disk takes no more
 */
gboolean
gez_json_take_attachments (GezStore      *store,
                           const char    *directory,
                           GPtrArray     *rows,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autofree char *blobs = find_directory (store);

  for (guint i = 0; i < rows->len; i++)
    {
      GezImportRow *row = rows->pdata[i];

      if (row->change == NULL || !row->is_insert)
        continue;
      if (directory == NULL)
        refuse (row, "its content is not here; import needs the directory of the attachments");
      else if (!take_one (store, blobs, directory, row, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * gez_json_discard_attachment:
 *
 * Removes the sealed file that was made for a row that was refused after all.
 */
void
gez_json_discard_attachment (GezStore     *store,
                             GezImportRow *row)
{
  g_autofree char *blobs = NULL;

  if (gez_id_is_none (&row->file))
    return;
  blobs = find_directory (store);
  gez_document_discard (blobs, &row->file);
  row->file = GEZ_ID_NONE;
}
