/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

#include <string.h>

/*
 * Removing people and devices (docs/SYNC.md, "Roster").
 *
 * 1. One record does all of it: who goes, up to where her devices count, and the new team key, which she does
 * not get.
 * 2. The circles that she could read get new keys from whoever writes in them next
 * (gez_team_prepare_circle()); the audit marks them.
 */

/* The end of what was read of @device here without a gap (gez_engine_advance()). What comes after it, whoever
 * brings it, could have been made after the removal. */
static gboolean
find_pin (GezTeam     *self,
          const GezId *device,
          guint64     *sequence,
          GezHash     *hash,
          GError     **error)
{
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error, "SELECT sequence, hash FROM sync_device WHERE device = ? AND hash IS NOT NULL",
      GEZ_ID, device, GEZ_END);
  gboolean is_row;

  *sequence = 0;
  if (row == NULL || !gez_team_step (row, &is_row, error))
    return FALSE;
  if (is_row)
    {
      *sequence = (guint64) gez_statement_get_integer (row, 0);
      gez_team_copy_blob (row, 1, hash->bytes, sizeof hash->bytes);
    }
  return TRUE;
}

static gboolean
add_device_removal (GezTeam         *self,
                    GVariantBuilder *changes,
                    const GezId     *device,
                    GError         **error)
{
  guint64 sequence;
  GezHash hash;

  if (!find_pin (self, device, &sequence, &hash, error))
    return FALSE;
  gez_team_add_change (changes, "remove-device",
                       g_variant_new ("(@ayt@ay)", gez_team_bytes (device->bytes, GEZ_ID_SIZE), sequence,
                                      gez_team_bytes (hash.bytes, sequence > 0 ? sizeof hash.bytes : 0)));
  return TRUE;
}

static gboolean
add_device_removals (GezTeam         *self,
                     GVariantBuilder *changes,
                     const GezId     *member,
                     GError         **error)
{
  GPtrArray *devices = gez_roster_get_devices (self->roster);

  for (guint i = 0; i < devices->len; i++)
    {
      const GezRosterDevice *device = g_ptr_array_index (devices, i);

      if (gez_id_equal (&device->member, member) && !device->is_removed
          && !add_device_removal (self, changes, &device->id, error))
        return FALSE;
    }
  return TRUE;
}

/* Open invitations would let her in again. */
static void
add_cancellations (GezTeam         *self,
                   GVariantBuilder *changes,
                   const GezId     *member)
{
  GPtrArray *invitations = gez_roster_get_invitations (self->roster);

  for (guint i = 0; i < invitations->len; i++)
    {
      const GezRosterInvitation *invitation = g_ptr_array_index (invitations, i);

      if (gez_id_equal (&invitation->member, member) && !invitation->is_over)
        gez_team_add_change (changes, "cancel", gez_team_bytes (invitation->id.bytes, GEZ_ID_SIZE));
    }
}

static void
add_user_removals (GVariantBuilder       *changes,
                   const GezRosterMember *member)
{
  for (guint i = 0; i < member->user_keys->len; i++)
    gez_team_add_change (
        changes, "remove-user",
        g_variant_new ("(@ay@ay)", gez_team_bytes (member->id.bytes, GEZ_ID_SIZE),
                       gez_team_bytes (g_bytes_get_data (g_ptr_array_index (member->user_keys, i), NULL),
                                       GEZ_KEY_SIZE)));
}

/**
 * gez_team_remove_member:
 *
 * Somebody leaves the team. What she read she has; what is written from now on she cannot read, and what she
 * writes nobody takes in.
 *
 * Returns: %FALSE with GEZ_TEAM_ERROR_NOT_ALLOWED, _NOT_A_MEMBER or _LAST_LEADER
 */
gboolean
gez_team_remove_member (GezTeam     *self,
                        const GezId *member,
                        GError     **error)
{
  const GezRosterMember *known;
  GVariantBuilder changes;

  g_return_val_if_fail (self != NULL && member != NULL, FALSE);

  if (!gez_roster_is_leader (gez_team_get_roster (self), &self->member))
    return gez_team_set_error (GEZ_TEAM_ERROR_NOT_ALLOWED, "Only a team leader removes people", error);
  known = gez_roster_find_member (self->roster, member);
  if (known == NULL || !known->is_active)
    return gez_team_set_error (GEZ_TEAM_ERROR_NOT_A_MEMBER, "No present member has this id", error);
  if (!gez_team_has_other_leader (self, member))
    return gez_team_set_error (GEZ_TEAM_ERROR_LAST_LEADER, "A team needs a leader", error);
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a(sv)"));
  gez_team_add_change (&changes, "member",
                       g_variant_new ("(@ayssb)", gez_team_bytes (member->bytes, GEZ_ID_SIZE), known->name,
                                      known->role, FALSE));
  add_cancellations (self, &changes, member);
  add_user_removals (&changes, known);
  if (!add_device_removals (self, &changes, member, error))
    {
      g_variant_builder_clear (&changes);
      return FALSE;
    }
  return gez_team_write_rotated (self, &changes, member, NULL, error) && gez_team_audit (self, error);
}

/**
 * gez_team_remove_device:
 *
 * A laptop is lost. Its person stays, and works on with others of her devices, or is invited again.
 *
 * Returns: %FALSE with GEZ_TEAM_ERROR_NOT_ALLOWED: it is somebody else's and this person is no leader, or it
 * is the one in hand; or with _NOT_A_MEMBER: there is no such device
 */
gboolean
gez_team_remove_device (GezTeam     *self,
                        const GezId *device,
                        GError     **error)
{
  const GezRosterDevice *known;
  GVariantBuilder changes;

  g_return_val_if_fail (self != NULL && device != NULL, FALSE);

  known = gez_roster_find_device (gez_team_get_roster (self), device);
  if (known == NULL || known->is_removed)
    return gez_team_set_error (GEZ_TEAM_ERROR_NOT_A_MEMBER, "No present device has this id", error);
  if (gez_id_equal (device, &self->device)
      || (!gez_id_equal (&known->member, &self->member)
          && !gez_roster_is_leader (self->roster, &self->member)))
    return gez_team_set_error (GEZ_TEAM_ERROR_NOT_ALLOWED, "This device is not for this person to remove",
                               error);
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a(sv)"));
  if (!add_device_removal (self, &changes, device, error))
    {
      g_variant_builder_clear (&changes);
      return FALSE;
    }
  return gez_team_write_rotated (self, &changes, NULL, device, error) && gez_team_audit (self, error);
}
