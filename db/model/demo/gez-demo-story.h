/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/demo/gez-demo-sentences.h"
#include "model/gez-context.h"

G_BEGIN_DECLS

#define GEZ_DEMO_PERSONS_MAX 14
#define GEZ_DEMO_HELPERS_MAX 6

/**
 * GezDemoFile:
 * @context: of who carries it
 * @adult: (nullable): somebody in it
 * @days: how long ago it was opened
 *
 * A household that was told, for what is added to it afterwards.
 */
typedef struct
{
  GezId household;
  GezContext *context;
  char *adult;
  int days;
} GezDemoFile;

#define GEZ_DEMO_FILES 6 /* so many of the first are remembered */

/**
 * GezDemoWorld:
 * @contexts: (element-type GezContext): the colleagues who carry files, who share @clock; the first
 *   is whose store it is
 * @partners: (element-type GezId): one partner per domain of the lists, in their order
 * @today: the day around which it all lives
 * @contacts: contact moments per file; 0: as it comes
 * @number: of the household that is being made, from 0
 * @change: what is not committed yet
 * @n_pending: contact moments in it
 * @files: (element-type GezDemoFile): the first households
 *
 * What all invented households have in common. All that is random comes from @random and @clock.
 */
typedef struct
{
  GezStore *store;
  GezClock *clock;
  GRand *random;
  GezDemoSentences *sentences;
  GPtrArray *contexts;
  GArray *partners;
  GArray *districts;
  GArray *schools;
  char *today;
  guint contacts;
  guint number;
  GezChange *change;
  guint n_pending;
  GArray *files;
} GezDemoWorld;

/**
 * GezDemoStory:
 * @days: how long ago the file was opened
 * @state: that the trajectory is in today
 * @names: of somebody in it, or %NULL
 *
 * One household while it is being invented. Acts are made with the same commands as real ones; the
 * clock is moved to the day of each act, so that identities and defaults follow.
 */
typedef struct
{
  GezDemoWorld *world;
  GezContext *context;
  GezId household;
  GezId trajectory;
  GezId persons[GEZ_DEMO_PERSONS_MAX];
  char *first_names[GEZ_DEMO_PERSONS_MAX];
  gboolean is_child[GEZ_DEMO_PERSONS_MAX];
  guint n_persons;
  GezId helpers[GEZ_DEMO_HELPERS_MAX];
  char *helper_names[GEZ_DEMO_HELPERS_MAX];
  guint n_helpers;
  GezDemoNames names;
  int days;
  const char *state;
} GezDemoStory;

int          gez_demo_chance        (GezDemoStory  *story,
                                     int            from,
                                     int            to);
int          gez_demo_near          (GezDemoStory  *story,
                                     int            value,
                                     int            below,
                                     int            above,
                                     int            lowest,
                                     int            highest);
gboolean     gez_demo_in_hundred    (GezDemoStory  *story,
                                     int            percent);
char        *gez_demo_days_ago      (GezDemoStory  *story,
                                     int            days);
void         gez_demo_go_to_day     (GezDemoStory  *story,
                                     int            days);
void         gez_demo_add           (GezDemoStory  *story,
                                     GezChange     *change);
char        *gez_demo_say           (GezDemoStory  *story,
                                     const char    *group,
                                     const char    *kind);
GezRecord   *gez_demo_any_domain    (GezDemoStory  *story);
const GezId *gez_demo_any_partner   (GezDemoStory  *story,
                                     GezRecord     *domain);

void         gez_demo_add_partners  (GezDemoWorld  *world,
                                     GezContext    *context,
                                     GezChange     *change);

gboolean     gez_demo_add_documents (GezDemoWorld  *world,
                                     GError       **error);

/* The parts of a story, in the order in which they are told. */
void         gez_demo_tell_family   (GezDemoStory  *story);
void         gez_demo_tell_plan     (GezDemoStory  *story);
void         gez_demo_tell_work     (GezDemoStory  *story);
void         gez_demo_tell_journal  (GezDemoStory  *story);
void         gez_demo_tell          (GezDemoWorld  *world);

G_END_DECLS
