/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-crisis-card.h"

#include <string.h>

#include "store/gez-seed.h"

/**
 * gez_crisis_card_get_lines:
 * @lists: (nullable): the team's lists; %NULL while the store is locked
 *
 * Whom to call when it cannot wait. The team's own card is encrypted with everything else; while that
 * is locked, or when the team emptied its card, these are the lines that come with the program, in
 * Dutch.
 *
 * Returns: (transfer full): the lines in their order
 */
GStrv
gez_crisis_card_get_lines (GezLists *lists)
{
  GPtrArray *items = lists ? gez_lists_get_items (lists, "crisis_line") : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (items == NULL)
    return gez_seed_get_column ("crisis_lines", "label_nl");
  for (guint i = 0; i < items->len; i++)
    g_strv_builder_add (builder, gez_lists_get_label (lists, items->pdata[i]));
  return g_strv_builder_end (builder);
}

/**
 * gez_crisis_card_split_line:
 * @line: as "070 245 245 Antigifcentrum"
 * @number: (out): what it begins with, "070 245 245"; empty when it begins with a word
 * @words: (out): the rest
 */
void
gez_crisis_card_split_line (const char  *line,
                            char       **number,
                            char       **words)
{
  gsize n = strspn (line, "0123456789 +/().-");

  /* "2de lijn" begins with a word, not with a number. */
  while (n > 0 && line[n] != '\0' && line[n - 1] != ' ')
    n--;
  *number = g_strstrip (g_strndup (line, n));
  *words = g_strstrip (g_strdup (line + n));
}
