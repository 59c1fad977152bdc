/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-tab-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-focus.h"

struct _GezTabList
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *list;
  char *selected;
};

G_DEFINE_FINAL_TYPE (GezTabList, gez_tab_list, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define ITEM_KEY "gez-tab-item"

static GezTabItem *
item_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), ITEM_KEY);
}

static GtkWidget *
make_row (const GezTabItem *item)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (item->label);
  g_autofree char *name = item->state == NULL
                            ? g_strdup (item->label)
                            : g_strdup_printf ("%s, %s", item->label, item->state);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (row, item->mark != NULL ? name : item->label);
  gtk_box_append (GTK_BOX (box), label);
  if (item->state != NULL)
    {
      GtkWidget *chip = gez_chip_new (item->mark != NULL ? item->mark : item->state, item->style);

      if (item->mark != NULL)
        gtk_widget_add_css_class (chip, "quiet");
      gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), chip);
    }

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return row;
}

static GtkListBoxRow *
find_row (GezTabList *self,
          const char *name)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    if (g_strcmp0 (item_of (row)->name, name) == 0)
      return row;

  return NULL;
}

static gboolean
is_same (const GezTabItem *item,
         const GezTabItem *other)
{
  return strcmp (item->name, other->name) == 0 && strcmp (item->label, other->label) == 0
         && g_strcmp0 (item->state, other->state) == 0 && item->style == other->style
         && g_strcmp0 (item->heading, other->heading) == 0;
}

/* Whether the rows show just these items already: then the focus may stay where it is. */
static gboolean
shows (GezTabList *self,
       GPtrArray  *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) i);

      if (row == NULL || !is_same (item_of (row), g_ptr_array_index (items, i)))
        return FALSE;
    }

  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) items->len) == NULL;
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  const char *heading = item_of (row)->heading;
  GtkWidget *label;

  if (heading == NULL || (before != NULL && g_strcmp0 (item_of (before)->heading, heading) == 0))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;

  label = gtk_label_new (heading);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 9);
  gtk_widget_set_margin_bottom (label, 4);
  gtk_widget_set_margin_start (label, 12);
  gtk_list_box_row_set_header (row, label);
}

static void
activated_cb (GezTabList    *self,
              GtkListBoxRow *row)
{
  g_autofree char *name = g_strdup (item_of (row)->name);

  g_signal_emit (self, signals[CHOSEN], 0, name);
}

static gboolean
gez_tab_list_grab_focus (GtkWidget *widget)
{
  GezTabList *self = GEZ_TAB_LIST (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  return gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : self->list);
}

static void
gez_tab_list_dispose (GObject *object)
{
  GezTabList *self = GEZ_TAB_LIST (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_tab_list_parent_class)->dispose (object);
}

static void
gez_tab_list_finalize (GObject *object)
{
  g_clear_pointer (&GEZ_TAB_LIST (object)->selected, g_free);

  G_OBJECT_CLASS (gez_tab_list_parent_class)->finalize (object);
}

static void
gez_tab_list_class_init (GezTabListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_tab_list_dispose;
  object_class->finalize = gez_tab_list_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = gez_tab_list_grab_focus;
  gez_focus_class_let_leave (GTK_WIDGET_CLASS (klass));

  signals[CHOSEN] = g_signal_new ("chosen", GEZ_TYPE_TAB_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_tab_list_init (GezTabList *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_SINGLE);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, NULL, NULL);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_widget_add_css_class (self->list, "gez-tabs");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Tabs of this file"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (activated_cb), self);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * gez_tab_item_new:
 * @name: its name
 * @heading: (nullable): heading above it; a static string
 * @label: what people read
 * @state: (nullable): how it stands
 * @mark: (nullable): a sign that is shown instead of @state; a static string
 * @style: how @state looks
 *
 * Returns: (transfer full): an item
 */
GezTabItem *
gez_tab_item_new (const char   *name,
                  const char   *heading,
                  const char   *label,
                  const char   *state,
                  const char   *mark,
                  GezChipStyle  style)
{
  GezTabItem *item = g_new0 (GezTabItem, 1);

  item->name = g_strdup (name);
  item->heading = heading;
  item->label = g_strdup (label);
  item->state = g_strdup (state);
  item->mark = mark;
  item->style = style;

  return item;
}

/**
 * gez_tab_item_free:
 * @item: (transfer full): an item
 */
void
gez_tab_item_free (GezTabItem *item)
{
  g_free (item->name);
  g_free (item->label);
  g_free (item->state);
  g_free (item);
}

/**
 * gez_tab_list_new:
 *
 * Returns: (transfer floating): a list without tabs
 */
GtkWidget *
gez_tab_list_new (void)
{
  return g_object_new (GEZ_TYPE_TAB_LIST, NULL);
}

/**
 * gez_tab_list_set:
 * @self: the list
 * @items: (element-type GezTabItem): what to show, from top to bottom
 */
void
gez_tab_list_set (GezTabList *self,
                  GPtrArray  *items)
{
  GtkWidget *focused;
  gboolean had_focus;
  GtkListBoxRow *row;

  g_return_if_fail (GEZ_IS_TAB_LIST (self));

  if (shows (self, items))
    return;

  focused = gtk_widget_get_focus_child (self->list);
  had_focus = focused != NULL;
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < items->len; i++)
    {
      const GezTabItem *item = g_ptr_array_index (items, i);
      GtkWidget *made = make_row (item);

      g_object_set_data_full (G_OBJECT (made), ITEM_KEY,
                              gez_tab_item_new (item->name, item->heading, item->label,
                                                item->state, item->mark, item->style),
                              (GDestroyNotify) gez_tab_item_free);
      gtk_list_box_append (GTK_LIST_BOX (self->list), made);
    }

  row = find_row (self, self->selected);
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  if (had_focus && row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/**
 * gez_tab_list_select:
 * @self: the list
 * @name: the tab that is shown
 *
 * Marks it, and takes the focus along when that is in the list. Nobody is told.
 */
void
gez_tab_list_select (GezTabList *self,
                     const char *name)
{
  GtkListBoxRow *row;

  g_return_if_fail (GEZ_IS_TAB_LIST (self));

  if (g_strcmp0 (self->selected, name) != 0)
    {
      g_free (self->selected);
      self->selected = g_strdup (name);
    }
  row = find_row (self, name);
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  if (row != NULL && gtk_widget_get_focus_child (self->list) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}
