/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-history-private.h"

#include <string.h>

#include "model/gez-derived.h"
#include "store/gez-circle.h"

/* What a row of the change log is about, and what stood in a cell, as far as the store can tell. */

/* What a row is about: subject, life domain, instant ------------------------------------------- */

#define SUBJECT(subject, domain, at, from) \
  "SELECT " subject ", " domain ", " at " FROM " from " x WHERE x.id = ?1"
#define DOMAIN_OF_GOAL "(SELECT sg.domain_id FROM goal sg WHERE sg.id = x.goal_id)"
#define PARTNER_OF_REFERRAL \
  "(SELECT " GEZ_SQL_PARTNER ("sr") " FROM referral sr WHERE sr.id = x.referral_id)"
#define DOMAIN_OF_REFERRAL "(SELECT sr.domain_id FROM referral sr WHERE sr.id = x.referral_id)"
#define TIME_OF_CONTACT "(SELECT sc.happened_at FROM contact sc WHERE sc.id = x.contact_id)"
#define LINKED \
  "coalesce(" GEZ_SQL_NAME_OF_PERSON ("x.person_id") ", " GEZ_SQL_NAME_OF_HELPER ("x.helper_id") \
  ", " GEZ_SQL_NAME_OF ("member", "x.member_id") \
  ", (SELECT sg.words FROM goal sg WHERE sg.id = x.goal_id))"

static const struct
{
  const char *table;
  const char *sql;
} subjects[] = {
  { "household", SUBJECT ("x.name", "NULL", "NULL", "household") },
  { "person", SUBJECT (GEZ_SQL_PERSON_NAME ("x"), "NULL", "NULL", "person") },
  { "membership", SUBJECT (GEZ_SQL_NAME_OF_PERSON ("x.person_id"), "NULL", "NULL", "membership") },
  { "relation", SUBJECT (GEZ_SQL_NAME_OF_PERSON ("x.person_id"), "NULL", "NULL", "relation") },
  { "helper", SUBJECT (GEZ_SQL_HELPER_NAME ("x"), "x.domain_id", "NULL", "helper") },
  { "flag", SUBJECT ("x.fact", "NULL", "NULL", "flag") },
  { "assessment", SUBJECT ("NULL", "x.domain_id", "NULL", "assessment") },
  { "goal", SUBJECT ("x.words", "x.domain_id", "NULL", "goal") },
  { "step", SUBJECT ("x.what", DOMAIN_OF_GOAL, "NULL", "step") },
  { "contact", SUBJECT ("NULL", "NULL", "x.happened_at", "contact") },
  { "contact_link", SUBJECT (LINKED, "x.domain_id", TIME_OF_CONTACT, "contact_link") },
  { "note", SUBJECT ("x.content", "x.domain_id", "x.written_at", "note") },
  { "question", SUBJECT ("x.content", "x.domain_id", "NULL", "question") },
  { "referral", SUBJECT (GEZ_SQL_PARTNER ("x"), "x.domain_id", "NULL", "referral") },
  { "referral_event", SUBJECT (PARTNER_OF_REFERRAL, DOMAIN_OF_REFERRAL, "NULL", "referral_event") },
  { "followup", SUBJECT ("x.what", "NULL", "NULL", "followup") },
  { "appointment", SUBJECT ("x.title", "NULL", "NULL", "appointment") },
  { "document", SUBJECT ("x.name", "NULL", "NULL", "document") },
  { "partner", SUBJECT ("x.name", "NULL", "NULL", "partner") },
  { "member", SUBJECT ("x.name", "NULL", "NULL", "member") },
  { "school", SUBJECT ("x.name", "NULL", "NULL", "school") },
  { "district", SUBJECT ("x.name", "NULL", "NULL", "district") },
  { "domain", SUBJECT ("x.label_nl", "NULL", "NULL", "domain") },
  { "list_item", SUBJECT ("x.label_nl", "NULL", "NULL", "list_item") },
  { "scale_point", SUBJECT ("x.label_nl", "NULL", "NULL", "scale_point") },
  { "duplicate_link", SUBJECT (GEZ_SQL_NAME_OF_PERSON ("x.person_id"), "NULL", "NULL", "duplicate_link") },
};

/* Reads what @row is about. */
gboolean
gez_history_row_read_subject (GezDatabase   *database,
                              GezHistoryRow *row,
                              GError       **error)
{
  GError *failure = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      g_autoptr (GezStatement) statement = NULL;

      if (!g_str_equal (subjects[i].table, row->table))
        continue;
      statement = gez_database_query (database, error, subjects[i].sql, GEZ_ID, &row->id, GEZ_END);
      if (statement == NULL)
        return FALSE;
      if (gez_statement_next (statement, &failure))
        {
          row->subject = g_strdup (gez_statement_get_text (statement, 0));
          if (!gez_statement_is_null (statement, 1))
            row->domain_id = gez_statement_get_id (statement, 1);
          row->at = gez_statement_get_integer (statement, 2);
        }
      break;
    }
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* Values ---------------------------------------------------------------------------------------- */

/* A column that refers is called after the table it refers to. A domain is told by its label, which
 * depends on the language, and a contact by its time: neither has a name here. */
static const struct
{
  const char *suffix;
  const char *sql;
} names[] = {
  { "member_id", "SELECT name FROM member WHERE id = ?1" },
  { "partner_id", "SELECT name FROM partner WHERE id = ?1" },
  { "person_id", "SELECT " GEZ_SQL_PERSON_NAME ("p") " FROM person p WHERE p.id = ?1" },
  { "helper_id", "SELECT " GEZ_SQL_NAME_OF_HELPER ("?1") },
  { "district_id", "SELECT name FROM district WHERE id = ?1" },
  { "school_id", "SELECT name FROM school WHERE id = ?1" },
  { "household_id", "SELECT name FROM household WHERE id = ?1" },
  { "goal_id", "SELECT words FROM goal WHERE id = ?1" },
  { "question_id", "SELECT content FROM question WHERE id = ?1" },
  { "referral_id", "SELECT " GEZ_SQL_PARTNER ("r") " FROM referral r WHERE r.id = ?1" },
};

static char *
read_name (GezDatabase *database,
           const char  *column,
           const GezId *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GezStatement) statement = NULL;

      if (!g_str_has_suffix (column, names[i].suffix))
        continue;
      statement = gez_database_query (database, NULL, names[i].sql, GEZ_ID, id, GEZ_END);
      if (statement == NULL || !gez_statement_next (statement, NULL))
        return NULL;
      return g_strdup (gez_statement_get_text (statement, 0));
    }
  return NULL;
}

static void
set_bytes (GezDatabase     *database,
           const char      *column,
           GVariant        *bytes,
           GezHistoryValue *value)
{
  GezCircle circle;
  gsize size = 0;
  gconstpointer data = g_variant_get_fixed_array (bytes, &size, 1);

  if (g_str_equal (column, "circle") && gez_circle_decode (data, size, &circle))
    {
      value->kind = GEZ_HISTORY_TEXT;
      value->text = g_strdup (gez_circle_kind_to_code (circle.kind));
    }
  else if (size == GEZ_ID_SIZE)
    {
      value->kind = GEZ_HISTORY_REFERENCE;
      memcpy (value->id.bytes, data, GEZ_ID_SIZE);
      value->text = read_name (database, column, &value->id);
    }
}

/* @value: an empty one, that gets what @variant, a value of the change log, says. */
void
gez_history_value_read (GezDatabase     *database,
                        const char      *column,
                        GVariant        *variant,
                        GezHistoryValue *value)
{
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_STRING))
    {
      value->kind = GEZ_HISTORY_TEXT;
      value->text = g_variant_dup_string (variant, NULL);
    }
  else if (g_variant_is_of_type (variant, G_VARIANT_TYPE_INT64))
    {
      value->kind = GEZ_HISTORY_NUMBER;
      value->number = g_variant_get_int64 (variant);
    }
  else if (g_variant_is_of_type (variant, G_VARIANT_TYPE_BYTESTRING))
    set_bytes (database, column, variant, value);
}
