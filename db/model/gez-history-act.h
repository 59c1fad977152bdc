/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-query.h"

G_BEGIN_DECLS

typedef enum
{
  GEZ_HISTORY_NOTHING,
  GEZ_HISTORY_TEXT,      /* text; a circle by its code */
  GEZ_HISTORY_NUMBER,    /* number */
  GEZ_HISTORY_REFERENCE, /* id, and in text the name of what it refers to (NULL: not known here) */
} GezHistoryValueKind;

typedef struct
{
  GezHistoryValueKind kind;
  gint64 number;
  char *text;
  GezId id;
} GezHistoryValue;

/**
 * GezHistoryCell:
 * @column: name of the column
 * @before: what stood there; nothing in a row that was born here
 * @after: what was written
 * @is_disputed: somebody else wrote something else here without knowing of this
 * @stands: of a disputed cell: whether it is this value that the file shows
 */
typedef struct
{
  const char *column;
  GezHistoryValue before;
  GezHistoryValue after;
  gboolean is_disputed;
  gboolean stands;
} GezHistoryCell;

/**
 * GezHistoryRow:
 * @table: its table
 * @id: which row
 * @is_birth: whether it was made here
 * @subject: (nullable): what it is about, as it reads now: a name, the words of a goal...
 * @domain_id: its life domain, or none
 * @at: instant that it is about (a contact, a note), 0 without one
 * @cells: (element-type GezHistoryCell): what was written, in the order of the table
 */
typedef struct
{
  const char *table;
  GezId id;
  gboolean is_birth;
  char *subject;
  GezId domain_id;
  gint64 at;
  GArray *cells;
} GezHistoryRow;

/**
 * GezHistoryAct:
 *
 * One act of a person: what one transaction wrote into one file. Immutable once it left its query.
 */
#define GEZ_TYPE_HISTORY_ACT (gez_history_act_get_type ())
G_DECLARE_FINAL_TYPE (GezHistoryAct, gez_history_act, GEZ, HISTORY_ACT, GObject)

const char    *gez_history_act_get_code   (GezHistoryAct *self);
gint64         gez_history_act_get_at     (GezHistoryAct *self);
const char    *gez_history_act_get_day_on (GezHistoryAct *self);
const char    *gez_history_act_get_time   (GezHistoryAct *self);
const char    *gez_history_act_get_name   (GezHistoryAct *self);
GPtrArray     *gez_history_act_get_rows   (GezHistoryAct *self);
guint          gez_history_act_get_n_rows (GezHistoryAct *self);
gint64         gez_history_act_get_place  (GezHistoryAct *self);

const GezHistoryCell *gez_history_row_find (const GezHistoryRow *row,
                                            const char          *column);

G_END_DECLS
