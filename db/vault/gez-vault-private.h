/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault-header.h"
#include "vault/gez-vault-vfs.h"
#include "vault/gez-vault.h"

G_BEGIN_DECLS

struct _GezVault
{
  GObject parent_instance;

  char *directory;
  char *database_path;
  int lock;
  GMutex header_lock;
  GezVaultHeader *header; /* what changes in it is under the lock */
  GezSecret *data_key;
  GezVaultVfs *vfs;
};

/* For the rest of the vault: one of @passphrase and @code opens. */
GezVault *gez_vault_unlock_with  (const char          *directory,
                                  const GezPassphrase *passphrase,
                                  const GezSecret     *code,
                                  GError             **error);
GezVault *gez_vault_new_beside   (GezVault            *self,
                                  GezVaultHeader      *header,
                                  GezSecret           *data_key,
                                  GError             **error);
gboolean  gez_vault_finish_rekey (GezVault            *self,
                                  GError             **error);

/* For tests: another file system below the encrypting one, and what it refused. */
gboolean gez_vault_set_base_vfs   (GezVault   *self,
                                   const char *name,
                                   GError    **error);
guint    gez_vault_get_n_refusals (GezVault   *self);

G_END_DECLS
