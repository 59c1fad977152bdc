/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "unlock/gez-opening.h"

G_BEGIN_DECLS

/**
 * GezUnlockPage:
 *
 * Asks for the passphrase of a store and opens it. Shows nothing of what is in it.
 *
 * GezUnlockPage::opened (GezContext *context): the store is open.
 * GezUnlockPage::forgotten: somebody does not know the passphrase any more.
 */
#define GEZ_TYPE_UNLOCK_PAGE (gez_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (GezUnlockPage, gez_unlock_page, GEZ, UNLOCK_PAGE, GtkWidget)

GtkWidget *gez_unlock_page_new      (const GezOpening *opening);
void       gez_unlock_page_set_busy (GezUnlockPage    *self,
                                     const char       *sentence);
void       gez_unlock_page_say      (GezUnlockPage    *self,
                                     const GError     *error);

G_END_DECLS
