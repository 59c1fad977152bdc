/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/gez-search-dialog.h"

#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-reader.h"
#include "common/gez-sentence.h"
#include "model/gez-search.h"
#include "search/gez-search-row.h"

/*
 * 1. Each letter asks anew and stops the question before it inside SQLite: only the newest answer
 *    shows.
 * 2. The first result is chosen, so that Enter opens it. Enter while the answer is on its way waits for
 *    it: it never opens a result of an older question.
 * 3. The window is modal and a toplevel: the lock closes it, and Escape gives the focus back to where
 *    it was.
 */
struct _GezSearchDialog
{
  AdwWindow parent_instance;

  GezContext *context;
  GezReader *reader;
  GtkWidget *parent; /* weak: the window where results open */
  gboolean opens_when_read;

  GtkWidget *entry;
  GtkStack *stack;
  GtkWidget *list;
  AdwStatusPage *nothing;
  GtkWidget *add;
};

G_DEFINE_FINAL_TYPE (GezSearchDialog, gez_search_dialog, ADW_TYPE_WINDOW)

#define MOST_OF_A_KIND 8
#define LONGEST_NAME 40 /* characters of it on the button */
#define WIDTH 640
#define HEIGHT 600

static const char *const tables[] = {
  "household", "person", "note", "question", "contact", "goal", "document",
  "partner", NULL,
};

static const char *
get_text (GezSearchDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static gboolean
can_open (GezSearchDialog *self,
          GezRecord       *result)
{
  if (!gez_record_is_null (result, "household_id"))
    return TRUE;
  return g_strcmp0 (gez_record_get_text (result, "kind"), "partner") == 0
         && G_IS_ACTION_GROUP (self->parent)
         && g_action_group_has_action (G_ACTION_GROUP (self->parent), "open-partner");
}

/* Where it stands: a document has a row of its own in its tab. */
static char *
make_tab (GezRecord *result)
{
  const char *tab = gez_record_get_text (result, "tab");
  g_autofree char *id = NULL;

  if (g_strcmp0 (gez_record_get_text (result, "kind"), "document") != 0)
    return g_strdup (tab);
  id = gez_id_to_string (gez_record_get_id (result));
  return g_strdup_printf ("%s/%s", tab, id);
}

static void
open_result (GezSearchDialog *self,
             GezRecord       *result)
{
  g_autoptr (GtkWidget) parent = self->parent != NULL ? g_object_ref (self->parent) : NULL;
  g_autoptr (GezRecord) kept = g_object_ref (result);
  g_autofree char *id = NULL;
  g_autofree char *tab = NULL;

  if (parent == NULL || !can_open (self, result))
    return;
  gtk_window_destroy (GTK_WINDOW (self));
  if (gez_record_is_null (kept, "household_id"))
    {
      id = gez_id_to_string (gez_record_get_id (kept));
      gtk_widget_activate_action (parent, "win.open-partner", "s", id);
      return;
    }
  id = gez_id_to_string (gez_record_get_reference (kept, "household_id"));
  tab = make_tab (kept);
  gtk_widget_activate_action (parent, "win.open-household-tab", "(ss)", id, tab);
}

static void
open_chosen (GezSearchDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (row != NULL)
    open_result (self, gez_search_row_get (GTK_WIDGET (row)));
}

static void
row_activated_cb (GezSearchDialog *self,
                  GtkListBoxRow   *row)
{
  open_result (self, gez_search_row_get (GTK_WIDGET (row)));
}

static GezQuery *
make_query (gpointer widget)
{
  GezSearchDialog *self = widget;

  if (gez_text_is_blank (get_text (self)))
    return NULL;
  return gez_search_query (get_text (self), MOST_OF_A_KIND + 1);
}

static void
clear (GezSearchDialog *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
}

/* Of each kind one more is read than shows, to know whether there is more. */
static void
fill (GezSearchDialog *self,
      GPtrArray       *results)
{
  g_autofree char *today = gez_context_dup_today (self->context);
  const char *kind = NULL;
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    {
      GezRecord *result = g_ptr_array_index (results, i);
      const char *own = gez_record_get_text (result, "kind");
      GtkWidget *row;

      n = g_strcmp0 (own, kind) == 0 ? n + 1 : 1;
      kind = own;
      if (n > MOST_OF_A_KIND)
        continue;
      row = gez_search_row_new (result, today);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), can_open (self, result));
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    }
}

static gboolean
is_cut (GPtrArray  *results,
        const char *heading)
{
  guint n = 0;
  const char *kind = NULL;

  for (guint i = 0; i < results->len; i++)
    {
      GezRecord *result = g_ptr_array_index (results, i);
      const char *own = gez_record_get_text (result, "kind");

      n = g_strcmp0 (own, kind) == 0 ? n + 1 : 1;
      kind = own;
      if (n > MOST_OF_A_KIND && g_strcmp0 (gez_search_row_get_kind (result), heading) == 0)
        return TRUE;
    }
  return FALSE;
}

static GtkWidget *
make_heading (const char *text,
              gboolean    is_cut_off)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label", text, "xalign", 0.0f, "hexpand", TRUE, NULL);

  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  if (is_cut_off)
    {
      GtkWidget *more = gtk_label_new (_("There is more: add a word"));

      gtk_label_set_ellipsize (GTK_LABEL (more), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (more, "gez-detail");
      gtk_box_append (GTK_BOX (box), more);
    }
  gtk_widget_add_css_class (box, "gez-search-heading");
  return box;
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  GezSearchDialog *self = user_data;
  const char *heading = gez_search_row_get_kind (gez_search_row_get (GTK_WIDGET (row)));
  GPtrArray *results = g_object_get_data (G_OBJECT (self->list), "gez-results");

  if (before != NULL
      && g_strcmp0 (heading, gez_search_row_get_kind (gez_search_row_get (GTK_WIDGET (before)))) == 0)
    gtk_list_box_row_set_header (row, NULL);
  else
    gtk_list_box_row_set_header (row, make_heading (heading,
                                                    results != NULL && is_cut (results, heading)));
}

static void
offer_new (GezSearchDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (get_text (self)));
  g_autofree char *label = NULL;

  if (g_utf8_strlen (name, -1) > LONGEST_NAME)
    {
      g_autofree char *cut = g_utf8_substring (name, 0, LONGEST_NAME);
      char *shorter = g_strconcat (cut, "…", NULL);

      g_free (name);
      name = shorter;
    }
  /* Translators: %s is the name of a household as it was typed. */
  label = g_strdup_printf (_("New household “%s”"), name);
  gtk_label_set_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->add))), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  adw_status_page_set_title (self->nothing, _("Nothing found"));
  adw_status_page_set_description (self->nothing,
                                   _("Try fewer letters, or make a new household."));
  gtk_widget_set_visible (self->add, TRUE);
}

static void
show_results (gpointer      widget,
              gpointer      result,
              const GError *error)
{
  GezSearchDialog *self = widget;
  GPtrArray *results = result;

  clear (self);
  if (results == NULL)
    {
      g_autofree char *sentence = gez_sentence_for_error (error);
      g_autofree char *safe = g_markup_escape_text (sentence, -1);

      adw_status_page_set_title (self->nothing, _("That did not work"));
      adw_status_page_set_description (self->nothing, safe);
      gtk_widget_set_visible (self->add, FALSE);
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      return;
    }
  g_object_set_data_full (G_OBJECT (self->list), "gez-results", g_ptr_array_ref (results),
                          (GDestroyNotify) g_ptr_array_unref);
  fill (self, results);
  if (results->len == 0)
    offer_new (self);
  gtk_stack_set_visible_child_name (self->stack, results->len > 0 ? "list" : "nothing");
  gtk_list_box_select_row (GTK_LIST_BOX (self->list),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
  if (self->opens_when_read)
    open_chosen (self);
}

static void
changed_cb (GezSearchDialog *self)
{
  self->opens_when_read = FALSE;
  if (gez_text_is_blank (get_text (self)))
    {
      clear (self);
      gtk_stack_set_visible_child_name (self->stack, "hint");
    }
  gez_reader_refresh (self->reader);
}

static void
activate_cb (GezSearchDialog *self)
{
  if (gez_reader_is_reading (self->reader))
    self->opens_when_read = TRUE;
  else
    open_chosen (self);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  key,
        guint                  code,
        GdkModifierType        modifiers,
        GezSearchDialog       *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  if (row != NULL && gtk_widget_get_mapped (GTK_WIDGET (row)))
    {
      GtkListBoxRow *next = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list),
                                                           gtk_list_box_row_get_index (row) + 1);

      gtk_widget_grab_focus (GTK_WIDGET (next != NULL ? next : row));
      return GDK_EVENT_STOP;
    }
  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

/* Above the first result stands the entry. */
static gboolean
keynav_failed_cb (GezSearchDialog *self,
                  GtkDirectionType direction)
{
  if (direction != GTK_DIR_UP)
    return FALSE;
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  return TRUE;
}

static void
add_cb (GezSearchDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (get_text (self)));
  g_autoptr (GtkWidget) parent = self->parent != NULL ? g_object_ref (self->parent) : NULL;

  if (parent == NULL)
    return;
  gtk_window_destroy (GTK_WINDOW (self));
  gtk_widget_activate_action (parent, "win.new-household-named", "s", name);
}

static void
gez_search_dialog_dispose (GObject *object)
{
  GezSearchDialog *self = GEZ_SEARCH_DIALOG (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_weak_pointer (&self->parent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_search_dialog_parent_class)->dispose (object);
}

static void
gez_search_dialog_class_init (GezSearchDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_search_dialog_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_header (GezSearchDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _("Search everywhere"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search everywhere"), -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->entry), GTK_WIDGET (self));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  adw_header_bar_set_centering_policy (ADW_HEADER_BAR (header), ADW_CENTERING_POLICY_LOOSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->entry);
  return header;
}

static GtkWidget *
make_list (GezSearchDialog *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, self, NULL);
  gtk_widget_add_css_class (self->list, "gez-search-results");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What was found"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "keynav-failed", G_CALLBACK (keynav_failed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  return scroller;
}

static GtkWidget *
make_nothing (GezSearchDialog *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *label = gtk_label_new (NULL);

  self->nothing = ADW_STATUS_PAGE (page);
  adw_status_page_set_icon_name (self->nothing, "edit-find-symbolic");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  self->add = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->add), label);
  gtk_widget_set_halign (self->add, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->add, "pill");
  gtk_widget_add_css_class (self->add, "suggested-action");
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  adw_status_page_set_child (self->nothing, self->add);
  return page;
}

static GtkWidget *
make_hint (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-search-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("What are you looking for?"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _("A name, a telephone number, or words from the journal, "
                                     "a goal or a partner. What you type is not kept."));
  /* There is nothing to press, but it scrolls, and what scrolls would take the focus unseen. */
  gtk_widget_set_can_focus (page, FALSE);
  return page;
}

static void
gez_search_dialog_init (GezSearchDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, make_hint (), "hint");
  gtk_stack_add_named (self->stack, make_list (self), "list");
  gtk_stack_add_named (self->stack, make_nothing (self), "nothing");
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("Search"));
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 300);
  gtk_window_set_focus (GTK_WINDOW (self), self->entry);
}

/**
 * gez_search_dialog_present:
 * @parent: the window; what is chosen opens there through its actions
 * @context: whose files
 *
 * Returns: (transfer none): the dialog, which shows
 */
GtkWidget *
gez_search_dialog_present (GtkWindow  *parent,
                           GezContext *context)
{
  GezSearchDialog *self;
  int width;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_SEARCH_DIALOG, "transient-for", parent, "destroy-with-parent", TRUE,
                       NULL);
  self->context = g_object_ref (context);
  g_set_weak_pointer (&self->parent, GTK_WIDGET (parent));
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_results);
  width = gtk_widget_get_width (GTK_WIDGET (parent));
  gtk_window_set_default_size (GTK_WINDOW (self), width > 0 ? MIN (WIDTH, width) : WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
