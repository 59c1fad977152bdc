/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-seal.h"
#include "store/gez-circle.h"
#include "store/gez-query.h"

G_BEGIN_DECLS

/**
 * GezTeamDevice:
 * @id: of the device
 * @is_this: whether it is the one in hand
 * @is_removed: whether its later segments count no more
 */
typedef struct
{
  GezId id;
  gboolean is_this;
  gboolean is_removed;
} GezTeamDevice;

/**
 * GezTeamPerson:
 * @check: (nullable): the short fingerprint of the invitation with which this person joined; %NULL for the
 *   founder and who did not join yet
 * @devices: (element-type GezTeamDevice): present ones first
 */
typedef struct
{
  GezId id;
  char *name;
  char *role;
  gboolean is_active;
  gboolean is_self;
  char *check;
  GPtrArray *devices;
} GezTeamPerson;

/**
 * GezTeamInvited:
 *
 * An invitation that nobody used yet.
 */
typedef struct
{
  GezId id;
  char *check;                 /* the short fingerprint to compare */
  char *name;
  char *role;
  gint64 valid_until;
  gboolean is_for_device;
} GezTeamInvited;

/**
 * GezTeamView:
 * @has_team: %FALSE: this store is a team of one, and all else is empty
 * @persons: (element-type GezTeamPerson): active ones first, then by name
 * @invited: (element-type GezTeamInvited)
 * @leaders_read: `cards`, `open` or `casework`
 */
typedef struct
{
  gboolean has_team;
  char *team_name;
  char *folder_uri;
  gboolean is_leader;
  char *leaders_read;
  GPtrArray *persons;
  GPtrArray *invited;
} GezTeamView;

/**
 * GezFileReader:
 * @reads_open, @reads_casework: which part of the file
 * @until: (nullable): last day
 * @is_locked: kept out by a conflict of interest
 * @by_name: (nullable): who gave access
 * @is_waiting: whether a device of this person did not get the key yet, as far as is known here
 */
typedef struct
{
  GezId member;
  char *name;
  char *role;
  gboolean is_self;
  gboolean reads_open;
  gboolean reads_casework;
  char *until;
  gboolean is_locked;
  char *by_name;
  gboolean is_waiting;
} GezFileReader;

/**
 * GezReadersView:
 * @readers: (element-type GezFileReader): who can read this file, this person first
 * @others: (element-type GezFileReader): active colleagues who cannot
 * @is_due: whether its key is to be replaced at the next write
 */
typedef struct
{
  gboolean has_team;
  GPtrArray *readers;
  GPtrArray *others;
  gboolean is_due;
} GezReadersView;

void      gez_team_view_free     (GezTeamView    *view);
void      gez_readers_view_free  (GezReadersView *view);

/* Queries: the result is a GezTeamView, a GezReadersView. */
GezQuery *gez_team_view_query    (void);
GezQuery *gez_readers_view_query (const GezId    *household);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezTeamView, gez_team_view_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezReadersView, gez_readers_view_free)

G_END_DECLS
