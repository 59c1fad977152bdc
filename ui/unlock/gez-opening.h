/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"
#include "team/gez-joining.h"
#include "vault/gez-secrets.h"
#include "vault/gez-vault.h"

G_BEGIN_DECLS

/**
 * GezOpening:
 * @directory: where the store is, or is to be made
 * @clock: the clock of the program
 * @cost: what deriving a new key shall cost
 * @hint: (nullable): a sentence below the passphrase, for a store that hides nothing
 *
 * What the pages before the workspace need to know.
 */
typedef struct
{
  char *directory;
  GezClock *clock;
  GezKdfCost cost;
  char *hint;
} GezOpening;

GezOpening *gez_opening_new          (const char          *directory,
                                      GezClock            *clock,
                                      GezKdfCost           cost);
GezOpening *gez_opening_copy         (const GezOpening    *self);
void        gez_opening_free         (GezOpening          *self);
void        gez_opening_set_hint     (GezOpening          *self,
                                      const char          *hint);
void        gez_opening_create_async (const GezOpening    *self,
                                      GezPassphrase        passphrase,
                                      const GezStoreOwner *owner,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
void        gez_opening_join_async   (const GezOpening    *self,
                                      GezPassphrase        passphrase,
                                      GezJoining          *joining,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
void        gez_opening_unlock_async (const GezOpening    *self,
                                      GezPassphrase        passphrase,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
void        gez_opening_recover_async (const GezOpening   *self,
                                      const GezSecret     *code,
                                      GezPassphrase        next,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
GezContext *gez_opening_finish       (GAsyncResult        *result,
                                      GError             **error);
GezVault   *gez_opening_dup_vault    (GAsyncResult        *result);
gboolean    gez_opening_is_unfinished (GAsyncResult       *result);

G_END_DECLS
