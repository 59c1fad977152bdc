/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezFieldRow:
 *
 * A row in which not the row but the field in it takes the focus. Without a field, the row does, so that
 * it can be heard. It cannot be activated.
 */
#define GEZ_TYPE_FIELD_ROW (gez_field_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (GezFieldRow, gez_field_row, GEZ, FIELD_ROW, GtkListBoxRow)

struct _GezFieldRowClass
{
  GtkListBoxRowClass parent_class;
};

GtkWidget *gez_field_row_new (void);

G_END_DECLS
