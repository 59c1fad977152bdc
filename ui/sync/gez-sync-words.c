/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. The state is one line that anybody may read over somebody's shoulder: colleagues have names in it,
 *    households never.
 * 2. A folder passes things on when it likes, so that what is missing for an hour is not worth a word.
 */

#include "sync/gez-sync-words.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/gez-date.h"
#include "common/gez-format.h"
#include "common/gez-sentence.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define HOUR (60 * MINUTE)
#define WORTH_A_WORD HOUR
#define DAYS_OF_A_WEEK 7

/* Days -------------------------------------------------------------------------------------------- */

/* "9:12", "yesterday", "Tuesday", "24 Nov 2026": what comes behind "since". */
static char *
since (gint64    instant,
       GezClock *clock)
{
  g_autofree char *date = gez_clock_date_of (clock, instant);
  g_autofree char *today = gez_clock_get_today (clock);
  int days = gez_date_days_between (date, today);
  GDate day;

  if (days <= 0)
    {
      g_autofree char *time = gez_clock_time_of (clock, instant);

      return gez_format_time (time);
    }
  if (days > 1 && days < DAYS_OF_A_WEEK && gez_date_parse (date, &day))
    return g_strdup (gez_format_weekday (g_date_get_weekday (&day)));
  return gez_format_date_near (date, today);
}

/**
 * gez_sync_words_moment:
 * @instant: 0: never
 *
 * Returns: (transfer full): "today, 9:12"
 */
char *
gez_sync_words_moment (gint64    instant,
                       GezClock *clock)
{
  g_autofree char *date = NULL, *today = NULL, *day = NULL, *time = NULL, *hour = NULL;

  if (instant == 0)
    return g_strdup (_("never yet"));
  date = gez_clock_date_of (clock, instant);
  today = gez_clock_get_today (clock);
  day = gez_format_date_near (date, today);
  time = gez_clock_time_of (clock, instant);
  hour = gez_format_time (time);
  return g_strdup_printf (_("%s, %s"), day, hour);
}

/* The state --------------------------------------------------------------------------------------- */

static char *
synced (gint64    instant,
        GezClock *clock)
{
  gint64 passed = gez_clock_get_now (clock) - instant;
  int number = (int) (passed / (passed < HOUR ? MINUTE : HOUR));
  g_autofree char *date = NULL, *today = NULL, *day = NULL;

  if (instant == 0)
    return g_strdup (_("Not synced yet"));
  if (passed < MINUTE)
    return g_strdup (_("Synced just now"));
  if (passed < HOUR)
    return g_strdup_printf (ngettext ("Synced %d minute ago", "Synced %d minutes ago", (gulong) number),
                            number);
  if (passed < 12 * HOUR)
    return g_strdup_printf (ngettext ("Synced %d hour ago", "Synced %d hours ago", (gulong) number), number);
  date = gez_clock_date_of (clock, instant);
  today = gez_clock_get_today (clock);
  day = gez_format_date_near (date, today);
  return g_strdup_printf (_("Synced %s"), day);
}

/* Whose data do not come, and since when. Returns: of how many colleagues */
static guint
find_missing (const GezSyncStatus  *status,
              GezClock             *clock,
              const GezSyncDevice **first)
{
  g_autoptr (GHashTable) members = g_hash_table_new (gez_id_hash, gez_id_equal);
  gint64 latest = gez_clock_get_now (clock) - WORTH_A_WORD;

  *first = NULL;
  for (guint i = 0; i < status->devices->len; i++)
    {
      const GezSyncDevice *device = g_ptr_array_index (status->devices, i);

      if (device->n_missing == 0 || device->missing_since_at == 0 || device->missing_since_at > latest
          || device->is_removed)
        continue;
      g_hash_table_add (members, (gpointer) &device->member);
      if (*first == NULL || device->missing_since_at < (*first)->missing_since_at)
        *first = device;
    }
  return g_hash_table_size (members);
}

static char *
missing (const GezSyncStatus *status,
         GezClock            *clock)
{
  const GezSyncDevice *first;
  guint n_members = find_missing (status, clock, &first);
  g_autofree char *day = first != NULL ? since (first->missing_since_at, clock) : NULL;

  if (first == NULL)
    return NULL;
  if (n_members == 1 && first->member_name != NULL)
    return g_strdup_printf (_("Data of %s are missing since %s"), first->member_name, day);
  return g_strdup_printf (ngettext ("Data of %u colleague are missing since %s",
                                    "Data of %u colleagues are missing since %s", n_members), n_members, day);
}

static char *
not_connected (const GezSyncStatus *status)
{
  if (status->n_waiting == 0)
    return g_strdup (_("Folder not connected"));
  return g_strdup_printf (ngettext ("Folder not connected · %u change waits",
                                    "Folder not connected · %u changes wait", status->n_waiting),
                          status->n_waiting);
}

/**
 * gez_sync_words_state:
 *
 * Returns: (transfer full) (nullable): one line; %NULL when there is no team, and so nothing to say
 */
char *
gez_sync_words_state (GezSyncState         state,
                      const GezSyncStatus *status,
                      GezClock            *clock)
{
  char *words;

  g_return_val_if_fail (status != NULL && GEZ_IS_CLOCK (clock), NULL);

  if (!status->has_team)
    return NULL;
  if (status->restored_at != 0)
    return g_strdup (_("This device was put back"));
  if (status->folder_uri == NULL)
    return g_strdup (_("No folder chosen"));
  if (state == GEZ_SYNC_NOT_CONNECTED)
    return not_connected (status);
  if (state == GEZ_SYNC_FAILED)
    return g_strdup (_("Syncing does not work"));
  if (state == GEZ_SYNC_BUSY)
    return g_strdup (_("Busy…"));
  words = missing (status, clock);
  if (words != NULL)
    return words;
  if (status->n_waiting > 0)
    return g_strdup_printf (ngettext ("%u change not shared yet", "%u changes not shared yet",
                                      status->n_waiting), status->n_waiting);
  return synced (status->last_read_at, clock);
}

/**
 * gez_sync_words_icon:
 *
 * Returns: a symbolic icon for where the words have no room
 */
const char *
gez_sync_words_icon (GezSyncState         state,
                     const GezSyncStatus *status,
                     GezClock            *clock)
{
  const GezSyncDevice *first;

  g_return_val_if_fail (status != NULL, NULL);

  if (status->restored_at != 0 || state == GEZ_SYNC_FAILED)
    return "dialog-warning-symbolic";
  if (state == GEZ_SYNC_NOT_CONNECTED || status->folder_uri == NULL)
    return "network-offline-symbolic";
  if (find_missing (status, clock, &first) > 0)
    return "dialog-information-symbolic";
  if (status->n_waiting > 0 || state == GEZ_SYNC_BUSY)
    return "emblem-synchronizing-symbolic";
  return "emblem-ok-symbolic";
}

/**
 * gez_sync_words_advice:
 * @error: (nullable): why the last round failed
 *
 * Returns: (transfer full): what the state means and what to do
 */
char *
gez_sync_words_advice (GezSyncState         state,
                       const GezSyncStatus *status,
                       const GError        *error)
{
  g_return_val_if_fail (status != NULL, NULL);

  if (status->restored_at != 0)
    return g_strdup (_("Nothing is lost. Say once that you go on here."));
  if (status->folder_uri == NULL)
    return g_strdup (_("Choose the folder that your team shares."));
  if (state == GEZ_SYNC_NOT_CONNECTED)
    return g_strdup (_("Nothing is wrong. What you write is kept here, and goes along when the folder is "
                       "there again."));
  if (state == GEZ_SYNC_FAILED)
    return gez_sentence_for_error (error);
  return g_strdup (_("It goes by itself: every minute, and a moment after you write something."));
}

/* Devices ----------------------------------------------------------------------------------------- */

/**
 * gez_sync_words_device_name:
 *
 * Devices have no names. When one joined stands in its identity, which is a UUID of version 7.
 *
 * Returns: (transfer full): what a person can tell it by
 */
char *
gez_sync_words_device_name (const GezId *device,
                            gboolean     is_this,
                            GezClock    *clock)
{
  gint64 instant = 0;
  g_autofree char *date = NULL, *day = NULL;

  if (is_this)
    return g_strdup (_("This device"));
  for (guint i = 0; i < 6; i++)
    instant = instant << 8 | device->bytes[i];
  date = gez_clock_date_of (clock, instant);
  day = gez_format_date (date);
  return g_strdup_printf (_("Device of %s"), day);
}

static void
add_line (GString    *text,
          const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
add_troubles (GString             *text,
              const GezSyncDevice *device,
              GezClock            *clock)
{
  if (device->n_missing > 0)
    {
      g_autofree char *day = since (device->missing_since_at, clock);
      g_autofree char *line = g_strdup_printf (
        ngettext ("%u file of it does not come here, since %s. Colleagues have it.",
                  "%u files of it do not come here, since %s. Colleagues have them.", device->n_missing),
        device->n_missing, day);

      add_line (text, line);
    }
  if (device->is_clock_ahead)
    add_line (text, _("Its clock is ahead. Ask to set it right; nothing is lost by it."));
  if (device->is_forked)
    add_line (text, _("Its files contradict each other: it was copied, or put back from a backup. What it "
                      "writes from then on waits until it goes on as a new device."));
}

/**
 * gez_sync_words_device:
 *
 * Returns: (transfer full): what is known of it, a fact on each line
 */
char *
gez_sync_words_device (const GezSyncDevice *device,
                       const GezSyncStatus *status,
                       GezClock            *clock)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (device != NULL && status != NULL, NULL);

  if (device->is_removed)
    return g_strdup (_("Removed from the team. What it writes now is not read."));
  if (device->is_this)
    add_line (text, status->n_waiting == 0 ? _("Everything written here is in the folder.")
                                           : _("Not everything written here is in the folder yet."));
  else
    {
      g_autofree char *moment = gez_sync_words_moment (device->last_wall_at, clock);
      g_autofree char *line = g_strdup_printf (_("Last heard of: %s."), moment);

      add_line (text, line);
      add_line (text, device->seen_ours >= status->own_sequence
                        ? _("It has seen everything that was written here.")
                        : _("It has not seen everything that was written here yet."));
    }
  add_troubles (text, device, clock);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * gez_sync_words_member:
 * @devices: (element-type GezSyncDevice): of one colleague
 *
 * Returns: (transfer full): the shortest of it
 */
char *
gez_sync_words_member (GPtrArray *devices,
                       GezClock  *clock)
{
  gint64 last = 0, missing_since = 0;
  gboolean is_odd = FALSE, is_here = FALSE, is_gone = TRUE;
  g_autofree char *moment = NULL;

  for (guint i = 0; i < devices->len; i++)
    {
      const GezSyncDevice *device = g_ptr_array_index (devices, i);

      is_here = is_here || device->is_this;
      is_gone = is_gone && device->is_removed;
      if (device->is_removed)
        continue;
      last = MAX (last, device->last_wall_at);
      is_odd = is_odd || device->is_forked || device->is_clock_ahead;
      if (device->n_missing > 0 && (missing_since == 0 || device->missing_since_at < missing_since))
        missing_since = device->missing_since_at;
    }
  if (is_gone)
    return g_strdup (_("Not in the team any more"));
  moment = missing_since != 0 ? since (missing_since, clock) : gez_sync_words_moment (last, clock);
  if (missing_since != 0)
    return g_strdup_printf (_("Data are missing since %s"), moment);
  if (is_odd)
    return g_strdup (_("Something to look at"));
  if (is_here && devices->len == 1)
    return g_strdup (_("You, on this device"));
  return g_strdup_printf (_("Last heard of: %s"), moment);
}

/* Files ------------------------------------------------------------------------------------------- */

/**
 * gez_sync_words_problem:
 * @why: as in the table `quarantine`
 *
 * Returns: why a file of the folder is not read
 */
const char *
gez_sync_words_problem (const char *why)
{
  static const struct
  {
    const char *why;
    const char *words;
  } all[] = {
    { "incomplete", N_("It is not all there yet. It is tried again each time.") },
    { "damaged", N_("It is damaged. Its writer puts it back when the folder loses it: delete it there.") },
    { "foreign", N_("It is not of this team. Nothing of it is read.") },
    { "unknown_device", N_("It is of a device that is not in the team yet. The team’s own files are still to "
                           "come.") },
    { "unknown_key", N_("It is for others. It is read when you are given access.") },
    { "removed", N_("It is of a device that was removed from the team. It is not read.") },
    { "forked", N_("It contradicts another file of the same device. Both are kept.") },
    { "missing", N_("A colleague has seen it, and it is not in the folder.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_strcmp0 (all[i].why, why) == 0)
      return _(all[i].words);
  return _("It cannot be read.");
}

/**
 * gez_sync_words_folder:
 * @uri: (nullable): of the shared folder
 *
 * Returns: (transfer full): how people know it
 */
char *
gez_sync_words_folder (const char *uri)
{
  g_autoptr (GFile) file = NULL;

  if (uri == NULL)
    return g_strdup (_("None chosen"));
  file = g_file_new_for_uri (uri);
  return g_file_get_parse_name (file);
}
