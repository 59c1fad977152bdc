/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-store-private.h"

typedef struct
{
  GWeakRef store;
  GError *error;
} Tidings;

static gboolean
tell_cb (gpointer data)
{
  Tidings *tidings = data;
  g_autoptr (GezStore) store = g_weak_ref_get (&tidings->store);

  if (store)
    g_signal_emit_by_name (store, GEZ_STORE_DAMAGED, tidings->error);
  return G_SOURCE_REMOVE;
}

static void
tidings_free (gpointer data)
{
  Tidings *tidings = data;

  g_weak_ref_clear (&tidings->store);
  g_error_free (tidings->error);
  g_free (tidings);
}

/**
 * gez_store_tell_damage:
 * @error: what a query or a commit came upon
 *
 * Emits GezStore::damaged, before the one who asked is told: a page need not show an empty list first.
 *
 * Thread: the worker's.
 */
void
gez_store_tell_damage (GezStore     *self,
                       const GError *error)
{
  Tidings *tidings = g_new0 (Tidings, 1);

  g_weak_ref_init (&tidings->store, self);
  tidings->error = g_error_copy (error);
  g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, tidings, tidings_free);
}
