/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "remove-tree.h"
#include "store-fixture.h"
#include "store/gez-backup-files.h"
#include "store/gez-backup-state.h"
#include "store/gez-record.h"
#include "vault/gez-secrets.h"

#define NOW (G_GINT64_CONSTANT (1795000000000)) /* 2026-11-18 */
#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  StoreFixture *store;
  char *place;
  GCancellable *cancellable;
  GezBackupStep stop_at;
  guint n_written;
  guint n_told[3];
} Fixture;

static void
add_households (Fixture *self,
                guint    n,
                gsize    length)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) failures = g_ptr_array_new ();
  g_autofree char *address = g_strnfill (length, 'x');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      GezChange *change = gez_change_new ("add");
      GezId id = gez_id_new (self->store->clock);

      gez_change_insert (change, "household", &id, gez_circle_open (&id));
      gez_change_set_text (change, "name", "Gezin Voorbeeld");
      gez_change_set_text (change, "address", address);
      g_ptr_array_add (changes, change);
    }
  gez_store_commit_many (self->store->store, changes, TRUE, failures, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->store = store_fixture_new (NOW);
  self->place = g_dir_make_tmp ("gezinsplan-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->cancellable = g_cancellable_new ();
  add_households (self, 200, 2000);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  store_fixture_free (self->store);
  remove_tree (self->place);
  g_free (self->place);
  g_object_unref (self->cancellable);
}

static GezBackupMade *
make (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GezBackupMade *made = gez_backup_make (self->store->store, self->place, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return made;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names in a directory, sorted, between spaces. */
static char *
names_in (const char *place)
{
  g_autoptr (GDir) directory = g_dir_open (place, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name;

  while (directory && (name = g_dir_read_name (directory)))
    g_ptr_array_add (names, (gpointer) g_intern_string (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static void
assert_nothing_in (const char *place)
{
  g_autofree char *names = names_in (place);

  g_assert_cmpstr (names, ==, "");
}

static GezBackupState *
read_state (Fixture *self)
{
  g_autoptr (GezQuery) query = gez_backup_state_query (self->store->store);
  g_autoptr (GError) error = NULL;
  GezBackupState *state = gez_store_run (self->store->store, query, &error);

  g_assert_no_error (error);
  return state;
}

static gint64
count_writes (Fixture *self)
{
  return store_fixture_count (self->store, "SELECT count(*) AS count FROM change_log");
}

static void
test_make (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GezBackupMade) made = make (self);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GezBackupState) state = read_state (self);
  g_autofree char *names = names_in (self->place), *name = g_path_get_basename (made->path);
  g_autoptr (GError) error = NULL;
  GezBackupReport report = { 0 };
  GStatBuf status;

  g_assert_cmpstr (names, ==, name);
  g_assert_cmpint (g_stat (made->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (made->size, ==, (guint64) status.st_size);
  g_assert_true (gez_backup_verify (self->store->store, made->path, &report, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (report.n_writes, ==, count_writes (self));
  g_assert_cmpint (report.info.made_at, ==, NOW);
  g_assert_cmpuint (report.n_missing, ==, 0);
  files = gez_backup_list (self->place, NULL, &error);
  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpint (((GezBackupFile *) files->pdata[0])->info.made_at, ==, NOW);
  g_assert_cmpint (state->outcome, ==, GEZ_BACKUP_DONE);
  g_assert_cmpint (state->done_at, ==, NOW);
  g_assert_cmpstr (state->done_path, ==, made->path);
}

/* Without a place that was chosen it goes into the store. */
static void
test_default_place (Fixture      *self,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezBackupMade) made = gez_backup_make (self->store->store, NULL, NULL, NULL, NULL, &error);
  g_autoptr (GezBackupMade) again = NULL;
  g_autofree char *inside = g_build_filename (self->store->directory, "backups", NULL);
  g_autofree char *where = made ? g_path_get_dirname (made->path) : NULL;
  g_autofree char *there = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (where, ==, inside);
  g_assert_true (gez_backup_set_place (self->store->store, self->place, &error));
  again = gez_backup_make (self->store->store, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  there = g_path_get_dirname (again->path);
  g_assert_cmpstr (there, ==, self->place);
}

static void
work_cb (GezBackupStep step,
         guint64       done,
         guint64       all,
         gpointer      data)
{
  Fixture *self = data;

  if (step != GEZ_BACKUP_STEP_COPYING || self->n_written >= 20)
    return;
  add_households (self, 5, 3000);
  self->n_written++;
}

/* A transaction that is taken back makes SQLite begin the copy again. */
static void
take_back (Fixture *self)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  GezChange *good = gez_change_new ("add"), *bad = gez_change_new ("edit");
  GezId id = gez_id_new (self->store->clock), nobody = gez_id_new (self->store->clock);

  g_ptr_array_set_free_func (failures, NULL);
  gez_change_insert (good, "household", &id, gez_circle_open (&id));
  gez_change_set_text (good, "name", "Gezin Dat Niet Blijft");
  gez_change_update (bad, "household", &nobody);
  gez_change_set_text (bad, "name", "x");
  g_ptr_array_add (changes, good);
  g_ptr_array_add (changes, bad);
  g_assert_false (gez_store_commit_many (self->store->store, changes, TRUE, failures, NULL));
  for (guint i = 0; i < failures->len; i++)
    g_clear_error ((GError **) &failures->pdata[i]);
}

static void
work_and_take_back_cb (GezBackupStep step,
                       guint64       done,
                       guint64       all,
                       gpointer      data)
{
  Fixture *self = data;

  work_cb (step, done, all, data);
  if (step == GEZ_BACKUP_STEP_COPYING && self->n_told[step]++ < 3)
    take_back (self);
}

static void
test_while_writing (Fixture      *self,
                    gconstpointer data)
{
  GezBackupProgress progress = data ? work_and_take_back_cb : work_cb;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezBackupMade) made = NULL;
  GezBackupReport report = { 0 };

  /* More than goes between two waits for the medium, so in several slices on the fastest machine. */
  add_households (self, 1000, 6000);
  made = gez_backup_make (self->store->store, self->place, progress, self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->n_written, >, 1);
  g_assert_true (gez_backup_verify (self->store->store, made->path, &report, NULL, NULL, NULL, &error));
  /* All but what came after the last page. */
  g_assert_cmpint (report.n_writes, >=, count_writes (self) - 5);
  store_fixture_close (self->store);
  store_fixture_open (self->store);
  g_assert_cmpint (store_fixture_count (self->store, "SELECT count(*) AS count FROM household"), ==,
                   1200 + 5 * self->n_written);
}

static void
stop_cb (GezBackupStep step,
         guint64       done,
         guint64       all,
         gpointer      data)
{
  Fixture *self = data;

  self->n_told[step]++;
  if (step == self->stop_at)
    g_cancellable_cancel (self->cancellable);
}

static void
put_attachment (const char *directory,
                const char *name,
                const char *content)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (directory, 0700);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

static void
test_cancel (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *blobs = g_build_filename (self->store->directory, "blobs", NULL);
  g_autoptr (GezBackupMade) made = NULL;
  g_autoptr (GezBackupState) state = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;

  put_attachment (blobs, "00112233445566778899aabbccddeeff", "een");
  put_attachment (blobs, "10112233445566778899aabbccddeeff", "twee");
  self->stop_at = GPOINTER_TO_UINT (data);
  g_assert_null (gez_backup_make (self->store->store, self->place, stop_cb, self, self->cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (self->n_told[self->stop_at], ==, 1);
  names = names_in (self->place);
  g_assert_null (strstr (names, "gezbackup"));
  state = read_state (self);
  g_assert_cmpint (state->outcome, ==, GEZ_BACKUP_NEVER);
  made = make (self);
}

typedef struct
{
  GMutex lock;
  GCond changed;
  gboolean began;
  gboolean ended;
  GError *error;
} Closing;

static void
began_cb (GezBackupStep step,
          guint64       done,
          guint64       all,
          gpointer      data)
{
  Closing *closing = data;

  g_mutex_lock (&closing->lock);
  closing->began = TRUE;
  g_cond_signal (&closing->changed);
  g_mutex_unlock (&closing->lock);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Closing *closing = data;
  GezBackupMade *made = gez_backup_make_finish (GEZ_STORE (source), result, &closing->error);

  g_assert_null (made);
  closing->ended = TRUE;
}

/* Locking does not wait for a backup, and no key is left of it. */
static void
test_close (Fixture      *self,
            gconstpointer data)
{
  Closing closing = { 0 };
  g_autofree char *names = NULL;

  gez_backup_make_async (self->store->store, self->place, began_cb, &closing, NULL, ended_cb, &closing);
  g_mutex_lock (&closing.lock);
  while (!closing.began)
    g_cond_wait (&closing.changed, &closing.lock);
  g_mutex_unlock (&closing.lock);
  store_fixture_close (self->store);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
  while (!closing.ended)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (closing.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&closing.error);
  assert_nothing_in (self->place);
  store_fixture_open (self->store);
  g_mutex_clear (&closing.lock);
  g_cond_clear (&closing.changed);
}

static void
second_cb (GezBackupStep step,
           guint64       done,
           guint64       all,
           gpointer      data)
{
  Fixture *self = data;
  g_autoptr (GError) error = NULL;

  if (self->n_told[step]++ > 0)
    return;
  g_assert_null (gez_backup_make (self->store->store, self->place, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
}

static void
test_one_at_a_time (Fixture      *self,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezBackupMade) made =
    gez_backup_make (self->store->store, self->place, second_cb, self, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (self->n_told[0], >, 0);
}

static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* The file may grow to so many bytes and no further: in the prefix, the first pages, the last. */
static void
test_disk_full (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (GezBackupMade) older = make (self);
  const rlim_t limits[] = { 1000, 131072, 131072 + 4096, 131072 + 300 * 1024, (rlim_t) older->size - 4096 };
  g_autofree char *before = names_in (self->place);
  void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      limit_files (limits[i]);
      g_assert_null (gez_backup_make (self->store->store, self->place, NULL, NULL, NULL, &error));
      limit_files (RLIM_INFINITY);
      g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_SPACE);
      after = names_in (self->place);
      g_assert_cmpstr (after, ==, before);
    }
  signal (SIGXFSZ, handler);
  gez_clock_set_now (self->store->clock, NOW + DAY);
  gez_backup_made_free (make (self));
}

static void
test_no_place (Fixture      *self,
               gconstpointer data)
{
  g_autofree char *gone = g_build_filename (self->place, "stick", NULL);
  g_autofree char *file = g_build_filename (self->place, "file", NULL);
  g_autoptr (GezBackupState) state = NULL;
  g_autoptr (GError) error = NULL, other = NULL;

  g_assert_null (gez_backup_make (self->store->store, gone, NULL, NULL, NULL, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND);
  assert_nothing_in (self->place);
  state = read_state (self);
  g_assert_cmpint (state->outcome, ==, GEZ_BACKUP_NO_PLACE);
  g_assert_cmpint (state->done_at, ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_null (gez_backup_make (self->store->store, file, NULL, NULL, NULL, &other));
  g_assert_error (other, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND);
}

static void
pull_cb (GezBackupStep step,
         guint64       done,
         guint64       all,
         gpointer      data)
{
  Fixture *self = data;

  if (step == self->stop_at)
    remove_tree (self->place);
}

/* As a stick that is pulled out. */
static void
test_pulled (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->stop_at = GPOINTER_TO_UINT (data);
  g_assert_null (gez_backup_make (self->store->store, self->place, pull_cb, self, NULL, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (count_writes (self), >, 200);
}

static void
test_leftovers (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (GezBackupMade) made = make (self), again = NULL;
  g_autofree char *left = g_strconcat (made->path, ".part", NULL);
  g_autofree char *other =
    g_build_filename (self->place, "gezinsplan-00000000-2026-11-18T0915.gezbackup.part", NULL);
  g_autofree char *names = NULL;

  g_assert_true (g_file_set_contents (left, "x", 1, NULL));
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  again = make (self);
  g_assert_cmpstr (made->path, !=, again->path);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  /* Of another store, which may be making it just now. */
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

/* The rule at work on files, and on nothing but backups of this store. */
static void
test_rule (Fixture      *self,
           gconstpointer data)
{
  const char *const foreign[] = { "brief.txt", "gezinsplan-00000000-2020-01-01T0000.gezbackup", NULL };
  g_autofree char *names = NULL;
  g_auto (GStrv) all = NULL;

  for (guint i = 0; foreign[i]; i++)
    put_attachment (self->place, foreign[i], "x");
  for (int day = 0; day < 12; day++)
    {
      gez_clock_set_now (self->store->clock, NOW + day * DAY);
      gez_backup_made_free (make (self));
    }
  names = names_in (self->place);
  for (guint i = 0; foreign[i]; i++)
    g_assert_nonnull (strstr (names, foreign[i]));
  all = g_strsplit (names, " ", -1);
  /* Seven days; the Sunday before them is the newest of its week. */
  g_assert_cmpuint (g_strv_length (all), ==, 8 + 2);
  gez_clock_set_now (self->store->clock, NOW - 400 * DAY);
  gez_backup_made_free (make (self));
  g_clear_pointer (&all, g_strfreev);
  g_clear_pointer (&names, g_free);
  names = names_in (self->place);
  all = g_strsplit (names, " ", -1);
  g_assert_cmpuint (g_strv_length (all), ==, 9 + 2);
}

static void
test_attachments (Fixture      *self,
                  gconstpointer data)
{
  g_autofree char *blobs = g_build_filename (self->store->directory, "blobs", NULL);
  g_autofree char *there = g_build_filename (self->place, "attachments", NULL);
  g_autoptr (GezBackupMade) one = NULL, two = NULL, three = NULL;
  g_autofree char *names = NULL, *content = NULL, *path = NULL;

  put_attachment (blobs, "00112233445566778899aabbccddeeff", "een");
  put_attachment (blobs, "00112233445566778899aabbccddeeff.new", "half");
  one = make (self);
  g_assert_cmpuint (one->n_attachments, ==, 1);
  names = names_in (there);
  g_assert_cmpstr (names, ==, "00112233445566778899aabbccddeeff");
  put_attachment (blobs, "10112233445566778899aabbccddeeff", "twee");
  two = make (self);
  g_assert_cmpuint (two->n_attachments, ==, 1);
  g_assert_cmpuint (two->n_doubtful, ==, 0);
  put_attachment (blobs, "10112233445566778899aabbccddeeff", "afgebroken");
  three = make (self);
  g_assert_cmpuint (three->n_attachments, ==, 0);
  g_assert_cmpuint (three->n_doubtful, ==, 1);
  path = g_build_filename (there, "10112233445566778899aabbccddeeff", NULL);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "twee");
}

static void
test_other_store (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (GezBackupMade) made = make (self);
  g_autoptr (StoreFixture) other = store_fixture_new (NOW);
  g_autoptr (GError) error = NULL;
  GezBackupReport report;

  g_assert_false (gez_backup_verify (other->store, made->path, &report, NULL, NULL, NULL, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
}

typedef struct
{
  guint n_answers;
  gboolean is_done;
} Reading;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Reading *reading = data;
  g_autoptr (GezQuery) query = gez_record_query ("SELECT count(*) AS count FROM member", GEZ_END);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gez_store_run_finish (GEZ_STORE (source), result, &error);

  g_assert_no_error (error);
  reading->n_answers++;
  if (!reading->is_done)
    gez_store_run_async (GEZ_STORE (source), query, NULL, read_cb, reading);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezBackupMade) made = gez_backup_make_finish (GEZ_STORE (source), result, &error);

  g_assert_no_error (error);
  reading->is_done = TRUE;
}

/* The window reads on: between two slices, not after the backup. */
static void
test_reads_are_served (Fixture      *self,
                       gconstpointer data)
{
  Reading reading = { 0 };
  g_autoptr (GezQuery) query = gez_record_query ("SELECT count(*) AS count FROM member", GEZ_END);

  add_households (self, 800, 3000);
  gez_backup_make_async (self->store->store, self->place, NULL, NULL, NULL, made_cb, &reading);
  gez_store_run_async (self->store->store, query, NULL, read_cb, &reading);
  while (!reading.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_test_message ("%u reads were answered, the longest waited %d ms", reading.n_answers,
                  (int) (gez_store_get_longest_wait (self->store->store) / 1000));
  g_assert_cmpuint (reading.n_answers, >, 10);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_state (Fixture      *self,
            gconstpointer data)
{
  GezBackupState state = { .is_wanted = TRUE, .work_at = NOW };
  g_autoptr (GezBackupState) here = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_backup_state_is_due (&state, NOW));
  g_assert_cmpint (gez_backup_state_days_late (&state, NOW + DAY), ==, 0);
  g_assert_cmpint (gez_backup_state_days_late (&state, NOW + 3 * DAY), ==, 3);
  state.done_at = NOW;
  g_assert_false (gez_backup_state_is_due (&state, NOW + DAY - 1));
  g_assert_true (gez_backup_state_is_due (&state, NOW + DAY));
  g_assert_true (gez_backup_state_is_due (&state, NOW - DAY));
  g_assert_cmpint (gez_backup_state_days_late (&state, NOW + 7 * DAY), ==, 0);
  g_assert_cmpint (gez_backup_state_days_late (&state, NOW + 8 * DAY), ==, 8);
  state.is_wanted = FALSE;
  g_assert_false (gez_backup_state_is_due (&state, NOW + 90 * DAY));
  g_assert_cmpint (gez_backup_state_days_late (&state, NOW + 90 * DAY), ==, 0);
  g_assert_true (gez_backup_set_unwanted (self->store->store, &error));
  here = read_state (self);
  g_assert_false (here->is_wanted);
  g_assert_true (here->is_default);
  g_assert_cmpint (here->work_at, ==, NOW);
}

#define ADD(name, data, function)                                                                            \
  g_test_add ("/store/backup/" name, Fixture, GUINT_TO_POINTER (data), set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("make", 0, test_make);
  ADD ("default-place", 0, test_default_place);
  ADD ("while-writing", 0, test_while_writing);
  ADD ("while-taking-back", 1, test_while_writing);
  ADD ("cancel-copying", GEZ_BACKUP_STEP_COPYING, test_cancel);
  ADD ("cancel-checking", GEZ_BACKUP_STEP_CHECKING, test_cancel);
  ADD ("cancel-attachments", GEZ_BACKUP_STEP_ATTACHMENTS, test_cancel);
  ADD ("close", 0, test_close);
  ADD ("one-at-a-time", 0, test_one_at_a_time);
  ADD ("disk-full", 0, test_disk_full);
  ADD ("no-place", 0, test_no_place);
  ADD ("pulled-while-copying", GEZ_BACKUP_STEP_COPYING, test_pulled);
  ADD ("pulled-while-checking", GEZ_BACKUP_STEP_CHECKING, test_pulled);
  ADD ("leftovers", 0, test_leftovers);
  ADD ("rule", 0, test_rule);
  ADD ("attachments", 0, test_attachments);
  ADD ("other-store", 0, test_other_store);
  ADD ("reads-are-served", 0, test_reads_are_served);
  ADD ("state", 0, test_state);
  return g_test_run ();
}
