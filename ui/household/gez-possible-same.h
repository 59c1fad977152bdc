/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"
#include "model/gez-same.h"

G_BEGIN_DECLS

/**
 * GezPossibleSame:
 *
 * Search before create: while somebody is being written down it shows who may be the same, how they
 * match, and opens that file instead. It takes no room while there is nobody, and never stops
 * anybody: there are people with the same name.
 *
 * GezPossibleSame::open (const char *household): the file with this identity is wanted.
 */
#define GEZ_TYPE_POSSIBLE_SAME (gez_possible_same_get_type ())
G_DECLARE_FINAL_TYPE (GezPossibleSame, gez_possible_same, GEZ, POSSIBLE_SAME, GtkWidget)

GtkWidget *gez_possible_same_new (GezContext      *context,
                                  const char      *heading);
void       gez_possible_same_ask (GezPossibleSame *self,
                                  const GezSought *sought,
                                  guint            n_sought);

G_END_DECLS
