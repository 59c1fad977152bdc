/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tour.h"

/* Whether every text and sign can be told from what is behind it, measured in the picture. */
typedef struct
{
  Tour *tour;
  GHashTable *problems; /* sentences */
  GHashTable *looked;   /* styles that were measured */
  GHashTable *pairs;    /* colours that were found together */
  guint n_screens;
  guint n_texts;
  double lowest; /* ratio of a text */
} ContrastCheck;

ContrastCheck *contrast_check_new    (Tour          *tour);
void           contrast_check_free   (ContrastCheck *self);
void           contrast_check_screen (ContrastCheck *self,
                                      const char    *screen,
                                      GtkWidget     *root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ContrastCheck, contrast_check_free)
