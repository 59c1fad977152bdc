/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. The overlay of the window owns the queue; when it is destroyed, as on locking, what is on its way is
 *    stopped and nothing is said any more.
 * 2. `n_all` counts from the moment that the queue was empty, so that "2 of 5" means what it says.
 * 3. What was complete before a stop stays: each document is whole or not there.
 */

#include "documents/gez-document-queue.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "common/gez-discretion.h"
#include "common/gez-sentence.h"
#include "model/gez-document.h"

#define MOST_TOLD 6 /* of what was not added */

typedef struct
{
  GezId household;
  GFile *file;
  GBytes *content;
  char *name;
  char *media_type;
} Item;

struct _GezDocumentQueue
{
  GObject parent_instance;

  GtkWidget *overlay;  /* weak */
  GezContext *context; /* NULL: stopped for good */
  GQueue waiting;      /* Item */
  Item *current;
  GCancellable *cancellable; /* of the current one */
  double fraction;           /* of the current one */
  guint n_all;
  guint n_done;
  GArray *commands; /* guint64, to undo */
  guint n_there;
  GPtrArray *refused; /* sentences */
  guint n_refused;
  gboolean is_stopped;
};

G_DEFINE_FINAL_TYPE (GezDocumentQueue, gez_document_queue, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void start_next (GezDocumentQueue *self);

static void
item_free (gpointer data)
{
  Item *item = data;

  g_clear_object (&item->file);
  g_clear_pointer (&item->content, g_bytes_unref);
  g_free (item->name);
  g_free (item->media_type);
  g_free (item);
}

static void
tell (GezDocumentQueue *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* At the end ----------------------------------------------------------------------------------- */

typedef struct
{
  GezContext *context; /* whose act it is, so it lives longer */
  GArray *commands;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_array_unref (undo->commands);
  g_free (undo);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  g_autoptr (GError) error = NULL;

  if (gez_store_undo_finish (GEZ_STORE (source), result, &error) == 0 && error != NULL
      && gtk_widget_get_root (window) != NULL)
    gez_say_error (window, error);
}

static void
undo_cb (GtkWidget *window,
         gpointer   data)
{
  Undo *undo = data;

  for (guint i = undo->commands->len; i > 0; i--)
    gez_store_undo_async (gez_context_get_store (undo->context),
                          g_array_index (undo->commands, guint64, i - 1), NULL, undone_cb,
                          g_object_ref (window));
}

static void
say_added (GezDocumentQueue *self)
{
  guint n = self->commands->len;
  g_autofree char *sentence = NULL;
  Undo *undo;

  if (n == 0)
    return;
  sentence = g_strdup_printf (ngettext ("%u document added", "%u documents added", n), n);
  undo = g_new0 (Undo, 1);
  undo->context = self->context;
  undo->commands = g_array_ref (self->commands);
  gez_act_local (self->overlay, self->context, sentence, undo_cb, undo, undo_free);
}

static void
say_there (GezDocumentQueue *self)
{
  g_autofree char *sentence = NULL;

  if (self->n_there == 0)
    return;
  sentence = g_strdup_printf (ngettext ("%u document was in this file already",
                                        "%u documents were in this file already", self->n_there),
                              self->n_there);
  gez_say (self->overlay, sentence);
}

static void
say_refused (GezDocumentQueue *self)
{
  g_autofree char *body = NULL;
  GtkRoot *root = gtk_widget_get_root (self->overlay);
  GtkWidget *dialog;

  if (self->refused->len == 0)
    return;
  if (self->n_refused > MOST_TOLD)
    {
      guint n_more = self->n_refused - MOST_TOLD;

      g_ptr_array_add (self->refused,
                       g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more));
    }
  g_ptr_array_add (self->refused, NULL);
  body = g_strjoinv ("\n\n", (char **) self->refused->pdata);
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                   _("Not everything was added"), body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
reset (GezDocumentQueue *self)
{
  self->n_all = self->n_done = self->n_there = self->n_refused = 0;
  self->fraction = 0;
  self->is_stopped = FALSE;
  g_array_unref (self->commands);
  self->commands = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_ptr_array_set_size (self->refused, 0);
}

static void
finish (GezDocumentQueue *self)
{
  if (self->overlay != NULL && self->context != NULL)
    {
      say_added (self);
      say_there (self);
      say_refused (self);
      if (self->is_stopped)
        gez_say (self->overlay, _("Stopped. What was complete is in the file."));
    }
  reset (self);
  tell (self);
}

/* One by one ----------------------------------------------------------------------------------- */

static void
refuse (GezDocumentQueue *self,
        const GError     *error)
{
  g_autofree char *sentence = gez_sentence_for_error (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->n_refused++;
  if (self->n_refused <= MOST_TOLD)
    /* Translators: the name of a document, and why it was not added. */
    g_ptr_array_add (self->refused, g_strdup_printf (_("%s: %s"), gez_discreet (self->current->name),
                                                     sentence));
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GezDocumentQueue) self = user_data;
  g_autoptr (GError) error = NULL;
  GezDocumentAdded added;

  if (self->context == NULL)
    return;
  if (!gez_document_add_finish (self->context, result, &added, &error))
    refuse (self, error);
  else if (added.was_there)
    self->n_there++;
  else
    g_array_append_val (self->commands, added.command);
  g_clear_pointer (&self->current, item_free);
  g_clear_object (&self->cancellable);
  self->n_done++;
  start_next (self);
}

static void
progress_cb (gint64   done,
             gint64   total,
             gpointer data)
{
  GezDocumentQueue *self = data;

  if (total <= 0 || self->context == NULL)
    return;
  self->fraction = CLAMP ((double) done / (double) total, 0, 1);
  tell (self);
}

static void
start_next (GezDocumentQueue *self)
{
  GezDocumentInput input = { 0 };

  if (self->current != NULL || self->context == NULL)
    return;
  self->fraction = 0;
  self->current = g_queue_pop_head (&self->waiting);
  if (self->current == NULL)
    {
      if (self->n_all > 0)
        finish (self);
      return;
    }
  tell (self);
  input.household_id = &self->current->household;
  input.file = self->current->file;
  input.content = self->current->content;
  input.name = self->current->name;
  input.media_type = self->current->media_type;
  self->cancellable = g_cancellable_new ();
  gez_document_add_async (self->context, &input, progress_cb, self, self->cancellable, added_cb,
                          g_object_ref (self));
}

static void
take (GezDocumentQueue *self,
      Item             *item)
{
  if (self->context == NULL)
    {
      item_free (item);
      return;
    }
  g_queue_push_tail (&self->waiting, item);
  self->n_all++;
}

/* Object --------------------------------------------------------------------------------------- */

static void
overlay_gone_cb (GezDocumentQueue *self)
{
  g_autoptr (GezDocumentQueue) kept = g_object_ref (self);

  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->waiting, item_free);
  g_clear_weak_pointer (&self->overlay);
  g_clear_object (&self->context);
}

static void
gez_document_queue_finalize (GObject *object)
{
  GezDocumentQueue *self = GEZ_DOCUMENT_QUEUE (object);

  g_queue_clear_full (&self->waiting, item_free);
  g_clear_pointer (&self->current, item_free);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->overlay);
  g_clear_object (&self->context);
  g_array_unref (self->commands);
  g_ptr_array_unref (self->refused);

  G_OBJECT_CLASS (gez_document_queue_parent_class)->finalize (object);
}

static void
gez_document_queue_class_init (GezDocumentQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_document_queue_finalize;

  signals[CHANGED] = g_signal_new ("changed", GEZ_TYPE_DOCUMENT_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
gez_document_queue_init (GezDocumentQueue *self)
{
  g_queue_init (&self->waiting);
  self->commands = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->refused = g_ptr_array_new_with_free_func (g_free);
}

/**
 * gez_document_queue_get:
 * @widget: in a window
 * @context: of the open store
 *
 * Returns: (transfer none) (nullable): the queue of its window; %NULL without a window
 */
GezDocumentQueue *
gez_document_queue_get (GtkWidget  *widget,
                        GezContext *context)
{
  static const char key[] = "gez-document-queue";
  GtkWidget *overlay;
  GezDocumentQueue *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  if (overlay == NULL)
    return NULL;
  self = g_object_get_data (G_OBJECT (overlay), key);
  if (self != NULL && self->context == context)
    return self;

  self = g_object_new (GEZ_TYPE_DOCUMENT_QUEUE, NULL);
  self->context = g_object_ref (context);
  g_set_weak_pointer (&self->overlay, overlay);
  g_signal_connect_object (overlay, "destroy", G_CALLBACK (overlay_gone_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (overlay), key, self, g_object_unref);
  return self;
}

/**
 * gez_document_queue_add_files:
 * @self: the queue
 * @household: the file that they go into
 * @files: (element-type GFile): files of the computer; they stay as they are
 */
void
gez_document_queue_add_files (GezDocumentQueue *self,
                              const GezId      *household,
                              GListModel       *files)
{
  g_return_if_fail (GEZ_IS_DOCUMENT_QUEUE (self));
  g_return_if_fail (household != NULL);
  g_return_if_fail (G_IS_LIST_MODEL (files));

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *base = g_file_get_basename (file);
      Item *item = g_new0 (Item, 1);

      item->household = *household;
      item->file = g_steal_pointer (&file);
      item->name = base != NULL ? g_filename_display_name (base) : g_strdup ("");
      take (self, item);
    }
  start_next (self);
}

/**
 * gez_document_queue_add_content:
 * @self: the queue
 * @household: the file that it goes into
 * @content: what was pasted
 * @name: what it will be called
 * @media_type: as "image/png"
 */
void
gez_document_queue_add_content (GezDocumentQueue *self,
                                const GezId      *household,
                                GBytes           *content,
                                const char       *name,
                                const char       *media_type)
{
  Item *item;

  g_return_if_fail (GEZ_IS_DOCUMENT_QUEUE (self));
  g_return_if_fail (household != NULL && content != NULL && name != NULL);

  item = g_new0 (Item, 1);
  item->household = *household;
  item->content = g_bytes_ref (content);
  item->name = g_strdup (name);
  item->media_type = g_strdup (media_type);
  take (self, item);
  start_next (self);
}

/**
 * gez_document_queue_is_busy:
 * @self: the queue
 *
 * Returns: whether something is on its way
 */
gboolean
gez_document_queue_is_busy (GezDocumentQueue *self)
{
  g_return_val_if_fail (GEZ_IS_DOCUMENT_QUEUE (self), FALSE);

  return self->current != NULL;
}

/**
 * gez_document_queue_get_number:
 * @self: the queue
 * @n_all: (out): how many there are together
 *
 * Returns: which of them is on its way, from 1
 */
guint
gez_document_queue_get_number (GezDocumentQueue *self,
                               guint            *n_all)
{
  g_return_val_if_fail (GEZ_IS_DOCUMENT_QUEUE (self), 0);

  *n_all = self->n_all;
  return MIN (self->n_done + 1, self->n_all);
}

/**
 * gez_document_queue_get_name:
 * @self: the queue
 *
 * Returns: (transfer none): the name of what is on its way, or nothing
 */
const char *
gez_document_queue_get_name (GezDocumentQueue *self)
{
  g_return_val_if_fail (GEZ_IS_DOCUMENT_QUEUE (self), NULL);

  return self->current != NULL ? self->current->name : "";
}

/**
 * gez_document_queue_get_fraction:
 * @self: the queue
 *
 * Returns: how much of everything together is done, from 0 to 1
 */
double
gez_document_queue_get_fraction (GezDocumentQueue *self)
{
  g_return_val_if_fail (GEZ_IS_DOCUMENT_QUEUE (self), 0);

  return self->n_all > 0 ? (self->n_done + self->fraction) / self->n_all : 0;
}

/**
 * gez_document_queue_stop:
 * @self: the queue
 *
 * Takes no more. What is on its way is left behind; what was complete stays.
 */
void
gez_document_queue_stop (GezDocumentQueue *self)
{
  g_return_if_fail (GEZ_IS_DOCUMENT_QUEUE (self));

  self->is_stopped = gez_document_queue_is_busy (self);
  g_queue_clear_full (&self->waiting, item_free);
  g_cancellable_cancel (self->cancellable);
}
