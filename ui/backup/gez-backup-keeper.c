/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup/gez-backup-keeper.h"

#include "backup/gez-backup-teller.h"
#include "store/gez-backup-state.h"

/* 1. It looks some time after unlocking, when nobody waits for the first pages any more, and every hour
 *    after that. When a day has passed since the last backup, it makes one.
 * 2. What it does by itself is silent: how it went stands in the store, and the banner and the page
 *    read it there.
 * 3. It belongs to the store and holds no reference to it: closing the store breaks a backup off. */

#define FIRST_LOOK 30 /* seconds after unlocking */
#define NEXT_LOOK (60 * 60)

struct _GezBackupKeeper
{
  GObject parent_instance;

  GezStore *store; /* weak */
  guint timeout;
  GCancellable *cancellable; /* NULL: none is being made */
  GezBackupStep step;
  guint64 done;
  guint64 all;
  GError *error; /* of the last one that somebody asked for */
};

G_DEFINE_FINAL_TYPE (GezBackupKeeper, gez_backup_keeper, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
told_cb (GezBackupStep step,
         guint64       done,
         guint64       all,
         gpointer      whom)
{
  GezBackupKeeper *self = whom;

  if (self->cancellable == NULL)
    return;
  self->step = step;
  self->done = done;
  self->all = all;
  g_signal_emit (self, signals[CHANGED], 0);
}

typedef struct
{
  GezBackupKeeper *keeper;
  GezBackupTeller *teller;
} Work;

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Work *work = data;
  GezBackupKeeper *self = work->keeper;
  g_autoptr (GezBackupMade) made = NULL;

  g_clear_error (&self->error);
  made = gez_backup_make_finish (GEZ_STORE (source), result, &self->error);
  if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_signal_emit (self, signals[CHANGED], 0);
  gez_backup_teller_unref (work->teller);
  g_object_unref (self);
  g_free (work);
}

static void
state_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GezBackupKeeper) self = data;
  GezStore *store = GEZ_STORE (source);
  g_autoptr (GezBackupState) state = gez_store_run_finish (store, result, NULL);

  if (state && gez_backup_state_is_due (state, gez_clock_get_now (gez_store_get_clock (store))))
    gez_backup_keeper_start (self);
  else
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
look_cb (gpointer data)
{
  GezBackupKeeper *self = data;

  self->timeout = g_timeout_add_seconds (NEXT_LOOK, look_cb, self);
  gez_backup_keeper_check (self);
  return G_SOURCE_REMOVE;
}

static void
gez_backup_keeper_dispose (GObject *object)
{
  GezBackupKeeper *self = GEZ_BACKUP_KEEPER (object);

  gez_backup_keeper_stop (self);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_weak_pointer (&self->store);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (gez_backup_keeper_parent_class)->dispose (object);
}

static void
gez_backup_keeper_class_init (GezBackupKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_backup_keeper_dispose;
  signals[CHANGED] = g_signal_new ("changed", GEZ_TYPE_BACKUP_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
gez_backup_keeper_init (GezBackupKeeper *self)
{
}

/**
 * gez_backup_keeper_of:
 * @store: an open store
 *
 * Returns: (transfer none): the keeper of @store
 */
GezBackupKeeper *
gez_backup_keeper_of (GezStore *store)
{
  static const char key[] = "gez-backup-keeper";
  GezBackupKeeper *self;

  g_return_val_if_fail (GEZ_IS_STORE (store), NULL);

  self = g_object_get_data (G_OBJECT (store), key);
  if (self == NULL)
    {
      self = g_object_new (GEZ_TYPE_BACKUP_KEEPER, NULL);
      g_set_weak_pointer (&self->store, store);
      g_object_set_data_full (G_OBJECT (store), key, self, g_object_unref);
    }
  return self;
}

/**
 * gez_backup_keeper_watch:
 *
 * From now on it looks by itself.
 */
void
gez_backup_keeper_watch (GezBackupKeeper *self)
{
  g_return_if_fail (GEZ_IS_BACKUP_KEEPER (self));

  if (self->timeout == 0)
    self->timeout = g_timeout_add_seconds (FIRST_LOOK, look_cb, self);
}

/**
 * gez_backup_keeper_check:
 *
 * Makes a backup when one is due.
 */
void
gez_backup_keeper_check (GezBackupKeeper *self)
{
  g_autoptr (GezQuery) query = NULL;

  g_return_if_fail (GEZ_IS_BACKUP_KEEPER (self));

  if (self->store == NULL || self->cancellable != NULL || gez_store_get_directory (self->store) == NULL)
    return;
  query = gez_backup_state_query (self->store);
  gez_store_run_async (self->store, query, NULL, state_read_cb, g_object_ref (self));
}

/**
 * gez_backup_keeper_start:
 *
 * Makes a backup now, unless one is being made.
 */
void
gez_backup_keeper_start (GezBackupKeeper *self)
{
  Work *work;

  g_return_if_fail (GEZ_IS_BACKUP_KEEPER (self));

  if (self->store == NULL || self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->step = GEZ_BACKUP_STEP_COPYING;
  self->done = self->all = 0;
  work = g_new0 (Work, 1);
  work->keeper = g_object_ref (self);
  work->teller = gez_backup_teller_new (G_OBJECT (self), told_cb);
  gez_backup_make_async (self->store, NULL, gez_backup_teller_tell, work->teller, self->cancellable, made_cb,
                         work);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * gez_backup_keeper_stop:
 *
 * Breaks off the backup that is being made; older ones stay.
 */
void
gez_backup_keeper_stop (GezBackupKeeper *self)
{
  g_return_if_fail (GEZ_IS_BACKUP_KEEPER (self));

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
}

gboolean
gez_backup_keeper_is_running (GezBackupKeeper *self)
{
  g_return_val_if_fail (GEZ_IS_BACKUP_KEEPER (self), FALSE);

  return self->cancellable != NULL;
}

void
gez_backup_keeper_get_progress (GezBackupKeeper *self,
                                GezBackupStep   *step,
                                guint64         *done,
                                guint64         *all)
{
  g_return_if_fail (GEZ_IS_BACKUP_KEEPER (self));

  *step = self->step;
  *done = self->done;
  *all = self->all;
}

/**
 * gez_backup_keeper_get_error:
 *
 * Returns: (transfer none) (nullable): why the last one was not made
 */
const GError *
gez_backup_keeper_get_error (GezBackupKeeper *self)
{
  g_return_val_if_fail (GEZ_IS_BACKUP_KEEPER (self), NULL);

  return self->error;
}
