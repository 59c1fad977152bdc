/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "counts.h"
#include "tamper.h"
#include "vault/gez-vault-connection.h"
#include "vault/gez-vault-vfs.h"

/*
 * Somebody changes the files of a locked store. A changed page is an error that names damage; a
 * changed log ends at the last commit before the change. Never a crash, never other people's words.
 *
 * What a person is told is exact here, case by case. So is what cannot be found out: the tests with
 * "unnoticed" in their name say what docs/STORAGE.md promises not to protect.
 */

#define NONCE_OF_PAGE 4056
#define TAG_OF_PAGE 4080
#define NONCE_OF_FRAME 4080
#define TAG_OF_FRAME 4104

typedef void (*Change) (GByteArray *content,
                        gsize       at,
                        gsize       other);

typedef struct
{
  const char *name;
  const char *file;
  Change change;
  gsize at;
  gsize other;
  Outcome expected;
} Case;

static void
flip (GByteArray *content,
      gsize       at,
      gsize       other)
{
  g_assert_cmpuint (at, <, content->len);
  content->data[at] ^= 0x20;
}

static void
swap_parts (GByteArray *content,
            gsize       at,
            gsize       other,
            gsize       size)
{
  g_autofree guint8 *part = g_memdup2 (content->data + at, size);

  g_assert_cmpuint (MAX (at, other) + size, <=, content->len);
  memcpy (content->data + at, content->data + other, size);
  memcpy (content->data + other, part, size);
}

static void
swap_pages (GByteArray *content,
            gsize       at,
            gsize       other)
{
  swap_parts (content, at, other, GEZ_PAGE_SIZE);
}

static void
swap_frames (GByteArray *content,
             gsize       at,
             gsize       other)
{
  swap_parts (content, at, other, GEZ_FRAME_SIZE);
}

static void
repeat_page (GByteArray *content,
             gsize       at,
             gsize       other)
{
  memcpy (content->data + at, content->data + other, GEZ_PAGE_SIZE);
}

static void
repeat_frame (GByteArray *content,
              gsize       at,
              gsize       other)
{
  memcpy (content->data + at, content->data + other, GEZ_FRAME_SIZE);
}

/* Up to @other; 0 for the end. */
static void
zero (GByteArray *content,
      gsize       at,
      gsize       other)
{
  memset (content->data + at, 0, (other ? other : content->len) - at);
}

static void
cut_to (GByteArray *content,
        gsize       at,
        gsize       other)
{
  g_byte_array_set_size (content, (guint) at);
}

static void
cut_by (GByteArray *content,
        gsize       at,
        gsize       other)
{
  g_byte_array_set_size (content, content->len - (guint) at);
}

static void
grow_by (GByteArray *content,
         gsize       at,
         gsize       other)
{
  guint before = content->len;

  g_byte_array_set_size (content, before + (guint) at);
  memset (content->data + before, (int) other, at);
}

/* The database of a locked store. */
static const Case database_cases[] = {
  { "bit of a page", DATABASE, flip, PAGE (11), 0, UNREADABLE (SQLITE_IOERR_AUTH) },
  { "nonce of a page", DATABASE, flip, PAGE (11) + NONCE_OF_PAGE, 0,
    UNREADABLE (SQLITE_IOERR_AUTH) },
  { "tag of a page", DATABASE, flip, PAGE (11) + TAG_OF_PAGE, 0, UNREADABLE (SQLITE_IOERR_AUTH) },
  { "bit of page 1", DATABASE, flip, 200, 0, DAMAGED },
  { "bit of SQLite's header", DATABASE, flip, 20, 0, DAMAGED },
  { "nonce of page 1", DATABASE, flip, NONCE_OF_PAGE, 0, DAMAGED },
  { "tag of page 1", DATABASE, flip, TAG_OF_PAGE, 0, DAMAGED },
  { "page zeroed", DATABASE, zero, PAGE (11), PAGE (12), UNREADABLE (SQLITE_IOERR_AUTH) },
  { "page 1 zeroed", DATABASE, zero, 0, PAGE (2), DAMAGED },
  { "last page zeroed in part", DATABASE, zero, PAGE (30) + 1000, PAGE (30) + 1512,
    UNREADABLE (SQLITE_IOERR_AUTH) },
  { "all zeroed", DATABASE, zero, 0, 0, DAMAGED },
  { "cut by a byte", DATABASE, cut_by, 1, 0, UNREADABLE (SQLITE_CORRUPT) },
  { "cut by a page", DATABASE, cut_by, GEZ_PAGE_SIZE, 0, DAMAGED },
  { "cut by part of a page", DATABASE, cut_by, 1000, 0, UNREADABLE (SQLITE_CORRUPT) },
  { "cut to three pages", DATABASE, cut_to, PAGE (4), 0, DAMAGED },
  { "cut to one page", DATABASE, cut_to, PAGE (2), 0, DAMAGED },
  { "cut to less than a page", DATABASE, cut_to, PAGE (2) - 1, 0, DAMAGED },
  { "cut to SQLite's header", DATABASE, cut_to, 100, 0, DAMAGED },
  { "cut to one byte", DATABASE, cut_to, 1, 0, DAMAGED },
  { "cut to nothing", DATABASE, cut_to, 0, 0, DAMAGED },
  { "grown by a page of zeros", DATABASE, grow_by, GEZ_PAGE_SIZE, 0, ROWS (N_ROWS) },
  { "grown by part of a page", DATABASE, grow_by, 1000, 0x55, ROWS (N_ROWS) },
  { "epoch changed without a log", EPOCH, flip, 9, 0, ROWS (N_ROWS) },
  { "epoch emptied without a log", EPOCH, cut_to, 0, 0, ROWS (N_ROWS) },
  { "header changed", "header", flip, 50, 0, ROWS (N_ROWS) },
  { "header emptied", "header", cut_to, 0, 0, ROWS (N_ROWS) },
  { "copy of the header changed", "header.copy", flip, 50, 0, ROWS (N_ROWS) },
};

/* Whole pages at a place that is not theirs. */
static const Case swap_cases[] = {
  { "pages swapped", DATABASE, swap_pages, PAGE (11), PAGE (12), UNREADABLE (SQLITE_IOERR_AUTH) },
  { "page 1 swapped", DATABASE, swap_pages, PAGE (1), PAGE (2), DAMAGED },
  { "page repeated", DATABASE, repeat_page, PAGE (11), PAGE (12), UNREADABLE (SQLITE_IOERR_AUTH) },
};

/* The files of a store that crashed with five commits in its log. */
static const Case log_cases[] = {
  { "nothing", LOG, grow_by, 0, 0, ROWS (N_ROWS + 5) },
  { "bit of a frame", LOG, flip, FRAME (2) + 100, 0, ROWS (N_ROWS + 2) },
  { "SQLite's header of a frame", LOG, flip, FRAME (2) + 3, 0, ROWS (N_ROWS + 2) },
  { "nonce of a frame", LOG, flip, FRAME (2) + NONCE_OF_FRAME, 0, ROWS (N_ROWS + 2) },
  { "tag of a frame", LOG, flip, FRAME (2) + TAG_OF_FRAME, 0, ROWS (N_ROWS + 2) },
  { "bit of the first frame", LOG, flip, FRAME (0), 0, ROWS (N_ROWS) },
  { "bit of the last frame", LOG, flip, FRAME (4) + 4000, 0, ROWS (N_ROWS + 4) },
  { "frames swapped", LOG, swap_frames, FRAME (0), FRAME (1), ROWS (N_ROWS) },
  { "frame repeated", LOG, repeat_frame, FRAME (3), FRAME (2), ROWS (N_ROWS + 3) },
  { "frame zeroed", LOG, zero, FRAME (1), FRAME (2), ROWS (N_ROWS + 1) },
  { "magic of the log", LOG, flip, 0, 0, ROWS (N_ROWS) },
  { "salt of the log", LOG, flip, 16, 0, ROWS (N_ROWS) },
  { "second salt of the log", LOG, flip, 20, 0, ROWS (N_ROWS) },
  { "checksum of the log", LOG, flip, 24, 0, ROWS (N_ROWS) },
  { "log cut within a frame", LOG, cut_to, FRAME (1) + 2000, 0, ROWS (N_ROWS + 1) },
  { "log cut between frames", LOG, cut_to, FRAME (3), 0, ROWS (N_ROWS + 3) },
  { "log cut to its header", LOG, cut_to, LOG_HEADER_SIZE, 0, ROWS (N_ROWS) },
  { "log cut within its header", LOG, cut_to, 31, 0, ROWS (N_ROWS) },
  { "log cut to nothing", LOG, cut_to, 0, 0, ROWS (N_ROWS) },
  { "log grown by zeros", LOG, grow_by, 2 * GEZ_FRAME_SIZE, 0, ROWS (N_ROWS + 5) },
  { "log grown by less than a frame", LOG, grow_by, 77, 0x55, ROWS (N_ROWS + 5) },
  { "epoch zeroed", EPOCH, zero, 0, 0, ROWS (N_ROWS) },
  { "epoch cut to nothing", EPOCH, cut_to, 0, 0, ROWS (N_ROWS) },
  { "bit of a page", DATABASE, flip, PAGE (11), 0, UNREADABLE (SQLITE_IOERR_AUTH) },
  { "bit of page 1, which the log does not hold", DATABASE, flip, 200, 0, DAMAGED },
  { "page cut that the log holds", DATABASE, cut_by, GEZ_PAGE_SIZE, 0, ROWS (N_ROWS + 5) },
};

static void
run_cases (Fixture    *fixture,
           Copy       *copy,
           const Case *cases,
           guint       n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autoptr (GByteArray) content = NULL;

      tamper_copy_put (copy, fixture->directory);
      content = tamper_read (fixture, cases[i].file);
      cases[i].change (content, cases[i].at, cases[i].other);
      tamper_write (fixture, cases[i].file, content);
      tamper_assert_outcome (fixture, cases[i].name, cases[i].expected);
    }
}

static void
test_database (Fixture      *fixture,
               gconstpointer data)
{
  run_cases (fixture, &tamper_closed, database_cases, G_N_ELEMENTS (database_cases));
}

static void
test_swapped_pages (Fixture      *fixture,
                    gconstpointer data)
{
  run_cases (fixture, &tamper_closed, swap_cases, G_N_ELEMENTS (swap_cases));
}

static void
test_log (Fixture      *fixture,
          gconstpointer data)
{
  run_cases (fixture, &tamper_crashed, log_cases, G_N_ELEMENTS (log_cases));
}

/* Every part of a page, in pages of every kind. */
static void
test_flipped_page (Fixture      *fixture,
                   gconstpointer data)
{
  static const guint places[] = { 0, 2000, 4055, 4056, 4079, 4080, 4095 };
  g_autoptr (GByteArray) content = tamper_read (fixture, DATABASE);
  guint n_pages = content->len / GEZ_PAGE_SIZE;

  for (guint page = 1; page <= n_pages; page += MAX (1, n_pages / 12))
    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
      {
        /* Page 1 shows at opening, in the words of the vault; the others when they are read. */
        Outcome first = DAMAGED, other = UNREADABLE (SQLITE_IOERR_AUTH);

        flip (content, PAGE (page) + places[i], 0);
        tamper_write (fixture, DATABASE, content);
        flip (content, PAGE (page) + places[i], 0);
        tamper_assert_outcome (fixture, "flipped page", page == 1 ? first : other);
      }
  tamper_write (fixture, DATABASE, content);
  tamper_assert_outcome (fixture, "put right", (Outcome) ROWS (N_ROWS));
}

/* Cut to nothing, or gone, is damage, not a new store: it stays as it is. */
static void
test_gone (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, DATABASE, NULL);
  g_autofree char *log = g_build_filename (fixture->directory, LOG, NULL);
  g_autofree char *epoch = g_build_filename (fixture->directory, EPOCH, NULL);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0), after = NULL;

  fixture_write (fixture->directory, DATABASE, nothing);
  tamper_assert_outcome (fixture, "cut to nothing", (Outcome) DAMAGED);
  after = fixture_read (fixture->directory, DATABASE);
  g_assert_cmpuint (g_bytes_get_size (after), ==, 0);
  g_unlink (path);
  tamper_assert_outcome (fixture, "database gone", (Outcome) DAMAGED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  tamper_copy_put (&tamper_crashed, fixture->directory);
  g_unlink (log);
  tamper_assert_outcome (fixture, "log gone", (Outcome) ROWS (N_ROWS));
  tamper_copy_put (&tamper_crashed, fixture->directory);
  g_unlink (epoch);
  tamper_assert_outcome (fixture, "epoch gone", (Outcome) ROWS (N_ROWS));
}

static void
test_headers (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GByteArray) content = tamper_read (fixture, "header");

  for (gsize at = 0; at < content->len; at += 3)
    {
      flip (content, at, 0);
      tamper_write (fixture, "header", content);
      tamper_write (fixture, "header.copy", content);
      flip (content, at, 0);
      tamper_assert_outcome (fixture, "both headers",
                      (Outcome) { NOT_UNLOCKED, GEZ_VAULT_ERROR_DAMAGED });
    }
}

/* The files of another store, which opens with the same words. */
static void
test_other_store (Fixture      *fixture,
                  gconstpointer data)
{
  g_autofree char *other = fixture_make_directory ();
  Copy copy = { 0 };
  g_autoptr (GezVault) vault = NULL;
  sqlite3 *database;

  fixture_make_store (other, N_ROWS);
  vault = fixture_unlock (other);
  database = fixture_open (vault);
  tamper_log_rows (database);
  tamper_copy_take (&copy, other);
  fixture_close (vault, database);
  g_clear_object (&vault);

  fixture_write (fixture->directory, DATABASE, copy.files[COPY_DATABASE]);
  tamper_assert_outcome (fixture, "database of another store", (Outcome) DAMAGED);
  tamper_copy_put (&tamper_closed, fixture->directory);
  fixture_write (fixture->directory, "header", copy.files[COPY_HEADER]);
  tamper_assert_outcome (fixture, "header of another store", (Outcome) DAMAGED);
  tamper_copy_put (&tamper_crashed, fixture->directory);
  fixture_write (fixture->directory, LOG, copy.files[COPY_LOG]);
  tamper_assert_outcome (fixture, "log of another store", (Outcome) ROWS (N_ROWS));
  tamper_copy_put (&tamper_crashed, fixture->directory);
  fixture_write (fixture->directory, EPOCH, copy.files[COPY_EPOCH]);
  tamper_assert_outcome (fixture, "epoch of another store", (Outcome) ROWS (N_ROWS));
  tamper_copy_put (&tamper_crashed, fixture->directory);
  fixture_write (fixture->directory, LOG, copy.files[COPY_LOG]);
  fixture_write (fixture->directory, EPOCH, copy.files[COPY_EPOCH]);
  tamper_assert_outcome (fixture, "log and epoch of another store", (Outcome) ROWS (N_ROWS));
  tamper_copy_clear (&copy);
  fixture_remove_directory (other);
}

static GezVaultVfs *
vfs_with (guint8 key,
          guint8 database)
{
  GezSecret *keys[3];
  GezId id = { { database } };
  g_autoptr (GError) error = NULL;
  GezVaultVfs *vfs;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      keys[i] = gez_secret_new (&error);
      g_assert_no_error (error);
      memset (keys[i]->bytes, key + (int) i, GEZ_SECRET_SIZE);
    }
  vfs = gez_vault_vfs_new (NULL, &id, keys[0], keys[1], keys[2], &error);
  g_assert_no_error (error);
  return vfs;
}

/* The right database under a wrong key, and with the right key as another database. */
static void
test_wrong_key (Fixture      *fixture,
                gconstpointer data)
{
  static const struct
  {
    guint8 key;
    guint8 database;
    gboolean fits;
  } tries[] = { { 1, 1, TRUE }, { 2, 1, FALSE }, { 1, 2, FALSE }, { 1, 1, TRUE } };
  g_autofree char *path = g_build_filename (fixture->directory, "plain-keys.db", NULL);
  GezVaultVfs *vfs = vfs_with (1, 1);
  g_autoptr (GError) error = NULL;
  sqlite3 *database = gez_vault_connection_open (path, gez_vault_vfs_get_name (vfs), TRUE, &error);

  g_assert_no_error (error);
  fixture_execute (database, "CREATE TABLE item (body TEXT); INSERT INTO item VALUES ('x')");
  g_assert_true (gez_vault_connection_close (database, &error));
  gez_vault_vfs_free (vfs);
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      vfs = vfs_with (tries[i].key, tries[i].database);
      database = gez_vault_connection_open (path, gez_vault_vfs_get_name (vfs), FALSE, &error);
      g_assert_true ((database != NULL) == tries[i].fits);
      if (tries[i].fits)
        g_assert_true (gez_vault_connection_close (database, &error));
      else
        g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
      g_clear_error (&error);
      gez_vault_vfs_free (vfs);
      tamper_n_cases++;
    }
}

/* An unencrypted database with our name on it, and an unencrypted log that fits its checksums. */
static void
test_plain (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "plain.db", NULL);
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);
  g_autoptr (GBytes) plain = NULL, log = NULL;
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  fixture_execute (database, "PRAGMA application_id = 1197832816; CREATE TABLE item (body TEXT)");
  plain = fixture_read (fixture->directory, "plain.db");
  fixture_execute (database, "PRAGMA journal_mode = WAL; INSERT INTO item VALUES ('planted')");
  log = fixture_read (fixture->directory, "plain.db-wal");
  g_assert_cmpuint (g_bytes_get_size (log), >, LOG_HEADER_SIZE);
  sqlite3_close (database);
  fixture_write (fixture->directory, DATABASE, plain);
  tamper_assert_outcome (fixture, "unencrypted database", (Outcome) DAMAGED);
  tamper_copy_put (&tamper_closed, fixture->directory);
  fixture_write (fixture->directory, LOG, log);
  tamper_assert_outcome (fixture, "unencrypted log", (Outcome) ROWS (N_ROWS));
}

/* A journal that would put an old page back is not looked at, with or without a super-journal. */
static void
plant_journal (Fixture    *fixture,
               const char *super)
{
  static const guint8 magic[] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
  g_autoptr (GByteArray) journal = g_byte_array_new (), kept = NULL;
  g_autoptr (GByteArray) before = tamper_read (fixture, DATABASE), after = NULL;
  guint8 tail[16] = { 0 };
  guint32 sum = 0;

  g_byte_array_append (journal, magic, sizeof magic);
  g_byte_array_set_size (journal, 512 + 8 + GEZ_PAGE_SIZE);
  memset (journal->data + sizeof magic, 0, journal->len - sizeof magic);
  journal->data[11] = 1;                              /* one page, */
  journal->data[22] = 2, journal->data[26] = 0x10;    /* sectors of 512, pages of 4096 */
  journal->data[515] = 1;                             /* page 1 */
  if (super != NULL)
    {
      g_byte_array_append (journal, (const guint8 *) super, (guint) strlen (super));
      for (const char *c = super; *c != '\0'; c++)
        sum += (guint8) *c;
      tail[3] = (guint8) strlen (super);
      tail[6] = (guint8) (sum >> 8);
      tail[7] = (guint8) sum;
      memcpy (tail + 8, magic, sizeof magic);
      g_byte_array_append (journal, tail, sizeof tail);
    }
  tamper_write (fixture, "gezinsplan.db-journal", journal);
  tamper_assert_outcome (fixture, "planted journal", (Outcome) ROWS (N_ROWS));
  after = tamper_read (fixture, DATABASE);
  g_assert_cmpmem (before->data, before->len, after->data, after->len);
  kept = tamper_read (fixture, "gezinsplan.db-journal");
  g_assert_cmpmem (journal->data, journal->len, kept->data, kept->len);
}

static void
test_planted_journal (Fixture      *fixture,
                      gconstpointer data)
{
  g_autofree char *super = g_build_filename (fixture->directory, "gezinsplan.db-mj123", NULL);
  g_autoptr (GBytes) content = g_bytes_new_static ("gezinsplan.db-journal", 22), kept = NULL;

  plant_journal (fixture, NULL);
  plant_journal (fixture, super);
  fixture_write (fixture->directory, "gezinsplan.db-mj123", content);
  plant_journal (fixture, super);
  kept = fixture_read (fixture->directory, "gezinsplan.db-mj123");
  g_assert_true (g_bytes_equal (content, kept));
}

/* Yesterday's log beside today's database: without epochs it would be taken in, and corrupt it. */
static void
test_stale_log (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GezVault) vault = NULL;
  sqlite3 *database;

  tamper_copy_put (&tamper_crashed, fixture->directory);
  vault = fixture_unlock (fixture->directory);
  database = fixture_open (vault);
  fixture_execute (database, "DELETE FROM item WHERE id > 1000; VACUUM");
  fixture_close (vault, database);
  g_clear_object (&vault);
  fixture_write (fixture->directory, LOG, tamper_crashed.files[COPY_LOG]);
  tamper_assert_outcome (fixture, "stale log", (Outcome) ROWS (1000));
}

/* Both slots of the epoch are lost, and with them the log; the next log is readable again. */
static void
test_changed_epoch (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (GByteArray) epoch = NULL;
  g_autoptr (GezVault) vault = NULL;
  sqlite3 *database;
  Copy again = { 0 };

  tamper_copy_put (&tamper_crashed, fixture->directory);
  epoch = tamper_read (fixture, EPOCH);
  for (guint i = 0; i < epoch->len; i += 4096)
    epoch->data[i + 9] ^= 1;
  tamper_write (fixture, EPOCH, epoch);
  tamper_assert_outcome (fixture, "both slots of the epoch", (Outcome) ROWS (N_ROWS));
  vault = fixture_unlock (fixture->directory);
  database = fixture_open (vault);
  tamper_log_rows (database);
  tamper_copy_take (&again, fixture->directory);
  fixture_close (vault, database);
  g_clear_object (&vault);
  tamper_copy_put (&again, fixture->directory);
  tamper_assert_outcome (fixture, "a log after that", (Outcome) ROWS (N_ROWS + N_LOGGED));
  tamper_copy_clear (&again);
}

/* Writes other words into every row, in place, and locks. */
static void
change_rows (Fixture    *fixture,
             const char *sql)
{
  g_autoptr (GezVault) vault = fixture_unlock (fixture->directory);
  sqlite3 *database = fixture_open (vault);

  fixture_execute (database, sql);
  fixture_close (vault, database);
}

static gint64
count_where (Fixture    *fixture,
             const char *condition)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM item WHERE %s", condition);
  g_autoptr (GezVault) vault = fixture_unlock (fixture->directory);
  sqlite3 *database = fixture_open (vault);
  gint64 count = fixture_integer (database, sql);

  fixture_close (vault, database);
  return count;
}

/* Old pages at their old places authenticate: they were true once. */
static void
test_old_pages_unnoticed (Fixture      *fixture,
                          gconstpointer data)
{
  gsize length = g_bytes_get_size (tamper_closed.files[COPY_DATABASE]);
  const guint8 *old = g_bytes_get_data (tamper_closed.files[COPY_DATABASE], NULL);
  g_autoptr (GByteArray) content = NULL;
  guint n_back = 0;

  change_rows (fixture, "UPDATE item SET body = 'new' || substr (body, 4)");
  g_assert_cmpint (count_where (fixture, "body LIKE 'new%'"), ==, N_ROWS);
  content = tamper_read (fixture, DATABASE);
  g_assert_cmpuint (content->len, ==, length);
  for (gsize at = PAGE (2); at < length; at += GEZ_PAGE_SIZE)
    if (memcmp (content->data + at, old + at, GEZ_PAGE_SIZE) != 0)
      {
        memcpy (content->data + at, old + at, GEZ_PAGE_SIZE);
        n_back++;
      }
  g_assert_cmpuint (n_back, >, 50);
  tamper_write (fixture, DATABASE, content);
  tamper_assert_outcome (fixture, "old pages", (Outcome) ROWS (N_ROWS));
  g_assert_cmpint (count_where (fixture, "body LIKE 'new%'"), ==, 0);
  g_test_message ("not detected: %u old pages were put back, and their rows are old", n_back);
}

static void
test_old_directory_unnoticed (Fixture      *fixture,
                              gconstpointer data)
{
  change_rows (fixture, "DELETE FROM item WHERE id > 10; UPDATE item SET body = 'new'");
  tamper_assert_outcome (fixture, "before", (Outcome) ROWS (10));
  tamper_copy_put (&tamper_closed, fixture->directory);
  tamper_assert_outcome (fixture, "old directory", (Outcome) ROWS (N_ROWS));
  g_assert_cmpint (count_where (fixture, "body = 'new'"), ==, 0);
  g_test_message ("not detected: a whole older directory was put back");
}

/* An epoch and a log of one time beside a database of a later one. */
static void
test_old_log_and_epoch_unnoticed (Fixture      *fixture,
                                  gconstpointer data)
{
  tamper_copy_put (&tamper_crashed, fixture->directory);
  change_rows (fixture, "UPDATE item SET body = 'new' WHERE body = 'log'");
  g_assert_cmpint (count_where (fixture, "body = 'new'"), ==, N_LOGGED);
  fixture_write (fixture->directory, LOG, tamper_crashed.files[COPY_LOG]);
  tamper_assert_outcome (fixture, "old log alone", (Outcome) ROWS (N_ROWS + N_LOGGED));
  g_assert_cmpint (count_where (fixture, "body = 'new'"), ==, N_LOGGED);
  fixture_write (fixture->directory, LOG, tamper_crashed.files[COPY_LOG]);
  fixture_write (fixture->directory, EPOCH, tamper_crashed.files[COPY_EPOCH]);
  tamper_assert_outcome (fixture, "old log with its epoch", (Outcome) ROWS (N_ROWS + N_LOGGED));
  g_assert_cmpint (count_where (fixture, "body = 'new'"), ==, 0);
  g_test_message ("not detected: a log and its epoch of an earlier time were put back");
}

/* A page that a power loss tore opens as long as the log holds it whole. */
static void
test_torn_page_in_log (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (GByteArray) content = NULL;
  g_autoptr (GezVault) vault = fixture_unlock (fixture->directory);
  sqlite3 *database = fixture_open (vault);
  Copy copy = { 0 };

  fixture_execute (database, "PRAGMA user_version = 7; INSERT INTO item VALUES (2001, 'x')");
  tamper_copy_take (&copy, fixture->directory);
  fixture_close (vault, database);
  g_clear_object (&vault);
  tamper_copy_put (&copy, fixture->directory);
  content = tamper_read (fixture, DATABASE);
  zero (content, 512, 1024);
  tamper_write (fixture, DATABASE, content);
  tamper_assert_outcome (fixture, "page 1 torn, in the log", (Outcome) ROWS (N_ROWS + 1));
  tamper_copy_clear (&copy);
}

/* A database and its log under another name: a page knows its database, not its file. */
static void
test_other_name (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "other.db", NULL);
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *database;

  fixture_write (fixture->directory, "other.db", tamper_crashed.files[COPY_DATABASE]);
  fixture_write (fixture->directory, "other.db-wal", tamper_crashed.files[COPY_LOG]);
  vault = fixture_unlock (fixture->directory);
  database = gez_vault_open_copy (vault, path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_integer (database, "SELECT count (*) FROM item"), ==, N_ROWS);
  fixture_close (vault, database);
  tamper_n_cases++;
}

/* SQLite itself sees no database in it. */
static void
test_not_sqlite (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, DATABASE, NULL);
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "SELECT * FROM sqlite_schema", NULL, NULL, NULL), ==,
                   SQLITE_NOTADB);
  sqlite3_close (database);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/vault/tamper/" name, Fixture, NULL, tamper_set_up, function, tamper_tear_down)
  ADD ("database", test_database);
  ADD ("swapped-pages", test_swapped_pages);
  ADD ("log", test_log);
  ADD ("flipped-page", test_flipped_page);
  ADD ("gone", test_gone);
  ADD ("headers", test_headers);
  ADD ("other-store", test_other_store);
  ADD ("wrong-key", test_wrong_key);
  ADD ("plain", test_plain);
  ADD ("planted-journal", test_planted_journal);
  ADD ("stale-log", test_stale_log);
  ADD ("changed-epoch", test_changed_epoch);
  ADD ("old-pages-unnoticed", test_old_pages_unnoticed);
  ADD ("old-directory-unnoticed", test_old_directory_unnoticed);
  ADD ("old-log-and-epoch-unnoticed", test_old_log_and_epoch_unnoticed);
  ADD ("torn-page-in-log", test_torn_page_in_log);
  ADD ("other-name", test_other_name);
  ADD ("not-sqlite", test_not_sqlite);
  result = g_test_run ();
  counts_add ("tamper cases", tamper_n_cases);
  tamper_clear ();
  return result;
}
