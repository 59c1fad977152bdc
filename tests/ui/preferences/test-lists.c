/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-entry-row.h"
#include "common/gez-row.h"
#include "household/gez-domain-tab.h"
#include "model/gez-list-entry.h"
#include "model/gez-scale-anchor.h"
#include "places-fixture.h"
#include "preferences/gez-list-editor.h"
#include "preferences/gez-list-entry-dialog.h"
#include "preferences/gez-lists-page.h"
#include "preferences/gez-scale-editor.h"
#include "window/gez-crisis-card.h"

#define HARD_NAME "A & B <script> \xf0\x9f\x9a\xb2 ياسمين"

static GtkWidget *
show_list (Places     *places,
           const char *name)
{
  places_show (places, gez_lists_page_new (places->context), 640, 900);
  gez_lists_page_show (GEZ_LISTS_PAGE (places->place), name);
  places_settle (places);
  return gez_lists_page_get_editor (GEZ_LISTS_PAGE (places->place));
}

static GtkWidget *
row_at (GtkWidget *editor,
        int        index)
{
  GtkListBox *list = gez_list_editor_get_list (GEZ_LIST_EDITOR (editor));

  return GTK_WIDGET (gtk_list_box_get_row_at_index (list, index));
}

static void
assert_row (GtkWidget  *editor,
            int         index,
            const char *title)
{
  g_assert_cmpstr (gez_row_get_title (GEZ_ROW (row_at (editor, index))), ==, title);
}

static void
assert_label (Places     *places,
              const char *sql,
              const char *expected)
{
  g_autoptr (GPtrArray) rows = store_fixture_select (places->fixture, sql);

  g_assert_cmpint (rows->len, ==, 1);
  g_assert_cmpstr (gez_record_get_text (rows->pdata[0], "text"), ==, expected);
}

static void
press (Places          *places,
       GtkWidget       *from,
       guint            key,
       GdkModifierType  modifiers)
{
  g_assert_true (gtk_widget_grab_focus (from));
  g_assert_true (places_press (from, key, modifiers));
  places_settle (places);
}

static void
test_rows_in_the_order_of_the_team (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *editor = show_list (places, "domains");

  assert_row (editor, 0, "Leefbaar inkomen");
  assert_row (editor, 14, "Verblijfssituatie");
  g_assert_null (row_at (editor, 15));
  g_assert_true (places_shows (row_at (editor, 0), "Sensitive"));
  g_assert_false (places_shows (row_at (editor, 1), "Sensitive"));
  gtk_test_accessible_assert_property (row_at (editor, 1), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Gezonde en betaalbare woning, Een goede, zekere en betaalbare plek "
                                       "om te wonen.");
  g_assert_false (gtk_widget_get_visible (gez_list_editor_get_fold (GEZ_LIST_EDITOR (editor))));
}

static void
test_keys_move_a_row (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *editor = show_list (places, "domains");

  press (places, row_at (editor, 0), GDK_KEY_Down, GDK_ALT_MASK);
  assert_row (editor, 0, "Gezonde en betaalbare woning");
  assert_row (editor, 1, "Leefbaar inkomen");
  assert_label (places, "SELECT code AS text FROM domain WHERE position = 2", "income");
  /* The row that moved keeps the focus, so that the next key moves it on. */
  g_assert_true (gtk_widget_is_focus (row_at (editor, 1)));
  press (places, row_at (editor, 1), GDK_KEY_Up, GDK_ALT_MASK);
  assert_row (editor, 0, "Leefbaar inkomen");
  /* Above the first there is nothing. */
  press (places, row_at (editor, 0), GDK_KEY_Up, GDK_ALT_MASK);
  assert_row (editor, 0, "Leefbaar inkomen");
}

/* Faster than the store writes: nothing may be lost on the way. */
static void
test_keys_in_quick_succession (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *editor = show_list (places, "domains");

  gtk_widget_grab_focus (row_at (editor, 0));
  for (int i = 0; i < 5; i++)
    g_assert_true (places_press (row_at (editor, i), GDK_KEY_Down, GDK_ALT_MASK));
  places_settle (places);
  places_settle (places);
  assert_row (editor, 5, "Leefbaar inkomen");
  assert_label (places, "SELECT code AS text FROM domain WHERE position = 6", "income");
  assert_label (places, "SELECT group_concat(position) AS text "
                        "FROM (SELECT position FROM domain ORDER BY position)",
                "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15");
}

static void
test_out_of_use_and_back (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *editor = show_list (places, "contact-channels");
  GtkWidget *fold = gez_list_editor_get_fold (GEZ_LIST_EDITOR (editor));
  GtkWidget *again;

  press (places, row_at (editor, 1), GDK_KEY_Delete, 0);
  assert_row (editor, 1, "Zitdag op school");
  g_assert_true (gtk_widget_get_visible (fold));
  g_assert_true (places_shows (fold, "No longer in use (1)"));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (places_find (fold, ADW_TYPE_EXPANDER_ROW, NULL)), TRUE);
  places_settle (places);
  again = places_find (fold, GTK_TYPE_BUTTON, "Use again");
  g_assert_nonnull (again);
  gtk_test_accessible_assert_property (again, GTK_ACCESSIBLE_PROPERTY_LABEL, "Use Telefoon again");
  g_signal_emit_by_name (again, "clicked");
  places_settle (places);
  assert_row (editor, 1, "Telefoon");
  g_assert_false (gtk_widget_get_visible (fold));
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item; item = item->next)
    if (GEZ_IS_LIST_ENTRY_DIALOG (item->data) && gtk_widget_get_visible (item->data))
      return item->data;
  return NULL;
}

static void
write_entry (GtkWidget  *dialog,
             const char *title,
             const char *text)
{
  GtkWidget *entry = places_find (dialog, GEZ_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
test_add_and_rename (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *editor = show_list (places, "schools"), *dialog;

  g_assert_true (places_shows (editor, "Nothing here yet. Add what your team uses."));
  g_signal_emit_by_name (places_find (editor, GTK_TYPE_BUTTON, "Add"), "clicked");
  places_settle (places);
  dialog = find_dialog ();
  /* Without a name nothing is added, and the form stays. */
  gez_form_dialog_save (GEZ_FORM_DIALOG (dialog));
  g_assert_true (places_shows (dialog, "Write a name."));
  write_entry (dialog, "Name", HARD_NAME);
  gez_form_dialog_save (GEZ_FORM_DIALOG (dialog));
  places_settle (places);
  g_assert_null (find_dialog ());
  assert_row (editor, 0, HARD_NAME);

  g_signal_emit_by_name (gez_list_editor_get_list (GEZ_LIST_EDITOR (editor)), "row-activated",
                         row_at (editor, 0));
  places_settle (places);
  dialog = find_dialog ();
  write_entry (dialog, "Name", "Basisschool De Verzonnen Boom");
  write_entry (dialog, "Municipality", "Voorbeeldegem");
  gez_form_dialog_save (GEZ_FORM_DIALOG (dialog));
  places_settle (places);
  assert_row (editor, 0, "Basisschool De Verzonnen Boom");
  g_assert_cmpstr (gez_row_get_subtitle (GEZ_ROW (row_at (editor, 0))), ==, "Voorbeeldegem");
}

static void
test_saving_nothing_new_closes (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *editor = show_list (places, "domains");
  gint64 n_log = store_fixture_count (places->fixture, "SELECT count(*) AS count FROM change_log");

  g_signal_emit_by_name (gez_list_editor_get_list (GEZ_LIST_EDITOR (editor)), "row-activated",
                         row_at (editor, 3));
  places_settle (places);
  gez_form_dialog_save (GEZ_FORM_DIALOG (find_dialog ()));
  places_settle (places);
  g_assert_null (find_dialog ());
  g_assert_cmpint (store_fixture_count (places->fixture, "SELECT count(*) AS count FROM change_log"),
                   ==, n_log);
}

static void
write_anchor (Places     *places,
              GtkWidget  *editor,
              int         score,
              const char *text)
{
  GtkWidget *entry = gez_scale_editor_get_entry (GEZ_SCALE_EDITOR (editor), score);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  places_settle (places);
}

static const char *
read_anchor (GtkWidget *editor,
             int        score)
{
  return gtk_editable_get_text (GTK_EDITABLE (gez_scale_editor_get_entry (GEZ_SCALE_EDITOR (editor), score)));
}

static void
test_anchors_where_they_stand (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *editor = show_list (places, "scale");
  GezLists *lists = gez_context_get_lists (places->context);
  GezId housing = *gez_record_get_id (gez_lists_find_domain_by_code (lists, "housing"));
  GtkWidget *second = gez_scale_editor_get_entry (GEZ_SCALE_EDITOR (editor), 2);

  g_assert_cmpstr (read_anchor (editor, 1), ==, "Hier loopt het vast");
  write_anchor (places, editor, 2, "Het lukt amper");
  /* A domain without its own shows what it falls back to, but has nothing written. */
  gez_scale_editor_set_domain (GEZ_SCALE_EDITOR (editor), &housing);
  places_settle (places);
  g_assert_cmpstr (read_anchor (editor, 2), ==, "");
  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (second)), ==, "Het lukt amper");
  write_anchor (places, editor, 2, "Het dak lekt");
  g_assert_cmpstr (gez_lists_get_scale_label (gez_context_get_lists (places->context), &housing, 2), ==,
                   "Het dak lekt");
  gez_scale_editor_set_domain (GEZ_SCALE_EDITOR (editor), NULL);
  places_settle (places);
  g_assert_cmpstr (read_anchor (editor, 2), ==, "Het lukt amper");
}

static void
test_a_score_keeps_its_sentence (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *editor = show_list (places, "scale");

  write_anchor (places, editor, 3, "   ");
  g_assert_cmpstr (read_anchor (editor, 3), ==, "Het gaat, met hulp");
  g_assert_true (places_shows (places->window,
                               "Every score needs a sentence. The old one stands there again."));
}

/* What was edited shows where a score is chosen, the domain's own sentence first. */
static void
test_the_domain_tab_shows_the_anchors (void)
{
  g_autoptr (Places) places = places_new ();
  GezLists *lists = gez_context_get_lists (places->context);
  GezId housing = *gez_record_get_id (gez_lists_find_domain_by_code (lists, "housing"));
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  g_autoptr (GezChange) own = gez_scale_anchor_write (places->context, &housing, 1, "nl", "Geen dak");
  g_autoptr (GezChange) general = gez_scale_anchor_write (places->context, NULL, 5, "nl", "Alles loopt");

  g_assert_cmpint (gez_store_commit (places->fixture->store, own, NULL), >, 0);
  g_assert_cmpint (gez_store_commit (places->fixture->store, general, NULL), >, 0);
  places_settle (places);
  places_show (places, gez_domain_tab_new (places->context, &household, &housing), 900, 900);
  g_assert_true (places_shows (places->place, "Geen dak"));
  g_assert_false (places_shows (places->place, "Hier loopt het vast"));
  g_assert_true (places_shows (places->place, "Het gaat, met hulp"));
  g_assert_true (places_shows (places->place, "Alles loopt"));
}

static void
test_crisis_card (void)
{
  g_autoptr (Places) places = places_new ();
  GezListEntryInput input = { .label = "0400 00 00 00 " HARD_NAME };
  g_autoptr (GezChange) change = NULL;
  GtkWidget *card;

  places_show (places, gez_lists_page_new (places->context), 640, 600);
  card = gez_crisis_card_present (GTK_WINDOW (places->window), NULL);
  places_settle (places);
  g_assert_true (places_shows (card, "1813"));
  g_assert_true (places_shows (card, "070 245 245"));
  g_assert_true (places_shows (card, "These numbers come with the program. What your team added shows after "
                                     "unlocking."));
  g_assert_true (gez_crisis_card_present (GTK_WINDOW (places->window), NULL) == card);
  gtk_window_destroy (GTK_WINDOW (card));

  change = gez_list_entry_add (places->context, GEZ_LIST_CRISIS_LINES, &input, 0, NULL);
  g_assert_cmpint (gez_store_commit (places->fixture->store, change, NULL), >, 0);
  places_settle (places);
  card = gez_crisis_card_present (GTK_WINDOW (places->window), gez_context_get_lists (places->context));
  places_settle (places);
  g_assert_true (places_shows (card, "0400 00 00 00"));
  g_assert_true (places_shows (card, HARD_NAME));
  g_assert_true (places_shows (card, "1813"));
  gtk_window_destroy (GTK_WINDOW (card));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/preferences/lists/rows-in-the-order-of-the-team", test_rows_in_the_order_of_the_team);
  g_test_add_func ("/preferences/lists/keys-move-a-row", test_keys_move_a_row);
  g_test_add_func ("/preferences/lists/keys-in-quick-succession", test_keys_in_quick_succession);
  g_test_add_func ("/preferences/lists/out-of-use-and-back", test_out_of_use_and_back);
  g_test_add_func ("/preferences/lists/add-and-rename", test_add_and_rename);
  g_test_add_func ("/preferences/lists/saving-nothing-new-closes", test_saving_nothing_new_closes);
  g_test_add_func ("/preferences/lists/anchors-where-they-stand", test_anchors_where_they_stand);
  g_test_add_func ("/preferences/lists/a-score-keeps-its-sentence", test_a_score_keeps_its_sentence);
  g_test_add_func ("/preferences/lists/the-domain-tab-shows-the-anchors",
                   test_the_domain_tab_shows_the_anchors);
  g_test_add_func ("/preferences/lists/crisis-card", test_crisis_card);

  return g_test_run ();
}
