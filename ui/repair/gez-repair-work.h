/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/gez-clock.h"
#include "store/gez-damage.h"

G_BEGIN_DECLS

/**
 * GezRepairWork:
 * @look: see gez_salvage_look()
 * @save: see gez_salvage_run()
 *
 * What is done with a damaged store. It rests on the merge of change logs, which lies above what the window may
 * see; so the program hands it in.
 */
typedef struct
{
  GezDamage *(*look) (GezVault         *vault,
                      GezClock         *clock,
                      GezVaultProgress  progress,
                      gpointer          user_data,
                      GCancellable     *cancellable,
                      GError          **error);
  GezDamage *(*save) (GezVault         *vault,
                      GezClock         *clock,
                      const char       *directory,
                      GezVaultProgress  progress,
                      gpointer          user_data,
                      GCancellable     *cancellable,
                      GError          **error);
} GezRepairWork;

void       gez_repair_set_work (const GezRepairWork *work);
void       gez_repair_start    (GezVault            *vault,
                                GezClock            *clock,
                                const char          *directory,
                                GezVaultProgress     progress,
                                gpointer             progress_data,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
GezDamage *gez_repair_finish   (GAsyncResult        *result,
                                GError             **error);

G_END_DECLS
