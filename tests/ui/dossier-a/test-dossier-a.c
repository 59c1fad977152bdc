/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dossier-fixture.h"

#include "common/gez-row.h"
#include "household/gez-choice-row.h"
#include "household/gez-domain-scores.h"
#include "household/gez-domain-tab.h"
#include "household/gez-excerpt.h"
#include "household/gez-goal-card.h"
#include "household/gez-household-header.h"
#include "household/gez-household-page.h"
#include "household/gez-overview-tab.h"
#include "household/gez-plan-tab.h"
#include "household/gez-step-row.h"
#include "household/gez-tab-list.h"
#include "household/gez-trajectory-card.h"
#include "household/gez-voices.h"
#include "model/gez-assessment.h"
#include "model/gez-followup.h"
#include "model/gez-goal.h"
#include "model/gez-referral.h"

#define ASSESSMENTS "SELECT count (*) AS count FROM assessment"
#define DRAFTS "SELECT count (*) AS count FROM draft"

static const GezId *
housing (Dossier *dossier)
{
  return gez_record_get_id (gez_lists_find_domain_by_code (
    gez_context_get_lists (dossier->context), "housing"));
}

static void
say (Dossier    *dossier,
     const char *voice,
     const char *day,
     int         score,
     const char *strengths)
{
  GezAssessmentInput input = {
    .household_id = &dossier->household, .domain_id = housing (dossier), .voice = voice,
    .assessed_on = day, .score = score, .strengths = strengths, .asked = "asked",
  };
  GezId id;

  dossier_commit (dossier, gez_assessment_record (dossier->context, &input, &id));
}

static void
say_history (Dossier *dossier)
{
  say (dossier, "family", "2026-04-08", 1, NULL);
  say (dossier, "worker", "2026-04-08", 2, "Huur wordt op tijd betaald.");
  say (dossier, "family", "2026-07-03", 2, "De school is <om de hoek> & dichtbij.");
  say (dossier, "worker", "2026-07-03", 3, NULL);
  say (dossier, "family", "2026-11-09", 3, NULL);
  say (dossier, "worker", "2026-11-09", 2, NULL);
}

static GezDomainTab *
show_domain (Dossier *dossier)
{
  GtkWidget *tab = gez_domain_tab_new (dossier->context, &dossier->household, housing (dossier));

  dossier_show (dossier, tab, 1000, 900);

  return GEZ_DOMAIN_TAB (tab);
}

static GezVoiceText *
get_strengths (GezDomainTab *tab,
               GezScoreVoice voice)
{
  return gez_voices_get_text (GEZ_VOICES (gez_domain_tab_get_voices (tab)),
                              GEZ_VOICE_FIELD_STRENGTHS, voice);
}

static GezScoreScale *
get_scale (GezDomainTab *tab,
           GezScoreVoice voice)
{
  return gez_domain_scores_get_scale (GEZ_DOMAIN_SCORES (gez_domain_tab_get_scores (tab)), voice);
}

static void
type_text (GezVoiceText *text,
           const char   *typed)
{
  GtkWidget *view = gez_voice_text_get_view (text);

  gtk_widget_grab_focus (view);
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), typed, -1);
}

static void
assert_text (GezVoiceText *text,
             const char   *expected)
{
  g_autofree char *shown = gez_voice_text_dup_text (text);

  g_assert_cmpstr (shown, ==, expected);
}

static void
leave (Dossier *dossier)
{
  gtk_window_set_focus (GTK_WINDOW (dossier->window), NULL);
}

static gboolean
press_key (GtkWidget *widget,
           guint      keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean is_handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &is_handled);
    }

  return is_handled;
}

static void
test_voices_shown (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezDomainTab *tab;

  say_history (dossier);
  tab = show_domain (dossier);

  assert_text (get_strengths (tab, GEZ_SCORE_VOICE_FAMILY),
               "De school is <om de hoek> & dichtbij.");
  assert_text (get_strengths (tab, GEZ_SCORE_VOICE_WORKER), "Huur wordt op tijd betaald.");
  g_assert_cmpint (gez_score_scale_get_score (get_scale (tab, GEZ_SCORE_VOICE_FAMILY)), ==, 3);
  g_assert_cmpint (gez_score_scale_get_score (get_scale (tab, GEZ_SCORE_VOICE_WORKER)), ==, 2);
  g_assert_true (g_str_has_prefix (
    gez_score_scale_get_before (get_scale (tab, GEZ_SCORE_VOICE_FAMILY)), "was 2 on "));
  g_assert_true (g_str_has_prefix (
    gez_score_scale_get_before (get_scale (tab, GEZ_SCORE_VOICE_WORKER)), "was 3 on "));
  dossier_drop (dossier);
}

/* Looking, and leaving without having typed, writes nothing. */
static void
test_looking_writes_nothing (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezDomainTab *tab = show_domain (dossier);
  gint64 n_logged = store_fixture_count (dossier->fixture,
                                         "SELECT count (*) AS count FROM change_log");

  for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
    gtk_widget_grab_focus (gez_voice_text_get_view (get_strengths (tab, voice)));
  leave (dossier);
  type_text (get_strengths (tab, GEZ_SCORE_VOICE_FAMILY), "x");
  gez_voice_text_revert (get_strengths (tab, GEZ_SCORE_VOICE_FAMILY));
  leave (dossier);
  dossier_settle (dossier);
  dossier_drop (dossier);

  g_assert_cmpint (store_fixture_count (dossier->fixture, ASSESSMENTS), ==, 0);
  g_assert_cmpint (store_fixture_count (dossier->fixture,
                                        "SELECT count (*) AS count FROM change_log"),
                   ==, n_logged);
}

static void
test_strength_saved (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezDomainTab *tab = show_domain (dossier);
  g_autoptr (GPtrArray) rows = NULL;

  type_text (get_strengths (tab, GEZ_SCORE_VOICE_FAMILY), "Wij koken elke dag samen.");
  dossier_wait_count (dossier, DRAFTS, 1);
  g_assert_cmpint (store_fixture_count (dossier->fixture, ASSESSMENTS), ==, 0);
  leave (dossier);
  dossier_wait_count (dossier, ASSESSMENTS, 1);
  dossier_wait_count (dossier, DRAFTS, 0);

  /* The second voice field of the same day goes into the same row. */
  type_text (gez_voices_get_text (GEZ_VOICES (gez_domain_tab_get_voices (tab)),
                                  GEZ_VOICE_FIELD_NEEDS, GEZ_SCORE_VOICE_FAMILY),
             "De muur is nat.");
  leave (dossier);
  dossier_wait_count (dossier, ASSESSMENTS " WHERE needs = 'De muur is nat.'", 1);
  dossier_settle (dossier);
  rows = store_fixture_select (dossier->fixture, "SELECT * FROM assessment");
  g_assert_cmpint (rows->len, ==, 1);
  g_assert_cmpstr (gez_record_get_text (rows->pdata[0], "voice"), ==, "family");
  g_assert_cmpstr (gez_record_get_text (rows->pdata[0], "asked"), ==, "asked");
  g_assert_cmpstr (gez_record_get_text (rows->pdata[0], "strengths"), ==,
                   "Wij koken elke dag samen.");
  dossier_drop (dossier);
}

/* Going to another tab leaves the field too. */
static void
test_saved_when_tab_goes (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezDomainTab *tab = show_domain (dossier);

  type_text (get_strengths (tab, GEZ_SCORE_VOICE_WORKER), "Sterke moeder");
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (dossier->overlay), NULL);
  dossier_wait_count (dossier, ASSESSMENTS " WHERE strengths = 'Sterke moeder'", 1);
  dossier_settle (dossier);
  g_assert_cmpint (store_fixture_count (dossier->fixture, DRAFTS), ==, 0);
}

static void
test_typing_kept (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezDomainTab *tab = show_domain (dossier);

  type_text (get_strengths (tab, GEZ_SCORE_VOICE_FAMILY), "Half getypte zi");
  say (dossier, "family", "2026-11-20", 4, "Van een collega");
  dossier_settle (dossier);
  assert_text (get_strengths (tab, GEZ_SCORE_VOICE_FAMILY), "Half getypte zi");
  g_assert_cmpint (gez_score_scale_get_score (get_scale (tab, GEZ_SCORE_VOICE_FAMILY)), ==, 4);
  gez_voice_text_revert (get_strengths (tab, GEZ_SCORE_VOICE_FAMILY));
  dossier_settle (dossier);
  dossier_drop (dossier);
}

static void
test_draft_restored (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezDomainTab *tab;

  gez_store_save_draft_async (dossier->fixture->store, "domain:housing", &dossier->household,
                              "{'family.strengths': 'Niet bewaard'}", NULL, NULL);
  dossier_wait_count (dossier, DRAFTS, 1);
  tab = show_domain (dossier);
  assert_text (get_strengths (tab, GEZ_SCORE_VOICE_FAMILY), "Niet bewaard");
  g_assert_true (dossier_shows (GTK_WIDGET (tab), "typed last time"));
  g_assert_cmpint (store_fixture_count (dossier->fixture, ASSESSMENTS), ==, 0);

  dossier_press (GTK_WIDGET (tab), "Forget it");
  assert_text (get_strengths (tab, GEZ_SCORE_VOICE_FAMILY), "");
  dossier_wait_count (dossier, DRAFTS, 0);
  dossier_drop (dossier);
  g_assert_cmpint (store_fixture_count (dossier->fixture, ASSESSMENTS), ==, 0);
}

/* A draft of what was saved after all is nobody's business any more. */
static void
test_draft_of_saved (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezDomainTab *tab;

  say (dossier, "family", "2026-07-03", 0, "Al bewaard");
  gez_store_save_draft_async (dossier->fixture->store, "domain:housing", &dossier->household,
                              "{'family.strengths': 'Al bewaard'}", NULL, NULL);
  dossier_wait_count (dossier, DRAFTS, 1);
  tab = show_domain (dossier);
  g_assert_false (dossier_shows (GTK_WIDGET (tab), "typed last time"));
  dossier_wait_count (dossier, DRAFTS, 0);
  dossier_drop (dossier);
}

static void
test_score_by_keyboard (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezDomainTab *tab;
  GtkWidget *scale;

  say_history (dossier);
  tab = show_domain (dossier);
  scale = GTK_WIDGET (get_scale (tab, GEZ_SCORE_VOICE_FAMILY));

  g_assert_false (press_key (scale, GDK_KEY_6));
  g_assert_true (press_key (scale, GDK_KEY_4));
  dossier_wait_count (dossier, ASSESSMENTS " WHERE score = 4 AND voice = 'family'"
                                           " AND assessed_on = '2026-11-21'", 1);
  /* Another choice on the same day replaces it. */
  g_assert_true (press_key (scale, GDK_KEY_5));
  dossier_wait_count (dossier, ASSESSMENTS " WHERE score = 5", 1);
  dossier_settle (dossier);
  g_assert_cmpint (store_fixture_count (dossier->fixture, ASSESSMENTS), ==, 7);
  g_assert_cmpint (gez_score_scale_get_score (GEZ_SCORE_SCALE (scale)), ==, 5);
  g_assert_true (g_str_has_prefix (gez_score_scale_get_before (GEZ_SCORE_SCALE (scale)),
                                   "was 3 on "));
  dossier_drop (dossier);
}

static const char *
cell (GtkWidget *table,
      int        column,
      int        row)
{
  GtkWidget *label = gtk_grid_get_child_at (GTK_GRID (table), column, row);

  return label != NULL ? gtk_label_get_text (GTK_LABEL (label)) : NULL;
}

static void
test_plot_and_table (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezDomainTab *tab;
  GezScoreHistory *history;
  GtkWidget *table;
  GArray *series;
  guint n_cells = 0;

  say_history (dossier);
  tab = show_domain (dossier);
  history = gez_domain_scores_get_history (GEZ_DOMAIN_SCORES (gez_domain_tab_get_scores (tab)));
  table = gez_score_history_get_table (history);
  series = gez_score_plot_get_series (gez_score_history_get_plot (history));
  g_assert_cmpint (series->len, ==, 6);

  g_assert_false (gez_score_history_shows_table (history));
  gez_domain_scores_toggle (GEZ_DOMAIN_SCORES (gez_domain_tab_get_scores (tab)));
  g_assert_true (gez_score_history_shows_table (history));

  /* Newest day first: 9 November, 3 July, 8 April. */
  for (int row = 1; row <= 3; row++)
    for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
      for (guint i = 0; i < series->len; i++)
        {
          const GezScorePoint *point = &g_array_index (series, GezScorePoint, i);
          int row_of_point = 3 - (int) (i / 2);
          g_autofree char *score = g_strdup_printf ("%d", point->score);

          if (row_of_point != row || (int) point->voice != voice)
            continue;
          g_assert_cmpstr (cell (table, voice + 1, row), ==, score);
          n_cells++;
        }
  g_assert_cmpint (n_cells, ==, series->len);
  g_assert_null (cell (table, 0, 4));
  dossier_drop (dossier);
}

static void
test_plan (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = gez_plan_tab_new (dossier->context, &dossier->household);
  GtkWidget *card, *row;

  dossier_show (dossier, tab, 900, 800);
  g_assert_true (dossier_shows (tab, "No goal yet."));

  dossier_press (tab, "Add a goal");
  dossier_type (tab, "What the family wants, in their own words", "Een droge <kamer> & rust");
  dossier_press (tab, "Add the goal");
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM goal", 1);
  dossier_settle (dossier);
  g_assert_true (dossier_shows (tab, "Een droge <kamer> & rust"));

  card = dossier_find (tab, GEZ_TYPE_GOAL_CARD, 0);
  gtk_widget_activate_action (card, "goal.add-step", NULL);
  dossier_settle (dossier);
  dossier_type (card, "What is the next small step?", "De eigenaar bellen");
  dossier_press (card, "Add the step");
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM step", 1);
  dossier_settle (dossier);
  g_assert_true (dossier_shows (tab, "0 of 1 step"));

  row = dossier_find (tab, GEZ_TYPE_STEP_ROW, 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (dossier_find (row, GTK_TYPE_CHECK_BUTTON, 0)),
                               TRUE);
  dossier_wait_count (dossier,
                      "SELECT count (*) AS count FROM step WHERE done_on = '2026-11-21'", 1);
  dossier_settle (dossier);
  g_assert_true (dossier_shows (tab, "1 of 1 step"));

  gtk_widget_activate_action (card, "goal.set-state", "s", "reached");
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM goal WHERE state = 'reached'", 1);
  dossier_settle (dossier);
  g_assert_true (dossier_shows (tab, "1 goal that was reached or stopped"));
  dossier_drop (dossier);
}

/* A step that is being typed stays when a colleague changes the plan. */
static void
test_plan_typing_kept (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezGoalInput goal = { .household_id = &dossier->household, .words = "Rust in huis" };
  GtkWidget *tab, *row;
  GezId id;

  dossier_commit (dossier, gez_goal_agree (dossier->context, &goal, &id));
  tab = gez_plan_tab_new (dossier->context, &dossier->household);
  dossier_show (dossier, tab, 900, 800);
  gtk_widget_activate_action (dossier_find (tab, GEZ_TYPE_GOAL_CARD, 0), "goal.add-step", NULL);
  dossier_settle (dossier);
  dossier_type (tab, "What is the next small step?", "Half getyp");

  goal.words = "Een ander doel";
  dossier_commit (dossier, gez_goal_agree (dossier->context, &goal, &id));
  dossier_settle (dossier);
  g_assert_true (dossier_shows (tab, "Een ander doel"));
  row = dossier_find_title (tab, "What is the next small step?");
  g_assert_nonnull (row);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Half getyp");
  dossier_drop (dossier);
}

static void
test_overview_saves (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = gez_overview_tab_new (dossier->context, &dossier->household);
  GtkWidget *address;

  say_history (dossier);
  dossier_show (dossier, tab, 1000, 900);
  g_assert_true (dossier_shows (tab, "De school is <om de hoek> & dichtbij."));
  g_assert_true (dossier_shows (tab, "3 ↗"));
  g_assert_true (dossier_shows (tab, "2 ↘"));

  address = dossier_find_title (tab, "Address");
  gtk_widget_grab_focus (address);
  gtk_editable_set_text (GTK_EDITABLE (address), "Voorbeeldstraat 1");
  leave (dossier);
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM household"
                               " WHERE address = 'Voorbeeldstraat 1'", 1);
  dossier_drop (dossier);
}

static void
test_overview_urgent (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezFollowupInput late = { .household_id = &dossier->household, .what = "Bewijs <ophalen>",
                            .due_on = "2026-11-18" };
  GezFollowupInput far = { .household_id = &dossier->household, .what = "Iets voor later",
                           .due_on = "2027-03-01" };
  GezReferralInput silent = { .household_id = &dossier->household, .partner_name = "Woonclub",
                              .state = "sent", .happened_on = "2026-11-01" };
  GezGoalInput goal = { .household_id = &dossier->household, .words = "Rust in huis" };
  GtkWidget *tab;
  GezId id;

  dossier_commit (dossier, gez_followup_plan (dossier->context, &late, &id));
  dossier_commit (dossier, gez_followup_plan (dossier->context, &far, &id));
  dossier_commit (dossier, gez_referral_refer (dossier->context, &silent, &id));
  dossier_commit (dossier, gez_goal_agree (dossier->context, &goal, &id));
  tab = gez_overview_tab_new (dossier->context, &dossier->household);
  dossier_show (dossier, tab, 1000, 900);

  g_assert_true (dossier_shows (tab, "Bewijs <ophalen>"));
  g_assert_true (dossier_shows (tab, "3 days late"));
  g_assert_false (dossier_shows (tab, "Iets voor later"));
  g_assert_true (dossier_shows (tab, "Referral · Woonclub"));
  g_assert_true (dossier_shows (tab, "no news for 20 days"));
  g_assert_true (dossier_shows (tab, "Rust in huis"));
  g_assert_true (dossier_shows (tab, "No next step agreed"));
  dossier_drop (dossier);
}

static void
test_overview_trajectory (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = gez_overview_tab_new (dossier->context, &dossier->household);
  GtkWidget *card, *row;

  dossier_show (dossier, tab, 1000, 900);
  card = dossier_find (tab, GEZ_TYPE_TRAJECTORY_CARD, 0);
  row = dossier_find (card, GEZ_TYPE_ROW, 0);
  g_assert_cmpstr (gez_row_get_title (GEZ_ROW (row)), ==, "Getting to know");

  gtk_widget_activate (row);
  dossier_settle (dossier);
  gez_choice_row_set_code (GEZ_CHOICE_ROW (dossier_find_title (card, "From now on")), "paused");
  dossier_type (card, "Why", "Verhuist naar een opvanghuis");
  dossier_press (card, "Change the trajectory");
  dossier_wait_count (dossier,
                      "SELECT count (*) AS count FROM trajectory_event WHERE state = 'paused'"
                      " AND happened_on = '2026-11-21' AND reason LIKE 'Verhuist%'",
                      1);
  dossier_settle (dossier);
  g_assert_true (dossier_shows (card, "Paused"));
  dossier_drop (dossier);
}

/* Known before the first contact: asked once, and from then on a fact with a date. */
static void
test_overview_known (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = gez_overview_tab_new (dossier->context, &dossier->household);
  GtkWidget *choice;

  dossier_show (dossier, tab, 1000, 900);
  choice = dossier_find_title (tab, "Known to the OCMW before?");
  g_assert_true (GEZ_IS_CHOICE_ROW (choice));
  gez_choice_row_set_code (GEZ_CHOICE_ROW (choice), "no");
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM household"
                               " WHERE known_to_ocmw = 'no' AND known_asked_on = '2026-11-21'", 1);
  dossier_settle (dossier);
  g_assert_false (gtk_widget_get_mapped (choice));
  g_assert_true (dossier_shows (tab, "No, asked on"));
  dossier_drop (dossier);
}

static void
test_page_adds (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *page = gez_household_page_new (dossier->context, &dossier->household);

  dossier_show (dossier, page, 1280, 800);
  gez_household_page_show_tab (GEZ_HOUSEHOLD_PAGE (page), "plan");
  dossier_settle (dossier);
  gtk_widget_activate_action (page, "file.add", NULL);
  g_assert_nonnull (dossier_find_title (page, "What the family wants, in their own words"));

  gez_household_page_show_tab (GEZ_HOUSEHOLD_PAGE (page), "overview");
  gtk_widget_activate_action (page, "file.add", NULL);
  g_assert_cmpstr (gez_household_page_get_tab (GEZ_HOUSEHOLD_PAGE (page)), ==, "journal");
  dossier_settle (dossier);
  dossier_drop (dossier);
}

static void
test_page_tabs (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *page = gez_household_page_new (dossier->context, &dossier->household);
  gpointer first;

  dossier_show (dossier, page, 1280, 800);
  g_assert_cmpstr (gez_household_page_get_tab (GEZ_HOUSEHOLD_PAGE (page)), ==, "overview");
  first = gez_household_page_get_content (GEZ_HOUSEHOLD_PAGE (page));
  g_assert_true (GEZ_IS_OVERVIEW_TAB (first));
  g_object_add_weak_pointer (first, &first);

  gez_household_page_show_tab (GEZ_HOUSEHOLD_PAGE (page), "housing");
  g_assert_cmpstr (gez_household_page_get_tab (GEZ_HOUSEHOLD_PAGE (page)), ==, "domain:housing");
  g_assert_true (GEZ_IS_DOMAIN_TAB (gez_household_page_get_content (GEZ_HOUSEHOLD_PAGE (page))));
  dossier_settle (dossier);
  g_assert_null (first);

  gez_household_page_show_tab (GEZ_HOUSEHOLD_PAGE (page), "no such tab");
  g_assert_cmpstr (gez_household_page_get_tab (GEZ_HOUSEHOLD_PAGE (page)), ==, "domain:housing");
  gtk_widget_activate_action (page, "file.jump-2", NULL);
  g_assert_cmpstr (gez_household_page_get_tab (GEZ_HOUSEHOLD_PAGE (page)), ==, "plan");
  gtk_widget_activate_action (page, "file.previous", NULL);
  g_assert_cmpstr (gez_household_page_get_tab (GEZ_HOUSEHOLD_PAGE (page)), ==, "overview");
  gez_household_page_start_contact (GEZ_HOUSEHOLD_PAGE (page));
  g_assert_cmpstr (gez_household_page_get_tab (GEZ_HOUSEHOLD_PAGE (page)), ==, "journal");
  dossier_settle (dossier);
  dossier_drop (dossier);
}

static void
test_page_names (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *page = gez_household_page_new (dossier->context, &dossier->household);
  GtkWidget *name;

  dossier_show (dossier, page, 1280, 800);
  name = gez_household_header_get_name (
    GEZ_HOUSEHOLD_HEADER (dossier_find (page, GEZ_TYPE_HOUSEHOLD_HEADER, 0)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, HARD_NAME);
  g_assert_true (dossier_shows (page, "Anna (36), Bilal (9)"));

  gtk_widget_grab_focus (name);
  gtk_editable_set_text (GTK_EDITABLE (name), "Gezin <Nieuw> & co");
  leave (dossier);
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM household"
                               " WHERE name = 'Gezin <Nieuw> & co'", 1);

  /* Without a name a file cannot be found again. */
  gtk_widget_grab_focus (name);
  gtk_editable_set_text (GTK_EDITABLE (name), "  ");
  leave (dossier);
  dossier_settle (dossier);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Gezin <Nieuw> & co");
  dossier_drop (dossier);
}

static void
test_page_narrow (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *page = gez_household_page_new (dossier->context, &dossier->household);
  static const char * const tabs[] = { "overview", "plan", "housing", "network", "journal",
                                       "referrals", "agenda" };

  say_history (dossier);
  dossier_show (dossier, page, 360, 700);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      int least;

      gez_household_page_show_tab (GEZ_HOUSEHOLD_PAGE (page), tabs[i]);
      dossier_settle (dossier);
      gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      g_test_message ("%s: %d", tabs[i], least);
      g_assert_cmpint (least, <=, 360);
    }
  g_assert_cmpint (gtk_widget_get_width (page), <, 600);
  g_assert_true (gtk_widget_get_mapped (dossier_find (page, GTK_TYPE_MENU_BUTTON, 0)));
  dossier_drop (dossier);
}

static void
test_excerpt (void)
{
  g_autofree char *one_line = gez_excerpt ("Eerst.\n\n- dan\t dit  ✓\n");
  g_autofree char *nothing = gez_excerpt (NULL);
  g_autofree char *repeated = g_strnfill (4000, 'x');
  g_autofree char *cut = gez_excerpt (repeated);

  g_assert_cmpstr (one_line, ==, "Eerst. - dan dit ✓ ");
  g_assert_null (nothing);
  g_assert_cmpint (g_utf8_strlen (cut, -1), <, 400);
  g_assert_true (g_str_has_suffix (cut, "…"));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/dossier-a/domain/voices-shown", test_voices_shown);
  g_test_add_func ("/dossier-a/domain/looking-writes-nothing", test_looking_writes_nothing);
  g_test_add_func ("/dossier-a/domain/strength-saved", test_strength_saved);
  g_test_add_func ("/dossier-a/domain/saved-when-tab-goes", test_saved_when_tab_goes);
  g_test_add_func ("/dossier-a/domain/typing-kept", test_typing_kept);
  g_test_add_func ("/dossier-a/domain/draft-restored", test_draft_restored);
  g_test_add_func ("/dossier-a/domain/draft-of-saved", test_draft_of_saved);
  g_test_add_func ("/dossier-a/domain/score-by-keyboard", test_score_by_keyboard);
  g_test_add_func ("/dossier-a/domain/plot-and-table", test_plot_and_table);
  g_test_add_func ("/dossier-a/plan/goal-and-step", test_plan);
  g_test_add_func ("/dossier-a/plan/typing-kept", test_plan_typing_kept);
  g_test_add_func ("/dossier-a/overview/saves", test_overview_saves);
  g_test_add_func ("/dossier-a/overview/urgent", test_overview_urgent);
  g_test_add_func ("/dossier-a/overview/trajectory", test_overview_trajectory);
  g_test_add_func ("/dossier-a/overview/known-asked-once", test_overview_known);
  g_test_add_func ("/dossier-a/page/adds-what-belongs", test_page_adds);
  g_test_add_func ("/dossier-a/page/tabs", test_page_tabs);
  g_test_add_func ("/dossier-a/page/names", test_page_names);
  g_test_add_func ("/dossier-a/page/narrow", test_page_narrow);
  g_test_add_func ("/dossier-a/excerpt", test_excerpt);

  return g_test_run ();
}
