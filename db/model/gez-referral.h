/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

#define GEZ_REFERRAL_CALL_BACK_DAYS 14

/**
 * GezReferralInput:
 * @direction: (nullable): GEZ_CODES_REFERRAL_DIRECTION; %NULL: out
 * @partner_id: (nullable): from the social map, or else @partner_name
 * @domain_id: (nullable): decides, with the household, who may read it
 * @person_id: (nullable): for whom; %NULL: the whole household
 * @reason: (nullable): code of the list referral_reason
 * @state: (nullable): GEZ_CODES_REFERRAL_STATE it starts in; %NULL: prepared
 * @happened_on: (nullable): day of that first state; %NULL: today
 * @call_back_on: (nullable): %NULL: 14 days after @happened_on
 * @call_back_what: (nullable): text of the follow-up that goes with it; %NULL: the partner's name,
 *   else the question
 * @call_back: (out) (optional): receives the identity of that follow-up, none when there is none
 *
 * A referral. Unless it starts in a final state or comes in to us, a follow-up to call back is
 * planned for the current member.
 */
typedef struct
{
  const GezId *household_id;
  const char *direction;
  const GezId *partner_id;
  const char *partner_name;
  const GezId *domain_id;
  const GezId *person_id;
  const char *reason;
  const char *question;
  gboolean is_warm;
  const char *introduced_by;
  const char *joint_talk_on;
  gboolean has_consent;
  const char *consent_on;
  const char *letter_sent_on;
  const char *state;
  const char *happened_on;
  const char *call_back_on;
  const char *call_back_what;
  GezId *call_back;
} GezReferralInput;

/**
 * GezReferralNews:
 * @household_id: of the referral, as are @domain_id (nullable) and @referral_id
 * @state: (nullable): the state it comes to; gez_referral_call_back() does not read it
 * @happened_on: (nullable): %NULL: today
 * @reason: (nullable): in words; @barrier: (nullable): code of the list barrier
 * @call_backs: (array length=n_call_backs): the open follow-ups to call back; with this news, or
 *   with the new day, they are done
 * @call_back_on: (nullable): when to call again; plans a follow-up with the text @call_back_what
 * @call_back: (out) (optional): receives the identity of that follow-up, none when there is none
 */
typedef struct
{
  const GezId *household_id;
  const GezId *domain_id;
  const GezId *referral_id;
  const char *state;
  const char *happened_on;
  const char *reason;
  const char *barrier;
  const GezId *call_backs;
  guint n_call_backs;
  const char *call_back_on;
  const char *call_back_what;
  GezId *call_back;
} GezReferralNews;

gboolean   gez_referral_state_is_final (const char             *state);
GezChange *gez_referral_refer          (GezContext             *context,
                                        const GezReferralInput *input,
                                        GezId                  *id);
GezChange *gez_referral_add_event      (GezContext             *context,
                                        const GezReferralNews  *news);
GezChange *gez_referral_call_back      (GezContext             *context,
                                        const GezReferralNews  *news);

G_END_DECLS
