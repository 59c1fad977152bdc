/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-recovery-code.h"

#include <sodium.h>
#include <string.h>

#include "vault/gez-recovery-words.h"

/*
 * A recovery code as people and cameras read it (format: docs/STORAGE.md).
 *
 * 1. What is written is 140 bits: the 128 of the code and 12 of a checksum. They make 14 words of 10
 *    bits, or 28 letters of 5 bits. A code that was read wrongly is refused here, 4095 times of 4096,
 *    before anybody waits for a key.
 * 2. Every part of a code, also the piece of a word that is being read, lies in locked memory. The
 *    words themselves are those of a list that everybody has.
 * 3. Reading forgives what people do: capitals, numbers before the words, dots, several lines. It does
 *    not guess: a word that is not on the list is told, not mended.
 */

#define N_BITS 140
#define CHECK_BITS 12
#define WORD_BITS 10
#define LETTER_BITS 5
#define N_LETTERS (N_BITS / LETTER_BITS)
#define BYTES_OF_BITS ((N_BITS + 7) / 8)
#define CHECK_CONTEXT "gezinsplan/recovery/words/1"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; /* RFC 4648 */

G_STATIC_ASSERT (GEZ_RECOVERY_N_WORDS * WORD_BITS == N_BITS);
G_STATIC_ASSERT (GEZ_RECOVERY_CODE_SIZE * 8 + CHECK_BITS == N_BITS);
G_STATIC_ASSERT (sizeof GEZ_RECOVERY_QR_PREFIX - 1 + N_LETTERS == GEZ_RECOVERY_QR_SIZE);
G_STATIC_ASSERT (BYTES_OF_BITS <= GEZ_SECRET_SIZE && GEZ_RECOVERY_WORD_LONGEST < GEZ_SECRET_SIZE);

/* Bits are counted from the highest one of the first byte. */
static guint
take_bits (const guint8 *bytes,
           guint         at,
           guint         n_bits)
{
  guint value = 0;

  for (guint i = at; i < at + n_bits; i++)
    value = value << 1 | (bytes[i / 8] >> (7 - i % 8) & 1u);
  return value;
}

static void
put_bits (guint8 *bytes,
          guint   at,
          guint   n_bits,
          guint   value)
{
  for (guint i = 0; i < n_bits; i++)
    if (value >> (n_bits - 1 - i) & 1u)
      bytes[(at + i) / 8] |= (guint8) (1u << (7 - (at + i) % 8));
}

static guint
checksum_of (const guint8 *code)
{
  crypto_generichash_state state;
  guint8 hash[crypto_generichash_BYTES_MIN];
  guint value;

  crypto_generichash_init (&state, NULL, 0, sizeof hash);
  crypto_generichash_update (&state, (const guint8 *) CHECK_CONTEXT, strlen (CHECK_CONTEXT));
  crypto_generichash_update (&state, code, GEZ_RECOVERY_CODE_SIZE);
  crypto_generichash_final (&state, hash, sizeof hash);
  value = take_bits (hash, 0, CHECK_BITS);
  sodium_memzero (&state, sizeof state);
  sodium_memzero (hash, sizeof hash);
  return value;
}

static guint
get_bits (const GezSecret *code,
          guint            at,
          guint            n_bits)
{
  const guint code_bits = GEZ_RECOVERY_CODE_SIZE * 8;
  guint inside, value;

  if (at + n_bits <= code_bits)
    return take_bits (code->bytes, at, n_bits);
  inside = at < code_bits ? code_bits - at : 0;
  value = take_bits (code->bytes, at, inside) << (n_bits - inside);
  return value
         | (checksum_of (code->bytes) >> (N_BITS - at - n_bits) & ((1u << (n_bits - inside)) - 1));
}

static void
set_trouble (GError         **error,
             GezRecoveryError code,
             const char      *message)
{
  g_set_error_literal (error, GEZ_RECOVERY_ERROR, (int) code, message);
}

/* The 140 bits as they were read; gives them the shape of a code. */
static GezSecret *
accept_bits (GezSecret *bits,
             GError   **error)
{
  guint check = take_bits (bits->bytes, GEZ_RECOVERY_CODE_SIZE * 8, CHECK_BITS);
  GezSecret *code = gez_secret_new (error);

  if (code == NULL)
    return NULL;
  memcpy (code->bytes, bits->bytes, GEZ_RECOVERY_CODE_SIZE);
  if (checksum_of (code->bytes) == check)
    return code;
  gez_secret_free (code);
  set_trouble (error, GEZ_RECOVERY_ERROR_CHECKSUM, "The checksum of the words does not fit");
  return NULL;
}

static gboolean
parse_qr (const char *text,
          gsize       length,
          GezSecret  *bits,
          GError    **error)
{
  guint n_letters = 0;

  for (gsize i = 0; i < length; i++)
    {
      const char *found = strchr (letters, g_ascii_toupper (text[i]));

      if (g_ascii_isspace (text[i]))
        continue;
      if (found == NULL || *found == '\0' || n_letters == N_LETTERS)
        {
          set_trouble (error, GEZ_RECOVERY_ERROR_CHECKSUM, "This is not the text of a QR code");
          return FALSE;
        }
      put_bits (bits->bytes, LETTER_BITS * n_letters++, LETTER_BITS, (guint) (found - letters));
    }
  if (n_letters == N_LETTERS)
    return TRUE;
  set_trouble (error, GEZ_RECOVERY_ERROR_TOO_FEW, "The text of the QR code is not whole");
  return FALSE;
}

static gboolean
take_word (GezSecret *word,
           gsize      length,
           guint      n_words,
           GezSecret *bits,
           GError   **error)
{
  int number = length > GEZ_RECOVERY_WORD_LONGEST
                 ? -1
                 : gez_recovery_words_find ((GezPassphrase) { (const char *) word->bytes, length });

  sodium_memzero (word, sizeof *word);
  if (number < 0)
    set_trouble (error, GEZ_RECOVERY_ERROR_UNKNOWN_WORD, "A word is not on the list");
  else if (n_words == GEZ_RECOVERY_N_WORDS)
    set_trouble (error, GEZ_RECOVERY_ERROR_TOO_MANY, "There are too many words");
  else
    put_bits (bits->bytes, WORD_BITS * n_words, WORD_BITS, (guint) number);
  return number >= 0 && n_words < GEZ_RECOVERY_N_WORDS;
}

/* Letters make words; whatever stands between them, numbers too, does not matter. */
static gboolean
parse_words (GezPassphrase text,
             GezSecret    *word,
             GezSecret    *bits,
             guint        *n_words,
             GError      **error)
{
  gsize length = 0;

  for (gsize i = 0; i <= text.length; i++)
    {
      guint8 byte = i < text.length ? (guint8) text.text[i] : ' ';

      if (g_ascii_isalpha (byte) || byte >= 0x80)
        {
          if (length < GEZ_SECRET_SIZE)
            word->bytes[length++] = byte;
          continue;
        }
      if (length == 0)
        continue;
      if (!take_word (word, length, *n_words, bits, error))
        return FALSE;
      (*n_words)++;
      length = 0;
    }
  if (*n_words == GEZ_RECOVERY_N_WORDS)
    return TRUE;
  set_trouble (error, GEZ_RECOVERY_ERROR_TOO_FEW, "Some words are missing");
  return FALSE;
}

static gboolean
is_qr (const char *text,
       gsize       length)
{
  gsize n_prefix = strlen (GEZ_RECOVERY_QR_PREFIX);

  return length >= n_prefix && g_ascii_strncasecmp (text, GEZ_RECOVERY_QR_PREFIX, n_prefix) == 0;
}

/**
 * gez_recovery_code_new:
 *
 * Returns: (transfer full) (nullable): a random code, or %NULL with GEZ_VAULT_ERROR_NO_MEMORY
 *
 * Thread: any, here and below.
 */
GezSecret *
gez_recovery_code_new (GError **error)
{
  GezSecret *code = gez_secret_new (error);

  if (code != NULL)
    randombytes_buf (code->bytes, GEZ_RECOVERY_CODE_SIZE);
  return code;
}

/**
 * gez_recovery_code_get_word:
 * @position: less than GEZ_RECOVERY_N_WORDS
 *
 * Returns: (transfer none): the word that stands there on the sheet. It is a word of the list, so
 *   there is nothing to wipe; which word it is, is the secret
 */
const char *
gez_recovery_code_get_word (const GezSecret *code,
                            guint            position)
{
  g_return_val_if_fail (code != NULL && position < GEZ_RECOVERY_N_WORDS, "");

  return gez_recovery_words_get (get_bits (code, position * WORD_BITS, WORD_BITS));
}

/**
 * gez_recovery_code_to_qr:
 *
 * Returns: (transfer full): what the QR code of the sheet holds, GEZ_RECOVERY_QR_SIZE characters
 */
GezSecretText *
gez_recovery_code_to_qr (const GezSecret *code)
{
  GezSecretText *text = gez_secret_text_new ();
  guint n_prefix = strlen (GEZ_RECOVERY_QR_PREFIX);

  g_return_val_if_fail (code != NULL, text);

  gez_secret_text_insert (text, 0, GEZ_RECOVERY_QR_PREFIX, n_prefix);
  for (guint i = 0; i < N_LETTERS; i++)
    gez_secret_text_insert (text, n_prefix + i, letters + get_bits (code, i * LETTER_BITS, LETTER_BITS),
                            1);
  return text;
}

/**
 * gez_recovery_code_parse:
 * @text: the words, or what the QR code held, as somebody typed or pasted it
 * @position: (out) (optional): on a failure, how many words were understood before it
 *
 * Reads a code. Of each word the first four letters are enough.
 *
 * Returns: (transfer full) (nullable): the code; or %NULL with GEZ_RECOVERY_ERROR_UNKNOWN_WORD,
 *   _TOO_FEW, _TOO_MANY or _CHECKSUM, or GEZ_VAULT_ERROR_NO_MEMORY. No message holds a word.
 */
GezSecret *
gez_recovery_code_parse (GezPassphrase text,
                         guint        *position,
                         GError      **error)
{
  g_autoptr (GezSecret) bits = gez_secret_new (error);
  g_autoptr (GezSecret) word = bits ? gez_secret_new (error) : NULL;
  gsize n_prefix = strlen (GEZ_RECOVERY_QR_PREFIX);
  guint n_words = 0;
  gboolean done;

  if (word == NULL)
    return NULL;
  while (text.length > 0 && g_ascii_isspace (*text.text))
    {
      text.text++;
      text.length--;
    }
  if (is_qr (text.text, text.length))
    done = parse_qr (text.text + n_prefix, text.length - n_prefix, bits, error);
  else
    done = parse_words (text, word, bits, &n_words, error);
  if (position != NULL)
    *position = n_words;
  return done ? accept_bits (bits, error) : NULL;
}

/**
 * gez_recovery_code_equal:
 *
 * Returns: whether both are the same code, in a time that does not tell where they differ
 */
gboolean
gez_recovery_code_equal (const GezSecret *code,
                         const GezSecret *other)
{
  g_return_val_if_fail (code != NULL && other != NULL, FALSE);

  return sodium_memcmp (code->bytes, other->bytes, GEZ_RECOVERY_CODE_SIZE) == 0;
}
