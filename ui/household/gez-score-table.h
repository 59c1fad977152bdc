/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezScoreTable:
 *
 * How every life domain stands, family and worker beside each other, with where it came from. A
 * row opens its domain.
 */
#define GEZ_TYPE_SCORE_TABLE (gez_score_table_get_type ())
G_DECLARE_FINAL_TYPE (GezScoreTable, gez_score_table, GEZ, SCORE_TABLE, GtkWidget)

GtkWidget *gez_score_table_new  (GezContext    *context,
                                 const GezId   *household);
void       gez_score_table_show (GezScoreTable *self,
                                 GPtrArray     *domains);

G_END_DECLS
