/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Keeps unfinished text safe.
 *
 * 1. `newest` is what the form holds; it is written when `is_pending`.
 * 2. The timer starts at the first touch that is not written yet and is not put off by later ones:
 *    somebody who types without a pause is as safe as somebody who hesitates.
 * 3. One write of a keeper is under way at a time. What is touched meanwhile is written after it.
 * 4. A write that failed stays pending and is tried again; GezDraftKeeper::failed says so once.
 * 5. A keeper that goes away writes what is pending first. The store runs what was queued before it
 *    closes, so locking never loses a draft.
 */

#include "common/gez-draft-keeper.h"

#include "common/gez-save-state.h"
#include "store/gez-record.h"

struct _GezDraftKeeper
{
  GObject parent_instance;

  GezStore *store;
  char *place;
  GezId subject;
  char *newest; /* NULL: there is no draft */
  guint delay;
  guint timer;
  gboolean is_pending;
  gboolean is_saving;
  gboolean has_failed;
  gboolean is_counted; /* as unsaved, in the state of the store */
};

G_DEFINE_FINAL_TYPE (GezDraftKeeper, gez_draft_keeper, G_TYPE_OBJECT)

enum
{
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void start_timer (GezDraftKeeper *self);
static void save        (GezDraftKeeper *self);

/* The keepers of a store hang on the store, so that there is no list beside it to forget. */
static GPtrArray *
keepers_of (GezStore *store)
{
  static const char key[] = "gez-draft-keepers";
  GPtrArray *keepers = g_object_get_data (G_OBJECT (store), key);

  if (keepers == NULL)
    {
      keepers = g_ptr_array_new ();
      g_object_set_data_full (G_OBJECT (store), key, keepers, (GDestroyNotify) g_ptr_array_unref);
    }
  return keepers;
}

static void
count (GezDraftKeeper *self)
{
  gboolean is_unsaved = self->is_pending || self->is_saving;

  if (self->store == NULL || is_unsaved == self->is_counted)
    return;
  self->is_counted = is_unsaved;
  gez_save_state_add (gez_save_state_of (self->store), is_unsaved ? 1 : -1);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GezDraftKeeper) self = data;
  g_autoptr (GError) error = NULL;

  self->is_saving = FALSE;
  if (gez_store_save_draft_finish (GEZ_STORE (source), result, &error))
    {
      self->has_failed = FALSE;
      if (self->is_pending)
        start_timer (self);
      count (self);
      return;
    }
  self->is_pending = TRUE;
  count (self);
  if (g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED))
    return;
  if (!self->has_failed)
    g_signal_emit (self, signals[FAILED], 0, error);
  self->has_failed = TRUE;
  start_timer (self);
}

static void
save (GezDraftKeeper *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->is_pending || self->is_saving)
    return;
  self->is_pending = FALSE;
  self->is_saving = TRUE;
  gez_store_save_draft_async (self->store, self->place, &self->subject, self->newest, saved_cb,
                              g_object_ref (self));
}

static gboolean
timer_cb (gpointer data)
{
  GezDraftKeeper *self = data;

  self->timer = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
start_timer (GezDraftKeeper *self)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (self->delay, timer_cb, self);
}

static void
gez_draft_keeper_dispose (GObject *object)
{
  GezDraftKeeper *self = GEZ_DRAFT_KEEPER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->store != NULL)
    {
      g_ptr_array_remove_fast (keepers_of (self->store), self);
      if (self->is_pending)
        gez_store_save_draft_async (self->store, self->place, &self->subject, self->newest, NULL,
                                    NULL);
      self->is_pending = FALSE;
      self->is_saving = FALSE;
      count (self);
    }
  g_clear_object (&self->store);
  G_OBJECT_CLASS (gez_draft_keeper_parent_class)->dispose (object);
}

static void
gez_draft_keeper_finalize (GObject *object)
{
  GezDraftKeeper *self = GEZ_DRAFT_KEEPER (object);

  g_free (self->place);
  g_free (self->newest);
  G_OBJECT_CLASS (gez_draft_keeper_parent_class)->finalize (object);
}

static void
gez_draft_keeper_class_init (GezDraftKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_draft_keeper_dispose;
  object_class->finalize = gez_draft_keeper_finalize;

  signals[FAILED] = g_signal_new ("failed", GEZ_TYPE_DRAFT_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
gez_draft_keeper_init (GezDraftKeeper *self)
{
  self->delay = GEZ_DRAFT_DELAY_MS;
}

/**
 * gez_draft_keeper_new:
 * @context: whose store
 * @place: which form ("journal")
 * @subject: what the form is about, often a household
 *
 * Returns: (transfer full): a keeper that holds nothing yet
 */
GezDraftKeeper *
gez_draft_keeper_new (GezContext  *context,
                      const char  *place,
                      const GezId *subject)
{
  GezDraftKeeper *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (place != NULL && subject != NULL, NULL);

  self = g_object_new (GEZ_TYPE_DRAFT_KEEPER, NULL);
  self->store = g_object_ref (gez_context_get_store (context));
  self->place = g_strdup (place);
  self->subject = *subject;
  g_ptr_array_add (keepers_of (self->store), self);
  return self;
}

/**
 * gez_draft_keeper_set_delay:
 * @self: a keeper
 * @milliseconds: how long text may be unwritten, counted from its first letter
 */
void
gez_draft_keeper_set_delay (GezDraftKeeper *self,
                            guint           milliseconds)
{
  g_return_if_fail (GEZ_IS_DRAFT_KEEPER (self));

  self->delay = milliseconds;
}

/**
 * gez_draft_keeper_touch:
 * @self: a keeper
 * @content: (nullable): what the form holds now; %NULL when there is nothing to keep
 */
void
gez_draft_keeper_touch (GezDraftKeeper *self,
                        const char     *content)
{
  g_return_if_fail (GEZ_IS_DRAFT_KEEPER (self));

  if (g_strcmp0 (self->newest, content) == 0)
    return;
  g_free (self->newest);
  self->newest = g_strdup (content);
  self->is_pending = TRUE;
  count (self);
  start_timer (self);
}

/**
 * gez_draft_keeper_clear:
 * @self: a keeper
 *
 * Says that the form became a row of the store, or was thrown away: there is no draft any more.
 */
void
gez_draft_keeper_clear (GezDraftKeeper *self)
{
  g_return_if_fail (GEZ_IS_DRAFT_KEEPER (self));

  g_clear_pointer (&self->newest, g_free);
  self->is_pending = TRUE;
  count (self);
  if (self->is_saving)
    start_timer (self);
  else
    save (self);
}

/**
 * gez_draft_keeper_take:
 * @self: a keeper
 * @change: what the form becomes
 *
 * Says that @change records the form: what is pending is written first, and the draft goes in the
 * transaction of the change. When that is refused, the draft is still there.
 */
void
gez_draft_keeper_take (GezDraftKeeper *self,
                       GezChange      *change)
{
  g_return_if_fail (GEZ_IS_DRAFT_KEEPER (self));
  g_return_if_fail (GEZ_IS_CHANGE (change));

  save (self);
  gez_change_clear_draft (change, self->place, &self->subject);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->newest, g_free);
  self->is_pending = FALSE;
  count (self);
}

/**
 * gez_draft_keeper_flush:
 * @self: a keeper
 *
 * Writes what is pending now.
 */
void
gez_draft_keeper_flush (GezDraftKeeper *self)
{
  g_return_if_fail (GEZ_IS_DRAFT_KEEPER (self));

  save (self);
}

/**
 * gez_draft_keeper_is_saved:
 * @self: a keeper
 *
 * Returns: whether everything that was touched is in the store
 */
gboolean
gez_draft_keeper_is_saved (GezDraftKeeper *self)
{
  g_return_val_if_fail (GEZ_IS_DRAFT_KEEPER (self), FALSE);

  return !self->is_pending && !self->is_saving;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = gez_store_run_finish (GEZ_STORE (source), result, &error);

  if (drafts == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (drafts->len == 0)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_pointer (task, g_strdup (gez_record_get_text (drafts->pdata[0], "content")),
                           g_free);
}

/**
 * gez_draft_keeper_load_async:
 * @self: a keeper
 * @cancellable: (nullable): to stop waiting
 * @callback: called when it was read
 * @user_data: for @callback
 *
 * Reads the draft that was left in this form the last time.
 */
void
gez_draft_keeper_load_async (GezDraftKeeper      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GezQuery) query = NULL;
  GTask *task;

  g_return_if_fail (GEZ_IS_DRAFT_KEEPER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gez_draft_keeper_load_async);
  query = gez_store_draft_query (self->place, &self->subject);
  gez_store_run_async (self->store, query, cancellable, loaded_cb, task);
}

/**
 * gez_draft_keeper_load_finish:
 * @self: a keeper
 * @result: what the callback was given
 * @error: why it could not be read
 *
 * Returns: (transfer full) (nullable): the draft, or %NULL when there is none or with @error set
 */
char *
gez_draft_keeper_load_finish (GezDraftKeeper  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  guint n_left;
  GError *error;
} Flush;

static void
flush_free (gpointer data)
{
  Flush *flush = data;

  g_clear_error (&flush->error);
  g_free (flush);
}

static void
flush_one_ended (GTask *task)
{
  Flush *flush = g_task_get_task_data (task);

  if (--flush->n_left > 0)
    return;
  if (flush->error != NULL)
    g_task_return_error (task, g_steal_pointer (&flush->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  Flush *flush = g_task_get_task_data (task);

  gez_store_save_draft_finish (GEZ_STORE (source), result, flush->error ? NULL : &flush->error);
  flush_one_ended (task);
}

/**
 * gez_draft_keeper_flush_all_async:
 * @store: an open store
 * @callback: called when every keeper has written
 * @user_data: for @callback
 *
 * Writes what every form of the window still holds, also what is being written at this moment: a
 * write that is under way may still fail.
 */
void
gez_draft_keeper_flush_all_async (GezStore            *store,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, user_data);
  Flush *flush = g_new0 (Flush, 1);
  GPtrArray *keepers;

  g_return_if_fail (GEZ_IS_STORE (store));

  g_task_set_source_tag (task, gez_draft_keeper_flush_all_async);
  g_task_set_task_data (task, flush, flush_free);
  keepers = keepers_of (store);
  flush->n_left = 1;
  for (guint i = 0; i < keepers->len; i++)
    {
      GezDraftKeeper *keeper = g_ptr_array_index (keepers, i);

      if (gez_draft_keeper_is_saved (keeper))
        continue;
      flush->n_left++;
      gez_store_save_draft_async (store, keeper->place, &keeper->subject, keeper->newest,
                                  flushed_cb, g_object_ref (task));
    }
  flush_one_ended (task);
}

/**
 * gez_draft_keeper_flush_all_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: why a draft could not be written
 *
 * Returns: whether every draft is safe
 */
gboolean
gez_draft_keeper_flush_all_finish (GezStore      *store,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
