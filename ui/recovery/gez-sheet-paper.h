/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"
#include "vault/gez-secrets.h"

G_BEGIN_DECLS

/* A recovery sheet on its way to paper: printed, or as a PDF. The code is copied. */

GtkPrintOperation *gez_sheet_paper_print_new   (GezContext          *context,
                                                const GezSecret     *code);
void               gez_sheet_paper_save_async  (GezContext          *context,
                                                const GezSecret     *code,
                                                const char          *path,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
gboolean           gez_sheet_paper_save_finish (GAsyncResult        *result,
                                                GError             **error);

G_END_DECLS
