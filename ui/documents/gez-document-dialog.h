/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezDocumentDialog:
 *
 * Name and labels of a document. Labels that are in use already are offered as chips; what is typed
 * leaves those that fit.
 */
#define GEZ_TYPE_DOCUMENT_DIALOG (gez_document_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezDocumentDialog, gez_document_dialog, GEZ, DOCUMENT_DIALOG, GezFormDialog)

void gez_document_dialog_present (GtkWidget  *parent,
                                  GezContext *context,
                                  GezRecord  *document);

G_END_DECLS
