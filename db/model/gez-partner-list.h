/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-page.h"

G_BEGIN_DECLS

/**
 * GezPartnerFilter:
 * @search: (nullable): words of the name, what they are, what they offer and to whom, their area,
 *   contact persons or conditions; each may be the beginning of a word; %NULL for all
 * @domain_code: (nullable): only partners that work on this domain
 * @area: (nullable): only partners of exactly this area
 * @is_unchecked: only partners that nobody checked for more than a year
 */
typedef struct
{
  const char *search;
  const char *domain_code;
  const char *area;
  gboolean is_unchecked;
} GezPartnerFilter;

GezQuery *gez_partner_list_query    (const GezPartnerFilter *filter,
                                     guint                   offset,
                                     guint                   limit);
GezQuery *gez_partner_similar_query (const char             *name,
                                     guint                   limit);
GezQuery *gez_partner_areas_query   (void);

G_END_DECLS
