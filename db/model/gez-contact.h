/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-note.h"
#include "model/gez-question.h"

G_BEGIN_DECLS

#define GEZ_DRAFT_JOURNAL "journal"

/**
 * GezContactInput:
 * @household_id: (nullable): %NULL: no file; then @school_id decides who may read it
 * @happened_at: instant; 0: now
 * @minutes: 0: not said
 * @channel: (nullable): code of the list contact_channel
 * @is_attempt: whether nobody was reached
 * @note: (nullable): the text; its household, contact and instant are filled in, and its domain
 *   when the contact is about one only
 * @questions: (array length=n_questions) (nullable): household and contact are filled in
 * @persons: (array length=n_persons) (nullable): who of the family took part; likewise @helpers,
 *   @members. The current member takes part without being named
 * @domains: (array length=n_domains) (nullable): what it was about; likewise @goals
 * @followup_what: (nullable): what is to be done next, on @followup_on
 *
 * A contact as it is put into the journal. Nothing but a date has to be known.
 */
typedef struct
{
  const GezId *household_id;
  const GezId *school_id;
  gint64 happened_at;
  int minutes;
  const char *channel;
  const char *place;
  gboolean is_attempt;
  const GezNoteInput *note;
  const GezQuestionInput *questions;
  gsize n_questions;
  const GezId *persons;
  gsize n_persons;
  const GezId *helpers;
  gsize n_helpers;
  const GezId *members;
  gsize n_members;
  const GezId *domains;
  gsize n_domains;
  const GezId *goals;
  gsize n_goals;
  const char *followup_what;
  const char *followup_on;
} GezContactInput;

GezChange *gez_contact_record (GezContext            *context,
                               const GezContactInput *input,
                               GezId                 *id);

G_END_DECLS
