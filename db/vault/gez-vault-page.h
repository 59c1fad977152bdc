/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/gez-id.h"
#include "vault/gez-secrets.h"

G_BEGIN_DECLS

#define GEZ_PAGE_SIZE 4096
#define GEZ_PAGE_RESERVED 40
#define GEZ_PAGE_CONTENT (GEZ_PAGE_SIZE - GEZ_PAGE_RESERVED)
#define GEZ_FRAME_HEADER 24
#define GEZ_FRAME_SIZE (GEZ_FRAME_HEADER + GEZ_PAGE_SIZE)
#define GEZ_FRAME_CONTENT (GEZ_FRAME_HEADER + GEZ_PAGE_CONTENT)
#define GEZ_EPOCH_SIZE 16
#define GEZ_NONCE_SIZE 24
#define GEZ_NONCES_AT_ONCE 64

/* The page that SQLite never uses, because its lock bytes are in it. */
#define GEZ_LOCK_PAGE (0x40000000 / GEZ_PAGE_SIZE + 1)

/**
 * GezNonces:
 *
 * Random nonces, drawn many at a time because each draw is a system call. Used by one thread.
 */
typedef struct
{
  guint8 bytes[GEZ_NONCES_AT_ONCE][GEZ_NONCE_SIZE];
  guint n_left;
} GezNonces;

void     gez_page_seal  (const GezSecret *key,
                         const GezId     *database,
                         guint64          number,
                         GezNonces       *nonces,
                         const guint8    *page,
                         guint8          *sealed);
gboolean gez_page_open  (const GezSecret *key,
                         const GezId     *database,
                         guint64          number,
                         const guint8    *sealed,
                         guint8          *page);
void     gez_frame_seal (const GezSecret *key,
                         const GezId     *database,
                         const guint8    *epoch,
                         guint64          index,
                         GezNonces       *nonces,
                         const guint8    *frame,
                         guint8          *sealed);
gboolean gez_frame_open (const GezSecret *key,
                         const GezId     *database,
                         const guint8    *epoch,
                         guint64          index,
                         const guint8    *sealed,
                         guint8          *frame);

G_END_DECLS
