/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store/gez-change.h"
#include "store/gez-schema.h"

G_BEGIN_DECLS

#define GEZ_JSON_CIRCLE "circle"
#define GEZ_JSON_CIRCLE_SUBJECT "circle_subject_id"

/**
 * GezJsonCell:
 * @kind: which of the members holds the value
 *
 * One value of a row as the store keeps it.
 */
typedef struct
{
  enum
  {
    GEZ_JSON_CELL_NULL,
    GEZ_JSON_CELL_INTEGER,
    GEZ_JSON_CELL_TEXT,
    GEZ_JSON_CELL_ID,
  } kind;
  gint64 integer;
  char *text;
  GezId id;
} GezJsonCell;

gboolean    gez_json_is_hidden        (const GezColumn *column);
JsonObject *gez_json_row_new          (const GezTable  *table,
                                       GezStatement    *statement,
                                       GError         **error);
char       *gez_json_to_text          (JsonObject      *object);

gboolean    gez_json_cell_read        (const GezColumn *column,
                                       JsonNode        *node,
                                       GezJsonCell     *cell,
                                       const char     **why);
gboolean    gez_json_cell_is_stored   (const GezJsonCell *cell,
                                       GezStatement    *statement,
                                       int              column);
void        gez_json_cell_write       (const GezJsonCell *cell,
                                       GezChange       *change,
                                       const char      *column);
void        gez_json_cell_clear       (GezJsonCell     *cell);

gboolean    gez_json_circle_read      (JsonObject      *row,
                                       GezCircle       *circle,
                                       const char     **why);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GezJsonCell, gez_json_cell_clear)

G_END_DECLS
