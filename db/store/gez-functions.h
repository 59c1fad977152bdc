/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/gez-clock.h"

typedef struct sqlite3 sqlite3;

G_BEGIN_DECLS

int gez_functions_install (sqlite3  *handle,
                           GezClock *clock);

G_END_DECLS
