/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault-fixture.h"
#include "vault/gez-vault-page.h"

#define LOG_HEADER_SIZE 32
#define N_ROWS 2000
#define N_LOGGED 5 /* rows that only the log holds, each a commit of its own */

#define DATABASE "gezinsplan.db"
#define LOG "gezinsplan.db-wal"
#define EPOCH "gezinsplan.db-epoch"

#define PAGE(number) (((gsize) (number) - 1) * GEZ_PAGE_SIZE)
#define FRAME(index) (LOG_HEADER_SIZE + (gsize) (index) * GEZ_FRAME_SIZE)

typedef enum
{
  COPY_HEADER,
  COPY_SECOND_HEADER,
  COPY_DATABASE,
  COPY_LOG,
  COPY_EPOCH,
  N_COPY_FILES,
} CopyFile;

/* All files of a store; NULL for one that is not there. */
typedef struct
{
  GBytes *files[N_COPY_FILES];
} Copy;

typedef struct
{
  char *directory;
} Fixture;

typedef enum
{
  OPENS,        /* sound; the code is the number of rows */
  NOT_UNLOCKED, /* the code is a GezVaultError, here and below */
  NOT_OPENED,
  NOT_READ,     /* the code is SQLite's */
  NOT_SOUND,    /* everything can be read, and does not fit together: never expected */
} Stage;

typedef struct
{
  Stage stage;
  int code;
} Outcome;

#define ROWS(n) { OPENS, (n) }
#define DAMAGED { NOT_OPENED, GEZ_VAULT_ERROR_DAMAGED }
#define UNREADABLE(code) { NOT_READ, (code) }

/* A store of N_ROWS rows that was locked, and the same as a crash leaves it with rows in the log. */
extern Copy tamper_closed, tamper_crashed;
extern guint tamper_n_cases;

void        tamper_set_up         (Fixture      *fixture,
                                   gconstpointer data);
void        tamper_tear_down      (Fixture      *fixture,
                                   gconstpointer data);
void        tamper_clear          (void);
void        tamper_copy_take      (Copy         *copy,
                                   const char   *directory);
void        tamper_copy_put       (Copy         *copy,
                                   const char   *directory);
void        tamper_copy_clear     (Copy         *copy);
void        tamper_log_rows       (sqlite3      *database);
GByteArray *tamper_read           (Fixture      *fixture,
                                   const char   *name);
void        tamper_write          (Fixture      *fixture,
                                   const char   *name,
                                   GByteArray   *content);
void        tamper_assert_outcome (Fixture      *fixture,
                                   const char   *name,
                                   Outcome       expected);
