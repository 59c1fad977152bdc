/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device.h"

#include <string.h>

#include "database-pool.h"

/* One device: what its member does there, and the engine. It is killed at a call of the engine to the
 * database, before or after that did its work; what was committed stays. */

MemoryDatabase *
sim_new_database (SimWorld *world)
{
  return database_pool_take (world->now, (guint32)sim_draw (world, G_MAXINT));
}

static SimDevice *
add_device (SimWorld *world, SimMember *member, GBytes *image) /* NULL: an empty one */
{
  SimDevice *self = g_new0 (SimDevice, 1);

  self->number = world->devices->len;
  self->world = world;
  self->member = member;
  self->calls_left = -1;
  self->memory = image ? database_pool_take_image (image, world->now, (guint32)sim_draw (world, G_MAXINT))
                       : sim_new_database (world);
  self->folder = hostile_folder_add_view (world->folder);
  g_ptr_array_add (world->devices, self);
  return self;
}

SimDevice *
sim_device_new (SimWorld *world, SimMember *member)
{
  SimDevice *self = add_device (world, member, NULL);

  /* Half of the clocks are right; the others are one year behind to three ahead. */
  if (sim_draw (world, 2))
    self->clock_offset = (sim_draw (world, 4 * 365) - 365) * SIM_DAY;
  return self;
}

/* The disk of a device, byte for byte, in another machine. */
SimDevice *
sim_device_copy (SimDevice *from)
{
  g_autoptr (GBytes) image = memory_database_get_image (from->memory);
  SimDevice *self = add_device (from->world, from->member, image);

  self->clock_offset = from->clock_offset;
  self->n_acked = from->n_acked;
  return self;
}

void
sim_device_set_clock (SimDevice *self)
{
  gez_clock_set_now (self->memory->clock, self->world->now + self->clock_offset);
}

gboolean
sim_device_is_online (SimDevice *self)
{
  return !self->is_gone && self->world->now >= self->offline_until;
}

static void
account_for (SimDevice *self, GezStatement *row)
{
  SimAck *ack = g_new0 (SimAck, 1);

  ack->row = g_strdup (gez_statement_get_text (row, 0));
  ack->key = g_strdup (gez_statement_get_text (row, 1));
  ack->device = self->number;
  g_ptr_array_add (self->world->acks, ack);
  if (gez_statement_get_integer (row, 2) != gez_clock_get_now (self->memory->clock))
    sim_fail (self->world, "device %u stamps a write with another time than its clock shows", self->number);
}

/* What was written since the last account: it may not be lost from now on. */
void
sim_device_account (SimDevice *self)
{
  gint64 last = memory_database_count (self->memory, "SELECT last_counter FROM device");
  g_autoptr (GezStatement) row = NULL;

  if (last == self->n_acked)
    return;
  row = gez_database_query (self->memory->database, NULL,
                            "SELECT lower(hex(l.id)), " SIM_ACK_KEY
                            ", l.wall_at FROM change_log AS l, device AS d "
                            "WHERE l.device = d.id AND l.counter > ?",
                            GEZ_INTEGER, self->n_acked, GEZ_END);
  g_assert_nonnull (row);
  while (gez_statement_next (row, NULL))
    account_for (self, row);
  self->n_acked = last;
}

gboolean
sim_device_commit (SimDevice *self, GezChange *change)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tables = NULL;
  guint64 command = 0;

  sim_device_set_clock (self);
  if (!gez_commit_run (self->memory->database, change, &command, &tables, &error))
    return sim_fail (self->world, "device %u could not write: %s", self->number, error->message);
  sim_device_account (self);
  return TRUE;
}

gboolean
sim_device_undo (SimDevice *self)
{
  gint64 command = memory_database_count (self->memory, "SELECT max(command) FROM change_log "
                                                        "WHERE device = (SELECT id FROM device)");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tables = NULL;
  guint64 undone = 0;

  if (command <= 0)
    return TRUE;
  sim_device_set_clock (self);
  if (!gez_commit_undo (self->memory->database, (guint64)command, &undone, &tables, &error)
      && error->domain != GEZ_STORE_ERROR)
    return sim_fail (self->world, "device %u could not undo: %s", self->number, error->message);
  sim_device_account (self);
  return TRUE;
}

static gboolean
act_in_transaction (SimDevice *self, SimTeamAct act, gpointer data, GError **error)
{
  g_autoptr (GezTeam) team = NULL;

  if (!gez_database_begin (self->memory->database, error))
    return FALSE;
  team = gez_team_load (self->memory->database, error);
  if (team != NULL && act (team, data, error))
    return gez_database_commit (self->memory->database, error);
  gez_database_rollback (self->memory->database);
  return FALSE;
}

gboolean
sim_device_act (SimDevice *self, SimTeamAct act, gpointer data)
{
  g_autoptr (GError) error = NULL;

  sim_device_set_clock (self);
  if (act_in_transaction (self, act, data, &error))
    {
      sim_device_account (self);
      return TRUE;
    }
  if (error != NULL && error->domain != GEZ_TEAM_ERROR)
    sim_fail (self->world, "an act of the team failed on device %u: %s", self->number, error->message);
  return FALSE;
}

/* The engine ---------------------------------------------------------------------------------------- */

static gboolean
run_on_worker (gpointer site, GezEngineWork work, gpointer data, GError **error)
{
  SimDevice *self = site;
  gboolean dies = self->calls_left == 0;

  if (self->calls_left > 0)
    self->calls_left--;
  if (!dies || sim_draw (self->world, 2))
    if (!work (self->memory->database, data, error))
      return FALSE;
  if (!dies)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "killed");
  return FALSE;
}

static gboolean
renew (GezTeam *team, gpointer data, GError **error)
{
  return gez_team_renew_device (team, error);
}

/* Somebody reads that this device was put back or copied, and says that it is to go on. */
static gboolean
go_on (SimDevice *self)
{
  sim_tell (self->world, "  device %u was put back or copied, and goes on", self->number);
  return sim_device_act (self, renew, NULL) || self->world->failure == NULL;
}

void
sim_device_hear (SimDevice *self)
{
  SimWorld *world = self->world;
  g_autoptr (GezStatement) row = NULL;

  row = gez_database_query (self->memory->database, NULL, "SELECT id FROM team_member WHERE NOT is_active",
                            GEZ_END);
  g_assert_nonnull (row);
  while (gez_statement_next (row, NULL))
    {
      GezId id = gez_statement_get_id (row, 0);
      SimMember *member = sim_world_find_member (world, &id);

      if (member != NULL && self->heard_at[member->number] == 0)
        self->heard_at[member->number] = world->acks->len + 1;
    }
}

/* What it tells to have seen of others, it has, without a gap. */
static gboolean
tells_the_truth (SimDevice *self)
{
  gint64 n = memory_database_count (self->memory,
                                    "SELECT count(*) FROM sync_device AS d WHERE d.sequence > (SELECT "
                                    "count(DISTINCT s.sequence) FROM segment AS s WHERE s.device = d.device "
                                    "AND s.sequence <= d.sequence)");

  return n == 0 || sim_fail (self->world, "device %u tells to have seen what it has not", self->number);
}

gboolean
sim_device_sync (SimDevice *self, GezEngineSteps steps, guint *n_done)
{
  g_auto (GezEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean done;

  *n_done = 0;
  if (self->engine == NULL)
    self->engine = gez_engine_new (run_on_worker, self, GEZ_FOLDER (self->folder), NULL);
  sim_device_set_clock (self);
  self->world->n_rounds++;
  done = gez_engine_round (self->engine, steps, &report, NULL, &error);
  /* It writes nothing of its own, but a device that was put back gives its writes other numbers. */
  self->n_acked = memory_database_count (self->memory, "SELECT last_counter FROM device");
  /* Who is not in the team any more learns so from the round. */
  if (!done && error->domain == GEZ_TEAM_ERROR && (self->member->is_removed || self->world->is_forked))
    {
      sim_tell (self->world, "  device %u: %s", self->number, error->message);
      self->is_gone = self->world->is_calm;
      return TRUE;
    }
  if (!done && (self->world->is_calm || error->domain != GEZ_SYNC_ERROR) && self->calls_left < 0)
    return sim_fail (self->world, "a round of device %u failed: %s", self->number, error->message);
  /* It was killed, or the program was started anew. */
  if (self->calls_left >= 0 || sim_draw (self->world, 3) == 0)
    g_clear_pointer (&self->engine, gez_engine_free);
  self->calls_left = -1;
  /* A file that is not all there is looked at each time: that is nothing new. */
  *n_done = report.n_writes_applied + report.n_files_published + report.n_files_healed + report.roster_changed
            + report.keys_came + report.is_restored;
  if (self->world->is_calm && *n_done > 0)
    sim_tell (self->world, "  device %u: %u read, %u applied, %u published, %u healed%s%s", self->number,
              report.n_files_read, report.n_writes_applied, report.n_files_published, report.n_files_healed,
              report.roster_changed ? ", roster" : "", report.keys_came ? ", keys" : "");
  sim_device_hear (self);
  if (!tells_the_truth (self))
    return FALSE;
  if (report.is_restored && (self->world->is_calm || sim_draw (self->world, 2)))
    return go_on (self);
  return TRUE;
}

/* Copies of itself ---------------------------------------------------------------------------------- */

void
sim_device_remember (SimDevice *self)
{
  g_clear_pointer (&self->old_image, g_bytes_unref);
  self->old_image = memory_database_get_image (self->memory);
  self->old_counter = self->n_acked;
  self->old_n_acks = self->world->acks->len;
}

/* The disk goes back to what it was. What was written since is lost here; when it was published the others
 * have it. */
void
sim_device_put_back (SimDevice *self)
{
  for (guint i = self->old_n_acks; i < self->world->acks->len; i++)
    {
      SimAck *ack = g_ptr_array_index (self->world->acks, i);

      ack->may_be_lost |= ack->device == self->number;
    }
  g_clear_pointer (&self->engine, gez_engine_free);
  database_pool_give_back (self->memory);
  self->memory = database_pool_take_image (self->old_image, self->world->now,
                                           (guint32)sim_draw (self->world, G_MAXINT));
  self->n_acked = self->old_counter;
  memset (self->heard_at, 0, sizeof self->heard_at);
  sim_device_hear (self);
}
