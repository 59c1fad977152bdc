/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "counts.h"
#include "power-loss.h"

/* GEZINSPLAN_RECOVERIES and GEZINSPLAN_SEED ask for more, or others. */

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
  guint n_recoveries = ask_environment ("GEZINSPLAN_RECOVERIES", 1000);
  guint seed = ask_environment ("GEZINSPLAN_SEED", 1);
  PowerLosses losses = power_losses_run (seed, n_recoveries);

  g_test_message ("seed %u, %u recoveries: %u lost, %u shut, %u unsound, %u refused", seed,
                  losses.n_recoveries, losses.n_lost, losses.n_shut, losses.n_unsound,
                  losses.n_refused);
  counts_add ("recoveries after a power loss", losses.n_recoveries);
  counts_add ("power losses in the middle of a recovery", losses.n_again);
  g_assert_cmpuint (power_losses_count (&losses), ==, 0);
  g_assert_cmpuint (losses.n_recoveries, ==, n_recoveries);
  g_assert_cmpuint (losses.n_refused, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/power-loss/nothing-lost", test_power_loss);
  return g_test_run ();
}
