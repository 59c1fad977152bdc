/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

#include <string.h>

/* Names in the folder (docs/SYNC.md, "The folder"). They only hint: they save looking into files that are
 * known. Some file systems give them back in capitals. */

#define LETTERS_OF_16 26
#define LETTERS_OF_5 8
#define DIGITS 8

static int
letter_value (char letter)
{
  letter = g_ascii_tolower (letter);
  if (letter >= 'a' && letter <= 'z')
    return letter - 'a';
  return letter >= '2' && letter <= '7' ? letter - '2' + 26 : -1;
}

/* The bits that are left over must be zero: one name for one value. */
static gboolean
decode (const char *text,
        gsize       n_letters,
        guint8     *bytes)
{
  guint bits = 0, n_bits = 0;

  for (gsize i = 0; i < n_letters; i++)
    {
      int value = letter_value (text[i]);

      if (value < 0)
        return FALSE;
      bits = (bits << 5) | (guint) value;
      n_bits += 5;
      if (n_bits >= 8)
        {
          n_bits -= 8;
          *bytes++ = (guint8) (bits >> n_bits);
          bits &= (1u << n_bits) - 1;
        }
    }
  return bits == 0;
}

/* Takes @letter and so many digits (more where a number is greater) from the front. */
static gboolean
take_number (const char **text,
             guint64     *number)
{
  gsize n = 0;

  while (g_ascii_isdigit ((*text)[n]))
    n++;
  if (n < DIGITS || n > 18)
    return FALSE;
  *number = g_ascii_strtoull (*text, NULL, 10);
  *text += n;
  return TRUE;
}

static gboolean
take_hash (const char **text,
           gsize        n_letters,
           guint8      *hash)
{
  if (**text != '-' || strlen (*text + 1) < n_letters || !decode (*text + 1, n_letters, hash))
    return FALSE;
  *text += 1 + n_letters;
  return TRUE;
}

static gboolean
parse_numbered (const char    *text,
                const char    *suffix,
                GezEngineName *name)
{
  text++;
  if (!take_number (&text, &name->first) || !take_hash (&text, LETTERS_OF_16, name->hash))
    return FALSE;
  name->last = name->first;
  return g_ascii_strcasecmp (text, suffix) == 0;
}

static gboolean
parse_pack (const char    *text,
            GezEngineName *name)
{
  text++;
  if (!take_number (&text, &name->first) || *text++ != '-' || !take_number (&text, &name->last)
      || !take_hash (&text, LETTERS_OF_5, name->hash))
    return FALSE;
  return name->first <= name->last && g_ascii_strcasecmp (text, ".pak") == 0;
}

static GezEngineNameKind
find_kind (const char    *text,
           GezEngineName *name)
{
  gsize size = strlen (text);

  if (*text == '.' || (size > 4 && g_ascii_strcasecmp (text + size - 4, ".tmp") == 0))
    return GEZ_ENGINE_NAME_TEMPORARY;
  switch (g_ascii_tolower (*text))
    {
    case 's':
      return parse_numbered (text, ".seg", name) ? GEZ_ENGINE_NAME_SEGMENT : GEZ_ENGINE_NAME_OTHER;
    case 'r':
      return parse_numbered (text, ".rec", name) ? GEZ_ENGINE_NAME_RECORD : GEZ_ENGINE_NAME_OTHER;
    case 'n':
      return parse_numbered (text, ".snp", name) ? GEZ_ENGINE_NAME_SNAPSHOT : GEZ_ENGINE_NAME_OTHER;
    case 'p':
      return parse_pack (text, name) ? GEZ_ENGINE_NAME_PACK : GEZ_ENGINE_NAME_OTHER;
    case 'b':
      return size > 4 && g_ascii_strcasecmp (text + size - 4, ".blb") == 0 ? GEZ_ENGINE_NAME_BLOB
                                                                          : GEZ_ENGINE_NAME_OTHER;
    case 'i':
      return size > 4 && g_ascii_strcasecmp (text + size - 4, ".inv") == 0 ? GEZ_ENGINE_NAME_INVITATION
                                                                          : GEZ_ENGINE_NAME_OTHER;
    default:
      return GEZ_ENGINE_NAME_OTHER;
    }
}

/**
 * gez_engine_name_parse:
 * @text: a name in a directory of the folder, as strange as it may be
 * @name: (out caller-allocates): what it says
 *
 * Thread: any; here and below.
 */
void
gez_engine_name_parse (const char    *text,
                       GezEngineName *name)
{
  GezEngineName parsed = { .kind = GEZ_ENGINE_NAME_OTHER };
  GezEngineNameKind kind = find_kind (text, &parsed);

  if (kind == GEZ_ENGINE_NAME_OTHER)
    parsed = (GezEngineName) { .kind = kind };
  parsed.kind = kind;
  *name = parsed;
}

/**
 * gez_engine_device_parse:
 * @text: the name of a directory in d/
 *
 * Returns: whether it is the name of a device
 */
gboolean
gez_engine_device_parse (const char *text,
                         GezId      *device)
{
  return strlen (text) == LETTERS_OF_16 && decode (text, LETTERS_OF_16, device->bytes);
}

char *
gez_engine_device_path (const GezId *device)
{
  g_autofree char *name = gez_base32 (device->bytes, GEZ_ID_SIZE);

  return g_strconcat ("d/", name, NULL);
}
