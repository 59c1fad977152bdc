/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-acts.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-words.h"
#include "base/gez-date.h"
#include "common/gez-act.h"
#include "common/gez-confirm.h"
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
} Move;

static void
move_clear (gpointer data)
{
  Move *move = data;

  g_weak_ref_clear (&move->from);
  g_object_unref (move->context);
  g_object_unref (move->record);
  g_free (move->day);
  g_free (move->time);
}

static void
move_unref (Move *move)
{
  g_rc_box_release_full (move, move_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Move, move_unref)

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
    return;

  if (gez_agenda_is_appointment (move->record))
    change = gez_appointment_move (move->context, id, move->day, move->time);
  else
    change = gez_followup_move (move->context, id, move->day, reason);
  gez_act_async (from, move->context, change, done, moved_cb, g_rc_box_acquire (move));
}

static void
reason_given_cb (const char *reason,
                 gpointer    data)
{
  commit (data, reason);
}

/* A follow-up that comes back every so many days: whoever breaks that rhythm says why, so that a
 * colleague understands it later. */
static void
ask_reason (Move      *move,
            GtkWidget *from)
{
  int days = gez_record_get_integer (move->record, "rhythm_days");
  g_autofree char *body = NULL;

  body = g_strdup_printf (ngettext ("It comes back every %d day. Say why it moves this time.",
                                    "It comes back every %d days. Say why it moves this time.",
                                    days), days);
  gez_ask_reason (from, _("This follow-up has a rhythm"), body, _("_Move"), reason_given_cb, move,
                  (GDestroyNotify) move_unref);
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
  g_autoptr (Move) move = NULL;

  if (!gez_agenda_is_appointment (record))
    time = NULL;
  if (gez_agenda_is_timed (record))
    time_before = gez_record_get_text (record, "start_time");
  if (g_strcmp0 (gez_record_get_text (record, "day_on"), day) == 0
      && g_strcmp0 (time_before, time) == 0)
    return;

  move = g_rc_box_new0 (Move);
  g_weak_ref_init (&move->from, from);
  move->context = g_object_ref (context);
  move->record = g_object_ref (record);
  move->day = g_strdup (day);
  move->time = g_strdup (time);
  move->is_followed = is_followed;
  if (has_rhythm (record))
    ask_reason (g_rc_box_acquire (move), from);
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
