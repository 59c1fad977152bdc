/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/gez-date.h"
#include "circle/gez-team-work.h"
#include "gez-ctl-team.h"
#include "store/gez-record.h"

/* grant and revoke: who can read the file of a household. Who reads the casework reads the open part too. */

typedef struct
{
  GezId household;
  gboolean open;
  gboolean casework;
  char *until;
  char *reason;
} Share;

static gboolean
check_household (GezStore    *store,
                 const GezId *household,
                 GError     **error)
{
  g_autoptr (GezQuery) query =
      gez_record_query ("SELECT id FROM household WHERE id = ?", GEZ_ID, household, GEZ_END);
  g_autoptr (GPtrArray) rows = gez_store_run (store, query, error);

  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    return TRUE;
  g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND, "no household has this identity");
  return FALSE;
}

static gboolean
act_on (GezStore            *store,
        const Share         *share,
        GezCircle            circle,
        const GezTeamPerson *person,
        gboolean             is_grant,
        GError             **error)
{
  g_autoptr (GezTeamAct) act = is_grant ? gez_team_act_grant (&circle, &person->id, share->until)
                                        : gez_team_act_revoke (&circle, &person->id, share->reason);

  return gez_team_act_run (act, store, error);
}

static int
run (GezCtl      *ctl,
     const Share *share,
     const char  *member,
     gboolean     is_grant)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (GezTeamView) view = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStore) store = gez_ctl_open (ctl, &error);
  const GezTeamPerson *person = NULL;

  if (store == NULL || (view = gez_ctl_read_team (store, &error)) == NULL ||
      (person = gez_ctl_find_person (view, member, &error)) == NULL ||
      !check_household (store, &share->household, &error) ||
      (share->casework &&
       !act_on (store, share, gez_circle_casework (&share->household), person, is_grant, &error)) ||
      (share->open && !act_on (store, share, gez_circle_open (&share->household), person, is_grant, &error)) ||
      !gez_store_close (store, &error))
    return gez_ctl_fail (error);
  json_object_set_boolean_member (answer, "ok", TRUE);
  if (ctl->is_json)
    gez_ctl_print_json (answer);
  else if (is_grant)
    gez_ctl_print (_("%s can read it as soon as both devices have synced.\n"), person->name);
  else
    gez_ctl_print (_("%s reads nothing new of it as soon as you have synced. What was read before stays "
                     "known.\n"), person->name);
  return GEZ_CTL_DONE;
}

static int
share (GezCtl  *ctl,
       int      argc,
       char   **argv,
       gboolean is_grant)
{
  g_autofree char *circle = NULL, *until = NULL, *reason = NULL;
  const GOptionEntry grant_entries[] = {
    { "circle", 0, 0, G_OPTION_ARG_STRING, &circle, N_("Which part: open, or casework too (open)"),
      "open|casework" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &until, N_("The last day"), N_("YYYY-MM-DD") },
    { NULL },
  };
  const GOptionEntry revoke_entries[] = {
    { "circle", 0, 0, G_OPTION_ARG_STRING, &circle, N_("Which part: casework alone, or open and with it all (open)"),
      "open|casework" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_("Why, for the colleagues of this file"), N_("TEXT") },
    { NULL },
  };
  gboolean is_casework;
  Share wanted = { 0 };
  int status;

  if (!gez_ctl_parse (ctl, is_grant ? grant_entries : revoke_entries, 2, &argc, &argv, &status))
    return status;
  if (!gez_id_parse (argv[1], &wanted.household))
    return gez_ctl_misuse (_("“%s” is not the identity of a household"), argv[1]);
  if (circle && !g_str_equal (circle, "open") && !g_str_equal (circle, "casework"))
    return gez_ctl_misuse (_("--circle is open or casework"));
  if (until && !gez_date_is_valid (until))
    return gez_ctl_misuse (_("“%s” is not a date like 2026-11-21"), until);
  is_casework = g_strcmp0 (circle, "casework") == 0;
  wanted.open = is_grant || !is_casework;
  wanted.casework = is_grant ? is_casework : TRUE;
  wanted.until = until;
  wanted.reason = reason;
  return run (ctl, &wanted, argv[2], is_grant);
}

int
gez_ctl_grant (GezCtl *ctl,
               int     argc,
               char  **argv)
{
  return share (ctl, argc, argv, TRUE);
}

int
gez_ctl_revoke (GezCtl *ctl,
                int     argc,
                char  **argv)
{
  return share (ctl, argc, argv, FALSE);
}
