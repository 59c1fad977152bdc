/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-invitation.h"

#include <sodium.h>
#include <string.h>

#include "base/gez-date.h"
#include "circle/gez-variant.h"

/*
 * What a one-time code opens (format: docs/SYNC.md, "Invitation").
 *
 * 1. Keys are nowhere in ordinary memory that is not wiped. So the content is not compressed: what a
 *    library of compression works in is not wiped, and keys do not become smaller.
 * 2. Of each thing there is one form; what newer programs may add is skipped.
 */

#define MAGIC "GEZINVI1"
#define MAGIC_FAMILY 7 /* of its bytes; the last one is the version */
#define BODY_AT 24
#define CIRCLES_TYPE "a(aya(uay)aysay)"
#define KEYS_TYPE "a(uay)"
#define USER_SECRET_SIZE 64

G_STATIC_ASSERT (USER_SECRET_SIZE == crypto_sign_SECRETKEYBYTES && USER_SECRET_SIZE <= GEZ_SECRET_SIZE);

static void
grant_free (GezWrap *grant)
{
  gez_wrap_clear (grant);
  g_free (grant);
}

/**
 * gez_invitation_new:
 *
 * Returns: (transfer full): an invitation without anything
 *
 * Thread: any, here and below; one at a time.
 */
GezInvitation *
gez_invitation_new (void)
{
  GezInvitation *self = g_new0 (GezInvitation, 1);

  self->heads = g_array_new (FALSE, FALSE, sizeof (GezHash));
  self->keys = gez_keyring_new ();
  self->grants = g_ptr_array_new_with_free_func ((GDestroyNotify) grant_free);
  return self;
}

/**
 * gez_invitation_free:
 * @self: (nullable) (transfer full): an invitation; its keys are wiped
 */
void
gez_invitation_free (GezInvitation *self)
{
  if (self == NULL)
    return;
  g_free (self->team_name);
  g_free (self->name);
  g_free (self->role);
  g_array_unref (self->heads);
  gez_keyring_free (self->keys);
  gez_secret_free (self->fingerprint_key);
  gez_secret_free (self->user_secret);
  g_ptr_array_unref (self->grants);
  g_free (self);
}

static void
derive (const GezSecret *code,
        const char      *name,
        guint8           key[GEZ_KEY_SIZE])
{
  gez_hash_parts (key, GEZ_KEY_SIZE, NULL, name,
                  &(GezBytesView) { code->bytes, GEZ_RECOVERY_CODE_SIZE }, 1);
}

/* Writing ------------------------------------------------------------------------------------ */

/* The keys that a value refers to until it is written: one block, wiped after. */
typedef struct
{
  guint8 *keys;
  guint n_keys;
} Room;

static void
room_clear (Room *room)
{
  g_clear_pointer (&room->keys, gez_wiped_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Room, room_clear)

static gboolean
room_init (Room       *room,
           GezKeyring *ring,
           GError    **error)
{
  g_autoptr (GezSecret) key = gez_secret_new (error);

  if (key == NULL)
    return FALSE;
  room->n_keys = gez_keyring_get_size (ring);
  room->keys = gez_wiped_new (MAX (1, room->n_keys) * (gsize) GEZ_KEY_SIZE);
  if (room->keys == NULL)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY, "No memory for an invitation");
      return FALSE;
    }
  for (guint i = 0; i < room->n_keys; i++)
    {
      gez_keyring_copy_key (ring, i, key);
      memcpy (room->keys + i * (gsize) GEZ_KEY_SIZE, key->bytes, GEZ_KEY_SIZE);
    }
  return TRUE;
}

static GVariant *
keys_of (GezInvitation   *self,
         const Room      *room,
         const GezCircle *circle)
{
  g_autoptr (GArray) places = gez_keyring_find (self->keys, circle);
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE (KEYS_TYPE));
  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);

      g_variant_builder_add (&list, "(u@ay)", gez_keyring_get (self->keys, place)->number,
                             gez_variant_of_bytes (room->keys + place * (gsize) GEZ_KEY_SIZE, GEZ_KEY_SIZE));
    }
  return g_variant_builder_end (&list);
}

static GVariant *
circles_of (GezInvitation *self,
            const Room    *room)
{
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE (CIRCLES_TYPE));
  for (guint i = 0; i < self->grants->len; i++)
    {
      const GezWrap *grant = self->grants->pdata[i];
      guint8 circle[GEZ_CIRCLE_SIZE_MAX];
      gsize size = gez_circle_encode (grant->circle, circle);

      g_variant_builder_add (&list, "(@ay@a(uay)@ays@ay)",
                             g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, circle, size, 1),
                             keys_of (self, room, &grant->circle),
                             gez_variant_of_bytes (grant->grant.bytes, GEZ_ID_SIZE),
                             grant->until ? grant->until : "",
                             gez_variant_of_bytes (grant->granter.bytes, GEZ_ID_SIZE));
    }
  return g_variant_builder_end (&list);
}

static GVariant *
heads_of (GezInvitation *self)
{
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; i < self->heads->len; i++)
    g_variant_builder_add_value (&list, gez_variant_of_bytes (g_array_index (self->heads, GezHash, i).bytes,
                                                              GEZ_HASH_SIZE));
  return g_variant_builder_end (&list);
}

static void
add (GVariantBuilder *all,
     const char      *name,
     GVariant        *value)
{
  g_variant_builder_add (all, "{sv}", name, value);
}

static GBytes *
write_content (GezInvitation *self,
               const Room    *room)
{
  const GezCircle team = gez_circle_team ();
  GVariantBuilder all;

  g_variant_builder_init (&all, G_VARIANT_TYPE_VARDICT);
  add (&all, "id", gez_variant_of_bytes (self->id.bytes, GEZ_ID_SIZE));
  add (&all, "kind", g_variant_new_string (self->is_for_device ? "device" : "member"));
  add (&all, "member", gez_variant_of_bytes (self->member.bytes, GEZ_ID_SIZE));
  add (&all, "name", g_variant_new_string (self->name ? self->name : ""));
  add (&all, "role", g_variant_new_string (self->role ? self->role : ""));
  add (&all, "team-name", g_variant_new_string (self->team_name ? self->team_name : ""));
  add (&all, "root", gez_variant_of_bytes (self->root.bytes, GEZ_HASH_SIZE));
  add (&all, "heads", heads_of (self));
  add (&all, "team-keys", keys_of (self, room, &team));
  add (&all, "fingerprint-key", gez_variant_of_bytes (self->fingerprint_key->bytes, GEZ_KEY_SIZE));
  add (&all, "recovery-key", gez_variant_of_bytes (self->recovery_public, GEZ_KEY_SIZE));
  add (&all, "valid-until", g_variant_new_int64 (self->valid_until));
  add (&all, "circles", circles_of (self, room));
  if (self->user_secret != NULL)
    add (&all, "user-secret", gez_variant_of_bytes (self->user_secret->bytes, USER_SECRET_SIZE));
  return gez_variant_write (g_variant_builder_end (&all));
}

static GezBytesView
view_of (GBytes *bytes)
{
  GezBytesView view = { NULL, 0 };

  view.data = g_bytes_get_data (bytes, &view.size);
  return view;
}

/**
 * gez_invitation_seal:
 * @self: with everything but @user_secret, which only an invitation for a device has
 * @code: the one-time code
 *
 * Returns: (transfer full) (nullable): the whole file; or %NULL with GEZ_VAULT_ERROR_NO_MEMORY
 */
GBytes *
gez_invitation_seal (GezInvitation   *self,
                     const GezSecret *code,
                     GError         **error)
{
  g_autoptr (GezSecret) key = NULL;
  g_autoptr (GBytes) content = NULL, body = NULL;
  g_auto (Room) room = { NULL, 0 };
  guint8 header[BODY_AT] = MAGIC;
  GByteArray *file;

  g_return_val_if_fail (self != NULL && code != NULL && self->fingerprint_key != NULL, NULL);
  g_return_val_if_fail (self->is_for_device == (self->user_secret != NULL), NULL);

  key = gez_secret_new (error);
  if (key == NULL || !room_init (&room, self->keys, error))
    return NULL;
  derive (code, "invitation/1", key->bytes);
  memcpy (header + 8, self->team.bytes, GEZ_ID_SIZE);
  content = write_content (self, &room);
  body = gez_seal_message (key, (GezBytesView) { header, sizeof header }, view_of (content), error);
  if (body == NULL)
    return NULL;
  file = g_byte_array_new ();
  g_byte_array_append (file, header, sizeof header);
  g_byte_array_append (file, g_bytes_get_data (body, NULL), (guint) g_bytes_get_size (body));
  return g_byte_array_free_to_bytes (file);
}

/* Reading ------------------------------------------------------------------------------------ */

static gboolean
refuse (GError     **error,
        GezSyncError code,
        const char  *message)
{
  g_set_error_literal (error, GEZ_SYNC_ERROR, (int) code, message);
  return FALSE;
}

static gboolean
read_bytes (GVariant   *all,
            const char *name,
            gpointer    out,
            gsize       size)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (all, name, G_VARIANT_TYPE_BYTESTRING);

  return value != NULL && gez_variant_get_bytes (value, out, size);
}

static gboolean
read_keys (GezInvitation *self,
           GVariant      *keys,
           GezCircle      circle,
           GError       **error)
{
  for (gsize i = 0; i < g_variant_n_children (keys); i++)
    {
      g_autoptr (GVariant) key = NULL;
      guint32 number = 0;

      g_variant_get_child (keys, i, "(u@ay)", &number, &key);
      if (g_variant_get_size (key) != GEZ_KEY_SIZE)
        return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "A key of an invitation has another size");
      if (!gez_keyring_add (self->keys, circle, number, g_variant_get_data (key), NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_circle (GezInvitation *self,
             GVariant      *value,
             GError       **error)
{
  g_autoptr (GVariant) circle = NULL, keys = NULL, id = NULL, granter = NULL;
  GezWrap *grant = g_new0 (GezWrap, 1);
  const char *until = NULL;

  g_ptr_array_add (self->grants, grant);
  g_variant_get (value, "(@ay@a(uay)@ay&s@ay)", &circle, &keys, &id, &until, &granter);
  grant->team = self->team;
  grant->until = *until ? g_strdup (until) : NULL;
  if (!gez_variant_get_bytes (id, grant->grant.bytes, GEZ_ID_SIZE)
      || !gez_variant_get_bytes (granter, grant->granter.bytes, GEZ_ID_SIZE)
      || !gez_circle_decode (g_variant_get_data (circle), g_variant_get_size (circle), &grant->circle)
      || (*until && !gez_date_is_valid (until)))
    return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "A circle of an invitation is not one");
  return read_keys (self, keys, grant->circle, error);
}

static gboolean
read_heads (GezInvitation *self,
            GVariant      *all)
{
  g_autoptr (GVariant) heads = g_variant_lookup_value (all, "heads", G_VARIANT_TYPE ("aay"));

  for (gsize i = 0; heads != NULL && i < g_variant_n_children (heads); i++)
    {
      g_autoptr (GVariant) head = g_variant_get_child_value (heads, i);
      GezHash hash;

      if (!gez_variant_get_bytes (head, hash.bytes, GEZ_HASH_SIZE))
        return FALSE;
      g_array_append_val (self->heads, hash);
    }
  return heads != NULL;
}

static gboolean
read_names (GezInvitation *self,
            GVariant      *all)
{
  const char *kind = NULL;

  if (!g_variant_lookup (all, "kind", "&s", &kind) || !g_variant_lookup (all, "name", "s", &self->name)
      || !g_variant_lookup (all, "role", "s", &self->role)
      || !g_variant_lookup (all, "team-name", "s", &self->team_name)
      || !g_variant_lookup (all, "valid-until", "x", &self->valid_until))
    return FALSE;
  self->is_for_device = strcmp (kind, "device") == 0;
  return self->is_for_device || strcmp (kind, "member") == 0;
}

static gboolean
read_secrets (GezInvitation *self,
              GVariant      *all,
              GError       **error)
{
  self->fingerprint_key = gez_secret_new (error);
  if (self->fingerprint_key == NULL)
    return FALSE;
  if (self->is_for_device)
    {
      self->user_secret = gez_secret_new (error);
      if (self->user_secret == NULL)
        return FALSE;
      if (!read_bytes (all, "user-secret", self->user_secret->bytes, USER_SECRET_SIZE))
        return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "An invitation for a device without the person's key");
    }
  if (!read_bytes (all, "fingerprint-key", self->fingerprint_key->bytes, GEZ_KEY_SIZE))
    return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "An invitation without the key for fingerprints");
  return TRUE;
}

static gboolean
read_content (GezInvitation *self,
              GVariant      *all,
              GError       **error)
{
  g_autoptr (GVariant) team_keys = g_variant_lookup_value (all, "team-keys", G_VARIANT_TYPE (KEYS_TYPE));
  g_autoptr (GVariant) circles = g_variant_lookup_value (all, "circles", G_VARIANT_TYPE (CIRCLES_TYPE));

  if (team_keys == NULL || g_variant_n_children (team_keys) == 0 || circles == NULL
      || !read_bytes (all, "id", self->id.bytes, GEZ_ID_SIZE)
      || !read_bytes (all, "member", self->member.bytes, GEZ_ID_SIZE)
      || !read_bytes (all, "root", self->root.bytes, GEZ_HASH_SIZE)
      || !read_bytes (all, "recovery-key", self->recovery_public, GEZ_KEY_SIZE) || !read_heads (self, all)
      || !read_names (self, all))
    return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "Something is missing in an invitation");
  if (!read_secrets (self, all, error) || !read_keys (self, team_keys, gez_circle_team (), error))
    return FALSE;
  for (gsize i = 0; i < g_variant_n_children (circles); i++)
    {
      g_autoptr (GVariant) circle = g_variant_get_child_value (circles, i);

      if (!read_circle (self, circle, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_header (GBytes        *file,
             GezInvitation *self,
             GError       **error)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (file, &size);

  if (size <= BODY_AT)
    return refuse (error, GEZ_SYNC_ERROR_INCOMPLETE, "An invitation is shorter than its beginning");
  if (memcmp (bytes, MAGIC, MAGIC_FAMILY) != 0)
    return refuse (error, GEZ_SYNC_ERROR_FOREIGN, "Not an invitation");
  if (memcmp (bytes, MAGIC, strlen (MAGIC)) != 0)
    return refuse (error, GEZ_SYNC_ERROR_TOO_NEW, "An invitation of another version");
  memcpy (self->team.bytes, bytes + 8, GEZ_ID_SIZE);
  return TRUE;
}

/**
 * gez_invitation_open:
 * @file: a whole file
 * @code: the one-time code that somebody typed
 *
 * Returns: (transfer full) (nullable): what is in it; or %NULL with G_IO_ERROR_NOT_FOUND when it does not
 *   open with this code, GEZ_SYNC_ERROR_INCOMPLETE, _FOREIGN, _TOO_NEW or _DAMAGED (which is also what
 *   opens and is not an invitation), or GEZ_VAULT_ERROR_NO_MEMORY
 */
GezInvitation *
gez_invitation_open (GBytes          *file,
                     const GezSecret *code,
                     GError         **error)
{
  g_autoptr (GezInvitation) self = gez_invitation_new ();
  g_autoptr (GezSecret) key = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GVariant) all = NULL;
  g_autoptr (GError) problem = NULL;
  GezBytesView whole = view_of (file);

  g_return_val_if_fail (code != NULL, NULL);

  key = gez_secret_new (error);
  if (key == NULL || !read_header (file, self, error))
    return NULL;
  derive (code, "invitation/1", key->bytes);
  content = gez_open_message (key, (GezBytesView) { whole.data, BODY_AT },
                              (GezBytesView) { (const guint8 *) whole.data + BODY_AT, whole.size - BODY_AT },
                              &problem);
  if (content == NULL)
    {
      if (g_error_matches (problem, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED))
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Another code's invitation");
      else
        g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  all = gez_variant_read (content, "a{sv}", error);
  if (all == NULL || !read_content (self, all, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The code ----------------------------------------------------------------------------------- */

/**
 * gez_invitation_signing_key:
 * @code: the one-time code
 * @secret: gets the 64 bytes of Ed25519
 * @public_key: (out): what the roster tells of the invitation
 *
 * Returns: %FALSE when libsodium refused
 */
gboolean
gez_invitation_signing_key (const GezSecret *code,
                            GezSecret       *secret,
                            guint8           public_key[GEZ_KEY_SIZE])
{
  guint8 seed[GEZ_KEY_SIZE];
  gboolean done;

  g_return_val_if_fail (code != NULL && secret != NULL, FALSE);

  derive (code, "invitation-seed/1", seed);
  done = crypto_sign_seed_keypair (public_key, secret->bytes, seed) == 0;
  sodium_memzero (seed, sizeof seed);
  return done;
}

/* The letters are those of a recovery code; only what stands before them differs. */
static GezSecretText *
exchange_prefix (GezPassphrase text,
                 const char   *from,
                 const char   *to)
{
  GezSecretText *exchanged = gez_secret_text_new ();
  guint n_to = (guint) strlen (to);
  gsize n_from = strlen (from);

  gez_secret_text_insert (exchanged, 0, to, n_to);
  gez_secret_text_insert (exchanged, n_to, text.text + n_from, (guint) (text.length - n_from));
  return exchanged;
}

/**
 * gez_invitation_code_to_qr:
 *
 * Returns: (transfer full): what the QR code of the invitation holds
 */
GezSecretText *
gez_invitation_code_to_qr (const GezSecret *code)
{
  g_autoptr (GezSecretText) text = gez_recovery_code_to_qr (code);

  return exchange_prefix (gez_secret_text_peek (text), GEZ_RECOVERY_QR_PREFIX, GEZ_INVITATION_QR_PREFIX);
}

static gboolean
begins_with (GezPassphrase text,
             const char   *prefix)
{
  return text.length >= strlen (prefix) && g_ascii_strncasecmp (text.text, prefix, strlen (prefix)) == 0;
}

/**
 * gez_invitation_code_parse:
 * @text: the words, or what the QR code held, as somebody typed or pasted it
 * @position: (out) (optional): on a failure, how many words were understood before it
 *
 * Returns: (transfer full) (nullable): the code; or %NULL with an error as gez_recovery_code_parse()
 *   gives. What the QR code of a recovery sheet holds is refused with GEZ_RECOVERY_ERROR_UNKNOWN_WORD
 */
GezSecret *
gez_invitation_code_parse (GezPassphrase text,
                           guint        *position,
                           GError      **error)
{
  g_autoptr (GezSecretText) letters = NULL;

  if (position != NULL)
    *position = 0;
  while (text.length > 0 && g_ascii_isspace (*text.text))
    {
      text.text++;
      text.length--;
    }
  if (begins_with (text, GEZ_RECOVERY_QR_PREFIX))
    {
      g_set_error_literal (error, GEZ_RECOVERY_ERROR, GEZ_RECOVERY_ERROR_UNKNOWN_WORD,
                           "This is the code of a recovery sheet");
      return NULL;
    }
  if (!begins_with (text, GEZ_INVITATION_QR_PREFIX))
    return gez_recovery_code_parse (text, position, error);
  letters = exchange_prefix (text, GEZ_INVITATION_QR_PREFIX, GEZ_RECOVERY_QR_PREFIX);
  return gez_recovery_code_parse (gez_secret_text_peek (letters), position, error);
}

/**
 * gez_invitation_check:
 * @root: of the team
 * @invitation_public: gez_invitation_signing_key()
 *
 * Returns: (transfer full): the short fingerprint that both sides compare: 20 digits in groups of four
 */
char *
gez_invitation_check (const GezHash *root,
                      const guint8   invitation_public[GEZ_KEY_SIZE])
{
  const GezBytesView parts[] = { { root, GEZ_HASH_SIZE }, { invitation_public, GEZ_KEY_SIZE } };
  char digits[21];
  guint64 number = 0;

  g_return_val_if_fail (root != NULL, NULL);

  gez_hash_parts ((guint8 *) &number, sizeof number, NULL, "check/1", parts, G_N_ELEMENTS (parts));
  g_snprintf (digits, sizeof digits, "%020" G_GUINT64_FORMAT, GUINT64_FROM_LE (number));
  return g_strdup_printf ("%.4s %.4s %.4s %.4s %.4s", digits, digits + 4, digits + 8, digits + 12,
                          digits + 16);
}
