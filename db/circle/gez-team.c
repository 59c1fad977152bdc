/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

#include <sodium.h>
#include <string.h>

#include "circle/gez-variant.h"

/*
 * What this device knows of its team.
 *
 * 1. All of it stands in the local tables; this object is a look at them that may be dropped at any moment.
 * 2. The roster is a function of its records. Opening and folding them takes long, so it is done when
 * somebody asks; what queries need of it stands in rows (gez_team_mirror()).
 * 3. Who reads a circle, and which of its keys are good to write with, is a function of the grants, keys and
 * roster that are known, never of the order in which they came.
 * 4. Keys leave the database only into locked memory.
 */

gboolean
gez_team_set_error (GezTeamError code,
                    const char  *message,
                    GError     **error)
{
  g_set_error_literal (error, GEZ_TEAM_ERROR, code, message);
  return FALSE;
}

gint64
gez_team_now (GezTeam *self)
{
  return gez_clock_get_now (self->clock);
}

/* (transfer full): as the columns `circle` and `of_circle` have it. */
GBytes *
gez_team_circle_bytes (const GezCircle *circle)
{
  guint8 bytes[GEZ_CIRCLE_SIZE_MAX];
  gsize size = gez_circle_encode (*circle, bytes);

  return g_bytes_new (bytes, size);
}

/* (transfer floating): an `ay` with a copy of @data. */
GVariant *
gez_team_bytes (gconstpointer data,
                gsize         size)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, size, 1);
}

/* Steps; FALSE only with @error set. */
gboolean
gez_team_step (GezStatement *statement,
               gboolean     *is_row,
               GError      **error)
{
  GError *failure = NULL;

  *is_row = gez_statement_next (statement, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/* Copies a column of just @size bytes; zeros when it has another size. Nothing of it stays behind. */
void
gez_team_copy_blob (GezStatement *statement,
                    int           column,
                    guint8       *out,
                    gsize         size)
{
  g_autoptr (GBytes) bytes = gez_statement_get_blob (statement, column);
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  if (length == size)
    memcpy (out, data, size);
  else
    memset (out, 0, size);
  if (length > 0)
    sodium_memzero ((gpointer)data, length);
}

static GezSecret *
read_secret (GezStatement *statement,
             int           column,
             gsize         size,
             GError      **error)
{
  GezSecret *secret = gez_secret_new (error);

  if (secret)
    gez_team_copy_blob (statement, column, secret->bytes, size);
  return secret;
}

static gboolean
load_keys (GezTeam *self,
           GError **error)
{
  g_autoptr (GezSecret) key = gez_secret_new (error);
  g_autoptr (GezStatement) row = NULL;
  gboolean is_row;

  if (key == NULL)
    return FALSE;
  row = gez_database_query (self->database, error, "SELECT of_circle, number, secret FROM circle_key",
                            GEZ_END);
  if (row == NULL)
    return FALSE;
  while (gez_team_step (row, &is_row, error))
    {
      g_autoptr (GBytes) bytes = NULL;
      GezCircle circle;

      if (!is_row)
        return TRUE;
      bytes = gez_statement_get_blob (row, 0);
      gez_team_copy_blob (row, 2, key->bytes, GEZ_KEY_SIZE);
      if (gez_circle_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &circle)
          && !gez_keyring_add (self->keyring, circle, (guint32) gez_statement_get_integer (row, 1), key->bytes,
                               NULL, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
load_self (GezTeam      *self,
           GezStatement *row,
           GError      **error)
{
  self->id = gez_statement_get_id (row, 0);
  gez_team_copy_blob (row, 1, self->root.bytes, sizeof self->root.bytes);
  gez_team_copy_blob (row, 3, self->user_public, GEZ_KEY_SIZE);
  gez_team_copy_blob (row, 5, self->device_public, GEZ_KEY_SIZE);
  self->device = gez_statement_get_id (row, 7);
  self->member = gez_statement_get_id (row, 8);
  self->fingerprint_key = read_secret (row, 2, GEZ_KEY_SIZE, error);
  self->user_secret = self->fingerprint_key ? read_secret (row, 4, 64, error) : NULL;
  self->device_secret = self->user_secret ? read_secret (row, 6, 64, error) : NULL;
  return self->device_secret != NULL && load_keys (self, error);
}

/**
 * gez_team_load:
 *
 * Returns: (transfer full) (nullable): the team; %NULL with @error set, or without when this store has none
 * yet
 *
 * Thread: the store's worker, here and below.
 */
GezTeam *
gez_team_load (GezDatabase *database,
               GError     **error)
{
  g_autoptr (GezTeam) self = NULL;
  g_autoptr (GezStatement) row = NULL;
  gboolean is_row;

  g_return_val_if_fail (database != NULL, NULL);

  row = gez_database_query (database, error,
                            "SELECT team.id, root, fingerprint_key, user_public, user_secret, device_public, "
                            "device_secret, device.id, "
                            "device.member_id FROM team, device",
                            GEZ_END);
  if (row == NULL || !gez_team_step (row, &is_row, error) || !is_row)
    return NULL;
  self = g_new0 (GezTeam, 1);
  self->database = database;
  self->clock = g_object_ref (gez_database_get_clock (database));
  self->keyring = gez_keyring_new ();
  return load_self (self, row, error) ? g_steal_pointer (&self) : NULL;
}

void
gez_team_free (GezTeam *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->roster, gez_roster_free);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->keyring, gez_keyring_free);
  g_clear_pointer (&self->fingerprint_key, gez_secret_free);
  g_clear_pointer (&self->user_secret, gez_secret_free);
  g_clear_pointer (&self->device_secret, gez_secret_free);
  g_clear_object (&self->clock);
  g_free (self);
}

const GezId *
gez_team_get_id (GezTeam *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->id;
}

/**
 * gez_team_get_member:
 *
 * Returns: (transfer none): who works on this device
 */
const GezId *
gez_team_get_member (GezTeam *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->member;
}

const GezId *
gez_team_get_device (GezTeam *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->device;
}

const GezHash *
gez_team_get_root (GezTeam *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->root;
}

GezKeyring *
gez_team_get_keyring (GezTeam *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->keyring;
}

const GezSecret *
gez_team_get_device_secret (GezTeam *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->device_secret;
}

const GezSecret *
gez_team_get_fingerprint_key (GezTeam *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fingerprint_key;
}

/* Tries the team keys with the number that the record names. NULL: none of them opens it. */
GezRosterRecord *
gez_team_open_record (GezTeam *self,
                      GBytes  *file)
{
  GezCircle circle = gez_circle_team ();
  g_autoptr (GArray) places = gez_keyring_find (self->keyring, &circle);
  g_autoptr (GezSecret) key = gez_secret_new (NULL);
  guint32 number;

  if (key == NULL || !gez_roster_record_peek (file, &self->id, NULL, &number, NULL, NULL))
    return NULL;
  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);
      GezRosterRecord *record = NULL;

      if (gez_keyring_get (self->keyring, place)->number != number)
        continue;
      gez_keyring_copy_key (self->keyring, place, key);
      record = gez_roster_record_read (file, &self->id, key, NULL);
      if (record)
        return record;
    }
  return NULL;
}

static gboolean
read_records (GezTeam *self,
              GError **error)
{
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error, "SELECT bytes FROM roster_record ORDER BY sequence, hash", GEZ_END);
  gboolean is_row;

  if (row == NULL)
    return FALSE;
  while (gez_team_step (row, &is_row, error))
    {
      g_autoptr (GBytes) bytes = NULL;
      GezRosterRecord *record;

      if (!is_row)
        return TRUE;
      bytes = gez_statement_get_blob (row, 0);
      record = gez_team_open_record (self, bytes);
      if (record)
        g_ptr_array_add (self->records, record);
    }
  return FALSE;
}

/**
 * gez_team_get_roster:
 *
 * Returns: (transfer none): the state of the roster, as long as no record is added
 */
GezRoster *
gez_team_get_roster (GezTeam *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->roster)
    return self->roster;
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify)gez_roster_record_free);
  if (!read_records (self, &error))
    g_warning ("The roster was not read to its end: %s", error->message);
  self->roster = gez_roster_fold (&self->id, &self->root, self->records);
  return self->roster;
}

static gboolean
keep_outgoing (GezTeam         *self,
               const char      *kind,
               const GezCircle *circle,
               GBytes          *content,
               GError         **error)
{
  g_autoptr (GBytes) of_circle = circle ? gez_team_circle_bytes (circle) : NULL;

  return gez_database_execute (self->database, error,
                               "INSERT INTO outgoing (kind, of_circle, content) VALUES (?, ?, ?)", GEZ_TEXT,
                               kind, GEZ_BLOB, of_circle, GEZ_BLOB, content, GEZ_END);
}

/* A record for the next own segment. */
gboolean
gez_team_tell (GezTeam         *self,
               const char      *kind,
               const GezCircle *circle,
               const char      *name,
               GVariant        *value,
               GError         **error)
{
  g_autoptr (GBytes) content = gez_variant_write (g_variant_new ("(sv)", name, value));

  return keep_outgoing (self, kind, circle, content, error);
}

gboolean
gez_team_tell_wrap (GezTeam *self,
                    GBytes  *wrap,
                    GError **error)
{
  return keep_outgoing (self, "wrap", NULL, wrap, error);
}

/* Puts a key into the ring and the database. */
gboolean
gez_team_keep_key (GezTeam      *self,
                   GezCircle     circle,
                   guint32       number,
                   const guint8 *key,
                   gboolean     *is_new,
                   GError      **error)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (&circle);
  g_autoptr (GezStatement) insert = NULL;
  GezId key_id = gez_key_id (key);
  gboolean added;

  if (!gez_keyring_add (self->keyring, circle, number, key, &added, error))
    return FALSE;
  if (is_new)
    *is_new = added;
  if (!added)
    return TRUE;
  insert = gez_database_prepare (self->database,
                                 "INSERT OR IGNORE INTO circle_key (of_circle, number, key_id, secret, "
                                 "received_at) VALUES (?, ?, ?, ?, ?)",
                                 error);
  if (insert == NULL)
    return FALSE;
  gez_statement_bind_bytes (insert, 1, g_bytes_get_data (of_circle, NULL), g_bytes_get_size (of_circle));
  gez_statement_bind_integer (insert, 2, number);
  gez_statement_bind_bytes (insert, 3, key_id.bytes, GEZ_ID_SIZE);
  gez_statement_bind_bytes (insert, 4, key, GEZ_KEY_SIZE);
  gez_statement_bind_integer (insert, 5, gez_team_now (self));
  return gez_statement_run (insert, error) && gez_team_touch (self, &circle, error);
}

/* A file of our own, to be published. */
gboolean
gez_team_keep_file (GezDatabase *database,
                    const char  *path,
                    GBytes      *file,
                    GError     **error)
{
  return gez_database_execute (
      database, error, "INSERT OR IGNORE INTO own_file (path, bytes, made_at) VALUES (?, ?, ?)", GEZ_TEXT,
      path, GEZ_BLOB, file, GEZ_INTEGER, gez_clock_get_now (gez_database_get_clock (database)), GEZ_END);
}

/* (transfer full): below gezinsplan/. */
char *
gez_team_record_path (guint32 sequence,
                      GBytes *file)
{
  g_autofree char *name = NULL;
  GezHash hash;

  gez_hash_of (file, &hash);
  name = gez_base32 (hash.bytes, 16);
  return g_strdup_printf ("r/r%08u-%s.rec", sequence, name);
}

gboolean
gez_team_keep_record (GezDatabase *database,
                      GBytes      *file,
                      GError     **error)
{
  g_autoptr (GBytes) hash_bytes = NULL;
  guint32 sequence = 0;
  GezHash hash;

  gez_hash_of (file, &hash);
  hash_bytes = g_bytes_new (hash.bytes, sizeof hash.bytes);
  memcpy (&sequence, (const guint8 *)g_bytes_get_data (file, NULL) + 24, sizeof sequence);
  return gez_database_execute (
      database, error, "INSERT OR IGNORE INTO roster_record (hash, sequence, bytes) VALUES (?, ?, ?)",
      GEZ_BLOB, hash_bytes, GEZ_INTEGER, (gint64)GUINT32_FROM_LE (sequence), GEZ_BLOB, file, GEZ_END);
}
