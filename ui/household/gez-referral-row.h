/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezReferralRow:
 *
 * One referral: to whom, how far it is, and unfolded what is known about it and what happened on
 * the way. It unfolds when it is activated.
 *
 * Signal `add-event`: a person wants to add what happened.
 */
#define GEZ_TYPE_REFERRAL_ROW (gez_referral_row_get_type ())
G_DECLARE_FINAL_TYPE (GezReferralRow, gez_referral_row, GEZ, REFERRAL_ROW, GtkListBoxRow)

GtkWidget *gez_referral_row_new          (GezContext     *context,
                                          GezRecord      *referral,
                                          GPtrArray      *events);
GezRecord *gez_referral_row_get_referral (GezReferralRow *self);
gboolean   gez_referral_row_is_open      (GezReferralRow *self);
void       gez_referral_row_set_open     (GezReferralRow *self,
                                          gboolean        open);

G_END_DECLS
