/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "documents/gez-pdf.h"

G_BEGIN_DECLS

/**
 * GezPagesView:
 *
 * Pages below each other, for a #GtkScrolledWindow: those of a PDF, each drawn on another thread when
 * it is looked at, or one picture. Page Up and Page Down go through them, + and - make them larger and
 * smaller, 0 makes them fit.
 *
 * GezPagesView::moved: another page is looked at.
 */
#define GEZ_TYPE_PAGES_VIEW (gez_pages_view_get_type ())
G_DECLARE_FINAL_TYPE (GezPagesView, gez_pages_view, GEZ, PAGES_VIEW, GtkWidget)

GtkWidget *gez_pages_view_new_for_pdf     (GezPdf       *pdf);
GtkWidget *gez_pages_view_new_for_picture (GdkTexture   *picture);
guint      gez_pages_view_get_n_pages     (GezPagesView *self);
guint      gez_pages_view_get_page        (GezPagesView *self);
void       gez_pages_view_go_to           (GezPagesView *self,
                                           guint         page);
void       gez_pages_view_turn           (GezPagesView *self,
                                           int           screens);
void       gez_pages_view_scroll         (GezPagesView *self,
                                           int           x,
                                           int           y);
double     gez_pages_view_get_scale       (GezPagesView *self);
void       gez_pages_view_zoom            (GezPagesView *self,
                                           int           steps);
gboolean   gez_pages_view_is_drawn        (GezPagesView *self);

G_END_DECLS
