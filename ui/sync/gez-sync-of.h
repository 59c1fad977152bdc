/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"
#include "sync/gez-sync.h"

G_BEGIN_DECLS

GezSync *gez_sync_of (GezContext *context);

G_END_DECLS
