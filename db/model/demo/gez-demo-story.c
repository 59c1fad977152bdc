/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/demo/gez-demo-story.h"

#include "base/gez-date.h"

int
gez_demo_chance (GezDemoStory *story,
                 int           from,
                 int           to)
{
  return from >= to ? from : g_rand_int_range (story->world->random, from, to);
}

/* @value moved by something from @below to @above, within its limits. A function, because the
 * macros that limit a value would throw the dice twice. */
int
gez_demo_near (GezDemoStory *story,
               int           value,
               int           below,
               int           above,
               int           lowest,
               int           highest)
{
  int moved = value + gez_demo_chance (story, below, above + 1);

  return CLAMP (moved, lowest, highest);
}

gboolean
gez_demo_in_hundred (GezDemoStory *story,
                     int           percent)
{
  return gez_demo_chance (story, 0, 100) < percent;
}

/* Negative: days that are still to come. */
char *
gez_demo_days_ago (GezDemoStory *story,
                   int           days)
{
  return gez_date_add_days (story->world->today, -days);
}

/* What follows happens on that day, during office hours. */
void
gez_demo_go_to_day (GezDemoStory *story,
                    int           days)
{
  g_autofree char *date = gez_demo_days_ago (story, MAX (0, days));
  /* Nothing of today has happened later than ten o'clock. */
  g_autofree char *time = g_strdup_printf ("%02d:%02d", gez_demo_chance (story, 8,
                                                                         days > 0 ? 17 : 10),
                                           gez_demo_chance (story, 0, 12) * 5);

  gez_clock_set_now (story->world->clock, gez_clock_instant_of (story->world->clock, date, time));
}

/* Takes @change. */
void
gez_demo_add (GezDemoStory *story,
              GezChange    *change)
{
  gez_change_append (story->world->change, change);
  g_object_unref (change);
}

char *
gez_demo_say (GezDemoStory *story,
              const char   *group,
              const char   *kind)
{
  return gez_demo_sentences_say (story->world->sentences, story->world->random, group, kind,
                                 &story->names);
}

/* A domain of the team's lists about which something can be said. The common ones come most. */
GezRecord *
gez_demo_any_domain (GezDemoStory *story)
{
  GPtrArray *domains = gez_lists_get_domains (gez_context_get_lists (story->context));
  GezRecord *domain;
  guint n_notes, tries = 0;

  do
    {
      domain = domains->pdata[gez_demo_chance (story, 0, (int) domains->len)];
      n_notes = gez_demo_sentences_count (story->world->sentences,
                                          gez_record_get_text (domain, "code"), "note");
    }
  while (gez_demo_chance (story, 0, 7) >= (int) n_notes && ++tries < 100);
  return domain;
}

const GezId *
gez_demo_any_partner (GezDemoStory *story,
                      GezRecord    *domain)
{
  GPtrArray *domains = gez_lists_get_domains (gez_context_get_lists (story->context));
  guint i = 0;

  g_ptr_array_find (domains, domain, &i);
  return &g_array_index (story->world->partners, GezId, i % story->world->partners->len);
}

static void
choose_state (GezDemoStory *story)
{
  static const char *const states[] = { "active", "active", "active", "intake", "active",
                                        "aftercare", "active", "paused", "active", "closed" };

  story->state = states[story->world->number % G_N_ELEMENTS (states)];
  story->days = g_str_equal (story->state, "intake") ? gez_demo_chance (story, 3, 30)
                                                     : gez_demo_chance (story, 60, 360);
}

/* Who carries this file. The first colleague is whose store it is; she has a third of the files. */
static GezContext *
choose_context (GezDemoWorld *world)
{
  guint n = world->contexts->len;

  if (world->number % 3 == 0 || n == 1)
    return world->contexts->pdata[0];
  return world->contexts->pdata[1 + (world->number - world->number / 3) % (n - 1)];
}

static void
remember (GezDemoStory *story)
{
  GezDemoFile file = { story->household, story->context, NULL, story->days };

  if (story->world->files->len == GEZ_DEMO_FILES)
    return;
  file.adult = g_strdup (story->names.adult);
  g_array_append_val (story->world->files, file);
}

/**
 * gez_demo_tell:
 *
 * Invents the household that @world's number says; it waits in @world's change to be committed.
 */
void
gez_demo_tell (GezDemoWorld *world)
{
  GezDemoStory story = { .world = world };

  story.context = choose_context (world);
  choose_state (&story);
  gez_demo_tell_family (&story);
  gez_demo_tell_plan (&story);
  gez_demo_tell_work (&story);
  gez_demo_tell_journal (&story);
  remember (&story);
  for (guint i = 0; i < story.n_persons; i++)
    g_free (story.first_names[i]);
  for (guint i = 0; i < story.n_helpers; i++)
    g_free (story.helper_names[i]);
}
