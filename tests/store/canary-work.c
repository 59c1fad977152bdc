/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canary-work.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "marker-search.h"
#include "model/gez-document-content.h"
#include "model/gez-document.h"
#include "shape-recorder.h"
#include "store/gez-backup.h"
#include "store/gez-migration.h"
#include "store/gez-record.h"
#include "store/gez-store-private.h"
#include "vault/gez-vault-private.h"

#define NOW G_GINT64_CONSTANT (1795252509123)
#define PASSPHRASE ((GezPassphrase) { "een lange testzin", 17 })

typedef struct
{
  guint64 seed;
  const char *directory;
  GezClock *clock;
  GezVault *vault;
  GezStore *store;
  GezContext *context;
  GMainLoop *loop;
  GHashTable *born; /* table -> the last row that was made there */
} Canary;

static void
tell (const char *what,
      const char *name)
{
  printf ("%s %s\n", what, name);
  fflush (stdout);
}

static void
ask_for_look (const char *stage)
{
  char answer[8];

  tell ("look", stage);
  g_assert_nonnull (fgets (answer, sizeof answer, stdin));
}

static char *
new_text (Canary     *self,
          const char *table,
          const char *column)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", table, column);

  tell ("marker", name);
  return marker_make_text (self->seed, name);
}

static GezId
new_id (Canary     *self,
        const char *table,
        const char *column)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", table, column);
  GezId id;

  tell ("marker", name);
  marker_make_bytes (self->seed, name, id.bytes);
  return id;
}

/* Work with the bare connection, on the thread that owns it. */
typedef struct
{
  Canary *canary;
  void (*function) (Canary *self, sqlite3 *handle);
} BareWork;

static void
bare_cb (gpointer data)
{
  BareWork *work = data;

  work->function (work->canary, gez_database_get_handle (work->canary->store->database));
}

static void
with_connection (Canary *self,
                 void (*function) (Canary *self, sqlite3 *handle))
{
  BareWork work = { self, function };

  gez_worker_run (self->store->worker, FALSE, bare_cb, &work);
}

static void
execute (sqlite3    *handle,
         const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (handle, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

/* --- what commands write: rows, their births and changes in the log, the full-text indexes */

static GezId
reference (Canary     *self,
           const char *table,
           const char *column)
{
  g_autofree char *parent = g_str_equal (column, "other_person_id")
                              ? g_strdup ("person") : g_strndup (column, strlen (column) - strlen ("_id"));
  GezId *id = g_hash_table_lookup (self->born, parent);

  return id ? *id : new_id (self, table, column);
}

static void
fill_key (Canary     *self,
          GezChange  *change,
          const char *table,
          const char *column)
{
  guint8 key[GEZ_FILE_KEY_SIZE];

  for (guint i = 0; i < sizeof key / GEZ_ID_SIZE; i++)
    {
      g_autofree char *part = g_strdup_printf ("%s part %u", column, i);
      GezId id = new_id (self, table, part);

      memcpy (key + i * GEZ_ID_SIZE, id.bytes, GEZ_ID_SIZE);
    }
  gez_change_set_key (change, column, key);
}

static void
fill_cell (Canary          *self,
           GezChange       *change,
           const char      *table,
           const GezColumn *column)
{
  g_autofree char *text = NULL;
  GezId id;

  switch (column->kind)
    {
    case GEZ_COLUMN_ID:
      id = reference (self, table, column->name);
      gez_change_set_id (change, column->name, &id);
      break;
    case GEZ_COLUMN_FILE:
      id = new_id (self, table, column->name);
      gez_change_set_id (change, column->name, &id);
      break;
    case GEZ_COLUMN_KEY:
      fill_key (self, change, table, column->name);
      break;
    case GEZ_COLUMN_DATE:
      gez_change_set_text (change, column->name, "1890-02-28");
      break;
    case GEZ_COLUMN_TIME:
      gez_change_set_text (change, column->name, "09:05");
      break;
    case GEZ_COLUMN_TEXT:
      text = column->codes ? g_strdup (column->codes[0]) : new_text (self, table, column->name);
      gez_change_set_text (change, column->name, text);
      break;
    default:
      gez_change_set_integer (change, column->name, 1);
    }
}

static void
commit (Canary    *self,
        GezChange *change)
{
  g_autoptr (GError) error = NULL;

  gez_store_commit (self->store, change, &error);
  g_assert_no_error (error);
}

static void
commit_row (Canary         *self,
            const GezTable *table)
{
  g_autoptr (GezChange) birth = gez_change_new ("fill"), edit = gez_change_new ("edit");
  GezId id = new_id (self, table->name, "id");
  GezId *household = g_hash_table_lookup (self->born, "household");

  gez_change_insert (birth, table->name, &id,
                     household ? gez_circle_casework (household) : gez_circle_team ());
  for (guint i = 1; i < table->n_columns; i++)
    if (i != table->id_column && table->columns[i].kind != GEZ_COLUMN_CIRCLE)
      fill_cell (self, birth, table->name, &table->columns[i]);
  commit (self, birth);
  g_hash_table_insert (self->born, g_strdup (table->name), gez_id_copy (&id));
  /* What was there before stays in the log. */
  gez_change_update (edit, table->name, &id);
  for (guint i = 1; i < table->n_columns; i++)
    if (table->columns[i].kind == GEZ_COLUMN_TEXT && table->columns[i].codes == NULL)
      {
        g_autofree char *later = g_strconcat (table->columns[i].name, " later", NULL);
        g_autofree char *text = new_text (self, table->name, later);

        gez_change_set_text (edit, table->columns[i].name, text);
      }
  if (!gez_change_is_empty (edit))
    commit (self, edit);
}

/* Rows with a file of their own are made by the commands that make the file. */
static gboolean
has_file (const GezTable *table)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (table->columns[i].kind == GEZ_COLUMN_FILE)
      return TRUE;
  return FALSE;
}

static gpointer
schema_cb (GezDatabase *database,
           gpointer     parameters,
           GError     **error)
{
  return gez_schema_load (database, error);
}

static void
commit_everything (Canary *self)
{
  g_autoptr (GezQuery) query = gez_query_new (schema_cb, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSchema) schema = gez_store_run (self->store, query, &error);
  GPtrArray *tables;

  g_assert_no_error (error);
  tables = gez_schema_get_tables (schema);
  for (guint i = 0; i < tables->len; i++)
    if (!has_file (tables->pdata[i]))
      commit_row (self, tables->pdata[i]);
}

/* --- attachments: several chunks of content, and a thumbnail */

static void
thumbnail_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Canary *self = data;
  g_autoptr (GError) error = NULL;

  gez_document_set_thumbnail_finish (self->context, result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (self->loop);
}

static GBytes *
new_content (Canary     *self,
             const char *what,
             gsize       size)
{
  g_autofree char *text = new_text (self, "document", what);
  g_autoptr (GString) content = g_string_new (NULL);

  while (content->len < size)
    g_string_append_printf (content, "%s %u\n", text, (guint) content->len);
  return g_string_free_to_bytes (g_steal_pointer (&content));
}

static void
attach (Canary *self)
{
  g_autofree char *name = new_text (self, "document", "file name"), *tag = new_text (self, "document", "tag");
  const char *tags[] = { tag, NULL };
  g_autoptr (GBytes) content = new_content (self, "content", 200000);
  g_autoptr (GBytes) thumbnail = new_content (self, "thumbnail", 3000);
  GezDocumentInput input = { .household_id = g_hash_table_lookup (self->born, "household"),
                             .content = content, .name = name, .media_type = "text/plain", .tags = tags };
  GezDocumentAdded added = { 0 };
  g_autoptr (GError) error = NULL;

  self->context = gez_context_load (self->store, &error);
  g_assert_no_error (error);
  g_assert_true (gez_document_add (self->context, &input, NULL, &added, &error));
  g_assert_no_error (error);
  gez_document_set_thumbnail_async (self->context, &added.id, thumbnail, NULL, thumbnail_cb, self);
  g_main_loop_run (self->loop);
}

/* --- backups, in a place of their own beside the store */

static void
back_up (Canary *self)
{
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *place = g_build_filename (here, "place", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezBackupMade) made = NULL;

  g_assert_cmpint (g_mkdir_with_parents (place, 0700), ==, 0);
  made = gez_backup_make (self->store, place, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* --- what is local to the device */

static void
drafted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Canary *self = data;

  g_assert_true (gez_store_save_draft_finish (self->store, result, NULL));
  g_main_loop_quit (self->loop);
}

static void
filtered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Canary *self = data;

  g_assert_true (gez_store_save_filter_finish (self->store, result, NULL));
  g_main_loop_quit (self->loop);
}

static void
save_drafts_and_filters (Canary *self)
{
  GezId subject = new_id (self, "a draft", "subject"), filter = new_id (self, "a filter", "id");
  g_autofree char *name = new_text (self, "a filter", "name");
  g_autofree char *content = new_text (self, "a filter", "content");

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *column = g_strdup_printf ("content %u", i);
      g_autofree char *draft = new_text (self, "a draft", column);

      gez_store_save_draft_async (self->store, "journal", &subject, draft, drafted_cb, self);
      g_main_loop_run (self->loop);
    }
  gez_store_save_draft_async (self->store, "journal", &subject, NULL, drafted_cb, self);
  g_main_loop_run (self->loop);
  gez_store_save_filter_async (self->store, &filter, name, content, filtered_cb, self);
  g_main_loop_run (self->loop);
}

/* --- every column of every table, from the schema itself */

typedef struct
{
  GString *names;
  GString *values;
  GString *settings;
} Row;

static void
add_cell (Canary       *self,
          const char   *table,
          sqlite3_stmt *column,
          Row          *row)
{
  const char *name = (const char *) sqlite3_column_text (column, 0);
  const char *type = (const char *) sqlite3_column_text (column, 1);
  g_autofree char *value = NULL;

  if (g_str_equal (type, "TEXT") || g_str_equal (type, "ANY"))
    {
      g_autofree char *text = new_text (self, table, name);

      value = g_strdup_printf ("'%s'", text);
    }
  else if (g_str_equal (type, "BLOB"))
    {
      GezId id = new_id (self, table, name);
      g_autoptr (GString) hexadecimal = g_string_new ("x'");

      for (guint i = 0; i < GEZ_ID_SIZE; i++)
        g_string_append_printf (hexadecimal, "%02x", id.bytes[i]);
      value = g_strconcat (hexadecimal->str, "'", NULL);
    }
  if (value != NULL)
    g_string_append_printf (row->settings, "%s\"%s\" = %s", row->settings->len ? ", " : "", name, value);
  if (sqlite3_column_int (column, 2) == 0 || value != NULL)
    {
      g_string_append_printf (row->names, "%s\"%s\"", row->names->len ? ", " : "", name);
      g_string_append_printf (row->values, "%s%s", row->values->len ? ", " : "", value ? value : "1");
    }
}

/* A table that takes no second row has the one that it has changed. */
static void
write_row (sqlite3    *handle,
           const char *table,
           Row        *row)
{
  g_autofree char *insert = g_strdup_printf ("INSERT OR REPLACE INTO \"%s\" (%s) VALUES (%s)", table,
                                             row->names->str,
                                             row->values->str);
  g_autofree char *update = g_strdup_printf ("UPDATE \"%s\" SET %s", table, row->settings->str);

  if (sqlite3_exec (handle, insert, NULL, NULL, NULL) != SQLITE_OK)
    execute (handle, update);
  g_assert_cmpint (sqlite3_changes (handle), ==, 1);
}

static void
fill_table (Canary     *self,
            sqlite3    *handle,
            const char *table)
{
  Row row = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  sqlite3_stmt *columns = NULL;

  /* The local number of a row gives itself. */
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "SELECT name, upper (type), name = 'row' "
                                               "FROM pragma_table_info (?1)", -1, &columns, NULL),
                   ==, SQLITE_OK);
  sqlite3_bind_text (columns, 1, table, -1, SQLITE_STATIC);
  while (sqlite3_step (columns) == SQLITE_ROW)
    add_cell (self, table, columns, &row);
  sqlite3_finalize (columns);
  g_assert_cmpuint (row.names->len, >, 0);
  write_row (handle, table, &row);
  g_string_free (row.names, TRUE);
  g_string_free (row.values, TRUE);
  g_string_free (row.settings, TRUE);
}

static void
fill_all_tables (Canary  *self,
                 sqlite3 *handle)
{
  sqlite3_stmt *tables = NULL;
  guint n_tables = 0;

  execute (handle, "PRAGMA foreign_keys = OFF");
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "SELECT name FROM pragma_table_list WHERE schema = 'main' "
                                               "AND type = 'table' AND name NOT LIKE 'sqlite_%'", -1, &tables,
                                       NULL), ==, SQLITE_OK);
  while (sqlite3_step (tables) == SQLITE_ROW)
    {
      fill_table (self, handle, (const char *) sqlite3_column_text (tables, 0));
      n_tables++;
    }
  sqlite3_finalize (tables);
  g_assert_cmpuint (n_tables, >, 30);
}

/* --- what SQLite does on the way */

/* More than the cache holds is sorted, rewritten, taken back and rewritten whole. */
static void
sort_and_rewrite (Canary  *self,
                  sqlite3 *handle)
{
  g_autofree char *text = new_text (self, "sorted", "words");
  g_autofree char *fill = g_strdup_printf (
    "PRAGMA cache_size = 10; CREATE TABLE sorted (words TEXT, bytes BLOB);"
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)"
    "INSERT INTO sorted SELECT '%s ' || (i * 7919 %% 6007), CAST ('%s' || i AS BLOB) FROM n", text, text);

  execute (handle, fill);
  execute (handle,
           "CREATE TEMP TABLE kept AS SELECT * FROM sorted ORDER BY bytes, words;"
           "CREATE INDEX temp.kept_words ON kept (words);"
           "CREATE INDEX sorted_words ON sorted (words, bytes);"
           "BEGIN; UPDATE sorted SET words = words || 'x'; SAVEPOINT s; DELETE FROM sorted WHERE rowid % 2;"
           "ROLLBACK TO s; ROLLBACK;"
           "SELECT count (DISTINCT words || bytes) FROM (SELECT * FROM sorted ORDER BY words DESC);"
           "INSERT INTO note_search (note_search) VALUES ('optimize');"
           "INSERT INTO household_search (household_search) VALUES ('rebuild');"
           "DELETE FROM sorted WHERE rowid % 3; REINDEX; ANALYZE");
}

static void
vacuum (Canary  *self,
        sqlite3 *handle)
{
  execute (handle, "VACUUM; PRAGMA wal_checkpoint (PASSIVE); UPDATE sorted SET words = words || 'y'");
}

static void
copy_before_migration (Canary  *self,
                       sqlite3 *handle)
{
  g_autofree char *backups = g_build_filename (self->directory, "backups", NULL);
  g_autofree char *path = g_build_filename (backups, "before-schema-2.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (backups, 0700), ==, 0);
  gez_migration_back_up (self->store->database, self->vault, path, &error);
  g_assert_no_error (error);
}

static void
check_shapes (Canary  *self,
              sqlite3 *handle)
{
  g_autoptr (GHashTable) shapes = shape_recorder_take ();
  GHashTableIter iter;
  gpointer shape;
  gboolean is_usual;

  g_assert_cmpuint (g_hash_table_size (shapes), >=, 8);
  g_hash_table_iter_init (&iter, shapes);
  while (g_hash_table_iter_next (&iter, &shape, NULL))
    if (!shape_recorder_is_known (shape, &is_usual))
      g_error ("SQLite did what was not known of it: %s", (const char *) shape);
  g_assert_cmpuint (gez_vault_get_n_refusals (self->vault), ==, 0);
}

/* Half a transaction, most of which is in the log already. */
static void
begin_and_wait (Canary  *self,
                sqlite3 *handle)
{
  g_autofree char *text = new_text (self, "never", "committed");
  g_autofree char *sql = g_strdup_printf ("BEGIN; UPDATE sorted SET words = '%s' || words;"
                                          "UPDATE draft SET content = '%s'", text, text);

  execute (handle, sql);
  ask_for_look ("in the middle of a transaction");
  g_error ("this process should be dead");
}

static void
make_store (Canary *self)
{
  g_autofree char *team = new_text (self, "the owner", "team");
  g_autofree char *member = new_text (self, "the owner", "member");
  GezStoreOwner owner = { team, member, "casemanager", NULL };
  g_autoptr (GError) error = NULL;

  self->vault = gez_vault_create (self->directory, PASSPHRASE, GEZ_KDF_COST_TEST, &error);
  g_assert_no_error (error);
  shape_recorder_install ();
  self->store = gez_store_create (self->vault, self->clock, &owner, &error);
  g_assert_no_error (error);
}

/* What works with the store alone, and what works with the bare connection. */
static const struct
{
  const char *stage;
  void (*store) (Canary *self);
  void (*connection) (Canary *self, sqlite3 *handle);
} work[] = {
  { "committed", commit_everything, NULL },
  { "attached", attach, NULL },
  { "drafts and filters", save_drafts_and_filters, NULL },
  { "every column", NULL, fill_all_tables },
  { "sorted", NULL, sort_and_rewrite },
  { "vacuum", NULL, vacuum },
  { "backup", back_up, NULL },
  { "copy before a migration", NULL, copy_before_migration },
  { "shapes", NULL, check_shapes },
};

int
canary_work (const char *directory,
             guint64     seed)
{
  Canary self = { .seed = seed, .directory = directory };

  self.clock = gez_clock_new_fixed (NOW, (guint32) seed);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.born = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  make_store (&self);
  for (guint i = 0; i < G_N_ELEMENTS (work); i++)
    {
      if (work[i].store != NULL)
        work[i].store (&self);
      else
        with_connection (&self, work[i].connection);
      ask_for_look (work[i].stage);
    }
  with_connection (&self, begin_and_wait);
  return 1;
}
