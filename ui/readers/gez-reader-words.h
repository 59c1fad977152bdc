/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-team-view.h"

G_BEGIN_DECLS

/* Who reads a file, in the words of people. */

/* Tables whose change may change who reads a file. */
extern const char *const gez_reader_tables[];

char       *gez_reader_words_short   (GezReadersView      *view);
char       *gez_reader_words_names   (GezReadersView      *view,
                                      GezCircleKind        kind);
char       *gez_reader_words_name    (const GezFileReader *reader);
char       *gez_reader_words_access  (const GezFileReader *reader);
const char *gez_reader_words_part    (GezCircleKind        kind);

G_END_DECLS
