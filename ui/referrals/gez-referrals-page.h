/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezReferralsPage:
 *
 * The place "Doorverwijzingen": the referrals of all households, by how far they are and how long,
 * or as the list of whom to call back. A referral opens in its file.
 */
#define GEZ_TYPE_REFERRALS_PAGE (gez_referrals_page_get_type ())
G_DECLARE_FINAL_TYPE (GezReferralsPage, gez_referrals_page, GEZ, REFERRALS_PAGE, GtkWidget)

GtkWidget *gez_referrals_page_new (GezContext *context);

G_END_DECLS
