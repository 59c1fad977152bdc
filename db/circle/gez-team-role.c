/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

#include <string.h>

#include "base/gez-text.h"
#include "store/gez-schema.h"

/* What leaders decide: names and roles, who is kept out of a file, what leaders read, which sheet counts. */

static gboolean
is_leader (GezTeam *self,
           GError **error)
{
  return gez_roster_is_leader (gez_team_get_roster (self), &self->member)
         || gez_team_set_error (GEZ_TEAM_ERROR_NOT_ALLOWED, "Only a team leader may do this", error);
}

/* Whether somebody else leads too. */
gboolean
gez_team_has_other_leader (GezTeam     *self,
                           const GezId *member)
{
  GPtrArray *members = gez_roster_get_members (gez_team_get_roster (self));

  for (guint i = 0; i < members->len; i++)
    {
      const GezRosterMember *other = g_ptr_array_index (members, i);

      if (!gez_id_equal (&other->id, member) && gez_roster_is_leader (self->roster, &other->id))
        return TRUE;
    }
  return FALSE;
}

static gboolean
write_one (GezTeam    *self,
           const char *name,
           GVariant   *value,
           GError    **error)
{
  GVariantBuilder changes;

  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a(sv)"));
  gez_team_add_change (&changes, name, value);
  return gez_team_write_record (self, &changes, error);
}

/**
 * gez_team_set_lock:
 * @household: whose file
 * @is_locked: whether @member is kept out of it (a conflict of interest)
 *
 * What she could read of it is taken back, and does not come back when the lock is lifted.
 *
 * Returns: %FALSE with GEZ_TEAM_ERROR_NOT_ALLOWED or _NOT_A_MEMBER
 */
gboolean
gez_team_set_lock (GezTeam     *self,
                   const GezId *member,
                   const GezId *household,
                   gboolean     is_locked,
                   GError     **error)
{
  GezCircle open, casework;

  g_return_val_if_fail (self != NULL && member != NULL && household != NULL, FALSE);

  if (!is_leader (self, error))
    return FALSE;
  if (gez_roster_find_member (self->roster, member) == NULL)
    return gez_team_set_error (GEZ_TEAM_ERROR_NOT_A_MEMBER, "No member has this id", error);
  open = gez_circle_open (household);
  casework = gez_circle_casework (household);
  return write_one (self, "lock",
                    g_variant_new ("(@ay@ayb)", gez_team_bytes (member->bytes, GEZ_ID_SIZE),
                                   gez_team_bytes (household->bytes, GEZ_ID_SIZE), is_locked != FALSE),
                    error)
         && gez_team_touch (self, &open, error) && gez_team_touch (self, &casework, error)
         && gez_team_audit (self, error);
}

/**
 * gez_team_set_member:
 * @name: (nullable): %NULL: as it is
 * @role: (nullable): %NULL: as it is
 *
 * Returns: %FALSE with GEZ_TEAM_ERROR_NOT_ALLOWED, _NOT_A_MEMBER or _LAST_LEADER, or GEZ_STORE_ERROR_INVALID
 */
gboolean
gez_team_set_member (GezTeam     *self,
                     const GezId *member,
                     const char  *name,
                     const char  *role,
                     GError     **error)
{
  const GezRosterMember *known;

  g_return_val_if_fail (self != NULL && member != NULL, FALSE);

  if (!is_leader (self, error))
    return FALSE;
  known = gez_roster_find_member (self->roster, member);
  if (known == NULL || !known->is_active)
    return gez_team_set_error (GEZ_TEAM_ERROR_NOT_A_MEMBER, "No present member has this id", error);
  name = name ? name : known->name;
  role = role ? role : known->role;
  if (gez_text_is_blank (name) || !g_strv_contains (gez_schema_get_codes ("member", "role"), role))
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID,
                           "member: a name and a role are needed");
      return FALSE;
    }
  if (strcmp (role, "teamleider") != 0 && !gez_team_has_other_leader (self, member))
    return gez_team_set_error (GEZ_TEAM_ERROR_LAST_LEADER, "A team needs a leader", error);
  return write_one (self, "member",
                    g_variant_new ("(@ayssb)", gez_team_bytes (member->bytes, GEZ_ID_SIZE), name, role, TRUE),
                    error)
         && gez_team_audit (self, error);
}

/**
 * gez_team_set_leaders_read:
 * @what: `cards`, `open` or `casework`
 *
 * What team leaders read of the files of others.
 *
 * Returns: %FALSE with GEZ_TEAM_ERROR_NOT_ALLOWED or GEZ_STORE_ERROR_INVALID
 */
gboolean
gez_team_set_leaders_read (GezTeam    *self,
                           const char *what,
                           GError    **error)
{
  static const char *const choices[] = { "cards", "open", "casework", NULL };

  g_return_val_if_fail (self != NULL && what != NULL, FALSE);

  if (!g_strv_contains (choices, what))
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID,
                           "leaders read cards, open or casework");
      return FALSE;
    }
  return is_leader (self, error) && write_one (self, "leaders-read", g_variant_new_string (what), error)
         && gez_team_audit (self, error);
}

/**
 * gez_team_set_recovery:
 * @recovery_public: 32 bytes, the public key of a new recovery sheet
 *
 * Makes it the team's: from now on keys are sealed to it, and those that are here too. An older sheet still
 * opens what was sealed to it.
 *
 * Returns: %FALSE with GEZ_TEAM_ERROR_NOT_ALLOWED
 */
gboolean
gez_team_set_recovery (GezTeam      *self,
                       const guint8 *recovery_public,
                       GError      **error)
{
  g_return_val_if_fail (self != NULL && recovery_public != NULL, FALSE);

  return is_leader (self, error)
         && write_one (self, "recovery", gez_team_bytes (recovery_public, GEZ_KEY_SIZE), error)
         && gez_team_audit (self, error);
}
