/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _GezWorker GezWorker;

/* Runs on the worker's thread. */
typedef void (*GezWorkerFunc) (gpointer data);

GezWorker *gez_worker_new              (void);
void       gez_worker_push             (GezWorker     *self,
                                        gboolean       is_long,
                                        GezWorkerFunc  function,
                                        gpointer       data);
void       gez_worker_run              (GezWorker     *self,
                                        gboolean       is_long,
                                        GezWorkerFunc  function,
                                        gpointer       data);
gint64     gez_worker_get_longest_wait (GezWorker     *self);
void       gez_worker_free             (GezWorker     *self);

G_END_DECLS
