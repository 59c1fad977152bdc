/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "vault-fixture.h"
#include "vault/gez-secrets.h"
#include "vault/gez-vault-page.h"

#define LOG_HEADER_SIZE 32
#define N_ROWS 2000

/*
 * Somebody changes the files of a locked store. A changed page is an error that names damage; a
 * changed log ends at the last commit before the change. Never a crash, never other people's words.
 */

typedef struct
{
  char *directory;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->directory = fixture_make_directory ();
  fixture_make_store (fixture->directory, N_ROWS);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
  fixture_remove_directory (fixture->directory);
  g_free (fixture->directory);
}

static GByteArray *
read_file (Fixture    *fixture,
           const char *name)
{
  return g_bytes_unref_to_array (fixture_read (fixture->directory, name));
}

static void
write_file (Fixture    *fixture,
            const char *name,
            GByteArray *content)
{
  g_autoptr (GBytes) bytes = g_bytes_new (content->data, content->len);

  fixture_write (fixture->directory, name, bytes);
}

/* Reads everything; returns the result code of the first failure, or of opening. */
static int
read_all (Fixture *fixture)
{
  g_autoptr (GezVault) vault = fixture_unlock (fixture->directory);
  g_autoptr (GError) error = NULL;
  sqlite3 *database = gez_vault_open_database (vault, &error);
  int code;

  if (database == NULL)
    {
      g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
      return SQLITE_CANTOPEN;
    }
  code = sqlite3_exec (database, "SELECT sum (length (body)) FROM item", NULL, NULL, NULL);
  if (code == SQLITE_OK && !fixture_is_sound (database))
    code = SQLITE_CORRUPT;
  sqlite3_close (database);
  return code;
}

static void
test_flipped_page (Fixture      *fixture,
                   gconstpointer data)
{
  static const guint places[] = { 0, 2000, 4055, 4056, 4079, 4080, 4095 };
  g_autoptr (GByteArray) sound = read_file (fixture, "gezinsplan.db");
  guint n_pages = sound->len / GEZ_PAGE_SIZE;

  g_assert_cmpint (read_all (fixture), ==, SQLITE_OK);
  for (guint page = 0; page < n_pages; page += MAX (1, n_pages / 12))
    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
      {
        int code;

        sound->data[page * GEZ_PAGE_SIZE + places[i]] ^= 0x20;
        write_file (fixture, "gezinsplan.db", sound);
        sound->data[page * GEZ_PAGE_SIZE + places[i]] ^= 0x20;
        code = read_all (fixture);
        /* Page 1 shows at opening, in the words of the vault; the others when they are read. */
        g_assert_cmpint (code, ==, page == 0 ? SQLITE_CANTOPEN : SQLITE_IOERR_AUTH);
      }
  write_file (fixture, "gezinsplan.db", sound);
  g_assert_cmpint (read_all (fixture), ==, SQLITE_OK);
}

static void
test_swapped_pages (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (GByteArray) content = read_file (fixture, "gezinsplan.db");
  guint8 page[GEZ_PAGE_SIZE];
  guint8 *first = content->data + 10 * GEZ_PAGE_SIZE, *second = content->data + 11 * GEZ_PAGE_SIZE;

  memcpy (page, first, sizeof page);
  memcpy (first, second, sizeof page);
  memcpy (second, page, sizeof page);
  write_file (fixture, "gezinsplan.db", content);
  g_assert_cmpint (read_all (fixture), ==, SQLITE_IOERR_AUTH);
}

static void
test_zeroed_page (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GByteArray) content = read_file (fixture, "gezinsplan.db");

  memset (content->data + 10 * GEZ_PAGE_SIZE, 0, GEZ_PAGE_SIZE);
  write_file (fixture, "gezinsplan.db", content);
  g_assert_cmpint (read_all (fixture), ==, SQLITE_IOERR_AUTH);
  memset (content->data, 0, content->len);
  write_file (fixture, "gezinsplan.db", content);
  g_assert_cmpint (read_all (fixture), ==, SQLITE_CANTOPEN);
}

static void
test_truncated (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GByteArray) content = read_file (fixture, "gezinsplan.db");
  guint whole = content->len;
  const guint lengths[] = { whole - 1, whole - GEZ_PAGE_SIZE, whole / 2, 3 * GEZ_PAGE_SIZE,
                            GEZ_PAGE_SIZE, GEZ_PAGE_SIZE - 1, 100, 1, 0 };
  g_autofree char *path = g_build_filename (fixture->directory, "gezinsplan.db", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      content->len = lengths[i];
      write_file (fixture, "gezinsplan.db", content);
      content->len = whole;
      g_assert_cmpint (read_all (fixture), !=, SQLITE_OK);
    }
  /* Cut to nothing is damage, not a new store: it stays as it is. */
  {
    g_autoptr (GByteArray) after = read_file (fixture, "gezinsplan.db");

    g_assert_cmpuint (after->len, ==, 0);
    g_assert_cmpint (read_all (fixture), ==, SQLITE_CANTOPEN);
  }
  g_unlink (path);
  g_assert_cmpint (read_all (fixture), ==, SQLITE_CANTOPEN);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* A page of an unencrypted database, or of another store, put in place of ours. */
static void
test_foreign (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->directory, "other", NULL);
  g_autofree char *plain_path = g_build_filename (fixture->directory, "plain.db", NULL);
  g_autoptr (GBytes) foreign = NULL, plain = NULL;
  sqlite3 *database;

  fixture_make_store (other, N_ROWS);
  foreign = fixture_read (other, "gezinsplan.db");
  fixture_write (fixture->directory, "gezinsplan.db", foreign);
  g_assert_cmpint (read_all (fixture), ==, SQLITE_CANTOPEN);

  g_assert_cmpint (sqlite3_open (plain_path, &database), ==, SQLITE_OK);
  fixture_execute (database, "PRAGMA application_id = 1197832816; CREATE TABLE item (body TEXT)");
  sqlite3_close (database);
  plain = fixture_read (fixture->directory, "plain.db");
  fixture_write (fixture->directory, "gezinsplan.db", plain);
  g_assert_cmpint (read_all (fixture), ==, SQLITE_CANTOPEN);
}

/* A rollback journal that would put an old page back is not looked at. */
static void
test_planted_journal (Fixture      *fixture,
                      gconstpointer data)
{
  static const guint8 magic[] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, 0, 0, 0, 1 };
  g_autoptr (GByteArray) journal = g_byte_array_new ();
  g_autoptr (GByteArray) before = read_file (fixture, "gezinsplan.db");
  g_autoptr (GByteArray) after = NULL, kept = NULL;

  g_byte_array_append (journal, magic, sizeof magic);
  g_byte_array_set_size (journal, 512 + 8 + GEZ_PAGE_SIZE);
  memset (journal->data + sizeof magic, 0, journal->len - sizeof magic);
  write_file (fixture, "gezinsplan.db-journal", journal);
  g_assert_cmpint (read_all (fixture), ==, SQLITE_OK);
  after = read_file (fixture, "gezinsplan.db");
  g_assert_cmpmem (before->data, before->len, after->data, after->len);
  kept = read_file (fixture, "gezinsplan.db-journal");
  g_assert_cmpuint (kept->len, ==, journal->len);
}

/* A store whose log holds rows 2001 to 2005, each a commit of its own, as a crash leaves it. */
static void
leave_log (Fixture *fixture)
{
  g_autoptr (GezVault) vault = fixture_unlock (fixture->directory);
  g_autoptr (GByteArray) database_file = NULL, log = NULL, epoch = NULL;
  sqlite3 *database = fixture_open (vault);

  for (int i = 1; i <= 5; i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO item VALUES (%d, 'log')", N_ROWS + i);

      fixture_execute (database, sql);
    }
  database_file = read_file (fixture, "gezinsplan.db");
  log = read_file (fixture, "gezinsplan.db-wal");
  epoch = read_file (fixture, "gezinsplan.db-epoch");
  g_assert_cmpuint (log->len % GEZ_FRAME_SIZE, ==, LOG_HEADER_SIZE);
  g_assert_cmpuint (log->len / GEZ_FRAME_SIZE, >=, 5);
  fixture_close (vault, database);
  write_file (fixture, "gezinsplan.db", database_file);
  write_file (fixture, "gezinsplan.db-wal", log);
  write_file (fixture, "gezinsplan.db-epoch", epoch);
}

/* How many rows are there; the database must be sound. */
static gint64
count_rows (Fixture *fixture)
{
  g_autoptr (GezVault) vault = fixture_unlock (fixture->directory);
  sqlite3 *database = fixture_open (vault);
  gint64 n_rows = fixture_integer (database, "SELECT count (*) FROM item");

  g_assert_true (fixture_is_sound (database));
  fixture_close (vault, database);
  return n_rows;
}

static void
test_log_after_crash (Fixture      *fixture,
                      gconstpointer data)
{
  leave_log (fixture);
  g_assert_cmpint (count_rows (fixture), ==, N_ROWS + 5);
}

typedef void (*ChangeLog) (GByteArray *log);

static void
flip_third_frame (GByteArray *log)
{
  log->data[LOG_HEADER_SIZE + 2 * GEZ_FRAME_SIZE + 100] ^= 1;
}

static void
swap_frames (GByteArray *log)
{
  guint8 frame[GEZ_FRAME_SIZE];
  guint8 *first = log->data + LOG_HEADER_SIZE, *second = first + GEZ_FRAME_SIZE;

  memcpy (frame, first, sizeof frame);
  memcpy (first, second, sizeof frame);
  memcpy (second, frame, sizeof frame);
}

static void
change_salt (GByteArray *log)
{
  log->data[16] ^= 1;
}

static void
cut_log (GByteArray *log)
{
  g_byte_array_set_size (log, LOG_HEADER_SIZE + GEZ_FRAME_SIZE + 2000);
}

static void
empty_log (GByteArray *log)
{
  g_byte_array_set_size (log, 0);
}

static void
test_changed_log (Fixture      *fixture,
                  gconstpointer data)
{
  static const struct
  {
    ChangeLog change;
    gint64 n_rows;
  } changes[] = {
    { flip_third_frame, N_ROWS + 2 }, { swap_frames, N_ROWS }, { change_salt, N_ROWS },
    { cut_log, N_ROWS + 1 },          { empty_log, N_ROWS },
  };
  g_autoptr (GByteArray) database = read_file (fixture, "gezinsplan.db");

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GByteArray) log = NULL;

      write_file (fixture, "gezinsplan.db", database);
      leave_log (fixture);
      log = read_file (fixture, "gezinsplan.db-wal");
      changes[i].change (log);
      write_file (fixture, "gezinsplan.db-wal", log);
      g_assert_cmpint (count_rows (fixture), ==, changes[i].n_rows);
    }
}

/* Yesterday's log beside today's database: without epochs it would be taken in, and corrupt it. */
static void
test_stale_log (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GByteArray) stale = NULL;
  g_autoptr (GezVault) vault = NULL;
  sqlite3 *database;

  leave_log (fixture);
  stale = read_file (fixture, "gezinsplan.db-wal");
  vault = fixture_unlock (fixture->directory);
  database = fixture_open (vault);
  fixture_execute (database, "DELETE FROM item WHERE id > 1000; VACUUM");
  fixture_close (vault, database);
  g_clear_object (&vault);
  write_file (fixture, "gezinsplan.db-wal", stale);
  g_assert_cmpint (count_rows (fixture), ==, 1000);
}

static void
test_changed_epoch (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (GByteArray) epoch = NULL;

  leave_log (fixture);
  epoch = read_file (fixture, "gezinsplan.db-epoch");
  for (guint i = 0; i < epoch->len; i += 4096)
    epoch->data[i + 9] ^= 1;
  write_file (fixture, "gezinsplan.db-epoch", epoch);
  g_assert_cmpint (count_rows (fixture), ==, N_ROWS);
  /* And the next log is readable again. */
  leave_log (fixture);
  g_assert_cmpint (count_rows (fixture), ==, N_ROWS + 5);
}

/* SQLite itself sees no database in it. */
static void
test_not_sqlite (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "gezinsplan.db", NULL);
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "SELECT * FROM sqlite_schema", NULL, NULL, NULL), ==,
                   SQLITE_NOTADB);
  sqlite3_close (database);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/vault/tamper/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("flipped-page", test_flipped_page);
  ADD ("swapped-pages", test_swapped_pages);
  ADD ("zeroed-page", test_zeroed_page);
  ADD ("truncated", test_truncated);
  ADD ("foreign", test_foreign);
  ADD ("planted-journal", test_planted_journal);
  ADD ("log-after-crash", test_log_after_crash);
  ADD ("changed-log", test_changed_log);
  ADD ("stale-log", test_stale_log);
  ADD ("changed-epoch", test_changed_epoch);
  ADD ("not-sqlite", test_not_sqlite);
  return g_test_run ();
}
