/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-history.h"

#include <string.h>

#include "model/gez-derived.h"
#include "model/gez-device-owner.h"
#include "model/gez-history-private.h"
#include "store/gez-circle.h"
#include "store/gez-log.h"

/*
 * 1. The log does not know households. The rows of the file are found first, each by the index of
 *    its table, then the places of their writes by the index of the log, which holds the clock too;
 *    of the log itself only the page is read. Nothing here walks through a whole table.
 * 2. The order is by the writer's clock, then by place in the log, both descending. What one
 *    transaction wrote carries one clock and stands together, so an act is never cut by a page.
 * 3. Names are read as they are today; values are those that were written.
 */

#define MOST_ROWS_OF_AN_ACT 40

typedef struct
{
  GezId household;
  GezHistoryKind kind;
  GezId device;
  gint64 after_at;
  gint64 after_place;
  guint limit;
} Parameters;

typedef struct
{
  GezDatabase *database;
  const Parameters *parameters;
  GPtrArray *acts;
  GezHistoryAct *act; /* the last one */
} Reading;

/* The rows of a file ---------------------------------------------------------------------------- */

#define OWN(table) "SELECT id FROM " table " WHERE household_id = ?1"
#define PARTS(table, part, parent) \
  "SELECT p.id FROM " table " w JOIN " part " p ON p." parent " = w.id WHERE w.household_id = ?1"
#define AND " UNION ALL "

/* The indexes of these three leave out what was withdrawn, which has small ones of its own. */
#define TRAJECTORIES(condition) \
  "SELECT id FROM trajectory WHERE household_id = ?1 AND withdrawn_at IS " condition
#define TRAJECTORY_EVENTS(condition, event_condition) \
  "SELECT p.id FROM trajectory w JOIN trajectory_event p ON p.trajectory_id = w.id" \
  " WHERE w.household_id = ?1 AND w.withdrawn_at IS " condition \
  " AND p.withdrawn_at IS " event_condition
#define REFERRAL_EVENTS(condition) \
  PARTS ("referral", "referral_event", "referral_id") " AND p.withdrawn_at IS " condition

#define HOUSEHOLD_ROWS \
  "SELECT ?1 AS id" AND OWN ("fingerprint_choice") AND TRAJECTORIES ("NULL") AND TRAJECTORIES ("NOT NULL") \
  AND TRAJECTORY_EVENTS ("NULL", "NULL") AND TRAJECTORY_EVENTS ("NULL", "NOT NULL") \
  AND TRAJECTORY_EVENTS ("NOT NULL", "NULL") AND TRAJECTORY_EVENTS ("NOT NULL", "NOT NULL")
#define PEOPLE_ROWS \
  OWN ("person") AND OWN ("membership") AND PARTS ("person", "relation", "person_id") \
  AND OWN ("helper") AND OWN ("duplicate_link") \
  AND "SELECT id FROM duplicate_link WHERE other_household_id = ?1"
#define FLAG_ROWS OWN ("flag")
#define DOMAIN_ROWS OWN ("assessment")
#define PLAN_ROWS OWN ("goal") AND PARTS ("goal", "step", "goal_id")
#define JOURNAL_ROWS \
  OWN ("contact") AND PARTS ("contact", "contact_link", "contact_id") AND OWN ("note") \
  AND OWN ("question")
#define REFERRAL_ROWS OWN ("referral") AND REFERRAL_EVENTS ("NULL") AND REFERRAL_EVENTS ("NOT NULL")
#define AGENDA_ROWS OWN ("followup") AND OWN ("appointment")
#define DOCUMENT_ROWS OWN ("document")

#define PLACES(rows) \
  "SELECT l.row FROM (" rows ") f CROSS JOIN change_log l ON l.id = f.id" \
  " WHERE l.wall_at <= ?2 AND (l.wall_at < ?2 OR l.row < ?3)" \
  " ORDER BY l.wall_at DESC, l.row DESC"

static const char * const places_sql[GEZ_HISTORY_N_KINDS] = {
  [GEZ_HISTORY_ALL] = PLACES (HOUSEHOLD_ROWS AND PEOPLE_ROWS AND FLAG_ROWS AND DOMAIN_ROWS
                              AND PLAN_ROWS AND JOURNAL_ROWS AND REFERRAL_ROWS AND AGENDA_ROWS
                              AND DOCUMENT_ROWS),
  [GEZ_HISTORY_HOUSEHOLD] = PLACES (HOUSEHOLD_ROWS),
  [GEZ_HISTORY_PEOPLE] = PLACES (PEOPLE_ROWS),
  [GEZ_HISTORY_FLAGS] = PLACES (FLAG_ROWS),
  [GEZ_HISTORY_DOMAINS] = PLACES (DOMAIN_ROWS),
  [GEZ_HISTORY_PLAN] = PLACES (PLAN_ROWS),
  [GEZ_HISTORY_JOURNAL] = PLACES (JOURNAL_ROWS),
  [GEZ_HISTORY_REFERRALS] = PLACES (REFERRAL_ROWS),
  [GEZ_HISTORY_AGENDA] = PLACES (AGENDA_ROWS),
  [GEZ_HISTORY_DOCUMENTS] = PLACES (DOCUMENT_ROWS),
};

static const char write_sql[] =
  "SELECT device, counter, command, act, table_name, id, is_birth, wall_at, cells"
  " FROM change_log WHERE row = ?1";

/* Several heads: somebody wrote another value without knowing of this one. The greatest stands. */
static gboolean
read_dispute (GezDatabase      *database,
              const GezId      *id,
              const GezVersion *version,
              GezHistoryCell   *cell,
              GError          **error)
{
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;
  gboolean is_head = FALSE, is_disputed = FALSE;
  guint n_heads = 0;

  statement = gez_database_query (database, error,
                                  "SELECT h.device, h.counter, h.is_disputed FROM head h JOIN change_log l"
                                  " ON l.device = h.device AND l.counter = h.counter"
                                  " WHERE h.id = ?1 AND h.column_name = ?2"
                                  " ORDER BY l.wall_at DESC, h.device DESC, h.counter DESC",
                                  GEZ_ID, id, GEZ_TEXT, cell->column, GEZ_END);
  if (statement == NULL)
    return FALSE;
  while (gez_statement_next (statement, &failure))
    {
      GezId device = gez_statement_get_id (statement, 0);
      gboolean is_this = gez_id_equal (&device, &version->device)
                         && (guint64) gez_statement_get_integer (statement, 1) == version->counter;

      cell->stands |= is_this && n_heads == 0;
      is_head |= is_this;
      is_disputed |= gez_statement_get_integer (statement, 2) != 0;
      n_heads++;
    }
  if (failure != NULL)
    g_propagate_error (error, failure);
  cell->is_disputed = is_head && is_disputed;
  return failure == NULL;
}

static gboolean
read_cells (GezDatabase      *database,
            GezHistoryRow    *row,
            const GezVersion *version,
            GVariant         *cells,
            GError          **error)
{
  GVariantIter iter;
  const char *column;
  GVariant *after, *versions;

  g_variant_iter_init (&iter, cells);
  while (g_variant_iter_next (&iter, "(&sv@a(ayt))", &column, &after, &versions))
    {
      g_autoptr (GVariant) value = after;
      g_autoptr (GVariant) replaced = versions;
      g_autoptr (GVariant) before = NULL;
      GezHistoryCell *cell;

      g_array_set_size (row->cells, row->cells->len + 1);
      cell = &g_array_index (row->cells, GezHistoryCell, row->cells->len - 1);
      cell->column = g_intern_string (column);
      gez_history_value_read (database, column, value, &cell->after);
      if (row->is_birth)
        continue;
      before = gez_log_get_replaced (database, &row->id, column, replaced, error);
      if (before == NULL || !read_dispute (database, &row->id, version, cell, error))
        return FALSE;
      gez_history_value_read (database, column, before, &cell->before);
    }
  return TRUE;
}

/* Acts ------------------------------------------------------------------------------------------ */

static void
begin_act (Reading      *reading,
           GezStatement *write,
           const GezId  *device,
           guint64       command)
{
  g_autofree char *name = NULL;

  reading->act = gez_history_act_new (device, command, gez_statement_get_text (write, 3),
                                      gez_statement_get_integer (write, 7));
  gez_history_act_set_when (reading->act, gez_database_get_clock (reading->database));
  name = gez_device_owner_name (reading->database, device);
  gez_history_act_set_name (reading->act, name);
  g_ptr_array_add (reading->acts, reading->act);
}

static gboolean
read_row (Reading      *reading,
          GezStatement *write,
          GError      **error)
{
  GezVersion version = { gez_statement_get_id (write, 0),
                         (guint64) gez_statement_get_integer (write, 1) };
  GezId id = gez_statement_get_id (write, 5);
  g_autoptr (GBytes) bytes = gez_statement_get_blob (write, 8);
  g_autoptr (GVariant) cells = gez_log_cells_from_bytes (bytes);
  GezHistoryRow *row = gez_history_act_add_row (reading->act, gez_statement_get_text (write, 4), &id,
                                                gez_statement_get_integer (write, 6) != 0);

  return read_cells (reading->database, row, &version, cells, error)
         && gez_history_row_read_subject (reading->database, row, error);
}

typedef enum
{
  TAKE_FAILED,
  TAKE_FULL, /* the page is full: this write begins the next one */
  TAKE_DONE,
} Take;

static Take
take_write (Reading *reading,
            gint64   place,
            GError **error)
{
  const Parameters *parameters = reading->parameters;
  g_autoptr (GezStatement) write = NULL;
  GezId device;
  guint64 command;

  write = gez_database_query (reading->database, error, write_sql, GEZ_INTEGER, place, GEZ_END);
  if (write == NULL || !gez_statement_next (write, error))
    return TAKE_FAILED;
  device = gez_statement_get_id (write, 0);
  command = (guint64) gez_statement_get_integer (write, 2);
  if (!gez_id_is_none (&parameters->device) && !gez_id_equal (&parameters->device, &device))
    return TAKE_DONE;

  if (reading->act == NULL || !gez_history_act_is (reading->act, &device, command))
    {
      if (reading->acts->len == parameters->limit)
        return TAKE_FULL;
      begin_act (reading, write, &device, command);
    }
  gez_history_act_count (reading->act, place);
  if (gez_history_act_get_rows (reading->act)->len < MOST_ROWS_OF_AN_ACT
      && !read_row (reading, write, error))
    return TAKE_FAILED;
  return TAKE_DONE;
}

static gboolean
read_acts (Reading  *reading,
           gboolean *has_more,
           GError  **error)
{
  const Parameters *parameters = reading->parameters;
  g_autoptr (GezStatement) places = NULL;
  GError *failure = NULL;
  Take take = TAKE_DONE;

  places = gez_database_query (reading->database, error, places_sql[parameters->kind], GEZ_ID,
                               &parameters->household, GEZ_INTEGER, parameters->after_at, GEZ_INTEGER,
                               parameters->after_place, GEZ_END);
  if (places == NULL)
    return FALSE;
  while (take == TAKE_DONE && gez_statement_next (places, &failure))
    take = take_write (reading, gez_statement_get_integer (places, 0), &failure);
  for (guint i = 0; i < reading->acts->len; i++)
    gez_history_act_finish (g_ptr_array_index (reading->acts, i));
  *has_more = take == TAKE_FULL;
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gpointer
read_history (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func (g_object_unref);
  Reading reading = { .database = database, .parameters = data, .acts = acts };
  gboolean has_more = FALSE;

  return read_acts (&reading, &has_more, error) ? gez_page_new (g_steal_pointer (&acts), has_more, -1) : NULL;
}

GezQuery *
gez_history_query (const GezId    *household,
                   GezHistoryKind  kind,
                   const GezId    *device,
                   GezHistoryAct  *after,
                   guint           limit)
{
  Parameters *parameters;

  g_return_val_if_fail (household != NULL, NULL);
  g_return_val_if_fail (kind < GEZ_HISTORY_N_KINDS, NULL);
  g_return_val_if_fail (limit > 0, NULL);

  parameters = g_new0 (Parameters, 1);
  parameters->household = *household;
  parameters->kind = kind;
  parameters->device = device != NULL ? *device : GEZ_ID_NONE;
  parameters->after_at = after != NULL ? gez_history_act_get_at (after) : G_MAXINT64;
  parameters->after_place = after != NULL ? gez_history_act_get_place (after) : G_MAXINT64;
  parameters->limit = limit;
  return gez_query_new (read_history, parameters, g_free, g_object_unref);
}

/* One step along the index per device; a seed row is a device of its own, that never counted. */
static gpointer
read_writers (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  static const char sql[] =
    "WITH RECURSIVE writer(id) AS (SELECT min(device) FROM change_log UNION ALL"
    " SELECT (SELECT min(l.device) FROM change_log l WHERE l.device > w.id) FROM writer w"
    " WHERE w.id IS NOT NULL)"
    " SELECT w.id, w.id = d.id AS is_own,"
    " CASE WHEN w.id = d.id OR w.id IN (SELECT f.id FROM former_device f) THEN "
    GEZ_SQL_NAME_OF ("member", "d.member_id") " ELSE "
    "(SELECT m.name FROM sync_device s JOIN member m ON m.id = s.member_id WHERE s.device = w.id) END AS name"
    " FROM writer w CROSS JOIN device d"
    " WHERE EXISTS (SELECT 1 FROM change_log l WHERE l.device = w.id AND l.counter > 0)"
    " ORDER BY w.id <> d.id, w.id";
  g_autoptr (GezView) view = gez_view_new ();

  if (!gez_view_take (view, "writers", gez_record_list (database, error, sql, GEZ_END)))
    return NULL;
  return g_steal_pointer (&view);
}

GezQuery *
gez_history_writers_query (void)
{
  return gez_query_new (read_writers, NULL, NULL, g_object_unref);
}
