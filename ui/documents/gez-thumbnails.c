/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. `found` has an entry for every document that was asked for: its picture, or none yet or ever. So a
 *    document that cannot be drawn is tried once for each time that its page is opened.
 * 2. One at a time is read or drawn: a page with fifty photographs must not take the whole computer.
 * 3. After stop() nothing starts and nothing is told; what is on its way keeps the object.
 */

#include "documents/gez-thumbnails.h"

#include "documents/gez-document-kind.h"
#include "documents/gez-document-loader.h"
#include "documents/gez-picture.h"
#include "model/gez-document-content.h"

struct _GezThumbnails
{
  GObject parent_instance;

  GezContext *context; /* NULL: stopped */
  GCancellable *cancellable;
  GHashTable *found; /* GezId to GdkTexture or NULL */
  GQueue wanted;     /* GezRecord */
  GezRecord *current;
};

G_DEFINE_FINAL_TYPE (GezThumbnails, gez_thumbnails, G_TYPE_OBJECT)

enum
{
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void start_next (GezThumbnails *self);

static void
finish_current (GezThumbnails *self)
{
  g_clear_object (&self->current);
  start_next (self);
}

static void
free_texture (gpointer texture)
{
  if (texture != NULL)
    g_object_unref (texture);
}

/* What the store keeps was made here, and is read with the same care as what comes from elsewhere. */
static void
decode_thread (GTask        *task,
               gpointer      source,
               gpointer      bytes,
               GCancellable *cancellable)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  GError *error = NULL;
  g_autoptr (GdkPixbuf) picture = gez_picture_decode (stream, GEZ_DOCUMENT_SMALL, cancellable, &error);

  if (picture != NULL)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (picture), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
decoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GezThumbnails *self = GEZ_THUMBNAILS (source);
  GdkTexture *texture = g_task_propagate_pointer (G_TASK (result), NULL);

  if (texture != NULL && self->context != NULL)
    {
      g_hash_table_replace (self->found, gez_id_copy (gez_record_get_id (self->current)),
                            g_object_ref (texture));
      g_signal_emit (self, signals[READY], 0, self->current);
    }
  g_clear_object (&texture);
  finish_current (self);
}

static void
decode (GezThumbnails *self,
        GBytes        *bytes)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, decoded_cb, NULL);

  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, decode_thread);
}

/* A small picture that could not be kept is made again next time. */
static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GezContext) context = user_data;
  g_autoptr (GError) error = NULL;

  if (!gez_document_set_thumbnail_finish (context, result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("a small picture was not kept: %s", error->message);
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GezThumbnails) self = user_data;
  g_autoptr (GBytes) bytes = gez_document_draw_small_finish (GEZ_CONTEXT (source), result, NULL);

  if (bytes == NULL || self->context == NULL)
    {
      finish_current (self);
      return;
    }
  gez_document_set_thumbnail_async (self->context, gez_record_get_id (self->current), bytes,
                                    self->cancellable, kept_cb, g_object_ref (self->context));
  decode (self, bytes);
}

static void
draw (GezThumbnails *self)
{
  gez_document_draw_small_async (self->context, self->current, self->cancellable, drawn_cb,
                                 g_object_ref (self));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GezThumbnails) self = user_data;
  g_autoptr (GezContext) context = self->context != NULL ? g_object_ref (self->context) : NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (context != NULL)
    bytes = gez_document_read_thumbnail_finish (context, result, NULL);
  if (context == NULL)
    finish_current (self);
  else if (bytes != NULL)
    decode (self, bytes);
  else
    draw (self); /* damaged, or gone: made anew */
}

static gboolean
can_draw (GezRecord *document)
{
  GezDocumentKind kind = gez_document_kind (gez_record_get_text (document, "media_type"));

  return (kind == GEZ_DOCUMENT_KIND_PICTURE || kind == GEZ_DOCUMENT_KIND_PDF)
         && gez_document_can_load (document);
}

static void
start_next (GezThumbnails *self)
{
  if (self->current != NULL || self->context == NULL)
    return;
  self->current = g_queue_pop_head (&self->wanted);
  if (self->current == NULL)
    return;
  if (gez_record_get_integer (self->current, "has_thumbnail") == 0)
    draw (self);
  else
    gez_document_read_thumbnail_async (self->context, gez_record_get_id (self->current),
                                       self->cancellable, read_cb, g_object_ref (self));
}

static void
gez_thumbnails_finalize (GObject *object)
{
  GezThumbnails *self = GEZ_THUMBNAILS (object);

  gez_thumbnails_stop (self);
  g_clear_object (&self->current);
  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->found);

  G_OBJECT_CLASS (gez_thumbnails_parent_class)->finalize (object);
}

static void
gez_thumbnails_class_init (GezThumbnailsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_thumbnails_finalize;

  signals[READY] = g_signal_new ("ready", GEZ_TYPE_THUMBNAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, GEZ_TYPE_RECORD);
}

static void
gez_thumbnails_init (GezThumbnails *self)
{
  self->cancellable = g_cancellable_new ();
  self->found = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, free_texture);
  g_queue_init (&self->wanted);
}

/**
 * gez_thumbnails_new:
 * @context: of the open store
 *
 * Returns: (transfer full): without any picture yet
 */
GezThumbnails *
gez_thumbnails_new (GezContext *context)
{
  GezThumbnails *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_THUMBNAILS, NULL);
  self->context = g_object_ref (context);
  return self;
}

/**
 * gez_thumbnails_get:
 * @self: the pictures
 * @document: of gez_document_list_query()
 *
 * Asks for it the first time.
 *
 * Returns: (transfer none) (nullable): the small picture, if it is there already
 */
GdkTexture *
gez_thumbnails_get (GezThumbnails *self,
                    GezRecord     *document)
{
  const GezId *id;
  gpointer texture = NULL;

  g_return_val_if_fail (GEZ_IS_THUMBNAILS (self), NULL);
  g_return_val_if_fail (GEZ_IS_RECORD (document), NULL);

  id = gez_record_get_id (document);
  if (self->context == NULL || g_hash_table_lookup_extended (self->found, id, NULL, &texture))
    return texture;
  g_hash_table_insert (self->found, gez_id_copy (id), NULL);
  if (can_draw (document))
    {
      g_queue_push_tail (&self->wanted, g_object_ref (document));
      start_next (self);
    }
  return NULL;
}

/**
 * gez_thumbnails_stop:
 * @self: the pictures
 *
 * Forgets them all. Whoever showed them is going.
 */
void
gez_thumbnails_stop (GezThumbnails *self)
{
  g_return_if_fail (GEZ_IS_THUMBNAILS (self));

  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->wanted, g_object_unref);
  g_hash_table_remove_all (self->found);
  g_clear_object (&self->context);
}
