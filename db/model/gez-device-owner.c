/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-device-owner.h"

/* Who works on a device: whoever works here on this one and on those that it was before a backup was put back;
 * of the others what the roster said when it was last read. */

/**
 * gez_device_owner:
 *
 * Thread: the store's worker.
 *
 * Returns: the member; none when it is not known here
 */
GezId
gez_device_owner (GezDatabase *database,
                  const GezId *device)
{
  g_autoptr (GezStatement) statement = NULL;

  statement = gez_database_query (database, NULL,
                                  "SELECT d.member_id FROM device d WHERE d.id = ?1"
                                  " OR ?1 IN (SELECT f.id FROM former_device f)"
                                  " UNION ALL SELECT s.member_id FROM sync_device s WHERE s.device = ?1"
                                  " AND s.member_id IS NOT NULL LIMIT 1", GEZ_ID, device, GEZ_END);
  if (statement == NULL || !gez_statement_next (statement, NULL))
    return GEZ_ID_NONE;
  return gez_statement_get_id (statement, 0);
}

/**
 * gez_device_owner_name:
 *
 * Thread: the store's worker.
 *
 * Returns: (transfer full) (nullable): the name of the member; %NULL when it is not known here
 */
char *
gez_device_owner_name (GezDatabase *database,
                       const GezId *device)
{
  GezId member = gez_device_owner (database, device);
  g_autoptr (GezStatement) statement = NULL;

  if (gez_id_is_none (&member))
    return NULL;
  statement = gez_database_query (database, NULL, "SELECT name FROM member WHERE id = ?", GEZ_ID, &member, GEZ_END);
  if (statement == NULL || !gez_statement_next (statement, NULL))
    return NULL;
  return g_strdup (gez_statement_get_text (statement, 0));
}
