/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-partner-view.h"

#include "model/gez-derived.h"
#include "model/gez-view-private.h"

/* ?2 the partner */

#define FROM_REFERRALS \
  " FROM referral r JOIN household h ON h.id = r.household_id" \
  GEZ_SQL_JOIN_LATEST_EVENT ("r", "e") \
  "WHERE r.partner_id = ?2 AND r.withdrawn_at IS NULL AND h.withdrawn_at IS NULL"

static const char partner_sql[] =
  "SELECT p.*, " GEZ_SQL_NAME_OF ("member", "p.checked_by_member_id") " AS checked_by_name, "
  GEZ_SQL_IS_UNCHECKED ("p") " AS is_unchecked"
  " FROM partner p WHERE p.id = ?2 AND p.withdrawn_at IS NULL";

static const char referrals_sql[] =
  "SELECT r.*, h.name AS household_name, " GEZ_SQL_DOMAIN_CODE ("r.domain_id") " AS domain_code, "
  GEZ_SQL_NAME_OF ("member", "r.by_member_id") " AS by_name, "
  "e.state, e.happened_on AS state_on, "
  GEZ_SQL_DAYS_SINCE ("e.happened_on") " AS days_without_news, "
  "coalesce(" GEZ_SQL_HAS_NO_NEWS ("r", "e") ", 0) AS has_no_news, "
  GEZ_SQL_IS_WAITING ("e") " AS is_waiting" FROM_REFERRALS
  " ORDER BY is_waiting DESC, CASE WHEN is_waiting THEN e.happened_on END,"
  " e.happened_on DESC, r.id DESC LIMIT " G_STRINGIFY (GEZ_PARTNER_VIEW_REFERRALS);

static const char states_sql[] =
  "SELECT e.state AS state, count(*) AS n, " GEZ_SQL_IS_WAITING ("e") " AS is_waiting"
  FROM_REFERRALS " GROUP BY e.state ORDER BY is_waiting DESC, n DESC, e.state";

static gpointer
read_partner (GezDatabase *database,
              gpointer     partner,
              GError     **error)
{
  static const GezViewPart parts[] = {
    { "partner", partner_sql },
    { "referrals", referrals_sql },
    { "states", states_sql },
  };

  return gez_view_read (database, parts, G_N_ELEMENTS (parts), partner, error);
}

GezQuery *
gez_partner_view_query (const GezId *partner)
{
  g_return_val_if_fail (partner != NULL, NULL);

  return gez_query_new (read_partner, gez_id_copy (partner), g_free, g_object_unref);
}
