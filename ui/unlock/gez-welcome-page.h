/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "unlock/gez-opening.h"

G_BEGIN_DECLS

/**
 * GezWelcomePage:
 *
 * The first start: says what the program is, asks who works here and for a passphrase, and makes
 * the store.
 *
 * GezWelcomePage::opened (GezContext *context): the store was made and is open.
 */
#define GEZ_TYPE_WELCOME_PAGE (gez_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (GezWelcomePage, gez_welcome_page, GEZ, WELCOME_PAGE, GtkWidget)

GtkWidget *gez_welcome_page_new (const GezOpening *opening);

G_END_DECLS
