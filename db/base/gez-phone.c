/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-phone.h"

#include <string.h>

/*
 * Telephone numbers as people type them: 0470 12 34 56, 0470/12.34.56, +32 470 12 34 56,
 * 0032 (0)470-123456. Two are the same when their digits are, dialled from within Belgium; a number
 * of another country keeps its 00. A field may hold several numbers.
 */

#define COUNTRY "0032"
#define PUNCTUATION " \t\u00a0()/.-\u2013"

static gboolean
is_punctuation (gunichar character)
{
  return g_utf8_strchr (PUNCTUATION, -1, character) != NULL;
}

/* Reads the digits of one number; @at is left where another one may begin. */
static GString *
read_digits (const char **at)
{
  GString *digits = g_string_new (NULL);

  for (; **at != '\0'; *at = g_utf8_next_char (*at))
    {
      gunichar character = g_utf8_get_char (*at);

      if (character == '+' && digits->len == 0)
        g_string_append (digits, "00");
      else if (g_ascii_isdigit (**at))
        g_string_append_c (digits, **at);
      else if (!is_punctuation (character))
        break;
    }
  return digits;
}

static char *
dial_from_within (GString *digits)
{
  if (strncmp (digits->str, COUNTRY, strlen (COUNTRY)) == 0)
    {
      g_string_erase (digits, 0, strlen (COUNTRY));
      if (digits->str[0] != '0')
        g_string_prepend_c (digits, '0');
    }
  return g_string_free (digits, FALSE);
}

/**
 * gez_phone_digits:
 * @typed: (nullable): what a person typed; valid UTF-8
 *
 * Returns: (transfer full) (nullable): the digits of a telephone number; %NULL when there is
 *   something else in @typed or not enough of a number
 */
char *
gez_phone_digits (const char *typed)
{
  const char *at = typed;
  g_autofree char *digits = NULL;

  if (typed == NULL)
    return NULL;
  digits = dial_from_within (read_digits (&at));
  if (*at != '\0' || strlen (digits) < GEZ_PHONE_LEAST_DIGITS)
    return NULL;
  return g_steal_pointer (&digits);
}

/**
 * gez_phone_matches:
 * @phones: (nullable): one or more numbers as they were typed
 * @digits: what gez_phone_digits() made of the number that is looked for, or part of it
 *
 * Returns: whether one of @phones holds @digits
 */
gboolean
gez_phone_matches (const char *phones,
                   const char *digits)
{
  const char *at = phones;

  g_return_val_if_fail (digits != NULL, FALSE);

  while (at != NULL && *at != '\0')
    {
      const char *start = at;
      g_autofree char *own = dial_from_within (read_digits (&at));

      if (strstr (own, digits) != NULL)
        return TRUE;
      if (at == start)
        at = g_utf8_next_char (at);
    }
  return FALSE;
}

/**
 * gez_phone_list:
 * @phones: (nullable): one or more numbers as they were typed
 * @least: digits that a number must have
 *
 * Returns: (transfer full) (array zero-terminated=1): the digits of each number, dialled from within Belgium
 */
char **
gez_phone_list (const char *phones,
                guint       least)
{
  GPtrArray *list = g_ptr_array_new ();
  const char *at = phones;

  while (at != NULL && *at != '\0')
    {
      const char *start = at;
      char *own = dial_from_within (read_digits (&at));

      if (strlen (own) >= MAX (least, 1))
        g_ptr_array_add (list, own);
      else
        g_free (own);
      if (at == start)
        at = g_utf8_next_char (at);
    }
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (list, FALSE);
}
