/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-store-private.h"

#include "store/gez-attachment.h"
#include "store/gez-commit.h"
#include "store/gez-log.h"
#include "store/gez-migration.h"
#include "store/gez-seed.h"
#include "vault/gez-vault-check.h"

/* Making, opening and closing a store. All of it touches the connection, so all of it runs on the
 * worker's thread while the caller waits.
 *
 * A new store gets its schema, its seed lists, the row of this device and its first member, each in a
 * transaction of its own; the header says that there is a database only after the last of them. A store
 * that exists gets what later seeds brought. */

typedef struct
{
  GezStore *self;
  const GezStoreOwner *owner; /* NULL: the store exists */
  GError *error;
} Opening;

static gboolean
write_seeds (GezDatabase *database,
             GError     **error)
{
  if (!gez_database_begin (database, error))
    return FALSE;
  gez_capture_set_active (gez_database_get_capture (database), TRUE);
  if (gez_seed_apply (database, error) && gez_log_write_seeds (database, GEZ_SEED_REVISION, error))
    return gez_database_commit (database, error);
  gez_capture_set_active (gez_database_get_capture (database), FALSE);
  gez_database_rollback (database);
  return FALSE;
}

static gboolean
write_device (GezStore            *self,
              const GezStoreOwner *owner,
              const GezId         *member,
              GError             **error)
{
  GezId device = gez_id_new (self->clock);

  if (!gez_database_begin (self->database, error))
    return FALSE;
  if (gez_database_execute (self->database, error,
                            "INSERT INTO device (row, id, member_id, team_name) VALUES (1, ?, ?, ?)", GEZ_ID,
                            &device, GEZ_ID, member, GEZ_TEXT, owner->team_name, GEZ_END))
    return gez_database_commit (self->database, error);
  gez_database_rollback (self->database);
  return FALSE;
}

static gboolean
write_owner (GezStore            *self,
             const GezStoreOwner *owner,
             GError             **error)
{
  g_autoptr (GezChange) change = gez_change_new ("make-store");
  g_autoptr (GPtrArray) tables = NULL;
  GezId member = owner->member_id ? *owner->member_id : gez_id_new (self->clock);
  guint64 command;

  gez_change_insert (change, "member", &member, gez_circle_team ());
  gez_change_set_text (change, "name", owner->member_name);
  gez_change_set_text (change, "role", owner->role);
  return write_device (self, owner, &member, error) &&
         gez_commit_run (self->database, change, &command, &tables, error);
}

/* A database of a newer program is not even opened: SQLite would begin a new log, and end it again. What the
 * files do not tell, the migration finds. */
static gboolean
is_known_schema (GezVault  *vault,
                 guint      newest,
                 GError   **error)
{
  g_autoptr (GezVaultCheck) check = gez_vault_check_log (vault, NULL);

  if (check == NULL || check->schema <= newest)
    return TRUE;
  g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_TOO_NEW, "schema %d, newest known %u",
               (int) check->schema, newest);
  return FALSE;
}

static gboolean
open_database (Opening *opening)
{
  GezStore *self = opening->self;
  g_auto (GStrv) scripts = gez_migration_get_scripts (&opening->error);
  sqlite3 *handle;

  if (scripts == NULL ||
      (opening->owner == NULL && !is_known_schema (self->vault, g_strv_length (scripts), &opening->error)) ||
      (handle = gez_vault_open_database (self->vault, &opening->error)) == NULL)
    return FALSE;
  self->database = gez_database_new (handle, self->clock);
  if (!gez_migration_run (self->database, self->vault, scripts, &opening->error) ||
      !gez_database_load_schema (self->database, &opening->error))
    return FALSE;
  if (!write_seeds (self->database, &opening->error))
    return FALSE;
  gez_attachment_remove_orphans (self->database, gez_vault_get_directory (self->vault));
  return opening->owner == NULL ||
         (write_owner (self, opening->owner, &opening->error) &&
          gez_vault_set_has_database (self->vault, &opening->error));
}

static void
open_cb (gpointer data)
{
  open_database (data);
}

static GezStore *
open_store (GezVault            *vault,
            GezClock            *clock,
            const GezStoreOwner *owner,
            GError             **error)
{
  g_autoptr (GezStore) self = g_object_new (GEZ_TYPE_STORE, NULL);
  Opening opening = { self, owner, NULL };

  self->vault = g_object_ref (vault);
  self->clock = g_object_ref (clock);
  self->worker = gez_worker_new ();
  gez_worker_run (self->worker, FALSE, open_cb, &opening);
  if (opening.error)
    {
      g_propagate_error (error, opening.error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * gez_store_create:
 * @vault: unlocked, without a database
 * @owner: who works here
 *
 * Makes the database with its schema, its seed lists and the first member. Until all of that is
 * durable the vault says that there is no database, so an interrupted creation is begun again.
 *
 * Thread: any but the main one.
 *
 * Returns: (transfer full): the open store, or %NULL with @error set
 */
GezStore *
gez_store_create (GezVault            *vault,
                  GezClock            *clock,
                  const GezStoreOwner *owner,
                  GError             **error)
{
  g_return_val_if_fail (GEZ_IS_VAULT (vault) && GEZ_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (owner != NULL && owner->member_name != NULL && owner->role != NULL, NULL);

  return open_store (vault, clock, owner, error);
}

/**
 * gez_store_open:
 * @vault: unlocked; the store keeps a reference until it is closed
 *
 * Opens the database and brings its schema and its seed lists up to date.
 *
 * Thread: any but the main one.
 *
 * Returns: (transfer full): the open store, or %NULL with @error set
 */
GezStore *
gez_store_open (GezVault  *vault,
                GezClock  *clock,
                GError   **error)
{
  g_return_val_if_fail (GEZ_IS_VAULT (vault) && GEZ_IS_CLOCK (clock), NULL);

  return open_store (vault, clock, NULL, error);
}

typedef struct
{
  GezStore *self;
  GError *error;
} Closing;

static void
close_cb (gpointer data)
{
  Closing *closing = data;
  GezStore *self = closing->self;
  sqlite3 *handle;

  if (self->database == NULL)
    return;
  gez_store_end_copy (self);
  handle = gez_database_get_handle (self->database);
  g_clear_pointer (&self->database, gez_database_free);
  gez_vault_close_database (self->vault, handle, &closing->error);
}

/**
 * gez_store_close:
 *
 * Runs what is queued, breaks off a backup that is being made, closes the database and lets go of the
 * vault, which wipes its keys.
 *
 * Thread: any but the worker's; waits, so the window calls it from a task.
 *
 * Returns: %FALSE when the last checkpoint failed; the store is closed all the same
 */
gboolean
gez_store_close (GezStore *self,
                 GError  **error)
{
  Closing closing = { self, NULL };
  GezWorker *worker;

  g_return_val_if_fail (GEZ_IS_STORE (self), FALSE);

  worker = gez_store_shut (self);
  if (worker == NULL)
    return TRUE;
  gez_worker_run (worker, TRUE, close_cb, &closing);
  gez_store_drop_worker (self, worker);
  g_clear_object (&self->vault);
  if (closing.error == NULL)
    return TRUE;
  g_propagate_error (error, closing.error);
  return FALSE;
}
