/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a list view shows of a long list: a screen and a half at once, the rest a handful at a time
 * when nothing else is to be done, so that the window answers while rows are made. */
GtkSliceListModel *gez_growing_slice_new     (GListModel        *model);
void               gez_growing_slice_restart (GtkSliceListModel *slice);

G_END_DECLS
