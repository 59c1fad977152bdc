/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * GezViewPart:
 * @name: of the list in the view
 * @sql: reads it; ?1 is today, ?2 what the page is about
 */
typedef struct
{
  const char *name;
  const char *sql;
} GezViewPart;

GezView *gez_view_read (GezDatabase       *database,
                        const GezViewPart *parts,
                        guint              n_parts,
                        const GezId       *subject,
                        GError           **error);

G_END_DECLS
