/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-database.h"

static void
assert_text (const char *sql,
             const char *expected)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autofree char *text = memory_database_text (memory, sql);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_local_days (void)
{
  /* 29 March 2026, 00:59:59 and 01:00 UTC: summer time starts in Brussels in between. */
  assert_text ("SELECT local_time(1774745999000)", "01:59");
  assert_text ("SELECT local_time(1774746000000)", "03:00");
  assert_text ("SELECT local_date(1774738800000 - 1)", "2026-03-28");
  assert_text ("SELECT local_date(1774738800000)", "2026-03-29");
  assert_text ("SELECT CAST(local_midnight('2026-03-29') AS TEXT)", "1774738800000");
  assert_text ("SELECT CAST(local_midnight('2026-03-30') - local_midnight('2026-03-29') AS TEXT)",
               "82800000");
}

static void
test_what_is_no_day (void)
{
  assert_text ("SELECT local_date(NULL)", NULL);
  assert_text ("SELECT local_time('10:00')", NULL);
  assert_text ("SELECT local_midnight(NULL)", NULL);
  assert_text ("SELECT local_midnight('2026-02-30')", NULL);
}

static void
test_dictionary_order (void)
{
  assert_text ("SELECT group_concat(value, ' ') FROM (SELECT value FROM"
               " json_each('[\"Zoë\",\"éclair\",\"Echt\",\"appel\",\"Appel\",\"\"]')"
               " ORDER BY value COLLATE dictionary)",
               " appel Appel Echt éclair Zoë");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/functions/local-days", test_local_days);
  g_test_add_func ("/store/functions/what-is-no-day", test_what_is_no_day);
  g_test_add_func ("/store/functions/dictionary-order", test_dictionary_order);
  return g_test_run ();
}
