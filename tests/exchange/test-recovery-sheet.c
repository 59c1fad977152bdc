/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/resource.h>
#include <signal.h>
#include <string.h>

#include "exchange/gez-recovery-sheet.h"
#include "remove-tree.h"

typedef struct
{
  char *directory;
  char *path;
  GezSecret *code;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = g_dir_make_tmp ("gez-sheet-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->directory, "sheet.pdf", NULL);
  fixture->code = gez_recovery_code_new (&error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  gez_secret_free (fixture->code);
  remove_tree (fixture->directory);
  g_free (fixture->path);
  g_free (fixture->directory);
}

/* Runs a program and returns what it printed. */
static char *
output_of (const char *first,
           ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status;
  va_list more;

  va_start (more, first);
  for (const char *word = first; word != NULL; word = va_arg (more, const char *))
    g_ptr_array_add (arguments, (char *) word);
  va_end (more);
  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  return output;
}

static void
write_sheet (Fixture    *fixture,
             const char *team,
             const char *member)
{
  GezRecoverySheet sheet = { team, member, "2026-11-03" };
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_recovery_sheet_write (&sheet, fixture->code, fixture->path, &error));
  g_assert_no_error (error);
}

static guint
count_pages (Fixture *fixture)
{
  g_autofree char *info = output_of ("pdfinfo", fixture->path, NULL);
  const char *pages = strstr (info, "Pages:");

  g_assert_nonnull (pages);
  g_assert_nonnull (strstr (info, "A4"));
  return (guint) g_ascii_strtoull (pages + strlen ("Pages:"), NULL, 10);
}

/* What a person types who reads the words in the order of their numbers. */
static char *
read_words (Fixture *fixture)
{
  g_autofree char *text = output_of ("pdftotext", "-raw", fixture->path, "-", NULL);
  GString *words = g_string_new (NULL);

  for (guint i = 1; i <= GEZ_RECOVERY_N_WORDS; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("(?:^|\\s)%u\\.\\s+([a-z]{4,8})(?=\\s)", i);
      g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *word = NULL;

      g_assert_true (g_regex_match (regex, text, 0, &match));
      word = g_match_info_fetch (match, 1);
      g_string_append_printf (words, "%s ", word);
    }
  return g_string_free (words, FALSE);
}

static void
assert_opens (Fixture    *fixture,
              const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSecret) code = gez_recovery_code_parse ((GezPassphrase) { text, strlen (text) }, NULL,
                                                        &error);

  g_assert_no_error (error);
  g_assert_true (gez_recovery_code_equal (code, fixture->code));
}

static void
test_words (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *words = NULL, *text = NULL;

  write_sheet (fixture, "Team Verzonnen", "Testa Verzonnen");
  words = read_words (fixture);
  assert_opens (fixture, words);
  text = output_of ("pdftotext", "-layout", fixture->path, "-", NULL);
  g_assert_nonnull (strstr (text, "Team Verzonnen"));
  g_assert_nonnull (strstr (text, "Testa Verzonnen"));
  g_assert_nonnull (strstr (text, "3/11/2026"));
}

static void
test_qr (Fixture      *fixture,
         gconstpointer data)
{
  g_autofree char *stem = g_build_filename (fixture->directory, "page", NULL);
  g_autofree char *picture = g_strconcat (stem, ".png", NULL);
  g_autofree char *text = NULL, *nothing = NULL;

  write_sheet (fixture, NULL, NULL);
  /* As a scanner of an office makes it. */
  nothing = output_of ("pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", fixture->path, stem, NULL);
  text = output_of ("zbarimg", "--quiet", "--raw", picture, NULL);
  assert_opens (fixture, text);
  g_assert_true (g_str_has_prefix (text, GEZ_RECOVERY_QR_PREFIX));
}

/* The last line of the page is there whatever the names are. */
static void
assert_one_page (Fixture    *fixture,
                 const char *team,
                 const char *member)
{
  g_autofree char *words = NULL, *text = NULL;

  write_sheet (fixture, team, member);
  g_assert_cmpuint (count_pages (fixture), ==, 1);
  words = read_words (fixture);
  assert_opens (fixture, words);
  text = output_of ("pdftotext", "-layout", fixture->path, "-", NULL);
  g_assert_nonnull (strstr (text, "Kept at"));
}

static void
test_one_page (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GString) longest = g_string_new (NULL);

  while (g_utf8_strlen (longest->str, -1) < 200)
    g_string_append (longest, "Voorbeeldenburg & <b>\"Zuid\" \xc3\xa9 \xd7\x90\xd7\x91 ");
  assert_one_page (fixture, longest->str, longest->str);
  g_string_assign (longest, "");
  while (longest->len < 200)
    g_string_append_c (longest, 'W');
  assert_one_page (fixture, longest->str, longest->str);
  assert_one_page (fixture, "two\nlines\nand\nmore", "\n\n\n\n");
}

static void
test_closed (Fixture      *fixture,
             gconstpointer data)
{
  GStatBuf status;
  g_autoptr (GDir) directory = NULL;
  mode_t mask = umask (0);

  g_assert_true (g_file_set_contents (fixture->path, "an older one", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0666), ==, 0);
  write_sheet (fixture, NULL, NULL);
  umask (mask);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  directory = g_dir_open (fixture->directory, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (directory), ==, "sheet.pdf");
  g_assert_null (g_dir_read_name (directory));
}

/* Half a sheet is no sheet, and its words may not stay behind. */
static void
test_full_disk (Fixture      *fixture,
                gconstpointer data)
{
  GezRecoverySheet sheet = { "Team Verzonnen", NULL, "2026-11-03" };
  struct rlimit before, little = { 2000, 2000 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) directory = NULL;
  gboolean done;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  little.rlim_max = before.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
  done = gez_recovery_sheet_write (&sheet, fixture->code, fixture->path, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_false (done);
  g_assert_cmpint (error->domain, ==, G_FILE_ERROR);
  directory = g_dir_open (fixture->directory, 0, NULL);
  g_assert_null (g_dir_read_name (directory));
}

static void
test_no_directory (Fixture      *fixture,
                   gconstpointer data)
{
  GezRecoverySheet sheet = { NULL, NULL, "2026-11-03" };
  g_autofree char *path = g_build_filename (fixture->directory, "gone", "sheet.pdf", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (gez_recovery_sheet_write (&sheet, fixture->code, path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/recovery-sheet/words", test_words },
    { "/recovery-sheet/qr", test_qr },
    { "/recovery-sheet/one-page", test_one_page },
    { "/recovery-sheet/closed", test_closed },
    { "/recovery-sheet/full-disk", test_full_disk },
    { "/recovery-sheet/no-directory", test_no_directory },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
