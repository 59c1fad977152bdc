/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-date.h"
#include "model/demo/gez-demo-story.h"
#include "model/gez-codes.h"
#include "model/gez-flag.h"
#include "model/gez-helper.h"
#include "model/gez-household.h"
#include "model/gez-record-edit.h"
#include "model/gez-relation.h"
#include "model/gez-trajectory.h"

/* Who they are, who stands around them, and how long we know them. */

/* Each of these stands in every caseload of twenty or more: what a name may hold must never break a
 * screen. The last one has an alias and nothing else. */
static const struct
{
  const char *name;
  const char *last_name;
} strange_names[] = {
  { "O'Neill & <Zonen>", "O'Neill" },
  { "عائلة أمثلة", "أمثلة" },
  { "Gezin \360\237\217\240 Regenboog", "Regenboog" },
  { "Gezin Örnekoğlu-Çiçekdağı", "Örnekoğlu-Çiçekdağı" },
  { "Gezin van der Voorbeeldenburg-Proefmans de Testvelde tot Denkbeeldighoven en "
    "Verzonnenbeke, geboren Oefenaer-Sjabloonstra, ook gekend als het gezin Modelaer-Fictief van "
    "de molenweg", /* 180 characters */
    "van der Voorbeeldenburg" },
  { "Merel (schuilnaam)", NULL },
};

#define ALIAS_ONLY (G_N_ELEMENTS (strange_names) - 1)
#define LARGE_FAMILY 5 /* number of the household with fourteen members */
#define YEARS(days) ((days) * 4 / 1461)
#define DAYS(years) ((years) * 1461 / 4)

typedef enum
{
  MOTHER_ALONE,
  FATHER_ALONE,
  COUPLE,
  GRANDPARENT,
  SINGLE,
} FamilyKind;

/* -1: an ordinary name. Every third household has a strange one until all have been used. */
static int
find_strange_name (guint number)
{
  guint i = number / 3;

  return number >= 3 && number % 3 == i % 2 && i <= G_N_ELEMENTS (strange_names) ? (int) i - 1 : -1;
}

static const char *
any_name (GezDemoStory *story,
          const char   *list)
{
  return gez_demo_sentences_name (story->world->sentences, story->world->random, list);
}

static char *
invent_last_name (GezDemoStory *story)
{
  if (gez_demo_in_hundred (story, 20))
    return g_strdup_printf ("%s-%s", any_name (story, "family"), any_name (story, "family"));
  return g_strdup (any_name (story, "family"));
}

static FamilyKind
choose_kind (GezDemoStory *story)
{
  int in = gez_demo_chance (story, 0, 100);

  if (story->world->number == LARGE_FAMILY)
    return COUPLE;
  if (in < 80)
    return in < 40 ? MOTHER_ALONE : COUPLE;
  return in < 88 ? FATHER_ALONE : in < 94 ? GRANDPARENT : SINGLE;
}

static int
count_children (GezDemoStory *story,
                FamilyKind    kind)
{
  static const int spread[] = { 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6 };

  if (story->world->number == LARGE_FAMILY)
    return GEZ_DEMO_PERSONS_MAX - 2;
  if (kind == SINGLE || gez_demo_in_hundred (story, 4))
    return 0;
  return spread[gez_demo_chance (story, 0, G_N_ELEMENTS (spread))];
}

/* Sets birth date or estimated age; returns the text to free. */
static char *
give_age (GezDemoStory   *story,
          GezPersonInput *person,
          int             days_old)
{
  if (gez_demo_in_hundred (story, 12))
    {
      person->is_age_estimated = TRUE;
      person->age = YEARS (days_old);
      return NULL;
    }
  person->born_on = gez_demo_days_ago (story, days_old);
  return (char *) person->born_on;
}

static void
send_to_school (GezDemoStory   *story,
                GezPersonInput *person,
                int             age)
{
  static const char *const classes[] = { "1ste kleuterklas", "2de kleuterklas", "3de kleuterklas",
                                         "1A", "2B", "3A", "4B", "5A", "6B",
                                         "1ste middelbaar", "2de middelbaar", "3de middelbaar",
                                         "4de middelbaar", "5de middelbaar", "6de middelbaar" };
  guint n_primary, school;

  if (age < 3 || age > 17)
    return;
  gez_demo_sentences_list (story->world->sentences, "primary", &n_primary);
  school = age < 12 ? (guint) gez_demo_chance (story, 0, (int) n_primary)
                    : (guint) gez_demo_chance (story, (int) n_primary,
                                               (int) story->world->schools->len);
  person->school_id = &g_array_index (story->world->schools, GezId, school);
  person->class_name = classes[CLAMP (age - 3, 0, (int) G_N_ELEMENTS (classes) - 1)];
}

/* Nobody in a family has the name of somebody else in it. */
static char *
invent_first_name (GezDemoStory *story,
                   const char   *gender)
{
  const char *name = any_name (story, *gender == 'f' ? "woman" : "man");

  for (guint i = 0; i < story->n_persons; i++)
    if (g_str_equal (story->first_names[i], name))
      return invent_first_name (story, gender);
  return g_strdup (name);
}

static void
add_person (GezDemoStory   *story,
            GezPersonInput *person,
            const char     *gender,
            int             days_old)
{
  g_autofree char *born_on = give_age (story, person, days_old);
  char *first_name = invent_first_name (story, gender);
  guint i = story->n_persons++;

  story->first_names[i] = first_name;
  story->is_child[i] = g_str_equal (person->role, "child");
  person->first_name = first_name;
  person->gender = gender;
  if (story->is_child[i])
    send_to_school (story, person, YEARS (days_old));
  gez_demo_add (story, gez_person_add (story->context, &story->household, person,
                                       &story->persons[i]));
}

static void
add_adults (GezDemoStory *story,
            FamilyKind    kind,
            const char   *last_name,
            const char   *language,
            int           days_old)
{
  static const char *const roles[] = { "mother", "father", "mother", "grandparent", "other" };
  g_autofree char *phone = g_strdup_printf ("0499 00 %02d %02d", gez_demo_chance (story, 0, 100),
                                            gez_demo_chance (story, 0, 100));
  GezPersonInput first = { .last_name = last_name, .role = roles[kind], .language = language,
                           .residence = "full", .phones = phone };
  GezPersonInput second = { .role = gez_demo_in_hundred (story, 75) ? "father" : "partner",
                            .residence = "full", .language = language };
  g_autofree char *other_name = invent_last_name (story);
  gboolean is_man = kind == FATHER_ALONE || (kind == SINGLE && gez_demo_in_hundred (story, 50));

  add_person (story, &first, is_man ? "m" : "f", days_old);
  if (kind != COUPLE)
    return;
  second.last_name = other_name;
  add_person (story, &second, "m", days_old + gez_demo_chance (story, -800, 2800));
}

/* @days_old: the parent's age in days */
static void
add_children (GezDemoStory *story,
              FamilyKind    kind,
              const char   *last_name,
              int           days_old)
{
  int n = count_children (story, kind);
  int oldest = kind == GRANDPARENT ? DAYS (gez_demo_chance (story, 6, 17)) : days_old - DAYS (19);
  int next = MIN (DAYS (18) - gez_demo_chance (story, 1, 300), oldest);
  gboolean is_part = kind != COUPLE && gez_demo_in_hundred (story, 30);
  g_autofree char *custody = is_part ? gez_demo_say (story, "general", "custody") : NULL;

  for (int i = 0; i < n && next > 0 && story->n_persons < GEZ_DEMO_PERSONS_MAX; i++)
    {
      GezPersonInput child = { .last_name = last_name, .role = "child",
                               .residence = is_part ? "part" : "full", .custody = custody };

      add_person (story, &child, gez_demo_in_hundred (story, 50) ? "f" : "m", next);
      next -= gez_demo_chance (story, 340, n > 5 ? 480 : 1500);
    }
}

static void
add_relations (GezDemoStory *story,
               FamilyKind    kind)
{
  GezRelationInput relation = { .household_id = &story->household, .person_id = &story->persons[0],
                                .kind = kind == GRANDPARENT ? "grandparent_of" : "parent_of" };

  for (guint i = 1; i < story->n_persons; i++)
    {
      GezRelationInput other = relation;

      other.other_person_id = &story->persons[i];
      if (!story->is_child[i])
        other.kind = "partner_of";
      gez_demo_add (story, gez_relation_add (story->context, &other, NULL));
    }
}

/* One adult and one child who come back in the sentences of this story. */
static void
choose_names (GezDemoStory *story)
{
  for (guint i = 0; i < story->n_persons; i++)
    if (story->is_child[i] && (story->names.child == NULL || gez_demo_in_hundred (story, 30)))
      story->names.child = story->first_names[i];
    else if (!story->is_child[i] && story->names.adult == NULL)
      story->names.adult = story->first_names[i];
}

static void
add_members (GezDemoStory *story,
             const char   *last_name,
             const char   *language)
{
  FamilyKind kind = choose_kind (story);
  int youngest = story->world->number == LARGE_FAMILY ? 40 : kind == GRANDPARENT ? 55 : 21;
  int days_old = DAYS (gez_demo_chance (story, youngest, kind == GRANDPARENT ? 72 : 50)) +
                 gez_demo_chance (story, 0, 365);

  add_adults (story, kind, last_name, language, days_old);
  add_children (story, kind, last_name, days_old);
  add_relations (story, kind);
  choose_names (story);
}

static const char *
choose_residence (GezDemoStory *story)
{
  static const char *const common[] = { "rented", "rented", "rented", "rented", "social", "social",
                                        "own" };
  const char *const *all = GEZ_CODES_RESIDENCE;

  if (gez_demo_in_hundred (story, 82))
    return common[gez_demo_chance (story, 0, G_N_ELEMENTS (common))];
  return all[gez_demo_chance (story, 0, (int) g_strv_length ((char **) all))];
}

static const char *
choose_gate (GezDemoStory *story)
{
  static const char *const common[] = { "school_sitting_day", "school_sitting_day", "self",
                                        "sociaal_huis_desk", "kg_notification",
                                        "informal_referrer" };

  return common[gez_demo_chance (story, 0, G_N_ELEMENTS (common))];
}

static gboolean
has_address (const char *residence)
{
  return !g_str_equal (residence, "none") && !g_str_equal (residence, "hidden");
}

static void
fill_household (GezDemoStory      *story,
                GezHouseholdInput *input,
                const char        *address)
{
  input->residence = choose_residence (story);
  input->address = has_address (input->residence) ? address : NULL;
  input->district_id = &g_array_index (story->world->districts, GezId,
                                       gez_demo_chance (story, 0,
                                                        (int) story->world->districts->len));
  input->language = any_name (story, "language");
  input->needs_interpreter = !g_str_equal (input->language, "Nederlands") &&
                             gez_demo_in_hundred (story, 45);
  input->known_to_ocmw = gez_demo_in_hundred (story, 85) ? (gez_demo_in_hundred (story,
                                                                                 40) ? "yes" : "no")
                                                         : NULL;
  input->known_to_city = input->known_to_ocmw && gez_demo_in_hundred (story, 60) ? "no" : NULL;
  input->entry_gate = choose_gate (story);
  input->contact_rhythm_days = gez_demo_in_hundred (story, 10) ? 14 : 0;
}

static void
add_household (GezDemoStory *story)
{
  int strange = find_strange_name (story->world->number);
  g_autofree char *last_name = strange >= 0 ? g_strdup (strange_names[strange].last_name)
                                            : invent_last_name (story);
  g_autofree char *name = strange >= 0 ? g_strdup (strange_names[strange].name)
                                       : g_strdup_printf ("Gezin %s", last_name);
  g_autofree char *address = g_strdup_printf ("%s %d, Proefstad", any_name (story, "street"),
                                              gez_demo_chance (story, 1, 180));
  g_autofree char *started_on = gez_demo_days_ago (story, story->days);
  gboolean is_alias = strange == ALIAS_ONLY;
  GezHouseholdInput input = { .name = name, .is_pseudonymous = is_alias, .started_on = started_on,
                              .trajectory = &story->trajectory };

  if (!is_alias)
    fill_household (story, &input, address);
  gez_demo_add (story, gez_household_create (story->context, &input, &story->household));
  if (!is_alias)
    add_members (story, last_name, input.language);
}

/* The dated transitions that lead to today's state. */
static void
add_trajectory (GezDemoStory *story)
{
  const char *const *states = GEZ_CODES_TRAJECTORY_STATE;
  int days = story->days;

  for (guint i = 1; states[i] && !g_str_equal (story->state, "intake"); i++)
    {
      gboolean is_paused = g_str_equal (states[i], "paused");
      gboolean is_closed = g_str_equal (states[i], "closed");
      g_autofree char *date = NULL;
      g_autofree char *reason = is_paused ? gez_demo_say (story, "general", "pause") : NULL;
      g_autofree char *result = is_closed ? gez_demo_say (story, "general", "result") : NULL;
      GezTrajectoryInput input = { .household_id = &story->household,
                                   .trajectory_id = &story->trajectory, .state = states[i],
                                   .reason = reason, .result = result };

      /* A pause on the way is left out unless they are in one. */
      if (is_paused && !g_str_equal (story->state, "paused"))
        continue;
      days = i == 1 ? gez_demo_near (story, days, -40, -10, 1, days) : MAX (1, days * 2 / 5);
      date = gez_demo_days_ago (story, days);
      input.happened_on = date;
      gez_demo_go_to_day (story, days);
      gez_demo_add (story, gez_trajectory_move (story->context, &input));
      if (g_str_equal (states[i], story->state))
        break;
    }
}

static void
add_helper (GezDemoStory *story,
            const char   *kind)
{
  g_autofree char *said = gez_demo_say (story, "general", kind);
  g_auto (GStrv) parts = g_strsplit (said, "|", -1);
  g_autofree char *since_on = gez_demo_days_ago (story, gez_demo_chance (story, 20, 1500));
  gboolean is_professional = g_str_equal (kind, "professional");
  GezHelperInput input = { .household_id = &story->household, .kind = kind, .name = parts[0],
                           .role = parts[1] };
  GezRecord *domain = NULL;

  for (guint i = 0; i < story->n_helpers; i++)
    if (g_str_equal (story->helper_names[i], parts[0]))
      return;
  if (is_professional)
    domain = gez_lists_find_domain_by_code (gez_context_get_lists (story->context), parts[2]);
  if (domain)
    input.domain_id = gez_record_get_id (domain);
  if (gez_demo_in_hundred (story, 60))
    input.since_on = since_on;
  if (gez_demo_in_hundred (story, 50))
    input.phone = "0499 11 22 33";
  story->helper_names[story->n_helpers] = g_strdup (parts[0]);
  gez_demo_add (story, gez_helper_add (story->context, &input,
                                       &story->helpers[story->n_helpers++]));
}

static void
add_network (GezDemoStory *story)
{
  int n_network = gez_demo_chance (story, 0, 4), n_professional = gez_demo_chance (story, 0, 3);

  for (int i = 0; i < n_network; i++)
    add_helper (story, "network");
  for (int i = 0; i < n_professional; i++)
    add_helper (story, "professional");
  if (story->n_helpers > 0)
    story->names.helper = story->helper_names[0];
}

/* A colleague who also comes there: a brugfiguur beside the case manager, or the other way. */
static void
add_colleague (GezDemoStory *story)
{
  GPtrArray *contexts = story->world->contexts;
  GezContext *other = contexts->pdata[gez_demo_chance (story, 0, (int) contexts->len)];
  g_autofree char *since_on = gez_demo_days_ago (story, gez_demo_chance (story, 1, story->days));
  GezHelperInput input = { .household_id = &story->household, .kind = "professional",
                           .member_id = gez_context_get_member_id (other), .since_on = since_on };

  if (other != story->context && gez_demo_in_hundred (story, 50))
    gez_demo_add (story, gez_helper_add (story->context, &input, NULL));
}

static void
add_flag (GezDemoStory *story)
{
  g_autofree char *fact = gez_demo_say (story, "general", "flag");
  g_autofree char *source = gez_demo_say (story, "general", "flag source");
  g_autofree char *reason = gez_demo_say (story, "general", "flag resolved");
  GezFlagInput input = { .household_id = &story->household, .fact = fact, .source = source };
  GezId id;

  gez_demo_go_to_day (story, gez_demo_chance (story, 1, story->days));
  gez_demo_add (story, gez_flag_raise (story->context, &input, &id));
  if (gez_demo_in_hundred (story, 25))
    gez_demo_add (story, gez_flag_resolve (story->context, &id, reason));
}

void
gez_demo_tell_family (GezDemoStory *story)
{
  gez_demo_go_to_day (story, story->days);
  add_household (story);
  add_trajectory (story);
  if (find_strange_name (story->world->number) == ALIAS_ONLY)
    return;
  add_network (story);
  add_colleague (story);
  if (gez_demo_in_hundred (story, 20))
    add_flag (story);
}
