/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "model/gez-crisis-card.h"
#include "model/gez-list-entry.h"
#include "model/gez-scale-anchor.h"

/* The lists as they are now; the desk's context follows on the main loop only. */
static GezContext *
load (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  GezContext *context = gez_context_load (desk->fixture->store, &error);

  g_assert_no_error (error);
  return context;
}

static void
reload (Desk *desk)
{
  g_object_unref (desk->context);
  desk->context = load (desk);
}

static GPtrArray *
read_list (Desk        *desk,
           GezListKind  kind)
{
  g_autoptr (GezQuery) query = gez_list_entry_query (kind);
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = gez_store_run (desk->fixture->store, query, &error);

  g_assert_no_error (error);
  return entries;
}

static void
test_add_and_rename (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezListEntryInput input = { .label = "  Bij de bakker ", .label_fr = "Chez le boulanger" };
  GezListEntryInput other = { .label = "In de bakkerij" };
  GezId id;

  desk_do (desk, gez_list_entry_add (desk->context, GEZ_LIST_CONTACT_CHANNELS, &input, 25, &id));
  desk_assert (desk,
               "SELECT list || ', ' || label_nl || ', ' || label_fr || ', ' || position AS text "
               "FROM list_item WHERE code LIKE 'team_%'",
               "contact_channel, Bij de bakker, Chez le boulanger, 25");
  desk_do (desk, gez_list_entry_update (desk->context, GEZ_LIST_CONTACT_CHANNELS, &id, &other));
  /* The code stays, so old files show the new word; what is not given is taken away. */
  desk_assert (desk,
               "SELECT label_nl || ', ' || (label_fr IS NULL) || ', ' || length(code) AS text "
               "FROM list_item WHERE code LIKE 'team_%'",
               "In de bakkerij, 1, 17");
  reload (desk);
  g_assert_cmpstr (gez_lists_get_label (gez_context_get_lists (desk->context),
                                        g_ptr_array_index (gez_lists_get_items (
                                          gez_context_get_lists (desk->context), "contact_channel"),
                                          24)),
                   ==, "In de bakkerij");
}

static void
test_codes_differ (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezListEntryInput input = { .label = "Twee keer hetzelfde" };

  desk_do (desk, gez_list_entry_add (desk->context, GEZ_LIST_BARRIERS, &input, 90, NULL));
  desk_do (desk, gez_list_entry_add (desk->context, GEZ_LIST_BARRIERS, &input, 91, NULL));
  desk_assert (desk, "SELECT count(DISTINCT code) || '' AS text FROM list_item WHERE code LIKE 'team_%'",
               "2");
}

static void
test_a_blank_label_is_refused (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezListEntryInput input = { .label = "   " };

  desk_refuse (desk, gez_list_entry_add (desk->context, GEZ_LIST_BARRIERS, &input, 1, NULL));
  desk_refuse (desk, gez_list_entry_update (desk->context, GEZ_LIST_DOMAINS, &desk->housing,
                                            &input));
}

static void
test_domain (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezListEntryInput input = { .label = "Huisdieren", .short_label = "Dier",
                              .description = "Wie zorgt voor de kat?", .is_sensitive = TRUE };
  GezId id;

  desk_do (desk, gez_list_entry_add (desk->context, GEZ_LIST_DOMAINS, &input, 16, &id));
  reload (desk);
  g_assert_true (gez_lists_is_sensitive (gez_context_get_lists (desk->context), &id));
  desk_assert (desk,
               "SELECT kind || ', ' || short_label_nl || ', ' || description_nl AS text FROM domain "
               "WHERE kind = 'team'",
               "team, Dier, Wie zorgt voor de kat?");
}

static void
test_out_of_use_and_back (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezLists *lists;

  desk_do (desk, gez_list_entry_set_in_use (desk->context, GEZ_LIST_DOMAINS, &desk->housing,
                                            FALSE));
  reload (desk);
  lists = gez_context_get_lists (desk->context);
  g_assert_cmpint (gez_lists_get_domains (lists)->len, ==, 14);
  g_assert_cmpstr (gez_lists_get_label (lists, gez_lists_find_domain (lists, &desk->housing)), ==,
                   "Gezonde en betaalbare woning");
  desk_do (desk, gez_list_entry_set_in_use (desk->context, GEZ_LIST_DOMAINS, &desk->housing, TRUE));
  reload (desk);
  g_assert_cmpint (gez_lists_get_domains (gez_context_get_lists (desk->context))->len, ==, 15);
}

static void
test_period (void)
{
  g_autoptr (Desk) desk = desk_new ();

  desk_do (desk, gez_list_entry_set_period (desk->context, GEZ_LIST_DOMAINS, &desk->housing,
                                            "2026-03-15", NULL));
  reload (desk);
  g_assert_cmpint (gez_lists_get_domains (gez_context_get_lists (desk->context))->len, ==, 14);
  desk_do (desk, gez_list_entry_set_period (desk->context, GEZ_LIST_DOMAINS, &desk->housing,
                                            DESK_TODAY, DESK_TODAY));
  reload (desk);
  g_assert_cmpint (gez_lists_get_domains (gez_context_get_lists (desk->context))->len, ==, 15);
  desk_refuse (desk, gez_list_entry_set_period (desk->context, GEZ_LIST_DOMAINS, &desk->housing,
                                                "2026-02-31", NULL));
}

static void
test_reorder (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GPtrArray) entries = read_list (desk, GEZ_LIST_DOMAINS);
  gpointer last = g_ptr_array_steal_index (entries, 14);
  gint64 n_log;

  g_ptr_array_insert (entries, 13, last);
  n_log = desk_count (desk, "SELECT count(*) AS count FROM change_log");
  desk_do (desk, gez_list_entry_reorder (desk->context, GEZ_LIST_DOMAINS, entries));
  desk_assert (desk, "SELECT code AS text FROM domain WHERE position > 12 ORDER BY position",
               "network\nresidence_status\nadministration");
  /* Two rows, written, taken back and written again: the others are left alone. */
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM change_log"), ==, n_log + 6);
}

static void
test_schools_and_districts (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezListEntryInput school = { .label = "Basisschool De Verzonnen Boom",
                               .municipality = "Voorbeeldegem" };
  GezListEntryInput district = { .label = "Overleie", .municipality = "Voorbeeldegem" };
  g_autoptr (GPtrArray) schools = NULL;
  GezId id;

  desk_do (desk, gez_list_entry_add (desk->context, GEZ_LIST_SCHOOLS, &school, 0, &id));
  desk_do (desk, gez_list_entry_add (desk->context, GEZ_LIST_DISTRICTS, &district, 0, NULL));
  desk_do (desk, gez_list_entry_set_in_use (desk->context, GEZ_LIST_SCHOOLS, &id, FALSE));
  reload (desk);
  g_assert_cmpint (gez_lists_get_schools (gez_context_get_lists (desk->context))->len, ==, 0);
  g_assert_cmpstr (gez_lists_get_school_name (gez_context_get_lists (desk->context), &id), ==,
                   "Basisschool De Verzonnen Boom");
  g_assert_cmpint (gez_lists_get_districts (gez_context_get_lists (desk->context))->len, ==, 1);
  schools = read_list (desk, GEZ_LIST_SCHOOLS);
  g_assert_cmpint (schools->len, ==, 1);
  g_assert_false (gez_lists_is_in_use (schools->pdata[0], DESK_TODAY));
}

static void
write_anchor (Desk        *desk,
              const GezId *domain,
              const char  *language,
              const char  *text)
{
  desk_do (desk, gez_scale_anchor_write (desk->context, domain, 2, language, text));
  reload (desk);
}

static void
assert_anchors (Desk       *desk,
                const char *housing,
                const char *health)
{
  GezLists *lists = gez_context_get_lists (desk->context);

  g_assert_cmpstr (gez_lists_get_scale_label (lists, &desk->housing, 2), ==, housing);
  g_assert_cmpstr (gez_lists_get_scale_label (lists, &desk->health, 2), ==, health);
}

static void
test_anchors (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezLists *lists;

  write_anchor (desk, &desk->housing, "nl", "Het dak lekt");
  assert_anchors (desk, "Het dak lekt", "Het lukt met veel moeite");
  write_anchor (desk, NULL, "nl", "Het lukt amper");
  assert_anchors (desk, "Het dak lekt", "Het lukt amper");
  write_anchor (desk, &desk->housing, "nl", "Het regent binnen");
  assert_anchors (desk, "Het regent binnen", "Het lukt amper");
  lists = gez_context_get_lists (desk->context);
  g_assert_cmpstr (gez_scale_anchor_get_text (lists, &desk->housing, 2, "nl"), ==,
                   "Het regent binnen");
  g_assert_null (gez_scale_anchor_get_text (lists, &desk->health, 2, "nl"));
  /* Blank: the general one shows again. */
  write_anchor (desk, &desk->housing, "nl", " ");
  assert_anchors (desk, "Het lukt amper", "Het lukt amper");
  desk_refuse (desk, gez_scale_anchor_write (desk->context, NULL, 2, "nl", ""));
}

static void
test_anchors_per_language (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GezLists) french = NULL;

  write_anchor (desk, &desk->housing, "fr", "Il pleut dedans");
  french = gez_lists_in_language (gez_context_get_lists (desk->context), "fr");
  g_assert_cmpstr (gez_lists_get_scale_label (french, &desk->housing, 2), ==, "Il pleut dedans");
  assert_anchors (desk, "Het lukt met veel moeite", "Het lukt met veel moeite");
}

static void
test_nothing_written_for_a_blank_anchor (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GezChange) change = gez_scale_anchor_write (desk->context, &desk->housing, 2, "nl", "");

  g_assert_true (gez_change_is_empty (change));
}

static void
test_crisis_card (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezListEntryInput input = { .label = "0400 00 00 00 Permanentie van ons team" };
  g_auto (GStrv) locked = gez_crisis_card_get_lines (NULL);
  g_auto (GStrv) lines = NULL;

  g_assert_cmpstr (locked[0], ==, "112 Ziekenwagen, brandweer of politie: iemand is nu in gevaar");
  desk_do (desk, gez_list_entry_add (desk->context, GEZ_LIST_CRISIS_LINES, &input, 0, NULL));
  reload (desk);
  lines = gez_crisis_card_get_lines (gez_context_get_lists (desk->context));
  g_assert_cmpint (g_strv_length (lines), ==, g_strv_length (locked) + 1);
  g_assert_cmpstr (lines[0], ==, "0400 00 00 00 Permanentie van ons team");
  g_assert_cmpstr (lines[1], ==, locked[0]);
}

static void
test_crisis_lines_begin_with_their_number (void)
{
  static const struct
  {
    const char *line, *number, *words;
  } cases[] = {
    { "1813 Zelfmoordlijn", "1813", "Zelfmoordlijn" },
    { "070 245 245 Antigifcentrum", "070 245 245", "Antigifcentrum" },
    { "+32 (0)70 24 52 45  Antigif", "+32 (0)70 24 52 45", "Antigif" },
    { "112", "112", "" },
    { "2de lijn: de dokter", "", "2de lijn: de dokter" },
    { "De buurvrouw", "", "De buurvrouw" },
    { "", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = NULL, *words = NULL;

      gez_crisis_card_split_line (cases[i].line, &number, &words);
      g_assert_cmpstr (number, ==, cases[i].number);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/lists/add-and-rename", test_add_and_rename);
  g_test_add_func ("/model/lists/codes-differ", test_codes_differ);
  g_test_add_func ("/model/lists/a-blank-label-is-refused", test_a_blank_label_is_refused);
  g_test_add_func ("/model/lists/domain", test_domain);
  g_test_add_func ("/model/lists/out-of-use-and-back", test_out_of_use_and_back);
  g_test_add_func ("/model/lists/period", test_period);
  g_test_add_func ("/model/lists/reorder", test_reorder);
  g_test_add_func ("/model/lists/schools-and-districts", test_schools_and_districts);
  g_test_add_func ("/model/lists/anchors", test_anchors);
  g_test_add_func ("/model/lists/anchors-per-language", test_anchors_per_language);
  g_test_add_func ("/model/lists/nothing-written-for-a-blank-anchor",
                   test_nothing_written_for_a_blank_anchor);
  g_test_add_func ("/model/lists/crisis-card", test_crisis_card);
  g_test_add_func ("/model/lists/crisis-lines-begin-with-their-number",
                   test_crisis_lines_begin_with_their_number);

  return g_test_run ();
}
