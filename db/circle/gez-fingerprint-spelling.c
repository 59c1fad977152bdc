/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-fingerprint-spelling.h"

#include <string.h>

#include "base/gez-text.h"

/*
 * Spellings of a name, so that what two people heard and typed meets: Youssef and Yusuf, Khadija and
 * Hadidja, Şahin and Chahin, De Smet and Desmet. A rule of our own for the names that are heard in
 * Flanders: Dutch, French, Turkish, and Arabic and Berber in Latin letters.
 *
 * 1. A name is a set of parts: which is the first name and which the last, and in what order, people mix up.
 * 2. Parts that stand before many names (van, el) are left out; also where they are written as one word
 *    with it.
 * 3. `exact`: the parts in Latin letters without accents (ICU). `sound`: letters that sound alike made one.
 *    `bones`: of the sound, the first letter and the consonants; Arabic script has no more.
 * 4. The bones also with one of several last names (her own, his), and with the first one of several
 *    first names.
 * 5. Only with the same birth date are two spellings the same person, so that it does no harm that Jan
 *    Peeters and Jan Pieters meet.
 */

#define N_PARTS 8
#define VOWELS "aeiou"

typedef struct
{
  const char *from;
  const char *to;
} Rule;

/* The first one that fits is taken, so longer ones come first. */
static const Rule sounds[] = {
  { "tsch", "s" }, { "sch", "s" }, { "tch", "s" }, { "chr", "kr" }, { "sh", "s" }, { "ch", "s" },
  { "ph", "f" },   { "th", "t" },  { "kh", "h" },  { "gh", "g" },   { "rh", "r" }, { "dj", "j" },
  { "dt", "t" },   { "ck", "k" },  { "qu", "k" },  { "tz", "s" },   { "ts", "s" }, { "ce", "se" },
  { "ci", "si" },  { "cy", "si" }, { "c", "k" },   { "q", "k" },    { "x", "ks" }, { "z", "s" },
  { "v", "f" },    { "ij", "i" },  { "ou", "u" },  { "oe", "u" },   { "eu", "u" }, { "ie", "i" },
  { "ee", "i" },   { "ei", "i" },  { "y", "i" },
};

static const char *const particles[]
    = { "van", "von", "vande", "vanden", "vander", "de",   "den", "der", "des", "het",
        "ten", "ter", "te",    "t",      "d",      "du",   "la",  "le",  "el",  "al",
        "ben", "bin", "bint",  "ibn",    "ould",   "oglu", "en",  "et",  NULL };

/* Before a name, and written as one word with it; then this many letters at least must follow. */
static const struct
{
  const char *prefix;
  gsize least;
} grown_on[] = { { "vanden", 3 }, { "vander", 3 }, { "vande", 3 }, { "van", 3 }, { "el", 4 },
                 { "al", 4 },     { "ben", 3 },    { "de", 4 } };

static void
add_part (GPtrArray *parts,
          GString   *part)
{
  if (part->len > 0 && parts->len < N_PARTS)
    g_ptr_array_add (parts, g_strdup (part->str));
  g_string_truncate (part, 0);
}

static gboolean
is_apostrophe (gunichar letter)
{
  return letter == '\'' || letter == '`' || letter == 0x2019 || letter == 0x02bc || letter == 0x02be
         || letter == 0x02bf;
}

static GPtrArray *
split (const char *name)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = gez_text_fold (name ? name : "");
  g_autoptr (GString) part = g_string_new (NULL);

  for (const char *at = folded; *at; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isalpha (letter))
        g_string_append_unichar (part, letter);
      else if (!is_apostrophe (letter))
        add_part (parts, part);
    }
  add_part (parts, part);
  return parts;
}

static const char *
without_grown_on (const char *part)
{
  for (guint i = 0; i < G_N_ELEMENTS (grown_on); i++)
    if (g_str_has_prefix (part, grown_on[i].prefix)
        && strlen (part) >= strlen (grown_on[i].prefix) + grown_on[i].least)
      return part + strlen (grown_on[i].prefix);
  return part;
}

static gboolean
is_vowel (char letter)
{
  return letter != '\0' && strchr (VOWELS, letter) != NULL;
}

/* The ij of Thijs is one vowel, that of Khadija is none; the ch of Christine is a k, that of Achraf is none.
 */
static gboolean
holds (const Rule *rule,
       const char *at,
       gboolean    begins)
{
  if (strcmp (rule->from, "ij") == 0)
    return !is_vowel (at[2]);
  return begins || strcmp (rule->from, "chr") != 0;
}

static const Rule *
find_rule (const char *at,
           gboolean    begins)
{
  for (guint i = 0; i < G_N_ELEMENTS (sounds); i++)
    if (g_str_has_prefix (at, sounds[i].from) && holds (&sounds[i], at, begins))
      return &sounds[i];
  return NULL;
}

static void
append_once (GString    *sound,
             const char *letters)
{
  for (; *letters; letters++)
    if (sound->len == 0 || sound->str[sound->len - 1] != *letters)
      g_string_append_c (sound, *letters);
}

static char *
sound_of (const char *part)
{
  GString *sound = g_string_new (NULL);
  const char *at = without_grown_on (part);

  if (at[0] == 'y' && (is_vowel (at[1]) || at[1] == 'o'))
    {
      g_string_append_c (sound, 'j');
      at++;
    }
  while (*at)
    {
      const Rule *rule = find_rule (at, sound->len == 0);
      const char one[] = { *at == 'w' && sound->len > 0 ? 'u' : *at, '\0' };

      append_once (sound, rule ? rule->to : one);
      at += rule ? strlen (rule->from) : 1;
    }
  if (sound->len > 1 && sound->str[sound->len - 1] == 'h')
    g_string_truncate (sound, sound->len - 1);
  if (sound->len > 1 && sound->str[sound->len - 1] == 'd')
    sound->str[sound->len - 1] = 't';
  return g_string_free (sound, FALSE);
}

static char *
bones_of (const char *part)
{
  g_autofree char *sound = sound_of (part);
  GString *bones = g_string_new (NULL);

  for (const char *at = sound; *at; at++)
    if (at == sound)
      g_string_append_c (bones, is_vowel (*at) ? 'a' : *at);
    else if (!is_vowel (*at))
      g_string_append_c (bones, *at);
  return g_string_free (bones, FALSE);
}

static char *
exact_of (const char *part)
{
  return g_strdup (part);
}

/* What tells people apart; all of it when that is nothing. */
static GPtrArray *
leave_out_particles (GPtrArray *parts)
{
  GPtrArray *left = g_ptr_array_new ();

  for (guint i = 0; i < parts->len; i++)
    if (!g_strv_contains (particles, parts->pdata[i]))
      g_ptr_array_add (left, parts->pdata[i]);
  for (guint i = 0; left->len == 0 && i < parts->len; i++)
    g_ptr_array_add (left, parts->pdata[i]);
  return left;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_spelling (GPtrArray  *spellings,
              const char *kind,
              GPtrArray  *first,
              GPtrArray  *last,
              char     *(*make) (const char *part))
{
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;
  char *spelling;

  for (guint i = 0; i < first->len; i++)
    g_ptr_array_add (made, make (first->pdata[i]));
  for (guint i = 0; i < last->len; i++)
    g_ptr_array_add (made, make (last->pdata[i]));
  g_ptr_array_sort (made, compare_texts);
  g_ptr_array_add (made, NULL);
  joined = g_strjoinv (" ", (char **) made->pdata);
  spelling = g_strconcat (kind, " ", joined, NULL);
  if (g_ptr_array_find_with_equal_func (spellings, spelling, g_str_equal, NULL))
    g_free (spelling);
  else
    g_ptr_array_add (spellings, spelling);
}

/* With one of several last names, and with one of several first names. */
static void
add_shorter (GPtrArray *spellings,
             GPtrArray *first,
             GPtrArray *last)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_set_size (one, 1);
  if (last->len > 1)
    {
      one->pdata[0] = last->pdata[0];
      add_spelling (spellings, "bones", first, one, bones_of);
      one->pdata[0] = last->pdata[last->len - 1];
      add_spelling (spellings, "bones", first, one, bones_of);
    }
  if (first->len > 1)
    {
      one->pdata[0] = first->pdata[0];
      add_spelling (spellings, "bones", one, last, bones_of);
    }
}

/**
 * gez_fingerprint_spellings:
 * @first_name: (nullable): UTF-8
 * @last_name: (nullable): UTF-8
 *
 * Returns: (transfer full) (element-type utf8): up to six spellings, those of other ways to write the
 *   same name among them; none when one of the two names is missing
 *
 * Thread: any.
 */
GPtrArray *
gez_fingerprint_spellings (const char *first_name,
                           const char *last_name)
{
  g_autoptr (GPtrArray) all_first = split (first_name), all_last = split (last_name);
  g_autoptr (GPtrArray) first = leave_out_particles (all_first), last = leave_out_particles (all_last);
  GPtrArray *spellings = g_ptr_array_new_with_free_func (g_free);

  if (first->len == 0 || last->len == 0)
    return spellings;
  add_spelling (spellings, "exact", all_first, all_last, exact_of);
  add_spelling (spellings, "sound", first, last, sound_of);
  add_spelling (spellings, "bones", first, last, bones_of);
  add_shorter (spellings, first, last);
  return spellings;
}
