/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database.h"
#include "store/gez-store.h"

G_BEGIN_DECLS

/**
 * GezStoreActFunc:
 * @database: the connection, for the length of this call
 * @data: what the act was made with
 * @tables: (element-type utf8): takes the names of the local tables that it touches, g_strdup()ed;
 *   shared ones are known from the capture
 *
 * Writes. It runs on the store's thread, in a write transaction with the capture on, so that local rows and
 * shared ones are written together or not at all.
 *
 * Returns: %FALSE with @error set: nothing is kept
 */
typedef gboolean (*GezStoreActFunc) (GezDatabase *database,
                                     gpointer     data,
                                     GPtrArray   *tables,
                                     GError     **error);

gboolean gez_store_act        (GezStore            *self,
                               const char          *name,
                               GezStoreActFunc      function,
                               gpointer             data,
                               GError             **error);
void     gez_store_act_async  (GezStore            *self,
                               const char          *name,
                               GezStoreActFunc      function,
                               gpointer             data,
                               GDestroyNotify       free_data,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean gez_store_act_finish (GezStore            *self,
                               GAsyncResult        *result,
                               GError             **error);

G_END_DECLS
