/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <sodium.h>

#include "circle/gez-invitation.h"
#include "fuzz-target.h"

/*
 * An invitation. The first byte says what the rest is: a file as it lies in the folder, what somebody with
 * the code sealed, or what somebody typed or a camera read. What opens is sealed and opens again.
 */

enum
{
  A_FILE = 'f',
  CONTENT = 'c',
  A_CODE = 'w',
};

static GezSecret *
make_code (void)
{
  GezSecret *code = gez_secret_new (NULL);

  for (guint i = 0; i < GEZ_RECOVERY_CODE_SIZE; i++)
    code->bytes[i] = (guint8) i;
  return code;
}

static void
open_again (GezInvitation   *invitation,
            const GezSecret *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = gez_invitation_seal (invitation, code, &error);
  g_autoptr (GezInvitation) again = NULL;

  g_assert_no_error (error);
  again = gez_invitation_open (file, code, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->name, ==, invitation->name);
  g_assert_cmpuint (again->grants->len, ==, invitation->grants->len);
}

static void
open_file (GBytes *file)
{
  g_autoptr (GezSecret) code = make_code ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezInvitation) invitation = gez_invitation_open (file, code, &error);

  g_assert_true ((invitation == NULL) == (error != NULL));
  if (invitation != NULL)
    open_again (invitation, code);
  else
    g_assert_true (error->domain == GEZ_SYNC_ERROR || error->domain == G_IO_ERROR);
}

static void
open_content (const guint8 *data,
              gsize         size)
{
  g_autoptr (GezSecret) code = make_code (), key = gez_secret_new (NULL);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) body = NULL, whole = NULL;
  const guint8 header[24] = "GEZINVI1";

  gez_hash_parts (key->bytes, GEZ_KEY_SIZE, NULL, "invitation/1", &(GezBytesView) { code->bytes, 16 }, 1);
  body = gez_seal_message (key, (GezBytesView){ header, sizeof header }, (GezBytesView){ data, size }, NULL);
  g_byte_array_append (file, header, sizeof header);
  g_byte_array_append (file, g_bytes_get_data (body, NULL), (guint) g_bytes_get_size (body));
  whole = g_bytes_new (file->data, file->len);
  open_file (whole);
}

static void
parse_code (const guint8 *data,
            gsize         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSecret) code = NULL, again = NULL;
  g_autoptr (GezSecretText) text = NULL;

  code = gez_invitation_code_parse ((GezPassphrase) { (const char *) data, size }, NULL, &error);
  g_assert_true ((code == NULL) == (error != NULL));
  if (code == NULL)
    return;
  text = gez_invitation_code_to_qr (code);
  again = gez_invitation_code_parse (gez_secret_text_peek (text), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gez_recovery_code_equal (code, again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) rest = size > 1 ? g_bytes_new (data + 1, size - 1) : NULL;

  g_assert_cmpint (sodium_init (), >=, 0);
  if (rest == NULL)
    return 0;
  if (data[0] == A_FILE)
    open_file (rest);
  else if (data[0] == CONTENT)
    open_content (data + 1, size - 1);
  else if (data[0] == A_CODE)
    parse_code (data + 1, size - 1);
  return 0;
}
