/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-contact.h"

#include "base/gez-text.h"
#include "model/gez-command.h"
#include "model/gez-followup.h"

static GezCircle
circle_of (GezContext            *context,
           const GezContactInput *input)
{
  if (!gez_id_is_none (input->household_id))
    return gez_circle_open (input->household_id);
  if (!gez_id_is_none (input->school_id))
    return gez_circle_sitting (input->school_id);
  return gez_circle_private (gez_context_get_member_id (context));
}

static void
insert_links (GezContext            *context,
              GezChange             *change,
              const GezContactInput *input,
              const GezId           *contact,
              const char            *kind,
              const char            *column,
              const GezId           *ids,
              gsize                  n_ids)
{
  for (gsize i = 0; i < n_ids; i++)
    {
      gez_command_insert (context, change, "contact_link", circle_of (context, input), NULL);
      gez_change_set_id (change, "contact_id", contact);
      gez_change_set_text (change, "kind", kind);
      gez_change_set_id (change, column, &ids[i]);
    }
}

static void
insert_all_links (GezContext            *context,
                  GezChange             *change,
                  const GezContactInput *input,
                  const GezId           *contact)
{
  const struct
  {
    const char *kind;
    const char *column;
    const GezId *ids;
    gsize n_ids;
  } links[] = {
    { "took_part", "person_id", input->persons, input->n_persons },
    { "took_part", "helper_id", input->helpers, input->n_helpers },
    { "took_part", "member_id", input->members, input->n_members },
    { "about", "domain_id", input->domains, input->n_domains },
    { "about", "goal_id", input->goals, input->n_goals },
  };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    insert_links (context, change, input, contact, links[i].kind, links[i].column, links[i].ids,
                  links[i].n_ids);
}

static void
append (GezChange *change,
        GezChange *other)
{
  gez_change_append (change, other);
  g_object_unref (other);
}

static void
append_note (GezContext            *context,
             GezChange             *change,
             const GezContactInput *input,
             const GezId           *contact,
             gint64                 happened_at)
{
  GezNoteInput note;

  if (input->note == NULL || input->note->content == NULL ||
      gez_text_is_blank (input->note->content))
    return;
  note = *input->note;
  note.household_id = input->household_id;
  note.contact_id = contact;
  if (note.domain_id == NULL && input->n_domains == 1)
    note.domain_id = &input->domains[0];
  if (note.written_at == 0)
    note.written_at = happened_at;
  append (change, gez_note_write (context, &note, NULL));
}

static void
append_questions (GezContext            *context,
                  GezChange             *change,
                  const GezContactInput *input,
                  const GezId           *contact,
                  gint64                 happened_at)
{
  g_autofree char *day = gez_clock_date_of (gez_context_get_clock (context), happened_at);

  for (gsize i = 0; i < input->n_questions; i++)
    {
      GezQuestionInput question = input->questions[i];

      if (question.content == NULL || gez_text_is_blank (question.content))
        continue;
      question.household_id = input->household_id;
      question.contact_id = contact;
      if (question.school_id == NULL)
        question.school_id = input->school_id;
      if (question.first_asked_on == NULL)
        question.first_asked_on = day;
      append (change, gez_question_ask (context, &question, NULL));
    }
}

static void
append_followup (GezContext            *context,
                 GezChange             *change,
                 const GezContactInput *input,
                 const GezId           *contact)
{
  GezFollowupInput followup = {
    .household_id = input->household_id,
    .domain_id = input->n_domains == 1 ? &input->domains[0] : NULL,
    .what = input->followup_what,
    .due_on = input->followup_on,
    .contact_id = contact,
  };

  if (input->followup_what && !gez_text_is_blank (input->followup_what) && input->followup_on)
    append (change, gez_followup_plan (context, &followup, NULL));
}

static GezId
insert_contact (GezContext            *context,
                GezChange             *change,
                const GezContactInput *input,
                gint64                 happened_at)
{
  GezId contact;

  contact = gez_command_insert (context, change, "contact", circle_of (context, input), NULL);
  gez_command_id (change, "household_id", input->household_id);
  gez_change_set_integer (change, "happened_at", happened_at);
  gez_command_number (change, "minutes", input->minutes);
  gez_command_text (change, "channel", input->channel);
  gez_command_text (change, "place", input->place);
  gez_command_yes (change, "is_attempt", input->is_attempt);
  gez_command_by (context, change, "by_member_id", NULL);
  return contact;
}

/**
 * gez_contact_record:
 * @input: nothing but a household has to be known
 * @id: (out) (optional): receives the identity of the contact
 *
 * One contact with everything that goes with it, as one act: the contact, who took part and what it
 * was about, the note in the circle its author chose, the questions, and what is to be done next.
 * The draft of the household's journal goes in the same transaction.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_contact_record (GezContext            *context,
                    const GezContactInput *input,
                    GezId                 *id)
{
  GezChange *change;
  gint64 happened_at;
  GezId contact;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL, NULL);

  happened_at = input->happened_at;
  if (happened_at == 0)
    happened_at = gez_clock_get_now (gez_context_get_clock (context));
  change = gez_change_new ("record-contact");
  contact = insert_contact (context, change, input, happened_at);
  insert_all_links (context, change, input, &contact);
  append_note (context, change, input, &contact, happened_at);
  append_questions (context, change, input, &contact, happened_at);
  append_followup (context, change, input, &contact);
  if (!gez_id_is_none (input->household_id))
    gez_change_clear_draft (change, GEZ_DRAFT_JOURNAL, input->household_id);
  if (id)
    *id = contact;
  return change;
}
