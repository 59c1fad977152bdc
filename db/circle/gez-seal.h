/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/gez-error.h"
#include "base/gez-id.h"
#include "vault/gez-secrets.h"

G_BEGIN_DECLS

#define GEZ_HASH_SIZE 32
#define GEZ_KEY_SIZE 32
#define GEZ_NONCE_SIZE 24
#define GEZ_HINT_SIZE 8
#define GEZ_KEY_ID_SIZE 16
#define GEZ_SIGNATURE_SIZE 64

/**
 * GezHash:
 *
 * BLAKE2b-256 of something.
 */
typedef struct
{
  guint8 bytes[GEZ_HASH_SIZE];
} GezHash;

/**
 * GezBytesView:
 * @data: bytes that stay the caller's
 * @size: how many
 */
typedef struct
{
  gconstpointer data;
  gsize size;
} GezBytesView;

/* Hashing with a domain: `H(name, parts…)` and `K(key, name, parts…)` of docs/SYNC.md. */
void     gez_hash_of         (GBytes              *bytes,
                              GezHash             *hash);
gboolean gez_hash_equal      (gconstpointer        a,
                              gconstpointer        b);
guint    gez_hash_hash       (gconstpointer        hash);
void     gez_hash_parts      (guint8              *out,
                              gsize                size,
                              const guint8        *key,
                              const char          *name,
                              const GezBytesView  *parts,
                              guint                n_parts);

/* Sealed messages. Keys are the first 32 bytes of a GezSecret. */
GBytes  *gez_seal_message    (const GezSecret     *key,
                              GezBytesView         additional,
                              GezBytesView         content,
                              GError             **error);
GBytes  *gez_seal_message_with (const GezSecret   *key,
                              const guint8         nonce[GEZ_NONCE_SIZE],
                              GezBytesView         additional,
                              GezBytesView         content,
                              GError             **error);
GBytes  *gez_open_message    (const GezSecret     *key,
                              GezBytesView         additional,
                              GezBytesView         sealed,
                              GError             **error);
gsize    gez_sealed_size     (gsize                content);
GBytes  *gez_compress        (GezBytesView         content,
                              GError             **error);
GBytes  *gez_decompress      (GezBytesView         compressed,
                              gsize                limit,
                              GError             **error);

/* Signatures, over a hash made with gez_hash_parts(). @secret holds the 64 bytes of Ed25519. */
gboolean gez_signing_key_new (GezSecret           *secret,
                              guint8               public_key[GEZ_KEY_SIZE]);
void     gez_sign            (const GezSecret     *secret,
                              const GezHash       *what,
                              guint8               signature[GEZ_SIGNATURE_SIZE]);
gboolean gez_is_signed       (const guint8         public_key[GEZ_KEY_SIZE],
                              const GezHash       *what,
                              const guint8         signature[GEZ_SIGNATURE_SIZE]);

/* Names in files: base32 in lower case, without padding. */
char    *gez_base32          (gconstpointer        bytes,
                              gsize                size);

/* Memory that is wiped when its last reference goes. */
guint8  *gez_wiped_new       (gsize                size);
GBytes  *gez_wiped_steal     (guint8              *memory,
                              gsize                from,
                              gsize                size);
void     gez_wiped_free      (guint8              *memory);

G_END_DECLS
