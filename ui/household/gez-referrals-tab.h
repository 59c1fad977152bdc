/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezReferralsTab:
 *
 * "Doorverwijzingen" of one household: to whom, how far it is, and what happened on the way.
 */
#define GEZ_TYPE_REFERRALS_TAB (gez_referrals_tab_get_type ())
G_DECLARE_FINAL_TYPE (GezReferralsTab, gez_referrals_tab, GEZ, REFERRALS_TAB, GtkWidget)

GtkWidget *gez_referrals_tab_new   (GezContext      *context,
                                    const GezId     *household);
void       gez_referrals_tab_start (GezReferralsTab *self);
void       gez_referrals_tab_show  (GezReferralsTab *self,
                                    const GezId     *referral);

G_END_DECLS
