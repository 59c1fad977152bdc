/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char **gez_search_words          (const char *text,
                                  guint       most);
char  *gez_search_word_to_match  (const char *word,
                                  gboolean    is_beginning);
char  *gez_search_text_to_match  (const char *text);

G_END_DECLS
