/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-act.h"
#include "common/gez-entry-row.h"
#include "household/gez-referral-dialog.h"
#include "household/gez-referral-event-dialog.h"
#include "model/gez-partner.h"
#include "model/gez-referral.h"
#include "places-fixture.h"
#include "referrals/gez-referral-board-row.h"
#include "referrals/gez-referrals-page.h"

#define MOST_ROUNDS 40

static Places *
show_referrals (Places *places)
{
  places_show (places, gez_referrals_page_new (places->context), 1000, 700);

  return places;
}

static void
commit (Places    *places,
        GezChange *change)
{
  g_autoptr (GezChange) owned = change;
  g_autoptr (GError) error = NULL;

  gez_store_commit (places->fixture->store, owned, &error);
  g_assert_no_error (error);
}

static GezId
refer (Places      *places,
       const GezId *household,
       const char  *partner,
       const char  *state,
       const char  *happened_on,
       const char  *call_back_on)
{
  GezReferralInput input = { .household_id = household, .partner_name = partner, .state = state,
                             .happened_on = happened_on, .call_back_on = call_back_on };
  GezId id;

  commit (places, gez_referral_refer (places->context, &input, &id));

  return id;
}

/* What the list says, from top to bottom: the names of its rows. */
static char *
read_list (Places *places)
{
  GtkWidget *view = places_find (places->place, GTK_TYPE_LIST_VIEW, NULL);
  GString *text = g_string_new (NULL);

  if (view == NULL)
    return g_string_free (text, FALSE);
  for (GtkWidget *item = gtk_widget_get_first_child (view);
       item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      gtk_test_accessible_assert_property (
        item, GTK_ACCESSIBLE_PROPERTY_LABEL,
        gez_referral_board_row_get_name (GEZ_REFERRAL_BOARD_ROW (row)));
      g_string_append_printf (text, "%s\n",
                              gez_referral_board_row_get_name (GEZ_REFERRAL_BOARD_ROW (row)));
    }

  return g_string_free (text, FALSE);
}

static void
assert_list (Places     *places,
             const char *expected)
{
  g_autofree char *list = read_list (places);

  g_assert_cmpstr (list, ==, expected);
}

static void
click (Places     *places,
       GtkWidget  *root,
       GType       type,
       const char *label)
{
  GtkWidget *button = places_find (root, type, label);

  g_assert_nonnull (button);
  if (GTK_IS_TOGGLE_BUTTON (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  else
    g_signal_emit_by_name (button, "clicked");
  places_settle (places);
}

static void
type (Places     *places,
      const char *text)
{
  GtkWidget *search = places_find (places->place, GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (search), text);
  places_settle (places);
}

static GtkWidget *
find_dialog (GType wanted)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, wanted) && gtk_widget_get_mapped (window))
        return window;
    }

  return NULL;
}

static GtkWidget *
wait_dialog (Places *places,
             GType   wanted)
{
  for (guint i = 0; i < MOST_ROUNDS && find_dialog (wanted) == NULL; i++)
    places_settle (places);
  g_assert_nonnull (find_dialog (wanted));

  return find_dialog (wanted);
}

static void
wait_closed (Places *places,
             GType   wanted)
{
  for (guint i = 0; i < MOST_ROUNDS && find_dialog (wanted) != NULL; i++)
    places_settle (places);
  g_assert_null (find_dialog (wanted));
  places_settle (places);
}

static void
save (GtkWidget *dialog)
{
  gez_form_dialog_save (GEZ_FORM_DIALOG (dialog));
}

static void
focus_row (Places     *places,
           const char *partner)
{
  GtkWidget *row = places_find (places->place, GEZ_TYPE_REFERRAL_BOARD_ROW, partner);

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_parent (row)));
}

static void
wait_focus (Places     *places,
            const char *partner)
{
  GtkWidget *row = places_find (places->place, GEZ_TYPE_REFERRAL_BOARD_ROW, partner);

  g_assert_nonnull (row);
  for (guint i = 0; i < MOST_ROUNDS && !gtk_widget_is_focus (gtk_widget_get_parent (row)); i++)
    places_settle (places);
  g_assert_true (gtk_widget_is_focus (gtk_widget_get_parent (row)));
}

static void
test_by_state (void)
{
  g_autoptr (Places) places = places_new ();
  GezId mine = places_add_household (places, "Gezin A & B <script>", TRUE);

  refer (places, &mine, "Net verstuurd", "sent", "2026-11-20", NULL);
  refer (places, &mine, "Lang stil <b>", "accepted", "2026-11-01", NULL);
  refer (places, &mine, "Nog te doen", "prepared", PLACES_TODAY, NULL);
  refer (places, &mine, "Klaar", "helped", "2026-11-01", NULL);
  show_referrals (places);

  g_assert_true (places_shows (places->place, "3 referrals"));
  assert_list (places,
               "To be sent, 1 referral, Agree with the family, and send the question\n"
               "Nog te doen, Gezin A & B <script>, since today, call back: Sat 5 Dec, Prepared\n"
               "On their way, 2 referrals, Sent or accepted: we wait for news\n"
               "Lang stil <b>, Gezin A & B <script>, no news for 20 days, Accepted\n"
               "Net verstuurd, Gezin A & B <script>, for 1 day, call back: Fri 4 Dec, Sent\n");
}

static void
test_choose_a_state (void)
{
  g_autoptr (Places) places = places_new ();
  GezId mine = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *choice;

  refer (places, &mine, "Klaar", "helped", "2026-11-01", NULL);
  show_referrals (places);
  g_assert_true (places_shows (places->place, "No referrals on their way"));
  choice = places_find (places->place, GTK_TYPE_DROP_DOWN, NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 3);
  places_settle (places);
  g_assert_true (places_shows (places->place, "No referrals here"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 6);
  places_settle (places);
  assert_list (places, "Ended, 1 referral, Nobody waits for anything any more\n"
                       "Klaar, Gezin Voorbeeld, for 20 days, Helped\n");
}

static void
test_call_list (void)
{
  g_autoptr (Places) places = places_new ();
  GezId mine = places_add_household (places, "Gezin Voorbeeld", TRUE), partner, id;
  GezPartnerInput house = { .name = "Huis Verzonnen", .phone = "09 000 00 00" };
  GezReferralInput input = { .household_id = &mine, .partner_id = &partner, .state = "sent",
                             .happened_on = "2026-11-10", .call_back_on = "2026-11-18",
                             .question = "Een kamer" };

  commit (places, gez_partner_add (places->context, &house, &partner));
  commit (places, gez_referral_refer (places->context, &input, &id));
  refer (places, &mine, "Volgende week", "waiting_list", "2026-11-01", "2026-11-25");
  refer (places, &mine, "Nu", "sent", "2026-11-01", PLACES_TODAY);
  refer (places, &mine, "Ooit", "sent", "2026-11-01", "2027-01-11");
  show_referrals (places);
  click (places, places->place, GTK_TYPE_TOGGLE_BUTTON, "Call list");

  assert_list (places,
               "Too late, 1 referral, Call these first\n"
               "Huis Verzonnen, 09 000 00 00 · Gezin Voorbeeld · Een kamer, 3 days late, Sent\n"
               "Today, 1 referral, To call today\n"
               "Nu, Gezin Voorbeeld, today, Sent\n"
               "Within a week, 1 referral, Nothing to do yet\n"
               "Volgende week, Gezin Voorbeeld, Wed 25 Nov, On a waiting list\n"
               "Later, 1 referral, Nothing to do yet\n"
               "Ooit, Gezin Voorbeeld, 11 Jan 2027, Sent\n");
}

static void
test_opens_the_file (void)
{
  g_autoptr (Places) places = places_new ();
  GezId mine = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GezId id = refer (places, &mine, "Woonclub", "sent", "2026-11-20", NULL);
  g_autofree char *household = gez_id_to_string (&mine), *referral = gez_id_to_string (&id);
  g_autofree char *asked = g_strdup_printf ("open-household-tab %s referrals/%s\n", household,
                                            referral);
  GtkWidget *view;

  show_referrals (places);
  view = places_find (places->place, GTK_TYPE_LIST_VIEW, NULL);
  gtk_widget_activate_action (view, "list.activate-item", "u", 0); /* a heading opens nothing */
  g_assert_cmpstr (places->asked->str, ==, "");
  gtk_widget_activate_action (view, "list.activate-item", "u", 1);
  g_assert_cmpstr (places->asked->str, ==, asked);

  g_string_truncate (places->asked, 0);
  gtk_editable_set_text (GTK_EDITABLE (places_find (places->place, GTK_TYPE_SEARCH_ENTRY, NULL)),
                         "woon");
  g_signal_emit_by_name (places_find (places->place, GTK_TYPE_SEARCH_ENTRY, NULL), "activate");
  places_settle (places);
  g_assert_cmpstr (places->asked->str, ==, asked);
}

static void
test_search_mine_and_team (void)
{
  g_autoptr (Places) places = places_new ();
  GezId mine = places_add_household (places, "Gezin Zoë", TRUE);
  GezId hers = places_add_household (places, "Gezin Collega", FALSE);
  GezId colleague = gez_id_new (places->fixture->clock), id;
  GezChange *change;

  refer (places, &mine, "Woonclub", "sent", "2026-11-20", NULL);
  id = refer (places, &hers, "Werkwinkel", "sent", "2026-11-20", NULL);
  change = gez_change_new ("test");
  gez_change_update (change, "referral", &id);
  gez_change_set_id (change, "by_member_id", &colleague);
  commit (places, change);
  show_referrals (places);

  g_assert_true (places_shows (places->place, "1 referral"));
  type (places, "zoe");
  g_assert_true (places_shows (places->place, "1 referral found"));
  g_assert_true (places_shows (places->place, "Woonclub"));
  type (places, "werkw");
  g_assert_true (places_shows (places->place, "Nothing found"));
  click (places, places->place, GTK_TYPE_BUTTON, "Look in the whole team");
  g_assert_true (places_shows (places->place, "Werkwinkel"));
  g_assert_false (places_shows (places->place, "Woonclub"));
  type (places, "");
  g_assert_true (places_shows (places->place, "2 referrals"));
}

/* News is one act: the referral is further, the call is done, the next one stands; undo takes all of
 * it back. */
static void
test_note_news (void)
{
  static const char calls_sql[] =
    "SELECT count(*) AS count FROM followup WHERE kind = 'call_back' AND withdrawn_at IS NULL"
    " AND done_on IS NULL AND due_on = '%s'";
  g_autoptr (Places) places = places_new ();
  GezId mine = places_add_household (places, "Gezin Voorbeeld", TRUE);
  g_autofree char *planned = g_strdup_printf (calls_sql, PLACES_TODAY);
  g_autofree char *next = g_strdup_printf (calls_sql, "2026-12-05");
  GtkWidget *dialog;

  refer (places, &mine, "Woonclub", "sent", "2026-11-01", PLACES_TODAY);
  show_referrals (places);
  click (places, places->place, GTK_TYPE_BUTTON, "News");
  dialog = wait_dialog (places, GEZ_TYPE_REFERRAL_EVENT_DIALOG);
  g_assert_true (places_shows (dialog, "Woonclub"));
  g_assert_true (places_shows (dialog, "The call back that was planned for today is done with this."));
  save (dialog); /* what usually comes next: it was accepted */
  wait_closed (places, GEZ_TYPE_REFERRAL_EVENT_DIALOG);
  g_assert_true (places_shows (places->place, "Accepted"));
  g_assert_cmpint (store_fixture_count (places->fixture, planned), ==, 0);
  g_assert_cmpint (store_fixture_count (places->fixture, next), ==, 1);

  gez_undo_last (places->place, places->context);
  places_settle (places);
  g_assert_true (places_shows (places->place, "Sent"));
  g_assert_cmpint (store_fixture_count (places->fixture, planned), ==, 1);
  g_assert_cmpint (store_fixture_count (places->fixture, next), ==, 0);
}

static void
test_call_later (void)
{
  g_autoptr (Places) places = places_new ();
  GezId mine = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *dialog;

  refer (places, &mine, "Woonclub", "sent", "2026-11-01", "2026-11-18");
  refer (places, &mine, "Daarna", "sent", "2026-11-01", "2026-11-19");
  show_referrals (places);
  click (places, places->place, GTK_TYPE_TOGGLE_BUTTON, "Call list");
  focus_row (places, "Woonclub");
  g_assert_true (places_press (places_find (places->place, GTK_TYPE_LIST_VIEW, NULL), GDK_KEY_t,
                               GDK_CONTROL_MASK));
  dialog = wait_dialog (places, GEZ_TYPE_REFERRAL_EVENT_DIALOG);
  save (dialog);
  wait_closed (places, GEZ_TYPE_REFERRAL_EVENT_DIALOG);
  assert_list (places, "Too late, 1 referral, Call these first\n"
                       "Daarna, Gezin Voorbeeld, 2 days late, Sent\n"
                       "Later, 1 referral, Nothing to do yet\n"
                       "Woonclub, Gezin Voorbeeld, Sat 5 Dec, Sent\n");
  g_assert_cmpint (store_fixture_count (places->fixture,
                                        "SELECT count(*) AS count FROM referral_event"), ==, 2);
  g_assert_cmpint (store_fixture_count (places->fixture, "SELECT count(*) AS count FROM followup"
                                                         " WHERE done_on IS NULL"), ==, 2);
  /* The next one to call is the one that has the focus. */
  wait_focus (places, "Daarna");
}

static void
test_keys (void)
{
  g_autoptr (Places) places = places_new ();
  GezId mine = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *search, *view, *menu;

  refer (places, &mine, "Woonclub", "sent", "2026-11-01", NULL);
  show_referrals (places);
  search = places_find (places->place, GTK_TYPE_SEARCH_ENTRY, NULL);
  view = places_find (places->place, GTK_TYPE_LIST_VIEW, NULL);

  focus_row (places, "Woonclub");
  g_assert_true (places_press (view, GDK_KEY_Return, GDK_CONTROL_MASK));
  gtk_window_destroy (GTK_WINDOW (wait_dialog (places, GEZ_TYPE_REFERRAL_EVENT_DIALOG)));
  wait_closed (places, GEZ_TYPE_REFERRAL_EVENT_DIALOG);

  g_assert_true (places_press (view, GDK_KEY_F10, GDK_SHIFT_MASK));
  places_settle (places);
  menu = places_find (places->place, GTK_TYPE_POPOVER_MENU, NULL);
  g_assert_nonnull (menu);
  g_assert_true (places_shows (menu, "Call back later (Ctrl+T)"));
  gtk_popover_popdown (GTK_POPOVER (menu));
  places_settle (places);

  g_assert_true (gtk_widget_activate_action (places->place, "referrals.find", NULL));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (places->window)),
                                         search));
  g_assert_true (gtk_widget_activate_action (places->place, "referrals.add", NULL));
  gtk_window_destroy (GTK_WINDOW (wait_dialog (places, GEZ_TYPE_REFERRAL_DIALOG)));
  wait_closed (places, GEZ_TYPE_REFERRAL_DIALOG);
}

/* From here a referral starts with the household. */
static void
test_refer (void)
{
  g_autoptr (Places) places = places_new ();
  GezId mine = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *dialog, *entry;

  places_add_person (places, &mine, "Testa", "1992-02-02");
  show_referrals (places);
  g_assert_true (places_shows (places->place, "No referrals on their way"));
  click (places, places->place, GTK_TYPE_BUTTON, "Refer");
  dialog = wait_dialog (places, GEZ_TYPE_REFERRAL_DIALOG);
  save (dialog);
  g_assert_true (places_shows (dialog, "Say for which household."));

  entry = places_find (dialog, GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "voorb");
  places_settle (places);
  g_signal_emit_by_name (entry, "activate");
  places_settle (places);
  save (dialog);
  g_assert_true (places_shows (dialog, "Say to whom you refer."));
  gtk_editable_set_text (GTK_EDITABLE (places_find (dialog, GEZ_TYPE_ENTRY_ROW, NULL)), "Woonclub");
  places_settle (places);
  save (dialog);
  wait_closed (places, GEZ_TYPE_REFERRAL_DIALOG);
  g_assert_true (places_shows (places->place, "Woonclub"));
  g_assert_true (places_shows (places->place, "To be sent"));
}

/* GTK issue 2971: rows of different heights make a long list jump. */
static void
test_one_height (void)
{
  static const int widths[] = { 1000, 360 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (Places) places = places_new ();
      GezId mine = places_add_household (places, "عائلة المثال الطويلة", TRUE);
      GtkWidget *list, *item;
      int height, minimum;

      refer (places, &mine, "กขฃคฅ ฆงจฉช 😀 & <b> met een naam die veel te lang is voor een telefoon",
             "sent", "2026-11-01", NULL);
      refer (places, &mine, "Kort", "arrived", "2026-11-20", NULL);
      places_show (places, gez_referrals_page_new (places->context), widths[i], 700);
      list = places_find (places->place, GTK_TYPE_LIST_VIEW, NULL);
      item = gtk_widget_get_first_child (list);
      height = gtk_widget_get_height (item);
      g_assert_cmpint (height, >, 20);
      g_assert_cmpint (places_count (list, GEZ_TYPE_REFERRAL_BOARD_ROW), ==, 4);
      for (; item != NULL; item = gtk_widget_get_next_sibling (item))
        g_assert_cmpint (gtk_widget_get_height (item), ==, height);

      /* 350 pixels is what a window of 360 leaves for its content. */
      gtk_widget_measure (places->place, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 350);
    }
}

static void
test_pages (void)
{
  g_autoptr (Places) places = places_new ();
  GezId mine = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *list, *scrolled;
  GtkAdjustment *adjustment;
  GListModel *model;

  for (guint i = 0; i < 230; i++)
    places_add_referral (places, &mine, "Woonclub", "2026-11-01");
  show_referrals (places);

  list = places_find (places->place, GTK_TYPE_LIST_VIEW, NULL);
  scrolled = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);
  model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  g_assert_true (places_shows (places->place, "230 referrals"));
  /* Rows come a handful at a time, up to the first page. */
  while (g_list_model_get_n_items (model) < 200)
    g_main_context_iteration (NULL, TRUE);
  places_settle (places);
  g_assert_cmpint (g_list_model_get_n_items (model), ==, 200);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  places_settle (places);
  g_assert_cmpint (g_list_model_get_n_items (model), ==, 231); /* and one heading */
}

static void
test_follows_the_store (void)
{
  g_autoptr (Places) places = places_new ();
  GezId mine = places_add_household (places, "Gezin Voorbeeld", TRUE);

  show_referrals (places);
  refer (places, &mine, "Net gemaakt", "sent", PLACES_TODAY, NULL);
  places_settle (places);
  g_assert_true (places_shows (places->place, "Net gemaakt"));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/places/referrals/by-state", test_by_state);
  g_test_add_func ("/places/referrals/choose-a-state", test_choose_a_state);
  g_test_add_func ("/places/referrals/call-list", test_call_list);
  g_test_add_func ("/places/referrals/opens-the-file", test_opens_the_file);
  g_test_add_func ("/places/referrals/search-mine-team", test_search_mine_and_team);
  g_test_add_func ("/places/referrals/note-news", test_note_news);
  g_test_add_func ("/places/referrals/call-later", test_call_later);
  g_test_add_func ("/places/referrals/keys", test_keys);
  g_test_add_func ("/places/referrals/refer", test_refer);
  g_test_add_func ("/places/referrals/one-height", test_one_height);
  g_test_add_func ("/places/referrals/pages", test_pages);
  g_test_add_func ("/places/referrals/follows-the-store", test_follows_the_store);

  return g_test_run ();
}
