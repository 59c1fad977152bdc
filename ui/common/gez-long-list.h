/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-paged-list.h"

G_BEGIN_DECLS

/**
 * GezLongList:
 *
 * A list of any length on the screen: pages of the store in a list view that scrolls, and what shows
 * where there is nothing. It reads again when the store changes.
 *
 * Signals: `reading` (gboolean: whether another question is asked) before each time that the list is read
 * from its start; `read` when the answer stands; `failed` (GError) when there is none: the rows stay.
 */
#define GEZ_TYPE_LONG_LIST (gez_long_list_get_type ())
G_DECLARE_FINAL_TYPE (GezLongList, gez_long_list, GEZ, LONG_LIST, GtkWidget)

GtkWidget          *gez_long_list_new           (GezStore           *store,
                                                 GezPagedList       *list,
                                                 const char * const *tables,
                                                 GtkListItemFactory *factory,
                                                 GtkWidget          *nothing);
void                gez_long_list_start         (GezLongList        *self);
void                gez_long_list_ask_again     (GezLongList        *self);
gboolean            gez_long_list_is_loading    (GezLongList        *self);
guint               gez_long_list_get_n_total   (GezLongList        *self);
GListModel         *gez_long_list_get_items     (GezLongList        *self);
GtkSingleSelection *gez_long_list_get_selection (GezLongList        *self);
GtkWidget          *gez_long_list_get_view      (GezLongList        *self);
void                gez_long_list_scroll_to     (GezLongList        *self,
                                                 guint               position);

G_END_DECLS
