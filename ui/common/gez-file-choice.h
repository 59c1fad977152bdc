/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezFilesChosen:
 * @files: (element-type GFile): at least one
 * @data: what was given with it
 */
typedef void (*GezFilesChosen) (GListModel *files,
                                gpointer    data);

void gez_file_choice_open (GtkWidget      *from,
                           const char     *title,
                           const char     *accept_label,
                           GezFilesChosen  chosen,
                           gpointer        data,
                           GDestroyNotify  free_data);
void gez_file_choice_save (GtkWidget      *from,
                           const char     *title,
                           const char     *accept_label,
                           const char     *name,
                           GezFilesChosen  chosen,
                           gpointer        data,
                           GDestroyNotify  free_data);

void gez_file_choice_folder (GtkWidget    *from,
                           const char     *title,
                           const char     *accept_label,
                           GezFilesChosen  chosen,
                           gpointer        data,
                           GDestroyNotify  free_data);
void gez_file_choice_open_kind (GtkWidget *from,
                           const char     *title,
                           const char     *accept_label,
                           const char     *kind,
                           const char     *pattern,
                           GezFilesChosen  chosen,
                           gpointer        data,
                           GDestroyNotify  free_data);

G_END_DECLS
