/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/gez-row.h"
#include "model/gez-context.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/* A #GezRow for a document, with a button for what can be done with it (the actions "documents.*"). */
GtkWidget *gez_document_row_new         (GezContext *context,
                                         GezRecord  *document,
                                         GdkTexture *thumbnail);
GezRecord *gez_document_row_get         (GtkWidget  *row);
void       gez_document_row_set_picture (GtkWidget  *row,
                                         GdkTexture *thumbnail);
gboolean   gez_document_row_fits        (GezRecord  *document,
                                         const char *words);
void       gez_document_row_open_menu   (GtkWidget  *row);

G_END_DECLS
