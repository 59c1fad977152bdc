/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "referrals/gez-referrals-page.h"

#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-accessible.h"
#include "common/gez-focus.h"
#include "common/gez-fold.h"
#include "common/gez-paste.h"
#include "common/gez-sentence.h"
#include "common/gez-wrap-layout.h"
#include "household/gez-referral-dialog.h"
#include "household/gez-text-scale.h"
#include "referrals/gez-referral-board-row.h"
#include "referrals/gez-referral-board-view.h"

/* What the entry, the toggles and the choice say is the filter of the board, always. */
struct _GezReferralsPage
{
  GtkWidget parent_instance;

  GezContext *context;

  GtkWidget *content;
  GtkEditable *search;
  GtkWidget *by_state;
  GtkWidget *mine;
  GtkWidget *team;
  GtkDropDown *stage;
  GtkLabel *count;
  GezReferralBoardView *board;
  AdwStatusPage *nothing;
  GtkWidget *team_button;
};

G_DEFINE_FINAL_TYPE (GezReferralsPage, gez_referrals_page, GTK_TYPE_WIDGET)

/* What GezReferralBoardFilter calls them, in the order of the choice. */
static const char * const stages[] = {
  NULL, "to_send", "under_way", "waiting_list", "did_not_show", "arrived", "ended",
};

static gboolean
is_mine (GezReferralsPage *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->mine));
}

static gboolean
is_by_state (GezReferralsPage *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->by_state));
}

static const char *
get_stage (GezReferralsPage *self)
{
  return is_by_state (self) ? stages[gtk_drop_down_get_selected (self->stage)] : NULL;
}

static const char *
get_search (GezReferralsPage *self)
{
  const char *text = gtk_editable_get_text (self->search);

  return gez_text_is_blank (text) ? NULL : text;
}

static void
update_filter (GezReferralsPage *self)
{
  GezReferralBoardFilter filter;

  if (self->board == NULL)
    return;

  filter = (GezReferralBoardFilter) {
    .search = get_search (self),
    .mine_of = is_mine (self) ? *gez_context_get_member_id (self->context) : GEZ_ID_NONE,
    .stage = get_stage (self),
    .order = is_by_state (self) ? GEZ_REFERRAL_BOARD_BY_STATE : GEZ_REFERRAL_BOARD_BY_CALL_BACK,
  };
  gtk_widget_set_visible (GTK_WIDGET (self->stage), is_by_state (self));
  gez_referral_board_view_set_filter (self->board, &filter);
}

static void
say_nothing (GezReferralsPage *self,
             const char       *icon,
             const char       *title,
             const char       *advice)
{
  adw_status_page_set_icon_name (self->nothing, icon);
  adw_status_page_set_title (self->nothing, title);
  adw_status_page_set_description (self->nothing, advice);
}

static void
show_nothing (GezReferralsPage *self)
{
  if (get_search (self) != NULL)
    say_nothing (self, "edit-find-symbolic", _("Nothing found"),
                 _("Search for an organisation or for a family, with fewer letters."));
  else if (!is_by_state (self))
    say_nothing (self, "object-select-symbolic", _("Nobody to call back"),
                 _("Whoever is referred stands here, with the day to ask for news."));
  else if (get_stage (self) != NULL)
    say_nothing (self, "edit-find-symbolic", _("No referrals here"),
                 _("Choose another state to see the others."));
  else
    say_nothing (self, "send-to-symbolic", _("No referrals on their way"),
                 _("Refer when somebody else can help better, and go along when you can."));
}

static void
update_count (GezReferralsPage *self)
{
  guint n = gez_referral_board_view_get_n_total (self->board);
  g_autofree char *text = NULL;

  if (get_search (self) != NULL)
    text = g_strdup_printf (ngettext ("%u referral found", "%u referrals found", n), n);
  else
    text = g_strdup_printf (ngettext ("%u referral", "%u referrals", n), n);
  gtk_label_set_text (self->count, n == 0 ? _("No referrals") : text);
}

static void
read_cb (GezReferralsPage *self)
{
  update_count (self);
  show_nothing (self);
  gtk_widget_set_visible (self->team_button, is_mine (self));
}

static void
failed_cb (GezReferralsPage *self,
           const GError     *error)
{
  g_autofree char *sentence = gez_sentence_for_error (error);

  gtk_label_set_text (self->count, sentence);
}

static void
search_activate_cb (GezReferralsPage *self)
{
  gez_referral_board_view_open_first (self->board);
}

static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint                  key,
               guint                  code,
               GdkModifierType        modifiers,
               GezReferralsPage      *self)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_grab_focus (GTK_WIDGET (self->board));
}

static void
stop_search_cb (GezReferralsPage *self)
{
  gtk_editable_set_text (self->search, "");
}

static void
add_action_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  gez_referral_dialog_present (widget, GEZ_REFERRALS_PAGE (widget)->context, NULL, NULL);
}

static void
find_action_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (GEZ_REFERRALS_PAGE (widget)->search));
}

/* What is not mine may well be a colleague's. */
static void
look_in_team_cb (GezReferralsPage *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->team), TRUE);
}

static gboolean
gez_referrals_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GEZ_REFERRALS_PAGE (widget)->search));
}

static void
gez_referrals_page_dispose (GObject *object)
{
  GezReferralsPage *self = GEZ_REFERRALS_PAGE (object);

  self->board = NULL;
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_referrals_page_parent_class)->dispose (object);
}

static void
gez_referrals_page_class_init (GezReferralsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_referrals_page_dispose;
  widget_class->grab_focus = gez_referrals_page_grab_focus;
  gez_focus_class_let_leave (widget_class);

  gtk_widget_class_install_action (widget_class, "referrals.find", NULL, find_action_cb);
  gtk_widget_class_install_action (widget_class, "referrals.add", NULL, add_action_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_search (GezReferralsPage *self)
{
  GtkWidget *search = gtk_search_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gez_paste_limit (search, GEZ_PASTE_LINE);
  self->search = GTK_EDITABLE (search);
  gtk_editable_set_width_chars (self->search, 8);
  gtk_widget_set_hexpand (search, TRUE);
  gtk_widget_set_valign (search, GTK_ALIGN_START);
  g_object_set (search, "placeholder-text", _("Search by organisation or family"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search referrals by organisation or family"), -1);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (search), GTK_WIDGET (self));
  g_signal_connect_object (search, "changed", G_CALLBACK (update_filter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "activate", G_CALLBACK (search_activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "stop-search", G_CALLBACK (stop_search_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (search, keys);

  return search;
}

/* In a narrow window with large text two of them have no room for all their letters. */
static GtkWidget *
make_toggle (const char *label)
{
  GtkWidget *toggle = gtk_toggle_button_new_with_label (label);

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (toggle))),
                           PANGO_ELLIPSIZE_END);

  return toggle;
}

static void
append_either (GezReferralsPage *self,
               GtkWidget        *box,
               GtkWidget        *first,
               GtkWidget        *second)
{
  GtkWidget *either = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (second), GTK_TOGGLE_BUTTON (first));
  gtk_widget_add_css_class (either, "linked");
  gtk_box_append (GTK_BOX (either), first);
  gtk_box_append (GTK_BOX (either), second);
  gtk_box_append (GTK_BOX (box), either);
  g_signal_connect_object (first, "toggled", G_CALLBACK (update_filter), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
make_stage (GezReferralsPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *choice;

  gtk_string_list_append (names, _("Not ended"));
  for (guint i = 1; i < G_N_ELEMENTS (stages); i++)
    gtk_string_list_append (names, gez_referral_section_get_title (stages[i]));
  choice = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gez_accessible_set_name (choice, _("How far they are"));
  gtk_widget_set_tooltip_text (choice, _("How far they are"));
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (update_filter), self,
                           G_CONNECT_SWAPPED);
  self->stage = GTK_DROP_DOWN (choice);

  return choice;
}

static GtkWidget *
make_toolbar (GezReferralsPage *self)
{
  GtkWidget *choices = gez_wrap_box_new (6, 6);
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  GtkWidget *toolbar;
  gboolean is_leader;

  self->by_state = make_toggle (_("By state"));
  append_either (self, choices, self->by_state, make_toggle (_("Call list")));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->by_state), TRUE);
  self->mine = make_toggle (_("Mine"));
  self->team = make_toggle (_("Team"));
  append_either (self, choices, self->mine, self->team);
  /* A team leader has no households: hers are those of the team. */
  is_leader = g_strcmp0 (gez_context_get_role (self->context), "teamleider") == 0;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (is_leader ? self->team : self->mine), TRUE);
  gtk_box_append (GTK_BOX (choices), make_stage (self));

  gtk_widget_add_css_class (add, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "referrals.add");
  gtk_widget_set_tooltip_text (add, _("Refer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Refer"),
                                  -1);
  gtk_box_append (GTK_BOX (choices), add);

  toolbar = gez_fold_new (make_search (self), choices, 6);
  gez_fold_set_threshold (GEZ_FOLD (toolbar), gez_text_scale (GTK_WIDGET (self), 820));

  return toolbar;
}

static GtkWidget *
make_nothing (GezReferralsPage *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *add = gtk_button_new_with_label (_("Refer"));

  self->nothing = ADW_STATUS_PAGE (page);
  self->team_button = gtk_button_new_with_label (_("Look in the whole team"));
  g_signal_connect_object (self->team_button, "clicked", G_CALLBACK (look_in_team_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "referrals.add");
  gtk_widget_add_css_class (add, "suggested-action");
  gtk_widget_add_css_class (add, "pill");
  gtk_widget_add_css_class (self->team_button, "pill");
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), self->team_button);
  gtk_box_append (GTK_BOX (buttons), add);
  adw_status_page_set_child (self->nothing, buttons);

  return page;
}

static void
build (GezReferralsPage *self)
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

  self->board = GEZ_REFERRAL_BOARD_VIEW (gez_referral_board_view_new (self->context,
                                                                      make_nothing (self)));
  gtk_widget_set_vexpand (GTK_WIDGET (self->board), TRUE);
  g_signal_connect_object (self->board, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (self->content), head);
  gtk_box_append (GTK_BOX (self->content), GTK_WIDGET (self->board));
}

static void
gez_referrals_page_init (GezReferralsPage *self)
{
}

/**
 * gez_referrals_page_new:
 * @context: (transfer none): whose referrals
 *
 * Returns: (transfer floating): the place, which starts to read at once
 */
GtkWidget *
gez_referrals_page_new (GezContext *context)
{
  GezReferralsPage *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_REFERRALS_PAGE, NULL);
  self->context = g_object_ref (context);
  build (self);
  update_filter (self);

  return GTK_WIDGET (self);
}
