/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-long-list.h"

#include "common/gez-growing-slice.h"

/*
 * 1. `list` reads what its place asks at the moment of the read. Another question is another list: it
 *    begins at its top with nothing selected. After a change in the store the rows that stay keep
 *    their places.
 * 2. What does not show is not read: it is stale until it is mapped.
 * 3. Rows have one height and come in pages (GTK issue 2971: the view jumps otherwise).
 * 4. A position in `shown` is the same position in `list`.
 */
struct _GezLongList
{
  GtkWidget parent_instance;

  GezStore *store;
  GezPagedList *list;
  const char * const *tables; /* of the place, for ever */
  GtkSliceListModel *shown;   /* what the view was given of it so far */
  GtkSingleSelection *selection;
  gulong changed_id;
  guint timeout;
  gboolean is_stale;
  gboolean goes_to_top;

  GtkStack *stack;
  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (GezLongList, gez_long_list, GTK_TYPE_WIDGET)

enum
{
  READING,
  READ,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define COALESCE_MILLISECONDS 30

static void
loading_cb (GezLongList *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0;

  if (gez_paged_list_is_loading (self->list))
    return;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "nothing" : "list");
  if (self->goes_to_top && !is_empty)
    gez_long_list_scroll_to (self, 0);
  self->goes_to_top = FALSE;
  g_signal_emit (self, signals[READ], 0);
}

static void
failed_cb (GezLongList  *self,
           const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
reload (GezLongList *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->is_stale = FALSE;
  g_signal_emit (self, signals[READING], 0, self->goes_to_top);
  gez_paged_list_reload (self->list);
}

static gboolean
timeout_cb (gpointer user_data)
{
  GezLongList *self = user_data;

  self->timeout = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    reload (self);
  else
    self->is_stale = TRUE;

  return G_SOURCE_REMOVE;
}

static void
changed_cb (GezLongList        *self,
            const char * const *changed)
{
  for (gsize i = 0; changed[i] != NULL && self->timeout == 0; i++)
    if (g_strv_contains (self->tables, changed[i]))
      self->timeout = g_timeout_add (COALESCE_MILLISECONDS, timeout_cb, self);
}

static void
near_end_cb (GezLongList   *self,
             GtkAdjustment *adjustment)
{
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment)
                - gtk_adjustment_get_page_size (adjustment);

  if (left < 2 * gtk_adjustment_get_page_size (adjustment)
      && !gez_paged_list_is_complete (self->list) && !gez_paged_list_is_loading (self->list))
    gez_paged_list_load_more (self->list);
}

static void
gez_long_list_map (GtkWidget *widget)
{
  GezLongList *self = GEZ_LONG_LIST (widget);

  GTK_WIDGET_CLASS (gez_long_list_parent_class)->map (widget);
  if (self->is_stale)
    reload (self);
}

static void
gez_long_list_dispose (GObject *object)
{
  GezLongList *self = GEZ_LONG_LIST (object);
  GtkWidget *stack = GTK_WIDGET (g_steal_pointer (&self->stack));

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->store != NULL)
    g_clear_signal_handler (&self->changed_id, self->store);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_pointer (&stack, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_object (&self->list);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (gez_long_list_parent_class)->dispose (object);
}

static void
gez_long_list_class_init (GezLongListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_long_list_dispose;
  widget_class->map = gez_long_list_map;

  signals[READING] = g_signal_new ("reading", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[READ] = g_signal_new ("read", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
gez_long_list_init (GezLongList *self)
{
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
}

static GtkWidget *
make_view (GezLongList        *self,
           GtkListItemFactory *factory)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->view = gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)), factory);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                           "value-changed", G_CALLBACK (near_end_cb), self, G_CONNECT_SWAPPED);

  return scrolled;
}

static void
build (GezLongList        *self,
       GtkListItemFactory *factory,
       GtkWidget          *nothing)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, gtk_label_new (NULL), "unread");
  gtk_stack_add_named (self->stack, make_view (self, factory), "list");
  gtk_stack_add_named (self->stack, nothing, "nothing");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

/**
 * gez_long_list_new:
 * @store: what tells of changes
 * @list: (transfer full): what reads the items
 * @tables: (array zero-terminated=1): which tables its rows come from; lives for ever
 * @factory: (transfer full): makes the rows
 * @nothing: (transfer floating): what shows where there are none
 *
 * Returns: (transfer floating): a list that was not read yet; gez_long_list_start() or gez_long_list_ask_again() begins
 */
GtkWidget *
gez_long_list_new (GezStore           *store,
                   GezPagedList       *list,
                   const char * const *tables,
                   GtkListItemFactory *factory,
                   GtkWidget          *nothing)
{
  GezLongList *self;

  g_return_val_if_fail (GEZ_IS_STORE (store), NULL);
  g_return_val_if_fail (GEZ_IS_PAGED_LIST (list), NULL);
  g_return_val_if_fail (tables != NULL, NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (nothing), NULL);

  self = g_object_new (GEZ_TYPE_LONG_LIST, NULL);
  self->store = g_object_ref (store);
  self->list = list;
  self->tables = tables;
  self->shown = gez_growing_slice_new (G_LIST_MODEL (list));
  build (self, factory, nothing);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->shown));
  g_signal_connect_object (list, "notify::loading", G_CALLBACK (loading_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  self->changed_id = g_signal_connect_swapped (store, "changed", G_CALLBACK (changed_cb), self);

  return GTK_WIDGET (self);
}

/**
 * gez_long_list_start:
 *
 * Reads the first page, once.
 */
void
gez_long_list_start (GezLongList *self)
{
  g_return_if_fail (GEZ_IS_LONG_LIST (self));

  gez_paged_list_load_more (self->list);
}

/**
 * gez_long_list_ask_again:
 *
 * Reads the answer to another question, which begins at its top with nothing selected.
 */
void
gez_long_list_ask_again (GezLongList *self)
{
  g_return_if_fail (GEZ_IS_LONG_LIST (self));

  self->goes_to_top = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gez_growing_slice_restart (self->shown);
  reload (self);
}

/**
 * gez_long_list_is_loading:
 *
 * Returns: whether an answer is on its way
 */
gboolean
gez_long_list_is_loading (GezLongList *self)
{
  g_return_val_if_fail (GEZ_IS_LONG_LIST (self), FALSE);

  return gez_paged_list_is_loading (self->list);
}

/**
 * gez_long_list_get_n_total:
 *
 * Returns: how many items there are, also those that were not read yet
 */
guint
gez_long_list_get_n_total (GezLongList *self)
{
  int n_total;

  g_return_val_if_fail (GEZ_IS_LONG_LIST (self), 0);

  n_total = gez_paged_list_get_n_total (self->list);
  return n_total < 0 ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : (guint) n_total;
}

/**
 * gez_long_list_get_items:
 *
 * Returns: (transfer none): the items that were read
 */
GListModel *
gez_long_list_get_items (GezLongList *self)
{
  g_return_val_if_fail (GEZ_IS_LONG_LIST (self), NULL);

  return G_LIST_MODEL (self->list);
}

/**
 * gez_long_list_get_selection:
 *
 * Returns: (transfer none): what the view shows, and which of it is selected
 */
GtkSingleSelection *
gez_long_list_get_selection (GezLongList *self)
{
  g_return_val_if_fail (GEZ_IS_LONG_LIST (self), NULL);

  return self->selection;
}

/**
 * gez_long_list_get_view:
 *
 * Returns: (transfer none): the list view, to name and to style
 */
GtkWidget *
gez_long_list_get_view (GezLongList *self)
{
  g_return_val_if_fail (GEZ_IS_LONG_LIST (self), NULL);

  return self->view;
}

/**
 * gez_long_list_scroll_to:
 * @position: of an item that the view has
 */
void
gez_long_list_scroll_to (GezLongList *self,
                         guint        position)
{
  g_return_if_fail (GEZ_IS_LONG_LIST (self));

  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", position);
}
