/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-conflict.h"

G_BEGIN_DECLS

/* What a cell that two people wrote is about, and what each of them wrote, in the words of people. */

/* Every table in which two people can write the same cell. */
extern const char *const gez_conflict_tables[];

char *gez_conflict_words_title  (GezConflict            *conflict);
char *gez_conflict_words_about  (GezConflict            *conflict);
char *gez_conflict_words_value  (GezContext             *context,
                                 GezConflict            *conflict,
                                 const GezConflictValue *value);
char *gez_conflict_words_author (GezContext             *context,
                                 const GezConflictValue *value);
char *gez_conflict_words_count  (guint                   n_conflicts);

G_END_DECLS
