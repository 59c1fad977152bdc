/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GezWords:
 *
 * The fixed enumerations of the store that people meet, each with the words for its codes. Lists
 * that a team edits itself (domains, channels, reasons...) are rows and come from #GezLists.
 */
typedef enum
{
  GEZ_WORDS_MEMBER_ROLE,        /* teamleider, casemanager, brugfiguur */
  GEZ_WORDS_SECRECY,            /* beroepsgeheim, ambtsgeheim, discretieplicht, unknown */
  GEZ_WORDS_RESIDENCE,          /* household.residence: own, rented, social... */
  GEZ_WORDS_YES_NO,             /* yes, no */
  GEZ_WORDS_YES_PARTLY_NO,      /* yes, partly, no: the five B's of a partner */
  GEZ_WORDS_TRAJECTORY_STATE,   /* intake, active, paused, aftercare, closed */
  GEZ_WORDS_GENDER,             /* f, m, x */
  GEZ_WORDS_MEMBERSHIP_ROLE,    /* mother, father, parent, partner, child, grandparent, other */
  GEZ_WORDS_LIVES_HERE,         /* membership.residence: full, part, visits, elsewhere */
  GEZ_WORDS_RELATION,           /* parent_of, partner_of... (read: name, word, other name) */
  GEZ_WORDS_HELPER_KIND,        /* professional, network */
  GEZ_WORDS_VOICE,              /* family, person, worker, partner */
  GEZ_WORDS_ASKED,              /* not_asked, asked, does_not_want */
  GEZ_WORDS_GOAL_STATE,         /* open, reached, stopped */
  GEZ_WORDS_NOTE_ORIGIN,        /* seen, told, judgement */
  GEZ_WORDS_OUTCOME,            /* answered, referred, file_opened, come_back, not_solved, no_supply */
  GEZ_WORDS_REFERRAL_DIRECTION, /* in, sideways, out */
  GEZ_WORDS_REFERRAL_STATE,     /* prepared, family_agrees, sent... */
  GEZ_WORDS_FOLLOWUP_KIND,      /* task, call_back, renewal, family_answer, check */
  GEZ_WORDS_APPOINTMENT_STATE,  /* planned, held, cancelled, missed */
  GEZ_WORDS_CIRCLE,             /* team, open, casework, sitting, private: who reads it */
  GEZ_WORDS_N
} GezWords;

const char        *gez_words_get   (GezWords    words,
                                    const char *code);
const char * const *gez_words_codes (GezWords   words);

G_END_DECLS
