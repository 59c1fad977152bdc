/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-words.h"

#include <glib/gi18n.h>

#include "base/gez-date.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "common/gez-words.h"

#define USUAL_MINUTES 60 /* of an appointment of which was not said how long it is */

gboolean
gez_agenda_is_appointment (GezRecord *record)
{
  return g_strcmp0 (gez_record_get_text (record, "kind"), "appointment") == 0;
}

gboolean
gez_agenda_is_timed (GezRecord *record)
{
  return gez_agenda_is_appointment (record) && !gez_record_is_null (record, "start_time");
}

gboolean
gez_agenda_is_state (GezRecord  *record,
                     const char *state)
{
  return gez_record_has (record, "state")
         && g_strcmp0 (gez_record_get_text (record, "state"), state) == 0;
}

/**
 * gez_agenda_is_over:
 * @record: an appointment or a follow-up
 *
 * Returns: whether it asks for nothing any more: a follow-up that was done, or what was cancelled
 */
gboolean
gez_agenda_is_over (GezRecord *record)
{
  return gez_agenda_is_state (record, "done") || gez_agenda_is_state (record, "cancelled");
}

/**
 * gez_agenda_get_start:
 * @record: an appointment with a time
 *
 * Returns: the minutes from midnight to its beginning
 */
int
gez_agenda_get_start (GezRecord *record)
{
  int hour = 0, minute = 0;

  g_return_val_if_fail (gez_agenda_is_timed (record), 0);

  gez_date_parse_time (gez_record_get_text (record, "start_time"), &hour, &minute);

  return hour * 60 + minute;
}

/**
 * gez_agenda_get_minutes:
 * @record: an appointment
 *
 * Returns: how long it is, or may be expected to be
 */
int
gez_agenda_get_minutes (GezRecord *record)
{
  gint64 minutes = gez_record_is_null (record, "minutes") ? 0 : gez_record_get_integer (record,
                                                                                        "minutes");

  return minutes > 0 ? (int) MIN (minutes, 24 * 60) : USUAL_MINUTES;
}

const char *
gez_agenda_name_kind (GezRecord *record)
{
  const char *kind;

  if (gez_agenda_is_appointment (record))
    return _("Appointment");

  kind = gez_record_get_text (record, "followup_kind");
  if (kind == NULL || g_str_equal (kind, "task"))
    return _("Follow-up");

  return gez_words_get (GEZ_WORDS_FOLLOWUP_KIND, kind);
}

/**
 * gez_agenda_dup_title:
 * @record: an appointment or a follow-up
 *
 * Returns: (transfer full): what it is, after its time when it has one
 */
char *
gez_agenda_dup_title (GezRecord *record)
{
  const char *text = gez_discreet (gez_record_get_text (record, "text"));
  g_autofree char *time = NULL;

  if (!gez_agenda_is_timed (record))
    return g_strdup (text);

  time = gez_format_time (gez_record_get_text (record, "start_time"));

  return g_strdup_printf ("%s  %s", time, text);
}

static char *
add_household (GezRecord  *record,
               const char *text)
{
  const char *household = gez_discreet (gez_record_get_text (record, "household_name"));

  if (household == NULL)
    return g_strdup (text);

  return g_strdup_printf ("%s · \u2068%s\u2069", text, household);
}

/**
 * gez_agenda_dup_line:
 * @record: an appointment or a follow-up
 *
 * An appointment starts with its time, a follow-up with its box: told apart without colour.
 *
 * Returns: (transfer full): all of it in one line
 */
char *
gez_agenda_dup_line (GezRecord *record)
{
  g_autofree char *what = add_household (record,
                                         gez_discreet (gez_record_get_text (record, "text")));
  g_autofree char *start = NULL;

  if (gez_agenda_is_timed (record))
    {
      start = gez_format_time (gez_record_get_text (record, "start_time"));

      return g_strdup_printf ("%s %s", start, what);
    }
  if (gez_agenda_is_appointment (record))
    return g_strdup_printf ("● %s", what);

  return g_strdup_printf ("%s %s", gez_agenda_is_over (record) ? "☑" : "☐", what);
}

/**
 * gez_agenda_dup_time:
 * @minutes: from midnight
 *
 * Returns: (transfer full): the time as the store has it, HH:MM
 */
char *
gez_agenda_dup_time (int minutes)
{
  minutes = CLAMP (minutes, 0, 24 * 60 - 1);

  return g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
}

/**
 * gez_agenda_dup_span:
 * @record: an appointment with a time
 *
 * Returns: (transfer full): from when to when, or only from when if it was not said how long it is
 */
char *
gez_agenda_dup_span (GezRecord *record)
{
  int start = gez_agenda_get_start (record);
  g_autofree char *from = gez_format_time (gez_record_get_text (record, "start_time"));
  g_autofree char *end = gez_agenda_dup_time (start + gez_agenda_get_minutes (record));
  g_autofree char *to = gez_format_time (end);

  if (gez_record_is_null (record, "minutes") || gez_record_get_integer (record, "minutes") <= 0)
    return g_steal_pointer (&from);

  return g_strdup_printf ("%s – %s", from, to);
}

static void
append (GString    *label,
        const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (label, ", %s", part);
}

static const char *
name_state (GezRecord *record)
{
  if (!gez_agenda_is_appointment (record))
    return gez_agenda_is_state (record, "done") ? _("done")
           : gez_agenda_is_state (record, "cancelled") ? _("cancelled") : NULL;
  if (gez_agenda_is_state (record, "planned") || !gez_record_has (record, "state"))
    return NULL;

  return gez_words_get (GEZ_WORDS_APPOINTMENT_STATE, gez_record_get_text (record, "state"));
}

/**
 * gez_agenda_dup_label:
 * @record: an appointment or a follow-up of gez_agenda_query()
 *
 * Returns: (transfer full): what a screen reader says of it: what, when, with whom, how it stands
 */
char *
gez_agenda_dup_label (GezRecord *record)
{
  g_autoptr (GString) label = g_string_new (gez_agenda_name_kind (record));
  g_autofree char *span = gez_agenda_is_timed (record) ? gez_agenda_dup_span (record) : NULL;
  g_autofree char *day = gez_format_date_long (gez_record_get_text (record, "day_on"));

  append (label, gez_discreet (gez_record_get_text (record, "text")));
  append (label, gez_discreet (gez_record_get_text (record, "household_name")));
  append (label, day);
  append (label, span);
  append (label, gez_discreet (gez_record_get_text (record, "place")));
  append (label, name_state (record));

  return g_string_free (g_steal_pointer (&label), FALSE);
}
