/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database-private.h"
#include "store/gez-damage.h"

G_BEGIN_DECLS

/**
 * GezSalvageSource:
 *
 * A copy of a damaged database, open as far as it can be, with all that reads of it.
 */
typedef struct _GezSalvageSource GezSalvageSource;

/* Gets each row that reads: column 0 is `row`. Returns %FALSE to stop, with @error set. */
typedef gboolean (*GezSalvageRowFunc) (GezStatement *statement,
                                       gpointer      user_data,
                                       GError      **error);

GezSalvageSource *gez_salvage_source_open     (GezVault            *vault,
                                               const GezVaultCheck *check,
                                               const char          *directory,
                                               GezClock            *clock,
                                               GError             **error);
GezDatabase      *gez_salvage_source_get_database (GezSalvageSource *self);
GStrv             gez_salvage_source_list_tables (GezSalvageSource *self);
GStrv             gez_salvage_source_list_columns (GezSalvageSource *self,
                                               const char          *table);
gboolean          gez_salvage_source_scan     (GezSalvageSource    *self,
                                               const char          *table,
                                               const char * const  *columns,
                                               GezSalvageRowFunc    function,
                                               gpointer             user_data,
                                               GArray             **lost,
                                               GError             **error);
gint64            gez_salvage_source_count_households (GezSalvageSource *self,
                                               const char          *table,
                                               GArray              *lost);
GHashTable       *gez_salvage_source_list_ids (GezSalvageSource    *self,
                                               const char          *table);
void              gez_salvage_source_free     (GezSalvageSource    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezSalvageSource, gez_salvage_source_free)

G_END_DECLS
