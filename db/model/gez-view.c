/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-view-private.h"

struct _GezView
{
  GObject parent_instance;

  GHashTable *lists; /* name -> GPtrArray of GezRecord */
};

G_DEFINE_FINAL_TYPE (GezView, gez_view, G_TYPE_OBJECT)

static void
gez_view_finalize (GObject *object)
{
  GezView *self = GEZ_VIEW (object);

  g_hash_table_unref (self->lists);

  G_OBJECT_CLASS (gez_view_parent_class)->finalize (object);
}

static void
gez_view_class_init (GezViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_view_finalize;
}

static void
gez_view_init (GezView *self)
{
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_ptr_array_unref);
}

/**
 * gez_view_new:
 *
 * Returns: (transfer full): an empty view, for a query to fill
 */
GezView *
gez_view_new (void)
{
  return g_object_new (GEZ_TYPE_VIEW, NULL);
}

/**
 * gez_view_take:
 * @self: a view that did not leave its query yet
 * @name: name of a part of the page
 * @records: (transfer full) (nullable): its records; %NULL when reading them failed
 *
 * Thread: the store's.
 *
 * Returns: whether there were records to take
 */
gboolean
gez_view_take (GezView    *self,
               const char *name,
               GPtrArray  *records)
{
  g_return_val_if_fail (GEZ_IS_VIEW (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (records == NULL)
    return FALSE;
  g_hash_table_replace (self->lists, g_strdup (name), records);
  return TRUE;
}

/**
 * gez_view_get_list:
 * @name: name of a list of this view
 *
 * Thread: any.
 *
 * Returns: (transfer none) (element-type GezRecord): its records, possibly none
 */
GPtrArray *
gez_view_get_list (GezView    *self,
                   const char *name)
{
  GPtrArray *records;

  g_return_val_if_fail (GEZ_IS_VIEW (self), NULL);

  records = g_hash_table_lookup (self->lists, name);
  g_return_val_if_fail (records != NULL, NULL);
  return records;
}

/**
 * gez_view_get_record:
 * @name: name of a single record of this view
 *
 * Thread: any.
 *
 * Returns: (transfer none) (nullable): the record; %NULL when there is none
 */
GezRecord *
gez_view_get_record (GezView    *self,
                     const char *name)
{
  GPtrArray *records = gez_view_get_list (self, name);

  return records != NULL && records->len > 0 ? g_ptr_array_index (records, 0) : NULL;
}

/**
 * gez_view_read:
 * @parts: the lists of the page
 * @n_parts: how many
 * @subject: what the page is about
 *
 * Thread: the store's.
 *
 * Returns: (transfer full): a view with these lists, or %NULL with @error set
 */
GezView *
gez_view_read (GezDatabase       *database,
               const GezViewPart *parts,
               guint              n_parts,
               const GezId       *subject,
               GError           **error)
{
  g_autofree char *today = gez_clock_get_today (gez_database_get_clock (database));
  g_autoptr (GezView) self = gez_view_new ();

  for (guint i = 0; i < n_parts; i++)
    if (!gez_view_take (self, parts[i].name,
                        gez_record_list (database, error, parts[i].sql, GEZ_TEXT, today, GEZ_ID,
                                         subject, GEZ_END)))
      return NULL;
  return g_steal_pointer (&self);
}
