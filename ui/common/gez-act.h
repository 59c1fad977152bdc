/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/* One act of a person from a widget to the store: commit, say how it went, offer to undo it.
 * `change` is taken over; `done` is a whole sentence for the toast, or NULL for silence. */
void    gez_act            (GtkWidget           *from,
                            GezContext          *context,
                            GezChange           *change,
                            const char          *done);
void    gez_act_async      (GtkWidget           *from,
                            GezContext          *context,
                            GezChange           *change,
                            const char          *done,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
guint64 gez_act_finish     (GAsyncResult        *result);

typedef void (*GezUndoFunc) (GtkWidget *window,
                             gpointer   data);

void    gez_act_local      (GtkWidget           *from,
                            GezContext          *context,
                            const char          *sentence,
                            GezUndoFunc          undo,
                            gpointer             data,
                            GDestroyNotify       free_data);
void    gez_undo_last      (GtkWidget           *from,
                            GezContext          *context);
void    gez_say            (GtkWidget           *from,
                            const char          *sentence);
void    gez_say_error      (GtkWidget           *from,
                            const GError        *error);

G_END_DECLS
