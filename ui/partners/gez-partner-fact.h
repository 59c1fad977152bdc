/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row of a boxed list that says one thing: what it is, small, above what is known, which can be
 * selected, and with `can_copy` be copied with one press. It never reads markup. */
GtkWidget *gez_partner_fact_new (const char *title,
                                 const char *text,
                                 gboolean    can_copy);

G_END_DECLS
