/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-work.h"

#include "store-fixture.h"
#include "store/gez-record.h"
#include "vault/gez-vault-keys.h"

/* Acts on the team in real, encrypted stores: what opens them, what is told, what a failure leaves. */

#define NOW G_GINT64_CONSTANT (1795000000000) /* 2026-11-18 */

static void
run (StoreFixture *fixture,
     GezTeamAct   *act)
{
  g_autoptr (GezTeamAct) owned = act;
  g_autoptr (GError) error = NULL;

  gez_team_act_run (owned, fixture->store, &error);
  g_assert_no_error (error);
}

static gboolean
refuses (StoreFixture *fixture,
         GezTeamAct   *act,
         GQuark        domain,
         int           code)
{
  g_autoptr (GezTeamAct) owned = act;
  g_autoptr (GError) error = NULL;

  return !gez_team_act_run (owned, fixture->store, &error) && g_error_matches (error, domain, code);
}

static GezTeamView *
look (StoreFixture *fixture)
{
  g_autoptr (GezQuery) query = gez_team_view_query ();
  g_autoptr (GError) error = NULL;
  GezTeamView *view = gez_store_run (fixture->store, query, &error);

  g_assert_no_error (error);
  return view;
}

static GPtrArray *
read_files (StoreFixture *fixture,
            const char   *sql)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) rows = store_fixture_select (fixture, sql);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *hex = gez_record_get_text (rows->pdata[i], "hex");
      gsize size = strlen (hex) / 2;
      guint8 *bytes = g_malloc (size);

      for (gsize j = 0; j < size; j++)
        bytes[j] = (guint8) (g_ascii_xdigit_value (hex[2 * j]) << 4 | g_ascii_xdigit_value (hex[2 * j + 1]));
      g_ptr_array_add (files, g_bytes_new_take (bytes, size));
    }
  return files;
}

/* What gez_sync_find_invitation() does with the folder. */
static GezInvitation *
find_invitation (StoreFixture    *leader,
                 const GezSecret *code)
{
  g_autoptr (GPtrArray) files
      = read_files (leader, "SELECT hex (bytes) AS hex FROM own_file WHERE path LIKE '%.inv'");
  g_autoptr (GError) error = NULL;
  GezInvitation *invitation;

  g_assert_cmpuint (files->len, ==, 1);
  invitation = gez_invitation_open (files->pdata[0], code, &error);
  g_assert_no_error (error);
  return invitation;
}

/* A colleague joins; her store opens with the team's sheet from then on, and not before. */
static void
test_whole_way (void)
{
  g_autoptr (StoreFixture) leader = store_fixture_new (NOW);
  g_autoptr (StoreFixture) colleague = NULL;
  g_autoptr (GezSecret) sheet = gez_recovery_code_new (NULL);
  g_autoptr (GezVault) vault = gez_store_ref_vault (leader->store);
  g_autoptr (GezVault) hers = NULL;
  g_autoptr (GezTeamAct) invite = gez_team_act_invite ("Mina Proefpersoon", "casemanager", NULL);
  g_autoptr (GezInvitation) invitation = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GezTeamView) view = NULL, her_view = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_vault_set_recovery (vault, sheet, &error));
  run (leader, gez_team_act_found ("file:///map"));
  gez_team_act_run (invite, leader->store, &error);
  g_assert_no_error (error);
  g_assert_nonnull (gez_team_act_get_code (invite));
  invitation = find_invitation (leader, gez_team_act_get_code (invite));
  g_assert_true (gez_id_equal (&invitation->id, gez_team_act_get_invitation (invite)));
  g_assert_cmpstr (invitation->name, ==, "Mina Proefpersoon");
  records = read_files (leader, "SELECT hex (bytes) AS hex FROM roster_record");

  colleague = store_fixture_new_as (NOW + 1, 7, &invitation->member);
  hers = gez_store_ref_vault (colleague->store);
  g_assert_false (gez_vault_has_recovery (hers));
  run (colleague, gez_team_act_join (invitation, gez_team_act_get_code (invite), records, "file:///map"));
  g_assert_true (gez_vault_check_recovery (hers, sheet, &error));
  g_assert_no_error (error);
  her_view = look (colleague);
  g_assert_true (her_view->has_team);
  g_assert_false (her_view->is_leader);
  g_assert_cmpuint (her_view->persons->len, ==, 2);
  g_assert_cmpstr (her_view->folder_uri, ==, "file:///map");
  /* Her row says what she was invited as. */
  g_assert_cmpint (store_fixture_count (colleague, "SELECT count(*) AS count FROM member "
                                                   "WHERE name = 'Mina Proefpersoon'"), ==, 1);

  view = look (leader);
  g_assert_true (view->is_leader);
  g_assert_cmpuint (view->invited->len, ==, 1);
  g_assert_true (refuses (colleague, gez_team_act_invite ("Nog Iemand", "casemanager", NULL), GEZ_TEAM_ERROR,
                          GEZ_TEAM_ERROR_NOT_ALLOWED));
  g_assert_true (
      refuses (colleague, gez_team_act_found ("file:///elders"), GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_EXISTS));
}

static void
test_refused (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GezTeamView) view = NULL;
  GezId nobody = { { 9 } };
  GezCircle open = gez_circle_open (&nobody);

  g_assert_true (refuses (fixture, gez_team_act_invite_device (), GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NO_TEAM));
  run (fixture, gez_team_act_found (NULL));
  g_assert_true (refuses (fixture, gez_team_act_invite ("", "casemanager", NULL), GEZ_STORE_ERROR,
                          GEZ_STORE_ERROR_INVALID));
  g_assert_true (refuses (fixture, gez_team_act_invite ("Iemand", "baas", NULL), GEZ_STORE_ERROR,
                          GEZ_STORE_ERROR_INVALID));
  g_assert_true (refuses (fixture, gez_team_act_grant (&open, &nobody, NULL), GEZ_TEAM_ERROR,
                          GEZ_TEAM_ERROR_NOT_A_MEMBER));
  g_assert_true (
      refuses (fixture, gez_team_act_remove_member (&nobody), GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NOT_A_MEMBER));
  g_assert_true (
      refuses (fixture, gez_team_act_remove_device (&nobody), GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NOT_A_MEMBER));
  g_assert_true (
      refuses (fixture, gez_team_act_set_leaders_read ("alles"), GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID));
  g_assert_true (
      refuses (fixture, gez_team_act_set_recovery (), GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY));
  g_assert_true (refuses (fixture, gez_team_act_cancel (&nobody), GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_EXPIRED));
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) AS count FROM roster_record"), ==, 1);
  run (fixture, gez_team_act_set_folder ("file:///verhuisd"));
  view = look (fixture);
  g_assert_cmpstr (view->folder_uri, ==, "file:///verhuisd");
}

typedef struct
{
  GMainLoop *loop;
  gboolean told;
  gboolean done;
} Heard;

static void
changed_cb (GezStore *store,
            char    **tables,
            Heard    *heard)
{
  heard->told |= g_strv_contains ((const char *const *) tables, "team");
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Heard *heard = data;
  g_autoptr (GError) error = NULL;

  heard->done = gez_team_act_finish (GEZ_TEAM_ACT (source), result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (heard->loop);
}

/* The window hears that the team changed before the act is said to be done. */
static void
test_told (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GezTeamAct) act = gez_team_act_found ("file:///map");
  Heard heard = { g_main_loop_new (NULL, FALSE), FALSE, FALSE };

  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), &heard);
  gez_team_act_async (act, fixture->store, NULL, done_cb, &heard);
  g_main_loop_run (heard.loop);
  g_assert_true (heard.done);
  g_assert_true (heard.told);
  g_main_loop_unref (heard.loop);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/team-work/whole-way", test_whole_way);
  g_test_add_func ("/team-work/refused", test_refused);
  g_test_add_func ("/team-work/told", test_told);
  return g_test_run ();
}
