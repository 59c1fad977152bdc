/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezPartnerField:
 *
 * Asks for an organisation: what is typed is looked for in the social map, and what is not there
 * can stay as it was typed. Signal `changed`.
 */
#define GEZ_TYPE_PARTNER_FIELD (gez_partner_field_get_type ())
G_DECLARE_FINAL_TYPE (GezPartnerField, gez_partner_field, GEZ, PARTNER_FIELD, GtkWidget)

GtkWidget   *gez_partner_field_new         (GezContext      *context,
                                            const char      *title);
void         gez_partner_field_set         (GezPartnerField *self,
                                            const GezId     *partner,
                                            const char      *name);
const GezId *gez_partner_field_get_partner (GezPartnerField *self);
char        *gez_partner_field_dup_text    (GezPartnerField *self);

G_END_DECLS
