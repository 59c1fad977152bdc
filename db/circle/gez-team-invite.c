/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

#include <string.h>

#include "base/gez-text.h"
#include "circle/gez-invitation.h"
#include "store/gez-schema.h"
#include "vault/gez-recovery-code.h"

/*
 * Letting somebody in with a one-time code.
 *
 * 1. The roster says that there is an invitation; the file holds what the newcomer needs, sealed under the
 * code, which nobody keeps.
 * 2. Somebody who is invited again (a laptop and its passphrase lost, and no sheet) gets the circles that she
 * was granted and that the inviter reads.
 */

#define VALID_MSEC (14 * G_GINT64_CONSTANT (24 * 60 * 60 * 1000))

/* Adds the keys of @circle to those that @invitation brings. */
static gboolean
add_keys (GezTeam         *self,
          GezInvitation   *invitation,
          const GezCircle *circle,
          GError         **error)
{
  g_autoptr (GArray) places = gez_keyring_find (self->keyring, circle);
  g_autoptr (GezSecret) key = gez_secret_new (error);

  if (key == NULL)
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);

      gez_keyring_copy_key (self->keyring, place, key);
      if (!gez_keyring_add (invitation->keys, *circle, gez_keyring_get (self->keyring, place)->number,
                            key->bytes, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static void
add_grant (GezTeam         *self,
           GezInvitation   *invitation,
           const GezCircle *circle,
           GezStatement    *row)
{
  GezWrap *wrap = g_new0 (GezWrap, 1);

  wrap->team = self->id;
  wrap->circle = *circle;
  wrap->grant = gez_statement_get_id (row, 1);
  wrap->granter = gez_statement_get_id (row, 2);
  wrap->until = g_strdup (gez_statement_get_text (row, 3));
  g_ptr_array_add (invitation->grants, wrap);
}

/* What @invitation->member may read and this device has the keys of. */
static gboolean
add_circles (GezTeam       *self,
             GezInvitation *invitation,
             GError       **error)
{
  g_autofree char *today = gez_clock_get_today (self->clock);
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error,
      "SELECT g.of_circle, g.id, g.by_member_id, g.until_on FROM circle_grant g WHERE g.member_id = ?1 "
      "AND " GEZ_GRANT_IS_PRESENT (
          "?2") " AND EXISTS (SELECT 1 FROM circle_key k WHERE k.of_circle = g.of_circle)",
      GEZ_ID, &invitation->member, GEZ_TEXT, today, GEZ_END);
  gboolean is_row;

  if (row == NULL)
    return FALSE;
  while (gez_team_step (row, &is_row, error))
    {
      g_autoptr (GBytes) bytes = NULL;
      GezCircle circle;

      if (!is_row)
        return TRUE;
      bytes = gez_statement_get_blob (row, 0);
      if (!gez_circle_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &circle))
        continue;
      add_grant (self, invitation, &circle, row);
      if (!add_keys (self, invitation, &circle, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
copy_secret (const GezSecret *from,
             GezSecret      **to,
             GError         **error)
{
  *to = gez_secret_new (error);
  if (*to == NULL)
    return FALSE;
  memcpy ((*to)->bytes, from->bytes, sizeof from->bytes);
  return TRUE;
}

/* The roster has the invitation already: its heads are what the newcomer has to find. */
static gboolean
keep_invitation (GezTeam         *self,
                 GezInvitation   *invitation,
                 const GezSecret *code,
                 GError         **error)
{
  GArray *heads = gez_roster_get_heads (gez_team_get_roster (self));
  GezCircle circle = gez_circle_team ();
  g_autofree char *name = NULL, *path = NULL;
  g_autoptr (GBytes) file = NULL;
  GezId sheet_id;
  GezHash hash;

  invitation->team = self->id;
  invitation->team_name = g_strdup (gez_roster_get_team_name (self->roster));
  invitation->root = self->root;
  g_array_append_vals (invitation->heads, heads->data, heads->len);
  gez_team_get_sheet (self, invitation->recovery_public, &sheet_id);
  if (!copy_secret (self->fingerprint_key, &invitation->fingerprint_key, error)
      || (invitation->is_for_device && !copy_secret (self->user_secret, &invitation->user_secret, error))
      || !add_keys (self, invitation, &circle, error) || !add_circles (self, invitation, error))
    return FALSE;
  file = gez_invitation_seal (invitation, code, error);
  if (file == NULL)
    return FALSE;
  gez_hash_of (file, &hash);
  name = gez_base32 (hash.bytes, 16);
  path = g_strdup_printf ("r/i%s.inv", name);
  return gez_team_keep_file (self->database, path, file, error);
}

static gboolean
add_invite_change (GezTeam         *self,
                   GVariantBuilder *changes,
                   GezInvitation   *invitation,
                   const GezSecret *code,
                   GError         **error)
{
  g_autoptr (GezSecret) signing_key = gez_secret_new (error);
  guint8 public_key[GEZ_KEY_SIZE];

  if (signing_key == NULL)
    return FALSE;
  if (!gez_invitation_signing_key (code, signing_key, public_key))
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "libsodium made no signing key");
      return FALSE;
    }
  gez_team_add_change (changes, "invite",
                       g_variant_new ("(@ay@ay@ayxs)", gez_team_bytes (invitation->id.bytes, GEZ_ID_SIZE),
                                      gez_team_bytes (invitation->member.bytes, GEZ_ID_SIZE),
                                      gez_team_bytes (public_key, sizeof public_key), invitation->valid_until,
                                      invitation->is_for_device ? "device" : "member"));
  return TRUE;
}

/* @changes: taken over; what goes before the invitation. */
static gboolean
invite (GezTeam         *self,
        GVariantBuilder *changes,
        GezInvitation   *invitation,
        GezSecret      **code,
        GezId           *id,
        GError         **error)
{
  g_autoptr (GezSecret) fresh = gez_recovery_code_new (error);

  invitation->id = gez_id_new (self->clock);
  invitation->valid_until = gez_team_now (self) + VALID_MSEC;
  if (fresh == NULL || !add_invite_change (self, changes, invitation, fresh, error))
    {
      g_variant_builder_clear (changes);
      return FALSE;
    }
  if (!gez_team_write_record (self, changes, error) || !keep_invitation (self, invitation, fresh, error))
    return FALSE;
  *id = invitation->id;
  *code = g_steal_pointer (&fresh);
  return TRUE;
}

static gboolean
is_role (const char *role)
{
  return g_strv_contains (gez_schema_get_codes ("member", "role"), role);
}

/**
 * gez_team_invite:
 * @member: (nullable): somebody who has a row or is in the team already; %NULL: a new person
 * @code: (out) (transfer full): what to tell her: as on a recovery sheet, the first 16 bytes
 * @invitation: (out): what to cancel
 *
 * Lets somebody in. She becomes a member at once; her devices follow when she joins.
 *
 * Returns: %FALSE with GEZ_TEAM_ERROR_NOT_ALLOWED, or GEZ_STORE_ERROR_INVALID for a role or name that is none
 */
gboolean
gez_team_invite (GezTeam     *self,
                 const char  *name,
                 const char  *role,
                 const GezId *member,
                 GezSecret  **code,
                 GezId       *invitation,
                 GError     **error)
{
  g_autoptr (GezInvitation) fresh = NULL;
  const GezRosterMember *known = NULL;
  GVariantBuilder changes;

  g_return_val_if_fail (self != NULL && name != NULL && role != NULL && code != NULL && invitation != NULL,
                        FALSE);

  if (gez_text_is_blank (name) || !is_role (role))
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID,
                           "member: a name and a role are needed");
      return FALSE;
    }
  if (!gez_roster_is_leader (gez_team_get_roster (self), &self->member))
    return gez_team_set_error (GEZ_TEAM_ERROR_NOT_ALLOWED, "Only a team leader invites people", error);
  fresh = gez_invitation_new ();
  fresh->member = member && !gez_id_is_none (member) ? *member : gez_id_new (self->clock);
  fresh->name = g_strdup (name);
  fresh->role = g_strdup (role);
  known = gez_roster_find_member (self->roster, &fresh->member);
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a(sv)"));
  if (known == NULL || !known->is_active || strcmp (known->name, name) != 0
      || strcmp (known->role, role) != 0)
    gez_team_add_change (
        &changes, "member",
        g_variant_new ("(@ayssb)", gez_team_bytes (fresh->member.bytes, GEZ_ID_SIZE), name, role, TRUE));
  return invite (self, &changes, fresh, code, invitation, error);
}

/**
 * gez_team_invite_device:
 * @code: (out) (transfer full): as gez_team_invite()
 * @invitation: (out): what to cancel
 *
 * Lets in another device of the person who works here, with everything that she reads.
 */
gboolean
gez_team_invite_device (GezTeam    *self,
                        GezSecret **code,
                        GezId      *invitation,
                        GError    **error)
{
  g_autoptr (GezInvitation) fresh = NULL;
  const GezRosterMember *own;
  GVariantBuilder changes;

  g_return_val_if_fail (self != NULL && code != NULL && invitation != NULL, FALSE);

  own = gez_roster_find_member (gez_team_get_roster (self), &self->member);
  if (own == NULL || !own->is_active)
    return gez_team_set_error (GEZ_TEAM_ERROR_NOT_ALLOWED, "This person is not in the team any more", error);
  fresh = gez_invitation_new ();
  fresh->is_for_device = TRUE;
  fresh->member = self->member;
  fresh->name = g_strdup (own->name);
  fresh->role = g_strdup (own->role);
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a(sv)"));
  return invite (self, &changes, fresh, code, invitation, error);
}

/**
 * gez_team_cancel:
 *
 * Makes an invitation good for nothing. Who used it before stays.
 *
 * Returns: %FALSE with GEZ_TEAM_ERROR_NOT_ALLOWED when somebody else made it and this person is no leader, or
 * with GEZ_TEAM_ERROR_EXPIRED when it can be used no more anyway
 */
gboolean
gez_team_cancel (GezTeam     *self,
                 const GezId *invitation,
                 GError     **error)
{
  GVariantBuilder changes;

  g_return_val_if_fail (self != NULL && invitation != NULL, FALSE);

  if (gez_database_integer (self->database, 0, "SELECT count (*) FROM team_invitation WHERE id = ?", GEZ_ID,
                            invitation, GEZ_END)
      == 0)
    return gez_team_set_error (GEZ_TEAM_ERROR_EXPIRED, "The invitation was used, cancelled, or never was",
                               error);
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a(sv)"));
  gez_team_add_change (&changes, "cancel", gez_team_bytes (invitation->bytes, GEZ_ID_SIZE));
  return gez_team_write_record (self, &changes, error);
}
