/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-day-picker.h"

#include <glib/gi18n.h>

#include "base/gez-date.h"
#include "common/gez-format.h"

#define N_WEEKS 6
#define N_DAYS 7

struct _GezDayPicker
{
  GtkWidget parent_instance;

  GezClock *clock;
  GtkWidget *title;
  GtkWidget *days[N_WEEKS * N_DAYS];
  GDate month; /* its first day */
  GDate chosen;
};

G_DEFINE_FINAL_TYPE (GezDayPicker, gez_day_picker, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_class (GtkWidget  *widget,
           const char *css_class,
           gboolean    is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
show_day (GezDayPicker *self,
          GtkWidget    *button,
          const GDate  *day,
          const GDate  *today)
{
  g_autofree char *number = g_strdup_printf ("%d", g_date_get_day (day));
  g_autofree char *date = gez_date_format (day);
  g_autofree char *name = gez_format_date_long (date);
  gboolean is_chosen = g_date_valid (&self->chosen) && g_date_compare (&self->chosen, day) == 0;

  gtk_button_set_label (GTK_BUTTON (button), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "date", g_steal_pointer (&date), g_free);
  set_class (button, "gez-day-other", g_date_get_month (day) != g_date_get_month (&self->month));
  set_class (button, "gez-day-today", g_date_compare (day, today) == 0);
  set_class (button, "gez-day-chosen", is_chosen);
}

static void
show_month (GezDayPicker *self)
{
  g_autofree char *date = gez_date_format (&self->month);
  g_autofree char *title = gez_format_month_year (date);
  g_autofree char *now = gez_clock_get_today (self->clock);
  GDate day = self->month;
  GDate today;

  if (!gez_date_parse (now, &today))
    today = self->month;
  gtk_label_set_text (GTK_LABEL (self->title), title);
  g_date_subtract_days (&day, g_date_get_weekday (&day) - 1);
  for (int i = 0; i < N_WEEKS * N_DAYS; i++)
    {
      show_day (self, self->days[i], &day, &today);
      g_date_add_days (&day, 1);
    }
}

static void
turn_month (GezDayPicker *self,
            int           months)
{
  if (months > 0)
    g_date_add_months (&self->month, months);
  else
    g_date_subtract_months (&self->month, -months);
  show_month (self);
}

static void
previous_cb (GezDayPicker *self)
{
  turn_month (self, -1);
}

static void
next_cb (GezDayPicker *self)
{
  turn_month (self, 1);
}

static gboolean
turn_cb (GtkWidget *widget,
         GVariant  *months,
         gpointer   data)
{
  turn_month (GEZ_DAY_PICKER (widget), g_variant_get_int32 (months));
  return TRUE;
}

static void
clicked_cb (GezDayPicker *self,
            GtkButton    *button)
{
  g_autofree char *date = g_strdup (g_object_get_data (G_OBJECT (button), "date"));

  g_signal_emit (self, signals[PICKED], 0, date);
}

static GtkWidget *
make_arrow (GezDayPicker *self,
            const char   *icon_name,
            const char   *name,
            GCallback     callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_heading (GezDayPicker *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->title = gtk_label_new (NULL);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_box_append (GTK_BOX (line), make_arrow (self, "go-previous-symbolic", _("Previous month"),
                                              G_CALLBACK (previous_cb)));
  gtk_box_append (GTK_BOX (line), self->title);
  gtk_box_append (GTK_BOX (line), make_arrow (self, "go-next-symbolic", _("Next month"),
                                              G_CALLBACK (next_cb)));
  return line;
}

static GtkWidget *
make_days (GezDayPicker *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (int weekday = 1; weekday <= N_DAYS; weekday++)
    {
      GtkWidget *label = gtk_label_new (gez_format_weekday_short (weekday));

      gtk_widget_add_css_class (label, "gez-detail");
      gtk_grid_attach (GTK_GRID (grid), label, weekday - 1, 0, 1, 1);
    }
  for (int i = 0; i < N_WEEKS * N_DAYS; i++)
    {
      GtkWidget *button = gtk_button_new ();

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "gez-day");
      g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (grid), button, i % N_DAYS, 1 + i / N_DAYS, 1, 1);
      self->days[i] = button;
    }
  return grid;
}

static void
gez_day_picker_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&GEZ_DAY_PICKER (object)->clock);
  G_OBJECT_CLASS (gez_day_picker_parent_class)->dispose (object);
}

static void
gez_day_picker_class_init (GezDayPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_day_picker_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, 0, turn_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, 0, turn_cb, "i", 1);

  signals[PICKED] = g_signal_new ("picked", GEZ_TYPE_DAY_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
gez_day_picker_init (GezDayPicker *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  g_date_clear (&self->month, 1);
  g_date_clear (&self->chosen, 1);
  gtk_widget_set_parent (make_heading (self), GTK_WIDGET (self));
  gtk_widget_set_parent (make_days (self), GTK_WIDGET (self));
}

/**
 * gez_day_picker_new:
 * @clock: says which day is today
 *
 * Returns: (transfer floating): a picker that shows this month
 */
GtkWidget *
gez_day_picker_new (GezClock *clock)
{
  GezDayPicker *self;

  g_return_val_if_fail (GEZ_IS_CLOCK (clock), NULL);

  self = g_object_new (GEZ_TYPE_DAY_PICKER, NULL);
  self->clock = g_object_ref (clock);
  gez_day_picker_show (self, NULL);
  return GTK_WIDGET (self);
}

/**
 * gez_day_picker_show:
 * @self: a picker
 * @date: (nullable): the day that is chosen now; %NULL shows this month without a chosen day
 */
void
gez_day_picker_show (GezDayPicker *self,
                     const char   *date)
{
  g_autofree char *today = NULL;

  g_return_if_fail (GEZ_IS_DAY_PICKER (self));

  g_date_clear (&self->chosen, 1);
  if (date != NULL && gez_date_parse (date, &self->chosen))
    self->month = self->chosen;
  else
    {
      today = gez_clock_get_today (self->clock);
      if (!gez_date_parse (today, &self->month))
        return;
    }
  g_date_set_day (&self->month, 1);
  show_month (self);
}
