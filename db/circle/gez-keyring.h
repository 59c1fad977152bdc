/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-seal.h"
#include "store/gez-circle.h"

G_BEGIN_DECLS

/**
 * GezKeyring:
 *
 * The keys of circles that this person holds, in locked memory: the team's, households', sitting places', the
 * private one's. Several keys of one circle may have the same number (docs/SYNC.md, "Keys").
 *
 * Thread: the one that made it.
 */
typedef struct _GezKeyring GezKeyring;

/**
 * GezKeyInfo:
 * @circle: whose key
 * @number: which epoch
 * @key_id: names the key without telling it
 */
typedef struct
{
  GezCircle circle;
  guint32 number;
  GezId key_id;
} GezKeyInfo;

GezKeyring       *gez_keyring_new       (void);
void              gez_keyring_free      (GezKeyring         *self);
guint             gez_keyring_get_size  (GezKeyring         *self);
const GezKeyInfo *gez_keyring_get       (GezKeyring         *self,
                                         guint               place);
gboolean          gez_keyring_add       (GezKeyring         *self,
                                         GezCircle           circle,
                                         guint32             number,
                                         const guint8        key[GEZ_KEY_SIZE],
                                         gboolean           *is_new,
                                         GError            **error);
gboolean          gez_keyring_copy_key  (GezKeyring         *self,
                                         guint               place,
                                         GezSecret          *key);
GArray           *gez_keyring_find      (GezKeyring         *self,
                                         const GezCircle    *circle);
void              gez_keyring_set_nonce (GezKeyring         *self,
                                         const guint8        nonce[GEZ_NONCE_SIZE]);
int               gez_keyring_find_hint (GezKeyring         *self,
                                         const guint8        hint[GEZ_HINT_SIZE]);
void              gez_key_hint          (const GezSecret    *key,
                                         const guint8        nonce[GEZ_NONCE_SIZE],
                                         guint8              hint[GEZ_HINT_SIZE]);
GezId             gez_key_id            (const guint8        key[GEZ_KEY_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezKeyring, gez_keyring_free)

G_END_DECLS
