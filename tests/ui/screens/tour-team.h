/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"
#include "tour.h"

G_BEGIN_DECLS

void       tour_visit_team    (Tour        *self,
                               GezContext  *context,
                               TourVisit    visit,
                               gpointer     data);
GtkWidget *tour_join_page_new (void);

G_END_DECLS
