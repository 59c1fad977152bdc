/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-reader.h"

#include "common/gez-discretion.h"

/*
 * 1. The widget owns the reader and drops it in its dispose; the reader never keeps the widget, and knows
 *    when it is gone: a read on its way keeps the reader.
 * 2. At most one read is wanted: starting another cancels the one before, whose answer is dropped.
 * 3. Commits that follow each other closely lead to one read: import and typing write in bursts.
 * 4. What is not mapped is not read; it is remembered as stale and read when it shows.
 * 5. The last answer is kept: hiding names shows it again, at once and also where it is not mapped.
 */
struct _GezReader
{
  GObject parent_instance;

  GtkWidget *widget;
  GezStore *store;
  const char * const *tables;
  GezReaderMakeFunc make;
  GezReaderShowFunc show;
  GCancellable *cancellable;
  gpointer answer; /* the last one, or NULL */
  GDestroyNotify free_answer;
  guint timeout;
  gboolean is_stale;
};

G_DEFINE_FINAL_TYPE (GezReader, gez_reader, G_TYPE_OBJECT)

/* Long enough to gather a burst, too short to be noticed. */
#define COALESCE_MILLISECONDS 30

typedef struct
{
  GezReader *reader;
  GezQuery *query;
  GCancellable *cancellable;
} Read;

static void
read_free (Read *read)
{
  g_object_unref (read->reader);
  g_object_unref (read->query);
  g_object_unref (read->cancellable);
  g_free (read);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Read, read_free)

static void
forget_read (GezReader *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
forget_timeout (GezReader *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
}

static void
keep_answer (GezReader     *self,
             gpointer       answer,
             GDestroyNotify free_answer)
{
  if (self->answer != NULL)
    self->free_answer (self->answer);
  self->answer = answer;
  self->free_answer = free_answer;
}

static void
discretion_changed_cb (GezReader *self)
{
  if (self->widget != NULL && self->answer != NULL)
    self->show (self->widget, self->answer, NULL);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Read) read = user_data;
  GezReader *self = read->reader;
  g_autoptr (GError) error = NULL;
  gpointer answer = gez_store_run_finish (GEZ_STORE (source), result, &error);
  gboolean is_newest = self->cancellable == read->cancellable;

  if (is_newest)
    g_clear_object (&self->cancellable);

  if (self->widget != NULL && is_newest
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED))
    {
      g_autoptr (GtkWidget) widget = g_object_ref (self->widget);

      self->show (widget, answer, error);
      if (answer != NULL)
        keep_answer (self, g_steal_pointer (&answer), gez_query_get_free_result (read->query));
    }

  if (answer != NULL)
    gez_query_get_free_result (read->query) (answer);
}

static gboolean
timeout_cb (gpointer user_data)
{
  GezReader *self = user_data;

  self->timeout = 0;
  if (self->widget == NULL)
    return G_SOURCE_REMOVE;
  if (gtk_widget_get_mapped (self->widget))
    gez_reader_refresh (self);
  else
    self->is_stale = TRUE;

  return G_SOURCE_REMOVE;
}

static void
changed_cb (GezReader          *self,
            const char * const *tables)
{
  for (gsize i = 0; tables[i] != NULL; i++)
    {
      if (g_strv_contains (self->tables, tables[i]))
        {
          gez_reader_invalidate (self);
          return;
        }
    }
}

static void
map_cb (GezReader *self)
{
  if (self->is_stale)
    gez_reader_refresh (self);
}

static void
gez_reader_dispose (GObject *object)
{
  GezReader *self = GEZ_READER (object);

  forget_timeout (self);
  forget_read (self);
  if (self->widget != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->widget, self);
      g_object_remove_weak_pointer (G_OBJECT (self->widget), (gpointer *) &self->widget);
    }
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  self->widget = NULL;
  g_clear_object (&self->store);
  keep_answer (self, NULL, NULL);

  G_OBJECT_CLASS (gez_reader_parent_class)->dispose (object);
}

static void
gez_reader_class_init (GezReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_reader_dispose;
}

static void
gez_reader_init (GezReader *self)
{
  self->is_stale = TRUE;
}

/**
 * gez_reader_new:
 * @widget: (transfer none): whom to read for; it drops the reader in its own dispose, after which an
 *   answer that is still on its way comes to nobody
 * @store: what to read from
 * @tables: %NULL-ended names of the tables whose commits make the widget stale; kept, not copied
 * @make: makes the query from what the widget shows now
 * @show: shows the result
 *
 * Returns: (transfer full): the reader; it has not read anything yet
 */
GezReader *
gez_reader_new (GtkWidget          *widget,
                GezStore           *store,
                const char * const *tables,
                GezReaderMakeFunc   make,
                GezReaderShowFunc   show)
{
  GezReader *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (GEZ_IS_STORE (store), NULL);
  g_return_val_if_fail (tables != NULL && make != NULL && show != NULL, NULL);

  self = g_object_new (GEZ_TYPE_READER, NULL);
  self->widget = widget;
  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &self->widget);
  self->store = g_object_ref (store);
  self->tables = tables;
  self->make = make;
  self->show = show;
  g_signal_connect_swapped (widget, "map", G_CALLBACK (map_cb), self);
  g_signal_connect_swapped (store, "changed", G_CALLBACK (changed_cb), self);
  gez_discretion_watch (self, G_CALLBACK (discretion_changed_cb));

  return self;
}

/**
 * gez_reader_refresh:
 * @self: a reader
 *
 * Reads at once, whether the widget shows or not.
 */
void
gez_reader_refresh (GezReader *self)
{
  g_autoptr (GezQuery) query = NULL;
  Read *read;

  g_return_if_fail (GEZ_IS_READER (self));

  forget_timeout (self);
  forget_read (self);
  self->is_stale = FALSE;
  if (self->widget == NULL)
    return;

  query = self->make (self->widget);
  if (query == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  read = g_new0 (Read, 1);
  read->reader = g_object_ref (self);
  read->query = g_object_ref (query);
  read->cancellable = g_object_ref (self->cancellable);
  gez_store_run_async (self->store, query, self->cancellable, read_cb, read);
}

/**
 * gez_reader_invalidate:
 * @self: a reader
 *
 * What the widget shows is no longer so: reads soon, or when the widget shows again.
 */
void
gez_reader_invalidate (GezReader *self)
{
  g_return_if_fail (GEZ_IS_READER (self));

  if (self->timeout == 0)
    self->timeout = g_timeout_add (COALESCE_MILLISECONDS, timeout_cb, self);
}

/**
 * gez_reader_is_reading:
 * @self: a reader
 *
 * Returns: whether an answer is on its way or due
 */
gboolean
gez_reader_is_reading (GezReader *self)
{
  g_return_val_if_fail (GEZ_IS_READER (self), FALSE);

  return self->cancellable != NULL || self->timeout != 0;
}
