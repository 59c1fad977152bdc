/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tour.h"

/* Whether a screen is whole in a narrow window, from the left and from the right, and with large text. */
typedef struct
{
  Tour *tour;
  GHashTable *problems; /* sentences */
  guint n_screens;
  guint n_widgets;
  int widest;       /* pixels that a screen asks for, at 100 % text */
  int widest_large; /* at 200 % */
  char *widest_large_screen;
} FitCheck;

#define FIT_WIDTH 360

FitCheck *fit_check_new    (Tour       *tour);
void      fit_check_free   (FitCheck   *self);
void      fit_check_screen (FitCheck   *self,
                            const char *screen,
                            GtkWidget  *root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FitCheck, fit_check_free)
