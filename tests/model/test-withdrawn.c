/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-agenda.h"
#include "model/gez-domain-view.h"
#include "model/gez-household-file.h"
#include "model/gez-journal.h"
#include "model/gez-network-view.h"
#include "model/gez-plan-view.h"
#include "model/gez-referral-list.h"
#include "model/gez-search.h"
#include "model/gez-today.h"
#include "rows.h"

/*
 * A withdrawn row counts nowhere. A family with one row of everything; then the rows of one table
 * are withdrawn, and what they showed must be gone while the other tables stand.
 */

typedef struct
{
  MemoryDatabase *memory;
  GezId member;
  GezId domain;
  GezId household;
} Family;

static void
fill_plan (Family *self)
{
  GezId goal = rows_add (self->memory, "goal", &self->household, "household_id", GEZ_ID,
                         &self->household, "domain_id", GEZ_ID, &self->domain, "words", GEZ_TEXT,
                         "Doel", NULL);

  rows_add (self->memory, "step", &self->household, "goal_id", GEZ_ID, &goal, "what", GEZ_TEXT,
            "Stap", NULL);
  for (guint i = 0; i < 2; i++)
    rows_add (self->memory, "assessment", &self->household, "household_id", GEZ_ID,
              &self->household, "domain_id", GEZ_ID, &self->domain, "assessed_on", GEZ_TEXT, TODAY,
              "voice", GEZ_TEXT, i == 0 ? "family" : "partner", "wished_change", GEZ_TEXT, "Tuin",
              "score", GEZ_INTEGER, (gint64) 3, NULL);
}

static void
fill_journal (Family *self)
{
  GezId contact = rows_contact (self->memory, &self->household, TODAY, "09:00");

  rows_add (self->memory, "contact_link", &self->household, "contact_id", GEZ_ID, &contact, "kind",
            GEZ_TEXT, "about", "domain_id", GEZ_ID, &self->domain, NULL);
  rows_add (self->memory, "note", &self->household, "household_id", GEZ_ID, &self->household,
            "contact_id", GEZ_ID, &contact, "written_at", GEZ_INTEGER, NOW, "content", GEZ_TEXT,
            "Tekst", NULL);
  rows_add (self->memory, "question", &self->household, "household_id", GEZ_ID, &self->household,
            "contact_id", GEZ_ID, &contact, "content", GEZ_TEXT, "Vraag", "first_asked_on",
            GEZ_TEXT,
            TODAY, "come_back_on", GEZ_TEXT, TODAY, NULL);
}

static void
fill_around (Family *self)
{
  GezId person = rows_person (self->memory, &self->household, "Testa", NULL);

  rows_add (self->memory, "relation", &self->household, "person_id", GEZ_ID, &person,
            "other_person_id", GEZ_ID, &person, "kind", GEZ_TEXT, "other", NULL);
  rows_add (self->memory, "helper", &self->household, "household_id", GEZ_ID, &self->household,
            "kind", GEZ_TEXT, "network", "name", GEZ_TEXT, "Buur", NULL);
  rows_add (self->memory, "flag", &self->household, "household_id", GEZ_ID, &self->household,
            "fact",
            GEZ_TEXT, "Feit", NULL);
  rows_referral (self->memory, &self->household, "sent", "2026-01-01", NULL);
  rows_add (self->memory, "followup", &self->household, "household_id", GEZ_ID, &self->household,
            "what", GEZ_TEXT, "Bellen", "due_on", GEZ_TEXT, "2026-03-01", NULL);
  rows_add (self->memory, "appointment", &self->household, "household_id", GEZ_ID, &self->household,
            "title", GEZ_TEXT, "Bezoek", "held_on", GEZ_TEXT, TODAY, NULL);
}

static void
family_init (Family *self)
{
  GezId trajectory;

  self->memory = memory_database_new (NOW, 1);
  self->member = rows_add (self->memory, "member", NULL, "name", GEZ_TEXT, "Ik", "role", GEZ_TEXT,
                           "casemanager", NULL);
  self->domain = rows_add (self->memory, "domain", NULL, "code", GEZ_TEXT, "housing", "kind",
                           GEZ_TEXT, "right", "label_nl", GEZ_TEXT, "Wonen", NULL);
  self->household = rows_household (self->memory, "Gezin Voorbeeld");
  trajectory = rows_add (self->memory, "trajectory", &self->household, "household_id", GEZ_ID,
                         &self->household, "member_id", GEZ_ID, &self->member, NULL);
  rows_add (self->memory, "trajectory_event", &self->household, "trajectory_id", GEZ_ID,
            &trajectory,
            "happened_on", GEZ_TEXT, "2026-01-01", "state", GEZ_TEXT, "active", NULL);
  fill_plan (self);
  fill_journal (self);
  fill_around (self);
}

static void
withdraw_all (Family     *self,
              const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE withdrawn_at IS NULL", table);
  g_autoptr (GPtrArray) rows = rows_run (self->memory, gez_record_query (sql, GEZ_END));

  g_assert_cmpint (rows->len, >, 0);
  for (guint i = 0; i < rows->len; i++)
    rows_withdraw (self->memory, table, gez_record_get_id (g_ptr_array_index (rows, i)));
}

/* How much of something the window shows: `what` is "page/list" or "page/record.column". */
static gint64
shown (Family     *self,
       const char *what)
{
  g_auto (GStrv) path = g_strsplit_set (what, "/.", 3);
  GezQuery *query = NULL;
  g_autoptr (GezView) view = NULL;
  GezRecord *record;

  if (g_str_equal (path[0], "file"))
    query = gez_household_file_query (&self->household);
  else if (g_str_equal (path[0], "domain"))
    query = gez_domain_view_query (&self->household, &self->domain, 20);
  else if (g_str_equal (path[0], "plan"))
    query = gez_plan_view_query (&self->household);
  else if (g_str_equal (path[0], "network"))
    query = gez_network_view_query (&self->household);
  else if (g_str_equal (path[0], "journal"))
    query = gez_journal_query (&self->household, NULL, 50);
  else if (g_str_equal (path[0], "referrals"))
    query = gez_referral_list_query (&self->household);
  else
    query = gez_today_query (&self->member);
  view = rows_run (self->memory, query);
  if (path[2] == NULL)
    return gez_view_get_list (view, path[1])->len;
  record = gez_view_get_record (view, path[1]);
  return record != NULL && !gez_record_is_null (record, path[2]);
}

static void
test_withdrawn (void)
{
  static const struct
  {
    const char *table;
    const char *gone[6];
  } cases[] = {
    { "trajectory", { "file/household.state", "file/trajectories", "today/come_back" } },
    { "trajectory_event", { "file/household.state", "file/trajectories.state" } },
    { "person", { "file/members", "network/members", "network/relations" } },
    { "membership", { "file/members", "network/members", "network/former_members" } },
    { "relation", { "network/relations" } },
    { "helper", { "network/network", "network/former_helpers" } },
    { "flag", { "file/flags", "network/flags" } },
    { "assessment",
      { "file/domains.family_score", "domain/family.score", "domain/family.assessed_on",
        "domain/scores", "domain/others", "plan/wishes" } },
    { "goal", { "plan/goals", "plan/steps", "domain/goals", "domain/steps" } },
    { "step", { "plan/steps", "domain/steps" } },
    { "contact",
      { "journal/entries", "journal/notes", "journal/questions", "journal/links",
        "file/household.last_contact_on", "today/come_back" } },
    { "contact_link", { "journal/links" } },
    { "note", { "journal/notes" } },
    { "question", { "journal/questions", "today/come_back" } },
    { "referral", { "referrals/referrals", "referrals/events", "today/no_news" } },
    { "referral_event", { "referrals/events", "referrals/referrals.state", "today/no_news" } },
    { "followup", { "today/overdue" } },
    { "appointment", { "today/appointments", "file/next_appointment" } },
    { "domain", { "file/domains", "plan/wishes" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Family family;

      family_init (&family);
      for (guint g = 0; g < G_N_ELEMENTS (cases[i].gone) && cases[i].gone[g] != NULL; g++)
        if (!g_str_has_suffix (cases[i].gone[g], "_members") &&
            !g_str_has_suffix (cases[i].gone[g], "_helpers"))
          g_assert_cmpint (shown (&family, cases[i].gone[g]), >, 0);
      withdraw_all (&family, cases[i].table);
      for (guint g = 0; g < G_N_ELEMENTS (cases[i].gone) && cases[i].gone[g] != NULL; g++)
        {
          g_assert_cmpint (shown (&family, cases[i].gone[g]), ==, 0);
        }
      memory_database_free (family.memory);
    }
}

static GPtrArray *
find_words (Family *self)
{
  static const char *const words[] = { "voorbeeld", "testa", "tekst", "vraag", "doel" };
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_ptr_array_extend_and_steal (found, rows_run (self->memory, gez_search_query (words[i], 20)));
  return found;
}

static void
test_withdrawn_is_not_found (void)
{
  static const char *const tables[] = { "household", "contact", "person", "note", "question",
                                        "goal" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      Family family;
      g_autoptr (GPtrArray) before = NULL, after = NULL;

      family_init (&family);
      before = find_words (&family);
      withdraw_all (&family, tables[i]);
      after = find_words (&family);
      g_assert_cmpint (before->len - after->len, ==, i == 0 ? 5 : i == 1 ? 2 : 1);
      memory_database_free (family.memory);
    }
}

static gint64
n_touching (Family *self)
{
  g_autoptr (GezView) view =
    rows_run (self->memory, gez_domain_view_query (&self->household, &self->domain, 20));
  gint64 n = gez_record_get_integer (gez_view_get_record (view, "more"), "n_touching");

  g_assert_cmpint (gez_view_get_list (view, "touching")->len, ==, n);
  return n;
}

static void
test_withdrawn_touches_no_domain (void)
{
  static const char *const tables[] = { "note", "question", "referral" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      Family family;
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s", tables[i]);
      g_autoptr (GPtrArray) rows = NULL;

      family_init (&family);
      g_assert_cmpint (n_touching (&family), ==, 1); /* the contact that is about it */
      rows = rows_run (family.memory, gez_record_query (sql, GEZ_END));
      rows_set (family.memory, tables[i], gez_record_get_id (g_ptr_array_index (rows, 0)),
                "domain_id", GEZ_ID, &family.domain, NULL);
      g_assert_cmpint (n_touching (&family), ==,
                       i == 0 ? 1 : 2); /* a note speaks for its contact */
      withdraw_all (&family, tables[i]);
      g_assert_cmpint (n_touching (&family), ==, 1);
      withdraw_all (&family, "contact_link");
      g_assert_cmpint (n_touching (&family), ==, 0);
      memory_database_free (family.memory);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/withdrawn/counts-nowhere", test_withdrawn);
  g_test_add_func ("/withdrawn/is-not-found", test_withdrawn_is_not_found);
  g_test_add_func ("/withdrawn/touches-no-domain", test_withdrawn_touches_no_domain);
  return g_test_run ();
}
