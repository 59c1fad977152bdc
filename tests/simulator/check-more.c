/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

#include <string.h>

#include "database-pool.h"
#include "sync/gez-merge.h"

/* No write is lost -------------------------------------------------------------------------------- */

static gboolean
check_ack (SimCheck *check, SimView *writer, const SimAck *ack)
{
  SimRow *row = g_hash_table_lookup (writer->rows, ack->row);

  if (row != NULL && sim_is_loose (check, row))
    return TRUE;
  if (row == NULL || !g_hash_table_contains (writer->log, ack->key))
    return sim_fail (check->world, "write %s is lost on its own device %u", ack->key, writer->device->number);
  if (!sim_view_reads (check, writer, row->circle))
    return TRUE;
  for (guint i = 0; i < check->views->len; i++)
    {
      SimView *view = g_ptr_array_index (check->views, i);

      if (sim_view_reads (check, view, row->circle) && !g_hash_table_contains (view->log, ack->key))
        return sim_fail (check->world, "write %s of device %u never came to device %u\n%s", ack->key,
                         writer->device->number, view->device->number, row->text->str);
    }
  return TRUE;
}

static SimView *
find_view (SimCheck *check, guint device)
{
  for (guint i = 0; i < check->views->len; i++)
    if (((SimView *)g_ptr_array_index (check->views, i))->device->number == device)
      return g_ptr_array_index (check->views, i);
  return NULL;
}

/* What somebody wrote after a device knew of the removal, that device does not have. */
static gboolean
check_removed (SimCheck *check, const SimAck *ack, guint place)
{
  SimDevice *device = g_ptr_array_index (check->world->devices, ack->device);
  SimMember *member = device->member;

  for (guint i = 0; member->is_removed && i < check->views->len; i++)
    {
      SimView *view = g_ptr_array_index (check->views, i);
      guint heard_at = view->device->heard_at[member->number];

      if (heard_at > 0 && place >= heard_at - 1 && g_hash_table_contains (view->log, ack->key))
        return sim_fail (check->world,
                         "device %u has write %s of device %u, made after it knew of the removal of %s",
                         view->device->number, ack->key, ack->device, member->name);
    }
  return TRUE;
}

gboolean
sim_check_acks (SimCheck *check)
{
  for (guint i = 0; i < check->world->acks->len; i++)
    {
      const SimAck *ack = g_ptr_array_index (check->world->acks, i);
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

/* Who may ever have read a text, by the account of the simulator. */
static guint
may_read (SimWorld *world, const SimMarker *marker)
{
  guint readers = 1u << marker->author;

  if (marker->kind == GEZ_CIRCLE_PRIVATE)
    return readers;
  readers |= sim_world_readers (world, marker->household, TRUE);
  if (marker->kind == GEZ_CIRCLE_OPEN || marker->is_widened || marker->is_outside)
    readers |= sim_world_readers (world, marker->household, FALSE);
  return readers;
}

static gboolean
check_image (SimWorld *world, SimDevice *device)
{
  g_autoptr (GBytes) image = memory_database_get_image (device->memory);
  g_autofree char *mark = g_strdup_printf (MARK "%08x", world->seed);
  gsize left;
  const char *at = g_bytes_get_data (image, &left);
  const char *found;

  while ((found = memmem (at, left, mark, strlen (mark))) != NULL)
    {
      g_autofree char *digits = NULL;
      guint number;

      left -= (gsize)(found - at) + strlen (mark);
      at = found + strlen (mark);
      digits = g_strndup (at, MIN (left, 6));
      if (strlen (digits) < 6 || strspn (digits, "0123456789") < 6)
        continue;
      number = (guint)g_ascii_strtoull (digits, NULL, 10);
      if (number < world->markers->len
          && !(may_read (world, &g_array_index (world->markers, SimMarker, number))
               & (1u << device->member->number)))
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

static void
shuffle (SimWorld *world, GPtrArray *writes)
{
  for (guint i = writes->len; i > 1; i--)
    {
      guint other = (guint)sim_draw (world, (int)i);
      gpointer kept = writes->pdata[i - 1];

      writes->pdata[i - 1] = writes->pdata[other];
      writes->pdata[other] = kept;
    }
}

static GezWrite *
copy_write (const GezWrite *write)
{
  GezWrite *copy = g_memdup2 (write, sizeof *write);

  copy->act = g_strdup (write->act);
  copy->table = g_strdup (write->table);
  copy->cells = g_bytes_ref (write->cells);
  copy->of_circle = NULL;
  return copy;
}

/* The log holds a write once; under which other circles it came as well stands beside it. */
static void
add_others (SimView *view, GPtrArray *log)
{
  g_autoptr (GezStatement) statement = NULL;
  guint n = log->len;

  statement = gez_database_query (view->device->memory->database, NULL,
                                  "SELECT device, counter, of_circle FROM also_under", GEZ_END);
  g_assert_nonnull (statement);
  while (gez_statement_next (statement, NULL))
    {
      GezId device = gez_statement_get_id (statement, 0);
      guint64 counter = (guint64)gez_statement_get_integer (statement, 1);

      for (guint i = 0; i < n; i++)
        {
          GezWrite *write = g_ptr_array_index (log, i);
          GezWrite *copy;

          if (write->version.counter != counter || !gez_id_equal (&write->version.device, &device))
            continue;
          copy = copy_write (write);
          copy->of_circle = gez_statement_get_blob (statement, 2);
          g_ptr_array_add (log, copy);
        }
    }
}

/* Names and roles of members stand in the roster, not in the log. */
static char *
dump (MemoryDatabase *memory)
{
  g_autofree char *all = memory_database_dump (memory);
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!g_str_has_prefix (lines[i], "member|"))
      g_string_append_printf (text, "%s\n", lines[i]);
  return g_string_free (text, FALSE);
}

static gboolean
apply_in_parts (SimWorld *world, MemoryDatabase *fresh, GPtrArray *log, GError **error)
{
  for (guint from = 0; from < log->len;)
    {
      g_autoptr (GPtrArray) part = g_ptr_array_new ();
      guint to = from + 1 + (guint)sim_draw (world, 40);

      to = MIN (to, log->len);
      for (; from < to; from++)
        g_ptr_array_add (part, g_ptr_array_index (log, from));
      if (!gez_merge_apply (fresh->database, part, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sim_check_replay (SimCheck *check)
{
  SimWorld *world = check->world;
  MemoryDatabase *fresh;
  g_autoptr (GPtrArray) log = NULL;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;
  SimView *view;
  gboolean done;

  if (check->views->len == 0)
    return TRUE;
  view = g_ptr_array_index (check->views, sim_draw (world, (int)check->views->len));
  fresh = sim_new_database (world);
  log = gez_merge_read_log (view->device->memory->database, &error);
  g_assert_no_error (error);
  add_others (view, log);
  shuffle (world, log);
  done = apply_in_parts (world, fresh, log, &error);
  one = dump (view->device->memory);
  other = dump (fresh);
  database_pool_give_back (fresh);
  if (!done)
    return sim_fail (world, "the log of device %u cannot be applied: %s", view->device->number,
                     error->message);
  return g_str_equal (one, other)
         || sim_fail (world, "the log of device %u in another order gives\n%s\nand not\n%s",
                      view->device->number, other, one);
}
