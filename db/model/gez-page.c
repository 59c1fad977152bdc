/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-page.h"

struct _GezPage
{
  GObject parent_instance;

  GPtrArray *items;
  gboolean has_more;
  int n_total;
};

G_DEFINE_FINAL_TYPE (GezPage, gez_page, G_TYPE_OBJECT)

static void
gez_page_finalize (GObject *object)
{
  GezPage *self = GEZ_PAGE (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (gez_page_parent_class)->finalize (object);
}

static void
gez_page_class_init (GezPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_page_finalize;
}

static void
gez_page_init (GezPage *self)
{
}

/**
 * gez_page_new:
 * @items: (transfer full) (element-type GObject): the items, each holding a reference
 * @has_more: whether items follow after these
 * @n_total: how many there are in all, -1 when nobody counted
 *
 * Thread: any.
 *
 * Returns: (transfer full): a page
 */
GezPage *
gez_page_new (GPtrArray *items,
              gboolean   has_more,
              int        n_total)
{
  GezPage *self;

  g_return_val_if_fail (items != NULL, NULL);

  self = g_object_new (GEZ_TYPE_PAGE, NULL);
  self->items = items;
  self->has_more = has_more;
  self->n_total = n_total;
  return self;
}

/**
 * gez_page_get_items:
 *
 * Returns: (transfer none) (element-type GObject): the items of this page
 */
GPtrArray *
gez_page_get_items (GezPage *self)
{
  g_return_val_if_fail (GEZ_IS_PAGE (self), NULL);

  return self->items;
}

/**
 * gez_page_has_more:
 *
 * Returns: whether items follow after these
 */
gboolean
gez_page_has_more (GezPage *self)
{
  g_return_val_if_fail (GEZ_IS_PAGE (self), FALSE);

  return self->has_more;
}

/**
 * gez_page_get_n_total:
 *
 * Returns: how many items there are in all, -1 when unknown
 */
int
gez_page_get_n_total (GezPage *self)
{
  g_return_val_if_fail (GEZ_IS_PAGE (self), -1);

  return self->n_total;
}
