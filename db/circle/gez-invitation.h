/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-wrap.h"
#include "vault/gez-recovery-code.h"

G_BEGIN_DECLS

#define GEZ_INVITATION_QR_PREFIX "GEZINSPLAN-KOM1:"

/**
 * GezInvitation:
 *
 * What a one-time code opens (docs/SYNC.md, "Invitation"). The code itself is like that of a recovery
 * sheet: 16 bytes of a GezSecret, 14 words.
 */
typedef struct
{
  GezId id;
  gboolean is_for_device;
  GezId team;
  char *team_name;
  GezId member;
  char *name;
  char *role;
  GezHash root;
  GArray *heads;              /* of GezHash */
  gint64 valid_until;
  GezKeyring *keys;           /* team keys and those of the circles it grants */
  GezSecret *fingerprint_key;
  guint8 recovery_public[GEZ_KEY_SIZE];
  GPtrArray *grants;          /* of GezWrap: grant id, granter, circle, until; no keys */
  GezSecret *user_secret;     /* (nullable): of the same person, for a device */
} GezInvitation;

GezInvitation *gez_invitation_new        (void);
void           gez_invitation_free       (GezInvitation     *self);
GBytes        *gez_invitation_seal       (GezInvitation     *self,
                                          const GezSecret   *code,
                                          GError           **error);
/* NULL with G_IO_ERROR_NOT_FOUND: another code's */
GezInvitation *gez_invitation_open       (GBytes            *file,
                                          const GezSecret   *code,
                                          GError           **error);
gboolean       gez_invitation_signing_key (const GezSecret  *code,
                                          GezSecret         *secret,
                                          guint8             public_key[GEZ_KEY_SIZE]);
GezSecretText *gez_invitation_code_to_qr (const GezSecret   *code);
GezSecret     *gez_invitation_code_parse (GezPassphrase      text,
                                          guint             *position,
                                          GError           **error);
/* The short fingerprint that both sides compare: digits in groups of four. */
char          *gez_invitation_check      (const GezHash     *root,
                                          const guint8       invitation_public[GEZ_KEY_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezInvitation, gez_invitation_free)

G_END_DECLS
