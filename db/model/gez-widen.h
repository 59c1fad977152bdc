/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"
#include "store/gez-circle.h"

G_BEGIN_DECLS

/**
 * GezWidenPart:
 * @table: name of a table
 * @id: one of its rows
 */
typedef struct
{
  const char *table;
  GezId id;
} GezWidenPart;

gboolean      gez_widen_can  (const char         *circle,
                              GezCircleKind      *wider);
GezChange    *gez_widen_move (GezContext         *context,
                              const GezId        *household,
                              GezCircleKind       wider,
                              const GezWidenPart *parts,
                              guint               n_parts);

G_END_DECLS
