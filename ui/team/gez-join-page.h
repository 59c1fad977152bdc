/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "unlock/gez-opening.h"

G_BEGIN_DECLS

/**
 * GezJoinPage:
 *
 * For who was invited: chooses the shared folder, takes the words of the invitation, says whose they are,
 * asks for a passphrase, and makes a store that is in the team.
 *
 * GezJoinPage::joined (GezContext *context): the store is made and open.
 * GezJoinPage::back: somebody was not invited after all.
 */
#define GEZ_TYPE_JOIN_PAGE (gez_join_page_get_type ())
G_DECLARE_FINAL_TYPE (GezJoinPage, gez_join_page, GEZ, JOIN_PAGE, GtkWidget)

GtkWidget *gez_join_page_new        (const GezOpening *opening);
void       gez_join_page_set_folder (GezJoinPage      *self,
                                     const char       *uri);

G_END_DECLS
