/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A one-line field that saves itself: `save` is called with the text when a person leaves the field
 * or presses Enter and it is not what was shown last. What is being typed is never overwritten. */
typedef void (*GezFieldSave) (GtkWidget  *owner,
                              const char *column,
                              const char *text);

void gez_field_entry_watch (GtkWidget    *entry,
                            GtkWidget    *owner,
                            const char   *column,
                            GezFieldSave  save);
void gez_field_entry_show  (GtkWidget    *entry,
                            const char   *text);

G_END_DECLS
