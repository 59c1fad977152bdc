/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

void gez_document_copy_ask (GtkWidget  *from,
                            GezContext *context,
                            GezRecord  *document);
void gez_document_copy_to  (GtkWidget  *from,
                            GezContext *context,
                            GezRecord  *document,
                            GFile      *destination);

G_END_DECLS
