/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "memory-database.h"
#include "memory-folder.h"
#include "sync/gez-engine.h"

/* One device of a team in a test: a database in memory, an engine, and its own look at a shared folder in memory.
 * Its clock stands still until somebody moves it.
 *
 * @n_works: works that the engine had run so far
 * @n_changes: how many rows of the database changed during the last round
 * @fail_at: the how-manieth work of a round fails, counted from 1; 0: none
 * @fail_after: whether its transaction is done by then */
typedef struct
{
  MemoryDatabase *memory;
  GezFolder *folder;
  GezEngine *engine;
  GezEngineReport report;
  guint n_works;
  int n_changes;
  guint fail_at;
  gboolean fail_after;
} Station;

Station *station_new       (MemoryDisk  *disk,
                            guint32      seed);
void     station_free      (Station     *self);
/* Works there: a member of her own, and the team of one that @name founds, with gezinsplan/ in the folder. */
void     station_found     (Station     *self,
                            const char  *name);
/* The leader invites; the newcomer takes what stands in the folder and joins. */
void     station_join      (Station     *self,
                            Station     *leader,
                            const char  *name,
                            const char  *role);
/* The same, for somebody who was in the team before. */
void     station_join_again (Station    *self,
                            Station     *leader,
                            const char  *name,
                            const char  *role,
                            const GezId *member);
void     station_join_device (Station   *self,
                            Station     *first);
/* A whole round that must go well. */
void     station_round     (Station     *self);
/* A round that may fail; then with an error of which the message is given back. */
char    *station_try       (Station     *self,
                            GezEngineSteps steps);
/* The engine is ended and made again, as when the program is started again. */
void     station_restart   (Station     *self);
void     station_pass      (Station     *self,
                            gint64       minutes);
GezId    station_get_device (Station    *self);
GezId    station_get_member (Station    *self);
/* A household in the open circle, its casework note, and an edit. */
GezId    station_add_household (Station *self,
                            const char  *name);
GezId    station_add_note  (Station     *self,
                            const GezId *household,
                            GezCircle    circle,
                            const char  *text);
void     station_edit      (Station     *self,
                            const GezId *household,
                            const char  *column,
                            const char  *text);
void     station_grant     (Station     *self,
                            GezCircle    circle,
                            Station     *other);
gint64   station_count     (Station     *self,
                            const char  *sql);
/* A copy of its database as it is now, at the same folder: a backup put back, a copied machine. */
Station *station_copy      (Station     *self,
                            guint32      seed);
/* Rounds of all until nothing is new; fails when that does not end. */
void     stations_settle   (Station    **stations,
                            guint        n_stations);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Station, station_free)
