/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/gez-workspace.h"

#include <glib/gi18n.h>
#include <string.h>

#include "agenda/gez-agenda-page.h"
#include "backup/gez-backup-banner.h"
#include "backup/gez-backup-keeper.h"
#include "common/gez-accessible.h"
#include "common/gez-act.h"
#include "common/gez-discretion.h"
#include "common/gez-draft-keeper.h"
#include "common/gez-reader.h"
#include "common/gez-save-state.h"
#include "common/gez-shortcut.h"
#include "common/gez-trace.h"
#include "drafts/gez-drafts-page.h"
#include "household/gez-household-page.h"
#include "households/gez-households-page.h"
#include "model/gez-today.h"
#include "partners/gez-partners-page.h"
#include "referrals/gez-referrals-page.h"
#include "sync/gez-restored-dialog.h"
#include "sync/gez-sync-button.h"
#include "today/gez-today-page.h"

#define N_PLACES 6

struct _GezWorkspace
{
  GtkWidget parent_instance;

  GezContext *context;
  GtkWidget *leaflet;
  GtkWidget *sidebar;
  GtkWidget *sidebar_header;
  GtkWidget *places;
  GtkWidget *content;
  GtkWidget *pages; /* GtkStack: the place, and above it the household that was opened from there */
  GtkWidget *place;
  GtkWidget *title;
  GtkWidget *back;
  GtkWidget *back_label;
  GtkWidget *content_header;
  GtkWidget *sync;   /* how far syncing is */
  GtkWidget *search; /* in the menu too, for where the header has no room for it */
  GtkWidget *hidden_bar; /* says that names are hidden */
  GtkWidget *banners;    /* what matters wherever one is */
  GtkWidget *member;
  GtkWidget *save_state;
  GtkWidget *badges[N_PLACES];
  GezReader *reader; /* of what waits today */
  const char *current; /* name of the place one is in, also while a household shows */
  GtkWidget *household; /* the household page, NULL in a place; owned by pages */
  gboolean has_old_lists; /* pages show lists that somebody changed since */
};

G_DEFINE_FINAL_TYPE (GezWorkspace, gez_workspace, GTK_TYPE_WIDGET)

typedef struct
{
  const char *name;
  const char *label;
  const char *icon; /* NULL: not in the sidebar; the menu leads there */
  GtkWidget *(*make) (GezContext *context);
} Place;

static const Place places[N_PLACES] = {
  { "today", N_("Today"), "go-home-symbolic", gez_today_page_new },
  { "households", N_("Households"), "system-users-symbolic", gez_households_page_new },
  { "agenda", N_("Agenda"), "x-office-calendar-symbolic", gez_agenda_page_new },
  { "referrals", N_("Referrals"), "send-to-symbolic", gez_referrals_page_new },
  { "partners", N_("Social map"), "x-office-address-book-symbolic", gez_partners_page_new },
  { "drafts", N_("Drafts"), NULL, gez_drafts_page_new },
};

static const char *const counted_tables[] = { "followup", "household", "helper", "trajectory",
                                              "referral", "referral_event", NULL };

static const Place *
find_place (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_strcmp0 (places[i].name, name) == 0)
      return &places[i];
  return NULL;
}

/* Whether something of the place itself, which is in view, covers where one came from. */
static gboolean
place_can_go_back (GezWorkspace *self)
{
  return self->household == NULL && GEZ_IS_PARTNERS_PAGE (self->place)
         && gez_partners_page_can_go_back (GEZ_PARTNERS_PAGE (self->place));
}

static void
update_header (GezWorkspace *self)
{
  gboolean folded = adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet));
  gboolean is_covered = self->household != NULL || place_can_go_back (self);
  const Place *place = find_place (self->current);
  const char *label = place ? _(place->label) : "";

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (self->sidebar_header), folded);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (self->content_header), folded);
  gtk_widget_set_visible (self->search, !folded);
  if (self->sync != NULL)
    gez_sync_button_set_narrow (GEZ_SYNC_BUTTON (self->sync), folded);
  gtk_widget_set_visible (self->back, folded || is_covered);
  gtk_label_set_label (GTK_LABEL (self->back_label), is_covered && !folded ? label : "");
  gtk_widget_set_visible (self->back_label, is_covered && !folded);
  /* Never the name of a family: whoever walks past reads this first. */
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title),
                              self->household ? _("Household file")
                                              : is_covered ? _("Partner") : label);
  gtk_widget_set_tooltip_text (self->back, is_covered ? label : _("Places"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_covered ? label : _("Places"), -1);
}

static void
remove_page (GezWorkspace *self,
             GtkWidget   **page)
{
  if (*page != NULL)
    gtk_stack_remove (GTK_STACK (self->pages), *page);
  *page = NULL;
}

/* A household covers its place, which keeps its search and where one was. */
static void
show_page (GezWorkspace *self,
           GtkWidget    *page)
{
  if (gtk_widget_get_parent (page) == NULL)
    gtk_stack_add_child (GTK_STACK (self->pages), page);
  gtk_stack_set_visible_child (GTK_STACK (self->pages), page);
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->content);
  update_header (self);
  if (gtk_widget_get_root (page) != NULL)
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void
update_save_state (GezWorkspace *self)
{
  GezSaveState *state = gez_save_state_of (gez_context_get_store (self->context));

  gtk_label_set_label (GTK_LABEL (self->save_state),
                       gez_save_state_is_saved (state) ? _("Everything is saved") : _("Saving…"));
}

/* A row that does not show would get the focus: for its place no row is chosen. */
static void
select_row (GezWorkspace *self)
{
  GtkListBox *places_list = GTK_LIST_BOX (self->places);
  const Place *place = find_place (self->current);
  GtkListBoxRow *row = NULL;

  if (place != NULL && place->icon != NULL)
    row = gtk_list_box_get_row_at_index (places_list, (int) (place - places));
  gtk_list_box_select_row (places_list, row);
}

static void
row_activated_cb (GezWorkspace  *self,
                  GtkListBoxRow *row)
{
  gez_workspace_show_place (self, places[gtk_list_box_row_get_index (row)].name);
}

static GtkWidget *
make_place_row (GezWorkspace *self,
                const Place  *place)
{
  GtkWidget *badge = gtk_label_new (NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_(place->label));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), gez_ornament_new (place->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_widget_set_visible (badge, FALSE);
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (badge, "gez-badge");
  self->badges[place - places] = badge;
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_visible (row, place->icon != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(place->label), -1);
  return row;
}

static GtkWidget *
make_foot (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "gez-detail");
  gtk_widget_add_css_class (label, "gez-foot");
  return label;
}

static GtkWidget *
make_sidebar (GezWorkspace *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->sidebar_header = header;
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new ("Gezinsplan", NULL));
  self->places = gtk_list_box_new ();
  gtk_widget_add_css_class (self->places, "navigation-sidebar");
  gtk_widget_set_vexpand (self->places, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->places), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Places"), -1);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->places), make_place_row (self, &places[i]));
  g_signal_connect_swapped (self->places, "row-activated", G_CALLBACK (row_activated_cb), self);
  self->member = make_foot ();
  self->save_state = make_foot ();
  gtk_widget_add_css_class (self->save_state, "gez-foot-last");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->places);
  gtk_box_append (GTK_BOX (box), self->member);
  gtk_box_append (GTK_BOX (box), self->save_state);
  gtk_widget_set_size_request (box, 200, -1);
  return box;
}

static void
set_badge (GezWorkspace *self,
           const Place  *place,
           guint         count,
           const char   *words)
{
  GtkWidget *badge = self->badges[place - places];
  GtkWidget *row = gtk_widget_get_ancestor (badge, GTK_TYPE_LIST_BOX_ROW);
  g_autofree char *number = g_strdup_printf ("%u", count);
  g_autofree char *name = g_strdup_printf ("%s, %s", _(place->label), words);

  gtk_label_set_label (GTK_LABEL (badge), number);
  gtk_widget_set_tooltip_text (badge, words);
  gtk_widget_set_visible (badge, count > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  count > 0 ? name : _(place->label), -1);
}

static GezQuery *
make_count_query (gpointer widget)
{
  return gez_today_count_query (gez_context_get_member_id (GEZ_WORKSPACE (widget)->context));
}

static void
show_count (gpointer      widget,
            gpointer      result,
            const GError *error)
{
  g_autofree char *words = NULL, *no_news = NULL;
  GezRecord *record;
  guint count;

  /* The page itself says why it could not be read. */
  if (result == NULL)
    return;
  record = gez_view_get_record (result, "count");
  count = (guint) gez_record_get_integer (record, "count");
  words = g_strdup_printf (ngettext ("%u thing to do", "%u things to do", count), count);
  set_badge (GEZ_WORKSPACE (widget), find_place ("today"), count, words);
  count = (guint) gez_record_get_integer (record, "n_no_news");
  no_news = g_strdup_printf (ngettext ("%u referral without news", "%u referrals without news",
                                       count), count);
  set_badge (GEZ_WORKSPACE (widget), find_place ("referrals"), count, no_news);
}

static GtkWidget *
make_menu_button (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _("_New household"), "win.new-household");
  g_menu_append (menu, _("_Search everywhere"), "win.search");
  g_menu_append (menu, _("_Drafts"), "win.show-place::drafts");
  g_menu_append (menu, _("_Who can read this file"), "win.show-readers");
  g_menu_append (menu, _("_Undo"), "win.undo");
  g_menu_append (menu, _("_Hide names (F9)"), "win.hide-names");
  g_menu_append (menu, _("_Lock"), "win.lock");
  g_menu_append (menu, _("_Team and people"), "win.team");
  g_menu_append (menu, _("_Preferences"), "win.preferences");
  g_menu_append (menu, _("_Keyboard shortcuts"), "win.show-shortcuts");
  g_menu_append (menu, _("_Crisis card"), "app.crisis-card");
  g_menu_append (menu, _("_About Gezinsplan"), "app.about");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, _("Menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Menu"),
                                  -1);
  return button;
}

/* Says where it leads when there is room for it. */
static GtkWidget *
make_back (GezWorkspace *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->back_label = gtk_label_new (NULL);
  /* A window that becomes narrow at once is measured before it folds. */
  gtk_label_set_ellipsize (GTK_LABEL (self->back_label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gez_ornament_new ("go-previous-symbolic"));
  gtk_box_append (GTK_BOX (box), self->back_label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  return button;
}

static void
update_hidden_bar (GezWorkspace *self)
{
  gtk_widget_set_visible (self->hidden_bar, gez_discretion_is_active ());
}

/* As long as it is so, so that nobody forgets it or thinks that names are lost. */
static GtkWidget *
make_hidden_bar (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (_("Names are hidden"));
  GtkWidget *button = gtk_button_new_with_label (_("Show them (F9)"));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.hide-names");
  gtk_box_append (GTK_BOX (bar), gez_ornament_new ("view-conceal-symbolic"));
  gtk_box_append (GTK_BOX (bar), label);
  gtk_box_append (GTK_BOX (bar), button);
  gtk_widget_add_css_class (bar, "gez-hidden-bar");
  return bar;
}

static GtkWidget *
make_content (GezWorkspace *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *lock = gtk_button_new_from_icon_name ("system-lock-screen-symbolic");
  GtkWidget *search = gtk_button_new_from_icon_name ("system-search-symbolic");

  self->content_header = header;
  self->back = make_back (self);
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (gez_workspace_go_back), self);
  self->title = adw_window_title_new ("", NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (lock), "win.lock");
  gtk_widget_set_tooltip_text (lock, _("Lock (Ctrl+L)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (lock), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Lock"),
                                  -1);
  self->search = search;
  gtk_actionable_set_action_name (GTK_ACTIONABLE (search), "win.search");
  gtk_widget_set_tooltip_text (search, _("Search everywhere (Ctrl+K)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search everywhere"), -1);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_menu_button ());
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), lock);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), search);
  self->pages = gtk_stack_new ();
  gtk_widget_set_vexpand (self->pages, TRUE);
  gtk_widget_set_hexpand (self->pages, TRUE);
  self->hidden_bar = make_hidden_bar ();
  self->banners = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->hidden_bar);
  gtk_box_append (GTK_BOX (box), self->banners);
  gtk_box_append (GTK_BOX (box), self->pages);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static void
gez_workspace_dispose (GObject *object)
{
  GezWorkspace *self = GEZ_WORKSPACE (object);

  if (self->leaflet != NULL)
    {
      remove_page (self, &self->household);
      remove_page (self, &self->place);
    }
  g_clear_pointer (&self->leaflet, gtk_widget_unparent);
  g_clear_object (&self->reader);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (gez_workspace_parent_class)->dispose (object);
}

static void
place_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  guint number = (guint) (action[strlen (action) - 1] - '0');

  if (number <= G_N_ELEMENTS (places) && places[number - 1].icon != NULL)
    gez_workspace_show_place (GEZ_WORKSPACE (widget), places[number - 1].name);
}

/* What the page can do itself, as "agenda.add" or "file.find"; else what always makes sense. */
static void
act_here (GezWorkspace *self,
          const char   *what,
          const char   *otherwise)
{
  GtkWidget *page = self->household != NULL ? self->household : self->place;
  g_autofree char *action = g_strdup_printf ("%s.%s", self->household != NULL ? "file" : self->current,
                                             what);

  if (!gtk_widget_activate_action (page, action, NULL))
    gtk_widget_activate_action (page, otherwise, NULL);
}

static void
add_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  act_here (GEZ_WORKSPACE (widget), "add", "win.new-household");
}

static void
find_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  act_here (GEZ_WORKSPACE (widget), "find", "win.search");
}

static void
gez_workspace_class_init (GezWorkspaceClass *klass)
{
  static const char *const jumps[] = {
    "workspace.place-1", "workspace.place-2", "workspace.place-3", "workspace.place-4",
    "workspace.place-5", "workspace.place-6", "workspace.place-7", "workspace.place-8",
    "workspace.place-9",
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  for (guint i = 0; i < G_N_ELEMENTS (jumps); i++)
    gtk_widget_class_install_action (widget_class, jumps[i], NULL, place_cb);
  gtk_widget_class_install_action (widget_class, "workspace.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "workspace.find", NULL, find_cb);
  G_OBJECT_CLASS (klass)->dispose = gez_workspace_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_workspace_init (GezWorkspace *self)
{
  GtkWidget *separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  AdwLeafletPage *page;

  self->leaflet = adw_leaflet_new ();
  self->sidebar = make_sidebar (self);
  self->content = make_content (self);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->sidebar);
  page = adw_leaflet_append (ADW_LEAFLET (self->leaflet), separator);
  adw_leaflet_page_set_navigatable (page, FALSE);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->content);
  adw_leaflet_set_can_navigate_back (ADW_LEAFLET (self->leaflet), TRUE);
  g_signal_connect_swapped (self->leaflet, "notify::folded", G_CALLBACK (update_header), self);
  gtk_widget_set_parent (self->leaflet, GTK_WIDGET (self));
  gez_discretion_watch (self, G_CALLBACK (update_hidden_bar));
  update_hidden_bar (self);
  /* After what has the focus: in an entry Ctrl+Z takes back a letter. */
  gez_shortcut_add_scope (GTK_WIDGET (self), GEZ_KEY_WORKSPACE, GTK_PHASE_BUBBLE);
}

/* When a list of the team changes, tabs, choices and labels all over a page do. That is rare, so the
 * page is made anew, as soon as somebody looks at it again, after what was being typed is kept. */
static void
renew_pages (GezWorkspace *self)
{
  GezHouseholdPage *open = self->household != NULL ? GEZ_HOUSEHOLD_PAGE (self->household) : NULL;
  GezId household = open != NULL ? *gez_household_page_get_household (open) : GEZ_ID_NONE;
  g_autofree char *tab = open != NULL ? g_strdup (gez_household_page_get_tab (open)) : NULL;
  const char *place = self->current;

  remove_page (self, &self->household);
  remove_page (self, &self->place);
  self->current = NULL;
  gez_workspace_show_place (self, place);
  if (!gez_id_is_none (&household))
    gez_workspace_open_household (self, &household, tab);
}

static void
drafts_kept_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (GezWorkspace) self = data;

  /* Without room for the draft the page stays as it is, with what is typed. */
  if (gez_draft_keeper_flush_all_finish (GEZ_STORE (source), result, NULL) &&
      gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    renew_pages (self);
}

static void
renew_when_seen (GezWorkspace *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!self->has_old_lists || !GTK_IS_WINDOW (root) || !gtk_window_is_active (GTK_WINDOW (root)))
    return;
  self->has_old_lists = FALSE;
  g_signal_handlers_disconnect_by_func (root, renew_when_seen, self);
  gez_draft_keeper_flush_all_async (gez_context_get_store (self->context), drafts_kept_cb,
                                    g_object_ref (self));
}

static void
lists_changed_cb (GezWorkspace *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root == NULL || self->has_old_lists)
    return;
  self->has_old_lists = TRUE;
  g_signal_connect_object (root, "notify::is-active", G_CALLBACK (renew_when_seen), self, G_CONNECT_SWAPPED);
  renew_when_seen (self);
}

/**
 * gez_workspace_new:
 *
 * Returns: (transfer floating): the workspace, showing Today
 */
GtkWidget *
gez_workspace_new (GezContext *context)
{
  GezWorkspace *self = g_object_new (GEZ_TYPE_WORKSPACE, NULL);

  self->context = g_object_ref (context);
  gtk_label_set_label (GTK_LABEL (self->member), gez_context_get_member_name (context));
  g_signal_connect_object (gez_save_state_of (gez_context_get_store (context)), "notify::saved",
                           G_CALLBACK (update_save_state), self, G_CONNECT_SWAPPED);
  update_save_state (self);
  g_signal_connect_object (context, "lists-changed", G_CALLBACK (lists_changed_cb), self, G_CONNECT_SWAPPED);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), counted_tables,
                                 make_count_query, show_count);
  gtk_box_append (GTK_BOX (self->banners), gez_backup_banner_new (gez_context_get_store (context)));
  gez_backup_keeper_watch (gez_backup_keeper_of (gez_context_get_store (context)));
  gtk_box_append (GTK_BOX (self->banners), gez_restored_bar_new (context));
  self->sync = gez_sync_button_new (context);
  adw_header_bar_pack_end (ADW_HEADER_BAR (self->content_header), self->sync);
  update_header (self);
  gez_workspace_show_place (self, "today");
  return GTK_WIDGET (self);
}

GezContext *
gez_workspace_get_context (GezWorkspace *self)
{
  g_return_val_if_fail (GEZ_IS_WORKSPACE (self), NULL);

  return self->context;
}

/**
 * gez_workspace_show_place:
 * @name: today, households, agenda, referrals, partners or drafts; anything else is passed over
 */
void
gez_workspace_show_place (GezWorkspace *self,
                          const char   *name)
{
  const Place *place = find_place (name);

  g_return_if_fail (GEZ_IS_WORKSPACE (self));

  if (place == NULL)
    return;
  gez_trace_mark ("place");
  remove_page (self, &self->household);
  if (g_strcmp0 (self->current, place->name) != 0)
    {
      remove_page (self, &self->place);
      self->current = place->name;
      self->place = place->make (self->context);
      if (GEZ_IS_PARTNERS_PAGE (self->place))
        g_signal_connect_object (self->place, "notify::can-go-back", G_CALLBACK (update_header),
                                 self, G_CONNECT_SWAPPED);
    }
  select_row (self);
  show_page (self, self->place);
}

/**
 * gez_workspace_open_household:
 * @tab: (nullable): which tab to show
 */
void
gez_workspace_open_household (GezWorkspace *self,
                              const GezId  *household,
                              const char   *tab)
{
  GezHouseholdPage *open;

  g_return_if_fail (GEZ_IS_WORKSPACE (self) && household != NULL);

  open = self->household != NULL ? GEZ_HOUSEHOLD_PAGE (self->household) : NULL;
  if (open == NULL || !gez_id_equal (gez_household_page_get_household (open), household))
    {
      remove_page (self, &self->household);
      self->household = gez_household_page_new (self->context, household);
      show_page (self, self->household);
    }
  if (tab && *tab)
    gez_household_page_show_tab (GEZ_HOUSEHOLD_PAGE (self->household), tab);
}

/**
 * gez_workspace_open_partner:
 * @partner: (nullable): of the social map; %NULL asks for a new one
 */
void
gez_workspace_open_partner (GezWorkspace *self,
                            const GezId  *partner)
{
  g_return_if_fail (GEZ_IS_WORKSPACE (self));

  gez_workspace_show_place (self, "partners");
  gez_partners_page_open (GEZ_PARTNERS_PAGE (self->place), partner);
}

/**
 * gez_workspace_show_readers:
 *
 * Who can read the household file that is open.
 */
void
gez_workspace_show_readers (GezWorkspace *self)
{
  g_return_if_fail (GEZ_IS_WORKSPACE (self));

  if (self->household != NULL)
    gtk_widget_activate_action (self->household, "file.show-readers", NULL);
  else
    gez_say (GTK_WIDGET (self), _("Open a household file first."));
}

/**
 * gez_workspace_go_back:
 *
 * From a household to the place one came from; from what covers a part of a place to that part; from
 * a place, in a narrow window, to the places.
 */
void
gez_workspace_go_back (GezWorkspace *self)
{
  g_return_if_fail (GEZ_IS_WORKSPACE (self));

  if (self->household)
    gez_workspace_show_place (self, self->current);
  else if (place_can_go_back (self))
    gez_partners_page_go_back (GEZ_PARTNERS_PAGE (self->place));
  else
    adw_leaflet_navigate (ADW_LEAFLET (self->leaflet), ADW_NAVIGATION_DIRECTION_BACK);
}
