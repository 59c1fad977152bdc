/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezPartnerChoices:
 *
 * A life domain and an area to choose from. The areas are those that partners work in.
 *
 * GezPartnerChoices::changed: another one is chosen.
 */
#define GEZ_TYPE_PARTNER_CHOICES (gez_partner_choices_get_type ())
G_DECLARE_FINAL_TYPE (GezPartnerChoices, gez_partner_choices, GEZ, PARTNER_CHOICES, GtkWidget)

GtkWidget  *gez_partner_choices_new        (GezContext        *context);
const char *gez_partner_choices_get_domain (GezPartnerChoices *self);
const char *gez_partner_choices_get_area   (GezPartnerChoices *self);

G_END_DECLS
