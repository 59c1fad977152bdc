/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "base/gez-date.h"
#include "store/gez-backup-rule.h"

/* Which of @stamps stay, in their order, between spaces. */
static char *
kept (const char *today,
      const char *stamps)
{
  g_auto (GStrv) all = g_strsplit (stamps, " ", -1);
  gsize n = g_strv_length (all);
  g_autofree gboolean *keep = g_new0 (gboolean, n + 1);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean may_go = gez_backup_rule_keeps ((const char *const *) all, n, today, keep);
  gboolean any = FALSE;

  for (gsize i = 0; i < n; i++)
    {
      any = any || !keep[i];
      if (keep[i])
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", all[i]);
    }
  g_assert_cmpint (may_go, ==, any);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define KEEPS(today, stamps, expected)                                                                       \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_autofree char *answer = kept (today, stamps);                                                          \
                                                                                                             \
    g_assert_cmpstr (answer, ==, expected);                                                                  \
  }                                                                                                          \
  G_STMT_END

static void
test_newest_of_a_day (void)
{
  KEEPS ("2026-11-21", "2026-11-21T0915", "2026-11-21T0915");
  KEEPS ("2026-11-21", "2026-11-21T0915 2026-11-21T1700 2026-11-20T0800 2026-11-20T0700",
         "2026-11-21T1700 2026-11-20T0800");
  KEEPS ("2026-11-21", "2026-11-20T0700 2026-11-21T1700 2026-11-20T0800", "2026-11-21T1700 2026-11-20T0800");
}

static void
test_what_is_no_time_stays (void)
{
  KEEPS ("2026-11-21", "2026-02-30T0915 2026-11-21T0915 2026-11-21T2460 x 2026-11-21 2026-11-21T0916",
         "2026-02-30T0915 2026-11-21T2460 x 2026-11-21 2026-11-21T0916");
}

static void
test_clock_back (void)
{
  const char *all = "2026-11-21T0915 2026-11-21T0900 2026-11-20T0915 2026-11-20T0900";

  KEEPS ("2026-11-20", all, all);
  KEEPS ("2001-01-01", all, all);
  KEEPS ("never", all, all);
  KEEPS ("2026-11-21", all, "2026-11-21T0915 2026-11-20T0915");
}

/* The hour that comes twice, and the days around it. */
static void
test_summer_time (void)
{
  KEEPS ("2026-10-26", "2026-10-25T0230 2026-10-25T0231 2026-10-24T2359 2026-10-26T0001",
         "2026-10-25T0231 2026-10-24T2359 2026-10-26T0001");
  KEEPS ("2026-03-30", "2026-03-29T0159 2026-03-29T0301 2026-03-30T0000", "2026-03-29T0301 2026-03-30T0000");
}

/* One a day through @days days that end on @last; each day the rule is applied. */
static GPtrArray *
live_through (const char *last,
              int         days)
{
  GPtrArray *stamps = g_ptr_array_new_with_free_func (g_free);

  for (int day = days - 1; day >= 0; day--)
    {
      g_autofree char *today = gez_date_add_days (last, -day);
      g_autofree gboolean *keep = NULL;

      g_ptr_array_add (stamps, g_strconcat (today, "T0800", NULL));
      g_ptr_array_add (stamps, g_strconcat (today, "T1630", NULL));
      keep = g_new0 (gboolean, stamps->len);
      gez_backup_rule_keeps ((const char *const *) stamps->pdata, stamps->len, today, keep);
      g_assert_true (keep[stamps->len - 1]);
      for (guint i = stamps->len; i > 0; i--)
        if (!keep[i - 1])
          g_ptr_array_remove_index (stamps, i - 1);
    }
  return stamps;
}

static void
assert_is_there (GPtrArray  *stamps,
                 const char *stamp)
{
  for (guint i = 0; i < stamps->len; i++)
    if (g_str_equal (stamps->pdata[i], stamp))
      return;
  g_error ("%s is gone", stamp);
}

static void
test_two_years (void)
{
  g_autoptr (GPtrArray) stamps = live_through ("2028-03-02", 800);

  /* Saturday to Thursday: a week back, four weeks back to Sundays, months back to their last days. */
  for (int day = 0; day < 7; day++)
    {
      g_autofree char *date = gez_date_add_days ("2028-03-02", -day);
      g_autofree char *stamp = g_strconcat (date, "T1630", NULL);

      assert_is_there (stamps, stamp);
    }
  assert_is_there (stamps, "2028-02-20T1630");
  assert_is_there (stamps, "2028-02-13T1630");
  assert_is_there (stamps, "2028-02-29T1630");
  assert_is_there (stamps, "2028-01-31T1630");
  assert_is_there (stamps, "2027-04-30T1630");
  g_assert_cmpuint (stamps->len, <=, 23);
  g_assert_cmpuint (stamps->len, >=, 18);
  g_assert_cmpstr (stamps->pdata[0], ==, "2027-04-30T1630");
}

/* Nothing goes because nobody was there: only what is newer drives out what is older. */
static void
test_long_absence (void)
{
  g_autoptr (GPtrArray) stamps = live_through ("2026-11-21", 60);
  g_autofree gboolean *keep = g_new0 (gboolean, stamps->len);

  g_assert_false (
    gez_backup_rule_keeps ((const char *const *) stamps->pdata, stamps->len, "2036-01-01", keep));
}

static void
test_none (void)
{
  gboolean keep = FALSE;

  g_assert_false (gez_backup_rule_keeps (NULL, 0, "2026-11-21", &keep));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/backup-rule/newest-of-a-day", test_newest_of_a_day);
  g_test_add_func ("/store/backup-rule/what-is-no-time-stays", test_what_is_no_time_stays);
  g_test_add_func ("/store/backup-rule/clock-back", test_clock_back);
  g_test_add_func ("/store/backup-rule/summer-time", test_summer_time);
  g_test_add_func ("/store/backup-rule/two-years", test_two_years);
  g_test_add_func ("/store/backup-rule/long-absence", test_long_absence);
  g_test_add_func ("/store/backup-rule/none", test_none);
  return g_test_run ();
}
