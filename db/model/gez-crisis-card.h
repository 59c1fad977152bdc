/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-lists.h"

G_BEGIN_DECLS

/* The crisis card is a list like others (crisis_line): one line is one text that begins with its
 * number, as "1813 Zelfmoordlijn". */
GStrv gez_crisis_card_get_lines  (GezLists    *lists);
void  gez_crisis_card_split_line (const char  *line,
                                  char       **number,
                                  char       **words);

G_END_DECLS
