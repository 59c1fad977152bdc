/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-household-list.h"
#include "rows.h"

/* Names of the households of a page, with a bar between them. */
static char *
names_of (MemoryDatabase           *memory,
          const GezHouseholdFilter *filter,
          guint                     offset,
          guint                     limit,
          int                      *n_total)
{
  g_autoptr (GezPage) page = rows_run (memory, gez_household_list_query (filter, offset, limit));
  GPtrArray *items = gez_page_get_items (page);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "|" : "",
                            gez_household_item_get_name (g_ptr_array_index (items, i)));
  if (n_total != NULL)
    *n_total = gez_page_get_n_total (page);
  return g_string_free (names, FALSE);
}

static void
assert_search (MemoryDatabase *memory,
               const char     *search,
               const char     *expected)
{
  const GezHouseholdFilter filter = { .search = search };
  g_autofree char *names = names_of (memory, &filter, 0, 200, NULL);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_search (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId first = rows_household (memory, "Gezin Voorbeeld");
  GezId second = rows_household (memory, "De Zonnebloem"), person;

  rows_person (memory, &first, "Zoë", NULL);
  rows_person (memory, &second, "Ahmet", NULL);
  person = rows_person (memory, &second, "Gewist", NULL);
  rows_withdraw (memory, "person", &person);
  rows_set (memory, "household", &second, "address", GEZ_TEXT, "Voorbeeldstraat 1", NULL);
  assert_search (memory, NULL, "De Zonnebloem|Gezin Voorbeeld");
  assert_search (memory, "  ", "De Zonnebloem|Gezin Voorbeeld");
  assert_search (memory, "z", "De Zonnebloem|Gezin Voorbeeld");
  assert_search (memory, "zoe", "Gezin Voorbeeld");
  assert_search (memory, "voorb", "Gezin Voorbeeld");
  assert_search (memory, "zonne ah", "De Zonnebloem");
  assert_search (memory, "ahmet zonne de z", "De Zonnebloem");
  assert_search (memory, "zonne zoe", "");
  assert_search (memory, "gewist", "");
  assert_search (memory, "\"*(", "De Zonnebloem|Gezin Voorbeeld");
}

static void
test_names_in_dictionary_order (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);

  rows_household (memory, "Zonder");
  rows_household (memory, "Éclair");
  rows_household (memory, "appel");
  rows_household (memory, "Fiets");
  rows_household (memory, "Egel");
  assert_search (memory, NULL, "appel|Éclair|Egel|Fiets|Zonder");
}

static void
test_pages_fit_together (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  const GezHouseholdFilter filter = { .sort = GEZ_HOUSEHOLD_SORT_LAST_CONTACT };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);
  int n_total = 0;

  for (guint i = 0; i < 25; i++)
    rows_household (memory, "Gezin Zelfde");
  for (guint offset = 0; offset < 30; offset += 10)
    {
      g_autoptr (GezPage) page = rows_run (memory, gez_household_list_query (&filter, offset, 10));
      GPtrArray *items = gez_page_get_items (page);

      g_assert_cmpint (gez_page_has_more (page), ==, offset < 20);
      for (guint i = 0; i < items->len; i++)
        g_assert_true (g_hash_table_add (
          seen, gez_id_copy (gez_household_item_get_id (g_ptr_array_index (items, i)))));
    }
  g_assert_cmpint (g_hash_table_size (seen), ==, 25);
  g_free (names_of (memory, &filter, 0, 3, &n_total));
  g_assert_cmpint (n_total, ==, 25);
}

static void
test_states (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId active = rows_household (memory, "Actief"), closed = rows_household (memory, "Dicht");
  GezHouseholdFilter filter = { .state = "open" };
  g_autofree char *open = NULL, *shut = NULL, *paused = NULL;

  rows_household (memory, "Nieuw");
  rows_trajectory (memory, &active, "active", "2026-01-01");
  rows_trajectory (memory, &closed, "active", "2026-01-01");
  rows_trajectory (memory, &closed, "closed", "2026-02-01");
  open = names_of (memory, &filter, 0, 200, NULL);
  g_assert_cmpstr (open, ==, "Actief|Nieuw");
  filter.state = "closed";
  shut = names_of (memory, &filter, 0, 200, NULL);
  g_assert_cmpstr (shut, ==, "Dicht");
  filter.state = "paused";
  paused = names_of (memory, &filter, 0, 200, NULL);
  g_assert_cmpstr (paused, ==, "");
}

static void
test_mine_and_order (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId me = rows_add (memory, "member", NULL, "name", GEZ_TEXT, "Ik", "role", GEZ_TEXT,
                       "casemanager", NULL);
  GezId a = rows_household (memory, "A"), b = rows_household (memory, "B");
  GezHouseholdFilter filter = { .sort = GEZ_HOUSEHOLD_SORT_LAST_CONTACT };
  g_autofree char *by_contact = NULL, *by_followup = NULL, *mine = NULL;

  rows_household (memory, "C");
  rows_contact (memory, &a, "2026-03-01", "10:00");
  rows_contact (memory, &b, "2026-02-01", "10:00");
  rows_add (memory, "trajectory", &b, "household_id", GEZ_ID, &b, "member_id", GEZ_ID, &me, NULL);
  rows_add (memory, "followup", &b, "household_id", GEZ_ID, &b, "what", GEZ_TEXT, "Bellen",
            "due_on", GEZ_TEXT, "2026-03-20", NULL);
  by_contact = names_of (memory, &filter, 0, 200, NULL);
  g_assert_cmpstr (by_contact, ==, "C|B|A");
  filter.sort = GEZ_HOUSEHOLD_SORT_NEXT_FOLLOWUP;
  by_followup = names_of (memory, &filter, 0, 200, NULL);
  g_assert_cmpstr (by_followup, ==, "B|A|C");
  filter.mine_of = me;
  mine = names_of (memory, &filter, 0, 200, NULL);
  g_assert_cmpstr (mine, ==, "B");
}

static void
assert_attention (MemoryDatabase *memory,
                  const char     *attention,
                  const char     *expected)
{
  const GezHouseholdFilter filter = { .attention = attention };
  g_autofree char *names = names_of (memory, &filter, 0, 200, NULL);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_attention (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId stale = rows_household (memory, "Lang geleden"), late = rows_household (memory, "Te laat");
  GezId waits = rows_household (memory, "Zonder nieuws");

  rows_household (memory, "Rustig");
  rows_trajectory (memory, &stale, "active", "2025-01-01");
  rows_contact (memory, &stale, "2026-01-01", "10:00");
  rows_trajectory (memory, &late, "active", "2025-01-01");
  rows_contact (memory, &late, "2026-03-11", "10:00");
  rows_add (memory, "followup", &late, "household_id", GEZ_ID, &late, "what", GEZ_TEXT, "Bellen",
            "due_on", GEZ_TEXT, "2026-03-11", NULL);
  rows_referral (memory, &waits, "sent", "2026-01-01", NULL);
  assert_attention (memory, "stale", "Lang geleden");
  assert_attention (memory, "late", "Te laat");
  assert_attention (memory, "no_news", "Zonder nieuws");
  assert_attention (memory, NULL, "Lang geleden|Rustig|Te laat|Zonder nieuws");
}

static void
test_domain (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId domain = gez_id_new (memory->clock), goal;
  GezId a = rows_household (memory, "A"), b = rows_household (memory, "B");
  GezHouseholdFilter filter = { .domain = domain };
  g_autofree char *found = NULL, *left = NULL;

  rows_household (memory, "C");
  goal = rows_add (memory, "goal", &a, "household_id", GEZ_ID, &a, "words", GEZ_TEXT, "Een huis",
                   "domain_id", GEZ_ID, &domain, NULL);
  rows_add (memory, "question", &b, "household_id", GEZ_ID, &b, "content", GEZ_TEXT, "Waar?",
            "first_asked_on", GEZ_TEXT, TODAY, "domain_id", GEZ_ID, &domain, NULL);
  found = names_of (memory, &filter, 0, 200, NULL);
  g_assert_cmpstr (found, ==, "A|B");
  rows_set (memory, "goal", &goal, "state", GEZ_TEXT, "reached", NULL);
  left = names_of (memory, &filter, 0, 200, NULL);
  g_assert_cmpstr (left, ==, "B");
}

static GezHouseholdItem *
only_item (MemoryDatabase *memory)
{
  const GezHouseholdFilter filter = { 0 };
  g_autoptr (GezPage) page = rows_run (memory, gez_household_list_query (&filter, 0, 1));

  return g_object_ref (g_ptr_array_index (gez_page_get_items (page), 0));
}

static void
test_line (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId child = rows_person (memory, &household, "Bo", "2016-11-02"), membership;
  g_autoptr (GezHouseholdItem) before = only_item (memory), same = only_item (memory);
  g_autoptr (GezHouseholdItem) after = NULL;

  rows_person (memory, &household, "Anna", "1991-06-01");
  rows_person (memory, &household, "Ciska", NULL);
  membership = rows_add (memory, "membership", &household, "household_id", GEZ_ID, &household,
                         "person_id", GEZ_ID, &child, "role", GEZ_TEXT, "child", NULL);
  rows_withdraw (memory, "membership", &membership);
  rows_trajectory (memory, &household, "active", "2025-01-01");
  rows_contact (memory, &household, "2026-01-01", "10:00");
  rows_referral (memory, &household, "sent", "2026-01-01", NULL);
  rows_add (memory, "followup", &household, "household_id", GEZ_ID, &household, "what", GEZ_TEXT,
            "Bellen", "due_on", GEZ_TEXT, "2026-03-11", NULL);

  after = only_item (memory);
  g_assert_cmpstr (gez_household_item_get_members (after), ==, "Anna (34), Bo (9), Ciska");
  g_assert_cmpstr (gez_household_item_get_state (after), ==, "active");
  g_assert_cmpstr (gez_household_item_get_last_contact_on (after), ==, "2026-01-01");
  g_assert_cmpint (gez_household_item_get_days_since (after), ==, 70);
  g_assert_true (gez_household_item_is_stale (after));
  g_assert_cmpstr (gez_household_item_get_next_followup_on (after), ==, "2026-03-11");
  g_assert_cmpint (gez_household_item_get_n_overdue (after), ==, 1);
  g_assert_cmpint (gez_household_item_get_n_no_news (after), ==, 1);
  g_assert_null (gez_household_item_get_district (after));
  g_assert_null (gez_household_item_get_contact_person (after));
  g_assert_cmpint (gez_household_item_get_days_since (before), ==, -1);
  g_assert_true (gez_household_item_equal (before, same));
  g_assert_false (gez_household_item_equal (before, after));
}

static void
test_uses_indexes (void)
{
  static const char *const tables[] = { "membership", "m",  "person", "p",  "contact", "lc",
                                        "followup",
                                        "f",          "r",  "le",     "e",  "te",      "tt", "hc",
                                        "helper",     "hm", "tm" };
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezHouseholdFilter filter = { .search = "a b", .state = "open" };

  for (filter.sort = GEZ_HOUSEHOLD_SORT_NAME; filter.sort <= GEZ_HOUSEHOLD_SORT_NEXT_FOLLOWUP;
       filter.sort++)
    g_free (names_of (memory, &filter, 0, 200, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    rows_assert_no_scan (memory, tables[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/household-list/search", test_search);
  g_test_add_func ("/household-list/names-in-dictionary-order", test_names_in_dictionary_order);
  g_test_add_func ("/household-list/pages-fit-together", test_pages_fit_together);
  g_test_add_func ("/household-list/states", test_states);
  g_test_add_func ("/household-list/mine-and-order", test_mine_and_order);
  g_test_add_func ("/household-list/attention", test_attention);
  g_test_add_func ("/household-list/domain", test_domain);
  g_test_add_func ("/household-list/line", test_line);
  g_test_add_func ("/household-list/uses-indexes", test_uses_indexes);
  return g_test_run ();
}
