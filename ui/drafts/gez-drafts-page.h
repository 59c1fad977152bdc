/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezDraftsPage:
 *
 * The place "Drafts": everything that was typed on this device and not saved. A row opens the form
 * where it was typed.
 */
#define GEZ_TYPE_DRAFTS_PAGE (gez_drafts_page_get_type ())
G_DECLARE_FINAL_TYPE (GezDraftsPage, gez_drafts_page, GEZ, DRAFTS_PAGE, GtkWidget)

GtkWidget *gez_drafts_page_new (GezContext *context);

G_END_DECLS
