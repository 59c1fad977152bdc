/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>

#include "base/gez-error.h"
#include "fuzz-target.h"
#include "vault/gez-recovery-code.h"

/*
 * What somebody types off a recovery sheet, or a camera reads. What is understood is the same code when
 * its words are written and read again, and when its QR code is.
 */

static void
parse_again (const GezSecret *code,
             GezPassphrase    text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSecret) again = gez_recovery_code_parse (text, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (gez_recovery_code_equal (code, again));
}

static void
write_again (const GezSecret *code)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GezSecretText) qr = gez_recovery_code_to_qr (code);

  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    g_string_append_printf (words, "%s ", gez_recovery_code_get_word (code, i));
  parse_again (code, (GezPassphrase) { words->str, words->len });
  parse_again (code, gez_secret_text_peek (qr));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSecret) code = NULL;
  guint n_understood = G_MAXUINT;

  g_assert_cmpint (sodium_init (), >=, 0);
  code = gez_recovery_code_parse ((GezPassphrase) { (const char *) data, size }, &n_understood, &error);
  g_assert_true ((code == NULL) == (error != NULL));
  g_assert_cmpuint (n_understood, <=, GEZ_RECOVERY_N_WORDS);
  if (code != NULL)
    write_again (code);
  else
    g_assert_true (error->domain == GEZ_RECOVERY_ERROR);
  return 0;
}
