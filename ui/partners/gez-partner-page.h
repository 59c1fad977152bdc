/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezPartnerPage:
 *
 * Everything about one partner of the social map, kept up to date: what they offer and to whom, how
 * to reach them, the five B's, when somebody checked it, and the referrals to them.
 *
 * GezPartnerPage::gone: the partner is not in the social map (any more).
 */
#define GEZ_TYPE_PARTNER_PAGE (gez_partner_page_get_type ())
G_DECLARE_FINAL_TYPE (GezPartnerPage, gez_partner_page, GEZ, PARTNER_PAGE, GtkWidget)

GtkWidget *gez_partner_page_new  (GezContext     *context);
void       gez_partner_page_show (GezPartnerPage *self,
                                  const GezId    *partner);

G_END_DECLS
