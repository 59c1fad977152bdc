/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "circle/gez-roster.h"
#include "circle/gez-variant.h"
#include "fuzz-target.h"

/*
 * A record of the roster. The first byte says what the rest is: a file as it lies in the folder, or the
 * changes of a record that somebody with the team's key made, who is in the team or was. They follow on a
 * root that is sound, and are folded with it: whatever they say, the team has its leader, who did nothing.
 */

enum
{
  A_FILE = 'f',
  CHANGES = 'c', /* of the device that is in the team */
  FIRST = 'r',   /* as the root */
};

static const GezId team = { { 't' } }, member = { { 'm' } }, device = { { 'd' } };

static GezSecret *
make_key (guint8 first,
          guint8 public_key[GEZ_KEY_SIZE])
{
  GezSecret *secret = gez_secret_new (NULL);
  const guint8 seed[crypto_sign_SEEDBYTES] = { first };

  g_assert_cmpint (crypto_sign_seed_keypair (public_key, secret->bytes, seed), ==, 0);
  return secret;
}

static GVariant *
make_root (void)
{
  guint8 user_public[GEZ_KEY_SIZE], device_public[GEZ_KEY_SIZE], certificate[GEZ_SIGNATURE_SIZE];
  g_autoptr (GezSecret) user = make_key ('u', user_public), own = make_key ('d', device_public);
  const GezBytesView parts[] = { { &team, 16 }, { &member, 16 }, { &device, 16 }, { device_public, 32 } };
  const guint8 nothing[GEZ_KEY_SIZE] = { 0 };
  GVariantBuilder list;
  GezHash hash;

#define BYTES(of, size) g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, of, size, 1)
  gez_hash_parts (hash.bytes, sizeof hash, NULL, "device/1", parts, G_N_ELEMENTS (parts));
  gez_sign (user, &hash, certificate);
  g_variant_builder_init (&list, G_VARIANT_TYPE ("a(sv)"));
  g_variant_builder_add (&list, "(sv)", "team",
                         g_variant_new ("(s@ay@ay)", "Team", BYTES (nothing, 0), BYTES (nothing, 32)));
  g_variant_builder_add (&list, "(sv)", "member",
                         g_variant_new ("(@ayssb)", BYTES (&member, 16), "Lien", "teamleider", TRUE));
  g_variant_builder_add (&list, "(sv)", "user",
                         g_variant_new ("(@ay@ay)", BYTES (&member, 16), BYTES (user_public, 32)));
  g_variant_builder_add (&list, "(sv)", "device",
                         g_variant_new ("(@ay@ay@ayu@ay@ay)", BYTES (&device, 16), BYTES (&member, 16),
                                        BYTES (device_public, 32), 1, BYTES (nothing, 32),
                                        BYTES (certificate, 64)));
  return g_variant_ref_sink (g_variant_builder_end (&list));
}

static GezRosterRecord *
make_record (GVariant      *changes,
             const GezHash *parent)
{
  GezRosterRecord *record = g_new0 (GezRosterRecord, 1);
  guint8 public_key[GEZ_KEY_SIZE];
  g_autoptr (GezSecret) secret = make_key ('d', public_key);

  record->author = device;
  record->changes = g_variant_ref (changes);
  record->parents = g_array_new (FALSE, FALSE, sizeof (GezHash));
  if (parent != NULL)
    g_array_append_vals (record->parents, parent, 1);
  record->sequence = record->parents->len;
  record->hash.bytes[0] = (guint8) (record->sequence + 1);
  gez_sign (secret, &record->signed_hash, record->signature);
  return record;
}

static void
fold_with (GVariant *changes,
           gboolean  as_root)
{
  g_autoptr (GVariant) sound = make_root ();
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_roster_record_free);
  g_autoptr (GezRoster) roster = NULL;
  GezRosterRecord *root = make_record (as_root ? changes : sound, NULL);
  GezHash heads;

  g_ptr_array_add (records, root);
  if (!as_root)
    g_ptr_array_add (records, make_record (changes, &root->hash));
  roster = gez_roster_fold (&team, &root->hash, records);
  gez_roster_get_heads_hash (roster, &heads);
  g_assert_cmpuint (gez_roster_get_heads (roster)->len, ==,
                    as_root && gez_roster_get_refused (roster)->len ? 0 : 1);
  if (!as_root)
    g_assert_nonnull (gez_roster_find_device (roster, &device));
}

static void
read_file (GBytes *file)
{
  g_autoptr (GezSecret) key = gez_secret_new (NULL);
  g_autoptr (GPtrArray) wraps = NULL;
  g_autoptr (GError) error = NULL, peek_error = NULL;
  g_autoptr (GezRosterRecord) record = gez_roster_record_read (file, &team, key, &error);
  gboolean peeked = gez_roster_record_peek (file, &team, NULL, NULL, &wraps, &peek_error);

  g_assert_true (peeked == (peek_error == NULL));
  g_assert_true ((record == NULL) == (error != NULL));
  g_assert_true (record == NULL || peeked);
  if (peeked)
    g_assert_cmpuint (wraps->len % 8, ==, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) rest = size > 1 ? g_bytes_new (data + 1, size - 1) : NULL;
  g_autoptr (GVariant) changes = NULL;

  g_assert_cmpint (sodium_init (), >=, 0);
  if (rest == NULL)
    return 0;
  if (data[0] == A_FILE)
    read_file (rest);
  else if (data[0] == CHANGES || data[0] == FIRST)
    changes = gez_variant_read (rest, "a(sv)", NULL);
  if (changes != NULL)
    fold_with (changes, data[0] == FIRST);
  return 0;
}
