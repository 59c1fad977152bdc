/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

#include <string.h>

/* Keys that come sealed to this device, and its box keys. */

#define MONTH_MSEC (30 * G_GINT64_CONSTANT (24 * 60 * 60 * 1000))

/* The ids that this store had are recipients too: what was sealed to them before it was put back from a
 * backup. */
static GArray *
read_own_ids (GezTeam *self,
              GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (GezId));
  g_autoptr (GezStatement) row = NULL;
  gboolean is_row;

  g_array_append_val (ids, self->device);
  row = gez_database_query (self->database, error, "SELECT id FROM former_device ORDER BY row DESC", GEZ_END);
  if (row == NULL)
    return NULL;
  while (gez_team_step (row, &is_row, error))
    {
      GezId id;

      if (!is_row)
        return g_steal_pointer (&ids);
      id = gez_statement_get_id (row, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

/* A box opens, or does not, whatever is said about the recipient inside; so each secret is tried once, and
 * each id only with the one that opens. */
static gboolean
open_with (GezTeam         *self,
           GezBytesView     sealed,
           const guint8    *box_public,
           const GezSecret *box_secret,
           GArray          *ids,
           GezKeyring      *keyring,
           GezWrap         *wrap,
           gboolean        *is_ours,
           GError         **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) failure = NULL;

      if (gez_wrap_open (sealed, box_public, box_secret, &self->id, &g_array_index (ids, GezId, i), keyring,
                         wrap, &failure))
        {
          *is_ours = TRUE;
          return TRUE;
        }
      if (failure == NULL)
        return TRUE;
      if (failure->domain != GEZ_SYNC_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * gez_team_open_wrap:
 * @keyring: empty; gets the keys
 * @is_ours: (out): whether it opened
 *
 * Tries every box secret that is still here.
 *
 * Returns: %FALSE only with @error set
 */
gboolean
gez_team_open_wrap (GezTeam     *self,
                    GezBytesView sealed,
                    GezKeyring  *keyring,
                    GezWrap     *wrap,
                    gboolean    *is_ours,
                    GError     **error)
{
  g_autoptr (GArray) ids = read_own_ids (self, error);
  g_autoptr (GezSecret) secret = ids ? gez_secret_new (error) : NULL;
  g_autoptr (GezStatement) row = NULL;
  gboolean is_row;

  *is_ours = FALSE;
  if (secret == NULL)
    return FALSE;
  row = gez_database_query (self->database, error,
                            "SELECT public_key, secret_key FROM box_key ORDER BY number DESC", GEZ_END);
  if (row == NULL)
    return FALSE;
  while (gez_team_step (row, &is_row, error))
    {
      guint8 public_key[GEZ_KEY_SIZE];

      if (!is_row)
        return TRUE;
      gez_team_copy_blob (row, 0, public_key, sizeof public_key);
      gez_team_copy_blob (row, 1, secret->bytes, GEZ_KEY_SIZE);
      if (!open_with (self, sealed, public_key, secret, ids, keyring, wrap, is_ours, error))
        return FALSE;
      if (*is_ours)
        return TRUE;
    }
  return FALSE;
}

/**
 * gez_team_keep_ring:
 * @keyring: keys that came from somebody
 * @from_device: (nullable): who has them too, whatever else is said
 * @is_new: (out) (optional): whether one of them was not here
 */
gboolean
gez_team_keep_ring (GezTeam     *self,
                    GezKeyring  *keyring,
                    const GezId *from_device,
                    gboolean    *is_new,
                    GError     **error)
{
  g_autoptr (GezSecret) key = gez_secret_new (error);

  if (key == NULL)
    return FALSE;
  for (guint i = 0; i < gez_keyring_get_size (keyring); i++)
    {
      const GezKeyInfo *info = gez_keyring_get (keyring, i);
      gboolean added;

      gez_keyring_copy_key (keyring, i, key);
      if (!gez_team_keep_key (self, info->circle, info->number, key->bytes, &added, error)
          || (from_device && !gez_team_note_given (self, &info->key_id, from_device, error)))
        return FALSE;
      if (is_new)
        *is_new |= added;
    }
  return TRUE;
}

/* A key that comes with a grant lets one read. The record of the grant, which says when it was made, follows.
 */
gboolean
gez_team_keep_wrapped_grant (GezTeam *self,
                             GezWrap *wrap,
                             GError **error)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (&wrap->circle);

  if (gez_id_is_none (&wrap->grant))
    return TRUE;
  return gez_database_execute (
             self->database, error,
             "INSERT INTO circle_grant (id, of_circle, member_id, until_on, by_member_id, granted_at) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET of_circle = ?2, member_id = ?3, "
             "until_on = ?4, by_member_id = ?5, granted_at = ?6 WHERE granted_at IS NULL",
             GEZ_ID, &wrap->grant, GEZ_BLOB, of_circle, GEZ_ID, &self->member, GEZ_TEXT, wrap->until, GEZ_ID,
             &wrap->granter, GEZ_INTEGER, gez_team_now (self), GEZ_END)
         && gez_team_touch (self, &wrap->circle, error);
}

/* Whether the device is one of a present member, and which member's. */
static gboolean
find_sender (GezTeam     *self,
             const GezId *device,
             GezId       *member,
             gboolean    *is_here,
             GError     **error)
{
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error, "SELECT member_id FROM team_device WHERE id = ?", GEZ_ID, device, GEZ_END);

  if (row == NULL || !gez_team_step (row, is_here, error))
    return FALSE;
  if (*is_here)
    *member = gez_statement_get_id (row, 0);
  return TRUE;
}

/**
 * gez_team_add_wrap:
 * @from_device: who wrote the segment in which it stands
 * @is_new: (out) (optional): whether a key came that was not here: what could not be read is read again
 *
 * Opens a wrap that may be for this device and keeps what is in it.
 *
 * Returns: %TRUE also when it is for somebody else or says nothing
 */
gboolean
gez_team_add_wrap (GezTeam     *self,
                   const GezId *from_device,
                   GezBytesView sealed,
                   gboolean    *is_new,
                   GError     **error)
{
  g_autoptr (GezKeyring) opened = gez_keyring_new ();
  g_auto (GezWrap) wrap = { 0 };
  gboolean is_ours, is_here;
  GezId sender;

  g_return_val_if_fail (self != NULL && from_device != NULL, FALSE);

  if (is_new)
    *is_new = FALSE;
  if (!gez_team_open_wrap (self, sealed, opened, &wrap, &is_ours, error)
      || !find_sender (self, from_device, &sender, &is_here, error))
    return FALSE;
  if (!is_ours || !is_here || !gez_id_equal (&sender, &wrap.granter))
    return TRUE;
  return gez_team_keep_ring (self, opened, from_device, is_new, error)
         && gez_team_keep_wrapped_grant (self, &wrap, error);
}

/* Box keys ---------------------------------------------------------------------------------- */

/* Old secrets go when every other present device has told that it saw the segment with a newer key: then
 * nothing is sealed to the old one any more, and what was, has come. */
static gboolean
destroy_old_boxes (GezTeam *self,
                   GError **error)
{
  return gez_database_execute (
      self->database, error,
      "DELETE FROM box_key WHERE number < (SELECT max (k.number) FROM box_key k WHERE k.sequence IS NOT NULL "
      "AND NOT EXISTS (SELECT 1 FROM team_device d JOIN team_member m ON m.id = d.member_id AND m.is_active "
      "WHERE NOT d.is_removed AND d.id <> ?1 AND NOT EXISTS (SELECT 1 FROM seen_by s WHERE s.device = d.id "
      "AND s.of_device = ?1 AND s.sequence >= k.sequence)))",
      GEZ_ID, &self->device, GEZ_END);
}

/**
 * gez_team_turn_box_key:
 *
 * Makes a new box key when the newest one is a month old, and destroys old secrets that everybody has seen
 * replaced.
 */
gboolean
gez_team_turn_box_key (GezTeam *self,
                       GError **error)
{
  guint8 box_public[GEZ_KEY_SIZE];
  guint32 number;
  gint64 made_at;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!destroy_old_boxes (self, error))
    return FALSE;
  made_at = gez_database_integer (self->database, 0,
                                  "SELECT made_at FROM box_key ORDER BY number DESC LIMIT 1", GEZ_END);
  if (gez_team_now (self) - made_at < MONTH_MSEC)
    return TRUE;
  return gez_team_new_box (self, &number, box_public, error)
         && gez_database_execute (
             self->database, error,
             "UPDATE box_key SET sequence = coalesce ((SELECT own_sequence FROM sync_state), 0) + 1 "
             "WHERE number = ?",
             GEZ_INTEGER, (gint64) number, GEZ_END)
         && gez_team_tell (self, "team", NULL, "box",
                           g_variant_new ("(u@ay)", number, gez_team_bytes (box_public, GEZ_KEY_SIZE)),
                           error);
}
