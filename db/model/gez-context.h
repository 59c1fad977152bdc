/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-lists.h"
#include "store/gez-store.h"

G_BEGIN_DECLS

/**
 * GezContext:
 *
 * What every command and every page needs to know: the unlocked store, the clock, who works here,
 * and the team's lists. Made after unlocking, handed down, replaced in tests.
 *
 * GezContext::lists-changed is emitted on the main context when gez_context_get_lists() answers
 * with newer lists, because somebody changed them or because the language was changed.
 */
#define GEZ_TYPE_CONTEXT (gez_context_get_type ())
G_DECLARE_FINAL_TYPE (GezContext, gez_context, GEZ, CONTEXT, GObject)

GezContext  *gez_context_load            (GezStore            *store,
                                          GError             **error);
void         gez_context_load_async      (GezStore            *store,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
GezContext  *gez_context_load_finish     (GAsyncResult        *result,
                                          GError             **error);
GezContext  *gez_context_new             (GezStore            *store,
                                          GezClock            *clock,
                                          GezLists            *lists,
                                          const GezId         *member);

GezStore    *gez_context_get_store       (GezContext          *self);
GezClock    *gez_context_get_clock       (GezContext          *self);
GezLists    *gez_context_get_lists       (GezContext          *self);
const GezId *gez_context_get_member_id   (GezContext          *self);
const char  *gez_context_get_member_name (GezContext          *self);
const char  *gez_context_get_role        (GezContext          *self);
gboolean     gez_context_is_brugfiguur   (GezContext          *self);
const char  *gez_context_get_team_name   (GezContext          *self);
char        *gez_context_dup_today       (GezContext          *self);
const char  *gez_context_get_language    (GezContext          *self);
GezKdfCost   gez_context_get_kdf_cost    (GezContext          *self);
void         gez_context_set_kdf_cost    (GezContext          *self,
                                          GezKdfCost           cost);
void         gez_context_set_language    (GezContext          *self,
                                          const char          *language);

G_END_DECLS
