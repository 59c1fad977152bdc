/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-team-view.h"
#include "gez-ctl.h"

G_BEGIN_DECLS

char        *gez_ctl_folder_uri   (const char      *folder);
gboolean     gez_ctl_found        (GezStore        *store,
                                   const char      *folder,
                                   GCancellable    *cancellable,
                                   GError         **error);
GezTeamView *gez_ctl_read_team    (GezStore        *store,
                                   GError         **error);
const GezTeamPerson *gez_ctl_find_person (GezTeamView *view,
                                   const char      *text,
                                   GError         **error);

G_END_DECLS
