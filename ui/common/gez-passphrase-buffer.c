/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * GTK gives the text of a password entry to every program on the accessibility bus: when it is
 * asked for it, and with each letter that is typed. So GTK never gets the text.
 *
 * 1. Whoever asks the buffer for its text (the bus, the clipboard, the inspector, Pango) gets as
 *    many bullets as there are characters.
 * 2. The "insert-text" signal of the entry carries the text too, and the bus listens to it after
 *    everybody else. It is stopped, and sent again with bullets, while `pending` holds the real
 *    letters for the buffer.
 * 3. There is no undo: it would remember bullets and type them into the passphrase.
 * 4. The length stays visible. It is on the screen as well.
 */

#include "common/gez-passphrase-buffer.h"

#include <string.h>

#define BULLET "\342\200\242" /* U+2022, three bytes */
#define BULLET_SIZE 3

struct _GezPassphraseBuffer
{
  GtkEntryBuffer parent_instance;

  GezSecretText *secret;
  const char *pending;
};

G_DEFINE_FINAL_TYPE (GezPassphraseBuffer, gez_passphrase_buffer, GTK_TYPE_ENTRY_BUFFER)

static char bullets[GEZ_SECRET_TEXT_MAX_CHARS * BULLET_SIZE + 1];

/* The tail of one constant string, so that nothing is allocated. */
static const char *
get_bullets (guint n_chars)
{
  guint n_before = GEZ_SECRET_TEXT_MAX_CHARS - MIN (n_chars, GEZ_SECRET_TEXT_MAX_CHARS);

  return bullets + n_before * BULLET_SIZE;
}

/* Runs before all other handlers: the one of the accessibility bus is connected after. */
static void
insert_text_cb (GtkEditable         *editable,
                const char          *chars,
                int                  length,
                int                 *position,
                GezPassphraseBuffer *self)
{
  guint n_chars;

  if (self->pending != NULL)
    return;
  g_signal_stop_emission_by_name (editable, "insert-text");
  n_chars = MIN (g_utf8_strlen (chars, length), GEZ_SECRET_TEXT_MAX_CHARS);
  if (n_chars == 0)
    return;
  self->pending = chars;
  gtk_editable_insert_text (editable, get_bullets (n_chars), -1, position);
  self->pending = NULL;
}

/* "Show Text" in the menu of the entry would show bullets, and switch undo on again. */
static void
visibility_cb (GtkText *text)
{
  if (gtk_text_get_visibility (text))
    gtk_text_set_visibility (text, FALSE);
}

/* Showing the text switches undo on, after its notification: it goes off again before anything
 * changes that could be undone. */
static void
forget_undo_cb (GtkEditable *editable)
{
  gtk_editable_set_enable_undo (editable, FALSE);
}

static const char *
gez_passphrase_buffer_real_get_text (GtkEntryBuffer *buffer,
                                     gsize          *n_bytes)
{
  guint n_chars = gez_secret_text_n_chars (GEZ_PASSPHRASE_BUFFER (buffer)->secret);

  if (n_bytes != NULL)
    *n_bytes = (gsize) n_chars * BULLET_SIZE;
  return get_bullets (n_chars);
}

static guint
gez_passphrase_buffer_get_length (GtkEntryBuffer *buffer)
{
  return gez_secret_text_n_chars (GEZ_PASSPHRASE_BUFFER (buffer)->secret);
}

static guint
gez_passphrase_buffer_insert_text (GtkEntryBuffer *buffer,
                                   guint           position,
                                   const char     *chars,
                                   guint           n_chars)
{
  GezPassphraseBuffer *self = GEZ_PASSPHRASE_BUFFER (buffer);
  const char *real = self->pending != NULL ? self->pending : chars;
  guint n_inserted = gez_secret_text_insert (self->secret, position, real, n_chars);

  if (n_inserted > 0)
    gtk_entry_buffer_emit_inserted_text (buffer, position, get_bullets (n_inserted), n_inserted);
  return n_inserted;
}

static guint
gez_passphrase_buffer_delete_text (GtkEntryBuffer *buffer,
                                   guint           position,
                                   guint           n_chars)
{
  guint length = gez_passphrase_buffer_get_length (buffer);

  position = MIN (position, length);
  n_chars = MIN (n_chars, length - position);
  if (n_chars > 0)
    gtk_entry_buffer_emit_deleted_text (buffer, position, n_chars);
  return n_chars;
}

/* As in the buffers of GTK, text goes in the default handler: those before it still see it. */
static void
gez_passphrase_buffer_deleted_text (GtkEntryBuffer *buffer,
                                    guint           position,
                                    guint           n_chars)
{
  gez_secret_text_delete (GEZ_PASSPHRASE_BUFFER (buffer)->secret, position, n_chars);
  g_object_notify (G_OBJECT (buffer), "text");
  g_object_notify (G_OBJECT (buffer), "length");
}

static void
gez_passphrase_buffer_finalize (GObject *object)
{
  gez_secret_text_free (GEZ_PASSPHRASE_BUFFER (object)->secret);
  G_OBJECT_CLASS (gez_passphrase_buffer_parent_class)->finalize (object);
}

static void
gez_passphrase_buffer_class_init (GezPassphraseBufferClass *klass)
{
  GtkEntryBufferClass *buffer_class = GTK_ENTRY_BUFFER_CLASS (klass);

  for (guint i = 0; i < GEZ_SECRET_TEXT_MAX_CHARS; i++)
    memcpy (bullets + i * BULLET_SIZE, BULLET, BULLET_SIZE);

  G_OBJECT_CLASS (klass)->finalize = gez_passphrase_buffer_finalize;
  buffer_class->get_text = gez_passphrase_buffer_real_get_text;
  buffer_class->get_length = gez_passphrase_buffer_get_length;
  buffer_class->insert_text = gez_passphrase_buffer_insert_text;
  buffer_class->delete_text = gez_passphrase_buffer_delete_text;
  buffer_class->deleted_text = gez_passphrase_buffer_deleted_text;
}

static void
gez_passphrase_buffer_init (GezPassphraseBuffer *self)
{
  self->secret = gez_secret_text_new ();
}

/**
 * gez_passphrase_buffer_attach:
 * @text: an empty #GtkText
 *
 * Gives @text a buffer that keeps its secret, and switches off what would tell it.
 *
 * Returns: (transfer none): the buffer; @text owns it
 */
GezPassphraseBuffer *
gez_passphrase_buffer_attach (GtkText *text)
{
  g_autoptr (GezPassphraseBuffer) self = NULL;

  g_return_val_if_fail (GTK_IS_TEXT (text), NULL);

  self = g_object_new (GEZ_TYPE_PASSPHRASE_BUFFER, "max-length", GEZ_SECRET_TEXT_MAX_CHARS, NULL);
  gtk_text_set_buffer (text, GTK_ENTRY_BUFFER (self));
  gtk_text_set_visibility (text, FALSE);
  gtk_editable_set_enable_undo (GTK_EDITABLE (text), FALSE);
  gtk_text_set_truncate_multiline (text, TRUE);
  gtk_text_set_input_purpose (text, GTK_INPUT_PURPOSE_PASSWORD);
  gtk_text_set_input_hints (text, GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_PRIVATE
                                    | GTK_INPUT_HINT_NO_EMOJI);
  gtk_widget_action_set_enabled (GTK_WIDGET (text), "misc.toggle-visibility", FALSE);
  g_signal_connect (text, "notify::visibility", G_CALLBACK (visibility_cb), NULL);
  g_signal_connect (text, "insert-text", G_CALLBACK (forget_undo_cb), NULL);
  g_signal_connect (text, "delete-text", G_CALLBACK (forget_undo_cb), NULL);
  g_signal_connect_object (text, "insert-text", G_CALLBACK (insert_text_cb), self, 0);
  return self;
}

/**
 * gez_passphrase_buffer_get_text:
 * @self: a buffer
 *
 * Returns: (transfer none): the text; change it through the entry only
 */
GezSecretText *
gez_passphrase_buffer_get_text (GezPassphraseBuffer *self)
{
  g_return_val_if_fail (GEZ_IS_PASSPHRASE_BUFFER (self), NULL);

  return self->secret;
}

/**
 * gez_passphrase_buffer_wipe:
 * @self: a buffer; it is empty afterwards
 */
void
gez_passphrase_buffer_wipe (GezPassphraseBuffer *self)
{
  g_return_if_fail (GEZ_IS_PASSPHRASE_BUFFER (self));

  gtk_entry_buffer_delete_text (GTK_ENTRY_BUFFER (self), 0, -1);
  gez_secret_text_wipe (self->secret);
}
