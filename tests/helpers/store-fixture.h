/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-store.h"

/* A real store in a directory of its own, with cheap key derivation, made by "Testa Verzonnen",
 * casemanager. The clock stands still at @now. */
typedef struct
{
  char *directory;
  GezClock *clock;
  GezStore *store;
} StoreFixture;

#define STORE_FIXTURE_PASSPHRASE ((GezPassphrase) { "een lange testzin", 17 })

StoreFixture *store_fixture_new    (gint64        now);
/* Another device of @member: other randomness, the same person. */
StoreFixture *store_fixture_new_as (gint64       now,
                                    guint32      seed,
                                    const GezId *member);
void          store_fixture_close  (StoreFixture *self);
void          store_fixture_open   (StoreFixture *self);
void          store_fixture_free   (StoreFixture *self);
GPtrArray    *store_fixture_select (StoreFixture *self,
                                    const char   *sql);
gint64        store_fixture_count  (StoreFixture *self,
                                    const char   *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreFixture, store_fixture_free)
