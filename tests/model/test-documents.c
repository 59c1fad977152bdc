/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "desk.h"

#include "byte-search.h"
#include "liar-file.h"
#include "model/gez-document-content.h"
#include "model/gez-document-list.h"
#include "model/gez-document-name.h"
#include "store/gez-attachment.h"
#include "store/gez-verify-files.h"
#include "store/gez-verify.h"

/* Attachments: what a person adds, sees, takes back and gets out again, and what is on the disk. */

#define TEXT "Dit is een verzonnen brief over kanarievogel-7f3a."
#define A_DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static void
keep_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static GezDocumentAdded
add_tagged (Desk              *desk,
            const char        *name,
            const char        *text,
            const char *const *tags)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  GezDocumentInput input = { .household_id = &desk->household, .content = content, .name = name, .tags = tags };
  GezDocumentAdded added = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_document_add (desk->context, &input, NULL, &added, &error));
  g_assert_no_error (error);
  return added;
}

static GezDocumentAdded
add_text (Desk       *desk,
          const char *name,
          const char *text)
{
  return add_tagged (desk, name, text, NULL);
}

static char *
in_store (Desk       *desk,
          const char *name)
{
  return g_build_filename (desk->fixture->directory, name, NULL);
}

/* Nothing stands beside the files that the test itself made. */
static void
assert_outside (Desk  *desk,
                guint  n_expected)
{
  g_autofree char *directory = in_store (desk, "outside");
  g_autoptr (GDir) files = g_dir_open (directory, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (files))
    n++;
  g_assert_cmpint (n, ==, n_expected);
}

/* In a directory beside the sealed files. */
static GFile *
make_file (Desk       *desk,
           const char *name,
           const char *text)
{
  g_autofree char *directory = in_store (desk, "outside");
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir (directory, 0700);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static guint
count_blobs (Desk *desk)
{
  g_autofree char *directory = in_store (desk, "blobs");
  g_autoptr (GDir) files = g_dir_open (directory, 0, NULL);
  guint n = 0;

  while (files && g_dir_read_name (files))
    n++;
  return n;
}

/* What nobody needs any more goes on a thread that nobody waits for. */
static void
wait_for_blobs (Desk *desk,
                guint n)
{
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (count_blobs (desk) != n && g_get_monotonic_time () < end)
    g_thread_yield ();
  g_assert_cmpint (count_blobs (desk), ==, n);
}

static char *
blob_of (Desk        *desk,
         const GezId *document)
{
  g_autoptr (GezQuery) query = gez_attachment_query (document);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezAttachment) attachment = gez_store_run (desk->fixture->store, query, &error);
  g_autofree char *directory = in_store (desk, "blobs");

  g_assert_no_error (error);
  return gez_sealed_file_get_path (directory, &attachment->file->id);
}

static GBytes *
read_document (Desk        *desk,
               const GezId *document,
               gsize        most,
               GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gez_document_read_async (desk->context, document, most, NULL, keep_cb, &result);
  return gez_document_read_finish (desk->context, wait_for (&result), error);
}

static void
assert_text (Desk        *desk,
             const GezId *document,
             const char  *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) read = read_document (desk, document, 1000, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read), text, strlen (text));
}

static void
test_add_and_save (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = add_text (desk, "Brief.txt", TEXT);
  g_autoptr (GFile) copy = make_file (desk, "kopie.txt", "something older");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf about;

  g_assert_cmpint (added.command, >, 0);
  g_assert_false (added.was_there);
  desk_assert (desk, "SELECT name || '|' || size_bytes || '|' || (tags IS NULL) || '|' || "
                     "substr(circle, 1, 1) || '|' || (SELECT name FROM member WHERE id = by_member_id) "
                     "AS text FROM document", "Brief.txt|50|1|c|Testa Verzonnen");
  assert_text (desk, &added.id, TEXT);
  g_assert_true (gez_document_save_copy (desk->context, &added.id, copy, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (copy, NULL, &text, NULL, NULL, &error));
  g_assert_cmpstr (text, ==, TEXT);
  g_assert_cmpint (g_stat (g_file_peek_path (copy), &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  assert_outside (desk, 1);
}

static void
test_open (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = add_text (desk, "Brief.txt", TEXT);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  char text[100] = "";
  gsize length;

  gez_document_open_async (desk->context, &added.id, NULL, keep_cb, &result);
  stream = gez_document_open_finish (desk->context, wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_true (g_input_stream_read_all (stream, text, sizeof text - 1, &length, NULL, &error));
  g_assert_cmpstr (text, ==, TEXT);
}

static void
test_from_file (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GFile) file = make_file (desk, "Attest school.txt", TEXT);
  GezDocumentInput input = { .household_id = &desk->household, .file = file };
  GezDocumentAdded added;
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_document_add (desk->context, &input, NULL, &added, &error));
  g_assert_no_error (error);
  desk_assert (desk, "SELECT name AS text FROM document", "Attest school.txt");
  g_assert_true (g_file_query_exists (file, NULL));
  assert_text (desk, &added.id, TEXT);
}

static void
test_same_content (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded first = add_text (desk, "Brief.txt", TEXT), again = add_text (desk, "Kopie van brief.txt", TEXT);
  g_autoptr (GezChange) change = NULL;
  GezDocumentAdded after;

  g_assert_true (again.was_there);
  g_assert_cmpint (again.command, ==, 0);
  g_assert_true (gez_id_equal (&first.id, &again.id));
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM document"), ==, 1);
  wait_for_blobs (desk, 1);
  /* What was taken back is not there. */
  change = gez_document_withdraw (desk->context, &first.id, NULL);
  g_assert_cmpint (gez_store_commit (desk->fixture->store, change, NULL), >, 0);
  after = add_text (desk, "Brief.txt", TEXT);
  g_assert_false (after.was_there);
}

static void
test_commands (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = add_text (desk, "Brief.txt", TEXT);
  static const char *const tags[] = { " school ", "OCMW; brief", "School", "", "één", NULL };
  static const char *const none[] = { NULL };

  desk_do (desk, gez_document_rename (desk->context, &added.id, "Brief van de school.txt"));
  desk_assert (desk, "SELECT name AS text FROM document", "Brief van de school.txt");
  desk_do (desk, gez_document_set_tags (desk->context, &added.id, tags));
  desk_assert (desk, "SELECT tags AS text FROM document", "school;OCMW- brief;één");
  desk_do (desk, gez_document_set_tags (desk->context, &added.id, none));
  desk_assert (desk, "SELECT tags AS text FROM document", "NULL");
  desk_do (desk, gez_document_withdraw (desk->context, &added.id, "verkeerd gezin"));
  assert_text (desk, &added.id, TEXT);
}

/* Adding can be taken back, also when its thumbnail came in between. */
static void
test_undo_add (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = add_text (desk, "Brief.txt", TEXT);
  g_autoptr (GBytes) image = g_bytes_new_static ("image", 5);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint64 undone;

  gez_document_set_thumbnail_async (desk->context, &added.id, image, NULL, keep_cb, &result);
  g_assert_true (gez_document_set_thumbnail_finish (desk->context, wait_for (&result), &error));
  g_assert_no_error (error);
  undone = gez_store_undo (desk->fixture->store, added.command, &error);
  g_assert_no_error (error);
  desk_assert (desk, "SELECT name AS text FROM document WHERE withdrawn_at IS NULL", "");
  gez_store_undo (desk->fixture->store, undone, &error);
  g_assert_no_error (error);
  assert_text (desk, &added.id, TEXT);
}

static GBytes *
read_thumbnail (Desk        *desk,
                const GezId *document)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  gez_document_read_thumbnail_async (desk->context, document, NULL, keep_cb, &result);
  bytes = gez_document_read_thumbnail_finish (desk->context, wait_for (&result), &error);
  g_assert_no_error (error);
  return bytes;
}

static void
set_thumbnail (Desk        *desk,
               const GezId *document,
               const char  *text)
{
  g_autoptr (GBytes) image = g_bytes_new (text, strlen (text));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gez_document_set_thumbnail_async (desk->context, document, image, NULL, keep_cb, &result);
  g_assert_true (gez_document_set_thumbnail_finish (desk->context, wait_for (&result), &error));
  g_assert_no_error (error);
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
test_thumbnail (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = add_text (desk, "Brief.txt", TEXT);
  g_autoptr (GBytes) none = read_thumbnail (desk, &added.id), first = NULL;
  g_autoptr (GezView) view = NULL;
  GezRecord *record;

  g_assert_null (none);
  set_thumbnail (desk, &added.id, "a picture of kanarievogel-7f3a");
  set_thumbnail (desk, &added.id, "a better picture");
  first = read_thumbnail (desk, &added.id);
  g_assert_cmpmem (g_bytes_get_data (first, NULL), g_bytes_get_size (first), "a better picture", 16);
  view = read_list (desk, NULL);
  record = gez_view_get_list (view, "documents")->pdata[0];
  g_assert_cmpint (gez_record_get_integer (record, "has_thumbnail"), ==, 1);
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM change_log WHERE table_name = 'thumbnail'"),
                   ==, 0);
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
  add_tagged (desk, "een.txt", "1", school);
  gez_clock_set_now (desk->fixture->clock, DESK_NOW + 1000);
  add_tagged (desk, "twee.txt", "2", loud);
  gez_clock_set_now (desk->fixture->clock, DESK_NOW + 2000);
  add_tagged (desk, "drie.txt", "3", accent);
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
assert_refused (Desk             *desk,
                GFile            *file,
                GezDocumentError  code)
{
  GezDocumentInput input = { .household_id = &desk->household, .file = file };
  g_autoptr (GError) error = NULL;

  g_assert_false (gez_document_add (desk->context, &input, NULL, NULL, &error));
  g_assert_error (error, GEZ_DOCUMENT_ERROR, (int) code);
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM document"), ==, 0);
  wait_for_blobs (desk, 0);
}

static void
test_bad_files (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GFile) empty = make_file (desk, "leeg.txt", ""), file = make_file (desk, "brief.txt", TEXT);
  g_autoptr (GFile) longer = make_file (desk, "langer.txt", TEXT TEXT), directory = g_file_get_parent (file);
  g_autoptr (GFile) gone = g_file_get_child (directory, "weg.txt"), pipe = g_file_get_child (directory, "pijp");
  g_autoptr (GFile) link = g_file_get_child (directory, "link"), grows = liar_file_new (file, longer);
  g_autoptr (GFile) shrinks = liar_file_new (longer, file), emptied = liar_file_new (file, empty);

  g_assert_cmpint (mkfifo (g_file_peek_path (pipe), 0600), ==, 0);
  g_assert_cmpint (symlink ("nergens", g_file_peek_path (link)), ==, 0);
  assert_refused (desk, empty, GEZ_DOCUMENT_ERROR_EMPTY);
  assert_refused (desk, directory, GEZ_DOCUMENT_ERROR_NOT_A_FILE);
  assert_refused (desk, pipe, GEZ_DOCUMENT_ERROR_NOT_A_FILE);
  assert_refused (desk, gone, GEZ_DOCUMENT_ERROR_UNREADABLE);
  assert_refused (desk, link, GEZ_DOCUMENT_ERROR_NOT_A_FILE);
  assert_refused (desk, grows, GEZ_DOCUMENT_ERROR_CHANGED);
  assert_refused (desk, shrinks, GEZ_DOCUMENT_ERROR_CHANGED);
  assert_refused (desk, emptied, GEZ_DOCUMENT_ERROR_CHANGED);
  if (geteuid () == 0)
    {
      g_test_message ("root reads everything: a file without permissions is not tried");
      return;
    }
  g_assert_cmpint (g_chmod (g_file_peek_path (file), 0000), ==, 0);
  assert_refused (desk, file, GEZ_DOCUMENT_ERROR_UNREADABLE);
}

typedef struct
{
  GCancellable *cancellable;
  gint64 last;
  gint64 total;
  guint n_told;
} Told;

static void
told_cb (gint64   done,
         gint64   total,
         gpointer data)
{
  Told *told = data;

  g_assert_cmpint (done, >, told->last);
  told->last = done;
  told->total = total;
  told->n_told++;
  if (told->cancellable)
    g_cancellable_cancel (told->cancellable);
}

static void
test_progress_and_cancel (void)
{
  g_autoptr (Desk) desk = desk_new ();
  gsize size = 3 * 1024 * 1024 + 5;
  g_autoptr (GBytes) content = g_bytes_new_take (g_malloc0 (size), size);
  GezDocumentInput input = { .household_id = &desk->household, .content = content };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL, cancelled = NULL, copied = NULL;
  g_autoptr (GFile) copy = make_file (desk, "kopie", "older");
  g_autoptr (GError) error = NULL;
  Told told = { 0 }, copying = { .cancellable = cancellable };
  GezDocumentAdded added;
  g_autofree char *text = NULL;

  gez_document_add_async (desk->context, &input, told_cb, &told, NULL, keep_cb, &result);
  g_assert_true (gez_document_add_finish (desk->context, wait_for (&result), &added, &error));
  g_assert_no_error (error);
  g_assert_cmpint (told.last, ==, size);
  g_assert_cmpint (told.total, ==, size);
  g_assert_cmpint (told.n_told, >, 3);

  g_cancellable_cancel (cancellable);
  input.name = "other";
  gez_document_add_async (desk->context, &input, NULL, NULL, cancellable, keep_cb, &cancelled);
  g_assert_false (gez_document_add_finish (desk->context, wait_for (&cancelled), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  wait_for_blobs (desk, 1);

  gez_document_save_copy_async (desk->context, &added.id, copy, told_cb, &copying, cancellable, keep_cb, &copied);
  g_assert_false (gez_document_save_copy_finish (desk->context, wait_for (&copied), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_load_contents (copy, NULL, &text, NULL, NULL, NULL));
  g_assert_cmpstr (text, ==, "older");
  assert_outside (desk, 1);
}

/* A copy that is cancelled half-way leaves nothing either. */
static void
test_cancel_copy (void)
{
  g_autoptr (Desk) desk = desk_new ();
  gsize size = 4 * 1024 * 1024;
  g_autoptr (GBytes) content = g_bytes_new_take (g_malloc0 (size), size);
  GezDocumentInput input = { .household_id = &desk->household, .content = content };
  g_autoptr (GFile) old = make_file (desk, "ander.txt", "ander"), outside = g_file_get_parent (old);
  g_autoptr (GFile) copy = g_file_get_child (outside, "kopie"), nowhere = g_file_get_child (copy, "kopie");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Told told = { .cancellable = cancellable };
  GezDocumentAdded added;
  gboolean is_saved;

  g_assert_true (gez_document_add (desk->context, &input, NULL, &added, NULL));
  gez_document_save_copy_async (desk->context, &added.id, copy, told_cb, &told, cancellable, keep_cb, &result);
  is_saved = gez_document_save_copy_finish (desk->context, wait_for (&result), &error);
  /* It may have been finished before anybody could cancel; then it is whole. */
  assert_outside (desk, is_saved ? 2 : 1);
  if (!is_saved)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (gez_document_save_copy (desk->context, &added.id, nowhere, NULL, &error));
  g_assert_nonnull (error);
  assert_outside (desk, is_saved ? 2 : 1);
}

/* Locking while something is added: there is no row, and no file stays. */
static void
test_locked_while_adding (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GBytes) content = g_bytes_new_static (TEXT, strlen (TEXT));
  GezDocumentInput input = { .household_id = &desk->household, .content = content };
  g_autoptr (GAsyncResult) result = NULL, later = NULL;
  g_autoptr (GError) error = NULL;

  gez_document_add_async (desk->context, &input, NULL, NULL, NULL, keep_cb, &result);
  g_assert_true (gez_store_close (desk->fixture->store, &error));
  g_assert_no_error (error);
  g_assert_false (gez_document_add_finish (desk->context, wait_for (&result), NULL, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED);
  wait_for_blobs (desk, 0);
  g_clear_error (&error);
  gez_document_add_async (desk->context, &input, NULL, NULL, NULL, keep_cb, &later);
  g_assert_false (gez_document_add_finish (desk->context, wait_for (&later), NULL, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED);
  g_clear_object (&desk->fixture->store);
}

static void
make_orphan (Desk       *desk,
             const char *name,
             gint64      at)
{
  g_autofree char *directory = in_store (desk, "blobs");
  g_autofree char *path = g_build_filename (directory, name, NULL);
  struct utimbuf times = { at / 1000, at / 1000 };

  g_assert_true (g_file_set_contents (path, "half", -1, NULL));
  g_assert_cmpint (utime (path, &times), ==, 0);
}

static void
reopen (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&desk->context);
  store_fixture_close (desk->fixture);
  store_fixture_open (desk->fixture);
  desk->context = gez_context_load (desk->fixture->store, &error);
  g_assert_no_error (error);
}

/* A crash between the file and the row leaves a file. It goes, a day later; nothing else does. */
static void
test_orphans (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = add_text (desk, "Brief.txt", TEXT), withdrawn = add_text (desk, "Oud.txt", "oud");
  g_autoptr (GezChange) change = gez_document_withdraw (desk->context, &withdrawn.id, NULL);
  gint64 written = g_get_real_time () / 1000;

  g_assert_cmpint (gez_store_commit (desk->fixture->store, change, NULL), >, 0);
  set_thumbnail (desk, &added.id, "picture");
  make_orphan (desk, "00000000000000000000000000000001", written);
  make_orphan (desk, "00000000000000000000000000000002.new", written);
  make_orphan (desk, "notitie.txt", written);
  g_assert_cmpint (count_blobs (desk), ==, 6);
  gez_clock_set_now (desk->fixture->clock, written + A_DAY / 2);
  reopen (desk);
  g_assert_cmpint (count_blobs (desk), ==, 6);
  gez_clock_set_now (desk->fixture->clock, written + A_DAY + 60 * 1000);
  reopen (desk);
  g_assert_cmpint (count_blobs (desk), ==, 4);
  assert_text (desk, &added.id, TEXT);
  assert_text (desk, &withdrawn.id, "oud");
}

static guint
verify (Desk    *desk,
        gboolean reads)
{
  g_autoptr (GezQuery) query = gez_verify_query ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVerifyReport) report = gez_store_run (desk->fixture->store, query, &error);

  g_assert_no_error (error);
  g_assert_cmpint (report->n_documents, ==, 2);
  if (reads)
    g_assert_true (gez_verify_contents (desk->fixture->store, report->problems, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < report->problems->len; i++)
    {
      g_test_message ("%s", (char *) report->problems->pdata[i]);
      g_assert_null (strstr (report->problems->pdata[i], "Brief"));
    }
  return report->problems->len;
}

static void
change_byte (const char *path,
             gsize       at)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  bytes[at] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

static void
assert_unreadable (Desk             *desk,
                   const GezId      *document,
                   GezDocumentError  code)
{
  g_autoptr (GFile) copy = make_file (desk, "kopie.txt", "older"), outside = g_file_get_parent (copy);
  g_autoptr (GFile) fresh = g_file_get_child (outside, "nieuw.txt");
  g_autoptr (GError) error = NULL, other = NULL, third = NULL;
  g_autofree char *text = NULL;

  g_assert_null (read_document (desk, document, 1000, &error));
  g_assert_error (error, GEZ_DOCUMENT_ERROR, (int) code);
  g_assert_false (gez_document_save_copy (desk->context, document, copy, NULL, &other));
  g_assert_error (other, GEZ_DOCUMENT_ERROR, (int) code);
  g_assert_false (gez_document_save_copy (desk->context, document, fresh, NULL, &third));
  assert_outside (desk, 1);
  g_assert_true (g_file_load_contents (copy, NULL, &text, NULL, NULL, NULL));
  g_assert_cmpstr (text, ==, "older");
}

static void
test_damage (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded one = add_text (desk, "Brief een.txt", TEXT), two = add_text (desk, "Brief twee.txt", "twee");
  g_autofree char *first = blob_of (desk, &one.id), *second = blob_of (desk, &two.id);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (verify (desk, TRUE), ==, 0);
  change_byte (first, 60);
  g_assert_cmpint (verify (desk, FALSE), ==, 0);
  g_assert_cmpint (verify (desk, TRUE), ==, 1);
  assert_unreadable (desk, &one.id, GEZ_DOCUMENT_ERROR_DAMAGED);
  assert_text (desk, &two.id, "twee");
  change_byte (first, 60);
  g_assert_cmpint (verify (desk, TRUE), ==, 0);
  g_assert_cmpint (truncate (first, 50), ==, 0);
  g_assert_cmpint (verify (desk, FALSE), ==, 1);
  g_assert_cmpint (g_unlink (second), ==, 0);
  g_assert_cmpint (verify (desk, FALSE), ==, 2);
  assert_unreadable (desk, &two.id, GEZ_DOCUMENT_ERROR_MISSING);
  /* A file of another document in its place is no content either. */
  g_assert_cmpint (rename (first, second), ==, 0);
  assert_unreadable (desk, &two.id, GEZ_DOCUMENT_ERROR_DAMAGED);
}

static void
test_too_large_to_read (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded added = add_text (desk, "Brief.txt", TEXT);
  g_autoptr (GError) error = NULL;

  g_assert_null (read_document (desk, &added.id, strlen (TEXT) - 1, &error));
  g_assert_error (error, GEZ_DOCUMENT_ERROR, GEZ_DOCUMENT_ERROR_TOO_LARGE);
  assert_text (desk, &added.id, TEXT);
}

/* Neither content nor name nor tag nor thumbnail can be read on the disk, open or closed. */
static void
test_nothing_readable (void)
{
  g_autoptr (Desk) desk = desk_new ();
  static const char *const tags[] = { "kanarievogel-7f3a", NULL };
  GezDocumentAdded added = add_tagged (desk, "kanarievogel-7f3a.txt", TEXT, tags);
  g_autofree char *plain = NULL;

  set_thumbnail (desk, &added.id, "a picture of kanarievogel-7f3a");
  g_assert_cmpint (byte_search_text_in_files (desk->fixture->directory, "kanarievogel-7f3a"), ==, 0);
  store_fixture_close (desk->fixture);
  g_assert_cmpint (byte_search_text_in_files (desk->fixture->directory, "kanarievogel-7f3a"), ==, 0);
  plain = in_store (desk, "blobs/plain");
  g_assert_true (g_file_set_contents (plain, TEXT, -1, NULL));
  g_assert_cmpint (byte_search_text_in_files (desk->fixture->directory, "kanarievogel-7f3a"), >, 0);
}

#define ADD(name, function) g_test_add_func ("/model/documents/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("add-and-save", test_add_and_save);
  ADD ("open", test_open);
  ADD ("from-file", test_from_file);
  ADD ("same-content", test_same_content);
  ADD ("commands", test_commands);
  ADD ("undo-add", test_undo_add);
  ADD ("thumbnail", test_thumbnail);
  ADD ("list", test_list);
  ADD ("names", test_names);
  ADD ("bad-files", test_bad_files);
  ADD ("progress-and-cancel", test_progress_and_cancel);
  ADD ("cancel-copy", test_cancel_copy);
  ADD ("locked-while-adding", test_locked_while_adding);
  ADD ("orphans", test_orphans);
  ADD ("damage", test_damage);
  ADD ("too-large-to-read", test_too_large_to_read);
  ADD ("nothing-readable", test_nothing_readable);
  return g_test_run ();
}
