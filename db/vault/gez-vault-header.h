/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-secrets.h"
#include "vault/gez-vault.h"

G_BEGIN_DECLS

#define GEZ_VAULT_DATABASE_NAME "gezinsplan.db"

/**
 * GezVaultKey:
 * @GEZ_VAULT_KEY_PAGE: seals pages
 * @GEZ_VAULT_KEY_LOG: seals frames of the write-ahead log
 * @GEZ_VAULT_KEY_EPOCH: authenticates epochs of the log
 * @GEZ_VAULT_KEY_BLOB: wraps the keys of attachments
 * @GEZ_VAULT_KEY_BACKUP: seals what a backup holds beside the database
 * @GEZ_VAULT_KEY_HEADER: authenticates the header
 *
 * What is derived from the data key; the numbers are part of the format.
 */
typedef enum
{
  GEZ_VAULT_KEY_PAGE = 1,
  GEZ_VAULT_KEY_LOG = 2,
  GEZ_VAULT_KEY_EPOCH = 3,
  GEZ_VAULT_KEY_BLOB = 4,
  GEZ_VAULT_KEY_BACKUP = 5,
  GEZ_VAULT_KEY_HEADER = 6,
} GezVaultKey;

/**
 * GezVaultHeader:
 *
 * What stands outside the database: its identity and the data key, wrapped once per key slot.
 */
typedef struct _GezVaultHeader GezVaultHeader;

GezVaultHeader *gez_vault_header_new          (void);
GezVaultHeader *gez_vault_header_parse        (GBytes         *content,
                                               GError        **error);
GBytes         *gez_vault_header_serialize    (GezVaultHeader *self,
                                               GezSecret      *data_key,
                                               GError        **error);
gboolean        gez_vault_header_exists       (const char     *directory,
                                               gboolean       *has_database);
GezVaultHeader *gez_vault_header_load         (const char     *directory,
                                               GezPassphrase   passphrase,
                                               GezSecret     **data_key,
                                               GError        **error);
GezVaultHeader *gez_vault_header_load_with_recovery (const char *directory,
                                               const GezSecret *code,
                                               GezSecret     **data_key,
                                               GError        **error);
gboolean        gez_vault_header_save         (GezVaultHeader *self,
                                               const char     *directory,
                                               GezSecret      *data_key,
                                               GError        **error);
gboolean        gez_vault_header_add_passphrase (GezVaultHeader *self,
                                                 GezPassphrase   passphrase,
                                                 GezKdfCost      cost,
                                                 GezSecret      *data_key,
                                                 GError        **error);
void            gez_vault_header_add_slot     (GezVaultHeader *self,
                                               guint16         kind,
                                               GBytes         *payload);
GezSecret      *gez_vault_header_unlock       (GezVaultHeader *self,
                                               GezPassphrase   passphrase,
                                               GError        **error);
GezSecret      *gez_vault_header_unlock_with_recovery (GezVaultHeader *self,
                                               const GezSecret *code,
                                               GError        **error);
const GezId    *gez_vault_header_get_database_id (GezVaultHeader *self);
guint           gez_vault_header_get_n_slots  (GezVaultHeader *self);
gboolean        gez_vault_header_get_has_database (GezVaultHeader *self);
void            gez_vault_header_set_has_database (GezVaultHeader *self,
                                                   gboolean        has_database);
GezSecret      *gez_vault_header_derive       (GezSecret      *data_key,
                                               GezVaultKey     which,
                                               GError        **error);
void            gez_vault_header_free         (GezVaultHeader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezVaultHeader, gez_vault_header_free)

G_END_DECLS
