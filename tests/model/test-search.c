/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/gez-partner-list.h"
#include "model/gez-search-words.h"
#include "model/gez-search.h"
#include "rows.h"

static GezId
add_note (MemoryDatabase *memory,
          const GezId    *household,
          const char     *content)
{
  return rows_add (memory, "note", household, "household_id", GEZ_ID, household, "written_at",
                   GEZ_INTEGER, NOW, "content", GEZ_TEXT, content, NULL);
}

static void
assert_found (MemoryDatabase *memory,
              const char     *text,
              const char     *column,
              const char     *expected)
{
  g_autoptr (GPtrArray) results = rows_run (memory, gez_search_query (text, 20));
  g_autofree char *found = rows_texts (results, column);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_every_kind (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Kameleon");

  rows_person (memory, &household, "Kameleona", NULL);
  add_note (memory, &household, "Zij tekende een kameleon.");
  rows_add (memory, "question", &household, "household_id", GEZ_ID, &household, "content", GEZ_TEXT,
            "Waar koop je een kameleon?", "first_asked_on", GEZ_TEXT, TODAY, NULL);
  rows_add (memory, "goal", &household, "household_id", GEZ_ID, &household, "words", GEZ_TEXT,
            "Een kameleon in huis", NULL);
  rows_document (memory, &household, "Foto kameleon.png", "huisdier;foto");
  rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Kameleonhuis", NULL);
  assert_found (memory, "kamel", "kind", "household|person|note|question|goal|document|partner");
  assert_found (memory, "kamel", "tab", "overview|network|journal|journal|plan|documents|-");
  assert_found (memory, "huisdier", "title", "Foto kameleon.png");
  assert_found (memory, "huisdier", "snippet", "\002huisdier\003;foto");
  assert_found (memory, "tekende", "snippet", "Zij \002tekende\003 een kameleon.");
  assert_found (memory, "kameleon tekende", "kind", "note");
  assert_found (memory, "kamel tekende", "kind", "");
}

static void
test_marked (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin A & B");
  GezId person = rows_person (memory, &household, "Anna", NULL);

  rows_set (memory, "person", &person, "last_name", GEZ_TEXT, "Verzonnen", "nickname", GEZ_TEXT,
            "Nanou", NULL);
  rows_set (memory, "household", &household, "address", GEZ_TEXT, "Fabelstraat 3", NULL);
  assert_found (memory, "gez", "marked", "\002Gezin\003 A & B");
  assert_found (memory, "anna verz", "marked", "\002Anna\003 \002Verzonnen\003");
  assert_found (memory, "verzonnen an", "marked", "\002Anna\003 \002Verzonnen\003");
  assert_found (memory, "nan", "marked", "Anna Verzonnen");
  assert_found (memory, "nan", "snippet", "\002Nanou\003");
  assert_found (memory, "fabel", "snippet", "\002Fabelstraat\003 3");
}

static void
test_phones (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId person = rows_person (memory, &household, "Anna", NULL);

  rows_set (memory, "person", &person, "phones", GEZ_TEXT, "09 000 11 22, 0470/12.34.56", NULL);
  rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Belhuis", "phone", GEZ_TEXT,
            "+32 470 12 34 99", NULL);
  assert_found (memory, "+32 470 12 34 56", "title", "Anna");
  assert_found (memory, "0470 12 34", "title", "Anna|Belhuis");
  assert_found (memory, "(09) 000-11", "tab", "network");
  assert_found (memory, "0470 12 34 57", "title", "");
  rows_withdraw (memory, "person", &person);
  assert_found (memory, "0470 12 34", "kind", "partner");
}

static void
test_odd_input (void)
{
  static const char *const harmless[] = {
    "", " ", "\"", "\"\"\"", "*", "((", "-", "NEAR(", "'; DROP", "^", "{content} :", "\xff\xfe", "🙂",
    "\xcc\x81", NULL,
  };
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin O'Verzonnen & <Zonen>");

  add_note (memory, &household, "Zij zei \"AND\" en niet OR.");
  for (guint i = 0; harmless[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) results = rows_run (memory, gez_search_query (harmless[i], 20));

      g_assert_cmpint (results->len, ==, 0);
    }
  assert_found (memory, NULL, "kind", "");
  assert_found (memory, "AND", "kind", "note");
  assert_found (memory, "zij AND", "kind", "note");
  assert_found (memory, "zij OR en*", "kind", "note");
  assert_found (memory, "NOT", "kind", "");
  assert_found (memory, "o'verz", "title", "Gezin O'Verzonnen & <Zonen>");
  assert_found (memory, "<zonen>", "kind", "household");
}

static void
test_random_input (void)
{
  static const char alphabet[] = "ab \"'*()-+^:{}[]\\/.,;\n\t\x01\x7f\xc4\xb1\xff";
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin ab ba");

  add_note (memory, &household, "a b ab ba");
  for (guint round = 0; round < 500; round++)
    {
      char text[24] = { 0 };

      for (guint i = 0; i + 1 < sizeof text; i++)
        text[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet)];
      g_ptr_array_unref (rows_run (memory, gez_search_query (text, 20)));
      g_object_unref (rows_run (memory, gez_partner_list_query (
        &(GezPartnerFilter) { .search = text, .domain_code = text, .area = text }, 0, 20)));
      g_ptr_array_unref (rows_run (memory, gez_partner_similar_query (text, 20)));
    }
}

static void
test_long_input (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  g_autofree char *word = g_strnfill (10000, 'a');
  GString *words = g_string_new (NULL);

  add_note (memory, &household, word);
  assert_found (memory, word, "kind", "note");
  while (words->len < 10000)
    g_string_append (words, "voorbeeld ");
  assert_found (memory, words->str, "kind", "household");
  g_string_free (words, TRUE);
}

static void
test_scripts (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");

  rows_person (memory, &household, "فاطمة", NULL);
  rows_person (memory, &household, "Yılmaz", NULL);
  rows_person (memory, &household, "Çiğdem", NULL);
  rows_person (memory, &household, "Łukasz", NULL);
  rows_person (memory, &household, "İpek", NULL);
  assert_found (memory, "فاط", "title", "فاطمة");
  assert_found (memory, "yılm", "title", "Yılmaz");
  assert_found (memory, "yilmaz", "title", "Yılmaz");
  assert_found (memory, "YILMAZ", "title", "Yılmaz");
  assert_found (memory, "cigdem", "title", "Çiğdem");
  assert_found (memory, "lukasz", "title", "Łukasz");
  assert_found (memory, "ipek", "title", "İpek");
  assert_found (memory, "İPEK", "title", "İpek");
}

static void
test_withdrawn (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId note = add_note (memory, &household, "vergissing");

  add_note (memory, &household, "geldig");
  rows_withdraw (memory, "note", &note);
  assert_found (memory, "vergissing", "kind", "");
  assert_found (memory, "geldig", "kind", "note");
  rows_withdraw (memory, "household", &household);
  assert_found (memory, "geldig", "kind", "");
  assert_found (memory, "voorbeeld", "kind", "");
}

static void
test_words (void)
{
  g_autofree char *match = gez_search_text_to_match ("De \"kat\" (AND) x* huis");
  g_auto (GStrv) words = gez_search_words ("een, twee; drie", 2);

  g_assert_cmpstr (match, ==, "\"De\" \"kat\" \"AND\" \"x\" \"huis\"*");
  g_assert_cmpint (g_strv_length (words), ==, 2);
  g_assert_cmpstr (words[1], ==, "twee");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/words", test_words);
  g_test_add_func ("/search/every-kind", test_every_kind);
  g_test_add_func ("/search/marked", test_marked);
  g_test_add_func ("/search/phones", test_phones);
  g_test_add_func ("/search/odd-input", test_odd_input);
  g_test_add_func ("/search/random-input", test_random_input);
  g_test_add_func ("/search/long-input", test_long_input);
  g_test_add_func ("/search/scripts", test_scripts);
  g_test_add_func ("/search/withdrawn", test_withdrawn);
  return g_test_run ();
}
