/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "unlock/gez-opening.h"

G_BEGIN_DECLS

/**
 * GezUnlockPage:
 *
 * Asks for the passphrase. GezUnlockPage::opened is emitted with the #GezContext when it was right.
 */
#define GEZ_TYPE_UNLOCK_PAGE (gez_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (GezUnlockPage, gez_unlock_page, GEZ, UNLOCK_PAGE, GtkWidget)

GtkWidget *gez_unlock_page_new (const GezOpening *opening);

G_END_DECLS
