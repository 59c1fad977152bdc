/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

#include <sodium.h>
#include <string.h>

#include "circle/gez-variant.h"

/*
 * Records of the roster: what this device writes, what comes from the others.
 *
 * 1. A record goes under the newest team key. Who removes somebody makes a new one in the same record.
 * 2. A record that the fold does not count is not kept: the act is refused instead.
 */

void
gez_team_add_change (GVariantBuilder *changes,
                     const char      *name,
                     GVariant        *value)
{
  g_variant_builder_add (changes, "(sv)", name, value);
}

/* A new box key of this device, numbered on. */
gboolean
gez_team_new_box (GezTeam *self,
                  guint32 *number,
                  guint8   box_public[GEZ_KEY_SIZE],
                  GError **error)
{
  g_autoptr (GezSecret) secret = gez_secret_new (error);
  g_autoptr (GezStatement) insert = NULL;

  if (secret == NULL)
    return FALSE;
  if (!gez_box_key_new (secret, box_public))
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "libsodium made no box key");
      return FALSE;
    }
  *number
      = (guint32) gez_database_integer (self->database, 0, "SELECT max (number) FROM box_key", GEZ_END) + 1;
  insert = gez_database_prepare (
      self->database, "INSERT INTO box_key (number, public_key, secret_key, made_at) VALUES (?, ?, ?, ?)",
      error);
  if (insert == NULL)
    return FALSE;
  gez_statement_bind_integer (insert, 1, *number);
  gez_statement_bind_bytes (insert, 2, box_public, GEZ_KEY_SIZE);
  gez_statement_bind_bytes (insert, 3, secret->bytes, GEZ_KEY_SIZE);
  gez_statement_bind_integer (insert, 4, gez_team_now (self));
  return gez_statement_run (insert, error);
}

/* (transfer floating): this device with its certificate by the user key. */
GVariant *
gez_team_device_change (GezTeam     *self,
                        guint32      box_number,
                        const guint8 box_public[GEZ_KEY_SIZE])
{
  const GezBytesView parts[] = {
    { self->id.bytes, GEZ_ID_SIZE },
    { self->member.bytes, GEZ_ID_SIZE },
    { self->device.bytes, GEZ_ID_SIZE },
    { self->device_public, GEZ_KEY_SIZE },
  };
  guint8 certificate[GEZ_SIGNATURE_SIZE];
  GezHash hash;

  gez_hash_parts (hash.bytes, sizeof hash.bytes, NULL, "device/1", parts, G_N_ELEMENTS (parts));
  gez_sign (self->user_secret, &hash, certificate);
  return g_variant_new ("(@ay@ay@ayu@ay@ay)", gez_team_bytes (self->device.bytes, GEZ_ID_SIZE),
                        gez_team_bytes (self->member.bytes, GEZ_ID_SIZE),
                        gez_team_bytes (self->device_public, GEZ_KEY_SIZE), box_number,
                        gez_team_bytes (box_public, GEZ_KEY_SIZE),
                        gez_team_bytes (certificate, sizeof certificate));
}

static gboolean
counts (GezTeam *self,
        GBytes  *file)
{
  GPtrArray *refused = gez_roster_get_refused (self->roster);
  GezHash hash;

  gez_hash_of (file, &hash);
  for (guint i = 0; i < refused->len; i++)
    if (gez_hash_equal (g_ptr_array_index (refused, i), &hash))
      return FALSE;
  return TRUE;
}

/* @place: of the team key in the ring; @wraps: (nullable): of that key, when it is new. */
static gboolean
write_under (GezTeam         *self,
             GVariantBuilder *changes,
             int              place,
             GPtrArray       *wraps,
             GError         **error)
{
  GezRoster *roster = gez_team_get_roster (self);
  guint32 sequence = gez_roster_get_next_sequence (roster);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_builder_end (changes));
  g_autoptr (GezSecret) key = gez_secret_new (error);
  g_autoptr (GBytes) file = NULL;
  g_autofree char *path = NULL;

  if (key == NULL)
    return FALSE;
  gez_keyring_copy_key (self->keyring, (guint) place, key);
  file = gez_roster_record_write (
      &self->id, sequence, &self->device, gez_keyring_get (self->keyring, (guint) place)->number, key, wraps,
      gez_roster_get_heads (roster), gez_team_now (self), value, self->device_secret, error);
  if (file == NULL)
    return FALSE;
  path = gez_team_record_path (sequence, file);
  if (!gez_team_keep_record (self->database, file, error)
      || !gez_team_keep_file (self->database, path, file, error) || !gez_team_mirror (self, error))
    return FALSE;
  return counts (self, file)
         || gez_team_set_error (GEZ_TEAM_ERROR_NOT_ALLOWED, "The roster does not count this", error);
}

/* Writes @changes (taken over) as a record. On failure the caller rolls back. */
gboolean
gez_team_write_record (GezTeam         *self,
                       GVariantBuilder *changes,
                       GError         **error)
{
  GezCircle circle = gez_circle_team ();
  g_autoptr (GArray) places = gez_keyring_find (self->keyring, &circle);

  if (places->len == 0)
    {
      g_variant_builder_clear (changes);
      return gez_team_set_error (GEZ_TEAM_ERROR_NO_KEY, "No team key is here", error);
    }
  return write_under (self, changes, (int) g_array_index (places, guint, 0), NULL, error);
}

/* The wrap of the new team key for one reader, in a keyring of its own: older team keys came to her before.
 */
static gboolean
add_team_wrap (GezTeam     *self,
               GezKeyring  *fresh,
               const GezId *device,
               const guint8 box_public[GEZ_KEY_SIZE],
               GPtrArray   *wraps,
               GError     **error)
{
  GezWrap wrap = { self->id, *device, GEZ_ID_NONE, self->member, gez_circle_team (), NULL };
  g_autoptr (GError) failure = NULL;
  GBytes *sealed = gez_wrap_seal (&wrap, fresh, box_public, &failure);

  if (sealed)
    g_ptr_array_add (wraps, sealed);
  else if (!g_error_matches (failure, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

/* For every device of those who stay: not of @member, not @device. */
static GPtrArray *
wrap_for_all (GezTeam     *self,
              GezKeyring  *fresh,
              const GezId *member,
              const GezId *device,
              GArray      *devices,
              GError     **error)
{
  g_autoptr (GPtrArray) wraps = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  GezCircle circle = gez_circle_team ();
  g_autoptr (GPtrArray) readers = gez_team_read_readers (self, &circle, error);
  guint8 sheet[GEZ_KEY_SIZE];
  GezId sheet_id, nobody = GEZ_ID_NONE;

  if (readers == NULL)
    return NULL;
  for (guint i = 0; i < readers->len; i++)
    {
      GezTeamReader *reader = g_ptr_array_index (readers, i);

      if ((member && gez_id_equal (&reader->member, member))
          || (device && gez_id_equal (&reader->device, device)))
        continue;
      g_array_append_val (devices, reader->device);
      if (!gez_id_equal (&reader->device, &self->device)
          && !add_team_wrap (self, fresh, &reader->device, reader->box_public, wraps, error))
        return NULL;
    }
  if (gez_team_get_sheet (self, sheet, &sheet_id))
    {
      g_array_append_val (devices, sheet_id);
      if (!add_team_wrap (self, fresh, &nobody, sheet, wraps, error))
        return NULL;
    }
  return g_steal_pointer (&wraps);
}

/**
 * gez_team_write_rotated:
 * @changes: taken over
 * @member: (nullable): who gets the new key on none of her devices
 * @device: (nullable): which device does not get it
 *
 * Writes a record under a new team key.
 */
gboolean
gez_team_write_rotated (GezTeam         *self,
                        GVariantBuilder *changes,
                        const GezId     *member,
                        const GezId     *device,
                        GError         **error)
{
  GezCircle circle = gez_circle_team ();
  g_autoptr (GezSecret) key = gez_secret_new (error);
  g_autoptr (GezKeyring) fresh = gez_keyring_new ();
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (GezId));
  g_autoptr (GArray) places = gez_keyring_find (self->keyring, &circle);
  g_autoptr (GPtrArray) wraps = NULL;
  GezId key_id;
  guint32 number
      = places->len ? gez_keyring_get (self->keyring, g_array_index (places, guint, 0))->number + 1 : 1;

  if (key)
    randombytes_buf (key->bytes, GEZ_KEY_SIZE);
  if (key == NULL || !gez_keyring_add (fresh, circle, number, key->bytes, NULL, error)
      || (wraps = wrap_for_all (self, fresh, member, device, devices, error)) == NULL
      || !gez_team_keep_key (self, circle, number, key->bytes, NULL, error))
    {
      g_variant_builder_clear (changes);
      return FALSE;
    }
  key_id = gez_key_id (key->bytes);
  for (guint i = 0; i < devices->len; i++)
    if (!gez_team_note_given (self, &key_id, &g_array_index (devices, GezId, i), error))
      {
        g_variant_builder_clear (changes);
        return FALSE;
      }
  return write_under (self, changes, (int) gez_keyring_get_size (self->keyring) - 1, wraps, error)
         && gez_team_tell_given (self, &circle, error) && gez_team_clear_due (self, &circle, error);
}

static gboolean
note_wrapped (GezTeam     *self,
              GArray      *places,
              const GezId *device,
              GError     **error)
{
  for (guint i = 0; i < places->len; i++)
    if (!gez_team_note_given (
            self, &gez_keyring_get (self->keyring, g_array_index (places, guint, i))->key_id, device, error))
      return FALSE;
  return TRUE;
}

/**
 * gez_team_write_wrapped:
 * @readers: (element-type GezTeamReader): devices that lack team keys
 *
 * Gives them all team keys, in a record that changes nothing: a wrap in a segment would lie under the very
 * key that they lack.
 */
gboolean
gez_team_write_wrapped (GezTeam   *self,
                        GPtrArray *readers,
                        GError   **error)
{
  GezCircle circle = gez_circle_team ();
  g_autoptr (GArray) places = gez_keyring_find (self->keyring, &circle);
  g_autoptr (GPtrArray) wraps = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  GVariantBuilder changes;
  int place;

  if (!gez_team_find_good_key (self, &circle, &place, error))
    return FALSE;
  if (place < 0)
    return TRUE;
  for (guint i = 0; i < readers->len; i++)
    {
      GezTeamReader *reader = g_ptr_array_index (readers, i);

      if (!add_team_wrap (self, self->keyring, &reader->device, reader->box_public, wraps, error)
          || !note_wrapped (self, places, &reader->device, error))
        return FALSE;
    }
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a(sv)"));
  return write_under (self, &changes, place, wraps, error) && gez_team_tell_given (self, &circle, error);
}

/* What comes from the others ---------------------------------------------------------------- */

static gboolean
is_known (GezTeam *self,
          GBytes  *file)
{
  g_autoptr (GBytes) hash_bytes = NULL;
  GezHash hash;

  gez_hash_of (file, &hash);
  hash_bytes = g_bytes_new (hash.bytes, sizeof hash.bytes);
  return gez_database_integer (self->database, 0, "SELECT count (*) FROM roster_record WHERE hash = ?",
                               GEZ_BLOB, hash_bytes, GEZ_END)
         > 0;
}

/* A new team key may stand in the record itself, for us. */
static gboolean
take_team_key (GezTeam   *self,
               GPtrArray *wraps,
               GError   **error)
{
  for (guint i = 0; i < wraps->len; i++)
    {
      gsize size;
      gconstpointer data = g_bytes_get_data (g_ptr_array_index (wraps, i), &size);
      g_autoptr (GezKeyring) opened = gez_keyring_new ();
      g_auto (GezWrap) wrap = { 0 };
      gboolean is_ours;

      if (!gez_team_open_wrap (self, (GezBytesView){ data, size }, opened, &wrap, &is_ours, error))
        return FALSE;
      if (is_ours && wrap.circle.kind == GEZ_CIRCLE_TEAM)
        return gez_team_keep_ring (self, opened, NULL, NULL, error);
    }
  return TRUE;
}

static gboolean
can_open (GezTeam *self,
          GBytes  *file)
{
  g_autoptr (GezRosterRecord) record = gez_team_open_record (self, file);

  return record != NULL;
}

/**
 * gez_team_add_roster_file:
 * @file: all of a file in r/
 * @is_new: (out) (optional): whether it was news; %FALSE also when it does not open yet: it may after others
 *
 * Returns: %FALSE with GEZ_SYNC_ERROR when it is no record of this team, or with GEZ_STORE_ERROR
 */
gboolean
gez_team_add_roster_file (GezTeam  *self,
                          GBytes   *file,
                          gboolean *is_new,
                          GError  **error)
{
  g_autoptr (GPtrArray) wraps = NULL;

  g_return_val_if_fail (self != NULL && file != NULL, FALSE);

  if (is_new)
    *is_new = FALSE;
  if (!gez_roster_record_peek (file, &self->id, NULL, NULL, &wraps, error))
    return FALSE;
  if (is_known (self, file))
    return TRUE;
  if (!can_open (self, file))
    {
      if (!take_team_key (self, wraps, error))
        return FALSE;
      if (!can_open (self, file))
        return TRUE;
    }
  if (is_new)
    *is_new = TRUE;
  return gez_team_keep_record (self->database, file, error) && gez_team_mirror (self, error);
}
