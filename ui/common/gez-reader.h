/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/gez-store.h"

G_BEGIN_DECLS

/**
 * GezReaderMakeFunc:
 * @widget: the widget that the reader reads for
 *
 * Returns: (transfer full) (nullable): what to read now; %NULL for nothing
 */
typedef GezQuery *(*GezReaderMakeFunc) (gpointer widget);

/**
 * GezReaderShowFunc:
 * @widget: the widget that the reader reads for
 * @result: (transfer none): what the query gave; %NULL when it failed
 * @error: (nullable): why it failed
 */
typedef void (*GezReaderShowFunc) (gpointer      widget,
                                   gpointer      result,
                                   const GError *error);

/**
 * GezReader:
 *
 * Keeps one widget up to date with one query: reads when the widget first shows, and again some
 * moments after a commit that touched one of its tables; while the widget is hidden it waits until
 * it shows again. Only the answer to the newest question arrives. When names are hidden or shown
 * again, the same answer arrives once more.
 */
#define GEZ_TYPE_READER (gez_reader_get_type ())
G_DECLARE_FINAL_TYPE (GezReader, gez_reader, GEZ, READER, GObject)

GezReader *gez_reader_new        (GtkWidget          *widget,
                                  GezStore           *store,
                                  const char * const *tables,
                                  GezReaderMakeFunc   make,
                                  GezReaderShowFunc   show);
void       gez_reader_refresh    (GezReader          *self);
void       gez_reader_invalidate (GezReader          *self);
gboolean   gez_reader_is_reading (GezReader          *self);

G_END_DECLS
