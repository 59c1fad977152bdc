/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"
#include "store-fixture.h"

/* Saturday 14 March 2026, 10:00 in Brussels: the day on which the tests of the commands live. */
#define DESK_TODAY "2026-03-14"
#define DESK_NOW G_GINT64_CONSTANT (1773478800000)

/*
 * A real store with somebody at work: "Testa Verzonnen", casemanager. `household` is an open file
 * with one person, `housing` an open domain, `health` a sensitive one.
 */
typedef struct
{
  StoreFixture *fixture;
  GezContext *context;
  GezId household;
  GezId person;
  GezId housing;
  GezId health;
} Desk;

Desk    *desk_new    (void);
void     desk_free   (Desk       *self);

/* Takes @change. It must be one command of that name, and taking it back and again must leave every
 * row that counts as it was before and after. */
void     desk_do     (Desk       *self,
                      GezChange  *change);

/* Takes @change, which the store must refuse, and keeps nothing of it. */
void     desk_refuse (Desk       *self,
                      GezChange  *change);

/* The rows of @sql, whose one column is `text`, as lines. */
void     desk_assert (Desk       *self,
                      const char *sql,
                      const char *expected);
/* Every shared row that counts, as text, without local numbers. */
char    *desk_dump   (Desk       *self);
gint64   desk_count  (Desk       *self,
                      const char *sql);
GezId    desk_id     (Desk       *self,
                      const char *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)
