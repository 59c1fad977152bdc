/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When the next round is due. Pure: time and chance are given. All times in microseconds of one clock that does not
 * jump; 0: not set. */
#define GEZ_SYNC_READ_LEAST (30 * G_USEC_PER_SEC)
#define GEZ_SYNC_READ_MOST (60 * G_USEC_PER_SEC)
#define GEZ_SYNC_WRITE_AFTER_LAST (20 * G_USEC_PER_SEC)
#define GEZ_SYNC_WRITE_AFTER_FIRST (300 * G_USEC_PER_SEC)
#define GEZ_SYNC_WRITE_SIZE (256 * 1024)
#define GEZ_SYNC_WAIT_MOST (600 * G_USEC_PER_SEC)

/**
 * GezSyncSchedule:
 * @read_at: when the folder is read next
 * @first_change_at, @last_change_at: of the writes that wait
 * @is_wanted: somebody asked for it now
 * @n_failed: rounds that failed in a row
 */
typedef struct
{
  gint64 read_at;
  gint64 first_change_at;
  gint64 last_change_at;
  gboolean is_wanted;
  guint n_failed;
} GezSyncSchedule;

/* Something was written; @size: of all that waits, in bytes. */
void   gez_sync_schedule_changed (GezSyncSchedule *self,
                                  gint64           now,
                                  gint64           size);
void   gez_sync_schedule_want    (GezSyncSchedule *self);
/* A round begins: what is written from now on waits for the next one. */
void   gez_sync_schedule_begin   (GezSyncSchedule *self);
/* It ended; @chance: from 0 to 1, so that colleagues do not all come at once. */
void   gez_sync_schedule_end     (GezSyncSchedule *self,
                                  gint64           now,
                                  gboolean         is_done,
                                  double           chance);
/* When the next one begins; not after that time. */
gint64 gez_sync_schedule_get_due (const GezSyncSchedule *self);

G_END_DECLS
