/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/demo/gez-demo-story.h"
#include "model/gez-assessment.h"
#include "model/gez-goal.h"
#include "model/gez-step.h"

/* What was said of the life domains over time, and what was agreed. */

#define WEEKS_BETWEEN 12
#define STEPS_MAX 8

/* Who speaks: the family most, the worker beside it, a person or a partner now and then. */
static void
say_about_domain (GezDemoStory *story,
                  GezRecord    *domain,
                  const char   *voice,
                  int           days,
                  int           score)
{
  gboolean is_worker = g_str_equal (voice, "worker") || g_str_equal (voice, "partner");
  const char *code = gez_record_get_text (domain, "code");
  g_autofree char *strengths = gez_demo_say (story, code,
                                             is_worker ? "worker strength" : "family strength");
  g_autofree char *needs = gez_demo_say (story, code, is_worker ? "worker need" : "family need");
  g_autofree char *wish = gez_demo_say (story, code, "wish");
  GezAssessmentInput input = { .household_id = &story->household,
                               .domain_id = gez_record_get_id (domain), .voice = voice,
                               .asked = is_worker ? NULL : "asked", .score = score };

  if (gez_demo_in_hundred (story, 85))
    input.strengths = strengths;
  if (gez_demo_in_hundred (story, 80))
    input.needs = needs;
  if (!is_worker && gez_demo_in_hundred (story, 70))
    input.wished_change = wish;
  if (g_str_equal (voice, "person"))
    input.person_id = &story->persons[story->n_persons - 1];
  if (g_str_equal (voice, "partner"))
    input.partner_id = gez_demo_any_partner (story, domain);
  gez_demo_go_to_day (story, days);
  gez_demo_add (story, gez_assessment_record (story->context, &input, NULL));
}

static void
leave_unasked (GezDemoStory *story,
               GezRecord    *domain,
               const char   *asked)
{
  GezAssessmentInput input = { .household_id = &story->household, .voice = "family", .asked = asked,
                               .domain_id = gez_record_get_id (domain) };

  gez_demo_go_to_day (story, MAX (1, story->days - 7));
  gez_demo_add (story, gez_assessment_record (story->context, &input, NULL));
}

/* Several rounds, about every twelve weeks; most things get a little better, not all. */
static void
assess (GezDemoStory *story,
        GezRecord    *domain)
{
  int family = gez_demo_chance (story, 1, 5);
  int worker = gez_demo_near (story, family, -1, 1, 1, 5);

  for (int days = story->days - gez_demo_chance (story, 1, 20); days > 0;
       days -= 7 * WEEKS_BETWEEN - gez_demo_chance (story, -10, 20))
    {
      say_about_domain (story, domain, "family", days, family);
      if (gez_demo_in_hundred (story, 75))
        say_about_domain (story, domain, "worker", MAX (1, days - 1), worker);
      if (gez_demo_in_hundred (story, 5) && story->n_persons > 1)
        say_about_domain (story, domain, "person", MAX (1, days - 2), family);
      if (gez_demo_in_hundred (story, 4))
        say_about_domain (story, domain, "partner", MAX (1, days - 3), worker);
      family = gez_demo_near (story, family, gez_demo_in_hundred (story, 25) ? -1 : 0, 1, 1, 5);
      worker = gez_demo_near (story, worker, -1, 1, 1, 5);
    }
}

static void
choose_owner (GezDemoStory *story,
              GezStepInput *step,
              GezRecord    *domain)
{
  int in = gez_demo_chance (story, 0, 100), n_first = MIN (3, (int) story->n_persons);

  if (in < 45 && n_first > 0)
    step->owner_person_id = &story->persons[gez_demo_chance (story, 0, n_first)];
  else if (in < 65 && story->n_helpers > 0)
    step->owner_helper_id = &story->helpers[gez_demo_chance (story, 0, (int) story->n_helpers)];
  else if (in < 72)
    step->owner_partner_id = gez_demo_any_partner (story, domain);
  else if (in < 95)
    step->owner_member_id = gez_context_get_member_id (story->context);
}

/* @days: how long ago the goal was agreed */
static void
add_step (GezDemoStory *story,
          GezRecord    *domain,
          const GezId  *goal,
          const char   *what,
          int           days,
          gboolean      is_done)
{
  int due = is_done ? gez_demo_chance (story, 0, days) : gez_demo_chance (story, -30, 14);
  g_autofree char *due_on = gez_demo_days_ago (story, due);
  g_autofree char *done_on = gez_demo_days_ago (story, gez_demo_chance (story, 0, MAX (1, days)));
  GezStepInput step = { .household_id = &story->household, .domain_id = gez_record_get_id (domain),
                        .goal_id = goal, .what = what,
                        .due_on = gez_demo_in_hundred (story, 80) ? due_on : NULL };
  GezId id;

  choose_owner (story, &step, domain);
  gez_demo_add (story, gez_step_add (story->context, &step, &id));
  if (is_done)
    gez_demo_add (story, gez_step_done (story->context, &id, done_on, NULL));
}

static void
add_goal (GezDemoStory *story,
          GezRecord    *domain,
          int           priority)
{
  g_autofree char *said = gez_demo_say (story, gez_record_get_text (domain, "code"), "goal");
  g_auto (GStrv) parts = g_strsplit (said, "|", STEPS_MAX);
  int n_steps = (int) g_strv_length (parts) - 1, n_done = gez_demo_chance (story, 0, n_steps + 1);
  int days = gez_demo_chance (story, 3, MAX (4, story->days));
  GezGoalInput goal = { .household_id = &story->household, .domain_id = gez_record_get_id (domain),
                        .words = parts[0], .priority = priority };
  gboolean is_closed = g_str_equal (story->state, "closed") || g_str_equal (story->state,
                                                                            "aftercare");
  g_autofree char *ended_on = gez_demo_days_ago (story, gez_demo_chance (story, 1, days));
  GezId id;

  gez_demo_go_to_day (story, days);
  gez_demo_add (story, gez_goal_agree (story->context, &goal, &id));
  for (int i = 0; i < n_steps; i++)
    add_step (story, domain, &id, parts[i + 1], days, i < n_done || is_closed);
  if (is_closed ? gez_demo_in_hundred (story, 80) : n_done == n_steps && gez_demo_in_hundred (story,
                                                                                              70))
    gez_demo_add (story, gez_goal_reach (story->context, &id, ended_on));
  else if (gez_demo_in_hundred (story, is_closed ? 70 : 6))
    gez_demo_add (story, gez_goal_stop (story->context, &id, ended_on));
}

void
gez_demo_tell_plan (GezDemoStory *story)
{
  GPtrArray *domains = gez_lists_get_domains (gez_context_get_lists (story->context));
  gboolean is_intake = g_str_equal (story->state, "intake");
  int known = is_intake ? 25 : 70, priority = 0;

  for (guint i = 0; i < domains->len; i++)
    {
      GezRecord *domain = domains->pdata[i];

      if (!gez_demo_in_hundred (story, known))
        {
          if (gez_demo_in_hundred (story, 15))
            leave_unasked (story, domain, gez_demo_in_hundred (story,
                                                               70) ? "does_not_want" : "not_asked");
          continue;
        }
      assess (story, domain);
      if (priority < 5 && gez_demo_in_hundred (story, 35))
        add_goal (story, domain, ++priority);
    }
}
