/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-page.h"

G_BEGIN_DECLS

/**
 * GezReferralBoardOrder:
 * @GEZ_REFERRAL_BOARD_BY_STATE: by how far they are, longest in that state first; ended ones newest
 *   first. Sections: "to_send", "under_way", "waiting_list", "did_not_show", "arrived", "ended"
 * @GEZ_REFERRAL_BOARD_BY_CALL_BACK: only those that somebody is to ask about, by the day of the
 *   call. Sections: "late", "today", "soon" (within seven days), "later"
 */
typedef enum
{
  GEZ_REFERRAL_BOARD_BY_STATE,
  GEZ_REFERRAL_BOARD_BY_CALL_BACK,
} GezReferralBoardOrder;

/**
 * GezReferralBoardFilter:
 * @search: words of the partner, of the household or of the question, each may be the beginning of
 *   a word; %NULL for all
 * @mine_of: only what this member made or what is of a household of hers; none for all
 * @stage: (nullable): only this section of %GEZ_REFERRAL_BOARD_BY_STATE, whatever the order; %NULL
 *   for all but "ended"
 * @order: order, and sections
 */
typedef struct
{
  const char *search;
  GezId mine_of;
  const char *stage;
  GezReferralBoardOrder order;
} GezReferralBoardFilter;

GezQuery *gez_referral_board_query (const GezReferralBoardFilter *filter,
                                    guint                         offset,
                                    guint                         limit);

G_END_DECLS
