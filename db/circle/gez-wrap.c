/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-wrap.h"

#include <sodium.h>
#include <string.h>

#include "base/gez-date.h"
#include "circle/gez-variant.h"

/*
 * The keys of a circle for one reader (format: docs/SYNC.md, "Sealed messages").
 *
 * 1. A sealed box tells neither who made it nor what for. So everything that it is for stands in it, and is
 *    compared with what the reader expects; who made it says the signature of the file around it.
 * 2. Keys are nowhere in ordinary memory that is not wiped.
 */

#define WRAP_TYPE "(sayayayayaya(uay)s)"
#define WRAP_NAME "gezinsplan/wrap/1"

G_STATIC_ASSERT (GEZ_KEY_SIZE == crypto_box_PUBLICKEYBYTES && GEZ_KEY_SIZE == crypto_box_SECRETKEYBYTES);

/**
 * gez_box_key_new:
 * @secret: gets the secret key in its first 32 bytes
 * @public_key: (out): gets the public key
 *
 * Returns: %FALSE when libsodium refused
 *
 * Thread: any.
 */
gboolean
gez_box_key_new (GezSecret *secret,
                 guint8     public_key[GEZ_KEY_SIZE])
{
  g_return_val_if_fail (secret != NULL, FALSE);

  return crypto_box_keypair (public_key, secret->bytes) == 0;
}

/**
 * gez_wrap_clear:
 *
 * Thread: any.
 */
void
gez_wrap_clear (GezWrap *wrap)
{
  if (wrap != NULL)
    g_clear_pointer (&wrap->until, g_free);
}

static void
set_no_memory (GError **error)
{
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY, "No memory for keys");
}

/* All keys at @places, one after the other; %NULL: no memory. */
static guint8 *
copy_keys (GezKeyring *keyring,
           GArray     *places,
           GError    **error)
{
  g_autoptr (GezSecret) key = gez_secret_new (error);
  guint8 *keys;

  if (key == NULL)
    return NULL;
  keys = gez_wiped_new (MAX (1, places->len) * (gsize) GEZ_KEY_SIZE);
  if (keys == NULL)
    {
      set_no_memory (error);
      return NULL;
    }
  for (guint i = 0; i < places->len; i++)
    {
      gez_keyring_copy_key (keyring, g_array_index (places, guint, i), key);
      memcpy (keys + i * (gsize) GEZ_KEY_SIZE, key->bytes, GEZ_KEY_SIZE);
    }
  return keys;
}

static GBytes *
write_content (const GezWrap *wrap,
               GezKeyring    *keyring,
               GArray        *places,
               const guint8  *keys)
{
  GVariantBuilder list;
  guint8 circle[GEZ_CIRCLE_SIZE_MAX];
  gsize circle_size = gez_circle_encode (wrap->circle, circle);

  g_variant_builder_init (&list, G_VARIANT_TYPE ("a(uay)"));
  for (guint i = 0; i < places->len; i++)
    g_variant_builder_add (&list, "(u@ay)",
                           gez_keyring_get (keyring, g_array_index (places, guint, i))->number,
                           gez_variant_of_bytes (keys + i * (gsize) GEZ_KEY_SIZE, GEZ_KEY_SIZE));
  return gez_variant_write (g_variant_new ("(s@ay@ay@ay@ay@aya(uay)s)", WRAP_NAME,
                                           gez_variant_of_bytes (wrap->team.bytes, GEZ_ID_SIZE),
                                           gez_variant_of_bytes (wrap->device.bytes, GEZ_ID_SIZE),
                                           gez_variant_of_bytes (wrap->grant.bytes, GEZ_ID_SIZE),
                                           gez_variant_of_bytes (wrap->granter.bytes, GEZ_ID_SIZE),
                                           gez_variant_of_bytes (circle, circle_size), &list,
                                           wrap->until ? wrap->until : ""));
}

/**
 * gez_wrap_seal:
 * @wrap: for whom and what for
 * @keyring: where the keys of the circle are taken from, all of them
 * @box_public: of the reader's device, or of the recovery sheet
 *
 * Returns: (transfer full) (nullable): the sealed box; or %NULL with GEZ_TEAM_ERROR_NO_KEY when the ring
 *   has no key of the circle, or GEZ_VAULT_ERROR_NO_MEMORY
 *
 * Thread: that of @keyring.
 */
GBytes *
gez_wrap_seal (const GezWrap *wrap,
               GezKeyring    *keyring,
               const guint8   box_public[GEZ_KEY_SIZE],
               GError       **error)
{
  g_autoptr (GArray) places = NULL;
  g_autoptr (GBytes) content = NULL;
  gsize size = 0;
  guint8 *keys, *sealed;

  g_return_val_if_fail (wrap != NULL && keyring != NULL, NULL);

  places = gez_keyring_find (keyring, &wrap->circle);
  if (places->len == 0)
    {
      g_set_error_literal (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NO_KEY, "No key of this circle is here");
      return NULL;
    }
  keys = copy_keys (keyring, places, error);
  if (keys == NULL)
    return NULL;
  content = write_content (wrap, keyring, places, keys);
  gez_wiped_free (keys);
  size = g_bytes_get_size (content);
  sealed = g_malloc (size + crypto_box_SEALBYTES);
  if (crypto_box_seal (sealed, g_bytes_get_data (content, NULL), size, box_public) == 0)
    return g_bytes_new_take (sealed, size + crypto_box_SEALBYTES);
  g_free (sealed);
  g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED,
                       "Nothing can be sealed to this box key");
  return NULL;
}

static GBytes *
open_box (GezBytesView     sealed,
          const guint8     box_public[GEZ_KEY_SIZE],
          const GezSecret *box_secret)
{
  gsize size;
  guint8 *content;

  if (sealed.size <= crypto_box_SEALBYTES)
    return NULL;
  size = sealed.size - crypto_box_SEALBYTES;
  content = gez_wiped_new (size);
  if (content != NULL
      && crypto_box_seal_open (content, sealed.data, sealed.size, box_public, box_secret->bytes) == 0)
    return gez_wiped_steal (content, 0, size);
  gez_wiped_free (content);
  return NULL;
}

static gboolean
read_id (GVariant *value,
         gsize     place,
         GezId    *id)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (value, place);

  return gez_variant_get_bytes (child, id->bytes, GEZ_ID_SIZE);
}

static gboolean
read_until (GVariant *value,
            char    **until)
{
  const char *text = NULL;

  g_variant_get_child (value, 7, "&s", &text);
  if (*text == '\0')
    return TRUE;
  *until = g_strdup (text);
  return gez_date_is_valid (text);
}

static gboolean
read_fields (GVariant    *value,
             const GezId *team,
             const GezId *device,
             GezWrap     *wrap)
{
  g_autoptr (GVariant) circle = g_variant_get_child_value (value, 5);
  const char *name = NULL;
  gsize circle_size = 0;
  gconstpointer circle_bytes = g_variant_get_fixed_array (circle, &circle_size, 1);

  g_variant_get_child (value, 0, "&s", &name);
  return strcmp (name, WRAP_NAME) == 0 && read_id (value, 1, &wrap->team) && read_id (value, 2, &wrap->device)
         && read_id (value, 3, &wrap->grant) && read_id (value, 4, &wrap->granter)
         && gez_id_equal (&wrap->team, team) && gez_id_equal (&wrap->device, device)
         && gez_circle_decode (circle_bytes, circle_size, &wrap->circle) && read_until (value, &wrap->until);
}

/* Whether all keys have the size of one, and there is one. */
static gboolean
are_keys (GVariant *keys)
{
  gsize n_keys = g_variant_n_children (keys);

  for (gsize i = 0; i < n_keys; i++)
    {
      g_autoptr (GVariant) key = NULL;

      g_variant_get_child (keys, i, "(u@ay)", NULL, &key);
      if (g_variant_get_size (key) != GEZ_KEY_SIZE)
        return FALSE;
    }
  return n_keys > 0;
}

static gboolean
take_keys (GVariant   *keys,
           GezCircle   circle,
           GezKeyring *keyring,
           GError    **error)
{
  for (gsize i = 0; i < g_variant_n_children (keys); i++)
    {
      g_autoptr (GVariant) key = NULL;
      guint32 number = 0;

      g_variant_get_child (keys, i, "(u@ay)", &number, &key);
      if (!gez_keyring_add (keyring, circle, number, g_variant_get_data (key), NULL, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * gez_wrap_open:
 * @sealed: a sealed box
 * @box_public: the box key of this reader to which it may have been sealed
 * @box_secret: the secret key that belongs to it
 * @team: of which it must be
 * @device: for which it must be; none: the recovery sheet
 * @keyring: gets the keys
 * @wrap: (out caller-allocates): gets what it is for; gez_wrap_clear()
 *
 * Opens a wrap.
 *
 * Returns: %TRUE when it opened; %FALSE without an error when it is for somebody else; %FALSE with
 *   GEZ_SYNC_ERROR_DAMAGED when it opened and is not what it should be, or with GEZ_VAULT_ERROR_NO_MEMORY
 *
 * Thread: that of @keyring.
 */
gboolean
gez_wrap_open (GezBytesView     sealed,
               const guint8     box_public[GEZ_KEY_SIZE],
               const GezSecret *box_secret,
               const GezId     *team,
               const GezId     *device,
               GezKeyring      *keyring,
               GezWrap         *wrap,
               GError         **error)
{
  g_auto (GezWrap) opened = { 0 };
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GVariant) value = NULL, keys = NULL;

  g_return_val_if_fail (box_secret != NULL && team != NULL && device != NULL, FALSE);
  g_return_val_if_fail (keyring != NULL && wrap != NULL, FALSE);

  content = open_box (sealed, box_public, box_secret);
  if (content == NULL)
    return FALSE;
  value = gez_variant_read (content, WRAP_TYPE, error);
  if (value == NULL)
    return FALSE;
  keys = g_variant_get_child_value (value, 6);
  if (!read_fields (value, team, device, &opened) || !are_keys (keys))
    {
      g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED,
                           "A wrap says something else inside");
      return FALSE;
    }
  if (!take_keys (keys, opened.circle, keyring, error))
    return FALSE;
  *wrap = opened;
  opened.until = NULL;
  return TRUE;
}
