/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

/*
 * The same statements for every library: this file and workloads.c know nothing but SQLite's
 * interface, so that one copy can be linked with SQLite and another, in another process, with
 * SQLCipher.
 *
 * Each workload answers how long it took. A failure ends the process: half a measurement is
 * none.
 */

#define WORKLOAD_NOTES 100000

/* Seconds on the wall, and of the processor: the second says what the encryption itself costs,
 * also on a machine that does other things. */
typedef struct
{
  double wall;
  double processor;
} WorkloadTime;

/* What a workload does with an open connection. */
typedef WorkloadTime (*Workload) (sqlite3 *database);

/* Prepared data that both sides of a comparison get alike. */
typedef struct
{
  unsigned long long state;
} WorkloadRandom;

extern const char *const workload_pragmas;

unsigned int workload_random_below (WorkloadRandom *random,
                                    unsigned int    limit);
void         workload_write_words  (WorkloadRandom *random,
                                    int             count,
                                    char           *text,
                                    int             size);
WorkloadTime workload_now          (void);
WorkloadTime workload_since        (WorkloadTime    start);
void         workload_add          (WorkloadTime   *sum,
                                    WorkloadTime    time);
void         workload_run_sql      (sqlite3        *database,
                                    const char     *sql);
void         workload_check        (sqlite3        *database,
                                    int             ok,
                                    const char     *doing);
void         workload_report       (const char     *workload,
                                    const char     *side,
                                    int             run,
                                    WorkloadTime    time);

WorkloadTime workload_insert       (sqlite3        *database);
WorkloadTime workload_read         (sqlite3        *database);
WorkloadTime workload_scan         (sqlite3        *database);
WorkloadTime workload_commit       (sqlite3        *database);
