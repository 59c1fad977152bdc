/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sodium.h>

#include "vault/gez-sealed-file.h"

G_BEGIN_DECLS

#define GEZ_SEALED_FILE_MAGIC "GEZFILE1"
#define GEZ_SEALED_FILE_PLACE (4 + GEZ_ID_SIZE + 8)
#define GEZ_SEALED_FILE_STEP (GEZ_SEALED_FILE_CHUNK + GEZ_SEALED_FILE_OVERHEAD)

/* The state of a stream holds its key, so it lives where keys live. */
G_STATIC_ASSERT (sizeof (crypto_secretstream_xchacha20poly1305_state) <= GEZ_SECRET_SIZE);
G_STATIC_ASSERT (GEZ_SEALED_FILE_OVERHEAD == crypto_secretstream_xchacha20poly1305_ABYTES);
G_STATIC_ASSERT (GEZ_FILE_KEY_SIZE == crypto_secretstream_xchacha20poly1305_KEYBYTES);
G_STATIC_ASSERT (GEZ_SEALED_FILE_HEADER
                 == 8 + GEZ_ID_SIZE + crypto_secretstream_xchacha20poly1305_HEADERBYTES);

void gez_sealed_file_fill_place (guint8       place[GEZ_SEALED_FILE_PLACE],
                                 const GezId *id,
                                 guint64      chunk);

G_END_DECLS
