/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-query.h"

G_BEGIN_DECLS

/**
 * GezPage:
 *
 * A part of a long list: some items, whether there are more after them, and how many there are in
 * all when the query counted them. Immutable.
 */
#define GEZ_TYPE_PAGE (gez_page_get_type ())
G_DECLARE_FINAL_TYPE (GezPage, gez_page, GEZ, PAGE, GObject)

GezPage   *gez_page_new         (GPtrArray *items,
                                 gboolean   has_more,
                                 int        n_total);
GPtrArray *gez_page_get_items   (GezPage   *self);
gboolean   gez_page_has_more    (GezPage   *self);
int        gez_page_get_n_total (GezPage   *self);

G_END_DECLS
