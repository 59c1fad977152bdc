/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "circle/gez-team-work.h"
#include "model/gez-context.h"

G_BEGIN_DECLS

typedef void (*GezTeamDone) (GtkWidget  *from,
                             GezTeamAct *act);

void gez_team_do (GtkWidget   *from,
                  GezContext  *context,
                  GezTeamAct  *act,
                  const char  *done,
                  GezTeamDone  after);

G_END_DECLS
