/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-household-picker.h"

#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-discretion.h"
#include "common/gez-focus.h"
#include "common/gez-paste.h"
#include "common/gez-reader.h"
#include "common/gez-row.h"
#include "model/gez-household-list.h"

#define MAX_RESULTS 5

struct _GezHouseholdPicker
{
  GtkWidget parent_instance;

  GezContext *context;
  GezReader *reader;
  GezId household;
  GtkWidget *entry;
  GtkWidget *list;
  GtkWidget *nothing;
};

G_DEFINE_FINAL_TYPE (GezHouseholdPicker, gez_household_picker, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char * const tables[] = { "household", "person", "membership", NULL };

static const char *
get_search (GezHouseholdPicker *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  return gez_text_is_blank (text) ? NULL : text;
}

static void
clear_results (GezHouseholdPicker *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  gtk_widget_set_visible (self->list, FALSE);
  gtk_widget_set_visible (self->nothing, FALSE);
}

static void
set_household (GezHouseholdPicker *self,
               const GezId        *household)
{
  if (gez_id_equal (&self->household, household))
    return;

  self->household = *household;
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY,
                                     gez_id_is_none (household) ? NULL : "object-select-symbolic");
  g_signal_emit (self, signals[CHANGED], 0);
}

static GezQuery *
make_query (gpointer widget)
{
  GezHouseholdPicker *self = widget;
  GezHouseholdFilter filter = { .search = get_search (self), .state = NULL };

  if (filter.search == NULL || !gez_id_is_none (&self->household))
    return NULL;

  return gez_household_list_query (&filter, 0, MAX_RESULTS);
}

static void
show_cb (gpointer      widget,
         gpointer      result,
         const GError *error)
{
  GezHouseholdPicker *self = widget;
  GPtrArray *items;

  clear_results (self);
  if (error != NULL || !gez_id_is_none (&self->household))
    return;

  gtk_label_set_label (GTK_LABEL (self->nothing), gez_discretion_is_active ()
                                                    ? _("Names are hidden. Press F9 to choose one.")
                                                    : _("No household of that name."));
  gtk_widget_set_visible (self->nothing, gez_discretion_is_active ());
  if (gez_discretion_is_active ())
    return;
  items = gez_page_get_items (result);
  for (guint i = 0; i < items->len; i++)
    {
      GezHouseholdItem *item = g_ptr_array_index (items, i);
      GtkWidget *row = gez_row_new (gez_household_item_get_name (item),
                                    gez_household_item_get_members (item));

      gez_row_set_lines (GEZ_ROW (row), 1, 1);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "gez-item", g_object_ref (item), g_object_unref);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    }
  gtk_widget_set_visible (self->list, items->len > 0);
  gtk_widget_set_visible (self->nothing, items->len == 0);
}

static void
text_changed_cb (GezHouseholdPicker *self)
{
  set_household (self, &GEZ_ID_NONE);
  if (get_search (self) == NULL)
    clear_results (self);
  gez_reader_refresh (self->reader);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
choose (GezHouseholdPicker *self,
        GtkListBoxRow      *row)
{
  GezHouseholdItem *item = g_object_get_data (G_OBJECT (row), "gez-item");
  g_autoptr (GezHouseholdItem) chosen = g_object_ref (item);

  g_signal_handlers_block_by_func (self->entry, text_changed_cb, self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), gez_household_item_get_name (chosen));
  g_signal_handlers_unblock_by_func (self->entry, text_changed_cb, self);
  gtk_widget_grab_focus (self->entry);
  clear_results (self);
  set_household (self, gez_household_item_get_id (chosen));
}

static void
row_activated_cb (GezHouseholdPicker *self,
                  GtkListBoxRow      *row)
{
  choose (self, row);
}

static void
activate_cb (GezHouseholdPicker *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  if (first != NULL)
    choose (self, first);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  key,
        guint                  code,
        GdkModifierType        modifiers,
        GezHouseholdPicker    *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || first == NULL)
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_grab_focus (GTK_WIDGET (first));
}

static gboolean
gez_household_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_HOUSEHOLD_PICKER (widget)->entry);
}

static void
gez_household_picker_dispose (GObject *object)
{
  GezHouseholdPicker *self = GEZ_HOUSEHOLD_PICKER (object);
  GtkWidget *child;

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_household_picker_parent_class)->dispose (object);
}

static void
gez_household_picker_class_init (GezHouseholdPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_household_picker_dispose;
  widget_class->grab_focus = gez_household_picker_grab_focus;
  gez_focus_class_let_leave (widget_class);

  /**
   * GezHouseholdPicker::changed:
   *
   * Another household was chosen, or none, or the text is another one.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
gez_household_picker_init (GezHouseholdPicker *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);

  self->entry = gtk_entry_new ();
  gez_paste_limit (self->entry, GEZ_PASTE_LINE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Search by name; may stay empty"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Household"), -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (text_changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_visible (self->list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Households found"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));

  self->nothing = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->nothing), 0);
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_visible (self->nothing, FALSE);
  gtk_widget_set_parent (self->nothing, GTK_WIDGET (self));
}

/**
 * gez_household_picker_new:
 * @context: (transfer none): where to search
 *
 * Returns: (transfer floating): an empty picker
 */
GtkWidget *
gez_household_picker_new (GezContext *context)
{
  GezHouseholdPicker *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_HOUSEHOLD_PICKER, NULL);
  self->context = g_object_ref (context);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_cb);

  return GTK_WIDGET (self);
}

/**
 * gez_household_picker_set_required:
 * @self: a picker
 *
 * A household must be chosen: the entry no longer says that it may stay empty.
 */
void
gez_household_picker_set_required (GezHouseholdPicker *self)
{
  g_return_if_fail (GEZ_IS_HOUSEHOLD_PICKER (self));

  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Search by name"));
}

/**
 * gez_household_picker_get_household:
 * @self: a picker
 *
 * Returns: (transfer none) (nullable): the chosen household; %NULL for none
 */
const GezId *
gez_household_picker_get_household (GezHouseholdPicker *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_PICKER (self), NULL);

  return gez_id_is_none (&self->household) ? NULL : &self->household;
}

/**
 * gez_household_picker_is_settled:
 * @self: a picker
 *
 * Returns: whether a household is chosen or nothing was typed: a name that nobody chose is neither
 */
gboolean
gez_household_picker_is_settled (GezHouseholdPicker *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_PICKER (self), FALSE);

  return !gez_id_is_none (&self->household) || get_search (self) == NULL;
}
