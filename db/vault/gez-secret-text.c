/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-secret-text.h"

#include <sodium.h>
#include <string.h>

/* 1. `text` is valid UTF-8 of `n_chars` characters and `n_bytes` bytes, and zero behind that.
 * 2. Nothing is ever reallocated: a block that moves leaves a copy behind. */

#define MAX_BYTES (GEZ_SECRET_TEXT_MAX_CHARS * 4)

struct _GezSecretText
{
  gsize n_bytes;
  guint n_chars;
  char text[MAX_BYTES + 1];
};

static gsize
byte_at (const GezSecretText *self,
         guint                position)
{
  return g_utf8_offset_to_pointer (self->text, position) - self->text;
}

/**
 * gez_secret_text_new:
 *
 * Returns: (transfer full): an empty text. The program ends when there is no memory for it: going
 *   on would mean a passphrase in memory that can be swapped out.
 *
 * Thread: any; one text is used by one thread at a time.
 */
GezSecretText *
gez_secret_text_new (void)
{
  GezSecretText *self = NULL;

  if (sodium_init () >= 0)
    self = sodium_malloc (sizeof *self);
  if (self == NULL)
    g_error ("There is no protected memory for a passphrase");
  sodium_memzero (self, sizeof *self);
  return self;
}

/**
 * gez_secret_text_free:
 * @self: (nullable): a text; it is wiped
 */
void
gez_secret_text_free (GezSecretText *self)
{
  sodium_free (self);
}

/**
 * gez_secret_text_insert:
 * @self: a text
 * @position: before which character
 * @text: valid UTF-8
 * @n_chars: how many characters of @text
 *
 * Returns: how many characters went in; fewer when the text is full
 */
guint
gez_secret_text_insert (GezSecretText *self,
                        guint          position,
                        const char    *text,
                        guint          n_chars)
{
  gsize at;
  gsize n_bytes;

  g_return_val_if_fail (self != NULL && text != NULL, 0);
  g_return_val_if_fail (position <= self->n_chars, 0);

  n_chars = MIN (n_chars, GEZ_SECRET_TEXT_MAX_CHARS - self->n_chars);
  n_bytes = g_utf8_offset_to_pointer (text, n_chars) - text;
  if (n_chars == 0 || self->n_bytes + n_bytes > MAX_BYTES)
    return 0;
  at = byte_at (self, position);
  memmove (self->text + at + n_bytes, self->text + at, self->n_bytes - at);
  memcpy (self->text + at, text, n_bytes);
  self->n_bytes += n_bytes;
  self->n_chars += n_chars;
  return n_chars;
}

/**
 * gez_secret_text_delete:
 * @self: a text
 * @position: the first character that goes
 * @n_chars: how many go; what lies past the end is ignored
 */
void
gez_secret_text_delete (GezSecretText *self,
                        guint          position,
                        guint          n_chars)
{
  gsize start;
  gsize end;
  gsize left;

  g_return_if_fail (self != NULL);

  position = MIN (position, self->n_chars);
  n_chars = MIN (n_chars, self->n_chars - position);
  start = byte_at (self, position);
  end = byte_at (self, position + n_chars);
  left = self->n_bytes - (end - start);
  memmove (self->text + start, self->text + end, self->n_bytes - end);
  sodium_memzero (self->text + left, self->n_bytes - left);
  self->n_bytes = left;
  self->n_chars -= n_chars;
}

/**
 * gez_secret_text_n_chars:
 * @self: a text
 *
 * Returns: how many characters it has
 */
guint
gez_secret_text_n_chars (const GezSecretText *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_chars;
}

/**
 * gez_secret_text_peek:
 * @self: a text
 *
 * Returns: its bytes where they are, followed by a NUL; do not copy them
 */
GezPassphrase
gez_secret_text_peek (const GezSecretText *self)
{
  g_return_val_if_fail (self != NULL, ((GezPassphrase) { "", 0 }));

  return (GezPassphrase) { self->text, self->n_bytes };
}

/**
 * gez_secret_text_equal:
 * @self: a text
 * @other: another text
 *
 * Returns: whether both are the same, in a time that does not tell where they differ
 */
gboolean
gez_secret_text_equal (const GezSecretText *self,
                       const GezSecretText *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return self->n_bytes == other->n_bytes
         && sodium_memcmp (self->text, other->text, MAX_BYTES) == 0;
}

/**
 * gez_secret_text_wipe:
 * @self: a text; it is empty afterwards
 */
void
gez_secret_text_wipe (GezSecretText *self)
{
  g_return_if_fail (self != NULL);

  sodium_memzero (self, sizeof *self);
}
