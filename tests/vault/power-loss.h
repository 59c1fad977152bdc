/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * PowerLosses:
 * @n_recoveries: times that the power went and the database was opened again
 * @n_again: times that it went once more before that
 * @n_lost: times that something acknowledged was gone or changed, or half of a commit there
 * @n_shut: times that the database did not open
 * @n_unsound: times that it failed its integrity check
 * @n_refused: operations that the encrypting file system did not expect
 *
 * What came of a run.
 */
typedef struct
{
  guint n_recoveries;
  guint n_again;
  guint n_lost;
  guint n_shut;
  guint n_unsound;
  guint n_refused;
} PowerLosses;

PowerLosses power_losses_run   (guint32            seed,
                                guint              n_recoveries);
guint       power_losses_count (const PowerLosses *losses);
