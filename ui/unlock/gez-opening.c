/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unlock/gez-opening.h"

#include <string.h>

#include "common/gez-format.h"
#include "common/gez-trace.h"
#include "recovery/gez-key-work.h"
#include "vault/gez-recovery-code.h"
#include "vault/gez-secret-text.h"
#include "vault/gez-vault-keys.h"

/* From a passphrase to a context: deriving the key, opening the database and reading the lists all
 * happen on another thread. The passphrase is copied into locked memory for that time and wiped at
 * its end, whatever the outcome. */

typedef struct
{
  GezOpening *opening;
  GezSecretText *passphrase;
  GezSecret *code; /* when the passphrase is lost; then @passphrase is the new one */
  gboolean is_recovery;
  gboolean is_creation;
  char *team_name;
  char *member_name;
  char *role;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->passphrase, gez_secret_text_free);
  g_clear_pointer (&request->code, gez_secret_free);
  gez_opening_free (request->opening);
  g_free (request->team_name);
  g_free (request->member_name);
  g_free (request->role);
  g_free (request);
}

/* From here on the new passphrase opens the store, whatever happens after it; the sheet stays good. */
static GezVault *
recover (Request *request,
         GError **error)
{
  g_autoptr (GezVault) vault = NULL;

  if (request->code == NULL)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY, "No room for the code");
      return NULL;
    }
  vault = gez_vault_unlock_with_recovery (request->opening->directory, request->code, error);
  if (vault == NULL
      || !gez_vault_set_passphrase (vault, gez_secret_text_peek (request->passphrase), request->opening->cost,
                                    error))
    return NULL;
  return g_steal_pointer (&vault);
}

static GezVault *
open_vault (Request *request,
            GError **error)
{
  GezPassphrase passphrase = gez_secret_text_peek (request->passphrase);

  if (request->is_creation)
    return gez_vault_create (request->opening->directory, passphrase, request->opening->cost, error);
  gez_key_work_wait ();
  if (request->is_recovery)
    return recover (request, error);
  return gez_vault_unlock (request->opening->directory, passphrase, error);
}

static GezStore *
open_store (Request *request,
            GError **error)
{
  GezStoreOwner owner = { request->team_name, request->member_name, request->role, NULL };
  g_autoptr (GezVault) vault = open_vault (request, error);

  gez_secret_text_wipe (request->passphrase);
  g_clear_pointer (&request->code, gez_secret_free);
  if (vault == NULL)
    return NULL;
  gez_trace_mark ("key-derived");
  return request->is_creation ? gez_store_create (vault, request->opening->clock, &owner, error)
                              : gez_store_open (vault, request->opening->clock, error);
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  g_autoptr (GezStore) store = NULL;
  GError *error = NULL;

  store = open_store (data, &error);
  if (store)
    g_task_return_pointer (task, g_steal_pointer (&store), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
context_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (GTask) outer = data;
  GError *error = NULL;
  GezContext *context = gez_context_load_finish (result, &error);

  if (context)
    {
      gez_context_set_language (context, gez_language ());
      gez_context_set_kdf_cost (context, *(GezKdfCost *) g_task_get_task_data (outer));
      g_task_return_pointer (outer, context, g_object_unref);
    }
  else
    g_task_return_error (outer, error);
}

static void
store_opened_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (GTask) outer = data;
  g_autoptr (GezStore) store = NULL;
  GError *error = NULL;

  store = g_task_propagate_pointer (G_TASK (result), &error);
  if (store)
    gez_context_load_async (store, NULL, context_loaded_cb, g_steal_pointer (&outer));
  else
    g_task_return_error (outer, error);
}

static void
start (const GezOpening    *self,
       GezPassphrase        passphrase,
       const GezSecret     *code,
       const GezStoreOwner *owner,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *outer = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GTask) inner = g_task_new (NULL, NULL, store_opened_cb, outer);
  Request *request = g_new0 (Request, 1);

  g_task_set_task_data (outer, g_memdup2 (&self->cost, sizeof self->cost), g_free);
  request->opening = gez_opening_copy (self);
  request->passphrase = gez_secret_text_new ();
  gez_secret_text_insert (request->passphrase, 0, passphrase.text,
                          (guint) g_utf8_strlen (passphrase.text, (gssize) passphrase.length));
  request->is_recovery = code != NULL;
  if (code != NULL && (request->code = gez_secret_new (NULL)) != NULL)
    memcpy (request->code->bytes, code->bytes, GEZ_RECOVERY_CODE_SIZE);
  request->is_creation = owner != NULL;
  if (owner)
    {
      request->team_name = g_strdup (owner->team_name);
      request->member_name = g_strdup (owner->member_name);
      request->role = g_strdup (owner->role);
    }
  g_task_set_task_data (inner, request, request_free);
  g_task_run_in_thread (inner, run_thread);
}

/**
 * gez_opening_new:
 *
 * Returns: (transfer full): freed with gez_opening_free()
 */
GezOpening *
gez_opening_new (const char *directory,
                 GezClock   *clock,
                 GezKdfCost  cost)
{
  GezOpening *self = g_new0 (GezOpening, 1);

  self->directory = g_strdup (directory);
  self->clock = g_object_ref (clock);
  self->cost = cost;
  return self;
}

GezOpening *
gez_opening_copy (const GezOpening *self)
{
  GezOpening *copy = gez_opening_new (self->directory, self->clock, self->cost);

  gez_opening_set_hint (copy, self->hint);
  return copy;
}

void
gez_opening_free (GezOpening *self)
{
  g_free (self->directory);
  g_free (self->hint);
  g_object_unref (self->clock);
  g_free (self);
}

/**
 * gez_opening_set_hint:
 * @hint: (nullable): what stands below the passphrase
 */
void
gez_opening_set_hint (GezOpening *self,
                      const char *hint)
{
  g_return_if_fail (self != NULL);

  g_free (self->hint);
  self->hint = g_strdup (hint);
}

/**
 * gez_opening_create_async:
 * @passphrase: copied before this returns; the caller wipes its own
 *
 * Makes a store and opens it.
 */
void
gez_opening_create_async (const GezOpening    *self,
                          GezPassphrase        passphrase,
                          const GezStoreOwner *owner,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (self != NULL && owner != NULL);

  start (self, passphrase, NULL, owner, callback, user_data);
}

/**
 * gez_opening_unlock_async:
 * @passphrase: copied before this returns; the caller wipes its own
 *
 * Opens the store that is there.
 */
void
gez_opening_unlock_async (const GezOpening    *self,
                          GezPassphrase        passphrase,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (self != NULL);

  start (self, passphrase, NULL, NULL, callback, user_data);
}

/**
 * gez_opening_recover_async:
 * @code: what stands on the recovery sheet
 * @next: what opens the store from now on; both are copied before this returns
 *
 * Opens the store that is there when its passphrase is lost.
 */
void
gez_opening_recover_async (const GezOpening    *self,
                           const GezSecret     *code,
                           GezPassphrase        next,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (self != NULL && code != NULL);

  start (self, next, code, NULL, callback, user_data);
}

/**
 * gez_opening_finish:
 *
 * Returns: (transfer full): what the workspace needs, or %NULL with @error set
 */
GezContext *
gez_opening_finish (GAsyncResult *result,
                    GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
