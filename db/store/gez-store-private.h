/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database-private.h"
#include "store/gez-store.h"
#include "store/gez-worker.h"

G_BEGIN_DECLS

struct _GezStore
{
  GObject parent_instance;

  GezVault *vault;
  GezClock *clock;
  GezWorker *worker;     /* NULL once closed */
  GezDatabase *database; /* the worker's */
};

G_END_DECLS
