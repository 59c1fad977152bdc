/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "household-fixture.h"

#include "common/gez-date-entry.h"
#include "common/gez-row.h"
#include "common/gez-words.h"
#include "household/gez-contact-form.h"
#include "household/gez-helper-dialog.h"
#include "household/gez-household-agenda-tab.h"
#include "household/gez-journal-entry.h"
#include "household/gez-journal-tab.h"
#include "household/gez-member-dialog.h"
#include "household/gez-member-fields.h"
#include "household/gez-network-tab.h"
#include "household/gez-new-household-dialog.h"
#include "household/gez-note-dialog.h"
#include "household/gez-partner-field.h"
#include "household/gez-question-editor.h"
#include "household/gez-referral-dialog.h"
#include "household/gez-referral-event-dialog.h"
#include "household/gez-referral-row.h"
#include "household/gez-referrals-tab.h"
#include "household/gez-relation-dialog.h"
#include "model/gez-codes.h"
#include "model/gez-partner.h"
#include "model/gez-referral.h"

#define DRAFTS "SELECT count (*) AS count FROM draft"
#define CONTACTS "SELECT count (*) AS count FROM contact"

static GtkWidget *
show_journal (Dossier     *dossier,
              const GezId *household)
{
  GtkWidget *tab = gez_journal_tab_new (dossier->context, household);

  dossier_show (dossier, tab, 1000, 800);

  return tab;
}

static GtkTextBuffer *
get_text (GtkWidget *root)
{
  GtkWidget *view = dossier_find (root, GTK_TYPE_TEXT_VIEW, 0);

  g_assert_nonnull (view);

  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
}

static void
assert_text (GtkWidget  *root,
             const char *expected)
{
  GtkTextBuffer *buffer = get_text (root);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_cmpstr (text, ==, expected);
}

static void
fill_question (GtkWidget  *tab,
               guint       number,
               const char *text,
               const char *outcome)
{
  GtkWidget *editor;

  dossier_press (tab, "Add a question");
  editor = dossier_find (tab, GEZ_TYPE_QUESTION_EDITOR, number);
  g_assert_nonnull (editor);
  dossier_type (editor, "What does the family ask?", text);
  dossier_press (editor, outcome);
}

static void
test_record_contact (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = show_journal (dossier, &dossier->household);
  g_autoptr (GPtrArray) rows = NULL;

  gez_journal_tab_start_contact (GEZ_JOURNAL_TAB (tab));
  gtk_text_buffer_set_text (get_text (tab), "Samen de brief gelezen & geantwoord.", -1);
  fill_question (tab, 0, "Hoe betaal ik de factuur?", "Answered myself");
  fill_question (tab, 1, "Waar kan Bilal zwemmen?", "Referred");
  dossier_press (tab, "Bilal Voorbeeld");
  dossier_type (tab, "What will be done?", "Bellen naar de school");
  gez_date_entry_set_text (
    GEZ_DATE_ENTRY (dossier_find (dossier_find (tab, GEZ_TYPE_CONTACT_FORM, 0),
                                  GEZ_TYPE_DATE_ENTRY, 3)),
    "24/11");
  dossier_press (tab, "_Save contact");

  dossier_wait_count (dossier, CONTACTS, 1);
  rows = store_fixture_select (dossier->fixture, "SELECT * FROM note");
  g_assert_cmpint (rows->len, ==, 1);
  g_assert_cmpstr (gez_record_get_text (rows->pdata[0], "content"), ==,
                   "Samen de brief gelezen & geantwoord.");
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM question WHERE is_answered = 1", 1);
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM question WHERE is_referred = 1", 1);
  dossier_wait_count (dossier,
                      "SELECT count (*) AS count FROM followup WHERE due_on = '2026-11-24'"
                      " AND what = 'Bellen naar de school'",
                      1);
  dossier_wait_count (dossier,
                      "SELECT count (*) AS count FROM contact_link WHERE kind = 'took_part'"
                      " AND person_id IS NOT NULL",
                      1);

  dossier_settle (dossier);
  dossier_wait_count (dossier, DRAFTS, 0);
  g_assert_false (gtk_widget_get_mapped (dossier_find (tab, GEZ_TYPE_CONTACT_FORM, 0)));
  g_assert_nonnull (dossier_find (tab, GEZ_TYPE_JOURNAL_ENTRY, 0));
  g_assert_true (dossier_shows (tab, "Samen de brief gelezen & geantwoord."));
  dossier_drop (dossier);
}

/* Something that is not right is said, and nothing is written or lost. */
static void
test_contact_refused (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = show_journal (dossier, &dossier->household);

  gez_journal_tab_start_contact (GEZ_JOURNAL_TAB (tab));
  gtk_text_buffer_set_text (get_text (tab), "Getypte tekst", -1);
  dossier_type (tab, "What will be done?", "Iets, maar wanneer?");
  dossier_press (tab, "_Save contact");
  g_assert_true (dossier_shows (tab, "Say when the follow-up must be done."));
  assert_text (tab, "Getypte tekst");
  dossier_wait_count (dossier, CONTACTS, 0);
  dossier_drop (dossier);
}

static void
test_draft_restored (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = show_journal (dossier, &dossier->household);

  gez_journal_tab_start_contact (GEZ_JOURNAL_TAB (tab));
  gtk_text_buffer_set_text (get_text (tab), "Half een zin <met> & 'tekens'", -1);
  fill_question (tab, 0, "Een halve vraag", "Not solved yet");
  dossier_press (tab, "Bilal Voorbeeld");
  dossier_wait_count (dossier, DRAFTS, 1);
  dossier_drop (dossier);
  dossier_wait_count (dossier, CONTACTS, 0);

  tab = show_journal (dossier, &dossier->other_household);
  assert_text (tab, "");
  g_assert_false (dossier_shows (tab, "restored"));
  dossier_drop (dossier);

  tab = show_journal (dossier, &dossier->household);
  assert_text (tab, "Half een zin <met> & 'tekens'");
  g_assert_true (dossier_shows (tab, "restored"));
  g_assert_true (gez_question_editor_has_outcome (
    GEZ_QUESTION_EDITOR (dossier_find (tab, GEZ_TYPE_QUESTION_EDITOR, 0)), "not_solved"));
  g_assert_true (gtk_toggle_button_get_active (
    GTK_TOGGLE_BUTTON (dossier_find_button (tab, "Bilal Voorbeeld"))));

  dossier_press (tab, "_Discard");
  dossier_wait_count (dossier, DRAFTS, 0);
  dossier_press (tab, "_Bring it back");
  assert_text (tab, "Half een zin <met> & 'tekens'");
  dossier_wait_count (dossier, DRAFTS, 1);
  dossier_press (tab, "_Discard");
  dossier_wait_count (dossier, DRAFTS, 0);
  dossier_drop (dossier);
  tab = show_journal (dossier, &dossier->household);
  assert_text (tab, "");
  dossier_drop (dossier);
}

/* Reading again because a colleague wrote must not touch what is being typed. */
static void
test_typing_survives_change (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = show_journal (dossier, &dossier->household);

  gez_journal_tab_start_contact (GEZ_JOURNAL_TAB (tab));
  gtk_text_buffer_set_text (get_text (tab), "Nog bezig", -1);
  dossier_press (tab, "Bilal Voorbeeld");
  dossier_fill (dossier);
  dossier_settle (dossier);
  assert_text (tab, "Nog bezig");
  g_assert_true (gtk_toggle_button_get_active (
    GTK_TOGGLE_BUTTON (dossier_find_button (tab, "Bilal Voorbeeld"))));
  g_assert_nonnull (dossier_find (tab, GEZ_TYPE_JOURNAL_ENTRY, 13));
  dossier_drop (dossier);
}

static void
test_huge_paste (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = show_journal (dossier, &dossier->household);
  g_autofree char *huge = g_strnfill (10 * 1024 * 1024, 'a');

  gez_journal_tab_start_contact (GEZ_JOURNAL_TAB (tab));
  gtk_text_buffer_set_text (get_text (tab), "Wat ik al had", -1);
  gtk_text_buffer_insert_at_cursor (get_text (tab), huge, -1);
  dossier_settle (dossier);
  assert_text (tab, "Wat ik al had");
  g_assert_true (dossier_shows (tab, "too long"));
  dossier_drop (dossier);
}

/* What fits goes in, also in one line without a space, and comes back from the draft as it was. */
static void
test_long_note (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = show_journal (dossier, &dossier->household);
  g_autofree char *note = g_strnfill (200 * 1024, 'a');

  gez_journal_tab_start_contact (GEZ_JOURNAL_TAB (tab));
  gtk_text_buffer_insert_at_cursor (get_text (tab), note, -1);
  dossier_wait_count (dossier, DRAFTS, 1);
  dossier_drop (dossier);
  tab = show_journal (dossier, &dossier->household);
  assert_text (tab, note);
  dossier_press (tab, "_Save contact");
  dossier_wait_count (dossier, CONTACTS, 1);
  dossier_settle (dossier);
  g_assert_nonnull (dossier_find_button (tab, "Show the whole text"));
  dossier_press (tab, "Show the whole text");
  g_assert_null (dossier_find_button (tab, "Show the whole text"));
  dossier_drop (dossier);
}

static guint
count_entries (GtkWidget *tab)
{
  guint count = 0;

  while (dossier_find (tab, GEZ_TYPE_JOURNAL_ENTRY, count) != NULL)
    count++;

  return count;
}

static void
test_older_entries (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab;

  for (int i = 0; i < 5; i++)
    dossier_fill_journal (dossier, 24);
  tab = show_journal (dossier, &dossier->household);
  g_assert_cmpint (count_entries (tab), ==, 50);
  dossier_press (tab, "Show _older entries");
  g_assert_cmpint (count_entries (tab), ==, 100);

  /* A new contact does not fold away what was unfolded. */
  dossier_fill_journal (dossier, 1);
  dossier_settle (dossier);
  g_assert_cmpint (count_entries (tab), ==, 100);
  dossier_press (tab, "Show _older entries");
  g_assert_cmpint (count_entries (tab), ==, 121);
  g_assert_null (dossier_find_button (tab, "Show _older entries"));
  dossier_drop (dossier);
}

static void
test_addition (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab, *dialog;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  dossier_fill (dossier);
  before = store_fixture_select (dossier->fixture, "SELECT * FROM note ORDER BY written_at DESC");
  tab = show_journal (dossier, &dossier->household);
  dossier_press (dossier_find (tab, GEZ_TYPE_JOURNAL_ENTRY, 0), "Add to this or correct it");
  dialog = dossier_find_dialog (GEZ_TYPE_NOTE_DIALOG);
  g_assert_nonnull (dialog);
  gtk_text_buffer_set_text (get_text (dialog), "Het was de badkamer.", -1);
  dossier_press (dialog, "_Save");
  dossier_wait_closed (GEZ_TYPE_NOTE_DIALOG);

  after = store_fixture_select (dossier->fixture,
                                "SELECT * FROM note WHERE corrects_note_id IS NOT NULL");
  g_assert_cmpint (after->len, ==, 1);
  g_assert_cmpstr (gez_record_get_text (after->pdata[0], "content"), ==, "Het was de badkamer.");
  g_assert_true (gez_id_equal (gez_record_get_reference (after->pdata[0], "corrects_note_id"),
                               gez_record_get_id (before->pdata[0])));
  dossier_settle (dossier);
  g_assert_true (dossier_shows (dossier_find (tab, GEZ_TYPE_JOURNAL_ENTRY, 0),
                                "Het was de badkamer."));
  dossier_drop (dossier);
}

static void
test_members (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = gez_network_tab_new (dossier->context, &dossier->household);
  GtkWidget *dialog;

  dossier_show (dossier, tab, 1000, 800);
  g_assert_true (dossier_shows (tab, "Anna " HARD_NAME));
  g_assert_true (dossier_shows (tab, "één week op twee bij vader"));

  gez_network_tab_add_member (GEZ_NETWORK_TAB (tab));
  dossier_settle (dossier);
  dialog = dossier_find_dialog (GEZ_TYPE_MEMBER_DIALOG);
  dossier_type (dialog, "First name", "Chloé");
  dossier_type (dialog, "Birth date or age", "32/13/2020");
  dossier_press (dialog, "_Save");
  g_assert_true (dossier_shows (dialog, "Write a birth date"));
  dossier_type (dialog, "Birth date or age", "12/3/2020");
  dossier_press (dialog, "_Save");
  dossier_wait_closed (GEZ_TYPE_MEMBER_DIALOG);
  dossier_settle (dossier);
  g_assert_true (dossier_shows (tab, "Chloé"));
  dossier_drop (dossier);
}

/* Only the field that was changed is written, so that nobody else's work is in conflict. */
static void
test_edit_member (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = gez_network_tab_new (dossier->context, &dossier->household);
  GtkWidget *dialog, *row;

  dossier_show (dossier, tab, 1000, 800);
  row = dossier_find (tab, GTK_TYPE_LIST_BOX_ROW, 1);
  g_assert_true (dossier_shows (row, "Bilal"));
  gtk_widget_activate (row);
  dossier_settle (dossier);
  dialog = dossier_find_dialog (GEZ_TYPE_MEMBER_DIALOG);
  g_assert_nonnull (dialog);
  dossier_type (dialog, "Class", "5A");
  gez_date_entry_set_text (GEZ_DATE_ENTRY (dossier_find (dialog, GEZ_TYPE_DATE_ENTRY, 1)),
                           "2026-11-20");
  dossier_press (dialog, "_Save");
  dossier_wait_closed (GEZ_TYPE_MEMBER_DIALOG);
  dossier_settle (dossier);

  dossier_wait_count (dossier,
                      "SELECT count (*) AS count FROM membership WHERE to_on = '2026-11-20'", 1);
  dossier_wait_count (dossier,
                      "SELECT count (*) AS count FROM person WHERE class = '5A'"
                      " AND estimated_age = 9",
                      1);
  dossier_wait_count (dossier,
                      "SELECT count (*) AS count FROM change_log WHERE act = 'edit-member'", 2);
  g_assert_true (dossier_shows (tab, "Earlier members"));
  dossier_drop (dossier);
}

static void
test_contact_person_moves (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = gez_network_tab_new (dossier->context, &dossier->household);
  GtkWidget *dialog;
  const char contact_persons[] =
    "SELECT count (*) AS count FROM helper WHERE is_contact_person = 1";

  dossier_show (dossier, tab, 1000, 800);
  dossier_wait_count (dossier, contact_persons, 2); /* one in each household */
  gez_helper_dialog_present (tab, dossier->context, &dossier->household, "professional", NULL,
                             NULL);
  dossier_settle (dossier);
  dialog = dossier_find_dialog (GEZ_TYPE_HELPER_DIALOG);
  dossier_press (dialog, "_Save");
  g_assert_true (dossier_shows (dialog, "Choose a colleague"));
  dossier_type (dialog, "Name", "Fien Verzonnen");
  dossier_press (dialog, "_Save");
  dossier_wait_closed (GEZ_TYPE_HELPER_DIALOG);
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM helper", 3);
  dossier_wait_count (dossier, contact_persons, 2);
  dossier_drop (dossier);
}

static void
test_refer_and_follow (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = gez_referrals_tab_new (dossier->context, &dossier->household);
  GtkWidget *dialog;
  g_autoptr (GPtrArray) events = NULL;

  dossier_show (dossier, tab, 1000, 800);
  gez_referral_dialog_present (tab, dossier->context, &dossier->household, "housing");
  dossier_settle (dossier);
  dialog = dossier_find_dialog (GEZ_TYPE_REFERRAL_DIALOG);
  dossier_press (dialog, "_Refer");
  g_assert_true (dossier_shows (dialog, "Say to whom you refer."));
  dossier_type (dialog, "Organisation, service or person", "Club " HARD_NAME);
  dossier_type (dialog, "What do they ask?", "Een droge kamer");
  dossier_press (dialog, "_Refer");
  dossier_wait_closed (GEZ_TYPE_REFERRAL_DIALOG);
  dossier_settle (dossier);
  dossier_wait_count (dossier,
                      "SELECT count (*) AS count FROM referral r JOIN domain d ON d.id ="
                      " r.domain_id WHERE d.code = 'housing' AND r.call_back_on = '2026-12-05'",
                      1);
  g_assert_true (dossier_shows (tab, "Club " HARD_NAME));
  g_assert_true (dossier_shows (tab, "Prepared"));

  gtk_widget_activate (dossier_find (tab, GEZ_TYPE_REFERRAL_ROW, 0));
  dossier_settle (dossier);
  dossier_press (tab, "Note news");
  dossier_settle (dossier);
  dialog = dossier_find_dialog (GEZ_TYPE_REFERRAL_EVENT_DIALOG);
  g_assert_nonnull (dialog);
  dossier_press (dialog, "_Save"); /* the first state that is offered is the usual next one */
  dossier_wait_closed (GEZ_TYPE_REFERRAL_EVENT_DIALOG);
  dossier_settle (dossier);
  events = store_fixture_select (dossier->fixture, "SELECT * FROM referral_event ORDER BY row");
  g_assert_cmpint (events->len, ==, 2);
  g_assert_cmpstr (gez_record_get_text (events->pdata[1], "state"), ==, "family_agrees");
  g_assert_true (
    gez_referral_row_is_open (GEZ_REFERRAL_ROW (dossier_find (tab, GEZ_TYPE_REFERRAL_ROW, 0))));
  /* The call that was planned is done with it, and the next one stands in its place. */
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM followup WHERE kind = 'call_back'"
                               " AND done_on = '2026-11-21'", 1);
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM followup WHERE kind = 'call_back'"
                               " AND done_on IS NULL AND due_on = '2026-12-05'", 1);
  dossier_drop (dossier);
}

/* From elsewhere one comes to one referral: it is unfolded, has the focus and leads to its partner. */
static void
test_show_one_referral (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = gez_referrals_tab_new (dossier->context, &dossier->household);
  GezPartnerInput partner = { .name = "Huis " HARD_NAME };
  GezId ids[12], partner_id;
  GtkWidget *row = NULL;

  dossier_commit (dossier, gez_partner_add (dossier->context, &partner, &partner_id));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      GezReferralInput input = { .household_id = &dossier->household, .partner_id = &partner_id };

      dossier_commit (dossier, gez_referral_refer (dossier->context, &input, &ids[i]));
    }
  gez_referrals_tab_show (GEZ_REFERRALS_TAB (tab), &ids[9]);
  dossier_show (dossier, tab, 800, 400);
  for (guint i = 0; i < 40 && !GEZ_IS_REFERRAL_ROW (row); i++)
    {
      dossier_settle (dossier);
      row = gtk_root_get_focus (gtk_widget_get_root (tab));
    }
  g_assert_true (GEZ_IS_REFERRAL_ROW (row));
  g_assert_true (gez_id_equal (gez_record_get_id (gez_referral_row_get_referral (
                                 GEZ_REFERRAL_ROW (row))), &ids[9]));
  for (int i = 0; dossier_find (tab, GEZ_TYPE_REFERRAL_ROW, i) != NULL; i++)
    g_assert_cmpint (gez_referral_row_is_open (GEZ_REFERRAL_ROW (
                       dossier_find (tab, GEZ_TYPE_REFERRAL_ROW, i))), ==,
                     dossier_find (tab, GEZ_TYPE_REFERRAL_ROW, i) == row);
  dossier_press (row, "Show in the social map");
  g_assert_true (g_str_has_prefix (dossier->asked->str, "open-partner "));
  dossier_drop (dossier);
}

/* A partner that is chosen from the social map is that row; typing on makes it free text again. */
static void
test_choose_partner (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezPartnerInput input = { .name = "Woonclub " HARD_NAME, .offer = "Samen zoeken <gratis>" };
  GtkWidget *field = gez_partner_field_new (dossier->context, "Who");
  GtkWidget *row;
  g_autofree char *text = NULL;
  GezId partner;

  dossier_commit (dossier, gez_partner_add (dossier->context, &input, &partner));
  dossier_show (dossier, field, 400, 400);
  dossier_type (field, "Who", "woonc");
  for (int i = 0; i < 8; i++)
    dossier_settle (dossier);
  g_assert_true (dossier_shows (field, "Woonclub " HARD_NAME));
  g_assert_null (gez_partner_field_get_partner (GEZ_PARTNER_FIELD (field)));

  row = dossier_find (field, GEZ_TYPE_ROW, 0);
  gtk_widget_activate (row);
  dossier_settle (dossier);
  text = gez_partner_field_dup_text (GEZ_PARTNER_FIELD (field));
  g_assert_cmpstr (text, ==, "Woonclub " HARD_NAME);
  g_assert_true (gez_id_equal (gez_partner_field_get_partner (GEZ_PARTNER_FIELD (field)),
                               &partner));
  g_assert_null (dossier_find (field, GEZ_TYPE_ROW, 0));

  dossier_type (field, "Who", "Woonclub van de buurt");
  g_assert_null (gez_partner_field_get_partner (GEZ_PARTNER_FIELD (field)));
  dossier_drop (dossier);
}

static void
test_relation (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = gez_network_tab_new (dossier->context, &dossier->household);
  GtkWidget *dialog;

  dossier_show (dossier, tab, 1000, 800);
  dossier_press (tab, "Add a relation");
  dialog = dossier_find_dialog (GEZ_TYPE_RELATION_DIALOG);
  g_assert_nonnull (dialog);
  dossier_press (dialog, "_Save");
  dossier_wait_closed (GEZ_TYPE_RELATION_DIALOG);
  dossier_settle (dossier);
  g_assert_true (dossier_shows (tab, "Anna " HARD_NAME " is a parent of Bilal Voorbeeld"));
  dossier_press (tab, "Remove this relation");
  dossier_settle (dossier);
  g_assert_false (dossier_shows (tab, "is a parent of"));
  dossier_drop (dossier);
}

static void
test_new_household (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  const char households[] = "SELECT count (*) AS count FROM household";
  GtkWidget *dialog, *page = gtk_label_new (NULL);
  g_autoptr (GPtrArray) made = NULL;
  g_autofree char *id = NULL;

  dossier_show (dossier, page, 800, 600);
  gez_new_household_dialog_present (GTK_WINDOW (dossier->window), dossier->context);
  dossier_settle (dossier);
  dialog = dossier_find_dialog (GEZ_TYPE_NEW_HOUSEHOLD_DIALOG);
  g_assert_false (gtk_widget_is_sensitive (dossier_find_button (dialog, "_Make file")));
  dossier_type (dialog, "Name or alias of the family", "Familie Verzon");
  for (int i = 0; i < 8; i++)
    dossier_settle (dossier);
  g_assert_true (dossier_shows (dialog, "Possibly the same family"));
  g_assert_true (dossier_shows (dialog, "Gezin Verzonnen"));
  dossier_press (dialog, "Add a member");
  dossier_type (dialog, "First name", "Testa");
  dossier_type (dialog, "Birth date or age", "34");
  dossier_wait_count (dossier, households, 2);

  dossier_press (dialog, "_Make file");
  dossier_wait_closed (GEZ_TYPE_NEW_HOUSEHOLD_DIALOG);
  dossier_wait_count (dossier, households, 3);
  dossier_wait_count (dossier,
                      "SELECT count (*) AS count FROM person WHERE first_name = 'Testa'"
                      " AND estimated_age = 34",
                      1);
  made = store_fixture_select (dossier->fixture,
                               "SELECT * FROM household WHERE name = 'Familie Verzon'");
  id = gez_id_to_string (gez_record_get_id (made->pdata[0]));
  g_assert_nonnull (strstr (dossier->asked->str, id));
  dossier_drop (dossier);
}

static void
test_all_tabs_go (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();

  dossier_fill (dossier);
  for (int width = 360; width <= 1280; width += 920)
    {
      dossier_show (dossier, gez_network_tab_new (dossier->context, &dossier->household), width,
                    800);
      dossier_drop (dossier);
      dossier_show (dossier, gez_journal_tab_new (dossier->context, &dossier->household), width,
                    800);
      dossier_drop (dossier);
      dossier_show (dossier, gez_referrals_tab_new (dossier->context, &dossier->household), width,
                    800);
      dossier_drop (dossier);
      dossier_show (dossier, gez_household_agenda_tab_new (dossier->context, &dossier->household),
                    width, 800);
      dossier_drop (dossier);
    }

  /* And a tab that goes before what it asked for has come. */
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (dossier->overlay),
                               gez_journal_tab_new (dossier->context, &dossier->household));
  dossier_drop (dossier);
}

static void
test_age_words (void)
{
  static const struct
  {
    const char *text;
    gboolean is_right;
    const char *born_on;
    int age;
  } cases[] = {
    { "", TRUE, "", -1 },          { "9", TRUE, "", 9 },
    { "130", TRUE, "", 130 },      { "131", FALSE, "", -1 },
    { "12/3/2015", TRUE, "2015-03-12", -1 }, { "2015-03-12", TRUE, "2015-03-12", -1 },
    { "morgen", FALSE, "", -1 },   { "di", FALSE, "", -1 },
    { "22/11/2026", FALSE, "", -1 }, { "1/1/1790", FALSE, "", -1 },
    { "-3", FALSE, "", -1 },       { "negen", FALSE, "", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GezAge age;

      g_test_message ("%s", cases[i].text);
      g_assert_true (gez_age_parse (cases[i].text, "2026-11-21", &age) == cases[i].is_right);
      if (!cases[i].is_right)
        continue;
      g_assert_cmpstr (age.born_on, ==, cases[i].born_on);
      g_assert_cmpint (age.estimated_age, ==, cases[i].age);
    }
}

static void
assert_words (const char * const *codes,
              GezWords            words)
{
  g_assert_nonnull (codes);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_test_message ("%s", codes[i]);
      g_assert_cmpstr (gez_words_get (words, codes[i]), !=, codes[i]);
      g_assert_true (g_strv_contains (gez_words_codes (words), codes[i]));
    }
  g_assert_cmpint (g_strv_length ((char **) codes), ==,
                   g_strv_length ((char **) gez_words_codes (words)));
}

/* The store accepts no code that people could not read, and people read of none it refuses. */
static void
test_words (void)
{
  assert_words (GEZ_CODES_MEMBER_ROLE, GEZ_WORDS_MEMBER_ROLE);
  assert_words (GEZ_CODES_SECRECY, GEZ_WORDS_SECRECY);
  assert_words (GEZ_CODES_RESIDENCE, GEZ_WORDS_RESIDENCE);
  assert_words (GEZ_CODES_KNOWN, GEZ_WORDS_YES_NO);
  assert_words (GEZ_CODES_YES_PARTLY_NO, GEZ_WORDS_YES_PARTLY_NO);
  assert_words (GEZ_CODES_TRAJECTORY_STATE, GEZ_WORDS_TRAJECTORY_STATE);
  assert_words (GEZ_CODES_GENDER, GEZ_WORDS_GENDER);
  assert_words (GEZ_CODES_MEMBERSHIP_ROLE, GEZ_WORDS_MEMBERSHIP_ROLE);
  assert_words (GEZ_CODES_LIVES_HERE, GEZ_WORDS_LIVES_HERE);
  assert_words (GEZ_CODES_RELATION, GEZ_WORDS_RELATION);
  assert_words (GEZ_CODES_HELPER_KIND, GEZ_WORDS_HELPER_KIND);
  assert_words (GEZ_CODES_GOAL_STATE, GEZ_WORDS_GOAL_STATE);
  assert_words (GEZ_CODES_NOTE_ORIGIN, GEZ_WORDS_NOTE_ORIGIN);
  assert_words (GEZ_CODES_REFERRAL_DIRECTION, GEZ_WORDS_REFERRAL_DIRECTION);
  assert_words (GEZ_CODES_REFERRAL_STATE, GEZ_WORDS_REFERRAL_STATE);
  assert_words (GEZ_CODES_FOLLOWUP_KIND, GEZ_WORDS_FOLLOWUP_KIND);
  assert_words (GEZ_CODES_APPOINTMENT_STATE, GEZ_WORDS_APPOINTMENT_STATE);
  g_assert_cmpstr (gez_words_get (GEZ_WORDS_VOICE, "from-the-future"), ==, "from-the-future");
  g_assert_cmpstr (gez_words_get (GEZ_WORDS_VOICE, NULL), ==, "");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/household-tabs/words", test_words);
  g_test_add_func ("/household-tabs/age-words", test_age_words);
  g_test_add_func ("/household-tabs/journal/record-contact", test_record_contact);
  g_test_add_func ("/household-tabs/journal/contact-refused", test_contact_refused);
  g_test_add_func ("/household-tabs/journal/draft-restored", test_draft_restored);
  g_test_add_func ("/household-tabs/journal/typing-survives-change", test_typing_survives_change);
  g_test_add_func ("/household-tabs/journal/huge-paste", test_huge_paste);
  g_test_add_func ("/household-tabs/journal/long-note", test_long_note);
  g_test_add_func ("/household-tabs/journal/older-entries", test_older_entries);
  g_test_add_func ("/household-tabs/journal/addition", test_addition);
  g_test_add_func ("/household-tabs/network/members", test_members);
  g_test_add_func ("/household-tabs/network/edit-member", test_edit_member);
  g_test_add_func ("/household-tabs/network/contact-person", test_contact_person_moves);
  g_test_add_func ("/household-tabs/referrals/refer-and-follow", test_refer_and_follow);
  g_test_add_func ("/household-tabs/referrals/show-one", test_show_one_referral);
  g_test_add_func ("/household-tabs/referrals/choose-partner", test_choose_partner);
  g_test_add_func ("/household-tabs/network/relation", test_relation);
  g_test_add_func ("/household-tabs/new-household", test_new_household);
  g_test_add_func ("/household-tabs/all-tabs-go", test_all_tabs_go);

  return g_test_run ();
}
