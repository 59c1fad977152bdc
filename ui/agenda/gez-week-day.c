/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-week-day.h"

#include "agenda/gez-agenda-block.h"
#include "agenda/gez-agenda-words.h"
#include "agenda/gez-week-spread.h"
#include "common/gez-format.h"

#define DAY_IN_MINUTES (24 * 60)
#define QUARTER 15
#define SHORTEST 30 /* minutes: what is shorter is drawn so long, to hold a line of text */
#define MAX_LANES 3 /* beside each other; narrower ones cannot be read */
#define GAP 2

/*
 * Blocks are made when they are first needed and stay; `n_blocks` of them show something, in the
 * order of their start, where `spans` says.
 */
struct _GezWeekDay
{
  GtkWidget parent_instance;

  GtkWidget *blocks[GEZ_WEEK_DAY_MAX_BLOCKS];
  GezWeekSpan spans[GEZ_WEEK_DAY_MAX_BLOCKS];
  guint n_blocks;
  GtkWidget *line; /* of now */
  int now;
  GtkWidget *hint; /* where it would be dropped */
  int hint_minutes;
};

G_DEFINE_FINAL_TYPE (GezWeekDay, gez_week_day, GTK_TYPE_WIDGET)

enum
{
  OPEN,
  DROPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
open_cb (GezWeekDay *self,
         GezRecord  *record)
{
  g_signal_emit (self, signals[OPEN], 0, record);
}

static int
find_minutes (GezWeekDay    *self,
              GtkDropTarget *target,
              double         y)
{
  double height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);
  double minutes = (y - gez_agenda_block_get_grip (target)) * DAY_IN_MINUTES / height;
  int quarters = (int) (minutes / QUARTER + 0.5);

  return CLAMP (quarters * QUARTER, 0, DAY_IN_MINUTES - QUARTER);
}

static void
show_hint (GezWeekDay *self,
           int         minutes)
{
  g_autofree char *time = gez_agenda_dup_time (minutes);
  g_autofree char *text = gez_format_time (time);

  self->hint_minutes = minutes;
  gtk_label_set_text (GTK_LABEL (self->hint), text);
  gtk_widget_set_visible (self->hint, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static GdkDragAction
drag_motion_cb (GtkDropTarget *target,
                double         x,
                double         y,
                GezWeekDay    *self)
{
  show_hint (self, find_minutes (self, target, y));

  return GDK_ACTION_MOVE;
}

static void
drag_leave_cb (GtkDropTarget *target,
               GezWeekDay    *self)
{
  gtk_widget_set_visible (self->hint, FALSE);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         GezWeekDay    *self)
{
  gtk_widget_set_visible (self->hint, FALSE);
  g_signal_emit (self, signals[DROPPED], 0, g_value_get_object (value),
                 find_minutes (self, target, y));

  return TRUE;
}

static void
gez_week_day_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
}

static int
get_natural (GtkWidget      *child,
             GtkOrientation  orientation)
{
  int natural;

  gtk_widget_measure (child, orientation, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
place_block (GezWeekDay *self,
             guint       index,
             int         width,
             int         height)
{
  const GezWeekSpan *span = &self->spans[index];
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int lanes = (int) MAX (span->n_lanes, 1);
  int room = MAX (width - 2 * GAP, lanes);
  int x = GAP + room * (int) span->lane / lanes;
  int y = height * span->start / DAY_IN_MINUTES;
  int block_width = MAX (room / lanes - (lanes > 1 ? GAP : 0), 1);
  int line = get_natural (self->blocks[index], GTK_ORIENTATION_VERTICAL);
  int block_height = MAX (height * (span->end - span->start) / DAY_IN_MINUTES - 1, line);

  if (is_rtl)
    x = width - x - block_width;
  gtk_widget_size_allocate (self->blocks[index],
                            &(GtkAllocation) { x, y, block_width, block_height }, -1);
}

static void
gez_week_day_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  GezWeekDay *self = GEZ_WEEK_DAY (widget);
  int line_height = get_natural (self->line, GTK_ORIENTATION_VERTICAL);
  int line_y = height * MAX (self->now, 0) / DAY_IN_MINUTES - line_height / 2;

  for (guint i = 0; i < self->n_blocks; i++)
    place_block (self, i, width, height);
  if (gtk_widget_get_visible (self->line))
    gtk_widget_size_allocate (self->line, &(GtkAllocation) { 0, MAX (line_y, 0), width,
                                                             line_height }, -1);
  if (gtk_widget_get_visible (self->hint))
    gtk_widget_size_allocate (self->hint,
                              &(GtkAllocation) { 0, height * self->hint_minutes / DAY_IN_MINUTES,
                                                 MAX (width, get_natural (self->hint,
                                                                  GTK_ORIENTATION_HORIZONTAL)),
                                                 get_natural (self->hint,
                                                              GTK_ORIENTATION_VERTICAL) }, -1);
}

static void
gez_week_day_dispose (GObject *object)
{
  GezWeekDay *self = GEZ_WEEK_DAY (object);

  self->n_blocks = 0;
  for (guint i = 0; i < GEZ_WEEK_DAY_MAX_BLOCKS; i++)
    g_clear_pointer (&self->blocks[i], gtk_widget_unparent);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  g_clear_pointer (&self->hint, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_week_day_parent_class)->dispose (object);
}

static void
gez_week_day_class_init (GezWeekDayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_week_day_dispose;
  widget_class->measure = gez_week_day_measure;
  widget_class->size_allocate = gez_week_day_size_allocate;

  /**
   * GezWeekDay::open:
   * @record: what a person wants to see or change
   */
  signals[OPEN] =
    g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, GEZ_TYPE_RECORD);

  /**
   * GezWeekDay::dropped:
   * @record: what a person wants on this day
   * @minutes: from midnight, in quarters of an hour
   */
  signals[DROPPED] =
    g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, GEZ_TYPE_RECORD, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "weekday");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gez_week_day_init (GezWeekDay *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GEZ_TYPE_RECORD, GDK_ACTION_MOVE);

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_visible (self->line, FALSE);
  gtk_widget_set_can_target (self->line, FALSE);
  gtk_widget_add_css_class (self->line, "gez-week-now");
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));

  self->hint = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_widget_set_visible (self->hint, FALSE);
  gtk_widget_set_can_target (self->hint, FALSE);
  gtk_widget_add_css_class (self->hint, "gez-week-hint");
  gtk_widget_set_parent (self->hint, GTK_WIDGET (self));

  g_signal_connect (target, "motion", G_CALLBACK (drag_motion_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (drag_leave_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * gez_week_day_new:
 *
 * Returns: (transfer floating): a day without appointments
 */
GtkWidget *
gez_week_day_new (void)
{
  return g_object_new (GEZ_TYPE_WEEK_DAY, NULL);
}

/* Above the line of now, which would strike its text through, and below the hint. */
static GtkWidget *
need_block (GezWeekDay *self,
            guint       index)
{
  GtkWidget *block = self->blocks[index];

  if (block != NULL)
    return block;

  block = gez_agenda_block_new ();
  gtk_widget_add_css_class (block, "tall");
  g_signal_connect_object (block, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_before (block, GTK_WIDGET (self), self->hint);
  self->blocks[index] = block;

  return block;
}

static GPtrArray *
collect_timed (GPtrArray *records)
{
  GPtrArray *timed = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    {
      if (gez_agenda_is_timed (g_ptr_array_index (records, i)))
        g_ptr_array_add (timed, g_ptr_array_index (records, i));
    }

  return timed;
}

static GezWeekSpan
make_span (GezRecord *record)
{
  GezWeekSpan span = { .start = gez_agenda_get_start (record) };

  span.end = MIN (span.start + MAX (gez_agenda_get_minutes (record), SHORTEST), DAY_IN_MINUTES);

  return span;
}

static void
add_block (GezWeekDay        *self,
           GezRecord         *record,
           const GezWeekSpan *span)
{
  GtkWidget *block = need_block (self, self->n_blocks);

  self->spans[self->n_blocks] = *span;
  self->spans[self->n_blocks++].n_lanes = MIN (span->n_lanes, MAX_LANES);
  gez_agenda_block_set_record (GEZ_AGENDA_BLOCK (block), record);
  gtk_widget_set_visible (block, TRUE);
}

/**
 * gez_week_day_set_records:
 * @self: a day
 * @records: (element-type GezRecord): what stands on this day, by its time; what has none is left
 *   out
 *
 * Returns: how many of them show; where too many overlap, or there are more than
 *   %GEZ_WEEK_DAY_MAX_BLOCKS, some do not
 */
guint
gez_week_day_set_records (GezWeekDay *self,
                          GPtrArray  *records)
{
  g_autoptr (GPtrArray) timed = NULL;
  g_autofree GezWeekSpan *spans = NULL;

  g_return_val_if_fail (GEZ_IS_WEEK_DAY (self), 0);
  g_return_val_if_fail (records != NULL, 0);

  timed = collect_timed (records);
  spans = g_new (GezWeekSpan, MAX (timed->len, 1));
  for (guint i = 0; i < timed->len; i++)
    spans[i] = make_span (g_ptr_array_index (timed, i));
  gez_week_spread (spans, timed->len);

  self->n_blocks = 0;
  for (guint i = 0; i < timed->len && self->n_blocks < GEZ_WEEK_DAY_MAX_BLOCKS; i++)
    {
      if (spans[i].lane < MAX_LANES)
        add_block (self, g_ptr_array_index (timed, i), &spans[i]);
    }
  for (guint i = self->n_blocks; i < GEZ_WEEK_DAY_MAX_BLOCKS && self->blocks[i] != NULL; i++)
    gtk_widget_set_visible (self->blocks[i], FALSE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));

  return self->n_blocks;
}

/**
 * gez_week_day_set_now:
 * @self: a day
 * @minutes: from midnight, where the line of now stands; below 0 when it is another day
 */
void
gez_week_day_set_now (GezWeekDay *self,
                      int         minutes)
{
  g_return_if_fail (GEZ_IS_WEEK_DAY (self));

  if (self->now == minutes && gtk_widget_get_visible (self->line) == (minutes >= 0))
    return;

  self->now = minutes;
  gtk_widget_set_visible (self->line, minutes >= 0);
  if (minutes >= 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "today");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "today");
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * gez_week_day_get_blocks:
 * @self: a day
 * @blocks: (out caller-allocates): room for %GEZ_WEEK_DAY_MAX_BLOCKS blocks
 *
 * Returns: how many blocks there are; they are the first of @blocks
 */
guint
gez_week_day_get_blocks (GezWeekDay *self,
                         GtkWidget **blocks)
{
  g_return_val_if_fail (GEZ_IS_WEEK_DAY (self), 0);

  for (guint i = 0; i < self->n_blocks; i++)
    blocks[i] = self->blocks[i];

  return self->n_blocks;
}
