/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-paged-list.h"

/*
 * 1. At most one query is on its way; a reload cancels the one before it.
 * 2. No identity stands in the list twice: items that a later page repeats, because somebody wrote
 *    between two pages, are left out.
 * 3. A reload keeps the objects of items that look the same, and says items-changed only about the
 *    gaps between the longest run of kept items, so that focus and scrolling stay where they were.
 * 4. At each items-changed the list already is what the signal says.
 */

struct _GezPagedList
{
  GObject parent_instance;

  GezStore *store;
  GType item_type;
  GezItemIdFunc get_id;
  GezItemEqualFunc equal;
  GezPageFunc make_query;
  gpointer user_data;
  GDestroyNotify free_user_data;

  GPtrArray *items;
  GCancellable *cancellable; /* set while a query is on its way */
  gboolean complete;
  int n_total;
};

static void gez_paged_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GezPagedList, gez_paged_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      gez_paged_list_list_model_init))

enum
{
  PROP_LOADING = 1,
  PROP_COMPLETE,
  PROP_N_ITEMS_TOTAL,
  N_PROPERTIES
};

enum
{
  FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

/* One query on its way. It does not keep the list alive. */
typedef struct
{
  GWeakRef list;
  GCancellable *cancellable;
  gboolean is_reload;
} Request;

static void
request_free (Request *request)
{
  g_weak_ref_clear (&request->list);
  g_object_unref (request->cancellable);
  g_free (request);
}

static GHashTable *
index_by_id (GezPagedList *self)
{
  GHashTable *index = g_hash_table_new (gez_id_hash, gez_id_equal);

  for (guint i = 0; i < self->items->len; i++)
    g_hash_table_insert (index, (gpointer) self->get_id (g_ptr_array_index (self->items, i)),
                         GUINT_TO_POINTER (i + 1));
  return index;
}

static void
append (GezPagedList *self,
        GPtrArray    *page)
{
  g_autoptr (GHashTable) index = index_by_id (self);
  guint before = self->items->len;

  for (guint i = 0; i < page->len; i++)
    {
      gpointer item = g_ptr_array_index (page, i);

      if (g_hash_table_add (index, (gpointer) self->get_id (item)))
        g_ptr_array_add (self->items, g_object_ref (item));
    }
  if (self->items->len > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->items->len - before);
}

/* For each item of `page` the place of the same item in the list now, or -1. */
static int *
find_kept (GezPagedList *self,
           GPtrArray    *page)
{
  g_autoptr (GHashTable) index = index_by_id (self);
  int *places = g_new (int, page->len + 1);

  for (guint i = 0; i < page->len; i++)
    {
      gpointer item = g_ptr_array_index (page, i);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (index, self->get_id (item)));

      places[i] = -1;
      if (place > 0 && self->equal (g_ptr_array_index (self->items, place - 1), item))
        places[i] = (int) place - 1;
    }
  return places;
}

/* Leaves in `places` only the longest run of rising numbers; the others become -1. */
static void
keep_longest_rise (int  *places,
                   guint n)
{
  g_autofree int *tails = g_new (int, n + 1);    /* tails[l]: where a run of length l + 1 ends */
  g_autofree int *previous = g_new (int, n + 1); /* the one before it in its run */
  int longest = 0, at;

  for (guint i = 0; i < n; i++)
    {
      int low = 0, high = longest;

      if (places[i] < 0)
        continue;
      while (low < high)
        {
          int middle = (low + high) / 2;

          if (places[tails[middle]] < places[i])
            low = middle + 1;
          else
            high = middle;
        }
      previous[i] = low > 0 ? tails[low - 1] : -1;
      tails[low] = (int) i;
      longest = MAX (longest, low + 1);
    }
  at = longest > 0 ? tails[longest - 1] : -1;
  for (int i = (int) n - 1; i >= 0; i--)
    if (i == at)
      at = previous[i];
    else
      places[i] = -1;
}

static void
replace_range (GezPagedList *self,
               guint         position,
               guint         removed,
               GPtrArray    *page,
               guint         from,
               guint         added)
{
  if (removed == 0 && added == 0)
    return;
  if (removed > 0)
    g_ptr_array_remove_range (self->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->items, (int) (position + i),
                        g_object_ref (g_ptr_array_index (page, from + i)));
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* From the end to the start, so that places in front of a gap stay what they were. */
static void
replace_all (GezPagedList *self,
             GPtrArray    *page)
{
  g_autofree int *places = find_kept (self, page);
  guint old_end = self->items->len, new_end = page->len;

  keep_longest_rise (places, page->len);
  for (int i = (int) page->len - 1; i >= -1; i--)
    {
      guint old_start, new_start = (guint) (i + 1);

      if (i >= 0 && places[i] < 0)
        continue;
      old_start = i >= 0 ? (guint) places[i] + 1 : 0;
      replace_range (self, old_start, old_end - old_start, page, new_start, new_end - new_start);
      if (i >= 0)
        {
          old_end = (guint) places[i];
          new_end = (guint) i;
        }
    }
}

static void
set_complete (GezPagedList *self,
              gboolean      complete)
{
  if (self->complete == complete)
    return;
  self->complete = complete;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
}

static void
set_n_total (GezPagedList *self,
             int           n_total)
{
  if (self->n_total == n_total)
    return;
  self->n_total = n_total;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS_TOTAL]);
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Request *request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezPage) page = gez_store_run_finish (GEZ_STORE (source), result, &error);
  g_autoptr (GezPagedList) self = g_weak_ref_get (&request->list);
  gboolean is_current = self != NULL && self->cancellable == request->cancellable;
  gboolean is_reload = request->is_reload;

  request_free (request);
  if (!is_current)
    return;
  g_clear_object (&self->cancellable);
  if (page == NULL)
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  if (is_reload)
    replace_all (self, gez_page_get_items (page));
  else
    append (self, gez_page_get_items (page));
  set_n_total (self, gez_page_get_n_total (page));
  set_complete (self, !gez_page_has_more (page));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
start (GezPagedList *self,
       guint         offset,
       guint         limit,
       gboolean      is_reload)
{
  g_autoptr (GezQuery) query = self->make_query (offset, limit, self->user_data);
  Request *request = g_new0 (Request, 1);
  gboolean was_loading = self->cancellable != NULL;

  if (was_loading)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_weak_ref_init (&request->list, self);
  request->cancellable = g_object_ref (self->cancellable);
  request->is_reload = is_reload;
  gez_store_run_async (self->store, query, self->cancellable, page_read_cb, request);
  if (!was_loading)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static GType
gez_paged_list_get_item_type (GListModel *model)
{
  return GEZ_PAGED_LIST (model)->item_type;
}

static guint
gez_paged_list_get_n_items (GListModel *model)
{
  return GEZ_PAGED_LIST (model)->items->len;
}

static gpointer
gez_paged_list_get_item (GListModel *model,
                         guint       position)
{
  GezPagedList *self = GEZ_PAGED_LIST (model);

  if (position >= self->items->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
gez_paged_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = gez_paged_list_get_item_type;
  iface->get_n_items = gez_paged_list_get_n_items;
  iface->get_item = gez_paged_list_get_item;
}

static void
gez_paged_list_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  GezPagedList *self = GEZ_PAGED_LIST (object);

  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    case PROP_N_ITEMS_TOTAL:
      g_value_set_int (value, self->n_total);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gez_paged_list_dispose (GObject *object)
{
  GezPagedList *self = GEZ_PAGED_LIST (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gez_paged_list_parent_class)->dispose (object);
}

static void
gez_paged_list_finalize (GObject *object)
{
  GezPagedList *self = GEZ_PAGED_LIST (object);

  if (self->free_user_data != NULL)
    self->free_user_data (self->user_data);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (gez_paged_list_parent_class)->finalize (object);
}

static void
gez_paged_list_class_init (GezPagedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = gez_paged_list_get_property;
  object_class->dispose = gez_paged_list_dispose;
  object_class->finalize = gez_paged_list_finalize;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  properties[PROP_N_ITEMS_TOTAL] =
    g_param_spec_int ("n-items-total", NULL, NULL, -1, G_MAXINT, -1, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
gez_paged_list_init (GezPagedList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->n_total = -1;
}

/**
 * gez_paged_list_new:
 * @store: where the pages are read
 * @item_type: type of all items
 * @get_id: the identity of an item
 * @equal: whether two items with one identity look the same
 * @make_query: makes the query of a page
 * @user_data: (nullable): for @make_query
 * @free_user_data: (nullable): frees @user_data with the list
 *
 * Thread: the main context's.
 *
 * Returns: (transfer full): an empty list; gez_paged_list_load_more() reads its first page
 */
GezPagedList *
gez_paged_list_new (GezStore        *store,
                    GType            item_type,
                    GezItemIdFunc    get_id,
                    GezItemEqualFunc equal,
                    GezPageFunc      make_query,
                    gpointer         user_data,
                    GDestroyNotify   free_user_data)
{
  GezPagedList *self;

  g_return_val_if_fail (GEZ_IS_STORE (store), NULL);
  g_return_val_if_fail (g_type_is_a (item_type, G_TYPE_OBJECT), NULL);
  g_return_val_if_fail (get_id != NULL && equal != NULL && make_query != NULL, NULL);

  self = g_object_new (GEZ_TYPE_PAGED_LIST, NULL);
  self->store = g_object_ref (store);
  self->item_type = item_type;
  self->get_id = get_id;
  self->equal = equal;
  self->make_query = make_query;
  self->user_data = user_data;
  self->free_user_data = free_user_data;
  return self;
}

/**
 * gez_paged_list_load_more:
 *
 * Reads the next page and appends it. Does nothing while a page is on its way and when everything
 * is there.
 */
void
gez_paged_list_load_more (GezPagedList *self)
{
  g_return_if_fail (GEZ_IS_PAGED_LIST (self));

  if (self->cancellable != NULL || self->complete)
    return;
  start (self, self->items->len, GEZ_PAGE_SIZE, FALSE);
}

/**
 * gez_paged_list_reload:
 *
 * Reads again as many items as the list holds, at least one page, and replaces what differs: after
 * a commit, and after the filter in the list's user data changed. Items that did not change stay
 * the same objects.
 */
void
gez_paged_list_reload (GezPagedList *self)
{
  guint pages;

  g_return_if_fail (GEZ_IS_PAGED_LIST (self));

  pages = (self->items->len + GEZ_PAGE_SIZE - 1) / GEZ_PAGE_SIZE;
  start (self, 0, MAX (pages, 1) * GEZ_PAGE_SIZE, TRUE);
}

/**
 * gez_paged_list_is_loading:
 *
 * Returns: whether a page is on its way
 */
gboolean
gez_paged_list_is_loading (GezPagedList *self)
{
  g_return_val_if_fail (GEZ_IS_PAGED_LIST (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * gez_paged_list_is_complete:
 *
 * Returns: whether there is nothing more to load
 */
gboolean
gez_paged_list_is_complete (GezPagedList *self)
{
  g_return_val_if_fail (GEZ_IS_PAGED_LIST (self), FALSE);

  return self->complete;
}

/**
 * gez_paged_list_get_n_total:
 *
 * Returns: how many items there are in all, as the last page counted them; -1 while unknown
 */
int
gez_paged_list_get_n_total (GezPagedList *self)
{
  g_return_val_if_fail (GEZ_IS_PAGED_LIST (self), -1);

  return self->n_total;
}
