/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "household/gez-saying.h"
#include "household/gez-score-history.h"
#include "household/gez-score-scale.h"

G_BEGIN_DECLS

/**
 * GezDomainScores:
 *
 * How it goes in one life domain: how it went, what each voice says now, and whether it was asked
 * at all. Choosing a score saves it.
 */
#define GEZ_TYPE_DOMAIN_SCORES (gez_domain_scores_get_type ())
G_DECLARE_FINAL_TYPE (GezDomainScores, gez_domain_scores, GEZ, DOMAIN_SCORES, GtkWidget)

GtkWidget       *gez_domain_scores_new         (GezSaying       *saying);
void             gez_domain_scores_show        (GezDomainScores *self,
                                                GPtrArray       *scores,
                                                const char      *asked);
void             gez_domain_scores_toggle      (GezDomainScores *self);
GezScoreHistory *gez_domain_scores_get_history (GezDomainScores *self);
GezScoreScale   *gez_domain_scores_get_scale   (GezDomainScores *self,
                                                GezScoreVoice    voice);

G_END_DECLS
