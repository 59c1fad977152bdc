/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-acts.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "agenda/gez-agenda-words.h"
#include "base/gez-date.h"
#include "base/gez-text.h"
#include "common/gez-act.h"
#include "common/gez-format.h"
#include "model/gez-appointment.h"
#include "model/gez-followup.h"

#define DAY_IN_MINUTES (24 * 60)
#define QUARTER 15

/* One move on its way: from the wish to the commit. */
typedef struct
{
  GWeakRef from;
  GezContext *context;
  GezRecord *record;
  char *day;
  char *time;
  gboolean is_followed;
  GtkWidget *reason; /* of the question that is being asked */
} Move;

static void
move_free (Move *move)
{
  g_weak_ref_clear (&move->from);
  g_object_unref (move->context);
  g_object_unref (move->record);
  g_free (move->day);
  g_free (move->time);
  g_free (move);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Move, move_free)

/* Whoever moves with keys goes on with what was moved: the page of days goes along. */
static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Move) move = data;
  g_autoptr (GtkWidget) from = g_weak_ref_get (&move->from);
  g_autofree char *id = NULL;

  if (gez_act_finish (result) == 0 || from == NULL || !move->is_followed)
    return;

  id = gez_id_to_string (gez_record_get_id (move->record));
  gtk_widget_activate_action (from, "agenda.follow", "(ss)", id, move->day);
}

static char *
say_moved (Move *move)
{
  g_autofree char *day = gez_format_date_long (move->day);
  g_autofree char *time = move->time == NULL ? NULL : gez_format_time (move->time);

  if (time == NULL)
    /* Translators: %s is a day, as "Tuesday 24 November". */
    return g_strdup_printf (_("Moved to %s"), day);

  /* Translators: %1$s is a day, as "Tuesday 24 November", %2$s a time. */
  return g_strdup_printf (_("Moved to %1$s, %2$s"), day, time);
}

static void
commit (Move       *move,
        const char *reason)
{
  g_autoptr (GtkWidget) from = g_weak_ref_get (&move->from);
  const GezId *id = gez_record_get_id (move->record);
  g_autofree char *done = say_moved (move);
  GezChange *change;

  if (from == NULL || gtk_widget_get_root (from) == NULL)
    {
      move_free (move);
      return;
    }

  if (gez_agenda_is_appointment (move->record))
    change = gez_appointment_move (move->context, id, move->day, move->time);
  else
    change = gez_followup_move (move->context, id, move->day, reason);
  gez_act_async (from, move->context, change, done, moved_cb, move);
}

static void
reason_changed_cb (GtkEditable      *entry,
                   AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "move",
                                           !gez_text_is_blank (gtk_editable_get_text (entry)));
}

static void
reason_activated_cb (GtkEditable      *entry,
                     AdwMessageDialog *dialog)
{
  if (adw_message_dialog_get_response_enabled (dialog, "move"))
    adw_message_dialog_response (dialog, "move");
}

static void
reason_answered_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    Move             *move)
{
  g_autofree char *reason = g_strdup (gtk_editable_get_text (GTK_EDITABLE (move->reason)));

  if (g_str_equal (response, "move"))
    commit (move, reason);
  else
    move_free (move);
}

/* A follow-up that comes back every so many days: whoever breaks that rhythm says why, so that a
 * colleague understands it later. */
static void
ask_reason (Move      *move,
            GtkWidget *from)
{
  GtkRoot *root = gtk_widget_get_root (from);
  int days = gez_record_get_integer (move->record, "rhythm_days");
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  body = g_strdup_printf (ngettext ("It comes back every %d day. Say why it moves this time.",
                                    "It comes back every %d days. Say why it moves this time.",
                                    days), days);
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                   _("This follow-up has a rhythm"), body);
  move->reason = gtk_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (move->reason), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Reason"), -1);
  gtk_entry_set_placeholder_text (GTK_ENTRY (move->reason), _("Reason"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), move->reason);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "no", _("_Cancel"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "move", _("_Move"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "move",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "move", FALSE);
  g_signal_connect (move->reason, "changed", G_CALLBACK (reason_changed_cb), dialog);
  g_signal_connect (move->reason, "activate", G_CALLBACK (reason_activated_cb), dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (reason_answered_cb), move);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (move->reason);
}

static gboolean
has_rhythm (GezRecord *record)
{
  return !gez_agenda_is_appointment (record) && !gez_record_is_null (record, "rhythm_days")
         && gez_record_get_integer (record, "rhythm_days") > 0;
}

static void
start_move (GtkWidget  *from,
            GezContext *context,
            GezRecord  *record,
            const char *day,
            const char *time,
            gboolean    is_followed)
{
  const char *time_before = NULL;
  Move *move;

  if (!gez_agenda_is_appointment (record))
    time = NULL;
  if (gez_agenda_is_timed (record))
    time_before = gez_record_get_text (record, "start_time");
  if (g_strcmp0 (gez_record_get_text (record, "day_on"), day) == 0
      && g_strcmp0 (time_before, time) == 0)
    return;

  move = g_new0 (Move, 1);
  g_weak_ref_init (&move->from, from);
  move->context = g_object_ref (context);
  move->record = g_object_ref (record);
  move->day = g_strdup (day);
  move->time = g_strdup (time);
  move->is_followed = is_followed;
  if (has_rhythm (record))
    ask_reason (move, from);
  else
    commit (move, NULL);
}

/**
 * gez_agenda_move:
 * @from: what the person used
 * @context: for the act
 * @record: an appointment or a follow-up
 * @day: where it goes, YYYY-MM-DD
 * @time: (nullable): HH:MM; %NULL for the whole day; a follow-up has no time
 *
 * Moves it. Where that breaks a rhythm it first asks why. To where it stands already is no move.
 */
void
gez_agenda_move (GtkWidget  *from,
                 GezContext *context,
                 GezRecord  *record,
                 const char *day,
                 const char *time)
{
  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (GEZ_IS_RECORD (record));
  g_return_if_fail (gez_date_is_valid (day));

  start_move (from, context, record, day, time, FALSE);
}

/**
 * gez_agenda_move_by:
 * @from: what the person used
 * @context: for the act
 * @record: an appointment or a follow-up
 * @days: how many days later, or earlier when negative
 * @minutes: how many minutes later; only for an appointment with a time, within its day
 *
 * The page in which @from is goes along with it, when it has an action "agenda.follow" that takes an
 * identity and a day.
 */
void
gez_agenda_move_by (GtkWidget  *from,
                    GezContext *context,
                    GezRecord  *record,
                    int         days,
                    int         minutes)
{
  g_autofree char *day = gez_date_add_days (gez_record_get_text (record, "day_on"), days);
  g_autofree char *time = NULL;
  int start;

  if (day == NULL)
    return;
  if (gez_agenda_is_timed (record))
    {
      start = gez_agenda_get_start (record) + minutes;
      if (start < 0 || start > DAY_IN_MINUTES - QUARTER)
        return;
      time = minutes == 0 ? g_strdup (gez_record_get_text (record, "start_time"))
                          : gez_agenda_dup_time (start);
    }
  start_move (from, context, record, day, time, TRUE);
}

/* A follow-up with a rhythm plans the next one when it is done: the same again, on another day. */
static GezChange *
make_done (GezContext *context,
           GezRecord  *record)
{
  g_autofree char *today = gez_context_dup_today (context);
  GezFollowupInput next = {
    .household_id = gez_record_get_reference (record, "household_id"),
    .domain_id = gez_record_get_reference (record, "domain_id"),
    .what = gez_record_get_text (record, "text"),
    .due_on = gez_record_get_text (record, "day_on"),
    .owner_member_id = gez_record_get_reference (record, "member_id"),
    .kind = gez_record_get_text (record, "followup_kind"),
    .rhythm_days = gez_record_get_integer (record, "rhythm_days"),
    .goal_id = gez_record_get_reference (record, "goal_id"),
    .referral_id = gez_record_get_reference (record, "referral_id"),
    .contact_id = gez_record_get_reference (record, "contact_id"),
    .question_id = gez_record_get_reference (record, "question_id"),
  };

  return gez_followup_done (context, gez_record_get_id (record), today,
                            next.rhythm_days > 0 ? &next : NULL);
}

/**
 * gez_agenda_change_state:
 * @context: the context
 * @record: an appointment or a follow-up
 * @state: of an appointment planned, held, missed or cancelled; of a follow-up open, done or
 *   cancelled
 *
 * Returns: (transfer full): the change that brings it there
 */
GezChange *
gez_agenda_change_state (GezContext *context,
                         GezRecord  *record,
                         const char *state)
{
  const GezId *id = gez_record_get_id (record);

  if (gez_agenda_is_appointment (record))
    return gez_appointment_set_state (context, id, state);
  if (g_str_equal (state, "done"))
    return make_done (context, record);
  if (g_str_equal (state, "cancelled"))
    return gez_followup_cancel (context, id, NULL);

  return gez_followup_reopen (context, id);
}

/**
 * gez_agenda_say_state:
 * @record: an appointment or a follow-up
 * @state: as for gez_agenda_change_state()
 *
 * Returns: what was done, as a sentence
 */
const char *
gez_agenda_say_state (GezRecord  *record,
                      const char *state)
{
  static const struct { const char *state; const char *said; } words[] = {
    { "planned", N_("Appointment is planned again") },
    { "held", N_("Appointment took place") },
    { "missed", N_("Appointment did not take place") },
    { "cancelled", N_("Appointment cancelled") },
  };

  if (!gez_agenda_is_appointment (record))
    return g_str_equal (state, "done") ? _("Follow-up done")
           : g_str_equal (state, "cancelled") ? _("Follow-up cancelled")
                                              : _("Follow-up is to do again");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i].state, state))
        return _(words[i].said);
    }

  return _("Appointment saved");
}

/**
 * gez_agenda_set_state:
 * @from: what the person used
 * @context: for the act
 * @record: an appointment or a follow-up
 * @state: as for gez_agenda_change_state()
 */
void
gez_agenda_set_state (GtkWidget  *from,
                      GezContext *context,
                      GezRecord  *record,
                      const char *state)
{
  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (GEZ_IS_RECORD (record));

  gez_act (from, context, gez_agenda_change_state (context, record, state),
           gez_agenda_say_state (record, state));
}
