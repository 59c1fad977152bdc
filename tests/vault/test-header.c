/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "vault-fixture.h"
#include "vault/gez-secrets.h"
#include "vault/gez-vault-header.h"
#include "vault/gez-vault-keys.h"
#include "vault/gez-vault-slot.h"

#define CHECKSUM_SIZE 16
#define SLOT_AT 44 /* the payload of the first slot */

typedef struct
{
  char *directory;
  GBytes *sound;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->directory = fixture_make_directory ();
  fixture_make_store (fixture->directory, 3);
  fixture->sound = fixture_read (fixture->directory, "header");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
  fixture_remove_directory (fixture->directory);
  g_bytes_unref (fixture->sound);
  g_free (fixture->directory);
}

static GBytes *
with_byte (GBytes *content,
           gsize   at,
           guint8  mask)
{
  gsize length;
  guint8 *copy = g_memdup2 (g_bytes_get_data (content, &length), g_bytes_get_size (content));

  length = g_bytes_get_size (content);
  copy[at] ^= mask;
  return g_bytes_new_take (copy, length);
}

/* What somebody who knows the format, but not the key, can write. */
static GBytes *
with_checksum (GBytes *content)
{
  gsize length = g_bytes_get_size (content);
  guint8 *copy = g_memdup2 (g_bytes_get_data (content, NULL), length);

  crypto_generichash (copy + length - CHECKSUM_SIZE, CHECKSUM_SIZE, copy, length - CHECKSUM_SIZE,
                      NULL, 0);
  return g_bytes_new_take (copy, length);
}

static void
assert_unlock_fails (const char   *directory,
                     GezVaultError expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock (directory, WORDS, &error);

  g_assert_error (error, GEZ_VAULT_ERROR, (int) expected);
  g_assert_null (vault);
}

static void
assert_opens_and_heals (Fixture *fixture)
{
  g_autoptr (GezVault) vault = fixture_unlock (fixture->directory);
  g_autoptr (GBytes) header = fixture_read (fixture->directory, "header");
  g_autoptr (GBytes) copy = fixture_read (fixture->directory, "header.copy");

  g_assert_true (gez_vault_has_database (vault));
  g_assert_true (g_bytes_equal (header, fixture->sound));
  g_assert_true (g_bytes_equal (copy, fixture->sound));
}

static void
write_both (Fixture *fixture,
            GBytes  *content)
{
  fixture_write (fixture->directory, "header", content);
  fixture_write (fixture->directory, "header.copy", content);
}

static void
test_truncated (Fixture      *fixture,
                gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->sound);

  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (fixture->sound, 0, i);

      write_both (fixture, cut);
      assert_unlock_fails (fixture->directory, GEZ_VAULT_ERROR_DAMAGED);
      g_assert_true (gez_vault_exists (fixture->directory));
    }
  for (gsize i = 0; i < length; i += 37)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (fixture->sound, 0, i);

      write_both (fixture, fixture->sound);
      fixture_write (fixture->directory, i % 2 ? "header" : "header.copy", cut);
      assert_opens_and_heals (fixture);
    }
}

static void
test_flipped (Fixture      *fixture,
              gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->sound);

  for (gsize i = 0; i < length; i++)
    for (int bit = 0; bit < 8; bit++)
      {
        g_autoptr (GBytes) flipped = with_byte (fixture->sound, i, (guint8) (1 << bit));

        write_both (fixture, flipped);
        assert_unlock_fails (fixture->directory, GEZ_VAULT_ERROR_DAMAGED);
      }
  for (gsize i = 0; i < length; i += 5)
    {
      g_autoptr (GBytes) flipped = with_byte (fixture->sound, i, 0x10);

      write_both (fixture, fixture->sound);
      fixture_write (fixture->directory, "header", flipped);
      assert_opens_and_heals (fixture);
    }
}

/* Changed on purpose, with a checksum that fits: whatever is said, it is not "welcome". */
static void
test_forged (Fixture      *fixture,
             gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->sound);

  for (gsize i = 0; i < length - CHECKSUM_SIZE; i++)
    {
      g_autoptr (GBytes) changed = with_byte (fixture->sound, i, 0x01);
      g_autoptr (GBytes) forged = with_checksum (changed);
      g_autoptr (GezVault) vault = NULL;
      g_autoptr (GError) error = NULL;

      write_both (fixture, forged);
      vault = gez_vault_unlock (fixture->directory, WORDS, &error);
      g_assert_null (vault);
      g_assert_true (error->domain == GEZ_VAULT_ERROR);
      g_assert_true (error->code == GEZ_VAULT_ERROR_DAMAGED
                     || error->code == GEZ_VAULT_ERROR_TOO_NEW
                     || error->code == GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
    }
}

/* The flag that a database exists, taken away: an empty file would look like a new store. */
static void
test_forged_flag (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GBytes) changed = with_byte (fixture->sound, 12, 0x01);
  g_autoptr (GBytes) forged = with_checksum (changed);

  write_both (fixture, forged);
  assert_unlock_fails (fixture->directory, GEZ_VAULT_ERROR_DAMAGED);
  fixture_write (fixture->directory, "header.copy", fixture->sound);
  assert_opens_and_heals (fixture);
}

static void
test_newer (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GBytes) changed = with_byte (fixture->sound, 8, 0x03);
  g_autoptr (GBytes) newer = with_checksum (changed);

  write_both (fixture, newer);
  assert_unlock_fails (fixture->directory, GEZ_VAULT_ERROR_TOO_NEW);
}

static void
test_empty_and_gone (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree guint8 *zeros = g_malloc0 (70000);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) zeroed = g_bytes_new_static (zeros, g_bytes_get_size (fixture->sound));
  g_autoptr (GBytes) large = g_bytes_new_static (zeros, 70000);
  g_autofree char *header = g_build_filename (fixture->directory, "header", NULL);
  g_autofree char *copy = g_build_filename (fixture->directory, "header.copy", NULL);

  write_both (fixture, nothing);
  assert_unlock_fails (fixture->directory, GEZ_VAULT_ERROR_DAMAGED);
  write_both (fixture, zeroed);
  assert_unlock_fails (fixture->directory, GEZ_VAULT_ERROR_DAMAGED);
  write_both (fixture, large);
  assert_unlock_fails (fixture->directory, GEZ_VAULT_ERROR_DAMAGED);
  write_both (fixture, fixture->sound);
  g_unlink (header);
  assert_opens_and_heals (fixture);
  g_unlink (copy);
  assert_opens_and_heals (fixture);
}

/* A cost that would take all memory or a day is not tried; nor is one that is too cheap. */
static void
test_cost (Fixture      *fixture,
           gconstpointer data)
{
  static const struct
  {
    guint32 operations;
    guint64 memory;
    gboolean is_valid;
  } costs[] = {
    { 0, 0, FALSE },
    { 0, 8 << 20, FALSE },
    { 1, 0, FALSE },
    { 1, 8 << 20, TRUE },
    { 10, 8 << 20, TRUE },
    { 1, 1 << 30, TRUE },
    { 10, 1 << 30, TRUE },
    { 11, 8 << 20, FALSE },
    { 11, 1 << 30, FALSE },
    { 1u << 31, 8 << 20, FALSE },
    { (1u << 31) + 1, 8 << 20, FALSE },
    { G_MAXUINT32, 8 << 20, FALSE },
    { 1, (8 << 20) - 1, FALSE },
    { 1, (1 << 30) + 1, FALSE },
    /* Sound in their lower 32 bits alone. */
    { 1, (G_GUINT64_CONSTANT (1) << 32) + (8 << 20), FALSE },
    { 1, (G_GUINT64_CONSTANT (1) << 63) + (8 << 20), FALSE },
    { 1, G_MAXUINT32, FALSE },
    { 1, G_MAXINT64, FALSE },
    { 1, G_MAXUINT64, FALSE },
    { G_MAXUINT32, G_MAXUINT64, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (costs); i++)
    {
      gsize length = g_bytes_get_size (fixture->sound);
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (fixture->sound, NULL), length);
      guint32 operations = GUINT32_TO_LE (costs[i].operations);
      guint64 memory = GUINT64_TO_LE (costs[i].memory);
      g_autoptr (GBytes) changed = NULL, forged = NULL;
      g_autoptr (GezVaultHeader) header = NULL;
      g_autoptr (GError) error = NULL;

      memcpy (bytes + SLOT_AT + 16, &operations, sizeof operations);
      memcpy (bytes + SLOT_AT + 24, &memory, sizeof memory);
      changed = g_bytes_new (bytes, length);
      forged = with_checksum (changed);
      header = gez_vault_header_parse (forged, &error);
      if (costs[i].is_valid)
        g_assert_no_error (error);
      else
        g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
    }
}

/* Numbers and lengths that do not fit the file: none of them makes the program read past its end. */
static void
test_numbers (Fixture      *fixture,
              gconstpointer data)
{
  guint length = (guint) g_bytes_get_size (fixture->sound);
  const struct
  {
    gsize at;
    guint size;
    guint value;
  } numbers[] = {
    { 10, 2, 0 },          { 10, 2, 2 },          { 10, 2, 64 },
    { 10, 2, 65 },         { 10, 2, G_MAXUINT16 },
    { 32, 4, 0 },          { 32, 4, length - 1 }, { 32, 4, length + 1 },
    { 32, 4, 1u << 31 },   { 32, 4, G_MAXUINT32 },
    { 42, 2, 0 },          { 42, 2, GEZ_SLOT_PASSPHRASE_SIZE - 1 },
    { 42, 2, GEZ_SLOT_PASSPHRASE_SIZE + 1 },      { 42, 2, G_MAXINT16 },
    { 42, 2, G_MAXUINT16 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (fixture->sound, NULL), length);
      guint32 value = GUINT32_TO_LE (numbers[i].value);
      g_autoptr (GBytes) changed = NULL, forged = NULL;
      g_autoptr (GezVaultHeader) header = NULL;
      g_autoptr (GError) error = NULL;

      memcpy (bytes + numbers[i].at, &value, numbers[i].size);
      changed = g_bytes_new (bytes, length);
      forged = with_checksum (changed);
      header = gez_vault_header_parse (forged, &error);
      g_assert_null (header);
      g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
    }
}

/* What a caller asks for is brought within the limits, so that the store opens again. */
static void
test_asked_cost (Fixture      *fixture,
                 gconstpointer data)
{
  static const GezKdfCost asked[] = { { 0, 0 }, { G_MAXUINT32, 1 }, { 3, (8 << 20) + 1 } };
  static const GezKdfCost got[] = { { 1, 8 << 20 }, { 10, 8 << 20 }, { 3, (8 << 20) + 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (GezVault) vault = fixture_unlock (fixture->directory);
      g_autoptr (GError) error = NULL;
      GezKdfCost cost;

      gez_vault_set_passphrase (vault, WORDS, asked[i], &error);
      g_assert_no_error (error);
      cost = gez_vault_get_cost (vault);
      g_assert_cmpuint (cost.operations, ==, got[i].operations);
      g_assert_cmpuint (cost.memory, ==, got[i].memory);
      g_clear_object (&vault);
      vault = fixture_unlock (fixture->directory);
      cost = gez_vault_get_cost (vault);
      g_assert_cmpuint (cost.operations, ==, got[i].operations);
      g_assert_cmpuint (cost.memory, ==, got[i].memory);
    }
}

static void
test_unknown_slots (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (GezVaultHeader) header = gez_vault_header_new ();
  g_autoptr (GezVaultHeader) back = NULL;
  g_autoptr (GezSecret) key = gez_secret_new (NULL), opened = NULL;
  g_autoptr (GBytes) payload = g_bytes_new_static ("of a later time", 15);
  g_autoptr (GBytes) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;

  memset (key->bytes, 7, GEZ_KEY_SIZE);
  gez_vault_header_add_slot (header, 2, payload);
  gez_vault_header_add_passphrase (header, OTHER_WORDS, GEZ_KDF_COST_TEST, key, &error);
  g_assert_no_error (error);
  gez_vault_header_add_slot (header, 999, payload);
  gez_vault_header_add_passphrase (header, WORDS, GEZ_KDF_COST_TEST, key, &error);
  g_assert_no_error (error);

  first = gez_vault_header_serialize (header, key, &error);
  back = gez_vault_header_parse (first, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gez_vault_header_get_n_slots (back), ==, 4);
  opened = gez_vault_header_unlock (back, WORDS, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (opened->bytes, GEZ_KEY_SIZE, key->bytes, GEZ_KEY_SIZE);
  second = gez_vault_header_serialize (back, opened, &error);
  g_assert_true (g_bytes_equal (first, second));
}

/* Derived keys are part of the format: a store of today opens for ever. */
static void
test_known_keys (void)
{
  static const char *const expected[] = {
    "fcebc2f27255f1c055e744cfd39a1596d86d73293a88246e90a35f93c504bf72", /* page */
    "44be442c0c1cfe7b4fd461994b72d96514d5f9722c38c13841cd66fe01b8ea7a", /* log */
    "55fb69b0a02153632a097fa1711ceaa92f98aa0a635663e6ebe7a8ee75075959", /* epoch */
    "4a3cd4b333a410cfe709f35801db035b4fad140764a27d6cdef8bdc5dd375dd3", /* blob */
    "aa3129025105d192c87d77e4dc7bf9e2f4b57aeb743335cda99dc58f4f45ddd5", /* backup */
    "516dcf0736d39fbad26b0413e1a79d4805c07dc9d4c19bfc404d9d70c3c47c2f", /* header */
  };
  g_autoptr (GezSecret) key = gez_secret_new (NULL);

  for (guint i = 0; i < GEZ_KEY_SIZE; i++)
    key->bytes[i] = (guint8) i;
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GezSecret) derived = gez_vault_header_derive (key, (GezVaultKey) (i + 1), NULL);
      char text[2 * GEZ_KEY_SIZE + 1];

      sodium_bin2hex (text, sizeof text, derived->bytes, GEZ_KEY_SIZE);
      g_assert_cmpstr (text, ==, expected[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
#define ADD(name, function) \
  g_test_add ("/vault/header/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("truncated", test_truncated);
  ADD ("flipped", test_flipped);
  ADD ("forged", test_forged);
  ADD ("forged-flag", test_forged_flag);
  ADD ("newer", test_newer);
  ADD ("empty-and-gone", test_empty_and_gone);
  ADD ("cost", test_cost);
  ADD ("numbers", test_numbers);
  ADD ("asked-cost", test_asked_cost);
  ADD ("unknown-slots", test_unknown_slots);
  g_test_add_func ("/vault/header/known-keys", test_known_keys);
  return g_test_run ();
}
