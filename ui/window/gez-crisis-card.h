/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-lists.h"

G_BEGIN_DECLS

/**
 * GezCrisisCard:
 *
 * Whom to call when it cannot wait, in large numbers that can be copied. It holds nothing of a
 * household, so it shows while the file is locked too: then the lines that come with the program,
 * because those of the team are encrypted with everything else.
 */
#define GEZ_TYPE_CRISIS_CARD (gez_crisis_card_get_type ())
G_DECLARE_FINAL_TYPE (GezCrisisCard, gez_crisis_card, GEZ, CRISIS_CARD, AdwWindow)

GtkWidget *gez_crisis_card_present (GtkWindow *above,
                                    GezLists  *lists);

G_END_DECLS
