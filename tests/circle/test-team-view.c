/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-view.h"

#include "memory-database.h"

/* Who is in the team and who reads a file, asked of rows that the test wrote: what the window shows. */

#define NOW G_GINT64_CONSTANT (1795000000000) /* 2026-11-18 */

static const GezId els = { { 1 } }, mina = { { 2 } }, joris = { { 3 } }, gone = { { 4 } };
static const GezId laptop = { { 0x11 } }, tablet = { { 0x12 } }, other = { { 0x21 } };
static const GezId family = { { 0x41 } };

static GBytes *
circle_bytes (GezCircle circle)
{
  guint8 bytes[GEZ_CIRCLE_SIZE_MAX];
  gsize size = gez_circle_encode (circle, bytes);

  return g_bytes_new (bytes, size);
}

static void
add_member (MemoryDatabase *store,
            const GezId    *id,
            const char     *name,
            const char     *role,
            gint64          is_active)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_database_execute (store->database, &error,
    "INSERT INTO team_member (id, name, role, is_active) VALUES (?, ?, ?, ?)", GEZ_ID, id, GEZ_TEXT, name,
    GEZ_TEXT, role, GEZ_INTEGER, is_active, GEZ_END));
}

static void
add_device (MemoryDatabase *store,
            const GezId    *id,
            const GezId    *member,
            gint64          is_removed)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_database_execute (store->database, &error,
    "INSERT INTO team_device (id, member_id, is_removed, box_number, box_public) "
                                       "VALUES (?, ?, ?, 1, zeroblob (32))", GEZ_ID, id, GEZ_ID, member,
    GEZ_INTEGER, is_removed, GEZ_END));
}

static void
add_grant (MemoryDatabase *store,
           guint8          number,
           GezCircle       circle,
           const GezId    *member,
           const char     *until,
           gint64          revoked_at)
{
  GezId id = { { 0x81, number } };
  g_autoptr (GBytes) bytes = circle_bytes (circle);
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_database_execute (store->database, &error,
                                       "INSERT INTO circle_grant (id, of_circle, member_id, until_on, "
                                       "by_member_id, granted_at, revoked_at) "
                                       "VALUES (?, ?, ?, ?, ?, 1, nullif (?, 0))",
                                       GEZ_ID, &id, GEZ_BLOB, bytes, GEZ_ID, member, GEZ_TEXT, until, GEZ_ID,
                                       &els, GEZ_INTEGER, revoked_at, GEZ_END));
}

static MemoryDatabase *
make_team (void)
{
  MemoryDatabase *store = memory_database_new (NOW, 1);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("0123456789abcdef", 16);
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_database_begin (store->database, &error));
  g_assert_true (gez_database_execute (store->database, &error, "UPDATE device SET id = ?, member_id = ?",
                                       GEZ_ID, &laptop, GEZ_ID, &els, GEZ_END));
  g_assert_true (gez_database_execute (store->database, &error,
                                       "INSERT INTO team (row, id, root, fingerprint_key, user_public, "
                                       "user_secret, device_public, device_secret, "
                                       "folder_uri, joined_at, name, leaders_read) VALUES (1, ?1, ?1, ?1, "
                                       "?1, ?1, ?1, ?1, 'file:///map', 1, 'Brug', 'open')",
                                       GEZ_BLOB, nothing, GEZ_END));
  add_member (store, &els, "Els Proefpersoon", "teamleider", 1);
  add_member (store, &mina, "Mina Proefpersoon", "casemanager", 1);
  add_member (store, &joris, "Joris Proefpersoon", "brugfiguur", 1);
  add_member (store, &gone, "Anna Vertrokken", "casemanager", 0);
  add_device (store, &laptop, &els, 0);
  add_device (store, &tablet, &els, 1);
  add_device (store, &other, &mina, 0);
  return store;
}

static gpointer
ask (MemoryDatabase *store,
     GezQuery       *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezQuery) owned = query;
  gpointer result = gez_query_run (owned, store->database, &error);

  g_assert_no_error (error);
  return result;
}

static void
test_nobody (void)
{
  g_autoptr (MemoryDatabase) store = memory_database_new (NOW, 1);
  g_autoptr (GezTeamView) view = ask (store, gez_team_view_query ());
  g_autoptr (GezReadersView) readers = ask (store, gez_readers_view_query (&family));

  g_assert_false (view->has_team);
  g_assert_cmpuint (view->persons->len, ==, 0);
  g_assert_false (readers->has_team);
  g_assert_cmpuint (readers->readers->len, ==, 0);
}

static void
test_team (void)
{
  g_autoptr (MemoryDatabase) store = make_team ();
  g_autoptr (GezTeamView) view = ask (store, gez_team_view_query ());
  GezTeamPerson *first, *last;

  g_assert_true (view->has_team);
  g_assert_true (view->is_leader);
  g_assert_cmpstr (view->team_name, ==, "Brug");
  g_assert_cmpstr (view->folder_uri, ==, "file:///map");
  g_assert_cmpstr (view->leaders_read, ==, "open");
  g_assert_cmpuint (view->persons->len, ==, 4);
  first = g_ptr_array_index (view->persons, 0);
  last = g_ptr_array_index (view->persons, 3);
  g_assert_cmpstr (first->name, ==, "Els Proefpersoon");
  g_assert_true (first->is_self);
  g_assert_cmpuint (first->devices->len, ==, 2);
  g_assert_true (((GezTeamDevice *) g_ptr_array_index (first->devices, 0))->is_this);
  g_assert_true (((GezTeamDevice *) g_ptr_array_index (first->devices, 1))->is_removed);
  g_assert_false (last->is_active);
  g_assert_cmpstr (last->name, ==, "Anna Vertrokken");
}

static GezFileReader *
find (GPtrArray   *readers,
      const GezId *member)
{
  for (guint i = 0; i < readers->len; i++)
    if (gez_id_equal (&((GezFileReader *) g_ptr_array_index (readers, i))->member, member))
      return g_ptr_array_index (readers, i);
  return NULL;
}

static void
test_readers (void)
{
  g_autoptr (MemoryDatabase) store = make_team ();
  g_autoptr (GezReadersView) view = NULL;
  g_autoptr (GError) error = NULL;

  add_grant (store, 1, gez_circle_open (&family), &els, NULL, 0);
  add_grant (store, 2, gez_circle_casework (&family), &els, NULL, 0);
  add_grant (store, 3, gez_circle_open (&family), &mina, "2026-12-24", 0);
  add_grant (store, 4, gez_circle_open (&family), &joris, "2026-11-01", 0);
  add_grant (store, 5, gez_circle_open (&family), &gone, NULL, 0);
  view = ask (store, gez_readers_view_query (&family));
  g_assert_cmpuint (view->readers->len, ==, 2);
  g_assert_cmpuint (view->others->len, ==, 1);
  g_assert_true (((GezFileReader *) g_ptr_array_index (view->readers, 0))->is_self);
  g_assert_true (find (view->readers, &els)->reads_casework);
  g_assert_null (find (view->readers, &els)->until);
  g_assert_true (find (view->readers, &mina)->reads_open);
  g_assert_false (find (view->readers, &mina)->reads_casework);
  g_assert_cmpstr (find (view->readers, &mina)->until, ==, "2026-12-24");
  g_assert_cmpstr (find (view->readers, &mina)->by_name, ==, "Els Proefpersoon");
  g_assert_nonnull (find (view->others, &joris));

  g_clear_pointer (&view, gez_readers_view_free);
  g_assert_true (gez_database_execute (store->database, &error,
                                       "INSERT INTO team_lock (member_id, household_id) VALUES (?, ?)",
                                       GEZ_ID, &mina, GEZ_ID, &family, GEZ_END));
  view = ask (store, gez_readers_view_query (&family));
  g_assert_cmpuint (view->readers->len, ==, 1);
  g_assert_true (find (view->others, &mina)->is_locked);
  g_assert_false (find (view->others, &mina)->reads_open);
}

/* Before anybody wrote in a file there is no key to give; whoever works with it must not look shut out. */
static void
test_own_file (void)
{
  g_autoptr (MemoryDatabase) store = make_team ();
  g_autoptr (GezReadersView) view = ask (store, gez_readers_view_query (&family));

  g_assert_cmpuint (view->readers->len, ==, 1);
  g_assert_true (find (view->readers, &els)->reads_open);
  add_grant (store, 1, gez_circle_open (&family), &els, NULL, 5);
  g_clear_pointer (&view, gez_readers_view_free);
  view = ask (store, gez_readers_view_query (&family));
  g_assert_cmpuint (view->readers->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/team-view/nobody", test_nobody);
  g_test_add_func ("/team-view/team", test_team);
  g_test_add_func ("/team-view/readers", test_readers);
  g_test_add_func ("/team-view/own-file", test_own_file);
  return g_test_run ();
}
