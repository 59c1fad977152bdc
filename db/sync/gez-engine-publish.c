/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

#include <string.h>

/* Own files on the folder: published from the bytes that are kept, and again when the folder lost them. */

typedef struct
{
  GezEngine *engine;
  char *path;             /* out; NULL: nothing waits */
  GBytes *bytes;          /* out */
  char *after;            /* the last one that was tried in this round */
  gint64 after_at;
  guint n_waiting;        /* out */
} Waiting;

typedef struct
{
  GezEngine *engine;
  const char *directory;
  GHashTable *there;      /* set of names in capitals or not: in lower case */
  guint n_missing;        /* out */
} Healing;

/* The oldest first; of a restored device, whose segments might contradict those in the folder, only the
 * roster's. */
static gboolean
next_cb (GezDatabase *database,
         gpointer     data,
         GError     **error)
{
  Waiting *waiting = data;
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (database, error,
                            "SELECT path, bytes, made_at FROM own_file WHERE published_at IS NULL "
                            "AND (made_at, path) > (?, ?) AND (path LIKE 'r/%' "
                            "OR (SELECT restored_at FROM sync_state) IS NULL) ORDER BY made_at, path LIMIT 1",
                            GEZ_INTEGER, waiting->after_at, GEZ_TEXT, waiting->after ? waiting->after : "",
                            GEZ_END);
  if (row == NULL)
    return FALSE;
  if (gez_statement_next (row, &failure))
    {
      waiting->path = g_strdup (gez_statement_get_text (row, 0));
      waiting->bytes = gez_statement_get_blob (row, 1);
      waiting->after_at = gez_statement_get_integer (row, 2);
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
published_cb (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  Waiting *waiting = data;
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));

  return gez_database_execute (database, error, "UPDATE own_file SET published_at = ? WHERE path = ?",
                               GEZ_INTEGER, now, GEZ_TEXT, waiting->path, GEZ_END)
         && gez_database_execute (database, error, "UPDATE sync_state SET last_published_at = ?", GEZ_INTEGER,
                                  now, GEZ_END)
         && gez_database_execute (database, error, "DELETE FROM quarantine WHERE path = ?", GEZ_TEXT,
                                  waiting->path, GEZ_END);
}

/* Somebody else's file under the name of an own one concerns that file alone. */
static gboolean
publish_one (GezEngine *self,
             Waiting   *waiting,
             GError   **error)
{
  GError *failure = NULL;

  if (gez_folder_publish (self->folder, waiting->path, waiting->bytes, self->cancellable, &failure))
    {
      self->report->n_files_published++;
      self->report->n_bytes_published += g_bytes_get_size (waiting->bytes);
      return gez_engine_change (self, published_cb, waiting, error);
    }
  if (g_error_matches (failure, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_EXISTS))
    {
      g_clear_error (&failure);
      return gez_engine_quarantine (self, waiting->path, "damaged", NULL, error);
    }
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * gez_engine_publish:
 *
 * Publishes own files that wait, the oldest first.
 *
 * Returns: %FALSE with @error set when the folder does not let it
 *
 * Thread: the engine's; here and below.
 */
gboolean
gez_engine_publish (GezEngine *self,
                    GError   **error)
{
  Waiting waiting = { .engine = self, .after_at = G_MININT64 };
  gboolean done;

  do
    {
      g_clear_pointer (&waiting.bytes, g_bytes_unref);
      done = gez_engine_run (self, next_cb, &waiting, error);
      if (!done || waiting.path == NULL)
        break;
      done = publish_one (self, &waiting, error);
      g_free (waiting.after);
      waiting.after = g_steal_pointer (&waiting.path);
    }
  while (done);
  g_clear_pointer (&waiting.bytes, g_bytes_unref);
  g_free (waiting.path);
  g_free (waiting.after);
  return done;
}

static gboolean
is_there (Healing    *healing,
          const char *path)
{
  const char *slash = strrchr (path, '/');

  return g_hash_table_contains (healing->there, slash ? slash + 1 : path);
}

static gboolean
find_missing_cb (GezDatabase *database,
                 gpointer     data,
                 GError     **error)
{
  Healing *healing = data;
  g_autofree char *first = g_strconcat (healing->directory, "/", NULL);
  g_autofree char *last = g_strconcat (healing->directory, "0", NULL); /* what follows after the slash */
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (
      database, error, "SELECT path FROM own_file WHERE path > ? AND path < ? AND published_at IS NOT NULL",
      GEZ_TEXT, first, GEZ_TEXT, last, GEZ_END);
  if (row == NULL)
    return FALSE;
  while (gez_statement_next (row, &failure))
    if (!is_there (healing, gez_statement_get_text (row, 0)))
      g_ptr_array_add (missing, g_strdup (gez_statement_get_text (row, 0)));
  healing->n_missing = missing->len;
#ifdef GEZ_MUTANT_ABSENT_IS_DELETED
#define WHEN_ABSENT "DELETE FROM own_file WHERE path = ?"
#else
#define WHEN_ABSENT "UPDATE own_file SET published_at = NULL WHERE path = ?"
#endif
  for (guint i = 0; failure == NULL && i < missing->len; i++)
    gez_database_execute (database, &failure, WHEN_ABSENT, GEZ_TEXT, g_ptr_array_index (missing, i), GEZ_END);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static GHashTable *
names_of (GPtrArray *names)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < names->len; i++)
    g_hash_table_add (set, g_ascii_strdown (g_ptr_array_index (names, i), -1));
  return set;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Whether this very listing was looked through before, and nothing was missing in it. */
static gboolean
was_whole (GezEngine  *self,
           const char *directory,
           GPtrArray  *names,
           GezHash    *hash)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  GezHash *before = g_hash_table_lookup (self->healed, directory);

  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s/", (const char *) g_ptr_array_index (names, i));
  bytes = g_bytes_new (text->str, text->len);
  gez_hash_of (bytes, hash);
  return before != NULL && gez_hash_equal (before, hash);
}

/* Listed before own files were published in this round: what was published since is not missing. */
static gboolean
heal_directory (GezEngine     *self,
                const char    *directory,
                GezEngineWork  find,
                guint         *n_missing,
                GError       **error)
{
  g_autoptr (GHashTable) there = NULL;
  Healing healing = { self, directory, NULL, 0 };
  GPtrArray *names;
  GezHash hash;

  if (self->report->n_files_published > 0)
    {
      g_hash_table_remove (self->listed, directory);
    }
  names = gez_engine_list (self, directory, error);
  if (names == NULL)
    return FALSE;
  if (was_whole (self, directory, names, &hash))
    return TRUE;
  there = names_of (names);
  healing.there = there;
  if (!gez_engine_change (self, find, &healing, error))
    return FALSE;
  *n_missing += healing.n_missing;
  if (healing.n_missing == 0)
    g_hash_table_replace (self->healed, g_strdup (directory), g_memdup2 (&hash, sizeof hash));
  return TRUE;
}

/* Everybody keeps all roster records: whoever sees that one is gone puts it back. */
static gboolean
find_missing_records_cb (GezDatabase *database,
                         gpointer     data,
                         GError     **error)
{
  Healing *healing = data;
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (database, error, "SELECT sequence, hash, bytes FROM roster_record", GEZ_END);
  if (row == NULL)
    return FALSE;
  while (failure == NULL && gez_statement_next (row, &failure))
    {
      g_autoptr (GBytes) hash = gez_statement_get_blob (row, 1);
      g_autofree char *letters = gez_base32 (g_bytes_get_data (hash, NULL), 16);
      g_autofree char *path
          = g_strdup_printf ("r/r%08" G_GINT64_FORMAT "-%s.rec", gez_statement_get_integer (row, 0), letters);
      g_autoptr (GBytes) bytes = NULL;

      if (is_there (healing, path))
        continue;
      healing->n_missing++;
      bytes = gez_statement_get_blob (row, 2);
      gez_database_execute (database, &failure,
                            "INSERT INTO own_file (path, bytes, made_at) VALUES (?, ?, ?) "
                            "ON CONFLICT (path) DO UPDATE SET published_at = NULL",
                            GEZ_TEXT, path, GEZ_BLOB, bytes, GEZ_INTEGER,
                            gez_clock_get_now (gez_database_get_clock (database)), GEZ_END);
    }
  if (failure == NULL)
    return find_missing_cb (database, data, error);
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
list_former_cb (GezDatabase *database,
                gpointer     data,
                GError     **error)
{
  GPtrArray *directories = data;
  g_autoptr (GezStatement) row
      = gez_database_query (database, error, "SELECT id FROM former_device", GEZ_END);
  GError *failure = NULL;

  while (row && gez_statement_next (row, &failure))
    {
      GezId device = gez_statement_get_id (row, 0);
      g_autofree char *letters = gez_base32 (device.bytes, GEZ_ID_SIZE);

      g_ptr_array_add (directories, g_strconcat ("d/", letters, NULL));
    }
  if (failure)
    g_propagate_error (error, failure);
  return row && failure == NULL;
}

/* What this store published when it was another device, nobody else puts back. */
static gboolean
heal_former (GezEngine *self,
             guint     *n_missing,
             GError   **error)
{
  g_autoptr (GPtrArray) directories = g_ptr_array_new_with_free_func (g_free);

  if (!gez_engine_run (self, list_former_cb, directories, error))
    return FALSE;
  for (guint i = 0; i < directories->len; i++)
    if (!heal_directory (self, g_ptr_array_index (directories, i), find_missing_cb, n_missing, error))
      return FALSE;
  return TRUE;
}

/**
 * gez_engine_heal:
 *
 * Publishes again what was published and is not in the folder.
 *
 * Returns: %FALSE with @error set when the folder does not let it
 */
gboolean
gez_engine_heal (GezEngine *self,
                 GError   **error)
{
  g_autofree char *snapshots = g_strconcat ("n", self->own_directory + 1, NULL);
  guint n_missing = 0, before = self->report->n_files_published;
  GPtrArray *root = gez_engine_list (self, "", error);

  if (root == NULL)
    return FALSE;
  if (!g_ptr_array_find_with_equal_func (root, "n", g_str_equal, NULL)
      && !g_hash_table_contains (self->listed, snapshots))
    g_hash_table_insert (self->listed, g_strdup (snapshots), g_ptr_array_new_with_free_func (g_free));
  if (!heal_directory (self, "r", find_missing_records_cb, &n_missing, error)
      || (!self->report->is_restored
          && (!heal_directory (self, self->own_directory, find_missing_cb, &n_missing, error)
              || !heal_directory (self, snapshots, find_missing_cb, &n_missing, error)
              || !heal_former (self, &n_missing, error))))
    return FALSE;
  if (n_missing == 0)
    return TRUE;
  if (!gez_engine_publish (self, error))
    return FALSE;
  self->report->n_files_healed += self->report->n_files_published - before;
  return TRUE;
}
