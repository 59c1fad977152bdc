/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezTodayPage:
 *
 * The place "Today": what asks for attention now. Every row opens where it must be done.
 */
#define GEZ_TYPE_TODAY_PAGE (gez_today_page_get_type ())
G_DECLARE_FINAL_TYPE (GezTodayPage, gez_today_page, GEZ, TODAY_PAGE, GtkWidget)

GtkWidget *gez_today_page_new (GezContext *context);

G_END_DECLS
