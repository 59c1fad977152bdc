/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-schema.h"

G_BEGIN_DECLS

/*
 * The closed lists of codes, each a %NULL-ended `const char *const *` in the order in which people
 * meet them. The store refuses every other code; ui/ has a sentence for each of them.
 */
#define GEZ_CODES_MEMBER_ROLE gez_schema_get_codes ("member", "role")
#define GEZ_CODES_SECRECY gez_schema_get_codes ("member", "secrecy")
#define GEZ_CODES_RESIDENCE gez_schema_get_codes ("household", "residence")
#define GEZ_CODES_KNOWN gez_schema_get_codes ("household", "known_to_ocmw")
#define GEZ_CODES_YES_PARTLY_NO gez_schema_get_codes ("partner", "affordable")
#define GEZ_CODES_TRAJECTORY_STATE gez_schema_get_codes ("trajectory_event", "state")
#define GEZ_CODES_GENDER gez_schema_get_codes ("person", "gender")
#define GEZ_CODES_MEMBERSHIP_ROLE gez_schema_get_codes ("membership", "role")
#define GEZ_CODES_LIVES_HERE gez_schema_get_codes ("membership", "residence")
#define GEZ_CODES_RELATION gez_schema_get_codes ("relation", "kind")
#define GEZ_CODES_HELPER_KIND gez_schema_get_codes ("helper", "kind")
#define GEZ_CODES_VOICE gez_schema_get_codes ("assessment", "voice")
#define GEZ_CODES_ASKED gez_schema_get_codes ("assessment", "asked")
#define GEZ_CODES_GOAL_STATE gez_schema_get_codes ("goal", "state")
#define GEZ_CODES_NOTE_ORIGIN gez_schema_get_codes ("note", "origin")
#define GEZ_CODES_REFERRAL_DIRECTION gez_schema_get_codes ("referral", "direction")
#define GEZ_CODES_REFERRAL_STATE gez_schema_get_codes ("referral_event", "state")
#define GEZ_CODES_FOLLOWUP_KIND gez_schema_get_codes ("followup", "kind")
#define GEZ_CODES_APPOINTMENT_STATE gez_schema_get_codes ("appointment", "state")

G_END_DECLS
