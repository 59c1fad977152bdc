/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "remove-tree.h"

/* A lost passphrase at the command line: the words come from the page, as a person would read them. */

static const char *program;

typedef struct
{
  char *directory;
  char *output;
  char *complaint;
} Fixture;

/* Runs a program in the directory of the test; ends in %NULL. Returns the exit status. */
static int G_GNUC_NULL_TERMINATED
run (Fixture    *self,
     const char *first,
     ...)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  va_list more;

  va_start (more, first);
  for (const char *word = first; word != NULL; word = va_arg (more, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (more);
  g_ptr_array_add (words, NULL);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->complaint, g_free);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_cwd (launcher, self->directory);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &self->output, &self->complaint, &error);
  g_assert_no_error (error);
  return g_subprocess_get_exit_status (process);
}

#define RUN(self, ...) run (self, program, __VA_ARGS__, "--store", "store", NULL)
#define RUN_OPEN(self, passphrase, ...) RUN (self, __VA_ARGS__, "--passphrase-file", passphrase)

static void
write_file (Fixture    *self,
            const char *name,
            const char *content)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, content, -1, &error));
  g_assert_no_error (error);
}

static gboolean
is_there (Fixture    *self,
          const char *name)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Reads the numbered words from a sheet into a file with one on each line. Returns them. */
static char **
read_sheet (Fixture    *self,
            const char *sheet,
            const char *words_file)
{
  g_autofree char *text = NULL, *joined = NULL;
  GStrvBuilder *words = g_strv_builder_new ();
  char **list;

  g_assert_cmpint (run (self, "pdftotext", "-raw", sheet, "-", NULL), ==, 0);
  text = g_strdup (self->output);
  for (guint i = 1; i <= 14; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("(?:^|\\s)%u\\.\\s+([a-z]{4,8})(?=\\s)", i);
      g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *word = NULL;

      g_assert_true (g_regex_match (regex, text, 0, &match));
      word = g_match_info_fetch (match, 1);
      g_strv_builder_add (words, word);
    }
  list = g_strv_builder_end (words);
  g_strv_builder_unref (words);
  joined = g_strjoinv ("\r\n   ", list);
  write_file (self, words_file, joined);
  return list;
}

static void
assert_fails (Fixture    *self,
              int         status,
              const char *sentence)
{
  g_assert_cmpint (status, ==, 1);
  g_assert_cmpstr (self->output, ==, "");
  if (strstr (self->complaint, sentence) == NULL)
    g_error ("“%s” is not in: %s", sentence, self->complaint);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("gez-ctl-recovery-XXXXXX", &error);
  g_assert_no_error (error);
  write_file (self, "old", "paarse fietsen dromen zacht\n");
  write_file (self, "new", "groene fietsen dromen luid\n");
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  remove_tree (self->directory);
  g_free (self->directory);
  g_free (self->output);
  g_free (self->complaint);
}

static int
make_store (Fixture    *self,
            const char *sheet)
{
  return RUN_OPEN (self, "old", "init", "--team", "Team Verzonnen", "--name", "Testa Verzonnen", "--role",
                   "casemanager", "--kdf-memory", "8", sheet ? "--recovery-sheet" : "--json",
                   sheet ? sheet : "--json");
}

static void
assert_no_word_was_said (Fixture *self,
                         char   **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("\\b%s\\b", words[i]);

      /* Ordinary words may stand in a sentence; all of them may not. */
      if (!g_regex_match_simple (pattern, self->output, 0, 0))
        return;
    }
  g_error ("the words were printed: %s", self->output);
}

static void
test_sheet_works_once_it_came_back (Fixture      *self,
                                    gconstpointer data)
{
  g_auto (GStrv) words = NULL;

  g_assert_cmpint (make_store (self, NULL), ==, 0);
  g_assert_cmpint (RUN_OPEN (self, "old", "recovery-sheet", "--output", "sheet.pdf"), ==, 0);
  words = read_sheet (self, "sheet.pdf", "words");
  g_assert_cmpint (RUN_OPEN (self, "old", "recovery-sheet", "--output", "sheet.pdf"), ==, 0);
  assert_no_word_was_said (self, words);
  /* Neither a check nor a recovery accepts it before its words were seen. */
  assert_fails (self, RUN_OPEN (self, "old", "recovery-sheet", "--check", "words"),
                "not the newest recovery sheet");
  assert_fails (self, RUN (self, "recover", "--words-file", "words", "--new-passphrase-file", "new",
                           "--kdf-memory", "8"),
                "not the newest recovery sheet");
  g_assert_cmpint (RUN_OPEN (self, "old", "status"), ==, 0);
  g_assert_nonnull (strstr (self->output, "There is no recovery sheet"));

  g_assert_cmpint (RUN_OPEN (self, "old", "recovery-sheet", "--activate", "words"), ==, 0);
  g_assert_cmpint (RUN_OPEN (self, "old", "recovery-sheet", "--check", "words"), ==, 0);
  g_assert_cmpint (RUN_OPEN (self, "old", "status", "--json"), ==, 0);
  g_assert_nonnull (strstr (self->output, "\"has_recovery_sheet\" : true"));
}

static void
test_recover (Fixture      *self,
              gconstpointer data)
{
  g_auto (GStrv) words = NULL;

  g_assert_cmpint (make_store (self, "sheet.pdf"), ==, 0);
  g_assert_nonnull (strstr (self->output, "not encrypted"));
  words = read_sheet (self, "sheet.pdf", "words");
  g_assert_cmpint (RUN (self, "recover", "--words-file", "words", "--new-passphrase-file", "new",
                        "--kdf-memory", "8"),
                   ==, 0);
  assert_fails (self, RUN_OPEN (self, "old", "status"), "not the passphrase");
  g_assert_cmpint (RUN_OPEN (self, "new", "status"), ==, 0);
  g_assert_nonnull (strstr (self->output, "Testa Verzonnen"));
  /* The sheet stays good. */
  g_assert_cmpint (RUN_OPEN (self, "new", "recovery-sheet", "--check", "words"), ==, 0);
}

static void
test_new_sheet_ends_the_old_one (Fixture      *self,
                                 gconstpointer data)
{
  g_auto (GStrv) first = NULL, second = NULL;

  g_assert_cmpint (make_store (self, "first.pdf"), ==, 0);
  first = read_sheet (self, "first.pdf", "first");
  g_assert_cmpint (RUN_OPEN (self, "old", "recovery-sheet", "--output", "second.pdf"), ==, 0);
  second = read_sheet (self, "second.pdf", "second");
  g_assert_cmpint (RUN_OPEN (self, "old", "recovery-sheet", "--check", "first"), ==, 0);
  g_assert_cmpint (RUN_OPEN (self, "old", "recovery-sheet", "--activate", "second"), ==, 0);
  assert_fails (self, RUN_OPEN (self, "old", "recovery-sheet", "--check", "first"), "not the newest");
  assert_fails (self, RUN (self, "recover", "--words-file", "first", "--new-passphrase-file", "new"),
                "not the newest");
  g_assert_cmpint (RUN_OPEN (self, "old", "status"), ==, 0);
}

static void
test_wrong_words (Fixture      *self,
                  gconstpointer data)
{
  g_assert_cmpint (make_store (self, NULL), ==, 0);
  write_file (self, "words", "aanbod album kikkers slurf");
  assert_fails (self, RUN (self, "recover", "--words-file", "words", "--new-passphrase-file", "new"),
                "Word 3 is not on the list");
  write_file (self, "words", "aanbod album");
  assert_fails (self, RUN (self, "recover", "--words-file", "words", "--new-passphrase-file", "new"),
                "fourteen");
  write_file (self, "words", "");
  assert_fails (self, RUN (self, "recover", "--words-file", "words", "--new-passphrase-file", "new"),
                "empty");
  g_assert_cmpint (RUN (self, "recover", "--words-file", "words"), ==, 2);
  g_assert_cmpint (RUN_OPEN (self, "old", "recovery-sheet"), ==, 2);
  g_assert_cmpint (RUN_OPEN (self, "old", "recovery-sheet", "--check", "words", "--output", "x"), ==, 2);
  g_assert_cmpint (RUN_OPEN (self, "old", "status"), ==, 0);
}

/* Of the two things that init makes none is left alone. */
static void
test_init_makes_both_or_none (Fixture      *self,
                              gconstpointer data)
{
  assert_fails (self, make_store (self, "nowhere/sheet.pdf"), "nowhere");
  g_assert_false (is_there (self, "store"));
  g_assert_cmpint (make_store (self, NULL), ==, 0);
  assert_fails (self, make_store (self, "sheet.pdf"), "There is a store");
  g_assert_false (is_there (self, "sheet.pdf"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add ("/ctl-recovery/comes-back", Fixture, NULL, set_up, test_sheet_works_once_it_came_back,
              tear_down);
  g_test_add ("/ctl-recovery/recover", Fixture, NULL, set_up, test_recover, tear_down);
  g_test_add ("/ctl-recovery/new-ends-old", Fixture, NULL, set_up, test_new_sheet_ends_the_old_one,
              tear_down);
  g_test_add ("/ctl-recovery/wrong-words", Fixture, NULL, set_up, test_wrong_words, tear_down);
  g_test_add ("/ctl-recovery/both-or-none", Fixture, NULL, set_up, test_init_makes_both_or_none, tear_down);
  return g_test_run ();
}
