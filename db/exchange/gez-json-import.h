/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-store.h"

G_BEGIN_DECLS

/**
 * GezImportFailure:
 * @table: the table as the document names it
 * @id: (nullable): the row as the document names it; %NULL when it has no name
 * @reason: "table.column: why" or "row N: why", for the person who made the document
 *
 * A row that was refused.
 */
typedef struct
{
  char *table;
  char *id;
  char *reason;
} GezImportFailure;

/**
 * GezImportUnknown:
 * @table: the table as the document names it
 * @column: (nullable): the column; %NULL when the table itself is unknown
 * @n_rows: how many rows were concerned
 *
 * Something in the document that this program does not know and passed over.
 */
typedef struct
{
  char *table;
  char *column;
  guint64 n_rows;
} GezImportUnknown;

/**
 * GezImportResult:
 * @failed: (element-type GezImportFailure): in the order of the tables
 * @unknown: (element-type GezImportUnknown)
 *
 * What became of the rows of a document: each was inserted, updated, unchanged or refused.
 */
typedef struct
{
  guint64 inserted;
  guint64 updated;
  guint64 unchanged;
  GPtrArray *failed;
  GPtrArray *unknown;
} GezImportResult;

/**
 * GezImportProgress:
 * @n_done: rows dealt with
 * @n_rows: rows of the document that belong to tables known here
 *
 * Called on the thread that imports, after each batch.
 */
typedef void (*GezImportProgress) (guint64  n_done,
                                   guint64  n_rows,
                                   gpointer user_data);

gboolean gez_json_import        (GezStore          *store,
                                 GBytes            *document,
                                 const char        *attachments,
                                 gboolean           all_or_nothing,
                                 GCancellable      *cancellable,
                                 GezImportProgress  progress,
                                 gpointer           progress_data,
                                 GezImportResult  **result,
                                 GError           **error);
void     gez_import_result_free (GezImportResult   *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezImportResult, gez_import_result_free)

G_END_DECLS
