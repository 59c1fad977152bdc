/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "unlock/gez-opening.h"

G_BEGIN_DECLS

/**
 * GezWelcomePage:
 *
 * First start: who works here, and a passphrase. GezWelcomePage::opened is emitted with the
 * #GezContext when the store was made.
 */
#define GEZ_TYPE_WELCOME_PAGE (gez_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (GezWelcomePage, gez_welcome_page, GEZ, WELCOME_PAGE, GtkWidget)

GtkWidget *gez_welcome_page_new (const GezOpening *opening);

G_END_DECLS
