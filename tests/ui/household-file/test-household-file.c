/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "household-fixture.h"

#include "common/gez-row.h"
#include "household/gez-contact-form.h"
#include "household/gez-domain-scores.h"
#include "household/gez-domain-tab.h"
#include "household/gez-flag-dialog.h"
#include "household/gez-form.h"
#include "household/gez-goal-card.h"
#include "household/gez-history-entry.h"
#include "household/gez-history-tab.h"
#include "household/gez-household-header.h"
#include "household/gez-household-page.h"
#include "household/gez-journal-entry.h"
#include "household/gez-journal-filter-bar.h"
#include "household/gez-journal-tab.h"
#include "household/gez-overview-tab.h"
#include "household/gez-plan-tab.h"
#include "household/gez-question-editor.h"
#include "model/gez-goal.h"
#include "model/gez-helper.h"
#include "model/gez-history.h"
#include "model/gez-note.h"
#include "model/gez-record-edit.h"
#include "model/gez-referral.h"
#include "model/gez-step.h"

static void
later (Dossier *dossier)
{
  GezClock *clock = gez_context_get_clock (dossier->context);

  gez_clock_set_now (clock, gez_clock_get_now (clock) + 60000);
}

static void
set_address (Dossier    *dossier,
             const char *address)
{
  later (dossier);
  dossier_commit (dossier, gez_record_edit_text (dossier->context, "edit-household", "household",
                                                 &dossier->household, "address", address));
}

static GtkWidget *
show_history (Dossier *dossier,
              int      width)
{
  GtkWidget *tab = gez_history_tab_new (dossier->context, &dossier->household);

  dossier_show (dossier, tab, width, 900);
  return tab;
}

static guint
count_entries (GtkWidget *tab)
{
  guint n = 0;

  while (dossier_find (tab, GEZ_TYPE_HISTORY_ENTRY, n) != NULL)
    n++;
  return n;
}

/* Entries are made a few at a time. */
static void
wait_for_entries (Dossier   *dossier,
                  GtkWidget *tab,
                  guint      n_entries)
{
  for (int i = 0; i < 100 && count_entries (tab) != n_entries; i++)
    dossier_settle (dossier);
  g_assert_cmpuint (count_entries (tab), ==, n_entries);
}

/* The history ------------------------------------------------------------------------------------ */

static void
test_history_of_a_field (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab;

  set_address (dossier, "Kerkstraat 1");
  set_address (dossier, "Molenstraat <2> & 4");
  tab = show_history (dossier, 900);

  g_assert_true (dossier_shows (tab, "changed the address"));
  g_assert_true (dossier_shows (tab, "The address: Kerkstraat 1"));
  g_assert_true (dossier_shows (tab, "from “Kerkstraat 1” to “Molenstraat <2> & 4”"));
  g_assert_true (dossier_shows (tab, "opened the file"));
  g_assert_true (dossier_shows (tab, "Today"));
  dossier_drop (dossier);
}

/* What happens while the history shows goes on top; what stands there already stays. */
static void
test_history_is_live (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = show_history (dossier, 900);
  GtkWidget *first = dossier_find (tab, GEZ_TYPE_HISTORY_ENTRY, 0);
  guint n_entries = count_entries (tab);

  g_assert_cmpuint (n_entries, >, 0);
  set_address (dossier, "Kerkstraat 1");
  wait_for_entries (dossier, tab, n_entries + 1);
  g_assert_true (dossier_find (tab, GEZ_TYPE_HISTORY_ENTRY, 1) == first);
  dossier_drop (dossier);
}

static void
test_history_undo_and_steps (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezGoalInput goal_input = { .household_id = &dossier->household, .words = "Een droge kamer" };
  GezStepInput step_input = { .household_id = &dossier->household, .what = "Foto’s sturen" };
  g_autoptr (GezChange) change = NULL;
  g_autoptr (GError) error = NULL;
  GezId goal, step;
  GtkWidget *tab;
  guint64 command;

  dossier_commit (dossier, gez_goal_agree (dossier->context, &goal_input, &goal));
  step_input.goal_id = &goal;
  later (dossier);
  dossier_commit (dossier, gez_step_add (dossier->context, &step_input, &step));
  later (dossier);
  change = gez_step_done (dossier->context, &step, NULL, NULL);
  command = gez_store_commit (dossier->fixture->store, change, &error);
  g_assert_no_error (error);
  later (dossier);
  gez_store_undo (dossier->fixture->store, command, &error);
  g_assert_no_error (error);

  tab = show_history (dossier, 900);
  g_assert_true (dossier_shows (tab, "undid a change"));
  g_assert_true (dossier_shows (tab, "ticked off a step"));
  g_assert_true (dossier_shows (tab, "The step: Foto’s sturen"));
  g_assert_true (dossier_shows (tab, "The goal: Een droge kamer"));
  dossier_drop (dossier);
}

static void
test_history_filter_and_jump (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezGoalInput input = { .household_id = &dossier->household, .words = "Een droge kamer" };
  GtkWidget *tab, *entry;
  GezId goal;

  later (dossier);
  dossier_commit (dossier, gez_goal_agree (dossier->context, &input, &goal));
  tab = show_history (dossier, 900);
  g_assert_cmpuint (count_entries (tab), >, 1);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (dossier_find (tab, GTK_TYPE_DROP_DOWN, 0)), 5);
  wait_for_entries (dossier, tab, 1);
  entry = dossier_find (tab, GEZ_TYPE_HISTORY_ENTRY, 0);
  gtk_widget_activate (entry);
  dossier_settle (dossier);
  g_assert_true (g_str_has_suffix (dossier->asked->str, " plan\n"));
  dossier_drop (dossier);
}

static void
test_history_folds_long_texts (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autofree char *word = g_strnfill (400, 'x');
  g_autofree char *content = g_strconcat ("Begin ", word, " einde", NULL);
  GezNoteInput input = { .household_id = &dossier->household, .content = content };
  GtkWidget *tab;
  GezId note;

  later (dossier);
  dossier_commit (dossier, gez_note_write (dossier->context, &input, &note));
  tab = show_history (dossier, 900);
  g_assert_true (dossier_shows (tab, "The note: Begin"));
  g_assert_false (dossier_shows (tab, "einde"));
  dossier_press (tab, "Show everything");
  g_assert_true (dossier_shows (tab, "einde"));
  dossier_press (tab, "Show less");
  g_assert_false (dossier_shows (tab, "einde"));
  dossier_drop (dossier);
}

/* A page holds 50 acts; the others come when somebody asks, and fit the narrowest window. */
static void
test_history_pages (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab;
  guint n_before;
  int least;

  tab = show_history (dossier, 360);
  n_before = count_entries (tab);
  dossier_drop (dossier);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *address = g_strdup_printf ("Kerkstraat %u", i);

      set_address (dossier, address);
    }
  tab = show_history (dossier, 360);
  wait_for_entries (dossier, tab, GEZ_HISTORY_PAGE_SIZE);
  gtk_widget_measure (tab, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  dossier_press (tab, "Show _older entries");
  wait_for_entries (dossier, tab, 60 + n_before);
  g_assert_null (dossier_find_button (tab, "Show _older entries"));
  dossier_drop (dossier);
}

/* The header ------------------------------------------------------------------------------------- */

static GtkWidget *
show_page (Dossier *dossier,
           int      width)
{
  GtkWidget *page = gez_household_page_new (dossier->context, &dossier->household);

  dossier_show (dossier, page, width, 800);
  return page;
}

static void
set_residence (Dossier    *dossier,
               const char *residence)
{
  dossier_commit (dossier, gez_record_edit_text (dossier->context, "edit-household", "household",
                                                 &dossier->household, "residence", residence));
  dossier_settle (dossier);
}

/* An address that is hidden, or none, never stands above the tabs. */
static void
test_header_address (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *page, *header;

  page = show_page (dossier, 1280);
  header = dossier_find (page, GEZ_TYPE_HOUSEHOLD_HEADER, 0);
  g_assert_true (dossier_shows (header, "Address not known"));
  set_address (dossier, "Geheimstraat 7");
  dossier_settle (dossier);
  g_assert_true (dossier_shows (header, "Geheimstraat 7"));
  set_residence (dossier, "hidden");
  g_assert_false (dossier_shows (header, "Geheimstraat 7"));
  g_assert_true (dossier_shows (header, "Hidden address"));
  set_residence (dossier, "none");
  g_assert_true (dossier_shows (header, "No fixed address"));
  g_assert_true (dossier_shows (header, "only you"));
  dossier_drop (dossier);
}

/* Each part of the header opens the tab where it is edited. */
static void
test_header_leads (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *page = show_page (dossier, 1280);
  GtkWidget *header = dossier_find (page, GEZ_TYPE_HOUSEHOLD_HEADER, 0);
  static const struct
  {
    const char *button;
    const char *tab;
  } cases[] = {
    { "Anna (36)", "network" },      { "Address not known", "overview" },
    { "Contact person", "network" }, { "Last contact", "journal" },
    { "Next appointment", "agenda" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].button);
      dossier_press (header, cases[i].button);
      g_assert_cmpstr (gez_household_page_get_tab (GEZ_HOUSEHOLD_PAGE (page)), ==, cases[i].tab);
    }
  dossier_drop (dossier);
}

/* Fourteen members and a name of 200 characters fit the narrowest window; what is cut is in the
 * tooltip. */
static void
test_header_of_many (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autofree char *name = g_strnfill (200, 'W');
  GtkWidget *page, *header, *members;
  int least;

  dossier_fill (dossier);
  dossier_commit (dossier, gez_record_edit_text (dossier->context, "edit-household", "household",
                                                 &dossier->household, "name", name));
  page = show_page (dossier, 360);
  header = dossier_find (page, GEZ_TYPE_HOUSEHOLD_HEADER, 0);
  gtk_widget_measure (header, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  g_assert_cmpint (gtk_widget_get_height (header), <, 400);
  members = dossier_find_button (header, "Anna (36)");
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (members), "Hamza"));
  g_assert_true (g_str_has_prefix (
    gtk_widget_get_tooltip_text (gez_household_header_get_name (GEZ_HOUSEHOLD_HEADER (header))),
    name));
  dossier_drop (dossier);
}

/* What belongs to a life domain -------------------------------------------------------------------- */

static const GezId *
housing (Dossier *dossier)
{
  return gez_record_get_id (gez_lists_find_domain_by_code (
    gez_context_get_lists (dossier->context), "housing"));
}

static void
give_score (Dossier    *dossier,
            const char *day,
            int         score)
{
  GezAssessmentInput input = {
    .household_id = &dossier->household, .domain_id = housing (dossier), .voice = "family",
    .assessed_on = day, .score = score, .asked = "asked",
  };
  GezId id;

  dossier_commit (dossier, gez_assessment_record (dossier->context, &input, &id));
}

/* A score that was not meant can be taken back: the one before it stands again, then none. */
static void
test_domain_score_taken_back (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab;
  GezScoreScale *scale;

  give_score (dossier, "2026-04-08", 2);
  give_score (dossier, "2026-07-03", 5);
  tab = gez_domain_tab_new (dossier->context, &dossier->household, housing (dossier));
  dossier_show (dossier, tab, 1000, 900);
  scale = gez_domain_scores_get_scale (
    GEZ_DOMAIN_SCORES (gez_domain_tab_get_scores (GEZ_DOMAIN_TAB (tab))), GEZ_SCORE_VOICE_FAMILY);
  g_assert_cmpint (gez_score_scale_get_score (scale), ==, 5);
  dossier_press (tab, "Take this score back (Delete)");
  dossier_settle (dossier);
  g_assert_cmpint (gez_score_scale_get_score (scale), ==, 2);
  dossier_press (tab, "Take this score back (Delete)");
  dossier_settle (dossier);
  g_assert_cmpint (gez_score_scale_get_score (scale), ==, 0);
  g_assert_cmpint (store_fixture_count (dossier->fixture,
                                        "SELECT count (*) AS count FROM assessment"
                                        " WHERE score IS NOT NULL"), ==, 0);
  dossier_drop (dossier);
}

/* Referrals, follow-ups and helpers of the domain, each leading to where it stands. */
static void
test_domain_what_belongs (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezReferralInput referral_input = { .household_id = &dossier->household,
                                      .domain_id = housing (dossier), .direction = "out",
                                      .partner_name = "Woonclub <Proef>", .question = "Huur" };
  GezHelperInput helper_input = { .household_id = &dossier->household, .kind = "professional",
                                  .name = "Wim Verzonnen", .domain_id = housing (dossier) };
  GtkWidget *tab;
  GezId id;

  dossier_commit (dossier, gez_referral_refer (dossier->context, &referral_input, &id));
  dossier_commit (dossier, gez_helper_add (dossier->context, &helper_input, &id));
  tab = gez_domain_tab_new (dossier->context, &dossier->household, housing (dossier));
  dossier_show (dossier, tab, 1000, 1400);
  g_assert_true (dossier_shows (tab, "Helper · Wim Verzonnen"));
  g_assert_true (dossier_shows (tab, "Referral · Woonclub <Proef>"));

  for (guint i = 0; dossier_find (tab, GEZ_TYPE_ROW, i) != NULL; i++)
    {
      GtkWidget *row = dossier_find (tab, GEZ_TYPE_ROW, i);

      if (g_str_has_prefix (gez_row_get_title (GEZ_ROW (row)), "Helper"))
        gtk_widget_activate (row);
    }
  dossier_settle (dossier);
  g_assert_true (g_str_has_suffix (dossier->asked->str, " network\n"));
  dossier_drop (dossier);
}

static guint
count_journal (GtkWidget *tab)
{
  guint n = 0;

  while (dossier_find (tab, GEZ_TYPE_JOURNAL_ENTRY, n) != NULL)
    n++;
  return n;
}

static void
write_note (Dossier    *dossier,
            const char *content)
{
  GezNoteInput input = { .household_id = &dossier->household, .content = content };
  GezId note;

  later (dossier);
  dossier_commit (dossier, gez_note_write (dossier->context, &input, &note));
}

/* Ctrl+F searches in what was written in this file, from whatever tab. */
static void
test_journal_search (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *page, *tab, *search;

  write_note (dossier, "De verhuurder belde over de schimmel");
  write_note (dossier, "Bilal heeft een nieuwe fiets");
  page = show_page (dossier, 1280);
  gtk_widget_activate_action (page, "file.find", NULL);
  dossier_settle (dossier);
  tab = gez_household_page_get_content (GEZ_HOUSEHOLD_PAGE (page));
  g_assert_true (GEZ_IS_JOURNAL_TAB (tab));
  g_assert_cmpuint (count_journal (tab), ==, 2);

  /* A drop-down of later versions of GTK has a search entry too. */
  search = dossier_find (dossier_find (tab, GEZ_TYPE_JOURNAL_FILTER_BAR, 0), GTK_TYPE_SEARCH_ENTRY, 0);
  g_assert_nonnull (search);
  gtk_editable_set_text (GTK_EDITABLE (search), "schim");
  for (int i = 0; i < 20 && count_journal (tab) != 1; i++)
    dossier_settle (dossier);
  g_assert_true (dossier_shows (tab, "schimmel"));
  g_assert_false (dossier_shows (tab, "fiets"));
  gtk_editable_set_text (GTK_EDITABLE (search), "nergens");
  for (int i = 0; i < 20 && count_journal (tab) != 0; i++)
    dossier_settle (dossier);
  g_assert_true (dossier_shows (tab, "No entry fits this"));
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  for (int i = 0; i < 20 && count_journal (tab) != 2; i++)
    dossier_settle (dossier);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (dossier_find (tab, GTK_TYPE_DROP_DOWN, 0)), 1);
  for (int i = 0; i < 20 && count_journal (tab) != 0; i++)
    dossier_settle (dossier);
  g_assert_true (dossier_shows (tab, "No entry fits this"));
  dossier_drop (dossier);
}

/* Who reads a note stands with it; letting more people read it is an act with a question and undo. */
static void
test_journal_widen (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab, *dialog;

  write_note (dossier, "Er is een schuld");
  tab = gez_journal_tab_new (dossier->context, &dossier->household);
  dossier_show (dossier, tab, 900, 900);
  g_assert_true (dossier_shows (tab, "Only the case managers of this family"));
  dossier_press (tab, "Let more people read this");
  dialog = dossier_find_dialog (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (dossier_shows (dialog, "From then on: Everybody who works with this family."));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "yes");
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM note"
                               " WHERE substr (circle, 1, 1) = x'6f'", 1);
  gtk_window_destroy (GTK_WINDOW (dialog));
  dossier_settle (dossier);
  g_assert_true (dossier_shows (tab, "Everybody who works with this family"));
  g_assert_null (dossier_find_button (tab, "Let more people read this"));
  dossier_drop (dossier);
}

/* The family says which goal comes first. */
static void
test_plan_order (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  static const char * const words[] = { "Eerst dit", "Dan dit", "Dan dat" };
  GtkWidget *tab;
  GezId goals[G_N_ELEMENTS (words)];
  char id[GEZ_ID_TEXT_SIZE], first[GEZ_ID_TEXT_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GezGoalInput input = { .household_id = &dossier->household, .words = words[i] };

      dossier_commit (dossier, gez_goal_agree (dossier->context, &input, &goals[i]));
    }
  tab = gez_plan_tab_new (dossier->context, &dossier->household);
  dossier_show (dossier, tab, 900, 900);
  gez_id_to_buffer (&goals[2], id);
  gez_id_to_buffer (&goals[0], first);
  gtk_widget_activate_action (dossier_find (tab, GEZ_TYPE_GOAL_CARD, 2), "goals.move-up", "s", id);
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM goal"
                               " WHERE words = 'Dan dat' AND priority = 2", 1);
  dossier_settle (dossier);
  g_assert_true (gez_id_equal (
    gez_goal_card_get_goal (GEZ_GOAL_CARD (dossier_find (tab, GEZ_TYPE_GOAL_CARD, 1))), &goals[2]));
  gtk_widget_activate_action (dossier_find (tab, GEZ_TYPE_GOAL_CARD, 0), "goals.move-to", "(ss)", id,
                              first);
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM goal"
                               " WHERE words = 'Dan dat' AND priority = 1", 1);
  dossier_settle (dossier);
  dossier_drop (dossier);
}

/* A point of attention is a fact with its source; it ends with a reason. */
static void
test_overview_flag (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = gez_overview_tab_new (dossier->context, &dossier->household);
  GtkWidget *dialog, *row;

  dossier_show (dossier, tab, 1000, 900);
  dossier_press (tab, "Add");
  dialog = dossier_find_dialog (GEZ_TYPE_FLAG_DIALOG);
  dossier_type (dialog, "What is the case", "Grote hond <los>");
  dossier_type (dialog, "Where it is known from", "zelf gezien");
  dossier_press (dialog, "_Save");
  dossier_wait_closed (GEZ_TYPE_FLAG_DIALOG);
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM flag"
                               " WHERE source = 'zelf gezien' AND until_on = '2027-05-21'", 1);
  dossier_settle (dossier);
  g_assert_true (dossier_shows (tab, "Grote hond <los>"));

  for (guint i = 0; (row = dossier_find (tab, GEZ_TYPE_ROW, i)) != NULL; i++)
    if (g_strcmp0 (gez_row_get_title (GEZ_ROW (row)), "Grote hond <los>") == 0)
      break;
  gtk_widget_activate (row);
  dossier_settle (dossier);
  dossier_settle (dossier);
  dialog = dossier_find_dialog (GEZ_TYPE_FLAG_DIALOG);
  gez_form_switch_set (dossier_find_title (dialog, "This no longer holds"), TRUE);
  dossier_type (dialog, "Why it is over", "verhuisd");
  dossier_press (dialog, "_Save");
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM flag"
                               " WHERE resolved_on = '2026-11-21' AND resolved_reason = 'verhuisd'", 1);
  dossier_wait_closed (GEZ_TYPE_FLAG_DIALOG);
  dossier_settle (dossier);
  g_assert_false (dossier_shows (tab, "Grote hond"));
  dossier_drop (dossier);
}

/* What is added from the tab of a life domain starts with that domain. */
static void
test_domain_is_filled_in (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *page = show_page (dossier, 1280);
  GtkWidget *tab;

  gez_household_page_show_tab (GEZ_HOUSEHOLD_PAGE (page), "housing");
  dossier_settle (dossier);
  gez_household_page_start_contact (GEZ_HOUSEHOLD_PAGE (page));
  dossier_settle (dossier);
  tab = gez_household_page_get_content (GEZ_HOUSEHOLD_PAGE (page));
  dossier_press (tab, "Add a question");
  g_assert_cmpstr (gez_question_editor_get_domain (
                     GEZ_QUESTION_EDITOR (dossier_find (tab, GEZ_TYPE_QUESTION_EDITOR, 0))),
                   ==, "housing");
  dossier_type (tab, "What does the family ask?", "Mag de huur omhoog?");
  dossier_press (tab, "_Save contact");
  dossier_wait_count (dossier,
                      "SELECT count (*) AS count FROM contact_link l JOIN domain d"
                      " ON d.id = l.domain_id WHERE l.kind = 'about' AND d.code = 'housing'", 1);
  dossier_wait_count (dossier,
                      "SELECT count (*) AS count FROM question q JOIN domain d"
                      " ON d.id = q.domain_id WHERE d.code = 'housing'", 1);

  /* A form that only holds the domain holds nothing. */
  gez_household_page_show_tab (GEZ_HOUSEHOLD_PAGE (page), "housing");
  gez_household_page_start_contact (GEZ_HOUSEHOLD_PAGE (page));
  tab = gez_household_page_get_content (GEZ_HOUSEHOLD_PAGE (page));
  g_assert_true (gez_contact_form_is_empty (
    GEZ_CONTACT_FORM (dossier_find (tab, GEZ_TYPE_CONTACT_FORM, 0))));
  dossier_settle (dossier);
  dossier_drop (dossier);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/household-file/history/of-a-field", test_history_of_a_field);
  g_test_add_func ("/household-file/history/is-live", test_history_is_live);
  g_test_add_func ("/household-file/history/undo-and-steps", test_history_undo_and_steps);
  g_test_add_func ("/household-file/history/filter-and-jump", test_history_filter_and_jump);
  g_test_add_func ("/household-file/history/folds-long-texts", test_history_folds_long_texts);
  g_test_add_func ("/household-file/history/pages", test_history_pages);

  g_test_add_func ("/household-file/domain/score-taken-back", test_domain_score_taken_back);
  g_test_add_func ("/household-file/domain/what-belongs", test_domain_what_belongs);
  g_test_add_func ("/household-file/journal/widen", test_journal_widen);
  g_test_add_func ("/household-file/plan/order", test_plan_order);
  g_test_add_func ("/household-file/overview/flag", test_overview_flag);
  g_test_add_func ("/household-file/journal/search", test_journal_search);
  g_test_add_func ("/household-file/domain/is-filled-in", test_domain_is_filled_in);
  g_test_add_func ("/household-file/header/address", test_header_address);
  g_test_add_func ("/household-file/header/leads", test_header_leads);
  g_test_add_func ("/household-file/header/of-many", test_header_of_many);

  return g_test_run ();
}
