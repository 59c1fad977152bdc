/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Somebody looks on: F9 hides what must not be read over a shoulder, on the screen and on the
 * accessibility bus alike, because the words are never given to a widget.
 *
 * Who shows names of households or of their people, addresses, safety facts, or texts that were written about
 * them outside the plan, shows gez_discreet (words) instead. What a GezReader reads is shown again by itself
 * when this changes; anything else connects with gez_discretion_watch(). What somebody is typing in is not
 * hidden, nor is a form that she opened herself. */

gboolean    gez_discretion_is_active  (void);
void        gez_discretion_set_active (gboolean   active);
void        gez_discretion_watch      (gpointer   object,
                                       GCallback  changed);
const char *gez_discreet              (const char *words);

G_END_DECLS
