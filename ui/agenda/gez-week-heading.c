/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-week-heading.h"

#include <glib/gi18n.h>

#include "agenda/gez-fit-label.h"
#include "base/gez-date.h"
#include "common/gez-format.h"

struct _GezWeekHeading
{
  GtkButton parent_instance;

  GtkWidget *name;
  char *date;
  gboolean is_today;
  guint n_appointments;
  guint n_followups;
};

G_DEFINE_FINAL_TYPE (GezWeekHeading, gez_week_heading, GTK_TYPE_BUTTON)

static void
toggle_class (GezWeekHeading *self,
              const char     *css_class,
              gboolean        is_on)
{
  if (is_on)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

static void
update_label (GezWeekHeading *self)
{
  g_autofree char *date = gez_format_date_long (self->date);
  g_autoptr (GString) label = g_string_new (date);

  if (self->is_today)
    g_string_append_printf (label, ", %s", _("today"));
  if (self->n_appointments > 0)
    {
      g_string_append (label, ", ");
      g_string_append_printf (label, ngettext ("%u appointment", "%u appointments",
                                               self->n_appointments), self->n_appointments);
    }
  if (self->n_followups > 0)
    {
      g_string_append (label, ", ");
      g_string_append_printf (label, ngettext ("%u follow-up", "%u follow-ups",
                                               self->n_followups), self->n_followups);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str,
                                  -1);
}

static void
gez_week_heading_finalize (GObject *object)
{
  g_free (GEZ_WEEK_HEADING (object)->date);

  G_OBJECT_CLASS (gez_week_heading_parent_class)->finalize (object);
}

static void
gez_week_heading_class_init (GezWeekHeadingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_week_heading_finalize;
}

static void
gez_week_heading_init (GezWeekHeading *self)
{
  self->name = gez_fit_label_new ();
  gtk_button_set_child (GTK_BUTTON (self), self->name);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "gez-week-heading");
}

/**
 * gez_week_heading_new:
 *
 * Returns: (transfer floating): a heading without a day
 */
GtkWidget *
gez_week_heading_new (void)
{
  return g_object_new (GEZ_TYPE_WEEK_HEADING, NULL);
}

/**
 * gez_week_heading_join:
 * @self: a heading
 * @peer: another one of the same week
 *
 * Lets both write the name of their day as long, or as short, as the other.
 */
void
gez_week_heading_join (GezWeekHeading *self,
                       GezWeekHeading *peer)
{
  g_return_if_fail (GEZ_IS_WEEK_HEADING (self));
  g_return_if_fail (GEZ_IS_WEEK_HEADING (peer));

  gez_fit_label_join (GEZ_FIT_LABEL (self->name), GEZ_FIT_LABEL (peer->name));
}

/**
 * gez_week_heading_set_date:
 * @self: a heading
 * @date: YYYY-MM-DD
 */
void
gez_week_heading_set_date (GezWeekHeading *self,
                           const char     *date)
{
  g_autofree char *full = NULL;
  g_autofree char *shorter = NULL;
  g_autofree char *shortest = NULL;
  GDate day;

  g_return_if_fail (GEZ_IS_WEEK_HEADING (self));
  g_return_if_fail (gez_date_parse (date, &day));

  g_free (self->date);
  self->date = g_strdup (date);
  full = g_strdup_printf ("%s %d", gez_format_weekday (g_date_get_weekday (&day)),
                          g_date_get_day (&day));
  shorter = g_strdup_printf ("%s %d", gez_format_weekday_short (g_date_get_weekday (&day)),
                             g_date_get_day (&day));
  shortest = g_strdup_printf ("%d", g_date_get_day (&day));
  gez_fit_label_set_texts (GEZ_FIT_LABEL (self->name), full, shorter, shortest);
  update_label (self);
}

/**
 * gez_week_heading_set_today:
 * @self: a heading
 * @is_today: whether its day is today
 */
void
gez_week_heading_set_today (GezWeekHeading *self,
                            gboolean        is_today)
{
  g_return_if_fail (GEZ_IS_WEEK_HEADING (self));

  if (self->is_today == is_today)
    return;

  self->is_today = is_today;
  toggle_class (self, "today", is_today);
  update_label (self);
}

/**
 * gez_week_heading_set_chosen:
 * @self: a heading
 * @is_chosen: whether its day is the chosen one
 */
void
gez_week_heading_set_chosen (GezWeekHeading *self,
                             gboolean        is_chosen)
{
  g_return_if_fail (GEZ_IS_WEEK_HEADING (self));

  toggle_class (self, "chosen", is_chosen);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
                               is_chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                         : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

/**
 * gez_week_heading_set_counts:
 * @self: a heading
 * @n_appointments: how many stand on its day
 * @n_followups: the same
 */
void
gez_week_heading_set_counts (GezWeekHeading *self,
                             guint           n_appointments,
                             guint           n_followups)
{
  g_return_if_fail (GEZ_IS_WEEK_HEADING (self));

  if (self->n_appointments == n_appointments && self->n_followups == n_followups)
    return;

  self->n_appointments = n_appointments;
  self->n_followups = n_followups;
  update_label (self);
}
