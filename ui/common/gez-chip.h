/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezChipStyle:
 * @GEZ_CHIP_NEUTRAL: a fact, and every score (a colour would label the family)
 * @GEZ_CHIP_ACCENT: something under way
 * @GEZ_CHIP_WARNING: something is waiting for the worker
 * @GEZ_CHIP_SUCCESS: something was reached
 *
 * How a chip looks. The text always says it too.
 */
typedef enum
{
  GEZ_CHIP_NEUTRAL,
  GEZ_CHIP_ACCENT,
  GEZ_CHIP_WARNING,
  GEZ_CHIP_SUCCESS,
} GezChipStyle;

/* A chip is a small rounded GtkLabel. It never reads markup. */
GtkWidget *gez_chip_new (const char   *text,
                         GezChipStyle  style);
void       gez_chip_set (GtkWidget    *chip,
                         const char   *text,
                         GezChipStyle  style);

G_END_DECLS
