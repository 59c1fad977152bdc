/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-dialog.h"

#include <glib/gi18n.h>

#include "agenda/gez-household-picker.h"
#include "base/gez-date.h"
#include "base/gez-text.h"
#include "common/gez-act.h"
#include "common/gez-date-entry.h"
#include "model/gez-appointment.h"
#include "model/gez-followup.h"

#define WIDTH 420 /* pixels, and never wider than the window below it */

/*
 * The dialog stays open until the store has what was filled in: what could not be saved is still
 * there to be saved again.
 */
struct _GezAgendaDialog
{
  AdwWindow parent_instance;

  GezContext *context;
  GtkWidget *from;
  GezId household;
  GtkWidget *appointment;
  GtkWidget *followup;
  GtkWidget *what;
  GtkWidget *picker;
  GezDateEntry *date;
  GtkWidget *time;
  GtkWidget *time_hint;
  GtkWidget *place;
  GtkWidget *only_appointment;
  GtkWidget *save;
  gboolean is_saving;
};

G_DEFINE_FINAL_TYPE (GezAgendaDialog, gez_agenda_dialog, ADW_TYPE_WINDOW)

static gboolean
is_appointment (GezAgendaDialog *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->appointment));
}

static const char *
get_text (GtkWidget *entry)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  return gez_text_is_blank (text) ? NULL : text;
}

/* People write 9, 9.30, 9u30 and 9:30; the store has HH:MM. */
static char *
parse_time (const char *text)
{
  g_autofree char *tidy = g_strstrip (g_strdup (text));
  g_auto (GStrv) parts = NULL;
  g_autofree char *time = NULL;
  int hour, minute;

  g_strdelimit (tidy, ".uUhH", ':');
  parts = g_strsplit (tidy, ":", 2);
  if (parts[0] == NULL)
    return NULL;

  time = g_strdup_printf ("%s%s:%s", strlen (parts[0]) == 1 ? "0" : "", parts[0],
                          parts[1] == NULL || *parts[1] == '\0' ? "00" : parts[1]);
  if (!gez_date_parse_time (time, &hour, &minute))
    return NULL;

  return g_strdup_printf ("%02d:%02d", hour, minute);
}

static gboolean
has_good_time (GezAgendaDialog *self)
{
  g_autofree char *time = NULL;

  if (!is_appointment (self) || get_text (self->time) == NULL)
    return TRUE;

  time = parse_time (get_text (self->time));

  return time != NULL;
}

static void
update (GezAgendaDialog *self)
{
  gboolean is_settled = self->picker == NULL
                        || gez_household_picker_is_settled (GEZ_HOUSEHOLD_PICKER (self->picker));
  gboolean is_complete = get_text (self->what) != NULL
                         && gez_date_entry_get_date (self->date) != NULL
                         && has_good_time (self) && is_settled && !self->is_saving;

  gtk_widget_set_visible (self->only_appointment, is_appointment (self));
  gtk_widget_set_visible (self->time_hint, !has_good_time (self));
  gtk_widget_set_sensitive (self->save, is_complete);
  gtk_window_set_title (GTK_WINDOW (self),
                        is_appointment (self) ? _("New appointment") : _("New follow-up"));
}

static const GezId *
get_household (GezAgendaDialog *self)
{
  if (self->picker != NULL)
    return gez_household_picker_get_household (GEZ_HOUSEHOLD_PICKER (self->picker));

  return gez_id_is_none (&self->household) ? NULL : &self->household;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GezAgendaDialog) self = user_data;

  self->is_saving = FALSE;
  if (gez_act_finish (result) != 0)
    gtk_window_destroy (GTK_WINDOW (self));
  else if (self->context != NULL)
    update (self);
}

static GezChange *
make_change (GezAgendaDialog *self)
{
  const char *date = gez_date_entry_get_date (self->date);
  const char *time_text = get_text (self->time);
  g_autofree char *time = time_text == NULL ? NULL : parse_time (time_text);
  GezFollowupInput followup = {
    .household_id = get_household (self),
    .what = get_text (self->what),
    .due_on = date,
  };
  GezAppointmentInput appointment = {
    .household_id = get_household (self),
    .title = get_text (self->what),
    .held_on = date,
    .start_time = time,
    .place = get_text (self->place),
  };
  GezId id;

  if (is_appointment (self))
    return gez_appointment_plan (self->context, &appointment, &id);

  return gez_followup_plan (self->context, &followup, &id);
}

static void
save_cb (GezAgendaDialog *self)
{
  if (!gtk_widget_get_sensitive (self->save))
    return;

  self->is_saving = TRUE;
  update (self);
  gez_act_async (self->from, self->context, make_change (self),
                 is_appointment (self) ? _("Appointment saved") : _("Follow-up saved"),
                 saved_cb, g_object_ref (self));
}

static void
gez_agenda_dialog_dispose (GObject *object)
{
  GezAgendaDialog *self = GEZ_AGENDA_DIALOG (object);

  g_clear_object (&self->context);
  g_clear_object (&self->from);

  G_OBJECT_CLASS (gez_agenda_dialog_parent_class)->dispose (object);
}

static void
gez_agenda_dialog_class_init (GezAgendaDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_agenda_dialog_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gez_agenda_dialog_init (GezAgendaDialog *self)
{
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

static GtkWidget *
append_field (GtkWidget  *box,
              const char *label,
              GtkWidget  *field)
{
  GtkWidget *heading = gtk_label_new (label);
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "caption-heading");
  gtk_box_append (GTK_BOX (group), heading);
  gtk_box_append (GTK_BOX (group), field);
  gtk_box_append (GTK_BOX (box), group);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);

  return group;
}

static GtkWidget *
make_kind (GezAgendaDialog *self)
{
  GtkWidget *kind = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->appointment = gtk_toggle_button_new_with_label (_("Appointment"));
  self->followup = gtk_toggle_button_new_with_label (_("Follow-up"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->followup),
                               GTK_TOGGLE_BUTTON (self->appointment));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->appointment), TRUE);
  gtk_box_append (GTK_BOX (kind), self->appointment);
  gtk_box_append (GTK_BOX (kind), self->followup);
  gtk_box_set_homogeneous (GTK_BOX (kind), TRUE);
  gtk_widget_add_css_class (kind, "linked");
  g_signal_connect_swapped (self->appointment, "toggled", G_CALLBACK (update), self);

  return kind;
}

static GtkWidget *
make_entry (GezAgendaDialog *self)
{
  GtkWidget *entry = gtk_entry_new ();

  g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (save_cb), self);

  return entry;
}

static void
append_when (GezAgendaDialog *self,
             GtkWidget       *box)
{
  GezClock *clock = gez_context_get_clock (self->context);
  GtkWidget *date = gez_date_entry_new (clock, _("Day"));
  GtkWidget *time_group;

  self->date = GEZ_DATE_ENTRY (date);
  g_signal_connect_swapped (date, "notify::date", G_CALLBACK (update), self);
  g_signal_connect_swapped (date, "activate", G_CALLBACK (save_cb), self);
  append_field (box, _("Day"), date);

  self->only_appointment = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->time = make_entry (self);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->time), _("9:30; empty for the whole day"));
  time_group = append_field (self->only_appointment, _("Time"), self->time);
  self->time_hint = gtk_label_new (_("Not a time. Write it as 9:30."));
  gtk_label_set_xalign (GTK_LABEL (self->time_hint), 0);
  gtk_widget_add_css_class (self->time_hint, "error");
  gtk_widget_add_css_class (self->time_hint, "caption");
  gtk_box_append (GTK_BOX (time_group), self->time_hint);

  self->place = make_entry (self);
  append_field (self->only_appointment, _("Place"), self->place);
  gtk_box_append (GTK_BOX (box), self->only_appointment);
}

static GtkWidget *
make_header (GezAgendaDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_label (_("Cancel"));

  self->save = gtk_button_new_with_label (_("Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);

  return header;
}

static void
build (GezAgendaDialog *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_box_append (GTK_BOX (box), make_kind (self));
  self->what = make_entry (self);
  append_field (box, _("What"), self->what);
  if (gez_id_is_none (&self->household))
    {
      self->picker = gez_household_picker_new (self->context);
      g_signal_connect_swapped (self->picker, "changed", G_CALLBACK (update), self);
      append_field (box, _("Household"), self->picker);
    }
  append_when (self, box);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (content), make_header (self));
  gtk_box_append (GTK_BOX (content), scrolled);
  adw_window_set_content (ADW_WINDOW (self), content);
}

static void
present (GtkWidget   *parent,
         GezContext  *context,
         const GezId *household,
         const char  *date,
         gboolean     is_followup)
{
  GezAgendaDialog *self = g_object_new (GEZ_TYPE_AGENDA_DIALOG, NULL);
  GtkRoot *root = gtk_widget_get_root (parent);

  self->context = g_object_ref (context);
  self->from = g_object_ref (parent);
  self->household = household == NULL ? GEZ_ID_NONE : *household;
  build (self);
  if (is_followup)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->followup), TRUE);
  if (date != NULL)
    gez_date_entry_set_date (self->date, date);
  update (self);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (root))), -1);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->what);
}

/**
 * gez_agenda_dialog_present:
 * @parent: (transfer none): the widget that asks; what happened is said in its window
 * @context: (transfer none): for the act
 * @household: (nullable): whose; %NULL lets the person search one, or none
 * @date: (nullable): the day to begin with, YYYY-MM-DD
 *
 * Asks for an appointment, or a follow-up when the person says so, and saves it.
 */
void
gez_agenda_dialog_present (GtkWidget   *parent,
                           GezContext  *context,
                           const GezId *household,
                           const char  *date)
{
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (GEZ_IS_CONTEXT (context));

  present (parent, context, household, date, FALSE);
}

/**
 * gez_agenda_dialog_present_followup:
 * @parent: (transfer none): the widget that asks; what happened is said in its window
 * @context: (transfer none): for the act
 * @household: (nullable): whose; %NULL lets the person search one, or none
 * @date: (nullable): the day to begin with, YYYY-MM-DD
 *
 * Asks for a follow-up, or an appointment when the person says so, and saves it.
 */
void
gez_agenda_dialog_present_followup (GtkWidget   *parent,
                                    GezContext  *context,
                                    const GezId *household,
                                    const char  *date)
{
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (GEZ_IS_CONTEXT (context));

  present (parent, context, household, date, TRUE);
}
