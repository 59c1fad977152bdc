/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-document-name.h"

#include <string.h>

#include "base/gez-text.h"

/* Names come from anywhere: another system, a mail, a paste. What stands in a row, and what is proposed
 * for a copy, is a name that cannot leave its directory and reads as it is. */

#define FALLBACK "document"
#define ENDING_MAX 16 /* bytes of an ending that is kept when a name is cut */

/* Control characters; marks that turn or hide text, with which "gpj.exe" reads as "exe.jpg". */
static gboolean
is_hidden (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_UNASSIGNED:
      return TRUE;
    default:
      return FALSE;
    }
}

static char *
clean (const char *text,
       const char *refused)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = gez_text_normalise (valid);
  GString *kept = g_string_new (NULL);

  for (const char *at = normal ? normal : valid; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c))
        g_string_append_c (kept, ' ');
      else if (c < 128 && strchr (refused, (int) c))
        g_string_append_c (kept, '-');
      else if (!is_hidden (c))
        g_string_append_unichar (kept, c);
    }
  return g_strstrip (g_string_free (kept, FALSE));
}

/* Cuts behind a whole character. */
static void
cut (char *text,
     gsize most)
{
  if (strlen (text) <= most)
    return;
  while (most > 0 && (text[most] & 0xc0) == 0x80)
    most--;
  text[most] = '\0';
  g_strchomp (text);
}

static char *
cut_name (const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *stem = NULL;

  if (strlen (name) <= GEZ_DOCUMENT_NAME_MAX)
    return g_strdup (name);
  if (dot == NULL || dot == name || strlen (dot) > ENDING_MAX)
    dot = "";
  stem = g_strndup (name, strlen (name) - strlen (dot));
  cut (stem, GEZ_DOCUMENT_NAME_MAX - strlen (dot));
  return g_strconcat (stem, dot, NULL);
}

/**
 * gez_document_clean_name:
 * @name: (nullable): anything; need not be UTF-8
 *
 * Makes a name that can be shown and can be the name of a file anywhere: without control characters
 * and marks that turn text around, without `/` and what other systems refuse, no leading dot, at most
 * 200 bytes with its ending kept.
 *
 * Returns: (transfer full): the name, never blank
 */
char *
gez_document_clean_name (const char *name)
{
  g_autofree char *cleaned = name ? clean (name, "/\\:*?\"<>|") : g_strdup ("");
  const char *start = cleaned;

  while (*start == '.' || *start == ' ')
    start++;
  if (*start == '\0' || strspn (start, "-. ") == strlen (start))
    return g_strdup (FALLBACK);
  return cut_name (start);
}

/**
 * gez_document_clean_tag:
 * @tag: (nullable): anything
 *
 * Returns: (transfer full) (nullable): the tag without what separates tags, %NULL when nothing is left
 */
char *
gez_document_clean_tag (const char *tag)
{
  g_autofree char *cleaned = tag ? clean (tag, ";") : NULL;

  if (cleaned)
    cut (cleaned, GEZ_DOCUMENT_TAG_MAX);
  return cleaned && !gez_text_is_blank (cleaned) ? g_steal_pointer (&cleaned) : NULL;
}

/**
 * gez_document_split_tags:
 * @tags: (nullable): the column `tags`
 *
 * Returns: (transfer full) (array zero-terminated=1): the tags, possibly none
 */
char **
gez_document_split_tags (const char *tags)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit (tags ? tags : "", ";", -1);

  for (guint i = 0; parts[i]; i++)
    if (!gez_text_is_blank (parts[i]))
      g_strv_builder_add (builder, g_strstrip (parts[i]));
  return g_strv_builder_end (builder);
}

/**
 * gez_document_join_tags:
 * @tags: (nullable) (array zero-terminated=1): as people wrote them
 *
 * Returns: (transfer full) (nullable): what the column `tags` holds: each tag once, also when its
 *   letters differ in case or accents; %NULL for none
 */
char *
gez_document_join_tags (const char *const *tags)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; tags && tags[i]; i++)
    {
      g_autofree char *tag = gez_document_clean_tag (tags[i]);

      if (tag && g_hash_table_add (seen, gez_text_fold (tag)))
        g_string_append_printf (joined, "%s%s", joined->len ? ";" : "", tag);
    }
  return joined->len ? g_string_free (g_steal_pointer (&joined), FALSE) : NULL;
}
