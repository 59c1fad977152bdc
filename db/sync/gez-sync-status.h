/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/gez-id.h"
#include "store/gez-query.h"

G_BEGIN_DECLS

/**
 * GezSyncDevice:
 * @n_read: segments of it that were read here
 * @last_wall_at: the clock of its newest segment; 0: none
 * @n_missing: segments that others have seen and this device has not
 * @missing_since_at: since when; 0: none are missing
 * @seen_ours: up to which own segment it has told to have seen
 * @is_forked: whether two of its segments contradict each other
 * @is_clock_ahead: whether its clock is more than ten minutes ahead of the middle one
 */
typedef struct
{
  GezId device;
  GezId member;
  char *member_name;
  gboolean is_this;
  gboolean is_removed;
  guint64 n_read;
  gint64 last_wall_at;
  guint n_missing;
  gint64 missing_since_at;
  guint64 seen_ours;
  gboolean is_forked;
  gboolean is_clock_ahead;
} GezSyncDevice;

/**
 * GezSyncProblem:
 * @why: as in the table `quarantine`
 *
 * A file in the folder that cannot be read, or not yet.
 */
typedef struct
{
  char *path;
  char *why;
  char *member_name;
  gint64 since_at;
} GezSyncProblem;

/**
 * GezSyncStatus:
 * @has_team: %FALSE: nothing is shared from here
 * @n_waiting: acts written here that the folder does not have yet
 * @own_sequence: last own segment
 * @last_read_at: when the folder was last read to its end; 0: never
 * @restored_at: when this device was found to be put back or copied; 0: no
 * @devices: (element-type GezSyncDevice)
 * @problems: (element-type GezSyncProblem): longer than a day
 * @n_conflicts: cells with more than one value
 * @n_rotations_due: circles whose key is replaced at the next write
 */
typedef struct
{
  gboolean has_team;
  char *folder_uri;
  guint n_waiting;
  gint64 oldest_waiting_at;
  guint64 own_sequence;
  gint64 last_read_at;
  gint64 last_published_at;
  gint64 restored_at;
  guint n_conflicts;
  guint n_rotations_due;
  guint n_files_waiting;        /* attachments on their way */
  GPtrArray *devices;
  GPtrArray *problems;
} GezSyncStatus;

GezQuery *gez_sync_status_query (void);
void      gez_sync_status_free  (GezSyncStatus *status);

/* For the engine, in a work: the folder was read to its end just now. Whether that is to be written down too. */
gboolean  gez_sync_status_note_read (GezDatabase *database);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezSyncStatus, gez_sync_status_free)

G_END_DECLS
