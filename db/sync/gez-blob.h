/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-segment.h"

G_BEGIN_DECLS

/* Parts of sealed files (docs/SYNC.md, "Pack, attachment, snapshot"). */

#define GEZ_BLOB_PART_SIZE (8 * 1024 * 1024)
#define GEZ_BLOB_HEAD_SIZE 72
#define GEZ_BLOB_PARTS_MAX 9999

/**
 * GezBlobHead:
 * @file: of which sealed file
 * @number: which part, from 0
 * @n_parts: how many there are
 * @size: bytes of the whole sealed file
 */
typedef struct
{
  GezId file;
  guint32 number;
  guint32 n_parts;
  guint64 size;
} GezBlobHead;

guint   gez_blob_count_parts (guint64            size);
GBytes *gez_blob_write       (const GezBlobHead *head,
                              gconstpointer      data,
                              gsize              size);
/* @head: what the part has to be. Returns its bytes. */
GBytes *gez_blob_read        (GBytes            *part,
                              const GezBlobHead *head,
                              GError           **error);
char   *gez_blob_name        (const GezId       *file,
                              guint              number);

G_END_DECLS
