/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/gez-error.h"
#include "base/gez-id.h"

G_BEGIN_DECLS

/**
 * GezDatabase:
 *
 * The one connection, as seen from work that runs on the store's thread. Never kept, never handed
 * to another thread.
 */
typedef struct _GezDatabase GezDatabase;

/**
 * GezStatement:
 *
 * One prepared statement with its values bound. Statements are cached by their text; freeing one
 * gives it back. Text and identities that it returns live until the next step.
 */
typedef struct _GezStatement GezStatement;

/**
 * GezBind:
 *
 * What follows in the arguments of gez_database_query() and gez_database_execute(): each tag with
 * its value, then %GEZ_END.
 */
typedef enum
{
  GEZ_END,     /* nothing */
  GEZ_INTEGER, /* gint64: cast a literal */
  GEZ_TEXT,    /* const char *, NULL binds NULL */
  GEZ_ID,      /* const GezId *, NULL or none binds NULL */
  GEZ_BLOB,    /* GBytes *, NULL binds NULL */
} GezBind;

GezStatement *gez_database_query    (GezDatabase  *self,
                                     GError      **error,
                                     const char   *sql,
                                     ...);
gboolean      gez_database_execute  (GezDatabase  *self,
                                     GError      **error,
                                     const char   *sql,
                                     ...);
gint64        gez_database_integer  (GezDatabase  *self,
                                     gint64        otherwise,
                                     const char   *sql,
                                     ...);
GezClock     *gez_database_get_clock (GezDatabase *self);

gboolean      gez_statement_next       (GezStatement *self,
                                        GError      **error);
int           gez_statement_get_n_columns (GezStatement *self);
const char   *gez_statement_get_name   (GezStatement *self,
                                        int           column);
gboolean      gez_statement_is_null    (GezStatement *self,
                                        int           column);
gboolean      gez_statement_is_integer (GezStatement *self,
                                        int           column);
gboolean      gez_statement_is_blob    (GezStatement *self,
                                        int           column);
gint64        gez_statement_get_integer (GezStatement *self,
                                        int           column);
const char   *gez_statement_get_text   (GezStatement *self,
                                        int           column);
GezId         gez_statement_get_id     (GezStatement *self,
                                        int           column);
GBytes       *gez_statement_get_blob   (GezStatement *self,
                                        int           column);
/* For statements whose number of values is known only at run time; places count from 1. */
void         gez_statement_bind_null      (GezStatement *self,
                                           int           place);
void         gez_statement_bind_integer   (GezStatement *self,
                                           int           place,
                                           gint64        value);
void         gez_statement_bind_text      (GezStatement *self,
                                           int           place,
                                           const char   *value);
void         gez_statement_bind_bytes     (GezStatement *self,
                                           int           place,
                                           gconstpointer bytes,
                                           gsize         size);
void          gez_statement_free       (GezStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezStatement, gez_statement_free)

G_END_DECLS
