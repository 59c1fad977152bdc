/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-choice-row.h"
#include "model/gez-context.h"
#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * GezOwnerKind:
 *
 * Who takes a step.
 */
typedef enum
{
  GEZ_OWNER_NOBODY,
  GEZ_OWNER_PERSON,
  GEZ_OWNER_HELPER,
  GEZ_OWNER_MEMBER,
  GEZ_OWNER_PARTNER,
  GEZ_OWNER_N
} GezOwnerKind;

/* A row in which is chosen who takes a step: somebody of the family, of their network, a
 * professional, or a colleague. A choice is a code that says what kind of somebody and who. */
void         gez_owner_choice_fill    (GezChoiceRow *row,
                                       GezContext   *context,
                                       GezView      *network);
char        *gez_owner_choice_of_step (GezRecord    *step);
GezOwnerKind gez_owner_choice_read    (const char   *code,
                                       GezId        *id);

G_END_DECLS
