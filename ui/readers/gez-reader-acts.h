/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "circle/gez-team-work.h"
#include "model/gez-context.h"

G_BEGIN_DECLS

/* Acts on the team one after the other: the first that is refused ends the row. `done` gets NULL when all
 * went well. */
typedef void (*GezReaderActsDone) (const GError *error,
                                   gpointer      data);

void gez_reader_acts_run (GezContext        *context,
                          GPtrArray         *acts,
                          GezReaderActsDone  done,
                          gpointer           data);

G_END_DECLS
