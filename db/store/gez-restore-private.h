/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-restore.h"

G_BEGIN_DECLS

/* For tests: called after each step, and a file system that cannot exchange two directories. */
extern void (*gez_restore_between_steps) (void);
extern gboolean gez_restore_in_two_steps;

G_END_DECLS
