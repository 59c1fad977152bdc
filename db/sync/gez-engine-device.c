/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

#include <string.h>

#include "store/gez-database-private.h"
#include "sync/gez-merge.h"

/* Which device this is.
 *
 * 1. sync_state says whose numbers it holds. When the store has become another device (put back from a
 *    backup, copied), they end, and the new device begins at 1.
 * 2. Writes that the former device did not put into a segment are perhaps in the folder all the same: the
 *    store was put back to a day before it published them. They wait until the folder was read to its end.
 *    What is there is there. What is not is renumbered: the number may have been given to another write
 *    since.
 * 3. Versions that such a write replaced, and that others name, are renumbered with it. Nothing that anybody
 *    else has is touched. */

/* One write that gets another number. */
typedef struct
{
  GezVersion from;
  GezVersion to;
  guint64 command;
  GezId id;
} Renumbering;

static gboolean
is_adopted_cb (GezDatabase *database,
               gpointer     data,
               GError     **error)
{
  gboolean *is_adopted = data;

  *is_adopted
      = gez_database_integer (
            database, 0, "SELECT count(*) FROM sync_state AS s, device AS d WHERE s.device = d.id", GEZ_END)
        == 1;
  return TRUE;
}

/* The first time: what this store wrote when it was another device, nobody has. It gets numbers of this one,
 * because only for those this one can vouch. */
static gboolean
begin_numbers (GezDatabase *database,
               GError     **error)
{
  return gez_database_execute (database, error,
                               "INSERT INTO sync_state (row, device) SELECT 1, id FROM device", GEZ_END)
         && gez_database_execute (
             database, error,
             "INSERT OR IGNORE INTO waiting_write (device, counter, is_former) "
             "SELECT device, counter, 1 FROM change_log WHERE of_circle IS NULL AND counter > 0 "
             "AND device IN (SELECT id FROM former_device)",
             GEZ_END);
}

static gboolean
end_numbers (GezDatabase *database,
             GError     **error)
{
  return gez_database_execute (
             database, error,
             "INSERT OR IGNORE INTO waiting_write (device, counter, is_former) "
             "SELECT l.device, l.counter, 1 FROM change_log AS l, sync_state AS s "
             "WHERE l.device = s.device AND l.counter > s.published_counter AND l.of_circle IS NULL",
             GEZ_END)
         && gez_database_execute (
             database, error,
             "UPDATE sync_state SET device = (SELECT id FROM device), published_counter = 0, "
             "own_sequence = 0, own_hash = NULL, restored_at = NULL",
             GEZ_END);
}

static gboolean
adopt_cb (GezDatabase *database,
          gpointer     data,
          GError     **error)
{
  GezEngine *self = data;
  GezTeam *team;

  if (gez_database_integer (database, 0, "SELECT count(*) FROM sync_state WHERE device IS NOT NULL", GEZ_END)
      > 0)
    {
      if (!end_numbers (database, error))
        return FALSE;
    }
  else if (!gez_database_execute (database, error, "DELETE FROM sync_state", GEZ_END)
           || !begin_numbers (database, error))
    return FALSE;
  team = gez_engine_get_team (self, database, error);
  if (team == NULL)
    return FALSE;
  if (gez_roster_find_device (gez_team_get_roster (team), gez_team_get_device (team)) == NULL
      && !gez_team_renew_device (team, error))
    return FALSE;
  self->has_former = gez_database_integer (
      database, 0, "SELECT EXISTS (SELECT 1 FROM waiting_write WHERE is_former = 1)", GEZ_END);
  return gez_engine_note_devices (database, team, error);
}

/**
 * gez_engine_adopt:
 *
 * Begins the numbers of this device, when it has none yet.
 *
 * Returns: %FALSE with @error set when the round cannot go on
 *
 * Thread: the engine's.
 */
gboolean
gez_engine_adopt (GezEngine *self,
                  GError   **error)
{
  gboolean is_adopted = FALSE;

  if (!gez_engine_run (self, is_adopted_cb, &is_adopted, error))
    return FALSE;
  if (is_adopted)
    return TRUE;
  g_hash_table_remove_all (self->done); /* own segments of before are those of somebody else now */
  return gez_engine_change (self, adopt_cb, self, error);
}

/**
 * gez_engine_note_devices:
 *
 * Notes what the roster says of each device, for whoever asks without keys.
 *
 * Transaction: the caller's; here and below.
 */
gboolean
gez_engine_note_devices (GezDatabase *database,
                         GezTeam     *team,
                         GError     **error)
{
  GPtrArray *devices = gez_roster_get_devices (gez_team_get_roster (team));

  for (guint i = 0; i < devices->len; i++)
    {
      const GezRosterDevice *device = g_ptr_array_index (devices, i);

      if (!gez_database_execute (
              database, error,
              "INSERT INTO sync_device (device, member_id, is_removed, pin_sequence) VALUES (?1, ?2, ?3, ?4) "
              "ON CONFLICT (device) DO UPDATE SET member_id = ?2, is_removed = ?3, pin_sequence = ?4 "
              "WHERE member_id IS NOT ?2 OR is_removed IS NOT ?3 OR pin_sequence IS NOT ?4",
              GEZ_ID, &device->id, GEZ_ID, &device->member, GEZ_INTEGER, (gint64) device->is_removed,
              GEZ_INTEGER, (gint64) MIN (device->pin_sequence, G_MAXINT64), GEZ_END))
        return FALSE;
    }
  return TRUE;
}

static gboolean
forget_after_pin (GezDatabase *database,
                  const GezId *device,
                  guint64      pin,
                  GPtrArray   *tables,
                  GError     **error)
{
  return gez_merge_forget (database, device, pin, tables, error)
         && gez_database_execute (database, error, "DELETE FROM segment WHERE device = ? AND sequence > ?",
                                  GEZ_ID, device, GEZ_INTEGER, (gint64) pin, GEZ_END)
         && gez_database_execute (
             database, error,
             "UPDATE sync_device SET sequence = min(sequence, ?2), last_sequence = "
             "min(last_sequence, ?2), hash = (SELECT g.hash FROM segment AS g "
             "WHERE g.device = ?1 AND g.sequence = min(sync_device.sequence, ?2)) WHERE device = ?1",
             GEZ_ID, device, GEZ_INTEGER, (gint64) pin, GEZ_END);
}

/**
 * gez_engine_forget_removed:
 * @tables: (element-type utf8): gets the names of tables of which rows changed
 *
 * What was read of removed devices after their pins goes: whoever did not read it in time never will.
 */
gboolean
gez_engine_forget_removed (GezDatabase *database,
                           GPtrArray   *tables,
                           GError     **error)
{
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (GezId));
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (database, error,
                            "SELECT s.device, s.pin_sequence FROM sync_device AS s WHERE s.is_removed = 1 "
                            "AND s.device <> (SELECT id FROM device) AND EXISTS (SELECT 1 FROM segment AS g "
                            "WHERE g.device = s.device AND g.sequence > s.pin_sequence)", GEZ_END);
  if (row == NULL)
    return FALSE;
  while (gez_statement_next (row, &failure))
    {
      GezId device = gez_statement_get_id (row, 0);
      guint64 pin = (guint64) gez_statement_get_integer (row, 1);

      g_array_append_val (devices, device);
      g_array_append_val (pins, pin);
    }
  for (guint i = 0; failure == NULL && i < devices->len; i++)
    forget_after_pin (database, &g_array_index (devices, GezId, i), g_array_index (pins, guint64, i), tables,
                      &failure);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* The greatest sequence of which anybody knows; of a removed device no later one than its pin. */
#define KNOWN_TO_EXIST                                                                                       \
  "(SELECT CASE WHEN s.is_removed THEN min(k, s.pin_sequence) ELSE k END FROM (SELECT max(s.last_sequence, " \
  "coalesce((SELECT max(b.sequence) FROM seen_by AS b WHERE b.of_device = s.device), 0)) AS k))"

/* A device of which two segments contradict each other stands still, and yet nothing of it may be missing. */
#define IS_MISSING                                                                                           \
  "s.sequence < " KNOWN_TO_EXIST " AND (SELECT count(DISTINCT g.sequence) FROM segment AS g "                \
  "WHERE g.device = s.device AND g.sequence > s.sequence) < " KNOWN_TO_EXIST " - s.sequence"

/**
 * gez_engine_note_missing:
 *
 * Notes since when segments of a device are missing that exist by what others tell.
 */
gboolean
gez_engine_note_missing (GezDatabase *database,
                         GError     **error)
{
  gint64 now = MAX (gez_clock_get_now (gez_database_get_clock (database)), 1);

  return gez_database_execute (
             database, error,
             "UPDATE sync_device AS s SET missing_since_at = ? WHERE missing_since_at IS NULL "
             "AND device <> (SELECT id FROM device) AND " IS_MISSING,
             GEZ_INTEGER, now, GEZ_END)
         && gez_database_execute (database, error,
                                  "UPDATE sync_device AS s SET missing_since_at = NULL "
                                  "WHERE missing_since_at IS NOT NULL AND NOT (" IS_MISSING ")",
                                  GEZ_END);
}

static guint
version_hash (gconstpointer data)
{
  const GezVersion *version = data;

  return gez_id_hash (&version->device) ^ (guint) version->counter;
}

static gboolean
version_equal (gconstpointer a,
               gconstpointer b)
{
  const GezVersion *one = a, *other = b;

  return one->counter == other->counter && gez_id_equal (&one->device, &other->device);
}

/* Which writes get which numbers, in the order in which they were written. */
static GHashTable *
plan (GezDatabase *database,
      const GezId *device,
      guint64      counter,
      GError     **error)
{
  g_autoptr (GHashTable) plan = g_hash_table_new_full (version_hash, version_equal, NULL, g_free);
  g_autoptr (GezStatement) row = NULL;
  guint64 last_from = 0, last_to = 0;
  GError *failure = NULL;
  gint64 next;
  GezId own;

  row = gez_database_query (
      database, error,
      "SELECT l.device, l.counter, l.command, l.id, d.id, d.last_counter FROM waiting_write AS w "
      "JOIN change_log AS l ON l.device = w.device AND l.counter = w.counter, device AS d "
      "WHERE w.is_former = 1 AND (?1 IS NULL OR (w.device = ?1 AND w.counter >= ?2)) "
      "ORDER BY l.row",
      GEZ_ID, device, GEZ_INTEGER, (gint64) counter, GEZ_END);
  if (row == NULL)
    return NULL;
  for (next = 0; gez_statement_next (row, &failure);)
    {
      Renumbering *one = g_new0 (Renumbering, 1);
      guint64 command = (guint64) gez_statement_get_integer (row, 2);

      own = gez_statement_get_id (row, 4);
      next = MAX (next, gez_statement_get_integer (row, 5)) + 1;
      *one = (Renumbering) { { gez_statement_get_id (row, 0), (guint64) gez_statement_get_integer (row, 1) },
                             { own, (guint64) next }, (guint64) next, gez_statement_get_id (row, 3) };
      if (command == last_from)
        one->command = last_to;
      last_from = command;
      last_to = one->command;
      g_hash_table_insert (plan, &one->from, one);
    }
  if (failure == NULL && next > 0)
    gez_database_execute (database, &failure, "UPDATE device SET last_counter = ?", GEZ_INTEGER, next,
                          GEZ_END);
  if (failure == NULL)
    return g_steal_pointer (&plan);
  g_propagate_error (error, failure);
  return NULL;
}

static GVariant *
replace_versions (GHashTable *plan,
                  GVariant   *replaced,
                  gboolean   *is_changed)
{
  GVariantBuilder builder;
  GVariantIter iter;
  GVariant *device;
  guint64 counter;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ayt)"));
  g_variant_iter_init (&iter, replaced);
  while (g_variant_iter_next (&iter, "(@ayt)", &device, &counter))
    {
      g_autoptr (GVariant) owned = device;
      GezVersion version = { GEZ_ID_NONE, counter };
      Renumbering *one = NULL;

      if (g_variant_get_size (owned) == GEZ_ID_SIZE)
        memcpy (version.device.bytes, g_variant_get_data (owned), GEZ_ID_SIZE);
      one = g_hash_table_lookup (plan, &version);
      if (one)
        g_variant_builder_add (
            &builder, "(@ayt)",
            g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, one->to.device.bytes, GEZ_ID_SIZE, 1),
            one->to.counter);
      else
        g_variant_builder_add (&builder, "(@ayt)", owned, counter);
      *is_changed |= one != NULL;
    }
  return g_variant_builder_end (&builder);
}

/* (nullable): the cells with the new versions; NULL: they name none of them. */
static GBytes *
rewrite_cells (GHashTable *plan,
               GBytes     *bytes)
{
  g_autoptr (GVariant) cells = gez_log_cells_from_bytes (bytes);
  g_auto (GVariantBuilder) builder = { 0 };
  gboolean is_changed = FALSE;
  GVariantIter iter;
  const char *name;
  GVariant *value, *replaced;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE));
  g_variant_iter_init (&iter, cells);
  while (g_variant_iter_next (&iter, "(&s@v@a(ayt))", &name, &value, &replaced))
    {
      g_variant_builder_add (&builder, "(s@v@a(ayt))", name, value,
                             replace_versions (plan, replaced, &is_changed));
      g_variant_unref (value);
      g_variant_unref (replaced);
    }
  return is_changed ? gez_log_cells_to_bytes (&builder) : NULL;
}

/* Own writes that nobody has yet may name a version that gets another number. */
static gboolean
rewrite_unpublished (GezDatabase *database,
                     GHashTable  *plan,
                     GError     **error)
{
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (database, error,
                            "SELECT l.row, l.cells FROM change_log AS l, sync_state AS s "
                            "WHERE l.device = s.device AND l.counter > s.published_counter UNION "
                            "SELECT l.row, l.cells FROM waiting_write AS w JOIN change_log AS l "
                            "ON l.device = w.device AND l.counter = w.counter", GEZ_END);
  if (row == NULL)
    return FALSE;
  while (failure == NULL && gez_statement_next (row, &failure))
    {
      g_autoptr (GBytes) before = gez_statement_get_blob (row, 1);
      g_autoptr (GBytes) after = rewrite_cells (plan, before);

      if (after)
        gez_database_execute (database, &failure, "UPDATE change_log SET cells = ? WHERE row = ?", GEZ_BLOB,
                              after, GEZ_INTEGER, gez_statement_get_integer (row, 0), GEZ_END);
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
give_number (GezDatabase *database,
             Renumbering *one,
             GError     **error)
{
  return gez_database_execute (database, error,
                               "UPDATE change_log SET device = ?, counter = ?, command = ? "
                               "WHERE device = ? AND counter = ?",
                               GEZ_ID, &one->to.device, GEZ_INTEGER, (gint64) one->to.counter, GEZ_INTEGER,
                               (gint64) one->command, GEZ_ID, &one->from.device, GEZ_INTEGER,
                               (gint64) one->from.counter, GEZ_END)
         && gez_database_execute (
             database, error,
             "UPDATE head SET device = ?, counter = ? WHERE id = ? AND device = ? AND counter = ?", GEZ_ID,
             &one->to.device, GEZ_INTEGER, (gint64) one->to.counter, GEZ_ID, &one->id, GEZ_ID,
             &one->from.device, GEZ_INTEGER, (gint64) one->from.counter, GEZ_END)
         && gez_database_execute (database, error,
                                  "DELETE FROM waiting_write WHERE device = ? AND counter = ?", GEZ_ID,
                                  &one->from.device, GEZ_INTEGER, (gint64) one->from.counter, GEZ_END);
}

static gboolean
renumber_from (GezDatabase *database,
               const GezId *device,
               guint64      counter,
               GError     **error)
{
  g_autoptr (GHashTable) numbers = plan (database, device, counter, error);
  GHashTableIter iter;
  gpointer one;

  if (numbers == NULL)
    return FALSE;
  if (g_hash_table_size (numbers) == 0)
    return TRUE;
  if (!rewrite_unpublished (database, numbers, error))
    return FALSE;
  g_hash_table_iter_init (&iter, numbers);
  while (g_hash_table_iter_next (&iter, NULL, &one))
    if (!give_number (database, one, error))
      return FALSE;
  return TRUE;
}

/**
 * gez_engine_renumber:
 *
 * The folder was read to its end: own writes of a former device that it does not have become writes of this
 * device.
 */
gboolean
gez_engine_renumber (GezDatabase *database,
                     GError     **error)
{
  return renumber_from (database, NULL, 0, error);
}

static gboolean
is_same (GezDatabase *database,
         GezWrite    *write)
{
  return gez_database_integer (
             database, 0,
             "SELECT 1 FROM change_log WHERE device = ? AND counter = ? AND table_name = ? AND id = ? "
             "AND is_birth = ? AND cells = ?",
             GEZ_ID, &write->version.device, GEZ_INTEGER, (gint64) write->version.counter, GEZ_TEXT,
             write->table, GEZ_ID, &write->id, GEZ_INTEGER, (gint64) write->is_birth, GEZ_BLOB, write->cells,
             GEZ_END)
         != 0;
}

/**
 * gez_engine_meet_former:
 * @writes: (element-type GezWrite): that are about to be merged
 *
 * Own writes of a former device that come from the folder need not be published. When another write has the
 * number of an own one, that one and those after it get other numbers.
 */
gboolean
gez_engine_meet_former (GezDatabase *database,
                        GPtrArray   *writes,
                        GError     **error)
{
  for (guint i = 0; i < writes->len; i++)
    {
      GezWrite *write = g_ptr_array_index (writes, i);

      if (gez_database_integer (
              database, 0, "SELECT 1 FROM waiting_write WHERE device = ? AND counter = ? AND is_former = 1",
              GEZ_ID, &write->version.device, GEZ_INTEGER, (gint64) write->version.counter, GEZ_END)
          == 0)
        continue;
      if (!is_same (database, write))
        {
          if (!renumber_from (database, &write->version.device, write->version.counter, error))
            return FALSE;
        }
      else if (!gez_database_execute (
                   database, error, "DELETE FROM waiting_write WHERE device = ? AND counter = ?", GEZ_ID,
                   &write->version.device, GEZ_INTEGER, (gint64) write->version.counter, GEZ_END))
        return FALSE;
    }
  return TRUE;
}
