/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "households/gez-saved-filter-row.h"

#include <glib/gi18n.h>

struct _GezSavedFilterRow
{
  GezFieldRow parent_instance;

  GezRecord *filter;
  GtkStack *stack;
  GtkWidget *choose;
  GtkWidget *entry;
  GtkWidget *rename;
};

G_DEFINE_FINAL_TYPE (GezSavedFilterRow, gez_saved_filter_row, GEZ_TYPE_FIELD_ROW)

enum
{
  CHOSEN,
  RENAMED,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_name (GezSavedFilterRow *self)
{
  return gez_record_get_text (self->filter, "name");
}

static void
choose_cb (GezSavedFilterRow *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, self->filter);
}

static void
remove_cb (GezSavedFilterRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0, self->filter);
}

static void
show_name (GezSavedFilterRow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "name");
  gtk_widget_grab_focus (self->choose);
}

/* The same button begins and ends. */
static void
rename_cb (GezSavedFilterRow *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "name") == 0)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), get_name (self));
      gtk_stack_set_visible_child_name (self->stack, "entry");
      gtk_widget_grab_focus (self->entry);
      return;
    }
  show_name (self);
  if (*name != '\0' && g_strcmp0 (name, get_name (self)) != 0)
    g_signal_emit (self, signals[RENAMED], 0, self->filter, name);
}

static gboolean
escape_cb (GtkWidget *entry,
           GVariant  *arguments,
           gpointer   row)
{
  show_name (row);
  return TRUE;
}

static void
gez_saved_filter_row_finalize (GObject *object)
{
  g_clear_object (&GEZ_SAVED_FILTER_ROW (object)->filter);

  G_OBJECT_CLASS (gez_saved_filter_row_parent_class)->finalize (object);
}

static void
gez_saved_filter_row_class_init (GezSavedFilterRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_saved_filter_row_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", GEZ_TYPE_SAVED_FILTER_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, GEZ_TYPE_RECORD);
  signals[RENAMED] = g_signal_new ("renamed", GEZ_TYPE_SAVED_FILTER_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, GEZ_TYPE_RECORD, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", GEZ_TYPE_SAVED_FILTER_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, GEZ_TYPE_RECORD);
}

static GtkWidget *
make_button (GezSavedFilterRow *self,
             const char        *icon,
             const char        *what,
             GCallback          callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  /* Translators: %1$s is what the button does ("Rename"), %2$s the name of a filter. */
  g_autofree char *label = g_strdup_printf (_("%1$s: %2$s"), what, get_name (self));

  gtk_widget_set_tooltip_text (button, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_stack (GezSavedFilterRow *self)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *label = gtk_label_new (get_name (self));
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->stack = GTK_STACK (stack);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  self->choose = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->choose), label);
  gtk_widget_set_tooltip_text (self->choose, get_name (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_name (self), -1);
  gtk_widget_add_css_class (self->choose, "flat");
  g_signal_connect_object (self->choose, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);

  self->entry = gtk_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("New name of the filter"), -1);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (rename_cb), self, G_CONNECT_SWAPPED);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_callback_action_new (escape_cb, self, NULL)));
  gtk_widget_add_controller (self->entry, keys);

  gtk_stack_add_named (self->stack, self->choose, "name");
  gtk_stack_add_named (self->stack, self->entry, "entry");
  gtk_widget_set_hexpand (stack, TRUE);
  return stack;
}

static void
gez_saved_filter_row_init (GezSavedFilterRow *self)
{
}

/**
 * gez_saved_filter_row_new:
 * @filter: of gez_store_filter_query()
 *
 * Returns: (transfer floating): a row that shows it
 */
GtkWidget *
gez_saved_filter_row_new (GezRecord *filter)
{
  GezSavedFilterRow *self = g_object_new (GEZ_TYPE_SAVED_FILTER_ROW, NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->filter = g_object_ref (filter);
  self->rename = make_button (self, "document-edit-symbolic", _("Rename"), G_CALLBACK (rename_cb));
  gtk_box_append (GTK_BOX (line), make_stack (self));
  gtk_box_append (GTK_BOX (line), self->rename);
  gtk_box_append (GTK_BOX (line), make_button (self, "user-trash-symbolic", _("Remove"),
                                               G_CALLBACK (remove_cb)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_name (self), -1);
  return GTK_WIDGET (self);
}
