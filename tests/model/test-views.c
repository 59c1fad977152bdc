/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-agenda.h"
#include "model/gez-domain-view.h"
#include "model/gez-household-file.h"
#include "model/gez-network-view.h"
#include "model/gez-plan-view.h"
#include "model/gez-referral-list.h"
#include "model/gez-today.h"
#include "rows.h"

static char *
texts (GezView    *view,
       const char *list,
       const char *column)
{
  return rows_texts (gez_view_get_list (view, list), column);
}

static void
assert_texts (GezView    *view,
              const char *list,
              const char *column,
              const char *expected)
{
  g_autofree char *found = texts (view, list, column);

  g_assert_cmpstr (found, ==, expected);
}

static GezId
add_domain (MemoryDatabase *memory,
            const char     *code,
            gint64          position)
{
  return rows_add (memory, "domain", NULL, "code", GEZ_TEXT, code, "kind", GEZ_TEXT, "right",
                   "label_nl", GEZ_TEXT, code, "position", GEZ_INTEGER, position, NULL);
}

static void
assess (MemoryDatabase *memory,
        const GezId    *household,
        const GezId    *domain,
        const char     *day,
        const char     *voice,
        const char     *strengths,
        const char     *needs,
        gint64          score)
{
  GezId id = rows_add (memory, "assessment", household, "household_id", GEZ_ID, household,
                       "domain_id", GEZ_ID, domain, "assessed_on", GEZ_TEXT, day, "voice", GEZ_TEXT,
                       voice, "strengths", GEZ_TEXT, strengths, "needs", GEZ_TEXT, needs, NULL);

  if (score > 0)
    rows_set (memory, "assessment", &id, "score", GEZ_INTEGER, score, NULL);
}

static void
test_domain_voices (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId domain = add_domain (memory, "housing", 1), other = add_domain (memory, "work", 2);
  g_autoptr (GezView) view = NULL;
  GezRecord *family, *worker;

  assess (memory, &household, &domain, "2026-01-01", "family", "Warm huis", "Ruimte", 2);
  assess (memory, &household, &domain, "2026-02-01", "family", NULL, "Ruimte en licht", 3);
  assess (memory, &household, &domain, "2026-02-02", "worker", "Netjes", NULL, 0);
  assess (memory, &household, &other, "2026-03-01", "family", "Ander domein", NULL, 5);
  view = rows_run (memory, gez_domain_view_query (&household, &domain, 20));
  family = gez_view_get_record (view, "family");
  worker = gez_view_get_record (view, "worker");
  g_assert_cmpstr (gez_record_get_text (family, "strengths"), ==, "Warm huis");
  g_assert_cmpstr (gez_record_get_text (family, "needs"), ==, "Ruimte en licht");
  g_assert_null (gez_record_get_text (family, "wished_change"));
  g_assert_cmpint (gez_record_get_integer (family, "score"), ==, 3);
  g_assert_cmpint (gez_record_get_integer (family, "previous_score"), ==, 2);
  g_assert_cmpstr (gez_record_get_text (family, "assessed_on"), ==, "2026-02-01");
  g_assert_cmpstr (gez_record_get_text (worker, "strengths"), ==, "Netjes");
  g_assert_true (gez_record_is_null (worker, "score"));
  assert_texts (view, "scores", "assessed_on", "2026-01-01|2026-02-01");
}

static void
test_domain_row_of_today (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId domain = add_domain (memory, "housing", 1), me, own;
  g_autoptr (GezView) before = NULL, after = NULL;

  me = rows_add (memory, "member", NULL, "name", GEZ_TEXT, "Ik", "role", GEZ_TEXT, "casemanager",
                 NULL);
  g_assert_true (gez_database_begin (memory->database, NULL));
  g_assert_true (gez_database_execute (memory->database, NULL, "UPDATE device SET member_id = ?",
                                       GEZ_ID, &me, GEZ_END));
  g_assert_true (gez_database_commit (memory->database, NULL));
  assess (memory, &household, &domain, "2026-03-11", "family", "Gisteren", NULL, 0);
  assess (memory, &household, &domain, TODAY, "family", "Van een ander", NULL, 0);
  before = rows_run (memory, gez_domain_view_query (&household, &domain, 20));
  g_assert_null (gez_record_get_reference (gez_view_get_record (before, "family"), "today_id"));

  own = rows_add (memory, "assessment", &household, "household_id", GEZ_ID, &household, "domain_id",
                  GEZ_ID, &domain, "assessed_on", GEZ_TEXT, TODAY, "voice", GEZ_TEXT, "family",
                  "by_member_id", GEZ_ID, &me, NULL);
  after = rows_run (memory, gez_domain_view_query (&household, &domain, 20));
  g_assert_true (gez_id_equal (
    gez_record_get_reference (gez_view_get_record (after, "family"), "today_id"), &own));
  g_assert_null (gez_record_get_reference (gez_view_get_record (after, "worker"), "today_id"));
}

/* A follow-up is about the domain of what it hangs on; a helper stands for one. */
static void
test_domain_followups_and_helpers (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId domain = add_domain (memory, "housing", 1), other = add_domain (memory, "work", 2);
  GezId contact = rows_contact (memory, &household, "2026-03-01", "10:00");
  GezId goal = rows_add (memory, "goal", &household, "household_id", GEZ_ID, &household, "domain_id",
                         GEZ_ID, &domain, "words", GEZ_TEXT, "Een droge kamer", NULL);
  GezId elsewhere = rows_add (memory, "goal", &household, "household_id", GEZ_ID, &household,
                              "domain_id", GEZ_ID, &other, "words", GEZ_TEXT, "Werk", NULL);
  g_autoptr (GezView) view = NULL;

  rows_add (memory, "contact_link", &household, "contact_id", GEZ_ID, &contact, "kind", GEZ_TEXT,
            "about", "domain_id", GEZ_ID, &domain, NULL);
  rows_add (memory, "followup", &household, "household_id", GEZ_ID, &household, "what", GEZ_TEXT,
            "Verhuurder bellen", "due_on", GEZ_TEXT, "2026-03-20", "goal_id", GEZ_ID, &goal, NULL);
  rows_add (memory, "followup", &household, "household_id", GEZ_ID, &household, "what", GEZ_TEXT,
            "Terugbellen", "due_on", GEZ_TEXT, "2026-03-10", "contact_id", GEZ_ID, &contact, NULL);
  rows_add (memory, "followup", &household, "household_id", GEZ_ID, &household, "what", GEZ_TEXT,
            "VDAB bellen", "due_on", GEZ_TEXT, "2026-03-11", "goal_id", GEZ_ID, &elsewhere, NULL);
  rows_add (memory, "helper", &household, "household_id", GEZ_ID, &household, "kind", GEZ_TEXT,
            "professional", "name", GEZ_TEXT, "Wim Verzonnen", "domain_id", GEZ_ID, &domain, NULL);
  rows_add (memory, "helper", &household, "household_id", GEZ_ID, &household, "kind", GEZ_TEXT,
            "professional", "name", GEZ_TEXT, "Weg Verzonnen", "domain_id", GEZ_ID, &domain,
            "until_on", GEZ_TEXT, "2026-03-01", NULL);

  view = rows_run (memory, gez_domain_view_query (&household, &domain, 20));
  assert_texts (view, "touching", "kind", "followup|followup|contact");
  assert_texts (view, "touching", "text", "Verhuurder bellen|Terugbellen|-");
  assert_texts (view, "touching", "due_on", "2026-03-20|2026-03-10|-");
  assert_texts (view, "helpers", "helper_name", "Wim Verzonnen");
}

static void
test_domain_touching (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId domain = add_domain (memory, "housing", 1), contact, told, referral;
  g_autoptr (GezView) view = NULL, two = NULL;

  contact = rows_contact (memory, &household, "2026-03-05", "10:00");
  rows_add (memory, "contact_link", &household, "contact_id", GEZ_ID, &contact, "kind", GEZ_TEXT,
            "about", "domain_id", GEZ_ID, &domain, NULL);
  rows_add (memory, "note", &household, "household_id", GEZ_ID, &household, "contact_id", GEZ_ID,
            &contact, "written_at", GEZ_INTEGER, NOW, "content", GEZ_TEXT, "Tekst", NULL);
  told = rows_contact (memory, &household, "2026-03-06", "10:00");
  rows_add (memory, "contact_link", &household, "contact_id", GEZ_ID, &told, "kind", GEZ_TEXT,
            "about", "domain_id", GEZ_ID, &domain, NULL);
  rows_add (memory, "note", &household, "household_id", GEZ_ID, &household, "contact_id", GEZ_ID,
            &told, "domain_id", GEZ_ID, &domain, "written_at", GEZ_INTEGER, NOW, "content",
            GEZ_TEXT, "Over wonen", NULL);
  rows_add (memory, "question", &household, "household_id", GEZ_ID, &household, "domain_id", GEZ_ID,
            &domain, "content", GEZ_TEXT, "Mag dat?", "first_asked_on", GEZ_TEXT, "2026-03-04",
            NULL);
  referral = rows_referral (memory, &household, "sent", "2026-03-07", NULL);
  rows_set (memory, "referral", &referral, "domain_id", GEZ_ID, &domain, NULL);

  view = rows_run (memory, gez_domain_view_query (&household, &domain, 20));
  assert_texts (view, "touching", "kind", "referral|note|contact|question");
  assert_texts (view, "touching", "text", "-|Over wonen|Tekst|Mag dat?");
  assert_texts (view, "touching", "day_on", "2026-03-07|2026-03-06|2026-03-05|2026-03-04");
  assert_texts (view, "touching", "partner", "Huis Verzonnen|-|-|-");
  two = rows_run (memory, gez_domain_view_query (&household, &domain, 2));
  assert_texts (two, "touching", "kind", "referral|note");
  g_assert_cmpint (gez_record_get_integer (gez_view_get_record (two, "more"), "n_touching"), ==, 4);
}

static GezId
add_goal (MemoryDatabase *memory,
          const GezId    *household,
          const char     *words,
          const char     *state,
          gint64          priority)
{
  GezId goal = rows_add (memory, "goal", household, "household_id", GEZ_ID, household, "words",
                         GEZ_TEXT, words, "state", GEZ_TEXT, state, NULL);

  if (priority > 0)
    rows_set (memory, "goal", &goal, "priority", GEZ_INTEGER, priority, NULL);
  return goal;
}

static void
test_plan (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId person = rows_person (memory, &household, "Testa", NULL);
  GezId partner = rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Huis Verzonnen", NULL);
  GezId helper = rows_add (memory, "helper", &household, "household_id", GEZ_ID, &household, "kind",
                           GEZ_TEXT, "professional", "partner_id", GEZ_ID, &partner, NULL);
  GezId domain = add_domain (memory, "housing", 1), goal, withdrawn;
  g_autoptr (GezView) view = NULL;
  GezRecord *record;

  add_goal (memory, &household, "Later", "open", 0);
  add_goal (memory, &household, "Tweede", "open", 2);
  goal = add_goal (memory, &household, "Eerste", "open", 1);
  add_goal (memory, &household, "Gehaald", "reached", 1);
  rows_add (memory, "step", &household, "goal_id", GEZ_ID, &goal, "what", GEZ_TEXT, "Gedaan",
            "done_on", GEZ_TEXT, "2026-03-01", NULL);
  rows_add (memory, "step", &household, "goal_id", GEZ_ID, &goal, "what", GEZ_TEXT, "Zonder dag",
            "owner_helper_id", GEZ_ID, &helper, NULL);
  rows_add (memory, "step", &household, "goal_id", GEZ_ID, &goal, "what", GEZ_TEXT, "Te laat",
            "owner_person_id", GEZ_ID, &person, "due_on", GEZ_TEXT, "2026-03-11", NULL);
  withdrawn = rows_add (memory, "step", &household, "goal_id", GEZ_ID, &goal, "what", GEZ_TEXT,
                        "Weg", NULL);
  rows_withdraw (memory, "step", &withdrawn);
  rows_add (memory, "assessment", &household, "household_id", GEZ_ID, &household, "domain_id",
            GEZ_ID,
            &domain, "assessed_on", GEZ_TEXT, TODAY, "voice", GEZ_TEXT, "family", "wished_change",
            GEZ_TEXT, "Een tuin", NULL);

  view = rows_run (memory, gez_plan_view_query (&household));
  assert_texts (view, "goals", "words", "Eerste|Tweede|Later|Gehaald");
  record = gez_view_get_record (view, "goals");
  g_assert_cmpint (gez_record_get_integer (record, "n_steps"), ==, 3);
  g_assert_cmpint (gez_record_get_integer (record, "n_done_steps"), ==, 1);
  assert_texts (view, "steps", "what", "Te laat|Zonder dag|Gedaan");
  assert_texts (view, "steps", "owner_name", "Testa|Huis Verzonnen|-");
  assert_texts (view, "steps", "owner_kind", "person|helper|-");
  record = gez_view_get_record (view, "steps");
  g_assert_cmpint (gez_record_get_integer (record, "is_late"), ==, 1);
  assert_texts (view, "wishes", "wished_change", "Een tuin");
}

static void
test_network (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId mother = rows_person (memory, &household, "Moeder", NULL);
  GezId child = rows_person (memory, &household, "Kind", NULL);
  g_autoptr (GezView) view = NULL;

  rows_add (memory, "relation", &household, "person_id", GEZ_ID, &mother, "other_person_id", GEZ_ID,
            &child, "kind", GEZ_TEXT, "parent_of", NULL);
  rows_add (memory, "helper", &household, "household_id", GEZ_ID, &household, "kind", GEZ_TEXT,
            "network", "name", GEZ_TEXT, "Buurvrouw", NULL);
  rows_add (memory, "helper", &household, "household_id", GEZ_ID, &household, "kind", GEZ_TEXT,
            "professional", "name", GEZ_TEXT, "Arts", NULL);
  rows_add (memory, "helper", &household, "household_id", GEZ_ID, &household, "kind", GEZ_TEXT,
            "professional", "name", GEZ_TEXT, "Vaste", "is_contact_person", GEZ_INTEGER, (gint64) 1,
            NULL);
  rows_add (memory, "helper", &household, "household_id", GEZ_ID, &household, "kind", GEZ_TEXT,
            "professional", "name", GEZ_TEXT, "Gestopt", "until_on", GEZ_TEXT, TODAY, NULL);
  rows_add (memory, "flag", &household, "household_id", GEZ_ID, &household, "fact", GEZ_TEXT,
            "Hond los", "until_on", GEZ_TEXT, TODAY, NULL);
  rows_add (memory, "flag", &household, "household_id", GEZ_ID, &household, "fact", GEZ_TEXT, "Oud",
            "until_on", GEZ_TEXT, "2026-03-11", NULL);

  view = rows_run (memory, gez_network_view_query (&household));
  assert_texts (view, "relations", "name", "Moeder");
  assert_texts (view, "relations", "other_name", "Kind");
  assert_texts (view, "network", "helper_name", "Buurvrouw");
  assert_texts (view, "professionals", "helper_name", "Vaste|Arts");
  assert_texts (view, "former_helpers", "helper_name", "Gestopt");
  assert_texts (view, "flags", "fact", "Hond los|Oud");
  g_assert_cmpint (gez_record_get_integer (gez_view_get_record (view, "flags"), "is_current"), ==,
                   1);
}

static void
test_referrals (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  g_autoptr (GezView) view = NULL;
  GezRecord *first;

  rows_referral (memory, &household, "sent", "2026-03-10", NULL);
  rows_referral (memory, &household, "helped", "2026-03-11", NULL);
  rows_referral (memory, &household, "sent", "2026-01-10", NULL);
  view = rows_run (memory, gez_referral_list_query (&household));
  assert_texts (view, "referrals", "state_on", "2026-01-10|2026-03-10|2026-03-11");
  first = gez_view_get_record (view, "referrals");
  g_assert_cmpint (gez_record_get_integer (first, "days_without_news"), ==, 61);
  g_assert_cmpint (gez_record_get_integer (first, "has_no_news"), ==, 1);
  assert_texts (view, "events", "state", "sent|sent|helped");
}

static void
test_today (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId me = rows_add (memory, "member", NULL, "name", GEZ_TEXT, "Ik", "role", GEZ_TEXT,
                       "casemanager", NULL);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  g_autoptr (GezView) view = NULL;
  static const char *const days[] = { "2026-03-11", TODAY, "2026-03-13", "2026-03-20" };

  rows_add (memory, "trajectory", &household, "household_id", GEZ_ID, &household, "member_id",
            GEZ_ID, &me, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      rows_add (memory, "appointment", &household, "household_id", GEZ_ID, &household, "title",
                GEZ_TEXT, "Huisbezoek", "held_on", GEZ_TEXT, days[i], NULL);
      rows_add (memory, "followup", &household, "household_id", GEZ_ID, &household, "what",
                GEZ_TEXT, "Bellen", "due_on", GEZ_TEXT, days[i], NULL);
      rows_add (memory, "question", &household, "household_id", GEZ_ID, &household, "content",
                GEZ_TEXT, "Terug", "first_asked_on", GEZ_TEXT, "2026-01-01", "come_back_on",
                GEZ_TEXT, days[i], NULL);
    }
  rows_referral (memory, &household, "sent", "2026-01-10", NULL);
  g_assert_true (gez_database_begin (memory->database, NULL));
  g_assert_true (gez_database_execute (memory->database, NULL,
                                       "INSERT INTO draft (place, subject_id, content, saved_at)"
                                       " VALUES ('journal', ?, 'half', ?)",
                                       GEZ_ID, &household, GEZ_INTEGER, NOW, GEZ_END));
  g_assert_true (gez_database_commit (memory->database, NULL));

  view = rows_run (memory, gez_today_query (&me));
  assert_texts (view, "appointments", "day_on", TODAY);
  assert_texts (view, "next_appointment", "day_on", "2026-03-13");
  assert_texts (view, "overdue", "day_on", "2026-03-11");
  assert_texts (view, "due", "day_on", TODAY);
  assert_texts (view, "come_back", "day_on", "2026-03-11|" TODAY);
  assert_texts (view, "no_news", "tab", "referrals");
  assert_texts (view, "drafts", "tab", "journal");
  assert_texts (view, "drafts", "household_name", "Gezin Voorbeeld");

  for (const char *table = "afqr"; *table != '\0'; table++)
    {
      const char alias[] = { *table, '\0' };

      rows_assert_no_scan (memory, alias);
    }

  rows_withdraw (memory, "household", &household);
  g_clear_object (&view);
  view = rows_run (memory, gez_today_query (&me));
  assert_texts (view, "appointments", "day_on", "");
  assert_texts (view, "overdue", "day_on", "");
  assert_texts (view, "come_back", "day_on", "");
  assert_texts (view, "no_news", "tab", "");
  assert_texts (view, "drafts", "tab", "");
}

static void
assert_agenda (MemoryDatabase        *memory,
               const GezAgendaFilter *filter,
               const char            *expected)
{
  g_autoptr (GPtrArray) records = rows_run (memory, gez_agenda_query (filter));
  g_autofree char *found = rows_texts (records, "text");

  g_assert_cmpstr (found, ==, expected);
}

static void
test_agenda (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId me = rows_add (memory, "member", NULL, "name", GEZ_TEXT, "Ik", "role", GEZ_TEXT,
                       "casemanager", NULL);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId other = rows_household (memory, "Gezin Ander");
  GezAgendaFilter filter = { .from_on = "2026-03-01", .to_on = "2026-03-31" };

  rows_add (memory, "appointment", &household, "household_id", GEZ_ID, &household, "title",
            GEZ_TEXT, "Om tien", "held_on", GEZ_TEXT, TODAY, "start_time", GEZ_TEXT, "10:00", NULL);
  rows_add (memory, "appointment", &household, "household_id", GEZ_ID, &household, "title",
            GEZ_TEXT, "Afgezegd", "held_on", GEZ_TEXT, TODAY, "state", GEZ_TEXT, "cancelled", NULL);
  rows_add (memory, "followup", &other, "household_id", GEZ_ID, &other, "what", GEZ_TEXT, "Bellen",
            "due_on", GEZ_TEXT, "2026-03-01", "owner_member_id", GEZ_ID, &me, NULL);
  rows_add (memory, "followup", &other, "household_id", GEZ_ID, &other, "what", GEZ_TEXT, "Klaar",
            "due_on", GEZ_TEXT, "2026-03-31", "done_on", GEZ_TEXT, TODAY, NULL);
  rows_add (memory, "followup", &other, "household_id", GEZ_ID, &other, "what", GEZ_TEXT, "Buiten",
            "due_on", GEZ_TEXT, "2026-04-01", NULL);
  assert_agenda (memory, &filter, "Bellen|Om tien");
  filter.with_done = TRUE;
  assert_agenda (memory, &filter, "Bellen|Afgezegd|Om tien|Klaar");
  filter.mine_of = me;
  assert_agenda (memory, &filter, "Bellen");
  filter.mine_of = GEZ_ID_NONE;
  filter.household = household;
  assert_agenda (memory, &filter, "Afgezegd|Om tien");
  rows_assert_no_scan (memory, "a");
  rows_assert_no_scan (memory, "f");
}

/* A view that shows two entries of a day can still say how many there are. */
static void
test_agenda_per_day (void)
{
  static const char *const times[] = { "09:00", "11:00", "10:00", NULL };
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezAgendaFilter filter = { .from_on = "2026-03-01", .to_on = "2026-03-31", .per_day = 2 };
  g_autoptr (GPtrArray) records = NULL;
  GezRecord *first;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    rows_add (memory, "appointment", &household, "household_id", GEZ_ID, &household, "title",
              GEZ_TEXT, times[i] == NULL ? "Heel de dag" : times[i], "held_on", GEZ_TEXT, TODAY,
              "start_time", GEZ_TEXT, times[i], NULL);
  for (guint i = 0; i < 3; i++)
    rows_add (memory, "followup", &household, "household_id", GEZ_ID, &household, "what", GEZ_TEXT,
              "Bellen", "due_on", GEZ_TEXT, TODAY, NULL);
  rows_add (memory, "followup", &household, "household_id", GEZ_ID, &household, "what", GEZ_TEXT,
            "Morgen", "due_on", GEZ_TEXT, "2026-03-30", NULL);
  assert_agenda (memory, &filter, "Heel de dag|Bellen|09:00|10:00|Morgen");

  records = rows_run (memory, gez_agenda_query (&filter));
  first = g_ptr_array_index (records, 0);
  g_assert_cmpint (gez_record_get_integer (first, "n_on_day"), ==, 7);
  g_assert_cmpint (gez_record_get_integer (first, "n_appointments_on_day"), ==, 4);
  g_assert_cmpint (gez_record_get_integer (first, "n_timed_on_day"), ==, 3);
  filter.per_day = 0;
  assert_agenda (memory, &filter,
                 "Heel de dag|Bellen|Bellen|Bellen|09:00|10:00|11:00|Morgen");
}

static void
test_agenda_row (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId id = rows_add (memory, "followup", &household, "household_id", GEZ_ID, &household, "what",
                       GEZ_TEXT, "Bellen", "due_on", GEZ_TEXT, TODAY, NULL);
  g_autoptr (GPtrArray) rows = rows_run (memory, gez_agenda_row_query ("followup", &id));
  g_autoptr (GPtrArray) none = rows_run (memory, gez_agenda_row_query ("appointment", &id));
  g_autoptr (GPtrArray) withdrawn = NULL;

  g_assert_cmpint (rows->len, ==, 1);
  g_assert_cmpstr (gez_record_get_text (g_ptr_array_index (rows, 0), "what"), ==, "Bellen");
  g_assert_cmpint (none->len, ==, 0);
  rows_withdraw (memory, "followup", &id);
  withdrawn = rows_run (memory, gez_agenda_row_query ("followup", &id));
  g_assert_cmpint (withdrawn->len, ==, 0);
}

static void
test_file (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId housing = add_domain (memory, "housing", 2), goal, old = add_domain (memory, "old", 3);
  g_autoptr (GezView) view = NULL;
  GezRecord *domain;

  add_domain (memory, "health", 1);
  rows_set (memory, "domain", &old, "active_to_on", GEZ_TEXT, "2026-01-01", NULL);
  goal = add_goal (memory, &household, "Doel", "open", 1);
  rows_set (memory, "goal", &goal, "domain_id", GEZ_ID, &housing, NULL);
  rows_add (memory, "step", &household, "goal_id", GEZ_ID, &goal, "what", GEZ_TEXT, "Stap", NULL);
  rows_trajectory (memory, &household, "active", "2026-01-01");
  view = rows_run (memory, gez_household_file_query (&household));
  assert_texts (view, "domains", "code", "health|housing");
  domain = g_ptr_array_index (gez_view_get_list (view, "domains"), 1);
  g_assert_cmpint (gez_record_get_integer (domain, "n_open_goals"), ==, 1);
  g_assert_cmpint (gez_record_get_integer (domain, "n_open_steps"), ==, 1);
  assert_texts (view, "trajectories", "state", "active");
  g_assert_null (gez_view_get_record (view, "next_appointment"));

  assess (memory, &household, &old, "2025-12-01", "family", "Ooit", NULL, 0);
  g_clear_object (&view);
  view = rows_run (memory, gez_household_file_query (&household));
  assert_texts (view, "domains", "code", "health|housing|old");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/views/domain/voices", test_domain_voices);
  g_test_add_func ("/views/domain/row-of-today", test_domain_row_of_today);
  g_test_add_func ("/views/domain/touching", test_domain_touching);
  g_test_add_func ("/views/domain/followups-and-helpers", test_domain_followups_and_helpers);
  g_test_add_func ("/views/plan", test_plan);
  g_test_add_func ("/views/network", test_network);
  g_test_add_func ("/views/referrals", test_referrals);
  g_test_add_func ("/views/today", test_today);
  g_test_add_func ("/views/agenda", test_agenda);
  g_test_add_func ("/views/agenda/per-day", test_agenda_per_day);
  g_test_add_func ("/views/agenda/row", test_agenda_row);
  g_test_add_func ("/views/file", test_file);
  return g_test_run ();
}
