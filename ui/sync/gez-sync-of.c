/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-sync-of.h"

/**
 * gez_sync_of:
 * @context: of the open store
 *
 * Whoever asks first makes it; it goes with the context when the file is locked.
 *
 * Returns: (transfer none): what keeps the store and its shared folder in step
 */
GezSync *
gez_sync_of (GezContext *context)
{
  static const char key[] = "gez-sync";
  GezSync *sync;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  sync = g_object_get_data (G_OBJECT (context), key);
  if (sync == NULL)
    {
      sync = gez_sync_new (gez_context_get_store (context));
      g_object_set_data_full (G_OBJECT (context), key, sync, g_object_unref);
    }
  return sync;
}
