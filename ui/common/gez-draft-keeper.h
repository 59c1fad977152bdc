/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

#define GEZ_DRAFT_DELAY_MS 1000

/**
 * GezDraftKeeper:
 *
 * Keeps what is being typed in one form safe: after a touch it waits at most
 * GEZ_DRAFT_DELAY_MS before it writes, so that a crash never costs more than two seconds of typing.
 *
 * GezDraftKeeper::failed (const GError *error): a write failed and will be tried again.
 */
#define GEZ_TYPE_DRAFT_KEEPER (gez_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (GezDraftKeeper, gez_draft_keeper, GEZ, DRAFT_KEEPER, GObject)

GezDraftKeeper *gez_draft_keeper_new         (GezContext          *context,
                                              const char          *place,
                                              const GezId         *subject);
void            gez_draft_keeper_set_delay   (GezDraftKeeper      *self,
                                              guint                milliseconds);
void            gez_draft_keeper_touch       (GezDraftKeeper      *self,
                                              const char          *content);
void            gez_draft_keeper_clear       (GezDraftKeeper      *self);
void            gez_draft_keeper_take        (GezDraftKeeper      *self,
                                              GezChange           *change);
void            gez_draft_keeper_flush       (GezDraftKeeper      *self);
gboolean        gez_draft_keeper_is_saved    (GezDraftKeeper      *self);
void            gez_draft_keeper_load_async  (GezDraftKeeper      *self,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
char           *gez_draft_keeper_load_finish (GezDraftKeeper      *self,
                                              GAsyncResult        *result,
                                              GError             **error);

/* Every keeper of one store: for the lock, which may lose nothing. */
void            gez_draft_keeper_flush_all_async  (GezStore            *store,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
gboolean        gez_draft_keeper_flush_all_finish (GezStore            *store,
                                                   GAsyncResult        *result,
                                                   GError             **error);

G_END_DECLS
