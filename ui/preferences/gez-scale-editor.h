/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezScaleEditor:
 *
 * The sentences that the five scores stand for, of all life domains or of one, each edited where it
 * stands. A domain without a sentence of its own shows the general one as what it falls back to.
 */
#define GEZ_TYPE_SCALE_EDITOR (gez_scale_editor_get_type ())
G_DECLARE_FINAL_TYPE (GezScaleEditor, gez_scale_editor, GEZ, SCALE_EDITOR, GtkWidget)

GtkWidget *gez_scale_editor_new        (GezContext     *context);
void       gez_scale_editor_set_domain (GezScaleEditor *self,
                                        const GezId    *domain);
GtkWidget *gez_scale_editor_get_entry  (GezScaleEditor *self,
                                        int             score);

G_END_DECLS
