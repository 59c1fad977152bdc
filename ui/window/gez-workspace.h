/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezWorkspace:
 *
 * The unlocked window: places on the left, the place on the right. Only the place that shows exists,
 * and stays while a household covers it; the others are built when somebody goes there. Dropping the
 * workspace drops every page, so that nothing stays readable behind the lock.
 */
#define GEZ_TYPE_WORKSPACE (gez_workspace_get_type ())
G_DECLARE_FINAL_TYPE (GezWorkspace, gez_workspace, GEZ, WORKSPACE, GtkWidget)

GtkWidget  *gez_workspace_new            (GezContext   *context);
GezContext *gez_workspace_get_context    (GezWorkspace *self);
void        gez_workspace_show_place     (GezWorkspace *self,
                                          const char   *name);
void        gez_workspace_open_household (GezWorkspace *self,
                                          const GezId  *household,
                                          const char   *tab);
void        gez_workspace_open_partner   (GezWorkspace *self,
                                          const GezId  *partner);
void        gez_workspace_show_readers   (GezWorkspace *self);
void        gez_workspace_go_back        (GezWorkspace *self);

G_END_DECLS
