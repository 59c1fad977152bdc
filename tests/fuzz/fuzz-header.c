/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "../vault/known-answers.h"
#include "fuzz-target.h"
#include "vault/gez-vault-header.h"
#include "vault/gez-vault-recovery.h"
#include "vault/gez-vault-slot.h"

/*
 * The header file of a store. Nothing vouches for it until a slot has opened, so anybody who can write
 * to the disk writes what is parsed here.
 */

#define CHECKSUM_SIZE 16
#define MAC_SIZE 32
#define ZERO_AT 36

/* The code of the vectors (tests/vault/known-answers.h), whose header is in the corpus. It opens no other:
 * the MAC vouches for each byte. */
static void
try_to_open (GezVaultHeader *header,
             GBytes         *content)
{
  g_autoptr (GezSecret) code = gez_secret_new (NULL), key = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *known = g_malloc (strlen (HEADER) / 2);
  gsize length;

  for (guint i = 0; i < GEZ_RECOVERY_CODE_SIZE; i++)
    code->bytes[i] = (guint8) (0x80 + i);
  key = gez_vault_header_unlock_with_recovery (header, code, &error);
  if (key == NULL)
    {
      g_assert_true (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY)
                     || g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED));
      return;
    }
  g_assert_cmpint (sodium_hex2bin (known, strlen (HEADER) / 2, HEADER, strlen (HEADER), NULL, &length, NULL),
                   ==, 0);
  g_assert_cmpmem (known, length, g_bytes_get_data (content, NULL), g_bytes_get_size (content));
}

/* What was accepted is written again, and comes out as it went in. */
static void
write_again (GezVaultHeader *header,
             GBytes         *content)
{
  g_autoptr (GezSecret) key = gez_secret_new (NULL);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = g_bytes_get_size (content);
  const guint8 *before = g_bytes_get_data (content, NULL), *after;

  again = gez_vault_header_serialize (header, key, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (again), ==, length);
  after = g_bytes_get_data (again, NULL);
  g_assert_cmpmem (before, ZERO_AT, after, ZERO_AT);
  g_assert_cmpmem (before + ZERO_AT + 4, length - ZERO_AT - 4 - MAC_SIZE - CHECKSUM_SIZE,
                   after + ZERO_AT + 4, length - ZERO_AT - 4 - MAC_SIZE - CHECKSUM_SIZE);
}

static void
parse (const guint8 *data,
       gsize         size)
{
  g_autoptr (GBytes) content = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVaultHeader) header = gez_vault_header_parse (content, &error);

  if (header != NULL)
    {
      g_assert_no_error (error);
      write_again (header, content);
      try_to_open (header, content);
      return;
    }
  g_assert_true (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED)
                 || g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_TOO_NEW));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree guint8 *forged = NULL;

  g_assert_cmpint (sodium_init (), >=, 0);
  parse (data, size);
  if (size <= CHECKSUM_SIZE)
    return 0;
  /* The same with a checksum that fits, which anybody can make. */
  forged = g_memdup2 (data, size);
  crypto_generichash (forged + size - CHECKSUM_SIZE, CHECKSUM_SIZE, forged, size - CHECKSUM_SIZE,
                      NULL, 0);
  parse (forged, size);
  return 0;
}
