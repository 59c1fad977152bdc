/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "memory-database.h"
#include "model/gez-page.h"
#include "model/gez-view.h"

/* 12 March 2026, 10:00 in Brussels: the day on which the tests of the queries live. */
#define TODAY "2026-03-12"
#define NOW G_GINT64_CONSTANT (1773306000000)

/*
 * Rows by their columns: after the table and its household come the name of a column, a #GezBind
 * tag and the value, as often as needed, then %NULL.
 */
GezId      rows_add       (MemoryDatabase *memory,
                           const char     *table,
                           const GezId    *household,
                           ...) G_GNUC_NULL_TERMINATED;
void       rows_set       (MemoryDatabase *memory,
                           const char     *table,
                           const GezId    *id,
                           ...) G_GNUC_NULL_TERMINATED;
void       rows_withdraw  (MemoryDatabase *memory,
                           const char     *table,
                           const GezId    *id);

GezId      rows_household (MemoryDatabase *memory,
                           const char     *name);
GezId      rows_trajectory (MemoryDatabase *memory,
                           const GezId    *household,
                           const char     *state,
                           const char     *since_on);
GezId      rows_person    (MemoryDatabase *memory,
                           const GezId    *household,
                           const char     *first_name,
                           const char     *born_on);
GezId      rows_contact   (MemoryDatabase *memory,
                           const GezId    *household,
                           const char     *date,
                           const char     *time);
GezId      rows_referral  (MemoryDatabase *memory,
                           const GezId    *household,
                           const char     *state,
                           const char     *happened_on,
                           const char     *call_back_on);
/* A document whose content is nowhere. */
GezId      rows_document  (MemoryDatabase *memory,
                           const GezId    *household,
                           const char     *name,
                           const char     *tags);

gpointer   rows_run       (MemoryDatabase *memory,
                           GezQuery       *query);
char      *rows_texts     (GPtrArray      *records,
                           const char     *column);
void       rows_assert_no_scan (MemoryDatabase *memory,
                           const char     *table);
