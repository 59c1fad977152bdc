/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conflicts/gez-conflicts-bar.h"

#include <glib/gi18n.h>

#include "common/gez-notice-bar.h"
#include "common/gez-reader.h"
#include "conflicts/gez-conflict-words.h"
#include "conflicts/gez-conflicts-dialog.h"

struct _GezConflictsBar
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *reader;
  GtkWidget *bar;
};

G_DEFINE_FINAL_TYPE (GezConflictsBar, gez_conflicts_bar, GTK_TYPE_WIDGET)

static GezQuery *
make_query (gpointer widget)
{
  GezConflictsBar *self = widget;

  return gez_conflict_query (self->context, &self->household);
}

static void
show_conflicts (gpointer      widget,
                gpointer      result,
                const GError *error)
{
  GPtrArray *conflicts = result;
  g_autofree char *words = NULL;

  if (conflicts != NULL && conflicts->len > 0)
    words = gez_conflict_words_count (conflicts->len);
  gez_notice_bar_say (GEZ_NOTICE_BAR (GEZ_CONFLICTS_BAR (widget)->bar), words);
}

static void
look_cb (GezConflictsBar *self)
{
  gez_conflicts_dialog_present (GTK_WIDGET (self), self->context, &self->household);
}

static void
gez_conflicts_bar_dispose (GObject *object)
{
  GezConflictsBar *self = GEZ_CONFLICTS_BAR (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_conflicts_bar_parent_class)->dispose (object);
}

static void
gez_conflicts_bar_class_init (GezConflictsBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_conflicts_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_conflicts_bar_init (GezConflictsBar *self)
{
}

/**
 * gez_conflicts_bar_new:
 * @context: where we work
 * @household: whose file
 *
 * Returns: (transfer floating): the bar; it reads when it shows
 */
GtkWidget *
gez_conflicts_bar_new (GezContext  *context,
                       const GezId *household)
{
  GezConflictsBar *self = g_object_new (GEZ_TYPE_CONFLICTS_BAR, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  self->bar = gez_notice_bar_new ("dialog-question-symbolic");
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  g_signal_connect_object (gez_notice_bar_add_button (GEZ_NOTICE_BAR (self->bar), _("Look and choose")),
                           "clicked", G_CALLBACK (look_cb), self, G_CONNECT_SWAPPED);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), gez_conflict_tables,
                                 make_query, show_conflicts);
  return GTK_WIDGET (self);
}
