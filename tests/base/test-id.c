/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-id.h"

static void
test_version_seven (void)
{
  g_autoptr (GezClock) clock = gez_clock_new_fixed (0x0123456789ab, 1);
  GezId id = gez_id_new (clock);
  g_autofree char *text = gez_id_to_string (&id);

  g_assert_true (g_str_has_prefix (text, "01234567-89ab-7"));
  g_assert_nonnull (strchr ("89ab", text[19]));
}

static void
test_later_sorts_later (void)
{
  g_autoptr (GezClock) clock = gez_clock_new_fixed (1000, 1);
  GezId first = gez_id_new (clock), second;

  gez_clock_set_now (clock, 1001);
  second = gez_id_new (clock);
  g_assert_cmpint (gez_id_compare (&first, &second), <, 0);
}

static void
test_order_within_a_millisecond (void)
{
  g_autoptr (GezClock) clock = gez_clock_new_fixed (1000, 1);
  GezId before = gez_id_new (clock);

  for (guint i = 0; i < 10000; i++)
    {
      GezId after = gez_id_new (clock);

      g_assert_cmpint (gez_id_compare (&before, &after), <, 0);
      before = after;
    }
}

static void
test_text_round_trip (void)
{
  g_autoptr (GezClock) clock = gez_clock_new ();
  GezId id = gez_id_new (clock), back;
  g_autofree char *text = gez_id_to_string (&id);
  g_autofree char *upper = g_ascii_strup (text, -1);

  g_assert_true (gez_id_parse (text, &back));
  g_assert_true (gez_id_equal (&id, &back));
  g_assert_true (gez_id_parse (upper, &back));
  g_assert_true (gez_id_equal (&id, &back));
  g_assert_false (gez_id_parse ("", &back));
  g_assert_false (gez_id_parse ("0123456789abcdef0123456789abcdef0123", &back));
  text[3] = 'g';
  g_assert_false (gez_id_parse (text, &back));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/id/version-seven", test_version_seven);
  g_test_add_func ("/base/id/later-sorts-later", test_later_sorts_later);
  g_test_add_func ("/base/id/order-within-a-millisecond", test_order_within_a_millisecond);
  g_test_add_func ("/base/id/text-round-trip", test_text_round_trip);
  return g_test_run ();
}
