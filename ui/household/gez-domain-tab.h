/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezDomainTab:
 *
 * One life domain of one household: what goes well, what is hard and what they wish, each in the
 * voice of the family and of the worker; how it goes on five points and how it went before; goals
 * and steps; and what else in the file belongs to this domain. What is typed is saved when its
 * field is left, and before that in an encrypted draft.
 */
#define GEZ_TYPE_DOMAIN_TAB (gez_domain_tab_get_type ())
G_DECLARE_FINAL_TYPE (GezDomainTab, gez_domain_tab, GEZ, DOMAIN_TAB, GtkWidget)

GtkWidget *gez_domain_tab_new      (GezContext   *context,
                                    const GezId  *household,
                                    const GezId  *domain);
void       gez_domain_tab_add_goal (GezDomainTab *self);
GtkWidget *gez_domain_tab_get_voices (GezDomainTab *self);
GtkWidget *gez_domain_tab_get_scores (GezDomainTab *self);

G_END_DECLS
