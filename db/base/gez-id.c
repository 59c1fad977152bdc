/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-id.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (GezId, gez_id, gez_id_copy, g_free)

/**
 * gez_id_new:
 * @clock: where time and randomness come from
 *
 * Makes a UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds since 1970, big endian,
 * 12 bits that count what this clock made in that millisecond (section 6.2, method 1; what does not
 * fit moves the milliseconds on), then 62 random bits. Rows made later by one device sort later,
 * also the rows of one act: queries rely on it to order what happened on one day.
 *
 * Thread: any.
 */
GezId
gez_id_new (GezClock *clock)
{
  GezId id;
  gint64 now;
  guint count;

  g_return_val_if_fail (GEZ_IS_CLOCK (clock), GEZ_ID_NONE);

  now = gez_clock_get_now (clock);
  count = gez_clock_count (clock, now);
  now += count >> 12;
  gez_clock_fill_random (clock, id.bytes, sizeof id.bytes);
  for (int i = 0; i < 6; i++)
    id.bytes[i] = (guint8) (now >> (8 * (5 - i)));
  id.bytes[6] = (guint8) (0x70 | ((count >> 8) & 0x0f));
  id.bytes[7] = (guint8) count;
  id.bytes[8] = (id.bytes[8] & 0x3f) | 0x80;
  return id;
}

/**
 * gez_id_parse:
 * @text: 36 characters, either case
 * @id: (out): the identity; untouched on failure
 *
 * Returns: whether @text was a UUID
 */
gboolean
gez_id_parse (const char *text,
              GezId      *id)
{
  GezId parsed;
  guint at = 0;

  g_return_val_if_fail (text != NULL && id != NULL, FALSE);

  if (strlen (text) != GEZ_ID_TEXT_SIZE - 1)
    return FALSE;
  for (guint i = 0; i < GEZ_ID_SIZE; i++)
    {
      int high, low;

      if ((i == 4 || i == 6 || i == 8 || i == 10) && text[at++] != '-')
        return FALSE;
      high = g_ascii_xdigit_value (text[at++]);
      low = g_ascii_xdigit_value (text[at++]);
      if (high < 0 || low < 0)
        return FALSE;
      parsed.bytes[i] = (guint8) (high << 4 | low);
    }
  *id = parsed;
  return TRUE;
}

/**
 * gez_id_to_buffer:
 * @buffer: (out): room for the 36 characters and the closing NUL
 *
 * Writes the lower-case text of @id.
 */
void
gez_id_to_buffer (const GezId *id,
                  char         buffer[GEZ_ID_TEXT_SIZE])
{
  static const char digits[] = "0123456789abcdef";
  char *out = buffer;

  g_return_if_fail (id != NULL && buffer != NULL);

  for (guint i = 0; i < GEZ_ID_SIZE; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *out++ = '-';
      *out++ = digits[id->bytes[i] >> 4];
      *out++ = digits[id->bytes[i] & 0x0f];
    }
  *out = '\0';
}

/**
 * gez_id_to_string:
 *
 * Returns: (transfer full): the lower-case text of @id
 */
char *
gez_id_to_string (const GezId *id)
{
  char *text = g_malloc (GEZ_ID_TEXT_SIZE);

  gez_id_to_buffer (id, text);
  return text;
}

/**
 * gez_id_is_none:
 *
 * Returns: whether @id is missing or all zero
 */
gboolean
gez_id_is_none (const GezId *id)
{
  return id == NULL || gez_id_equal (id, &GEZ_ID_NONE);
}

gboolean
gez_id_equal (gconstpointer a,
              gconstpointer b)
{
  return memcmp (a, b, GEZ_ID_SIZE) == 0;
}

int
gez_id_compare (gconstpointer a,
                gconstpointer b)
{
  return memcmp (a, b, GEZ_ID_SIZE);
}

guint
gez_id_hash (gconstpointer id)
{
  guint32 tail;

  /* The last bytes of both kinds of identity are uniformly spread. */
  memcpy (&tail, (const guint8 *) id + GEZ_ID_SIZE - sizeof tail, sizeof tail);
  return tail;
}

/**
 * gez_id_copy:
 *
 * Returns: (transfer full) (nullable): a copy, freed with g_free()
 */
GezId *
gez_id_copy (const GezId *id)
{
  return g_memdup2 (id, sizeof *id);
}
