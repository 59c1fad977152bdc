/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-work.h"

#include <string.h>

#include "circle/gez-team.h"
#include "store/gez-store-act.h"
#include "vault/gez-vault-keys.h"

/*
 * Acts of people on the team.
 *
 * 1. An act is filled on the main thread, carried out on the worker, and read on the main thread again.
 * 2. The vault is taken when the act begins and given back when it ends, so that locking wipes its keys. What
 *    opens the store changes before the act is durable: a slot for a sheet that never became ours opens
 * nothing that it should not, and an act without its slot would leave a store that the team's sheet does not
 * open.
 */

typedef enum
{
  FOUND,
  JOIN,
  INVITE,
  INVITE_DEVICE,
  CANCEL,
  GRANT,
  REVOKE,
  LOCK,
  SET_ROLE,
  SET_LEADERS_READ,
  REMOVE_MEMBER,
  REMOVE_DEVICE,
  SET_FOLDER,
  RENEW_DEVICE,
  SET_RECOVERY,
  RECOVER,
} Kind;

/* What is called an act in the change log, when it touches shared rows at all. */
static const char *const names[] = {
  [FOUND] = "team-found",
  [JOIN] = "team-join",
  [INVITE] = "team-invite",
  [INVITE_DEVICE] = "team-invite-device",
  [CANCEL] = "team-cancel",
  [GRANT] = "team-grant",
  [REVOKE] = "team-revoke",
  [LOCK] = "team-lock",
  [SET_ROLE] = "team-role",
  [SET_LEADERS_READ] = "team-leaders-read",
  [REMOVE_MEMBER] = "team-remove-member",
  [REMOVE_DEVICE] = "team-remove-device",
  [SET_FOLDER] = "team-folder",
  [RENEW_DEVICE] = "team-renew-device",
  [SET_RECOVERY] = "team-recovery",
  [RECOVER] = "team-recover",
};

struct _GezTeamAct
{
  GObject parent_instance;

  Kind kind;
  GezCircle circle;
  GezId subject; /* member, device, invitation */
  GezId household;
  gboolean is_locked;
  char *text; /* folder, name, last day, reason, role, what leaders read */
  char *role;
  GezInvitation *join; /* (transfer none): the caller's until the act is done */
  GezSecret *code;     /* of the invitation, of the sheet */
  GPtrArray *files;
  GezVault *vault;

  GezId invitation;
  guint n_circles;
};

G_DEFINE_FINAL_TYPE (GezTeamAct, gez_team_act, G_TYPE_OBJECT)

static void
gez_team_act_finalize (GObject *object)
{
  GezTeamAct *self = GEZ_TEAM_ACT (object);

  g_free (self->text);
  g_free (self->role);
  g_clear_pointer (&self->code, gez_secret_free);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->vault);
  G_OBJECT_CLASS (gez_team_act_parent_class)->finalize (object);
}

static void
gez_team_act_class_init (GezTeamActClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_team_act_finalize;
}

static void
gez_team_act_init (GezTeamAct *self)
{
}

static GezTeamAct *
act_new (Kind         kind,
         const GezId *subject,
         const char  *text)
{
  GezTeamAct *self = g_object_new (GEZ_TYPE_TEAM_ACT, NULL);

  self->kind = kind;
  if (subject)
    self->subject = *subject;
  self->text = g_strdup (text);
  return self;
}

/**
 * gez_team_act_found:
 * @folder_uri: where the shared folder is; gez_sync_found_folder() made our part of it
 *
 * Returns: (transfer full): the act: who works here makes a team and leads it
 *
 * Thread: the main one, here and below.
 */
GezTeamAct *
gez_team_act_found (const char *folder_uri)
{
  return act_new (FOUND, NULL, folder_uri);
}

/**
 * gez_team_act_invite:
 * @member: (nullable): somebody who has a row already; %NULL: a new person
 */
GezTeamAct *
gez_team_act_invite (const char  *name,
                     const char  *role,
                     const GezId *member)
{
  GezTeamAct *self;

  g_return_val_if_fail (name != NULL && role != NULL, NULL);

  self = act_new (INVITE, member, name);
  self->role = g_strdup (role);
  return self;
}

GezTeamAct *
gez_team_act_invite_device (void)
{
  return act_new (INVITE_DEVICE, NULL, NULL);
}

GezTeamAct *
gez_team_act_cancel (const GezId *invitation)
{
  g_return_val_if_fail (invitation != NULL, NULL);

  return act_new (CANCEL, invitation, NULL);
}

/**
 * gez_team_act_grant:
 * @until: (nullable): the last day, `YYYY-MM-DD`
 */
GezTeamAct *
gez_team_act_grant (const GezCircle *circle,
                    const GezId     *member,
                    const char      *until)
{
  GezTeamAct *self;

  g_return_val_if_fail (circle != NULL && member != NULL, NULL);

  self = act_new (GRANT, member, until);
  self->circle = *circle;
  return self;
}

/**
 * gez_team_act_revoke:
 * @reason: (nullable): in words, for those who read the circle
 */
GezTeamAct *
gez_team_act_revoke (const GezCircle *circle,
                     const GezId     *member,
                     const char      *reason)
{
  GezTeamAct *self;

  g_return_val_if_fail (circle != NULL && member != NULL, NULL);

  self = act_new (REVOKE, member, reason);
  self->circle = *circle;
  return self;
}

GezTeamAct *
gez_team_act_lock (const GezId *member,
                   const GezId *household,
                   gboolean     is_locked)
{
  GezTeamAct *self;

  g_return_val_if_fail (member != NULL && household != NULL, NULL);

  self = act_new (LOCK, member, NULL);
  self->household = *household;
  self->is_locked = is_locked;
  return self;
}

GezTeamAct *
gez_team_act_set_role (const GezId *member,
                       const char  *role)
{
  g_return_val_if_fail (member != NULL && role != NULL, NULL);

  return act_new (SET_ROLE, member, role);
}

GezTeamAct *
gez_team_act_set_leaders_read (const char *what)
{
  g_return_val_if_fail (what != NULL, NULL);

  return act_new (SET_LEADERS_READ, NULL, what);
}

GezTeamAct *
gez_team_act_remove_member (const GezId *member)
{
  g_return_val_if_fail (member != NULL, NULL);

  return act_new (REMOVE_MEMBER, member, NULL);
}

GezTeamAct *
gez_team_act_remove_device (const GezId *device)
{
  g_return_val_if_fail (device != NULL, NULL);

  return act_new (REMOVE_DEVICE, device, NULL);
}

GezTeamAct *
gez_team_act_set_folder (const char *folder_uri)
{
  return act_new (SET_FOLDER, NULL, folder_uri);
}

GezTeamAct *
gez_team_act_renew_device (void)
{
  return act_new (RENEW_DEVICE, NULL, NULL);
}

GezTeamAct *
gez_team_act_set_recovery (void)
{
  return act_new (SET_RECOVERY, NULL, NULL);
}

static GezSecret *
copy_code (const GezSecret *code)
{
  GezSecret *copy = gez_secret_new (NULL);

  if (copy)
    memcpy (copy->bytes, code->bytes, sizeof copy->bytes);
  return copy;
}

/**
 * gez_team_act_join:
 * @invitation: (transfer none): stays the caller's, who frees it after the act
 * @code: what opened it; copied
 * @roster_files: (element-type GBytes): all that is in the folder
 * @folder_uri: where the folder is
 */
GezTeamAct *
gez_team_act_join (GezInvitation   *invitation,
                   const GezSecret *code,
                   GPtrArray       *roster_files,
                   const char      *folder_uri)
{
  GezTeamAct *self;

  g_return_val_if_fail (invitation != NULL && code != NULL && roster_files != NULL, NULL);

  self = act_new (JOIN, NULL, folder_uri);
  self->join = invitation;
  self->code = copy_code (code);
  self->files = g_ptr_array_ref (roster_files);
  return self;
}

GezTeamAct *
gez_team_act_recover (const GezSecret *sheet_code,
                      GPtrArray       *wraps,
                      const GezId     *member)
{
  GezTeamAct *self;

  g_return_val_if_fail (sheet_code != NULL && wraps != NULL && member != NULL, NULL);

  self = act_new (RECOVER, member, NULL);
  self->code = copy_code (sheet_code);
  self->files = g_ptr_array_ref (wraps);
  return self;
}

/* On the worker ----------------------------------------------------------------------------- */

static gboolean
set_no_memory (GError **error)
{
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY, "no memory for a secret");
  return FALSE;
}

static gboolean
found (GezTeamAct  *self,
       GezDatabase *database,
       GError     **error)
{
  guint8 sheet[GEZ_KEY_SIZE];
  gboolean has_sheet = self->vault != NULL && gez_vault_get_recovery_public (self->vault, sheet);

  return gez_team_found (database, self->text, has_sheet ? sheet : NULL, error);
}

/* The team's sheet opens a colleague's store too: what was not shared yet is in there alone. */
static gboolean
join (GezTeamAct  *self,
      GezDatabase *database,
      GError     **error)
{
  static const guint8 none[GEZ_KEY_SIZE] = { 0 };
  const guint8 *sheet = self->join->recovery_public;

  if (self->code == NULL)
    return set_no_memory (error);
  if (!gez_team_join (database, self->join, self->code, self->files, self->text, error))
    return FALSE;
  return self->vault == NULL || memcmp (sheet, none, sizeof none) == 0
         || gez_vault_set_recovery_public (self->vault, sheet, error);
}

static gboolean
set_recovery (GezTeamAct *self,
              GezTeam    *team,
              GError    **error)
{
  guint8 sheet[GEZ_KEY_SIZE];

  if (self->vault != NULL && gez_vault_get_recovery_public (self->vault, sheet))
    return gez_team_set_recovery (team, sheet, error);
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY,
                       "This store has no recovery sheet");
  return FALSE;
}

static gboolean
act_on (GezTeamAct  *self,
        GezDatabase *database,
        GezTeam     *team,
        GError     **error)
{
  switch (self->kind)
    {
    case INVITE:
      return gez_team_invite (team, self->text, self->role, &self->subject, &self->code, &self->invitation,
                              error);
    case INVITE_DEVICE:
      return gez_team_invite_device (team, &self->code, &self->invitation, error);
    case CANCEL:
      return gez_team_cancel (team, &self->subject, error);
    case GRANT:
      return gez_team_grant (team, &self->circle, &self->subject, self->text, error);
    case REVOKE:
      return gez_team_revoke (team, &self->circle, &self->subject, self->text, error);
    case LOCK:
      return gez_team_set_lock (team, &self->subject, &self->household, self->is_locked, error);
    case SET_ROLE:
      return gez_team_set_member (team, &self->subject, NULL, self->text, error);
    case SET_LEADERS_READ:
      return gez_team_set_leaders_read (team, self->text, error);
    case REMOVE_MEMBER:
      return gez_team_remove_member (team, &self->subject, error);
    case REMOVE_DEVICE:
      return gez_team_remove_device (team, &self->subject, error);
    case SET_FOLDER:
      return gez_database_execute (database, error, "UPDATE team SET folder_uri = ?", GEZ_TEXT, self->text,
                                   GEZ_END);
    case RENEW_DEVICE:
      return gez_team_renew_device (team, error);
    case SET_RECOVERY:
      return set_recovery (self, team, error);
    case RECOVER:
      return self->code == NULL
                 ? set_no_memory (error)
                 : gez_team_recover (team, self->code, self->files, &self->subject, &self->n_circles, error);
    case FOUND:
    case JOIN:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
act (GezDatabase *database,
     gpointer     data,
     GPtrArray   *tables,
     GError     **error)
{
  GezTeamAct *self = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GezTeam) team = NULL;

  g_ptr_array_add (tables, g_strdup ("team"));
  g_ptr_array_add (tables, g_strdup ("member"));
  g_ptr_array_add (tables, g_strdup ("circle_grant"));
  if (self->kind == FOUND)
    return found (self, database, error);
  if (self->kind == JOIN)
    return join (self, database, error);
  team = gez_team_load (database, &failure);
  if (team)
    return act_on (self, database, team, error);
  if (failure == NULL)
    g_set_error_literal (&failure, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NO_TEAM, "This store has no team");
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Around it ---------------------------------------------------------------------------------- */

static void
take_vault (GezTeamAct *self,
            GezStore   *store)
{
  if (self->kind == FOUND || self->kind == JOIN || self->kind == SET_RECOVERY)
    self->vault = gez_store_ref_vault (store);
}

/**
 * gez_team_act_run:
 *
 * Carries the act out and waits. For the command line and for tests.
 *
 * Thread: the one that closes the store.
 *
 * Returns: %FALSE with GEZ_TEAM_ERROR, GEZ_SYNC_ERROR, GEZ_STORE_ERROR or GEZ_VAULT_ERROR; then nothing was
 * done
 */
gboolean
gez_team_act_run (GezTeamAct *self,
                  GezStore   *store,
                  GError    **error)
{
  gboolean done;

  g_return_val_if_fail (GEZ_IS_TEAM_ACT (self) && GEZ_IS_STORE (store), FALSE);

  take_vault (self, store);
  done = gez_store_act (store, names[self->kind], act, self, error);
  g_clear_object (&self->vault);
  return done;
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  GezTeamAct *self = g_task_get_source_object (task);
  GError *error = NULL;

  g_clear_object (&self->vault);
  if (gez_store_act_finish (GEZ_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * gez_team_act_async:
 *
 * Carries the act out on the worker. When the callback comes without an error it is durable here, and waits
 * for the next sync.
 */
void
gez_team_act_async (GezTeamAct         *self,
                    GezStore           *store,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  GTask *task;

  g_return_if_fail (GEZ_IS_TEAM_ACT (self) && GEZ_IS_STORE (store));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gez_team_act_async);
  take_vault (self, store);
  gez_store_act_async (store, names[self->kind], act, g_object_ref (self), g_object_unref, cancellable,
                       done_cb, task);
}

gboolean
gez_team_act_finish (GezTeamAct   *self,
                     GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * gez_team_act_get_code:
 *
 * Returns: (transfer none) (nullable): after an invitation its code, wiped with the act
 */
const GezSecret *
gez_team_act_get_code (GezTeamAct *self)
{
  g_return_val_if_fail (GEZ_IS_TEAM_ACT (self), NULL);

  return self->code;
}

/**
 * gez_team_act_get_invitation:
 *
 * Returns: (transfer none): after an invitation what gez_team_act_cancel() takes
 */
const GezId *
gez_team_act_get_invitation (GezTeamAct *self)
{
  g_return_val_if_fail (GEZ_IS_TEAM_ACT (self), NULL);

  return &self->invitation;
}

/**
 * gez_team_act_get_n_circles:
 *
 * Returns: after gez_team_act_recover() how many circles the member gets back
 */
guint
gez_team_act_get_n_circles (GezTeamAct *self)
{
  g_return_val_if_fail (GEZ_IS_TEAM_ACT (self), 0);

  return self->n_circles;
}
