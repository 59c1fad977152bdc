/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*GezConfirmed) (gpointer user_data);

/* Asks before what cannot be undone. `confirmed` is called only for a yes; `free_data` always. */
void gez_confirm (GtkWidget      *from,
                  const char     *heading,
                  const char     *body,
                  const char     *action_label,
                  gboolean        destructive,
                  GezConfirmed    confirmed,
                  gpointer        user_data,
                  GDestroyNotify  free_data);

typedef void (*GezReasonGiven) (const char *reason,
                                gpointer    user_data);

/* Asks why before something is done, in a few words. `given` is called only with a reason;
 * `free_data` always. */
void gez_ask_reason (GtkWidget      *from,
                     const char     *heading,
                     const char     *body,
                     const char     *action_label,
                     GezReasonGiven  given,
                     gpointer        user_data,
                     GDestroyNotify  free_data);

G_END_DECLS
