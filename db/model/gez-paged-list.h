/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-page.h"
#include "store/gez-store.h"

G_BEGIN_DECLS

#define GEZ_PAGE_SIZE 200

/**
 * GezPageFunc:
 * @offset: number of items before the page
 * @limit: most items that the page may hold
 * @user_data: what the list was made with
 *
 * Returns: (transfer full): a query that gives a #GezPage
 */
typedef GezQuery *(*GezPageFunc) (guint    offset,
                                  guint    limit,
                                  gpointer user_data);

/**
 * GezItemIdFunc:
 * @item: an item of the list
 *
 * Returns: (transfer none): the identity of the row that @item shows
 */
typedef const GezId *(*GezItemIdFunc) (gpointer item);

/**
 * GezItemEqualFunc:
 * @a: an item
 * @b: an item with the same identity
 *
 * Returns: whether a row widget that shows @a would look the same with @b
 */
typedef gboolean (*GezItemEqualFunc) (gpointer a,
                                      gpointer b);

/**
 * GezPagedList:
 *
 * A #GListModel that reads its items in pages of %GEZ_PAGE_SIZE through the store's thread.
 *
 * Properties, all read-only: `loading` (a page is on its way), `complete` (everything is there),
 * `n-items-total` (as the last page counted them; -1 while unknown).
 * Signal `failed` (GError): a page could not be read; the items stay as they are.
 */
#define GEZ_TYPE_PAGED_LIST (gez_paged_list_get_type ())
G_DECLARE_FINAL_TYPE (GezPagedList, gez_paged_list, GEZ, PAGED_LIST, GObject)

GezPagedList *gez_paged_list_new         (GezStore        *store,
                                          GType            item_type,
                                          GezItemIdFunc    get_id,
                                          GezItemEqualFunc equal,
                                          GezPageFunc      make_query,
                                          gpointer         user_data,
                                          GDestroyNotify   free_user_data);
void          gez_paged_list_load_more   (GezPagedList    *self);
void          gez_paged_list_reload      (GezPagedList    *self);
gboolean      gez_paged_list_is_loading  (GezPagedList    *self);
gboolean      gez_paged_list_is_complete (GezPagedList    *self);
int           gez_paged_list_get_n_total (GezPagedList    *self);

G_END_DECLS
