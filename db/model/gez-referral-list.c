/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-referral-list.h"

#include "model/gez-derived.h"
#include "model/gez-view-private.h"

/* ?2 the household, or the referral */

#define REFERRALS \
  "SELECT r.*, " GEZ_SQL_PARTNER ("r") " AS partner, " \
  GEZ_SQL_DOMAIN_CODE ("r.domain_id") " AS domain_code, " \
  GEZ_SQL_NAME_OF_PERSON ("r.person_id") " AS person_name, " \
  GEZ_SQL_NAME_OF ("member", "r.by_member_id") " AS by_name, " \
  GEZ_SQL_NAME_OF ("household", "r.household_id") " AS household_name, " \
  "(SELECT np.phone FROM partner np WHERE np.id = r.partner_id) AS phone, " \
  "e.state, e.happened_on AS state_on, e.reason AS state_reason, " \
  GEZ_SQL_DAYS_SINCE ("e.happened_on") " AS days_without_news, " \
  "coalesce(" GEZ_SQL_HAS_NO_NEWS ("r", "e") ", 0) AS has_no_news, " \
  GEZ_SQL_IS_WAITING ("e") " AS is_waiting" \
  " FROM referral r" GEZ_SQL_JOIN_LATEST_EVENT ("r", "e")

static const char referrals_sql[] =
  REFERRALS
  "WHERE r.household_id = ?2 AND r.withdrawn_at IS NULL"
  " ORDER BY is_waiting DESC, CASE WHEN is_waiting THEN e.happened_on END,"
  " e.happened_on DESC, r.id DESC";

static const char referral_sql[] = REFERRALS "WHERE r.id = ?2 AND r.withdrawn_at IS NULL";

static const char call_backs_sql[] =
  "SELECT f.* FROM followup f WHERE f.referral_id = ?2 AND " GEZ_SQL_IS_CALL_BACK ("f")
  " ORDER BY f.due_on, f.id";

static const char events_sql[] =
  "SELECT e.*, " GEZ_SQL_NAME_OF ("member", "e.by_member_id") " AS by_name"
  " FROM referral r JOIN referral_event e ON e.referral_id = r.id"
  " WHERE r.household_id = ?2 AND r.withdrawn_at IS NULL AND e.withdrawn_at IS NULL"
  " ORDER BY e.happened_on, e.id";

static gpointer
read_referrals (GezDatabase *database,
                gpointer     household,
                GError     **error)
{
  static const GezViewPart parts[] = {
    { "referrals", referrals_sql },
    { "events", events_sql },
  };

  return gez_view_read (database, parts, G_N_ELEMENTS (parts), household, error);
}

GezQuery *
gez_referral_list_query (const GezId *household)
{
  g_return_val_if_fail (household != NULL, NULL);

  return gez_query_new (read_referrals, gez_id_copy (household), g_free, g_object_unref);
}

static gpointer
read_referral (GezDatabase *database,
               gpointer     referral,
               GError     **error)
{
  static const GezViewPart parts[] = {
    { "referral", referral_sql },
    { "call_backs", call_backs_sql },
  };

  return gez_view_read (database, parts, G_N_ELEMENTS (parts), referral, error);
}

GezQuery *
gez_referral_query (const GezId *referral)
{
  g_return_val_if_fail (referral != NULL, NULL);

  return gez_query_new (read_referral, gez_id_copy (referral), g_free, g_object_unref);
}
