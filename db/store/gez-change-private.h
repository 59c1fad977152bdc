/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-change.h"

G_BEGIN_DECLS

/**
 * GezCell:
 * @column: name of the column
 * @kind: what the value is
 * @is_settled: whether it is written even when the column holds it already
 * @heads: (nullable) (element-type GezVersion): what it may replace: refused when it would replace something else
 * @rivals: (nullable) (element-type GVariant): values that stand beside it
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
  gboolean is_settled;
  GArray *heads;
  GPtrArray *rivals;
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

void       gez_change_set_variant (GezChange *self,
                                  const char *column,
                                  GVariant   *value);
void       gez_change_set_rivals (GezChange  *self,
                                  const char *column,
                                  GPtrArray  *rivals);
GPtrArray *gez_change_get_rows   (GezChange *self);
GPtrArray *gez_change_get_drafts (GezChange *self);

G_END_DECLS
