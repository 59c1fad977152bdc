/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-invitation.h"
#include "store/gez-store.h"

G_BEGIN_DECLS

/**
 * GezJoining:
 * @folder_uri: of the shared folder
 * @code: what was typed
 * @invitation: what it opens
 * @roster_files: (element-type GBytes): of the team, as they stand in the folder
 *
 * What somebody who was invited brings along to a new store.
 */
typedef struct
{
  char *folder_uri;
  GezSecret *code;
  GezInvitation *invitation;
  GPtrArray *roster_files;
} GezJoining;

GezJoining *gez_joining_new  (const char  *folder_uri,
                              GezSecret   *code);
void        gez_joining_free (GezJoining  *self);
gboolean    gez_joining_run  (GezJoining  *self,
                              GezStore    *store,
                              GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezJoining, gez_joining_free)

G_END_DECLS
