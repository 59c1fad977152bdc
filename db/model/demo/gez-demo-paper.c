/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/demo/gez-demo-paper.h"

#include <gio/gio.h>
#include <string.h>

/* A PDF of one page with lines of text, and a PNG that looks like a letter somebody took a picture of.
 * Sources: ISO 32000-1 (PDF 1.7), 7.5 and 9.4; PNG (ISO/IEC 15948), 5 and 10. */

#define N_OBJECTS 5
#define WIDTH 240
#define HEIGHT 320

/* In a literal string; Helvetica has the letters of Windows-1252. */
static void
append_line (GString    *content,
             const char *line)
{
  g_autofree char *narrow =
      g_convert_with_fallback (line, -1, "WINDOWS-1252", "UTF-8", "?", NULL, NULL, NULL);

  g_string_append_c (content, '(');
  for (const char *at = narrow ? narrow : ""; *at; at++)
    {
      if (strchr ("()\\", *at))
        g_string_append_c (content, '\\');
      g_string_append_c (content, *at);
    }
  g_string_append (content, ") Tj T*\n");
}

/* The first line is the letterhead. */
static GString *
make_page (const char *const *lines)
{
  GString *content = g_string_new ("BT /F1 17 Tf 24 TL 70 770 Td\n");

  for (guint i = 0; lines[i]; i++)
    {
      append_line (content, lines[i]);
      if (i == 0)
        g_string_append (content, "/F1 11 Tf 18 TL T*\n");
    }
  g_string_append (content, "ET\n");
  return content;
}

/**
 * gez_demo_make_pdf:
 * @lines: (array zero-terminated=1): what stands on the page
 *
 * Returns: (transfer full): a PDF of one A4 page
 */
GBytes *
gez_demo_make_pdf (const char *const *lines)
{
  GString *page = make_page (lines), *file = g_string_new ("%PDF-1.4\n");
  g_autofree char *stream = g_strdup_printf ("<< /Length %" G_GSIZE_FORMAT " >>\nstream\n", page->len);
  const char *const objects[N_OBJECTS] = {
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
    "/Resources << /Font << /F1 4 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    stream,
  };
  gsize at[N_OBJECTS], start;

  for (guint i = 0; i < N_OBJECTS; i++)
    {
      at[i] = file->len;
      g_string_append_printf (file, "%u 0 obj\n%s", i + 1, objects[i]);
      if (objects[i] == stream)
        {
          g_string_append_len (file, page->str, (gssize) page->len);
          g_string_append (file, "endstream");
        }
      g_string_append (file, "\nendobj\n");
    }
  start = file->len;
  g_string_append_printf (file, "xref\n0 %u\n0000000000 65535 f \n", N_OBJECTS + 1);
  for (guint i = 0; i < N_OBJECTS; i++)
    g_string_append_printf (file, "%010" G_GSIZE_FORMAT " 00000 n \n", at[i]);
  g_string_append_printf (file,
                          "trailer\n<< /Size %u /Root 1 0 R >>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                          N_OBJECTS + 1, start);
  g_string_free (page, TRUE);
  return g_string_free_to_bytes (file);
}

static guint32
count_crc (const guint8 *bytes,
           gsize         length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= bytes[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = crc & 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
    }
  return ~crc;
}

static void
append_number (GByteArray *file,
               guint32     number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (file, (const guint8 *) &big, sizeof big);
}

static void
append_chunk (GByteArray   *file,
              const char   *kind,
              const guint8 *data,
              gsize         length)
{
  guint start;

  append_number (file, (guint32) length);
  start = file->len;
  g_byte_array_append (file, (const guint8 *) kind, 4);
  g_byte_array_append (file, data, (guint) length);
  append_number (file, count_crc (file->data + start, file->len - start));
}

static void
fill_box (guint8 *rows,
          guint   x,
          guint   y,
          guint   width,
          guint   height,
          guint8  grey)
{
  for (guint line = y; line < MIN (y + height, HEIGHT); line++)
    memset (rows + line * (WIDTH + 1) + 1 + x, grey, MIN (width, WIDTH - x));
}

/* Paper on a table: a dark edge, a letterhead and lines of words. Each row begins with its filter, 0. */
static guint8 *
draw (GRand *random)
{
  guint8 *rows = g_malloc0 ((WIDTH + 1) * HEIGHT);

  fill_box (rows, 0, 0, WIDTH, HEIGHT, 120);
  fill_box (rows, 14, 12, WIDTH - 28, HEIGHT - 24, 245);
  fill_box (rows, 30, 30, 60, 26, (guint8) g_rand_int_range (random, 60, 150));
  for (guint y = 80; y < HEIGHT - 50; y += 12)
    for (guint x = 30; x < WIDTH - 50; )
      {
        guint width = (guint) g_rand_int_range (random, 6, 30);

        fill_box (rows, x, y, MIN (width, WIDTH - 45 - x), 4, 90);
        x += width + 5;
      }
  fill_box (rows, 140, HEIGHT - 44, 60, 3, 40);
  return rows;
}

/**
 * gez_demo_make_png:
 * @random: decides what it looks like
 *
 * Returns: (transfer full): a grey picture of 240 by 320
 */
GBytes *
gez_demo_make_png (GRand *random)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 header[] = { 0, 0, 0, WIDTH, 0, 0, HEIGHT >> 8, HEIGHT & 0xff, 8, 0, 0, 0, 0 };
  g_autoptr (GConverter) deflate = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autofree guint8 *rows = draw (random);
  g_autofree guint8 *packed = g_malloc ((WIDTH + 1) * HEIGHT);
  GByteArray *file = g_byte_array_new ();
  gsize n_read = 0, n_written = 0;

  g_converter_convert (deflate, rows, (WIDTH + 1) * HEIGHT, packed, (WIDTH + 1) * HEIGHT,
                       G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
  g_byte_array_append (file, signature, sizeof signature);
  append_chunk (file, "IHDR", header, sizeof header);
  append_chunk (file, "IDAT", packed, n_written);
  append_chunk (file, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (file);
}
