/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-sync-button.h"

#include "common/gez-accessible.h"
#include "common/gez-button.h"
#include "common/gez-reader.h"
#include "sync/gez-sync-of.h"
#include "sync/gez-sync-words.h"

#define LOOK_AGAIN 30 /* seconds: "2 minutes ago" grows old by itself */
#define GATHER 100    /* milliseconds: an import writes in bursts */
#define LONGEST 48    /* characters */

struct _GezSyncButton
{
  GtkWidget parent_instance;

  GezContext *context;
  GezReader *reader;
  GtkWidget *button;
  GtkWidget *icon;
  GtkWidget *label;
  guint timeout;
  guint soon;
};

G_DEFINE_FINAL_TYPE (GezSyncButton, gez_sync_button, GTK_TYPE_WIDGET)

/* Any table: what was written waits to be shared. */
static const char *const no_tables[] = { NULL };

static GezQuery *
make_query (gpointer widget)
{
  return gez_sync_status_query ();
}

/* A round that finds nothing takes no time worth a word. */
static GezSyncState
get_state (GezSync *sync)
{
  GezSyncState state = gez_sync_get_state (sync);
  guint64 n_done, n_all;

  if (state == GEZ_SYNC_BUSY && (!gez_sync_get_progress (sync, &n_done, &n_all) || n_all == 0))
    return GEZ_SYNC_IDLE;
  return state;
}

static void
show_status (gpointer      widget,
             gpointer      result,
             const GError *error)
{
  GezSyncButton *self = widget;
  GezClock *clock = gez_context_get_clock (self->context);
  GezSyncState state = get_state (gez_sync_of (self->context));
  g_autofree char *words = result != NULL ? gez_sync_words_state (state, result, clock) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), words != NULL);
  if (words == NULL || g_strcmp0 (words, gtk_label_get_text (GTK_LABEL (self->label))) == 0)
    return;
  gtk_label_set_text (GTK_LABEL (self->label), words);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), gez_sync_words_icon (state, result, clock));
  gez_button_set_name (self->button, words);
}

static gboolean
soon_cb (gpointer data)
{
  GezSyncButton *self = data;

  self->soon = 0;
  gez_reader_refresh (self->reader);
  return G_SOURCE_REMOVE;
}

/* Not by way of the reader's own tables: it rests while the button does not show. */
static void
look_again (GezSyncButton *self)
{
  if (self->soon == 0 && self->reader != NULL)
    self->soon = g_timeout_add (GATHER, soon_cb, self);
}

static gboolean
timeout_cb (gpointer data)
{
  look_again (data);
  return G_SOURCE_CONTINUE;
}

static void
gez_sync_button_dispose (GObject *object)
{
  GezSyncButton *self = GEZ_SYNC_BUTTON (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_handle_id (&self->soon, g_source_remove);
  g_clear_object (&self->reader);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (gez_sync_button_parent_class)->dispose (object);
}

static void
gez_sync_button_class_init (GezSyncButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_sync_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_sync_button_init (GezSyncButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->button = gtk_button_new ();
  self->icon = gez_ornament_new ("emblem-ok-symbolic");
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), LONGEST);
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.sync");
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "gez-sync-button");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * gez_sync_button_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): the button
 */
GtkWidget *
gez_sync_button_new (GezContext *context)
{
  GezSyncButton *self = g_object_new (GEZ_TYPE_SYNC_BUTTON, NULL);
  GezStore *store = gez_context_get_store (context);

  self->context = g_object_ref (context);
  self->reader = gez_reader_new (GTK_WIDGET (self), store, no_tables, make_query, show_status);
  g_signal_connect_object (store, "changed", G_CALLBACK (look_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gez_sync_of (context), "changed", G_CALLBACK (look_again), self,
                           G_CONNECT_SWAPPED);
  self->timeout = g_timeout_add_seconds (LOOK_AGAIN, timeout_cb, self);
  gez_reader_refresh (self->reader);
  return GTK_WIDGET (self);
}

/**
 * gez_sync_button_set_narrow:
 * @is_narrow: whether there is room for an icon only
 */
void
gez_sync_button_set_narrow (GezSyncButton *self,
                            gboolean       is_narrow)
{
  g_return_if_fail (GEZ_IS_SYNC_BUTTON (self));

  gtk_widget_set_visible (self->label, !is_narrow);
}
