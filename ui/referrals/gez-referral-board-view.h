/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"
#include "model/gez-referral-board.h"

G_BEGIN_DECLS

/**
 * GezReferralBoardView:
 *
 * A long list of referrals in sections, kept up to date. A referral opens in its file. News of it
 * is noted with its button, with Ctrl+Enter, or from its menu; Ctrl+T plans another day to call.
 */
#define GEZ_TYPE_REFERRAL_BOARD_VIEW (gez_referral_board_view_get_type ())
G_DECLARE_FINAL_TYPE (GezReferralBoardView, gez_referral_board_view, GEZ, REFERRAL_BOARD_VIEW,
                      GtkWidget)

GtkWidget *gez_referral_board_view_new         (GezContext                   *context,
                                                GtkWidget                    *nothing);
void       gez_referral_board_view_set_filter  (GezReferralBoardView         *self,
                                                const GezReferralBoardFilter *filter);
void       gez_referral_board_view_open_first  (GezReferralBoardView         *self);
guint      gez_referral_board_view_get_n_total (GezReferralBoardView         *self);

G_END_DECLS
