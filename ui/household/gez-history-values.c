/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. Every column that a person fills in has a noun here. A column of a newer version of the program
 *    goes by its own name, never hidden; what the program keeps for itself has no noun.
 * 2. A value is what a person chose or typed: codes as words, references as names, dates as dates.
 */

#include "household/gez-history-values.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-format.h"
#include "common/gez-words.h"
#include "household/gez-domain-names.h"
#include "store/gez-schema.h"

typedef struct
{
  const char *table; /* NULL: any */
  const char *column;
  const char *noun; /* NULL: kept for the program itself */
} Noun;

static const Noun nouns[] = {
  { "household", "name", N_ ("the name") },
  { "household", "is_pseudonymous", N_ ("whether the name is an alias") },
  { "household", "residence", N_ ("where the family lives") },
  { "household", "address", N_ ("the address") },
  { "household", "language", N_ ("the language") },
  { "household", "needs_interpreter", N_ ("whether an interpreter is needed") },
  { "household", "known_to_ocmw", N_ ("whether the OCMW knew the family") },
  { "household", "known_to_city", N_ ("whether the city knew the family") },
  { "household", "known_asked_on", N_ ("the day on which this was asked") },
  { "household", "entry_gate", N_ ("how the family came to us") },
  { "household", "contact_rhythm_days", N_ ("the longest time without contact, in days") },
  { "trajectory", "intensity_percent", N_ ("the intensity, in percent") },
  { "trajectory", "norm_weeks", N_ ("the expected duration, in weeks") },
  { "trajectory_event", "state", N_ ("where the trajectory stands") },
  { "person", "first_name", N_ ("the first name") },
  { "person", "last_name", N_ ("the last name") },
  { "person", "nickname", N_ ("the nickname") },
  { "person", "born_on", N_ ("the date of birth") },
  { "person", "estimated_age", N_ ("the estimated age") },
  { "person", "age_estimated_on", NULL },
  { "person", "gender", N_ ("the gender") },
  { "person", "language", N_ ("the language") },
  { "person", "phones", N_ ("the phone number") },
  { "person", "email", N_ ("the e-mail address") },
  { "person", "class", N_ ("the class") },
  { "membership", "person_id", NULL },
  { "membership", "role", N_ ("the place in the family") },
  { "membership", "residence", N_ ("where this person lives") },
  { "membership", "custody", N_ ("the agreement about the child") },
  { "relation", "person_id", NULL },
  { "relation", "other_person_id", N_ ("the other person") },
  { "relation", "kind", N_ ("the relation") },
  { "helper", "kind", N_ ("the kind of helper") },
  { "helper", "name", N_ ("the name") },
  { "helper", "role", N_ ("the role") },
  { "helper", "phone", N_ ("the phone number") },
  { "helper", "is_contact_person", N_ ("whether this is the contact person") },
  { "flag", "fact", N_ ("the fact") },
  { "flag", "source", N_ ("the source") },
  { "flag", "resolved_on", N_ ("the day on which it was over") },
  { "flag", "resolved_reason", N_ ("why it is over") },
  { "assessment", "voice", N_ ("who says it") },
  { "assessment", "asked", N_ ("whether it was talked about") },
  { "assessment", "score", N_ ("the score") },
  { "assessment", "strengths", N_ ("what goes well") },
  { "assessment", "needs", N_ ("what is difficult") },
  { "assessment", "wished_change", N_ ("the wish") },
  { "assessment", "assessed_on", NULL },
  { "goal", "words", N_ ("the goal") },
  { "goal", "priority", N_ ("the priority") },
  { "goal", "baseline", N_ ("the starting point") },
  { "goal", "indicator", N_ ("what shows that it is reached") },
  { "goal", "state", N_ ("how the goal stands") },
  { "goal", "started_on", N_ ("the first day") },
  { "goal", "ended_on", N_ ("the last day") },
  { "step", "what", N_ ("the step") },
  { "step", "owner_person_id", N_ ("who does it") },
  { "step", "owner_helper_id", N_ ("who does it") },
  { "step", "owner_member_id", N_ ("who does it") },
  { "step", "owner_partner_id", N_ ("who does it") },
  { "step", "done_on", N_ ("the day on which it was done") },
  { "step", "result", N_ ("the result") },
  { "contact", "happened_at", N_ ("the moment") },
  { "contact", "minutes", N_ ("the length, in minutes") },
  { "contact", "channel", N_ ("the way of contact") },
  { "contact", "place", N_ ("the place") },
  { "contact", "is_attempt", N_ ("whether it was an attempt") },
  { "note", "content", N_ ("the note") },
  { "note", "origin", N_ ("where it comes from") },
  { "note", "told_by", N_ ("who told it") },
  { "note", "is_minor_in_confidence", N_ ("whether a minor told it in confidence") },
  { "question", "content", N_ ("the question") },
  { "question", "is_answered", N_ ("answered by ourselves") },
  { "question", "is_referred", N_ ("referred") },
  { "question", "is_file_opened", N_ ("a file opened") },
  { "question", "is_not_solved", N_ ("not solved yet") },
  { "question", "is_no_supply", N_ ("no offer exists") },
  { "question", "come_back_on", N_ ("the day to come back") },
  { "question", "first_asked_on", N_ ("the day on which it was asked") },
  { "question", "done_on", N_ ("the day on which it was done") },
  { "referral", "direction", N_ ("the direction") },
  { "referral", "partner_name", N_ ("the partner organisation") },
  { "referral", "reason", N_ ("the reason") },
  { "referral", "question", N_ ("the question") },
  { "referral", "is_warm", N_ ("whether the referral is warm") },
  { "referral", "introduced_by", N_ ("who introduces the family") },
  { "referral", "joint_talk_on", N_ ("the day of the talk together") },
  { "referral", "has_consent", N_ ("whether the family agrees") },
  { "referral", "consent_on", N_ ("the day on which the family agreed") },
  { "referral", "letter_sent_on", N_ ("the day of the letter") },
  { "referral", "call_back_on", N_ ("the day to call back") },
  { "referral", "family_answer_2_weeks", N_ ("the answer of the family after two weeks") },
  { "referral", "family_answer_6_weeks", N_ ("the answer of the family after six weeks") },
  { "referral", "barrier", N_ ("what stands in the way") },
  { "referral_event", "state", N_ ("how the referral stands") },
  { "followup", "what", N_ ("the follow-up") },
  { "followup", "kind", N_ ("the kind") },
  { "followup", "is_suggested", N_ ("whether it is a suggestion") },
  { "followup", "rhythm_days", N_ ("the rhythm, in days") },
  { "followup", "done_on", N_ ("the day on which it was done") },
  { "followup", "cancelled_on", N_ ("the day on which it was cancelled") },
  { "followup", "moved_reason", N_ ("why it was moved") },
  { "appointment", "title", N_ ("the appointment") },
  { "appointment", "held_on", N_ ("the day") },
  { "appointment", "start_time", N_ ("the time") },
  { "appointment", "minutes", N_ ("the length, in minutes") },
  { "appointment", "place", N_ ("the place") },
  { "appointment", "with_whom", N_ ("with whom") },
  { "appointment", "kind", N_ ("the kind") },
  { "appointment", "state", N_ ("how the appointment stands") },
  { "document", "name", N_ ("the name") },
  { "document", "tags", N_ ("the labels") },
  { "document", "media_type", NULL },
  { "document", "size_bytes", NULL },
  { "document", "content_hash", NULL },
  { "document", "added_at", NULL },
  { "document", "file_id", NULL },
  { "document", "file_key", NULL },
  { "duplicate_link", "other_household_id", N_ ("the other file") },
  { "duplicate_link", "other_person_id", N_ ("the other person") },
  { "duplicate_link", "linked_on", NULL },
  { "fingerprint_choice", "is_left_out", NULL },
  { "contact_link", "kind", NULL },
  { "partner", "kind", N_ ("the kind of service") },
  { "partner", "domains", N_ ("the life domains") },
  { "partner", "target_group", N_ ("for whom it is") },
  { "partner", "offer", N_ ("what they offer") },
  { "partner", "area", N_ ("the area") },
  { "partner", "contact_persons", N_ ("the contact persons") },
  { "partner", "address", N_ ("the address") },
  { "partner", "email", N_ ("the e-mail address") },
  { "partner", "conditions", N_ ("the conditions") },
  { "partner", "affordable", N_ ("whether it is affordable") },
  { "partner", "understandable", N_ ("whether it is understandable") },
  { "partner", "available", N_ ("whether it is available") },
  { "partner", "reliable", N_ ("whether it is reliable") },
  { "partner", "reachable", N_ ("whether it is reachable") },
  { "partner", "checked_on", N_ ("the day on which it was checked") },
  { "partner", "checked_by_member_id", N_ ("who checked it") },
  { "partner", "phone", N_ ("the phone number") },
  { "member", "role", N_ ("the role") },
  { "member", "is_active", N_ ("whether this colleague is still there") },
  { "member", "job_title", N_ ("the job title") },
  { "member", "languages", N_ ("the languages") },
  { "member", "absent_from_on", N_ ("from when the absence is") },
  { "member", "absent_to_on", N_ ("until when the absence is") },
  { "member", "stand_in_member_id", N_ ("who stands in") },
  { "member", "caseload_norm", N_ ("the usual number of families") },
  { "domain", "is_sensitive", N_ ("whether it is sensitive") },
  { "school", "level", N_ ("the level of the school") },
  { "district", "kind", NULL },
  { "domain", "kind", NULL },
  { "list_item", "kind", NULL },
  { "list_item", "list", NULL },
  { "scale_point", "scale_id", NULL },
  { "scale_point", "value", NULL },
  { "fingerprint", "hashes", NULL },
  { "fingerprint", "file_token", NULL },
  { "fingerprint", "contact_member_id", NULL },
  { NULL, "code", NULL },
  { NULL, "name", N_ ("the name") },
  { NULL, "secrecy", N_ ("the secrecy") },
  { NULL, "municipality", N_ ("the municipality") },
  { NULL, "label_nl", N_ ("the name in Dutch") },
  { NULL, "label_en", N_ ("the name in English") },
  { NULL, "label_fr", N_ ("the name in French") },
  { NULL, "short_label_nl", N_ ("the short name") },
  { NULL, "description_nl", N_ ("what belongs to it") },
  { NULL, "position", N_ ("the place in the list") },
  { NULL, "colour", N_ ("the colour") },
  { NULL, "shape", N_ ("the shape") },
  { NULL, "active_from_on", N_ ("from when it is in use") },
  { NULL, "active_to_on", N_ ("until when it is in use") },
  { NULL, "district_id", N_ ("the district") },
  { NULL, "school_id", N_ ("the school") },
  { NULL, "partner_id", N_ ("the partner organisation") },
  { NULL, "person_id", N_ ("whom it is about") },
  { NULL, "member_id", N_ ("who takes care of it") },
  { NULL, "owner_member_id", N_ ("who takes care of it") },
  { NULL, "domain_id", N_ ("the life domain") },
  { NULL, "from_on", N_ ("from when") },
  { NULL, "to_on", N_ ("until when") },
  { NULL, "since_on", N_ ("since when") },
  { NULL, "until_on", N_ ("until when") },
  { NULL, "due_on", N_ ("by when") },
  { NULL, "happened_on", N_ ("the day") },
  { NULL, "reason", N_ ("the reason") },
  { NULL, "result", N_ ("the result") },
  { NULL, "circle", N_ ("who can read this") },
  { NULL, "withdrawn_reason", NULL },
  { NULL, "withdrawn_at", NULL },
  { NULL, "household_id", NULL },
  { NULL, "trajectory_id", NULL },
  { NULL, "goal_id", NULL },
  { NULL, "contact_id", NULL },
  { NULL, "referral_id", NULL },
  { NULL, "question_id", NULL },
  { NULL, "helper_id", NULL },
  { NULL, "by_member_id", NULL },
  { NULL, "corrects_note_id", NULL },
  { NULL, "written_at", NULL },
  { NULL, "zone", NULL },
  { NULL, "id", NULL },
};

static const struct
{
  const char *table;
  const char *column;
  GezWords words;
} codes[] = {
  { "household", "residence", GEZ_WORDS_RESIDENCE },
  { "household", "known_to_ocmw", GEZ_WORDS_YES_NO },
  { "household", "known_to_city", GEZ_WORDS_YES_NO },
  { "trajectory_event", "state", GEZ_WORDS_TRAJECTORY_STATE },
  { "person", "gender", GEZ_WORDS_GENDER },
  { "membership", "role", GEZ_WORDS_MEMBERSHIP_ROLE },
  { "membership", "residence", GEZ_WORDS_LIVES_HERE },
  { "relation", "kind", GEZ_WORDS_RELATION },
  { "helper", "kind", GEZ_WORDS_HELPER_KIND },
  { "assessment", "voice", GEZ_WORDS_VOICE },
  { "assessment", "asked", GEZ_WORDS_ASKED },
  { "goal", "state", GEZ_WORDS_GOAL_STATE },
  { "note", "origin", GEZ_WORDS_NOTE_ORIGIN },
  { "referral", "direction", GEZ_WORDS_REFERRAL_DIRECTION },
  { "referral_event", "state", GEZ_WORDS_REFERRAL_STATE },
  { "followup", "kind", GEZ_WORDS_FOLLOWUP_KIND },
  { "appointment", "state", GEZ_WORDS_APPOINTMENT_STATE },
  { "partner", "affordable", GEZ_WORDS_YES_PARTLY_NO },
  { "partner", "understandable", GEZ_WORDS_YES_PARTLY_NO },
  { "partner", "available", GEZ_WORDS_YES_PARTLY_NO },
  { "partner", "reliable", GEZ_WORDS_YES_PARTLY_NO },
  { "partner", "reachable", GEZ_WORDS_YES_PARTLY_NO },
  { "partner", "secrecy", GEZ_WORDS_SECRECY },
  { "member", "role", GEZ_WORDS_MEMBER_ROLE },
  { "member", "secrecy", GEZ_WORDS_SECRECY },
};

static const struct
{
  const char *table;
  const char *column;
  const char *list;
} lists[] = {
  { "household", "entry_gate", "entry_gate" },
  { "contact", "channel", "contact_channel" },
  { "referral", "reason", "referral_reason" },
  { "referral", "barrier", "barrier" },
};

/**
 * gez_history_noun:
 * @table: the table of the row
 * @cell: one of its cells
 *
 * Returns: (transfer none) (nullable): what the cell is called, with its article; %NULL for what
 *   the program keeps for itself
 */
const char *
gez_history_noun (const char           *table,
                  const GezHistoryCell *cell)
{
  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    if ((nouns[i].table == NULL || strcmp (nouns[i].table, table) == 0)
        && strcmp (nouns[i].column, cell->column) == 0)
      return nouns[i].noun != NULL ? _(nouns[i].noun) : NULL;

  return cell->column;
}

static const char *
say_code (GezContext *context,
          const char *table,
          const char *column,
          const char *code)
{
  if (strcmp (column, "circle") == 0)
    return gez_words_get (GEZ_WORDS_CIRCLE, code);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (codes[i].table, table) == 0 && strcmp (codes[i].column, column) == 0)
      return gez_words_get (codes[i].words, code);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (strcmp (lists[i].table, table) == 0 && strcmp (lists[i].column, column) == 0)
      return gez_lists_get_item_label (gez_context_get_lists (context), lists[i].list, code);

  return NULL;
}

static char *
say_text (GezContext *context,
          const char *table,
          const char *column,
          const char *text)
{
  const char *words = say_code (context, table, column, text);

  if (words != NULL)
    return g_strdup (words);

  switch (gez_column_kind_of (column, FALSE))
    {
    case GEZ_COLUMN_DATE:
      return gez_format_date (text);
    case GEZ_COLUMN_TIME:
      return gez_format_time (text);
    default:
      return g_strdup (text);
    }
}

static char *
say_number (GezContext *context,
            const char *column,
            gint64      number)
{
  GezClock *clock = gez_context_get_clock (context);

  switch (gez_column_kind_of (column, TRUE))
    {
    case GEZ_COLUMN_BOOLEAN:
      return g_strdup (gez_words_get (GEZ_WORDS_YES_NO, number != 0 ? "yes" : "no"));
    case GEZ_COLUMN_INSTANT:
      {
        g_autofree char *day = gez_clock_date_of (clock, number);
        g_autofree char *hours = gez_clock_time_of (clock, number);
        g_autofree char *date = gez_format_date (day);
        g_autofree char *time = gez_format_time (hours);

        return g_strdup_printf ("%s, %s", date, time);
      }
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, number);
    }
}

/**
 * gez_history_value:
 * @context: where we work
 * @table: the table of the row
 * @column: the column
 * @value: what was written or replaced
 *
 * Returns: (transfer full) (nullable): the value in words; %NULL for nothing
 */
char *
gez_history_value (GezContext            *context,
                   const char            *table,
                   const char            *column,
                   const GezHistoryValue *value)
{
  switch (value->kind)
    {
    case GEZ_HISTORY_TEXT:
      return say_text (context, table, column, value->text);
    case GEZ_HISTORY_NUMBER:
      return say_number (context, column, value->number);
    case GEZ_HISTORY_REFERENCE:
      if (strcmp (column, "domain_id") == 0)
        return g_strdup (gez_domain_label (context, &value->id));
      return g_strdup (value->text != NULL ? value->text : _("somebody or something not known here"));
    case GEZ_HISTORY_NOTHING:
    default:
      return NULL;
    }
}
