/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/gez-id.h"

G_BEGIN_DECLS

/**
 * GezVersion:
 * @device: who wrote
 * @counter: the how-manieth write of that device
 *
 * Names one write of one row, everywhere and for ever.
 */
typedef struct
{
  GezId device;
  guint64 counter;
} GezVersion;

G_END_DECLS
