/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-change.h"

G_BEGIN_DECLS

/**
 * GezCell:
 * @column: name of the column
 * @kind: what the value is
 *
 * One value to write.
 */
typedef struct
{
  char *column;
  enum
  {
    GEZ_CELL_NULL,
    GEZ_CELL_INTEGER,
    GEZ_CELL_TEXT,
    GEZ_CELL_ID,
    GEZ_CELL_CIRCLE,
    GEZ_CELL_KEY,
  } kind;
  gint64 integer;
  char *text;
  GezId id;
  GezCircle circle;
  guint8 key[GEZ_FILE_KEY_SIZE];
} GezCell;

typedef struct
{
  char *table;
  GezId id;
  gboolean is_insert;
  GPtrArray *cells; /* of GezCell */
} GezRowChange;

typedef struct
{
  char *place;
  GezId subject;
} GezDraftKey;

GPtrArray *gez_change_get_rows   (GezChange *self);
GPtrArray *gez_change_get_drafts (GezChange *self);

G_END_DECLS
