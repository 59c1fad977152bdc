/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezPartnerRow:
 *
 * One line of the social map: name, what they do, where, for which domains, and whether somebody
 * must check it. Every row has the same height.
 */
#define GEZ_TYPE_PARTNER_ROW (gez_partner_row_get_type ())
G_DECLARE_FINAL_TYPE (GezPartnerRow, gez_partner_row, GEZ, PARTNER_ROW, GtkWidget)

GtkWidget *gez_partner_row_new         (void);
void       gez_partner_row_set_partner (GezPartnerRow *self,
                                        GezContext    *context,
                                        GezRecord     *partner);
char      *gez_partner_row_describe    (GezContext    *context,
                                        GezRecord     *partner);

char     **gez_partner_domain_labels   (GezContext    *context,
                                        GezRecord     *partner);

G_END_DECLS
