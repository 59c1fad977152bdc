/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-query.h"

struct _GezQuery
{
  GObject parent_instance;

  GezQueryFunc function;
  gpointer parameters;
  GDestroyNotify free_parameters;
  GDestroyNotify free_result;
  gboolean is_long;
};

G_DEFINE_FINAL_TYPE (GezQuery, gez_query, G_TYPE_OBJECT)

static void
gez_query_finalize (GObject *object)
{
  GezQuery *self = GEZ_QUERY (object);

  if (self->free_parameters)
    g_clear_pointer (&self->parameters, self->free_parameters);
  G_OBJECT_CLASS (gez_query_parent_class)->finalize (object);
}

static void
gez_query_class_init (GezQueryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_query_finalize;
}

static void
gez_query_init (GezQuery *self)
{
}

/**
 * gez_query_new:
 * @function: what reads
 * @parameters: (transfer full): what it needs to know
 * @free_parameters: (nullable): frees @parameters
 * @free_result: (nullable): frees a result that nobody came to fetch
 *
 * Returns: (transfer full): a query that can be run any number of times
 */
GezQuery *
gez_query_new (GezQueryFunc   function,
               gpointer       parameters,
               GDestroyNotify free_parameters,
               GDestroyNotify free_result)
{
  GezQuery *self;

  g_return_val_if_fail (function != NULL, NULL);

  self = g_object_new (GEZ_TYPE_QUERY, NULL);
  self->function = function;
  self->parameters = parameters;
  self->free_parameters = free_parameters;
  self->free_result = free_result;
  return self;
}

/**
 * gez_query_set_long:
 *
 * Marks a query that may take more than a few milliseconds: the reads of the window go before it.
 */
void
gez_query_set_long (GezQuery *self,
                    gboolean  is_long)
{
  g_return_if_fail (GEZ_IS_QUERY (self));

  self->is_long = is_long;
}

gboolean
gez_query_is_long (GezQuery *self)
{
  g_return_val_if_fail (GEZ_IS_QUERY (self), FALSE);

  return self->is_long;
}

/**
 * gez_query_run:
 *
 * Thread: the store's worker.
 *
 * Returns: (transfer full): the result, or %NULL with @error set
 */
gpointer
gez_query_run (GezQuery    *self,
               GezDatabase *database,
               GError     **error)
{
  g_return_val_if_fail (GEZ_IS_QUERY (self), NULL);

  return self->function (database, self->parameters, error);
}

/**
 * gez_query_get_free_result:
 *
 * Returns: (nullable): what frees a result of this query
 */
GDestroyNotify
gez_query_get_free_result (GezQuery *self)
{
  g_return_val_if_fail (GEZ_IS_QUERY (self), NULL);

  return self->free_result;
}
