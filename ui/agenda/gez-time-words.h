/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-choice-row.h"

G_BEGIN_DECLS

/* Times, lengths and rhythms as people say them. Every string is the caller's. */
char *gez_parse_time_words       (const char   *text);
char *gez_time_words_name_length (int           minutes);
char *gez_time_words_name_rhythm (int           days);
void  gez_time_words_add_lengths (GezChoiceRow *row);
void  gez_time_words_add_rhythms (GezChoiceRow *row);

G_END_DECLS
