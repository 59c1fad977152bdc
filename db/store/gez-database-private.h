/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-capture.h"
#include "store/gez-database.h"
#include "store/gez-schema.h"

typedef struct sqlite3 sqlite3;

G_BEGIN_DECLS

GezDatabase *gez_database_new             (sqlite3      *handle,
                                           GezClock     *clock);
void         gez_database_free            (GezDatabase  *self);
sqlite3     *gez_database_get_handle      (GezDatabase  *self);
gboolean     gez_database_load_schema     (GezDatabase  *self,
                                           GError      **error);
GezSchema   *gez_database_get_schema      (GezDatabase  *self);
GezCapture  *gez_database_get_capture     (GezDatabase  *self);
void         gez_database_set_cancellable (GezDatabase  *self,
                                           GCancellable *cancellable);
void         gez_database_set_writable    (GezDatabase  *self,
                                           gboolean      writable);
gboolean     gez_database_run_script      (GezDatabase  *self,
                                           const char   *sql,
                                           GError      **error);
gboolean     gez_database_begin           (GezDatabase  *self,
                                           GError      **error);
gboolean     gez_database_commit          (GezDatabase  *self,
                                           GError      **error);
void         gez_database_rollback        (GezDatabase  *self);
gboolean     gez_database_savepoint       (GezDatabase  *self,
                                           GError      **error);
gboolean     gez_database_release         (GezDatabase  *self,
                                           GError      **error);
void         gez_database_rollback_to     (GezDatabase  *self);
void         gez_database_set_error       (GezDatabase  *self,
                                           int           code,
                                           const char   *doing,
                                           GError      **error);

gboolean     gez_statement_run            (GezStatement *self,
                                           GError      **error);
void         gez_statement_reset          (GezStatement *self);
GezStatement *gez_database_prepare        (GezDatabase  *self,
                                           const char   *sql,
                                           GError      **error);
int          gez_database_get_n_changed   (GezDatabase  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezDatabase, gez_database_free)

G_END_DECLS
