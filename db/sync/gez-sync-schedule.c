/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-sync-schedule.h"

/**
 * gez_sync_schedule_changed:
 * @size: of all writes that wait, in bytes
 *
 * Thread: any one at a time; here and below.
 */
void
gez_sync_schedule_changed (GezSyncSchedule *self,
                           gint64           now,
                           gint64           size)
{
  if (self->first_change_at == 0)
    self->first_change_at = now;
  self->last_change_at = now;
  if (size >= GEZ_SYNC_WRITE_SIZE)
    self->is_wanted = TRUE;
}

void
gez_sync_schedule_want (GezSyncSchedule *self)
{
  self->is_wanted = TRUE;
}

void
gez_sync_schedule_begin (GezSyncSchedule *self)
{
  self->first_change_at = 0;
  self->last_change_at = 0;
  self->is_wanted = FALSE;
}

/**
 * gez_sync_schedule_end:
 * @is_done: whether it went well: after failures in a row the next one is tried later and later, up to ten
 * minutes
 * @chance: from 0 to 1
 */
void
gez_sync_schedule_end (GezSyncSchedule *self,
                       gint64           now,
                       gboolean         is_done,
                       double           chance)
{
  gint64 wait = GEZ_SYNC_READ_LEAST + (gint64) (chance * (GEZ_SYNC_READ_MOST - GEZ_SYNC_READ_LEAST));

  self->n_failed = is_done ? 0 : self->n_failed + 1;
  for (guint i = 1; i < self->n_failed && wait < GEZ_SYNC_WAIT_MOST; i++)
    wait *= 2;
  self->read_at = now + MIN (wait, GEZ_SYNC_WAIT_MOST);
}

/**
 * gez_sync_schedule_get_due:
 *
 * Returns: when the next round is due; 0: at once. A folder that fails is not asked more often because
 * somebody writes.
 */
gint64
gez_sync_schedule_get_due (const GezSyncSchedule *self)
{
  gint64 due = self->read_at;

  if (self->is_wanted)
    return 0;
  if (self->last_change_at == 0 || self->n_failed > 0)
    return due;
  due = MIN (due, self->last_change_at + GEZ_SYNC_WRITE_AFTER_LAST);
  return MIN (due, self->first_change_at + GEZ_SYNC_WRITE_AFTER_FIRST);
}
