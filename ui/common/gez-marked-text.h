/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Text in which a search marked what it found (GEZ_SEARCH_OPEN, GEZ_SEARCH_CLOSE), on a label: with
 * attributes, never as markup. */
void gez_marked_text_show (GtkLabel   *label,
                           const char *marked);

G_END_DECLS
