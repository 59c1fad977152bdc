/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "common/gez-chip.h"

G_BEGIN_DECLS

/**
 * GezRow:
 *
 * A row of a boxed list: title, subtitle, chips at the end, widgets before and after. Nothing in it
 * is read as markup. What it shows, chips included, is its accessible name.
 *
 * GtkListBoxRow::activate tells that it was chosen, once gtk_list_box_row_set_activatable() or
 * gez_row_set_leads() says that it can be; a plain row is not activatable.
 */
#define GEZ_TYPE_ROW (gez_row_get_type ())
G_DECLARE_FINAL_TYPE (GezRow, gez_row, GEZ, ROW, GtkListBoxRow)

GtkWidget  *gez_row_new          (const char   *title,
                                  const char   *subtitle);
const char *gez_row_get_title    (GezRow       *self);
void        gez_row_set_title    (GezRow       *self,
                                  const char   *title);
const char *gez_row_get_subtitle (GezRow       *self);
void        gez_row_set_subtitle (GezRow       *self,
                                  const char   *subtitle);
void        gez_row_set_marked   (GezRow       *self,
                                  const char   *title,
                                  const char   *subtitle);
void        gez_row_set_lines    (GezRow       *self,
                                  int           title_lines,
                                  int           subtitle_lines);
GtkWidget  *gez_row_add_chip     (GezRow       *self,
                                  const char   *text,
                                  GezChipStyle  style);
void        gez_row_clear_chips  (GezRow       *self);
void        gez_row_add_prefix   (GezRow       *self,
                                  GtkWidget    *widget);
void        gez_row_add_suffix   (GezRow       *self,
                                  GtkWidget    *widget);
void        gez_row_set_leads    (GezRow       *self,
                                  gboolean      leads);

G_END_DECLS
