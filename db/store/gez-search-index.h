/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database-private.h"

G_BEGIN_DECLS

gboolean gez_search_index_update (GezDatabase     *database,
                                  GezCapturedRow  *row,
                                  GError         **error);
gboolean gez_search_index_remove (GezDatabase     *database,
                                  const GezTable  *table,
                                  const GezId     *id,
                                  GError         **error);
GezStatement *gez_search_index_prepare (GezDatabase *database,
                                  const GezTable  *table,
                                  GError         **error);
gboolean gez_search_index_add    (GezDatabase     *database,
                                  const GezTable  *table,
                                  const GezId     *id,
                                  GError         **error);
gboolean gez_search_index_forget (GezDatabase     *database,
                                  GError         **error);

G_END_DECLS
