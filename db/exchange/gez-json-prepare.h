/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store/gez-schema.h"
#include "store/gez-store.h"

G_BEGIN_DECLS

/**
 * GezImportRow:
 * @object: the row as it stands in the document
 * @change: (nullable): what to write; %NULL when nothing is to be written
 * @is_insert: whether the row is new
 * @reason: (nullable): why it is refused
 * @file: the sealed file that was made for it, or none
 *
 * One row on its way into the store.
 */
typedef struct
{
  JsonObject *object;
  GezId id;
  GezChange *change;
  gboolean is_insert;
  char *reason;
  GezId file;
} GezImportRow;

GezImportRow *gez_import_row_new  (JsonObject     *object,
                                   const GezId    *id);
void          gez_import_row_free (GezImportRow   *row);

gboolean      gez_json_prepare    (GezStore       *store,
                                   const GezTable *table,
                                   GPtrArray      *rows,
                                   GHashTable     *pending,
                                   GHashTable     *unknown_columns,
                                   GError        **error);

G_END_DECLS
