/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database.h"

G_BEGIN_DECLS

/**
 * GezColumnKind:
 *
 * What a column holds, told by its name (docs/STORAGE.md, "Names tell kinds").
 */
typedef enum
{
  GEZ_COLUMN_TEXT,
  GEZ_COLUMN_INTEGER,
  GEZ_COLUMN_ID,      /* id, …_id */
  GEZ_COLUMN_CIRCLE,  /* circle */
  GEZ_COLUMN_DATE,    /* …_on */
  GEZ_COLUMN_TIME,    /* …_time */
  GEZ_COLUMN_INSTANT, /* …_at */
  GEZ_COLUMN_BOOLEAN, /* is_…, has_…, needs_… */
  GEZ_COLUMN_FILE,    /* file_id, …_file_id: of a sealed file */
  GEZ_COLUMN_KEY,     /* …_key: of a sealed file */
} GezColumnKind;

typedef struct
{
  char *name;
  GezColumnKind kind;
  gboolean is_required;       /* NOT NULL without a default */
  GVariant *standard;         /* (nullable): the default of a column that is never NULL */
  gboolean is_set;            /* a list separated by `;`, of which concurrent writes are joined */
  const char *const *codes;   /* (nullable): the closed list of codes it may hold */
} GezColumn;

/**
 * GezReference:
 * @column: place of the column
 * @table: the table in which a row of that id must stand
 *
 * A foreign key.
 */
typedef struct
{
  guint column;
  char *table;
} GezReference;

/**
 * GezTable:
 *
 * A shared table: one with a `circle` column. Columns stand in schema order, `row` first.
 */
typedef struct
{
  char *name;
  GezColumn *columns;
  guint n_columns;
  guint id_column;
  GArray *references;         /* of GezReference */
  char *search_table;         /* (nullable): its full-text index */
  GArray *search_columns;     /* of guint: places of the indexed columns, in the index's order */
} GezTable;

typedef struct _GezSchema GezSchema;

GezSchema         *gez_schema_load       (GezDatabase     *database,
                                          GError         **error);
void               gez_schema_free       (GezSchema       *self);
const GezTable    *gez_schema_find       (GezSchema       *self,
                                          const char      *table);
GPtrArray         *gez_schema_get_tables (GezSchema       *self);
int                gez_table_find_column (const GezTable  *table,
                                          const char      *column);
GezColumnKind      gez_column_kind_of    (const char      *column,
                                          gboolean         is_integer);
gboolean           gez_column_takes      (const GezColumn *column,
                                          GVariant        *value);
const char *const *gez_schema_get_codes  (const char      *table,
                                          const char      *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezSchema, gez_schema_free)

G_END_DECLS
