/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-journal.h"
#include "rows.h"

static GezId
add_note (MemoryDatabase *memory,
          const GezId    *household,
          const GezId    *contact,
          const char     *content)
{
  return rows_add (memory, "note", household, "household_id", GEZ_ID, household, "contact_id",
                   GEZ_ID,
                   contact, "written_at", GEZ_INTEGER, NOW, "content", GEZ_TEXT, content, NULL);
}

static void
test_pages_without_gap_or_repeat (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezJournalPlace place = { 0 };
  gint64 before = G_MAXINT64;
  guint n_pages = 0;

  /* Groups of one instant that are larger than a page, and notes that stand alone among them. */
  for (guint i = 0; i < 17; i++)
    rows_contact (memory, &household, i < 8 ? "2026-03-01" : "2026-03-02", "10:00");
  for (guint i = 0; i < 4; i++)
    add_note (memory, &household, NULL, "Los");

  for (gboolean has_more = TRUE; has_more; n_pages++)
    {
      g_autoptr (GezView) view =
        rows_run (memory, gez_journal_query (&household, n_pages > 0 ? &place : NULL, 5));
      GPtrArray *entries = gez_view_get_list (view, "entries");
      GezRecord *more = gez_view_get_record (view, "more");

      for (guint i = 0; i < entries->len; i++)
        {
          GezRecord *entry = g_ptr_array_index (entries, i);
          gint64 at = gez_record_get_integer (entry, "at");

          g_assert_cmpint (at, <=, before);
          g_assert_true (g_hash_table_add (seen, gez_id_copy (gez_record_get_id (entry))));
          before = at;
        }
      has_more = gez_record_get_integer (more, "has_more");
      place.at = gez_record_get_integer (more, "last_at");
      place.id = *gez_record_get_reference (more, "last_id");
    }
  g_assert_cmpint (g_hash_table_size (seen), ==, 21);
  g_assert_cmpint (n_pages, ==, 5);
}

static void
test_an_entry_with_all (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId person = rows_person (memory, &household, "Testa", NULL);
  GezId contact = rows_contact (memory, &household, "2026-03-11", "23:30");
  GezId other = rows_contact (memory, &household, "2026-03-10", "10:00");
  g_autoptr (GezView) view = NULL, single = NULL;
  GezRecord *entry, *note, *link;

  add_note (memory, &household, &contact, "Over de huur");
  add_note (memory, &household, &other, "Iets anders");
  rows_add (memory, "question", &household, "household_id", GEZ_ID, &household, "contact_id",
            GEZ_ID,
            &contact, "content", GEZ_TEXT, "Wat nu?", "first_asked_on", GEZ_TEXT, TODAY, NULL);
  rows_add (memory, "contact_link", &household, "contact_id", GEZ_ID, &contact, "kind", GEZ_TEXT,
            "took_part", "person_id", GEZ_ID, &person, NULL);

  view = rows_run (memory, gez_journal_query (&household, NULL, 50));
  entry = g_ptr_array_index (gez_view_get_list (view, "entries"), 0);
  g_assert_true (gez_id_equal (gez_record_get_id (entry), &contact));
  g_assert_cmpstr (gez_record_get_text (entry, "day_on"), ==, "2026-03-11");
  g_assert_cmpstr (gez_record_get_text (entry, "time"), ==, "23:30");
  g_assert_cmpint (gez_view_get_list (view, "notes")->len, ==, 2);

  single = rows_run (memory, gez_journal_contact_query (&contact));
  g_assert_cmpint (gez_view_get_list (single, "entries")->len, ==, 1);
  g_assert_cmpint (gez_view_get_list (single, "notes")->len, ==, 1);
  g_assert_cmpint (gez_view_get_list (single, "questions")->len, ==, 1);
  note = gez_view_get_record (single, "notes");
  g_assert_cmpstr (gez_record_get_text (note, "content"), ==, "Over de huur");
  g_assert_true (gez_id_equal (gez_record_get_reference (note, "entry_id"), &contact));
  link = gez_view_get_record (single, "links");
  g_assert_cmpstr (gez_record_get_text (link, "name"), ==, "Testa");

  rows_withdraw (memory, "contact", &contact);
  g_clear_object (&view);
  view = rows_run (memory, gez_journal_query (&household, NULL, 50));
  g_assert_cmpint (gez_view_get_list (view, "entries")->len, ==, 1);
}

static void
test_empty (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  g_autoptr (GezView) view = rows_run (memory, gez_journal_query (&household, NULL, 50));
  GezRecord *more = gez_view_get_record (view, "more");

  g_assert_cmpint (gez_view_get_list (view, "entries")->len, ==, 0);
  g_assert_cmpint (gez_record_get_integer (more, "has_more"), ==, 0);
  g_assert_null (gez_record_get_reference (more, "last_id"));
}

static void
test_uses_indexes (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezJournalPlace place = { NOW, household };

  g_object_unref (rows_run (memory, gez_journal_query (&household, &place, 50)));
  g_object_unref (rows_run (memory, gez_journal_contact_query (&household)));
  rows_assert_no_scan (memory, "c");
  rows_assert_no_scan (memory, "n");
  rows_assert_no_scan (memory, "q");
  rows_assert_no_scan (memory, "l");
}

static char *
find_entries (MemoryDatabase         *memory,
              const GezId            *household,
              const GezJournalFilter *filter)
{
  g_autoptr (GezView) view =
    rows_run (memory, gez_journal_search_query (household, filter, NULL, 50));
  g_autoptr (GString) found = g_string_new (NULL);
  GPtrArray *entries = gez_view_get_list (view, "entries");

  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? "|" : "",
                            gez_record_get_text (g_ptr_array_index (entries, i), "day_on"));
  return g_string_free (g_steal_pointer (&found), FALSE);
}

static void
assert_found (MemoryDatabase  *memory,
              const GezId     *household,
              GezJournalFilter filter,
              const char      *expected)
{
  g_autofree char *found = find_entries (memory, household, &filter);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_filter_and_search (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId person = rows_person (memory, &household, "Testa", NULL);
  GezId domain = rows_add (memory, "domain", NULL, "code", GEZ_TEXT, "housing", "kind", GEZ_TEXT,
                           "right", "label_nl", GEZ_TEXT, "Wonen", NULL);
  GezId about = rows_contact (memory, &household, "2026-03-01", "10:00");
  GezId asked = rows_contact (memory, &household, "2026-03-02", "10:00");
  GezId attempt = rows_contact (memory, &household, "2026-03-03", "10:00");
  GezId alone;

  rows_set (memory, "contact", &attempt, "is_attempt", GEZ_INTEGER, (gint64) 1, NULL);
  rows_add (memory, "contact_link", &household, "contact_id", GEZ_ID, &about, "kind", GEZ_TEXT,
            "about", "domain_id", GEZ_ID, &domain, NULL);
  rows_add (memory, "contact_link", &household, "contact_id", GEZ_ID, &asked, "kind", GEZ_TEXT,
            "took_part", "person_id", GEZ_ID, &person, NULL);
  rows_add (memory, "question", &household, "household_id", GEZ_ID, &household, "contact_id",
            GEZ_ID, &asked, "content", GEZ_TEXT, "Mag de huur omhoog?", "first_asked_on", GEZ_TEXT,
            TODAY, NULL);
  add_note (memory, &household, &about, "De verhuurder belde over schimmel");
  alone = add_note (memory, &household, NULL, "Huur betaald");
  rows_set (memory, "note", &alone, "person_id", GEZ_ID, &person, NULL);

  assert_found (memory, &household, (GezJournalFilter) { 0 },
                TODAY "|2026-03-03|2026-03-02|2026-03-01");
  assert_found (memory, &household, (GezJournalFilter) { .domain = &domain }, "2026-03-01");
  assert_found (memory, &household, (GezJournalFilter) { .person = &person }, TODAY "|2026-03-02");
  assert_found (memory, &household, (GezJournalFilter) { .kind = "attempt" }, "2026-03-03");
  assert_found (memory, &household, (GezJournalFilter) { .kind = "contact" },
                "2026-03-02|2026-03-01");
  assert_found (memory, &household, (GezJournalFilter) { .kind = "question" }, "2026-03-02");
  assert_found (memory, &household, (GezJournalFilter) { .kind = "note" }, TODAY);
  assert_found (memory, &household, (GezJournalFilter) { .search = "huur" }, TODAY "|2026-03-02");
  assert_found (memory, &household, (GezJournalFilter) { .search = "schim" }, "2026-03-01");
  assert_found (memory, &household, (GezJournalFilter) { .search = "huur", .person = &person,
                                                         .kind = "note" }, TODAY);
  assert_found (memory, &household, (GezJournalFilter) { .search = "nergens" }, "");
  rows_assert_no_scan (memory, "contact");
  rows_assert_no_scan (memory, "note");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/pages-without-gap-or-repeat", test_pages_without_gap_or_repeat);
  g_test_add_func ("/journal/an-entry-with-all", test_an_entry_with_all);
  g_test_add_func ("/journal/empty", test_empty);
  g_test_add_func ("/journal/uses-indexes", test_uses_indexes);
  g_test_add_func ("/journal/filter-and-search", test_filter_and_search);
  return g_test_run ();
}
