/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

#include <string.h>

#include "sync/gez-sync-status.h"

/* Reading the folder: the roster, then each device's directory.
 *
 * 1. Each directory is listed once in a round. What is known by device, sequence and hash is not fetched.
 * 2. A roster record or a key that comes may make sense of files that made none before. So the listings are
 *    gone through again as long as such things come.
 * 3. Names only hint. A file with a strange name in the right place is looked into once. */

#define ROSTER "r"
#define DEVICES "d"
#define PATH_MAX_OF_OURS 256
#define PASSES_AT_MOST 20 /* what is left then comes in the next round */

/* Names of one directory that need a look. */
typedef struct
{
  GezEngine *engine;
  const char *directory;
  GPtrArray *names;       /* (element-type utf8): to look for */
  GPtrArray *unknown;     /* out: (element-type utf8): paths */
  GPtrArray *cleared; /* out: (element-type utf8): paths of which a note says that they were not there yet */
  guint n_known;          /* out */
} Search;

typedef struct
{
  GezEngine *engine;
  GBytes *file;
  gboolean is_ours;       /* out: of this team */
  gboolean is_kept;       /* out: it stands in the roster now */
} Record;

char *
gez_engine_find_directory (GezEngine  *self,
                           const char *name,
                           GError    **error)
{
  GPtrArray *names = gez_engine_list (self, "", error);

  for (guint i = 0; names && i < names->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (names, i), name) == 0)
      return g_strdup (g_ptr_array_index (names, i));
  return NULL;
}

static GPtrArray *
list_or_note (GezEngine  *self,
              const char *directory,
              GError    **error)
{
  GError *failure = NULL;
  GPtrArray *names = gez_engine_list (self, directory, &failure);

  if (names != NULL)
    return names;
  self->was_read = FALSE;
  if (gez_engine_is_fatal (failure))
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  if (self->late == NULL)
    self->late = g_steal_pointer (&failure);
  g_clear_error (&failure);
  names = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_insert (self->listed, g_strdup (directory), names);
  return names;
}

/* Files that waited for a key or for the roster, and none came. */
static gboolean
is_waiting (Search      *search,
            GezDatabase *database,
            const char  *path)
{
  return !search->engine->is_retry
         && gez_database_integer (database, 0,
                                  "SELECT 1 FROM quarantine WHERE path = ? AND why IN ('unknown_device', "
                                  "'unknown_key', 'removed', 'too_new')", GEZ_TEXT, path, GEZ_END) != 0;
}

static gboolean
is_known_record (GezDatabase         *database,
                 const GezEngineName *name)
{
  guint8 from[GEZ_HASH_SIZE] = { 0 }, to[GEZ_HASH_SIZE];
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) last = NULL;

  memset (to, 0xff, sizeof to);
  memcpy (from, name->hash, sizeof name->hash);
  memcpy (to, name->hash, sizeof name->hash);
  first = g_bytes_new (from, sizeof from);
  last = g_bytes_new (to, sizeof to);
  return gez_database_integer (database, 0, "SELECT 1 FROM roster_record WHERE hash BETWEEN ? AND ?",
                               GEZ_BLOB, first, GEZ_BLOB, last, GEZ_END)
         != 0;
}

static gboolean
is_known_segment (GezDatabase         *database,
                  const GezId         *device,
                  const GezEngineName *name)
{
  g_autoptr (GBytes) hash = g_bytes_new (name->hash, sizeof name->hash);

#ifdef GEZ_MUTANT_LISTING_ORDER
  return gez_database_integer (database, 0, "SELECT last_sequence >= ?2 FROM sync_device WHERE device = ?1", GEZ_ID,
                               device, GEZ_INTEGER, (gint64) name->first, GEZ_END) != 0;
#endif
  return gez_database_integer (database, 1,
                               "SELECT is_wanted FROM segment WHERE device = ?1 AND sequence = ?2 "
                               "AND substr(hash, 1, 16) = ?3 UNION ALL "
                               "SELECT 0 FROM sync_device WHERE device = ?1 AND covered_sequence >= ?2",
                               GEZ_ID, device, GEZ_INTEGER, (gint64) name->first, GEZ_BLOB, hash, GEZ_END)
         == 0;
}

static gboolean
is_known_pack (GezDatabase         *database,
               const GezId         *device,
               const GezEngineName *name)
{
  return gez_database_integer (
             database, 0,
             "SELECT count(DISTINCT g.sequence) >= ?3 - max(?2, c.covered + 1) + 1 "
             "AND coalesce(sum(g.is_wanted), 0) = 0 FROM (SELECT coalesce((SELECT covered_sequence "
             "FROM sync_device WHERE device = ?1), 0) AS covered) AS c LEFT JOIN segment AS g "
             "ON g.device = ?1 AND g.sequence BETWEEN max(?2, c.covered + 1) AND ?3",
             GEZ_ID, device, GEZ_INTEGER, (gint64) name->first, GEZ_INTEGER, (gint64) name->last, GEZ_END)
         != 0;
}

static gboolean
is_known (GezDatabase         *database,
          const GezId         *device,
          const GezEngineName *name)
{
  switch (name->kind)
    {
    case GEZ_ENGINE_NAME_RECORD:
      return is_known_record (database, name);
    case GEZ_ENGINE_NAME_SEGMENT:
      return device != NULL && is_known_segment (database, device, name);
    case GEZ_ENGINE_NAME_PACK:
      return device != NULL && is_known_pack (database, device, name);
    default:
      return FALSE;
    }
}

static gboolean
search_cb (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  Search *search = data;
  const char *slash = strrchr (search->directory, '/');
  GezId device;
  gboolean has_device = slash != NULL && gez_engine_device_parse (slash + 1, &device);

  for (guint i = 0; i < search->names->len; i++)
    {
      const char *text = g_ptr_array_index (search->names, i);
      g_autofree char *path = g_strconcat (search->directory, "/", text, NULL);
      GezEngineName name;

      gez_engine_name_parse (text, &name);
      if (is_known (database, has_device ? &device : NULL, &name))
        {
          gez_engine_set_done (search->engine, path);
          search->n_known++;
          if (gez_database_integer (database, 0, "SELECT 1 FROM quarantine WHERE path = ?", GEZ_TEXT, path,
                                    GEZ_END))
            g_ptr_array_add (search->cleared, g_steal_pointer (&path));
        }
      else if (!is_waiting (search, database, path))
        g_ptr_array_add (search->unknown, g_steal_pointer (&path));
    }
  return TRUE;
}

/* A copy that some program made of a file in a conflict keeps the ending, at least within the name. */
static gboolean
is_worth_a_look (const char *text,
                 gboolean    is_roster)
{
  g_autofree char *lower = NULL;
  GezEngineName name;

  if (strlen (text) > PATH_MAX_OF_OURS || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  gez_engine_name_parse (text, &name);
  if (name.kind != GEZ_ENGINE_NAME_OTHER)
    return is_roster ? name.kind == GEZ_ENGINE_NAME_RECORD
                     : name.kind == GEZ_ENGINE_NAME_SEGMENT || name.kind == GEZ_ENGINE_NAME_PACK;
  lower = g_ascii_strdown (text, -1);
  return is_roster ? strstr (lower, ".rec") != NULL
                   : strstr (lower, ".seg") != NULL || strstr (lower, ".pak") != NULL;
}

/* Adds to @unknown the paths in @directory that need a look. */
static gboolean
search (GezEngine  *self,
        const char *directory,
        gboolean    is_roster,
        GPtrArray  *unknown,
        guint      *n_known,
        GError    **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) cleared = g_ptr_array_new_with_free_func (g_free);
  Search work = { self, directory, names, unknown, cleared, 0 };
  GPtrArray *listed = list_or_note (self, directory, error);

  if (listed == NULL)
    return FALSE;
  for (guint i = 0; i < listed->len; i++)
    {
      char *text = g_ptr_array_index (listed, i);
      g_autofree char *path = g_strconcat (directory, "/", text, NULL);

      if (!is_worth_a_look (text, is_roster))
        continue;
      if (gez_engine_is_done (self, path))
        work.n_known++;
      else
        g_ptr_array_add (names, text);
    }
  if (names->len > 0 && !gez_engine_run (self, search_cb, &work, error))
    return FALSE;
  for (guint i = 0; i < cleared->len; i++)
    if (!gez_engine_quarantine (self, g_ptr_array_index (cleared, i), NULL, NULL, error))
      return FALSE;
  *n_known += work.n_known;
  return TRUE;
}

/* What kept this one file from being used is noted; what keeps the round from going on is an error. */
static gboolean
note_failure (GezEngine  *self,
              const char *path,
              GError     *failure,
              GError    **error)
{
  g_autoptr (GError) owned = failure;

  if (!gez_engine_is_fatal (owned))
    return gez_engine_quarantine (self, path, gez_engine_why (owned), NULL, error);
  g_propagate_error (error, g_steal_pointer (&owned));
  return FALSE;
}

static gboolean
add_record_cb (GezDatabase *database,
               gpointer     data,
               GError     **error)
{
  Record *record = data;
  GezTeam *team = gez_engine_get_team (record->engine, database, error);
  g_autoptr (GBytes) hash = NULL;
  gboolean is_new = FALSE;
  GezHash sum;

  if (team == NULL)
    return FALSE;
  gez_hash_of (record->file, &sum);
  hash = g_bytes_new (sum.bytes, GEZ_HASH_SIZE);
  if (!gez_team_add_roster_file (team, record->file, &is_new, error))
    return FALSE;
  record->is_kept = gez_database_integer (database, 0, "SELECT 1 FROM roster_record WHERE hash = ?", GEZ_BLOB,
                                          hash, GEZ_END)
                    != 0;
  record->engine->report->roster_changed |= is_new;
  return TRUE;
}

/* Half a file, or one that is nothing, says nothing about whose folder this is. */
static gboolean
is_of_other_team (GezEngine *self,
                  GBytes    *file)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  return size >= 8 + GEZ_ID_SIZE && memcmp (data, "GEZROST1", 8) == 0
         && memcmp (data + 8, self->team_id.bytes, GEZ_ID_SIZE) != 0;
}

static gboolean
take_record (GezEngine  *self,
             const char *path,
             gboolean   *is_ours,
             gboolean   *is_others,
             GError    **error)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GPtrArray) wraps = NULL;
  Record record = { self };
  guint32 sequence, key_number;
  GError *failure = NULL;

  file = gez_engine_fetch (self, path, &failure);
  *is_others |= file && is_of_other_team (self, file);
  if (file == NULL
      || !gez_roster_record_peek (file, &self->team_id, &sequence, &key_number, &wraps, &failure))
    return note_failure (self, path, failure, error);
  *is_ours = TRUE;
  record.file = file;
  if (!gez_engine_change (self, add_record_cb, &record, &failure))
    return note_failure (self, path, failure, error);
  if (record.is_kept)
    gez_engine_set_done (self, path);
  return gez_engine_quarantine (self, path, record.is_kept ? NULL : "unknown_key", NULL, error);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Only a folder that holds this team, or no team at all, is the one that was meant. */
static gboolean
read_roster (GezEngine *self,
             GError   **error)
{
  g_autofree char *directory = gez_engine_find_directory (self, ROSTER, error);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  gboolean is_ours = FALSE, is_others = FALSE;
  guint n_known = 0;

  if (directory == NULL)
    return TRUE;
  if (!search (self, directory, TRUE, unknown, &n_known, error))
    return FALSE;
  g_ptr_array_sort (unknown, compare_paths);
  for (guint i = 0; i < unknown->len; i++)
    if (!take_record (self, g_ptr_array_index (unknown, i), &is_ours, &is_others, error))
      return FALSE;
  if (is_ours || n_known > 0 || !is_others)
    return TRUE;
  g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED,
                       "the folder does not hold this team");
  return FALSE;
}

static gboolean
take_one (GezEngine  *self,
          const char *path,
          GBytes     *file,
          gboolean   *is_done,
          GError    **error)
{
  const char *why = NULL;
  GezSegmentHead head;
  gboolean is_foreign;

  if (!gez_engine_take_segment (self, file, &head, &why, error))
    return FALSE;
  is_foreign = why && g_str_equal (why, "foreign");
  *is_done &= why == NULL || is_foreign;
  return why == NULL || gez_engine_quarantine (self, path, why, is_foreign ? NULL : &head, error);
}

static gboolean
take_pack (GezEngine  *self,
           const char *path,
           GBytes     *file,
           gboolean   *is_done,
           GError    **error)
{
  g_autoptr (GPtrArray) segments = NULL;
  GError *failure = NULL;
  GezId device;

  segments = gez_pack_read (file, &self->team_id, &device, &failure);
  if (segments == NULL)
    {
      *is_done = g_error_matches (failure, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_FOREIGN);
      return note_failure (self, path, failure, error);
    }
  for (guint i = 0; i < segments->len; i++)
    if (!take_one (self, path, g_ptr_array_index (segments, i), is_done, error))
      return FALSE;
  return TRUE;
}

static gboolean
take_file (GezEngine  *self,
           const char *path,
           GError    **error)
{
  g_autoptr (GBytes) file = NULL;
  gboolean is_done = TRUE;
  gboolean taken;
  GError *failure = NULL;
  gsize size;
  gconstpointer data;

  file = gez_engine_fetch (self, path, &failure);
  if (file == NULL)
    return note_failure (self, path, failure, error);
  data = g_bytes_get_data (file, &size);
  if (size >= 8 && memcmp (data, "GEZPACK1", 8) == 0)
    taken = take_pack (self, path, file, &is_done, error);
  else
    taken = take_one (self, path, file, &is_done, error);
  if (!taken || !is_done)
    return taken;
  gez_engine_set_done (self, path);
  return gez_engine_quarantine (self, path, NULL, NULL, error);
}

static gboolean
read_devices (GezEngine *self,
              GError   **error)
{
  g_autofree char *root = gez_engine_find_directory (self, DEVICES, error);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *devices;
  guint n_known = 0;

  if (root == NULL)
    return TRUE;
  devices = list_or_note (self, root, error);
  for (guint i = 0; devices && i < devices->len; i++)
    {
      const char *name = g_ptr_array_index (devices, i);
      g_autofree char *directory = g_strconcat (root, "/", name, NULL);

      if (*name != '.' && !search (self, directory, FALSE, unknown, &n_known, error))
        return FALSE;
    }
  g_ptr_array_sort (unknown, compare_paths);
  for (guint i = 0; i < unknown->len; i++)
    {
      gez_engine_tell (self, i, unknown->len);
      if (!take_file (self, g_ptr_array_index (unknown, i), error))
        return FALSE;
    }
  return devices != NULL;
}

static gboolean
note_read_cb (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  GezEngine *self = data;

  return gez_database_execute (database, error, "UPDATE sync_state SET last_read_at = ?", GEZ_INTEGER,
                               gez_clock_get_now (gez_database_get_clock (database)), GEZ_END)
         && (!self->has_former || gez_engine_renumber (database, error));
}

static gboolean
is_note_due_cb (GezDatabase *database,
                gpointer     data,
                GError     **error)
{
  GezEngine *self = data;

  self->was_read = gez_sync_status_note_read (database);
  return TRUE;
}

/* When it was read last is written down now and then; between, the program remembers it. */
static gboolean
note_read (GezEngine *self,
           GError   **error)
{
  if (!self->was_read)
    return TRUE;
  if (!gez_engine_run (self, is_note_due_cb, self, error))
    return FALSE;
  if ((self->was_read || self->has_former) && !gez_engine_change (self, note_read_cb, self, error))
    return FALSE;
  self->was_read = TRUE;
  return TRUE;
}

/**
 * gez_engine_read:
 *
 * Reads all that is new in the folder.
 *
 * Returns: %FALSE with @error set when the round cannot go on
 *
 * Thread: the engine's.
 */
gboolean
gez_engine_read (GezEngine *self,
                 GError   **error)
{
  gboolean is_more;
  guint n_passes = 0;

  self->was_read = TRUE;
  do
    if (!read_roster (self, error) || !gez_engine_read_snapshots (self, error) || !read_devices (self, error)
        || !gez_engine_settle (self, &is_more, error))
      return FALSE;
  while (is_more && ++n_passes < PASSES_AT_MOST);
  return note_read (self, error);
}
