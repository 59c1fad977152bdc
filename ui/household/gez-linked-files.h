/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezLinkedFiles:
 *
 * The other files that are about the same family, or hold the same person. Linking joins nothing, and is
 * taken back with one click.
 */
#define GEZ_TYPE_LINKED_FILES (gez_linked_files_get_type ())
G_DECLARE_FINAL_TYPE (GezLinkedFiles, gez_linked_files, GEZ, LINKED_FILES, GtkWidget)

GtkWidget *gez_linked_files_new (GezContext  *context,
                                 const GezId *household);

G_END_DECLS
