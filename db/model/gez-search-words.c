/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-search-words.h"

/*
 * What people type is no query language: only letters and digits reach FTS5, each word between
 * quotes, so that operators, brackets, stars and quotes are what they look like: punctuation.
 */

#define MOST_WORDS 12
#define LONGEST_WORD 64      /* characters; what is longer is cut and found by its beginning */
#define SHORTEST_BEGINNING 2 /* characters; the prefix indexes of the store start here */

static gboolean
is_word_character (gunichar character)
{
  return g_unichar_isalnum (character) || g_unichar_ismark (character);
}

/**
 * gez_search_words:
 * @text: (nullable): what a person typed; anything goes, invalid UTF-8 too
 * @most: how many words to give at most
 *
 * Thread: any.
 *
 * Returns: (transfer full): the words of @text without punctuation, possibly none
 */
char **
gez_search_words (const char *text,
                  guint       most)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const char *at = valid;

  for (guint n = 0; n < most && *at != '\0'; n++)
    {
      const char *start;
      g_autofree char *word = NULL;

      while (*at != '\0' && !g_unichar_isalnum (g_utf8_get_char (at)))
        at = g_utf8_next_char (at);
      start = at;
      while (*at != '\0' && is_word_character (g_utf8_get_char (at)))
        at = g_utf8_next_char (at);
      if (at == start)
        break;
      word = g_strndup (start, at - start);
      g_strv_builder_add (words, word);
    }
  return g_strv_builder_end (words);
}

/**
 * gez_search_word_to_match:
 * @word: a word of gez_search_words()
 * @is_beginning: whether it may be the beginning of a longer word
 *
 * Thread: any.
 *
 * Returns: (transfer full): an FTS5 expression that finds @word
 */
char *
gez_search_word_to_match (const char *word,
                          gboolean    is_beginning)
{
  g_autofree char *cut = NULL;

  g_return_val_if_fail (word != NULL, NULL);

  if (g_utf8_strlen (word, -1) > LONGEST_WORD)
    {
      cut = g_utf8_substring (word, 0, LONGEST_WORD);
      return g_strdup_printf ("\"%s\"*", cut);
    }
  return g_strdup_printf (is_beginning ? "\"%s\"*" : "\"%s\"", word);
}

/**
 * gez_search_text_to_match:
 * @text: (nullable): what a person typed; anything goes
 *
 * All words must be there; the last one, which may not be finished, from two characters on as the
 * beginning of a word.
 *
 * Thread: any.
 *
 * Returns: (transfer full) (nullable): an FTS5 expression; %NULL when there is no word in @text
 */
char *
gez_search_text_to_match (const char *text)
{
  g_auto (GStrv) words = gez_search_words (text, MOST_WORDS);
  GString *match;

  if (words[0] == NULL)
    return NULL;
  match = g_string_new (NULL);
  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean is_last = words[i + 1] == NULL;
      gboolean is_long = g_utf8_strlen (words[i], -1) >= SHORTEST_BEGINNING;
      g_autofree char *one = gez_search_word_to_match (words[i], is_last && is_long);

      if (i > 0)
        g_string_append_c (match, ' ');
      g_string_append (match, one);
    }
  return g_string_free (match, FALSE);
}
