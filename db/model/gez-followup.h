/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezFollowupInput:
 * @household_id: (nullable): %NULL: a task of the team
 * @domain_id: (nullable): of what it hangs on; a sensitive domain makes it casework
 * @owner_member_id: (nullable): %NULL: the current member
 * @kind: (nullable): GEZ_CODES_FOLLOWUP_KIND; %NULL: task
 * @rhythm_days: days until the next one when this one is done; 0: once
 * @is_suggested: whether the program proposes it and nobody took it yet
 */
typedef struct
{
  const GezId *household_id;
  const GezId *domain_id;
  const char *what;
  const char *due_on;
  const GezId *owner_member_id;
  const char *kind;
  int rhythm_days;
  gboolean is_suggested;
  const GezId *goal_id;
  const GezId *referral_id;
  const GezId *contact_id;
  const GezId *question_id;
} GezFollowupInput;

GezChange *gez_followup_plan    (GezContext             *context,
                                 const GezFollowupInput *input,
                                 GezId                  *id);
GezChange *gez_followup_done    (GezContext             *context,
                                 const GezId            *followup,
                                 const char             *done_on,
                                 const GezFollowupInput *rhythm);
GezChange *gez_followup_reopen  (GezContext             *context,
                                 const GezId            *followup);
GezChange *gez_followup_move    (GezContext             *context,
                                 const GezId            *followup,
                                 const char             *due_on,
                                 const char             *reason);
GezChange *gez_followup_cancel  (GezContext             *context,
                                 const GezId            *followup,
                                 const char             *reason);
GezChange *gez_followup_accept  (GezContext             *context,
                                 const GezId            *followup);
char      *gez_followup_next_on (const char             *due_on,
                                 int                     rhythm_days,
                                 const char             *done_on);

G_END_DECLS
