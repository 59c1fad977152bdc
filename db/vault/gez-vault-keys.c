/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-keys.h"

#include <sodium.h>
#include <string.h>

#include "vault/gez-vault-header-change.h"
#include "vault/gez-vault-header-private.h"
#include "vault/gez-vault-private.h"
#include "vault/gez-vault-recovery.h"
#include "vault/gez-vault-slot.h"

/*
 * What opens a store, changed while it is open.
 *
 * 1. The data key stays what it is; only what it is wrapped in changes. Who kept an older header and
 *    knows what opened that one has the key for good: against that helps gez_vault_rekey() alone.
 * 2. Deriving a key takes long and is done without the lock of the header; whoever comes second
 *    replaces what the first one wrote.
 * 3. A clone of the header is changed and written; the vault takes it over once it stands
 *    (gez-vault-header-change.c tells what an interruption leaves).
 */

/* A copy that nobody else touches, as it stands on the disk. */
static GezVaultHeader *
clone_header (GezVault *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->header_lock);

  return gez_vault_header_clone (self->header);
}

static gboolean
replace_slots (GezVault *self,
               guint16   kind,
               GBytes   *payload,
               GError  **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->header_lock);
  g_autoptr (GezVaultHeader) changed = gez_vault_header_clone (self->header);

  gez_vault_header_remove_slots (changed, kind);
  gez_vault_header_add_slot (changed, kind, payload);
  return gez_vault_header_change (self->header, changed, self->directory, self->data_key, error);
}

/* A key that a slot gave is the one of this vault, or the slot belongs elsewhere. */
static gboolean
is_our_key (GezVault  *self,
            GezSecret *data_key,
            GError   **error)
{
  if (data_key == NULL)
    return FALSE;
  if (sodium_memcmp (data_key->bytes, self->data_key->bytes, GEZ_KEY_SIZE) == 0)
    return TRUE;
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED,
                       "A key slot holds the key of another store");
  return FALSE;
}

/**
 * gez_vault_check_passphrase:
 * @passphrase: what somebody typed
 *
 * Returns: whether it is the present one; else %FALSE with GEZ_VAULT_ERROR_WRONG_PASSPHRASE or
 *   _NO_MEMORY
 *
 * Thread: any but the main one: takes as long as the store's cost says, here and in
 *   gez_vault_set_passphrase().
 */
gboolean
gez_vault_check_passphrase (GezVault     *self,
                            GezPassphrase passphrase,
                            GError      **error)
{
  g_autoptr (GezVaultHeader) header = NULL;
  g_autoptr (GezSecret) data_key = NULL;

  g_return_val_if_fail (GEZ_IS_VAULT (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  header = clone_header (self);
  data_key = gez_vault_header_unlock (header, passphrase, error);
  return is_our_key (self, data_key, error);
}

/**
 * gez_vault_set_passphrase:
 * @next: what opens the store from now on
 * @cost: what one guess of it shall cost
 *
 * Replaces every passphrase of the store, in the header and in its copy. The recovery sheet stays.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_MEMORY, _NO_SPACE or _IO; then the old passphrase opens it.
 *   After an interruption exactly one of the two does.
 */
gboolean
gez_vault_set_passphrase (GezVault     *self,
                          GezPassphrase next,
                          GezKdfCost    cost,
                          GError      **error)
{
  g_autoptr (GBytes) payload = NULL;

  g_return_val_if_fail (GEZ_IS_VAULT (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  payload = gez_slot_wrap (gez_vault_header_get_database_id (self->header), next, cost,
                           self->data_key, error);
  return payload != NULL && replace_slots (self, GEZ_SLOT_PASSPHRASE, payload, error);
}

/**
 * gez_vault_get_cost:
 *
 * Returns: what one guess of the present passphrase costs
 *
 * Thread: any.
 */
GezKdfCost
gez_vault_get_cost (GezVault *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (GEZ_IS_VAULT (self), GEZ_KDF_COST_DEFAULT);

  locker = g_mutex_locker_new (&self->header_lock);
  return gez_vault_header_get_cost (self->header);
}

static gboolean
has_recovery (GezVaultHeader *header)
{
  GBytes *payload = gez_vault_header_find_slot (header, GEZ_SLOT_RECOVERY);

  return payload != NULL && gez_recovery_is_known (payload);
}

/**
 * gez_vault_has_recovery:
 *
 * Returns: whether a recovery sheet opens the store
 *
 * Thread: any, here and below; these take no time.
 */
gboolean
gez_vault_has_recovery (GezVault *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (GEZ_IS_VAULT (self), FALSE);

  locker = g_mutex_locker_new (&self->header_lock);
  return has_recovery (self->header);
}

/**
 * gez_vault_header_has_recovery:
 * @directory: of a store, which need not be open
 *
 * Looks without a key, so that nothing vouches for the answer.
 *
 * Returns: whether there seems to be a recovery sheet
 */
gboolean
gez_vault_header_has_recovery (const char *directory)
{
  g_autoptr (GezVaultHeader) header = NULL;

  g_return_val_if_fail (directory != NULL, FALSE);

  header = gez_vault_header_read (directory, GEZ_HEADER_NAME, NULL);
  if (header == NULL)
    header = gez_vault_header_read (directory, GEZ_HEADER_COPY_NAME, NULL);
  return header != NULL && has_recovery (header);
}

/**
 * gez_vault_check_recovery:
 * @code: what stands on a sheet
 *
 * Returns: whether it is the newest sheet of this store; else %FALSE with
 *   GEZ_VAULT_ERROR_WRONG_RECOVERY, also when there is none, or _NO_MEMORY
 */
gboolean
gez_vault_check_recovery (GezVault        *self,
                          const GezSecret *code,
                          GError         **error)
{
  g_autoptr (GezVaultHeader) header = NULL;
  g_autoptr (GezSecret) data_key = NULL;

  g_return_val_if_fail (GEZ_IS_VAULT (self), FALSE);
  g_return_val_if_fail (code != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  header = clone_header (self);
  data_key = gez_vault_header_unlock_with_recovery (header, code, error);
  return is_our_key (self, data_key, error);
}

/**
 * gez_vault_set_recovery:
 * @code: 16 random bytes that stand on a new sheet
 *
 * Seals the data key to the sheet. An older sheet opens nothing any more.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_MEMORY, _NO_SPACE or _IO; then the older sheet, if there was
 *   one, is still good. After an interruption exactly one of the two is.
 */
gboolean
gez_vault_set_recovery (GezVault        *self,
                        const GezSecret *code,
                        GError         **error)
{
  guint8 public_key[GEZ_RECOVERY_PUBLIC_SIZE];

  g_return_val_if_fail (GEZ_IS_VAULT (self), FALSE);
  g_return_val_if_fail (code != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return gez_recovery_get_public (code, public_key, error)
         && gez_vault_set_recovery_public (self, public_key, error);
}

/**
 * gez_vault_get_recovery_public:
 * @public_key: (out caller-allocates): 32 bytes, to which more can be sealed that the sheet opens
 *
 * Returns: whether there is a recovery sheet
 */
gboolean
gez_vault_get_recovery_public (GezVault *self,
                               guint8   *public_key)
{
  g_autoptr (GMutexLocker) locker = NULL;
  GBytes *payload;

  g_return_val_if_fail (GEZ_IS_VAULT (self) && public_key != NULL, FALSE);

  locker = g_mutex_locker_new (&self->header_lock);
  payload = gez_vault_header_find_slot (self->header, GEZ_SLOT_RECOVERY);
  if (payload == NULL || !gez_recovery_is_known (payload))
    return FALSE;
  memcpy (public_key, g_bytes_get_data (payload, NULL), GEZ_RECOVERY_PUBLIC_SIZE);
  return TRUE;
}

/**
 * gez_vault_set_recovery_public:
 * @public_key: 32 bytes of a sheet that is somewhere else: the team's
 *
 * As gez_vault_set_recovery(), without the words.
 *
 * Returns: as gez_vault_set_recovery()
 */
gboolean
gez_vault_set_recovery_public (GezVault      *self,
                               const guint8  *public_key,
                               GError       **error)
{
  g_autoptr (GBytes) payload = NULL;

  g_return_val_if_fail (GEZ_IS_VAULT (self) && public_key != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  payload = gez_recovery_seal (gez_vault_header_get_database_id (self->header), public_key,
                               self->data_key, error);
  return payload != NULL && replace_slots (self, GEZ_SLOT_RECOVERY, payload, error);
}

/**
 * gez_vault_unlock_with_recovery:
 * @directory: of a store
 * @code: what stands on its recovery sheet
 *
 * As gez_vault_unlock(), for who forgot the passphrase; gez_vault_set_passphrase() should follow.
 *
 * Returns: (transfer full) (nullable): the open vault; or %NULL with GEZ_VAULT_ERROR_WRONG_RECOVERY,
 *   also when the store has no sheet, _NOT_A_STORE, _IN_USE, _DAMAGED, _TOO_NEW, _NO_MEMORY or _IO
 */
GezVault *
gez_vault_unlock_with_recovery (const char      *directory,
                                const GezSecret *code,
                                GError         **error)
{
  g_return_val_if_fail (directory != NULL && code != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return gez_vault_unlock_with (directory, NULL, code, error);
}
