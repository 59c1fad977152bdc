/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* What a screen reader would have to say badly, one sentence per place. */
typedef struct
{
  GHashTable *problems; /* sentences */
  guint n_screens;
  guint n_controls;
} NameCheck;

NameCheck *name_check_new    (void);
void       name_check_free   (NameCheck  *self);
void       name_check_screen (NameCheck  *self,
                              const char *screen,
                              GtkWidget  *root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NameCheck, name_check_free)
