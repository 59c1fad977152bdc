/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezDemoStore:
 *
 * A throw-away store with invented households, encrypted like any other with a passphrase of its
 * own, in a private directory that is removed at the end.
 */
typedef struct _GezDemoStore GezDemoStore;

GezDemoStore *gez_demo_store_new           (GezClock            *clock);
const char   *gez_demo_store_get_directory (GezDemoStore        *self);
const char   *gez_demo_store_get_passphrase (GezDemoStore       *self);
void          gez_demo_store_open_async    (GezDemoStore        *self,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
GezContext   *gez_demo_store_open_finish   (GAsyncResult        *result,
                                            GError             **error);
void          gez_demo_store_free          (GezDemoStore        *self);

G_END_DECLS
