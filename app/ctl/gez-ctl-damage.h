/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gez-ctl.h"
#include "store/gez-damage.h"

G_BEGIN_DECLS

GezDamage  *gez_ctl_look           (GezCtl          *ctl,
                                    GezVault       **vault,
                                    GError         **error);
JsonObject *gez_ctl_damage_to_json (const GezDamage *damage);
void        gez_ctl_print_damage   (const GezDamage *damage);

G_END_DECLS
