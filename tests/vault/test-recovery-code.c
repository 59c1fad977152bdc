/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "vault/gez-recovery-code.h"
#include "vault/gez-recovery-words.h"

/* Made once with another program (Python's hashlib) from the description in docs/STORAGE.md. */
static const struct
{
  guint8 first; /* the code counts on from this byte in these steps */
  guint8 step;
  const char *words;
  const char *qr;
} known[] = {
  { 0x00, 0,
    "aanbod aanbod aanbod aanbod aanbod aanbod aanbod aanbod aanbod aanbod aanbod aanbod aandacht basket",
    "GEZINSPLAN1:AAAAAAAAAAAAAAAAAAAAAAAAABBX" },
  { 0x00, 1,
    "aanbod album dageraad slurf amandel cacao kussen afdak aula eend sluis gras beitel narcis",
    "GEZINSPLAN1:AAAQEAYEAUDAOCAJBIFQYDIOB5RB" },
  { 0xff, 0,
    "zwembad zwembad zwembad zwembad zwembad zwembad zwembad zwembad zwembad zwembad zwembad zwembad "
    "zwembad toestel",
    "GEZINSPLAN1:777777777777777777777777773F" },
};

/* BLAKE2b-256 of the list, each word followed by a line break: a sheet of today must open in ten years. */
#define LIST_HASH "edc343541fcff3c1d4d87766aea04f6b50e7aabff033f3dd1707b81d3d14e539"

#define COUNTING known[1].words

static GezSecret *
make_code (guint8 first,
           guint8 step)
{
  GezSecret *code = gez_secret_new (NULL);

  for (guint i = 0; i < GEZ_RECOVERY_CODE_SIZE; i++)
    code->bytes[i] = (guint8) (first + i * step);
  return code;
}

static GezSecret *
parse (const char *text,
       GError    **error)
{
  return gez_recovery_code_parse ((GezPassphrase) { text, strlen (text) }, NULL, error);
}

static char *
words_of (const GezSecret *code)
{
  const char *words[GEZ_RECOVERY_N_WORDS + 1] = { NULL };

  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    words[i] = gez_recovery_code_get_word (code, i);
  return g_strjoinv (" ", (char **) words);
}

static void
assert_reads (const char      *text,
              const GezSecret *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSecret) code = parse (text, &error);

  g_assert_no_error (error);
  g_assert_true (gez_recovery_code_equal (code, expected));
}

static void
assert_refused (const char      *text,
                GezRecoveryError code,
                guint            n_understood)
{
  g_autoptr (GError) error = NULL;
  guint position = 99;

  g_assert_null (gez_recovery_code_parse ((GezPassphrase) { text, strlen (text) }, &position, &error));
  g_assert_error (error, GEZ_RECOVERY_ERROR, (int) code);
  g_assert_cmpuint (position, ==, n_understood);
}

static void
test_known (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GezSecret) code = make_code (known[i].first, known[i].step);
      g_autoptr (GezSecretText) qr = gez_recovery_code_to_qr (code);
      g_autofree char *words = words_of (code);

      g_assert_cmpstr (words, ==, known[i].words);
      g_assert_cmpstr (gez_secret_text_peek (qr).text, ==, known[i].qr);
      g_assert_cmpuint (gez_secret_text_peek (qr).length, ==, GEZ_RECOVERY_QR_SIZE);
      assert_reads (known[i].words, code);
      assert_reads (known[i].qr, code);
    }
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GezSecret) code = gez_recovery_code_new (NULL);
      g_autoptr (GezSecretText) qr = gez_recovery_code_to_qr (code);
      g_autofree char *words = words_of (code);

      assert_reads (words, code);
      assert_reads (gez_secret_text_peek (qr).text, code);
    }
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
}

static void
test_random (void)
{
  g_autoptr (GezSecret) code = gez_recovery_code_new (NULL);
  g_autoptr (GezSecret) other = gez_recovery_code_new (NULL);

  g_assert_false (gez_recovery_code_equal (code, other));
}

static void
test_forgiving (void)
{
  g_autoptr (GezSecret) code = make_code (0, 1);
  static const char *const texts[] = {
    "  AANBOD Album\tdageraad\nslurf\r\namandel cacao kussen afdak aula eend sluis gras beitel narcis \n",
    "1. aanbod 2. album 3. dageraad 4. slurf 5. amandel 6. cacao 7. kussen 8. afdak 9. aula 10. eend "
    "11. sluis 12. gras 13. beitel 14. narcis",
    "1 aanbod, 2 album, dageraad; slurf/amandel-cacao kussen...afdak aula eend sluis gras beitel narcis.",
    "aanb albu dage slur aman caca kuss afda aula eend slui gras beit narc",
    "aanbo albu dageraa slur amande caca kuss afda aula eend slui gras beite narci",
    "gezinsplan1:aaaqeayeaudaocajbifqydiob5rb",
    " \nGEZINSPLAN1: AAAQ EAYE AUDA OCAJ BIFQ YDIO B5RB\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_reads (texts[i], code);
}

static void
test_refused (void)
{
  assert_refused ("", GEZ_RECOVERY_ERROR_TOO_FEW, 0);
  assert_refused ("12 13 14", GEZ_RECOVERY_ERROR_TOO_FEW, 0);
  assert_refused ("aanbod album dageraad", GEZ_RECOVERY_ERROR_TOO_FEW, 3);
  assert_refused ("aanbod album dag slurf", GEZ_RECOVERY_ERROR_UNKNOWN_WORD, 2);
  assert_refused ("aanbod album dageraadje", GEZ_RECOVERY_ERROR_UNKNOWN_WORD, 2);
  assert_refused ("aanbod \303\241lbum", GEZ_RECOVERY_ERROR_UNKNOWN_WORD, 1);
  assert_refused ("aanbod albumalbumalbumalbumalbumalbumalbumalbumalbumalbumalbumalbumalbumalbumalbum",
                  GEZ_RECOVERY_ERROR_UNKNOWN_WORD, 1);
  assert_refused ("aanbod album dageraad slurf amandel cacao kussen afdak aula eend sluis gras beitel "
                  "narcis narcis", GEZ_RECOVERY_ERROR_TOO_MANY, 14);
  assert_refused ("album aanbod dageraad slurf amandel cacao kussen afdak aula eend sluis gras beitel "
                  "narcis", GEZ_RECOVERY_ERROR_CHECKSUM, 14);
  assert_refused ("GEZINSPLAN1:AAAQEAYEAUDAOCAJBIFQYDIOB5R", GEZ_RECOVERY_ERROR_TOO_FEW, 0);
  assert_refused ("GEZINSPLAN1:AAAQEAYEAUDAOCAJBIFQYDIOB5RBA", GEZ_RECOVERY_ERROR_CHECKSUM, 0);
  assert_refused ("GEZINSPLAN1:AAAQEAYEAUDAOCAJBIFQYDIOB51B", GEZ_RECOVERY_ERROR_CHECKSUM, 0);
  assert_refused ("GEZINSPLAN1:AAAQEAYEAUDAOCAJBIFQYDIOB5RC", GEZ_RECOVERY_ERROR_CHECKSUM, 0);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
}

/* Puts another word in one place. Returns whether that was accepted. */
static gboolean
accepts_instead (char      **words,
                 guint       position,
                 const char *word)
{
  char *right = words[position];
  g_autofree char *text = NULL;
  g_autoptr (GezSecret) code = NULL;

  words[position] = (char *) word;
  text = g_strjoinv (" ", words);
  words[position] = right;
  code = parse (text, NULL);
  return code != NULL;
}

/* A checksum of 12 bits lets one in 4096 through. */
static void
test_every_wrong_word (void)
{
  g_auto (GStrv) words = g_strsplit (COUNTING, " ", -1);
  guint n_tried = 0, n_accepted = 0;

  for (guint position = 0; position < GEZ_RECOVERY_N_WORDS; position++)
    for (guint number = 0; number < GEZ_RECOVERY_LIST_SIZE; number++)
      if (strcmp (words[position], gez_recovery_words_get (number)) != 0)
        {
          n_tried++;
          n_accepted += accepts_instead (words, position, gez_recovery_words_get (number));
        }
  g_test_message ("%u of %u wrong words were not noticed", n_accepted, n_tried);
  g_assert_cmpuint (n_tried, ==, GEZ_RECOVERY_N_WORDS * (GEZ_RECOVERY_LIST_SIZE - 1));
  g_assert_cmpuint (n_accepted, <=, n_tried / 4096 * 3);
}

static void
test_every_slip (void)
{
  g_auto (GStrv) words = g_strsplit (COUNTING, " ", -1);
  guint n_tried = 0, n_accepted = 0;

  for (guint position = 0; position < GEZ_RECOVERY_N_WORDS; position++)
    for (guint at = 0; at < strlen (words[position]); at++)
      for (char letter = 'a'; letter <= 'z'; letter++)
        {
          g_autofree char *wrong = g_strdup (words[position]);

          if (wrong[at] == letter)
            continue;
          wrong[at] = letter;
          n_tried++;
          n_accepted += accepts_instead (words, position, wrong);
        }
  g_assert_cmpuint (n_tried, >, 1000);
  g_assert_cmpuint (n_accepted, ==, 0);
}

static void
test_swapped (void)
{
  g_auto (GStrv) words = g_strsplit (COUNTING, " ", -1);
  guint n_accepted = 0;

  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    for (guint j = i + 1; j < GEZ_RECOVERY_N_WORDS; j++)
      {
        char *kept = words[i];

        words[i] = words[j];
        n_accepted += accepts_instead (words, j, kept);
        words[i] = kept;
      }
  g_assert_cmpuint (n_accepted, ==, 0);
}

/* The list ----------------------------------------------------------------------------------- */

/* Whether one letter that is wrong, missing or too much makes one word the other. */
static gboolean
are_close (const char *one,
           const char *other)
{
  gsize begin = 0, end = 0, n_one = strlen (one), n_other = strlen (other), longest = MAX (n_one, n_other);

  while (one[begin] != '\0' && one[begin] == other[begin])
    begin++;
  while (end < MIN (n_one, n_other) - begin && one[n_one - 1 - end] == other[n_other - 1 - end])
    end++;
  return begin + end + 1 >= longest;
}

static void
test_list (void)
{
  g_assert_true (are_close ("boom", "boot"));
  g_assert_true (are_close ("boor", "boord"));
  g_assert_true (are_close ("beer", "eer"));
  g_assert_false (are_close ("boom", "boter"));
  for (guint i = 0; i < GEZ_RECOVERY_LIST_SIZE; i++)
    {
      const char *word = gez_recovery_words_get (i);

      g_assert_cmpuint (strlen (word), >=, GEZ_RECOVERY_LETTERS);
      g_assert_cmpuint (strlen (word), <=, GEZ_RECOVERY_WORD_LONGEST);
      g_assert_cmpuint (strspn (word, "abcdefghijklmnopqrstuvwxyz"), ==, strlen (word));
      if (i > 0)
        g_assert_cmpint (strncmp (gez_recovery_words_get (i - 1), word, GEZ_RECOVERY_LETTERS), <, 0);
      for (guint j = 0; j < i; j++)
        if (are_close (word, gez_recovery_words_get (j)))
          g_error ("“%s” and “%s” differ by one letter", word, gez_recovery_words_get (j));
    }
}

/* Not exhaustive: what could slip in when somebody thinks of adding a word. */
static void
test_list_is_kind (void)
{
  static const char *const unwanted[] = {
    "aanval", "angst", "arme", "beul", "bloed", "bom", "bordeel", "brand", "crisis", "dief", "dood",
    "doodkist", "dronken", "drugs", "duivel", "dwang", "eenzaam", "gevaar", "geweer", "gevangen", "geweld",
    "graf", "haat", "heks", "honger", "hoer", "idioot", "inbraak", "kanker", "lijk", "lelijk", "leugen",
    "misdaad", "moord", "naakt", "neger", "oorlog", "pijn", "pistool", "plas", "ramp", "rouw", "ruzie",
    "schuld", "slaaf", "slet", "spook", "straf", "stom", "verdriet", "verlies", "vijand", "virus", "vloek",
    "wapen", "ziek", "ziekte", "zonde", "zwakte", "anna", "bart", "bram", "daan", "dirk", "emma", "erik",
    "eva", "fatima", "hans", "iris", "jade", "jan", "jasmijn", "joris", "karel", "kees", "koen", "lars",
    "lena", "lies", "lila", "linde", "lotte", "louis", "luca", "lukas", "maria", "mark", "merel", "mila",
    "nina", "noor", "olivia", "peter", "pieter", "robin", "roos", "ruben", "saar", "sara", "simon", "stijn",
    "tess", "thomas", "tijn", "tine", "tom", "viktor", "violet", "wout", "yasmine", "zoe", "bakker",
    "bekker", "brouwer", "janssen", "koning", "mulder", "peeters", "prins", "smet", "visser",
  };

  for (guint i = 0; i < G_N_ELEMENTS (unwanted); i++)
    for (guint j = 0; j < GEZ_RECOVERY_LIST_SIZE; j++)
      g_assert_cmpstr (gez_recovery_words_get (j), !=, unwanted[i]);
}

static void
test_list_stays (void)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint8 hash[32];
  char text[2 * sizeof hash + 1];

  for (guint i = 0; i < GEZ_RECOVERY_LIST_SIZE; i++)
    g_string_append_printf (list, "%s\n", gez_recovery_words_get (i));
  crypto_generichash (hash, sizeof hash, (const guint8 *) list->str, list->len, NULL, 0);
  g_assert_cmpstr (sodium_bin2hex (text, sizeof text, hash, sizeof hash), ==, LIST_HASH);
}

static void
test_complete (void)
{
  guint first = 0;

  for (guint i = 0; i < GEZ_RECOVERY_LIST_SIZE; i++)
    {
      const char *word = gez_recovery_words_get (i);

      g_assert_cmpint (gez_recovery_words_find ((GezPassphrase) { word, strlen (word) }), ==, (int) i);
      g_assert_cmpint (gez_recovery_words_find ((GezPassphrase) { word, GEZ_RECOVERY_LETTERS }), ==, (int) i);
      g_assert_cmpint (gez_recovery_words_find ((GezPassphrase) { word, GEZ_RECOVERY_LETTERS - 1 }), ==, -1);
    }
  g_assert_cmpuint (gez_recovery_words_complete ((GezPassphrase) { "AARD", 4 }, &first), ==, 1);
  g_assert_cmpstr (gez_recovery_words_get (first), ==, "aardbei");
  g_assert_cmpuint (gez_recovery_words_complete ((GezPassphrase) { "", 0 }, &first), ==,
                    GEZ_RECOVERY_LIST_SIZE);
  g_assert_cmpuint (gez_recovery_words_complete ((GezPassphrase) { "qq", 2 }, &first), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/recovery-code/known", test_known);
  g_test_add_func ("/recovery-code/round-trip", test_round_trip);
  g_test_add_func ("/recovery-code/random", test_random);
  g_test_add_func ("/recovery-code/forgiving", test_forgiving);
  g_test_add_func ("/recovery-code/refused", test_refused);
  g_test_add_func ("/recovery-code/every-wrong-word", test_every_wrong_word);
  g_test_add_func ("/recovery-code/every-slip", test_every_slip);
  g_test_add_func ("/recovery-code/swapped", test_swapped);
  g_test_add_func ("/recovery-code/list", test_list);
  g_test_add_func ("/recovery-code/list-is-kind", test_list_is_kind);
  g_test_add_func ("/recovery-code/list-stays", test_list_stays);
  g_test_add_func ("/recovery-code/complete", test_complete);
  return g_test_run ();
}
