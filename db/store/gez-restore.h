/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-backup.h"

G_BEGIN_DECLS

/**
 * GezRestored:
 * @info: what the backup said of itself
 * @older: (nullable): where the store that stood there is now; %NULL when there was none
 * @n_missing: attachments that were found nowhere
 *
 * A backup that was put back.
 */
typedef struct
{
  GezVaultBackupInfo info;
  char *older;
  guint n_missing;
} GezRestored;

GezRestored *gez_restore_run   (const char        *path,
                                const char        *directory,
                                GezPassphrase      passphrase,
                                GezClock          *clock,
                                GezBackupProgress  progress,
                                gpointer           progress_data,
                                GCancellable      *cancellable,
                                GError           **error);
gboolean     gez_restore_tidy  (const char        *directory,
                                GError           **error);
void         gez_restored_free (GezRestored       *restored);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezRestored, gez_restored_free)

G_END_DECLS
