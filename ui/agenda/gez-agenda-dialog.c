/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-dialog.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-acts.h"
#include "agenda/gez-agenda-row.h"
#include "agenda/gez-agenda-words.h"
#include "agenda/gez-household-picker.h"
#include "agenda/gez-time-words.h"
#include "common/gez-act.h"
#include "common/gez-date-entry.h"
#include "common/gez-discretion.h"
#include "common/gez-row.h"
#include "household/gez-choices.h"
#include "household/gez-edits.h"
#include "household/gez-form.h"
#include "model/gez-agenda.h"
#include "model/gez-appointment.h"
#include "model/gez-followup.h"

/*
 * 1. Without a record it adds; a toggle says whether an appointment or a follow-up, and rows that
 *    belong to one of them show for that one only.
 * 2. With a record it changes that one. `row` is the row of the table as it was read: what stays the
 *    same is not written.
 */
struct _GezAgendaDialog
{
  GezFormDialog parent_instance;

  GezId household;
  GezRecord *record;
  GezRecord *row;
  GtkWidget *appointment; /* the toggle; NULL when it changes */
  GtkWidget *what;
  GtkWidget *picker;
  GezDateEntry *date;
  GtkWidget *time;
  GtkWidget *time_hint;
  GtkWidget *minutes;
  GtkWidget *place;
  GtkWidget *with_whom;
  GtkWidget *member;
  GtkWidget *kind;
  GtkWidget *rhythm;
  GtkWidget *state;
  GtkWidget *reason;
};

G_DEFINE_FINAL_TYPE (GezAgendaDialog, gez_agenda_dialog, GEZ_TYPE_FORM_DIALOG)

static gboolean
is_appointment (GezAgendaDialog *self)
{
  if (self->record != NULL)
    return gez_agenda_is_appointment (self->record);

  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->appointment));
}

static const char *
get_code (GtkWidget *row)
{
  return gez_choice_row_get_code (GEZ_CHOICE_ROW (row));
}

static int
get_number (GtkWidget *row)
{
  const char *code = get_code (row);

  return code == NULL ? 0 : (int) g_ascii_strtoll (code, NULL, 10);
}

static gboolean
has_good_time (GezAgendaDialog *self)
{
  g_autofree char *text = gez_form_entry_dup (self->time);
  g_autofree char *time = text == NULL ? NULL : gez_parse_time_words (text);

  return !is_appointment (self) || text == NULL || time != NULL;
}

/* A follow-up that leaves its rhythm is asked why. */
static gboolean
breaks_rhythm (GezAgendaDialog *self)
{
  return self->row != NULL && !is_appointment (self)
         && gez_record_get_integer (self->row, "rhythm_days") > 0
         && gez_date_entry_get_date (self->date) != NULL
         && g_strcmp0 (gez_date_entry_get_date (self->date),
                       gez_record_get_text (self->row, "due_on")) != 0;
}

static const char *
get_title (GezAgendaDialog *self)
{
  if (self->record != NULL)
    return is_appointment (self) ? _("Appointment") : _("Follow-up");

  return is_appointment (self) ? _("New appointment") : _("New follow-up");
}

static void
update (GezAgendaDialog *self)
{
  gboolean is_settled = self->picker == NULL
                        || gez_household_picker_is_settled (GEZ_HOUSEHOLD_PICKER (self->picker));
  g_autofree char *what = gez_form_entry_dup (self->what);
  g_autofree char *time = gez_form_entry_dup (self->time);
  g_autofree char *reason = gez_form_entry_dup (self->reason);
  GtkWidget *of_appointments[] = { self->time, self->place, self->with_whom };
  GtkWidget *of_followups[] = { self->kind, self->rhythm };

  for (guint i = 0; i < G_N_ELEMENTS (of_appointments); i++)
    gtk_widget_set_visible (of_appointments[i], is_appointment (self));
  for (guint i = 0; i < G_N_ELEMENTS (of_followups); i++)
    gtk_widget_set_visible (of_followups[i], !is_appointment (self));
  gtk_widget_set_visible (self->minutes, is_appointment (self) && time != NULL);
  gtk_widget_set_visible (self->time_hint, !has_good_time (self));
  gtk_widget_set_visible (self->reason, breaks_rhythm (self));
  gtk_window_set_title (GTK_WINDOW (self), get_title (self));
  gez_form_dialog_set_ready (GEZ_FORM_DIALOG (self),
                             what != NULL && gez_date_entry_get_date (self->date) != NULL
                             && has_good_time (self) && is_settled
                             && (!breaks_rhythm (self) || reason != NULL));
}

static const GezId *
get_household (GezAgendaDialog *self)
{
  if (self->picker != NULL)
    return gez_household_picker_get_household (GEZ_HOUSEHOLD_PICKER (self->picker));

  return gez_id_is_none (&self->household) ? NULL : &self->household;
}

static GezChange *
make_new (GezAgendaDialog *self)
{
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));
  g_autofree char *what = gez_form_entry_dup (self->what);
  g_autofree char *time_text = gez_form_entry_dup (self->time);
  g_autofree char *time = time_text == NULL ? NULL : gez_parse_time_words (time_text);
  g_autofree char *place = gez_form_entry_dup (self->place);
  g_autofree char *with_whom = gez_form_entry_dup (self->with_whom);
  GezId member, id;
  GezAppointmentInput appointment = {
    .household_id = get_household (self),
    .title = what,
    .held_on = gez_date_entry_get_date (self->date),
    .start_time = time,
    .minutes = time == NULL ? 0 : get_number (self->minutes),
    .place = place,
    .with_whom = with_whom,
  };
  GezFollowupInput followup = {
    .household_id = get_household (self),
    .what = what,
    .due_on = gez_date_entry_get_date (self->date),
    .kind = get_code (self->kind),
    .rhythm_days = get_number (self->rhythm),
  };

  gez_choices_get_id (GEZ_CHOICE_ROW (self->member), &member);
  appointment.member_id = followup.owner_member_id = gez_id_is_none (&member) ? NULL : &member;
  if (is_appointment (self))
    return gez_appointment_plan (context, &appointment, &id);

  return gez_followup_plan (context, &followup, &id);
}

static void
edit_appointment (GezAgendaDialog *self,
                  GezEdits        *edits)
{
  g_autofree char *what = gez_form_entry_dup (self->what);
  g_autofree char *time_text = gez_form_entry_dup (self->time);
  g_autofree char *time = time_text == NULL ? NULL : gez_parse_time_words (time_text);
  g_autofree char *place = gez_form_entry_dup (self->place);
  g_autofree char *with_whom = gez_form_entry_dup (self->with_whom);
  GezId member;

  gez_choices_get_id (GEZ_CHOICE_ROW (self->member), &member);
  gez_edits_text (edits, "title", what);
  gez_edits_text (edits, "held_on", gez_date_entry_get_date (self->date));
  gez_edits_text (edits, "start_time", time);
  if (time != NULL && get_number (self->minutes) != gez_record_get_integer (self->row, "minutes"))
    gez_edits_integer (edits, "minutes", get_number (self->minutes));
  gez_edits_text (edits, "place", place);
  gez_edits_text (edits, "with_whom", with_whom);
  gez_edits_id (edits, "member_id", &member);
}

static void
edit_followup (GezAgendaDialog *self,
               GezEdits        *edits)
{
  g_autofree char *what = gez_form_entry_dup (self->what);
  g_autofree char *reason = gez_form_entry_dup (self->reason);
  const char *date = gez_date_entry_get_date (self->date);
  GezId member;

  gez_choices_get_id (GEZ_CHOICE_ROW (self->member), &member);
  gez_edits_text (edits, "what", what);
  if (g_strcmp0 (date, gez_record_get_text (self->row, "due_on")) != 0)
    gez_edits_take (edits, gez_followup_move (edits->context, edits->id, date,
                                              breaks_rhythm (self) ? reason : NULL));
  gez_edits_id (edits, "owner_member_id", &member);
  gez_edits_text (edits, "kind", get_code (self->kind));
  if (get_number (self->rhythm) != gez_record_get_integer (self->row, "rhythm_days"))
    gez_edits_integer (edits, "rhythm_days", get_number (self->rhythm));
}

static const char *
get_state (GezAgendaDialog *self)
{
  if (is_appointment (self))
    return gez_record_get_text (self->row, "state");
  if (!gez_record_is_null (self->row, "done_on"))
    return "done";

  return gez_record_is_null (self->row, "cancelled_on") ? "open" : "cancelled";
}

static GezChange *
make_edit (GezAgendaDialog *self)
{
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));
  GezEdits edits = {
    .context = context,
    .act = is_appointment (self) ? "edit-appointment" : "edit-followup",
    .table = is_appointment (self) ? "appointment" : "followup",
    .id = gez_record_get_id (self->row),
    .before = self->row,
  };

  if (is_appointment (self))
    edit_appointment (self, &edits);
  else
    edit_followup (self, &edits);
  if (g_strcmp0 (get_code (self->state), get_state (self)) != 0)
    gez_edits_take (&edits, gez_agenda_change_state (context, self->record,
                                                     get_code (self->state)));

  return edits.change;
}

/* Nothing was changed: there is nothing to write, and nothing to say. */
static GezChange *
gez_agenda_dialog_make_change (GezFormDialog *dialog)
{
  GezAgendaDialog *self = GEZ_AGENDA_DIALOG (dialog);
  GezChange *change = self->record == NULL ? make_new (self) : make_edit (self);

  if (change == NULL)
    gtk_window_close (GTK_WINDOW (self));

  return change;
}

static void
gez_agenda_dialog_dispose (GObject *object)
{
  GezAgendaDialog *self = GEZ_AGENDA_DIALOG (object);

  g_clear_object (&self->record);
  g_clear_object (&self->row);

  G_OBJECT_CLASS (gez_agenda_dialog_parent_class)->dispose (object);
}

static void
gez_agenda_dialog_class_init (GezAgendaDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_agenda_dialog_dispose;
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_agenda_dialog_make_change;
}

static void
gez_agenda_dialog_init (GezAgendaDialog *self)
{
}

static void
append_kind (GezAgendaDialog *self,
             gboolean         is_followup)
{
  GtkWidget *kind = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *followup = gtk_toggle_button_new_with_label (_("Follow-up"));

  self->appointment = gtk_toggle_button_new_with_label (_("Appointment"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (followup),
                               GTK_TOGGLE_BUTTON (self->appointment));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (is_followup ? followup : self->appointment),
                                TRUE);
  gtk_box_append (GTK_BOX (kind), self->appointment);
  gtk_box_append (GTK_BOX (kind), followup);
  gtk_box_set_homogeneous (GTK_BOX (kind), TRUE);
  gtk_widget_add_css_class (kind, "linked");
  g_signal_connect_object (self->appointment, "toggled", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), kind);
}

static void
entry_activated_cb (GezAgendaDialog *self)
{
  gez_form_dialog_save (GEZ_FORM_DIALOG (self));
}

static GtkWidget *
append_entry (GezAgendaDialog *self,
              GtkWidget       *list,
              const char      *title)
{
  GtkWidget *entry = gez_form_entry (title, NULL);

  g_signal_connect_object (entry, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "entry-activated", G_CALLBACK (entry_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (list), entry);

  return entry;
}

static GtkWidget *
append_choice (GtkWidget  *list,
               const char *title)
{
  GtkWidget *choice = gez_choice_row_new (title);

  gtk_list_box_append (GTK_LIST_BOX (list), choice);

  return choice;
}

static void
file_activated_cb (GezAgendaDialog *self)
{
  GtkWidget *from = gez_form_dialog_get_from (GEZ_FORM_DIALOG (self));

  if (from != NULL)
    gez_record_open (from, self->record, "overview");
  gtk_window_close (GTK_WINDOW (self));
}

static void
append_file (GezAgendaDialog *self,
             GtkWidget       *list)
{
  GtkWidget *row;

  if (gez_record_is_null (self->record, "household_id"))
    return;

  row = gez_row_new (gez_discreet (gez_record_get_text (self->record, "household_name")),
                     _("Open the file"));
  gez_row_set_leads (GEZ_ROW (row), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (file_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Below each other: what and for whom. */
static void
append_what (GezAgendaDialog *self)
{
  GtkWidget *list = gez_form_list (_("What"));

  self->what = append_entry (self, list, _("What"));
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), list);
  if (self->record != NULL)
    {
      list = gez_form_list (_("Household"));
      append_file (self, list);
      gtk_widget_set_visible (list, gtk_widget_get_first_child (list) != NULL);
      gez_form_dialog_append (GEZ_FORM_DIALOG (self), list);
    }
  else if (gez_id_is_none (&self->household))
    {
      self->picker = gez_household_picker_new (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)));
      g_signal_connect_object (self->picker, "changed", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
      gtk_list_box_append (GTK_LIST_BOX (list), gez_form_wide_row (_("Household"), self->picker));
    }
}

static void
append_when (GezAgendaDialog *self)
{
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));
  GtkWidget *list = gez_form_list (_("When"));
  GtkWidget *date = gez_date_entry_new (gez_context_get_clock (context), _("Day"));

  self->date = GEZ_DATE_ENTRY (date);
  g_signal_connect_object (date, "notify::date", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (date, "activate", G_CALLBACK (entry_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (list), gez_form_wide_row (_("Day"), date));
  self->reason = append_entry (self, list, _("Why it moves"));
  self->time = append_entry (self, list, _("Time (empty: the whole day)"));
  self->minutes = append_choice (list, _("How long"));
  gez_time_words_add_lengths (GEZ_CHOICE_ROW (self->minutes));
  self->rhythm = append_choice (list, _("Comes back"));
  gez_time_words_add_rhythms (GEZ_CHOICE_ROW (self->rhythm));
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), list);

  self->time_hint = gez_form_hint (_("Not a time. Write it as 9:30."));
  gtk_widget_remove_css_class (self->time_hint, "dim-label");
  gtk_widget_add_css_class (self->time_hint, "error");
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), self->time_hint);
}

static void
append_where_and_who (GezAgendaDialog *self)
{
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));
  GtkWidget *list = gez_form_list (_("Who"));

  self->place = append_entry (self, list, _("Place"));
  self->with_whom = append_entry (self, list, _("With whom"));
  self->kind = append_choice (list, _("Kind"));
  gez_choice_row_add_words (GEZ_CHOICE_ROW (self->kind), GEZ_WORDS_FOLLOWUP_KIND);
  self->member = append_choice (list, _("Who does it"));
  gez_choices_add_records (GEZ_CHOICE_ROW (self->member),
                           gez_lists_get_members (gez_context_get_lists (context)), "name",
                           self->record == NULL ? NULL : _("Nobody yet"));
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), list);
}

static void
append_state (GezAgendaDialog *self)
{
  GtkWidget *list = gez_form_list (_("How it stands"));
  GezChoiceRow *state;

  self->state = append_choice (list, _("How it stands"));
  state = GEZ_CHOICE_ROW (self->state);
  if (is_appointment (self))
    gez_choice_row_add_words (state, GEZ_WORDS_APPOINTMENT_STATE);
  else
    {
      gez_choice_row_add (state, "open", _("To do"));
      gez_choice_row_add (state, "done", _("Done"));
      gez_choice_row_add (state, "cancelled", g_dpgettext2 (NULL, "appointment", "Cancelled"));
    }
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), list);
}

static void
show_text (GtkWidget  *entry,
           GezRecord  *row,
           const char *column)
{
  if (!gez_record_is_null (row, column))
    gtk_editable_set_text (GTK_EDITABLE (entry), gez_record_get_text (row, column));
}

static void
show_number (GtkWidget  *choice,
             GezRecord  *row,
             const char *column,
             char     *(*name) (int))
{
  int number = gez_record_is_null (row, column) ? 0 : (int) gez_record_get_integer (row, column);
  g_autofree char *code = g_strdup_printf ("%d", number);
  g_autofree char *label = name (number);

  if (!gez_choice_row_has_code (GEZ_CHOICE_ROW (choice), code))
    gez_choice_row_add (GEZ_CHOICE_ROW (choice), code, label);
  gez_choice_row_set_code (GEZ_CHOICE_ROW (choice), code);
}

static void
show_row (GezAgendaDialog *self)
{
  GezLists *lists = gez_context_get_lists (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)));
  const char *who = is_appointment (self) ? "member_id" : "owner_member_id";
  const GezId *member = gez_record_get_reference (self->row, who);

  if (is_appointment (self))
    {
      show_text (self->what, self->row, "title");
      gez_date_entry_set_date (self->date, gez_record_get_text (self->row, "held_on"));
      show_text (self->time, self->row, "start_time");
      show_number (self->minutes, self->row, "minutes", gez_time_words_name_length);
      show_text (self->place, self->row, "place");
      show_text (self->with_whom, self->row, "with_whom");
    }
  else
    {
      show_text (self->what, self->row, "what");
      gez_date_entry_set_date (self->date, gez_record_get_text (self->row, "due_on"));
      gez_choice_row_set_code (GEZ_CHOICE_ROW (self->kind), gez_record_get_text (self->row, "kind"));
      show_number (self->rhythm, self->row, "rhythm_days", gez_time_words_name_rhythm);
    }
  gez_choices_set_id (GEZ_CHOICE_ROW (self->member), member,
                      member == NULL ? NULL : gez_lists_get_member_name (lists, member));
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->state), get_state (self));
}

static GezAgendaDialog *
make (GtkWidget  *parent,
      GezContext *context,
      const char *done)
{
  GezAgendaDialog *self = g_object_new (GEZ_TYPE_AGENDA_DIALOG, NULL);

  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), parent, context, "", _("_Save"), done);

  return self;
}

static void
build (GezAgendaDialog *self)
{
  append_what (self);
  append_when (self);
  append_where_and_who (self);
}

static void
present (GtkWidget   *parent,
         GezContext  *context,
         const GezId *household,
         const char  *date,
         gboolean     is_followup)
{
  GezAgendaDialog *self = make (parent, context, _("Saved in the agenda"));

  self->household = household == NULL ? GEZ_ID_NONE : *household;
  append_kind (self, is_followup);
  build (self);
  gez_choices_set_id (GEZ_CHOICE_ROW (self->member), gez_context_get_member_id (context),
                      gez_context_get_member_name (context));
  if (date != NULL)
    gez_date_entry_set_date (self->date, date);
  update (self);
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

/* What is to be changed, while it is being read. */
typedef struct
{
  GtkWidget *parent;
  GezContext *context;
  GezRecord *record;
} Wish;

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->parent);
  g_object_unref (wish->context);
  g_object_unref (wish->record);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gez_store_run_finish (GEZ_STORE (source), result, &error);
  GezAgendaDialog *self;

  if (gtk_widget_get_root (wish->parent) == NULL)
    return; /* the page went away meanwhile */
  if (error != NULL)
    gez_say_error (wish->parent, error);
  if (rows == NULL || rows->len == 0)
    return;

  self = make (wish->parent, wish->context, gez_agenda_is_appointment (wish->record)
                                            ? _("Appointment saved") : _("Follow-up saved"));
  self->record = g_object_ref (wish->record);
  self->row = g_object_ref (g_ptr_array_index (rows, 0));
  append_state (self);
  build (self);
  show_row (self);
  update (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->state);
}

/**
 * gez_agenda_dialog_present_record:
 * @parent: (transfer none): the widget that asks; what happened is said in its window
 * @context: (transfer none): for the act
 * @record: (transfer none): an appointment or a follow-up, of gez_agenda_query() or gez_today_query()
 *
 * Lets a person change it, and say how it went.
 */
void
gez_agenda_dialog_present_record (GtkWidget  *parent,
                                  GezContext *context,
                                  GezRecord  *record)
{
  g_autoptr (GezQuery) query = NULL;
  Wish *wish;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (GEZ_IS_RECORD (record));

  wish = g_new0 (Wish, 1);
  wish->parent = g_object_ref (parent);
  wish->context = g_object_ref (context);
  wish->record = g_object_ref (record);
  query = gez_agenda_row_query (gez_record_get_text (record, "kind"), gez_record_get_id (record));
  gez_store_run_async (gez_context_get_store (context), query, NULL, read_cb, wish);
}
