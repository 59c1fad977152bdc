/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-menu.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-acts.h"
#include "agenda/gez-agenda-dialog.h"
#include "agenda/gez-agenda-row.h"
#include "agenda/gez-agenda-words.h"
#include "base/gez-date.h"
#include "common/gez-accessible.h"
#include "common/gez-date-entry.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"

/* What the menu of one button needs; it lives as long as the button. */
typedef struct
{
  GezContext *context;
  GezRecord *record;
  GtkMenuButton *button;
} Menu;

static void
menu_free (Menu *menu)
{
  g_object_unref (menu->context);
  g_object_unref (menu->record);
  g_free (menu);
}

static void
move_to (Menu       *menu,
         const char *date)
{
  const char *time = gez_agenda_is_timed (menu->record)
                     ? gez_record_get_text (menu->record, "start_time") : NULL;

  gtk_menu_button_popdown (menu->button);
  gez_agenda_move (GTK_WIDGET (menu->button), menu->context, menu->record, date, time);
}

static void
day_clicked_cb (GtkWidget *day,
                Menu      *menu)
{
  move_to (menu, g_object_get_data (G_OBJECT (day), "gez-date"));
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
                 Menu      *menu)
{
  GezDateEntry *entry = g_object_get_data (G_OBJECT (save), "gez-entry");

  if (gez_date_entry_get_date (entry) != NULL)
    move_to (menu, gez_date_entry_get_date (entry));
}

static void
date_activated_cb (GezDateEntry *entry,
                   GtkWidget    *save)
{
  if (gtk_widget_get_sensitive (save))
    gtk_widget_activate (save);
}

/* @detail: (nullable): what is said dimly at the end */
static GtkWidget *
append_item (GtkWidget  *box,
             const char *label,
             const char *detail)
{
  GtkWidget *item = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *name = gtk_label_new (label);
  GtkWidget *end = gtk_label_new (detail);
  g_autofree char *spoken = g_strjoin (detail != NULL ? ", " : "", label,
                                       detail != NULL ? detail : "", NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (end, "dim-label");
  gtk_widget_set_visible (end, detail != NULL);
  gtk_box_append (GTK_BOX (content), name);
  gtk_box_append (GTK_BOX (content), end);
  gtk_button_set_child (GTK_BUTTON (item), content);
  gez_accessible_set_name (item, spoken);
  gtk_widget_add_css_class (item, "flat");
  gtk_box_append (GTK_BOX (box), item);

  return item;
}

static void
state_clicked_cb (GtkWidget *item,
                  Menu      *menu)
{
  gtk_menu_button_popdown (menu->button);
  gez_agenda_set_state (GTK_WIDGET (menu->button), menu->context, menu->record,
                        g_object_get_data (G_OBJECT (item), "gez-state"));
}

static void
append_state (GtkWidget  *box,
              Menu       *menu,
              const char *label,
              const char *state)
{
  GtkWidget *item;

  if (gez_agenda_is_state (menu->record, state))
    return;

  item = append_item (box, label, NULL);
  g_object_set_data (G_OBJECT (item), "gez-state", (gpointer) state);
  g_signal_connect (item, "clicked", G_CALLBACK (state_clicked_cb), menu);
}

static void
append_states (GtkWidget *box,
               Menu      *menu)
{
  gboolean is_open = gez_agenda_is_state (menu->record, "planned")
                     || gez_agenda_is_state (menu->record, "open")
                     || !gez_record_has (menu->record, "state");

  if (gez_agenda_is_appointment (menu->record))
    {
      append_state (box, menu, _("Took place"), "held");
      append_state (box, menu, _("Did not take place"), "missed");
      append_state (box, menu, _("Cancel appointment"), "cancelled");
      if (!is_open)
        append_state (box, menu, _("Planned again"), "planned");
    }
  else if (is_open)
    append_state (box, menu, _("Cancel follow-up"), "cancelled");
  else
    append_state (box, menu, _("To do again"), "open");
}

static void
change_clicked_cb (GtkWidget *item,
                   Menu      *menu)
{
  gtk_menu_button_popdown (menu->button);
  gez_agenda_dialog_present_record (GTK_WIDGET (menu->button), menu->context, menu->record);
}

static void
file_clicked_cb (GtkWidget *item,
                 Menu      *menu)
{
  gtk_menu_button_popdown (menu->button);
  gez_record_open (GTK_WIDGET (menu->button), menu->record, "agenda");
}

static void
append_day (GtkWidget  *box,
            Menu       *menu,
            const char *label,
            const char *date)
{
  g_autofree char *when = gez_format_date (date);
  GtkWidget *day = append_item (box, label, when);

  g_object_set_data_full (G_OBJECT (day), "gez-date", g_strdup (date), g_free);
  g_signal_connect (day, "clicked", G_CALLBACK (day_clicked_cb), menu);
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
                  Menu      *menu)
{
  GtkWidget *entry = gez_date_entry_new (gez_context_get_clock (menu->context), _("Another day"));
  GtkWidget *save = gtk_button_new_with_label (_("Move"));

  gtk_widget_set_sensitive (save, FALSE);
  gtk_widget_set_halign (save, GTK_ALIGN_END);
  g_object_set_data (G_OBJECT (save), "gez-entry", entry);
  g_signal_connect_object (entry, "notify::date", G_CALLBACK (date_changed_cb), save, 0);
  g_signal_connect_object (entry, "activate", G_CALLBACK (date_activated_cb), save, 0);
  g_signal_connect (save, "clicked", G_CALLBACK (save_clicked_cb), menu);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), save);
}

static void
append_days (GtkWidget *box,
             Menu      *menu)
{
  g_autofree char *today = gez_context_dup_today (menu->context);
  g_autofree char *tomorrow = gez_date_add_days (today, 1);
  g_autofree char *monday = find_next_monday (today);
  g_autofree char *next_week = gez_date_add_days (today, 7);

  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  if (g_strcmp0 (gez_record_get_text (menu->record, "day_on"), today) != 0)
    append_day (box, menu, _("Today"), today);
  append_day (box, menu, _("Tomorrow"), tomorrow);
  append_day (box, menu, _("Monday"), monday);
  append_day (box, menu, _("In a week"), next_week);
  append_other_day (box, menu);
}

static void
append_more (GtkWidget *box,
             Menu      *menu)
{
  GtkWidget *item = append_item (box, _("Change…"), NULL);

  g_signal_connect (item, "clicked", G_CALLBACK (change_clicked_cb), menu);
  if (gez_record_is_null (menu->record, "household_id"))
    return;
  item = append_item (box, _("Open the file"), NULL);
  g_signal_connect (item, "clicked", G_CALLBACK (file_clicked_cb), menu);
}

static void
create_popup_cb (GtkMenuButton *button,
                 gpointer       user_data)
{
  Menu *menu = user_data;
  GtkWidget *box, *popover;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  append_states (box, menu);
  append_more (box, menu);
  if (!gez_agenda_is_over (menu->record))
    append_days (box, menu);

  popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (button, popover);
}

/**
 * gez_agenda_menu_new:
 * @context: (transfer none): for the acts
 * @record: (transfer none): an appointment or a follow-up
 *
 * Returns: (transfer floating): a button with a menu
 */
GtkWidget *
gez_agenda_menu_new (GezContext *context,
                     GezRecord  *record)
{
  GtkWidget *button;
  Menu *menu;
  g_autofree char *label = NULL;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (GEZ_IS_RECORD (record), NULL);

  button = gtk_menu_button_new ();
  /* Translators: %s is an appointment or what is to be done. */
  label = g_strdup_printf (_("Move or change: %s"), gez_discreet (gez_record_get_text (record, "text")));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, _("Move or change"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");

  menu = g_new0 (Menu, 1);
  menu->context = g_object_ref (context);
  menu->record = g_object_ref (record);
  menu->button = GTK_MENU_BUTTON (button);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_popup_cb, menu,
                                         (GDestroyNotify) menu_free);

  return button;
}
