/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "papers.h"

#include "model/gez-document-content.h"
#include "model/gez-document-list.h"
#include "model/gez-document-name.h"
#include "model/gez-member.h"

/* Attachments: what a person adds, sees, takes back and gets out again. */

static void
test_add_and_save (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = papers_add_text (desk, "Brief.txt", TEXT);
  g_autoptr (GFile) copy = papers_make_file (desk, "kopie.txt", "something older");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf about;

  g_assert_cmpint (added.command, >, 0);
  g_assert_false (added.was_there);
  desk_assert (desk, "SELECT name || '|' || size_bytes || '|' || (tags IS NULL) || '|' || "
                     "substr(circle, 1, 1) || '|' || (SELECT name FROM member WHERE id = by_member_id) "
                     "AS text FROM document", "Brief.txt|50|1|c|Testa Verzonnen");
  papers_assert_text (desk, &added.id, TEXT);
  g_assert_true (gez_document_save_copy (desk->context, &added.id, copy, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (copy, NULL, &text, NULL, NULL, &error));
  g_assert_cmpstr (text, ==, TEXT);
  g_assert_cmpint (g_stat (g_file_peek_path (copy), &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  papers_assert_outside (desk, 1);
}

static GezView *
read_list (Desk       *desk,
           const char *tag)
{
  g_autoptr (GezQuery) query = gez_document_list_query (&desk->household, tag);
  g_autoptr (GError) error = NULL;
  GezView *view = gez_store_run (desk->fixture->store, query, &error);

  g_assert_no_error (error);
  return view;
}

static void
assert_circle (Desk          *desk,
               const char    *role,
               GezCircleKind  wanted,
               GezCircleKind  expected)
{
  GezMemberInput member = { .name = "Mia Proef", .role = role };
  g_autoptr (GezQuery) query = gez_lists_query (NULL);
  g_autoptr (GezLists) lists = NULL;
  g_autoptr (GezContext) context = NULL;
  g_autofree char *text = g_strdup_printf ("%s %d", role, wanted);
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  GezDocumentInput input = { .household_id = &desk->household, .content = content, .circle_kind = wanted };
  g_autoptr (GezView) view = NULL;
  GezDocumentAdded added;
  GezRecord *record;
  GezId id;

  desk_do (desk, gez_member_add (desk->context, &member, &id));
  lists = gez_store_run (desk->fixture->store, query, NULL);
  context = gez_context_new (desk->fixture->store, desk->fixture->clock, lists, &id);
  g_assert_true (gez_document_add (context, &input, NULL, &added, NULL));
  view = read_list (desk, NULL);
  record = gez_view_get_list (view, "documents")->pdata[0];
  g_assert_true (gez_id_equal (gez_record_get_id (record), &added.id));
  g_assert_cmpstr (gez_record_get_text (record, "circle_code"), ==, gez_circle_kind_to_code (expected));
  g_assert_cmpstr (gez_record_get_text (record, "by_name"), ==, "Mia Proef");
  g_assert_cmpstr (gez_record_get_text (record, "name"), ==, "document");
}

/* A brugfiguur reads and writes in the open circle only. */
static void
test_circles (void)
{
  g_autoptr (Desk) desk = desk_new ();

  assert_circle (desk, "casemanager", 0, GEZ_CIRCLE_CASEWORK);
  assert_circle (desk, "casemanager", GEZ_CIRCLE_OPEN, GEZ_CIRCLE_OPEN);
  assert_circle (desk, "brugfiguur", 0, GEZ_CIRCLE_OPEN);
}

static void
test_open (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = papers_add_text (desk, "Brief.txt", TEXT);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  char text[100] = "";
  gsize length;

  gez_document_open_async (desk->context, &added.id, NULL, papers_keep_cb, &result);
  stream = gez_document_open_finish (desk->context, papers_wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_true (g_input_stream_read_all (stream, text, sizeof text - 1, &length, NULL, &error));
  g_assert_cmpstr (text, ==, TEXT);
}

static void
test_from_file (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GFile) file = papers_make_file (desk, "Attest school.txt", TEXT);
  GezDocumentInput input = { .household_id = &desk->household, .file = file };
  GezDocumentAdded added;
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_document_add (desk->context, &input, NULL, &added, &error));
  g_assert_no_error (error);
  desk_assert (desk, "SELECT name AS text FROM document", "Attest school.txt");
  g_assert_true (g_file_query_exists (file, NULL));
  papers_assert_text (desk, &added.id, TEXT);
}

static void
test_same_content (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded first = papers_add_text (desk, "Brief.txt", TEXT);
  GezDocumentAdded again = papers_add_text (desk, "Kopie van brief.txt", TEXT);
  g_autoptr (GezChange) change = NULL;
  GezDocumentAdded after;

  g_assert_true (again.was_there);
  g_assert_cmpint (again.command, ==, 0);
  g_assert_true (gez_id_equal (&first.id, &again.id));
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM document"), ==, 1);
  papers_wait_for_blobs (desk, 1);
  /* What was taken back is not there. */
  change = gez_document_withdraw (desk->context, &first.id, NULL);
  g_assert_cmpint (gez_store_commit (desk->fixture->store, change, NULL), >, 0);
  after = papers_add_text (desk, "Brief.txt", TEXT);
  g_assert_false (after.was_there);
}

static void
test_commands (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = papers_add_text (desk, "Brief.txt", TEXT);
  static const char *const tags[] = { " school ", "OCMW; brief", "School", "", "één", NULL };
  static const char *const none[] = { NULL };

  desk_do (desk, gez_document_rename (desk->context, &added.id, "Brief van de school.txt"));
  desk_assert (desk, "SELECT name AS text FROM document", "Brief van de school.txt");
  desk_do (desk, gez_document_set_tags (desk->context, &added.id, tags));
  desk_assert (desk, "SELECT tags AS text FROM document", "school;OCMW- brief;één");
  desk_do (desk, gez_document_set_tags (desk->context, &added.id, none));
  desk_assert (desk, "SELECT tags AS text FROM document", "NULL");
  desk_do (desk, gez_document_withdraw (desk->context, &added.id, "verkeerd gezin"));
  papers_assert_text (desk, &added.id, TEXT);
}

/* Adding can be taken back, also when its thumbnail came in between. */
static void
test_undo_add (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = papers_add_text (desk, "Brief.txt", TEXT);
  g_autoptr (GBytes) image = g_bytes_new_static ("image", 5);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint64 undone;

  gez_document_set_thumbnail_async (desk->context, &added.id, image, NULL, papers_keep_cb, &result);
  g_assert_true (gez_document_set_thumbnail_finish (desk->context, papers_wait_for (&result), &error));
  g_assert_no_error (error);
  undone = gez_store_undo (desk->fixture->store, added.command, &error);
  g_assert_no_error (error);
  desk_assert (desk, "SELECT name AS text FROM document WHERE withdrawn_at IS NULL", "");
  gez_store_undo (desk->fixture->store, undone, &error);
  g_assert_no_error (error);
  papers_assert_text (desk, &added.id, TEXT);
}

static GBytes *
read_thumbnail (Desk        *desk,
                const GezId *document)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  gez_document_read_thumbnail_async (desk->context, document, NULL, papers_keep_cb, &result);
  bytes = gez_document_read_thumbnail_finish (desk->context, papers_wait_for (&result), &error);
  g_assert_no_error (error);
  return bytes;
}

static void
test_thumbnail (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = papers_add_text (desk, "Brief.txt", TEXT);
  g_autoptr (GBytes) none = read_thumbnail (desk, &added.id), first = NULL;
  g_autoptr (GezView) view = NULL;
  GezRecord *record;

  g_assert_null (none);
  papers_set_thumbnail (desk, &added.id, "a picture of kanarievogel-7f3a");
  papers_set_thumbnail (desk, &added.id, "a better picture");
  first = read_thumbnail (desk, &added.id);
  g_assert_cmpmem (g_bytes_get_data (first, NULL), g_bytes_get_size (first), "a better picture", 16);
  view = read_list (desk, NULL);
  record = gez_view_get_list (view, "documents")->pdata[0];
  g_assert_cmpint (gez_record_get_integer (record, "has_thumbnail"), ==, 1);
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM change_log "
                                     "WHERE table_name = 'thumbnail'"), ==, 0);
}

static char *
names_of (GPtrArray  *records,
          const char *column)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (names, "%s%s", i ? "|" : "", gez_record_get_text (records->pdata[i], column));
  return g_string_free (names, FALSE);
}

static void
assert_list (Desk       *desk,
             const char *tag,
             const char *documents,
             const char *tags)
{
  g_autoptr (GezView) view = read_list (desk, tag);
  g_autofree char *names = names_of (gez_view_get_list (view, "documents"), "name");
  g_autofree char *words = names_of (gez_view_get_list (view, "tags"), "tag");

  g_assert_cmpstr (names, ==, documents);
  g_assert_cmpstr (words, ==, tags);
}

static void
test_list (void)
{
  g_autoptr (Desk) desk = desk_new ();
  static const char *const school[] = { "school", "brief", NULL }, *const loud[] = { "SCHOOL", NULL };
  static const char *const accent[] = { "éénmalig", NULL };
  g_autoptr (GezQuery) query = gez_document_tags_query ();
  g_autoptr (GPtrArray) everywhere = NULL;
  g_autofree char *words = NULL;

  assert_list (desk, NULL, "", "");
  papers_add_tagged (desk, "een.txt", "1", school);
  gez_clock_set_now (desk->fixture->clock, DESK_NOW + 1000);
  papers_add_tagged (desk, "twee.txt", "2", loud);
  gez_clock_set_now (desk->fixture->clock, DESK_NOW + 2000);
  papers_add_tagged (desk, "drie.txt", "3", accent);
  assert_list (desk, NULL, "drie.txt|twee.txt|een.txt", "SCHOOL|brief|éénmalig");
  assert_list (desk, "School", "twee.txt|een.txt", "SCHOOL|brief|éénmalig");
  assert_list (desk, "Eenmalig", "drie.txt", "SCHOOL|brief|éénmalig");
  assert_list (desk, "scho", "", "SCHOOL|brief|éénmalig");
  everywhere = gez_store_run (desk->fixture->store, query, NULL);
  words = names_of (everywhere, "tag");
  g_assert_cmpstr (words, ==, "SCHOOL|brief|éénmalig");
  g_assert_cmpint (gez_record_get_integer (everywhere->pdata[0], "n_documents"), ==, 2);
}

static void
assert_name (const char *given,
             const char *cleaned)
{
  g_autofree char *name = gez_document_clean_name (given);

  g_assert_cmpstr (name, ==, cleaned);
  g_assert_cmpint (strlen (name), <=, GEZ_DOCUMENT_NAME_MAX);
  g_assert_true (g_utf8_validate (name, -1, NULL));
}

static void
test_names (void)
{
  g_autofree char *long_name = g_strnfill (300, 'a');
  g_autofree char *long_with_ending = g_strconcat (long_name, ".pdf", NULL);
  g_autofree char *cut = g_strndup (long_name, GEZ_DOCUMENT_NAME_MAX);
  g_autofree char *cut_with_ending = g_strndup (long_name, GEZ_DOCUMENT_NAME_MAX - 4);
  g_autofree char *cut_pdf = g_strconcat (cut_with_ending, ".pdf", NULL);
  GString *wide = g_string_new (NULL), *expected = g_string_new (NULL);

  assert_name ("Brief.pdf", "Brief.pdf");
  assert_name ("../../etc/passwd", "-..-etc-passwd");
  assert_name ("map\\brief: \"een\"?.pdf", "map-brief- -een--.pdf");
  assert_name (".verborgen", "verborgen");
  assert_name ("..", "document");
  assert_name ("", "document");
  assert_name (NULL, "document");
  assert_name (" \t\n", "document");
  assert_name ("een\ntwee\x01\x7f.txt", "een twee.txt");
  assert_name ("factuur\u202Egpj.exe", "factuurgpj.exe");
  assert_name ("a\u2066b\u200Fc\u061C.txt", "abc.txt");
  assert_name ("e\u0301e\u0301n.txt", "één.txt");
  assert_name ("\xff\xfe.txt", "\uFFFD\uFFFD.txt");
  assert_name (long_name, cut);
  assert_name (long_with_ending, cut_pdf);
  for (guint i = 0; i < 150; i++)
    g_string_append (wide, "é");
  for (guint i = 0; i < 100; i++)
    g_string_append (expected, "é");
  assert_name (wide->str, expected->str);
  g_string_free (wide, TRUE);
  g_string_free (expected, TRUE);
}

static void
test_too_large_to_read (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = papers_add_text (desk, "Brief.txt", TEXT);
  g_autoptr (GError) error = NULL;

  g_assert_null (papers_read_document (desk, &added.id, strlen (TEXT) - 1, &error));
  g_assert_error (error, GEZ_DOCUMENT_ERROR, GEZ_DOCUMENT_ERROR_TOO_LARGE);
  papers_assert_text (desk, &added.id, TEXT);
}

#define ADD(name, function) g_test_add_func ("/model/documents/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("add-and-save", test_add_and_save);
  ADD ("circles", test_circles);
  ADD ("open", test_open);
  ADD ("from-file", test_from_file);
  ADD ("same-content", test_same_content);
  ADD ("commands", test_commands);
  ADD ("undo-add", test_undo_add);
  ADD ("thumbnail", test_thumbnail);
  ADD ("list", test_list);
  ADD ("names", test_names);
  ADD ("too-large-to-read", test_too_large_to_read);
  return g_test_run ();
}
