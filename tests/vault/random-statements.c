/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-statements.h"

const char random_statements_schema[] =
  "CREATE TABLE item (id INTEGER PRIMARY KEY, words TEXT, number INTEGER CHECK (number < 1000000),"
  "  bytes BLOB);"
  "CREATE INDEX item_number ON item (number, words);"
  "CREATE TABLE code (name TEXT PRIMARY KEY, item_id INTEGER REFERENCES item (id) ON DELETE SET NULL,"
  "  value ANY) STRICT, WITHOUT ROWID;"
  "CREATE UNIQUE INDEX code_value ON code (value) WHERE value IS NOT NULL;"
  "CREATE VIRTUAL TABLE found USING fts5 (words, more, prefix = '2 3');"
  "CREATE TRIGGER item_counts AFTER DELETE ON item BEGIN"
  "  INSERT INTO code VALUES ('deleted', NULL, NULL)"
  "    ON CONFLICT (name) DO UPDATE SET item_id = NULL; END;";

/* In all of these {one}, {few}, {some} and {many} are numbers below 3, 40, 400 and 4,000. */
static const char *const anywhere[] = {
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20 + {some})"
  "INSERT OR IGNORE INTO item SELECT i * 7 % (1 + {many}), printf ('woord%d regen%x zon', i * {many} % 977,"
  "  i),"
  "  i * {some} % 10007, CAST (printf ('%.*c', i % 300, 'b') AS BLOB) FROM n",
  "INSERT INTO item (words, number) VALUES ('los woord {many}', {some}), ('nog een', -{many})",
  "INSERT INTO item VALUES ({many}, 'botst', {few}, x'00ff')",
  "INSERT INTO item VALUES (NULL, 'te groot', 1000000 + {few}, NULL)",
  "INSERT INTO item VALUES ({many}, 'anders', {few}, NULL) ON CONFLICT (id) DO UPDATE SET"
  "  words = excluded.words || ' ' || words, number = number + 1 WHERE length (words) < 500",
  "REPLACE INTO item SELECT id + {few}, upper (words), number, bytes FROM item WHERE id < {some}",
  "UPDATE item SET words = words || ' en {many}', number = number + {few} WHERE id % (2 + {few}) = 1"
  "  AND length (words) < 500",
  "UPDATE item SET bytes = zeroblob ({many}) WHERE id % (3 + {few}) = 0",
  "UPDATE item SET id = id + 5000 WHERE id = {many}",
  "UPDATE item SET bytes = ?1 WHERE id = (SELECT max (id) FROM item WHERE id < {many})",
  "INSERT INTO item (words, number, bytes) VALUES ('groot', {some}, ?1)",
  "DELETE FROM item WHERE id % (4 + {few}) = 2",
  "DELETE FROM item WHERE length (bytes) > 5000",
  "DELETE FROM item WHERE id > 3000 + {many}",
  "INSERT OR REPLACE INTO code VALUES ('naam{some}', NULL, {many})",
  "INSERT OR FAIL INTO code SELECT 'item' || id, id, words FROM item WHERE id < {some}",
  "INSERT INTO code VALUES ('naam{few}', 99999999, x'01')",
  "DELETE FROM code WHERE name > 'naam{some}'",
  "INSERT INTO found SELECT words, number FROM item WHERE id % 5 = {few} % 5 LIMIT 200",
  "DELETE FROM found WHERE rowid % 7 = {few} % 7",
  "UPDATE found SET more = 'wolk {many}' WHERE rowid % 11 = {few} % 11",
  "INSERT INTO found (found) VALUES ('optimize')",
  "INSERT INTO found (found, rank) VALUES ('merge', {few})",
  "INSERT INTO found (found) VALUES ('integrity-check')",
  "INSERT INTO found (found) VALUES ('rebuild')",
  "CREATE TABLE IF NOT EXISTS extra{one} (a PRIMARY KEY, b DEFAULT 'leeg')",
  "INSERT OR IGNORE INTO extra{one} SELECT words, id FROM item WHERE id < {some}",
  "ALTER TABLE extra{one} ADD COLUMN c{some} INTEGER DEFAULT {some}",
  "ALTER TABLE extra{one} RENAME COLUMN b TO d",
  "DROP TABLE IF EXISTS extra{one}",
  "CREATE INDEX IF NOT EXISTS item_extra{one} ON item (words COLLATE NOCASE DESC) WHERE id > {some}",
  "DROP INDEX IF EXISTS item_extra{one}",
  "REINDEX",
  "REINDEX item",
  "ANALYZE",
  "PRAGMA incremental_vacuum ({few})",
  "PRAGMA user_version = {many}",
  "SAVEPOINT here",
  "ROLLBACK TO here",
  "RELEASE here",
  "SELECT * FROM item WHERE id % 13 = {few} % 13 ORDER BY number, id",
  "SELECT number % 10, count (*), sum (length (words)), max (bytes) FROM item GROUP BY 1",
  "SELECT c.name, i.words FROM code c LEFT JOIN item i ON i.id = c.item_id ORDER BY c.name LIMIT 200",
  "SELECT rowid, snippet (found, 0, '<', '>', '...', 5), rank FROM found"
  "  WHERE found MATCH 'woord{many} OR reg*'"
  "  ORDER BY rank, rowid LIMIT 50",
  "SELECT id FROM item ORDER BY bytes DESC, words LIMIT 300",
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
  "  SELECT count (*) FROM (SELECT DISTINCT a.words, n.i % 3 FROM item a JOIN n WHERE a.id < 40)",
  "CREATE TEMP TABLE IF NOT EXISTS kept AS SELECT * FROM item",
  "SELECT count (*), total (number) FROM temp.kept",
  "DROP TABLE IF EXISTS temp.kept",
  "PRAGMA page_count",
  "PRAGMA freelist_count",
  "PRAGMA foreign_key_check",
  "SELECT name, sum (pgsize), sum (ncell) FROM dbstat GROUP BY name",
};

static const char *const outside[] = {
  "BEGIN", "BEGIN", "BEGIN", "BEGIN IMMEDIATE", "VACUUM", "PRAGMA wal_checkpoint (PASSIVE)",
  "PRAGMA wal_checkpoint (TRUNCATE)", "PRAGMA cache_size = 10", "PRAGMA cache_size = 500",
  "PRAGMA wal_autocheckpoint = {some}", "PRAGMA integrity_check",
};

static const char *const inside[] = { "COMMIT", "COMMIT", "ROLLBACK" };

static void
put_number (GString    *statement,
            const char *place,
            gint32      number)
{
  g_autofree char *digits = g_strdup_printf ("%d", number);

  g_string_replace (statement, place, digits, 0);
}

char *
random_statement (GRand   *random,
                  gboolean in_transaction)
{
  const char *const *some = in_transaction ? inside : outside;
  gint n_some = in_transaction ? (gint) G_N_ELEMENTS (inside) : (gint) G_N_ELEMENTS (outside);
  const char *format = g_rand_int_range (random, 0, 8) == 0
                         ? some[g_rand_int_range (random, 0, n_some)]
                         : anywhere[g_rand_int_range (random, 0, G_N_ELEMENTS (anywhere))];
  g_autoptr (GString) statement = g_string_new (format);

  put_number (statement, "{one}", g_rand_int_range (random, 0, 3));
  put_number (statement, "{few}", g_rand_int_range (random, 0, 40));
  put_number (statement, "{some}", g_rand_int_range (random, 0, 400));
  put_number (statement, "{many}", g_rand_int_range (random, 0, 4000));
  return g_string_free (g_steal_pointer (&statement), FALSE);
}
