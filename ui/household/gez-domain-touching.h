/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"
#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * GezDomainTouching:
 *
 * What else a file says of one life domain: who helps with it, referrals, contacts, notes, questions
 * and follow-ups. Each row opens the tab where it stands; what is added here starts with the domain.
 *
 * GezDomainTouching::more: a person wants to see all of it.
 */
#define GEZ_TYPE_DOMAIN_TOUCHING (gez_domain_touching_get_type ())
G_DECLARE_FINAL_TYPE (GezDomainTouching, gez_domain_touching, GEZ, DOMAIN_TOUCHING, GtkWidget)

GtkWidget *gez_domain_touching_new  (GezContext        *context,
                                     const GezId       *household,
                                     const GezId       *domain);
void       gez_domain_touching_show (GezDomainTouching *self,
                                     GezView           *view);

G_END_DECLS
