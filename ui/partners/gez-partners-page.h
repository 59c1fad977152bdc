/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezPartnersPage:
 *
 * The social map: the partners of the team in a list that can be searched, and the chosen one beside
 * it. Where there is no room for both, the chosen one covers the list.
 *
 * GezPartnersPage:can-go-back: whether a partner covers the list.
 */
#define GEZ_TYPE_PARTNERS_PAGE (gez_partners_page_get_type ())
G_DECLARE_FINAL_TYPE (GezPartnersPage, gez_partners_page, GEZ, PARTNERS_PAGE, GtkWidget)

GtkWidget *gez_partners_page_new         (GezContext      *context);
void       gez_partners_page_open        (GezPartnersPage *self,
                                          const GezId     *partner);
gboolean   gez_partners_page_can_go_back (GezPartnersPage *self);
void       gez_partners_page_go_back     (GezPartnersPage *self);

G_END_DECLS
