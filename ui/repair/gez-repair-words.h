/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-damage.h"

G_BEGIN_DECLS

GStrv gez_repair_list_damage (const GezDamage *damage);
char *gez_repair_tell_kept   (const GezDamage *damage);
GStrv gez_repair_list_saved  (const GezDamage *saved);
char *gez_repair_details     (const GezDamage *damage,
                              const GError    *error,
                              const char      *directory);

G_END_DECLS
