/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every fixed code of the store in words, in one place.
 *
 * 1. The order of a table is the order in which a person chooses.
 * 2. A code that is not in its table comes from a newer version of the program: it is shown as it
 *    is, never hidden.
 * 3. Contexts ("NC_") keep words apart that are the same in English and differ in Dutch.
 */

#include "common/gez-words.h"

#include <glib/gi18n.h>

#define MAX_CODES 20

typedef struct
{
  const char *code;
  const char *context;
  const char *text;
} Word;

static const Word member_roles[] = {
  { "teamleider", "team role", NC_ ("team role", "Team leader") },
  { "casemanager", "team role", NC_ ("team role", "Case manager") },
  { "brugfiguur", "team role", NC_ ("team role", "Brugfiguur") },
  { NULL }
};

static const Word secrecies[] = {
  { "beroepsgeheim", "secrecy", NC_ ("secrecy", "Professional secrecy") },
  { "ambtsgeheim", "secrecy", NC_ ("secrecy", "Official secrecy") },
  { "discretieplicht", "secrecy", NC_ ("secrecy", "Duty of discretion") },
  { "unknown", "secrecy", NC_ ("secrecy", "Not known") },
  { NULL }
};

static const Word residences[] = {
  { "rented", "residence", NC_ ("residence", "Rents privately") },
  { "social", "residence", NC_ ("residence", "Rents social housing") },
  { "own", "residence", NC_ ("residence", "Own home") },
  { "with_friends", "residence", NC_ ("residence", "Stays with family or friends") },
  { "reference_address", "residence", NC_ ("residence", "Reference address") },
  { "institution", "residence", NC_ ("residence", "In a shelter or institution") },
  { "caravan", "residence", NC_ ("residence", "Caravan") },
  { "hidden", "residence", NC_ ("residence", "Hidden address") },
  { "none", "residence", NC_ ("residence", "No fixed address") },
  { NULL }
};

static const Word yes_no[] = {
  { "yes", NULL, N_ ("Yes") },
  { "no", NULL, N_ ("No") },
  { NULL }
};

static const Word yes_partly_no[] = {
  { "yes", NULL, N_ ("Yes") },
  { "partly", NULL, N_ ("Partly") },
  { "no", NULL, N_ ("No") },
  { NULL }
};

static const Word trajectory_states[] = {
  { "intake", "trajectory", NC_ ("trajectory", "Getting to know") },
  { "active", "trajectory", NC_ ("trajectory", "Active") },
  { "paused", "trajectory", NC_ ("trajectory", "Paused") },
  { "aftercare", "trajectory", NC_ ("trajectory", "Aftercare") },
  { "closed", "trajectory", NC_ ("trajectory", "Closed") },
  { NULL }
};

static const Word genders[] = {
  { "f", "gender", NC_ ("gender", "Woman or girl") },
  { "m", "gender", NC_ ("gender", "Man or boy") },
  { "x", "gender", NC_ ("gender", "X") },
  { NULL }
};

static const Word membership_roles[] = {
  { "mother", "role", NC_ ("role", "Mother") },
  { "father", "role", NC_ ("role", "Father") },
  { "parent", "role", NC_ ("role", "Parent") },
  { "partner", "role", NC_ ("role", "Partner") },
  { "child", "role", NC_ ("role", "Child") },
  { "grandparent", "role", NC_ ("role", "Grandparent") },
  { "other", "role", NC_ ("role", "Other") },
  { NULL }
};

static const Word lives_here[] = {
  { "full", "lives here", NC_ ("lives here", "Lives here") },
  { "part", "lives here", NC_ ("lives here", "Lives here part of the time") },
  { "visits", "lives here", NC_ ("lives here", "Visits") },
  { "elsewhere", "lives here", NC_ ("lives here", "Lives elsewhere") },
  { NULL }
};

static const Word relations[] = {
  { "parent_of", "relation", NC_ ("relation", "is a parent of") },
  { "partner_of", "relation", NC_ ("relation", "is the partner of") },
  { "former_partner_of", "relation", NC_ ("relation", "is the former partner of") },
  { "sibling_of", "relation", NC_ ("relation", "is a brother or sister of") },
  { "grandparent_of", "relation", NC_ ("relation", "is a grandparent of") },
  { "guardian_of", "relation", NC_ ("relation", "is the guardian of") },
  { "other", "relation", NC_ ("relation", "is otherwise related to") },
  { NULL }
};

static const Word helper_kinds[] = {
  { "professional", "helper", NC_ ("helper", "Professional") },
  { "network", "helper", NC_ ("helper", "From their own network") },
  { NULL }
};

static const Word voices[] = {
  { "family", "voice", NC_ ("voice", "family") },
  { "person", "voice", NC_ ("voice", "member of the family") },
  { "worker", "voice", NC_ ("voice", "worker") },
  { "partner", "voice", NC_ ("voice", "partner organisation") },
  { NULL }
};

static const Word asked[] = {
  { "not_asked", "asked", NC_ ("asked", "Not talked about yet") },
  { "asked", "asked", NC_ ("asked", "Talked about") },
  { "does_not_want", "asked", NC_ ("asked", "Does not want to talk about this") },
  { NULL }
};

static const Word goal_states[] = {
  { "open", "goal", NC_ ("goal", "Open") },
  { "reached", "goal", NC_ ("goal", "Reached") },
  { "stopped", "goal", NC_ ("goal", "Stopped") },
  { NULL }
};

static const Word note_origins[] = {
  { "seen", "origin", NC_ ("origin", "Seen or heard myself") },
  { "told", "origin", NC_ ("origin", "Told by somebody") },
  { "judgement", "origin", NC_ ("origin", "My judgement") },
  { NULL }
};

static const Word outcomes[] = {
  { "answered", "outcome", NC_ ("outcome", "Answered myself") },
  { "referred", "outcome", NC_ ("outcome", "Referred") },
  { "come_back", "outcome", NC_ ("outcome", "Come back on") },
  { "file_opened", "outcome", NC_ ("outcome", "File opened") },
  { "not_solved", "outcome", NC_ ("outcome", "Not solved yet") },
  { "no_supply", "outcome", NC_ ("outcome", "No offer exists") },
  { NULL }
};

static const Word referral_directions[] = {
  { "out", "direction", NC_ ("direction", "To another service") },
  { "sideways", "direction", NC_ ("direction", "To a colleague") },
  { "in", "direction", NC_ ("direction", "To us") },
  { NULL }
};

static const Word referral_states[] = {
  { "prepared", "referral", NC_ ("referral", "Prepared") },
  { "family_agrees", "referral", NC_ ("referral", "Family agrees") },
  { "sent", "referral", NC_ ("referral", "Sent") },
  { "accepted", "referral", NC_ ("referral", "Accepted") },
  { "waiting_list", "referral", NC_ ("referral", "On a waiting list") },
  { "refused", "referral", NC_ ("referral", "Refused") },
  { "no_supply", "referral", NC_ ("referral", "No offer exists") },
  { "arrived", "referral", NC_ ("referral", "Arrived") },
  { "did_not_show", "referral", NC_ ("referral", "Did not get there") },
  { "dropped_out", "referral", NC_ ("referral", "Dropped out") },
  { "back_with_us", "referral", NC_ ("referral", "Back with us") },
  { "helped", "referral", NC_ ("referral", "Helped") },
  { "partly_helped", "referral", NC_ ("referral", "Partly helped") },
  { "result_unknown", "referral", NC_ ("referral", "Ended, result not known") },
  { "family_does_not_want", "referral", NC_ ("referral", "Family does not want it") },
  { "withdrawn", "referral", NC_ ("referral", "Withdrawn") },
  { NULL }
};

static const Word followup_kinds[] = {
  { "task", "follow-up", NC_ ("follow-up", "Task") },
  { "call_back", "follow-up", NC_ ("follow-up", "Call back") },
  { "renewal", "follow-up", NC_ ("follow-up", "Renewal") },
  { "family_answer", "follow-up", NC_ ("follow-up", "Ask the family") },
  { "check", "follow-up", NC_ ("follow-up", "Check") },
  { NULL }
};

static const Word appointment_states[] = {
  { "planned", "appointment", NC_ ("appointment", "Planned") },
  { "held", "appointment", NC_ ("appointment", "Took place") },
  { "cancelled", "appointment", NC_ ("appointment", "Cancelled") },
  { "missed", "appointment", NC_ ("appointment", "Did not take place") },
  { NULL }
};

static const Word circles[] = {
  { "open", "circle", NC_ ("circle", "Everybody who works with this family") },
  { "casework", "circle", NC_ ("circle", "Only the case managers of this family") },
  { "private", "circle", NC_ ("circle", "Only me") },
  { "team", "circle", NC_ ("circle", "The whole team") },
  { "sitting", "circle", NC_ ("circle", "Who works at this sitting") },
  { NULL }
};

static const Word * const tables[GEZ_WORDS_N] = {
  [GEZ_WORDS_MEMBER_ROLE] = member_roles,
  [GEZ_WORDS_SECRECY] = secrecies,
  [GEZ_WORDS_RESIDENCE] = residences,
  [GEZ_WORDS_YES_NO] = yes_no,
  [GEZ_WORDS_YES_PARTLY_NO] = yes_partly_no,
  [GEZ_WORDS_TRAJECTORY_STATE] = trajectory_states,
  [GEZ_WORDS_GENDER] = genders,
  [GEZ_WORDS_MEMBERSHIP_ROLE] = membership_roles,
  [GEZ_WORDS_LIVES_HERE] = lives_here,
  [GEZ_WORDS_RELATION] = relations,
  [GEZ_WORDS_HELPER_KIND] = helper_kinds,
  [GEZ_WORDS_VOICE] = voices,
  [GEZ_WORDS_ASKED] = asked,
  [GEZ_WORDS_GOAL_STATE] = goal_states,
  [GEZ_WORDS_NOTE_ORIGIN] = note_origins,
  [GEZ_WORDS_OUTCOME] = outcomes,
  [GEZ_WORDS_REFERRAL_DIRECTION] = referral_directions,
  [GEZ_WORDS_REFERRAL_STATE] = referral_states,
  [GEZ_WORDS_FOLLOWUP_KIND] = followup_kinds,
  [GEZ_WORDS_APPOINTMENT_STATE] = appointment_states,
  [GEZ_WORDS_CIRCLE] = circles,
};

/**
 * gez_words_get:
 * @words: which enumeration
 * @code: (nullable): the code
 *
 * Returns: (transfer none): the words for @code in the language of the program, @code itself when
 *   this version does not know it, or "" without a code
 */
const char *
gez_words_get (GezWords    words,
               const char *code)
{
  g_return_val_if_fail (words < GEZ_WORDS_N, "");

  if (code == NULL)
    return "";

  for (const Word *word = tables[words]; word->code != NULL; word++)
    {
      if (g_strcmp0 (word->code, code) != 0)
        continue;
      return word->context == NULL ? _(word->text)
                                   : g_dpgettext2 (NULL, word->context, word->text);
    }

  return code;
}

/**
 * gez_words_codes:
 * @words: which enumeration
 *
 * Returns: (transfer none) (array zero-terminated=1): its codes, in the order in which a person
 *   chooses
 */
const char * const *
gez_words_codes (GezWords words)
{
  static const char *codes[GEZ_WORDS_N][MAX_CODES];

  g_return_val_if_fail (words < GEZ_WORDS_N, NULL);

  /* The window alone asks, so filling the rows at the first question needs no lock. */
  if (codes[words][0] == NULL)
    for (guint i = 0; tables[words][i].code != NULL; i++)
      {
        g_assert (i + 1 < MAX_CODES);
        codes[words][i] = tables[words][i].code;
      }

  return codes[words];
}
