/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-store.h"

G_BEGIN_DECLS

/**
 * GezDemoOptions:
 * @households: how many files, 1 to 10,000
 * @contacts: contact moments per file; 0: between 2 and 24, as it comes
 * @seed: the same seed gives the same caseload
 * @today: (nullable): the day around which it lives, "YYYY-MM-DD"; %NULL: the store's today
 */
typedef struct
{
  guint households;
  guint contacts;
  guint32 seed;
  const char *today;
} GezDemoOptions;

#define GEZ_DEMO_HOUSEHOLDS 60
#define GEZ_DEMO_HOUSEHOLDS_MAX 10000

/* Called on the calling thread after each household. */
typedef void (*GezDemoProgress) (guint    done,
                                 guint    total,
                                 gpointer user_data);

gboolean gez_demo_fill (GezStore              *store,
                        const GezDemoOptions  *options,
                        GezDemoProgress        progress,
                        gpointer               user_data,
                        GCancellable          *cancellable,
                        GError               **error);

G_END_DECLS
