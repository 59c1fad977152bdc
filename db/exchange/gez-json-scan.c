/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/gez-json-scan.h"

#include <string.h>

/* Looks over a document before anything parses it.
 *
 * 1. It does not recurse: what is open stands in one bit per level, and the number of levels is
 *    bounded. json-glib recurses, so nothing deeper than this ever reaches it.
 * 2. It is strict: no comments, no trailing commas, no bare words, UTF-8 alone (RFC 8259). What
 *    passes here is JSON for every reader, from its first byte to its last.
 * 3. Nothing is kept of the document but the places of its lists' elements, so that rows can be
 *    parsed one at a time and a long document costs no tree.
 * 4. Some JSON cannot be held by what reads it afterwards: numbers that do not fit 64 bits would
 *    wrap round, a NUL would cut a text off. Such an element is marked, not refused: the document
 *    around it is sound. */

#define DIGITS_MAX 18 /* always fits a gint64 */
#define MEMBERS_MAX 256
#define ELEMENTS_MAX (5 * 1000 * 1000) /* over all lists: bounds the memory for their places */

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  guint depth;
  guint64 is_object; /* bit n: level n + 1 is an object */
  GezJsonSpan *span; /* what is being looked over; NULL outside the lists */
  guint span_depth;
  guint n_elements;
  GError *error;
} Scanner;

static gboolean
fail (Scanner    *self,
      const char *why)
{
  if (self->error == NULL)
    g_set_error (&self->error, GEZ_EXCHANGE_ERROR, GEZ_EXCHANGE_ERROR_MALFORMED,
                 "%s at byte %" G_GSIZE_FORMAT, why, (gsize) (self->at - self->start));
  return FALSE;
}

static void
mark (Scanner    *self,
      const char *defect)
{
  if (self->span && self->span->defect == NULL)
    self->span->defect = defect;
}

static void
skip_space (Scanner *self)
{
  while (self->at < self->end && strchr (" \t\r\n", *self->at) && *self->at)
    self->at++;
}

static gboolean
take (Scanner *self,
      char     character)
{
  if (self->at >= self->end || *self->at != character)
    return FALSE;
  self->at++;
  return TRUE;
}

/* Reads the four digits after "\u". */
static gboolean
scan_hexadecimal (Scanner  *self,
                  gunichar *value)
{
  *value = 0;
  for (guint i = 0; i < 4; i++, self->at++)
    {
      if (self->at >= self->end || !g_ascii_isxdigit (*self->at))
        return fail (self, "an escape without four hexadecimal digits");
      *value = *value * 16 + (gunichar) g_ascii_xdigit_value (*self->at);
    }
  return TRUE;
}

static gboolean
scan_escape (Scanner *self)
{
  gunichar value, low;

  if (self->at >= self->end || *self->at == '\0' || strchr ("\"\\/bfnrtu", *self->at) == NULL)
    return fail (self, "an unknown escape");
  if (*self->at++ != 'u')
    return TRUE;
  if (!scan_hexadecimal (self, &value))
    return FALSE;
  if (value == 0)
    mark (self, "holds a NUL");
  if (value >= 0xdc00 && value <= 0xdfff)
    mark (self, "holds half a surrogate pair");
  if (value < 0xd800 || value > 0xdbff)
    return TRUE;
  if (self->end - self->at < 2 || self->at[0] != '\\' || self->at[1] != 'u')
    {
      mark (self, "holds half a surrogate pair");
      return TRUE;
    }
  self->at += 2;
  if (!scan_hexadecimal (self, &low))
    return FALSE;
  if (low < 0xdc00 || low > 0xdfff)
    mark (self, "holds half a surrogate pair");
  return TRUE;
}

static gboolean
scan_string (Scanner *self)
{
  if (!take (self, '"'))
    return fail (self, "no string where one was expected");
  while (self->at < self->end)
    {
      guchar character = (guchar) *self->at;

      if (character < 0x20)
        return fail (self, "a control character in a string");
      self->at++;
      if (character == '"')
        return TRUE;
      if (character == '\\' && !scan_escape (self))
        return FALSE;
    }
  return fail (self, "a string without an end");
}

static guint
scan_digits (Scanner *self)
{
  const char *from = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return (guint) MIN (self->at - from, G_MAXINT);
}

static gboolean
scan_number (Scanner *self)
{
  const char *first;
  guint n_digits;

  take (self, '-');
  first = self->at;
  n_digits = scan_digits (self);
  if (n_digits == 0 || (n_digits > 1 && *first == '0'))
    return fail (self, "not a value");
  if (n_digits > DIGITS_MAX)
    mark (self, "holds a number that is too large");
  if (take (self, '.') && scan_digits (self) == 0)
    return fail (self, "a number that ends in its point");
  if (take (self, 'e') || take (self, 'E'))
    {
      if (!take (self, '+'))
        take (self, '-');
      if (scan_digits (self) == 0)
        return fail (self, "a number without its exponent");
    }
  return TRUE;
}

static gboolean
scan_word (Scanner *self)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (self->end - self->at) >= length && memcmp (self->at, words[i], length) == 0)
        {
          self->at += length;
          return TRUE;
        }
    }
  return fail (self, "not a value");
}

static gboolean
open_level (Scanner *self,
            gboolean is_object)
{
  if (self->depth == GEZ_JSON_DEPTH_MAX)
    {
      g_set_error (&self->error, GEZ_EXCHANGE_ERROR, GEZ_EXCHANGE_ERROR_TOO_DEEP, "nested deeper than %d",
                   GEZ_JSON_DEPTH_MAX);
      return FALSE;
    }
  self->at++;
  self->is_object &= ~(G_GUINT64_CONSTANT (1) << self->depth);
  self->is_object |= (guint64) is_object << self->depth;
  self->depth++;
  return TRUE;
}

static gboolean
in_object (Scanner *self)
{
  return (self->is_object >> (self->depth - 1)) & 1;
}

static gboolean
scan_key (Scanner *self)
{
  skip_space (self);
  if (!scan_string (self))
    return FALSE;
  skip_space (self);
  if (!take (self, ':'))
    return fail (self, "no colon after a key");
  if (self->span && self->depth == self->span_depth + 1)
    self->span->n_keys++;
  return TRUE;
}

/* One step to a value: either past a simple one, or into a list or object that is not empty. */
static gboolean
enter_value (Scanner  *self,
             gboolean *is_done)
{
  char character;

  skip_space (self);
  if (self->at >= self->end)
    return fail (self, "the document ends too early");
  character = *self->at;
  *is_done = TRUE;
  if (character == '"')
    return scan_string (self);
  if (character == '-' || g_ascii_isdigit (character))
    return scan_number (self);
  if (character != '{' && character != '[')
    return scan_word (self);
  if (!open_level (self, character == '{'))
    return FALSE;
  skip_space (self);
  if (take (self, character == '{' ? '}' : ']'))
    {
      self->depth--;
      return TRUE;
    }
  *is_done = FALSE;
  return character == '[' || scan_key (self);
}

/* After a value: closes what ends here and stops before the next value, or at the level of the
 * caller. */
static gboolean
leave_value (Scanner  *self,
             guint     base,
             gboolean *is_done)
{
  while (self->depth > base)
    {
      skip_space (self);
      if (take (self, ','))
        {
          *is_done = FALSE;
          return !in_object (self) || scan_key (self);
        }
      if (!take (self, in_object (self) ? '}' : ']'))
        return fail (self,
                     self->at >= self->end ? "the document ends too early" : "neither a comma nor an end");
      self->depth--;
    }
  *is_done = TRUE;
  return TRUE;
}

static gboolean
scan_value (Scanner *self)
{
  guint base = self->depth;
  gboolean is_done = FALSE;

  while (!is_done)
    {
      if (!enter_value (self, &is_done))
        return FALSE;
      if (is_done && !leave_value (self, base, &is_done))
        return FALSE;
    }
  return TRUE;
}

static gboolean
scan_element (Scanner     *self,
              GezJsonSpan *span)
{
  gboolean scanned;

  skip_space (self);
  *span = (GezJsonSpan) { .offset = (gsize) (self->at - self->start) };
  self->span = span;
  self->span_depth = self->depth;
  scanned = scan_value (self);
  self->span = NULL;
  span->size = (gsize) (self->at - self->start) - span->offset;
  return scanned;
}

static gboolean
scan_list (Scanner *self,
           GArray  *elements)
{
  GezJsonSpan span;

  if (!open_level (self, FALSE))
    return FALSE;
  skip_space (self);
  if (!take (self, ']'))
    do
      {
        if (!scan_element (self, &span))
          return FALSE;
        g_array_append_val (elements, span);
        if (++self->n_elements > ELEMENTS_MAX)
          return fail (self, "too many rows");
        skip_space (self);
        if (take (self, ']'))
          break;
        if (!take (self, ','))
          return fail (self,
                       self->at >= self->end ? "the document ends too early" : "neither a comma nor an end");
      }
    while (TRUE);
  self->depth--;
  return TRUE;
}

static void
member_free (GezJsonMember *member)
{
  g_free (member->name);
  g_array_unref (member->elements);
  g_free (member);
}

static gboolean
scan_member (Scanner   *self,
             GPtrArray *members)
{
  GezJsonMember *member;
  const char *key;

  if (members->len == MEMBERS_MAX)
    return fail (self, "too many keys");
  member = g_new0 (GezJsonMember, 1);
  member->elements = g_array_new (FALSE, FALSE, sizeof (GezJsonSpan));
  g_ptr_array_add (members, member);
  skip_space (self);
  key = self->at;
  if (!scan_string (self))
    return FALSE;
  member->name = g_strndup (key + 1, (gsize) (self->at - key) - 2);
  for (guint i = 0; i + 1 < members->len; i++)
    if (g_str_equal (((GezJsonMember *) members->pdata[i])->name, member->name))
      return fail (self, "a key that stands there twice");
  skip_space (self);
  if (!take (self, ':'))
    return fail (self, "no colon after a key");
  skip_space (self);
  member->value.offset = (gsize) (self->at - self->start);
  member->is_list = self->at < self->end && *self->at == '[';
  if (!(member->is_list ? scan_list (self, member->elements) : scan_value (self)))
    return FALSE;
  member->value.size = (gsize) (self->at - self->start) - member->value.offset;
  return TRUE;
}

static gboolean
scan_document (Scanner   *self,
               GPtrArray *members)
{
  skip_space (self);
  if (self->at >= self->end || *self->at != '{')
    return fail (self, "not a JSON object");
  if (!open_level (self, TRUE))
    return FALSE;
  skip_space (self);
  if (!take (self, '}'))
    do
      {
        if (!scan_member (self, members))
          return FALSE;
        skip_space (self);
        if (take (self, '}'))
          break;
        if (!take (self, ','))
          return fail (self,
                       self->at >= self->end ? "the document ends too early" : "neither a comma nor an end");
      }
    while (TRUE);
  skip_space (self);
  return self->at == self->end || fail (self, "something after the end of the document");
}

/**
 * gez_json_scan:
 * @text: the document; need not end in NUL; a byte order mark is passed over
 * @size: its bytes
 *
 * Checks a whole document, which must be one object, and finds the elements of the lists in it.
 *
 * Thread: any.
 *
 * Returns: (transfer full) (element-type GezJsonMember): the members in the order of the document,
 *   their offsets counted from @text; %NULL with %GEZ_EXCHANGE_ERROR_MALFORMED or _TOO_DEEP
 */
GPtrArray *
gez_json_scan (const char *text,
               gsize       size,
               GError    **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) member_free);
  Scanner scanner = { .start = text, .at = text, .end = text + size };
  const char *invalid;

  g_return_val_if_fail (text != NULL, NULL);

  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    scanner.at += 3;
  if (!g_utf8_validate_len (text, size, &invalid))
    {
      scanner.at = invalid;
      fail (&scanner, "not UTF-8");
    }
  else if (scan_document (&scanner, members))
    return g_steal_pointer (&members);
  g_propagate_error (error, scanner.error);
  return NULL;
}
