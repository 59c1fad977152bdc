/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault.h"

G_BEGIN_DECLS

/**
 * GezStrength:
 * @score: 0 to 100
 * @is_enough: whether it may be used
 * @sentence: how strong it is and what would help, for people
 */
typedef struct
{
  int score;
  gboolean is_enough;
  char *sentence;
} GezStrength;

void gez_strength_check (GezPassphrase  passphrase,
                         GezStrength   *strength);

G_END_DECLS
