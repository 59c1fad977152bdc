/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unlock/gez-opening.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "common/gez-format.h"
#include "common/gez-trace.h"
#include "recovery/gez-key-work.h"
#include "vault/gez-recovery-code.h"
#include "vault/gez-secret-text.h"
#include "vault/gez-vault-check.h"
#include "vault/gez-vault-rescue.h"
#include "vault/gez-vault-keys.h"

/* From a passphrase to a context: deriving the key, opening the database and reading the lists all
 * happen on another thread. The passphrase is copied into locked memory for that time and wiped at
 * its end, whatever the outcome. */

#define VAULT_KEY "gez-vault"
#define UNFINISHED_KEY "gez-unfinished"
#define STORE_KEY "gez-store"

typedef struct
{
  GezOpening *opening;
  GezSecretText *passphrase;
  GezVault *vault; /* opened, for who has to repair; held until all is done */
  GezSecret *code; /* when the passphrase is lost; then @passphrase is the new one */
  gboolean is_recovery;
  gboolean is_creation;
  gboolean is_unfinished;
  GezJoining *joining; /* when a new store joins a team */
  char *team_name;
  char *member_name;
  char *role;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->passphrase, gez_secret_text_free);
  g_clear_object (&request->vault);
  g_clear_pointer (&request->code, gez_secret_free);
  g_clear_pointer (&request->joining, gez_joining_free);
  gez_opening_free (request->opening);
  g_free (request->team_name);
  g_free (request->member_name);
  g_free (request->role);
  g_free (request);
}

/* The making was broken off before anything was saved: it begins again, beside what was made. */
static void
begin_again (Request  *request,
             GezVault *vault,
             GError  **error)
{
  request->is_unfinished = gez_vault_rescue_unfinished (vault, error);
  if (request->is_unfinished)
    g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE, "its making was broken off");
}

/* A log that lost something is not thrown away without a word. */
static gboolean
check_log (GezVault *vault,
           GError  **error)
{
  g_autoptr (GezVaultCheck) check = gez_vault_check_log (vault, error);

  if (check == NULL || check->n_lost_frames == 0)
    return check != NULL;
  g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED,
               "the log: %" G_GINT64_FORMAT " frames from %" G_GINT64_FORMAT " do not read",
               check->n_lost_frames, check->n_frames);
  return FALSE;
}

static GezStore *
open_existing (Request  *request,
               GezVault *vault,
               GError  **error)
{
  if (!gez_vault_has_database (vault))
    {
      begin_again (request, vault, error);
      return NULL;
    }
  g_set_object (&request->vault, vault);
  return check_log (vault, error) ? gez_store_open (vault, request->opening->clock, error) : NULL;
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

/* Nothing but a name stands in it, and it would be in the way of the next attempt. */
static void
set_aside (Request *request)
{
  g_autofree char *aside = NULL;

  for (guint i = 1; aside == NULL || g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.not-joined-%u", request->opening->directory, i);
    }
  if (g_rename (request->opening->directory, aside) != 0)
    g_warning ("“%s” could not be moved: %s", request->opening->directory, g_strerror (errno));
}

static GezStore *
join_team (Request  *request,
           GezStore *store,
           GError  **error)
{
  g_autoptr (GezStore) owned = store;

  if (owned == NULL || request->joining == NULL || gez_joining_run (request->joining, owned, error))
    return g_steal_pointer (&owned);
  gez_store_close (owned, NULL);
  set_aside (request);
  return NULL;
}

static GezStore *
open_store (Request *request,
            GError **error)
{
  GezStoreOwner owner = { request->team_name, request->member_name, request->role,
                          request->joining != NULL ? &request->joining->invitation->member : NULL };
  g_autoptr (GezVault) vault = open_vault (request, error);

  gez_secret_text_wipe (request->passphrase);
  g_clear_pointer (&request->code, gez_secret_free);
  if (vault == NULL)
    return NULL;
  gez_trace_mark ("key-derived");
  if (!request->is_creation)
    return open_existing (request, vault, error);
  return join_team (request, gez_store_create (vault, request->opening->clock, &owner, error), error);
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

/* Damage is repaired with the keys that are there already. */
static void
fail (GTask    *outer,
      GError   *error,
      GezVault *vault)
{
  if (vault && (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED)
                || g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED)))
    g_object_set_data_full (G_OBJECT (outer), VAULT_KEY, g_object_ref (vault), g_object_unref);
  g_task_return_error (outer, error);
}

static void
context_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (GTask) outer = data;
  GezStore *store = g_object_get_data (G_OBJECT (outer), STORE_KEY);
  g_autoptr (GezVault) vault = NULL;
  GError *error = NULL;
  GezContext *context = gez_context_load_finish (result, &error);

  if (context)
    {
      gez_context_set_language (context, gez_language ());
      gez_context_set_kdf_cost (context, *(GezKdfCost *) g_task_get_task_data (outer));
      g_task_return_pointer (outer, context, g_object_unref);
      return;
    }
  vault = gez_store_ref_vault (store);
  gez_store_close (store, NULL);
  fail (outer, error, vault);
}

static void
store_opened_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (GTask) outer = data;
  Request *request = g_task_get_task_data (G_TASK (result));
  GezStore *store;
  GError *error = NULL;

  store = g_task_propagate_pointer (G_TASK (result), &error);
  if (store == NULL)
    {
      if (request->is_unfinished)
        g_object_set_data (G_OBJECT (outer), UNFINISHED_KEY, GINT_TO_POINTER (TRUE));
      fail (outer, error, request->vault);
      return;
    }
  g_clear_object (&request->vault);
  g_object_set_data_full (G_OBJECT (outer), STORE_KEY, store, g_object_unref);
  gez_context_load_async (store, NULL, context_loaded_cb, g_steal_pointer (&outer));
}

static void
start (const GezOpening    *self,
       GezPassphrase        passphrase,
       const GezSecret     *code,
       const GezStoreOwner *owner,
       GezJoining          *joining,
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
  request->joining = joining;
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

  start (self, passphrase, NULL, owner, NULL, callback, user_data);
}

/**
 * gez_opening_join_async:
 * @passphrase: copied before this returns; the caller wipes its own
 * @joining: (transfer full): with an invitation
 *
 * Makes a store for who was invited, and brings it into the team. When that fails there is no store.
 */
void
gez_opening_join_async (const GezOpening    *self,
                        GezPassphrase        passphrase,
                        GezJoining          *joining,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GezStoreOwner owner;

  g_return_if_fail (self != NULL && joining != NULL && joining->invitation != NULL);

  owner = (GezStoreOwner) { joining->invitation->team_name, joining->invitation->name,
                            joining->invitation->role, &joining->invitation->member };
  start (self, passphrase, NULL, &owner, joining, callback, user_data);
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

  start (self, passphrase, NULL, NULL, NULL, callback, user_data);
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

  start (self, next, code, NULL, NULL, callback, user_data);
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

/**
 * gez_opening_dup_vault:
 * @result: of an opening that failed
 *
 * Returns: (transfer full) (nullable): the keys, when the passphrase was right and something is damaged
 */
GezVault *
gez_opening_dup_vault (GAsyncResult *result)
{
  GezVault *vault = g_object_get_data (G_OBJECT (result), VAULT_KEY);

  return vault ? g_object_ref (vault) : NULL;
}

/**
 * gez_opening_is_unfinished:
 * @result: of an opening that failed
 *
 * Returns: whether the file was never made to its end; what there was of it stands aside, and one can begin again
 */
gboolean
gez_opening_is_unfinished (GAsyncResult *result)
{
  return g_object_get_data (G_OBJECT (result), UNFINISHED_KEY) != NULL;
}
