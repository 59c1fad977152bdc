/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "documents/gez-document-queue.h"

G_BEGIN_DECLS

/**
 * GezDocumentProgressBar:
 *
 * How far the documents are that are being added, with a button that stops it; without any it takes no
 * room.
 */
#define GEZ_TYPE_DOCUMENT_PROGRESS_BAR (gez_document_progress_bar_get_type ())
G_DECLARE_FINAL_TYPE (GezDocumentProgressBar, gez_document_progress_bar, GEZ, DOCUMENT_PROGRESS_BAR,
                      GtkWidget)

GtkWidget *gez_document_progress_bar_new       (void);
void       gez_document_progress_bar_set_queue (GezDocumentProgressBar *self,
                                                GezDocumentQueue       *queue);

G_END_DECLS
