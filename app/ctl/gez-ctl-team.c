/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gez-ctl-team.h"

#include <glib/gi18n.h>

#include "circle/gez-team-work.h"
#include "gez-ctl-recovery.h"
#include "store/gez-schema.h"
#include "sync/gez-sync-recover.h"

/* invite, members and remove-member: who is in the team. What is changed here reaches the others at the
 * next sync. */

/**
 * gez_ctl_read_team:
 *
 * Returns: (transfer full): the team of @store, or %NULL with @error set, also when it has none
 */
GezTeamView *
gez_ctl_read_team (GezStore  *store,
                   GError   **error)
{
  g_autoptr (GezQuery) query = gez_team_view_query ();
  g_autoptr (GezTeamView) view = gez_store_run (store, query, error);

  if (view == NULL || view->has_team)
    return g_steal_pointer (&view);
  g_set_error_literal (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NO_TEAM, "this store shares nothing");
  return NULL;
}

/**
 * gez_ctl_find_person:
 * @text: the identity of a member
 *
 * Returns: (transfer none): that member, or %NULL with @error set
 */
const GezTeamPerson *
gez_ctl_find_person (GezTeamView *view,
                     const char  *text,
                     GError     **error)
{
  GezId id;

  if (gez_id_parse (text, &id))
    for (guint i = 0; i < view->persons->len; i++)
      {
        const GezTeamPerson *person = view->persons->pdata[i];

        if (gez_id_equal (&person->id, &id))
          return person;
      }
  g_set_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NOT_A_MEMBER, "%s", text);
  return NULL;
}

static void
set_id (JsonObject  *object,
        const char  *name,
        const GezId *id)
{
  char text[GEZ_ID_TEXT_SIZE];

  gez_id_to_buffer (id, text);
  json_object_set_string_member (object, name, text);
}

static char *
words_of (const GezSecret *code)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    g_string_append_printf (words, "%s%s", i ? " " : "", gez_recovery_code_get_word (code, i));
  return g_string_free (words, FALSE);
}

/* The code is printed because somebody asked for it; it works once. */
static void
print_invitation (GezCtl          *ctl,
                  const GezSecret *code,
                  const char      *check)
{
  g_autofree char *words = words_of (code);
  g_autoptr (JsonObject) answer = json_object_new ();

  if (ctl->is_json)
    {
      json_object_set_string_member (answer, "code", words);
      json_object_set_string_member (answer, "fingerprint", check);
      gez_ctl_print_json (answer);
      return;
    }
  gez_ctl_print ("%s\n", words);
  gez_ctl_print (_("Fingerprint: %s\n"), check);
  gez_ctl_print (_("Whoever knows these words and sees the folder is let in, once. Both sides see the same "
                   "fingerprint: compare it by telephone.\n"));
}

static const GezTeamInvited *
find_invited (GezTeamView *view,
              const GezId *invitation)
{
  for (guint i = 0; i < view->invited->len; i++)
    {
      const GezTeamInvited *invited = view->invited->pdata[i];

      if (gez_id_equal (&invited->id, invitation))
        return invited;
    }
  return NULL;
}

static int
invite (GezCtl     *ctl,
        GezTeamAct *act)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStore) store = gez_ctl_open (ctl, &error);
  g_autoptr (GezTeamView) view = NULL;
  const GezTeamInvited *invited;

  if (store == NULL || !gez_team_act_run (act, store, &error) ||
      (view = gez_ctl_read_team (store, &error)) == NULL || !gez_store_close (store, &error))
    return gez_ctl_fail (error);
  invited = find_invited (view, gez_team_act_get_invitation (act));
  print_invitation (ctl, gez_team_act_get_code (act), invited ? invited->check : "");
  return GEZ_CTL_DONE;
}

int
gez_ctl_invite (GezCtl *ctl,
                int     argc,
                char  **argv)
{
  g_autofree char *name = NULL, *role = NULL, *member = NULL;
  GezId member_id;
  gboolean is_device = FALSE;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("Who is invited"), N_("NAME") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, "teamleider | casemanager | brugfiguur", N_("ROLE") },
    { "member", 0, 0, G_OPTION_ARG_STRING, &member,
      N_("Somebody of the team who lost every device, and comes back as the same person"), N_("MEMBER-ID") },
    { "device", 0, 0, G_OPTION_ARG_NONE, &is_device, N_("Another device of the person of this store"), NULL },
    { NULL },
  };
  g_autoptr (GezTeamAct) act = NULL;
  int status;

  if (!gez_ctl_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  if (is_device ? name != NULL || role != NULL : name == NULL || role == NULL)
    return gez_ctl_misuse (_("invite needs --name and --role, or --device alone"));
  if (role && !g_strv_contains (gez_schema_get_codes ("member", "role"), role))
    return gez_ctl_misuse (_("the role is teamleider, casemanager or brugfiguur"));
  if (member && !gez_id_parse (member, &member_id))
    return gez_ctl_misuse (_("“%s” is not the identity of a member"), member);
  act = is_device ? gez_team_act_invite_device () : gez_team_act_invite (name, role, member ? &member_id : NULL);
  return invite (ctl, act);
}

static JsonObject *
person_to_json (const GezTeamPerson *person)
{
  JsonObject *object = json_object_new ();
  JsonArray *devices = json_array_new ();

  set_id (object, "id", &person->id);
  json_object_set_string_member (object, "name", person->name);
  json_object_set_string_member (object, "role", person->role);
  json_object_set_boolean_member (object, "is_active", person->is_active);
  json_object_set_boolean_member (object, "is_self", person->is_self);
  if (person->check)
    json_object_set_string_member (object, "fingerprint", person->check);
  else
    json_object_set_null_member (object, "fingerprint");
  for (guint i = 0; i < person->devices->len; i++)
    {
      const GezTeamDevice *device = person->devices->pdata[i];
      JsonObject *entry = json_object_new ();

      set_id (entry, "id", &device->id);
      json_object_set_boolean_member (entry, "is_this", device->is_this);
      json_object_set_boolean_member (entry, "is_removed", device->is_removed);
      json_array_add_object_element (devices, entry);
    }
  json_object_set_array_member (object, "devices", devices);
  return object;
}

static JsonObject *
invited_to_json (const GezTeamInvited *invited)
{
  JsonObject *object = json_object_new ();

  set_id (object, "id", &invited->id);
  json_object_set_string_member (object, "name", invited->name ? invited->name : "");
  json_object_set_string_member (object, "role", invited->role ? invited->role : "");
  json_object_set_string_member (object, "fingerprint", invited->check ? invited->check : "");
  json_object_set_boolean_member (object, "is_for_device", invited->is_for_device);
  return object;
}

static void
print_members (GezTeamView *view)
{
  for (guint i = 0; i < view->persons->len; i++)
    {
      const GezTeamPerson *person = view->persons->pdata[i];
      char id[GEZ_ID_TEXT_SIZE];

      gez_id_to_buffer (&person->id, id);
      gez_ctl_print ("%s\t%s\t%s\t%s\n", id, person->name, person->role,
                     person->is_active ? (person->check ? person->check : "") : _("removed"));
    }
  for (guint i = 0; i < view->invited->len; i++)
    {
      const GezTeamInvited *invited = view->invited->pdata[i];

      gez_ctl_print (_("invited\t%s\t%s\t%s\n"), invited->name ? invited->name : "",
                     invited->role ? invited->role : "", invited->check ? invited->check : "");
    }
}

int
gez_ctl_members (GezCtl *ctl,
                 int     argc,
                 char  **argv)
{
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GezTeamView) view = NULL;
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *members = json_array_new (), *invitations = json_array_new ();
  int status;

  json_object_set_array_member (answer, "members", members);
  json_object_set_array_member (answer, "invitations", invitations);
  if (!gez_ctl_parse (ctl, NULL, 0, &argc, &argv, &status))
    return status;
  if ((store = gez_ctl_open (ctl, &error)) == NULL || (view = gez_ctl_read_team (store, &error)) == NULL ||
      !gez_store_close (store, &error))
    return gez_ctl_fail (error);
  for (guint i = 0; i < view->persons->len; i++)
    json_array_add_object_element (members, person_to_json (view->persons->pdata[i]));
  for (guint i = 0; i < view->invited->len; i++)
    json_array_add_object_element (invitations, invited_to_json (view->invited->pdata[i]));
  if (ctl->is_json)
    gez_ctl_print_json (answer);
  else
    print_members (view);
  return GEZ_CTL_DONE;
}

int
gez_ctl_remove_member (GezCtl *ctl,
                       int     argc,
                       char  **argv)
{
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GezTeamView) view = NULL;
  g_autoptr (GezTeamAct) act = NULL;
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (GError) error = NULL;
  const GezTeamPerson *person = NULL;
  int status;

  if (!gez_ctl_parse (ctl, NULL, 1, &argc, &argv, &status))
    return status;
  if ((store = gez_ctl_open (ctl, &error)) == NULL || (view = gez_ctl_read_team (store, &error)) == NULL ||
      (person = gez_ctl_find_person (view, argv[1], &error)) == NULL)
    return gez_ctl_fail (error);
  act = gez_team_act_remove_member (&person->id);
  if (!gez_team_act_run (act, store, &error) || !gez_store_close (store, &error))
    return gez_ctl_fail (error);
  json_object_set_boolean_member (answer, "ok", TRUE);
  if (ctl->is_json)
    gez_ctl_print_json (answer);
  else
    gez_ctl_print (_("%s is removed. What was read before stays known; what is written from now on cannot be "
                     "read, as soon as each colleague has synced.\n"), person->name);
  return GEZ_CTL_DONE;
}

static int
recover_member (GezCtl     *ctl,
                const char *member,
                const char *words_file)
{
  g_autoptr (GezTeamView) view = NULL;
  g_autoptr (GezSecret) code = NULL;
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStore) store = gez_ctl_open (ctl, &error);
  const GezTeamPerson *person = NULL;
  guint n_circles = 0;

  if (store == NULL || (view = gez_ctl_read_team (store, &error)) == NULL ||
      (person = gez_ctl_find_person (view, member, &error)) == NULL ||
      (code = gez_ctl_sheet_read (ctl, words_file, &error)) == NULL ||
      !gez_sync_recover (store, code, &person->id, &n_circles, ctl->cancellable, &error) ||
      !gez_store_close (store, &error))
    return gez_ctl_fail (error);
  json_object_set_boolean_member (answer, "ok", TRUE);
  json_object_set_int_member (answer, "circles", n_circles);
  if (ctl->is_json)
    gez_ctl_print_json (answer);
  else
    gez_ctl_print (ngettext ("%u key is given back as soon as both devices have synced. The team is told.\n",
                             "%u keys are given back as soon as both devices have synced. The team is told.\n",
                             n_circles), n_circles);
  return GEZ_CTL_DONE;
}

int
gez_ctl_recover_member (GezCtl *ctl,
                        int     argc,
                        char  **argv)
{
  g_autofree char *words = NULL;
  const GOptionEntry entries[] = {
    { "words-file", 0, 0, G_OPTION_ARG_FILENAME, &words, N_("Where the words of the recovery sheet stand; - for standard input"),
      N_("FILE") },
    { NULL },
  };
  int status;

  if (!gez_ctl_parse (ctl, entries, 1, &argc, &argv, &status))
    return status;
  if (words == NULL)
    return gez_ctl_misuse (_("recover-member needs --words-file"));
  return recover_member (ctl, argv[1], words);
}
