/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-network-view.h"

#include "model/gez-derived.h"
#include "model/gez-view-private.h"

/* ?2 the household */

#define MEMBERS \
  "SELECT " GEZ_SQL_MEMBER_COLUMNS ("p", "m") ", " \
  GEZ_SQL_NAME_OF ("school", "p.school_id") " AS school_name" \
  " FROM membership m JOIN person p ON p.id = m.person_id" \
  " WHERE m.household_id = ?2 AND p.withdrawn_at IS NULL AND m.withdrawn_at IS NULL AND "

static const char members_sql[] =
  MEMBERS GEZ_SQL_IS_CURRENT_MEMBERSHIP ("m") " ORDER BY " GEZ_SQL_MEMBER_ORDER ("m") ", p.id";

/* Who left and came back is a member, not a former one as well. */
static const char former_members_sql[] =
  MEMBERS "NOT " GEZ_SQL_IS_CURRENT_MEMBERSHIP ("m")
  " AND NOT EXISTS (SELECT 1 FROM membership n WHERE n.household_id = ?2"
  " AND n.person_id = p.id AND "
  GEZ_SQL_IS_CURRENT_MEMBERSHIP ("n") ") ORDER BY m.to_on DESC, p.id";

static const char relations_sql[] =
  "SELECT l.*, " GEZ_SQL_PERSON_NAME ("p") " AS name, " GEZ_SQL_PERSON_NAME ("o") " AS other_name"
  " FROM person p JOIN relation l ON l.person_id = p.id JOIN person o ON o.id = l.other_person_id"
  " WHERE p.household_id = ?2 AND l.withdrawn_at IS NULL AND p.withdrawn_at IS NULL"
  " AND o.withdrawn_at IS NULL ORDER BY l.id";

#define HELPERS \
  "SELECT x.*, " GEZ_SQL_HELPER_NAME ("x") " AS helper_name, " \
  GEZ_SQL_DOMAIN_CODE ("x.domain_id") " AS domain_code, " \
  GEZ_SQL_NAME_OF ("partner", "x.partner_id") " AS partner_name, " \
  "coalesce(x.phone, (SELECT phone FROM partner WHERE id = x.partner_id)) AS helper_phone" \
  " FROM helper x WHERE x.household_id = ?2 AND x.withdrawn_at IS NULL AND "
#define HELPER_ORDER " ORDER BY x.is_contact_person DESC, helper_name COLLATE dictionary, x.id"

static const char professionals_sql[] =
  HELPERS GEZ_SQL_IS_CURRENT_HELPER ("x") " AND x.kind <> 'network'" HELPER_ORDER;
static const char network_sql[] =
  HELPERS GEZ_SQL_IS_CURRENT_HELPER ("x") " AND x.kind = 'network'" HELPER_ORDER;
static const char former_helpers_sql[] =
  HELPERS "NOT " GEZ_SQL_IS_CURRENT_HELPER ("x") " ORDER BY x.until_on DESC, x.id";

static const char flags_sql[] =
  "SELECT f.*, " GEZ_SQL_NAME_OF ("member", "f.by_member_id") " AS by_name, "
  GEZ_SQL_IS_CURRENT_FLAG ("f") " AS is_current"
  " FROM flag f WHERE f.household_id = ?2 AND f.withdrawn_at IS NULL"
  " ORDER BY is_current DESC, f.from_on DESC, f.id DESC";

static gpointer
read_network (GezDatabase *database,
              gpointer     household,
              GError     **error)
{
  static const GezViewPart parts[] = {
    { "members", members_sql },
    { "former_members", former_members_sql },
    { "relations", relations_sql },
    { "professionals", professionals_sql },
    { "network", network_sql },
    { "former_helpers", former_helpers_sql },
    { "flags", flags_sql },
  };

  return gez_view_read (database, parts, G_N_ELEMENTS (parts), household, error);
}

GezQuery *
gez_network_view_query (const GezId *household)
{
  g_return_val_if_fail (household != NULL, NULL);

  return gez_query_new (read_network, gez_id_copy (household), g_free, g_object_unref);
}
