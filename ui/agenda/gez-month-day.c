/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-month-day.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-block.h"
#include "agenda/gez-agenda-words.h"
#include "base/gez-date.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"

#define MAX_LINES GEZ_MONTH_DAY_MAX_LINES
#define NATURAL_LINES 3
#define MAX_DOTS 3 /* or more: they must fit beside each other with large text too */
#define NARROWEST_LINE 72 /* pixels; a line of text below this says nothing */

/*
 * 1. Lines and counts get their text when the entries arrive, not while space is handed out: a label
 *    that changed its text then would ask for a new layout without end. Allocation only picks which
 *    of them show: `more[n]` is the count that belongs below n lines.
 * 2. Lines, counts and dots are made when they are first needed and stay: the day shows other
 *    entries in them when it becomes another day.
 */
struct _GezMonthDay
{
  GtkWidget parent_instance;

  char *date;
  gboolean is_today;
  guint n_records;
  guint n_appointments;
  guint n_lines;
  GtkWidget *number;
  GtkWidget *dots;
  GtkWidget *lines[MAX_LINES];
  GtkWidget *more[MAX_LINES + 1];
};

G_DEFINE_FINAL_TYPE (GezMonthDay, gez_month_day, GTK_TYPE_WIDGET)

enum
{
  OPEN,
  DROPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWidget *
add_label (GezMonthDay *self,
           const char  *text,
           const char  *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

static void
open_cb (GezMonthDay *self,
         GezRecord   *record)
{
  g_signal_emit (self, signals[OPEN], 0, record);
}

static void
add_line (GezMonthDay *self,
          GezRecord   *record)
{
  GtkWidget *line = self->lines[self->n_lines];

  if (line == NULL)
    {
      line = gez_agenda_block_new ();
      g_signal_connect_object (line, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_set_parent (line, GTK_WIDGET (self));
      self->lines[self->n_lines] = line;
    }
  gez_agenda_block_set_record (GEZ_AGENDA_BLOCK (line), record);
  gtk_widget_set_visible (line, TRUE);
  self->n_lines++;
}

/* Either the appointments or the rest: what has a time comes first. */
static void
add_lines (GezMonthDay *self,
           GPtrArray   *records,
           gboolean     appointments)
{
  for (guint i = 0; i < records->len && self->n_lines < MAX_LINES; i++)
    {
      GezRecord *record = g_ptr_array_index (records, i);

      if (gez_agenda_is_appointment (record) == appointments)
        add_line (self, record);
    }
}

static void
show_label (GezMonthDay *self,
            GtkWidget  **label,
            const char  *text)
{
  if (*label == NULL)
    *label = add_label (self, text, "gez-month-more");
  gtk_label_set_text (GTK_LABEL (*label), text);
  gtk_widget_set_visible (*label, TRUE);
}

/* What does not fit below so many lines is counted, and where no line fits at all each is a dot. */
static void
add_counts (GezMonthDay *self)
{
  static const char *const dots[MAX_DOTS] = { "•", "••", "•••" };

  for (guint i = 1; i <= self->n_lines && i < self->n_records; i++)
    {
      g_autofree char *more = g_strdup_printf ("+%u", self->n_records - i);

      show_label (self, &self->more[i], more);
    }
  if (self->n_records > 0)
    show_label (self, &self->dots, dots[MIN (self->n_records, MAX_DOTS) - 1]);
}

static void
hide (GtkWidget *child)
{
  if (child != NULL)
    gtk_widget_set_visible (child, FALSE);
}

static void
clear_lines (GezMonthDay *self)
{
  hide (self->dots);
  for (guint i = 0; i < MAX_LINES; i++)
    hide (self->lines[i]);
  for (guint i = 0; i <= MAX_LINES; i++)
    hide (self->more[i]);
  self->n_lines = 0;
}

static void
update_label (GezMonthDay *self)
{
  guint n_followups = self->n_records - self->n_appointments;
  g_autoptr (GString) label = g_string_new (NULL);
  g_autofree char *day = gez_format_date_long (self->date);

  g_string_append (label, day);
  if (self->is_today)
    g_string_append_printf (label, ", %s", _("today"));
  if (self->n_appointments > 0)
    {
      g_string_append (label, ", ");
      g_string_append_printf (label, ngettext ("%u appointment", "%u appointments",
                                               self->n_appointments), self->n_appointments);
    }
  if (n_followups > 0)
    {
      g_string_append (label, ", ");
      g_string_append_printf (label, ngettext ("%u follow-up", "%u follow-ups", n_followups),
                              n_followups);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

static void
measure_child (GtkWidget *child,
               int       *minimum,
               int       *natural)
{
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, minimum, natural, NULL, NULL);
}

static int
get_height (GtkWidget *child)
{
  int natural;

  measure_child (child, NULL, &natural);

  return natural;
}

static void
gez_month_day_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  GezMonthDay *self = GEZ_MONTH_DAY (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->number, orientation, -1, minimum, NULL, NULL, NULL);
      *natural = MAX (*minimum, NARROWEST_LINE * 2);
      return;
    }

  /* Room for the dots whether there are any or not, so that entries never move the weeks. */
  measure_child (self->number, minimum, NULL);
  *natural = *minimum * (NATURAL_LINES + 1);
  *minimum *= 2;
}

static int
place (GezMonthDay *self,
       GtkWidget   *child,
       int          y,
       int          width)
{
  int height = get_height (child);

  gtk_widget_set_child_visible (child, TRUE);
  gtk_widget_size_allocate (child, &(GtkAllocation) { 0, y, width, height }, -1);

  return y + height + 2;
}

/* How many lines fit when what does not fit is counted on a line of its own. */
static guint
count_fitting (GezMonthDay *self,
               int          height)
{
  int line = self->n_lines > 0 ? get_height (self->lines[0]) + 2 : 1;
  guint fitting = MAX (height, 0) / line;

  if (fitting >= self->n_lines && self->n_lines == self->n_records)
    return self->n_lines;

  return MIN (fitting > 0 ? fitting - 1 : 0, self->n_lines);
}

static void
gez_month_day_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  GezMonthDay *self = GEZ_MONTH_DAY (widget);
  int y = place (self, self->number, 0, width);
  guint n_shown = width < NARROWEST_LINE ? 0 : count_fitting (self, height - y);

  for (guint i = 0; i < self->n_lines; i++)
    {
      if (i < n_shown)
        y = place (self, self->lines[i], y, width);
      else
        gtk_widget_set_child_visible (self->lines[i], FALSE);
    }
  for (guint i = 0; i <= self->n_lines; i++)
    {
      if (self->more[i] == NULL || !gtk_widget_get_visible (self->more[i]))
        continue;
      if (i > 0 && i == n_shown)
        place (self, self->more[i], y, width);
      else
        gtk_widget_set_child_visible (self->more[i], FALSE);
    }
  if (self->dots != NULL && self->n_records > 0 && n_shown == 0)
    place (self, self->dots, y, width);
  else if (self->dots != NULL)
    gtk_widget_set_child_visible (self->dots, FALSE);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         GezMonthDay   *self)
{
  g_signal_emit (self, signals[DROPPED], 0, g_value_get_object (value));

  return TRUE;
}

static void
gez_month_day_dispose (GObject *object)
{
  GezMonthDay *self = GEZ_MONTH_DAY (object);

  g_clear_pointer (&self->number, gtk_widget_unparent);
  g_clear_pointer (&self->dots, gtk_widget_unparent);
  for (guint i = 0; i < MAX_LINES; i++)
    g_clear_pointer (&self->lines[i], gtk_widget_unparent);
  for (guint i = 0; i <= MAX_LINES; i++)
    g_clear_pointer (&self->more[i], gtk_widget_unparent);
  self->n_lines = 0;

  G_OBJECT_CLASS (gez_month_day_parent_class)->dispose (object);
}

static void
gez_month_day_finalize (GObject *object)
{
  GezMonthDay *self = GEZ_MONTH_DAY (object);

  g_free (self->date);

  G_OBJECT_CLASS (gez_month_day_parent_class)->finalize (object);
}

static void
gez_month_day_class_init (GezMonthDayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_month_day_dispose;
  object_class->finalize = gez_month_day_finalize;
  widget_class->measure = gez_month_day_measure;
  widget_class->size_allocate = gez_month_day_size_allocate;

  /**
   * GezMonthDay::open:
   * @record: what a person wants to see or change
   */
  signals[OPEN] =
    g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, GEZ_TYPE_RECORD);

  /**
   * GezMonthDay::dropped:
   * @record: what a person wants on this day
   */
  signals[DROPPED] =
    g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, GEZ_TYPE_RECORD);

  gtk_widget_class_set_css_name (widget_class, "monthday");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
gez_month_day_init (GezMonthDay *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GEZ_TYPE_RECORD, GDK_ACTION_MOVE);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->number = add_label (self, "", "gez-month-number");
  gtk_label_set_ellipsize (GTK_LABEL (self->number), PANGO_ELLIPSIZE_NONE);
}

/**
 * gez_month_day_new:
 *
 * Returns: (transfer floating): a day without date and entries
 */
GtkWidget *
gez_month_day_new (void)
{
  return g_object_new (GEZ_TYPE_MONTH_DAY, NULL);
}

static void
toggle_class (GtkWidget  *widget,
              const char *css_class,
              gboolean    is_on)
{
  if (is_on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/**
 * gez_month_day_set_date:
 * @self: a day
 * @date: YYYY-MM-DD
 * @is_in_month: whether it belongs to the month that is looked at
 * @is_today: whether it is today
 *
 * Makes it another day, without entries.
 */
void
gez_month_day_set_date (GezMonthDay *self,
                        const char  *date,
                        gboolean     is_in_month,
                        gboolean     is_today)
{
  GDate parsed;
  char number[8];

  g_return_if_fail (GEZ_IS_MONTH_DAY (self));
  g_return_if_fail (gez_date_parse (date, &parsed));

  if (g_strcmp0 (self->date, date) != 0)
    {
      g_free (self->date);
      self->date = g_strdup (date);
      clear_lines (self);
      self->n_records = self->n_appointments = 0;
    }
  self->is_today = is_today;
  g_snprintf (number, sizeof number, "%d", g_date_get_day (&parsed));
  gtk_label_set_text (GTK_LABEL (self->number), number);
  toggle_class (GTK_WIDGET (self), "other-month", !is_in_month);
  toggle_class (GTK_WIDGET (self), "today", is_today);
  update_label (self);
}

/**
 * gez_month_day_get_date:
 * @self: a day
 *
 * Returns: (nullable): YYYY-MM-DD
 */
const char *
gez_month_day_get_date (GezMonthDay *self)
{
  g_return_val_if_fail (GEZ_IS_MONTH_DAY (self), NULL);

  return self->date;
}

/**
 * gez_month_day_set_selected:
 * @self: a day
 * @is_selected: whether it is the chosen day
 */
void
gez_month_day_set_selected (GezMonthDay *self,
                            gboolean     is_selected)
{
  g_return_if_fail (GEZ_IS_MONTH_DAY (self));

  if (is_selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                               GTK_ACCESSIBLE_STATE_SELECTED, is_selected, -1);
}

/**
 * gez_month_day_set_records:
 * @self: a day
 * @records: (element-type GezRecord): what stands on this day, as gez_agenda_query() gives it
 */
void
gez_month_day_set_records (GezMonthDay *self,
                           GPtrArray   *records)
{
  GezRecord *first;

  g_return_if_fail (GEZ_IS_MONTH_DAY (self));
  g_return_if_fail (records != NULL);

  if (records->len == 0 && self->n_records == 0)
    return;

  clear_lines (self);
  first = records->len > 0 ? g_ptr_array_index (records, 0) : NULL;
  self->n_records = first == NULL ? 0 : gez_record_get_integer (first, "n_on_day");
  self->n_appointments = first == NULL ? 0 : gez_record_get_integer (first,
                                                                     "n_appointments_on_day");
  add_lines (self, records, TRUE);
  add_lines (self, records, FALSE);
  add_counts (self);
  update_label (self);
}

/**
 * gez_month_day_get_n_records:
 * @self: a day
 *
 * Returns: how many entries stand on this day, shown or counted
 */
guint
gez_month_day_get_n_records (GezMonthDay *self)
{
  g_return_val_if_fail (GEZ_IS_MONTH_DAY (self), 0);

  return self->n_records;
}

/**
 * gez_month_day_get_blocks:
 * @self: a day
 * @blocks: (out caller-allocates): room for %GEZ_MONTH_DAY_MAX_LINES blocks
 *
 * Returns: how many blocks can be seen; they are the first of @blocks
 */
guint
gez_month_day_get_blocks (GezMonthDay *self,
                          GtkWidget  **blocks)
{
  guint n = 0;

  g_return_val_if_fail (GEZ_IS_MONTH_DAY (self), 0);

  for (guint i = 0; i < self->n_lines; i++)
    {
      if (gtk_widget_get_child_visible (self->lines[i]))
        blocks[n++] = self->lines[i];
    }

  return n;
}
