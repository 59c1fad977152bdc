/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-invitation.h"

#include <sodium.h>
#include <string.h>

#include "circle/gez-variant.h"
#include "counts.h"

static guint n_refused;

typedef struct
{
  GezSecret *code;
  GezInvitation *invitation;
  GBytes *file;
} Fixture;

static GezSecret *
make_code (guint8 first)
{
  GezSecret *code = gez_secret_new (NULL);

  for (guint i = 0; i < GEZ_RECOVERY_CODE_SIZE; i++)
    code->bytes[i] = (guint8) (first + i);
  return code;
}

static void
add_key (GezInvitation *invitation,
         GezCircle      circle,
         guint32        number,
         guint8         first)
{
  guint8 key[GEZ_KEY_SIZE] = { first };

  g_assert_true (gez_keyring_add (invitation->keys, circle, number, key, NULL, NULL));
}

static void
add_grant (GezInvitation *invitation,
           GezCircle      circle,
           const char    *until)
{
  GezWrap *grant = g_new0 (GezWrap, 1);

  grant->circle = circle;
  grant->grant = (GezId) { { 0x61 } };
  grant->granter = (GezId) { { 0x62 } };
  grant->until = g_strdup (until);
  g_ptr_array_add (invitation->grants, grant);
}

static GezInvitation *
make_invitation (gboolean is_for_device)
{
  GezInvitation *self = gez_invitation_new ();
  const GezId household = { { 0x77 } };
  GezHash head = { { 0x99 } };

  self->id = (GezId) { { 1 } };
  self->team = (GezId) { { 2 } };
  self->member = (GezId) { { 3 } };
  self->is_for_device = is_for_device;
  self->team_name = g_strdup ("Brug Test");
  self->name = g_strdup ("Nora Nieuw");
  self->role = g_strdup ("brugfiguur");
  self->root = (GezHash) { { 4 } };
  g_array_append_val (self->heads, head);
  self->valid_until = G_GINT64_CONSTANT (1800000000000);
  self->fingerprint_key = make_code (0x30);
  self->recovery_public[0] = 0x5e;
  self->user_secret = is_for_device ? make_code (0x40) : NULL;
  add_key (self, gez_circle_team (), 1, 0x11);
  add_key (self, gez_circle_team (), 2, 0x12);
  add_key (self, gez_circle_open (&household), 1, 0x13);
  add_grant (self, gez_circle_open (&household), "2027-01-31");
  return self;
}

static void
set_up (Fixture      *self,
        gconstpointer is_for_device)
{
  g_autoptr (GError) error = NULL;

  self->code = make_code (7);
  self->invitation = make_invitation (GPOINTER_TO_INT (is_for_device));
  self->file = gez_invitation_seal (self->invitation, self->code, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gez_secret_free (self->code);
  gez_invitation_free (self->invitation);
  g_bytes_unref (self->file);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
}

static void
assert_same_keys (GezKeyring *one,
                  GezKeyring *other)
{
  g_assert_cmpuint (gez_keyring_get_size (one), ==, gez_keyring_get_size (other));
  for (guint i = 0; i < gez_keyring_get_size (one); i++)
    {
      const GezKeyInfo *info = gez_keyring_get (one, i);
      g_autoptr (GArray) places = gez_keyring_find (other, &info->circle);
      gboolean found = FALSE;

      for (guint j = 0; j < places->len; j++)
        {
          const GezKeyInfo *there = gez_keyring_get (other, g_array_index (places, guint, j));

          found |= there->number == info->number && gez_id_equal (&there->key_id, &info->key_id);
        }
      g_assert_true (found);
    }
}

static void
test_round_trip (Fixture      *self,
                 gconstpointer is_for_device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezInvitation) opened = gez_invitation_open (self->file, self->code, &error);
  GezInvitation *made = self->invitation;
  const GezWrap *grant;

  g_assert_no_error (error);
  g_assert_true (gez_id_equal (&opened->id, &made->id));
  g_assert_true (gez_id_equal (&opened->team, &made->team));
  g_assert_true (gez_id_equal (&opened->member, &made->member));
  g_assert_true (gez_hash_equal (&opened->root, &made->root));
  g_assert_cmpuint (opened->heads->len, ==, 1);
  g_assert_cmpuint (g_array_index (opened->heads, GezHash, 0).bytes[0], ==, 0x99);
  g_assert_cmpstr (opened->team_name, ==, "Brug Test");
  g_assert_cmpstr (opened->name, ==, "Nora Nieuw");
  g_assert_cmpstr (opened->role, ==, "brugfiguur");
  g_assert_cmpint (opened->valid_until, ==, made->valid_until);
  g_assert_cmpmem (opened->fingerprint_key->bytes, 32, made->fingerprint_key->bytes, 32);
  g_assert_cmpmem (opened->recovery_public, 32, made->recovery_public, 32);
  g_assert_cmpint (opened->is_for_device, ==, GPOINTER_TO_INT (is_for_device));
  if (opened->is_for_device)
    g_assert_cmpmem (opened->user_secret->bytes, 64, made->user_secret->bytes, 64);
  else
    g_assert_null (opened->user_secret);
  assert_same_keys (made->keys, opened->keys);
  g_assert_cmpuint (opened->grants->len, ==, 1);
  grant = opened->grants->pdata[0];
  g_assert_cmpint (grant->circle.kind, ==, GEZ_CIRCLE_OPEN);
  g_assert_cmpuint (grant->grant.bytes[0], ==, 0x61);
  g_assert_cmpuint (grant->granter.bytes[0], ==, 0x62);
  g_assert_cmpstr (grant->until, ==, "2027-01-31");
}

static gboolean
opens (gconstpointer    bytes,
       gsize            size,
       const GezSecret *code,
       GError         **error)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, size);
  g_autoptr (GezInvitation) opened = gez_invitation_open (file, code, error);

  n_refused += opened == NULL;
  return opened != NULL;
}

static void
test_every_change (Fixture      *self,
                   gconstpointer data)
{
  gsize size = 0;
  gconstpointer whole = g_bytes_get_data (self->file, &size);
  g_autofree guint8 *bytes = g_malloc0 (size + 1);

  memcpy (bytes, whole, size);
  for (gsize at = 0; at < size; at++)
    {
      bytes[at] ^= 1u << (at % 8);
      g_assert_false (opens (bytes, size, self->code, NULL));
      bytes[at] ^= 1u << (at % 8);
      g_assert_false (opens (bytes, at, self->code, NULL));
    }
  g_assert_false (opens (bytes, size + 1, self->code, NULL));
  g_assert_true (opens (bytes, size, self->code, NULL));
}

/* The caller tries each file of the folder: what is another code's is no trouble. */
static void
test_which_error (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (GezSecret) other = make_code (8);
  gsize size = 0;
  gconstpointer whole = g_bytes_get_data (self->file, &size);
  g_autofree guint8 *bytes = g_memdup2 (whole, size);
  const struct { gsize at; guint8 value; GQuark domain; int code; } cases[] = {
    { 30, 0xff, G_IO_ERROR, G_IO_ERROR_NOT_FOUND },
    { 0, 'X', GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_FOREIGN },
    { 7, '2', GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_TOO_NEW },
  };
  g_autoptr (GError) error = NULL;

  g_assert_false (opens (bytes, size, other, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint8 kept = bytes[cases[i].at];

      g_clear_error (&error);
      bytes[cases[i].at] = kept == cases[i].value ? 0 : cases[i].value;
      g_assert_false (opens (bytes, size, self->code, &error));
      g_assert_error (error, cases[i].domain, cases[i].code);
      bytes[cases[i].at] = kept;
    }
  g_clear_error (&error);
  g_assert_false (opens (bytes, 10, self->code, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_INCOMPLETE);
}

/* Whether @content opens, sealed with the code. */
static gboolean
opens_content (Fixture  *self,
               GVariant *content)
{
  g_autoptr (GezSecret) key = gez_secret_new (NULL);
  g_autoptr (GBytes) bytes = gez_variant_write (content);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GByteArray) file = g_byte_array_new ();
  gsize size = 0;
  gconstpointer plain = g_bytes_get_data (bytes, &size);

  gez_hash_parts (key->bytes, 32, NULL, "invitation/1", &(GezBytesView) { self->code->bytes, 16 }, 1);
  g_byte_array_append (file, g_bytes_get_data (self->file, NULL), 24);
  body = gez_seal_message (key, (GezBytesView) { file->data, 24 }, (GezBytesView) { plain, size }, NULL);
  g_byte_array_append (file, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  return opens (file->data, file->len, self->code, NULL);
}

/* What the code opens, without @left_out and with @name as @value. */
static GVariant *
change_content (Fixture    *self,
                const char *left_out,
                const char *name,
                GVariant   *value)
{
  g_autoptr (GezSecret) key = gez_secret_new (NULL);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GVariant) all = NULL, child = NULL;
  GVariantDict dict;
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (self->file, &size);

  gez_hash_parts (key->bytes, 32, NULL, "invitation/1", &(GezBytesView) { self->code->bytes, 16 }, 1);
  content
      = gez_open_message (key, (GezBytesView){ bytes, 24 }, (GezBytesView){ bytes + 24, size - 24 }, NULL);
  all = gez_variant_read (content, "a{sv}", NULL);
  g_variant_dict_init (&dict, all);
  if (left_out != NULL)
    g_assert_true (g_variant_dict_remove (&dict, left_out));
  if (name != NULL)
    g_variant_dict_insert_value (&dict, name, value);
  return g_variant_dict_end (&dict);
}

static void
test_one_form (Fixture      *self,
               gconstpointer data)
{
  static const char *const needed[] = { "id", "kind", "member", "name", "role", "team-name", "root", "heads",
                                        "team-keys", "fingerprint-key", "recovery-key", "valid-until",
                                        "circles", "user-secret" };

  g_assert_true (opens_content (self, change_content (self, NULL, NULL, NULL)));
  g_assert_true (opens_content (self, change_content (self, NULL, "tea-time", g_variant_new_uint32 (4))));
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_assert_false (opens_content (self, change_content (self, needed[i], NULL, NULL)));
      g_assert_false (opens_content (self, change_content (self, NULL, needed[i], g_variant_new_byte (1))));
    }
  g_assert_false (opens_content (self, change_content (self, NULL, "kind", g_variant_new_string ("thing"))));
  g_assert_false (
      opens_content (self, change_content (self, NULL, "id", g_variant_new_bytestring ("short"))));
  g_assert_false (opens_content (self, change_content (self, NULL, "team-keys",
                                                       g_variant_new ("a(uay)", NULL))));
}

static void
test_code (void)
{
  g_autoptr (GezSecret) code = make_code (0), again = NULL, from_words = NULL, wrong = NULL;
  g_autoptr (GezSecretText) qr = gez_invitation_code_to_qr (code);
  g_autoptr (GError) error = NULL;
  /* As in tests/vault/test-recovery-code.c: the words and the letters are the same. */
  static const char words[] =
      "aanbod album dageraad slurf amandel cacao kussen afdak aula eend sluis gras beitel narcis";
  static const char spaced[] = " gezinsplan-kom1: aaaq eaye auda ocaj bifq ydio b5rb";
  static const char sheet[] = "GEZINSPLAN1:AAAQEAYEAUDAOCAJBIFQYDIOB5RB";
  guint position = 99;

  g_assert_cmpstr (gez_secret_text_peek (qr).text, ==, "GEZINSPLAN-KOM1:AAAQEAYEAUDAOCAJBIFQYDIOB5RB");
  again = gez_invitation_code_parse (gez_secret_text_peek (qr), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gez_recovery_code_equal (code, again));
  from_words = gez_invitation_code_parse ((GezPassphrase) { words, strlen (words) }, &position, &error);
  g_assert_true (gez_recovery_code_equal (code, from_words));
  gez_secret_free (g_steal_pointer (&from_words));
  from_words = gez_invitation_code_parse ((GezPassphrase) { spaced, strlen (spaced) }, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gez_recovery_code_equal (code, from_words));
  g_assert_null (gez_invitation_code_parse ((GezPassphrase) { sheet, strlen (sheet) }, NULL, &error));
  g_assert_error (error, GEZ_RECOVERY_ERROR, GEZ_RECOVERY_ERROR_UNKNOWN_WORD);
  g_clear_error (&error);
  g_assert_null (gez_invitation_code_parse ((GezPassphrase) { "aanbod album xyz", 16 }, &position, &error));
  g_assert_error (error, GEZ_RECOVERY_ERROR, GEZ_RECOVERY_ERROR_UNKNOWN_WORD);
  g_assert_cmpuint (position, ==, 2);
}

static void
test_signing_key (void)
{
  g_autoptr (GezSecret) code = make_code (0), other = make_code (1), secret = gez_secret_new (NULL);
  guint8 one[GEZ_KEY_SIZE], again[GEZ_KEY_SIZE], another[GEZ_KEY_SIZE], signature[GEZ_SIGNATURE_SIZE];
  GezHash hash = { { 1 } };

  g_assert_true (gez_invitation_signing_key (code, secret, one));
  gez_sign (secret, &hash, signature);
  g_assert_true (gez_invitation_signing_key (other, secret, another));
  g_assert_true (gez_invitation_signing_key (code, secret, again));
  g_assert_cmpmem (one, sizeof one, again, sizeof again);
  g_assert_cmpint (memcmp (one, another, sizeof one), !=, 0);
  g_assert_true (gez_is_signed (one, &hash, signature));
}

static void
test_check (void)
{
  const GezHash root = { { 1 } }, other = { { 2 } };
  const guint8 key[GEZ_KEY_SIZE] = { 3 };
  g_autofree char *one = gez_invitation_check (&root, key), *another = gez_invitation_check (&other, key);

  g_assert_true (g_regex_match_simple ("^\\d{4} \\d{4} \\d{4} \\d{4} \\d{4}$", one, 0, 0));
  g_assert_cmpstr (one, !=, another);
}

#define DEVICE GINT_TO_POINTER (TRUE)

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add ("/invitation/member", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/invitation/device", Fixture, DEVICE, set_up, test_round_trip, tear_down);
  g_test_add ("/invitation/every-change", Fixture, NULL, set_up, test_every_change, tear_down);
  g_test_add ("/invitation/which-error", Fixture, NULL, set_up, test_which_error, tear_down);
  g_test_add ("/invitation/one-form", Fixture, DEVICE, set_up, test_one_form, tear_down);
  g_test_add_func ("/invitation/code", test_code);
  g_test_add_func ("/invitation/signing-key", test_signing_key);
  g_test_add_func ("/invitation/check", test_check);
  result = g_test_run ();
  counts_add ("changed or cut invitations refused", n_refused);
  return result;
}
