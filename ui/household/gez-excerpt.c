/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-excerpt.h"

/* More than any row shows, and little to lay out when a note is long. */
#define MOST_CHARACTERS 300

/**
 * gez_excerpt:
 * @text: (nullable): a text of some paragraphs
 *
 * The beginning of a text as one paragraph: a label counts its lines for each paragraph apart.
 *
 * Returns: (transfer full) (nullable): the excerpt; %NULL without a text
 */
char *
gez_excerpt (const char *text)
{
  GString *excerpt;
  gboolean after_space = TRUE;
  guint n = 0;

  if (text == NULL)
    return NULL;

  excerpt = g_string_new (NULL);
  for (const char *p = text; *p != '\0' && n < MOST_CHARACTERS; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);
      gboolean is_space = g_unichar_isspace (character);

      if (is_space && after_space)
        continue;
      g_string_append_unichar (excerpt, is_space ? ' ' : character);
      after_space = is_space;
      n++;
    }
  if (n == MOST_CHARACTERS)
    g_string_append (excerpt, "…");

  return g_string_free (excerpt, FALSE);
}
