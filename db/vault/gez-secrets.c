/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-secrets.h"

#include <sodium.h>

/*
 * 1. All small secrets of the process live in one sodium_malloc() arena. Each such allocation locks
 *    whole pages; some two thousand small ones use up the usual limit, and libsodium then goes on
 *    without locking and without a word.
 * 2. The arena is made at first use and stays: it is small, and guard pages surround it.
 * 3. A slot is zero from the moment it is given back until it is handed out again.
 */

#define N_SLOTS 512

static GMutex arena_lock;
static GezSecret *arena;
static gboolean arena_locked;
static guint32 slots_used[N_SLOTS / 32];

static gboolean
ensure_arena (GError **error)
{
  if (arena != NULL)
    return TRUE;
  if (sodium_init () < 0)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "libsodium did not start");
      return FALSE;
    }
  arena = sodium_allocarray (N_SLOTS, sizeof (GezSecret));
  if (arena == NULL)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY,
                           "No memory for secrets");
      return FALSE;
    }
  sodium_memzero (arena, N_SLOTS * sizeof (GezSecret));
  /* sodium_malloc() does not tell whether it could lock; locking again does. */
  arena_locked = sodium_mlock (arena, N_SLOTS * sizeof (GezSecret)) == 0;
  if (!arena_locked)
    g_warning ("Keys may reach the swap space: the limit on locked memory is too low");
  return TRUE;
}

/**
 * gez_secret_new:
 *
 * Takes one slot of the arena.
 *
 * Returns: (transfer full) (nullable): 64 zero bytes, or %NULL with GEZ_VAULT_ERROR_NO_MEMORY
 *
 * Thread: any.
 */
GezSecret *
gez_secret_new (GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&arena_lock);

  if (!ensure_arena (error))
    return NULL;
  for (guint i = 0; i < N_SLOTS; i++)
    {
      guint32 bit = 1u << (i % 32);

      if ((slots_used[i / 32] & bit) == 0)
        {
          slots_used[i / 32] |= bit;
          return &arena[i];
        }
    }
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY,
                       "The arena for secrets is full");
  return NULL;
}

/**
 * gez_secret_free:
 * @secret: (nullable) (transfer full): a slot
 *
 * Wipes @secret and gives it back.
 *
 * Thread: any.
 */
void
gez_secret_free (GezSecret *secret)
{
  g_autoptr (GMutexLocker) locker = NULL;
  gsize index;

  if (secret == NULL)
    return;
  locker = g_mutex_locker_new (&arena_lock);
  g_assert (arena != NULL && secret >= arena && secret < arena + N_SLOTS);
  index = (gsize) (secret - arena);
  sodium_memzero (secret, sizeof *secret);
  slots_used[index / 32] &= ~(1u << (index % 32));
}

/**
 * gez_secrets_are_locked:
 *
 * Returns: whether the arena is kept out of the swap space; %TRUE while there is none
 *
 * Thread: any.
 */
gboolean
gez_secrets_are_locked (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&arena_lock);

  return arena == NULL || arena_locked;
}

/**
 * gez_secrets_get_n_used:
 *
 * Returns: the secrets in use now; none are left when every vault is closed
 *
 * Thread: any.
 */
guint
gez_secrets_get_n_used (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&arena_lock);
  guint n_used = 0;

  for (guint i = 0; i < G_N_ELEMENTS (slots_used); i++)
    n_used += (guint) __builtin_popcount (slots_used[i]);
  return n_used;
}
