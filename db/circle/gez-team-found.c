/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

#include <sodium.h>
#include <string.h>

/*
 * How a store comes into a team: by founding it, by joining it, or again as another device.
 *
 * 1. The row `team` is written first, with new keys; the rest is done with the team loaded from it, as any
 * other act.
 * 2. What is recorded is looked at again: a founder whose root does not fold, or a newcomer whose record does
 * not count, gets an error and nothing of it stays.
 */

static gboolean
has_team (GezDatabase *database)
{
  return gez_database_integer (database, 0, "SELECT count (*) FROM team", GEZ_END) > 0;
}

static gboolean
set_no_random (GError **error)
{
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "libsodium made no signing key");
  return FALSE;
}

/* The row that everything hangs on. @user_secret: made anew when its public key is asked for. */
static gboolean
write_team_row (GezDatabase     *database,
                const GezId     *team,
                const GezHash   *root,
                const GezSecret *fingerprint_key,
                const GezSecret *user_secret,
                const char      *folder_uri,
                GError         **error)
{
  g_autoptr (GezSecret) device_secret = gez_secret_new (error);
  g_autoptr (GezStatement) insert = NULL;
  guint8 device_public[GEZ_KEY_SIZE];
  int place = 1;

  if (device_secret == NULL)
    return FALSE;
  if (!gez_signing_key_new (device_secret, device_public))
    return set_no_random (error);
  insert = gez_database_prepare (database,
                                 "INSERT INTO team (row, id, root, fingerprint_key, user_public, "
                                 "user_secret, device_public, device_secret, "
                                 "folder_uri, joined_at) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                 error);
  if (insert == NULL)
    return FALSE;
  gez_statement_bind_bytes (insert, place++, team->bytes, GEZ_ID_SIZE);
  gez_statement_bind_bytes (insert, place++, root->bytes, sizeof root->bytes);
  gez_statement_bind_bytes (insert, place++, fingerprint_key->bytes, GEZ_KEY_SIZE);
  /* The second half of an Ed25519 secret key is its public key (crypto_sign_ed25519_sk_to_pk()). */
  gez_statement_bind_bytes (insert, place++, user_secret->bytes + crypto_sign_SEEDBYTES, GEZ_KEY_SIZE);
  gez_statement_bind_bytes (insert, place++, user_secret->bytes, crypto_sign_SECRETKEYBYTES);
  gez_statement_bind_bytes (insert, place++, device_public, GEZ_KEY_SIZE);
  gez_statement_bind_bytes (insert, place++, device_secret->bytes, crypto_sign_SECRETKEYBYTES);
  if (folder_uri)
    gez_statement_bind_text (insert, place, folder_uri);
  gez_statement_bind_integer (insert, place + 1, gez_clock_get_now (gez_database_get_clock (database)));
  return gez_statement_run (insert, error);
}

/* Founding ---------------------------------------------------------------------------------- */

/* The name of who works here. */
static gboolean
read_founder (GezTeam *self,
              char   **name,
              char   **team_name,
              GError **error)
{
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error,
      "SELECT member.name, device.team_name FROM device JOIN member ON member.id = device.member_id",
      GEZ_END);
  gboolean is_row;

  if (row == NULL || !gez_team_step (row, &is_row, error))
    return FALSE;
  if (!is_row)
    return gez_team_set_error (GEZ_TEAM_ERROR_NOT_A_MEMBER, "Nobody works on this device", error);
  *name = g_strdup (gez_statement_get_text (row, 0));
  *team_name = g_strdup (gez_statement_get_text (row, 1));
  return TRUE;
}

static GVariant *
founding_change (GezTeam      *self,
                 const char   *team_name,
                 const guint8 *recovery_public)
{
  GezHash commitment;

  gez_hash_parts (commitment.bytes, sizeof commitment.bytes, NULL, "fingerprint-key/1",
                  &(GezBytesView){ self->fingerprint_key->bytes, GEZ_KEY_SIZE }, 1);
  return g_variant_new ("(s@ay@ay)", team_name ? team_name : "",
                        gez_team_bytes (recovery_public, recovery_public ? GEZ_KEY_SIZE : 0),
                        gez_team_bytes (commitment.bytes, sizeof commitment.bytes));
}

static gboolean
write_root (GezTeam      *self,
            const guint8 *recovery_public,
            GError      **error)
{
  g_autofree char *name = NULL, *team_name = NULL, *path = NULL;
  g_autoptr (GezSecret) key = gez_secret_new (error);
  g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (GezHash));
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GBytes) file = NULL;
  GVariantBuilder changes;
  guint8 box_public[GEZ_KEY_SIZE];
  guint32 box_number;

  if (key == NULL || !read_founder (self, &name, &team_name, error)
      || !gez_team_new_box (self, &box_number, box_public, error))
    return FALSE;
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a(sv)"));
  gez_team_add_change (&changes, "team", founding_change (self, team_name, recovery_public));
  gez_team_add_change (
      &changes, "member",
      g_variant_new ("(@ayssb)", gez_team_bytes (self->member.bytes, GEZ_ID_SIZE), name, "teamleider", TRUE));
  gez_team_add_change (&changes, "user",
                       g_variant_new ("(@ay@ay)", gez_team_bytes (self->member.bytes, GEZ_ID_SIZE),
                                      gez_team_bytes (self->user_public, GEZ_KEY_SIZE)));
  gez_team_add_change (&changes, "device", gez_team_device_change (self, box_number, box_public));
  value = g_variant_ref_sink (g_variant_builder_end (&changes));
  gez_keyring_copy_key (self->keyring, 0, key);
  file = gez_roster_record_write (&self->id, 0, &self->device, 1, key, NULL, parents, gez_team_now (self),
                                  value, self->device_secret, error);
  if (file == NULL)
    return FALSE;
  gez_hash_of (file, &self->root);
  path = gez_team_record_path (0, file);
  return gez_team_keep_record (self->database, file, error)
         && gez_team_keep_file (self->database, path, file, error);
}

static gboolean
set_root (GezTeam *self,
          GError **error)
{
  g_autoptr (GBytes) root = g_bytes_new (self->root.bytes, sizeof self->root.bytes);

  return gez_database_execute (self->database, error, "UPDATE team SET root = ?", GEZ_BLOB, root, GEZ_END);
}

static gboolean
is_in_the_roster (GezTeam *self,
                  GError **error)
{
  const GezRosterDevice *device = gez_roster_find_device (gez_team_get_roster (self), &self->device);

  return (device != NULL && !device->is_removed)
         || gez_team_set_error (GEZ_TEAM_ERROR_NOT_ALLOWED, "The roster does not count this device", error);
}

/**
 * gez_team_found:
 * @folder_uri: (nullable): where the shared folder is
 * @recovery_public: (nullable): the public key of the recovery sheet of this store, which becomes the team's
 *
 * Makes a team of the one who works here, its first leader.
 *
 * Returns: %FALSE with GEZ_TEAM_ERROR_EXISTS, _NOT_A_MEMBER, or GEZ_VAULT_ERROR_NO_MEMORY
 */
gboolean
gez_team_found (GezDatabase  *database,
                const char   *folder_uri,
                const guint8 *recovery_public,
                GError      **error)
{
  g_autoptr (GezSecret) fingerprint_key = NULL, user_secret = NULL, team_key = NULL;
  g_autoptr (GezTeam) self = NULL;
  guint8 user_public[GEZ_KEY_SIZE];
  GezHash no_root = { { 0 } };
  GezCircle circle = gez_circle_team ();
  GezId id;

  g_return_val_if_fail (database != NULL, FALSE);

  if (has_team (database))
    return gez_team_set_error (GEZ_TEAM_ERROR_EXISTS, "This store has a team already", error);
  fingerprint_key = gez_secret_new (error);
  user_secret = fingerprint_key ? gez_secret_new (error) : NULL;
  team_key = user_secret ? gez_secret_new (error) : NULL;
  if (team_key == NULL)
    return FALSE;
  randombytes_buf (id.bytes, sizeof id.bytes);
  randombytes_buf (fingerprint_key->bytes, GEZ_KEY_SIZE);
  randombytes_buf (team_key->bytes, GEZ_KEY_SIZE);
  if (!gez_signing_key_new (user_secret, user_public))
    return set_no_random (error);
  if (!write_team_row (database, &id, &no_root, fingerprint_key, user_secret, folder_uri, error)
      || (self = gez_team_load (database, error)) == NULL)
    return FALSE;
  return gez_team_keep_key (self, circle, 1, team_key->bytes, NULL, error)
         && write_root (self, recovery_public, error) && set_root (self, error)
         && gez_team_mirror (self, error) && is_in_the_roster (self, error)
         && gez_team_tell_own (self, &circle, error);
}

/* Joining ----------------------------------------------------------------------------------- */

static gboolean
check_invitation (GezDatabase   *database,
                  GezInvitation *invitation,
                  GError       **error)
{
  if (has_team (database))
    return gez_team_set_error (GEZ_TEAM_ERROR_EXISTS, "This store has a team already", error);
  return invitation->valid_until >= gez_clock_get_now (gez_database_get_clock (database))
         || gez_team_set_error (GEZ_TEAM_ERROR_EXPIRED, "The invitation is too old", error);
}

static gboolean
take_roster (GezTeam       *self,
             GezInvitation *invitation,
             GPtrArray     *roster_files,
             GError       **error)
{
  GArray *heads = invitation->heads;

  for (guint i = 0; i < roster_files->len; i++)
    {
      GBytes *file = g_ptr_array_index (roster_files, i);
      g_autoptr (GezRosterRecord) record = gez_team_open_record (self, file);

      if (record && !gez_team_keep_record (self->database, file, error))
        return FALSE;
    }
  if (!gez_team_mirror (self, error))
    return FALSE;
  for (guint i = 0; heads && i < heads->len; i++)
    {
      g_autoptr (GBytes) head = g_bytes_new (g_array_index (heads, GezHash, i).bytes, sizeof (GezHash));

      if (gez_database_integer (self->database, 0, "SELECT count (*) FROM roster_record WHERE hash = ?",
                                GEZ_BLOB, head, GEZ_END)
          > 0)
        continue;
      g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_INCOMPLETE,
                           "The folder does not hold all that the invitation knows of");
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_open_invitation (GezTeam       *self,
                    GezInvitation *invitation,
                    GError       **error)
{
  GPtrArray *invitations = gez_roster_get_invitations (gez_team_get_roster (self));
  const GezRosterMember *member = gez_roster_find_member (self->roster, &invitation->member);

  for (guint i = 0; i < invitations->len; i++)
    {
      GezRosterInvitation *known = g_ptr_array_index (invitations, i);

      if (gez_id_equal (&known->id, &invitation->id) && !known->is_over && member != NULL
          && member->is_active)
        return TRUE;
    }
  return gez_team_set_error (GEZ_TEAM_ERROR_EXPIRED, "The invitation was used or cancelled", error);
}

static GVariant *
join_change (GezTeam         *self,
             GezInvitation   *invitation,
             const GezSecret *signing_key)
{
  const GezBytesView parts[] = {
    { self->id.bytes, GEZ_ID_SIZE },     { invitation->id.bytes, GEZ_ID_SIZE },
    { self->member.bytes, GEZ_ID_SIZE }, { self->user_public, GEZ_KEY_SIZE },
    { self->device.bytes, GEZ_ID_SIZE },
  };
  guint8 signature[GEZ_SIGNATURE_SIZE];
  GezHash hash;

  gez_hash_parts (hash.bytes, sizeof hash.bytes, NULL, "join/1", parts, G_N_ELEMENTS (parts));
  gez_sign (signing_key, &hash, signature);
  return g_variant_new ("(@ay@ay@ay@ay)", gez_team_bytes (invitation->id.bytes, GEZ_ID_SIZE),
                        gez_team_bytes (self->member.bytes, GEZ_ID_SIZE),
                        gez_team_bytes (self->user_public, GEZ_KEY_SIZE),
                        gez_team_bytes (signature, sizeof signature));
}

static gboolean
write_join (GezTeam         *self,
            GezInvitation   *invitation,
            const GezSecret *code,
            GError         **error)
{
  g_autoptr (GezSecret) signing_key = gez_secret_new (error);
  guint8 invitation_public[GEZ_KEY_SIZE], box_public[GEZ_KEY_SIZE];
  GVariantBuilder changes;
  guint32 box_number;

  if (signing_key == NULL || !gez_team_new_box (self, &box_number, box_public, error))
    return FALSE;
  if (!gez_invitation_signing_key (code, signing_key, invitation_public))
    return set_no_random (error);
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a(sv)"));
  gez_team_add_change (&changes, "join", join_change (self, invitation, signing_key));
  gez_team_add_change (&changes, "device", gez_team_device_change (self, box_number, box_public));
  return gez_team_write_record (self, &changes, error) && is_in_the_roster (self, error);
}

/* What the invitation lets one read. */
static gboolean
keep_grants (GezTeam       *self,
             GezInvitation *invitation,
             GError       **error)
{
  for (guint i = 0; i < invitation->grants->len; i++)
    {
      GezWrap *wrap = g_ptr_array_index (invitation->grants, i);

      if (!gez_team_keep_wrapped_grant (self, wrap, error))
        return FALSE;
    }
  return TRUE;
}

/* Others hear that this device has all keys that it has, so that they need not give them. */
static gboolean
tell_all_own (GezTeam *self,
              GError **error)
{
  g_autoptr (GezStatement) row
      = gez_database_query (self->database, error, "SELECT DISTINCT of_circle FROM circle_key", GEZ_END);
  g_autoptr (GArray) circles = row ? gez_team_read_circles (row, error) : NULL;

  for (guint i = 0; circles && i < circles->len; i++)
    if (!gez_team_tell_own (self, &g_array_index (circles, GezCircle, i), error))
      return FALSE;
  return circles != NULL;
}

/* What finds families that two people work with; with another one nobody would meet anybody. */
static gboolean
check_fingerprint_key (GezTeam *self,
                       GError **error)
{
  if (gez_roster_is_fingerprint_key (gez_team_get_roster (self), gez_team_get_fingerprint_key (self)))
    return TRUE;
  g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED,
                       "The fingerprint key of the invitation is not the team's");
  return FALSE;
}

static gboolean
settle_in (GezTeam         *self,
           GezInvitation   *invitation,
           const GezSecret *code,
           GPtrArray       *roster_files,
           GError         **error)
{
  return gez_team_keep_ring (self, invitation->keys, NULL, NULL, error)
         && take_roster (self, invitation, roster_files, error) && check_fingerprint_key (self, error)
         && is_open_invitation (self, invitation, error) && write_join (self, invitation, code, error)
         && keep_grants (self, invitation, error) && tell_all_own (self, error)
         && gez_database_execute (self->database, error, "UPDATE device SET team_name = ?", GEZ_TEXT,
                                  invitation->team_name, GEZ_END);
}

/**
 * gez_team_join:
 * @invitation: opened with @code
 * @roster_files: (element-type GBytes): all that is in r/ and opens
 * @folder_uri: (nullable): where the shared folder is
 *
 * Joins a team, in a new store made for the member whom the invitation names; or adds this device to its
 * member's.
 *
 * Returns: %FALSE with GEZ_TEAM_ERROR_EXISTS or _EXPIRED; with GEZ_SYNC_ERROR_INCOMPLETE when the folder does
 * not hold the whole roster yet: try again later; or with GEZ_VAULT_ERROR_NO_MEMORY
 */
gboolean
gez_team_join (GezDatabase     *database,
               GezInvitation   *invitation,
               const GezSecret *code,
               GPtrArray       *roster_files,
               const char      *folder_uri,
               GError         **error)
{
  g_autoptr (GezSecret) fresh = NULL;
  g_autoptr (GezTeam) self = NULL;
  const GezSecret *user_secret;
  guint8 user_public[GEZ_KEY_SIZE];

  g_return_val_if_fail (database != NULL && invitation != NULL && code != NULL && roster_files != NULL,
                        FALSE);

  if (!check_invitation (database, invitation, error))
    return FALSE;
  user_secret = invitation->is_for_device ? invitation->user_secret : NULL;
  if (user_secret == NULL)
    {
      fresh = gez_secret_new (error);
      if (fresh == NULL)
        return FALSE;
      if (!gez_signing_key_new (fresh, user_public))
        return set_no_random (error);
      user_secret = fresh;
    }
  if (!gez_database_execute (database, error, "UPDATE device SET member_id = ?", GEZ_ID, &invitation->member,
                             GEZ_END)
      || !write_team_row (database, &invitation->team, &invitation->root, invitation->fingerprint_key,
                          user_secret, folder_uri, error)
      || (self = gez_team_load (database, error)) == NULL)
    return FALSE;
  return settle_in (self, invitation, code, roster_files, error);
}

/* Again as another device --------------------------------------------------------------------- */

/* Versions of the old id are others' now, as after a restore (docs/STORAGE.md, "Backups"). */
static gboolean
change_id (GezTeam *self,
           GError **error)
{
  GezId id = gez_id_new (self->clock);

  if (!gez_database_execute (self->database, error,
                             "INSERT OR IGNORE INTO former_device (id) SELECT id FROM device", GEZ_END)
      || !gez_database_execute (self->database, error, "UPDATE device SET id = ?, last_counter = 0", GEZ_ID,
                                &id, GEZ_END))
    return FALSE;
  self->device = id;
  return TRUE;
}

static gboolean
new_device_key (GezTeam *self,
                GError **error)
{
  g_autoptr (GezStatement) update = NULL;

  if (!gez_signing_key_new (self->device_secret, self->device_public))
    return set_no_random (error);
  update
      = gez_database_prepare (self->database, "UPDATE team SET device_public = ?, device_secret = ?", error);
  if (update == NULL)
    return FALSE;
  gez_statement_bind_bytes (update, 1, self->device_public, GEZ_KEY_SIZE);
  gez_statement_bind_bytes (update, 2, self->device_secret->bytes, crypto_sign_SECRETKEYBYTES);
  return gez_statement_run (update, error);
}

/**
 * gez_team_renew_device:
 *
 * A device that was put back from a backup, or copied, becomes another one: with a new id, unless it got one
 * already, and new keys. The old one stays in the team until somebody removes it.
 */
gboolean
gez_team_renew_device (GezTeam *self,
                       GError **error)
{
  GVariantBuilder changes;
  guint8 box_public[GEZ_KEY_SIZE];
  guint32 box_number;

  g_return_val_if_fail (self != NULL, FALSE);

  if (gez_roster_find_device (gez_team_get_roster (self), &self->device) != NULL && !change_id (self, error))
    return FALSE;
  if (!new_device_key (self, error)
      || !gez_database_execute (self->database, error, "UPDATE box_key SET sequence = NULL", GEZ_END)
      || !gez_team_new_box (self, &box_number, box_public, error))
    return FALSE;
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a(sv)"));
  gez_team_add_change (&changes, "device", gez_team_device_change (self, box_number, box_public));
  return gez_team_write_record (self, &changes, error) && is_in_the_roster (self, error)
         && tell_all_own (self, error);
}
