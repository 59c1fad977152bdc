/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-schema.h"

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_value sqlite3_value;

G_BEGIN_DECLS

/**
 * GezCapturedRow:
 * @table: which shared table
 * @id: which row
 * @is_birth: whether the row was inserted in this transaction
 * @before: per column the value at the start of the transaction; %NULL where it was not written
 * @after: per column the value now; %NULL where it was not written
 * @settled: per column whether it counts as written although the value is equal
 * @rivals: (element-type GPtrArray): per column the values that stand beside it; %NULL: none
 *
 * What one transaction did to one row, all its statements taken together.
 */
typedef struct
{
  const GezTable *table;
  GezId id;
  gboolean is_birth;
  sqlite3_value **before;
  sqlite3_value **after;
  gboolean *settled;
  GPtrArray **rivals;
} GezCapturedRow;

typedef struct _GezCapture GezCapture;

GezCapture *gez_capture_new          (sqlite3        *handle,
                                      GezSchema      *schema);
void        gez_capture_free         (GezCapture     *self);
void        gez_capture_set_active   (GezCapture     *self,
                                      gboolean        active);
void        gez_capture_settle       (GezCapture     *self,
                                      const GezTable *table,
                                      const GezId    *id,
                                      guint           column,
                                      GPtrArray      *rivals);
guint       gez_capture_mark         (GezCapture     *self);
void        gez_capture_cut          (GezCapture     *self,
                                      guint           mark);
const char *gez_capture_get_refusal  (GezCapture     *self);
int         gez_capture_get_failure  (GezCapture     *self);
GPtrArray  *gez_capture_take         (GezCapture     *self);
gboolean    gez_captured_row_wrote   (GezCapturedRow *row,
                                      guint           column);

G_END_DECLS
