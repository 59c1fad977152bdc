/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-view.h"

#include <string.h>

#include "circle/gez-invitation.h"
#include "circle/gez-team-readers.h"
#include "store/gez-database-private.h"

/* Who is in the team and who reads a file, from the local tables: no roster is opened for a look. */

static void
device_free (gpointer data)
{
  g_free (data);
}

static void
person_free (gpointer data)
{
  GezTeamPerson *person = data;

  g_free (person->name);
  g_free (person->role);
  g_free (person->check);
  g_ptr_array_unref (person->devices);
  g_free (person);
}

static void
invited_free (gpointer data)
{
  GezTeamInvited *invited = data;

  g_free (invited->check);
  g_free (invited->name);
  g_free (invited->role);
  g_free (invited);
}

static void
reader_free (gpointer data)
{
  GezFileReader *reader = data;

  g_free (reader->name);
  g_free (reader->role);
  g_free (reader->until);
  g_free (reader->by_name);
  g_free (reader);
}

void
gez_team_view_free (GezTeamView *view)
{
  g_free (view->team_name);
  g_free (view->folder_uri);
  g_free (view->leaders_read);
  g_ptr_array_unref (view->persons);
  g_ptr_array_unref (view->invited);
  g_free (view);
}

void
gez_readers_view_free (GezReadersView *view)
{
  g_ptr_array_unref (view->readers);
  g_ptr_array_unref (view->others);
  g_free (view);
}

/* The digits of an invitation with this public key; NULL when the column is NULL. */
static char *
dup_check (GezStatement  *statement,
           int            column,
           const GezHash *root)
{
  g_autoptr (GBytes) public_key = gez_statement_get_blob (statement, column);

  if (g_bytes_get_size (public_key) != GEZ_KEY_SIZE)
    return NULL;
  return gez_invitation_check (root, g_bytes_get_data (public_key, NULL));
}

static gboolean
read_team (GezDatabase *database,
           GezTeamView *view,
           GezHash     *root,
           GError     **error)
{
  GError *failure = NULL;
  g_autoptr (GezStatement) row = gez_database_query (
      database, error,
      "SELECT root, coalesce (nullif (team.name, ''), team_name), folder_uri, leaders_read, EXISTS (SELECT 1 "
      "FROM team_member m WHERE m.id = device.member_id AND m.is_active AND m.role = 'teamleider') "
      "FROM team, device",
      GEZ_END);
  g_autoptr (GBytes) bytes = NULL;

  if (row == NULL)
    return FALSE;
  view->has_team = gez_statement_next (row, &failure);
  if (!view->has_team)
    {
      if (failure)
        g_propagate_error (error, failure);
      return failure == NULL;
    }
  bytes = gez_statement_get_blob (row, 0);
  if (g_bytes_get_size (bytes) == sizeof root->bytes)
    memcpy (root->bytes, g_bytes_get_data (bytes, NULL), sizeof root->bytes);
  view->team_name = g_strdup (gez_statement_get_text (row, 1));
  view->folder_uri = g_strdup (gez_statement_get_text (row, 2));
  view->leaders_read = g_strdup (gez_statement_get_text (row, 3));
  view->is_leader = gez_statement_get_integer (row, 4) != 0;
  return TRUE;
}

static gboolean
read_persons (GezDatabase   *database,
              GezTeamView   *view,
              const GezHash *root,
              GError       **error)
{
  GError *failure = NULL;
  g_autoptr (GezStatement) row = gez_database_query (
      database, error,
      "SELECT m.id, m.name, m.role, m.is_active, m.id IS device.member_id, m.invitation_public "
      "FROM team_member m, device ORDER BY m.is_active DESC, m.name COLLATE dictionary, m.id",
      GEZ_END);

  if (row == NULL)
    return FALSE;
  while (gez_statement_next (row, &failure))
    {
      GezTeamPerson *person = g_new0 (GezTeamPerson, 1);

      person->id = gez_statement_get_id (row, 0);
      person->name = g_strdup (gez_statement_get_text (row, 1));
      person->role = g_strdup (gez_statement_get_text (row, 2));
      person->is_active = gez_statement_get_integer (row, 3) != 0;
      person->is_self = gez_statement_get_integer (row, 4) != 0;
      person->check = dup_check (row, 5, root);
      person->devices = g_ptr_array_new_with_free_func (device_free);
      g_ptr_array_add (view->persons, person);
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static GezTeamPerson *
find_person (GezTeamView *view,
             GezId        id)
{
  for (guint i = 0; i < view->persons->len; i++)
    {
      GezTeamPerson *person = g_ptr_array_index (view->persons, i);

      if (gez_id_equal (&person->id, &id))
        return person;
    }
  return NULL;
}

static gboolean
read_devices (GezDatabase *database,
              GezTeamView *view,
              GError     **error)
{
  GError *failure = NULL;
  g_autoptr (GezStatement) row = gez_database_query (
      database, error,
      "SELECT d.member_id, d.id, d.is_removed, d.id IS device.id FROM team_device d, device "
      "ORDER BY d.is_removed, d.id",
      GEZ_END);

  if (row == NULL)
    return FALSE;
  while (gez_statement_next (row, &failure))
    {
      GezTeamPerson *person = find_person (view, gez_statement_get_id (row, 0));
      GezTeamDevice *device = person ? g_new0 (GezTeamDevice, 1) : NULL;

      if (device == NULL)
        continue;
      device->id = gez_statement_get_id (row, 1);
      device->is_removed = gez_statement_get_integer (row, 2) != 0;
      device->is_this = gez_statement_get_integer (row, 3) != 0;
      g_ptr_array_add (person->devices, device);
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
read_invited (GezDatabase   *database,
              GezTeamView   *view,
              const GezHash *root,
              GError       **error)
{
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));
  GError *failure = NULL;
  g_autoptr (GezStatement) row = gez_database_query (
      database, error,
      "SELECT i.id, i.public_key, m.name, m.role, i.valid_until_at, i.is_for_device "
      "FROM team_invitation i JOIN team_member m ON m.id = i.member_id WHERE i.valid_until_at > ? "
      "ORDER BY i.valid_until_at, i.id",
      GEZ_INTEGER, now, GEZ_END);

  if (row == NULL)
    return FALSE;
  while (gez_statement_next (row, &failure))
    {
      GezTeamInvited *invited = g_new0 (GezTeamInvited, 1);

      invited->id = gez_statement_get_id (row, 0);
      invited->check = dup_check (row, 1, root);
      invited->name = g_strdup (gez_statement_get_text (row, 2));
      invited->role = g_strdup (gez_statement_get_text (row, 3));
      invited->valid_until = gez_statement_get_integer (row, 4);
      invited->is_for_device = gez_statement_get_integer (row, 5) != 0;
      g_ptr_array_add (view->invited, invited);
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gpointer
read_team_view (GezDatabase *database,
                gpointer     parameters,
                GError     **error)
{
  g_autoptr (GezTeamView) view = g_new0 (GezTeamView, 1);
  GezHash root = { { 0 } };

  view->persons = g_ptr_array_new_with_free_func (person_free);
  view->invited = g_ptr_array_new_with_free_func (invited_free);
  if (!read_team (database, view, &root, error))
    return NULL;
  if (view->has_team
      && (!read_persons (database, view, &root, error) || !read_devices (database, view, error)
          || !read_invited (database, view, &root, error)))
    return NULL;
  return g_steal_pointer (&view);
}

/**
 * gez_team_view_query:
 *
 * Returns: (transfer full): a query for a #GezTeamView
 */
GezQuery *
gez_team_view_query (void)
{
  return gez_query_new (read_team_view, NULL, NULL, (GDestroyNotify)gez_team_view_free);
}

/* Per member whether there is a present grant of the open circle (?1) and of casework (?2), the day on which
 * the last of them ends, and whether a device that is here lacks a key that this one has. */
#define READERS_SQL                                                                                          \
  "WITH present AS (SELECT * FROM circle_grant g WHERE g.of_circle IN (?1, ?2) AND " GEZ_GRANT_IS_PRESENT (  \
      "?3") ") "                                                                                             \
            "SELECT m.id, m.name, m.role, m.id IS device.member_id, "                                        \
            "EXISTS (SELECT 1 FROM present p WHERE p.member_id = m.id AND p.of_circle = ?1), "               \
            "EXISTS (SELECT 1 FROM present p WHERE p.member_id = m.id AND p.of_circle = ?2), "               \
            "(SELECT CASE WHEN count (*) = count (until_on) THEN max (until_on) END FROM present p WHERE "   \
            "p.member_id = m.id), "                                                                          \
            "EXISTS (SELECT 1 FROM team_lock l WHERE l.member_id = m.id AND l.household_id = ?4), "          \
            "(SELECT b.name FROM present p JOIN team_member b ON b.id = p.by_member_id WHERE p.member_id = " \
            "m.id "                                                                                          \
            "AND p.by_member_id <> m.id ORDER BY p.of_circle DESC, p.granted_at DESC LIMIT 1), "             \
            "EXISTS (SELECT 1 FROM present p JOIN circle_key k ON k.of_circle = p.of_circle "                \
            "JOIN team_device d ON d.member_id = p.member_id AND NOT d.is_removed "                          \
            "WHERE p.member_id = m.id AND NOT EXISTS (SELECT 1 FROM key_given n WHERE n.key_id = k.key_id "  \
            "AND n.device = d.id)) "                                                                         \
            "OR NOT EXISTS (SELECT 1 FROM team_device d WHERE d.member_id = m.id AND NOT d.is_removed) "     \
            "FROM team_member m, device WHERE m.is_active "                                                  \
            "ORDER BY m.id IS device.member_id DESC, m.name COLLATE dictionary, m.id"

static void
bind_circle (GezStatement *statement,
             int           place,
             GezCircle     circle)
{
  guint8 bytes[GEZ_CIRCLE_SIZE_MAX];
  gsize size = gez_circle_encode (circle, bytes);

  gez_statement_bind_bytes (statement, place, bytes, size);
}

static GezFileReader *
read_reader (GezStatement *row)
{
  GezFileReader *reader = g_new0 (GezFileReader, 1);

  reader->member = gez_statement_get_id (row, 0);
  reader->name = g_strdup (gez_statement_get_text (row, 1));
  reader->role = g_strdup (gez_statement_get_text (row, 2));
  reader->is_self = gez_statement_get_integer (row, 3) != 0;
  reader->reads_open = gez_statement_get_integer (row, 4) != 0;
  reader->reads_casework = gez_statement_get_integer (row, 5) != 0;
  reader->until = g_strdup (gez_statement_get_text (row, 6));
  reader->is_locked = gez_statement_get_integer (row, 7) != 0;
  reader->by_name = g_strdup (gez_statement_get_text (row, 8));
  reader->is_waiting = (reader->reads_open || reader->reads_casework) && !reader->is_self
                       && gez_statement_get_integer (row, 9) != 0;
  return reader;
}

static gboolean
read_readers (GezDatabase    *database,
              const GezId    *household,
              GezReadersView *view,
              GError        **error)
{
  g_autofree char *today = gez_clock_get_today (gez_database_get_clock (database));
  g_autoptr (GezStatement) row = gez_database_prepare (database, READERS_SQL, error);
  GError *failure = NULL;

  if (row == NULL)
    return FALSE;
  bind_circle (row, 1, gez_circle_open (household));
  bind_circle (row, 2, gez_circle_casework (household));
  gez_statement_bind_text (row, 3, today);
  gez_statement_bind_bytes (row, 4, household->bytes, GEZ_ID_SIZE);
  while (gez_statement_next (row, &failure))
    {
      GezFileReader *reader = read_reader (row);

      g_ptr_array_add (reader->reads_open || reader->reads_casework ? view->readers : view->others, reader);
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* A file in which nobody wrote since the team was founded has no key yet: it is this person's own. */
static gboolean
add_owner (GezDatabase    *database,
           const GezId    *household,
           GezReadersView *view,
           GError        **error)
{
  GError *failure = NULL;
  g_autoptr (GezStatement) row
      = gez_database_prepare (database, "SELECT 1 FROM circle_grant WHERE of_circle IN (?, ?)", error);

  if (row == NULL)
    return FALSE;
  bind_circle (row, 1, gez_circle_open (household));
  bind_circle (row, 2, gez_circle_casework (household));
  if (!gez_statement_next (row, &failure) && failure == NULL)
    for (guint i = 0; i < view->others->len; i++)
      {
        GezFileReader *reader = g_ptr_array_index (view->others, i);

        if (!reader->is_self || reader->is_locked)
          continue;
        reader->reads_open = reader->reads_casework = TRUE;
        g_ptr_array_add (view->readers, g_ptr_array_steal_index (view->others, i));
        break;
      }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
read_due (GezDatabase    *database,
          const GezId    *household,
          GezReadersView *view,
          GError        **error)
{
  GError *failure = NULL;
  g_autoptr (GezStatement) row
      = gez_database_prepare (database, "SELECT 1 FROM rotation_due WHERE of_circle IN (?, ?)", error);

  if (row == NULL)
    return FALSE;
  bind_circle (row, 1, gez_circle_open (household));
  bind_circle (row, 2, gez_circle_casework (household));
  view->is_due = gez_statement_next (row, &failure);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gpointer
read_readers_view (GezDatabase *database,
                   gpointer     household,
                   GError     **error)
{
  g_autoptr (GezReadersView) view = g_new0 (GezReadersView, 1);

  view->readers = g_ptr_array_new_with_free_func (reader_free);
  view->others = g_ptr_array_new_with_free_func (reader_free);
  view->has_team = gez_database_integer (database, 0, "SELECT count (*) FROM team", GEZ_END) > 0;
  if (view->has_team
      && (!read_readers (database, household, view, error) || !add_owner (database, household, view, error)
          || !read_due (database, household, view, error)))
    return NULL;
  return g_steal_pointer (&view);
}

/**
 * gez_readers_view_query:
 * @household: whose file
 *
 * Returns: (transfer full): a query for a #GezReadersView
 */
GezQuery *
gez_readers_view_query (const GezId *household)
{
  g_return_val_if_fail (household != NULL, NULL);

  return gez_query_new (read_readers_view, gez_id_copy (household), g_free,
                        (GDestroyNotify)gez_readers_view_free);
}
