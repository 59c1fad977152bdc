/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault.h"

G_BEGIN_DECLS

/**
 * GezPageRange:
 * @first: number of a page, from 1
 * @last: the same or a later one
 *
 * Pages that lie behind each other.
 */
typedef struct
{
  gint64 first;
  gint64 last;
} GezPageRange;

/**
 * GezVaultCheck:
 * @has_header: whether the header is sound
 * @has_copy: whether its copy is
 * @has_database: whether there is a database file that holds anything
 * @n_pages: pages that the database has, or should have
 * @n_damaged: how many of these do not read
 * @damaged: (element-type GezPageRange): which, in ascending order
 * @schema: number of the schema of the database, 0 when that cannot be told
 * @is_epoch_damaged: whether the epoch file does not tell which life of the log is valid
 * @n_frames: frames of the log that hold something
 * @n_lost_frames: frames that were saved and cannot be read, with all after them
 *
 * What stands on the disk, page by page, without SQLite.
 */
typedef struct
{
  gboolean has_header;
  gboolean has_copy;
  gboolean has_database;
  gint64 n_pages;
  gint64 n_damaged;
  GArray *damaged;
  gint64 schema;
  gboolean is_epoch_damaged;
  gint64 n_frames;
  gint64 n_lost_frames;
} GezVaultCheck;

GezVaultCheck *gez_vault_check_headers  (const char         *directory);
GezVaultCheck *gez_vault_check          (GezVault           *vault,
                                         GezVaultProgress    progress,
                                         gpointer            user_data,
                                         GCancellable       *cancellable,
                                         GError            **error);
GezVaultCheck *gez_vault_check_log      (GezVault           *vault,
                                         GError            **error);
gboolean       gez_vault_check_is_sound (const GezVaultCheck *self);
gboolean       gez_vault_check_page     (const GezVaultCheck *self,
                                         gint64              number);
GezVaultCheck *gez_vault_check_copy     (const GezVaultCheck *self);
void           gez_vault_check_free     (GezVaultCheck      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezVaultCheck, gez_vault_check_free)

G_END_DECLS
