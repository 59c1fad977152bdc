/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-act.h"
#include "common/gez-entry-row.h"
#include "household/gez-choices.h"
#include "model/gez-partner.h"
#include "partners/gez-partner-dialog.h"
#include "partners/gez-partner-page.h"
#include "partners/gez-partner-row.h"
#include "partners/gez-partners-page.h"
#include "places-fixture.h"

#define HARD_NAME "A & B <script>"

static GezId
add_partner (Places                *places,
             const GezPartnerInput *input)
{
  GezId id;

  places_commit (places, gez_partner_add (places->context, input, &id));
  return id;
}

static GezId
add_named (Places     *places,
           const char *name)
{
  return add_partner (places, &(GezPartnerInput) { .name = name });
}

static Places *
show_partners (Places *places,
               int     width)
{
  places_show (places, gez_partners_page_new (places->context), width, 700);
  return places;
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  GtkWidget *button = places_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  return button;
}

static void
press (Places     *places,
       GtkWidget  *root,
       const char *label)
{
  g_signal_emit_by_name (find_button (root, label), "clicked");
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

static guint
count_rows (Places *places)
{
  return places_count (places->place, GEZ_TYPE_PARTNER_ROW);
}

static void
open_partner (Places      *places,
              const GezId *partner)
{
  gez_partners_page_open (GEZ_PARTNERS_PAGE (places->place), partner);
  places_settle (places);
}

/* The dialog above the window, if there is one. */
static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (GEZ_IS_PARTNER_DIALOG (item->data))
      return item->data;

  return NULL;
}

static GtkWidget *
find_entry (GtkWidget  *root,
            const char *title)
{
  GtkWidget *entry = places_find (root, GEZ_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (entry);
  return entry;
}

static void
test_rows (void)
{
  g_autoptr (Places) places = places_new ();
  const char *housing = gez_choices_get_domain_label (places->context, "housing");
  const char *leisure = gez_choices_get_domain_label (places->context, "leisure");
  g_autofree char *description = g_strdup_printf ("Dienst %s, Samen <zoeken>, Proefstad, %s, %s",
                                                  HARD_NAME, housing, leisure);
  GtkWidget *row;

  add_partner (places, &(GezPartnerInput) { .name = "Dienst " HARD_NAME, .offer = "Samen <zoeken>",
                                            .area = "Proefstad", .domains = "housing;leisure" });
  add_named (places, "Ander huis");
  show_partners (places, 1000);
  g_assert_cmpint (count_rows (places), ==, 2);
  g_assert_true (places_shows (places->place, "2 partners"));
  g_assert_true (places_shows (places->place, "Dienst " HARD_NAME));
  g_assert_true (places_shows (places->place, "Samen <zoeken>"));
  g_assert_true (places_shows (places->place, "Proefstad"));
  g_assert_true (places_shows (places->place, housing));
  g_assert_true (places_shows (places->place, "No partner chosen"));
  row = gtk_widget_get_parent (places_find (places->place, GEZ_TYPE_PARTNER_ROW, "Proefstad"));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       description);
}

static void
test_search (void)
{
  g_autoptr (Places) places = places_new ();

  add_partner (places, &(GezPartnerInput) { .name = "Huis Eerste", .offer = "schuldhulp" });
  add_partner (places, &(GezPartnerInput) { .name = "Huis Tweede", .target_group = "tieners" });
  show_partners (places, 1000);
  type (places, "huis");
  g_assert_cmpint (count_rows (places), ==, 2);
  type (places, "schuld");
  g_assert_cmpint (count_rows (places), ==, 1);
  g_assert_true (places_shows (places->place, "1 partner"));
  type (places, "tien");
  g_assert_true (places_shows (places->place, "Huis Tweede"));
  type (places, "bestaat niet");
  g_assert_true (places_shows (places->place, "Nothing found"));
  press (places, places->place, "New partner with this name");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_entry (
                     find_dialog (), "Name of the organisation or service"))),
                   ==, "bestaat niet");
  gtk_window_close (GTK_WINDOW (find_dialog ()));
}

/* Enter in the search leads to the first partner that was found, with the keys in it. */
static void
test_enter (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *search, *focus;

  add_named (places, "Aan het begin");
  add_partner (places, &(GezPartnerInput) { .name = "Zonnehuis", .phone = "0499 11 22 33" });
  show_partners (places, 1200);
  search = places_find (places->place, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "zon");
  g_signal_emit_by_name (search, "activate");
  places_settle (places);
  g_assert_true (places_shows (places->place, "0499 11 22 33"));
  focus = gtk_window_get_focus (GTK_WINDOW (places->window));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, GEZ_TYPE_PARTNER_PAGE));
}

static void
test_unchecked (void)
{
  g_autoptr (Places) places = places_new ();
  GezClock *clock = places->fixture->clock;
  GtkWidget *toggle;
  GezId old;

  gez_clock_set_now (clock, PLACES_NOW - G_GINT64_CONSTANT (400) * 24 * 3600 * 1000);
  old = add_named (places, "Lang geleden");
  gez_clock_set_now (clock, PLACES_NOW);
  add_named (places, "Pas nagekeken");
  show_partners (places, 1200);
  g_assert_true (places_shows (places->place, "to check"));

  toggle = places_find (places->place, GTK_TYPE_TOGGLE_BUTTON, "To check");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  places_settle (places);
  g_assert_cmpint (count_rows (places), ==, 1);

  open_partner (places, &old);
  press (places, places->place, "Checked today");
  g_assert_true (places_shows (places->place, "Everything is checked"));
  g_assert_true (places_shows (places->place, "Checked today"));
  gez_undo_last (places->place, places->context);
  places_settle (places);
  g_assert_cmpint (count_rows (places), ==, 1);
  g_assert_true (places_shows (places->place, "Checked on Friday 17 October 2025"));
}

static void
test_choices (void)
{
  g_autoptr (Places) places = places_new ();
  GPtrArray *domains = gez_lists_get_domains (gez_context_get_lists (places->context));
  const char *first = gez_record_get_text (g_ptr_array_index (domains, 0), "code");
  GtkWidget *domain, *area;

  add_partner (places, &(GezPartnerInput) { .name = "Noord", .area = "Noord", .domains = first });
  add_partner (places, &(GezPartnerInput) { .name = "Zuid", .area = "Zuid" });
  show_partners (places, 1000);
  domain = places_find (places->place, GTK_TYPE_DROP_DOWN, "All domains");
  area = places_find (places->place, GTK_TYPE_DROP_DOWN, "All areas");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (area), 2);
  places_settle (places);
  g_assert_cmpint (count_rows (places), ==, 1);
  g_assert_nonnull (places_find (places->place, GEZ_TYPE_PARTNER_ROW, "Zuid"));

  /* The area stays chosen when another one comes. */
  add_partner (places, &(GezPartnerInput) { .name = "Midden", .area = "Midden" });
  places_settle (places);
  g_assert_nonnull (places_find (area, GTK_TYPE_LABEL, "Zuid"));
  g_assert_cmpint (count_rows (places), ==, 1);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (area), 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (domain), 1);
  places_settle (places);
  g_assert_nonnull (places_find (places->place, GEZ_TYPE_PARTNER_ROW, "Noord"));
  g_assert_cmpint (count_rows (places), ==, 1);
}

static void
test_partner (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin " HARD_NAME, TRUE);
  GezId partner = add_partner (places, &(GezPartnerInput) {
    .name = "Huis " HARD_NAME, .offer = "Naaigroep", .phone = "0499 11 22 33",
    .conditions = "Op <afspraak>", .affordable = "yes", .reachable = "no",
    .secrecy = "beroepsgeheim" });
  g_autofree char *id = gez_id_to_string (&household), *asked = NULL;
  GtkWidget *row;

  places_add_referral_to (places, &household, &partner, "2026-11-01");
  show_partners (places, 1200);
  open_partner (places, &partner);
  g_assert_true (places_shows (places->place, "Op <afspraak>"));
  g_assert_true (places_shows (places->place, "Professional secrecy"));
  g_assert_true (places_shows (places->place, "Checked today"));
  g_assert_null (places_find (places->place, GTK_TYPE_BUTTON, "Checked today"));
  gtk_test_accessible_assert_property (
    places_find (places->place, GTK_TYPE_LIST_BOX_ROW, "Reachable"),
    GTK_ACCESSIBLE_PROPERTY_LABEL, "Reachable, No");
  gtk_test_accessible_assert_property (
    places_find (places->place, GTK_TYPE_LIST_BOX_ROW, "Reliable"),
    GTK_ACCESSIBLE_PROPERTY_LABEL, "Reliable, Not known");
  g_assert_true (places_shows (places->place, "1 × Sent"));
  g_assert_true (places_shows (places->place, "no news for 20 days"));

  row = places_find (places->place, GTK_TYPE_LIST_BOX_ROW, "Gezin " HARD_NAME);
  g_signal_emit_by_name (row, "activate");
  asked = g_strdup_printf ("open-household-tab %s referrals/", id);
  g_assert_true (g_str_has_prefix (places->asked->str, asked));
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy (void)
{
  g_autoptr (Places) places = places_new ();
  GezId partner = add_partner (places, &(GezPartnerInput) { .name = "Huis",
                                                            .phone = "0499 11 22 33" });
  g_autofree char *text = NULL;
  GtkWidget *row, *button;

  show_partners (places, 1200);
  open_partner (places, &partner);
  row = places_find (places->place, GTK_TYPE_LIST_BOX_ROW, "0499 11 22 33");
  button = places_find (row, GTK_TYPE_BUTTON, NULL);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Copy: Phone number");
  g_signal_emit_by_name (button, "clicked");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (button), NULL, copied_cb, &text);
  places_settle (places);
  g_assert_cmpstr (text, ==, "0499 11 22 33");
}

static void
test_add (void)
{
  g_autoptr (Places) places = places_new ();
  g_autofree char *asked = NULL;
  GtkWidget *dialog;

  show_partners (places, 1000);
  g_assert_true (places_shows (places->place, "No partners yet"));
  g_assert_true (places_press (places->place, GDK_KEY_n, GDK_CONTROL_MASK));
  dialog = find_dialog ();
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "Name of the organisation or service")),
                         " Huis " HARD_NAME " ");
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "Area")), "Proefstad");
  gez_form_dialog_save (GEZ_FORM_DIALOG (dialog));
  places_settle (places);
  g_assert_null (find_dialog ());
  g_assert_cmpint (count_rows (places), ==, 1);
  g_assert_cmpint (store_fixture_count (places->fixture, "SELECT count(*) AS count FROM partner WHERE "
                                        "name = 'Huis " HARD_NAME "' AND area = 'Proefstad' "
                                        "AND checked_on = '" PLACES_TODAY "'"), ==, 1);
  g_assert_cmpint (store_fixture_count (places->fixture, "SELECT count(*) AS count FROM draft"),
                   ==, 0);
  g_assert_true (g_str_has_prefix (places->asked->str, "open-partner "));
}

static void
test_similar (void)
{
  g_autoptr (Places) places = places_new ();
  GezId partner = add_named (places, "Sociaal Huis Proefstad");
  g_autofree char *id = gez_id_to_string (&partner), *asked = NULL;
  GtkWidget *dialog, *row;

  show_partners (places, 1000);
  gez_partner_dialog_present_new (places->place, places->context, NULL);
  dialog = find_dialog ();
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "Name of the organisation or service")),
                         "sociaal hu");
  for (guint i = 0; i < 20 && !places_shows (dialog, "Sociaal Huis Proefstad"); i++)
    places_settle (places);
  row = places_find (dialog, GTK_TYPE_LIST_BOX_ROW, "Sociaal Huis Proefstad");
  g_assert_nonnull (row);
  g_assert_true (places_shows (row, "Open"));
  g_signal_emit_by_name (row, "activate");
  places_settle (places);
  asked = g_strdup_printf ("open-partner %s\n", id);
  g_assert_cmpstr (places->asked->str, ==, asked);
  g_assert_null (find_dialog ());
}

/* Only what somebody changed is written, and a draft outlives what closes the dialog by force. */
static void
test_edit_and_draft (void)
{
  g_autoptr (Places) places = places_new ();
  GezId partner = add_partner (places, &(GezPartnerInput) { .name = "Huis", .phone = "0499 11 22 33",
                                                            .domains = "leisure; gone" });
  GtkWidget *dialog;

  show_partners (places, 1200);
  open_partner (places, &partner);
  press (places, places->place, "Edit");
  gtk_editable_set_text (GTK_EDITABLE (find_entry (find_dialog (), "Address")), "Proefplein 1");
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
  places_settle (places);

  press (places, places->place, "Edit");
  dialog = find_dialog ();
  g_assert_true (places_shows (dialog, "What you typed earlier stands here again."));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_entry (dialog, "Address"))), ==,
                   "Proefplein 1");
  gez_form_dialog_save (GEZ_FORM_DIALOG (dialog));
  places_settle (places);
  g_assert_true (places_shows (places->place, "Proefplein 1"));
  g_assert_cmpint (store_fixture_count (places->fixture, "SELECT count(*) AS count FROM partner WHERE "
                                        "domains = 'leisure; gone' AND phone = '0499 11 22 33'"),
                   ==, 1);
  g_assert_cmpint (store_fixture_count (places->fixture, "SELECT count(*) AS count FROM draft"),
                   ==, 0);
}

static void
test_cancel_forgets (void)
{
  g_autoptr (Places) places = places_new ();

  show_partners (places, 1000);
  gez_partner_dialog_present_new (places->place, places->context, NULL);
  gtk_editable_set_text (GTK_EDITABLE (find_entry (find_dialog (), "Area")), "Ergens");
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  places_settle (places);
  g_assert_null (find_dialog ());
  g_assert_cmpint (store_fixture_count (places->fixture, "SELECT count(*) AS count FROM draft"),
                   ==, 0);
}

static void
test_withdraw (void)
{
  g_autoptr (Places) places = places_new ();
  GezId partner = add_named (places, "Bestaat niet meer");

  add_named (places, "Bestaat nog");
  show_partners (places, 1200);
  open_partner (places, &partner);
  gtk_widget_activate_action (places_find (places->place, GEZ_TYPE_PARTNER_PAGE, NULL),
                              "partner.withdraw", NULL);
  places_settle (places);
  g_assert_cmpint (count_rows (places), ==, 1);
  g_assert_true (places_shows (places->place, "No partner chosen"));
  gez_undo_last (places->place, places->context);
  places_settle (places);
  g_assert_cmpint (count_rows (places), ==, 2);
}

/* Narrow, a partner covers the list and one goes back from it. 350 pixels is what a window of 360
 * leaves for its content. */
static void
test_narrow (void)
{
  g_autoptr (Places) places = places_new ();
  GezPartnersPage *page;
  GezId partner;
  int minimum;

  partner = add_partner (places, &(GezPartnerInput) {
    .name = "Een dienst met een naam die veel te lang is voor een telefoon",
    .area = "Een gebied waarvan de naam ook niet op een telefoon past", .domains = "housing",
    .email = "eenheelergpostadreszonderplaatsomtebreken@voorbeeld.voorbeeld" });
  show_partners (places, 360);
  page = GEZ_PARTNERS_PAGE (places->place);
  g_assert_false (gez_partners_page_can_go_back (page));
  open_partner (places, &partner);
  g_assert_true (gez_partners_page_can_go_back (page));
  g_assert_cmpint (count_rows (places), ==, 0);
  gtk_widget_measure (places->place, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 350);

  g_assert_true (places_press (places->place, GDK_KEY_f, GDK_CONTROL_MASK));
  places_settle (places);
  g_assert_false (gez_partners_page_can_go_back (page));
  g_assert_cmpint (count_rows (places), ==, 1);
}

/* A long list is made bit by bit; what was opened is selected in it all the same. */
static void
test_long_list (void)
{
  g_autoptr (Places) places = places_new ();
  GtkSelectionModel *model;
  GezId ids[60];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *name = g_strdup_printf ("Huis %02u", i);

      ids[i] = add_named (places, name);
    }
  show_partners (places, 1200);
  open_partner (places, &ids[57]);
  model = gtk_list_view_get_model (
    GTK_LIST_VIEW (places_find (places->place, GTK_TYPE_LIST_VIEW, NULL)));
  for (guint i = 0; i < 20 && g_list_model_get_n_items (G_LIST_MODEL (model)) < 60; i++)
    places_settle (places);
  g_assert_true (places_shows (places->place, "60 partners"));
  g_assert_cmpint (gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (model)), ==, 57);
}

/* GTK issue 2971: rows of different heights make a long list jump. */
static void
test_one_height (void)
{
  static const char * const names[] = { "Kort", "خدمة المثال", "กขฃคฅ ฆงจฉช", "😀 & <b>", NULL };
  g_autoptr (Places) places = places_new ();
  GtkWidget *list, *row;
  int height;

  for (gsize i = 0; names[i] != NULL; i++)
    add_partner (places, &(GezPartnerInput) { .name = names[i], .area = i % 2 ? names[i] : NULL,
                                              .offer = i > 1 ? names[i] : NULL,
                                              .domains = i == 1 ? "housing;leisure;work" : NULL });
  show_partners (places, 1000);
  list = places_find (places->place, GTK_TYPE_LIST_VIEW, NULL);
  row = gtk_widget_get_first_child (list);
  height = gtk_widget_get_height (row);
  g_assert_cmpint (count_rows (places), ==, 4);
  g_assert_cmpint (height, >, 40);
  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    g_assert_cmpint (gtk_widget_get_height (row), ==, height);
}

int
main (int   argc,
      char *argv[])
{
  adw_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/places/partners/rows", test_rows);
  g_test_add_func ("/places/partners/search", test_search);
  g_test_add_func ("/places/partners/enter", test_enter);
  g_test_add_func ("/places/partners/unchecked", test_unchecked);
  g_test_add_func ("/places/partners/choices", test_choices);
  g_test_add_func ("/places/partners/partner", test_partner);
  g_test_add_func ("/places/partners/copy", test_copy);
  g_test_add_func ("/places/partners/add", test_add);
  g_test_add_func ("/places/partners/similar", test_similar);
  g_test_add_func ("/places/partners/edit-and-draft", test_edit_and_draft);
  g_test_add_func ("/places/partners/cancel-forgets", test_cancel_forgets);
  g_test_add_func ("/places/partners/withdraw", test_withdraw);
  g_test_add_func ("/places/partners/narrow", test_narrow);
  g_test_add_func ("/places/partners/long-list", test_long_list);
  g_test_add_func ("/places/partners/one-height", test_one_height);

  return g_test_run ();
}
