/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

#include <string.h>

#include "vault/gez-vault-recovery.h"

/*
 * What the recovery sheet gives back.
 *
 * 1. Each wrap to the sheet names the grant and the member whose it is. So a leader gives a colleague what
 * was hers without reading it: the keys are passed on, and not kept here.
 * 2. Only wraps that hold the newest key of their circle count: whoever lost access before has none of those.
 * 3. Everybody sees that the sheet was used.
 */

typedef struct
{
  GezKeyring *keyring; /* of one wrap */
  GezWrap wrap;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  gez_keyring_free (opened->keyring);
  gez_wrap_clear (&opened->wrap);
  g_free (opened);
}

static guint32
newest_number (GezKeyring *keyring)
{
  guint32 newest = 0;

  for (guint i = 0; i < gez_keyring_get_size (keyring); i++)
    newest = MAX (newest, gez_keyring_get (keyring, i)->number);
  return newest;
}

/* (element-type Opened): those of @wraps that are for the sheet. */
static GPtrArray *
open_all (GezTeam         *self,
          const guint8    *sheet_public,
          const GezSecret *sheet_secret,
          GPtrArray       *wraps,
          GError         **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (opened_free);
  GezId nobody = GEZ_ID_NONE;

  for (guint i = 0; i < wraps->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      Opened *opened = g_new0 (Opened, 1);
      gsize size;
      gconstpointer data = g_bytes_get_data (g_ptr_array_index (wraps, i), &size);

      opened->keyring = gez_keyring_new ();
      if (gez_wrap_open ((GezBytesView){ data, size }, sheet_public, sheet_secret, &self->id, &nobody,
                         opened->keyring, &opened->wrap, &failure))
        g_ptr_array_add (all, opened);
      else
        opened_free (opened);
      if (failure && failure->domain != GEZ_SYNC_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  return g_steal_pointer (&all);
}

/* Per circle the number of its newest key. Keys without a grant are those with which somebody wrote who does
 * not read the circle; they have numbers of their own. */
static GHashTable *
find_newest (GPtrArray *all)
{
  GHashTable *newest
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);

  for (guint i = 0; i < all->len; i++)
    {
      Opened *opened = g_ptr_array_index (all, i);
      g_autoptr (GBytes) circle = gez_team_circle_bytes (&opened->wrap.circle);
      guint32 number
          = MAX (newest_number (opened->keyring), GPOINTER_TO_UINT (g_hash_table_lookup (newest, circle)));

      if (!gez_id_is_none (&opened->wrap.grant))
        g_hash_table_replace (newest, g_steal_pointer (&circle), GUINT_TO_POINTER (number));
    }
  return newest;
}

/* Passes the keys of one wrap on to each present device of @member. */
static gboolean
pass_on (GezTeam     *self,
         Opened      *opened,
         const GezId *member,
         GError     **error)
{
  GezCircle team = gez_circle_team ();
  g_autoptr (GPtrArray) readers = gez_team_read_readers (self, &team, error);

  if (readers == NULL)
    return FALSE;
  for (guint i = 0; i < readers->len; i++)
    {
      GezTeamReader *reader = g_ptr_array_index (readers, i);
      GezWrap wrap = { self->id,     reader->device,      opened->wrap.grant,
                       self->member, opened->wrap.circle, opened->wrap.until };
      g_autoptr (GBytes) sealed = NULL;

      if (!gez_id_equal (&reader->member, member))
        continue;
      sealed = gez_wrap_seal (&wrap, opened->keyring, reader->box_public, error);
      if (sealed == NULL || !gez_team_tell_wrap (self, sealed, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
keep_for_self (GezTeam *self,
               Opened  *opened,
               GError **error)
{
  return gez_team_keep_ring (self, opened->keyring, NULL, NULL, error)
         && gez_team_keep_wrapped_grant (self, &opened->wrap, error);
}

static gboolean
is_locked (GezTeam         *self,
           const GezCircle *circle,
           const GezId     *member)
{
  return (circle->kind == GEZ_CIRCLE_OPEN || circle->kind == GEZ_CIRCLE_CASEWORK)
         && gez_roster_is_locked (gez_team_get_roster (self), member, &circle->subject);
}

static gboolean
give_back (GezTeam     *self,
           GPtrArray   *all,
           const GezId *member,
           guint       *n_circles,
           GError     **error)
{
  g_autoptr (GHashTable) newest = find_newest (all);
  g_autoptr (GHashTable) given
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  gboolean is_self = gez_id_equal (member, &self->member);

  for (guint i = 0; i < all->len; i++)
    {
      Opened *opened = g_ptr_array_index (all, i);
      g_autoptr (GBytes) circle = gez_team_circle_bytes (&opened->wrap.circle);

      if (!gez_id_equal (&opened->wrap.granter, member) || is_locked (self, &opened->wrap.circle, member)
          || (!gez_id_is_none (&opened->wrap.grant)
              && newest_number (opened->keyring) < GPOINTER_TO_UINT (g_hash_table_lookup (newest, circle))))
        continue;
      if (!pass_on (self, opened, member, error) || (is_self && !keep_for_self (self, opened, error)))
        return FALSE;
      g_hash_table_add (given, g_steal_pointer (&circle));
    }
  *n_circles = g_hash_table_size (given);
  return TRUE;
}

static gboolean
tell_use (GezTeam     *self,
          const GezId *member,
          GError     **error)
{
  const GezRosterMember *known = gez_roster_find_member (gez_team_get_roster (self), member);
  GVariantBuilder changes;

  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a(sv)"));
  gez_team_add_change (
      &changes, "recovery-used",
      g_variant_new ("(@ays)", gez_team_bytes (self->member.bytes, GEZ_ID_SIZE), known->name));
  return gez_team_write_record (self, &changes, error);
}

/**
 * gez_team_recover:
 * @sheet_code: the words of the team's sheet, the first 16 bytes
 * @wraps: (element-type GBytes): all wraps that stand in the folder
 * @member: who lost her keys and has a device in the team again
 * @n_circles: (out): how many circles she gets back
 *
 * Gives back, with the team's recovery sheet, what nobody else can give.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_WRONG_RECOVERY, GEZ_TEAM_ERROR_NOT_ALLOWED or _NOT_A_MEMBER
 */
gboolean
gez_team_recover (GezTeam         *self,
                  const GezSecret *sheet_code,
                  GPtrArray       *wraps,
                  const GezId     *member,
                  guint           *n_circles,
                  GError         **error)
{
  g_autoptr (GezSecret) secret = NULL;
  g_autoptr (GPtrArray) all = NULL;
  const GezRosterMember *known;
  guint8 sheet[GEZ_KEY_SIZE], public_key[GEZ_KEY_SIZE];
  GezId sheet_id;

  g_return_val_if_fail (self != NULL && sheet_code != NULL && wraps != NULL, FALSE);
  g_return_val_if_fail (member != NULL && n_circles != NULL, FALSE);

  if (!gez_roster_is_leader (gez_team_get_roster (self), &self->member))
    return gez_team_set_error (GEZ_TEAM_ERROR_NOT_ALLOWED, "Only a team leader uses the sheet", error);
  known = gez_roster_find_member (self->roster, member);
  if (known == NULL || !known->is_active)
    return gez_team_set_error (GEZ_TEAM_ERROR_NOT_A_MEMBER, "No present member has this id", error);
  secret = gez_secret_new (error);
  if (secret == NULL || !gez_recovery_get_pair (sheet_code, public_key, secret, error))
    return FALSE;
  if (!gez_team_get_sheet (self, sheet, &sheet_id) || memcmp (sheet, public_key, sizeof sheet) != 0)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY,
                           "Not the sheet of this team");
      return FALSE;
    }
  all = open_all (self, public_key, secret, wraps, error);
  return all != NULL && give_back (self, all, member, n_circles, error) && tell_use (self, member, error);
}
