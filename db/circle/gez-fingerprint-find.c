/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-fingerprint.h"

#include <string.h>

#include "store/gez-store-act.h"

/*
 * Looking up whether a colleague works with somebody.
 *
 * 1. It takes a complete entry: both names and the birth date, or a whole telephone number. Part of a
 *    name looks in the files that one can read, and nowhere else.
 * 2. A hit tells whom to ask, and nothing of the file.
 * 3. That somebody looked is written down here, with what was found. What a file gives of itself each
 *    time it is opened is written down once a day.
 */

#define N_HASHES_MAX 64
#define ACT "look-up"

typedef struct
{
  gatomicrefcount n_references;
  char *first_name;
  char *last_name;
  char *born_on;
  char *phones;
  GezId household; /* none: what was typed */
  GPtrArray *hits;
} LookUp;

static void
look_up_unref (LookUp *self)
{
  if (!g_atomic_ref_count_dec (&self->n_references))
    return;
  g_free (self->first_name);
  g_free (self->last_name);
  g_free (self->born_on);
  g_free (self->phones);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_free (self);
}

static LookUp *
look_up_new (void)
{
  LookUp *self = g_new0 (LookUp, 1);

  g_atomic_ref_count_init (&self->n_references);
  return self;
}

static GPtrArray *
new_hits (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) gez_fingerprint_hit_free);
}

/* Finding ------------------------------------------------------------------------------------ */

/* %NULL without an error: a team of one. */
static GezSecret *
read_key (GezDatabase *database,
          GError     **error)
{
  g_autoptr (GezStatement) row =
      gez_database_query (database, error, "SELECT fingerprint_key FROM team", GEZ_END);
  g_autoptr (GBytes) bytes = NULL;
  GezSecret *key;

  if (row == NULL || !gez_statement_next (row, error))
    return NULL;
  bytes = gez_statement_get_blob (row, 0);
  if (bytes == NULL || g_bytes_get_size (bytes) != GEZ_KEY_SIZE)
    return NULL;
  key = gez_secret_new (error);
  if (key != NULL)
    memcpy (key->bytes, g_bytes_get_data (bytes, NULL), GEZ_KEY_SIZE);
  return key;
}

/* Tokens of the files that can be read here, and of those from which one is kept out. */
static GHashTable *
read_left_out (GezDatabase     *database,
               const GezSecret *key,
               GError         **error)
{
  g_autoptr (GHashTable) tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GezStatement) row =
      gez_database_query (database, error,
                          "SELECT id FROM household UNION SELECT l.household_id FROM team_lock l"
                          " JOIN team_device t ON t.member_id = l.member_id JOIN device d ON d.id = t.id",
                          GEZ_END);
  GError *failure = NULL;

  if (row == NULL)
    return NULL;
  while (gez_statement_next (row, &failure))
    {
      GezId household = gez_statement_get_id (row, 0);

      g_hash_table_add (tokens, gez_fingerprint_file_token (key, &household));
    }
  if (failure == NULL)
    return g_steal_pointer (&tokens);
  g_propagate_error (error, failure);
  return NULL;
}

static gboolean
holds_one (const char *hashes,
           GPtrArray  *sought)
{
  g_auto (GStrv) words = g_strsplit (hashes, " ", -1);

  for (guint i = 0; i < sought->len; i++)
    if (g_strv_contains ((const char *const *) words, sought->pdata[i]))
      return TRUE;
  return FALSE;
}

static char *
match_of (GPtrArray *names,
          GPtrArray *phones)
{
  GString *match = g_string_new (NULL);

  for (guint i = 0; i < MIN (names->len + phones->len, N_HASHES_MAX); i++)
    g_string_append_printf (match, "%s\"%s\"", i > 0 ? " OR " : "",
                            (const char *)(i < names->len ? names->pdata[i] : phones->pdata[i - names->len]));
  return g_string_free (match, FALSE);
}

static GezFingerprintHit *
hit_of (GPtrArray  *hits,
        const char *token)
{
  GezFingerprintHit *hit;

  for (guint i = 0; i < hits->len; i++)
    if (g_str_equal (((GezFingerprintHit *) hits->pdata[i])->file_token, token))
      return hits->pdata[i];
  hit = g_new0 (GezFingerprintHit, 1);
  hit->file_token = g_strdup (token);
  g_ptr_array_add (hits, hit);
  return hit;
}

static void
add_hit (GPtrArray    *hits,
         GezStatement *row,
         GPtrArray    *names,
         GPtrArray    *phones)
{
  const char *hashes = gez_statement_get_text (row, 0);
  gboolean by_name = holds_one (hashes, names), by_phone = holds_one (hashes, phones);
  GezFingerprintHit *hit;

  if (!by_name && !by_phone)
    return;
  hit = hit_of (hits, gez_statement_get_text (row, 1));
  hit->by_name |= by_name;
  hit->by_phone |= by_phone;
  if (!gez_statement_is_null (row, 2))
    hit->member = gez_statement_get_id (row, 2);
  if (hit->member_name == NULL)
    hit->member_name = g_strdup (gez_statement_get_text (row, 3));
}

static gboolean
find_hashes (GezDatabase *database,
             GPtrArray   *names,
             GPtrArray   *phones,
             GHashTable  *left_out,
             GPtrArray   *hits,
             GError     **error)
{
  g_autofree char *match = match_of (names, phones);
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  if (*match == '\0')
    return TRUE;
  row = gez_database_query (database, error,
                            "SELECT f.hashes, f.file_token, f.contact_member_id, coalesce("
                            "(SELECT name FROM team_member WHERE id = f.contact_member_id),"
                            " (SELECT name FROM member WHERE id = f.contact_member_id))"
                            " FROM fingerprint_search JOIN fingerprint f ON f.row = fingerprint_search.rowid"
                            " WHERE fingerprint_search MATCH ?1 AND f.withdrawn_at IS NULL"
                            " AND f.contact_member_id IS NOT (SELECT t.member_id FROM team_device t"
                            " JOIN device d ON d.id = t.id) ORDER BY f.id",
                            GEZ_TEXT, match, GEZ_END);
  if (row == NULL)
    return FALSE;
  while (gez_statement_next (row, &failure))
    if (!g_hash_table_contains (left_out, gez_statement_get_text (row, 1)))
      add_hit (hits, row, names, phones);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
find_person (GezDatabase     *database,
             const GezSecret *key,
             const char      *names[3],
             const char      *phones,
             GHashTable      *left_out,
             GPtrArray       *hits,
             GError         **error)
{
  g_autoptr (GPtrArray) of_name = gez_fingerprint_of_name (key, names[0], names[1], names[2]);
  g_autoptr (GPtrArray) of_phones = gez_fingerprint_of_phones (key, phones);

  return find_hashes (database, of_name, of_phones, left_out, hits, error);
}

static gboolean
find_household (GezDatabase     *database,
                const GezSecret *key,
                const GezId     *household,
                GHashTable      *left_out,
                GPtrArray       *hits,
                GError         **error)
{
  g_autoptr (GezStatement) row =
      gez_database_query (database, error,
                          "SELECT first_name, last_name, born_on, phones FROM person"
                          " WHERE household_id = ? AND withdrawn_at IS NULL",
                          GEZ_ID, household, GEZ_END);
  GError *failure = NULL;

  if (row == NULL)
    return FALSE;
  while (gez_statement_next (row, &failure))
    {
      const char *names[] = { gez_statement_get_text (row, 0), gez_statement_get_text (row, 1),
                              gez_statement_get_text (row, 2) };

      if (!find_person (database, key, names, gez_statement_get_text (row, 3), left_out, hits, error))
        return FALSE;
    }
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* @household: (nullable): its persons instead of who is named. */
static GPtrArray *
find_all (GezDatabase *database,
          const char  *names[3],
          const char  *phones,
          const GezId *household,
          GError     **error)
{
  g_autoptr (GPtrArray) hits = new_hits ();
  g_autoptr (GHashTable) left_out = NULL;
  g_autoptr (GezSecret) key = NULL;
  GError *failure = NULL;
  gboolean done;

  key = read_key (database, &failure);
  if (key == NULL)
    {
      if (failure == NULL)
        return g_steal_pointer (&hits);
      g_propagate_error (error, failure);
      return NULL;
    }
  left_out = read_left_out (database, key, error);
  if (left_out == NULL)
    return NULL;
  if (household != NULL)
    done = find_household (database, key, household, left_out, hits, error);
  else
    done = find_person (database, key, names, phones, left_out, hits, error);
  return done ? g_steal_pointer (&hits) : NULL;
}

/**
 * gez_fingerprint_find:
 * @first_name: (nullable): this and what follows as somebody typed it
 * @phones: (nullable): one or more numbers
 *
 * Looks up without writing it down.
 *
 * Thread: the store's worker. Transaction: none is needed.
 *
 * Returns: (transfer full) (nullable) (element-type GezFingerprintHit): one for each file of others;
 *   %NULL with an error of the store
 */
GPtrArray *
gez_fingerprint_find (GezDatabase *database,
                      const char  *first_name,
                      const char  *last_name,
                      const char  *born_on,
                      const char  *phones,
                      GError     **error)
{
  const char *names[] = { first_name, last_name, born_on };

  g_return_val_if_fail (database != NULL, NULL);

  return find_all (database, names, phones, NULL, error);
}

/* Looking up, and writing it down ------------------------------------------------------------- */

static char *
join_tokens (GPtrArray *hits)
{
  GString *tokens = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    g_string_append_printf (tokens, "%s%s", i > 0 ? " " : "",
                            ((GezFingerprintHit *) hits->pdata[i])->file_token);
  return g_string_free (tokens, FALSE);
}

static gboolean
write_down (GezDatabase *database,
            LookUp      *self,
            GPtrArray   *tables,
            GError     **error)
{
  GezClock *clock = gez_database_get_clock (database);
  gint64 now = gez_clock_get_now (clock);
  g_autofree char *tokens = join_tokens (self->hits);
  const gint64 a_day = G_GINT64_CONSTANT (24) * 60 * 60 * 1000;

  if (!gez_id_is_none (&self->household)
      && (self->hits->len == 0
          || gez_database_integer (
                 database, 0, "SELECT EXISTS (SELECT 1 FROM lookup_log WHERE hits = ? AND looked_at > ?)",
                 GEZ_TEXT, tokens, GEZ_INTEGER, now - a_day, GEZ_END)
                 != 0))
    return TRUE;
  g_ptr_array_add (tables, g_strdup ("lookup_log"));
  return gez_database_execute (database, error, "INSERT INTO lookup_log (looked_at, hits) VALUES (?, ?)",
                               GEZ_INTEGER, now, GEZ_TEXT, tokens, GEZ_END);
}

static gboolean
look_up_act (GezDatabase *database,
             gpointer     data,
             GPtrArray   *tables,
             GError     **error)
{
  LookUp *self = data;
  const char *names[] = { self->first_name, self->last_name, self->born_on };
  gboolean is_typed = gez_id_is_none (&self->household);

  if (gez_database_integer (database, 0, "SELECT EXISTS (SELECT 1 FROM team)", GEZ_END) == 0)
    {
      self->hits = new_hits ();
      return TRUE;
    }
  self->hits = find_all (database, names, self->phones, is_typed ? NULL : &self->household, error);
  return self->hits != NULL && write_down (database, self, tables, error);
}

static void
looked_up_cb (GObject      *store,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GTask) task = data;
  LookUp *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (gez_store_act_finish (GEZ_STORE (store), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&self->hits), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
start (GezStore           *store,
       LookUp             *self,
       GCancellable       *cancellable,
       GAsyncReadyCallback callback,
       gpointer            user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, self, (GDestroyNotify) look_up_unref);
  g_atomic_ref_count_inc (&self->n_references);
  gez_store_act_async (store, ACT, look_up_act, self, (GDestroyNotify)look_up_unref, cancellable,
                       looked_up_cb, task);
}

/**
 * gez_fingerprint_look_up_async:
 * @first_name: (nullable): this and what follows as somebody typed it
 * @born_on: (nullable): `YYYY-MM-DD`
 * @phones: (nullable): one or more numbers
 *
 * Looks up whether a colleague works with a person, and writes down that somebody looked.
 *
 * Thread: the main one, here and below.
 */
void
gez_fingerprint_look_up_async (GezStore           *store,
                               const char         *first_name,
                               const char         *last_name,
                               const char         *born_on,
                               const char         *phones,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  LookUp *self;

  g_return_if_fail (GEZ_IS_STORE (store));

  self = look_up_new ();
  self->first_name = g_strdup (first_name);
  self->last_name = g_strdup (last_name);
  self->born_on = g_strdup (born_on);
  self->phones = g_strdup (phones);
  start (store, self, cancellable, callback, user_data);
}

/**
 * gez_fingerprint_look_up_household_async:
 * @household: a file that can be read here
 *
 * Looks up whether a colleague works with somebody in a file. When it finds the same as within the last
 * day, it is not written down again.
 */
void
gez_fingerprint_look_up_household_async (GezStore           *store,
                                         const GezId        *household,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data)
{
  LookUp *self;

  g_return_if_fail (GEZ_IS_STORE (store) && household != NULL && !gez_id_is_none (household));

  self = look_up_new ();
  self->household = *household;
  start (store, self, cancellable, callback, user_data);
}

/**
 * gez_fingerprint_look_up_finish:
 *
 * Returns: (transfer full) (nullable) (element-type GezFingerprintHit): one for each file of others,
 *   empty in a team of one; or %NULL with an error of the store
 */
GPtrArray *
gez_fingerprint_look_up_finish (GezStore     *store,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
