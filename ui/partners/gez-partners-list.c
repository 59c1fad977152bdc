/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "partners/gez-partners-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-accessible.h"
#include "common/gez-focus.h"
#include "common/gez-long-list.h"
#include "common/gez-paste.h"
#include "common/gez-sentence.h"
#include "common/gez-trace.h"
#include "model/gez-partner-list.h"
#include "partners/gez-partner-choices.h"
#include "partners/gez-partner-row.h"

/*
 * 1. `list` reads what the entry, the choices and the toggle say at the moment of the read.
 * 2. The selection follows `chosen` whenever the list has that partner; the filter may leave it out.
 * 3. Moving the selection chooses, unless the list is narrow: there only activating a row does. The
 *    arrow keys go through a list that a chosen partner would cover.
 */
struct _GezPartnersList
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId chosen;
  gboolean is_narrow;
  gboolean is_selecting; /* the program selects, not a person */
  gboolean opens_when_read;
  gboolean goes_to_chosen;

  GtkWidget *content;
  GtkEditable *search;
  GtkWidget *choices;
  GtkWidget *unchecked;
  GtkLabel *count;
  GezLongList *list;
  AdwStatusPage *nothing;
  GtkWidget *add_button;
};

G_DEFINE_FINAL_TYPE (GezPartnersList, gez_partners_list, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char * const tables[] = { "partner", NULL };

static const char *
get_search (GezPartnersList *self)
{
  const char *text = gtk_editable_get_text (self->search);

  return gez_text_is_blank (text) ? NULL : text;
}

static gboolean
has_choice (GezPartnersList *self)
{
  GezPartnerChoices *choices = GEZ_PARTNER_CHOICES (self->choices);

  return gez_partner_choices_get_domain (choices) != NULL
         || gez_partner_choices_get_area (choices) != NULL;
}

static gboolean
is_unchecked_only (GezPartnersList *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->unchecked));
}

static GezQuery *
make_query (guint    offset,
            guint    limit,
            gpointer user_data)
{
  GezPartnersList *self = user_data;
  GezPartnerFilter filter = {
    .search = get_search (self),
    .domain_code = gez_partner_choices_get_domain (GEZ_PARTNER_CHOICES (self->choices)),
    .area = gez_partner_choices_get_area (GEZ_PARTNER_CHOICES (self->choices)),
    .is_unchecked = is_unchecked_only (self),
  };

  return gez_partner_list_query (&filter, offset, limit);
}

static const GezId *
get_id (gpointer item)
{
  return gez_record_get_id (item);
}

static gboolean
equal (gpointer a,
       gpointer b)
{
  return gez_record_equal (a, b);
}

static guint
find_chosen (GezPartnersList *self)
{
  GListModel *model = G_LIST_MODEL (gez_long_list_get_selection (self->list));

  if (gez_id_is_none (&self->chosen))
    return GTK_INVALID_LIST_POSITION;
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GezRecord) partner = g_list_model_get_item (model, i);

      if (gez_id_equal (gez_record_get_id (partner), &self->chosen))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
select_chosen (GezPartnersList *self)
{
  guint position = find_chosen (self);

  self->is_selecting = TRUE;
  gtk_single_selection_set_selected (gez_long_list_get_selection (self->list), position);
  self->is_selecting = FALSE;
  if (self->goes_to_chosen && position != GTK_INVALID_LIST_POSITION)
    {
      gez_long_list_scroll_to (self->list, position);
      self->goes_to_chosen = FALSE;
    }
}

static void
selected_cb (GezPartnersList *self)
{
  GtkSingleSelection *selection = gez_long_list_get_selection (self->list);
  GezRecord *partner = gtk_single_selection_get_selected_item (selection);

  if (self->is_selecting || self->is_narrow || partner == NULL)
    return;
  self->chosen = *gez_record_get_id (partner);
  g_signal_emit (self, signals[CHOSEN], 0, partner);
}

static void
open_position (GezPartnersList *self,
               guint            position)
{
  g_autoptr (GezRecord) partner = g_list_model_get_item (gez_long_list_get_items (self->list), position);

  if (partner == NULL)
    return;
  self->chosen = *gez_record_get_id (partner);
  select_chosen (self);
  g_signal_emit (self, signals[OPENED], 0, partner);
}

/* What the list says of itself ----------------------------------------------------------------- */

static void
update_nothing (GezPartnersList *self)
{
  const char *title, *sentence;

  if (get_search (self) != NULL || has_choice (self))
    {
      title = _("Nothing found");
      sentence = _("Try fewer letters or another choice, or add a new partner.");
    }
  else if (is_unchecked_only (self))
    {
      title = _("Everything is checked");
      sentence = _("Each partner was checked in the last year.");
    }
  else
    {
      title = _("No partners yet");
      sentence = _("Add the services you work with: a name is enough.");
    }
  adw_status_page_set_title (self->nothing, title);
  adw_status_page_set_description (self->nothing, sentence);
  gtk_button_set_label (GTK_BUTTON (self->add_button), get_search (self) == NULL
                                                         ? _("New partner")
                                                         : _("New partner with this name"));
}

static void
update_state (GezPartnersList *self)
{
  guint n = gez_long_list_get_n_total (self->list);
  g_autofree char *text = g_strdup_printf (ngettext ("%u partner", "%u partners", n), n);

  gtk_label_set_text (self->count, text);
  update_nothing (self);
}

static void
ask_again (GezPartnersList *self)
{
  if (self->list != NULL)
    gez_long_list_ask_again (self->list);
}

static void
read_cb (GezPartnersList *self)
{
  update_state (self);
  select_chosen (self);
  if (self->opens_when_read)
    open_position (self, 0);
  self->opens_when_read = FALSE;
  gez_trace_mark_painted (GTK_WIDGET (self), "partners");
}

static void
failed_cb (GezPartnersList *self,
           const GError    *error)
{
  g_autofree char *sentence = gez_sentence_for_error (error);

  self->opens_when_read = FALSE;
  gtk_label_set_text (self->count, sentence);
}

/* The search ----------------------------------------------------------------------------------- */

static void
search_activate_cb (GezPartnersList *self)
{
  if (gez_long_list_is_loading (self->list))
    self->opens_when_read = TRUE;
  else
    open_position (self, 0);
}

static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint                  key,
               guint                  code,
               GdkModifierType        modifiers,
               GezPartnersList       *self)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_child_focus (gez_long_list_get_view (self->list), GTK_DIR_TAB_FORWARD);
}

static void
stop_search_cb (GezPartnersList *self)
{
  gtk_editable_set_text (self->search, "");
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  gtk_list_item_set_child (list_item, gez_partner_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         GezPartnersList          *self)
{
  GezRecord *partner = gtk_list_item_get_item (list_item);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  g_autofree char *label = gez_partner_row_describe (self->context, partner);

  gez_partner_row_set_partner (GEZ_PARTNER_ROW (row), self->context, partner);
  /* The row of GTK 4.8 has no name of its own, and no property to give it one. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Whoever searched a name and did not find it need not type it again. */
static void
add_searched_cb (GezPartnersList *self)
{
  const char *search = get_search (self);

  gtk_widget_activate_action (GTK_WIDGET (self), "partners.add-named", "s",
                              search != NULL ? search : "");
}

static gboolean
gez_partners_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GEZ_PARTNERS_LIST (widget)->search));
}

static void
gez_partners_list_dispose (GObject *object)
{
  GezPartnersList *self = GEZ_PARTNERS_LIST (object);

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (gez_long_list_get_selection (self->list), self);
  self->list = NULL;
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_partners_list_parent_class)->dispose (object);
}

static void
gez_partners_list_class_init (GezPartnersListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_partners_list_dispose;
  widget_class->grab_focus = gez_partners_list_grab_focus;
  gez_focus_class_let_leave (widget_class);

  signals[CHOSEN] = g_signal_new ("chosen", GEZ_TYPE_PARTNERS_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, GEZ_TYPE_RECORD);
  signals[OPENED] = g_signal_new ("opened", GEZ_TYPE_PARTNERS_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, GEZ_TYPE_RECORD);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
gez_partners_list_init (GezPartnersList *self)
{
}

/* Building ------------------------------------------------------------------------------------- */

static GtkWidget *
make_search (GezPartnersList *self)
{
  GtkWidget *search = gtk_search_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gez_paste_limit (search, GEZ_PASTE_LINE);
  self->search = GTK_EDITABLE (search);
  gtk_editable_set_width_chars (self->search, 8);
  gtk_widget_set_hexpand (search, TRUE);
  g_object_set (search, "placeholder-text", _("Search"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search partners by name, offer or area"), -1);
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

static GtkWidget *
make_count (GezPartnersList *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->count, 0);
  gtk_label_set_wrap (self->count, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->count), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "gez-detail");
  self->unchecked = gtk_toggle_button_new_with_label (_("To check"));
  gtk_widget_add_css_class (self->unchecked, "gez-chip-button");
  gtk_widget_set_tooltip_text (self->unchecked, _("Not checked for more than a year"));
  g_signal_connect_object (self->unchecked, "toggled", G_CALLBACK (ask_again), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (line), self->unchecked);

  return line;
}

static GtkWidget *
make_toolbar (GezPartnersList *self)
{
  GtkWidget *toolbar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *add = gtk_button_new_with_label (_("New partner"));

  gtk_widget_add_css_class (add, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "partners.add");
  gtk_box_append (GTK_BOX (line), make_search (self));
  gtk_box_append (GTK_BOX (line), add);

  self->choices = gez_partner_choices_new (self->context);
  g_signal_connect_object (self->choices, "changed", G_CALLBACK (ask_again), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (toolbar), line);
  gtk_box_append (GTK_BOX (toolbar), self->choices);
  gtk_box_append (GTK_BOX (toolbar), make_count (self));
  gtk_widget_add_css_class (toolbar, "gez-place-head");

  return toolbar;
}

static GtkWidget *
make_nothing (GezPartnersList *self)
{
  GtkWidget *page = adw_status_page_new ();

  self->nothing = ADW_STATUS_PAGE (page);
  adw_status_page_set_icon_name (self->nothing, "x-office-address-book-symbolic");
  self->add_button = gtk_button_new ();
  gtk_widget_add_css_class (self->add_button, "suggested-action");
  gtk_widget_add_css_class (self->add_button, "pill");
  gtk_widget_set_halign (self->add_button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (add_searched_cb), self,
                           G_CONNECT_SWAPPED);
  adw_status_page_set_child (self->nothing, self->add_button);

  return page;
}

static GtkWidget *
make_list (GezPartnersList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GezStore *store = gez_context_get_store (self->context);
  GezPagedList *list = gez_paged_list_new (store, GEZ_TYPE_RECORD, get_id, equal, make_query, self,
                                           NULL);
  GtkSingleSelection *selection;
  GtkWidget *view;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  self->list = GEZ_LONG_LIST (gez_long_list_new (store, list, tables, factory,
                                                 make_nothing (self)));
  g_signal_connect_object (self->list, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);

  selection = gez_long_list_get_selection (self->list);
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (select_chosen), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  view = gez_long_list_get_view (self->list);
  gtk_widget_add_css_class (view, "navigation-sidebar");
  gtk_widget_add_css_class (view, "gez-partners");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Partners"), -1);
  g_signal_connect_object (view, "activate", G_CALLBACK (open_position), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self->list);
}

static void
build (GezPartnersList *self)
{
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->content), make_toolbar (self));
  gtk_box_append (GTK_BOX (self->content), make_list (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

/**
 * gez_partners_list_new:
 * @context: (transfer none): whose social map
 *
 * Returns: (transfer floating): the list, which starts to read at once
 */
GtkWidget *
gez_partners_list_new (GezContext *context)
{
  GezPartnersList *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_PARTNERS_LIST, NULL);
  self->context = g_object_ref (context);
  build (self);
  gez_long_list_start (self->list);

  return GTK_WIDGET (self);
}

/**
 * gez_partners_list_choose:
 * @self: the list
 * @partner: (nullable): who is selected from now on, as soon as the list has it
 */
void
gez_partners_list_choose (GezPartnersList *self,
                          const GezId     *partner)
{
  g_return_if_fail (GEZ_IS_PARTNERS_LIST (self));

  self->chosen = partner != NULL ? *partner : GEZ_ID_NONE;
  self->goes_to_chosen = partner != NULL;
  select_chosen (self);
}

/**
 * gez_partners_list_set_narrow:
 * @self: the list
 * @is_narrow: whether a chosen partner covers the list
 */
void
gez_partners_list_set_narrow (GezPartnersList *self,
                              gboolean         is_narrow)
{
  g_return_if_fail (GEZ_IS_PARTNERS_LIST (self));

  /* With a single click GTK selects what is under the pointer: narrow, nothing follows from it. */
  self->is_narrow = is_narrow;
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (gez_long_list_get_view (self->list)),
                                           is_narrow);
}

/**
 * gez_partners_list_focus_chosen:
 * @self: the list
 *
 * Gives the focus to the row of the chosen partner, or to the search.
 */
void
gez_partners_list_focus_chosen (GezPartnersList *self)
{
  g_return_if_fail (GEZ_IS_PARTNERS_LIST (self));

  if (find_chosen (self) == GTK_INVALID_LIST_POSITION
      || !gtk_widget_grab_focus (gez_long_list_get_view (self->list)))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
