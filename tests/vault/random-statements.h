/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Random statements over two tables, a full-text table and whatever else they make, without anything
 * in them that differs from one database to another. Some fail on purpose, with a constraint. */

/* Makes the tables that the others are about. */
extern const char random_statements_schema[];

/* @in_transaction: what is not possible inside of one is left out.
 * Returns: (transfer full): one statement; its ?1, if any, is a blob */
char *random_statement (GRand   *random,
                        gboolean in_transaction);
