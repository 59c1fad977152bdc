/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colleague.h"

#include "circle/gez-team-work.h"
#include "common/gez-act.h"
#include "common/gez-discretion.h"
#include "common/gez-row.h"
#include "conflicts/gez-conflict-card.h"
#include "conflicts/gez-conflicts-bar.h"
#include "conflicts/gez-conflicts-dialog.h"
#include "conflicts/gez-conflicts-section.h"
#include "household/gez-findable.h"
#include "household/gez-history-values.h"
#include "household/gez-household-header.h"
#include "household/gez-link-dialog.h"
#include "household/gez-linked-files.h"
#include "household/gez-one-family-bar.h"
#include "household/gez-widen-question.h"
#include "model/gez-duplicate-link.h"
#include "model/gez-note.h"
#include "model/gez-person.h"
#include "model/gez-record-edit.h"
#include "readers/gez-grant-dialog.h"
#include "readers/gez-readers-dialog.h"
#include "readers/gez-revoke-dialog.h"
#include "store/gez-store-private.h"
#include "today/gez-today-page.h"

#define MOST_ROUNDS 2000
#define PAUSE_US 5000

static void
wait_a_moment (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (PAUSE_US);
}

static void
write_here (Dossier    *dossier,
            const char *column,
            const char *text)
{
  dossier_commit (dossier, gez_record_edit_text (dossier->context, "edit-household", "household",
                                                 &dossier->household, column, text));
}

/* The address twice, and the language twice. */
static Colleague *
disagree (Dossier *dossier)
{
  Colleague *colleague = colleague_new (dossier);

  write_here (dossier, "address", "Kerkstraat 1");
  write_here (dossier, "language", "Frans");
  gez_clock_set_now (colleague->memory->clock, DOSSIER_NOW + 60000);
  colleague_set_text (colleague, "address", "Molenstraat <2> & 4");
  colleague_set_text (colleague, "language", "Arabisch");
  colleague_send (colleague);
  return colleague;
}

static void
wait_text (GtkWidget  *root,
           const char *text,
           gboolean    shows)
{
  for (guint i = 0; i < MOST_ROUNDS && dossier_shows (root, text) != shows; i++)
    wait_a_moment ();
  if (dossier_shows (root, text) != shows)
    g_error ("“%s” %s", text, shows ? "does not show" : "still shows");
}

static GtkWidget *
open_conflicts (Dossier *dossier)
{
  GtkWidget *dialog;

  gez_conflicts_dialog_present (dossier->overlay, dossier->context, &dossier->household);
  dialog = dossier_find_dialog (GEZ_TYPE_CONFLICTS_DIALOG);
  g_assert_nonnull (dialog);
  for (guint i = 0; i < MOST_ROUNDS && dossier_find (dialog, GEZ_TYPE_CONFLICT_CARD, 0) == NULL; i++)
    wait_a_moment ();
  return dialog;
}

static void
assert_household (Dossier    *dossier,
                  const char *column,
                  const char *expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM household WHERE %s = '%s'", column, expected);
  g_autoptr (GPtrArray) rows = store_fixture_select (dossier->fixture, sql);

  g_assert_cmpuint (rows->len, ==, 1);
}

/* Conflicts ------------------------------------------------------------------------------------- */

static void
test_both_values_show (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autoptr (Colleague) colleague = disagree (dossier);
  GtkWidget *bar = gez_conflicts_bar_new (dossier->context, &dossier->household);
  GtkWidget *dialog;

  dossier_show (dossier, bar, 900, 200);
  wait_text (bar, "2 fields were filled in differently by two people.", TRUE);
  dossier_press (bar, "Look and choose");
  dialog = dossier_find_dialog (GEZ_TYPE_CONFLICTS_DIALOG);
  wait_text (dialog, "The address", TRUE);
  g_assert_true (dossier_shows (dialog, "1 of 2"));
  g_assert_true (dossier_shows (dialog, "Kerkstraat 1"));
  g_assert_true (dossier_shows (dialog, "Molenstraat <2> & 4"));
  g_assert_true (dossier_shows (dialog, "Testa Verzonnen wrote"));
  g_assert_true (dossier_shows (dialog, "stands in the file now"));
  g_assert_true (dossier_shows (dialog, HARD_NAME));
  gez_discretion_set_active (TRUE);
  g_assert_false (dossier_shows (dialog, "Kerkstraat"));
  g_assert_false (dossier_shows (dialog, HARD_NAME));
  gez_discretion_set_active (FALSE);
  g_assert_true (dossier_shows (dialog, "Kerkstraat"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  dossier_drop (dossier);
}

static gboolean
check_nouns (GezStore *store,
             gpointer  data,
             GError  **error)
{
  GPtrArray *tables = gez_schema_get_tables (gez_database_get_schema (store->database));
  guint *n_columns = data;

  for (guint i = 0; i < tables->len; i++)
    {
      const GezTable *table = g_ptr_array_index (tables, i);

      for (guint column = 1; column < table->n_columns; column++, ++*n_columns)
        {
          GezHistoryCell cell = { .column = table->columns[column].name };

          if (g_strcmp0 (gez_history_noun (table->name, &cell), cell.column) == 0)
            g_error ("people have no word for %s.%s", table->name, cell.column);
        }
    }
  return TRUE;
}

/* Whatever two people write, it is told in words, or it is kept for the program itself. */
static void
test_every_field_has_a_word (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (DOSSIER_NOW);
  g_autoptr (GError) error = NULL;
  guint n_columns = 0;

  gez_store_run_slice (fixture->store, check_nouns, &n_columns, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_columns, >, 200);
}

/* One key settles, the next one follows, and what is undone comes back. */
static void
test_settled_by_key_and_undone (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autoptr (Colleague) colleague = disagree (dossier);
  GtkWidget *label = gtk_label_new ("tab");
  GtkWidget *dialog;

  dossier_show (dossier, label, 900, 700);
  dialog = open_conflicts (dossier);
  g_assert_true (dossier_shows (dialog, "Molenstraat"));
  gtk_widget_activate_action (dialog, "conflicts.keep-2", NULL);
  wait_text (dialog, "The language", TRUE);
  assert_household (dossier, "address", "Kerkstraat 1");
  g_assert_false (dossier_shows (dialog, "1 of 2"));

  gtk_widget_activate_action (dialog, "conflicts.undo", NULL);
  wait_text (dialog, "of 2", TRUE);
  assert_household (dossier, "address", "Molenstraat <2> & 4");

  gtk_widget_activate_action (dialog, "conflicts.keep-1", NULL);
  wait_text (dialog, "of 2", FALSE);
  gtk_widget_activate_action (dialog, "conflicts.keep-1", NULL);
  wait_text (dialog, "Everything is settled", TRUE);
  gtk_window_destroy (GTK_WINDOW (dialog));
  dossier_drop (dossier);
}

/* What somebody else settled goes from the page; nothing is said about it. */
static void
test_settled_by_somebody_else (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autoptr (Colleague) colleague = disagree (dossier);
  GtkWidget *label = gtk_label_new ("tab");
  GtkWidget *dialog;

  dossier_show (dossier, label, 900, 700);
  dialog = open_conflicts (dossier);
  g_assert_true (dossier_shows (dialog, "The address"));
  colleague_hear (colleague);
  colleague_set_text (colleague, "address", "Nieuwstraat 9");
  colleague_send (colleague);
  wait_text (dialog, "The language", TRUE);
  g_assert_false (dossier_shows (dialog, "Kerkstraat"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  dossier_drop (dossier);
}

static void
test_conflicts_in_today (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *today = gez_today_page_new (dossier->context);
  g_autoptr (Colleague) colleague = NULL;
  GtkWidget *section;

  dossier_show (dossier, today, 900, 700);
  section = dossier_find (today, GEZ_TYPE_CONFLICTS_SECTION, 0);
  g_assert_true (dossier_shows (today, "Nothing waits for you today"));
  g_assert_false (dossier_shows (today, "Filled in differently by two people"));
  colleague = disagree (dossier);
  wait_text (section, HARD_NAME, TRUE);
  g_assert_true (dossier_shows (section, "2 fields were filled in differently by two people."));
  g_assert_false (dossier_shows (today, "Nothing waits for you today"));
  gtk_widget_activate (dossier_find (section, GEZ_TYPE_ROW, 0));
  g_assert_nonnull (dossier_find_dialog (GEZ_TYPE_CONFLICTS_DIALOG));
  gtk_window_destroy (GTK_WINDOW (dossier_find_dialog (GEZ_TYPE_CONFLICTS_DIALOG)));
  dossier_drop (dossier);
}

/* Readers --------------------------------------------------------------------------------------- */

static void
test_readers_in_header (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *header = gez_household_header_new (dossier->context, &dossier->household);

  dossier_show (dossier, header, 900, 200);
  wait_text (header, "only you", TRUE);
  dossier_drop (dossier);
  colleague_found_team (dossier);
  header = gez_household_header_new (dossier->context, &dossier->household);
  dossier_show (dossier, header, 900, 200);
  wait_text (header, "you and An Verzonnen", TRUE);
  dossier_drop (dossier);
}

static void
act (Dossier    *dossier,
     GezTeamAct *act)
{
  g_autoptr (GezTeamAct) owned = act;
  g_autoptr (GError) error = NULL;

  gez_team_act_run (owned, dossier->fixture->store, &error);
  g_assert_no_error (error);
}

static GtkWidget *
open_readers (Dossier *dossier)
{
  GtkWidget *label = gtk_label_new ("tab");

  dossier_show (dossier, label, 900, 700);
  gez_readers_dialog_present (label, dossier->context, &dossier->household);
  return dossier_find_dialog (GEZ_TYPE_READERS_DIALOG);
}

static void
test_readers_of_a_team_of_one (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *dialog = open_readers (dossier);

  wait_text (dialog, "Only you can read this file", TRUE);
  g_assert_null (dossier_find_button (dialog, "Add a colleague"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  dossier_drop (dossier);
}

/* Given with a form that warns and stops nobody; ended with a reason. */
static void
test_access_given_and_ended (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *dialog, *form;

  act (dossier, gez_team_act_found ("file:///verzonnen/map"));
  act (dossier, gez_team_act_invite ("An <Verzonnen>", "brugfiguur", NULL));
  dialog = open_readers (dossier);
  wait_text (dialog, "Testa Verzonnen (you)", TRUE);
  g_assert_true (dossier_shows (dialog, "Cannot read it"));
  dossier_press (dialog, "Add a colleague");
  form = dossier_find_dialog (GEZ_TYPE_GRANT_DIALOG);
  wait_text (form, "Not in order yet: the family does not know it yet", TRUE);
  dossier_press (form, "_Give access");
  wait_text (dialog, "at the next synchronisation", TRUE);
  g_assert_true (dossier_shows (dialog, "Brugfiguur · the family circle"));
  g_assert_false (dossier_shows (dialog, "Cannot read it"));
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM note WHERE substr (circle, 1, 1) = x'6f' "
                               "AND content LIKE"
                               " 'An <Verzonnen> got access to the family circle. Not in order then: the "
                               "family%'", 1);
  dossier_wait_closed (GEZ_TYPE_GRANT_DIALOG);

  dossier_press (dialog, "End the access of An <Verzonnen>");
  form = dossier_find_dialog (GEZ_TYPE_REVOKE_DIALOG);
  dossier_press (form, "_End access");
  g_assert_true (dossier_shows (form, "Write the reason in a few words."));
  dossier_type (form, "Reason", "Werkt niet meer met dit gezin");
  dossier_press (form, "_End access");
  wait_text (dialog, "Cannot read it", TRUE);
  dossier_wait_closed (GEZ_TYPE_REVOKE_DIALOG);
  gtk_window_destroy (GTK_WINDOW (dialog));
  dossier_drop (dossier);
}

/* Who lets more people read a note is told their names. */
static void
test_widening_says_who (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezNoteInput input = { .household_id = &dossier->household, .content = "Alleen voor casemanagers" };
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (GezWidenPart));
  GtkWidget *label = gtk_label_new ("tab");
  GezWidenPart part = { "note" };
  GtkWidget *question = NULL;

  dossier_commit (dossier, gez_note_write (dossier->context, &input, &part.id));
  g_array_append_val (parts, part);
  colleague_found_team (dossier);
  dossier_show (dossier, label, 900, 700);
  gez_widen_question_ask (label, dossier->context, &dossier->household, "casework", parts);
  for (guint i = 0; i < MOST_ROUNDS && question == NULL; i++)
    {
      wait_a_moment ();
      question = dossier_find_dialog (ADW_TYPE_MESSAGE_DIALOG);
    }
  g_assert_nonnull (question);
  g_assert_true (dossier_shows (question, "Today that is: you, An Verzonnen."));
  g_assert_false (dossier_shows (question, "Bo <Verzonnen>"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "yes");
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM note WHERE substr (circle, 1, 1) = x'6f'", 1);
  gtk_window_destroy (GTK_WINDOW (question));
  dossier_drop (dossier);
}

/* One family ------------------------------------------------------------------------------------ */

static void
test_linked_on_both_sides (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezDuplicateLinkInput input = { .household_id = &dossier->household,
                                  .other_household_id = &dossier->other_household };
  GtkWidget *links = gez_linked_files_new (dossier->context, &dossier->other_household);

  dossier_show (dossier, links, 900, 400);
  wait_text (links, "Link them: both stay as they are.", TRUE);
  dossier_commit (dossier, gez_duplicate_link_add (dossier->context, &input, NULL));
  wait_text (links, HARD_NAME, TRUE);
  g_assert_true (dossier_shows (links, "the same family · linked on 21 Nov 2026 by Testa Verzonnen"));
  gtk_widget_activate (dossier_find (links, GEZ_TYPE_ROW, 0));
  g_assert_nonnull (strstr (dossier->asked->str, "open-household-tab "));
  dossier_press (links, "Remove this link");
  wait_text (links, HARD_NAME, FALSE);
  gez_undo_last (links, dossier->context);
  wait_text (links, HARD_NAME, TRUE);
  dossier_drop (dossier);
}

static void
test_link_by_form (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *links = gez_linked_files_new (dossier->context, &dossier->household);
  GtkWidget *dialog, *entry;

  dossier_show (dossier, links, 900, 400);
  dossier_press (links, "Link another file");
  dialog = dossier_find_dialog (GEZ_TYPE_LINK_DIALOG);
  g_assert_false (gtk_widget_is_sensitive (dossier_find_button (dialog, "_Link")));
  entry = dossier_find (dialog, GTK_TYPE_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Verzonnen");
  wait_text (dialog, "Gezin Verzonnen", TRUE);
  gtk_widget_activate (dossier_find (dialog, GEZ_TYPE_ROW, 0));
  dossier_settle (dossier);
  dossier_press (dialog, "_Link");
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM duplicate_link WHERE person_id IS NULL", 1);
  wait_text (links, "Gezin Verzonnen", TRUE);
  dossier_wait_closed (GEZ_TYPE_LINK_DIALOG);
  dossier_drop (dossier);
}

/* A hit tells whom to ask, and nothing else; it comes when somebody is written down completely. */
static void
test_colleague_with_this_family (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezPersonInput lina = { .first_name = "Lina", .last_name = "Proef" };
  GtkWidget *bar = gez_one_family_bar_new (dossier->context, &dossier->household);
  GezId id;

  act (dossier, gez_team_act_found ("file:///verzonnen/map"));
  act (dossier, gez_team_act_invite ("An <Verzonnen>", "casemanager", NULL));
  colleague_works_with (dossier, "An <Verzonnen>", "Lina", "Proef", "2015-05-06", NULL);
  dossier_show (dossier, bar, 900, 200);
  g_assert_false (dossier_shows (bar, "A colleague works with this family"));
  dossier_commit (dossier, gez_person_add (dossier->context, &dossier->household, &lina, &id));
  dossier_settle (dossier);
  dossier_settle (dossier);
  g_assert_false (dossier_shows (bar, "A colleague works with this family"));
  dossier_commit (dossier, gez_person_set_birth (dossier->context, &id, "2015-05-06", FALSE, 0));
  wait_text (bar, "A colleague works with this family: ask An <Verzonnen>.", TRUE);
  dossier_drop (dossier);
}

static void
test_file_left_out (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *alone = gez_findable_new (dossier->context, &dossier->household);
  GtkWidget *findable, *question = NULL;

  dossier_show (dossier, alone, 900, 300);
  g_assert_null (dossier_find_button (alone, "Leave this file out…"));
  dossier_drop (dossier);
  act (dossier, gez_team_act_found ("file:///verzonnen/map"));
  findable = gez_findable_new (dossier->context, &dossier->household);
  dossier_show (dossier, findable, 900, 300);
  wait_text (findable, "is told whom to ask, and nothing else", TRUE);
  dossier_press (findable, "Leave this file out…");
  question = dossier_find_dialog (ADW_TYPE_MESSAGE_DIALOG);
  gtk_editable_set_text (GTK_EDITABLE (dossier_find (question, GTK_TYPE_ENTRY, 0)), "Verborgen <adres>");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "yes");
  wait_text (findable, "Testa Verzonnen chose that; the reason: Verborgen <adres>.", TRUE);
  gtk_window_destroy (GTK_WINDOW (question));
  dossier_press (findable, "Let colleagues be told again");
  wait_text (findable, "is told whom to ask, and nothing else", TRUE);
  gez_undo_last (findable, dossier->context);
  wait_text (findable, "Verborgen <adres>", TRUE);
  dossier_drop (dossier);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/sharing/conflicts/both-values", test_both_values_show);
  g_test_add_func ("/sharing/conflicts/every-field-has-a-word", test_every_field_has_a_word);
  g_test_add_func ("/sharing/conflicts/settled-and-undone", test_settled_by_key_and_undone);
  g_test_add_func ("/sharing/conflicts/settled-by-somebody-else", test_settled_by_somebody_else);
  g_test_add_func ("/sharing/conflicts/today", test_conflicts_in_today);
  g_test_add_func ("/sharing/readers/header", test_readers_in_header);
  g_test_add_func ("/sharing/readers/team-of-one", test_readers_of_a_team_of_one);
  g_test_add_func ("/sharing/readers/given-and-ended", test_access_given_and_ended);
  g_test_add_func ("/sharing/readers/widening", test_widening_says_who);
  g_test_add_func ("/sharing/one-family/linked", test_linked_on_both_sides);
  g_test_add_func ("/sharing/one-family/form", test_link_by_form);
  g_test_add_func ("/sharing/one-family/colleague", test_colleague_with_this_family);
  g_test_add_func ("/sharing/one-family/left-out", test_file_left_out);

  return g_test_run ();
}
