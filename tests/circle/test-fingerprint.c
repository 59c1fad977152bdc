/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-fingerprint.h"

#include <string.h>

#include "circle/gez-fingerprint-spelling.h"
#include "colleague.h"
#include "counts.h"

/* Invented people. */

static GezSecret *
make_key (guint8 first)
{
  GezSecret *key = gez_secret_new (NULL);

  key->bytes[0] = first;
  return key;
}

static gboolean
share_one (GPtrArray *one,
           GPtrArray *other)
{
  for (guint i = 0; i < one->len; i++)
    if (g_ptr_array_find_with_equal_func (other, one->pdata[i], g_str_equal, NULL))
      return TRUE;
  return FALSE;
}

/* Names -------------------------------------------------------------------------------------- */

typedef struct
{
  const char *first;
  const char *last;
} Name;

static gboolean
meet (Name one,
      Name other)
{
  g_autoptr (GPtrArray) a = gez_fingerprint_spellings (one.first, one.last);
  g_autoptr (GPtrArray) b = gez_fingerprint_spellings (other.first, other.last);

  g_assert_cmpuint (a->len, <=, 6);
  return share_one (a, b);
}

static void
test_meet (void)
{
  static const struct { Name one, other; } pairs[] = {
    { { "Fatma", "Yıldız-Peeters" }, { "Yildiz Peeters", "Fatma" } },
    { { "Fatma", "Yıldız" }, { "FATMA", "Yildiz-Peeters" } },
    { { "Youssef", "El Amrani" }, { "Yusuf", "Elamrani" } },
    { { "Youssef", "El Amrani" }, { "Joesoef", "el-amrani" } },
    { { "Mohammed", "Benali" }, { "Mohamed", "Ben Ali" } },
    { { "Mohammed", "Amrani" }, { "محمد", "Amrani" } },
    { { "Mohamed Amine", "Amrani" }, { "Mohamed", "Amrani" } },
    { { "Ahmet", "Öztürk" }, { "Ahmed", "Ozturk" } },
    { { "Khadija", "M'Barek" }, { "Hadidja", "Mbarek" } },
    { { "Achraf", "Şahin" }, { "Ashraf", "Chahin" } },
    { { "Aïcha", "Diallo" }, { "Ayşe", "Dialo" } },
    { { "Marouane", "Bakkali" }, { "Marwan", "El Bakali" } },
    { { "Stephanie", "De Smet" }, { "Stefanie", "Desmet" } },
    { { "Christine", "Van den Berghe" }, { "Kristien", "Vandenberghe" } },
    { { "Wout", "Thijs" }, { "Wout", "Tys" } },
    { { "Anna", "Novak" }, { "Анна", "Новак" } },
    { { "Sien", "Schmidt" }, { "Sien", "Schmit" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (!meet (pairs[i].one, pairs[i].other))
      g_error ("“%s %s” and “%s %s” do not meet", pairs[i].one.first, pairs[i].one.last, pairs[i].other.first,
               pairs[i].other.last);
  counts_add ("pairs of spellings that meet", G_N_ELEMENTS (pairs));
}

static void
test_stay_apart (void)
{
  static const struct { Name one, other; } pairs[] = {
    { { "Fatma", "Yıldız" }, { "Elif", "Yıldız" } },   { { "Jan", "Peeters" }, { "Jan", "Janssens" } },
    { { "Jan", "Peeters" }, { "Piet", "Janssens" } },  { { "Sara", "Maes" }, { "Sam", "Maes" } },
    { { "Mohamed", "Amrani" }, { "Karim", "Amrani" } }, { { "Anna", "De Smet" }, { "Anna", "De Wit" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (meet (pairs[i].one, pairs[i].other))
      g_error ("“%s %s” and “%s %s” meet", pairs[i].one.first, pairs[i].one.last, pairs[i].other.first,
               pairs[i].other.last);
}

static void
test_incomplete (void)
{
  static const Name names[] = { { "Fatma", NULL }, { NULL, "Peeters" }, { "", "Peeters" }, { "Fatma", " - " },
                                { NULL, NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GPtrArray) spellings = gez_fingerprint_spellings (names[i].first, names[i].last);

      g_assert_cmpuint (spellings->len, ==, 0);
    }
}

/* Hashes ------------------------------------------------------------------------------------- */

static void
test_hashes (void)
{
  g_autoptr (GezSecret) key = make_key (1), other_key = make_key (2);
  g_autoptr (GPtrArray) hashes = gez_fingerprint_of_person (key, "Fatma", "Peeters", "2015-03-02",
                                                            "0470 11 22 33; 09 000 11 22, thuis 12");
  g_autoptr (GPtrArray) other = gez_fingerprint_of_person (other_key, "Fatma", "Peeters", "2015-03-02",
                                                           "0470 11 22 33");
  g_autoptr (GPtrArray) born_later = gez_fingerprint_of_name (key, "Fatma", "Peeters", "2015-03-03");
  g_autoptr (GPtrArray) unborn = gez_fingerprint_of_name (key, "Fatma", "Peeters", NULL);
  g_autoptr (GPtrArray) about = gez_fingerprint_of_name (key, "Fatma", "Peeters", "2015");
  g_autoptr (GPtrArray) phone = gez_fingerprint_of_phones (key, "+32 (0)470/112233");
  g_autoptr (GPtrArray) short_phone = gez_fingerprint_of_phones (key, "112233");

  g_assert_cmpuint (hashes->len, ==, 5); /* three of the name, two numbers */
  for (guint i = 0; i < hashes->len; i++)
    {
      g_assert_cmpuint (strlen (hashes->pdata[i]), ==, GEZ_FINGERPRINT_SIZE);
      g_assert_cmpuint (strspn (hashes->pdata[i], "0123456789abcdef"), ==, GEZ_FINGERPRINT_SIZE);
    }
  g_assert_false (share_one (hashes, other));
  g_assert_false (share_one (hashes, born_later));
  g_assert_cmpuint (unborn->len, ==, 0);
  g_assert_cmpuint (about->len, ==, 0);
  g_assert_true (share_one (hashes, phone));
  g_assert_cmpuint (short_phone->len, ==, 0);
}

static void
test_token (void)
{
  g_autoptr (GezSecret) key = make_key (1), other_key = make_key (2);
  const GezId one = { { 1 } }, other = { { 2 } };
  g_autofree char *token = gez_fingerprint_file_token (key, &one);
  g_autofree char *again = gez_fingerprint_file_token (key, &one);
  g_autofree char *of_other = gez_fingerprint_file_token (key, &other);
  g_autofree char *of_other_key = gez_fingerprint_file_token (other_key, &one);

  g_assert_cmpuint (strlen (token), ==, GEZ_FILE_TOKEN_SIZE);
  g_assert_cmpstr (token, ==, again);
  g_assert_cmpstr (token, !=, of_other);
  g_assert_cmpstr (token, !=, of_other_key);
}

/* Files -------------------------------------------------------------------------------------- */

typedef struct
{
  Colleague *an;
  Colleague *bram;
  GezId family;
  GezId fatma;
} Fixture;

static GezId
add_family (Colleague   *self,
            const char  *name,
            const GezId *contact)
{
  g_autoptr (GezChange) change = gez_change_new ("add-household");
  GezId family = gez_id_new (self->store->clock), helper = gez_id_new (self->store->clock);

  gez_change_insert (change, "household", &family, gez_circle_open (&family));
  gez_change_set_text (change, "name", name);
  if (contact != NULL)
    {
      gez_change_insert (change, "helper", &helper, gez_circle_open (&family));
      gez_change_set_id (change, "household_id", &family);
      gez_change_set_text (change, "kind", "professional");
      gez_change_set_id (change, "member_id", contact);
      gez_change_set_integer (change, "is_contact_person", 1);
    }
  memory_database_commit (self->store, change);
  return family;
}

static GezId
add_person (Colleague   *self,
            const GezId *family,
            const char  *first_name,
            const char  *last_name,
            const char  *born_on,
            const char  *phones)
{
  g_autoptr (GezChange) change = gez_change_new ("add-person");
  GezId person = gez_id_new (self->store->clock);

  gez_change_insert (change, "person", &person, gez_circle_open (family));
  gez_change_set_id (change, "household_id", family);
  gez_change_set_text (change, "first_name", first_name);
  gez_change_set_text (change, "last_name", last_name);
  gez_change_set_text (change, "born_on", born_on);
  gez_change_set_text (change, "phones", phones);
  memory_database_commit (self->store, change);
  return person;
}

/* How many fingerprints were written. */
static guint
refresh (Colleague *self)
{
  g_autoptr (GError) error = NULL;
  guint n_written = 99;

  g_assert_true (gez_database_begin (self->store->database, &error));
  g_assert_true (gez_fingerprint_refresh_due (self->store->database, self->team, &n_written, &error));
  g_assert_no_error (error);
  g_assert_true (gez_database_commit (self->store->database, &error));
  return n_written;
}

/* What a sync does with the rows of the team's circle. */
static void
bring (Colleague *from,
       Colleague *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStatement) row = gez_database_query (
    from->store->database, &error, "SELECT id, hashes, file_token, contact_member_id FROM fingerprint"
    " WHERE withdrawn_at IS NULL", GEZ_END);
  g_autoptr (GezChange) change = gez_change_new ("bring");

  while (gez_statement_next (row, &error))
    {
      GezId id = gez_statement_get_id (row, 0), contact = gez_statement_get_id (row, 3);

      gez_change_insert (change, "fingerprint", &id, gez_circle_team ());
      gez_change_set_text (change, "hashes", gez_statement_get_text (row, 1));
      gez_change_set_text (change, "file_token", gez_statement_get_text (row, 2));
      gez_change_set_id (change, "contact_member_id", &contact);
    }
  g_assert_no_error (error);
  memory_database_commit (to->store, change);
}

static GPtrArray *
find (Colleague  *self,
      const char *first_name,
      const char *last_name,
      const char *born_on,
      const char *phones)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *hits
      = gez_fingerprint_find (self->store->database, first_name, last_name, born_on, phones, &error);

  g_assert_no_error (error);
  return hits;
}

static guint
count_found (Colleague  *self,
             const char *first_name,
             const char *last_name,
             const char *born_on,
             const char *phones)
{
  g_autoptr (GPtrArray) hits = find (self, first_name, last_name, born_on, phones);

  return hits->len;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->an = colleague_found ("An Verzonnen", 1, NULL);
  self->bram = colleague_invite (self->an, "Bram Bedacht", "casemanager", NULL, 2);
  colleagues_meet (self->an, self->bram, NULL);
  self->family = add_family (self->an, "Gezin Yıldız", &self->an->member);
  self->fatma = add_person (self->an, &self->family, "Fatma", "Yıldız-Peeters", "2015-03-02", NULL);
  add_person (self->an, &self->family, "Murat", "Yıldız", "1980-01-05", "0470 11 22 33");
  add_person (self->an, &self->family, "Baby", NULL, NULL, NULL);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  colleague_free (self->an);
  colleague_free (self->bram);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
}

static void
test_found (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GPtrArray) hits = NULL, by_phone = NULL, both = NULL;
  const GezFingerprintHit *hit;

  g_assert_cmpuint (refresh (self->an), ==, 2); /* the baby has nothing to be known by */
  bring (self->an, self->bram);
  hits = find (self->bram, "Yildiz Peeters", "Fatma", "2015-03-02", NULL);
  g_assert_cmpuint (hits->len, ==, 1);
  hit = hits->pdata[0];
  g_assert_true (gez_id_equal (&hit->member, &self->an->member));
  g_assert_cmpstr (hit->member_name, ==, "An Verzonnen");
  g_assert_true (hit->by_name);
  g_assert_false (hit->by_phone);
  by_phone = find (self->bram, "Iemand", NULL, NULL, "+32 470 11 22 33");
  g_assert_cmpuint (by_phone->len, ==, 1);
  hit = by_phone->pdata[0];
  g_assert_false (hit->by_name);
  g_assert_true (hit->by_phone);
  both = find (self->bram, "Murat", "Yildiz", "1980-01-05", "0470112233");
  g_assert_cmpuint (both->len, ==, 1); /* one file, one hit */
  g_assert_cmpuint (count_found (self->bram, "Fatma", "Peeters", NULL, NULL), ==, 0);
  g_assert_cmpuint (count_found (self->bram, "Fatma", "Yildiz", "2015-03-01", NULL), ==, 0);
  g_assert_cmpuint (count_found (self->bram, "Fatma", NULL, "2015-03-02", NULL), ==, 0);
  g_assert_cmpuint (count_found (self->bram, NULL, NULL, NULL, NULL), ==, 0);
}

/* Whoever can read the file finds it by name, and is told nothing twice. */
static void
test_own_file (Fixture      *self,
               gconstpointer data)
{
  refresh (self->an);
  g_assert_cmpuint (count_found (self->an, "Fatma", "Yildiz", "2015-03-02", NULL), ==, 0);
}

/* What stands in the index is nobody's name. */
static void
test_no_names (Fixture      *self,
               gconstpointer data)
{
  g_autofree char *all = NULL, *folded = NULL;

  refresh (self->an);
  all = memory_database_text (self->an->store,
                              "SELECT group_concat(hashes || file_token, ' ') FROM fingerprint");
  g_assert_cmpuint (strspn (all, "0123456789abcdef "), ==, strlen (all));
  g_assert_null (strstr (all, "0470112233"));
  g_assert_cmpint (
      memory_database_count (self->an->store, "SELECT count(*) FROM fingerprint WHERE hex(circle) = '74'"),
      ==, 2);
}

static void
test_in_step (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GezChange) born = gez_change_new ("edit-person"), gone = gez_change_new ("withdraw-person");

  g_assert_cmpuint (refresh (self->an), ==, 2);
  g_assert_cmpuint (refresh (self->an), ==, 0);
  gez_change_update (born, "person", &self->fatma);
  gez_change_set_text (born, "born_on", "2016-03-02");
  memory_database_commit (self->an->store, born);
  g_assert_cmpuint (refresh (self->an), ==, 1);
  bring (self->an, self->bram);
  g_assert_cmpuint (count_found (self->bram, "Fatma", "Yildiz", "2015-03-02", NULL), ==, 0);
  g_assert_cmpuint (count_found (self->bram, "Fatma", "Yildiz", "2016-03-02", NULL), ==, 1);
  gez_change_withdraw (gone, "person", &self->fatma, "double");
  memory_database_commit (self->an->store, gone);
  g_assert_cmpuint (refresh (self->an), ==, 1);
  g_assert_cmpint (
      memory_database_count (self->an->store, "SELECT count(*) FROM fingerprint WHERE withdrawn_at IS NULL"),
      ==, 1);
}

static void
test_left_out (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (GezChange) out = gez_change_new ("leave-out-fingerprint"),
                        in = gez_change_new ("take-in-fingerprint");
  GezId choice = gez_id_new (self->an->store->clock);

  refresh (self->an);
  gez_change_insert (out, "fingerprint_choice", &choice, gez_circle_open (&self->family));
  gez_change_set_id (out, "household_id", &self->family);
  gez_change_set_integer (out, "is_left_out", 1);
  memory_database_commit (self->an->store, out);
  g_assert_cmpuint (refresh (self->an), ==, 2);
  g_assert_cmpint (
      memory_database_count (self->an->store, "SELECT count(*) FROM fingerprint WHERE withdrawn_at IS NULL"),
      ==, 0);
  gez_change_withdraw (in, "fingerprint_choice", &choice, NULL);
  memory_database_commit (self->an->store, in);
  g_assert_cmpuint (refresh (self->an), ==, 2);
  bring (self->an, self->bram);
  g_assert_cmpuint (count_found (self->bram, "Fatma", "Yildiz", "2015-03-02", NULL), ==, 1);
}

/* Who keeps the fingerprints of a file is its contact alone. */
static void
test_contact (Fixture      *self,
              gconstpointer data)
{
  GezId family = add_family (self->an, "Gezin Ander", &self->bram->member);
  g_autoptr (GezChange) moved = gez_change_new ("edit-person");
  GezId nobody = add_family (self->an, "Gezin Zonder", NULL);

  add_person (self->an, &family, "Lotte", "Anders", "2012-01-01", NULL);
  g_assert_cmpuint (refresh (self->an), ==, 2);
  add_person (self->an, &nobody, "Lotte", "Zonder", "2012-01-01", NULL); /* who made it keeps them */
  g_assert_cmpuint (refresh (self->an), ==, 1);
}

static void
test_kept_out (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  refresh (self->an);
  bring (self->an, self->bram);
  g_assert_true (gez_database_begin (self->bram->store->database, &error));
  g_assert_true (gez_database_execute (self->bram->store->database, &error,
                                       "INSERT INTO team_lock (member_id, household_id) VALUES (?, ?)",
                                       GEZ_ID, &self->bram->member, GEZ_ID, &self->family, GEZ_END));
  g_assert_true (gez_database_commit (self->bram->store->database, &error));
  g_assert_cmpuint (count_found (self->bram, "Fatma", "Yildiz", "2015-03-02", NULL), ==, 0);
}

#define ADD(name, function) g_test_add ("/fingerprint/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fingerprint/meet", test_meet);
  g_test_add_func ("/fingerprint/stay-apart", test_stay_apart);
  g_test_add_func ("/fingerprint/incomplete", test_incomplete);
  g_test_add_func ("/fingerprint/hashes", test_hashes);
  g_test_add_func ("/fingerprint/token", test_token);
  ADD ("found", test_found);
  ADD ("own-file", test_own_file);
  ADD ("no-names", test_no_names);
  ADD ("in-step", test_in_step);
  ADD ("left-out", test_left_out);
  ADD ("contact", test_contact);
  ADD ("kept-out", test_kept_out);
  return g_test_run ();
}
