/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "circle/gez-team-view.h"
#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezTeamPage:
 *
 * Who is in the team, with which roles and devices; who is invited; what team leaders may read. Without a
 * team: how to begin one.
 */
#define GEZ_TYPE_TEAM_PAGE (gez_team_page_get_type ())
G_DECLARE_FINAL_TYPE (GezTeamPage, gez_team_page, GEZ, TEAM_PAGE, AdwPreferencesPage)

GtkWidget *gez_team_page_new  (GezContext        *context);
void       gez_team_page_show (GezTeamPage       *self,
                               const GezTeamView *view);

G_END_DECLS
