/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What libFuzzer calls, and what the replay calls with every file of the corpus: one input from
 * outside, which may be refused and may not crash. Returns 0. */
int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);
