/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-move-button.h"

#include <glib/gi18n.h>

#include "base/gez-date.h"
#include "common/gez-act.h"
#include "common/gez-date-entry.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "model/gez-followup.h"

/* What the menu of one button needs; it lives as long as the button. */
typedef struct
{
  GezContext *context;
  GezRecord *record;
  GtkMenuButton *button;
} Move;

static void
move_free (Move *move)
{
  g_object_unref (move->context);
  g_object_unref (move->record);
  g_free (move);
}

static void
move_to (Move       *move,
         const char *date)
{
  g_autofree char *day = gez_format_date_long (date);
  /* Translators: %s is a day, as "Tuesday 24 November". */
  g_autofree char *done = g_strdup_printf (_("Moved to %s"), day);
  GezChange *change = gez_followup_move (move->context, gez_record_get_id (move->record), date,
                                         NULL);

  gez_act (GTK_WIDGET (move->button), move->context, change, done);
  gtk_menu_button_popdown (move->button);
}

static void
day_clicked_cb (GtkWidget *day,
                Move      *move)
{
  move_to (move, g_object_get_data (G_OBJECT (day), "gez-date"));
}

static void
date_changed_cb (GezDateEntry *entry,
                 GParamSpec   *pspec,
                 GtkWidget    *save)
{
  gtk_widget_set_sensitive (save, gez_date_entry_get_date (entry) != NULL);
}

static void
save_clicked_cb (GtkWidget *save,
                 Move      *move)
{
  GezDateEntry *entry = g_object_get_data (G_OBJECT (save), "gez-entry");

  if (gez_date_entry_get_date (entry) != NULL)
    move_to (move, gez_date_entry_get_date (entry));
}

static void
date_activated_cb (GezDateEntry *entry,
                   GtkWidget    *save)
{
  if (gtk_widget_get_sensitive (save))
    gtk_widget_activate (save);
}

static void
append_day (GtkWidget  *box,
            Move       *move,
            const char *label,
            const char *date)
{
  GtkWidget *day = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *name = gtk_label_new (label);
  g_autofree char *when = gez_format_date (date);
  GtkWidget *detail = gtk_label_new (when);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (content), name);
  gtk_box_append (GTK_BOX (content), detail);
  gtk_button_set_child (GTK_BUTTON (day), content);
  gtk_widget_add_css_class (day, "flat");
  g_object_set_data_full (G_OBJECT (day), "gez-date", g_strdup (date), g_free);
  g_signal_connect (day, "clicked", G_CALLBACK (day_clicked_cb), move);
  gtk_box_append (GTK_BOX (box), day);
}

static char *
find_next_monday (const char *today)
{
  GDate date;

  if (!gez_date_parse (today, &date))
    g_assert_not_reached ();

  return gez_date_add_days (today, 8 - g_date_get_weekday (&date));
}

static void
append_other_day (GtkWidget *box,
                  Move      *move,
                  GezClock  *clock)
{
  GtkWidget *entry = gez_date_entry_new (clock, _("Another day"));
  GtkWidget *save = gtk_button_new_with_label (_("Move"));

  gtk_widget_set_sensitive (save, FALSE);
  gtk_widget_set_halign (save, GTK_ALIGN_END);
  g_object_set_data (G_OBJECT (save), "gez-entry", entry);
  g_signal_connect_object (entry, "notify::date", G_CALLBACK (date_changed_cb), save, 0);
  g_signal_connect_object (entry, "activate", G_CALLBACK (date_activated_cb), save, 0);
  g_signal_connect (save, "clicked", G_CALLBACK (save_clicked_cb), move);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), save);
}

static void
create_popup_cb (GtkMenuButton *button,
                 gpointer       user_data)
{
  Move *move = user_data;
  GezClock *clock = gez_context_get_clock (move->context);
  g_autofree char *today = gez_context_dup_today (move->context);
  g_autofree char *tomorrow = gez_date_add_days (today, 1);
  g_autofree char *monday = find_next_monday (today);
  g_autofree char *next_week = gez_date_add_days (today, 7);
  GtkWidget *box, *popover;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  if (g_strcmp0 (gez_record_get_text (move->record, "day_on"), today) != 0)
    append_day (box, move, _("Today"), today);
  append_day (box, move, _("Tomorrow"), tomorrow);
  append_day (box, move, _("Monday"), monday);
  append_day (box, move, _("In a week"), next_week);
  append_other_day (box, move, clock);

  popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (button, popover);
}

/**
 * gez_move_button_new:
 * @context: (transfer none): for the act
 * @record: (transfer none): a follow-up with `id`, `day_on` and `text`
 *
 * Returns: (transfer floating): a button that moves the follow-up to another day
 */
GtkWidget *
gez_move_button_new (GezContext *context,
                     GezRecord  *record)
{
  GtkWidget *button;
  Move *move;
  g_autofree char *label = NULL;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (GEZ_IS_RECORD (record), NULL);

  button = gtk_menu_button_new ();
  /* Translators: %s is what is to be done. */
  label = g_strdup_printf (_("Move to another day: %s"), gez_discreet (gez_record_get_text (record, "text")));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "alarm-symbolic");
  gtk_widget_set_tooltip_text (button, _("Move to another day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");

  move = g_new0 (Move, 1);
  move->context = g_object_ref (context);
  move->record = g_object_ref (record);
  move->button = GTK_MENU_BUTTON (button);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_popup_cb, move,
                                         (GDestroyNotify) move_free);

  return button;
}
