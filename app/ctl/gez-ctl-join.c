/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "circle/gez-team-work.h"
#include "gez-ctl-team.h"
#include "sync/gez-sync.h"

/* How a team begins, and how somebody comes to it. */

/**
 * gez_ctl_folder_uri:
 * @folder: a path or an address (smb://…, davs://…)
 *
 * Returns: (transfer full): the address
 */
char *
gez_ctl_folder_uri (const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (folder);

  return g_file_get_uri (file);
}

/**
 * gez_ctl_found:
 * @folder: a shared folder that gez_sync_found_folder() found to be empty
 *
 * Founds a team around a store that has none, and publishes everything that was written before.
 *
 * Returns: whether the folder has all of it
 */
gboolean
gez_ctl_found (GezStore     *store,
               const char   *folder,
               GCancellable *cancellable,
               GError      **error)
{
  g_autofree char *uri = gez_ctl_folder_uri (folder);
  g_autoptr (GezTeamAct) act = gez_team_act_found (uri);
  g_auto (GezEngineReport) report = { 0 };

  return gez_team_act_run (act, store, error) && gez_sync_run (store, &report, cancellable, error);
}

static GezSecret *
parse_code (const char *text,
            GError    **error)
{
  guint position = 0;
  GezSecret *code = gez_invitation_code_parse ((GezPassphrase) { text, strlen (text) }, &position, error);

  if (code == NULL && error && g_error_matches (*error, GEZ_RECOVERY_ERROR, GEZ_RECOVERY_ERROR_UNKNOWN_WORD))
    {
      g_free ((*error)->message);
      (*error)->message = g_strdup_printf ("%u", position + 1);
    }
  return code;
}

static void
print_joined (GezCtl              *ctl,
              const GezTeamView   *view,
              const GezTeamPerson *self)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autofree char *id = gez_id_to_string (&self->id);
  const char *check = self->check ? self->check : "";

  if (!ctl->is_json)
    {
      gez_ctl_print (_("%s is now a member of %s.\n"), self->name, view->team_name ? view->team_name : "");
      gez_ctl_print (_("Fingerprint: %s\n"), check);
      return;
    }
  json_object_set_boolean_member (answer, "ok", TRUE);
  json_object_set_string_member (answer, "member_id", id);
  json_object_set_string_member (answer, "fingerprint", check);
  gez_ctl_print_json (answer);
}

static const GezTeamPerson *
find_self (GezTeamView *view)
{
  for (guint i = 0; i < view->persons->len; i++)
    if (((const GezTeamPerson *) view->persons->pdata[i])->is_self)
      return view->persons->pdata[i];
  return NULL;
}

static gboolean
enter (GezStore      *store,
       GezInvitation *invitation,
       GezSecret     *code,
       GPtrArray     *roster_files,
       const char    *uri,
       GError       **error)
{
  g_autoptr (GezTeamAct) act = gez_team_act_join (invitation, code, roster_files, uri);

  return gez_team_act_run (act, store, error);
}

static int
join (GezCtl     *ctl,
      const char *folder,
      const char *code_text,
      int         kdf_memory)
{
  g_autofree char *uri = gez_ctl_folder_uri (folder);
  g_auto (GezEngineReport) report = { 0 };
  g_autoptr (GPtrArray) roster_files = NULL;
  g_autoptr (GezInvitation) invitation = NULL;
  g_autoptr (GezTeamView) view = NULL;
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSecret) code = parse_code (code_text, &error);
  const GezTeamPerson *self;
  GezStoreOwner owner;

  if (code == NULL ||
      (invitation = gez_sync_find_invitation (uri, code, &roster_files, ctl->cancellable, &error)) == NULL)
    return gez_ctl_fail (error);
  owner = (GezStoreOwner) { invitation->team_name, invitation->name, invitation->role, &invitation->member };
  if ((store = gez_ctl_make (ctl, &owner, kdf_memory, &error)) == NULL)
    return gez_ctl_fail (error);
  if (!enter (store, invitation, code, roster_files, uri, &error))
    {
      gez_ctl_unmake (ctl, store);
      return gez_ctl_fail (error);
    }
  if (!gez_sync_run (store, &report, ctl->cancellable, &error) ||
      (view = gez_ctl_read_team (store, &error)) == NULL || !gez_store_close (store, &error))
    return gez_ctl_fail (error);
  if ((self = find_self (view)) != NULL)
    print_joined (ctl, view, self);
  return GEZ_CTL_DONE;
}

int
gez_ctl_join (GezCtl *ctl,
              int     argc,
              char  **argv)
{
  g_autofree char *folder = NULL, *code = NULL;
  int kdf_memory = 0, status;
  const GOptionEntry entries[] = {
    { "folder", 0, 0, G_OPTION_ARG_STRING, &folder, N_("The shared folder of the team"), N_("DIRECTORY") },
    { "code", 0, 0, G_OPTION_ARG_STRING, &code, N_("The words of the invitation, in quotes; they work once"),
      N_("CODE") },
    { "kdf-memory", 0, 0, G_OPTION_ARG_INT, &kdf_memory,
      N_("Memory that each guess of the passphrase costs, 8 to 1024 (256)"), N_("MIB") },
    { NULL },
  };

  if (!gez_ctl_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  if (folder == NULL || code == NULL)
    return gez_ctl_misuse (_("join needs --folder and --code"));
  if (kdf_memory != 0 && (kdf_memory < 8 || kdf_memory > 1024))
    return gez_ctl_misuse (_("--kdf-memory is between 8 and 1024"));
  return join (ctl, folder, code, kdf_memory);
}
