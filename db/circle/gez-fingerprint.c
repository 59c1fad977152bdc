/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-fingerprint.h"

#include <sodium.h>
#include <string.h>

#include "base/gez-date.h"
#include "base/gez-phone.h"
#include "base/gez-text.h"
#include "circle/gez-fingerprint-spelling.h"

/*
 * Keyed hashes of persons, for finding a second file of the same family without names (docs/SYNC.md,
 * "Fingerprints").
 *
 * A hash has 64 bits. With 10,000 persons of ten hashes each, somebody who is looked up with ten meets a
 * stranger by chance once in 10^13 times; longer ones would only make the index larger.
 */

#define PRINT_NAME "print/1"
#define PHONE_LEAST_DIGITS 8

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static char *
make_hash (const GezSecret *key,
           const char      *what,
           const char      *with)
{
  const GezBytesView parts[] = { { what, strlen (what) }, { with, strlen (with) } };
  guint8 hash[GEZ_FINGERPRINT_SIZE / 2];
  char text[GEZ_FINGERPRINT_SIZE + 1];

  gez_hash_parts (hash, sizeof hash, key->bytes, PRINT_NAME, parts, G_N_ELEMENTS (parts));
  return g_strdup (sodium_bin2hex (text, sizeof text, hash, sizeof hash));
}

/**
 * gez_fingerprint_of_name:
 * @key: the team's fingerprint key
 * @first_name: (nullable): as it was typed
 * @last_name: (nullable): as it was typed
 * @born_on: (nullable): `YYYY-MM-DD`
 *
 * Returns: (transfer full) (element-type utf8): up to six hashes, of each spelling with the birth date;
 *   none when a name or the date is missing
 *
 * Thread: any, here and below.
 */
GPtrArray *
gez_fingerprint_of_name (const GezSecret *key,
                         const char      *first_name,
                         const char      *last_name,
                         const char      *born_on)
{
  GPtrArray *hashes = new_list ();
  g_autoptr (GPtrArray) spellings = NULL;

  g_return_val_if_fail (key != NULL, hashes);

  if (born_on == NULL || !gez_date_is_valid (born_on))
    return hashes;
  spellings = gez_fingerprint_spellings (first_name, last_name);
  for (guint i = 0; i < spellings->len; i++)
    g_ptr_array_add (hashes, make_hash (key, spellings->pdata[i], born_on));
  return hashes;
}

/**
 * gez_fingerprint_of_phones:
 * @key: the team's fingerprint key
 * @phones: (nullable): one or more numbers as they were typed
 *
 * Returns: (transfer full) (element-type utf8): a hash of each whole number
 */
GPtrArray *
gez_fingerprint_of_phones (const GezSecret *key,
                           const char      *phones)
{
  GPtrArray *hashes = new_list ();
  g_auto (GStrv) numbers = gez_phone_list (phones, PHONE_LEAST_DIGITS);

  g_return_val_if_fail (key != NULL, hashes);

  for (guint i = 0; numbers[i] != NULL; i++)
    g_ptr_array_add (hashes, make_hash (key, "phone", numbers[i]));
  return hashes;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * gez_fingerprint_of_person:
 *
 * Returns: (transfer full) (element-type utf8): the hashes of the name and those of the numbers, in an
 *   order that does not tell which is which
 */
GPtrArray *
gez_fingerprint_of_person (const GezSecret *key,
                           const char      *first_name,
                           const char      *last_name,
                           const char      *born_on,
                           const char      *phones)
{
  GPtrArray *hashes = gez_fingerprint_of_name (key, first_name, last_name, born_on);

  g_ptr_array_extend_and_steal (hashes, gez_fingerprint_of_phones (key, phones));
  g_ptr_array_sort (hashes, compare_texts);
  return hashes;
}

/**
 * gez_fingerprint_file_token:
 * @key: the team's fingerprint key
 *
 * Returns: (transfer full): what stands for the file of @household: GEZ_FILE_TOKEN_SIZE hexadecimal digits
 */
char *
gez_fingerprint_file_token (const GezSecret *key,
                            const GezId     *household)
{
  guint8 hash[GEZ_FILE_TOKEN_SIZE / 2];
  char text[GEZ_FILE_TOKEN_SIZE + 1];

  g_return_val_if_fail (key != NULL && household != NULL, NULL);

  gez_hash_parts (hash, sizeof hash, key->bytes, "file/1", &(GezBytesView){ household->bytes, GEZ_ID_SIZE },
                  1);
  return g_strdup (sodium_bin2hex (text, sizeof text, hash, sizeof hash));
}

/**
 * gez_fingerprint_hit_free:
 * @hit: (nullable) (transfer full): a hit
 */
void
gez_fingerprint_hit_free (GezFingerprintHit *hit)
{
  if (hit == NULL)
    return;
  g_free (hit->member_name);
  g_free (hit->file_token);
  g_free (hit);
}
