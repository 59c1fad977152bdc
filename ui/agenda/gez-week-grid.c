/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-week-grid.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-block.h"
#include "agenda/gez-agenda-words.h"
#include "agenda/gez-week-columns.h"
#include "agenda/gez-week-day.h"
#include "agenda/gez-week-heading.h"
#include "agenda/gez-week-hours.h"
#include "agenda/gez-week-top.h"
#include "base/gez-date.h"
#include "common/gez-focus.h"
#include "common/gez-piecemeal.h"

#define DAYS 7
#define MAX_STOPS (1 + GEZ_WEEK_TOP_MAX_STOPS + GEZ_WEEK_DAY_MAX_BLOCKS)

/*
 * 1. Three rows of seven columns: headings, what has no time, hours. They divide their width alike.
 * 2. The columns are made once and become other days. `dates[0]` is the Monday on or before `date`.
 * 3. `records` is what must be shown; the days before `next_day` show theirs, up to `next_record`.
 * 4. Tab goes from the chosen day to what stands on it, and then out.
 */
struct _GezWeekGrid
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkWidget *rows[3]; /* of GezWeekColumns */
  GezWeekHeading *headings[DAYS];
  GezWeekTop *tops[DAYS];
  GezWeekDay *days[DAYS];
  char *dates[DAYS];
  char *date;
  char *today;
  int now;
  GPtrArray *records;
  guint next_record;
  guint next_day;
  GezId followed;
};

G_DEFINE_FINAL_TYPE (GezWeekGrid, gez_week_grid, GTK_TYPE_WIDGET)

enum
{
  PROP_DATE = 1,
  N_PROPERTIES,
};

enum
{
  OPEN,
  MOVE,
  DAY_ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static int
find_day (GezWeekGrid *self,
          const char  *date)
{
  return self->dates[0] == NULL ? -1 : gez_date_days_between (self->dates[0], date);
}

static guint
get_chosen (GezWeekGrid *self)
{
  return (guint) CLAMP (find_day (self, self->date), 0, DAYS - 1);
}

static void
update_now (GezWeekGrid *self)
{
  for (guint i = 0; i < DAYS; i++)
    {
      gboolean is_today = g_strcmp0 (self->dates[i], self->today) == 0;

      gez_week_day_set_now (self->days[i], is_today ? self->now : -1);
      gez_week_heading_set_today (self->headings[i], is_today);
    }
}

static void
update_chosen (GezWeekGrid *self)
{
  guint chosen = get_chosen (self);

  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    gez_week_columns_set_chosen (self->rows[i], chosen);
  for (guint i = 0; i < DAYS; i++)
    gez_week_heading_set_chosen (self->headings[i], i == chosen);
}

static void
show_day (GezWeekGrid *self,
          guint        day,
          GPtrArray   *records)
{
  GezRecord *first = records->len > 0 ? g_ptr_array_index (records, 0) : NULL;
  guint n_on_day = first == NULL ? 0 : gez_record_get_integer (first, "n_on_day");
  guint n_appointments = first == NULL ? 0 : gez_record_get_integer (first,
                                                                     "n_appointments_on_day");
  guint n_shown = gez_week_top_set_records (self->tops[day], records)
                  + gez_week_day_set_records (self->days[day], records);

  gez_week_top_set_more (self->tops[day], n_on_day - n_shown);
  gez_week_heading_set_counts (self->headings[day], n_appointments, n_on_day - n_appointments);
}

/* Another week begins empty; its entries are on their way. */
static void
update_week (GezWeekGrid *self)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  GDate monday;

  if (!gez_date_parse (self->date, &monday))
    g_assert_not_reached ();

  gez_piecemeal_stop (GTK_WIDGET (self));
  g_date_subtract_days (&monday, g_date_get_weekday (&monday) - G_DATE_MONDAY);
  for (guint i = 0; i < DAYS; i++)
    {
      g_free (self->dates[i]);
      self->dates[i] = gez_date_format (&monday);
      g_date_add_days (&monday, 1);
      gez_week_heading_set_date (self->headings[i], self->dates[i]);
      show_day (self, i, nothing);
    }
  update_now (self);
}

static guint
collect_stops (GezWeekGrid *self,
               GtkWidget  **stops)
{
  guint chosen = get_chosen (self);
  guint n = 0;

  stops[n++] = GTK_WIDGET (self->headings[chosen]);
  n += gez_week_top_get_stops (self->tops[chosen], stops + n);
  n += gez_week_day_get_blocks (self->days[chosen], stops + n);

  return n;
}

static gboolean
focus_next (GezWeekGrid *self,
            int          step)
{
  GtkWidget *stops[MAX_STOPS];
  guint n_stops = collect_stops (self, stops);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  for (int i = 0; i < (int) n_stops; i++)
    {
      if (stops[i] == focus)
        return i + step >= 0 && i + step < (int) n_stops && gtk_widget_grab_focus (stops[i + step]);
    }

  return FALSE;
}

static gboolean
try_follow (GezWeekGrid *self)
{
  GtkWidget *stops[MAX_STOPS];
  guint n_stops = collect_stops (self, stops);

  for (guint i = 0; i < n_stops; i++)
    {
      if (GEZ_IS_AGENDA_BLOCK (stops[i])
          && gez_agenda_block_has_id (GEZ_AGENDA_BLOCK (stops[i]), &self->followed))
        return gtk_widget_grab_focus (stops[i]);
    }

  return FALSE;
}

static gboolean
show_next_day (GtkWidget *widget)
{
  GezWeekGrid *self = GEZ_WEEK_GRID (widget);
  const char *date = self->dates[self->next_day];
  g_autoptr (GPtrArray) here = g_ptr_array_new ();

  for (; self->next_record < self->records->len; self->next_record++)
    {
      GezRecord *record = g_ptr_array_index (self->records, self->next_record);
      int order = strcmp (gez_record_get_text (record, "day_on"), date);

      if (order > 0)
        break;
      if (order == 0)
        g_ptr_array_add (here, record);
    }
  show_day (self, self->next_day, here);
  if (++self->next_day < DAYS)
    return TRUE;

  if (!gez_id_is_none (&self->followed) && try_follow (self))
    self->followed = GEZ_ID_NONE;

  return FALSE;
}

static void
move_to (GezWeekGrid *self,
         const char  *date)
{
  self->followed = GEZ_ID_NONE;
  gez_week_grid_set_date (self, date);
  gtk_widget_grab_focus (GTK_WIDGET (self->headings[get_chosen (self)]));
}

/* The day of a heading, a strip or a column of hours. */
static const char *
get_date_of (GezWeekGrid *self,
             gpointer     widget)
{
  for (guint i = 0; i < DAYS; i++)
    {
      if (widget == self->headings[i] || widget == self->tops[i] || widget == self->days[i])
        return self->dates[i];
    }

  g_assert_not_reached ();
}

static void
heading_clicked_cb (GezWeekGrid    *self,
                    GezWeekHeading *heading)
{
  move_to (self, get_date_of (self, heading));
}

static void
open_cb (GezWeekGrid *self,
         GezRecord   *record)
{
  gez_week_grid_set_date (self, gez_record_get_text (record, "day_on"));
  g_signal_emit (self, signals[OPEN], 0, record);
}

static void
top_dropped_cb (GezWeekGrid *self,
                GezRecord   *record,
                GezWeekTop  *top)
{
  g_signal_emit (self, signals[MOVE], 0, record, get_date_of (self, top), NULL);
}

static void
day_dropped_cb (GezWeekGrid *self,
                GezRecord   *record,
                int          minutes,
                GezWeekDay  *day)
{
  g_autofree char *time = gez_agenda_dup_time (minutes);

  g_signal_emit (self, signals[MOVE], 0, record, get_date_of (self, day), time);
}

static void
more_cb (GezWeekGrid *self,
         GezWeekTop  *top)
{
  g_signal_emit (self, signals[DAY_ACTIVATED], 0, get_date_of (self, top));
}

static gboolean
move_days_cb (GtkWidget *widget,
              GVariant  *args,
              gpointer   user_data)
{
  GezWeekGrid *self = GEZ_WEEK_GRID (widget);
  g_autofree char *date = gez_date_add_days (self->date, g_variant_get_int32 (args));

  if (date != NULL)
    move_to (self, date);

  return TRUE;
}

static gboolean
move_in_day_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  focus_next (GEZ_WEEK_GRID (widget), g_variant_get_int32 (args));

  return TRUE;
}

static gboolean
go_to_today_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  move_to (GEZ_WEEK_GRID (widget), GEZ_WEEK_GRID (widget)->today);

  return TRUE;
}

static gboolean
gez_week_grid_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  if (gtk_widget_get_focus_child (widget) == NULL)
    return gtk_widget_grab_focus (widget);
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;

  return focus_next (GEZ_WEEK_GRID (widget), direction == GTK_DIR_TAB_FORWARD ? 1 : -1);
}

static gboolean
gez_week_grid_grab_focus (GtkWidget *widget)
{
  GezWeekGrid *self = GEZ_WEEK_GRID (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->headings[get_chosen (self)]));
}

static void
gez_week_grid_get_property (GObject    *object,
                            guint       property,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (property == PROP_DATE)
    g_value_set_string (value, GEZ_WEEK_GRID (object)->date);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
gez_week_grid_set_property (GObject      *object,
                            guint         property,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  if (property == PROP_DATE)
    gez_week_grid_set_date (GEZ_WEEK_GRID (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
gez_week_grid_dispose (GObject *object)
{
  GezWeekGrid *self = GEZ_WEEK_GRID (object);

  gez_piecemeal_stop (GTK_WIDGET (self));
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_week_grid_parent_class)->dispose (object);
}

static void
gez_week_grid_finalize (GObject *object)
{
  GezWeekGrid *self = GEZ_WEEK_GRID (object);

  for (guint i = 0; i < DAYS; i++)
    g_free (self->dates[i]);
  g_free (self->date);
  g_free (self->today);

  G_OBJECT_CLASS (gez_week_grid_parent_class)->finalize (object);
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  static const struct { guint key; int step; GtkShortcutFunc func; } bindings[] = {
    { GDK_KEY_Left, -1, move_days_cb }, { GDK_KEY_Right, 1, move_days_cb },
    { GDK_KEY_KP_Left, -1, move_days_cb }, { GDK_KEY_KP_Right, 1, move_days_cb },
    { GDK_KEY_Up, -1, move_in_day_cb }, { GDK_KEY_Down, 1, move_in_day_cb },
    { GDK_KEY_KP_Up, -1, move_in_day_cb }, { GDK_KEY_KP_Down, 1, move_in_day_cb },
    { GDK_KEY_Page_Up, -DAYS, move_days_cb }, { GDK_KEY_Page_Down, DAYS, move_days_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding (widget_class, bindings[i].key, 0, bindings[i].func, "i",
                                  bindings[i].step);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, go_to_today_cb, NULL);
}

static void
add_signals (GezWeekGridClass *klass)
{
  /**
   * GezWeekGrid::open:
   * @record: what a person wants to see or change
   */
  signals[OPEN] =
    g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, GEZ_TYPE_RECORD);

  /**
   * GezWeekGrid::move:
   * @record: what a person dragged
   * @date: where to, YYYY-MM-DD
   * @time: (nullable): HH:MM; %NULL for the whole day
   */
  signals[MOVE] =
    g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, GEZ_TYPE_RECORD, G_TYPE_STRING, G_TYPE_STRING);

  /**
   * GezWeekGrid::day-activated:
   * @date: YYYY-MM-DD; a person wants to see all of it
   */
  signals[DAY_ACTIVATED] =
    g_signal_new ("day-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
gez_week_grid_class_init (GezWeekGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = gez_week_grid_get_property;
  object_class->set_property = gez_week_grid_set_property;
  object_class->dispose = gez_week_grid_dispose;
  object_class->finalize = gez_week_grid_finalize;
  widget_class->focus = gez_week_grid_focus;
  widget_class->grab_focus = gez_week_grid_grab_focus;
  gez_focus_class_let_leave (widget_class);

  /**
   * GezWeekGrid:date: the chosen day, YYYY-MM-DD. The grid shows its week.
   */
  properties[PROP_DATE] =
    g_param_spec_string ("date", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  add_signals (klass);
  add_bindings (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "weekgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_headings (GezWeekGrid *self)
{
  GtkWidget *row = gez_week_columns_box_new ();

  gtk_box_append (GTK_BOX (row), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  for (guint i = 0; i < DAYS; i++)
    {
      self->headings[i] = GEZ_WEEK_HEADING (gez_week_heading_new ());
      if (i > 0)
        gez_week_heading_join (self->headings[i], self->headings[0]);
      g_signal_connect_object (self->headings[i], "clicked", G_CALLBACK (heading_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->headings[i]));
    }

  return row;
}

static GtkWidget *
make_tops (GezWeekGrid *self)
{
  GtkWidget *row = gez_week_columns_box_new ();

  gtk_box_append (GTK_BOX (row), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_widget_add_css_class (row, "gez-week-tops");
  for (guint i = 0; i < DAYS; i++)
    {
      self->tops[i] = GEZ_WEEK_TOP (gez_week_top_new ());
      g_signal_connect_object (self->tops[i], "open", G_CALLBACK (open_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->tops[i], "dropped", G_CALLBACK (top_dropped_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->tops[i], "more", G_CALLBACK (more_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->tops[i]));
    }

  return row;
}

static GtkWidget *
make_hours (GezWeekGrid *self)
{
  GtkWidget *row = gez_week_columns_box_new ();

  gtk_box_append (GTK_BOX (row), gez_week_hours_new_times ());
  for (guint i = 0; i < DAYS; i++)
    {
      self->days[i] = GEZ_WEEK_DAY (gez_week_day_new ());
      g_signal_connect_object (self->days[i], "open", G_CALLBACK (open_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->days[i], "dropped", G_CALLBACK (day_dropped_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->days[i]));
    }

  return row;
}

static void
gez_week_grid_init (GezWeekGrid *self)
{
  g_autoptr (GtkSizeGroup) gutters = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->rows[0] = make_headings (self);
  self->rows[1] = make_tops (self);
  self->rows[2] = make_hours (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    gtk_size_group_add_widget (gutters, gtk_widget_get_first_child (self->rows[i]));

  gtk_box_append (GTK_BOX (self->content), self->rows[0]);
  gtk_box_append (GTK_BOX (self->content), self->rows[1]);
  gtk_box_append (GTK_BOX (self->content), gez_week_hours_new (self->rows[2]));
  gtk_widget_add_css_class (self->content, "gez-week");
  gtk_widget_set_overflow (self->content, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Week"),
                                  -1);
}

static int
parse_minutes (const char *time)
{
  int hour, minute;

  return gez_date_parse_time (time, &hour, &minute) ? hour * 60 + minute : 0;
}

/**
 * gez_week_grid_new:
 * @today: YYYY-MM-DD
 * @now: HH:MM
 *
 * Returns: (transfer floating): the week of today, today chosen
 */
GtkWidget *
gez_week_grid_new (const char *today,
                   const char *now)
{
  GezWeekGrid *self;

  g_return_val_if_fail (gez_date_is_valid (today), NULL);
  g_return_val_if_fail (now != NULL, NULL);

  self = g_object_new (GEZ_TYPE_WEEK_GRID, NULL);
  self->today = g_strdup (today);
  self->now = parse_minutes (now);
  gez_week_grid_set_date (self, today);

  return GTK_WIDGET (self);
}

/**
 * gez_week_grid_set_now:
 * @self: a week
 * @today: YYYY-MM-DD
 * @now: HH:MM
 *
 * Moves the line of now.
 */
void
gez_week_grid_set_now (GezWeekGrid *self,
                       const char  *today,
                       const char  *now)
{
  g_return_if_fail (GEZ_IS_WEEK_GRID (self));
  g_return_if_fail (gez_date_is_valid (today));

  g_free (self->today);
  self->today = g_strdup (today);
  self->now = parse_minutes (now);
  update_now (self);
}

/**
 * gez_week_grid_set_date:
 * @self: a week
 * @date: YYYY-MM-DD
 *
 * Chooses a day and shows its week.
 */
void
gez_week_grid_set_date (GezWeekGrid *self,
                        const char  *date)
{
  int day;

  g_return_if_fail (GEZ_IS_WEEK_GRID (self));
  g_return_if_fail (gez_date_is_valid (date));

  if (g_strcmp0 (self->date, date) == 0)
    return;

  day = find_day (self, date);
  g_free (self->date);
  self->date = g_strdup (date);
  if (day < 0 || day >= DAYS)
    update_week (self);
  update_chosen (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATE]);
}

/**
 * gez_week_grid_turn:
 * @self: a week
 * @direction: 1 forward, -1 back
 *
 * Goes to the next page: a week, or a day where one day shows.
 */
void
gez_week_grid_turn (GezWeekGrid *self,
                    int          direction)
{
  g_autofree char *date = NULL;

  g_return_if_fail (GEZ_IS_WEEK_GRID (self));

  date = gez_date_add_days (self->date, gez_week_columns_is_folded (self->rows[0])
                                        ? direction : direction * DAYS);
  if (date != NULL)
    gez_week_grid_set_date (self, date);
}

/**
 * gez_week_grid_get_first:
 * @self: a week
 *
 * Returns: its Monday, YYYY-MM-DD
 */
const char *
gez_week_grid_get_first (GezWeekGrid *self)
{
  g_return_val_if_fail (GEZ_IS_WEEK_GRID (self), NULL);

  return self->dates[0];
}

/**
 * gez_week_grid_get_last:
 * @self: a week
 *
 * Returns: its Sunday, YYYY-MM-DD
 */
const char *
gez_week_grid_get_last (GezWeekGrid *self)
{
  g_return_val_if_fail (GEZ_IS_WEEK_GRID (self), NULL);

  return self->dates[DAYS - 1];
}

/**
 * gez_week_grid_set_records:
 * @self: a week
 * @records: (element-type GezRecord): what stands on its days, by day, as gez_agenda_query() gives it
 */
void
gez_week_grid_set_records (GezWeekGrid *self,
                           GPtrArray   *records)
{
  g_return_if_fail (GEZ_IS_WEEK_GRID (self));
  g_return_if_fail (records != NULL);

  g_ptr_array_ref (records);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  self->records = records;
  self->next_record = self->next_day = 0;
  gez_piecemeal_do (GTK_WIDGET (self), show_next_day);
}

/**
 * gez_week_grid_follow:
 * @self: a week
 * @id: what was moved to the chosen day
 *
 * Puts the focus on it as soon as it is shown there.
 */
void
gez_week_grid_follow (GezWeekGrid *self,
                      const GezId *id)
{
  g_return_if_fail (GEZ_IS_WEEK_GRID (self));

  self->followed = *id;
}
