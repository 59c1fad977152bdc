/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-invitation.h"
#include "hostile-folder.h"
#include "memory-database.h"

/* A team in one process: members, their devices with databases in memory and clocks of their own, and one
 * shared folder that misbehaves. Everything is drawn from one seed, also what libsodium draws. */

#define SIM_MINUTE (60 * G_GINT64_CONSTANT (1000))
#define SIM_DAY (24 * 60 * SIM_MINUTE)
#define SIM_MEMBERS_MAX 8

typedef struct
{
  guint number;
  GezId id;
  char *name;
  char *role;
  gboolean is_removed;
  gboolean was_leader;
  gboolean was_brugfiguur; /* her casework goes to the case managers who read the open circle */
  guint stood_in_by;       /* members who ever stood in for this one: bits */
} SimMember;

/* A household, and who was ever let in, by the simulator's own account. */
typedef struct
{
  GezId id;
  guint open_readers;      /* bits of members */
  guint casework_readers;
} SimHousehold;

/* Somebody who has a code and waits until the folder shows what it opens. */
typedef struct
{
  GezSecret *code;
  SimMember *member;
} SimInvited;

/* A word in a text that is found again wherever the text is readable. */
typedef struct
{
  GezCircleKind kind;
  guint household;
  guint author;
  gboolean is_widened;     /* moved to the open circle later */
  gboolean is_outside;     /* written in casework by somebody who did not hold it */
} SimMarker;

/* A write that the store took. It is known by its row, time and act: its number changes when a device is put
 * back and becomes another one. */
typedef struct
{
  char *key;
  char *row;               /* id in hexadecimal digits */
  guint device;            /* number in the world */
  gboolean may_be_lost;    /* its device was put back to before it */
} SimAck;

typedef struct _SimWorld SimWorld;

typedef struct _SimDevice SimDevice;

struct _SimWorld
{
  guint32 seed;
  GRand *random;
  gint64 now;
  HostileFolder *folder;
  GPtrArray *members;
  GPtrArray *devices;
  GPtrArray *households;
  GPtrArray *invited;      /* of SimInvited */
  GArray *markers;
  GPtrArray *acks;         /* of SimAck */
  GString *story;          /* what happened, in words */
  char *failure;           /* the first thing that went wrong */
  gboolean is_calm;
  gboolean is_forked;      /* two machines went on as one device */
  gboolean leaders_read_open;
  gboolean leaders_read_casework;
  guint n_rounds;
  guint n_compared;
};

SimWorld   *sim_world_new           (guint32         seed);
void        sim_world_free          (SimWorld       *self);
int         sim_draw                (SimWorld       *self,
                                     int             below);
void        sim_tell                (SimWorld       *self,
                                     const char     *format,
                                     ...) G_GNUC_PRINTF (2, 3);
/* The first one counts. Returns FALSE. */
gboolean    sim_fail                (SimWorld       *self,
                                     const char     *format,
                                     ...) G_GNUC_PRINTF (2, 3);
char       *sim_world_new_text      (SimWorld       *self,
                                     SimDevice      *author,
                                     GezCircleKind   kind,
                                     guint           household);
SimMember  *sim_world_add_member    (SimWorld       *self,
                                     const char     *role);
void        sim_member_note_role    (SimMember      *member);
SimMember  *sim_world_find_member   (SimWorld       *self,
                                     const GezId    *id);
int         sim_world_find_household (SimWorld      *self,
                                     const GezId    *id);

/* Bits of the members who were ever let in, by hand, as a leader or as a stand-in. */
guint       sim_world_readers       (SimWorld       *self,
                                     guint           household,
                                     gboolean        is_casework);

/* With the tables and nothing in them. */
MemoryDatabase *sim_new_database    (SimWorld       *self);
