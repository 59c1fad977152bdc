/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-keyring.h"

#include <sodium.h>
#include <string.h>

/*
 * 1. All keys of a ring lie in one locked block that grows. Each sodium_malloc() locks whole pages; thousands
 *    of small ones use up the limit on locked memory, and libsodium goes on without locking, without a word.
 * 2. A place never changes: keys are added, never taken away.
 * 3. Hints belong to one nonce. They are made for all keys at once, since each record of a segment asks
 *    for one.
 */

#define FIRST_ROOM 128
#define HINT_NAME "gezinsplan/hint/1"
/* What is hashed for a hint: the name with its zero, the length of the nonce, the nonce. */
#define HINTED_SIZE (sizeof HINT_NAME + 4 + GEZ_NONCE_SIZE)

struct _GezKeyring
{
  guint8 *keys;      /* GEZ_KEY_SIZE each */
  gsize room;        /* in keys */
  GPtrArray *infos;  /* of GezKeyInfo, by place */
  GHashTable *known; /* set of the same */
  GHashTable *hints; /* hint (8 bytes as a gint64) -> place + 1 */
  gint64 *hint_values;
};

static guint
info_hash (gconstpointer info)
{
  return gez_id_hash (&((const GezKeyInfo *) info)->key_id);
}

static gboolean
circle_equal (const GezCircle *one,
              const GezCircle *other)
{
  return one->kind == other->kind && gez_id_equal (&one->subject, &other->subject);
}

static gboolean
info_equal (gconstpointer one,
            gconstpointer other)
{
  const GezKeyInfo *a = one, *b = other;

  return a->number == b->number && gez_id_equal (&a->key_id, &b->key_id)
         && circle_equal (&a->circle, &b->circle);
}

/**
 * gez_keyring_new:
 *
 * Returns: (transfer full): a ring without keys
 *
 * Thread: the one that made it, here and below.
 */
GezKeyring *
gez_keyring_new (void)
{
  GezKeyring *self = g_new0 (GezKeyring, 1);

  self->infos = g_ptr_array_new_with_free_func (g_free);
  self->known = g_hash_table_new (info_hash, info_equal);
  self->hints = g_hash_table_new (g_int64_hash, g_int64_equal);
  return self;
}

/**
 * gez_keyring_free:
 * @self: (nullable) (transfer full): a ring; its keys are wiped
 */
void
gez_keyring_free (GezKeyring *self)
{
  if (self == NULL)
    return;
  sodium_free (self->keys);
  g_hash_table_unref (self->hints);
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->infos);
  g_free (self->hint_values);
  g_free (self);
}

guint
gez_keyring_get_size (GezKeyring *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->infos->len;
}

/**
 * gez_keyring_get:
 * @place: less than gez_keyring_get_size()
 *
 * Returns: (transfer none): whose key is there; stays as long as the ring
 */
const GezKeyInfo *
gez_keyring_get (GezKeyring *self,
                 guint       place)
{
  g_return_val_if_fail (self != NULL && place < self->infos->len, NULL);

  return self->infos->pdata[place];
}

static gboolean
grow (GezKeyring *self,
      GError    **error)
{
  gsize room = self->room ? 2 * self->room : FIRST_ROOM;
  guint8 *keys;

  if (self->infos->len < self->room)
    return TRUE;
  keys = sodium_init () >= 0 ? sodium_allocarray (room, GEZ_KEY_SIZE) : NULL;
  if (keys == NULL)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY, "No memory for keys");
      return FALSE;
    }
  /* sodium_malloc() does not tell whether it could lock; locking again does. */
  if (sodium_mlock (keys, room * GEZ_KEY_SIZE) != 0)
    g_warning ("Keys may reach the swap space: the limit on locked memory is too low");
  if (self->room > 0)
    memcpy (keys, self->keys, self->room * GEZ_KEY_SIZE);
  sodium_free (self->keys);
  self->keys = keys;
  self->room = room;
  return TRUE;
}

/**
 * gez_keyring_add:
 * @number: which epoch of @circle
 * @key: copied
 * @is_new: (out) (optional): whether the ring did not have this key of @circle with this number
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_MEMORY
 */
gboolean
gez_keyring_add (GezKeyring   *self,
                 GezCircle     circle,
                 guint32       number,
                 const guint8  key[GEZ_KEY_SIZE],
                 gboolean     *is_new,
                 GError      **error)
{
  g_autofree GezKeyInfo *info = g_new0 (GezKeyInfo, 1);
  gboolean had;

  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  info->circle = circle;
  info->number = number;
  info->key_id = gez_key_id (key);
  had = g_hash_table_contains (self->known, info);
  if (is_new != NULL)
    *is_new = !had;
  if (had)
    return TRUE;
  if (!grow (self, error))
    return FALSE;
  memcpy (self->keys + self->infos->len * (gsize) GEZ_KEY_SIZE, key, GEZ_KEY_SIZE);
  g_hash_table_add (self->known, info);
  g_ptr_array_add (self->infos, g_steal_pointer (&info));
  return TRUE;
}

/**
 * gez_keyring_copy_key:
 * @place: less than gez_keyring_get_size()
 * @key: gets the key in its first 32 bytes
 *
 * Returns: whether there is such a place
 */
gboolean
gez_keyring_copy_key (GezKeyring *self,
                      guint       place,
                      GezSecret  *key)
{
  g_return_val_if_fail (self != NULL && key != NULL && place < self->infos->len, FALSE);

  memcpy (key->bytes, self->keys + place * (gsize) GEZ_KEY_SIZE, GEZ_KEY_SIZE);
  return TRUE;
}

/* The greatest number first, then the greatest key id: the order in which a writer chooses. */
static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  GezKeyring *self = user_data;
  const GezKeyInfo *one = gez_keyring_get (self, *(const guint *) a);
  const GezKeyInfo *other = gez_keyring_get (self, *(const guint *) b);

  if (one->number != other->number)
    return one->number > other->number ? -1 : 1;
  return gez_id_compare (&other->key_id, &one->key_id);
}

/**
 * gez_keyring_find:
 *
 * Returns: (transfer full) (element-type guint): the places of the keys of @circle; the greatest number
 *   first, then the greatest key id
 */
GArray *
gez_keyring_find (GezKeyring      *self,
                  const GezCircle *circle)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (self != NULL && circle != NULL, places);

  for (guint i = 0; i < self->infos->len; i++)
    if (circle_equal (&gez_keyring_get (self, i)->circle, circle))
      g_array_append_val (places, i);
  g_array_sort_with_data (places, compare_places, self);
  return places;
}

static void
fill_hinted (guint8       hinted[HINTED_SIZE],
             const guint8 nonce[GEZ_NONCE_SIZE])
{
  guint32 length = GUINT32_TO_LE (GEZ_NONCE_SIZE);

  memcpy (hinted, HINT_NAME, sizeof HINT_NAME);
  memcpy (hinted + sizeof HINT_NAME, &length, sizeof length);
  memcpy (hinted + sizeof HINT_NAME + sizeof length, nonce, GEZ_NONCE_SIZE);
}

static gint64
hint_of (const guint8 *key,
         const guint8  hinted[HINTED_SIZE])
{
  guint8 hash[GEZ_HASH_SIZE];
  gint64 hint;

  if (crypto_generichash (hash, sizeof hash, hinted, HINTED_SIZE, key, GEZ_KEY_SIZE) != 0)
    g_assert_not_reached ();
  memcpy (&hint, hash, sizeof hint);
  return hint;
}

G_STATIC_ASSERT (sizeof (gint64) == GEZ_HINT_SIZE);

/**
 * gez_keyring_set_nonce:
 * @nonce: of the body of a segment
 *
 * Makes the hints that all keys have in that segment. A key that is added later has none until the next
 * nonce.
 */
void
gez_keyring_set_nonce (GezKeyring   *self,
                       const guint8  nonce[GEZ_NONCE_SIZE])
{
  guint8 hinted[HINTED_SIZE];

  g_return_if_fail (self != NULL && nonce != NULL);

  g_hash_table_remove_all (self->hints);
  self->hint_values = g_renew (gint64, self->hint_values, self->infos->len);
  fill_hinted (hinted, nonce);
  for (guint i = 0; i < self->infos->len; i++)
    {
      self->hint_values[i] = hint_of (self->keys + i * (gsize) GEZ_KEY_SIZE, hinted);
      g_hash_table_insert (self->hints, &self->hint_values[i], GUINT_TO_POINTER (i + 1));
    }
}

/**
 * gez_keyring_find_hint:
 * @hint: of a record of the segment whose nonce was set
 *
 * Returns: the place of the key that has this hint; -1: it is not in the ring
 */
int
gez_keyring_find_hint (GezKeyring   *self,
                       const guint8  hint[GEZ_HINT_SIZE])
{
  gint64 value;

  g_return_val_if_fail (self != NULL && hint != NULL, -1);

  memcpy (&value, hint, sizeof value);
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->hints, &value)) - 1;
}

/**
 * gez_key_hint:
 * @key: its first 32 bytes
 * @nonce: of the body of the segment
 * @hint: (out): by which the readers find the key
 *
 * Thread: any, here and below.
 */
void
gez_key_hint (const GezSecret *key,
              const guint8     nonce[GEZ_NONCE_SIZE],
              guint8           hint[GEZ_HINT_SIZE])
{
  guint8 hinted[HINTED_SIZE];
  gint64 value;

  g_return_if_fail (key != NULL);

  fill_hinted (hinted, nonce);
  value = hint_of (key->bytes, hinted);
  memcpy (hint, &value, sizeof value);
}

/**
 * gez_key_id:
 *
 * Returns: what names @key without telling it
 */
GezId
gez_key_id (const guint8 key[GEZ_KEY_SIZE])
{
  GezId id = GEZ_ID_NONE;

  gez_hash_parts (id.bytes, sizeof id.bytes, NULL, "key-id/1", &(GezBytesView) { key, GEZ_KEY_SIZE }, 1);
  return id;
}
