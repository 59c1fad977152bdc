/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unlock/gez-strength.h"

#include <glib/gi18n.h>
#include <malloc.h>
#include <pwquality.h>

#define LENGTH_MIN 12
#define SCORE_STRONG 70
#define SCORE_ENOUGH 30
#define FREED_MEMORY 0x55

/* libpwquality reads up to a NUL; the text of a passphrase entry ends with one. It copies the
 * passphrase and does not wipe the copies, so the allocator overwrites what is freed meanwhile. Its
 * dictionary check keeps a mangled copy in static memory: it is off, and length has to do. */
static int
score_of (GezPassphrase passphrase)
{
  pwquality_settings_t *settings = pwquality_default_settings ();
  int score = -1;

  if (settings == NULL)
    return score;
  pwquality_set_int_value (settings, PWQ_SETTING_DICT_CHECK, 0);
  mallopt (M_PERTURB, FREED_MEMORY);
  score = pwquality_check (settings, passphrase.text, NULL, NULL, NULL);
  mallopt (M_PERTURB, 0);
  pwquality_free_settings (settings);
  return score;
}

/**
 * gez_strength_check:
 * @passphrase: NUL-ended, as gez_passphrase_entry_peek() gives it
 * @strength: (out): the sentence is freed by the caller
 *
 * Judges a new passphrase. Length counts most: several ordinary words are easier to remember and
 * harder to guess than a short jumble.
 */
void
gez_strength_check (GezPassphrase  passphrase,
                    GezStrength   *strength)
{
  glong length = g_utf8_strlen (passphrase.text, (gssize) passphrase.length);
  int score = length ? score_of (passphrase) : 0;

  strength->score = CLAMP (score, 0, 100);
  strength->is_enough = length >= LENGTH_MIN && score >= SCORE_ENOUGH;
  if (length < LENGTH_MIN)
    strength->sentence = g_strdup_printf (
      ngettext ("Too short: at least %d character. Four or five words together work well.",
                "Too short: at least %d characters. Four or five words together work well.",
                LENGTH_MIN),
      LENGTH_MIN);
  else if (score < SCORE_ENOUGH)
    strength->sentence = g_strdup (_("Too easy to guess. Add another word or two."));
  else if (score < SCORE_STRONG)
    strength->sentence = g_strdup (_("Good enough. One more word makes it strong."));
  else
    strength->sentence = g_strdup (_("Strong."));
}
