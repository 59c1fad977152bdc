/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-document.h"

G_BEGIN_DECLS

/* What is in an attachment. Errors: %GEZ_STORE_ERROR_NOT_FOUND, GEZ_DOCUMENT_ERROR, those of the disk. */

/* The content from its beginning, decrypted chunk by chunk in constant memory. It cannot seek. While
 * it is read, damage is GEZ_VAULT_ERROR_DAMAGED. It must be dropped when the store is locked. */
void          gez_document_open_async            (GezContext           *context,
                                                  const GezId          *document,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GInputStream *gez_document_open_finish           (GezContext           *context,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/* All of it, up to @most bytes (else %GEZ_DOCUMENT_ERROR_TOO_LARGE, and nothing was read). */
void          gez_document_read_async            (GezContext           *context,
                                                  const GezId          *document,
                                                  gsize                 most,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GBytes       *gez_document_read_finish           (GezContext           *context,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/* A copy that anybody can read. It takes its place when it is complete, over what was there. */
void          gez_document_save_copy_async       (GezContext           *context,
                                                  const GezId          *document,
                                                  GFile                *destination,
                                                  GezDocumentProgress   progress,
                                                  gpointer              progress_data,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean      gez_document_save_copy_finish      (GezContext           *context,
                                                  GAsyncResult         *result,
                                                  GError              **error);
gboolean      gez_document_save_copy             (GezContext           *context,
                                                  const GezId          *document,
                                                  GFile                *destination,
                                                  GCancellable         *cancellable,
                                                  GError              **error);

/* A small picture of it: bytes that the window made, sealed like the content and kept on this device
 * alone. Reading gives %NULL without an error when there is none. */
void          gez_document_read_thumbnail_async  (GezContext           *context,
                                                  const GezId          *document,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GBytes       *gez_document_read_thumbnail_finish (GezContext           *context,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void          gez_document_set_thumbnail_async   (GezContext           *context,
                                                  const GezId          *document,
                                                  GBytes               *image,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean      gez_document_set_thumbnail_finish  (GezContext           *context,
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
