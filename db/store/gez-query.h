/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database.h"

G_BEGIN_DECLS

/**
 * GezQueryFunc:
 * @database: the connection, for the length of this call
 * @parameters: what the query was made with
 *
 * Reads. It runs on the store's thread, in one read transaction, so that everything it reads
 * belongs together.
 *
 * Returns: (transfer full): the result, or %NULL with @error set
 */
typedef gpointer (*GezQueryFunc) (GezDatabase *database,
                                  gpointer     parameters,
                                  GError     **error);

#define GEZ_TYPE_QUERY (gez_query_get_type ())
G_DECLARE_FINAL_TYPE (GezQuery, gez_query, GEZ, QUERY, GObject)

GezQuery *gez_query_new (GezQueryFunc   function,
                         gpointer       parameters,
                         GDestroyNotify free_parameters,
                         GDestroyNotify free_result);
gpointer  gez_query_run (GezQuery      *self,
                         GezDatabase   *database,
                         GError       **error);
void      gez_query_set_long (GezQuery  *self,
                         gboolean       is_long);
gboolean  gez_query_is_long (GezQuery   *self);
GDestroyNotify gez_query_get_free_result (GezQuery *self);

G_END_DECLS
