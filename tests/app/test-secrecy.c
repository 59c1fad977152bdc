/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "byte-search.h"
#include "remove-tree.h"
#include "store/gez-record.h"
#include "store/gez-store.h"
#include "vault/gez-vault-header.h"

/*
 * What somebody finds who looks from outside: into the memory of a running program, into what a
 * crash leaves, into every byte of the files. The program looked into is secret-holder.c.
 */

#define NOW G_GINT64_CONSTANT (1773306000000)
#define PASSPHRASE "paarse fietsen dromen zacht"
#define PASSPHRASE_BYTES ((GezPassphrase) { PASSPHRASE, strlen (PASSPHRASE) })
#define NEXT "groene wolken zingen hard"
#define CODE "q7Zk3w-Vx9=bT2+m" /* of a recovery sheet */
#define CANARY "Zwartkopmeesvogel"
#define DRAFT "Kwikstaartvogel"
#define KEY_PREFIX 16 /* bytes of a key that nothing else can have */

typedef struct
{
  char *parent;
  char *directory; /* the store */
  char *temporary; /* TMPDIR and working directory of the program */
  GSubprocess *process;
  GDataInputStream *answers;
} Fixture;

static void
allow_cores_cb (gpointer data)
{
  struct rlimit limit;

  getrlimit (RLIMIT_CORE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_CORE, &limit);
}

static void
say (Fixture    *self,
     const char *line)
{
  g_autofree char *text = g_strdup_printf ("%s\n", line);
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process), text, strlen (text),
                             NULL, NULL, &error);
  g_assert_no_error (error);
}

static char *
hear (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (self->answers, NULL, NULL, &error);

  g_assert_no_error (error);
  return line;
}

static void
expect_answer (Fixture    *self,
               const char *expected)
{
  g_autofree char *line = hear (self);

  g_assert_cmpstr (line, ==, expected);
}

static void
start (Fixture *self)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "app", "secret-holder", NULL);
  g_autoptr (GError) error = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                        G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_cwd (launcher, self->temporary);
  g_subprocess_launcher_setenv (launcher, "TMPDIR", self->temporary, TRUE);
  g_subprocess_launcher_setenv (launcher, "SQLITE_TMPDIR", self->temporary, TRUE);
  g_subprocess_launcher_set_child_setup (launcher, allow_cores_cb, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, program, self->directory, NULL);
  g_assert_no_error (error);
  self->answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  say (self, PASSPHRASE);
  expect_answer (self, "open");
}

static void
end (Fixture *self,
     int      signal_number)
{
  if (signal_number)
    g_subprocess_send_signal (self->process, signal_number);
  else
    g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->answers);
  g_clear_object (&self->process);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->parent = g_dir_make_tmp ("gezinsplan-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->directory = g_build_filename (self->parent, "store", NULL);
  self->temporary = g_build_filename (self->parent, "temporary", NULL);
  g_assert_cmpint (g_mkdir (self->temporary, 0700), ==, 0);
  start (self);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  if (self->process)
    end (self, SIGKILL);
  remove_tree (self->parent);
  g_free (self->parent);
  g_free (self->directory);
  g_free (self->temporary);
}

static gboolean
can_read_memory (Fixture *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/mem",
                                           g_subprocess_get_identifier (self->process));
  int file = open (path, O_RDONLY | O_CLOEXEC);

  if (file < 0)
    return FALSE;
  close (file);
  return TRUE;
}

static gboolean
skip_unless_readable (Fixture *self)
{
  if (can_read_memory (self))
    return FALSE;
  /* Good: the hardening keeps others of the same user out. Only root can look further. */
  g_test_skip ("only root can read the memory of a hardened process");
  return TRUE;
}

static guint
count_in_memory (Fixture      *self,
                 gconstpointer needle,
                 gsize         size)
{
  return byte_search_memory (g_subprocess_get_identifier (self->process), needle, size);
}

/* The keys as an outsider who knows the passphrase derives them: the program has no door for
 * this. */
static GezSecret *
derive_key (Fixture     *self,
            GezVaultKey  which)
{
  g_autoptr (GezSecret) data_key = NULL;
  g_autoptr (GezVaultHeader) header = NULL;
  g_autoptr (GError) error = NULL;
  GezSecret *key;

  header = gez_vault_header_load (self->directory, PASSPHRASE_BYTES, &data_key, &error);
  g_assert_no_error (error);
  if (which == 0)
    return g_steal_pointer (&data_key);
  key = gez_vault_header_derive (data_key, which, &error);
  g_assert_no_error (error);
  return key;
}

static void
test_memory (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GezSecret) data_key = derive_key (self, 0);
  g_autoptr (GezSecret) page_key = derive_key (self, GEZ_VAULT_KEY_PAGE);
  g_autoptr (GezSecret) log_key = derive_key (self, GEZ_VAULT_KEY_LOG);

  if (skip_unless_readable (self))
    return;
  /* The search itself works: while the store is open the key of its pages is there. */
  g_assert_cmpuint (count_in_memory (self, page_key->bytes, KEY_PREFIX), >, 0);
  /* The passphrase is gone as soon as the key was derived. */
  g_assert_cmpuint (count_in_memory (self, PASSPHRASE, strlen (PASSPHRASE)), ==, 0);

  say (self, "fill " CANARY);
  expect_answer (self, "filled");
  say (self, "lock");
  expect_answer (self, "locked");
  g_assert_cmpuint (count_in_memory (self, PASSPHRASE, strlen (PASSPHRASE)), ==, 0);
  g_assert_cmpuint (count_in_memory (self, data_key->bytes, KEY_PREFIX), ==, 0);
  g_assert_cmpuint (count_in_memory (self, page_key->bytes, KEY_PREFIX), ==, 0);
  g_assert_cmpuint (count_in_memory (self, log_key->bytes, KEY_PREFIX), ==, 0);
}

static void
assert_nowhere (Fixture    *self,
                const char *text)
{
  gsize length = strlen (text), half = length / 2;

  g_assert_cmpuint (count_in_memory (self, text, half), ==, 0);
  g_assert_cmpuint (count_in_memory (self, text + half, length - half), ==, 0);
}

/* Each key that is in memory is in locked memory. */
static void
assert_keys_locked (Fixture *self)
{
  for (guint which = 0; which <= GEZ_VAULT_KEY_HEADER; which++)
    {
      g_autoptr (GezSecret) key = derive_key (self, (GezVaultKey) which);

      g_assert_cmpuint (byte_search_unlocked_memory (g_subprocess_get_identifier (self->process), key->bytes,
                                                     KEY_PREFIX),
                        ==, 0);
    }
}

/* What opens the store changes; neither what opened it nor what does from now on is left behind. */
static void
test_changed (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GezSecret) data_key = derive_key (self, 0);

  if (skip_unless_readable (self))
    return;
  assert_keys_locked (self);
  say (self, "sheet");
  expect_answer (self, "which");
  say (self, CODE);
  expect_answer (self, "made");
  assert_nowhere (self, CODE);
  say (self, "passphrase");
  expect_answer (self, "which");
  say (self, NEXT);
  expect_answer (self, "changed");
  assert_nowhere (self, PASSPHRASE);
  assert_nowhere (self, NEXT);
  g_assert_cmpuint (count_in_memory (self, data_key->bytes, KEY_PREFIX), >, 0);
  g_assert_cmpuint (byte_search_unlocked_memory (g_subprocess_get_identifier (self->process), data_key->bytes,
                                                 KEY_PREFIX),
                    ==, 0);
  say (self, "lock");
  expect_answer (self, "locked");
  g_assert_cmpuint (count_in_memory (self, data_key->bytes, KEY_PREFIX), ==, 0);
  assert_nowhere (self, NEXT);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  guint count = 0;

  g_assert_nonnull (directory);
  while (g_dir_read_name (directory))
    count++;
  return count;
}

static void
test_crash (Fixture      *self,
            gconstpointer data)
{
  /* A core pattern that pipes into a program heeds only this: not dumpable. */
  say (self, "protection");
  expect_answer (self, "dumpable 0 core 0");

  say (self, "crash");
  g_subprocess_wait (self->process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (self->process));
  g_assert_cmpint (g_subprocess_get_term_sig (self->process), ==, SIGABRT);
  g_assert_false (WCOREDUMP (g_subprocess_get_status (self->process)));
  g_assert_cmpuint (count_files (self->temporary), ==, 0);
}

static void
assert_nothing_readable (Fixture *self)
{
  static const char *const needles[] = {
    CANARY, DRAFT, "Testa Verzonnen", "CREATE TABLE", PASSPHRASE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (needles); i++)
    g_assert_cmpuint (byte_search_text_in_files (self->parent, needles[i]), ==, 0);
}

static void
test_files (Fixture      *self,
            gconstpointer data)
{
  g_autofree char *control = g_build_filename (self->temporary, "control", NULL);

  say (self, "fill " CANARY);
  expect_answer (self, "filled");
  say (self, "draft " DRAFT);
  expect_answer (self, "typed");
  assert_nothing_readable (self);
  end (self, SIGKILL);
  assert_nothing_readable (self);

  /* Opening after a crash reads the log; closing moves it into the database. */
  start (self);
  assert_nothing_readable (self);
  say (self, "lock");
  expect_answer (self, "locked");
  end (self, 0);
  assert_nothing_readable (self);

  /* The search itself works. */
  g_assert_true (g_file_set_contents (control, "xyz" CANARY, -1, NULL));
  g_assert_cmpuint (byte_search_text_in_files (self->parent, CANARY), ==, 1);
}

static GPtrArray *
read_back (Fixture  *self,
           GezQuery *query)
{
  g_autoptr (GezClock) clock = gez_clock_new_fixed (NOW, 2);
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  vault = gez_vault_unlock (self->directory, PASSPHRASE_BYTES, &error);
  g_assert_no_error (error);
  store = gez_store_open (vault, clock, &error);
  g_assert_no_error (error);
  records = gez_store_run (store, query, &error);
  g_assert_no_error (error);
  g_assert_true (gez_store_close (store, &error));
  return records;
}

/* What the window has handed over survives the program. The window hands over within 2 s. */
static void
test_draft (Fixture      *self,
            gconstpointer data)
{
  GezId subject = { { 1 } };
  g_autoptr (GezQuery) query = gez_store_draft_query ("journal", &subject);
  g_autoptr (GPtrArray) drafts = NULL;

  say (self, "draft " DRAFT " eerst");
  expect_answer (self, "typed");
  say (self, "draft " DRAFT " en meer");
  expect_answer (self, "typed");
  g_usleep (2 * G_USEC_PER_SEC);
  end (self, SIGKILL);

  drafts = read_back (self, query);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (gez_record_get_text (g_ptr_array_index (drafts, 0), "content"), ==,
                   DRAFT " en meer");
}

static void
test_full_disk (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (GezQuery) query = gez_record_query ("SELECT content FROM note ORDER BY row", GEZ_END);
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *line = NULL;
  guint kept;
  int is_named;

  say (self, "fill-disk 1500000");
  line = hear (self);
  g_assert_cmpint (sscanf (line, "kept %u %d", &kept, &is_named), ==, 2);
  g_assert_true (is_named);
  g_assert_cmpuint (kept, >, 0);
  end (self, SIGKILL);

  notes = read_back (self, query);
  g_assert_cmpuint (notes->len, ==, kept);
  for (guint i = 0; i < kept; i++)
    {
      g_autofree char *expected = g_strdup_printf ("notitie %u", i);

      g_assert_cmpstr (gez_record_get_text (g_ptr_array_index (notes, i), "content"), ==, expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/secrecy/memory", Fixture, NULL, set_up, test_memory, tear_down);
  g_test_add ("/secrecy/changed", Fixture, NULL, set_up, test_changed, tear_down);
  g_test_add ("/secrecy/crash", Fixture, NULL, set_up, test_crash, tear_down);
  g_test_add ("/secrecy/files", Fixture, NULL, set_up, test_files, tear_down);
  g_test_add ("/secrecy/draft", Fixture, NULL, set_up, test_draft, tear_down);
  g_test_add ("/secrecy/full-disk", Fixture, NULL, set_up, test_full_disk, tear_down);
  return g_test_run ();
}
