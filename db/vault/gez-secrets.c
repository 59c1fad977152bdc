/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-secrets.h"

#include <sodium.h>

/* All secrets of the process live in one block of locked memory.
 *
 * 1. One block, because each small sodium_malloc() locks a page of its own, and after about 2047 of
 *    them the limit on locked memory is reached and further ones are silently not locked.
 * 2. The block is cut into slots of 64 bytes; a secret takes as many in a row as it needs.
 * 3. What is given back is zeroed before its slots can be taken again.
 *
 * Thread: any; `lock` guards the map of slots. */

#define SLOT_SIZE 64
#define N_SLOTS 1024

static GMutex lock;
static guint8 *arena;
static gboolean taken[N_SLOTS];
static gboolean locked;

/**
 * gez_secrets_start:
 *
 * Sets up libsodium and the block. May be called any number of times.
 *
 * Returns: %FALSE when there is no memory for secrets
 */
gboolean
gez_secrets_start (GError **error)
{
  gboolean ready;

  g_mutex_lock (&lock);
  if (arena == NULL && sodium_init () >= 0)
    {
      arena = sodium_malloc (SLOT_SIZE * N_SLOTS);
      if (arena)
        {
          sodium_memzero (arena, SLOT_SIZE * N_SLOTS);
          locked = sodium_mlock (arena, SLOT_SIZE * N_SLOTS) == 0;
        }
    }
  ready = arena != NULL;
  g_mutex_unlock (&lock);
  if (!ready)
    g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY, "no locked memory");
  return ready;
}

static guint
slots_for (gsize size)
{
  return (guint) ((size + SLOT_SIZE - 1) / SLOT_SIZE);
}

/**
 * gez_secrets_take:
 * @size: bytes
 *
 * Returns: (nullable) (transfer full): zeroed locked memory, for gez_secrets_give_back(); %NULL when
 *   the block is full or was never started
 */
gpointer
gez_secrets_take (gsize size)
{
  guint need = slots_for (size), run = 0;
  gpointer secret = NULL;

  g_return_val_if_fail (size > 0, NULL);

  g_mutex_lock (&lock);
  for (guint i = 0; arena && i < N_SLOTS && secret == NULL; i++)
    {
      run = taken[i] ? 0 : run + 1;
      if (run < need)
        continue;
      for (guint j = i + 1 - need; j <= i; j++)
        taken[j] = TRUE;
      secret = arena + (i + 1 - need) * SLOT_SIZE;
    }
  g_mutex_unlock (&lock);
  return secret;
}

/**
 * gez_secrets_give_back:
 * @secret: (nullable) (transfer full): from gez_secrets_take()
 * @size: the same size
 *
 * Wipes the secret.
 */
void
gez_secrets_give_back (gpointer secret,
                       gsize    size)
{
  guint first;

  if (secret == NULL)
    return;
  g_mutex_lock (&lock);
  first = (guint) (((guint8 *) secret - arena) / SLOT_SIZE);
  sodium_memzero (secret, slots_for (size) * SLOT_SIZE);
  for (guint i = 0; i < slots_for (size); i++)
    taken[first + i] = FALSE;
  g_mutex_unlock (&lock);
}

/**
 * gez_secrets_wipe:
 *
 * Zeroes any memory in a way that the compiler does not leave out.
 */
void
gez_secrets_wipe (gpointer bytes,
                  gsize    size)
{
  sodium_memzero (bytes, size);
}

/**
 * gez_secrets_are_locked:
 *
 * Returns: whether the system really keeps the block out of swap
 */
gboolean
gez_secrets_are_locked (void)
{
  return locked;
}

/**
 * gez_secrets_equal:
 *
 * Returns: whether both are the same, in a time that does not depend on where they differ
 */
gboolean
gez_secrets_equal (const char *a,
                   gsize       a_size,
                   const char *b,
                   gsize       b_size)
{
  return a_size == b_size && sodium_memcmp (a, b, a_size) == 0;
}
