/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "households/gez-saved-filters.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-act.h"
#include "common/gez-reader.h"
#include "households/gez-saved-filter-row.h"

struct _GezSavedFilters
{
  GtkWidget parent_instance;

  GezContext *context;
  GezReader *reader;
  GtkWidget *button;
  GtkWidget *scroller;
  GtkWidget *list;
  GtkWidget *empty;
  GtkWidget *name;
  GtkWidget *keep;
};

G_DEFINE_FINAL_TYPE (GezSavedFilters, gez_saved_filters, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  COLLECT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define WIDTH 250
#define HEIGHT 320

static const char *const tables[] = { "saved_filter", NULL };

/* A filter as it was, to go back to. */
typedef struct
{
  GezStore *store;
  GezId id;
  char *name;    /* NULL: it was not there */
  char *content;
} Before;

static void
before_free (gpointer data)
{
  Before *before = data;

  g_object_unref (before->store);
  g_free (before->name);
  g_free (before->content);
  g_free (before);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;

  if (!gez_store_save_filter_finish (GEZ_STORE (source), result, &error)
      && gtk_widget_get_root (window) != NULL)
    gez_say_error (window, error);
}

static void
go_back (GtkWidget *window,
         gpointer   data)
{
  Before *before = data;

  gez_store_save_filter_async (before->store, &before->id, before->name, before->content, saved_cb,
                               g_object_ref (window));
}

/* Writes a filter (@content NULL: removes it) and offers to go back to how it was. */
static void
write_filter (GezSavedFilters *self,
              const GezId     *id,
              const char      *name,
              const char      *content,
              GezRecord       *old,
              const char      *sentence)
{
  Before *before = g_new0 (Before, 1);

  before->store = g_object_ref (gez_context_get_store (self->context));
  before->id = *id;
  before->name = g_strdup (old != NULL ? gez_record_get_text (old, "name") : NULL);
  before->content = g_strdup (old != NULL ? gez_record_get_text (old, "content") : NULL);
  gez_store_save_filter_async (before->store, id, name, content, saved_cb, g_object_ref (self));
  gez_act_local (GTK_WIDGET (self), self->context, sentence, go_back, before, before_free);
}

static void
name_changed_cb (GezSavedFilters *self)
{
  gtk_widget_set_sensitive (
    self->keep, !gez_text_is_blank (gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

static void
keep_cb (GezSavedFilters *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autofree char *content = NULL;
  GezId id = gez_id_new (gez_context_get_clock (self->context));

  if (*name == '\0')
    return;
  g_signal_emit (self, signals[COLLECT], 0, &content);
  if (content == NULL)
    return;
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  write_filter (self, &id, name, content, NULL, _("Filter kept"));
}

static void
chosen_cb (GezSavedFilters *self,
           GezRecord       *filter)
{
  g_autofree char *content = g_strdup (gez_record_get_text (filter, "content"));

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, signals[CHOSEN], 0, content);
}

static void
renamed_cb (GezSavedFilters *self,
            GezRecord       *filter,
            const char      *name)
{
  write_filter (self, gez_record_get_id (filter), name, gez_record_get_text (filter, "content"),
                filter, _("Filter renamed"));
}

static void
removed_cb (GezSavedFilters *self,
            GezRecord       *filter)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  write_filter (self, gez_record_get_id (filter), NULL, NULL, filter, _("Filter removed"));
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_store_filter_query ();
}

static void
show_filters (gpointer      widget,
              gpointer      result,
              const GError *error)
{
  GezSavedFilters *self = widget;
  GPtrArray *filters = result;
  GtkListBoxRow *row;

  if (filters == NULL)
    return;
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < filters->len; i++)
    {
      GtkWidget *filter = gez_saved_filter_row_new (g_ptr_array_index (filters, i));

      g_signal_connect_object (filter, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (filter, "renamed", G_CALLBACK (renamed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (filter, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (GTK_LIST_BOX (self->list), filter);
    }
  gtk_widget_set_visible (self->scroller, filters->len > 0);
  gtk_widget_set_visible (self->empty, filters->len == 0);
}

static void
gez_saved_filters_dispose (GObject *object)
{
  GezSavedFilters *self = GEZ_SAVED_FILTERS (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_saved_filters_parent_class)->dispose (object);
}

static gboolean
first_string (GSignalInvocationHint *hint,
              GValue                *collected,
              const GValue          *returned,
              gpointer               data)
{
  g_value_copy (returned, collected);
  return FALSE;
}

static void
gez_saved_filters_class_init (GezSavedFiltersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_saved_filters_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", GEZ_TYPE_SAVED_FILTERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[COLLECT] = g_signal_new ("collect", GEZ_TYPE_SAVED_FILTERS, G_SIGNAL_RUN_LAST, 0,
                                   first_string, NULL, NULL, G_TYPE_STRING, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_list (GezSavedFilters *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->scroller = scroller;
  gtk_widget_set_visible (scroller, FALSE);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Saved filters"), -1);
  gtk_widget_add_css_class (self->list, "gez-saved-filters");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  return scroller;
}

static GtkWidget *
make_keep (GezSavedFilters *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->name = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->name), _("Name for what shows now"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name for what shows now"), -1);
  gtk_widget_set_hexpand (self->name, TRUE);
  self->keep = gtk_button_new_with_mnemonic (_("_Keep"));
  g_signal_connect_object (self->name, "changed", G_CALLBACK (name_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name, "activate", G_CALLBACK (keep_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keep, "clicked", G_CALLBACK (keep_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->name);
  gtk_box_append (GTK_BOX (line), self->keep);
  return line;
}

static GtkWidget *
make_content (GezSavedFilters *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label", _("Saved filters"), "xalign", 0.0f, NULL);

  gtk_widget_add_css_class (title, "heading");
  self->empty = gtk_label_new (_("None yet. Choose what you want to see, and keep it under a name."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->empty), 26);
  gtk_widget_add_css_class (self->empty, "gez-detail");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), make_list (self));
  gtk_box_append (GTK_BOX (box), make_keep (self));
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  return box;
}

static void
gez_saved_filters_init (GezSavedFilters *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "user-bookmarks-symbolic");
  gtk_widget_set_tooltip_text (self->button, _("Saved filters"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Saved filters"), -1);
  gtk_popover_set_child (GTK_POPOVER (popover), make_content (self));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  name_changed_cb (self);
}

/**
 * gez_saved_filters_new:
 * @context: whose filters
 *
 * Returns: (transfer floating): the button
 */
GtkWidget *
gez_saved_filters_new (GezContext *context)
{
  GezSavedFilters *self = g_object_new (GEZ_TYPE_SAVED_FILTERS, NULL);

  self->context = g_object_ref (context);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_filters);
  return GTK_WIDGET (self);
}
