/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "repair/gez-repair-work.h"

G_BEGIN_DECLS

extern const GezRepairWork gez_repair_work;

G_END_DECLS
