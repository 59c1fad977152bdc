/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-fingerprint.h"

#include <string.h>

#include "circle/gez-team-work.h"
#include "store-fixture.h"
#include "store/gez-record.h"

/* Looking up in a real store: what the window does, and what is written down of it. */

#define NOW G_GINT64_CONSTANT (1795000000000) /* 2026-11-18 */

typedef struct
{
  StoreFixture *fixture;
  GezId family; /* one's own */
  GPtrArray *hits;
  GMainLoop *loop;
} Desk;

static void
commit (Desk      *self,
        GezChange *change)
{
  g_autoptr (GezChange) owned = change;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (gez_store_commit (self->fixture->store, owned, &error), >, 0);
  g_assert_no_error (error);
}

static void
add_own_family (Desk *self)
{
  GezChange *change = gez_change_new ("add-household");
  GezId person = gez_id_new (self->fixture->clock);

  self->family = gez_id_new (self->fixture->clock);
  gez_change_insert (change, "household", &self->family, gez_circle_open (&self->family));
  gez_change_set_text (change, "name", "Gezin Verzonnen");
  gez_change_insert (change, "person", &person, gez_circle_open (&self->family));
  gez_change_set_id (change, "household_id", &self->family);
  gez_change_set_text (change, "first_name", "Fatma");
  gez_change_set_text (change, "last_name", "Verzonnen");
  gez_change_set_text (change, "born_on", "2015-03-02");
  commit (self, change);
}

static GezSecret *
read_key (Desk *self)
{
  g_autoptr (GPtrArray) rows =
      store_fixture_select (self->fixture, "SELECT hex (fingerprint_key) AS hex FROM team");
  const char *hex = gez_record_get_text (rows->pdata[0], "hex");
  GezSecret *key = gez_secret_new (NULL);

  for (gsize i = 0; i < GEZ_KEY_SIZE; i++)
    key->bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return key;
}

/* As it comes from a colleague who works with the same child. */
static void
add_colleagues_print (Desk *self)
{
  g_autoptr (GezSecret) key = read_key (self);
  g_autoptr (GPtrArray) hashes =
      gez_fingerprint_of_person (key, "Fatma", "Verzonnen", "2015-03-02", "0470 11 22 33");
  const GezId file = { { 0xf1 } }, member = { { 0x31 } };
  GezId row = gez_id_new (self->fixture->clock);
  g_autofree char *token = gez_fingerprint_file_token (key, &file), *joined = NULL;
  GezChange *change = gez_change_new ("bring");

  g_ptr_array_add (hashes, NULL);
  joined = g_strjoinv (" ", (char **) hashes->pdata);
  gez_change_insert (change, "member", &member, gez_circle_team ());
  gez_change_set_text (change, "name", "Bram Bedacht");
  gez_change_set_text (change, "role", "casemanager");
  gez_change_insert (change, "fingerprint", &row, gez_circle_team ());
  gez_change_set_text (change, "hashes", joined);
  gez_change_set_text (change, "file_token", token);
  gez_change_set_id (change, "contact_member_id", &member);
  commit (self, change);
}

static void
set_up (Desk         *self,
        gconstpointer data)
{
  self->fixture = store_fixture_new (NOW);
  self->loop = g_main_loop_new (NULL, FALSE);
  add_own_family (self);
}

static void
found (Desk *self)
{
  g_autoptr (GezTeamAct) act = gez_team_act_found ("file:///map");
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_team_act_run (act, self->fixture->store, &error));
  g_assert_no_error (error);
}

static void
tear_down (Desk         *self,
           gconstpointer data)
{
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_main_loop_unref (self->loop);
  store_fixture_free (self->fixture);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
}

static void
looked_up_cb (GObject      *store,
              GAsyncResult *result,
              gpointer      data)
{
  Desk *self = data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->hits, g_ptr_array_unref);
  self->hits = gez_fingerprint_look_up_finish (GEZ_STORE (store), result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (self->loop);
}

static guint
look_up (Desk       *self,
         const char *last_name,
         const char *phones)
{
  gez_fingerprint_look_up_async (self->fixture->store, "Fatma", last_name, "2015-03-02", phones, NULL,
                                 looked_up_cb, self);
  g_main_loop_run (self->loop);
  return self->hits->len;
}

static guint
look_up_family (Desk *self)
{
  gez_fingerprint_look_up_household_async (self->fixture->store, &self->family, NULL, looked_up_cb, self);
  g_main_loop_run (self->loop);
  return self->hits->len;
}

static gint64
count_written_down (Desk *self)
{
  return store_fixture_count (self->fixture, "SELECT count(*) AS count FROM lookup_log");
}

static void
test_typed (Desk         *self,
            gconstpointer data)
{
  const GezFingerprintHit *hit;
  g_autoptr (GPtrArray) rows = NULL;

  found (self);
  add_colleagues_print (self);
  g_assert_cmpuint (look_up (self, "Verzonnen", NULL), ==, 1);
  hit = self->hits->pdata[0];
  g_assert_cmpstr (hit->member_name, ==, "Bram Bedacht");
  g_assert_true (hit->by_name);
  g_assert_false (hit->by_phone);
  g_assert_cmpuint (look_up (self, "Niemand", NULL), ==, 0);
  rows = store_fixture_select (self->fixture, "SELECT looked_at, hits FROM lookup_log ORDER BY row");
  g_assert_cmpuint (rows->len, ==, 2); /* also what found nothing */
  g_assert_cmpint (gez_record_get_integer (rows->pdata[0], "looked_at"), ==, NOW);
  g_assert_cmpuint (strlen (gez_record_get_text (rows->pdata[0], "hits")), ==, GEZ_FILE_TOKEN_SIZE);
  g_assert_cmpstr (gez_record_get_text (rows->pdata[1], "hits"), ==, "");
}

/* A file asks each time it is opened; that it asks is no news. */
static void
test_family (Desk         *self,
             gconstpointer data)
{
  found (self);
  g_assert_cmpuint (look_up_family (self), ==, 0);
  g_assert_cmpint (count_written_down (self), ==, 0);
  add_colleagues_print (self);
  g_assert_cmpuint (look_up_family (self), ==, 1);
  g_assert_cmpuint (look_up_family (self), ==, 1);
  g_assert_cmpint (count_written_down (self), ==, 1);
}

static void
test_team_of_one (Desk         *self,
                  gconstpointer data)
{
  g_assert_cmpuint (look_up (self, "Verzonnen", NULL), ==, 0);
  g_assert_cmpuint (look_up_family (self), ==, 0);
  g_assert_cmpint (count_written_down (self), ==, 0);
}

/* Looking is nothing that could be undone. */
static void
test_no_change (Desk         *self,
                gconstpointer data)
{
  gint64 n_before;

  found (self);
  add_colleagues_print (self);
  n_before = store_fixture_count (self->fixture, "SELECT count(*) AS count FROM change_log");
  look_up (self, "Verzonnen", NULL);
  g_assert_cmpint (store_fixture_count (self->fixture, "SELECT count(*) AS count FROM change_log"), ==,
                   n_before);
}

#define ADD(name, function) g_test_add ("/fingerprint/look-up/" name, Desk, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("typed", test_typed);
  ADD ("family", test_family);
  ADD ("team-of-one", test_team_of_one);
  ADD ("no-change", test_no_change);
  return g_test_run ();
}
