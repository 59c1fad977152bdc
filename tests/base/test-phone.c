/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-phone.h"

static void
test_digits (void)
{
  static const struct
  {
    const char *typed;
    const char *digits;
  } cases[] = {
    { "0470 12 34 56", "0470123456" },     { "0470/12.34.56", "0470123456" },
    { "+32 470 12 34 56", "0470123456" },  { "0032470123456", "0470123456" },
    { "+32 (0)470-12 34 56", "0470123456" }, { " 09\302\240000 11 22 ", "090001122" },
    { "+31 6 1234", "003161234" },         { "0470", "0470" },
    { "047", NULL },                       { "", NULL },
    { "0470 Anna", NULL },                 { "12/3 of 4", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *digits = gez_phone_digits (cases[i].typed);

      g_assert_cmpstr (digits, ==, cases[i].digits);
    }
}

static void
test_matches (void)
{
  static const char phones[] = "thuis 09 000 11 22; Anna: +32 470/12.34.56 +31 6 1234 🙂";

  g_assert_true (gez_phone_matches (phones, "0470123456"));
  g_assert_true (gez_phone_matches (phones, "123456"));
  g_assert_true (gez_phone_matches (phones, "090001122"));
  g_assert_true (gez_phone_matches (phones, "003161234"));
  g_assert_false (gez_phone_matches (phones, "112204"));
  g_assert_false (gez_phone_matches (phones, "0470123457"));
  g_assert_false (gez_phone_matches ("", "0470"));
  g_assert_false (gez_phone_matches (NULL, "0470"));
}

static void
test_list (void)
{
  static const char phones[] = "thuis 09 000 11 22; Anna: +32 470/12.34.56 \360\237\231\202 12";
  g_auto (GStrv) list = gez_phone_list (phones, 8);
  g_auto (GStrv) none = gez_phone_list (NULL, 8);
  g_autofree char *joined = g_strjoinv (" ", list);

  g_assert_cmpstr (joined, ==, "090001122 0470123456");
  g_assert_null (none[0]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone/digits", test_digits);
  g_test_add_func ("/phone/matches", test_matches);
  g_test_add_func ("/phone/list", test_list);
  return g_test_run ();
}
