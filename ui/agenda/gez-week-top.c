/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-week-top.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-block.h"
#include "agenda/gez-agenda-words.h"

#define MAX_BLOCKS (GEZ_WEEK_TOP_MAX_STOPS - 1)

/* Blocks are made when they are first needed and stay; `n_blocks` of them show something. */
struct _GezWeekTop
{
  GtkWidget parent_instance;

  GtkWidget *blocks[MAX_BLOCKS];
  guint n_blocks;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (GezWeekTop, gez_week_top, GTK_TYPE_WIDGET)

enum
{
  OPEN,
  DROPPED,
  MORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
open_cb (GezWeekTop *self,
         GezRecord  *record)
{
  g_signal_emit (self, signals[OPEN], 0, record);
}

static void
more_cb (GezWeekTop *self)
{
  g_signal_emit (self, signals[MORE], 0);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         GezWeekTop    *self)
{
  g_signal_emit (self, signals[DROPPED], 0, g_value_get_object (value));

  return TRUE;
}

static void
gez_week_top_dispose (GObject *object)
{
  GezWeekTop *self = GEZ_WEEK_TOP (object);

  self->n_blocks = 0;
  for (guint i = 0; i < MAX_BLOCKS; i++)
    g_clear_pointer (&self->blocks[i], gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_week_top_parent_class)->dispose (object);
}

static void
gez_week_top_class_init (GezWeekTopClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_week_top_dispose;

  /**
   * GezWeekTop::open:
   * @record: what a person wants to see or change
   */
  signals[OPEN] =
    g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, GEZ_TYPE_RECORD);

  /**
   * GezWeekTop::dropped:
   * @record: what a person wants on this day, without a time
   */
  signals[DROPPED] =
    g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, GEZ_TYPE_RECORD);

  /**
   * GezWeekTop::more:
   *
   * A person wants to see what is only counted.
   */
  signals[MORE] =
    g_signal_new ("more", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "weektop");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gez_week_top_init (GezWeekTop *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkDropTarget *target = gtk_drop_target_new (GEZ_TYPE_RECORD, GDK_ACTION_MOVE);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 2);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->more = gtk_button_new_with_label ("");
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  gtk_widget_set_visible (self->more, FALSE);
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_add_css_class (self->more, "gez-week-more");
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * gez_week_top_new:
 *
 * Returns: (transfer floating): a day without anything
 */
GtkWidget *
gez_week_top_new (void)
{
  return g_object_new (GEZ_TYPE_WEEK_TOP, NULL);
}

static GtkWidget *
need_block (GezWeekTop *self,
            guint       index)
{
  GtkWidget *block = self->blocks[index];

  if (block != NULL)
    return block;

  block = gez_agenda_block_new ();
  g_signal_connect_object (block, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_before (block, GTK_WIDGET (self), self->more);
  self->blocks[index] = block;

  return block;
}

/**
 * gez_week_top_set_records:
 * @self: a day
 * @records: (element-type GezRecord): what stands on this day; what has a time is left out
 *
 * Returns: how many of them show
 */
guint
gez_week_top_set_records (GezWeekTop *self,
                          GPtrArray  *records)
{
  g_return_val_if_fail (GEZ_IS_WEEK_TOP (self), 0);
  g_return_val_if_fail (records != NULL, 0);

  self->n_blocks = 0;
  for (guint i = 0; i < records->len && self->n_blocks < MAX_BLOCKS; i++)
    {
      GezRecord *record = g_ptr_array_index (records, i);
      GtkWidget *block;

      if (gez_agenda_is_timed (record))
        continue;
      block = need_block (self, self->n_blocks++);
      gez_agenda_block_set_record (GEZ_AGENDA_BLOCK (block), record);
      gtk_widget_set_visible (block, TRUE);
    }
  for (guint i = self->n_blocks; i < MAX_BLOCKS && self->blocks[i] != NULL; i++)
    gtk_widget_set_visible (self->blocks[i], FALSE);

  return self->n_blocks;
}

/**
 * gez_week_top_set_more:
 * @self: a day
 * @n_more: how many entries of this day do not show; 0: all of them do
 */
void
gez_week_top_set_more (GezWeekTop *self,
                       guint       n_more)
{
  g_autofree char *text = g_strdup_printf ("+%u", n_more);
  g_autofree char *label = g_strdup_printf (ngettext ("%u more on this day", "%u more on this day",
                                                      n_more), n_more);

  g_return_if_fail (GEZ_IS_WEEK_TOP (self));

  gtk_widget_set_visible (self->more, n_more > 0);
  if (n_more == 0)
    return;

  gtk_button_set_label (GTK_BUTTON (self->more), text);
  gtk_widget_set_tooltip_text (self->more, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/**
 * gez_week_top_get_stops:
 * @self: a day
 * @stops: (out caller-allocates): room for %GEZ_WEEK_TOP_MAX_STOPS widgets
 *
 * Returns: how many widgets here take the focus; they are the first of @stops
 */
guint
gez_week_top_get_stops (GezWeekTop *self,
                        GtkWidget **stops)
{
  guint n;

  g_return_val_if_fail (GEZ_IS_WEEK_TOP (self), 0);

  for (n = 0; n < self->n_blocks; n++)
    stops[n] = self->blocks[n];
  if (gtk_widget_get_visible (self->more))
    stops[n++] = self->more;

  return n;
}
