/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * StepsWhat:
 * @STEPS_KILL: the process ends before the step
 * @STEPS_TEAR: the process ends in the middle of the step, when it writes; else before it
 * @STEPS_POWER: the power goes before the step; nothing stays that was not synced
 * @STEPS_POWER_NAMES: the power goes; names stay as they are, contents only when synced
 * @STEPS_POWER_CONTENTS: the power goes; contents stay as they are, names only when synced
 * @STEPS_FAIL: the step fails, once
 * @STEPS_FULL: from the step on, the disk is full
 * @STEPS_BROKEN: from the step on, everything fails, reading too
 *
 * What goes wrong at one step of a program.
 */
typedef enum
{
  STEPS_KILL,
  STEPS_TEAR,
  STEPS_POWER,
  STEPS_POWER_NAMES,
  STEPS_POWER_CONTENTS,
  STEPS_FAIL,
  STEPS_FULL,
  STEPS_BROKEN,
  STEPS_N_WHATS,
} StepsWhat;

#define STEPS_ENDED 77 /* the exit status of a process that was ended at a step */

void     steps_arm    (const char *directory,
                       StepsWhat   what,
                       guint       at);
gboolean steps_disarm (void);
