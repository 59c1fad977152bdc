/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "memory-database.h"

/* Databases in memory that are used again: emptying one costs a tenth of making it, and its statements stay
 * prepared. */

/* With the tables, a device and nothing else. */
MemoryDatabase *database_pool_take       (gint64          now,
                                          guint32         seed);
/* With the content of @image. */
MemoryDatabase *database_pool_take_image (GBytes         *image,
                                          gint64          now,
                                          guint32         seed);
void            database_pool_give_back  (MemoryDatabase *database);
