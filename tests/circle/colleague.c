/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colleague.h"

#include "circle/gez-team-private.h"
#include "circle/gez-variant.h"

typedef struct
{
  char *kind;
  GezCircle circle;
  GezId key_id; /* of circle */
  GBytes *content;
} Told;

typedef struct
{
  GezId from;
  Told *told; /* of the one who told it */
} Unread;

static void
told_free (gpointer data)
{
  Told *told = data;

  g_free (told->kind);
  g_bytes_unref (told->content);
  g_free (told);
}

static Colleague *
colleague_new (const char  *name,
               const char  *role,
               const GezId *member,
               guint32      seed)
{
  Colleague *self = g_new0 (Colleague, 1);
  g_autoptr (GezChange) change = gez_change_new ("make-store");
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStatement) row = NULL;

  self->store = memory_database_new (COLLEAGUE_NOW + seed, seed);
  self->member = member ? *member : gez_id_new (self->store->clock);
  self->told = g_ptr_array_new_with_free_func (told_free);
  self->heard = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);
  self->unread = g_ptr_array_new_with_free_func (g_free);
  gez_change_insert (change, "member", &self->member, gez_circle_team ());
  gez_change_set_text (change, "name", name);
  gez_change_set_text (change, "role", role);
  memory_database_commit (self->store, change);
  colleague_begin (self);
  g_assert_true (gez_database_execute (self->store->database, &error,
                                       "UPDATE device SET member_id = ?, team_name = 'Team Verzonnen'",
                                       GEZ_ID, &self->member, GEZ_END));
  colleague_commit (self);
  row = gez_database_query (self->store->database, &error, "SELECT id FROM device", GEZ_END);
  g_assert_true (gez_statement_next (row, &error));
  self->device = gez_statement_get_id (row, 0);
  return self;
}

void
colleague_free (Colleague *self)
{
  g_clear_pointer (&self->team, gez_team_free);
  g_ptr_array_unref (self->unread);
  g_ptr_array_unref (self->told);
  g_clear_pointer (&self->told_before, g_ptr_array_unref);
  g_hash_table_unref (self->heard);
  memory_database_free (self->store);
  g_free (self);
}

void
colleague_begin (Colleague *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_database_begin (self->store->database, &error));
}

/* What comes next is read from the tables again. */
void
colleague_commit (Colleague *self)
{
  g_autoptr (GError) error = NULL;

  gez_database_commit (self->store->database, &error);
  g_assert_no_error (error);
  g_clear_pointer (&self->team, gez_team_free);
  self->team = gez_team_load (self->store->database, &error);
  g_assert_no_error (error);
}

void
colleague_rollback (Colleague *self)
{
  g_autoptr (GError) error = NULL;

  gez_database_rollback (self->store->database);
  g_clear_pointer (&self->team, gez_team_free);
  self->team = gez_team_load (self->store->database, &error);
  g_assert_no_error (error);
}

Colleague *
colleague_found (const char   *name,
                 guint32       seed,
                 const guint8 *recovery_public)
{
  Colleague *self = colleague_new (name, "casemanager", NULL, seed);
  g_autoptr (GError) error = NULL;

  colleague_begin (self);
  gez_team_found (self->store->database, "file:///map", recovery_public, &error);
  g_assert_no_error (error);
  colleague_commit (self);
  g_assert_nonnull (self->team);
  return self;
}

static GPtrArray *
files_of (Colleague  *self,
          const char *sql)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStatement) row = gez_database_query (self->store->database, &error, sql, GEZ_END);

  while (gez_statement_next (row, &error))
    g_ptr_array_add (files, gez_statement_get_blob (row, 0));
  g_assert_no_error (error);
  return files;
}

Colleague *
colleague_try_join (Colleague  *by,
                    const char *name,
                    const char *role,
                    GezSecret  *code,
                    guint32     seed,
                    GError    **error)
{
  g_autoptr (GPtrArray) invitations
      = files_of (by, "SELECT bytes FROM own_file WHERE path LIKE '%.inv' ORDER BY made_at");
  g_autoptr (GPtrArray) records = files_of (by, "SELECT bytes FROM roster_record");
  g_autoptr (GezInvitation) invitation = NULL;
  g_autoptr (Colleague) self = NULL;

  for (guint i = 0; i < invitations->len && invitation == NULL; i++)
    invitation = gez_invitation_open (g_ptr_array_index (invitations, i), code, NULL);
  g_assert_nonnull (invitation);
  self = colleague_new (name, role, &invitation->member, seed);
  colleague_begin (self);
  if (!gez_team_join (self->store->database, invitation, code, records, "file:///map", error))
    {
      colleague_rollback (self);
      return NULL;
    }
  colleague_commit (self);
  return g_steal_pointer (&self);
}

Colleague *
colleague_join_with (Colleague  *by,
                     const char *name,
                     const char *role,
                     GezSecret  *code,
                     guint32     seed)
{
  g_autoptr (GError) error = NULL;
  Colleague *self = colleague_try_join (by, name, role, code, seed, &error);

  g_assert_no_error (error);
  g_assert_nonnull (self->team);
  return self;
}

Colleague *
colleague_invite (Colleague   *by,
                  const char  *name,
                  const char  *role,
                  const GezId *member,
                  guint32      seed)
{
  g_autoptr (GezSecret) code = NULL;
  g_autoptr (GError) error = NULL;
  GezId invitation;

  colleague_begin (by);
  gez_team_invite (by->team, name, role, member, &code, &invitation, &error);
  g_assert_no_error (error);
  colleague_commit (by);
  return colleague_join_with (by, name, role, code, seed);
}

Colleague *
colleague_second_device (Colleague *of,
                         guint32    seed)
{
  g_autoptr (GezSecret) code = NULL;
  g_autoptr (GError) error = NULL;
  GezId invitation;

  colleague_begin (of);
  gez_team_invite_device (of->team, &code, &invitation, &error);
  g_assert_no_error (error);
  colleague_commit (of);
  return colleague_join_with (of, "Zelfde Persoon", "casemanager", code, seed);
}

/* What waits becomes a record in the folder, under the key that is good by now. */
static void
publish (Colleague *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_more = TRUE;

  colleague_begin (self);
  while (is_more)
    {
      g_autoptr (GezStatement) row
          = gez_database_query (self->store->database, &error,
                                "SELECT row, kind, of_circle, content FROM outgoing WHERE NOT is_stuck ORDER "
                                "BY kind = 'circle', row LIMIT 1",
                                GEZ_END);
      g_autoptr (GBytes) circle = NULL;
      gint64 place_of_row;
      Told *told;
      int place;

      is_more = gez_statement_next (row, &error);
      g_assert_no_error (error);
      if (!is_more)
        break;
      place_of_row = gez_statement_get_integer (row, 0);
      told = g_new0 (Told, 1);
      told->kind = g_strdup (gez_statement_get_text (row, 1));
      circle = gez_statement_get_blob (row, 2);
      told->content = gez_statement_get_blob (row, 3);
      g_clear_pointer (&row, gez_statement_free);
      if (g_str_equal (told->kind, "circle"))
        {
          g_assert_true (
              gez_circle_decode (g_bytes_get_data (circle, NULL), g_bytes_get_size (circle), &told->circle));
          place = gez_team_prepare_circle (self->team, &told->circle, &error);
          if (place < 0)
            {
              g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NO_KEY);
              g_clear_error (&error);
              told_free (told);
              g_assert_true (gez_database_execute (self->store->database, &error,
                                                   "UPDATE outgoing SET is_stuck = 1 WHERE row = ?",
                                                   GEZ_INTEGER, place_of_row, GEZ_END));
              continue;
            }
          told->key_id = gez_keyring_get (gez_team_get_keyring (self->team), (guint) place)->key_id;
        }
      g_ptr_array_add (self->told, told);
      g_assert_true (gez_database_execute (self->store->database, &error,
                                           "DELETE FROM outgoing WHERE row = ?", GEZ_INTEGER, place_of_row,
                                           GEZ_END));
    }
  colleague_commit (self);
}

static void
hear_roster (Colleague *to,
             Colleague *from)
{
  g_autoptr (GPtrArray) records = files_of (from, "SELECT bytes FROM roster_record ORDER BY sequence DESC");
  g_autoptr (GError) error = NULL;
  gboolean is_news = TRUE;

  while (is_news)
    {
      is_news = FALSE;
      for (guint i = 0; i < records->len; i++)
        {
          gboolean is_new;

          gez_team_add_roster_file (to->team, g_ptr_array_index (records, i), &is_new, &error);
          g_assert_no_error (error);
          is_news |= is_new;
        }
    }
}

/* Returns whether it could be read. */
static gboolean
hear_record (Colleague   *to,
             const GezId *from,
             Told        *told)
{
  g_autoptr (GVariant) record = NULL, value = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;
  gboolean is_known;

  if (g_str_equal (told->kind, "wrap"))
    {
      gsize size;
      gconstpointer data = g_bytes_get_data (told->content, &size);

      gez_team_add_wrap (to->team, from, (GezBytesView){ data, size }, NULL, &error);
      g_assert_no_error (error);
      return TRUE;
    }
  if (g_str_equal (told->kind, "circle") && !colleague_has_key (to, &told->key_id))
    return FALSE;
  record = gez_variant_read (told->content, "(sv)", &error);
  g_assert_no_error (error);
  g_variant_get (record, "(&sv)", &name, &value);
  gez_team_add_record (to->team, from, &told->circle, name, value, &is_known, &error);
  g_assert_no_error (error);
  g_assert_true (is_known);
  return TRUE;
}

static void
note_segment (Colleague   *to,
              const GezId *from,
              guint        sequence)
{
  g_autofree guint8 *zeros = g_malloc0 (sizeof (GezHash));
  g_autoptr (GBytes) hash = NULL;
  g_autoptr (GError) error = NULL;

  zeros[0] = (guint8) sequence;
  hash = g_bytes_new (zeros, sizeof (GezHash));
  g_assert_true (gez_database_execute (to->store->database, &error,
                                       "INSERT INTO sync_device (device, sequence, hash) VALUES (?1, ?2, ?3) "
                                       "ON CONFLICT (device) DO UPDATE SET sequence = ?2, hash = ?3",
                                       GEZ_ID, from, GEZ_INTEGER, (gint64)sequence, GEZ_BLOB, hash, GEZ_END));
}

static void
retry_unread (Colleague *to)
{
  for (guint i = to->unread->len; i > 0; i--)
    {
      Unread *unread = g_ptr_array_index (to->unread, i - 1);

      if (hear_record (to, &unread->from, unread->told))
        g_ptr_array_remove_index (to->unread, i - 1);
    }
}

static void
hear_segments (Colleague *to,
               Colleague *from)
{
  GezId author = from->device;
  const GezRosterDevice *device = gez_roster_find_device (gez_team_get_roster (to->team), &author);
  guint n_heard = GPOINTER_TO_UINT (g_hash_table_lookup (to->heard, &author));
  guint n_good = from->told->len;

  if (device == NULL)
    return;
  if (device->is_removed)
    n_good = MIN (n_good, (guint) device->pin_sequence);
  for (guint i = n_heard; i < n_good; i++)
    {
      Told *told = g_ptr_array_index (from->told, i);
      Unread *unread;

      note_segment (to, &author, i + 1);
      if (hear_record (to, &author, told))
        continue;
      unread = g_new0 (Unread, 1);
      *unread = (Unread){ author, told };
      g_ptr_array_add (to->unread, unread);
    }
  g_hash_table_replace (to->heard, gez_id_copy (&author), GUINT_TO_POINTER (MAX (n_heard, n_good)));
  retry_unread (to);
}

void
colleague_hear (Colleague *to,
                Colleague *from)
{
  g_autoptr (GError) error = NULL;

  publish (from);
  colleague_begin (to);
  hear_roster (to, from);
  hear_segments (to, from);
  gez_team_audit (to->team, &error);
  g_assert_no_error (error);
  colleague_commit (to);
}

void
colleagues_meet (Colleague *first,
                 ...)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  va_list others;

  va_start (others, first);
  for (Colleague *one = first; one; one = va_arg (others, Colleague *))
    g_ptr_array_add (all, one);
  va_end (others);
  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < all->len; i++)
      for (guint j = 0; j < all->len; j++)
        if (i != j)
          colleague_hear (g_ptr_array_index (all, i), g_ptr_array_index (all, j));
}

gboolean
colleague_write (Colleague  *self,
                 GezCircle   circle,
                 GezKeyInfo *info)
{
  g_autoptr (GError) error = NULL;
  int place;

  colleague_begin (self);
  place = gez_team_prepare_circle (self->team, &circle, &error);
  if (place < 0)
    {
      g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NO_KEY);
      colleague_rollback (self);
      return FALSE;
    }
  if (info)
    *info = *gez_keyring_get (gez_team_get_keyring (self->team), (guint) place);
  colleague_commit (self);
  return TRUE;
}

gboolean
colleague_has_key (Colleague   *self,
                   const GezId *key_id)
{
  GezKeyring *keyring = gez_team_get_keyring (self->team);

  for (guint i = 0; i < gez_keyring_get_size (keyring); i++)
    if (gez_id_equal (&gez_keyring_get (keyring, i)->key_id, key_id))
      return TRUE;
  return FALSE;
}

gboolean
colleague_knows_reader (Colleague *self,
                        Colleague *who,
                        GezCircle  circle)
{
  g_autoptr (GError) error = NULL;
  gboolean reads;

  g_assert_true (gez_team_reads (self->team, &circle, &who->member, &reads, &error));
  g_assert_no_error (error);
  return reads;
}

void
colleague_grant (Colleague  *self,
                 GezCircle   circle,
                 Colleague  *who,
                 const char *until)
{
  g_autoptr (GError) error = NULL;

  colleague_begin (self);
  gez_team_grant (self->team, &circle, &who->member, until, &error);
  g_assert_no_error (error);
  colleague_commit (self);
}

void
colleague_revoke (Colleague *self,
                  GezCircle  circle,
                  Colleague *who)
{
  g_autoptr (GError) error = NULL;

  colleague_begin (self);
  gez_team_revoke (self->team, &circle, &who->member, "klaar", &error);
  g_assert_no_error (error);
  colleague_commit (self);
}

GPtrArray *
colleague_wraps (Colleague *self)
{
  GPtrArray *wraps = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  for (guint i = 0; i < self->told->len; i++)
    {
      Told *told = g_ptr_array_index (self->told, i);

      if (g_str_equal (told->kind, "wrap"))
        g_ptr_array_add (wraps, g_bytes_ref (told->content));
    }
  return wraps;
}

void
colleague_is_now (Colleague   *self,
                  const GezId *device)
{
  self->device = *device;
  g_assert_null (self->told_before);
  self->told_before = g_steal_pointer (&self->told);
  self->told = g_ptr_array_new_with_free_func (told_free);
}

gint64
colleague_count (Colleague  *self,
                 const char *sql)
{
  return memory_database_count (self->store, sql);
}
