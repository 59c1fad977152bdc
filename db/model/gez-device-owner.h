/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database.h"

G_BEGIN_DECLS

GezId  gez_device_owner      (GezDatabase *database,
                              const GezId *device);
char  *gez_device_owner_name (GezDatabase *database,
                              const GezId *device);

G_END_DECLS
