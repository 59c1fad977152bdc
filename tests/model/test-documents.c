/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "model/gez-document-content.h"
#include "model/gez-document-list.h"

/* Attachments: what a person adds, sees, takes back and gets out again. */

static GezDocumentAdded
add_text (Desk       *desk,
          const char *name,
          const char *text)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  GezDocumentInput input = { .household_id = &desk->household, .content = content, .name = name };
  GezDocumentAdded added = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_document_add (desk->context, &input, NULL, &added, &error));
  g_assert_no_error (error);
  return added;
}

static void
test_add (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = add_text (desk, "Brief.txt", "Dit is een verzonnen brief.");
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) copy = g_file_new_tmp (NULL, &stream, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (added.command, >, 0);
  desk_assert (desk, "SELECT name || '|' || size_bytes AS text FROM document", "Brief.txt|27");
  g_assert_true (gez_document_save_copy (desk->context, &added.id, copy, NULL, &error));
  g_assert_no_error (error);
  g_file_load_contents (copy, NULL, &text, NULL, NULL, NULL);
  g_assert_cmpstr (text, ==, "Dit is een verzonnen brief.");
  g_file_delete (copy, NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/documents/add", test_add);
  return g_test_run ();
}
