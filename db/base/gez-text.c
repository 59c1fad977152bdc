/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-text.h"

#include <unicode/ustring.h>
#include <unicode/utrans.h>

/**
 * gez_text_normalise:
 * @text: (nullable): UTF-8
 *
 * Returns: (transfer full) (nullable): @text in Unicode NFC; %NULL when it is not UTF-8
 */
char *
gez_text_normalise (const char *text)
{
  if (text == NULL)
    return NULL;
  return g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
}

/**
 * gez_text_is_blank:
 *
 * Returns: whether @text is missing, empty or white space alone
 */
gboolean
gez_text_is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static UTransliterator *
folding (void)
{
  static gsize once;
  static UTransliterator *rules;

  if (g_once_init_enter (&once))
    {
      UErrorCode code = U_ZERO_ERROR;

      rules = utrans_openU (u"Any-Latin; Latin-ASCII; Lower", -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
      g_once_init_leave (&once, 1);
    }
  return rules;
}

/**
 * gez_text_fold:
 * @text: UTF-8
 *
 * Folds a name for comparing: any script to Latin letters, no accents, lower case (ICU's
 * "Any-Latin; Latin-ASCII; Lower"), so that "Yılmaz", "YILMAZ" and "yilmaz" meet.
 *
 * Thread: any; the rules are made once and cloned for each call.
 *
 * Returns: (transfer full): the folded text
 */
char *
gez_text_fold (const char *text)
{
  UErrorCode code = U_ZERO_ERROR;
  UTransliterator *rules = folding (), *own;
  g_autofree UChar *wide = NULL;
  g_autofree char *folded = NULL;
  glong length = 0;
  int32_t units, limit, capacity;

  g_return_val_if_fail (text != NULL, NULL);

  wide = (UChar *) g_utf8_to_utf16 (text, -1, NULL, &length, NULL);
  if (wide == NULL || rules == NULL)
    return g_utf8_strdown (text, -1);
  capacity = (int32_t) length * 8 + 64;
  wide = g_realloc_n (wide, capacity, sizeof (UChar));
  units = limit = (int32_t) length;
  own = utrans_clone (rules, &code);
  utrans_transUChars (own, wide, &units, capacity, 0, &limit, &code);
  utrans_close (own);
  if (U_FAILURE (code))
    return g_utf8_strdown (text, -1);
  folded = g_utf16_to_utf8 ((const gunichar2 *) wide, units, NULL, NULL, NULL);
  return folded ? g_steal_pointer (&folded) : g_utf8_strdown (text, -1);
}
