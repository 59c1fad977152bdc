/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gez-ctl-passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* A passphrase comes from a file or from standard input, never from an argument or the environment,
 * which other programs can read. It goes byte by byte into locked memory: no buffer of ours or of the
 * C library ever holds more than one character of it. */

static gboolean
fail (GError    **error,
      const char *file,
      const char *why)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("the passphrase could not be read from %s: %s"), file,
               why);
  return FALSE;
}

static gboolean
wait_for_input (int           descriptor,
                GCancellable *cancellable)
{
  GPollFD polled[2] = { { descriptor, G_IO_IN | G_IO_HUP, 0 } };
  guint n_polled = g_cancellable_make_pollfd (cancellable, &polled[1]) ? 2 : 1;

  while (g_poll (polled, n_polled, -1) < 0 && errno == EINTR)
    ;
  if (n_polled == 2)
    g_cancellable_release_fd (cancellable);
  return !g_cancellable_is_cancelled (cancellable);
}

/* Adds one byte; a character goes in when its last byte is there. */
static gboolean
take_byte (GezSecretText *text,
           char           byte,
           char           character[8],
           guint         *n_bytes)
{
  gunichar value;

  character[(*n_bytes)++] = byte;
  character[*n_bytes] = '\0';
  value = g_utf8_get_char_validated (character, *n_bytes);
  if (value == (gunichar) -2 && *n_bytes < 6)
    return TRUE;
  if (value == (gunichar) -1 || value == (gunichar) -2 || value == 0)
    return FALSE;
  *n_bytes = 0;
  return gez_secret_text_insert (text, gez_secret_text_n_chars (text), character, 1) == 1;
}

/* How much of a file is read: a passphrase is one line, words stand on as many as people like. */
typedef enum
{
  ONE_LINE,
  ALL_LINES,
} Extent;

/* Of several blanks and line ends one is kept, so that what is read stays short. */
static gboolean
is_needless (GezSecretText *text,
             char           byte,
             Extent         extent)
{
  GezPassphrase read = gez_secret_text_peek (text);

  return extent == ALL_LINES && g_ascii_isspace (byte)
         && (read.length == 0 || g_ascii_isspace (read.text[read.length - 1]));
}

static gboolean
read_text (GezSecretText *text,
           int            descriptor,
           const char    *file,
           Extent         extent,
           GCancellable  *cancellable,
           GError       **error)
{
  char character[8] = { 0 };
  guint n_bytes = 0;
  gboolean done = TRUE;
  char byte;
  gssize n_read;

  while (wait_for_input (descriptor, cancellable) && (n_read = read (descriptor, &byte, 1)) != 0)
    {
      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read < 0)
        done = fail (error, file, g_strerror (errno));
      else if (extent == ONE_LINE && byte == '\n')
        break;
      else if (!is_needless (text, byte, extent) && !take_byte (text, byte, character, &n_bytes))
        done = fail (error, file, _("it is no text, or too long"));
      if (!done)
        break;
    }
  if (done && n_bytes > 0)
    done = fail (error, file, _("it is no text, or too long"));
  explicit_bzero (character, sizeof character);
  explicit_bzero (&byte, sizeof byte);
  return done && !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Nobody looks over a shoulder at a terminal. */
static gboolean
read_unseen (GezSecretText *text,
             Extent         extent,
             GCancellable  *cancellable,
             GError       **error)
{
  struct termios seen, unseen;
  gboolean done;

  if (tcgetattr (STDIN_FILENO, &seen) != 0)
    return read_text (text, STDIN_FILENO, "-", extent, cancellable, error);
  unseen = seen;
  unseen.c_lflag &= ~(tcflag_t) ECHO;
  g_printerr ("%s ", extent == ONE_LINE ? _("Passphrase:") : _("Words:"));
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &unseen);
  done = read_text (text, STDIN_FILENO, "-", ONE_LINE, cancellable, error);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &seen);
  g_printerr ("\n");
  return done;
}

static gboolean
read_file (GezSecretText *text,
           const char    *file,
           Extent         extent,
           GCancellable  *cancellable,
           GError       **error)
{
  int descriptor = open (file, O_RDONLY | O_CLOEXEC);
  gboolean done;

  if (descriptor < 0)
    return fail (error, file, g_strerror (errno));
  done = read_text (text, descriptor, file, extent, cancellable, error);
  close (descriptor);
  return done;
}

static void
drop_carriage_return (GezSecretText *text)
{
  GezPassphrase passphrase = gez_secret_text_peek (text);

  if (passphrase.length > 0 && passphrase.text[passphrase.length - 1] == '\r')
    gez_secret_text_delete (text, gez_secret_text_n_chars (text) - 1, 1);
}

static GezSecretText *
read_secret (const char   *file,
             Extent        extent,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (GezSecretText) text = gez_secret_text_new ();
  gboolean done;

  if (text == NULL)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY, "no locked memory");
      return NULL;
    }
  done = g_str_equal (file, "-") ? read_unseen (text, extent, cancellable, error)
                                 : read_file (text, file, extent, cancellable, error);
  if (!done)
    return NULL;
  drop_carriage_return (text);
  if (gez_secret_text_n_chars (text) > 0)
    return g_steal_pointer (&text);
  fail (error, file, _("it is empty"));
  return NULL;
}

/**
 * gez_ctl_read_passphrase:
 * @file: a path, or "-" for standard input
 *
 * Reads the first line, without its end.
 *
 * Returns: (transfer full): the passphrase, or %NULL with @error set
 */
GezSecretText *
gez_ctl_read_passphrase (const char    *file,
                         GCancellable  *cancellable,
                         GError       **error)
{
  return read_secret (file, ONE_LINE, cancellable, error);
}

/**
 * gez_ctl_read_words:
 * @file: a path, or "-" for standard input
 *
 * Reads the words of a recovery sheet, on one line or on several.
 *
 * Returns: (transfer full): what stands there, or %NULL with @error set
 */
GezSecretText *
gez_ctl_read_words (const char    *file,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return read_secret (file, ALL_LINES, cancellable, error);
}
