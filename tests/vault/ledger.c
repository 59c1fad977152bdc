/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger.h"

#include "vault-fixture.h"

#define N_ACCOUNTS 20
#define TOTAL (N_ACCOUNTS * 1000)

/* The tables, with @n_fillers rows that transactions rewrite, so that a small cache spills. */
void
ledger_make (sqlite3 *database,
             guint    n_fillers)
{
  g_autofree char *fill = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
    "INSERT INTO filler SELECT i, randomblob (400), random () FROM n;"
    "INSERT INTO kept VALUES (%u)",
    n_fillers, n_fillers);

  fixture_execute (database,
                   "CREATE TABLE entry (number INTEGER PRIMARY KEY, body TEXT NOT NULL, "
                   "n_lines INTEGER NOT NULL);"
                   "CREATE TABLE line (id INTEGER PRIMARY KEY, "
                   "entry INTEGER NOT NULL REFERENCES entry (number));"
                   "CREATE INDEX line_entry ON line (entry);"
                   "CREATE TABLE account (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL);"
                   "CREATE TABLE filler (id INTEGER PRIMARY KEY, body BLOB, key INTEGER);"
                   "CREATE INDEX filler_key ON filler (key);"
                   "CREATE TABLE kept (n_fillers INTEGER);"
                   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)"
                   "INSERT INTO account SELECT i, 1000 FROM n");
  fixture_execute (database, fill);
}

gboolean
ledger_run (Ledger     *self,
            sqlite3    *database,
            const char *format,
            ...)
{
  g_autofree char *sql = NULL;
  va_list arguments;
  int code;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  code = sqlite3_exec (database, sql, NULL, NULL, NULL);
  if (code != SQLITE_OK && self->failures != NULL)
    g_array_append_val (self->failures, code);
  return code == SQLITE_OK;
}

gint
ledger_between (Ledger *self,
                gint    least,
                gint    most)
{
  return g_rand_int_range (self->random, least, most + 1);
}

void
ledger_set_pace (Ledger  *self,
                 sqlite3 *database)
{
  ledger_run (self, database, "PRAGMA cache_size = %d", ledger_between (self, 4, 40));
  ledger_run (self, database, "PRAGMA wal_autocheckpoint = %d", ledger_between (self, 4, 80));
}

static gboolean
write_entry (Ledger  *self,
             sqlite3 *database,
             gint64   number)
{
  gint n_lines = ledger_between (self, 0, 3), amount = ledger_between (self, 1, 50);
  gint from = ledger_between (self, 1, N_ACCOUNTS);

  if (!ledger_run (self, database,
                   "INSERT INTO entry VALUES (%" G_GINT64_FORMAT ", "
                   "printf ('%%0*d', %d, %" G_GINT64_FORMAT "), %d)",
                   number, ledger_between (self, 8, 900), number, n_lines))
    return FALSE;
  for (gint i = 0; i < n_lines; i++)
    if (!ledger_run (self, database, "INSERT INTO line (entry) VALUES (%" G_GINT64_FORMAT ")",
                     number))
      return FALSE;
  return ledger_run (self, database, "UPDATE account SET amount = amount - %d WHERE id = %d",
                     amount, from)
         && ledger_run (self, database, "UPDATE account SET amount = amount + %d WHERE id = %d",
                        amount, from % N_ACCOUNTS + 1);
}

static gboolean
rewrite_fillers (Ledger  *self,
                 sqlite3 *database)
{
  if (ledger_between (self, 1, 4) == 1
      && !ledger_run (self, database,
                      "UPDATE filler SET body = randomblob (%d), key = random () WHERE id %% %d = 0",
                      ledger_between (self, 10, 6000), ledger_between (self, 1, 9)))
    return FALSE;
  if (ledger_between (self, 1, 4) != 1)
    return TRUE;
  /* Pages that have spilled already are written again. */
  return ledger_run (self, database, "SAVEPOINT s; UPDATE filler SET key = key + 1; %s; RELEASE s",
                     ledger_between (self, 0, 1) ? "ROLLBACK TO s"
                                                 : "UPDATE filler SET key = key + 1");
}

/* One transaction; one in twelve is given up. What fails is rolled back. */
void
ledger_work (Ledger  *self,
             sqlite3 *database)
{
  gint64 number = self->acknowledged + 1;
  gboolean gives_up = ledger_between (self, 1, 12) == 1;

  if (ledger_run (self, database, "BEGIN") && write_entry (self, database, number)
      && rewrite_fillers (self, database) && !gives_up && ledger_run (self, database, "COMMIT"))
    self->acknowledged = number;
  /* An error may have ended the transaction already; giving up may meet one too. */
  for (int i = 0; i < 2 && !sqlite3_get_autocommit (database); i++)
    ledger_run (self, database, "ROLLBACK");
}

void
ledger_checkpoint (Ledger  *self,
                   sqlite3 *database)
{
  static const char *const ways[] = { "PASSIVE", "FULL", "RESTART", "TRUNCATE" };

  ledger_run (self, database, "PRAGMA wal_checkpoint (%s)", ways[ledger_between (self, 0, 3)]);
}

/* Whether every acknowledged commit is there, whole, and at most one more. */
gboolean
ledger_is_whole (Ledger  *self,
                 sqlite3 *database)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count (*) FROM entry WHERE number <= %" G_GINT64_FORMAT
    " AND CAST (body AS INTEGER) = number",
    self->acknowledged);

  return fixture_integer (database, sql) == self->acknowledged
         && fixture_integer (database, "SELECT ifnull (max (number), 0) FROM entry")
              <= self->acknowledged + 1
         && fixture_integer (database, "SELECT count (*) FROM entry WHERE n_lines <> "
                                       "(SELECT count (*) FROM line WHERE entry = number)")
              == 0
         && fixture_integer (database, "SELECT sum (amount) FROM account") == TOTAL
         && fixture_integer (database, "SELECT count (*) = (SELECT n_fillers FROM kept) "
                                       "FROM filler")
              == 1;
}

/* A commit that was cut short may stand, whole: from now on it counts. */
void
ledger_catch_up (Ledger  *self,
                 sqlite3 *database)
{
  self->acknowledged = fixture_integer (database, "SELECT ifnull (max (number), 0) FROM entry");
}
