/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

#include <string.h>

/*
 * Fewer and larger files (docs/SYNC.md, "Pack, attachment, snapshot").
 *
 * 1. Own segments of a day that is over become one pack, and those of a month that is over. A pack holds the
 *    original bytes, so that it changes nothing for who reads it.
 * 2. What is in a pack goes only when the pack was read back, every present device has told that it saw the
 *    last of these segments, and 30 days have passed since it was made. It goes from the folder first: a
 *    crash between leaves own bytes that are published again, and nothing that nobody knows.
 * 3. It is done once on each day. A pack that could not be published is tried with everything else that
 *    waits.
 */

#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define KEEP (30 * DAY)
#define IS_FULL(size) ((size) > GEZ_PACK_SIZE_MAX / 2) /* a longer run did not fit */

typedef struct
{
  guint64 sequence;
  GezHash hash;
  gint64 label; /* equal: may be in one pack; -1: this day's, in none yet */
} Own;

typedef struct
{
  char *path;
  guint64 first;
  guint64 last;
  gint64 size;
} Pack;

typedef struct
{
  GezEngine *engine;
  gboolean is_made; /* out: there may be more */
  GPtrArray *gone;  /* out: (element-type utf8): paths */
  GArray *own;      /* Own */
  GArray *packs;    /* Pack */
} Packing;

static void
clear_pack (gpointer data)
{
  g_free (((Pack *) data)->path);
}

/* Months count down from -2, so that no month has the label of a day. */
static gint64
label_of (gint64 wall_at,
          gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_utc (wall_at / 1000);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_utc (now / 1000);
  gint64 month, this_month;

  if (then == NULL || today == NULL)
    return -1;
  month = g_date_time_get_year (then) * 12 + g_date_time_get_month (then);
  this_month = g_date_time_get_year (today) * 12 + g_date_time_get_month (today);
  if (month < this_month)
    return -2 - month;
  return wall_at / DAY < now / DAY ? wall_at / DAY : -1;
}

static gboolean
load_own (Packing     *packing,
          GezDatabase *database,
          GError     **error)
{
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));
  GError *failure = NULL;
  g_autoptr (GezStatement) row = gez_database_query (
      database, error, "SELECT sequence, hash, wall_at FROM segment WHERE device = ? ORDER BY sequence",
      GEZ_ID, &packing->engine->device, GEZ_END);

  while (row != NULL && gez_statement_next (row, &failure))
    {
      g_autoptr (GBytes) hash = gez_statement_get_blob (row, 1);
      Own own = { .sequence = (guint64) gez_statement_get_integer (row, 0) };

      if (g_bytes_get_size (hash) != GEZ_HASH_SIZE)
        continue;
      memcpy (own.hash.bytes, g_bytes_get_data (hash, NULL), GEZ_HASH_SIZE);
      own.label = label_of (gez_statement_get_integer (row, 2), now);
      g_array_append_val (packing->own, own);
    }
  if (failure != NULL)
    g_propagate_error (error, failure);
  return row != NULL && failure == NULL;
}

static gboolean
load_packs (Packing     *packing,
            GezDatabase *database,
            GError     **error)
{
  g_autofree char *from = g_strconcat (packing->engine->own_directory, "/p", NULL);
  g_autofree char *to = g_strconcat (packing->engine->own_directory, "/q", NULL);
  GError *failure = NULL;
  g_autoptr (GezStatement) row = gez_database_query (
      database, error, "SELECT path, length(bytes) FROM own_file WHERE path > ? AND path < ? ORDER BY path",
      GEZ_TEXT, from, GEZ_TEXT, to, GEZ_END);

  while (row != NULL && gez_statement_next (row, &failure))
    {
      const char *path = gez_statement_get_text (row, 0);
      GezEngineName name;
      Pack pack;

      gez_engine_name_parse (strrchr (path, '/') + 1, &name);
      if (name.kind != GEZ_ENGINE_NAME_PACK)
        continue;
      pack = (Pack) { g_strdup (path), name.first, name.last, gez_statement_get_integer (row, 1) };
      g_array_append_val (packing->packs, pack);
    }
  if (failure != NULL)
    g_propagate_error (error, failure);
  return row != NULL && failure == NULL;
}

static gboolean
load (Packing     *packing,
      GezDatabase *database,
      GError     **error)
{
  g_array_set_size (packing->own, 0);
  g_array_set_size (packing->packs, 0);
  return load_own (packing, database, error) && load_packs (packing, database, error);
}

static GBytes *
read_bytes (GezDatabase *database,
            const char  *path,
            GError     **error)
{
  g_autoptr (GezStatement) row = gez_database_query (
      database, error, "SELECT bytes FROM own_file WHERE path = ?", GEZ_TEXT, path, GEZ_END);
  GError *failure = NULL;

  if (row != NULL && gez_statement_next (row, &failure))
    return gez_statement_get_blob (row, 0);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return NULL;
}

/* Returns: (transfer full) (nullable): %NULL without an error when no own pack has it */
static GBytes *
find_in_packs (Packing     *packing,
               GezDatabase *database,
               const Own   *own,
               GError     **error)
{
  for (guint i = 0; i < packing->packs->len; i++)
    {
      Pack *pack = &g_array_index (packing->packs, Pack, i);
      g_autoptr (GBytes) file = NULL;
      g_autoptr (GPtrArray) segments = NULL;
      GezId device;

      if (own->sequence < pack->first || own->sequence > pack->last)
        continue;
      file = read_bytes (database, pack->path, error);
      segments = file != NULL ? gez_pack_read (file, &packing->engine->team_id, &device, NULL) : NULL;
      if (segments == NULL || own->sequence - pack->first >= segments->len)
        continue;
      return g_bytes_ref (segments->pdata[own->sequence - pack->first]);
    }
  return NULL;
}

static GBytes *
find_segment (Packing     *packing,
              GezDatabase *database,
              const Own   *own,
              GError     **error)
{
  GezSegmentHead head = { .device = packing->engine->device, .sequence = own->sequence, .hash = own->hash };
  g_autofree char *path = gez_segment_path (&head);
  GError *failure = NULL;
  GBytes *bytes = read_bytes (database, path, &failure);

  if (bytes != NULL || failure != NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, failure);
      return bytes;
    }
  return find_in_packs (packing, database, own, error);
}

/* Where the run that begins at @from ends: segments without a gap whose days, or months, are the same. */
static guint
end_of_run (Packing *packing,
            guint    from)
{
  const Own *first = &g_array_index (packing->own, Own, from);
  guint end = from + 1;

  while (end < packing->own->len && g_array_index (packing->own, Own, end).label == first->label
         && g_array_index (packing->own, Own, end).sequence == first->sequence + (end - from))
    end++;
  return end;
}

/* How many segments of the run from @from to @end are in packs already that will not be made again. */
static guint
count_packed (Packing *packing,
              guint    from,
              guint    end)
{
  guint64 first = g_array_index (packing->own, Own, from).sequence;
  guint64 last = g_array_index (packing->own, Own, end - 1).sequence;

  for (guint i = 0; i < packing->packs->len; i++)
    {
      Pack *pack = &g_array_index (packing->packs, Pack, i);

      if (pack->first <= first && pack->last >= last)
        return end - from;
      if (pack->first == first && pack->last > first && IS_FULL (pack->size))
        return (guint) (pack->last - first + 1);
    }
  return 0;
}

static gboolean
keep_pack (Packing       *packing,
           GezDatabase   *database,
           GezPackWriter *writer,
           guint64        first,
           GError       **error)
{
  guint n_segments = gez_pack_writer_get_n (writer);
  g_autoptr (GBytes) file = gez_pack_writer_finish (writer);
  g_autofree char *path = gez_pack_path (&packing->engine->device, first, first + n_segments - 1, file);

  for (guint i = 0; i < packing->packs->len; i++)
    if (g_str_equal (g_array_index (packing->packs, Pack, i).path, path))
      return TRUE;
  packing->is_made = TRUE;
  return gez_database_execute (database, error,
                               "INSERT INTO own_file (path, bytes, made_at) VALUES (?, ?, ?)",
                               GEZ_TEXT, path, GEZ_BLOB, file, GEZ_INTEGER,
                               gez_clock_get_now (gez_database_get_clock (database)), GEZ_END);
}

/* Packs what it can from @from on, and says in @next where to go on. */
static gboolean
pack_run (Packing     *packing,
          GezDatabase *database,
          guint        from,
          guint        end,
          guint       *next,
          GError     **error)
{
  g_autoptr (GezPackWriter) writer
      = gez_pack_writer_new (&packing->engine->team_id, &packing->engine->device);
  GError *failure = NULL;

  for (*next = from; *next < end; (*next)++)
    {
      g_autoptr (GBytes) segment =
          find_segment (packing, database, &g_array_index (packing->own, Own, *next), &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      if (segment == NULL || !gez_pack_writer_add (writer, segment))
        break;
    }
  if (*next == from)
    ++*next; /* its bytes are not here: nothing can be said of it */
  if (gez_pack_writer_get_n (writer) < 2)
    return TRUE;
  return keep_pack (packing, database, writer, g_array_index (packing->own, Own, from).sequence, error);
}

/* One pack at a time: other work of the store comes between. */
static gboolean
make_pack_cb (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  Packing *packing = data;
  guint at = 0, end, next;

  packing->is_made = FALSE;
  if (!load (packing, database, error))
    return FALSE;
  while (at < packing->own->len && !packing->is_made)
    {
      end = end_of_run (packing, at);
      next = at + count_packed (packing, at, end);
      if (g_array_index (packing->own, Own, at).label == -1)
        next = end;
      if (next == at && !pack_run (packing, database, at, end, &next, error))
        return FALSE;
      at = next;
    }
  return TRUE;
}

/* Removing ---------------------------------------------------------------------------------------- */

/* Up to where every other present device has told that it read this one. */
static guint64
seen_by_all (Packing     *packing,
             GezDatabase *database)
{
  return (guint64) gez_database_integer (
      database, 0,
      "SELECT coalesce(min(coalesce(seen.sequence, 0)), 9223372036854775807) FROM sync_device AS d "
      "LEFT JOIN seen_by AS seen ON seen.device = d.device AND seen.of_device = ?1 "
      "WHERE d.is_removed = 0 AND d.member_id IS NOT NULL AND d.device <> ?1",
      GEZ_ID, &packing->engine->device, GEZ_END);
}

static gboolean
may_replace (GezDatabase *database,
             const Pack  *pack)
{
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));

  return gez_database_integer (
             database, 0,
             "SELECT 1 FROM own_file WHERE path = ? AND published_at IS NOT NULL AND made_at <= ?", GEZ_TEXT,
             pack->path, GEZ_INTEGER, now - KEEP, GEZ_END)
         != 0;
}

static gboolean
add_replaced (Packing     *packing,
              GezDatabase *database,
              const Pack  *pack,
              GError     **error)
{
  g_autofree char *from = g_strconcat (packing->engine->own_directory, "/p", NULL);
  g_autofree char *to = g_strconcat (packing->engine->own_directory, "/t", NULL);
  GError *failure = NULL;
  g_autoptr (GezStatement) row
      = gez_database_query (database, error, "SELECT path FROM own_file WHERE path > ? AND path < ?",
                            GEZ_TEXT, from, GEZ_TEXT, to, GEZ_END);

  while (row != NULL && gez_statement_next (row, &failure))
    {
      const char *path = gez_statement_get_text (row, 0);
      GezEngineName name;

      gez_engine_name_parse (strrchr (path, '/') + 1, &name);
      if (name.first < pack->first || name.last > pack->last
          || !(name.kind == GEZ_ENGINE_NAME_SEGMENT
               || (name.kind == GEZ_ENGINE_NAME_PACK && name.last - name.first < pack->last - pack->first)))
        continue;
      g_ptr_array_add (packing->gone, g_strdup (path));
    }
  if (failure != NULL)
    g_propagate_error (error, failure);
  return row != NULL && failure == NULL;
}

static gboolean
find_replaced_cb (GezDatabase *database,
                  gpointer     data,
                  GError     **error)
{
  Packing *packing = data;
  guint64 seen;

  if (!load (packing, database, error))
    return FALSE;
  seen = seen_by_all (packing, database);
  for (guint i = 0; i < packing->packs->len; i++)
    {
      Pack *pack = &g_array_index (packing->packs, Pack, i);

      if (pack->last <= seen && may_replace (database, pack)
          && !add_replaced (packing, database, pack, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
forget_replaced_cb (GezDatabase *database,
                    gpointer     data,
                    GError     **error)
{
  Packing *packing = data;

  for (guint i = 0; i < packing->gone->len; i++)
    if (!gez_database_execute (database, error, "DELETE FROM own_file WHERE path = ?", GEZ_TEXT,
                               packing->gone->pdata[i], GEZ_END))
      return FALSE;
  return TRUE;
}

static gboolean
remove_replaced (GezEngine *self,
                 Packing   *packing,
                 GError   **error)
{
  if (!gez_engine_run (self, find_replaced_cb, packing, error))
    return FALSE;
  for (guint i = 0; i < packing->gone->len; i++)
    if (!gez_folder_remove (self->folder, packing->gone->pdata[i], self->cancellable, error))
      return FALSE;
  return packing->gone->len == 0 || gez_engine_change (self, forget_replaced_cb, packing, error);
}

/* Once a day --------------------------------------------------------------------------------------- */

static gboolean
look_cb (GezDatabase *database,
         gpointer     data,
         GError     **error)
{
  gboolean *is_due = data;

  *is_due = gez_database_integer (database, -1, "SELECT coalesce(packed_day, -1) FROM sync_state", GEZ_END)
            != gez_clock_get_now (gez_database_get_clock (database)) / DAY;
  return TRUE;
}

static gboolean
note_cb (GezDatabase *database,
         gpointer     data,
         GError     **error)
{
  return gez_database_execute (database, error, "UPDATE sync_state SET packed_day = ?", GEZ_INTEGER,
                               gez_clock_get_now (gez_database_get_clock (database)) / DAY, GEZ_END);
}

static gboolean
pack_and_remove (GezEngine *self,
                 Packing   *packing,
                 GError   **error)
{
  do
    if (!gez_engine_change (self, make_pack_cb, packing, error))
      return FALSE;
  while (packing->is_made);
  return gez_engine_publish (self, error) && remove_replaced (self, packing, error)
         && gez_engine_change (self, note_cb, NULL, error);
}

/**
 * gez_engine_pack:
 *
 * Packs own segments of days and months that are over, and removes what packs have replaced; once on each
 * day.
 *
 * Returns: %FALSE when the round cannot go on
 *
 * Thread: the engine's.
 */
gboolean
gez_engine_pack (GezEngine *self,
                 GError   **error)
{
  Packing packing = { .engine = self };
  gboolean is_due = FALSE, done;

  if (!gez_engine_run (self, look_cb, &is_due, error))
    return FALSE;
  if (!is_due)
    return TRUE;
  packing.gone = g_ptr_array_new_with_free_func (g_free);
  packing.own = g_array_new (FALSE, FALSE, sizeof (Own));
  packing.packs = g_array_new (FALSE, FALSE, sizeof (Pack));
  g_array_set_clear_func (packing.packs, clear_pack);
  done = pack_and_remove (self, &packing, error);
  g_ptr_array_unref (packing.gone);
  g_array_unref (packing.own);
  g_array_unref (packing.packs);
  return done;
}
