/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-context.h"

/* Who works here, and with what.
 *
 * 1. The lists are replaced as a whole, on the main context; who holds the old ones may keep them.
 * 2. At most one reload is under way; a change that comes in the meantime starts another one after
 *    it, so that the newest lists win.
 *
 * Thread: the main one; a context from gez_context_new() the thread that made it. */

struct _GezContext
{
  GObject parent_instance;

  GezStore *store;
  GezClock *clock;
  GezLists *lists;
  GezId member_id;
  char *team_name;
  char *language;
  GezKdfCost kdf_cost;
  gboolean is_loading;
  gboolean is_outdated;
};

G_DEFINE_FINAL_TYPE (GezContext, gez_context, G_TYPE_OBJECT)

enum
{
  LISTS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *const list_tables[] = {
  "domain", "scale", "scale_point", "list_item", "member", "district", "school", NULL
};

#define DEFAULT_LANGUAGE "nl"

static GezQuery *
device_query (void)
{
  return gez_record_query ("SELECT member_id, team_name, time_zone FROM device WHERE row = 1",
                           GEZ_END);
}

static void reload (GezContext *self);

static void
reloaded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GezContext) self = GEZ_CONTEXT (user_data);
  g_autoptr (GezLists) lists = NULL;
  g_autoptr (GError) error = NULL;

  self->is_loading = FALSE;
  lists = gez_store_run_finish (GEZ_STORE (source), result, &error);
  if (lists == NULL)
    {
      /* Locking while it runs is no mistake; the lists that are there stay good. */
      if (!g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED))
        g_warning ("the lists could not be read again: %s", error->message);
      return;
    }
  if (self->is_outdated)
    {
      reload (self);
      return;
    }
  g_set_object (&self->lists, lists);
  g_signal_emit (self, signals[LISTS_CHANGED], 0);
}

static void
reload (GezContext *self)
{
  g_autoptr (GezQuery) query = NULL;

  self->is_outdated = self->is_loading;
  if (self->is_loading)
    return;
  self->is_loading = TRUE;
  query = gez_lists_query (self->language);
  gez_store_run_async (self->store, query, NULL, reloaded_cb, g_object_ref (self));
}

static void
store_changed_cb (GezContext         *self,
                  const char *const  *tables)
{
  for (guint i = 0; tables[i]; i++)
    if (g_strv_contains (list_tables, tables[i]))
      {
        reload (self);
        return;
      }
}

static GezContext *
new_from_rows (GezStore  *store,
               GPtrArray *devices,
               GezLists  *lists,
               GError   **error)
{
  GezContext *self;
  GezRecord *device;

  if (devices->len == 0)
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND,
                           "the store does not say whose it is");
      return NULL;
    }
  device = g_ptr_array_index (devices, 0);
  gez_clock_set_time_zone (gez_store_get_clock (store), gez_record_get_text (device, "time_zone"));
  self = gez_context_new (store, gez_store_get_clock (store), lists,
                          gez_record_get_reference (device, "member_id"));
  self->team_name = g_strdup (gez_record_get_text (device, "team_name"));
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

static void
lists_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GezLists) lists = NULL;
  GezContext *self = NULL;
  GError *error = NULL;

  lists = gez_store_run_finish (GEZ_STORE (source), result, &error);
  if (lists)
    self = new_from_rows (GEZ_STORE (source), g_task_get_task_data (task), lists, &error);
  if (self)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
device_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GezQuery) query = gez_lists_query (DEFAULT_LANGUAGE);
  GError *error = NULL;
  GPtrArray *devices = gez_store_run_finish (GEZ_STORE (source), result, &error);

  if (devices == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, devices, (GDestroyNotify) g_ptr_array_unref);
  gez_store_run_async (GEZ_STORE (source), query, g_task_get_cancellable (task), lists_read_cb,
                       g_object_ref (task));
}

static void
gez_context_finalize (GObject *object)
{
  GezContext *self = GEZ_CONTEXT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->lists);
  g_free (self->team_name);
  g_free (self->language);
  G_OBJECT_CLASS (gez_context_parent_class)->finalize (object);
}

static void
gez_context_class_init (GezContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_context_finalize;

  /**
   * GezContext::lists-changed:
   *
   * gez_context_get_lists() answers with other lists from now on.
   */
  signals[LISTS_CHANGED] = g_signal_new ("lists-changed", GEZ_TYPE_CONTEXT, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gez_context_init (GezContext *self)
{
  self->language = g_strdup (DEFAULT_LANGUAGE);
  self->kdf_cost = GEZ_KDF_COST_DEFAULT;
}

/**
 * gez_context_load:
 * @store: an unlocked store
 *
 * Reads who works here and the lists, and gives the store's clock the team's time zone. Waits for
 * the store: for tests and the command line only.
 *
 * Returns: (transfer full): the context, or %NULL with @error set
 */
GezContext *
gez_context_load (GezStore *store,
                  GError  **error)
{
  g_autoptr (GezQuery) device = NULL;
  g_autoptr (GezQuery) list = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GezLists) lists = NULL;

  g_return_val_if_fail (GEZ_IS_STORE (store), NULL);

  device = device_query ();
  list = gez_lists_query (DEFAULT_LANGUAGE);
  devices = gez_store_run (store, device, error);
  if (devices == NULL)
    return NULL;
  lists = gez_store_run (store, list, error);
  return lists ? new_from_rows (store, devices, lists, error) : NULL;
}

/**
 * gez_context_load_async:
 * @store: an unlocked store
 *
 * As gez_context_load(), without waiting.
 */
void
gez_context_load_async (GezStore            *store,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GezQuery) query = NULL;
  GTask *task;

  g_return_if_fail (GEZ_IS_STORE (store));

  query = device_query ();
  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, gez_context_load_async);
  gez_store_run_async (store, query, cancellable, device_read_cb, task);
}

/**
 * gez_context_load_finish:
 *
 * Returns: (transfer full): the context, or %NULL with @error set
 */
GezContext *
gez_context_load_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * gez_context_new:
 * @store: (nullable): an unlocked store
 * @clock: time and identities of the commands, which may differ from the store's
 * @lists: the lists, which stay as they are
 * @member: (nullable): in whose name commands are made
 *
 * A context for another hand or another day than the store's own: for generated data and for tests.
 *
 * Returns: (transfer full): the context
 */
GezContext *
gez_context_new (GezStore    *store,
                 GezClock    *clock,
                 GezLists    *lists,
                 const GezId *member)
{
  GezContext *self;

  g_return_val_if_fail (store == NULL || GEZ_IS_STORE (store), NULL);
  g_return_val_if_fail (GEZ_IS_CLOCK (clock) && GEZ_IS_LISTS (lists), NULL);

  self = g_object_new (GEZ_TYPE_CONTEXT, NULL);
  g_set_object (&self->store, store);
  g_set_object (&self->clock, clock);
  g_set_object (&self->lists, lists);
  self->member_id = member ? *member : GEZ_ID_NONE;
  return self;
}

/**
 * gez_context_get_store:
 *
 * Returns: (transfer none): the store
 */
GezStore *
gez_context_get_store (GezContext *self)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (self), NULL);

  return self->store;
}

/**
 * gez_context_get_clock:
 *
 * Returns: (transfer none): the clock, in the team's time zone
 */
GezClock *
gez_context_get_clock (GezContext *self)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (self), NULL);

  return self->clock;
}

/**
 * gez_context_get_lists:
 *
 * Returns: (transfer none): the lists; take a reference to keep them over GezContext::lists-changed
 */
GezLists *
gez_context_get_lists (GezContext *self)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (self), NULL);

  return self->lists;
}

/**
 * gez_context_get_member_id:
 *
 * Returns: (transfer none): who works here; none in a store that does not say
 */
const GezId *
gez_context_get_member_id (GezContext *self)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (self), NULL);

  return &self->member_id;
}

/**
 * gez_context_get_member_name:
 *
 * Returns: (nullable) (transfer none): her name
 */
const char *
gez_context_get_member_name (GezContext *self)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (self), NULL);

  return gez_lists_get_member_name (self->lists, &self->member_id);
}

/**
 * gez_context_get_role:
 *
 * Returns: (nullable) (transfer none): code of her role (GEZ_CODES_MEMBER_ROLE)
 */
const char *
gez_context_get_role (GezContext *self)
{
  GezRecord *member;

  g_return_val_if_fail (GEZ_IS_CONTEXT (self), NULL);

  member = gez_lists_find_member (self->lists, &self->member_id);
  return member ? gez_record_get_text (member, "role") : NULL;
}

/**
 * gez_context_is_brugfiguur:
 *
 * Returns: whether she reads and writes in the open circle only
 */
gboolean
gez_context_is_brugfiguur (GezContext *self)
{
  return g_strcmp0 (gez_context_get_role (self), "brugfiguur") == 0;
}

/**
 * gez_context_get_team_name:
 *
 * Returns: (nullable) (transfer none): how the team calls itself
 */
const char *
gez_context_get_team_name (GezContext *self)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (self), NULL);

  return self->team_name;
}

/**
 * gez_context_dup_today:
 *
 * Returns: (transfer full): the team's date now, "YYYY-MM-DD"
 */
char *
gez_context_dup_today (GezContext *self)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (self), NULL);

  return gez_clock_get_today (self->clock);
}

const char *
gez_context_get_language (GezContext *self)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (self), NULL);

  return self->language;
}

/**
 * gez_context_get_kdf_cost:
 *
 * Returns: what one guess of a passphrase that is chosen now shall cost
 */
GezKdfCost
gez_context_get_kdf_cost (GezContext *self)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (self), GEZ_KDF_COST_DEFAULT);

  return self->kdf_cost;
}

/**
 * gez_context_set_kdf_cost:
 * @cost: for tests, which cannot wait
 */
void
gez_context_set_kdf_cost (GezContext *self,
                          GezKdfCost  cost)
{
  g_return_if_fail (GEZ_IS_CONTEXT (self));

  self->kdf_cost = cost;
}

/**
 * gez_context_set_language:
 * @language: of the labels in the lists, as "nl"
 *
 * Labels that do not exist in that language stay Dutch.
 */
void
gez_context_set_language (GezContext *self,
                          const char *language)
{
  g_autoptr (GezLists) lists = NULL;

  g_return_if_fail (GEZ_IS_CONTEXT (self) && language != NULL);

  if (g_str_equal (self->language, language))
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  lists = gez_lists_in_language (self->lists, language);
  g_set_object (&self->lists, lists);
  if (self->is_loading)
    self->is_outdated = TRUE;
  g_signal_emit (self, signals[LISTS_CHANGED], 0);
}
