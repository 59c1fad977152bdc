/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device.h"

/* Everything that may happen, weighed; FALSE: something went wrong. */
gboolean    sim_step                (SimWorld       *self);
gboolean    sim_found_team          (SimWorld       *self);
gboolean    sim_add_device          (SimWorld       *self);
/* Whoever has a code looks whether the folder has what it opens. */
gboolean    sim_try_joining         (SimWorld       *self);
gboolean    sim_step_rows           (SimDevice      *device);
gboolean    sim_step_team           (SimDevice      *device);

/* The end: everything arrives, all devices rest, and what must hold is looked at. */
gboolean    sim_calm                (SimWorld       *self);
gboolean    sim_check               (SimWorld       *self);
