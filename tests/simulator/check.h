/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "steps.h"

typedef struct
{
  char *circle;            /* in hexadecimal digits */
  GString *text;           /* all cells, then all heads */
} SimRow;

/* What one device ended up with. */
typedef struct
{
  SimDevice *device;
  GezTeam *team;
  GHashTable *rows;        /* id -> SimRow */
  GHashTable *log;         /* SIM_ACK_KEY */
  GHashTable *keys;        /* circles of which it holds a key */
  gboolean is_present;
} SimView;

typedef struct
{
  SimWorld *world;
  GPtrArray *views;        /* of present devices */
  GHashTable *grants;      /* "circle member": holds without an end */
  GHashTable *loose;       /* rows in which somebody wrote who was removed: some may have read more of it */
} SimCheck;

char     *sim_hex            (GBytes     *bytes);
gboolean  sim_view_reads     (SimCheck   *check,
                              SimView    *view,
                              const char *circle);
gboolean  sim_is_loose       (SimCheck   *check,
                              SimRow     *row);
gboolean  sim_check_acks     (SimCheck   *check);
gboolean  sim_check_heads    (SimCheck   *check);
gboolean  sim_check_markers  (SimCheck   *check);
gboolean  sim_check_replay   (SimCheck   *check);
