/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-query.h"

G_BEGIN_DECLS

/**
 * GezRecord:
 *
 * One row as it was when it was read: immutable, without a connection, safe on any thread. Columns
 * go by the names of docs/STORAGE.md; asking for a column that was not read is a programming error.
 */
#define GEZ_TYPE_RECORD (gez_record_get_type ())
G_DECLARE_FINAL_TYPE (GezRecord, gez_record, GEZ, RECORD, GObject)

GezRecord   *gez_record_new_from_statement (GezStatement *statement);
const GezId *gez_record_get_id        (GezRecord  *self);
gboolean     gez_record_has           (GezRecord  *self,
                                       const char *column);
gboolean     gez_record_is_null       (GezRecord  *self,
                                       const char *column);
const char  *gez_record_get_text      (GezRecord  *self,
                                       const char *column);
gint64       gez_record_get_integer   (GezRecord  *self,
                                       const char *column);
const GezId *gez_record_get_reference (GezRecord  *self,
                                       const char *column);
gboolean     gez_record_equal         (GezRecord  *self,
                                       GezRecord  *other);

GPtrArray   *gez_record_list          (GezDatabase *database,
                                       GError     **error,
                                       const char  *sql,
                                       ...);
GezQuery    *gez_record_query         (const char  *sql,
                                       ...);

G_END_DECLS
