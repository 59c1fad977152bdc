/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences/gez-list-editor.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-row.h"
#include "household/gez-form.h"
#include "preferences/gez-list-entry-dialog.h"
#include "preferences/gez-list-words.h"

/* Moving a row.
 *
 * 1. A row moves on the screen at once; `entries` is the order that shows.
 * 2. One order is being written at a time. Who moves again meanwhile sees it, and it is written when
 *    the first one was read back, because only then the places that the store holds are known.
 * 3. What is read while an order is being written is older than that and is passed over. */

struct _GezListEditor
{
  GtkWidget parent_instance;

  GezContext *context;
  GezListKind kind;
  GezReader *reader;
  GPtrArray *entries; /* of GezRecord: those in use, as they show */
  gboolean is_writing;
  gboolean moved_again;

  GtkWidget *group;
  GtkWidget *list;
  GtkWidget *fold_list; /* GtkListBox with the fold in it */
  GtkWidget *fold;
  GPtrArray *folded; /* rows of the fold, which owns them */
};

G_DEFINE_FINAL_TYPE (GezListEditor, gez_list_editor, GTK_TYPE_WIDGET)

#define RECORD_KEY "gez-record"

static const char *const tables[] = { "domain", "list_item", "school", "district", NULL };

static GezRecord *
get_record (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), RECORD_KEY);
}

static int
find_id (GPtrArray   *records,
         const GezId *id)
{
  for (guint i = 0; i < records->len; i++)
    if (gez_id_equal (gez_record_get_id (records->pdata[i]), id))
      return (int) i;
  return -1;
}

static const char *
get_label (GezListEditor *self,
           GezRecord     *entry)
{
  return gez_record_get_text (entry, gez_list_kind_is_place (self->kind) ? "name" : "label_nl");
}

static const char *
get_detail (GezListEditor *self,
            GezRecord     *entry)
{
  if (gez_list_kind_is_place (self->kind))
    return gez_record_get_text (entry, "municipality");
  return self->kind == GEZ_LIST_DOMAINS ? gez_record_get_text (entry, "description_nl") : NULL;
}

/* Acts ---------------------------------------------------------------------------------------- */

static void
open_dialog (GezListEditor *self,
             GezRecord     *entry)
{
  gint64 last = 0;

  for (guint i = 0; gez_list_kind_has_order (self->kind) && i < self->entries->len; i++)
    last = MAX (last, gez_record_get_integer (self->entries->pdata[i], "position"));
  gez_list_entry_dialog_present (GTK_WIDGET (self), self->context, self->kind, entry, last + 1);
}

static void
add_cb (GezListEditor *self)
{
  open_dialog (self, NULL);
}

static void
row_activated_cb (GezListEditor *self,
                  GtkWidget     *row)
{
  open_dialog (self, get_record (row));
}

static void
set_in_use (GezListEditor *self,
            GezRecord     *entry,
            gboolean       in_use)
{
  gez_act (GTK_WIDGET (self), self->context,
           gez_list_entry_set_in_use (self->context, self->kind, gez_record_get_id (entry), in_use),
           in_use ? _("In use again.") : _("No longer in use. Old files keep it."));
}

static void
use_again_cb (GtkWidget     *button,
              GezListEditor *self)
{
  set_in_use (self, get_record (gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW)), TRUE);
}

/* Order --------------------------------------------------------------------------------------- */

static void write_order (GezListEditor *self);

static void
order_written_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (GezListEditor) self = data;

  gez_act_finish (result);
  self->is_writing = FALSE;
  /* Also when nothing was written: then the store says how it stands. */
  if (self->reader != NULL)
    gez_reader_refresh (self->reader);
}

static void
write_order (GezListEditor *self)
{
  self->is_writing = TRUE;
  self->moved_again = FALSE;
  gez_act_async (GTK_WIDGET (self), self->context,
                 gez_list_entry_reorder (self->context, self->kind, self->entries), NULL,
                 order_written_cb, g_object_ref (self));
}

static void
move_to (GezListEditor *self,
         GtkWidget     *row,
         int            to)
{
  int from = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  gboolean had_focus = gtk_widget_get_focus_child (self->list) == row;
  gpointer entry;

  if (!gez_list_kind_has_order (self->kind) || from < 0 || to < 0 || to == from ||
      (guint) to >= self->entries->len)
    return;
  /* A row that is taken out with the focus loses it again later, when GTK 4.8 gets round to it. */
  if (had_focus)
    gtk_root_set_focus (gtk_widget_get_root (row), NULL);
  g_object_ref (row);
  gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  gtk_list_box_insert (GTK_LIST_BOX (self->list), row, to);
  g_object_unref (row);
  entry = g_ptr_array_steal_index (self->entries, (guint) from);
  g_ptr_array_insert (self->entries, to, entry);
  if (had_focus)
    gtk_widget_grab_focus (row);
  if (self->is_writing)
    self->moved_again = TRUE;
  else
    write_order (self);
}

/* The order that shows, with what the store holds by now. */
static void
keep_order (GezListEditor *self,
            GPtrArray     *fresh)
{
  g_autoptr (GPtrArray) ordered = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->entries->len; i++)
    {
      int at = find_id (fresh, gez_record_get_id (self->entries->pdata[i]));

      if (at >= 0)
        g_ptr_array_add (ordered, g_object_ref (fresh->pdata[at]));
    }
  for (guint i = 0; i < fresh->len; i++)
    if (find_id (self->entries, gez_record_get_id (fresh->pdata[i])) < 0)
      g_ptr_array_add (ordered, g_object_ref (fresh->pdata[i]));
  g_ptr_array_unref (self->entries);
  self->entries = g_steal_pointer (&ordered);
}

/* Keys, menu and mouse ------------------------------------------------------------------------ */

static GtkWidget *
find_row_at (GezListEditor *self,
             int            index)
{
  GtkListBoxRow *row = index < 0 ? NULL : gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), index);

  return row != NULL ? GTK_WIDGET (row) : NULL;
}

static void
entry_action_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  GezListEditor *self = GEZ_LIST_EDITOR (widget);
  GtkWidget *row;
  GezId id;
  int index;

  if (!gez_id_parse (g_variant_get_string (parameter, NULL), &id))
    return;
  index = find_id (self->entries, &id);
  row = find_row_at (self, index);
  if (row == NULL)
    return;
  if (g_str_equal (action, "entry.up"))
    move_to (self, row, index - 1);
  else if (g_str_equal (action, "entry.down"))
    move_to (self, row, index + 1);
  else if (g_str_equal (action, "entry.end"))
    set_in_use (self, get_record (row), FALSE);
  else
    open_dialog (self, get_record (row));
}

static GtkWidget *
find_focused (GezListEditor *self)
{
  return gtk_widget_get_focus_child (self->list);
}

static gboolean
move_key_cb (GtkWidget *widget,
             GVariant  *steps,
             gpointer   data)
{
  GezListEditor *self = GEZ_LIST_EDITOR (widget);
  GtkWidget *row = find_focused (self);

  if (row == NULL)
    return FALSE;
  move_to (self, row, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + g_variant_get_int32 (steps));
  return TRUE;
}

static gboolean
end_key_cb (GtkWidget *widget,
            GVariant  *arguments,
            gpointer   data)
{
  GtkWidget *row = find_focused (GEZ_LIST_EDITOR (widget));

  if (row == NULL)
    return FALSE;
  set_in_use (GEZ_LIST_EDITOR (widget), get_record (row), FALSE);
  return TRUE;
}

static void
make_menu_cb (GtkMenuButton *button,
              gpointer       data)
{
  static const struct
  {
    const char *label, *action;
  } items[] = {
    { N_("_Change…"), "entry.edit" },
    { N_("Move _up"), "entry.up" },
    { N_("Move _down"), "entry.down" },
    { N_("_No longer in use"), "entry.end" },
  };
  GezListEditor *self = data;
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  g_autofree char *id = gez_id_to_string (gez_record_get_id (get_record (row)));
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(items[i].label), NULL);

      if (!gez_list_kind_has_order (self->kind) && (i == 1 || i == 2))
        continue;
      g_menu_item_set_action_and_target (item, items[i].action, "s", id);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 GtkWidget     *row)
{
  return gdk_content_provider_new_typed (GEZ_TYPE_ROW, row);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               GtkWidget     *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static GdkDragAction
drop_motion_cb (GezListEditor *self,
                double         x,
                double         y)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (GTK_LIST_BOX (self->list), (int) y);

  if (row == NULL)
    return 0;
  gtk_list_box_drag_highlight_row (GTK_LIST_BOX (self->list), row);
  return GDK_ACTION_MOVE;
}

static void
drop_leave_cb (GezListEditor *self)
{
  gtk_list_box_drag_unhighlight_row (GTK_LIST_BOX (self->list));
}

static gboolean
drop_cb (GezListEditor *self,
         const GValue  *value,
         double         x,
         double         y)
{
  GtkWidget *row = g_value_get_object (value);
  GtkListBoxRow *place = gtk_list_box_get_row_at_y (GTK_LIST_BOX (self->list), (int) y);

  gtk_list_box_drag_unhighlight_row (GTK_LIST_BOX (self->list));
  if (place == NULL || gtk_widget_get_parent (row) != self->list)
    return FALSE;
  move_to (self, row, gtk_list_box_row_get_index (place));
  return TRUE;
}

/* Rows ---------------------------------------------------------------------------------------- */

static GtkWidget *
make_handle (GtkWidget *row)
{
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_widget_add_css_class (handle, "dim-label");
  gtk_widget_set_cursor_from_name (handle, "grab");
  gtk_accessible_update_state (GTK_ACCESSIBLE (handle), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (drag_prepare_cb), row, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), row, 0);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
  return handle;
}

static GtkWidget *
make_menu_button (GezListEditor *self,
                  const char    *label)
{
  GtkWidget *button = gtk_menu_button_new ();
  /* Translators: the menu of one row; %s is what the row is called. */
  g_autofree char *name = g_strdup_printf (_("Menu of %s"), label);

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), make_menu_cb, self, NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
make_row (GezListEditor *self,
          GezRecord     *entry,
          const char    *detail)
{
  GtkWidget *row = gez_row_new (get_label (self, entry), detail);

  gez_row_set_lines (GEZ_ROW (row), 3, 3);
  if (self->kind == GEZ_LIST_DOMAINS && gez_record_get_integer (entry, "is_sensitive"))
    gez_row_add_chip (GEZ_ROW (row), _("Sensitive"), GEZ_CHIP_NEUTRAL);
  g_object_set_data_full (G_OBJECT (row), RECORD_KEY, g_object_ref (entry), g_object_unref);
  return row;
}

static GtkWidget *
make_entry_row (GezListEditor *self,
                GezRecord     *entry)
{
  GtkWidget *row = make_row (self, entry, get_detail (self, entry));

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (gez_list_kind_has_order (self->kind))
    {
      gez_row_add_prefix (GEZ_ROW (row), make_handle (row));
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS,
                                      "Alt+Up Alt+Down Delete", -1);
    }
  gez_row_add_suffix (GEZ_ROW (row), make_menu_button (self, get_label (self, entry)));
  return row;
}

static char *
describe_period (GezRecord  *entry,
                 const char *today)
{
  const char *from_on = gez_record_get_text (entry, "active_from_on");
  const char *to_on = gez_record_get_text (entry, "active_to_on");
  gboolean is_coming = from_on != NULL && g_strcmp0 (from_on, today) > 0;
  g_autofree char *day = gez_format_date (is_coming ? from_on : to_on);

  return g_strdup_printf (is_coming ? _("From %s") : _("Until %s"), day);
}

static void
add_folded (GezListEditor *self,
            GezRecord     *entry,
            const char    *today)
{
  g_autofree char *period = describe_period (entry, today);
  GtkWidget *row = make_row (self, entry, period);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Use again"));
  g_autofree char *name = g_strdup_printf (_("Use %s again"), get_label (self, entry));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (use_again_cb), self, 0);
  gez_row_add_suffix (GEZ_ROW (row), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->fold), row);
  g_ptr_array_add (self->folded, row);
}

static void
show_folded (GezListEditor *self,
             GPtrArray     *entries,
             const char    *today)
{
  g_autofree char *title = g_strdup_printf (_("No longer in use (%u)"), entries->len);

  for (guint i = 0; i < self->folded->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self->fold), self->folded->pdata[i]);
  g_ptr_array_set_size (self->folded, 0);
  for (guint i = 0; i < entries->len; i++)
    add_folded (self, entries->pdata[i], today);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->fold), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fold), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_visible (self->fold_list, entries->len > 0);
}

static void
show_entries (GezListEditor *self)
{
  GtkWidget *focused = gtk_widget_get_focus_child (self->list);
  int index = focused != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;
  GezId id = focused != NULL ? *gez_record_get_id (get_record (focused)) : GEZ_ID_NONE;
  GtkListBoxRow *row;
  int again;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < self->entries->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_entry_row (self, self->entries->pdata[i]));
  if (index < 0)
    return;
  /* The row one was on, else the one that took its place. */
  again = find_id (self->entries, &id);
  if (again < 0)
    again = MIN (index, (int) self->entries->len - 1);
  if (find_row_at (self, again) != NULL)
    gtk_widget_grab_focus (find_row_at (self, again));
}

static gboolean
is_same (GPtrArray *one,
         GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    if (!gez_record_equal (one->pdata[i], other->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
take_entries (GezListEditor *self,
              GPtrArray     *fresh)
{
  if (is_same (self->entries, fresh))
    return;
  g_ptr_array_unref (self->entries);
  self->entries = g_ptr_array_ref (fresh);
  show_entries (self);
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_list_entry_query (GEZ_LIST_EDITOR (widget)->kind);
}

static void
show_result (gpointer      widget,
             gpointer      result,
             const GError *error)
{
  GezListEditor *self = widget;
  g_autofree char *today = gez_context_dup_today (self->context);
  g_autoptr (GPtrArray) in_use = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) ended = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *all = result;

  if (error != NULL)
    gez_say_error (widget, error);
  if (all == NULL || self->is_writing)
    return;
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (gez_lists_is_in_use (all->pdata[i], today) ? in_use : ended, g_object_ref (all->pdata[i]));
  if (self->moved_again)
    {
      keep_order (self, in_use);
      write_order (self);
      return;
    }
  take_entries (self, in_use);
  show_folded (self, ended, today);
}

static GtkWidget *
make_add_button (GezListEditor *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = g_object_new (ADW_TYPE_BUTTON_CONTENT, "icon-name", "list-add-symbolic", "label",
                                     _("Add"), NULL);

  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gez_list_words_get_new (self->kind), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *label = gtk_label_new (_("Nothing here yet. Add what your team uses."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "gez-section-empty");
  return label;
}

static GtkWidget *
make_list (GezListEditor *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkDropTarget *target = gtk_drop_target_new (GEZ_TYPE_ROW, GDK_ACTION_MOVE);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (list), make_empty ());
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gez_list_words_get_title (self->kind), -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "motion", G_CALLBACK (drop_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (drop_leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (list, GTK_EVENT_CONTROLLER (target));
  return list;
}

static void
build (GezListEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *about = gez_form_hint (gez_list_words_get_about (self->kind));

  gtk_widget_remove_css_class (about, "caption");
  self->group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", gez_list_words_get_title (self->kind),
                              "header-suffix", make_add_button (self), NULL);
  self->list = make_list (self);
  self->fold = adw_expander_row_new ();
  self->fold_list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->fold_list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->fold_list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (self->fold_list), self->fold);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fold_list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("No longer in use"), -1);
  gtk_widget_set_visible (self->fold_list, FALSE);
  gtk_box_append (GTK_BOX (box), about);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->fold_list);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), box);
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
}

static void
gez_list_editor_dispose (GObject *object)
{
  GezListEditor *self = GEZ_LIST_EDITOR (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_ptr_array_set_size (self->folded, 0);
  g_clear_pointer (&self->group, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (gez_list_editor_parent_class)->dispose (object);
}

static void
gez_list_editor_finalize (GObject *object)
{
  GezListEditor *self = GEZ_LIST_EDITOR (object);

  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->folded);
  G_OBJECT_CLASS (gez_list_editor_parent_class)->finalize (object);
}

static void
gez_list_editor_class_init (GezListEditorClass *klass)
{
  static const char *const actions[] = { "entry.edit", "entry.up", "entry.down", "entry.end" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_list_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = gez_list_editor_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], "s", entry_action_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, move_key_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Up, GDK_ALT_MASK, move_key_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, move_key_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Down, GDK_ALT_MASK, move_key_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, end_key_cb, NULL);
}

static void
gez_list_editor_init (GezListEditor *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->folded = g_ptr_array_new ();
}

/**
 * gez_list_editor_new:
 * @context: the context
 * @kind: which list
 *
 * Returns: (transfer floating): the editor; it fills itself
 */
GtkWidget *
gez_list_editor_new (GezContext  *context,
                     GezListKind  kind)
{
  GezListEditor *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && kind < GEZ_LIST_N, NULL);

  self = g_object_new (GEZ_TYPE_LIST_EDITOR, NULL);
  self->context = g_object_ref (context);
  self->kind = kind;
  build (self);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables, make_query,
                                 show_result);
  gez_reader_refresh (self->reader);
  return GTK_WIDGET (self);
}

/**
 * gez_list_editor_get_list:
 *
 * Returns: (transfer none): the rows that are in use
 */
GtkListBox *
gez_list_editor_get_list (GezListEditor *self)
{
  g_return_val_if_fail (GEZ_IS_LIST_EDITOR (self), NULL);

  return GTK_LIST_BOX (self->list);
}

/**
 * gez_list_editor_get_fold:
 *
 * Returns: (transfer none): what is no longer in use; not visible when that is nothing
 */
GtkWidget *
gez_list_editor_get_fold (GezListEditor *self)
{
  g_return_val_if_fail (GEZ_IS_LIST_EDITOR (self), NULL);

  return self->fold_list;
}
