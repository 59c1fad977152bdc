/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * GezPdf:
 *
 * The pages of a PDF, drawn from memory. Scripts in it never run and nothing that it names is opened.
 * One thread at a time draws; the others wait.
 */
#define GEZ_TYPE_PDF (gez_pdf_get_type ())
G_DECLARE_FINAL_TYPE (GezPdf, gez_pdf, GEZ, PDF, GObject)

#define GEZ_PDF_MOST_PAGES 500 /* that are shown */

GezPdf     *gez_pdf_new         (GBytes     *bytes,
                                 GError    **error);
guint       gez_pdf_get_n_pages (GezPdf     *self);
gboolean    gez_pdf_is_cut      (GezPdf     *self);
void        gez_pdf_get_size    (GezPdf     *self,
                                 guint       page,
                                 double     *width,
                                 double     *height);
GdkTexture *gez_pdf_draw        (GezPdf     *self,
                                 guint       page,
                                 double      scale,
                                 GError    **error);
void        gez_pdf_draw_async  (GezPdf     *self,
                                 guint       page,
                                 double      scale,
                                 GAsyncReadyCallback callback,
                                 gpointer    user_data);
GdkTexture *gez_pdf_draw_finish (GezPdf       *self,
                                 GAsyncResult *result,
                                 char        **text,
                                 GError      **error);

G_END_DECLS
