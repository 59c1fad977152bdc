/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezPartnersList:
 *
 * The partners of the team, with what finds one of them: words, a domain, an area, and who was not
 * checked for a year.
 *
 * GezPartnersList::chosen (GezRecord *partner): a person moved the selection to it.
 * GezPartnersList::opened (GezRecord *partner): a person activated it.
 * The list expects the actions partners.add, and partners.add-named with a name, above it.
 */
#define GEZ_TYPE_PARTNERS_LIST (gez_partners_list_get_type ())
G_DECLARE_FINAL_TYPE (GezPartnersList, gez_partners_list, GEZ, PARTNERS_LIST, GtkWidget)

GtkWidget *gez_partners_list_new          (GezContext      *context);
void       gez_partners_list_choose       (GezPartnersList *self,
                                           const GezId     *partner);
void       gez_partners_list_set_narrow   (GezPartnersList *self,
                                           gboolean         is_narrow);
void       gez_partners_list_focus_chosen (GezPartnersList *self);

G_END_DECLS
