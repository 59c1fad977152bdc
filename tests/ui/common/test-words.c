/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <locale.h>
#include <string.h>

#include "base/gez-error.h"
#include "common/gez-date-words.h"
#include "common/gez-format.h"
#include "common/gez-sentence.h"
#include "unlock/gez-strength.h"
#include "vault/gez-secret-text.h"

#define TODAY "2026-11-21" /* a Saturday */

typedef char *(*Format) (const char *date,
                         const char *today);

static void
check (Format      format,
       const char *date,
       const char *expected)
{
  g_autofree char *words = format (date, TODAY);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_near (void)
{
  check (gez_format_date_near, "2026-11-21", "today");
  check (gez_format_date_near, "2026-11-22", "tomorrow");
  check (gez_format_date_near, "2026-11-20", "yesterday");
  check (gez_format_date_near, "2026-11-24", "Tue 24 Nov");
  check (gez_format_date_near, "2026-01-05", "Mon 5 Jan");
  check (gez_format_date_near, "2027-01-01", "1 Jan 2027");
  check (gez_format_date_near, NULL, "");
  check (gez_format_date_near, "2026-02-30", "");
}

static void
test_due (void)
{
  check (gez_format_due, "2026-11-21", "today");
  check (gez_format_due, "2026-11-20", "1 day late");
  check (gez_format_due, "2026-11-18", "3 days late");
  check (gez_format_due, "2026-11-24", "Tue 24 Nov");
}

static void
test_days_ago (void)
{
  check (gez_format_days_ago, "2026-11-21", "today");
  check (gez_format_days_ago, "2026-11-20", "yesterday");
  check (gez_format_days_ago, "2026-11-09", "12 days ago");
  check (gez_format_days_ago, "2026-11-24", "Tue 24 Nov");
}

static void
test_age (void)
{
  check (gez_format_age, "1992-11-21", "34");
  check (gez_format_age, "1992-11-22", "33");
  check (gez_format_age, "2026-04-30", "6 months");
  check (gez_format_age, "2026-10-21", "1 month");
  check (gez_format_age, "2024-11-21", "2");
  check (gez_format_age, "1890-03-01", "136");
  check (gez_format_age, "2027-02-01", "not born yet");
  check (gez_format_age, NULL, "");
}

static void
test_whole_dates (void)
{
  g_autofree char *date = gez_format_date ("2026-11-24");
  g_autofree char *long_date = gez_format_date_long ("2026-11-24");
  g_autofree char *month = gez_format_month_year ("2026-11-24");
  g_autofree char *time = gez_format_time ("09:05");
  g_autofree char *no_time = gez_format_time ("nine");

  g_assert_cmpstr (date, ==, "24 Nov 2026");
  g_assert_cmpstr (long_date, ==, "Tuesday 24 November 2026");
  g_assert_cmpstr (month, ==, "November 2026");
  g_assert_cmpstr (time, ==, "9:05");
  g_assert_cmpstr (no_time, ==, "");
  g_assert_cmpstr (gez_format_weekday (1), ==, "Monday");
  g_assert_cmpstr (gez_format_weekday_short (7), ==, "Sun");
}

static void
check_words (const char *text,
             const char *expected)
{
  g_autofree char *date = gez_parse_date_words (text, TODAY);

  if (g_strcmp0 (date, expected) != 0)
    g_error ("\"%s\" was read as %s, not %s", text, date ? date : "nothing", expected ? expected : "nothing");
}

/* What people type on Saturday 21 November 2026, in Dutch and in English. */
static const struct
{
  const char *text;
  const char *date;
} date_words[] = {
  { "vandaag", "2026-11-21" },            { "today", "2026-11-21" },
  { " Morgen ", "2026-11-22" },           { "tomorrow", "2026-11-22" },
  { "overmorgen", "2026-11-23" },         { "nu", "2026-11-21" },
  { "gisteren", "2026-11-20" },           { "yesterday", "2026-11-20" },
  { "eergisteren", "2026-11-19" },
  { "di", "2026-11-24" },                 { "Dinsdag", "2026-11-24" },
  { "tue", "2026-11-24" },                { "za", "2026-11-28" },
  { "di.", "2026-11-24" },                { "zo", "2026-11-22" },
  { "vorige di", "2026-11-17" },          { "afgelopen vr", "2026-11-20" },
  { "last saturday", "2026-11-14" },      { "volgende ma", "2026-11-23" },
  { "volgende di", "2026-11-24" },        { "next Tuesday", "2026-11-24" },
  { "volgende zo", "2026-11-29" },        { "komende zo", "2026-11-22" },
  { "deze zondag", "2026-11-22" },        { "this sunday", "2026-11-22" },
  { "di volgende week", "2026-11-24" },   { "next week tuesday", "2026-11-24" },
  { "over 3 dagen", "2026-11-24" },       { "over 2 weken", "2026-12-05" },
  { "in 2 weeks", "2026-12-05" },         { "over een week", "2026-11-28" },
  { "over twee weken", "2026-12-05" },    { "in one week", "2026-11-28" },
  { "over een maand", "2026-12-21" },     { "over 3 maanden", "2027-02-21" },
  { "in 3 months", "2027-02-21" },        { "over een jaar", "2027-11-21" },
  { "3 dagen geleden", "2026-11-18" },    { "2 weeks ago", "2026-11-07" },
  { "een maand geleden", "2026-10-21" },  { "over 0 dagen", "2026-11-21" },
  { "eind van de maand", "2026-11-30" },  { "einde maand", "2026-11-30" },
  { "end of the month", "2026-11-30" },   { "eind volgende maand", "2026-12-31" },
  { "end of next month", "2026-12-31" },  { "eind november", "2026-11-30" },
  { "eind februari", "2027-02-28" },      { "end of march", "2027-03-31" },
  { "eind van het jaar", "2026-12-31" },  { "eind volgend jaar", "2027-12-31" },
  { "end of next year", "2027-12-31" },
};

static const struct
{
  const char *text;
  const char *date;
} written_dates[] = {
  { "24/11", "2026-11-24" },              { "24-11", "2026-11-24" },
  { "24.11.", "2026-11-24" },             { "24.11.26", "2026-11-24" },
  { "5/1", "2027-01-05" },                { "24/11/2026", "2026-11-24" },
  { "24/11/26", "2026-11-24" },           { "24/11/'26", "2026-11-24" },
  { "3/4/54", "1954-04-03" },             { "2026-11-24", "2026-11-24" },
  { "24 nov", "2026-11-24" },             { "24 Nov.", "2026-11-24" },
  { "24e november", "2026-11-24" },       { "1ste december", "2026-12-01" },
  { "2nd December", "2026-12-02" },       { "24 november 2026", "2026-11-24" },
  { "di 24/11", "2026-11-24" },           { "Tuesday, 24 November", "2026-11-24" },
  { "dinsdag 24 november 2026", "2026-11-24" },
  { "29/2/2028", "2028-02-29" },          { "1/3/1890", "1890-03-01" },
};

static void
test_date_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (date_words); i++)
    check_words (date_words[i].text, date_words[i].date);
}

static void
test_written_dates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (written_dates); i++)
    check_words (written_dates[i].text, written_dates[i].date);
}

static void
test_no_dates (void)
{
  static const struct
  {
    const char *text;
    GezDateFault fault;
  } texts[] = {
    { "", GEZ_DATE_FAULT_NONE },
    { "  ", GEZ_DATE_FAULT_NONE },
    { NULL, GEZ_DATE_FAULT_NONE },
    { "31/2", GEZ_DATE_FAULT_NO_SUCH_DAY },
    { "31/2/2026", GEZ_DATE_FAULT_NO_SUCH_DAY },
    { "29 feb", GEZ_DATE_FAULT_NO_SUCH_DAY },
    { "ma 31/11", GEZ_DATE_FAULT_NO_SUCH_DAY },
    { "wo 24/11", GEZ_DATE_FAULT_WEEKDAY },
    { "24", GEZ_DATE_FAULT_UNREAD },
    { "24/13", GEZ_DATE_FAULT_UNREAD },
    { "32/1", GEZ_DATE_FAULT_UNREAD },
    { "0/5", GEZ_DATE_FAULT_UNREAD },
    { "binnenkort", GEZ_DATE_FAULT_UNREAD },
    { "volgende week", GEZ_DATE_FAULT_UNREAD },
    { "eind", GEZ_DATE_FAULT_UNREAD },
    { "eind van de", GEZ_DATE_FAULT_UNREAD },
    { "24/11/202", GEZ_DATE_FAULT_UNREAD },
    { "1/2/3/4", GEZ_DATE_FAULT_UNREAD },
    { "99999999999/1", GEZ_DATE_FAULT_UNREAD },
    { "over 9999 jaar", GEZ_DATE_FAULT_UNREAD },
    { "9999 jaar geleden", GEZ_DATE_FAULT_UNREAD },
    { "é", GEZ_DATE_FAULT_UNREAD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GezDateReading reading;
      g_autofree char *date = gez_read_date_words (texts[i].text, TODAY, &reading);

      g_assert_null (date);
      if (reading.fault != texts[i].fault)
        g_error ("\"%s\" has the fault %d", texts[i].text, reading.fault);
    }
}

static void
check_sentence (GQuark domain,
                int    code)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "household.name is not text");
  g_autofree char *sentence = gez_sentence_for_error (error);

  g_assert_nonnull (sentence);
  g_assert_true (g_str_has_suffix (sentence, "."));
  g_assert_null (strstr (sentence, "household.name"));
  g_assert_null (strstr (sentence, "does not know."));
}

static void
test_sentences (void)
{
  for (int code = GEZ_VAULT_ERROR_WRONG_PASSPHRASE; code <= GEZ_VAULT_ERROR_IO; code++)
    check_sentence (GEZ_VAULT_ERROR, code);
  for (int code = GEZ_STORE_ERROR_INVALID; code <= GEZ_STORE_ERROR_INTERNAL; code++)
    check_sentence (GEZ_STORE_ERROR, code);
  for (int code = GEZ_EXCHANGE_ERROR_MALFORMED; code <= GEZ_EXCHANGE_ERROR_ROWS; code++)
    check_sentence (GEZ_EXCHANGE_ERROR, code);
  check_sentence (G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_escape (void)
{
  g_autofree char *escaped = gez_escape ("A & B <script>");
  g_autofree char *nothing = gez_escape (NULL);

  g_assert_cmpstr (escaped, ==, "A &amp; B &lt;script&gt;");
  g_assert_cmpstr (nothing, ==, "");
}

static void
check_secret (GezSecretText *secret,
              GString       *model)
{
  GezPassphrase passphrase = gez_secret_text_peek (secret);

  g_assert_cmpmem (passphrase.text, passphrase.length, model->str, model->len);
  g_assert_cmpint (passphrase.text[passphrase.length], ==, '\0');
  g_assert_cmpuint (gez_secret_text_n_chars (secret), ==, (guint) g_utf8_strlen (model->str, -1));
}

/* Against a GString that does the same, with letters of one to four bytes. */
static void
test_secret_text (void)
{
  static const char *const letters[] = { "a", "é", "€", "🔑" };
  g_autoptr (GezSecretText) secret = gez_secret_text_new ();
  g_autoptr (GString) model = g_string_new (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++)
    {
      glong n_chars = g_utf8_strlen (model->str, -1);
      guint position = g_rand_int_range (random, 0, (int) n_chars + 1);
      const char *letter = letters[g_rand_int_range (random, 0, G_N_ELEMENTS (letters))];
      gssize at = g_utf8_offset_to_pointer (model->str, position) - model->str;

      if (g_rand_int_range (random, 0, 5) > 1)
        {
          if (gez_secret_text_insert (secret, position, letter, 1) == 1)
            g_string_insert (model, at, letter);
          else
            g_assert_cmpint (n_chars, ==, GEZ_SECRET_TEXT_MAX_CHARS);
        }
      else if (position < n_chars)
        {
          gez_secret_text_delete (secret, position, 1);
          g_string_erase (model, at, g_utf8_next_char (model->str + at) - (model->str + at));
        }
      check_secret (secret, model);
    }
  gez_secret_text_wipe (secret);
  g_assert_cmpuint (gez_secret_text_peek (secret).length, ==, 0);
}

static void
test_secret_equal (void)
{
  g_autoptr (GezSecretText) one = gez_secret_text_new ();
  g_autoptr (GezSecretText) other = gez_secret_text_new ();

  g_assert_true (gez_secret_text_equal (one, other));
  gez_secret_text_insert (one, 0, "vier woorden", 12);
  gez_secret_text_insert (other, 0, "vier woorde", 11);
  g_assert_false (gez_secret_text_equal (one, other));
  gez_secret_text_insert (other, 11, "n", 1);
  g_assert_true (gez_secret_text_equal (one, other));
}

static gboolean
is_enough (const char *passphrase)
{
  GezStrength strength;

  gez_strength_check ((GezPassphrase) { passphrase, strlen (passphrase) }, &strength);
  g_assert_nonnull (strength.sentence);
  g_free (strength.sentence);
  return strength.is_enough;
}

static void
test_strength (void)
{
  g_assert_false (is_enough (""));
  g_assert_false (is_enough ("kort"));
  g_assert_false (is_enough ("aaaaaaaaaaaaaaaa"));
  g_assert_true (is_enough ("vier blauwe fietsen regenen"));
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/near", test_near);
  g_test_add_func ("/format/due", test_due);
  g_test_add_func ("/format/days-ago", test_days_ago);
  g_test_add_func ("/format/age", test_age);
  g_test_add_func ("/format/whole-dates", test_whole_dates);
  g_test_add_func ("/format/escape", test_escape);
  g_test_add_func ("/date-words/words", test_date_words);
  g_test_add_func ("/date-words/written", test_written_dates);
  g_test_add_func ("/date-words/no-dates", test_no_dates);
  g_test_add_func ("/sentence/every-code", test_sentences);
  g_test_add_func ("/secret-text/fuzz", test_secret_text);
  g_test_add_func ("/secret-text/equal", test_secret_equal);
  g_test_add_func ("/strength/enough", test_strength);
  return g_test_run ();
}
