/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezView:
 *
 * What one page shows, read in one transaction: records and lists of records, each under the name
 * that the query's header gives it. Immutable once it left its query; safe on any thread. Asking
 * for a name that the query does not give is a programming error.
 */
#define GEZ_TYPE_VIEW (gez_view_get_type ())
G_DECLARE_FINAL_TYPE (GezView, gez_view, GEZ, VIEW, GObject)

GezView   *gez_view_new         (void);
gboolean   gez_view_take        (GezView     *self,
                                 const char  *name,
                                 GPtrArray   *records);

GPtrArray *gez_view_get_list    (GezView     *self,
                                 const char  *name);
GezRecord *gez_view_get_record  (GezView     *self,
                                 const char  *name);

G_END_DECLS
