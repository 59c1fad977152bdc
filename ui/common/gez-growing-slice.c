/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-growing-slice.h"

/*
 * GtkListView makes a widget for each of some 200 rows around what shows, in one stretch. With rows
 * of several labels that is many frames. So it is given fewer rows, and more of them later.
 *
 * 1. A slice starts at the first row: a position in it is the position in the model.
 * 2. The source is there exactly as long as the model has more than the slice shows.
 */

#define FIRST 18
#define MORE 12

static const char source_key[] = "gez-growing-slice-source";

static void grow_when_idle (GtkSliceListModel *slice);

static gboolean
grow_cb (gpointer slice)
{
  g_object_set_data (slice, source_key, NULL);
  gtk_slice_list_model_set_size (slice, gtk_slice_list_model_get_size (slice) + MORE);
  grow_when_idle (slice);
  return G_SOURCE_REMOVE;
}

static void
remove_source (gpointer id)
{
  GSource *source = g_main_context_find_source_by_id (NULL, GPOINTER_TO_UINT (id));

  /* It may be the one that runs now and ends by itself. */
  if (source != NULL && source != g_main_current_source ())
    g_source_destroy (source);
}

static void
grow_when_idle (GtkSliceListModel *slice)
{
  GListModel *model = gtk_slice_list_model_get_model (slice);
  guint id;

  if (model == NULL || g_object_get_data (G_OBJECT (slice), source_key) != NULL
      || g_list_model_get_n_items (model) <= gtk_slice_list_model_get_size (slice))
    return;
  id = g_idle_add_full (G_PRIORITY_LOW, grow_cb, slice, NULL);
  g_object_set_data_full (G_OBJECT (slice), source_key, GUINT_TO_POINTER (id), remove_source);
}

/**
 * gez_growing_slice_new:
 * @model: (transfer none): the whole list
 *
 * Thread: the main one.
 *
 * Returns: (transfer full): a list for a view
 */
GtkSliceListModel *
gez_growing_slice_new (GListModel *model)
{
  GtkSliceListModel *slice;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  slice = gtk_slice_list_model_new (g_object_ref (model), 0, FIRST);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (grow_when_idle), slice,
                           G_CONNECT_SWAPPED);
  grow_when_idle (slice);
  return slice;
}

/**
 * gez_growing_slice_restart:
 *
 * Begins small again: another question was asked, and nobody scrolled in its answer yet.
 */
void
gez_growing_slice_restart (GtkSliceListModel *slice)
{
  g_return_if_fail (GTK_IS_SLICE_LIST_MODEL (slice));

  gtk_slice_list_model_set_size (slice, FIRST);
  grow_when_idle (slice);
}
