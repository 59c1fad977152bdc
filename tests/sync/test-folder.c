/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-folder-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "remove-tree.h"

/* The folder on a disk: what is published is whole or not there, what is not there changes nothing, and
 * nobody waits for ever. */

#define OWN "d/aaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SEGMENT OWN "/s00000001-bbbbbbbbbbbbbbbbbbbbbbbbbb.seg"

typedef struct
{
  char *directory;
  char *uri;
  GezFolder *folder;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("gezinsplan-folder-XXXXXX", NULL);
  g_assert_nonnull (fixture->directory);
  fixture->uri = g_filename_to_uri (fixture->directory, NULL, NULL);
  fixture->folder = gez_folder_new_for_uri (fixture->uri, 10);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_object (&fixture->folder);
  remove_tree (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->uri);
}

static char *
path_of (Fixture    *fixture,
         const char *name)
{
  return g_build_filename (fixture->directory, "gezinsplan", name, NULL);
}

static void
found_folder (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  gez_folder_found (fixture->folder, "Blijf hier af.\n", NULL, &error);
  g_assert_no_error (error);
}

/* Puts a file there behind the program's back. */
static void
plant (Fixture    *fixture,
       const char *name,
       const char *content,
       gssize      length)
{
  g_autofree char *path = path_of (fixture, name);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
}

static void
assert_content (Fixture    *fixture,
                const char *name,
                const char *expected)
{
  g_autofree char *path = path_of (fixture, name);
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static gboolean
publish_text (Fixture    *fixture,
              const char *name,
              const char *text,
              GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return gez_folder_publish (fixture->folder, name, bytes, NULL, error);
}

static GezSyncError
read_error (Fixture    *fixture,
            const char *name,
            gsize       limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = gez_folder_read (fixture->folder, name, limit, NULL, &error);

  g_assert_null (bytes);
  g_assert_nonnull (error);
  g_assert_true (error->domain == GEZ_SYNC_ERROR);
  return error->code;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The names in a directory, in order, with commas. */
static char *
names_in (Fixture    *fixture,
          const char *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = gez_folder_list (fixture->folder, directory, NULL, &error);

  g_assert_no_error (error);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (",", (char **) names->pdata);
}

static void
test_publish (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *names = NULL, *top = NULL;

  found_folder (fixture);
  publish_text (fixture, SEGMENT, "Jan Voorbeeld", &error);
  g_assert_no_error (error);
  bytes = gez_folder_read (fixture->folder, SEGMENT, 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "Jan Voorbeeld", 13);
  names = names_in (fixture, OWN);
  g_assert_cmpstr (names, ==, "s00000001-bbbbbbbbbbbbbbbbbbbbbbbbbb.seg");
  top = names_in (fixture, "");
  g_assert_cmpstr (top, ==, "LEES-MIJ.txt,d");
  g_assert_true (gez_folder_remove (fixture->folder, SEGMENT, NULL, &error));
  g_assert_true (gez_folder_remove (fixture->folder, SEGMENT, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (read_error (fixture, SEGMENT, 100), ==, GEZ_SYNC_ERROR_INCOMPLETE);
}

/* A mount point without its mount is an empty directory: nothing may be made in it. */
static void
test_not_connected (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *root = path_of (fixture, NULL);

  g_assert_null (gez_folder_list (fixture->folder, "", NULL, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED);
  g_clear_error (&error);
  g_assert_null (gez_folder_list (fixture->folder, "d", NULL, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED);
  g_clear_error (&error);
  g_assert_false (publish_text (fixture, SEGMENT, "Jan", &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED);
  g_clear_error (&error);
  g_assert_cmpint (read_error (fixture, SEGMENT, 100), ==, GEZ_SYNC_ERROR_NOT_CONNECTED);
  g_assert_false (gez_folder_remove (fixture->folder, SEGMENT, NULL, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED);
  g_clear_error (&error);
  g_assert_false (g_file_test (root, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_assert_false (gez_folder_found (fixture->folder, "Lees mij.\n", NULL, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED);
  g_assert_cmpint (g_mkdir (fixture->directory, 0700), ==, 0);
  found_folder (fixture);
  g_clear_error (&error);
  g_assert_true (publish_text (fixture, SEGMENT, "Jan", &error));
}

static void
test_found (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *inside = NULL;
  g_autoptr (GezFolder) folder = NULL;
  g_autoptr (GPtrArray) names = NULL;

  found_folder (fixture);
  assert_content (fixture, "LEES-MIJ.txt", "Blijf hier af.\n");
  gez_folder_found (fixture->folder, "Iets anders.\n", NULL, &error);
  g_assert_no_error (error);
  assert_content (fixture, "LEES-MIJ.txt", "Blijf hier af.\n");

  /* Somebody who chose gezinsplan/ itself means the same. */
  inside = g_strconcat (fixture->uri, "/gezinsplan", NULL);
  folder = gez_folder_new_for_uri (inside, 10);
  names = gez_folder_list (folder, "", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (names->len, ==, 1);

  plant (fixture, "r/r00000000-cccccccccccccccccccccccccc.rec", "GEZROST1", -1);
  g_assert_false (gez_folder_found (fixture->folder, "Lees mij.\n", NULL, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_EMPTY);
}

/* A name is never used for two contents; what a writer that died left of this very content is written again.
 */
static void
test_names_taken (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char *halves[] = { "", "J", "Jan Voorbeel" };
  const char *others[] = { "Jan Voorbeeld!", "Els Voorbeeld", "j", "Piet Verzonnen en nog veel meer" };

  found_folder (fixture);
  plant (fixture, SEGMENT, "Jan Voorbeeld", -1);
  g_assert_true (publish_text (fixture, SEGMENT, "Jan Voorbeeld", &error));
  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      plant (fixture, SEGMENT, halves[i], -1);
      publish_text (fixture, SEGMENT, "Jan Voorbeeld", &error);
      g_assert_no_error (error);
      assert_content (fixture, SEGMENT, "Jan Voorbeeld");
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      plant (fixture, SEGMENT, others[i], -1);
      g_assert_false (publish_text (fixture, SEGMENT, "Jan Voorbeeld", &error));
      g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_EXISTS);
      g_clear_error (&error);
      assert_content (fixture, SEGMENT, others[i]);
    }
}

static void
test_strange (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL, *fifo = NULL, *link = NULL, *sparse = NULL;
  const char *outside[] = { "../geheim", "d/../../geheim", "/etc/hostname", "d//x", "", "d/." };

  found_folder (fixture);
  plant (fixture, "r/Kopie van r1 (Els Voorbeeld's laptop).rec", "x", 1);
  plant (fixture, "r/.syncthing.r1.tmp", "x", 1);
  plant (fixture, "r/r1.rec.nextcloud", "x", 1);
  names = names_in (fixture, "r");
  g_assert_cmpstr (names, ==, ".syncthing.r1.tmp,Kopie van r1 (Els Voorbeeld's laptop).rec,r1.rec.nextcloud");
  g_assert_cmpint (read_error (fixture, "r/r1.rec", 100), ==, GEZ_SYNC_ERROR_INCOMPLETE);
  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      g_assert_cmpint (read_error (fixture, outside[i], 100), ==, GEZ_SYNC_ERROR_FOREIGN);
      g_assert_false (publish_text (fixture, outside[i], "x", NULL));
      g_assert_false (gez_folder_remove (fixture->folder, outside[i], NULL, NULL));
    }

  fifo = path_of (fixture, "r/fifo");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  link = path_of (fixture, "r/link");
  g_assert_cmpint (symlink ("/etc/hostname", link), ==, 0);
  g_assert_cmpint (read_error (fixture, "r/fifo", 1000), ==, GEZ_SYNC_ERROR_FOREIGN);
  g_assert_cmpint (read_error (fixture, "r/link", 1000), ==, GEZ_SYNC_ERROR_FOREIGN);
  plant (fixture, "r/large", "12345", 5);
  g_assert_cmpint (read_error (fixture, "r/large", 4), ==, GEZ_SYNC_ERROR_FOREIGN);
  g_assert_cmpint (read_error (fixture, "r", 1000), ==, GEZ_SYNC_ERROR_FOREIGN);

  /* The name and the size are here, what is in it is not yet. */
  plant (fixture, "r/sparse", "", 0);
  sparse = path_of (fixture, "r/sparse");
  g_assert_cmpint (truncate (sparse, 5000), ==, 0);
  g_assert_cmpint (read_error (fixture, "r/sparse", 10000), ==, GEZ_SYNC_ERROR_INCOMPLETE);
}

static void
test_leftovers (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own = gez_folder_temporary (), *own_path = g_strconcat (OWN "/", own, NULL);
  g_autofree char *here = NULL, *roster = NULL, *expected = NULL;
  const char *left = ".syncthing.zzzzzzzzzzzzzzzzzzzzzzzzzz.~.tmp";

  found_folder (fixture);
  plant (fixture, ".keep", "", 0);
  plant (fixture, OWN "/.syncthing.zzzzzzzzzzzzzzzzzzzzzzzzzz.~.tmp", "half", -1);
  plant (fixture, OWN "/.syncthing.s00000001.seg.tmp", "half", -1);
  plant (fixture, own_path, "half", -1);
  plant (fixture, "r/.syncthing.zzzzzzzzzzzzzzzzzzzzzzzzzz.~.tmp", "half", -1);
  publish_text (fixture, OWN "/s1", "x", &error);
  publish_text (fixture, "r/r1", "x", &error);
  g_assert_no_error (error);

  /* Syncthing's own, and one that this process may be writing, are not ours to remove; and in r/ many write.
   */
  here = names_in (fixture, OWN);
  expected = g_strcmp0 (own, ".syncthing.s00000001") < 0
                 ? g_strconcat (own, ",.syncthing.s00000001.seg.tmp,s1", NULL)
                 : g_strconcat (".syncthing.s00000001.seg.tmp,", own, ",s1", NULL);
  g_assert_cmpstr (here, ==, expected);
  roster = names_in (fixture, "r");
  g_assert_nonnull (strstr (roster, left));
}

static void
test_full (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *large = g_strnfill (300000, 'x');
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;
  struct rlimit before, tight;

  found_folder (fixture);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  tight = before;
  tight.rlim_cur = 100000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  g_assert_false (publish_text (fixture, SEGMENT, large, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NO_SPACE);
  g_clear_error (&error);
  names = names_in (fixture, OWN);
  g_assert_cmpstr (names, ==, "");
  publish_text (fixture, SEGMENT, large, &error);
  g_assert_no_error (error);
}

/* Carriers that misbehave ------------------------------------------------------------------------- */

static GMutex stuck_lock;
static int n_calls;

static gboolean
busy_once_work (GezFolderPlace *place,
                GezFolderJob   *job,
                GError        **error)
{
  job->again = n_calls++ == 0;
  if (!job->again)
    return TRUE;
  g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_IO, "busy");
  return FALSE;
}

static gboolean
polite_work (GezFolderPlace *place,
             GezFolderJob   *job,
             GError        **error)
{
  GPollFD descriptor;

  n_calls++;
  g_assert_true (g_cancellable_make_pollfd (job->cancellable, &descriptor));
  g_poll (&descriptor, 1, -1);
  g_cancellable_release_fd (job->cancellable);
  g_cancellable_set_error_if_cancelled (job->cancellable, error);
  return FALSE;
}

static gboolean
frozen_work (GezFolderPlace *place,
             GezFolderJob   *job,
             GError        **error)
{
  n_calls++;
  g_mutex_lock (&stuck_lock);
  g_mutex_unlock (&stuck_lock);
  return TRUE;
}

static void
test_busy (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GezFolder) folder = gez_folder_new_with_work (fixture->uri, 10, busy_once_work);
  g_autoptr (GError) error = NULL;

  n_calls = 0;
  gez_folder_remove (folder, "r/x", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_calls, ==, 2);
}

static void
test_deadline (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GezFolder) polite = gez_folder_new_with_work (fixture->uri, 1, polite_work);
  g_autoptr (GezFolder) frozen = gez_folder_new_with_work (fixture->uri, 1, frozen_work);
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  g_assert_false (gez_folder_remove (polite, "r/x", NULL, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_TIMED_OUT);
  g_clear_error (&error);
  g_mutex_lock (&stuck_lock);
  g_assert_false (gez_folder_remove (frozen, "r/x", NULL, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_TIMED_OUT);
  g_clear_error (&error);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 2 * G_USEC_PER_SEC);

  /* The thread is still in there: the next call says so at once, and does nothing behind its back. */
  n_calls = 0;
  g_assert_false (gez_folder_remove (frozen, "r/y", NULL, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_TIMED_OUT);
  g_assert_cmpint (n_calls, ==, 0);
  g_mutex_unlock (&stuck_lock);
  while (!gez_folder_remove (frozen, "r/z", NULL, NULL))
    g_thread_yield ();
  g_assert_cmpint (n_calls, ==, 1);
}

static gpointer
cancel_cb (gpointer cancellable)
{
  while (g_atomic_int_get (&n_calls) == 0)
    g_thread_yield ();
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GezFolder) folder = gez_folder_new_with_work (fixture->uri, 600, polite_work);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  n_calls = 0;
  thread = g_thread_new ("cancel", cancel_cb, cancellable);
  g_assert_false (gez_folder_remove (folder, "r/x", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  g_clear_error (&error);
  g_assert_false (gez_folder_remove (folder, "r/x", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A server without anybody who speaks its language here is not connected, and no more than that. */
static void
test_no_server (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GezFolder) folder = gez_folder_new_for_uri ("smb://voorbeeld.invalid/map", 10);
  g_autoptr (GError) error = NULL;

  g_assert_null (gez_folder_list (folder, "", NULL, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/folder/publish", test_publish);
  ADD ("/folder/not-connected", test_not_connected);
  ADD ("/folder/found", test_found);
  ADD ("/folder/names-taken", test_names_taken);
  ADD ("/folder/strange", test_strange);
  ADD ("/folder/leftovers", test_leftovers);
  ADD ("/folder/full", test_full);
  ADD ("/folder/busy", test_busy);
  ADD ("/folder/deadline", test_deadline);
  ADD ("/folder/cancel", test_cancel);
  ADD ("/folder/no-server", test_no_server);

  return g_test_run ();
}
