/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-month-grid.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-block.h"
#include "agenda/gez-fit-label.h"
#include "agenda/gez-month-day.h"
#include "base/gez-date.h"
#include "common/gez-focus.h"
#include "common/gez-format.h"
#include "common/gez-piecemeal.h"

#define DAYS_IN_WEEK 7
#define MAX_WEEKS 6
#define MAX_DAYS (DAYS_IN_WEEK * MAX_WEEKS)

/*
 * 1. The days are made once and become other days when the month changes. `days[0]` is the Monday on
 *    or before the first of the month; `n_days` ends with the Sunday on or after its last day.
 * 2. `records` is what must be shown; the days before `next_day` show theirs, up to `next_record`.
 * 3. Tab goes from the chosen day to what stands on it, and then out. The day that has the focus is the
 *    chosen one.
 */
struct _GezMonthGrid
{
  GtkWidget parent_instance;

  GtkWidget *headings;
  GtkWidget *weeks;
  GezMonthDay *days[MAX_DAYS];
  guint n_days;
  char *today;
  char *date;
  GPtrArray *records;
  guint next_record;
  guint next_day;
  GezId followed;
};

G_DEFINE_FINAL_TYPE (GezMonthGrid, gez_month_grid, GTK_TYPE_WIDGET)

enum
{
  PROP_DATE = 1,
  N_PROPERTIES,
};

enum
{
  DAY_ACTIVATED,
  OPEN,
  MOVE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static gboolean
is_same_month (const char *a,
               const char *b)
{
  return a != NULL && b != NULL && strncmp (a, b, strlen ("YYYY-MM")) == 0;
}

static void
update_selected (GezMonthGrid *self)
{
  for (guint i = 0; i < self->n_days; i++)
    {
      const char *date = gez_month_day_get_date (self->days[i]);

      gez_month_day_set_selected (self->days[i], g_strcmp0 (date, self->date) == 0);
    }
}

static void
update_days (GezMonthGrid *self)
{
  GDate first, day;
  guint n_in_month;

  if (!gez_date_parse (self->date, &first))
    g_assert_not_reached ();

  gez_piecemeal_stop (GTK_WIDGET (self));
  g_date_set_day (&first, 1);
  n_in_month = g_date_get_days_in_month (g_date_get_month (&first), g_date_get_year (&first));
  day = first;
  g_date_subtract_days (&day, g_date_get_weekday (&first) - G_DATE_MONDAY);
  self->n_days = g_date_days_between (&day, &first) + n_in_month;
  self->n_days = (self->n_days + DAYS_IN_WEEK - 1) / DAYS_IN_WEEK * DAYS_IN_WEEK;

  for (guint i = 0; i < MAX_DAYS; i++)
    {
      g_autofree char *date = gez_date_format (&day);

      gtk_widget_set_visible (GTK_WIDGET (self->days[i]), i < self->n_days);
      gez_month_day_set_date (self->days[i], date, is_same_month (date, self->date),
                              g_strcmp0 (date, self->today) == 0);
      g_date_add_days (&day, 1);
    }
}

static GezMonthDay *
find_day (GezMonthGrid *self,
          const char   *date)
{
  for (guint i = 0; i < self->n_days; i++)
    {
      if (g_strcmp0 (gez_month_day_get_date (self->days[i]), date) == 0)
        return self->days[i];
    }

  return NULL;
}

static void
move_to (GezMonthGrid *self,
         const char   *date)
{
  self->followed = GEZ_ID_NONE;
  gez_month_grid_set_date (self, date);
  gtk_widget_grab_focus (GTK_WIDGET (find_day (self, self->date)));
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  GezMonthGrid *self = user_data;
  GtkWidget *day = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  move_to (self, gez_month_day_get_date (GEZ_MONTH_DAY (day)));
  if (n_press == 2)
    g_signal_emit (self, signals[DAY_ACTIVATED], 0, self->date);
}

/* A screen reader and a click on what stands on a day move the focus past us. A day of another month
 * stays what it is: its month would come under the pointer. */
static void
entered_cb (GtkEventController *controller,
            gpointer            user_data)
{
  GezMonthGrid *self = user_data;
  GtkWidget *day = gtk_event_controller_get_widget (controller);
  const char *date = gez_month_day_get_date (GEZ_MONTH_DAY (day));

  if (is_same_month (date, self->date))
    gez_month_grid_set_date (self, date);
}

static gboolean
move_days_cb (GtkWidget *widget,
              GVariant  *args,
              gpointer   user_data)
{
  GezMonthGrid *self = GEZ_MONTH_GRID (widget);
  g_autofree char *date = gez_date_add_days (self->date, g_variant_get_int32 (args));

  if (date != NULL)
    move_to (self, date);

  return TRUE;
}

static gboolean
move_months_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  GezMonthGrid *self = GEZ_MONTH_GRID (widget);

  gez_month_grid_move_month (self, g_variant_get_int32 (args));
  gtk_widget_grab_focus (GTK_WIDGET (find_day (self, self->date)));

  return TRUE;
}

static gboolean
go_to_today_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  GezMonthGrid *self = GEZ_MONTH_GRID (widget);

  move_to (self, self->today);

  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  GezMonthGrid *self = GEZ_MONTH_GRID (widget);

  g_signal_emit (self, signals[DAY_ACTIVATED], 0, self->date);

  return TRUE;
}

static void
open_cb (GezMonthGrid *self,
         GezRecord    *record)
{
  g_signal_emit (self, signals[OPEN], 0, record);
}

static void
dropped_cb (GezMonthGrid *self,
            GezRecord    *record,
            GezMonthDay  *day)
{
  g_signal_emit (self, signals[MOVE], 0, record, gez_month_day_get_date (day));
}

/* Arrows go from day to day; Tab goes through what stands on the chosen one. */
static gboolean
gez_month_grid_focus (GtkWidget        *widget,
                      GtkDirectionType  direction)
{
  GezMonthGrid *self = GEZ_MONTH_GRID (widget);
  GezMonthDay *day = find_day (self, self->date);
  GtkWidget *stops[1 + GEZ_MONTH_DAY_MAX_LINES] = { GTK_WIDGET (day) };
  guint n_stops = 1 + gez_month_day_get_blocks (day, stops + 1);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (gtk_widget_get_focus_child (widget) == NULL)
    return gtk_widget_grab_focus (widget);
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;

  for (guint i = 0; i < n_stops; i++)
    {
      if (stops[i] != focus)
        continue;
      if (direction == GTK_DIR_TAB_FORWARD)
        return i + 1 < n_stops && gtk_widget_grab_focus (stops[i + 1]);
      return i > 0 && gtk_widget_grab_focus (stops[i - 1]);
    }

  return FALSE;
}

static gboolean
gez_month_grid_grab_focus (GtkWidget *widget)
{
  GezMonthGrid *self = GEZ_MONTH_GRID (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (find_day (self, self->date)));
}

static void
gez_month_grid_get_property (GObject    *object,
                             guint       property,
                             GValue     *value,
                             GParamSpec *pspec)
{
  GezMonthGrid *self = GEZ_MONTH_GRID (object);

  if (property == PROP_DATE)
    g_value_set_string (value, self->date);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
gez_month_grid_set_property (GObject      *object,
                             guint         property,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  GezMonthGrid *self = GEZ_MONTH_GRID (object);

  if (property == PROP_DATE)
    gez_month_grid_set_date (self, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
gez_month_grid_dispose (GObject *object)
{
  GezMonthGrid *self = GEZ_MONTH_GRID (object);

  gez_piecemeal_stop (GTK_WIDGET (self));
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->headings, gtk_widget_unparent);
  g_clear_pointer (&self->weeks, gtk_widget_unparent);
  self->n_days = 0;

  G_OBJECT_CLASS (gez_month_grid_parent_class)->dispose (object);
}

static void
gez_month_grid_finalize (GObject *object)
{
  GezMonthGrid *self = GEZ_MONTH_GRID (object);

  g_free (self->today);
  g_free (self->date);

  G_OBJECT_CLASS (gez_month_grid_parent_class)->finalize (object);
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  static const struct { guint key; int days; } days[] = {
    { GDK_KEY_Left, -1 }, { GDK_KEY_Right, 1 }, { GDK_KEY_Up, -7 }, { GDK_KEY_Down, 7 },
    { GDK_KEY_KP_Left, -1 }, { GDK_KEY_KP_Right, 1 }, { GDK_KEY_KP_Up, -7 }, { GDK_KEY_KP_Down, 7 },
  };
  static const guint activate[] = {
    GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space,
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    gtk_widget_class_add_binding (widget_class, days[i].key, 0, move_days_cb, "i", days[i].days);
  for (guint i = 0; i < G_N_ELEMENTS (activate); i++)
    gtk_widget_class_add_binding (widget_class, activate[i], 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, 0, move_months_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, 0, move_months_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, go_to_today_cb, NULL);
}

static void
gez_month_grid_class_init (GezMonthGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = gez_month_grid_get_property;
  object_class->set_property = gez_month_grid_set_property;
  object_class->dispose = gez_month_grid_dispose;
  object_class->finalize = gez_month_grid_finalize;
  widget_class->focus = gez_month_grid_focus;
  widget_class->grab_focus = gez_month_grid_grab_focus;
  gez_focus_class_let_leave (widget_class);

  /**
   * GezMonthGrid:date:
   *
   * The chosen day, YYYY-MM-DD. The grid shows its month.
   */
  properties[PROP_DATE] =
    g_param_spec_string ("date", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * GezMonthGrid::day-activated:
   * @date: YYYY-MM-DD
   *
   * A person wants to see this day.
   */
  signals[DAY_ACTIVATED] =
    g_signal_new ("day-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * GezMonthGrid::open:
   * @record: what a person wants to see or change
   */
  signals[OPEN] =
    g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, GEZ_TYPE_RECORD);

  /**
   * GezMonthGrid::move:
   * @record: what a person dragged to another day
   * @date: that day, YYYY-MM-DD
   */
  signals[MOVE] =
    g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, GEZ_TYPE_RECORD, G_TYPE_STRING);

  add_bindings (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "monthgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
add_day (GezMonthGrid *self,
         guint         index)
{
  GtkWidget *day = gez_month_day_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (focus, "enter", G_CALLBACK (entered_cb), self);
  g_signal_connect_object (day, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (day, "dropped", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (day, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (day, focus);
  gtk_grid_attach (GTK_GRID (self->weeks), day, index % DAYS_IN_WEEK, index / DAYS_IN_WEEK, 1, 1);
  self->days[index] = GEZ_MONTH_DAY (day);
}

static void
gez_month_grid_init (GezMonthGrid *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->headings = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->headings), TRUE);
  gtk_widget_set_parent (self->headings, GTK_WIDGET (self));
  for (guint i = 0; i < DAYS_IN_WEEK; i++)
    {
      GtkWidget *heading = gez_fit_label_new ();
      const char *weekday = gez_format_weekday (i + 1);
      g_autofree char *letter = g_utf8_substring (weekday, 0, 1);

      gez_fit_label_set_texts (GEZ_FIT_LABEL (heading), weekday, gez_format_weekday_short (i + 1),
                               letter);
      if (i > 0)
        gez_fit_label_join (GEZ_FIT_LABEL (heading),
                            GEZ_FIT_LABEL (gtk_widget_get_first_child (self->headings)));
      gtk_widget_add_css_class (heading, "gez-month-heading");
      gtk_grid_attach (GTK_GRID (self->headings), heading, i, 0, 1, 1);
    }

  self->weeks = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->weeks), TRUE);
  gtk_grid_set_row_homogeneous (GTK_GRID (self->weeks), TRUE);
  gtk_widget_set_vexpand (self->weeks, TRUE);
  gtk_widget_set_overflow (self->weeks, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (self->weeks, "gez-month-weeks");
  gtk_widget_set_parent (self->weeks, GTK_WIDGET (self));
  for (guint i = 0; i < MAX_DAYS; i++)
    add_day (self, i);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Month"), -1);
}

/**
 * gez_month_grid_new:
 * @today: YYYY-MM-DD
 *
 * Returns: (transfer floating): the month of today, today chosen
 */
GtkWidget *
gez_month_grid_new (const char *today)
{
  GezMonthGrid *self;

  g_return_val_if_fail (gez_date_is_valid (today), NULL);

  self = g_object_new (GEZ_TYPE_MONTH_GRID, NULL);
  self->today = g_strdup (today);
  gez_month_grid_set_date (self, today);

  return GTK_WIDGET (self);
}

/**
 * gez_month_grid_set_today:
 * @self: a month
 * @today: YYYY-MM-DD
 *
 * Marks another day as today, after midnight.
 */
void
gez_month_grid_set_today (GezMonthGrid *self,
                          const char   *today)
{
  g_return_if_fail (GEZ_IS_MONTH_GRID (self));
  g_return_if_fail (gez_date_is_valid (today));

  if (g_strcmp0 (self->today, today) == 0)
    return;

  g_free (self->today);
  self->today = g_strdup (today);
  update_days (self);
}

/**
 * gez_month_grid_set_date:
 * @self: a month
 * @date: YYYY-MM-DD
 *
 * Chooses a day and shows its month; entries of days that stay in sight stay.
 */
void
gez_month_grid_set_date (GezMonthGrid *self,
                         const char   *date)
{
  gboolean is_other_month;

  g_return_if_fail (GEZ_IS_MONTH_GRID (self));
  g_return_if_fail (gez_date_is_valid (date));

  if (g_strcmp0 (self->date, date) == 0)
    return;

  is_other_month = !is_same_month (self->date, date);
  g_free (self->date);
  self->date = g_strdup (date);
  if (is_other_month)
    update_days (self);
  update_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATE]);
}

/**
 * gez_month_grid_get_date:
 * @self: a month
 *
 * Returns: the chosen day, YYYY-MM-DD
 */
const char *
gez_month_grid_get_date (GezMonthGrid *self)
{
  g_return_val_if_fail (GEZ_IS_MONTH_GRID (self), NULL);

  return self->date;
}

/**
 * gez_month_grid_move_month:
 * @self: a month
 * @months: how many months forward, or back when negative
 *
 * Chooses the same day of another month, or its last day when it is shorter.
 */
void
gez_month_grid_move_month (GezMonthGrid *self,
                           int           months)
{
  g_autofree char *date = NULL;
  GDate day;

  g_return_if_fail (GEZ_IS_MONTH_GRID (self));

  if (!gez_date_parse (self->date, &day))
    g_assert_not_reached ();
  if (months >= 0)
    g_date_add_months (&day, months);
  else
    g_date_subtract_months (&day, -months);
  date = gez_date_format (&day);
  if (gez_date_is_valid (date))
    gez_month_grid_set_date (self, date);
}

/**
 * gez_month_grid_get_first:
 * @self: a month
 *
 * Returns: the first day in sight, a Monday, YYYY-MM-DD
 */
const char *
gez_month_grid_get_first (GezMonthGrid *self)
{
  g_return_val_if_fail (GEZ_IS_MONTH_GRID (self), NULL);

  return gez_month_day_get_date (self->days[0]);
}

/**
 * gez_month_grid_get_last:
 * @self: a month
 *
 * Returns: the last day in sight, a Sunday, YYYY-MM-DD
 */
const char *
gez_month_grid_get_last (GezMonthGrid *self)
{
  g_return_val_if_fail (GEZ_IS_MONTH_GRID (self), NULL);

  return gez_month_day_get_date (self->days[self->n_days - 1]);
}

static gboolean
try_follow (GezMonthGrid *self)
{
  GtkWidget *blocks[GEZ_MONTH_DAY_MAX_LINES];
  guint n_blocks = gez_month_day_get_blocks (find_day (self, self->date), blocks);

  for (guint i = 0; i < n_blocks; i++)
    {
      if (gez_agenda_block_has_id (GEZ_AGENDA_BLOCK (blocks[i]), &self->followed))
        return gtk_widget_grab_focus (blocks[i]);
    }

  return FALSE;
}

static gboolean
show_next_day (GtkWidget *widget)
{
  GezMonthGrid *self = GEZ_MONTH_GRID (widget);
  GezMonthDay *day = self->days[self->next_day];
  g_autoptr (GPtrArray) here = g_ptr_array_new ();

  for (; self->next_record < self->records->len; self->next_record++)
    {
      GezRecord *record = g_ptr_array_index (self->records, self->next_record);
      int order = strcmp (gez_record_get_text (record, "day_on"), gez_month_day_get_date (day));

      if (order > 0)
        break;
      if (order == 0)
        g_ptr_array_add (here, record);
    }
  gez_month_day_set_records (day, here);

  if (++self->next_day < self->n_days)
    return TRUE;

  if (!gez_id_is_none (&self->followed) && try_follow (self))
    self->followed = GEZ_ID_NONE;

  return FALSE;
}

/**
 * gez_month_grid_set_records:
 * @self: a month
 * @records: (element-type GezRecord): what stands on the days in sight, by day, as
 *   gez_agenda_query() gives it
 */
void
gez_month_grid_set_records (GezMonthGrid *self,
                            GPtrArray    *records)
{
  g_return_if_fail (GEZ_IS_MONTH_GRID (self));
  g_return_if_fail (records != NULL);

  g_ptr_array_ref (records);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  self->records = records;
  self->next_record = self->next_day = 0;
  gez_piecemeal_do (GTK_WIDGET (self), show_next_day);
}

/**
 * gez_month_grid_follow:
 * @self: a month
 * @id: what was moved to the chosen day
 *
 * Puts the focus on it as soon as it is shown there.
 */
void
gez_month_grid_follow (GezMonthGrid *self,
                       const GezId  *id)
{
  g_return_if_fail (GEZ_IS_MONTH_GRID (self));

  self->followed = *id;
}
