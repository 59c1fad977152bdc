/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team/gez-joining.h"

#include "circle/gez-team-work.h"

/**
 * gez_joining_new:
 * @folder_uri: of the shared folder
 * @code: (transfer full): what was typed
 *
 * Returns: (transfer full): without an invitation yet
 */
GezJoining *
gez_joining_new (const char *folder_uri,
                 GezSecret  *code)
{
  GezJoining *self = g_new0 (GezJoining, 1);

  self->folder_uri = g_strdup (folder_uri);
  self->code = code;
  return self;
}

void
gez_joining_free (GezJoining *self)
{
  g_free (self->folder_uri);
  g_clear_pointer (&self->code, gez_secret_free);
  g_clear_pointer (&self->invitation, gez_invitation_free);
  g_clear_pointer (&self->roster_files, g_ptr_array_unref);
  g_free (self);
}

/**
 * gez_joining_run:
 * @self: with an invitation
 * @store: made just now, for the member of the invitation
 *
 * Not on the main thread: it waits until the store is in the team.
 *
 * Returns: %FALSE with @error set: the store is as it was
 */
gboolean
gez_joining_run (GezJoining *self,
                 GezStore   *store,
                 GError    **error)
{
  g_autoptr (GezTeamAct) act = NULL;

  g_return_val_if_fail (self != NULL && self->invitation != NULL, FALSE);

  act = gez_team_act_join (self->invitation, self->code, self->roster_files, self->folder_uri);
  return gez_team_act_run (act, store, error);
}
