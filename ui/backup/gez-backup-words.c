/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup/gez-backup-words.h"

#include <glib/gi18n.h>

#include "common/gez-format.h"

/* Of the whole way: reading back takes about as long as copying. */
static const double begins[] = { 0, 0.5, 0.9 };
static const double ends[] = { 0.5, 0.9, 1 };

static const char *
reason (GezBackupOutcome outcome)
{
  switch (outcome)
    {
    case GEZ_BACKUP_NO_SPACE:
      return _("The place for backups is full.");
    case GEZ_BACKUP_NO_PLACE:
      return _("The place for backups is not there.");
    case GEZ_BACKUP_DAMAGED:
      return _("What was copied could not be read back well.");
    case GEZ_BACKUP_FAILED:
      return _("The disk refused.");
    case GEZ_BACKUP_NEVER:
    case GEZ_BACKUP_DONE:
    default:
      return NULL;
    }
}

/**
 * gez_backup_words_moment:
 * @instant: milliseconds UTC
 *
 * Returns: (transfer full): day and time where @clock is
 */
char *
gez_backup_words_moment (GezClock *clock,
                         gint64    instant)
{
  g_autofree char *date = gez_clock_date_of (clock, instant);
  g_autofree char *time = gez_clock_time_of (clock, instant);
  g_autofree char *day = gez_format_date_long (date);
  g_autofree char *hour = gez_format_time (time);

  return g_strdup_printf (_("%s, %s"), day, hour);
}

/**
 * gez_backup_words_line:
 *
 * Returns: (transfer full): as gez_backup_words_moment(), where it stands alone
 */
char *
gez_backup_words_line (GezClock *clock,
                       gint64    instant)
{
  g_autofree char *moment = gez_backup_words_moment (clock, instant);

  return gez_capitalise (moment);
}

/**
 * gez_backup_words_progress:
 *
 * Returns: (transfer full): what is being done, and how far it is
 */
char *
gez_backup_words_progress (GezBackupStep step,
                           guint64       done,
                           guint64       all)
{
  guint percent = all > 0 ? (guint) (100 * done / all) : 0;

  switch (step)
    {
    case GEZ_BACKUP_STEP_CHECKING:
      return g_strdup_printf (_("Reading it back: %u %%"), percent);
    case GEZ_BACKUP_STEP_ATTACHMENTS:
      return g_strdup_printf (_("Attachments: %u of %u"), (guint) done, (guint) all);
    case GEZ_BACKUP_STEP_COPYING:
    default:
      return g_strdup_printf (_("Copying: %u %%"), percent);
    }
}

/**
 * gez_backup_words_fraction:
 *
 * Returns: which part of the whole way is done, 0 to 1
 */
double
gez_backup_words_fraction (GezBackupStep step,
                           guint64       done,
                           guint64       all)
{
  double part = all > 0 ? (double) done / (double) all : 0;

  return begins[step] + part * (ends[step] - begins[step]);
}

/**
 * gez_backup_words_last:
 *
 * Returns: (transfer full): when the last backup was made, and why the one after it was not
 */
char *
gez_backup_words_last (const GezBackupState *state,
                       GezClock             *clock)
{
  const char *why = reason (state->outcome);
  g_autofree char *moment = NULL;

  moment = state->done_at != 0 ? gez_backup_words_line (clock, state->done_at)
                               : g_strdup (_("There is none yet."));
  return why ? g_strdup_printf (_("%s\nThe last time it did not work: %s"), moment, why)
             : g_steal_pointer (&moment);
}

/**
 * gez_backup_words_late:
 * @now: milliseconds UTC
 *
 * Returns: (transfer full) (nullable): what somebody must know wherever she is; %NULL: nothing
 */
char *
gez_backup_words_late (const GezBackupState *state,
                       gint64                now)
{
  int days = gez_backup_state_days_late (state, now);
  const char *why = reason (state->outcome);
  g_autofree char *age = NULL;

  if (days == 0)
    return NULL;
  if (state->done_at == 0)
    age = g_strdup (_("There is no backup of your file yet."));
  else
    age = g_strdup_printf (ngettext ("The last backup is %d day old.", "The last backup is %d days old.",
                                     (gulong) days), days);
  return why ? g_strdup_printf ("%s %s", age, why) : g_steal_pointer (&age);
}

/**
 * gez_backup_words_report:
 *
 * Returns: (transfer full): what reading a whole backup found
 */
char *
gez_backup_words_report (const GezBackupReport *report)
{
  if (report->n_missing > 0)
    return g_strdup_printf (ngettext ("The file itself is in order, but %u attachment is not beside it.",
                                      "The file itself is in order, but %u attachments are not beside it.",
                                      report->n_missing), report->n_missing);
  return g_strdup (_("In order: everything in it can be read."));
}
