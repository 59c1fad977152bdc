/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tour.h"

/* Walks through a screen with the keys that somebody without a mouse has, one sentence per place where
 * that person would be lost. */
typedef struct
{
  Tour *tour;
  GHashTable *problems; /* sentences */
  GHashTable *kinds;    /* of controls that were reached on an earlier screen */
  GHashTable *seen;     /* of controls of which was seen that the focus shows */
  guint n_screens;
  guint n_controls; /* that must be reached */
  guint n_reached;
  guint n_presses;
  guint n_seen; /* of which was looked whether the focus shows */
} KeyboardCheck;

KeyboardCheck *keyboard_check_new    (Tour          *tour);
void           keyboard_check_free   (KeyboardCheck *self);
void           keyboard_check_screen (KeyboardCheck *self,
                                      const char    *screen,
                                      GtkWidget     *root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KeyboardCheck, keyboard_check_free)
