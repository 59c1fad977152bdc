/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/gez-recovery-sheet.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <string.h>
#include <unistd.h>

/*
 * The recovery sheet: one page of A4 with the 14 words, and the same as a QR code.
 *
 * 1. It is a secret in the clear, made to be printed. A file gets mode 0600, under another name until
 *    it is whole.
 * 2. Words go to Pango one by one and are never joined. Cairo, its fonts and the QR encoder copy what
 *    they draw and do not wipe it; the allocator overwrites what they free meanwhile.
 * 3. Names take two lines at most, so that nothing ever moves to a second page.
 */

#define MARGIN 54.0
#define INNER (GEZ_RECOVERY_SHEET_WIDTH - 2 * MARGIN)
#define QR_SIZE 132.0
#define QR_QUIET 4 /* modules of white that a camera needs around it */
#define BOX_HEIGHT 226.0
#define WORDS_PER_COLUMN (GEZ_RECOVERY_N_WORDS / 2)
#define FREED_MEMORY 0x55
#define INK 0.1
#define GREY 0.35

typedef struct
{
  cairo_t *cairo;
  double y;
} Pen;

static PangoLayout *
make_layout (Pen        *pen,
             const char *text,
             double      size,
             PangoWeight weight,
             double      width)
{
  PangoLayout *layout = pango_cairo_create_layout (pen->cairo);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, Sans");

  /* An absolute size: that of a printer does not depend on the dots of a screen. */
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  return layout;
}

static void
show (Pen         *pen,
      PangoLayout *layout,
      double       x,
      double       y,
      double       grey)
{
  cairo_set_source_rgb (pen->cairo, grey, grey, grey);
  cairo_move_to (pen->cairo, x, y);
  pango_cairo_show_layout (pen->cairo, layout);
}

static double
height_of (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static void
paragraph (Pen        *pen,
           const char *text,
           double      size,
           PangoWeight weight,
           double      space_below)
{
  g_autoptr (PangoLayout) layout = make_layout (pen, text, size, weight, INNER);

  show (pen, layout, MARGIN, pen->y, INK);
  pen->y += height_of (layout) + space_below;
}

/* A name on the right of what it is; whatever does not fit on two lines is cut. */
static void
fact (Pen        *pen,
      const char *label,
      const char *text)
{
  const double left = 96;
  g_autoptr (PangoLayout) name = make_layout (pen, label, 10.5, PANGO_WEIGHT_NORMAL, left);
  g_autoptr (PangoLayout) value = make_layout (pen, text, 10.5, PANGO_WEIGHT_BOLD, INNER - left);

  pango_layout_set_height (value, -2);
  pango_layout_set_ellipsize (value, PANGO_ELLIPSIZE_END);
  show (pen, name, MARGIN, pen->y, GREY);
  show (pen, value, MARGIN + left, pen->y, INK);
  pen->y += height_of (value) + 3;
}

static void
draw_head (Pen                    *pen,
           const GezRecoverySheet *sheet)
{
  guint year = 0, month = 0, day = 0;
  g_autofree char *date = NULL;

  paragraph (pen, _("Recovery sheet"), 27, PANGO_WEIGHT_BOLD, 2);
  paragraph (pen, _("Opens the encrypted file of Gezinsplan when the passphrase is lost"), 12.5,
             PANGO_WEIGHT_NORMAL, 12);
  if (sheet->team_name != NULL && *sheet->team_name != '\0')
    fact (pen, _("Team"), sheet->team_name);
  if (sheet->member_name != NULL && *sheet->member_name != '\0')
    fact (pen, _("File of"), sheet->member_name);
  if (sscanf (sheet->made_on, "%4u-%2u-%2u", &year, &month, &day) == 3)
    date = g_strdup_printf ("%u/%u/%u", day, month, year);
  fact (pen, _("Made on"), date != NULL ? date : sheet->made_on);
  pen->y += 9;
}

static void
draw_warning (Pen *pen)
{
  paragraph (pen,
             _("Whoever has these words and the computer can read everything in the file. Keep this "
               "sheet in a closed envelope, in a safe place with a lock, and never together with the "
               "computer. Take no photo of it and do not send it."),
             11, PANGO_WEIGHT_BOLD, 12);
}

static void
draw_word (Pen             *pen,
           const GezSecret *code,
           guint            position,
           double           x,
           double           y)
{
  g_autofree char *number = g_strdup_printf ("%u.", position + 1);
  g_autoptr (PangoLayout) before = make_layout (pen, number, 12, PANGO_WEIGHT_NORMAL, 26);
  g_autoptr (PangoLayout) word = make_layout (pen, gez_recovery_code_get_word (code, position), 19,
                                              PANGO_WEIGHT_BOLD, 130);

  pango_layout_set_alignment (before, PANGO_ALIGN_RIGHT);
  show (pen, before, x, y + 6, GREY);
  show (pen, word, x + 34, y, INK);
}

static void
draw_modules (Pen          *pen,
              const QRcode *qr,
              double        x,
              double        y)
{
  double module = QR_SIZE / (qr->width + 2 * QR_QUIET);

  cairo_set_source_rgb (pen->cairo, 0, 0, 0);
  for (int row = 0; row < qr->width; row++)
    for (int column = 0; column < qr->width; column++)
      if (qr->data[row * qr->width + column] & 1)
        cairo_rectangle (pen->cairo, x + (column + QR_QUIET) * module, y + (row + QR_QUIET) * module,
                         module, module);
  /* All in one path: neighbours do not show a seam. */
  cairo_fill (pen->cairo);
}

static void
draw_qr (Pen             *pen,
         const GezSecret *code,
         double           x,
         double           y)
{
  g_autoptr (GezSecretText) text = gez_recovery_code_to_qr (code);
  g_autoptr (PangoLayout) caption = NULL;
  QRcode *qr = QRcode_encodeString (gez_secret_text_peek (text).text, 0, QR_ECLEVEL_Q, QR_MODE_8, 1);

  /* Without it the words still do. */
  if (qr == NULL)
    return;
  draw_modules (pen, qr, x, y);
  explicit_bzero (qr->data, (gsize) (qr->width * qr->width));
  QRcode_free (qr);
  caption = make_layout (pen, _("For a scanner"), 9, PANGO_WEIGHT_NORMAL, QR_SIZE);
  pango_layout_set_alignment (caption, PANGO_ALIGN_CENTER);
  show (pen, caption, x, y + QR_SIZE, GREY);
}

static void
draw_code (Pen             *pen,
           const GezSecret *code)
{
  const double column = (INNER - QR_SIZE - 14) / 2, line = (BOX_HEIGHT - 20) / WORDS_PER_COLUMN;

  cairo_set_source_rgb (pen->cairo, INK, INK, INK);
  cairo_set_line_width (pen->cairo, 1.2);
  cairo_rectangle (pen->cairo, MARGIN, pen->y, INNER, BOX_HEIGHT);
  cairo_stroke (pen->cairo);
  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    draw_word (pen, code, i, MARGIN + 2 + (i / WORDS_PER_COLUMN) * column,
               pen->y + 12 + (i % WORDS_PER_COLUMN) * line);
  draw_qr (pen, code, MARGIN + INNER - QR_SIZE - 8, pen->y + (BOX_HEIGHT - QR_SIZE - 16) / 2);
  pen->y += BOX_HEIGHT + 16;
}

static void
draw_advice (Pen *pen)
{
  const char *const steps[] = {
    _("Passphrase lost? Start Gezinsplan, choose “Forgot your passphrase?” and type the words in this "
      "order. The first four letters of each word are enough. Then you choose a new passphrase."),
    _("After that the sheet still works. Put it back where it was."),
    _("A new sheet makes this one worthless: tear it up then."),
    _("Is the sheet gone, or did somebody see it? Make a new one at once: Preferences, Security."),
    _("Without the passphrase and without this sheet nobody can open the file, not even the makers of "
      "Gezinsplan."),
  };

  paragraph (pen, _("What to do with it"), 13, PANGO_WEIGHT_BOLD, 5);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *number = g_strdup_printf ("%u.", i + 1);
      g_autoptr (PangoLayout) before = make_layout (pen, number, 10.5, PANGO_WEIGHT_NORMAL, 18);
      g_autoptr (PangoLayout) step = make_layout (pen, steps[i], 10.5, PANGO_WEIGHT_NORMAL, INNER - 18);

      show (pen, before, MARGIN, pen->y, INK);
      show (pen, step, MARGIN + 18, pen->y, INK);
      pen->y += height_of (step) + 3;
    }
  pen->y += 9;
}

/* Lines to fill in by hand, once a year. */
static void
draw_checks (Pen *pen)
{
  const double left[] = { MARGIN, MARGIN + 0.33 * INNER, MARGIN + 0.67 * INNER, MARGIN + INNER };
  const char *const heads[] = { _("Checked on"), _("By"), _("Kept at") };
  const double line = 20;

  paragraph (pen, _("Look once a year whether it still works: Preferences, Security, Check the sheet"), 10.5,
             PANGO_WEIGHT_NORMAL, 6);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (PangoLayout) head = make_layout (pen, heads[i], 9, PANGO_WEIGHT_NORMAL, left[1] - left[0]);

      show (pen, head, left[i], pen->y, GREY);
    }
  pen->y += 14;
  cairo_set_line_width (pen->cairo, 0.6);
  for (guint row = 1; row <= 3; row++)
    for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
      {
        cairo_move_to (pen->cairo, left[i], pen->y + row * line);
        cairo_line_to (pen->cairo, left[i + 1] - 14, pen->y + row * line);
      }
  cairo_stroke (pen->cairo);
}

/**
 * gez_recovery_sheet_draw:
 * @code: what the sheet holds
 * @cairo: where; one unit is a point, the page GEZ_RECOVERY_SHEET_WIDTH by _HEIGHT
 *
 * Draws the page.
 *
 * Thread: any, one at a time for one @cairo.
 */
void
gez_recovery_sheet_draw (const GezRecoverySheet *self,
                         const GezSecret        *code,
                         cairo_t                *cairo)
{
  Pen pen = { cairo, MARGIN - 8 };

  g_return_if_fail (self != NULL && self->made_on != NULL && code != NULL && cairo != NULL);

  mallopt (M_PERTURB, FREED_MEMORY);
  draw_head (&pen, self);
  draw_warning (&pen);
  draw_code (&pen, code);
  draw_advice (&pen);
  draw_checks (&pen);
  mallopt (M_PERTURB, 0);
}

typedef struct
{
  int descriptor;
  int trouble; /* errno of the first write that failed */
} Target;

static cairo_status_t
write_cb (void                *data,
          const unsigned char *bytes,
          unsigned int         length)
{
  Target *target = data;

  while (length > 0 && target->trouble == 0)
    {
      gssize n_written = write (target->descriptor, bytes, length);

      if (n_written < 0 && errno != EINTR)
        target->trouble = errno;
      else if (n_written > 0)
        {
          bytes += n_written;
          length -= (unsigned int) n_written;
        }
    }
  return target->trouble == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* Returns 0 or an errno. */
static int
write_page (const GezRecoverySheet *self,
            const GezSecret        *code,
            int                     descriptor)
{
  Target target = { descriptor, 0 };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
    write_cb, &target, GEZ_RECOVERY_SHEET_WIDTH, GEZ_RECOVERY_SHEET_HEIGHT);
  cairo_t *cairo = cairo_create (surface);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, _("Recovery sheet"));
  mallopt (M_PERTURB, FREED_MEMORY);
  gez_recovery_sheet_draw (self, code, cairo);
  mallopt (M_PERTURB, FREED_MEMORY);
  cairo_show_page (cairo);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  mallopt (M_PERTURB, 0);
  if (target.trouble == 0 && status != CAIRO_STATUS_SUCCESS)
    target.trouble = status == CAIRO_STATUS_NO_MEMORY ? ENOMEM : EIO;
  if (target.trouble == 0 && fsync (descriptor) != 0)
    target.trouble = errno;
  return target.trouble;
}

/**
 * gez_recovery_sheet_write:
 * @path: where the PDF goes; a file that is there is replaced once the new one is whole
 *
 * Writes the sheet as a PDF that only this user can read. It is not encrypted: it is there to be
 * printed and thrown away.
 *
 * Returns: %FALSE with a G_FILE_ERROR; nothing of the sheet is left behind then
 *
 * Thread: any but the main one: writes to a disk.
 */
gboolean
gez_recovery_sheet_write (const GezRecoverySheet *self,
                          const GezSecret        *code,
                          const char             *path,
                          GError                **error)
{
  g_autofree char *temporary = NULL;
  int descriptor, trouble;

  g_return_val_if_fail (self != NULL && code != NULL && path != NULL, FALSE);

  temporary = g_strconcat (path, ".XXXXXX", NULL);
  descriptor = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  trouble = descriptor < 0 ? errno : write_page (self, code, descriptor);
  if (descriptor >= 0 && close (descriptor) != 0 && trouble == 0)
    trouble = errno;
  if (trouble == 0 && g_rename (temporary, path) != 0)
    trouble = errno;
  if (trouble == 0)
    return TRUE;
  if (descriptor >= 0)
    g_unlink (temporary);
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (trouble), "Cannot write “%s”: %s", path,
               g_strerror (trouble));
  return FALSE;
}
