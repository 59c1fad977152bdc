/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/gez-error.h"
#include "base/gez-id.h"

G_BEGIN_DECLS

typedef struct sqlite3 sqlite3;

/**
 * GezKdfCost:
 * @operations: Argon2id passes
 * @memory: Argon2id memory in bytes
 *
 * What one guess of a passphrase costs: 1 to 10 passes, 8 MiB to 1 GiB. Brought within these limits
 * when a store is made; a header that asks for anything else is damaged and is not tried.
 */
typedef struct
{
  guint32 operations;
  guint64 memory;
} GezKdfCost;

#define GEZ_KDF_COST_DEFAULT ((GezKdfCost) { 3, 256 * 1024 * 1024 })
#define GEZ_KDF_COST_TEST ((GezKdfCost) { 1, 8 * 1024 * 1024 })

/**
 * GezPassphrase:
 * @text: the bytes, UTF-8, not necessarily NUL-ended; the caller keeps and wipes them
 * @length: bytes
 */
typedef struct
{
  const char *text;
  gsize length;
} GezPassphrase;

/**
 * GezVaultProgress:
 * @n_done: pages
 * @n_all: pages
 *
 * How far a long operation is. Called now and then on the thread that runs it.
 */
typedef void (*GezVaultProgress) (gint64   n_done,
                                  gint64   n_all,
                                  gpointer user_data);

#define GEZ_TYPE_VAULT (gez_vault_get_type ())
G_DECLARE_FINAL_TYPE (GezVault, gez_vault, GEZ, VAULT, GObject)

gboolean     gez_vault_process_harden  (GError       **error);
gboolean     gez_vault_exists          (const char    *directory);
GezVault    *gez_vault_create          (const char    *directory,
                                        GezPassphrase  passphrase,
                                        GezKdfCost     cost,
                                        GError       **error);
GezVault    *gez_vault_unlock          (const char    *directory,
                                        GezPassphrase  passphrase,
                                        GError       **error);
const char  *gez_vault_get_directory   (GezVault      *self);
const GezId *gez_vault_get_database_id (GezVault      *self);
gboolean     gez_vault_has_database    (GezVault      *self);
gboolean     gez_vault_set_has_database (GezVault     *self,
                                        GError       **error);
sqlite3     *gez_vault_open_database   (GezVault      *self,
                                        GError       **error);
sqlite3     *gez_vault_open_copy       (GezVault      *self,
                                        const char    *path,
                                        gboolean       create,
                                        GError       **error);
gboolean     gez_vault_close_database  (GezVault      *self,
                                        sqlite3       *database,
                                        GError       **error);

G_END_DECLS
