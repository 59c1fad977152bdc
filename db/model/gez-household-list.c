/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-household-list.h"

#include "model/gez-derived.h"
#include "model/gez-search-words.h"
#include "store/gez-record.h"

/*
 * 1. The page is found first, with no more than the filter and the order need; what a line shows
 *    is then derived for the households of that page alone.
 * 2. The order is total (the row number breaks ties), so that pages fit together.
 */

struct _GezHouseholdItem
{
  GObject parent_instance;

  GezRecord *record;
};

G_DEFINE_FINAL_TYPE (GezHouseholdItem, gez_household_item, G_TYPE_OBJECT)

#define N_WORDS 4

typedef struct
{
  char *words[N_WORDS]; /* FTS5 expressions that must all be found; NULL: no more */
  GezId mine_of;
  char *state;
  char *attention;
  GezId domain;
  GezHouseholdSort sort;
  guint offset;
  guint limit;
} Parameters;

/* ?3 state, ?4 to ?7 words, ?8 limit, ?9 offset, ?10 attention, ?11 domain */

#define HAS_WORD(word) \
  " AND (" word " IS NULL OR h.row IN (SELECT rowid FROM household_search" \
  " WHERE household_search MATCH '{name} : ' || " word ")" \
  " OR h.id IN (SELECT p.household_id FROM person_search JOIN person p" \
  " ON p.row = person_search.rowid WHERE person_search MATCH " word " AND p.withdrawn_at IS NULL))"

#define NEXT_FOLLOWUP \
  "(SELECT min(f.due_on) FROM followup f WHERE f.household_id = h.id AND " \
  GEZ_SQL_IS_OPEN_FOLLOWUP ("f") ")"

#define MEMBERS \
  "(SELECT group_concat(text, ', ') FROM (SELECT p.first_name || CASE WHEN age IS NULL THEN ''" \
  " ELSE ' (' || age || ')' END AS text FROM (SELECT p.first_name, m.role, " \
  GEZ_SQL_AGE ("p") " AS age FROM membership m JOIN person p ON p.id = m.person_id" \
  " WHERE m.household_id = h.id AND p.withdrawn_at IS NULL AND " \
  GEZ_SQL_IS_CURRENT_MEMBERSHIP ("m") ") p ORDER BY " GEZ_SQL_MEMBER_ORDER ("p") "))"

#define HAS_LATE \
  "EXISTS (SELECT 1 FROM followup f WHERE f.household_id = h.id AND " GEZ_SQL_IS_OVERDUE ("f") ")"
#define HAS_NO_NEWS \
  "EXISTS (SELECT 1 FROM referral r" GEZ_SQL_JOIN_LATEST_EVENT ("r", "e") \
  "WHERE r.household_id = h.id AND r.withdrawn_at IS NULL AND " GEZ_SQL_HAS_NO_NEWS ("r", "e") ")"

#define ASKS_ATTENTION \
  " AND (?10 IS NULL OR CASE ?10 WHEN 'stale' THEN " \
  GEZ_SQL_IS_STALE ("h", GEZ_SQL_TRAJECTORY_STATE ("h"), \
                    "local_date(" GEZ_SQL_LAST_CONTACT_AT ("h") ")") \
  " WHEN 'late' THEN " HAS_LATE " WHEN 'no_news' THEN " HAS_NO_NEWS " END)"

#define TOUCHES_DOMAIN \
  " AND (?11 IS NULL OR EXISTS (SELECT 1 FROM goal g WHERE g.household_id = h.id" \
  " AND g.domain_id = ?11 AND g.state = 'open' AND g.withdrawn_at IS NULL)" \
  " OR EXISTS (SELECT 1 FROM question q WHERE q.household_id = h.id AND q.domain_id = ?11" \
  " AND q.done_on IS NULL AND q.withdrawn_at IS NULL AND " GEZ_SQL_CONTACT_STANDS ("q") ")" \
  " OR EXISTS (SELECT 1 FROM referral r" GEZ_SQL_JOIN_LATEST_EVENT ("r", "e") \
  "WHERE r.household_id = h.id AND r.domain_id = ?11 AND r.withdrawn_at IS NULL AND " \
  GEZ_SQL_IS_WAITING ("e") "))"

#define LIST(sort_key, order) \
  "WITH page AS MATERIALIZED (SELECT h.row, " sort_key " AS sort_key, count(*) OVER () AS n_total" \
  " FROM household h WHERE h.withdrawn_at IS NULL" \
  " AND (?2 IS NULL OR h.id IN " GEZ_SQL_MY_HOUSEHOLDS ")" \
  HAS_WORD ("?4") HAS_WORD ("?5") HAS_WORD ("?6") HAS_WORD ("?7") \
  " AND (?3 IS NULL OR CASE ?3 WHEN 'open' THEN " GEZ_SQL_TRAJECTORY_STATE ("h") \
  " IS NOT 'closed' ELSE " GEZ_SQL_TRAJECTORY_STATE ("h") " = ?3 END)" \
  ASKS_ATTENTION TOUCHES_DOMAIN \
  " ORDER BY " order ", h.row LIMIT ?8 OFFSET ?9)," \
  " line AS MATERIALIZED (SELECT h.row, h.id, h.name, h.contact_rhythm_days, page.sort_key," \
  " page.n_total, " GEZ_SQL_TRAJECTORY_STATE ("h") " AS state," \
  " local_date(" GEZ_SQL_LAST_CONTACT_AT ("h") ") AS last_contact_on, " \
  GEZ_SQL_NAME_OF ("district", "h.district_id") " AS district" \
  " FROM page JOIN household h ON h.row = page.row)" \
  " SELECT h.id, h.name, h.district, h.state, h.last_contact_on, h.n_total, " \
  MEMBERS " AS members, " GEZ_SQL_CONTACT_PERSON ("h") " AS contact_person, " \
  "max(0, " GEZ_SQL_DAYS_SINCE ("h.last_contact_on") ") AS days_since, " \
  GEZ_SQL_IS_STALE ("h", "h.state", "h.last_contact_on") " AS is_stale, " \
  NEXT_FOLLOWUP " AS next_followup_on, " \
  "(SELECT count(*) FROM followup f WHERE f.household_id = h.id AND " GEZ_SQL_IS_OVERDUE ("f") \
  ") AS n_overdue, " \
  "(SELECT count(*) FROM referral r" GEZ_SQL_JOIN_LATEST_EVENT ("r", "e") \
  "WHERE r.household_id = h.id AND r.withdrawn_at IS NULL AND " GEZ_SQL_HAS_NO_NEWS ("r", "e") \
  ") AS n_no_news" \
  " FROM line h ORDER BY " order ", h.row"

static const char *const list_sql[] = {
  [GEZ_HOUSEHOLD_SORT_NAME] = LIST ("NULL", "h.name COLLATE dictionary"),
  [GEZ_HOUSEHOLD_SORT_LAST_CONTACT] = LIST (GEZ_SQL_LAST_CONTACT_AT ("h"),
                                            "sort_key ASC NULLS FIRST"),
  [GEZ_HOUSEHOLD_SORT_NEXT_FOLLOWUP] = LIST (NEXT_FOLLOWUP, "sort_key ASC NULLS LAST"),
};

static void
parameters_free (Parameters *parameters)
{
  for (guint i = 0; i < N_WORDS; i++)
    g_free (parameters->words[i]);
  g_free (parameters->state);
  g_free (parameters->attention);
  g_free (parameters);
}

static GezHouseholdItem *
item_new (GezRecord *record)
{
  GezHouseholdItem *self = g_object_new (GEZ_TYPE_HOUSEHOLD_ITEM, NULL);

  self->record = g_object_ref (record);
  return self;
}

static gpointer
read_list (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  const Parameters *parameters = data;
  g_autofree char *today = gez_clock_get_today (gez_database_get_clock (database));
  g_autoptr (GPtrArray) records = NULL;
  GPtrArray *items;
  gint64 n_total = parameters->offset;

  records = gez_record_list (database, error, list_sql[parameters->sort], GEZ_TEXT, today, GEZ_ID,
                             &parameters->mine_of, GEZ_TEXT, parameters->state, GEZ_TEXT,
                             parameters->words[0], GEZ_TEXT, parameters->words[1], GEZ_TEXT,
                             parameters->words[2], GEZ_TEXT, parameters->words[3], GEZ_INTEGER,
                             (gint64) parameters->limit, GEZ_INTEGER, (gint64) parameters->offset,
                             GEZ_TEXT, parameters->attention, GEZ_ID, &parameters->domain, GEZ_END);
  if (records == NULL)
    return NULL;

  items = g_ptr_array_new_full (records->len, g_object_unref);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (items, item_new (g_ptr_array_index (records, i)));
  if (records->len > 0)
    n_total = gez_record_get_integer (g_ptr_array_index (records, 0), "n_total");
  return gez_page_new (items, parameters->offset + items->len < n_total, (int) n_total);
}

static void
gez_household_item_finalize (GObject *object)
{
  GezHouseholdItem *self = GEZ_HOUSEHOLD_ITEM (object);

  g_clear_object (&self->record);

  G_OBJECT_CLASS (gez_household_item_parent_class)->finalize (object);
}

static void
gez_household_item_class_init (GezHouseholdItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_household_item_finalize;
}

static void
gez_household_item_init (GezHouseholdItem *self)
{
}

/**
 * gez_household_list_query:
 * @filter: which households in which order; copied
 * @offset: number of households before the page
 * @limit: most households in the page
 *
 * A page of Gezinnen.
 *
 * Returns: (transfer full): a query that gives a #GezPage of #GezHouseholdItem
 */
GezQuery *
gez_household_list_query (const GezHouseholdFilter *filter,
                          guint                     offset,
                          guint                     limit)
{
  Parameters *parameters;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (filter != NULL, NULL);
  g_return_val_if_fail (filter->sort < G_N_ELEMENTS (list_sql), NULL);

  parameters = g_new0 (Parameters, 1);
  words = gez_search_words (filter->search, N_WORDS);
  for (guint i = 0; words[i] != NULL; i++)
    parameters->words[i] = gez_search_word_to_match (words[i], TRUE);
  parameters->mine_of = filter->mine_of;
  parameters->state = g_strdup (filter->state);
  parameters->attention = g_strdup (filter->attention);
  parameters->domain = filter->domain;
  parameters->sort = filter->sort;
  parameters->offset = offset;
  parameters->limit = limit;
  return gez_query_new (read_list, parameters, (GDestroyNotify) parameters_free, g_object_unref);
}

/**
 * gez_household_item_get_id:
 *
 * Returns: (transfer none): the identity of the household
 */
const GezId *
gez_household_item_get_id (GezHouseholdItem *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self), NULL);

  return gez_record_get_id (self->record);
}

/**
 * gez_household_item_get_name:
 *
 * Returns: (transfer none): name or alias
 */
const char *
gez_household_item_get_name (GezHouseholdItem *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self), NULL);

  return gez_record_get_text (self->record, "name");
}

/**
 * gez_household_item_get_members:
 *
 * Returns: (transfer none) (nullable): first names of the members of today with their ages
 */
const char *
gez_household_item_get_members (GezHouseholdItem *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self), NULL);

  return gez_record_get_text (self->record, "members");
}

/**
 * gez_household_item_get_district:
 *
 * Returns: (transfer none) (nullable): name of the district
 */
const char *
gez_household_item_get_district (GezHouseholdItem *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self), NULL);

  return gez_record_get_text (self->record, "district");
}

/**
 * gez_household_item_get_state:
 *
 * Returns: (transfer none) (nullable): code of the trajectory's state; %NULL: never started
 */
const char *
gez_household_item_get_state (GezHouseholdItem *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self), NULL);

  return gez_record_get_text (self->record, "state");
}

/**
 * gez_household_item_get_contact_person:
 *
 * Returns: (transfer none) (nullable): name of the contact person
 */
const char *
gez_household_item_get_contact_person (GezHouseholdItem *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self), NULL);

  return gez_record_get_text (self->record, "contact_person");
}

/**
 * gez_household_item_get_last_contact_on:
 *
 * Returns: (transfer none) (nullable): day of the last contact that was made
 */
const char *
gez_household_item_get_last_contact_on (GezHouseholdItem *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self), NULL);

  return gez_record_get_text (self->record, "last_contact_on");
}

/**
 * gez_household_item_get_days_since:
 *
 * Returns: days since the last contact, -1 when there never was one
 */
int
gez_household_item_get_days_since (GezHouseholdItem *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self), -1);

  if (gez_record_is_null (self->record, "days_since"))
    return -1;
  return (int) gez_record_get_integer (self->record, "days_since");
}

/**
 * gez_household_item_get_next_followup_on:
 *
 * Returns: (transfer none) (nullable): day of the first open follow-up, which may be late
 */
const char *
gez_household_item_get_next_followup_on (GezHouseholdItem *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self), NULL);

  return gez_record_get_text (self->record, "next_followup_on");
}

/**
 * gez_household_item_get_n_overdue:
 *
 * Returns: number of open follow-ups whose day is past
 */
int
gez_household_item_get_n_overdue (GezHouseholdItem *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self), 0);

  return (int) gez_record_get_integer (self->record, "n_overdue");
}

/**
 * gez_household_item_get_n_no_news:
 *
 * Returns: number of referrals without news
 */
int
gez_household_item_get_n_no_news (GezHouseholdItem *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self), 0);

  return (int) gez_record_get_integer (self->record, "n_no_news");
}

/**
 * gez_household_item_is_stale:
 *
 * Returns: whether there was no contact for longer than this household's rhythm
 */
gboolean
gez_household_item_is_stale (GezHouseholdItem *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self), FALSE);

  return gez_record_get_integer (self->record, "is_stale") != 0;
}

/**
 * gez_household_item_equal:
 * @other: another item
 *
 * Returns: whether both show the same
 */
gboolean
gez_household_item_equal (GezHouseholdItem *self,
                          GezHouseholdItem *other)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (self) && GEZ_IS_HOUSEHOLD_ITEM (other), FALSE);

  return gez_record_equal (self->record, other->record);
}
