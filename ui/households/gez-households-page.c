/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "households/gez-households-page.h"

#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-accessible.h"
#include "common/gez-discretion.h"
#include "common/gez-focus.h"
#include "common/gez-long-list.h"
#include "common/gez-paste.h"
#include "common/gez-sentence.h"
#include "common/gez-shortcut.h"
#include "common/gez-trace.h"
#include "households/gez-filter-bar.h"
#include "households/gez-household-row.h"
#include "households/gez-saved-filters.h"

/*
 * 1. `list` reads what the entry and the filter say at the moment of the read.
 * 2. Enter while the answer is on its way waits for it: it never opens a row of the old answer.
 */
struct _GezHouseholdsPage
{
  GtkWidget parent_instance;

  GezContext *context;
  char *today;
  gboolean opens_when_read;

  GtkWidget *content;
  GtkEditable *search;
  GezFilterBar *filter;
  GtkLabel *count;
  GezLongList *list;
  AdwStatusPage *nothing;
  GtkWidget *team_button;
  GtkWidget *add_button;
};

G_DEFINE_FINAL_TYPE (GezHouseholdsPage, gez_households_page, GTK_TYPE_WIDGET)

static const char * const tables[] = {
  "household", "person", "membership", "helper", "trajectory", "trajectory_event", "contact",
  "followup", "referral", "referral_event", "member", "district", "goal", "question", NULL,
};

static gboolean
is_mine (GezHouseholdsPage *self)
{
  return gez_filter_bar_is_mine (self->filter);
}

static const char *
get_search (GezHouseholdsPage *self)
{
  const char *text = gtk_editable_get_text (self->search);

  return gez_text_is_blank (text) ? NULL : text;
}

static GezQuery *
make_query (guint    offset,
            guint    limit,
            gpointer user_data)
{
  GezHouseholdsPage *self = user_data;
  GezHouseholdFilter filter;

  gez_filter_bar_get (self->filter, &filter);
  filter.search = get_search (self);
  g_free (self->today);
  self->today = gez_context_dup_today (self->context);

  return gez_household_list_query (&filter, offset, limit);
}

static const GezId *
get_id (gpointer item)
{
  return gez_household_item_get_id (item);
}

static gboolean
equal (gpointer a,
       gpointer b)
{
  return gez_household_item_equal (a, b);
}

static void
open_position (GezHouseholdsPage *self,
               guint              position)
{
  g_autoptr (GezHouseholdItem) item = NULL;
  g_autofree char *id = NULL;

  item = g_list_model_get_item (gez_long_list_get_items (self->list), position);
  if (item == NULL)
    return;

  id = gez_id_to_string (gez_household_item_get_id (item));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-household", "s", id);
}

static void
open_chosen (GezHouseholdsPage *self)
{
  guint position = gtk_single_selection_get_selected (gez_long_list_get_selection (self->list));

  open_position (self, position == GTK_INVALID_LIST_POSITION ? 0 : position);
}

static void
show_no_result (GezHouseholdsPage *self)
{
  adw_status_page_set_icon_name (self->nothing, "edit-find-symbolic");
  adw_status_page_set_title (self->nothing, _("Nothing found"));
  adw_status_page_set_description (self->nothing,
                                   is_mine (self)
                                   ? _("Look in the whole team, or make a new household.")
                                   : _("Try fewer letters, or make a new household."));
}

static void
show_empty (GezHouseholdsPage *self)
{
  adw_status_page_set_icon_name (self->nothing, "system-users-symbolic");
  if (gez_filter_bar_is_narrowed (self->filter))
    {
      adw_status_page_set_title (self->nothing, _("No households here"));
      adw_status_page_set_description (self->nothing, _("Choose another filter to see the others."));
    }
  else if (is_mine (self))
    {
      adw_status_page_set_title (self->nothing, _("No households of yours yet"));
      adw_status_page_set_description (self->nothing,
                                       _("Make the first one, or look at those of the team."));
    }
  else
    {
      adw_status_page_set_title (self->nothing, _("No households yet"));
      adw_status_page_set_description (self->nothing, _("Make the first one: a name is enough."));
    }
}

static void
update_count (GezHouseholdsPage *self)
{
  guint n = gez_long_list_get_n_total (self->list);
  g_autofree char *text = NULL;

  if (n == 0)
    text = g_strdup (_("No households"));
  else if (get_search (self) != NULL)
    text = g_strdup_printf (ngettext ("%u household found", "%u households found", n), n);
  else
    text = g_strdup_printf (ngettext ("%u household", "%u households", n), n);
  gtk_label_set_text (self->count, text);
}

/* What is not among the own households may well be among those of a colleague. */
static void
search_team_cb (GezHouseholdsPage *self)
{
  gez_filter_bar_show_team (self->filter);
}

static void
update_state (GezHouseholdsPage *self)
{
  gboolean is_empty = gez_long_list_get_n_total (self->list) == 0;

  update_count (self);
  if (is_empty && get_search (self) != NULL)
    show_no_result (self);
  else if (is_empty)
    show_empty (self);
  gtk_widget_set_visible (self->team_button, is_mine (self));
  gtk_button_set_label (GTK_BUTTON (self->add_button),
                        get_search (self) == NULL ? _("New household")
                                                  : _("New household with this name"));
}

static void
ask_again (GezHouseholdsPage *self)
{
  if (self->list != NULL)
    gez_long_list_ask_again (self->list);
}

static void
read_cb (GezHouseholdsPage *self)
{
  update_state (self);
  if (self->opens_when_read)
    open_chosen (self);
  self->opens_when_read = FALSE;
  gez_trace_mark_painted (GTK_WIDGET (self), "households");
}

static void
failed_cb (GezHouseholdsPage *self,
           const GError      *error)
{
  g_autofree char *sentence = gez_sentence_for_error (error);

  self->opens_when_read = FALSE;
  gtk_label_set_text (self->count, sentence);
}

static void
search_activate_cb (GezHouseholdsPage *self)
{
  if (gez_long_list_is_loading (self->list))
    self->opens_when_read = TRUE;
  else
    open_chosen (self);
}

static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint                  key,
               guint                  code,
               GdkModifierType        modifiers,
               GezHouseholdsPage     *self)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_child_focus (gez_long_list_get_view (self->list), GTK_DIR_TAB_FORWARD);
}

static void
stop_search_cb (GezHouseholdsPage *self)
{
  gtk_editable_set_text (self->search, "");
}

static void
row_activated_cb (GezHouseholdsPage *self,
                  guint              position)
{
  open_position (self, position);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         GezHouseholdsPage        *self)
{
  GezHouseholdItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  const char *me = gez_context_get_member_name (self->context);
  g_autofree char *label = gez_household_row_describe (item, self->today, me);

  gez_household_row_set_item (GEZ_HOUSEHOLD_ROW (row), item, self->today, me);
  /* The row of GTK 4.8 has no name of its own, and no property to give it one. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
discretion_changed_cb (GtkListItem *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  if (gtk_list_item_get_item (list_item) != NULL)
    bind_cb (NULL, list_item,
             GEZ_HOUSEHOLDS_PAGE (gtk_widget_get_ancestor (row, GEZ_TYPE_HOUSEHOLDS_PAGE)));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  gtk_list_item_set_child (list_item, gez_household_row_new ());
  gez_discretion_watch (list_item, G_CALLBACK (discretion_changed_cb));
}

/* Whoever searched a name and did not find it need not type it again. */
static void
add_searched_cb (GezHouseholdsPage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->search)));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.new-household-named", "s", name);
}

static void
new_household_action_cb (GtkWidget  *widget,
                         const char *action,
                         GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.new-household", NULL);
}

static void
find_action_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  GezHouseholdsPage *self = GEZ_HOUSEHOLDS_PAGE (widget);

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static gboolean
gez_households_page_grab_focus (GtkWidget *widget)
{
  GezHouseholdsPage *self = GEZ_HOUSEHOLDS_PAGE (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
gez_households_page_dispose (GObject *object)
{
  GezHouseholdsPage *self = GEZ_HOUSEHOLDS_PAGE (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_households_page_parent_class)->dispose (object);
}

static void
gez_households_page_finalize (GObject *object)
{
  g_free (GEZ_HOUSEHOLDS_PAGE (object)->today);

  G_OBJECT_CLASS (gez_households_page_parent_class)->finalize (object);
}

static void
gez_households_page_class_init (GezHouseholdsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_households_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = gez_households_page_finalize;
  widget_class->grab_focus = gez_households_page_grab_focus;
  gez_focus_class_let_leave (widget_class);

  gtk_widget_class_install_action (widget_class, "households.find", NULL, find_action_cb);
  gtk_widget_class_install_action (widget_class, "households.add", NULL, new_household_action_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_search (GezHouseholdsPage *self)
{
  GtkWidget *search = gtk_search_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gez_paste_limit (search, GEZ_PASTE_LINE);
  self->search = GTK_EDITABLE (search);
  gtk_editable_set_width_chars (self->search, 8);
  gtk_widget_set_hexpand (search, TRUE);
  g_object_set (search, "placeholder-text", _("Search by name"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search households by name or member"), -1);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (search), GTK_WIDGET (self));
  g_signal_connect_object (search, "changed", G_CALLBACK (ask_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "activate", G_CALLBACK (search_activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "stop-search", G_CALLBACK (stop_search_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (search, keys);

  return search;
}

/* The words are set without a question of their own: the filter tells of the change. */
static void
filter_chosen_cb (GezHouseholdsPage *self,
                  const char        *content)
{
  g_autofree char *words = NULL;

  g_signal_handlers_block_by_func (self->filter, ask_again, self);
  words = gez_filter_bar_set_text (self->filter, content);
  g_signal_handlers_unblock_by_func (self->filter, ask_again, self);
  g_signal_handlers_block_by_func (self->search, ask_again, self);
  gtk_editable_set_text (self->search, words);
  g_signal_handlers_unblock_by_func (self->search, ask_again, self);
  ask_again (self);
}

static char *
collect_filter_cb (GezHouseholdsPage *self)
{
  return gez_filter_bar_to_text (self->filter, get_search (self));
}

static GtkWidget *
make_toolbar (GezHouseholdsPage *self)
{
  GtkWidget *toolbar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *saved = gez_saved_filters_new (self->context);
  GtkWidget *add = gtk_button_new_with_label (_("New household"));

  gtk_widget_add_css_class (add, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "households.add");
  g_signal_connect_object (saved, "chosen", G_CALLBACK (filter_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (saved, "collect", G_CALLBACK (collect_filter_cb), self,
                           G_CONNECT_SWAPPED);

  self->filter = GEZ_FILTER_BAR (gez_filter_bar_new (self->context));
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (ask_again), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), make_search (self));
  gtk_box_append (GTK_BOX (line), saved);
  gtk_box_append (GTK_BOX (line), add);
  gtk_box_append (GTK_BOX (toolbar), line);
  gtk_box_append (GTK_BOX (toolbar), GTK_WIDGET (self->filter));

  return toolbar;
}

static GtkWidget *
make_nothing (GezHouseholdsPage *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->nothing = ADW_STATUS_PAGE (page);
  self->add_button = gtk_button_new ();
  g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (add_searched_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (self->add_button, "suggested-action");
  self->team_button = gtk_button_new_with_label (_("Look in the whole team"));
  g_signal_connect_object (self->team_button, "clicked", G_CALLBACK (search_team_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (self->add_button, "pill");
  gtk_widget_add_css_class (self->team_button, "pill");
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), self->team_button);
  gtk_box_append (GTK_BOX (buttons), self->add_button);
  adw_status_page_set_child (self->nothing, buttons);

  return page;
}

static GtkWidget *
make_list (GezHouseholdsPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GezStore *store = gez_context_get_store (self->context);
  GezPagedList *list = gez_paged_list_new (store, GEZ_TYPE_HOUSEHOLD_ITEM, get_id, equal,
                                           make_query, self, NULL);
  GtkWidget *view;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  self->list = GEZ_LONG_LIST (gez_long_list_new (store, list, tables, factory,
                                                 make_nothing (self)));
  g_signal_connect_object (self->list, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);

  view = gez_long_list_get_view (self->list);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (view), TRUE);
  gtk_widget_add_css_class (view, "gez-households");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Households"), -1);
  g_signal_connect_object (view, "activate", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self->list);
}

static void
build (GezHouseholdsPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));

  gtk_box_append (GTK_BOX (head), make_toolbar (self));
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->count, 0);
  gtk_label_set_wrap (self->count, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "caption");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->count));
  gtk_widget_add_css_class (head, "gez-place-head");

  gtk_box_append (GTK_BOX (self->content), head);
  gtk_box_append (GTK_BOX (self->content), make_list (self));
}

static void
gez_households_page_init (GezHouseholdsPage *self)
{
  gez_shortcut_add (GTK_WIDGET (self), "<Control>n", "households.add");
  gez_shortcut_add (GTK_WIDGET (self), "<Control>f", "households.find");
}

/**
 * gez_households_page_new:
 * @context: (transfer none): whose households
 *
 * Returns: (transfer floating): the place, which starts to read at once
 */
GtkWidget *
gez_households_page_new (GezContext *context)
{
  GezHouseholdsPage *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_HOUSEHOLDS_PAGE, NULL);
  self->context = g_object_ref (context);
  build (self);
  gez_long_list_start (self->list);

  return GTK_WIDGET (self);
}
