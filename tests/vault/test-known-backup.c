/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "counts.h"
#include "known-answers.h"
#include "vault-fixture.h"
#include "vault/gez-vault-backup.h"
#include "vault/gez-vault-header.h"
#include "vault/gez-vault-page.h"

/*
 * A backup that this program did not write, field by field after docs/STORAGE.md. Every field of it is
 * changed, with and without a checksum that fits.
 */

#define PREFIX_SIZE 131072
#define HEADER_AT 88
#define MAC_AT (PREFIX_SIZE - 48)
#define CHECKSUM_AT (PREFIX_SIZE - 16)
#define FILE_NAME "x.gezbackup"

typedef struct
{
  char *directory;
  char *path;
  GByteArray *content;
} Fixture;

static guint n_refused;

static void
put_hex (GByteArray *content,
         gsize       at,
         const char *text)
{
  gsize length = strlen (text) / 2;

  g_assert_cmpint (sodium_hex2bin (content->data + at, length, text, strlen (text), NULL, NULL, NULL), ==, 0);
}

static void
put (GByteArray *content,
     gsize       at,
     guint64     value,
     gsize       size)
{
  value = GUINT64_TO_LE (value);
  memcpy (content->data + at, &value, size);
}

static void
seal_page (GByteArray *content,
           guint64     number,
           guint       step,
           guint       first)
{
  g_autoptr (GezSecret) data = gez_secret_new (NULL), key = NULL;
  GezNonces nonces = { .n_left = 1 };
  GezId database;
  guint8 page[GEZ_PAGE_SIZE] = { 0 };

  for (guint i = 0; i < 32; i++)
    data->bytes[i] = (guint8) i;
  for (guint i = 0; i < GEZ_ID_SIZE; i++)
    database.bytes[i] = (guint8) (0x40 + i);
  for (guint i = 0; i < GEZ_NONCE_SIZE; i++)
    nonces.bytes[0][i] = (guint8) (0xa0 + i);
  for (guint i = 0; i < GEZ_PAGE_CONTENT; i++)
    page[i] = (guint8) (i * step + first);
  key = gez_vault_header_derive (data, GEZ_VAULT_KEY_PAGE, NULL);
  gez_page_seal (key, &database, number, &nonces, page,
                 content->data + PREFIX_SIZE + (number - 1) * GEZ_PAGE_SIZE);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  GByteArray *content = g_byte_array_new ();

  fixture->directory = fixture_make_directory ();
  fixture->path = g_build_filename (fixture->directory, FILE_NAME, NULL);
  fixture->content = content;
  g_byte_array_set_size (content, PREFIX_SIZE + 2 * GEZ_PAGE_SIZE);
  memset (content->data, 0, content->len);
  memcpy (content->data, "GEZBACKU", 8);
  put (content, 8, 1, 2);
  put (content, 12, strlen (HEADER) / 2, 4);
  put_hex (content, 16, "404142434445464748494a4b4c4d4e4f");
  put (content, 32, 1795252509123, 8);
  put (content, 40, 2, 8);
  put (content, 48, 2, 4);
  put_hex (content, 56, BACKUP_HASH);
  put_hex (content, HEADER_AT, HEADER);
  put_hex (content, MAC_AT, BACKUP_MAC);
  put_hex (content, CHECKSUM_AT, BACKUP_CHECKSUM);
  seal_page (content, 1, 7, 3);
  seal_page (content, 2, 13, 1);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
  g_byte_array_unref (fixture->content);
  fixture_remove_directory (fixture->directory);
  g_free (fixture->path);
  g_free (fixture->directory);
}

/* Returns: %TRUE, or the code of what opening it and reading all of it ended with */
static gboolean
read_backup (Fixture *fixture,
             int     *code)
{
  g_autoptr (GBytes) file = g_bytes_new (fixture->content->data, fixture->content->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVaultBackup) backup = NULL;
  gboolean sound;

  fixture_write (fixture->directory, FILE_NAME, file);
  backup = gez_vault_backup_open (fixture->path, WORDS, &error);
  sound = backup != NULL && gez_vault_backup_check_pages (backup, NULL, NULL, NULL, &error);
  if (!sound)
    {
      g_assert_true (error->domain == GEZ_VAULT_ERROR);
      *code = error->code;
    }
  return sound;
}

static void
assert_refused (Fixture      *fixture,
                GezVaultError expected)
{
  int code = -1;

  g_assert_false (read_backup (fixture, &code));
  g_assert_cmpint (code, ==, expected);
  n_refused++;
}

static void
make_checksum_fit (Fixture *fixture)
{
  crypto_generichash (fixture->content->data + CHECKSUM_AT, 16, fixture->content->data, CHECKSUM_AT, NULL, 0);
}

static void
test_reads (Fixture      *fixture,
            gconstpointer data)
{
  GezVaultBackupInfo info;
  g_autoptr (GError) error = NULL;
  int code;

  g_assert_true (read_backup (fixture, &code));
  g_assert_true (gez_vault_backup_peek (fixture->path, &info, &error));
  g_assert_cmpint (info.made_at, ==, 1795252509123);
  g_assert_cmpuint (info.n_pages, ==, 2);
  g_assert_cmpuint (info.schema, ==, 2);
  counts_add ("known answers", 1);
}

#define DAMAGED GEZ_VAULT_ERROR_DAMAGED
#define WRONG_PASSPHRASE GEZ_VAULT_ERROR_WRONG_PASSPHRASE

/* Each field, and what is said when it was changed and the checksum made to fit. */
static const struct
{
  const char *field;
  gsize at;
  GezVaultError expected;
} fields[] = {
  { "magic", 0, GEZ_VAULT_ERROR_NOT_A_STORE },
  { "version", 8, GEZ_VAULT_ERROR_TOO_NEW },
  { "zero", 10, DAMAGED },
  { "length of the header", 12, DAMAGED },
  { "database id", 16, DAMAGED },
  { "made at", 32, DAMAGED },
  { "number of pages", 40, DAMAGED },
  { "schema", 48, DAMAGED },
  { "second zero", 52, DAMAGED },
  { "hash of the pages", 56, DAMAGED },
  { "last byte of the hash", 87, DAMAGED },
  { "magic of the header", HEADER_AT, DAMAGED },
  { "database id in the header", HEADER_AT + 16, DAMAGED },
  { "salt in the header", HEADER_AT + 44, DAMAGED },
  { "first byte after the header", HEADER_AT + 349, DAMAGED },
  { "emptiness", 100000, DAMAGED },
  { "MAC", MAC_AT, DAMAGED },
  { "last byte of the MAC", CHECKSUM_AT - 1, DAMAGED },
};

static void
test_changed_fields (Fixture      *fixture,
                     gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_test_message ("%s", fields[i].field);
      fixture->content->data[fields[i].at] ^= 0x20;
      if (fields[i].at >= 8)
        assert_refused (fixture, DAMAGED);
      make_checksum_fit (fixture);
      assert_refused (fixture, fields[i].expected);
      fixture->content->data[fields[i].at] ^= 0x20;
      put_hex (fixture->content, CHECKSUM_AT, BACKUP_CHECKSUM);
    }
  fixture->content->data[CHECKSUM_AT] ^= 1;
  assert_refused (fixture, DAMAGED);
}

/* Pages vouch for themselves, the hash for their being together. */
static void
test_changed_pages (Fixture      *fixture,
                    gconstpointer data)
{
  guint8 *pages = fixture->content->data + PREFIX_SIZE;
  guint8 first[GEZ_PAGE_SIZE];

  for (guint at = 0; at < 2 * GEZ_PAGE_SIZE; at += 509)
    {
      pages[at] ^= 1;
      assert_refused (fixture, DAMAGED);
      pages[at] ^= 1;
    }
  memcpy (first, pages, sizeof first);
  memcpy (pages, pages + GEZ_PAGE_SIZE, sizeof first);
  memcpy (pages + GEZ_PAGE_SIZE, first, sizeof first);
  assert_refused (fixture, DAMAGED);
  memcpy (pages + GEZ_PAGE_SIZE, pages, sizeof first);
  memcpy (pages, first, sizeof first);
  /* A page that was sealed for this place, with other content: an older backup's. */
  seal_page (fixture->content, 2, 13, 2);
  assert_refused (fixture, DAMAGED);
  seal_page (fixture->content, 2, 13, 1);
  {
    int code;

    g_assert_true (read_backup (fixture, &code));
  }
}

static void
test_cut (Fixture      *fixture,
          gconstpointer data)
{
  static const struct
  {
    guint length;
    GezVaultError expected;
  } cuts[] = {
    { 0, GEZ_VAULT_ERROR_NOT_A_STORE },
    { 8, GEZ_VAULT_ERROR_NOT_A_STORE },
    { 87, GEZ_VAULT_ERROR_NOT_A_STORE },
    { 88, DAMAGED },
    { 500, DAMAGED },
    { PREFIX_SIZE - 1, DAMAGED },
    { PREFIX_SIZE, DAMAGED },
    { PREFIX_SIZE + 1, DAMAGED },
    { PREFIX_SIZE + GEZ_PAGE_SIZE, DAMAGED },
    { PREFIX_SIZE + 2 * GEZ_PAGE_SIZE - 1, DAMAGED },
    { PREFIX_SIZE + 2 * GEZ_PAGE_SIZE + 1, DAMAGED },
    { PREFIX_SIZE + 3 * GEZ_PAGE_SIZE, DAMAGED },
  };
  g_autoptr (GByteArray) whole = fixture->content;

  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      fixture->content = g_byte_array_new ();
      g_byte_array_append (fixture->content, whole->data, MIN (whole->len, cuts[i].length));
      if (cuts[i].length > whole->len)
        {
          g_byte_array_set_size (fixture->content, cuts[i].length);
          memset (fixture->content->data + whole->len, 0, cuts[i].length - whole->len);
        }
      assert_refused (fixture, cuts[i].expected);
      g_byte_array_unref (fixture->content);
    }
  fixture->content = g_byte_array_ref (whole);
}

static void
test_other_words (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVaultBackup) backup = NULL;
  int code;

  g_assert_true (read_backup (fixture, &code));
  backup = gez_vault_backup_open (fixture->path, OTHER_WORDS, &error);
  g_assert_error (error, GEZ_VAULT_ERROR, WRONG_PASSPHRASE);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
#define ADD(name, function) \
  g_test_add ("/vault/known-backup/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("reads", test_reads);
  ADD ("changed-fields", test_changed_fields);
  ADD ("changed-pages", test_changed_pages);
  ADD ("cut", test_cut);
  ADD ("other-words", test_other_words);
  result = g_test_run ();
  counts_add ("changed messages refused", n_refused);
  return result;
}
