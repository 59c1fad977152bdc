/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gez-demo-store.h"

#include <glib/gstdio.h>
#include <string.h>

#include "common/gez-format.h"
#include "model/demo/gez-demo.h"

#define DEMO_SEED 20261121

struct _GezDemoStore
{
  char *directory;
  char *passphrase;
  GezClock *clock;
};

static GezStore *
make_store (GezDemoStore *self,
            GError      **error)
{
  GezPassphrase passphrase = { self->passphrase, strlen (self->passphrase) };
  GezStoreOwner owner = { "Demonstratieteam", "Testa Verzonnen", "casemanager", NULL };
  GezDemoOptions options = { .households = GEZ_DEMO_HOUSEHOLDS, .seed = DEMO_SEED };
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GezStore) store = NULL;

  vault = gez_vault_create (self->directory, passphrase, GEZ_KDF_COST_TEST, error);
  if (vault == NULL || (store = gez_store_create (vault, self->clock, &owner, error)) == NULL)
    return NULL;
  if (gez_demo_fill (store, &options, NULL, NULL, NULL, error))
    return g_steal_pointer (&store);
  gez_store_close (store, NULL);
  return NULL;
}

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GezStore *store = make_store (data, &error);

  if (store)
    g_task_return_pointer (task, store, g_object_unref);
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
      g_task_return_pointer (outer, context, g_object_unref);
    }
  else
    g_task_return_error (outer, error);
}

static void
store_made_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GTask) outer = data;
  GError *error = NULL;
  g_autoptr (GezStore) store = g_task_propagate_pointer (G_TASK (result), &error);

  if (store)
    gez_context_load_async (store, NULL, context_loaded_cb, g_steal_pointer (&outer));
  else
    g_task_return_error (outer, error);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory && (name = g_dir_read_name (directory)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

/**
 * gez_demo_store_new:
 *
 * Returns: (transfer full): with an empty private directory
 */
GezDemoStore *
gez_demo_store_new (GezClock *clock)
{
  GezDemoStore *self = g_new0 (GezDemoStore, 1);
  guint32 number = 0;

  self->clock = g_object_ref (clock);
  self->directory = g_dir_make_tmp ("gezinsplan-demo-XXXXXX", NULL);
  gez_clock_fill_random (clock, &number, sizeof number);
  self->passphrase = g_strdup_printf ("%04u %04u", number / 10000 % 10000, number % 10000);
  return self;
}

const char *
gez_demo_store_get_directory (GezDemoStore *self)
{
  return self->directory;
}

/**
 * gez_demo_store_get_passphrase:
 *
 * Returns: what opens it again after it was locked; no secret, as nothing in it is real
 */
const char *
gez_demo_store_get_passphrase (GezDemoStore *self)
{
  return self->passphrase;
}

/**
 * gez_demo_store_open_async:
 *
 * Makes the store and fills it, on another thread.
 */
void
gez_demo_store_open_async (GezDemoStore        *self,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *outer = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GTask) inner = g_task_new (NULL, NULL, store_made_cb, outer);

  g_task_set_task_data (inner, self, NULL);
  g_task_run_in_thread (inner, make_thread);
}

GezContext *
gez_demo_store_open_finish (GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * gez_demo_store_free:
 *
 * Removes the store from the disk.
 */
void
gez_demo_store_free (GezDemoStore *self)
{
  remove_tree (self->directory);
  g_free (self->directory);
  g_free (self->passphrase);
  g_object_unref (self->clock);
  g_free (self);
}
