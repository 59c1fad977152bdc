/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "unlock/gez-opening.h"

G_BEGIN_DECLS

/**
 * GezRecoverPage:
 *
 * For who forgot the passphrase: asks for the words of the recovery sheet and a new passphrase, and opens
 * the store. Says so where there is no sheet.
 *
 * GezRecoverPage::opened (GezContext *context): the store is open, with the new passphrase.
 * GezRecoverPage::back: somebody remembers the passphrase after all.
 */
#define GEZ_TYPE_RECOVER_PAGE (gez_recover_page_get_type ())
G_DECLARE_FINAL_TYPE (GezRecoverPage, gez_recover_page, GEZ, RECOVER_PAGE, GtkWidget)

GtkWidget *gez_recover_page_new (const GezOpening *opening);

G_END_DECLS
