/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-duplicate-link.h"

#include "model/gez-command.h"
#include "model/gez-derived.h"
#include "model/gez-record-edit.h"
#include "store/gez-record.h"

/**
 * gez_duplicate_link_add:
 * @id: (out) (optional): receives the identity
 *
 * Says that two files are about the same family or hold the same person. Nothing is joined: both files stay
 * as they are, and removing the link leaves no trace in them.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_duplicate_link_add (GezContext                  *context,
                        const GezDuplicateLinkInput *input,
                        GezId                       *id)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL, NULL);
  g_return_val_if_fail (!gez_id_is_none (input->household_id), NULL);
  g_return_val_if_fail (!gez_id_is_none (input->other_household_id), NULL);
  g_return_val_if_fail (!gez_id_equal (input->household_id, input->other_household_id), NULL);
  g_return_val_if_fail ((input->person_id == NULL) == (input->other_person_id == NULL), NULL);

  change = gez_change_new ("link-duplicate");
  gez_command_insert (context, change, "duplicate_link", gez_circle_open (input->household_id), id);
  gez_change_set_id (change, "household_id", input->household_id);
  gez_change_set_id (change, "other_household_id", input->other_household_id);
  gez_command_id (change, "person_id", input->person_id);
  gez_command_id (change, "other_person_id", input->other_person_id);
  gez_command_date (context, change, "linked_on", NULL);
  gez_command_by (context, change, "by_member_id", NULL);
  return change;
}

/**
 * gez_duplicate_link_remove:
 * @link: one of them
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_duplicate_link_remove (GezContext  *context,
                           const GezId *link)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (link), NULL);

  return gez_record_withdraw (context, "unlink-duplicate", "duplicate_link", link, NULL);
}

/* One branch for each side, so that both indexes are used. */
#define SIDE(mine, other, person, other_person) \
  "SELECT l.id, l.person_id IS NOT NULL AS is_person, l." other " AS other_household_id," \
  " (SELECT h.name FROM household h WHERE h.id = l." other " AND h.withdrawn_at IS NULL) AS other_name, " \
  GEZ_SQL_NAME_OF_PERSON ("l." person) " AS person_name, " \
  GEZ_SQL_NAME_OF_PERSON ("l." other_person) " AS other_person_name, l.linked_on, " \
  GEZ_SQL_NAME_OF ("member", "l.by_member_id") " AS by_name" \
  " FROM duplicate_link l WHERE l." mine " = ?1 AND l.withdrawn_at IS NULL"

static const char links_sql[] =
  SIDE ("household_id", "other_household_id", "person_id", "other_person_id")
  " UNION ALL "
  SIDE ("other_household_id", "household_id", "other_person_id", "person_id")
  " ORDER BY is_person, id";

static gpointer
read_links (GezDatabase *database,
            gpointer     household,
            GError     **error)
{
  return gez_record_list (database, error, links_sql, GEZ_ID, household, GEZ_END);
}

GezQuery *
gez_duplicate_link_query (const GezId *household)
{
  g_return_val_if_fail (household != NULL, NULL);

  return gez_query_new (read_links, gez_id_copy (household), g_free, (GDestroyNotify) g_ptr_array_unref);
}
