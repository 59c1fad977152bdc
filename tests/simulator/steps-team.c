/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "steps.h"

/* What people do to their team: who is in it, with which devices, who reads what. */

typedef struct
{
  SimDevice *device;
  SimMember *member;
  GezCircle circle;
  GezId id;
  const char *text;
  GezSecret *code;
  gboolean flag;
} Act;

static SimMember *
other_member (SimDevice *device)
{
  SimWorld *world = device->world;

  for (guint tries = 0; tries < 8; tries++)
    {
      SimMember *member = g_ptr_array_index (world->members, sim_draw (world, (int)world->members->len));

      if (member != device->member && !gez_id_is_none (&member->id))
        return member;
    }
  return NULL;
}

/* A household that this device sees; -1: none. */
static int
pick_household (SimDevice *device, GezId *id)
{
  gint64 n = memory_database_count (device->memory, "SELECT count(*) FROM household");
  g_autoptr (GezStatement) statement = NULL;

  if (n <= 0)
    return -1;
  statement = gez_database_query (device->memory->database, NULL,
                                  "SELECT id FROM household ORDER BY id LIMIT 1 OFFSET ?", GEZ_INTEGER,
                                  (gint64)sim_draw (device->world, (int)n), GEZ_END);
  g_assert_true (statement != NULL && gez_statement_next (statement, NULL));
  *id = gez_statement_get_id (statement, 0);
  return sim_world_find_household (device->world, id);
}

/* Access -------------------------------------------------------------------------------------------- */

static gboolean
do_grant (GezTeam *team, gpointer data, GError **error)
{
  Act *act = data;

  return gez_team_grant (team, &act->circle, &act->member->id, act->text, error);
}

static gboolean
do_revoke (GezTeam *team, gpointer data, GError **error)
{
  Act *act = data;

  return gez_team_revoke (team, &act->circle, &act->member->id, "niet meer nodig", error);
}

static gboolean
draw_access (SimDevice *device, Act *act, int *household)
{
  act->member = other_member (device);
  *household = pick_household (device, &act->id);
  if (act->member == NULL || *household < 0)
    return FALSE;
  act->circle = sim_draw (device->world, 2) ? gez_circle_open (&act->id) : gez_circle_casework (&act->id);
  return TRUE;
}

static gboolean
grant (SimDevice *device)
{
  SimWorld *world = device->world;
  Act act = { .device = device };
  int number;
  SimHousehold *household;
  gboolean is_both;

  if (!draw_access (device, &act, &number))
    return TRUE;
  household = g_ptr_array_index (world->households, number);
  if (sim_draw (world, 5) == 0)
    act.text = sim_draw (world, 2) ? "2026-03-01" : "2030-01-01";
  is_both = act.circle.kind == GEZ_CIRCLE_CASEWORK;
  if (is_both)
    {
      GezCircle open = gez_circle_open (&act.id);

      act.circle = open;
      if (sim_device_act (device, do_grant, &act))
        household->open_readers |= 1u << act.member->number;
      act.circle = gez_circle_casework (&act.id);
    }
  sim_tell (world, "device %u: lets %s read %s of household %d%s%s", device->number, act.member->name,
            gez_circle_kind_to_code (act.circle.kind), number, act.text ? " until " : "",
            act.text ? act.text : "");
  if (sim_device_act (device, do_grant, &act))
    *(is_both ? &household->casework_readers : &household->open_readers) |= 1u << act.member->number;
  return world->failure == NULL;
}

static gboolean
take_back (SimDevice *device)
{
  Act act = { .device = device };
  int number;

  if (!draw_access (device, &act, &number))
    return TRUE;
  sim_tell (device->world, "device %u: %s no longer reads %s of household %d", device->number,
            act.member->name, gez_circle_kind_to_code (act.circle.kind), number);
  sim_device_act (device, do_revoke, &act);
  return device->world->failure == NULL;
}

static gboolean
do_lock (GezTeam *team, gpointer data, GError **error)
{
  Act *act = data;

  return gez_team_set_lock (team, &act->member->id, &act->id, act->flag, error);
}

static gboolean
set_lock (SimDevice *device)
{
  Act act = { .device = device, .flag = sim_draw (device->world, 3) > 0 };
  int number;

  if (!draw_access (device, &act, &number))
    return TRUE;
  sim_tell (device->world, "device %u: %s %s household %d", device->number,
            act.flag ? "locks out of" : "unlocks", act.member->name, number);
  sim_device_act (device, do_lock, &act);
  return device->world->failure == NULL;
}

static gboolean
do_leaders_read (GezTeam *team, gpointer data, GError **error)
{
  return gez_team_set_leaders_read (team, ((Act *)data)->text, error);
}

static gboolean
set_leaders_read (SimDevice *device)
{
  static const char *what[] = { "cards", "open", "casework" };
  int which = sim_draw (device->world, 3);
  Act act = { .device = device, .text = what[which] };

  sim_tell (device->world, "device %u: leaders read %s", device->number, act.text);
  if (sim_device_act (device, do_leaders_read, &act))
    {
      device->world->leaders_read_open |= which >= 1;
      device->world->leaders_read_casework |= which == 2;
    }
  return device->world->failure == NULL;
}

static gboolean
stand_in (SimDevice *device)
{
  SimMember *other = other_member (device);
  g_autoptr (GezChange) change = gez_change_new ("set-absence");
  gboolean ends = sim_draw (device->world, 3) == 0;

  if (other == NULL
      || gez_database_integer (device->memory->database, 0, "SELECT 1 FROM member WHERE id = ?", GEZ_ID,
                               &device->member->id, GEZ_END)
             == 0)
    return TRUE; /* her own row did not come yet */
  gez_change_update (change, "member", &device->member->id);
  gez_change_set_text (change, "absent_from_on", ends ? NULL : "2026-01-01");
  gez_change_set_text (change, "absent_to_on", ends ? NULL : "2026-12-31");
  gez_change_set_id (change, "stand_in_member_id", ends ? NULL : &other->id);
  if (!ends)
    device->member->stood_in_by |= 1u << other->number;
  sim_tell (device->world, "device %u: %s %s", device->number,
            ends ? "is back, no stand-in like" : "away; stand-in", other->name);
  return sim_device_commit (device, change);
}

/* People and devices -------------------------------------------------------------------------------- */

static gboolean
do_remove_member (GezTeam *team, gpointer data, GError **error)
{
  return gez_team_remove_member (team, &((Act *)data)->member->id, error);
}

static gboolean
do_remove_device (GezTeam *team, gpointer data, GError **error)
{
  return gez_team_remove_device (team, &((Act *)data)->id, error);
}

static GezId
id_of (SimDevice *device)
{
  g_autoptr (GezStatement) statement
      = gez_database_query (device->memory->database, NULL, "SELECT id FROM device", GEZ_END);

  g_assert_true (statement != NULL && gez_statement_next (statement, NULL));
  return gez_statement_get_id (statement, 0);
}

static gboolean
remove_member (SimDevice *device)
{
  SimWorld *world = device->world;
  Act act = { .device = device, .member = other_member (device) };

  if (act.member == NULL || sim_draw (world, 2))
    return TRUE;
  sim_tell (world, "device %u: removes %s", device->number, act.member->name);
  if (sim_device_act (device, do_remove_member, &act))
    {
      act.member->is_removed = TRUE;
      sim_device_hear (device);
    }
  return world->failure == NULL;
}

static gboolean
remove_device (SimDevice *device)
{
  SimWorld *world = device->world;
  SimDevice *other = g_ptr_array_index (world->devices, sim_draw (world, (int)world->devices->len));
  Act act = { .device = device };

  if (other == device || other->is_gone || sim_draw (world, 2))
    return TRUE;
  act.id = id_of (other);
  sim_tell (world, "device %u: removes device %u", device->number, other->number);
  if (sim_device_act (device, do_remove_device, &act))
    other->is_gone = TRUE;
  return world->failure == NULL;
}

static gboolean
do_set_role (GezTeam *team, gpointer data, GError **error)
{
  Act *act = data;

  return gez_team_set_member (team, &act->member->id, act->member->name, act->text, error);
}

static gboolean
set_role (SimDevice *device)
{
  static const char *roles[] = { "teamleider", "casemanager", "brugfiguur" };
  Act act = { .device = device, .member = other_member (device), .text = roles[sim_draw (device->world, 3)] };

  if (act.member == NULL)
    return TRUE;
  sim_tell (device->world, "device %u: %s becomes %s", device->number, act.member->name, act.text);
  if (sim_device_act (device, do_set_role, &act))
    {
      g_free (act.member->role);
      act.member->role = g_strdup (act.text);
      sim_member_note_role (act.member);
    }
  return device->world->failure == NULL;
}

static gboolean
do_invite (GezTeam *team, gpointer data, GError **error)
{
  Act *act = data;
  GezId invitation;

  return act->flag ? gez_team_invite_device (team, &act->code, &invitation, error)
                   : gez_team_invite (team, act->member->name, act->member->role, NULL, &act->code,
                                      &invitation, error);
}

static gboolean
invite (SimDevice *device)
{
  static const char *roles[] = { "casemanager", "casemanager", "brugfiguur", "teamleider" };
  SimWorld *world = device->world;
  Act act = { .device = device, .flag = sim_draw (world, 3) == 0 };
  SimInvited *invited;

  if (world->devices->len + world->invited->len >= 6 || (!act.flag && world->members->len >= 5))
    return TRUE;
  /* A code is good for some days: who makes one looks at the clock first. */
  device->clock_offset = 0;
  act.member = act.flag ? device->member : sim_world_add_member (world, roles[sim_draw (world, 4)]);
  sim_tell (world, "device %u: invites %s%s", device->number, act.member->name,
            act.flag ? " for a device" : "");
  if (!sim_device_act (device, do_invite, &act))
    return world->failure == NULL;
  invited = g_new0 (SimInvited, 1);
  invited->code = act.code;
  invited->member = act.member;
  g_ptr_array_add (world->invited, invited);
  return TRUE;
}

/* What a code opens, among the files that a view shows. */
static GezInvitation *
find_invitation (HostileView *view, const GezSecret *code, GPtrArray *roster_files)
{
  g_autoptr (GPtrArray) names = gez_folder_list (GEZ_FOLDER (view), "r", NULL, NULL);
  GezInvitation *invitation = NULL;

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *path = g_build_filename ("r", g_ptr_array_index (names, i), NULL);
      g_autoptr (GBytes) file = gez_folder_read (GEZ_FOLDER (view), path, 1024 * 1024, NULL, NULL);

      if (file == NULL)
        continue;
      if (g_str_has_suffix (path, ".inv") && invitation == NULL)
        invitation = gez_invitation_open (file, code, NULL);
      else
        g_ptr_array_add (roster_files, g_bytes_ref (file));
    }
  return invitation;
}

static gboolean
join_with (SimDevice *device,
           GezInvitation *invitation,
           SimInvited *invited,
           GPtrArray *roster_files,
           GError **error)
{
  GezDatabase *database = device->memory->database;

  if (!gez_database_begin (database, error))
    return FALSE;
  if (gez_team_join (database, invitation, invited->code, roster_files, "memory:", error))
    return gez_database_commit (database, error);
  gez_database_rollback (database);
  return FALSE;
}

static gboolean
try_invited (SimWorld *world, SimInvited *invited, gboolean *is_over)
{
  g_autoptr (GPtrArray) roster_files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GezInvitation) invitation = NULL;
  g_autoptr (GError) error = NULL;
  SimDevice *device = sim_device_new (world, invited->member);
  gint64 offset = device->clock_offset;

  device->clock_offset = 0;
  sim_device_set_clock (device);
  device->is_gone = TRUE;
  invitation = find_invitation (device->folder, invited->code, roster_files);
  *is_over = invitation != NULL;
  if (invitation != NULL && join_with (device, invitation, invited, roster_files, &error))
    {
      device->is_gone = FALSE;
      device->clock_offset = offset;
      invited->member->id = invitation->member;
      sim_device_account (device);
      sim_tell (world, "device %u: joins as %s", device->number, invited->member->name);
      return TRUE;
    }
  sim_world_drop_device (device);
  if (error != NULL && (error->domain == GEZ_TEAM_ERROR || error->domain == GEZ_SYNC_ERROR))
    return TRUE;
  return error == NULL || sim_fail (world, "joining failed: %s", error->message);
}

gboolean
sim_try_joining (SimWorld *world)
{
  for (guint i = 0; i < world->invited->len;)
    {
      gboolean is_over = FALSE;

      if (!try_invited (world, g_ptr_array_index (world->invited, i), &is_over))
        return FALSE;
      if (is_over)
        g_ptr_array_remove_index (world->invited, i);
      else
        i++;
    }
  return TRUE;
}

/* Another device of the founder, who invites it; it has joined when this returns TRUE. */
gboolean
sim_add_device (SimWorld *world)
{
  SimDevice *host = g_ptr_array_index (world->devices, 0);
  Act act = { .device = host, .flag = TRUE, .member = host->member };
  SimInvited *invited = g_new0 (SimInvited, 1);
  guint n = world->devices->len, n_done;

  host->clock_offset = 0;
  if (!sim_device_act (host, do_invite, &act))
    g_error ("no invitation: %s", world->failure);
  invited->code = act.code;
  invited->member = act.member;
  g_ptr_array_add (world->invited, invited);
  return sim_device_sync (host, GEZ_ENGINE_ALL, &n_done) && sim_try_joining (world)
         && world->devices->len == n + 1;
}

static gboolean
do_turn_box_key (GezTeam *team, gpointer data, GError **error)
{
  return gez_team_turn_box_key (team, error);
}

static gboolean
turn_box_key (SimDevice *device)
{
  sim_tell (device->world, "device %u: a new box key", device->number);
  sim_device_act (device, do_turn_box_key, NULL);
  return device->world->failure == NULL;
}

gboolean
sim_found_team (SimWorld *world)
{
  SimMember *founder = sim_world_add_member (world, "teamleider");
  SimDevice *device = sim_device_new (world, founder);
  GezDatabase *database = device->memory->database;
  g_autoptr (GezChange) change = gez_change_new ("add-member");
  g_autoptr (GError) error = NULL;

  sim_device_set_clock (device);
  founder->id = gez_id_new (device->memory->clock);
  gez_change_insert (change, "member", &founder->id, gez_circle_team ());
  gez_change_set_text (change, "name", founder->name);
  gez_change_set_text (change, "role", founder->role);
  if (!sim_device_commit (device, change))
    return FALSE;
  if (gez_database_begin (database, &error)
      && gez_database_execute (database, &error, "UPDATE device SET member_id = ?", GEZ_ID, &founder->id,
                               GEZ_END)
      && gez_team_found (database, "memory:", NULL, &error) && gez_database_commit (database, &error)
      && gez_folder_found (GEZ_FOLDER (device->folder), "Gezinsplan", NULL, &error))
    return TRUE;
  return sim_fail (world, "founding failed: %s", error->message);
}

gboolean
sim_step_team (SimDevice *device)
{
  static const struct
  {
    int weight;
    gboolean (*act) (SimDevice *);
  } acts[] = {
    { 40, grant },        { 10, take_back },    { 5, set_lock }, { 4, set_leaders_read }, { 5, stand_in },
    { 4, remove_member }, { 4, remove_device }, { 4, set_role }, { 25, invite },          { 3, turn_box_key },
  };
  int all = 0, left;

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    all += acts[i].weight;
  left = sim_draw (device->world, all);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if ((left -= acts[i].weight) < 0)
      return acts[i].act (device);
  return TRUE;
}
