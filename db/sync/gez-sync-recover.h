/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-store.h"
#include "sync/gez-folder.h"
#include "vault/gez-secrets.h"

G_BEGIN_DECLS

/**
 * GezFolderKeys:
 *
 * What opens the outer layer of the files of a team, taken from its store: the team keys, and who signs what.
 */
typedef struct _GezFolderKeys GezFolderKeys;

void       gez_folder_keys_free   (GezFolderKeys   *keys);
/* The result is a GezFolderKeys. */
GezQuery  *gez_folder_keys_query  (void);
/* (element-type GBytes): the wraps in all segments, packs and snapshots. */
GPtrArray *gez_folder_read_wraps  (GezFolder       *folder,
                                   GezFolderKeys   *keys,
                                   GCancellable    *cancellable,
                                   GError         **error);

/* With the words of the team's sheet: gives @member, who lost her keys and joined again, back what was hers.
 * The others hear of it at the next sync. */
gboolean   gez_sync_recover       (GezStore        *store,
                                   const GezSecret *sheet_code,
                                   const GezId     *member,
                                   guint           *n_circles,
                                   GCancellable    *cancellable,
                                   GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezFolderKeys, gez_folder_keys_free)

G_END_DECLS
