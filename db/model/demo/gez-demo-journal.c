/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/gez-text.h"
#include "model/demo/gez-demo-story.h"
#include "model/gez-contact.h"

/* The journal: contacts with notes of one line to several paragraphs, and the questions in them. */

#define DOMAINS_MAX 3
#define QUESTIONS_MAX 3

static void
append_said (GezDemoStory *story,
             GString      *note,
             const char   *between,
             const char   *group,
             const char   *kind)
{
  g_autofree char *said = gez_demo_say (story, group, kind);

  /* What stands there already is not said again. */
  if (gez_text_is_blank (said) || strstr (note->str, said))
    return;
  if (note->len > 0)
    g_string_append (note, between);
  g_string_append (note, said);
}

static void
append_agreements (GezDemoStory *story,
                   GString      *note)
{
  int n = gez_demo_chance (story, 2, 4);

  g_string_append (note, "\n\nAfgesproken:");
  for (int i = 0; i < n; i++)
    append_said (story, note, "\n- ", "general", "agreement");
}

static char *
write_short (GezDemoStory *story,
             GezRecord    *domain)
{
  GString *note = g_string_new (NULL);

  if (gez_demo_in_hundred (story, 50))
    append_said (story, note, " ", "general", "short");
  else
    append_said (story, note, " ", gez_record_get_text (domain, "code"), "note");
  return g_string_free (note, FALSE);
}

static char *
write_ordinary (GezDemoStory *story,
                GezRecord    *domain)
{
  GString *note = g_string_new (NULL);

  append_said (story, note, " ", "general", "opening");
  append_said (story, note, " ", gez_record_get_text (domain, "code"), "note");
  if (gez_demo_in_hundred (story, 35))
    append_said (story, note, "\n\n", "general", "seen");
  if (gez_demo_in_hundred (story, 65))
    append_said (story, note, gez_demo_in_hundred (story, 30) ? "\n\n" : " ", "general", "closing");
  return g_string_free (note, FALSE);
}

static char *
write_long (GezDemoStory      *story,
            GezRecord *const  *domains,
            guint              n_domains)
{
  GString *note = g_string_new (NULL);

  append_said (story, note, " ", "general", "opening");
  append_said (story, note, " ", "general", "seen");
  for (guint i = 0; i < n_domains; i++)
    append_said (story, note, "\n\n", gez_record_get_text (domains[i], "code"), "note");
  append_said (story, note, "\n\n", "general", "seen");
  if (gez_demo_in_hundred (story, 70))
    append_agreements (story, note);
  append_said (story, note, "\n\n", "general", "closing");
  return g_string_free (note, FALSE);
}

static const char *
choose_channel (GezDemoStory *story)
{
  static const char *const channels[] = { "home_visit", "home_visit", "home_visit", "phone",
                                          "phone",
                                          "school_sitting_day", "appointment", "accompaniment",
                                          "email", "desk", "neighbourhood_centre" };

  return channels[gez_demo_chance (story, 0, G_N_ELEMENTS (channels))];
}

/* Most contacts are with who carries the file; now and then a colleague writes. */
static GezContext *
choose_author (GezDemoStory *story)
{
  GPtrArray *contexts = story->world->contexts;

  if (gez_demo_in_hundred (story, 85))
    return story->context;
  return contexts->pdata[gez_demo_chance (story, 0, (int) contexts->len)];
}

static GezOutcome
choose_outcomes (GezDemoStory *story,
                 int           days)
{
  static const GezOutcome outcomes[] = {
    GEZ_OUTCOME_ANSWERED, GEZ_OUTCOME_ANSWERED, GEZ_OUTCOME_ANSWERED, GEZ_OUTCOME_REFERRED,
    GEZ_OUTCOME_ANSWERED | GEZ_OUTCOME_REFERRED, GEZ_OUTCOME_NOT_SOLVED, GEZ_OUTCOME_NO_SUPPLY,
    GEZ_OUTCOME_NONE, GEZ_OUTCOME_ANSWERED,
  };

  /* Who was to come back longer ago has been, or the question would stand open for ever. */
  if (days < 26 && gez_demo_in_hundred (story, 50))
    return GEZ_OUTCOME_COME_BACK;
  return outcomes[gez_demo_chance (story, 0, G_N_ELEMENTS (outcomes))];
}

/* Returns how many there are; texts and days belong to @texts. */
static guint
invent_questions (GezDemoStory     *story,
                  GezRecord        *domain,
                  int               days,
                  GezQuestionInput  questions[QUESTIONS_MAX],
                  GPtrArray        *texts)
{
  guint n = gez_demo_in_hundred (story, 30) ? (guint) gez_demo_chance (story, 1,
                                                                       QUESTIONS_MAX + 1) : 0;

  for (guint i = 0; i < n; i++)
    {
      GezRecord *about = i == 0 ? domain : gez_demo_any_domain (story);
      char *text = gez_demo_say (story, gez_record_get_text (about, "code"), "question");
      char *back = gez_demo_days_ago (story, days - gez_demo_chance (story, 5, 25));

      g_ptr_array_add (texts, text);
      g_ptr_array_add (texts, back);
      questions[i].content = text;
      questions[i].domain_id = gez_record_get_id (about);
      questions[i].outcomes = choose_outcomes (story, days);
      questions[i].come_back_on = back;
      if (story->n_persons > 0)
        questions[i].person_id = &story->persons[0];
    }
  return n;
}

static void
take_part (GezDemoStory    *story,
           GezContactInput *input)
{
  if (story->n_persons > 0)
    {
      input->persons = story->persons;
      input->n_persons = (gsize) gez_demo_near (story, 0, 1, 3, 1, (int) story->n_persons);
    }
  if (story->n_helpers > 0 && gez_demo_in_hundred (story, 20))
    {
      input->helpers = story->helpers;
      input->n_helpers = 1;
    }
}

static void
add_attempt (GezDemoStory *story,
             int           days)
{
  g_autofree char *text = gez_demo_say (story, "general", "attempt");
  GezNoteInput note = { .content = text };
  GezContactInput input = { .household_id = &story->household, .is_attempt = TRUE, .note = &note,
                            .channel = gez_demo_in_hundred (story, 50) ? "home_visit" : "phone" };

  gez_demo_go_to_day (story, days);
  gez_demo_add (story, gez_contact_record (story->context, &input, NULL));
}

static void
add_contact (GezDemoStory *story,
             int           days)
{
  static const char *const origins[] = { NULL, NULL, "seen", "told", "judgement" };
  GezRecord *domains[DOMAINS_MAX] = { gez_demo_any_domain (story), gez_demo_any_domain (story),
                                      gez_demo_any_domain (story) };
  GezId ids[DOMAINS_MAX];
  int length = gez_demo_chance (story, 0, 100);
  guint n = length >= 82 ? (guint) gez_demo_chance (story, 2, DOMAINS_MAX + 1) : 1;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = length < 25   ? write_short (story, domains[0])
                          : length < 82 ? write_ordinary (story, domains[0])
                                        : write_long (story, domains, n);
  GezNoteInput note = { .content = text };
  GezQuestionInput questions[QUESTIONS_MAX] = { 0 };
  GezContactInput input = { .household_id = &story->household, .note = &note, .domains = ids,
                            .n_domains = n, .questions = questions };

  note.origin = origins[gez_demo_chance (story, 0, G_N_ELEMENTS (origins))];
  input.channel = choose_channel (story);
  for (guint i = 0; i < n; i++)
    ids[i] = *gez_record_get_id (domains[i]);
  input.minutes = length < 25 ? gez_demo_chance (story, 1, 4) * 5 : gez_demo_chance (story, 4,
                                                                                     19) * 5;
  take_part (story, &input);
  input.n_questions = invent_questions (story, domains[0], days, questions, texts);
  gez_demo_go_to_day (story, days);
  gez_demo_add (story, gez_contact_record (choose_author (story), &input, NULL));
}

/* How long the family has not been seen: some files are stale, a paused or closed one is quiet. */
static int
choose_last (GezDemoStory *story)
{
  if (g_str_equal (story->state, "closed") || g_str_equal (story->state, "paused"))
    return gez_demo_near (story, 0, 30, 60, 0, story->days - 1);
  return gez_demo_in_hundred (story, 20) ? gez_demo_near (story, 0, 31, 70, 0, story->days - 1)
                                         : gez_demo_chance (story, 0, MIN (story->days, 21));
}

void
gez_demo_tell_journal (GezDemoStory *story)
{
  int last = MAX (0, choose_last (story)), span = MAX (1, story->days - last);
  guint n = story->world->contacts;

  if (n == 0)
    n = (guint) (gez_demo_chance (story, 1, 4) + story->days / gez_demo_chance (story, 10, 30));
  for (guint i = 0; i < n; i++)
    {
      int days = last + (int) ((gint64) (n - 1 - i) * span / n);

      if (gez_demo_in_hundred (story, 8))
        add_attempt (story, days);
      else
        add_contact (story, days);
    }
  story->world->n_pending += n;
}
