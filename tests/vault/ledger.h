/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * Ledger:
 * @random: decides what is written
 * @acknowledged: the last number of which COMMIT said that it is kept
 * @failures: (element-type int): codes of the statements that failed, when it is not %NULL
 *
 * What one person writes, so that a lost, half or changed commit shows: each transaction writes an
 * entry with the next number and some lines that belong to it, and moves an amount between two
 * accounts, the sum of which stays the same.
 */
typedef struct
{
  GRand *random;
  gint64 acknowledged;
  GArray *failures;
} Ledger;

void     ledger_make     (sqlite3 *database,
                          guint    n_fillers);
gboolean ledger_run      (Ledger  *self,
                          sqlite3 *database,
                          const char *format,
                          ...) G_GNUC_PRINTF (3, 4);
gint     ledger_between  (Ledger  *self,
                          gint     least,
                          gint     most);
void     ledger_set_pace (Ledger  *self,
                          sqlite3 *database);
void     ledger_work     (Ledger  *self,
                          sqlite3 *database);
void     ledger_checkpoint (Ledger  *self,
                            sqlite3 *database);
gboolean ledger_is_whole (Ledger  *self,
                          sqlite3 *database);
void     ledger_catch_up (Ledger  *self,
                          sqlite3 *database);

G_END_DECLS
