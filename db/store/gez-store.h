/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-change.h"
#include "store/gez-query.h"
#include "vault/gez-vault.h"

G_BEGIN_DECLS

/**
 * GezStore:
 *
 * An unlocked store: the database, its one worker thread, and the change log.
 *
 * GezStore::changed is emitted on the main context after each commit with the names of the tables
 * that it touched (`const char * const *`), so that open pages can read again.
 *
 * GezStore::damaged is emitted on the main context, with the error, when work came upon a part of the
 * store that does not read, whoever asked for it.
 */
#define GEZ_TYPE_STORE (gez_store_get_type ())
G_DECLARE_FINAL_TYPE (GezStore, gez_store, GEZ, STORE, GObject)

/**
 * GezStoreOwner:
 * @team_name: (nullable): how the team calls itself
 * @member_name: who works on this device
 * @role: code of the role: teamleider, casemanager or brugfiguur
 * @member_id: (nullable): adopts a member that will be imported; %NULL makes a new one
 *
 * Whose store it is.
 */
typedef struct
{
  const char *team_name;
  const char *member_name;
  const char *role;
  const GezId *member_id;
} GezStoreOwner;

GezStore *gez_store_create        (GezVault            *vault,
                                   GezClock            *clock,
                                   const GezStoreOwner *owner,
                                   GError             **error);
GezStore *gez_store_open          (GezVault            *vault,
                                   GezClock            *clock,
                                   GError             **error);
gboolean  gez_store_close         (GezStore            *self,
                                   GError             **error);
GezClock *gez_store_get_clock     (GezStore            *self);
const char *gez_store_get_directory (GezStore          *self);
GezVault *gez_store_ref_vault     (GezStore            *self);
gint64    gez_store_get_longest_wait (GezStore         *self);

/* Reading: short reads of the window go before everything that was marked long. */
gpointer  gez_store_run           (GezStore            *self,
                                   GezQuery            *query,
                                   GError             **error);
void      gez_store_run_async     (GezStore            *self,
                                   GezQuery            *query,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gpointer  gez_store_run_finish    (GezStore            *self,
                                   GAsyncResult        *result,
                                   GError             **error);

/* Writing: the returned number names the command for gez_store_undo(); 0 on failure. */
guint64   gez_store_commit        (GezStore            *self,
                                   GezChange           *change,
                                   GError             **error);
void      gez_store_commit_async  (GezStore            *self,
                                   GezChange           *change,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
guint64   gez_store_commit_finish (GezStore            *self,
                                   GAsyncResult        *result,
                                   GError             **error);
guint64   gez_store_undo          (GezStore            *self,
                                   guint64              command,
                                   GError             **error);
void      gez_store_undo_async    (GezStore            *self,
                                   guint64              command,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
guint64   gez_store_undo_finish   (GezStore            *self,
                                   GAsyncResult        *result,
                                   GError             **error);

/* Importing: what is acceptable goes in, in one transaction; `failures` gets one entry per change. */
gboolean  gez_store_commit_many   (GezStore            *self,
                                   GPtrArray           *changes,
                                   gboolean             all_or_nothing,
                                   GPtrArray           *failures,
                                   GError             **error);

/* Drafts: local to this device, encrypted, never in the change log. `place` names the form
 * ("journal"), `subject` what it is about (a household), `content` is the form's own text. */
void      gez_store_save_draft_async  (GezStore            *self,
                                   const char          *place,
                                   const GezId         *subject,
                                   const char          *content,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean  gez_store_save_draft_finish (GezStore            *self,
                                   GAsyncResult        *result,
                                   GError             **error);
GezQuery *gez_store_draft_query   (const char          *place,
                                   const GezId         *subject);

/* Saved filters: local to this device, encrypted, never in the change log. */
void      gez_store_save_filter_async  (GezStore           *self,
                                   const GezId         *id,
                                   const char          *name,
                                   const char          *content,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean  gez_store_save_filter_finish (GezStore           *self,
                                   GAsyncResult        *result,
                                   GError             **error);
GezQuery *gez_store_filter_query  (void);

G_END_DECLS
