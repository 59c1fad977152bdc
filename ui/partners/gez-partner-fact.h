/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/gez-field-row.h"

G_BEGIN_DECLS

/**
 * GezPartnerFact:
 *
 * A row of a boxed list that says one thing: what it is, small, above what is known, which can be
 * selected, and copied with one press where that helps. It never reads markup. It hides while
 * nothing is known.
 */
#define GEZ_TYPE_PARTNER_FACT (gez_partner_fact_get_type ())
G_DECLARE_FINAL_TYPE (GezPartnerFact, gez_partner_fact, GEZ, PARTNER_FACT, GezFieldRow)

GtkWidget *gez_partner_fact_new      (const char     *title,
                                      gboolean        can_copy);
void       gez_partner_fact_set_text (GezPartnerFact *self,
                                      const char     *text);

G_END_DECLS
