/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gez-repair.h"

#include "sync/gez-salvage.h"

/* What the page about a damaged store does; it rests on the merge, which the window does not see. */
const GezRepairWork gez_repair_work = { gez_salvage_look, gez_salvage_run };
