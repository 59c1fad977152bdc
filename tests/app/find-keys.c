/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <unistd.h>

#include "byte-search.h"
#include "vault/gez-vault-header.h"

/*
 * Derives the keys of a store as an outsider who knows the passphrase does, and looks for each in the
 * memory of a program. For each it says the name, how often it is there, and how often in memory that
 * may be swapped out.
 *
 * usage: find-keys PROCESS STORE; the passphrase on standard input
 */

#define KEY_PREFIX 16 /* bytes of a key that nothing else can have */

static void
look_for (const char      *process,
          const char      *name,
          const GezSecret *key)
{
  printf ("%s %u %u\n", name, byte_search_memory (process, key->bytes, KEY_PREFIX),
          byte_search_unlocked_memory (process, key->bytes, KEY_PREFIX));
}

int
main (int    argc,
      char **argv)
{
  static const char *const names[] = { "page", "log", "epoch", "blob", "backup", "header" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSecret) words = gez_secret_new (&error), data_key = NULL;
  g_autoptr (GezVaultHeader) header = NULL;
  ssize_t length = read (STDIN_FILENO, words->bytes, GEZ_SECRET_SIZE);

  if (argc != 3 || length <= 0)
    g_error ("usage: find-keys PROCESS STORE; the passphrase on standard input");
  header = gez_vault_header_load (argv[2], (GezPassphrase) { (const char *) words->bytes, (gsize) length },
                                  &data_key, &error);
  if (header == NULL)
    g_error ("%s", error->message);
  look_for (argv[1], "data", data_key);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GezSecret) key = gez_vault_header_derive (data_key, (GezVaultKey) (i + 1), &error);

      if (key == NULL)
        g_error ("%s", error->message);
      look_for (argv[1], names[i], key);
    }
  return 0;
}
