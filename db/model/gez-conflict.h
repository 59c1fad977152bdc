/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"
#include "model/gez-history-act.h"

G_BEGIN_DECLS

/**
 * GezConflictValue:
 * @text: the value in plain text: a code, a number, a name; empty for nothing
 * @value: the same as the history has it, to be shown as there
 * @by_name: (nullable): who wrote it; %NULL: not known
 * @written_at: the writer's clock
 * @device, @counter: which write
 * @is_shown: whether it is the one that stands in the file now
 */
typedef struct
{
  char *text;
  GezHistoryValue value;
  GVariant *variant;
  char *by_name;
  GezId device;
  guint64 counter;
  gint64 written_at;
  gboolean is_shown;
} GezConflictValue;

/**
 * GezConflict:
 * @table, @id, @column: which cell
 * @household: whose file; none: the team's
 * @household_name: (nullable)
 * @label: (nullable): what the row is about, in a few words
 * @values: (element-type GezConflictValue): different ones only, the shown one first
 * @heads: (element-type GezVersion): all versions that the person saw
 *
 * A cell that two people wrote without knowing of each other.
 */
typedef struct
{
  char *table;
  GezId id;
  char *column;
  GezId household;
  char *household_name;
  char *label;
  GPtrArray *values;
  GArray *heads;
} GezConflict;

void       gez_conflict_free   (GezConflict   *conflict);

guint      gez_conflict_count  (GezDatabase   *database);

/* The result is a GPtrArray of GezConflict; @household none: all. */
GezQuery  *gez_conflict_query  (GezContext    *context,
                                const GezId   *household);
/* The change that settles it: the value at @chosen stands, the others stay readable in the history. Undoable. */
GezChange *gez_conflict_settle (GezContext    *context,
                                GezConflict   *conflict,
                                guint          chosen);

G_END_DECLS
