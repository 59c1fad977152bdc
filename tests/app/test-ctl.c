/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>

#include "remove-tree.h"

/* The command line as a script meets it: the real program, its exit status, what it prints where. */

#define PASSPHRASE "paarse fietsen dromen zacht"
#define NEXT "groene wolken zingen hard"

static const char *program;

typedef struct
{
  char *directory;
  char *store;
  char *passphrase;
  char *output;
  char *complaint;
  int status;
} Fixture;

static char *
path (Fixture    *self,
      const char *name)
{
  return g_build_filename (self->directory, name, NULL);
}

/* Runs the program in the directory of the test; @... are its words. */
static int G_GNUC_NULL_TERMINATED
run (Fixture    *self,
     const char *input,
     ...)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *word;
  va_list arguments;

  g_ptr_array_add (words, (gpointer) program);
  va_start (arguments, input);
  while ((word = va_arg (arguments, const char *)))
    g_ptr_array_add (words, (gpointer) word);
  va_end (arguments);
  g_ptr_array_add (words, NULL);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->complaint, g_free);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_cwd (launcher, self->directory);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &self->output, &self->complaint, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  self->status = g_subprocess_get_exit_status (process);
  return self->status;
}

#define RUN(fixture, ...)                                                                                    \
  run (fixture, NULL, __VA_ARGS__, "--store", (fixture)->store, "--passphrase-file", (fixture)->passphrase,  \
       NULL)

static void
assert_done (Fixture *self)
{
  g_assert_cmpstr (self->complaint, ==, "");
  g_assert_cmpint (self->status, ==, 0);
}

/* One sentence on standard error, nothing on standard output. */
static void
assert_refused (Fixture    *self,
                int         status,
                const char *sentence)
{
  g_assert_cmpint (self->status, ==, status);
  g_assert_cmpstr (self->output, ==, "");
  g_assert_true (g_str_has_prefix (self->complaint, "gezinsplanctl: "));
  g_assert_true (strchr (self->complaint, '\n') == self->complaint + strlen (self->complaint) - 1);
  if (strstr (self->complaint, sentence) == NULL)
    g_error ("“%s” is not in: %s", sentence, self->complaint);
}

static void
assert_refused_with_output (Fixture    *self,
                            const char *output,
                            const char *sentence)
{
  g_assert_cmpint (self->status, ==, 1);
  g_assert_nonnull (strstr (self->output, output));
  g_assert_nonnull (strstr (self->complaint, sentence));
}

static JsonObject *
answer (Fixture *self)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  assert_done (self);
  node = json_from_string (self->output, &error);
  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static void
write_file (Fixture    *self,
            const char *name,
            const char *content)
{
  g_autofree char *file = path (self, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (file, content, -1, &error);
  g_assert_no_error (error);
}

static char *
read_file (Fixture    *self,
           const char *name)
{
  g_autofree char *file = path (self, name);
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  g_file_get_contents (file, &content, NULL, &error);
  g_assert_no_error (error);
  return content;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("gezinsplan-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->store = path (self, "store");
  self->passphrase = path (self, "passphrase");
  write_file (self, "passphrase", PASSPHRASE "\n");
  RUN (self, "init", "--team", "Testteam", "--name", "Testa Verzonnen", "--role", "casemanager",
       "--kdf-memory", "8");
  assert_done (self);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  remove_tree (self->directory);
  g_free (self->directory);
  g_free (self->store);
  g_free (self->passphrase);
  g_free (self->output);
  g_free (self->complaint);
}

static void
test_status (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (JsonObject) status = NULL;

  RUN (self, "status", "--json");
  status = answer (self);
  g_assert_true (json_object_get_boolean_member (status, "ok"));
  g_assert_cmpstr (json_object_get_string_member (status, "team"), ==, "Testteam");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (status, "member"), "name"),
                   ==, "Testa Verzonnen");
  g_assert_cmpint (json_object_get_int_member (status, "households"), ==, 0);
}

static void
test_passphrase (Fixture      *self,
                 gconstpointer data)
{
  g_assert_cmpint (
      run (self, PASSPHRASE "\n", "status", "--store", self->store, "--passphrase-file", "-", NULL), ==, 0);
  g_assert_cmpint (run (self, PASSPHRASE, "status", "--store", self->store, "--passphrase-file", "-", NULL),
                   ==, 0);
  g_assert_cmpint (
      run (self, PASSPHRASE "\r\n", "status", "--store", self->store, "--passphrase-file", "-", NULL), ==, 0);
  run (self, PASSPHRASE " \n", "status", "--store", self->store, "--passphrase-file", "-", NULL);
  assert_refused (self, 1, "not the passphrase");
  run (self, "", "status", "--store", self->store, "--passphrase-file", "-", NULL);
  assert_refused (self, 1, "it is empty");
  run (self, "\xff\xfe\n", "status", "--store", self->store, "--passphrase-file", "-", NULL);
  assert_refused (self, 1, "it is no text");
  run (self, NULL, "status", "--store", self->store, "--passphrase-file", "nowhere", NULL);
  assert_refused (self, 1, "nowhere");
}

static void
test_wrong_use (Fixture      *self,
                gconstpointer data)
{
  run (self, NULL, NULL);
  assert_refused (self, 2, "no command");
  run (self, NULL, "dance", NULL);
  assert_refused (self, 2, "dance");
  run (self, NULL, "status", NULL);
  assert_refused (self, 2, "--store");
  RUN (self, "status", "--nothing");
  assert_refused (self, 2, "--nothing");
  RUN (self, "status", "extra");
  assert_refused (self, 2, "too much");
  RUN (self, "list");
  assert_refused (self, 2, "missing");
  RUN (self, "list", "feelings");
  assert_refused (self, 2, "feelings");
  RUN (self, "show", "1");
  assert_refused (self, 2, "identity");
  RUN (self, "export");
  assert_refused (self, 2, "--output");
  RUN (self, "export", "--output", "x", "--format", "docx");
  assert_refused (self, 2, "json");
  RUN (self, "demo", "--households", "0");
  assert_refused (self, 2, "--households");
  RUN (self, "demo", "--today", "2026-02-30");
  assert_refused (self, 2, "2026-02-30");
  RUN (self, "init", "--team", "T", "--name", "N", "--role", "boss");
  assert_refused (self, 2, "role");
  RUN (self, "init", "--team", "T", "--name", "N", "--role", "brugfiguur", "--kdf-memory", "4");
  assert_refused (self, 2, "--kdf-memory");
}

static void
test_failures (Fixture      *self,
               gconstpointer data)
{
  RUN (self, "init", "--team", "T", "--name", "N", "--role", "brugfiguur");
  assert_refused (self, 1, "already");
  run (self, NULL, "status", "--store", self->directory, "--passphrase-file", self->passphrase, NULL);
  assert_refused (self, 1, "no store");
  RUN (self, "import", "nowhere.json");
  assert_refused (self, 1, "nowhere.json");
  write_file (self, "bad.json", "{\"format\":\"gezinsplan/1\",");
  RUN (self, "import", "bad.json");
  assert_refused (self, 1, "nothing was changed");
  RUN (self, "show", "01900000-0000-7000-8000-000000000001");
  assert_refused (self, 1, "nothing with that identity");
  RUN (self, "export", "--output", "no/such/place.json");
  assert_refused (self, 1, "place.json");
}

static void
test_help (Fixture      *self,
           gconstpointer data)
{
  run (self, NULL, "help", NULL);
  assert_done (self);
  g_assert_nonnull (strstr (self->output, "verify"));
  run (self, NULL, "help", "export", NULL);
  assert_done (self);
  g_assert_nonnull (strstr (self->output, "gezinsplanctl export"));
  g_assert_nonnull (strstr (self->output, "--household"));
  run (self, NULL, "help", "dance", NULL);
  assert_refused (self, 2, "dance");
  run (self, NULL, "--version", NULL);
  assert_done (self);
}

static char *
without_instant (const char *document)
{
  const char *from = strstr (document, "\"exported_at\""), *to = strchr (from, '\n');

  return g_strdup_printf ("%.*s%s", (int) (from - document), document, to);
}

static void
test_demo_round_trip (Fixture      *self,
                      gconstpointer data)
{
  g_autofree char *other = path (self, "other");
  g_autofree char *one_file = path (self, "one.json");
  g_autoptr (JsonObject) status = NULL, imported = NULL, verified = NULL;
  g_autofree char *one = NULL, *two = NULL, *one_plain = NULL, *two_plain = NULL;
  const char *member;
  struct stat about;

  RUN (self, "demo", "--households", "5", "--seed", "7", "--today", "2026-11-21");
  assert_done (self);
  RUN (self, "demo", "--households", "5");
  assert_refused (self, 1, "real ones");
  RUN (self, "status", "--json");
  status = answer (self);
  g_assert_cmpint (json_object_get_int_member (status, "households"), ==, 5);
  member = json_object_get_string_member (json_object_get_object_member (status, "member"), "id");
  RUN (self, "export", "--format", "json", "--output", "one.json", "--attachments", "papers");
  assert_done (self);
  g_assert_cmpint (g_stat (one_file, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);

  run (self, NULL, "init", "--store", other, "--passphrase-file", self->passphrase, "--team", "T", "--name",
       "Testa Verzonnen", "--role", "casemanager", "--as", member, "--kdf-memory", "8", NULL);
  assert_done (self);
  run (self, NULL, "import", "one.json", "--store", other, "--passphrase-file", self->passphrase,
       "--all-or-nothing", NULL);
  assert_refused_with_output (self, "document", "Nothing was changed");
  run (self, NULL, "import", "one.json", "--all-or-nothing", "--json", "--attachments", "papers", "--store",
       other, "--passphrase-file", self->passphrase, NULL);
  imported = answer (self);
  g_assert_cmpint (json_object_get_int_member (imported, "inserted"), >, 100);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (imported, "failed")), ==, 0);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (imported, "unknown")), ==, 0);
  run (self, NULL, "export", "--output", "two.json", "--store", other, "--passphrase-file", self->passphrase,
       NULL);
  assert_done (self);
  one = read_file (self, "one.json");
  two = read_file (self, "two.json");
  one_plain = without_instant (one);
  two_plain = without_instant (two);
  g_assert_cmpstr (one_plain, ==, two_plain);
  run (self, NULL, "verify", "--attachments", "--json", "--store", other, "--passphrase-file",
       self->passphrase, NULL);
  verified = answer (self);
  g_assert_true (json_object_get_boolean_member (verified, "ok"));
  g_assert_cmpint (json_object_get_int_member (verified, "documents"), ==, 11);
}

static void
test_change_passphrase (Fixture      *self,
                        gconstpointer data)
{
  write_file (self, "next", NEXT "\n");
  RUN (self, "passphrase");
  assert_refused (self, 2, "--new-passphrase-file");
  RUN (self, "passphrase", "--new-passphrase-file", "nowhere");
  assert_refused (self, 1, "nowhere");
  run (self, "something else\n", "passphrase", "--store", self->store, "--passphrase-file", "-",
       "--new-passphrase-file", "next", NULL);
  assert_refused (self, 1, "not the passphrase");
  RUN (self, "status");
  assert_done (self);

  RUN (self, "passphrase", "--new-passphrase-file", "next");
  assert_done (self);
  g_assert_nonnull (strstr (self->output, "new passphrase"));
  RUN (self, "status");
  assert_refused (self, 1, "not the passphrase");
  run (self, NULL, "status", "--store", self->store, "--passphrase-file", "next", NULL);
  assert_done (self);
  /* Both from standard input, one line each. */
  run (self, NEXT "\n" PASSPHRASE "\n", "passphrase", "--json", "--store", self->store, "--passphrase-file",
       "-", "--new-passphrase-file", "-", NULL);
  assert_done (self);
  RUN (self, "status");
  assert_done (self);
}

/* The 16 bytes that every page is bound to (docs/STORAGE.md). */
static char *
read_identity (Fixture *self)
{
  g_autofree char *file = g_build_filename (self->store, "header", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (file, &content, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (size, >, 32);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content + 16, 16);
}

static void
test_rekey (Fixture      *self,
            gconstpointer data)
{
  g_autofree char *one = NULL, *two = NULL, *one_plain = NULL, *two_plain = NULL;
  g_autofree char *old_identity = NULL, *new_identity = NULL;

  RUN (self, "demo", "--households", "5", "--seed", "7", "--today", "2026-11-21");
  assert_done (self);
  RUN (self, "export", "--output", "one.json");
  assert_done (self);
  old_identity = read_identity (self);
  run (self, "something else\n", "rekey", "--store", self->store, "--passphrase-file", "-", NULL);
  assert_refused (self, 1, "not the passphrase");

  RUN (self, "rekey");
  assert_done (self);
  new_identity = read_identity (self);
  g_assert_cmpstr (old_identity, !=, new_identity);
  RUN (self, "verify");
  assert_done (self);
  RUN (self, "export", "--output", "two.json");
  assert_done (self);
  one = read_file (self, "one.json");
  two = read_file (self, "two.json");
  one_plain = without_instant (one);
  two_plain = without_instant (two);
  g_assert_cmpstr (one_plain, ==, two_plain);
}

static void
test_half_valid_import (Fixture      *self,
                        gconstpointer data)
{
  static const char document[] =
      "{\"format\":\"gezinsplan/1\",\"household\":["
        "{\"id\":\"01900000-0000-7000-8000-000000000001\",\"circle\":\"open\","
        "\"circle_subject_id\":\"01900000-0000-7000-8000-000000000001\",\"name\":\"Gezin Voorbeeld "
        "\\u001b[31m\"},"
        "{\"id\":\"01900000-0000-7000-8000-000000000002\",\"circle\":\"open\","
        "\"circle_subject_id\":\"01900000-0000-7000-8000-000000000002\",\"name\":\"\"}],\"weather\":[]}";
  g_autoptr (JsonObject) imported = NULL, listed = NULL;
  JsonObject *failure;

  write_file (self, "half.json", document);
  RUN (self, "import", "half.json", "--all-or-nothing", "--json");
  g_assert_cmpint (self->status, ==, 1);
  g_assert_nonnull (strstr (self->output, "\"reason\""));
  g_assert_nonnull (strstr (self->complaint, "Nothing was changed"));
  RUN (self, "import", "half.json", "--json");
  imported = answer (self);
  g_assert_cmpint (json_object_get_int_member (imported, "inserted"), ==, 1);
  failure = json_array_get_object_element (json_object_get_array_member (imported, "failed"), 0);
  g_assert_cmpstr (json_object_get_string_member (failure, "id"), ==, "01900000-0000-7000-8000-000000000002");
  g_assert_cmpstr (json_object_get_string_member (failure, "table"), ==, "household");
  g_assert_cmpstr (json_object_get_string_member (failure, "reason"), ==, "household.name: may not be empty");
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (imported, "unknown")), ==, 1);

  RUN (self, "list", "households", "--where", "Gezin Achterbeeld");
  assert_done (self);
  g_assert_cmpstr (self->output, ==, "");
  RUN (self, "list", "households", "--where", "gezin vöörbeeld", "--json");
  listed = answer (self);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (listed, "households")), ==, 1);
  /* What a text holds does not steer the terminal. */
  RUN (self, "list", "households");
  assert_done (self);
  g_assert_null (strchr (self->output, '\033'));
  RUN (self, "search", "voorbeeld");
  assert_done (self);
  g_assert_nonnull (strstr (self->output, "Gezin Voorbeeld"));
  RUN (self, "show", "01900000-0000-7000-8000-000000000001");
  assert_done (self);
  g_assert_nonnull (strstr (self->output, "circle: open"));
}

static void
test_failed_export_keeps_the_old_one (Fixture      *self,
                                      gconstpointer data)
{
  g_autofree char *kept = NULL;

  write_file (self, "old.json", "old");
  RUN (self, "export", "--output", "old.json", "--household", "01900000-0000-7000-8000-000000000001");
  assert_refused (self, 1, "nothing with that identity");
  kept = read_file (self, "old.json");
  g_assert_cmpstr (kept, ==, "old");
}

static char *
make_household (Fixture *self)
{
  static const char document[] =
      "{\"format\":\"gezinsplan/1\",\"household\":["
        "{\"id\":\"01900000-0000-7000-8000-000000000001\",\"circle\":\"open\","
        "\"circle_subject_id\":\"01900000-0000-7000-8000-000000000001\",\"name\":\"Gezin Voorbeeld\"}]}";

  write_file (self, "household.json", document);
  RUN (self, "import", "household.json");
  assert_done (self);
  return g_strdup ("01900000-0000-7000-8000-000000000001");
}

static void
test_attach (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *household = make_household (self);
  g_autofree char *copied = NULL, *document = NULL;
  g_autoptr (JsonObject) added = NULL, again = NULL, verified = NULL;

  write_file (self, "brief.txt", "Een verzonnen brief.");
  RUN (self, "attach", "brief.txt", "--household", household, "--tag", "school", "--tag", "brief", "--json");
  added = answer (self);
  document = g_strdup (json_object_get_string_member (added, "id"));
  g_assert_false (json_object_get_boolean_member (added, "was_there"));
  RUN (self, "attach", "brief.txt", "--household", household, "--json");
  again = answer (self);
  g_assert_true (json_object_get_boolean_member (again, "was_there"));
  g_assert_cmpstr (json_object_get_string_member (again, "id"), ==, document);
  RUN (self, "list", "documents");
  assert_done (self);
  g_assert_nonnull (strstr (self->output, "brief.txt\tschool;brief\t20\t"));
  RUN (self, "search", "school");
  g_assert_nonnull (strstr (self->output, "brief.txt"));

  RUN (self, "save-copy", document, "--output", "kopie.txt");
  g_assert_cmpint (self->status, ==, 0);
  g_assert_cmpstr (self->output, ==, "");
  g_assert_nonnull (strstr (self->complaint, "kopie.txt is not protected"));
  copied = read_file (self, "kopie.txt");
  g_assert_cmpstr (copied, ==, "Een verzonnen brief.");

  RUN (self, "verify", "--attachments", "--json");
  verified = answer (self);
  g_assert_cmpint (json_object_get_int_member (verified, "documents"), ==, 1);
}

static void
test_attach_refused (Fixture      *self,
                     gconstpointer data)
{
  g_autofree char *household = make_household (self);

  write_file (self, "leeg.txt", "");
  write_file (self, "brief.txt", "Een verzonnen brief.");
  RUN (self, "attach", "brief.txt");
  assert_refused (self, 2, "--household");
  RUN (self, "attach", "brief.txt", "--household", "1");
  assert_refused (self, 2, "identity");
  RUN (self, "attach", "brief.txt", "--household", "01900000-0000-7000-8000-00000000ffff");
  assert_refused (self, 1, "nothing with that identity");
  RUN (self, "attach", "leeg.txt", "--household", household);
  assert_refused (self, 1, "empty");
  RUN (self, "attach", ".", "--household", household);
  assert_refused (self, 1, "not a file");
  RUN (self, "attach", "weg.txt", "--household", household);
  assert_refused (self, 1, "cannot be read");
  RUN (self, "save-copy", household, "--output", "kopie.txt");
  assert_refused (self, 1, "nothing with that identity");
  RUN (self, "save-copy", household);
  assert_refused (self, 2, "--output");
  RUN (self, "list", "documents");
  g_assert_cmpstr (self->output, ==, "");
}

static void
change_byte (Fixture    *self,
             const char *name,
             gsize       at)
{
  g_autofree char *file = g_build_filename (self->store, name, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (file, &content, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (at, <, size);
  content[at] ^= 1;
  g_file_set_contents (file, content, (gssize) size, &error);
  g_assert_no_error (error);
}

/* The answer of a program that failed. */
static JsonObject *
report (Fixture *self)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (self->status, ==, 1);
  g_assert_nonnull (strstr (self->complaint, "damaged"));
  node = json_from_string (self->output, &error);
  g_assert_no_error (error);
  g_assert_false (json_object_get_boolean_member (json_node_get_object (node), "ok"));
  return json_node_dup_object (node);
}

/* One byte in the middle of the database, as a failing disk would. */
static void
test_verify_finds_a_changed_byte (Fixture      *self,
                                  gconstpointer data)
{
  g_autoptr (JsonObject) found = NULL;
  JsonArray *pages;

  RUN (self, "verify");
  assert_done (self);
  change_byte (self, "gezinsplan.db", 100 * 4096 + 7);
  RUN (self, "verify", "--json");
  found = report (self);
  pages = json_object_get_array_member (found, "damaged_pages");
  g_assert_cmpint (json_array_get_length (pages), ==, 1);
  g_assert_cmpint (json_array_get_int_element (pages, 0), ==, 101);
  RUN (self, "verify");
  g_assert_cmpint (self->status, ==, 1);
  g_assert_nonnull (strstr (self->output, "1 of "));
}

/* The copy serves, and repairs the header; who looks is told once. */
static void
test_verify_finds_a_changed_header (Fixture      *self,
                                    gconstpointer data)
{
  g_autoptr (JsonObject) found = NULL, both = NULL;

  change_byte (self, "header", 50);
  RUN (self, "verify", "--json");
  found = report (self);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (found, "problems")), ==, 1);
  RUN (self, "verify");
  assert_done (self);
  change_byte (self, "header", 50);
  change_byte (self, "header.copy", 50);
  RUN (self, "verify", "--json");
  both = report (self);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (both, "problems")), ==, 2);
}

static void
test_salvage (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *rescued = path (self, "rescued");
  g_autoptr (JsonObject) saved = NULL;

  RUN (self, "salvage");
  assert_refused (self, 2, "--output");
  change_byte (self, "gezinsplan.db", 7);
  RUN (self, "status");
  assert_refused (self, 1, "damaged");
  RUN (self, "salvage", "--json", "--output", rescued);
  saved = answer (self);
  g_assert_cmpint (json_object_get_int_member (saved, "rows"), >, 50);
  g_assert_cmpint (json_object_get_int_member (saved, "lost"), ==, 0);
  run (self, NULL, "verify", "--store", rescued, "--passphrase-file", self->passphrase, NULL);
  assert_done (self);
  RUN (self, "salvage", "--output", rescued);
  assert_refused (self, 1, "already");
  RUN (self, "status");
  assert_refused (self, 1, "damaged");
}

/* Without the moment of the export itself. */
static char *
export_all (Fixture *self)
{
  g_autofree char *document = NULL;

  RUN (self, "export", "--output", "all.json");
  assert_done (self);
  document = read_file (self, "all.json");
  return g_strdup (strstr (document, "\"member\""));
}

static void
test_backup_and_restore (Fixture      *self,
                         gconstpointer data)
{
  g_autofree char *place = path (self, "place"), *before = NULL, *after = NULL, *file = NULL;
  g_autoptr (JsonObject) made = NULL, list = NULL, status = NULL, verified = NULL, restored = NULL;
  const char *older;

  RUN (self, "demo", "--households", "2", "--today", "2026-11-21");
  before = export_all (self);
  g_assert_cmpint (g_mkdir (place, 0700), ==, 0);
  RUN (self, "backup", place, "--json");
  made = answer (self);
  file = g_strdup (json_object_get_string_member (made, "path"));
  g_assert_true (g_str_has_suffix (file, ".gezbackup"));
  RUN (self, "backup", "--list", place, "--json");
  list = answer (self);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (list, "backups")), ==, 1);
  RUN (self, "status", "--json");
  status = answer (self);
  g_assert_false (json_object_get_null_member (status, "backed_up_at"));
  run (self, NULL, "verify", "--backup", file, "--passphrase-file", self->passphrase, "--json", NULL);
  verified = answer (self);
  g_assert_true (json_object_get_boolean_member (verified, "ok"));
  g_assert_cmpint (json_object_get_int_member (verified, "writes"), ==,
                   json_object_get_int_member (status, "writes"));
  g_assert_cmpint (json_object_get_int_member (verified, "attachments_missing"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (made, "attachments_copied"), >, 0);
  RUN (self, "restore", file, "--json");
  restored = answer (self);
  g_assert_cmpint (json_object_get_int_member (restored, "attachments_missing"), ==, 0);
  older = json_object_get_string_member (restored, "older");
  g_assert_true (g_file_test (older, G_FILE_TEST_IS_DIR));
  after = export_all (self);
  g_assert_true (g_str_equal (before, after));
  RUN (self, "verify");
  assert_done (self);
}

static void
test_backup_refused (Fixture      *self,
                     gconstpointer data)
{
  g_autofree char *gone = path (self, "gone"), *named = path (self, "mine.gezbackup");

  RUN (self, "backup", gone);
  assert_refused (self, 1, "not there");
  RUN (self, "backup", named);
  assert_done (self);
  RUN (self, "backup", named);
  assert_refused (self, 1, "there already");
  write_file (self, "letter", "geen reservekopie");
  RUN (self, "restore", "letter");
  assert_refused (self, 1, "not a backup");
  write_file (self, "other", "helemaal andere woorden hier\n");
  run (self, NULL, "restore", named, "--store", self->store, "--passphrase-file", "other", NULL);
  assert_refused (self, 1, "not the passphrase");
  run (self, NULL, "verify", "--backup", named, NULL);
  assert_refused (self, 2, "--passphrase-file");
  RUN (self, "restore");
  assert_refused (self, 2, "missing");
  RUN (self, "backup", "a", "b");
  assert_refused (self, 2, "too much");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
#define ADD(name, function) g_test_add ("/app/ctl/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("status", test_status);
  ADD ("passphrase", test_passphrase);
  ADD ("wrong-use", test_wrong_use);
  ADD ("failures", test_failures);
  ADD ("help", test_help);
  ADD ("demo-round-trip", test_demo_round_trip);
  ADD ("change-passphrase", test_change_passphrase);
  ADD ("rekey", test_rekey);
  ADD ("half-valid-import", test_half_valid_import);
  ADD ("attach", test_attach);
  ADD ("attach-refused", test_attach_refused);
  ADD ("failed-export-keeps-the-old-one", test_failed_export_keeps_the_old_one);
  ADD ("verify-finds-a-changed-byte", test_verify_finds_a_changed_byte);
  ADD ("verify-finds-a-changed-header", test_verify_finds_a_changed_header);
  ADD ("salvage", test_salvage);
  ADD ("backup-and-restore", test_backup_and_restore);
  ADD ("backup-refused", test_backup_refused);
#undef ADD
  return g_test_run ();
}
