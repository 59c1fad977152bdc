/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "documents/gez-pdf.h"
#include "model/gez-context.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezLoadedDocument:
 * @picture: (nullable): of a picture
 * @pdf: (nullable): of a PDF
 * @text: (nullable): of plain text
 *
 * What can be shown of a document: one of these.
 */
typedef struct
{
  GdkTexture *picture;
  GezPdf *pdf;
  char *text;
} GezLoadedDocument;

void gez_loaded_document_free (GezLoadedDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezLoadedDocument, gez_loaded_document_free)

#define GEZ_DOCUMENT_SMALL 256 /* pixels of the longest side of a small picture */

/* From the store, on other threads, and never by way of a file. */
void               gez_document_load_async        (GezContext         *context,
                                                   GezRecord          *document,
                                                   GCancellable       *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data);
GezLoadedDocument *gez_document_load_finish       (GezContext         *context,
                                                   GAsyncResult       *result,
                                                   GError            **error);
void               gez_document_draw_small_async  (GezContext         *context,
                                                   GezRecord          *document,
                                                   GCancellable       *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data);
GBytes            *gez_document_draw_small_finish (GezContext         *context,
                                                   GAsyncResult       *result,
                                                   GError            **error);
gboolean           gez_document_can_load          (GezRecord          *document);

G_END_DECLS
