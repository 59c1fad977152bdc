/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezDocumentQueue:
 *
 * Documents on their way into the store, one after the other. There is one for each window, so that who
 * adds a long film can go on with something else; locking stops it. At the end it says what was added,
 * with an offer to undo it, and what was not and why.
 *
 * GezDocumentQueue::changed: something was added, is further, or was stopped.
 */
#define GEZ_TYPE_DOCUMENT_QUEUE (gez_document_queue_get_type ())
G_DECLARE_FINAL_TYPE (GezDocumentQueue, gez_document_queue, GEZ, DOCUMENT_QUEUE, GObject)

GezDocumentQueue *gez_document_queue_get          (GtkWidget        *widget,
                                                   GezContext       *context);
void              gez_document_queue_add_files    (GezDocumentQueue *self,
                                                   const GezId      *household,
                                                   GListModel       *files);
void              gez_document_queue_add_content  (GezDocumentQueue *self,
                                                   const GezId      *household,
                                                   GBytes           *content,
                                                   const char       *name,
                                                   const char       *media_type);
gboolean          gez_document_queue_is_busy      (GezDocumentQueue *self);
guint             gez_document_queue_get_number   (GezDocumentQueue *self,
                                                   guint            *n_all);
const char       *gez_document_queue_get_name     (GezDocumentQueue *self);
double            gez_document_queue_get_fraction (GezDocumentQueue *self);
void              gez_document_queue_stop         (GezDocumentQueue *self);

G_END_DECLS
