/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "circle/gez-team-view.h"
#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezPersonRow:
 *
 * Somebody of the team: role and devices; the digits to compare; and, for who may, what can be changed.
 */
#define GEZ_TYPE_PERSON_ROW (gez_person_row_get_type ())
G_DECLARE_FINAL_TYPE (GezPersonRow, gez_person_row, GEZ, PERSON_ROW, AdwExpanderRow)

GtkWidget *gez_person_row_new (GezContext          *context);
void       gez_person_row_set (GezPersonRow        *self,
                               const GezTeamPerson *person,
                               gboolean             viewer_is_leader);

G_END_DECLS
