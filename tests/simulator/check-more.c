/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

#include <string.h>

#include "sync/gez-merge.h"

/* No write is lost -------------------------------------------------------------------------------- */

static char *
ack_key (const SimAck *ack)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (ack->version.device.bytes, GEZ_ID_SIZE);
  g_autofree char *hex = sim_hex (bytes);

  return g_strdup_printf ("%s %" G_GUINT64_FORMAT, hex, ack->version.counter);
}

/* The row that a write is about, as the log of its writer has it; NULL: its writer does not have it. */
static SimRow *
find_row (SimView      *view,
          const SimAck *ack,
          gint64       *wall_at)
{
  g_autoptr (GezStatement) statement = NULL;
  g_autoptr (GBytes) id = NULL;
  g_autofree char *hex = NULL;

  statement = gez_database_query (view->device->memory->database, NULL,
                                  "SELECT id, wall_at FROM change_log WHERE device = ? AND counter = ?", GEZ_ID,
                                  &ack->version.device, GEZ_INTEGER, (gint64) ack->version.counter, GEZ_END);
  if (statement == NULL || !gez_statement_next (statement, NULL))
    return NULL;
  *wall_at = gez_statement_get_integer (statement, 1);
  id = gez_statement_get_blob (statement, 0);
  hex = sim_hex (id);
  return g_hash_table_lookup (view->rows, hex);
}

static gboolean
check_ack (SimCheck     *check,
           SimView      *writer,
           const SimAck *ack)
{
  g_autofree char *key = ack_key (ack);
  gint64 wall_at = 0;
  SimRow *row = find_row (writer, ack, &wall_at);

  if (row == NULL)
    return sim_fail (check->world, "write %s is lost on its own device %u", key, writer->device->number);
  if (wall_at != ack->wall_at)
    return sim_fail (check->world, "write %s of device %u tells another time than its clock did: %" G_GINT64_FORMAT
                     " for %" G_GINT64_FORMAT, key, writer->device->number, wall_at, ack->wall_at);
  if (!sim_view_reads (check, writer, row->circle))
    return TRUE;
  for (guint i = 0; i < check->views->len; i++)
    {
      SimView *view = g_ptr_array_index (check->views, i);

      if (sim_view_reads (check, view, row->circle) && !g_hash_table_contains (view->log, key))
        return sim_fail (check->world, "write %s of device %u never came to device %u\n%s", key,
                         writer->device->number, view->device->number, row->text->str);
    }
  return TRUE;
}

static SimView *
find_view (SimCheck *check,
           guint     device)
{
  for (guint i = 0; i < check->views->len; i++)
    if (((SimView *) g_ptr_array_index (check->views, i))->device->number == device)
      return g_ptr_array_index (check->views, i);
  return NULL;
}

static gboolean
is_active (SimCheck  *check,
           SimMember *member)
{
  SimView *view = check->views->len ? g_ptr_array_index (check->views, 0) : NULL;
  const GezRosterMember *found = view ? gez_roster_find_member (gez_team_get_roster (view->team), &member->id) : NULL;

  return found == NULL || found->is_active;
}

/* What somebody wrote after the removal is nowhere. */
static gboolean
check_removed (SimCheck     *check,
               const SimAck *ack,
               guint         place)
{
  SimDevice *device = g_ptr_array_index (check->world->devices, ack->device);
  g_autofree char *key = NULL;

  if (!device->member->is_removed || place < device->member->n_acks_then || is_active (check, device->member))
    return TRUE;
  key = ack_key (ack);
  for (guint i = 0; i < check->views->len; i++)
    {
      SimView *view = g_ptr_array_index (check->views, i);

      if (g_hash_table_contains (view->log, key))
        return sim_fail (check->world, "device %u has write %s of device %u, made after the removal of %s",
                         view->device->number, key, ack->device, device->member->name);
    }
  return TRUE;
}

gboolean
sim_check_acks (SimCheck *check)
{
  for (guint i = 0; i < check->world->acks->len; i++)
    {
      const SimAck *ack = &g_array_index (check->world->acks, SimAck, i);
      SimView *writer = find_view (check, ack->device);

      if (!check_removed (check, ack, i))
        return FALSE;
      if (writer != NULL && !ack->may_be_lost && !check_ack (check, writer, ack))
        return FALSE;
    }
  return TRUE;
}

/* Nobody can read what is not theirs -------------------------------------------------------------- */

#define MARK "merkteken"

static guint
with_stand_ins (SimWorld *world,
                guint     readers)
{
  guint before;

  do
    {
      before = readers;
      for (guint i = 0; i < world->members->len; i++)
        if (readers & (1u << i))
          readers |= ((SimMember *) g_ptr_array_index (world->members, i))->stood_in_by;
    }
  while (readers != before);
  return readers;
}

static guint
leaders (SimWorld *world)
{
  guint bits = 0;

  for (guint i = 0; i < world->members->len; i++)
    if (((SimMember *) g_ptr_array_index (world->members, i))->was_leader)
      bits |= 1u << i;
  return bits;
}

/* Who may ever have read a text, by the account of the simulator. */
static guint
may_read (SimWorld        *world,
          const SimMarker *marker)
{
  SimHousehold *household = g_ptr_array_index (world->households, marker->household);
  guint readers = 1u << marker->author;

  if (marker->kind == GEZ_CIRCLE_PRIVATE)
    return readers;
  readers |= household->casework_readers;
  if (world->leaders_read_casework)
    readers |= leaders (world);
  if (marker->kind == GEZ_CIRCLE_OPEN || marker->is_widened || marker->is_outside)
    {
      readers |= household->open_readers;
      if (world->leaders_read_open)
        readers |= leaders (world);
    }
  return with_stand_ins (world, readers);
}

static gboolean
check_image (SimWorld  *world,
             SimDevice *device)
{
  g_autoptr (GBytes) image = memory_database_get_image (device->memory);
  gsize left;
  const char *at = g_bytes_get_data (image, &left);
  const char *found;

  while ((found = memmem (at, left, MARK, strlen (MARK))) != NULL)
    {
      g_autofree char *digits = NULL;
      guint number;

      left -= (gsize) (found - at) + strlen (MARK);
      at = found + strlen (MARK);
      digits = g_strndup (at, MIN (left, 6));
      if (strlen (digits) < 6 || strspn (digits, "0123456789") < 6)
        continue;
      number = (guint) g_ascii_strtoull (digits, NULL, 10);
      if (number < world->markers->len &&
          !(may_read (world, &g_array_index (world->markers, SimMarker, number)) & (1u << device->member->number)))
        return sim_fail (world, "device %u of %s holds marker %u, which was never for them", device->number,
                         device->member->name, number);
    }
  return TRUE;
}

gboolean
sim_check_markers (SimCheck *check)
{
  SimWorld *world = check->world;

  if (hostile_folder_holds (world->folder, MARK))
    return sim_fail (world, "a file in the folder shows a text");
  /* Also the devices of who is gone: they keep what they had, and got no more. */
  for (guint i = 0; i < world->devices->len; i++)
    if (!check_image (world, g_ptr_array_index (world->devices, i)))
      return FALSE;
  return TRUE;
}

/* Any order gives the same ------------------------------------------------------------------------ */

typedef struct
{
  GezWrite *write;
  GezCircle circle;
  GezId brought_by;
  gboolean is_own;
} Heard;

static void
heard_free (Heard *heard)
{
  gez_write_free (heard->write);
  g_free (heard);
}

static Heard *
read_heard (GezStatement *statement)
{
  Heard *heard = g_new0 (Heard, 1);
  GezWrite *write = heard->write = g_new0 (GezWrite, 1);

  write->version.device = gez_statement_get_id (statement, 0);
  write->version.counter = (guint64) gez_statement_get_integer (statement, 1);
  write->command = (guint64) gez_statement_get_integer (statement, 2);
  write->act = g_strdup (gez_statement_get_text (statement, 3));
  write->table = g_strdup (gez_statement_get_text (statement, 4));
  write->id = gez_statement_get_id (statement, 5);
  write->is_birth = gez_statement_get_integer (statement, 6) != 0;
  write->wall_at = gez_statement_get_integer (statement, 7);
  write->cells = gez_statement_get_blob (statement, 8);
  heard->is_own = gez_statement_is_null (statement, 9);
  if (!heard->is_own)
    {
      g_autoptr (GBytes) bytes = gez_statement_get_blob (statement, 9);

      g_assert_true (gez_circle_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &heard->circle));
    }
  heard->brought_by = gez_statement_is_null (statement, 10) ? write->version.device
                                                            : gez_statement_get_id (statement, 10);
  return heard;
}

static gboolean
apply_heard (MemoryDatabase *fresh,
             Heard          *heard,
             GError        **error)
{
  g_autoptr (GPtrArray) writes = g_ptr_array_new ();
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  guint n_applied = 0;

  g_ptr_array_add (writes, heard->write);
  if (heard->is_own)
    return gez_merge_apply (fresh->database, writes, error);
  return gez_database_begin (fresh->database, error) &&
         gez_merge_apply_received (fresh->database, &heard->circle, &heard->brought_by, writes, tables, &n_applied,
                                   error) &&
         gez_database_commit (fresh->database, error);
}

static GPtrArray *
read_log_shuffled (SimWorld *world,
                   SimView  *view)
{
  GPtrArray *log = g_ptr_array_new_with_free_func ((GDestroyNotify) heard_free);
  g_autoptr (GezStatement) statement = NULL;

  statement = gez_database_query (view->device->memory->database, NULL,
                                  "SELECT device, counter, command, act, table_name, id, is_birth, wall_at, cells, "
                                  "of_circle, brought_by FROM change_log ORDER BY row", GEZ_END);
  g_assert_nonnull (statement);
  while (gez_statement_next (statement, NULL))
    g_ptr_array_add (log, read_heard (statement));
  for (guint i = log->len; i > 1; i--)
    {
      guint other = (guint) sim_draw (world, (int) i);
      gpointer kept = log->pdata[i - 1];

      log->pdata[i - 1] = log->pdata[other];
      log->pdata[other] = kept;
    }
  return log;
}

gboolean
sim_check_replay (SimCheck *check)
{
  SimWorld *world = check->world;
  SimView *view = check->views->len
                      ? g_ptr_array_index (check->views, sim_draw (world, (int) check->views->len)) : NULL;
  g_autoptr (GPtrArray) log = view ? read_log_shuffled (world, view) : NULL;
  g_autoptr (MemoryDatabase) fresh = view ? sim_new_database (world) : NULL;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;

  if (view == NULL)
    return TRUE;
  for (guint i = 0; i < log->len; i++)
    if (!apply_heard (fresh, g_ptr_array_index (log, i), &error))
      return sim_fail (world, "the log of device %u cannot be applied: %s", view->device->number, error->message);
  one = memory_database_dump (view->device->memory);
  other = memory_database_dump (fresh);
  return g_str_equal (one, other) ||
         sim_fail (world, "the log of device %u in another order gives\n%s\nand not\n%s", view->device->number, other,
                   one);
}
