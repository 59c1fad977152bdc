/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recovery/gez-key-work.h"

#include <string.h>

#include "circle/gez-team-work.h"
#include "store/gez-recovery-note.h"
#include "vault/gez-recovery-code.h"
#include "vault/gez-secret-text.h"
#include "vault/gez-vault-keys.h"

/*
 * 1. Deriving a key takes a second. The window may be locked meanwhile: the store closes, but the vault
 *    lives until the work is done, and with it the lock of the directory.
 * 2. So works are counted from their start until they have given the vault back, and whoever opens the
 *    store waits until there are none (gez_key_work_wait()).
 * 3. When a sheet was set or was right, that is noted in the store, if it is still open.
 */

typedef enum
{
  CHANGE_PASSPHRASE,
  CHECK_PASSPHRASE,
  SET_SHEET,
  CHECK_SHEET,
} Kind;

typedef struct
{
  Kind kind;
  GezStore *store;
  GezVault *vault; /* given back by the thread */
  GezSecretText *present;
  GezSecretText *next;
  GezKdfCost cost;
  GezSecret *code;
} Work;

static GMutex lock;
static GCond nobody_works;
static guint n_works;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->present, gez_secret_text_free);
  g_clear_pointer (&work->next, gez_secret_text_free);
  g_clear_pointer (&work->code, gez_secret_free);
  g_clear_object (&work->vault);
  g_clear_object (&work->store);
  g_free (work);
}

static gboolean
do_work (Work    *work,
         GError **error)
{
  switch (work->kind)
    {
    case CHANGE_PASSPHRASE:
      return gez_vault_check_passphrase (work->vault, gez_secret_text_peek (work->present), error)
             && gez_vault_set_passphrase (work->vault, gez_secret_text_peek (work->next), work->cost, error);
    case CHECK_PASSPHRASE:
      return gez_vault_check_passphrase (work->vault, gez_secret_text_peek (work->present), error);
    case SET_SHEET:
      return gez_vault_set_recovery (work->vault, work->code, error);
    case CHECK_SHEET:
    default:
      return gez_vault_check_recovery (work->vault, work->code, error);
    }
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  gboolean done;

  done = do_work (work, &error);
  g_clear_object (&work->vault);
  g_clear_pointer (&work->present, gez_secret_text_free);
  g_clear_pointer (&work->next, gez_secret_text_free);
  g_clear_pointer (&work->code, gez_secret_free);
  g_mutex_lock (&lock);
  if (--n_works == 0)
    g_cond_broadcast (&nobody_works);
  g_mutex_unlock (&lock);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) outer = data;
  g_autoptr (GError) error = NULL;

  /* The date is lost; what opens the store is as it should be. */
  if (!gez_recovery_note_write_finish (GEZ_STORE (source), result, &error))
    g_info ("%s", error->message);
  g_task_return_boolean (outer, TRUE);
}

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) outer = data;
  g_autoptr (GError) error = NULL;

  /* A team of one has nobody to tell, and a colleague's own sheet is nobody else's. */
  if (!gez_team_act_finish (GEZ_TEAM_ACT (source), result, &error))
    g_info ("%s", error->message);
  g_task_return_boolean (outer, TRUE);
}

/* A leader's new sheet becomes that of the team. */
static void
made_noted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GezTeamAct) act = gez_team_act_set_recovery ();
  g_autoptr (GError) error = NULL;

  if (!gez_recovery_note_write_finish (GEZ_STORE (source), result, &error))
    g_info ("%s", error->message);
  gez_team_act_async (act, GEZ_STORE (source), NULL, told_cb, data);
}

static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) outer = data;
  Work *work = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (outer, error);
  else if (work->kind == SET_SHEET || work->kind == CHECK_SHEET)
    gez_recovery_note_write_async (work->store,
                                   work->kind == SET_SHEET ? GEZ_RECOVERY_MADE : GEZ_RECOVERY_CHECKED,
                                   work->kind == SET_SHEET ? made_noted_cb : noted_cb, g_steal_pointer (&outer));
  else
    g_task_return_boolean (outer, TRUE);
}

static GezSecretText *
copy_text (GezPassphrase text)
{
  GezSecretText *copy = gez_secret_text_new ();

  gez_secret_text_insert (copy, 0, text.text, (guint) g_utf8_strlen (text.text, (gssize) text.length));
  return copy;
}

static void
start (Work               *work,
       GezContext         *context,
       GAsyncReadyCallback callback,
       gpointer            user_data)
{
  GTask *outer = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GTask) inner = g_task_new (NULL, NULL, worked_cb, outer);

  work->store = g_object_ref (gez_context_get_store (context));
  work->vault = gez_store_ref_vault (work->store);
  work->cost = gez_context_get_kdf_cost (context);
  g_task_set_task_data (inner, work, work_free);
  if (work->vault == NULL)
    {
      g_task_return_new_error (inner, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED, "the store is closed");
      return;
    }
  g_mutex_lock (&lock);
  n_works++;
  g_mutex_unlock (&lock);
  g_task_run_in_thread (inner, run_thread);
}

static void
start_with_code (Kind                kind,
                 GezContext         *context,
                 const GezSecret    *code,
                 GAsyncReadyCallback callback,
                 gpointer            user_data)
{
  Work *work = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;

  work->kind = kind;
  work->code = gez_secret_new (&error);
  if (work->code == NULL)
    {
      work_free (work);
      g_task_report_error (NULL, callback, user_data, start_with_code, g_steal_pointer (&error));
      return;
    }
  memcpy (work->code->bytes, code->bytes, GEZ_RECOVERY_CODE_SIZE);
  start (work, context, callback, user_data);
}

/**
 * gez_key_work_change_passphrase_async:
 * @present: what opens the store now; nothing is changed when it is not right
 * @next: what will open it
 */
void
gez_key_work_change_passphrase_async (GezContext          *context,
                                      GezPassphrase        present,
                                      GezPassphrase        next,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  Work *work = g_new0 (Work, 1);

  work->kind = CHANGE_PASSPHRASE;
  work->present = copy_text (present);
  work->next = copy_text (next);
  start (work, context, callback, user_data);
}

/**
 * gez_key_work_check_passphrase_async:
 * @present: what somebody typed
 */
void
gez_key_work_check_passphrase_async (GezContext          *context,
                                     GezPassphrase        present,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  Work *work = g_new0 (Work, 1);

  work->kind = CHECK_PASSPHRASE;
  work->present = copy_text (present);
  start (work, context, callback, user_data);
}

/**
 * gez_key_work_set_sheet_async:
 * @code: of a sheet that came back; no older sheet opens the store after it
 */
void
gez_key_work_set_sheet_async (GezContext          *context,
                              const GezSecret     *code,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  start_with_code (SET_SHEET, context, code, callback, user_data);
}

/**
 * gez_key_work_check_sheet_async:
 * @code: of a sheet that somebody has
 */
void
gez_key_work_check_sheet_async (GezContext          *context,
                                const GezSecret     *code,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  start_with_code (CHECK_SHEET, context, code, callback, user_data);
}

/**
 * gez_key_work_finish:
 *
 * Returns: whether it is done, or was right; else %FALSE with GEZ_VAULT_ERROR_WRONG_PASSPHRASE,
 *   _WRONG_RECOVERY or another reason
 */
gboolean
gez_key_work_finish (GAsyncResult *result,
                     GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * gez_key_work_wait:
 *
 * Waits until no work holds a vault any more.
 *
 * Thread: any but the main one.
 */
void
gez_key_work_wait (void)
{
  g_mutex_lock (&lock);
  while (n_works > 0)
    g_cond_wait (&nobody_works, &lock);
  g_mutex_unlock (&lock);
}

/**
 * gez_key_work_has_sheet:
 *
 * Returns: whether a recovery sheet opens the store
 */
gboolean
gez_key_work_has_sheet (GezContext *context)
{
  g_autoptr (GezVault) vault = gez_store_ref_vault (gez_context_get_store (context));

  return vault != NULL && gez_vault_has_recovery (vault);
}
