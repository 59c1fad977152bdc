/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezSheetReminder:
 *
 * A card that shows while there is no recovery sheet, or while nobody looked at it for a year. It can be
 * put off. The store of the demonstration never shows it.
 */
#define GEZ_TYPE_SHEET_REMINDER (gez_sheet_reminder_get_type ())
G_DECLARE_FINAL_TYPE (GezSheetReminder, gez_sheet_reminder, GEZ, SHEET_REMINDER, GtkWidget)

GtkWidget *gez_sheet_reminder_new (GezContext *context);

G_END_DECLS
