/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "papers.h"

#include <glib/gstdio.h>
#include <string.h>

#include "model/gez-document-content.h"
#include "store/gez-attachment.h"

void
papers_keep_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

GAsyncResult *
papers_wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

GezDocumentAdded
papers_add_tagged (Desk              *desk,
                   const char        *name,
                   const char        *text,
                   const char *const *tags)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  GezDocumentInput input = { .household_id = &desk->household, .content = content, .name = name,
                             .tags = tags };
  GezDocumentAdded added = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_document_add (desk->context, &input, NULL, &added, &error));
  g_assert_no_error (error);
  return added;
}

GezDocumentAdded
papers_add_text (Desk       *desk,
                 const char *name,
                 const char *text)
{
  return papers_add_tagged (desk, name, text, NULL);
}

char *
papers_in_store (Desk       *desk,
                 const char *name)
{
  return g_build_filename (desk->fixture->directory, name, NULL);
}

/* Nothing stands beside the files that the test itself made. */
void
papers_assert_outside (Desk  *desk,
                       guint  n_expected)
{
  g_autofree char *directory = papers_in_store (desk, "outside");
  g_autoptr (GDir) files = g_dir_open (directory, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (files))
    n++;
  g_assert_cmpint (n, ==, n_expected);
}

/* In a directory beside the sealed files. */
GFile *
papers_make_file (Desk       *desk,
                  const char *name,
                  const char *text)
{
  g_autofree char *directory = papers_in_store (desk, "outside");
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir (directory, 0700);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

guint
papers_count_blobs (Desk *desk)
{
  g_autofree char *directory = papers_in_store (desk, "blobs");
  g_autoptr (GDir) files = g_dir_open (directory, 0, NULL);
  guint n = 0;

  while (files && g_dir_read_name (files))
    n++;
  return n;
}

/* What nobody needs any more goes on a thread that nobody waits for. */
void
papers_wait_for_blobs (Desk  *desk,
                       guint  n)
{
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (papers_count_blobs (desk) != n && g_get_monotonic_time () < end)
    g_thread_yield ();
  g_assert_cmpint (papers_count_blobs (desk), ==, n);
}

char *
papers_blob_of (Desk        *desk,
                const GezId *document)
{
  g_autoptr (GezQuery) query = gez_attachment_query (document);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezAttachment) attachment = gez_store_run (desk->fixture->store, query, &error);
  g_autofree char *directory = papers_in_store (desk, "blobs");

  g_assert_no_error (error);
  return gez_sealed_file_get_path (directory, &attachment->file->id);
}

GBytes *
papers_read_document (Desk         *desk,
                      const GezId  *document,
                      gsize         most,
                      GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gez_document_read_async (desk->context, document, most, NULL, papers_keep_cb, &result);
  return gez_document_read_finish (desk->context, papers_wait_for (&result), error);
}

void
papers_assert_text (Desk        *desk,
                    const GezId *document,
                    const char  *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) read = papers_read_document (desk, document, 1000, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read), text, strlen (text));
}

void
papers_set_thumbnail (Desk        *desk,
                      const GezId *document,
                      const char  *text)
{
  g_autoptr (GBytes) image = g_bytes_new (text, strlen (text));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gez_document_set_thumbnail_async (desk->context, document, image, NULL, papers_keep_cb, &result);
  g_assert_true (gez_document_set_thumbnail_finish (desk->context, papers_wait_for (&result), &error));
  g_assert_no_error (error);
}
