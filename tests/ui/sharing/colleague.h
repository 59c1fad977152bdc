/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household-fixture.h"
#include "memory-database.h"

/* Another device that works on the same rows, and what it writes comes to the store of the dossier; and a
 * team, as the local tables of a store hold it. */
typedef struct
{
  Dossier *dossier;
  MemoryDatabase *memory;
} Colleague;

/* Has everything that the dossier's store has now. */
Colleague *colleague_new      (Dossier     *dossier);
void       colleague_free     (Colleague   *self);
void       colleague_set_text (Colleague   *self,
                               const char  *column,
                               const char  *text);
/* What she wrote comes to the dossier's store, and its window is told. */
void       colleague_send     (Colleague   *self);
/* She hears of what the dossier's store wrote. */
void       colleague_hear     (Colleague   *self);

/* A team of three: who works here leads it; An reads the whole file, Bo is kept out. */
void       colleague_found_team (Dossier   *dossier);
/* In a team that was founded: @member works with a file that cannot be read here, of somebody who has this
 * name, birth date or phone number. */
void       colleague_works_with (Dossier    *dossier,
                                 const char *member,
                                 const char *first_name,
                                 const char *last_name,
                                 const char *born_on,
                                 const char *phones);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Colleague, colleague_free)
