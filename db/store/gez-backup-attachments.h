/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-backup.h"

typedef struct sqlite3 sqlite3;

G_BEGIN_DECLS

#define GEZ_STORE_ATTACHMENTS "blobs" /* in the directory of a store */

/**
 * GezAttachmentCount:
 * @n_copied: that were not there yet
 * @n_doubtful: that were there with another size; both were left as they are
 */
typedef struct
{
  guint n_copied;
  guint n_doubtful;
} GezAttachmentCount;

gboolean   gez_attachments_copy   (const char         *from,
                                   const char         *to,
                                   GHashTable         *names,
                                   GezAttachmentCount *count,
                                   GezBackupProgress   progress,
                                   gpointer            progress_data,
                                   GCancellable       *cancellable,
                                   GError            **error);
GHashTable *gez_attachments_needed (sqlite3           *database,
                                   GError            **error);
guint      gez_attachments_count_missing (GHashTable  *names,
                                   const char         *directory);

G_END_DECLS
