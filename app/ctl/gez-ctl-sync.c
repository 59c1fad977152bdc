/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/gez-date.h"
#include "circle/gez-team-work.h"
#include "gez-ctl-sync.h"
#include "sync/gez-sync-status.h"
#include "sync/gez-sync.h"

/* sync, and what status says of it. */

static void
print_report (GezCtl                *ctl,
              const GezEngineReport *report,
              const GezSyncStatus   *status)
{
  g_autoptr (JsonObject) answer = json_object_new ();

  json_object_set_boolean_member (answer, "ok", TRUE);
  json_object_set_int_member (answer, "files_read", report->n_files_read);
  json_object_set_int_member (answer, "writes_applied", report->n_writes_applied);
  json_object_set_int_member (answer, "files_published", report->n_files_published);
  json_object_set_int_member (answer, "files_healed", report->n_files_healed);
  json_object_set_boolean_member (answer, "is_restored", report->is_restored);
  gez_ctl_sync_to_json (answer, status);
  if (ctl->is_json)
    {
      gez_ctl_print_json (answer);
      return;
    }
  gez_ctl_print (_("Read: %u files, %u changes. Written: %u files.\n"), report->n_files_read,
                 report->n_writes_applied, report->n_files_published + report->n_files_healed);
  gez_ctl_print_sync (status);
}

static gboolean
renew (GezStore *store,
       GError  **error)
{
  g_autoptr (GezTeamAct) act = gez_team_act_renew_device ();

  return gez_team_act_run (act, store, error);
}

int
gez_ctl_sync (GezCtl *ctl,
              int     argc,
              char  **argv)
{
  gboolean is_new_device = FALSE;
  const GOptionEntry entries[] = {
    { "new-device", 0, 0, G_OPTION_ARG_NONE, &is_new_device,
      N_("Go on as a new device, because this one was put back or copied"), NULL },
    { NULL },
  };
  g_autoptr (GezQuery) query = gez_sync_status_query ();
  g_auto (GezEngineReport) report = { 0 };
  g_autoptr (GezSyncStatus) state = NULL;
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!gez_ctl_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  if ((store = gez_ctl_open (ctl, &error)) == NULL || (is_new_device && !renew (store, &error)))
    return gez_ctl_fail (error);
  if (!gez_sync_run (store, &report, ctl->cancellable, &error) ||
      (state = gez_store_run (store, query, &error)) == NULL || !gez_store_close (store, &error))
    return gez_ctl_fail (error);
  print_report (ctl, &report, state);
  return GEZ_CTL_DONE;
}

static guint
count_missing (const GezSyncStatus *status)
{
  guint n = 0;

  for (guint i = 0; i < status->devices->len; i++)
    n += ((const GezSyncDevice *) status->devices->pdata[i])->n_missing;
  return n;
}

static void
set_instant (JsonObject *object,
             const char *name,
             gint64      instant)
{
  g_autofree char *text = instant ? gez_date_format_instant (instant) : NULL;

  if (text)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

/**
 * gez_ctl_sync_to_json:
 * @object: gets a member `sync`: %NULL for a store that shares nothing
 */
void
gez_ctl_sync_to_json (JsonObject          *object,
                      const GezSyncStatus *status)
{
  JsonObject *sync;

  if (!status->has_team)
    {
      json_object_set_null_member (object, "sync");
      return;
    }
  sync = json_object_new ();
  json_object_set_string_member (sync, "folder", status->folder_uri ? status->folder_uri : "");
  json_object_set_int_member (sync, "waiting", status->n_waiting);
  json_object_set_int_member (sync, "missing", count_missing (status));
  json_object_set_int_member (sync, "conflicts", status->n_conflicts);
  json_object_set_int_member (sync, "problems", status->problems->len);
  json_object_set_int_member (sync, "rotations_due", status->n_rotations_due);
  set_instant (sync, "read_at", status->last_read_at);
  set_instant (sync, "published_at", status->last_published_at);
  set_instant (sync, "restored_at", status->restored_at);
  json_object_set_object_member (object, "sync", sync);
}

/**
 * gez_ctl_print_sync:
 *
 * Says for people how the store and its shared folder stand.
 */
void
gez_ctl_print_sync (const GezSyncStatus *status)
{
  g_autofree char *read = NULL;
  guint n_missing;

  if (!status->has_team)
    {
      gez_ctl_print (_("Nothing is shared with colleagues.\n"));
      return;
    }
  read = status->last_read_at ? gez_date_format_instant (status->last_read_at) : g_strdup ("-");
  gez_ctl_print (_("Shared folder: %s, last read: %s\n"), status->folder_uri ? status->folder_uri : "-", read);
  gez_ctl_print (ngettext ("%u change is not shared yet.\n", "%u changes are not shared yet.\n",
                           status->n_waiting), status->n_waiting);
  n_missing = count_missing (status);
  if (n_missing > 0)
    gez_ctl_print (ngettext ("%u file of a colleague is missing.\n", "%u files of colleagues are missing.\n",
                             n_missing), n_missing);
  if (status->n_conflicts > 0)
    gez_ctl_print (ngettext ("%u field was written by two people at once.\n",
                             "%u fields were written by two people at once.\n", status->n_conflicts),
                   status->n_conflicts);
  if (status->restored_at)
    gez_ctl_print (_("This device was put back or copied: go on with “sync --new-device”.\n"));
}
