/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-store.h"
#include "vault/gez-vault-backup.h"

G_BEGIN_DECLS

/**
 * GezBackupStep:
 * @GEZ_BACKUP_STEP_COPYING: pages go into the copy
 * @GEZ_BACKUP_STEP_CHECKING: the copy is read back
 * @GEZ_BACKUP_STEP_ATTACHMENTS: attachments go beside it, or come back
 */
typedef enum
{
  GEZ_BACKUP_STEP_COPYING,
  GEZ_BACKUP_STEP_CHECKING,
  GEZ_BACKUP_STEP_ATTACHMENTS,
} GezBackupStep;

/* Tells how far it is; comes on the thread that works. @all may grow while people go on writing. */
typedef void (*GezBackupProgress) (GezBackupStep step,
                                   guint64       done,
                                   guint64       all,
                                   gpointer      data);

/**
 * GezBackupMade:
 * @path: the file
 * @size: bytes of it, without attachments
 * @n_attachments: how many attachments were new in this place
 * @n_doubtful: how many attachments have another size here than there: one of the two is damaged
 * @n_removed: how many older copies the rule let go
 *
 * A backup that was made, and verified.
 */
typedef struct
{
  char *path;
  guint64 size;
  guint n_attachments;
  guint n_doubtful;
  guint n_removed;
} GezBackupMade;

/**
 * GezBackupReport:
 * @info: what the backup says of itself
 * @n_writes: rows of its change log
 * @n_missing: attachments that it names and that are not beside it
 *
 * A backup that was read from begin to end and is sound.
 */
typedef struct
{
  GezVaultBackupInfo info;
  gint64 n_writes;
  guint n_missing;
} GezBackupReport;

GezBackupMade   *gez_backup_make         (GezStore            *store,
                                          const char          *place,
                                          GezBackupProgress    progress,
                                          gpointer             progress_data,
                                          GCancellable        *cancellable,
                                          GError             **error);
void             gez_backup_make_async   (GezStore            *store,
                                          const char          *place,
                                          GezBackupProgress    progress,
                                          gpointer             progress_data,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
GezBackupMade   *gez_backup_make_finish  (GezStore            *store,
                                          GAsyncResult        *result,
                                          GError             **error);
void             gez_backup_made_free    (GezBackupMade       *made);

/* Reading one from begin to end: with the keys of an open store, or with what a passphrase opened. */
gboolean         gez_backup_verify       (GezStore            *store,
                                          const char          *path,
                                          GezBackupReport     *report,
                                          GezBackupProgress    progress,
                                          gpointer             progress_data,
                                          GCancellable        *cancellable,
                                          GError             **error);
void             gez_backup_verify_async (GezStore            *store,
                                          const char          *path,
                                          GezBackupProgress    progress,
                                          gpointer             progress_data,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gboolean         gez_backup_verify_finish (GezStore           *store,
                                          GAsyncResult        *result,
                                          GezBackupReport     *report,
                                          GError             **error);
gboolean         gez_backup_check        (GezVaultBackup      *backup,
                                          const char          *path,
                                          GezClock            *clock,
                                          GezBackupReport     *report,
                                          GezBackupProgress    progress,
                                          gpointer             progress_data,
                                          GCancellable        *cancellable,
                                          GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezBackupMade, gez_backup_made_free)

G_END_DECLS
