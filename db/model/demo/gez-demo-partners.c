/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/demo/gez-demo-story.h"
#include "model/gez-partner.h"

/* The social map of the invented team.
 *
 * 1. Each life domain has a partner, in the order of the lists, to which families are referred; some
 *    more follow, to which nobody was.
 * 2. What is known of them stands in sentences.ini, as fields between bars, and is not random: each
 *    was checked so many days ago, some of them more than a year.
 */

enum
{
  FACT_KIND,
  FACT_TARGET_GROUP,
  FACT_AREA,
  FACT_CONTACT_PERSONS,
  FACT_ADDRESS,
  FACT_PHONE,
  FACT_EMAIL,
  FACT_CONDITIONS,
  FACT_DOMAINS,
  FACT_FIVE,
  FACT_SECRECY,
  FACT_CHECKED,
  N_FACTS
};

#define N_FIVE 5

static void
go_to_day (GezDemoWorld *world,
           int           days)
{
  GezDemoStory story = { .world = world };
  g_autofree char *date = gez_demo_days_ago (&story, days);

  gez_clock_set_now (world->clock, gez_clock_instant_of (world->clock, date, "08:00"));
}

static void
add_partner (GezDemoWorld *world,
             GezContext   *context,
             GezChange    *change,
             const char   *name,
             const char   *offer,
             const char   *said)
{
  g_auto (GStrv) facts = g_strsplit (said, "|", N_FACTS);
  g_auto (GStrv) five = NULL;
  g_autoptr (GezChange) added = NULL;
  GezPartnerInput input = { .name = name, .offer = offer };
  GezId id;

  g_assert (g_strv_length (facts) == N_FACTS);
  five = g_strsplit (facts[FACT_FIVE], ",", N_FIVE);
  g_assert (g_strv_length (five) == N_FIVE);
  input.kind = facts[FACT_KIND];
  input.domains = facts[FACT_DOMAINS];
  input.target_group = facts[FACT_TARGET_GROUP];
  input.area = facts[FACT_AREA];
  input.contact_persons = facts[FACT_CONTACT_PERSONS];
  input.address = facts[FACT_ADDRESS];
  input.phone = facts[FACT_PHONE];
  input.email = facts[FACT_EMAIL];
  input.conditions = facts[FACT_CONDITIONS];
  input.affordable = five[0];
  input.understandable = five[1];
  input.available = five[2];
  input.reliable = five[3];
  input.reachable = five[4];
  input.secrecy = facts[FACT_SECRECY];

  go_to_day (world, (int) g_ascii_strtoll (facts[FACT_CHECKED], NULL, 10));
  added = gez_partner_add (context, &input, &id);
  gez_change_append (change, added);
  g_array_append_val (world->partners, id);
}

/* One for each domain, also for one that the team made itself and nothing is known about. */
static void
add_domain_partners (GezDemoWorld *world,
                     GezContext   *context,
                     GezChange    *change)
{
  GPtrArray *domains = gez_lists_get_domains (gez_context_get_lists (context));
  GezDemoNames nobody = { 0 };

  for (guint i = 0; i < domains->len; i++)
    {
      const char *code = gez_record_get_text (domains->pdata[i], "code");
      const char *facts = gez_demo_sentences_nth (world->sentences, code, "partner facts", 0);
      g_autofree char *name = gez_demo_sentences_say (world->sentences, world->random, code,
                                                      "partner", &nobody);
      g_autofree char *offer = gez_demo_sentences_say (world->sentences, world->random, code,
                                                       "offer", &nobody);
      g_autofree char *unknown = g_strdup_printf ("||||||||%s|,,,,||0", code);

      add_partner (world, context, change, *name ? name : "Dienst Zomaar", offer,
                   facts ? facts : unknown);
    }
}

/**
 * gez_demo_add_partners:
 * @context: of who adds them
 * @change: takes them
 *
 * The partners of the invented team. The clock of @world is afterwards where it was.
 */
void
gez_demo_add_partners (GezDemoWorld *world,
                       GezContext   *context,
                       GezChange    *change)
{
  gint64 now = gez_clock_get_now (world->clock);
  const char *more;
  guint n_referred;

  add_domain_partners (world, context, change);
  n_referred = world->partners->len;
  for (guint i = 0;
       (more = gez_demo_sentences_nth (world->sentences, "general", "more partners", i)) != NULL;
       i++)
    {
      g_auto (GStrv) parts = g_strsplit (more, "|", 3);

      add_partner (world, context, change, parts[0], parts[1], parts[2]);
    }
  g_array_set_size (world->partners, n_referred);
  gez_clock_set_now (world->clock, now);
}
