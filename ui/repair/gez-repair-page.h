/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "unlock/gez-opening.h"

G_BEGIN_DECLS

/**
 * GezRepairPage:
 *
 * What shows instead of a damaged file: what is damaged, what was kept, and what can be done about it. Looking
 * writes nothing to the file.
 *
 * GezRepairPage::leave is emitted when there is nothing more to do here: the door is to show again.
 */
#define GEZ_TYPE_REPAIR_PAGE (gez_repair_page_get_type ())
G_DECLARE_FINAL_TYPE (GezRepairPage, gez_repair_page, GEZ, REPAIR_PAGE, GtkWidget)

GtkWidget *gez_repair_page_new (const GezOpening *opening,
                                GezVault         *vault,
                                const GError     *error);

G_END_DECLS
