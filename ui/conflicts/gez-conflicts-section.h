/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezConflictsSection:
 *
 * The files in which two people filled in a field differently, for Today. It takes no room while there are
 * none.
 *
 * GezConflictsSection:is-empty (gboolean): whether there are none, as far as is known.
 */
#define GEZ_TYPE_CONFLICTS_SECTION (gez_conflicts_section_get_type ())
G_DECLARE_FINAL_TYPE (GezConflictsSection, gez_conflicts_section, GEZ, CONFLICTS_SECTION, GtkWidget)

GtkWidget *gez_conflicts_section_new      (GezContext          *context);
gboolean   gez_conflicts_section_is_empty (GezConflictsSection *self);

G_END_DECLS
