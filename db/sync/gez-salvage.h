/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-damage.h"
#include "base/gez-clock.h"

G_BEGIN_DECLS

GezDamage *gez_salvage_look (GezVault          *vault,
                             GezClock          *clock,
                             GezVaultProgress   progress,
                             gpointer           user_data,
                             GCancellable      *cancellable,
                             GError           **error);
GezDamage *gez_salvage_run  (GezVault          *vault,
                             GezClock          *clock,
                             const char        *directory,
                             GezVaultProgress   progress,
                             gpointer           user_data,
                             GCancellable      *cancellable,
                             GError           **error);

G_END_DECLS
