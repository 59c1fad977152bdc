/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "papers.h"

#include "byte-search.h"
#include "liar-file.h"
#include "model/gez-document-content.h"
#include "store/gez-store-private.h"
#include "store/gez-verify-files.h"
#include "store/gez-verify.h"

/* Attachments: what is on the disk, before, after and in between. */

#define A_DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

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
  papers_wait_for_blobs (desk, 0);
}

static void
test_bad_files (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GFile) empty = papers_make_file (desk, "leeg.txt", "");
  g_autoptr (GFile) file = papers_make_file (desk, "brief.txt", TEXT);
  g_autoptr (GFile) longer = papers_make_file (desk, "langer.txt", TEXT TEXT);
  g_autoptr (GFile) directory = g_file_get_parent (file);
  g_autoptr (GFile) gone = g_file_get_child (directory, "weg.txt");
  g_autoptr (GFile) pipe = g_file_get_child (directory, "pijp");
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

static long
get_peak_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return strtol (line + strlen ("VmHWM:"), NULL, 10);
}

/* Adds a file of @mib and saves a copy of it. */
static void
pass_through (Desk  *desk,
              guint  mib)
{
  g_autoptr (GFile) file = papers_make_file (desk, "groot.bin", "0");
  g_autoptr (GFile) copy = papers_make_file (desk, "kopie", "0");
  GezDocumentInput input = { .household_id = &desk->household, .file = file };
  g_autoptr (GAsyncResult) result = NULL, copied = NULL;
  g_autoptr (GError) error = NULL;
  gint64 size = (gint64) mib * 1024 * 1024 + 1;
  Told told = { 0 }, copying = { 0 };
  GezDocumentAdded added;
  GStatBuf about;

  g_assert_cmpint (truncate (g_file_peek_path (file), size), ==, 0);
  gez_document_add_async (desk->context, &input, told_cb, &told, NULL, papers_keep_cb, &result);
  g_assert_true (gez_document_add_finish (desk->context, papers_wait_for (&result), &added, &error));
  g_assert_no_error (error);
  gez_document_save_copy_async (desk->context, &added.id, copy, told_cb, &copying, NULL, papers_keep_cb,
                                &copied);
  g_assert_true (gez_document_save_copy_finish (desk->context, papers_wait_for (&copied), &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (g_file_peek_path (copy), &about), ==, 0);
  g_assert_cmpint (about.st_size, ==, size);
  g_assert_cmpint (told.last, ==, size);
  g_assert_cmpint (copying.last, ==, size);
}

/* In and out in the same memory, however much it is: GEZINSPLAN_MIB, 32 unless told. */
static void
test_memory (void)
{
  const char *wanted = g_getenv ("GEZINSPLAN_MIB");
  guint mib = wanted ? (guint) g_ascii_strtoull (wanted, NULL, 10) : 32;
  g_autoptr (Desk) desk = desk_new ();
  long before, after;

  pass_through (desk, 2);
  before = get_peak_kib ();
  pass_through (desk, mib);
  after = get_peak_kib ();
  g_test_message ("%u MiB: %ld KiB more than for 2 MiB, %ld KiB in all", mib, after - before, after);
  g_assert_cmpint (after - before, <, 4096);
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
  g_autoptr (GFile) copy = papers_make_file (desk, "kopie", "older");
  g_autoptr (GError) error = NULL;
  Told told = { 0 }, copying = { .cancellable = cancellable };
  GezDocumentAdded added;
  g_autofree char *text = NULL;

  gez_document_add_async (desk->context, &input, told_cb, &told, NULL, papers_keep_cb, &result);
  g_assert_true (gez_document_add_finish (desk->context, papers_wait_for (&result), &added, &error));
  g_assert_no_error (error);
  g_assert_cmpint (told.last, ==, size);
  g_assert_cmpint (told.total, ==, size);
  g_assert_cmpint (told.n_told, >, 3);

  g_cancellable_cancel (cancellable);
  input.name = "other";
  gez_document_add_async (desk->context, &input, NULL, NULL, cancellable, papers_keep_cb, &cancelled);
  g_assert_false (gez_document_add_finish (desk->context, papers_wait_for (&cancelled), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  papers_wait_for_blobs (desk, 1);

  gez_document_save_copy_async (desk->context, &added.id, copy, told_cb, &copying, cancellable,
                                papers_keep_cb, &copied);
  g_assert_false (gez_document_save_copy_finish (desk->context, papers_wait_for (&copied), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_load_contents (copy, NULL, &text, NULL, NULL, NULL));
  g_assert_cmpstr (text, ==, "older");
  papers_assert_outside (desk, 1);
}

/* A copy that is cancelled half-way leaves nothing either. */
static void
test_cancel_copy (void)
{
  g_autoptr (Desk) desk = desk_new ();
  gsize size = 4 * 1024 * 1024;
  g_autoptr (GBytes) content = g_bytes_new_take (g_malloc0 (size), size);
  GezDocumentInput input = { .household_id = &desk->household, .content = content };
  g_autoptr (GFile) old = papers_make_file (desk, "ander.txt", "ander"), outside = g_file_get_parent (old);
  g_autoptr (GFile) copy = g_file_get_child (outside, "kopie"), nowhere = g_file_get_child (copy, "kopie");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Told told = { .cancellable = cancellable };
  GezDocumentAdded added;
  gboolean is_saved;

  g_assert_true (gez_document_add (desk->context, &input, NULL, &added, NULL));
  gez_document_save_copy_async (desk->context, &added.id, copy, told_cb, &told, cancellable,
                                papers_keep_cb, &result);
  is_saved = gez_document_save_copy_finish (desk->context, papers_wait_for (&result), &error);
  /* It may have been finished before anybody could cancel; then it is whole. */
  papers_assert_outside (desk, is_saved ? 2 : 1);
  if (!is_saved)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (gez_document_save_copy (desk->context, &added.id, nowhere, NULL, &error));
  g_assert_nonnull (error);
  papers_assert_outside (desk, is_saved ? 2 : 1);
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

  gez_document_add_async (desk->context, &input, NULL, NULL, NULL, papers_keep_cb, &result);
  g_assert_true (gez_store_close (desk->fixture->store, &error));
  g_assert_no_error (error);
  g_assert_false (gez_document_add_finish (desk->context, papers_wait_for (&result), NULL, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED);
  papers_wait_for_blobs (desk, 0);
  g_clear_error (&error);
  gez_document_add_async (desk->context, &input, NULL, NULL, NULL, papers_keep_cb, &later);
  g_assert_false (gez_document_add_finish (desk->context, papers_wait_for (&later), NULL, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED);
  g_clear_object (&desk->fixture->store);
}

static void
make_orphan (Desk       *desk,
             const char *name,
             gint64      at)
{
  g_autofree char *directory = papers_in_store (desk, "blobs");
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
  GezDocumentAdded added = papers_add_text (desk, "Brief.txt", TEXT);
  GezDocumentAdded withdrawn = papers_add_text (desk, "Oud.txt", "oud");
  g_autoptr (GezChange) change = gez_document_withdraw (desk->context, &withdrawn.id, NULL);
  gint64 written = g_get_real_time () / 1000;

  g_assert_cmpint (gez_store_commit (desk->fixture->store, change, NULL), >, 0);
  papers_set_thumbnail (desk, &added.id, "picture");
  make_orphan (desk, "00000000000000000000000000000001", written);
  make_orphan (desk, "00000000000000000000000000000002.new", written);
  make_orphan (desk, "notitie.txt", written);
  g_assert_cmpint (papers_count_blobs (desk), ==, 6);
  gez_clock_set_now (desk->fixture->clock, written + A_DAY / 2);
  reopen (desk);
  g_assert_cmpint (papers_count_blobs (desk), ==, 6);
  gez_clock_set_now (desk->fixture->clock, written + A_DAY + 60 * 1000);
  reopen (desk);
  g_assert_cmpint (papers_count_blobs (desk), ==, 4);
  papers_assert_text (desk, &added.id, TEXT);
  papers_assert_text (desk, &withdrawn.id, "oud");
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
  g_autoptr (GFile) copy = papers_make_file (desk, "kopie.txt", "older"), outside = g_file_get_parent (copy);
  g_autoptr (GFile) fresh = g_file_get_child (outside, "nieuw.txt");
  g_autoptr (GError) error = NULL, other = NULL, third = NULL;
  g_autofree char *text = NULL;

  g_assert_null (papers_read_document (desk, document, 1000, &error));
  g_assert_error (error, GEZ_DOCUMENT_ERROR, (int) code);
  g_assert_false (gez_document_save_copy (desk->context, document, copy, NULL, &other));
  g_assert_error (other, GEZ_DOCUMENT_ERROR, (int) code);
  g_assert_false (gez_document_save_copy (desk->context, document, fresh, NULL, &third));
  papers_assert_outside (desk, 1);
  g_assert_true (g_file_load_contents (copy, NULL, &text, NULL, NULL, NULL));
  g_assert_cmpstr (text, ==, "older");
}

static void
came_from_a_colleague_cb (gpointer data)
{
  g_autoptr (GError) error = NULL;
  GezDatabase *database = ((GezStore *) data)->database;

  g_assert_true (gez_database_begin (database, &error));
  g_assert_true (gez_database_execute (database, &error, "UPDATE change_log SET of_circle = x'01'", GEZ_END));
  g_assert_true (gez_database_commit (database, &error));
}

static void
assert_wanted_cb (gpointer data)
{
  g_assert_cmpint (gez_database_integer (((GezStore *) data)->database, 0,
                                         "SELECT count(*) FROM wanted_file JOIN document ON file_id = of_file "
                                         "WHERE name = 'Brief een.txt'", GEZ_END),
                   ==, 1);
}

/* What a colleague added is not gone when it is not here: it comes, and who opens it is told so. */
static void
test_on_its_way (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded one = papers_add_text (desk, "Brief een.txt", TEXT);
  GezDocumentAdded two = papers_add_text (desk, "Brief twee.txt", "twee");
  g_autofree char *path = papers_blob_of (desk, &one.id);
  GezStore *store = desk->fixture->store;

  gez_worker_run (store->worker, FALSE, came_from_a_colleague_cb, store);
  papers_assert_text (desk, &one.id, TEXT);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (verify (desk, FALSE), ==, 0);
  g_assert_cmpint (verify (desk, TRUE), ==, 0);
  assert_unreadable (desk, &one.id, GEZ_DOCUMENT_ERROR_ON_ITS_WAY);
  gez_worker_run (store->worker, FALSE, assert_wanted_cb, store);
  papers_assert_text (desk, &two.id, "twee");
}

static void
test_damage (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezDocumentAdded one = papers_add_text (desk, "Brief een.txt", TEXT);
  GezDocumentAdded two = papers_add_text (desk, "Brief twee.txt", "twee");
  g_autofree char *first = papers_blob_of (desk, &one.id), *second = papers_blob_of (desk, &two.id);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (verify (desk, TRUE), ==, 0);
  change_byte (first, 60);
  g_assert_cmpint (verify (desk, FALSE), ==, 0);
  g_assert_cmpint (verify (desk, TRUE), ==, 1);
  assert_unreadable (desk, &one.id, GEZ_DOCUMENT_ERROR_DAMAGED);
  papers_assert_text (desk, &two.id, "twee");
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

/* Neither content nor name nor tag nor thumbnail can be read on the disk, open or closed. */
static void
test_nothing_readable (void)
{
  g_autoptr (Desk) desk = desk_new ();
  static const char *const tags[] = { "kanarievogel-7f3a", NULL };
  GezDocumentAdded added = papers_add_tagged (desk, "kanarievogel-7f3a.txt", TEXT, tags);
  g_autofree char *plain = NULL;

  papers_set_thumbnail (desk, &added.id, "a picture of kanarievogel-7f3a");
  g_assert_cmpint (byte_search_text_in_files (desk->fixture->directory, "kanarievogel-7f3a"), ==, 0);
  store_fixture_close (desk->fixture);
  g_assert_cmpint (byte_search_text_in_files (desk->fixture->directory, "kanarievogel-7f3a"), ==, 0);
  plain = papers_in_store (desk, "blobs/plain");
  g_assert_true (g_file_set_contents (plain, TEXT, -1, NULL));
  g_assert_cmpint (byte_search_text_in_files (desk->fixture->directory, "kanarievogel-7f3a"), >, 0);
}

#define ADD(name, function) g_test_add_func ("/model/documents-disk/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("memory", test_memory); /* first: what came before would hide a peak */
  ADD ("bad-files", test_bad_files);
  ADD ("progress-and-cancel", test_progress_and_cancel);
  ADD ("cancel-copy", test_cancel_copy);
  ADD ("locked-while-adding", test_locked_while_adding);
  ADD ("orphans", test_orphans);
  ADD ("damage", test_damage);
  ADD ("on-its-way", test_on_its_way);
  ADD ("nothing-readable", test_nothing_readable);
  return g_test_run ();
}
