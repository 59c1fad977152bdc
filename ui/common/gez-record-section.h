/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "common/gez-section.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezRecordRowFunc:
 * @record: what the row is to show
 * @user_data: what the section was made with
 *
 * Returns: (transfer floating): a #GtkListBoxRow
 */
typedef GtkWidget *(*GezRecordRowFunc) (GezRecord *record,
                                        gpointer   user_data);

/**
 * GezRecordSection:
 *
 * A section whose rows follow a list of records. When the list is read again, rows that would look
 * the same stay, so that focus and scrolling stay too. Above a limit a last row offers the rest.
 *
 * GezRecordSection::open (GezRecord *record): a row was chosen.
 */
#define GEZ_TYPE_RECORD_SECTION (gez_record_section_get_type ())
G_DECLARE_FINAL_TYPE (GezRecordSection, gez_record_section, GEZ, RECORD_SECTION, GtkWidget)

GtkWidget  *gez_record_section_new         (const char       *title,
                                            guint             limit,
                                            GezRecordRowFunc  make_row,
                                            gpointer          user_data);
GezSection *gez_record_section_get_section (GezRecordSection *self);
void        gez_record_section_set_records (GezRecordSection *self,
                                            GPtrArray        *records,
                                            const char       *today);

G_END_DECLS
