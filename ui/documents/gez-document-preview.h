/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezDocumentPreview:
 *
 * Shows one document from the encrypted store, without a file in between. What cannot be shown is told
 * in a sentence, with a way to save a copy. It goes with the window that it belongs to, when that locks
 * too, and while names are hidden it shows nothing.
 */
#define GEZ_TYPE_DOCUMENT_PREVIEW (gez_document_preview_get_type ())
G_DECLARE_FINAL_TYPE (GezDocumentPreview, gez_document_preview, GEZ, DOCUMENT_PREVIEW, AdwWindow)

GtkWidget *gez_document_preview_present (GtkWidget  *from,
                                         GezContext *context,
                                         GezRecord  *document);

G_END_DECLS
