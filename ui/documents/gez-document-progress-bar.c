/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/gez-document-progress-bar.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-discretion.h"

struct _GezDocumentProgressBar
{
  GtkWidget parent_instance;

  GezDocumentQueue *queue;
  GtkWidget *box;
  GtkWidget *label;
  GtkWidget *bar;
};

G_DEFINE_FINAL_TYPE (GezDocumentProgressBar, gez_document_progress_bar, GTK_TYPE_WIDGET)

static void
show_queue (GezDocumentProgressBar *self)
{
  gboolean is_busy = self->queue != NULL && gez_document_queue_is_busy (self->queue);
  g_autofree char *text = NULL;
  guint number, n_all;

  gtk_widget_set_visible (GTK_WIDGET (self), is_busy);
  if (!is_busy)
    return;
  number = gez_document_queue_get_number (self->queue, &n_all);
  /* Translators: which of how many, and its name. */
  text = g_strdup_printf (_("Adding %u of %u: %s"), number, n_all,
                          gez_discreet (gez_document_queue_get_name (self->queue)));
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                 gez_document_queue_get_fraction (self->queue));
}

static void
stop_cb (GezDocumentProgressBar *self)
{
  if (self->queue != NULL)
    gez_document_queue_stop (self->queue);
}

static void
gez_document_progress_bar_dispose (GObject *object)
{
  GezDocumentProgressBar *self = GEZ_DOCUMENT_PROGRESS_BAR (object);

  gez_document_progress_bar_set_queue (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_document_progress_bar_parent_class)->dispose (object);
}

static void
gez_document_progress_bar_class_init (GezDocumentProgressBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_document_progress_bar_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_document_progress_bar_init (GezDocumentProgressBar *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *stop = gtk_button_new_with_mnemonic (_("_Stop"));

  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_MIDDLE);
  self->bar = gtk_progress_bar_new ();
  gez_accessible_set_name (self->bar, _("How far the documents are"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), self->label);
  gtk_box_append (GTK_BOX (words), self->bar);
  gtk_widget_set_valign (stop, GTK_ALIGN_CENTER);
  g_signal_connect_object (stop, "clicked", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_append (GTK_BOX (self->box), words);
  gtk_box_append (GTK_BOX (self->box), stop);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "gez-document-progress");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gez_discretion_watch (self, G_CALLBACK (show_queue));
}

/**
 * gez_document_progress_bar_new:
 *
 * Returns: (transfer floating): a bar that follows nothing yet
 */
GtkWidget *
gez_document_progress_bar_new (void)
{
  return g_object_new (GEZ_TYPE_DOCUMENT_PROGRESS_BAR, NULL);
}

/**
 * gez_document_progress_bar_set_queue:
 * @self: the bar
 * @queue: (nullable): what it follows
 */
void
gez_document_progress_bar_set_queue (GezDocumentProgressBar *self,
                                     GezDocumentQueue       *queue)
{
  g_return_if_fail (GEZ_IS_DOCUMENT_PROGRESS_BAR (self));

  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_func (self->queue, show_queue, self);
  g_set_object (&self->queue, queue);
  if (queue == NULL)
    return;
  g_signal_connect_object (queue, "changed", G_CALLBACK (show_queue), self, G_CONNECT_SWAPPED);
  show_queue (self);
}
