/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "power-loss.h"

/*
 * Built four times: with the vault as it is, which loses nothing, and with each of three defects,
 * which this test must be able to see. GEZINSPLAN_RECOVERIES and GEZINSPLAN_SEED ask for more.
 */

static guint
ask_environment (const char *name,
                 guint       otherwise)
{
  const char *text = g_getenv (name);

  return text ? (guint) strtoul (text, NULL, 10) : otherwise;
}

static void
test_power_loss (void)
{
  guint n_recoveries = ask_environment ("GEZINSPLAN_RECOVERIES", 300);
  guint seed = ask_environment ("GEZINSPLAN_SEED", 1);
#ifdef EXPECT_LOSSES
  PowerLosses losses = power_losses_run (seed, n_recoveries, TRUE);
#else
  PowerLosses losses = power_losses_run (seed, n_recoveries, FALSE);
#endif

  g_test_message ("%u recoveries: %u lost, %u shut, %u unsound, %u refused", losses.n_recoveries,
                  losses.n_lost, losses.n_shut, losses.n_unsound, losses.n_refused);
#ifdef EXPECT_LOSSES
  g_assert_cmpuint (power_losses_count (&losses), >, 0);
#else
  g_assert_cmpuint (losses.n_recoveries, ==, n_recoveries);
  g_assert_cmpuint (power_losses_count (&losses), ==, 0);
  g_assert_cmpuint (losses.n_refused, ==, 0);
#endif
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#ifdef EXPECT_LOSSES
  g_test_add_func ("/vault/power-loss/defect-is-seen", test_power_loss);
#else
  g_test_add_func ("/vault/power-loss/nothing-lost", test_power_loss);
#endif
  return g_test_run ();
}
