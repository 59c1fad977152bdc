/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezDocumentsTab:
 *
 * The documents of a household, newest first: letters, pictures and other files, each sealed on its own.
 * They come in by choosing, dropping or pasting. Actions: documents.add, .paste, .show, .edit, .copy and
 * .remove; the last four take the identity of a document.
 */
#define GEZ_TYPE_DOCUMENTS_TAB (gez_documents_tab_get_type ())
G_DECLARE_FINAL_TYPE (GezDocumentsTab, gez_documents_tab, GEZ, DOCUMENTS_TAB, GtkWidget)

GtkWidget *gez_documents_tab_new  (GezContext      *context,
                                   const GezId     *household);
void       gez_documents_tab_add  (GezDocumentsTab *self);
void       gez_documents_tab_find (GezDocumentsTab *self);
void       gez_documents_tab_show (GezDocumentsTab *self,
                                   const GezId     *document);

G_END_DECLS
