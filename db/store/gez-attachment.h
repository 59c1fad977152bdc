/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-file-name.h"
#include "store/gez-store.h"

G_BEGIN_DECLS

/**
 * GezAttachment:
 * @file: the sealed file and its key
 * @size: bytes of its content; -1 for a thumbnail
 * @hash: (nullable): of its content, as the row has it
 * @is_on_its_way: a colleague added it, and it did not come here yet
 *
 * Where the content of a document is.
 */
typedef struct
{
  GezFileName *file;
  gint64 size;
  char *hash;
  gboolean is_on_its_way;
} GezAttachment;

/* Of a row d of document: whether its content was added elsewhere and did not come here yet. */
#define GEZ_ATTACHMENT_IS_ON_ITS_WAY                                             \
  "(EXISTS (SELECT 1 FROM change_log AS c WHERE c.id = d.id AND c.is_birth = 1 " \
  "AND c.of_circle IS NOT NULL) AND d.file_id NOT IN (SELECT of_file FROM transferred))"

void      gez_attachment_free             (GezAttachment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezAttachment, gez_attachment_free)

char     *gez_attachment_get_directory    (const char    *store_directory);
GezQuery *gez_attachment_query            (const GezId   *document);
GezQuery *gez_attachment_thumbnail_query  (const GezId   *document);
gint64    gez_attachment_remove_orphans   (GezDatabase   *database,
                                           const char    *store_directory);

/* Local to this device, never in the change log. */
void      gez_attachment_want                 (GezStore           *store,
                                               const GezId        *file);
void      gez_attachment_set_thumbnail_async  (GezStore           *store,
                                               const GezId        *document,
                                               const GezFileName  *file,
                                               GAsyncReadyCallback callback,
                                               gpointer            user_data);
gboolean  gez_attachment_set_thumbnail_finish (GezStore           *store,
                                               GAsyncResult       *result,
                                               GError            **error);

G_END_DECLS
