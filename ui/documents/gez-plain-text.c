/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/gez-plain-text.h"

#include <string.h>

#include "documents/gez-preview-error.h"

#define LONGEST_LINE 1000 /* characters: GTK lays out a line as a whole, however long it is */
#define REPLACEMENT 0xfffd

/* Text of other programs: UTF-8, UTF-16 with its mark, else what Windows wrote. */
static char *
convert (const char *text,
         gsize       length)
{
  const char *from = "WINDOWS-1252";

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    return g_utf8_make_valid (text + 3, (gssize) (length - 3));
  if (length >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    from = "UTF-16";
  else if (g_utf8_validate (text, (gssize) length, NULL))
    return g_strndup (text, length);
  else if (memchr (text, '\0', length) != NULL)
    return NULL;
  return g_convert_with_fallback (text, (gssize) length, "UTF-8", from, "\xef\xbf\xbd", NULL, NULL,
                                  NULL);
}

static gboolean
is_line_end (gunichar character)
{
  return character == '\n' || character == 0x2028 || character == 0x2029 || character == '\f';
}

static char *
tidy (const char *text)
{
  GString *tidied = g_string_sized_new (strlen (text) + 1);
  guint n_in_line = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character == '\r')
        {
          if (at[1] == '\n')
            continue;
          character = '\n';
        }
      if (is_line_end (character) || n_in_line == LONGEST_LINE)
        {
          g_string_append_c (tidied, '\n');
          n_in_line = 0;
          if (is_line_end (character))
            continue;
        }
      if (character != '\t' && g_unichar_iscntrl (character))
        character = REPLACEMENT;
      g_string_append_unichar (tidied, character);
      n_in_line++;
    }
  return g_string_free (tidied, FALSE);
}

/**
 * gez_plain_text_read:
 * @bytes: of a file of text
 * @error: GEZ_PREVIEW_ERROR
 *
 * Returns: (transfer full): what can be shown of it, in lines of a bearable length. Any thread may ask.
 */
char *
gez_plain_text_read (GBytes  *bytes,
                     GError **error)
{
  g_autofree char *text = NULL;
  const char *data;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &length);
  text = convert (data != NULL ? data : "", length);
  if (text != NULL)
    return tidy (text);
  g_set_error_literal (error, GEZ_PREVIEW_ERROR, GEZ_PREVIEW_ERROR_UNREADABLE, "It is no text");
  return NULL;
}
