/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezOneFamilyBar:
 *
 * One family, one plan: says in a file that a colleague works with this family too, and whom to ask. Nothing
 * else is told. It looks when the file opens, when somebody of the family is written down, and when
 * colleagues shared something.
 */
#define GEZ_TYPE_ONE_FAMILY_BAR (gez_one_family_bar_get_type ())
G_DECLARE_FINAL_TYPE (GezOneFamilyBar, gez_one_family_bar, GEZ, ONE_FAMILY_BAR, GtkWidget)

GtkWidget *gez_one_family_bar_new (GezContext  *context,
                                   const GezId *household);

G_END_DECLS
