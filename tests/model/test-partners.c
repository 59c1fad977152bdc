/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-partner-list.h"
#include "model/gez-partner-view.h"
#include "rows.h"

static void
assert_partners (MemoryDatabase         *memory,
                 const GezPartnerFilter *filter,
                 const char             *expected)
{
  g_autoptr (GezPage) page = rows_run (memory, gez_partner_list_query (filter, 0, 20));
  g_autofree char *names = rows_texts (gez_page_get_items (page), "name");

  g_assert_cmpstr (names, ==, expected);
}

static void
assert_found (MemoryDatabase *memory,
              const char     *search,
              const char     *domain,
              const char     *expected)
{
  assert_partners (memory, &(GezPartnerFilter) { .search = search, .domain_code = domain },
                   expected);
}

static void
test_search (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);

  rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Zaal Zuid", "domains", GEZ_TEXT,
            "leisure; housing", "target_group", GEZ_TEXT, "alleenstaande ouders", NULL);
  rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Éénhuis", "offer", GEZ_TEXT,
            "woonbegeleiding", "domains", GEZ_TEXT, "housing", "kind", GEZ_TEXT, "vzw", NULL);
  rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Anders", "area", GEZ_TEXT, "Proefstad",
            "contact_persons", GEZ_TEXT, "Testa Zomaar", "conditions", GEZ_TEXT, "afspraak", NULL);
  assert_found (memory, NULL, NULL, "Anders|Éénhuis|Zaal Zuid");
  assert_found (memory, NULL, "housing", "Éénhuis|Zaal Zuid");
  assert_found (memory, NULL, "hous", "");
  assert_found (memory, "woonbeg", NULL, "Éénhuis");
  assert_found (memory, "eenh", "leisure", "");
  assert_found (memory, "\"", NULL, "Anders|Éénhuis|Zaal Zuid");
  assert_found (memory, "ouders alleen", NULL, "Zaal Zuid");
  assert_found (memory, "vzw", NULL, "Éénhuis");
  assert_found (memory, "testa proefstad afspr", NULL, "Anders");
  assert_partners (memory, &(GezPartnerFilter) { .area = "Proefstad" }, "Anders");
}

static char *
numbers (GPtrArray  *records,
         const char *column)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (texts, "%s%d", i > 0 ? "|" : "",
                            (int) gez_record_get_integer (records->pdata[i], column));
  return g_string_free (texts, FALSE);
}

static void
test_unchecked (void)
{
  static const char *const days[] = { "2025-03-11", "2025-03-12", "2026-03-12", NULL };
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  g_autoptr (GezPage) page = NULL;
  g_autofree char *unchecked = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    rows_add (memory, "partner", NULL, "name", GEZ_TEXT, days[i] ? days[i] : "nooit", "checked_on",
              GEZ_TEXT, days[i], NULL);
  assert_partners (memory, &(GezPartnerFilter) { .is_unchecked = TRUE }, "2025-03-11|nooit");
  page = rows_run (memory, gez_partner_list_query (&(GezPartnerFilter) { NULL }, 0, 20));
  unchecked = numbers (gez_page_get_items (page), "is_unchecked");
  g_assert_cmpstr (unchecked, ==, "1|0|0|1");
}

static void
test_pages (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  g_autoptr (GezPage) first = NULL, last = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("Huis %u", 5 - i);

      rows_add (memory, "partner", NULL, "name", GEZ_TEXT, name, NULL);
    }
  first = rows_run (memory, gez_partner_list_query (&(GezPartnerFilter) { NULL }, 0, 3));
  last = rows_run (memory, gez_partner_list_query (&(GezPartnerFilter) { NULL }, 3, 3));
  g_assert_true (gez_page_has_more (first));
  g_assert_false (gez_page_has_more (last));
  g_assert_cmpint (gez_page_get_n_total (first), ==, 5);
  g_assert_cmpstr (gez_record_get_text (gez_page_get_items (last)->pdata[0], "name"), ==, "Huis 4");
}

static void
assert_similar (MemoryDatabase *memory,
                const char     *name,
                const char     *expected)
{
  g_autoptr (GPtrArray) partners = rows_run (memory, gez_partner_similar_query (name, 20));
  g_autofree char *names = rows_texts (partners, "name");

  g_assert_cmpstr (names, ==, expected);
}

static void
test_similar (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId gone;

  rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Sociaal Huis", "offer", GEZ_TEXT, "tuin",
            NULL);
  rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Sociaal Huis Proefstad", NULL);
  rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Dienst Wonen", NULL);
  gone = rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Wonen Vroeger", NULL);
  rows_withdraw (memory, "partner", &gone);
  assert_similar (memory, "Sociaal huis proefst", "Sociaal Huis Proefstad|Sociaal Huis");
  assert_similar (memory, "de dienst wonen", "Dienst Wonen");
  assert_similar (memory, "dienst", "Dienst Wonen");
  assert_similar (memory, "Dienst Energie", "");
  assert_similar (memory, "tuin", "");
  assert_similar (memory, "", "");
  assert_similar (memory, NULL, "");
}

static void
test_areas (void)
{
  static const char *const areas[] = { "Testdam", "Proefstad", "Testdam" };
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *names = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Huis", "area", GEZ_TEXT, areas[i], NULL);
  rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Zonder", NULL);
  records = rows_run (memory, gez_partner_areas_query ());
  names = rows_texts (records, "area");
  g_assert_cmpstr (names, ==, "Proefstad|Testdam");
}

static GezId
refer (MemoryDatabase *memory,
       const GezId    *household,
       const GezId    *partner,
       const char     *state,
       const char     *happened_on)
{
  GezId referral = rows_referral (memory, household, state, happened_on, NULL);

  rows_set (memory, "referral", &referral, "partner_id", GEZ_ID, partner, NULL);
  return referral;
}

static void
assert_view (MemoryDatabase *memory,
             const GezId    *partner,
             const char     *list,
             const char     *column,
             const char     *expected)
{
  g_autoptr (GezView) view = rows_run (memory, gez_partner_view_query (partner));
  g_autofree char *texts = rows_texts (gez_view_get_list (view, list), column);

  g_assert_cmpstr (texts, ==, expected);
}

static void
assert_numbers (MemoryDatabase *memory,
                const GezId    *partner,
                const char     *list,
                const char     *column,
                const char     *expected)
{
  g_autoptr (GezView) view = rows_run (memory, gez_partner_view_query (partner));
  g_autofree char *texts = numbers (gez_view_get_list (view, list), column);

  g_assert_cmpstr (texts, ==, expected);
}

static void
test_view (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId one = rows_household (memory, "Eerste"), two = rows_household (memory, "Tweede");
  GezId partner = rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Huis Verzonnen", NULL);
  GezId other = rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Ander", NULL);
  GezId mistake;

  refer (memory, &one, &partner, "helped", "2026-01-10");
  refer (memory, &one, &partner, "sent", "2026-03-10");
  refer (memory, &two, &partner, "sent", "2026-02-01");
  refer (memory, &two, &other, "sent", "2026-02-02");
  mistake = refer (memory, &two, &partner, "refused", "2026-02-03");
  rows_withdraw (memory, "referral", &mistake);

  assert_view (memory, &partner, "partner", "name", "Huis Verzonnen");
  assert_numbers (memory, &partner, "partner", "is_unchecked", "1");
  assert_view (memory, &partner, "referrals", "household_name", "Tweede|Eerste|Eerste");
  assert_view (memory, &partner, "referrals", "state", "sent|sent|helped");
  assert_numbers (memory, &partner, "referrals", "has_no_news", "1|0|0");
  assert_view (memory, &partner, "states", "state", "sent|helped");
  assert_numbers (memory, &partner, "states", "n", "2|1");
  rows_assert_no_scan (memory, "r");

  rows_withdraw (memory, "household", &two);
  assert_numbers (memory, &partner, "states", "n", "1|1");
  rows_withdraw (memory, "partner", &partner);
  assert_view (memory, &partner, "partner", "name", "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partners/search", test_search);
  g_test_add_func ("/partners/unchecked", test_unchecked);
  g_test_add_func ("/partners/pages", test_pages);
  g_test_add_func ("/partners/similar", test_similar);
  g_test_add_func ("/partners/areas", test_areas);
  g_test_add_func ("/partners/view", test_view);
  return g_test_run ();
}
