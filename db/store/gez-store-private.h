/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database-private.h"
#include "store/gez-store.h"
#include "store/gez-worker.h"

G_BEGIN_DECLS

typedef struct sqlite3_backup sqlite3_backup;

/* Work on a thread of its own that has slices run on the worker: one of each kind at a time. */
typedef enum
{
  GEZ_STORE_GUEST_BACKUP,
  GEZ_STORE_GUEST_SYNC,
  GEZ_STORE_N_GUESTS,
} GezStoreGuest;

struct _GezStore
{
  GObject parent_instance;

  GezVault *vault;
  GezClock *clock;
  GezWorker *worker;     /* NULL once closed */
  GezDatabase *database; /* the worker's */
  sqlite3_backup *copying; /* the worker's; NULL: no copy is being filled */

  GMutex gate;         /* guards what follows, and that nothing is pushed to a worker that ends */
  GCond gate_changed;
  GezWorker *ending;   /* the worker while the store is being closed */
  GCancellable *guests[GEZ_STORE_N_GUESTS]; /* NULL: there is none of that kind */
};

/* Runs on the worker's thread, for at most some milliseconds. */
typedef gboolean (*GezStoreSlice) (GezStore *self,
                                   gpointer  data,
                                   GError  **error);

gboolean   gez_store_enter      (GezStore     *self,
                                 GezStoreGuest kind,
                                 GCancellable *cancellable,
                                 GError      **error);
void       gez_store_leave      (GezStore     *self,
                                 GezStoreGuest kind);
gboolean   gez_store_run_slice  (GezStore     *self,
                                 GezStoreSlice slice,
                                 gpointer      data,
                                 GError      **error);
void       gez_store_leave_copy (GezStore     *self);
GezWorker *gez_store_shut       (GezStore     *self);
void       gez_store_drop_worker (GezStore    *self,
                                 GezWorker    *worker);
void       gez_store_end_copy   (GezStore     *self);
void       gez_store_announce   (GezStore     *self,
                                 GPtrArray    *tables);

#define GEZ_STORE_DAMAGED "damaged"

void gez_store_tell_damage (GezStore     *self,
                            const GError *error);

G_END_DECLS
