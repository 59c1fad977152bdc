/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezReferralBoardRow:
 *
 * One line of a long list of referrals: a referral, with a button to note news of it, or the heading
 * of a section. All rows of one width have one height: GtkListView needs that.
 *
 * The button activates `referrals.note` with the identity of the referral.
 */
#define GEZ_TYPE_REFERRAL_BOARD_ROW (gez_referral_board_row_get_type ())
G_DECLARE_FINAL_TYPE (GezReferralBoardRow, gez_referral_board_row, GEZ, REFERRAL_BOARD_ROW,
                      GtkWidget)

GtkWidget  *gez_referral_board_row_new      (void);
void        gez_referral_board_row_set_line (GezReferralBoardRow *self,
                                             GezContext          *context,
                                             GezRecord           *line,
                                             const char          *today);
GezRecord  *gez_referral_board_row_get_line (GezReferralBoardRow *self);
const char *gez_referral_board_row_get_name (GezReferralBoardRow *self);

const char *gez_referral_section_get_title  (const char          *section);

G_END_DECLS
