/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <locale.h>
#include <string.h>

#include "document-papers.h"
#include "documents/gez-document-kind.h"
#include "documents/gez-pdf.h"
#include "documents/gez-picture.h"
#include "documents/gez-plain-text.h"
#include "documents/gez-preview-error.h"

static GdkPixbuf *
decode (GBytes  *bytes,
        int      longest,
        GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return gez_picture_decode (stream, longest, NULL, error);
}

static GBytes *
cut (GBytes *bytes,
     gsize   length)
{
  g_autoptr (GBytes) owned = bytes;

  return g_bytes_new_from_bytes (owned, 0, length);
}

static void
test_picture (void)
{
  g_autoptr (GBytes) bytes = paper_png (300, 200, 0xff0000ff);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) whole = decode (bytes, 4096, &error);
  g_autoptr (GdkPixbuf) small = decode (bytes, 30, &error);
  const guint8 *pixel;

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (whole), ==, 300);
  pixel = gdk_pixbuf_read_pixels (whole);
  g_assert_cmpuint (pixel[0], ==, 0xff);
  g_assert_cmpuint (pixel[1], ==, 0);
  g_assert_cmpint (gdk_pixbuf_get_width (small), ==, 30);
  g_assert_cmpint (gdk_pixbuf_get_height (small), ==, 20);
}

/* Every format that people bring along, whole and made smaller. */
static void
test_formats (void)
{
  static const char * const formats[] = { "jpeg", "bmp", "tiff", "png" };
  g_autoptr (GdkPixbuf) red = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 90, 60);

  gdk_pixbuf_fill (red, 0xff0000ff);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (int longest = 32; longest <= 512; longest += 96)
      {
        g_autoptr (GBytes) bytes = paper_picture (red, formats[i]);
        g_autoptr (GError) error = NULL;
        g_autoptr (GdkPixbuf) picture = decode (bytes, longest, &error);

        g_assert_no_error (error);
        g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, MIN (longest, 90));
        g_assert_cmpuint (gdk_pixbuf_read_pixels (picture)[0], >, 0xf0);
      }
}

static void
test_turned (void)
{
  g_autoptr (GBytes) bytes = paper_turned_jpeg ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) picture = decode (bytes, 4096, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, 20);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, 40);
}

/* Refused by what it says of itself: nothing of that size is ever made. */
static void
test_bomb (void)
{
  g_autoptr (GBytes) bytes = paper_bomb ();

  for (int longest = 256; longest <= 4096; longest *= 16)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (decode (bytes, longest, &error));
      g_assert_error (error, GEZ_PREVIEW_ERROR, GEZ_PREVIEW_ERROR_TOO_LARGE);
    }
}

static void
test_hostile_pictures (void)
{
  static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
  g_autoptr (GPtrArray) papers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_ptr_array_add (papers, g_bytes_new_static (svg, sizeof svg - 1));
  g_ptr_array_add (papers, g_bytes_new_static ("", 0));
  g_ptr_array_add (papers, g_bytes_new_static ("\x89PNG\r\n\x1a\nrubbish that is no picture", 36));
  g_ptr_array_add (papers, g_bytes_new_static ("GIF89a", 6));
  g_ptr_array_add (papers, g_bytes_new_static ("BM\0\0\0\0", 6));
  g_ptr_array_add (papers, g_bytes_new_static ("II*\0\xff\xff\xff\xff", 8));
  for (gsize length = 1; length < 120; length += 7)
    g_ptr_array_add (papers, cut (paper_png (64, 64, 0x00ff00ff), length));
  for (gsize length = 100; length < 600; length += 50)
    g_ptr_array_add (papers, cut (paper_turned_jpeg (), length));

  for (guint i = 0; i < papers->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (decode (papers->pdata[i], 4096, &error) != NULL)
        g_error ("paper %u with %zu bytes was drawn", i, g_bytes_get_size (papers->pdata[i]));
      g_assert_error (error, GEZ_PREVIEW_ERROR, GEZ_PREVIEW_ERROR_UNREADABLE);
    }
}

static void
test_stopped (void)
{
  g_autoptr (GBytes) bytes = paper_png (64, 64, 0xff0000ff);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (gez_picture_decode (stream, 100, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_pdf (void)
{
  g_autoptr (GBytes) bytes = paper_pdf (3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezPdf) pdf = gez_pdf_new (bytes, &error);
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = NULL;
  double width, height;

  g_assert_no_error (error);
  g_assert_cmpuint (gez_pdf_get_n_pages (pdf), ==, 3);
  g_assert_false (gez_pdf_is_cut (pdf));
  gez_pdf_get_size (pdf, 0, &width, &height);
  g_assert_cmpfloat (width, ==, 400);
  g_assert_cmpfloat (height, ==, 600);
  texture = gez_pdf_draw (pdf, 0, 0.5, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 200);
  pixels = g_new0 (guint32, 200 * 300);
  gdk_texture_download (texture, (guchar *) pixels, 200 * sizeof (guint32));
  g_assert_cmphex (pixels[150 * 200 + 100], ==, 0xffff0000);
  g_assert_cmphex (pixels[290 * 200 + 5], ==, 0xffffffff);
}

/* A page is never drawn larger than is safe, whatever is asked. */
static void
test_pdf_scale (void)
{
  g_autoptr (GBytes) bytes = paper_pdf (1);
  g_autoptr (GezPdf) pdf = gez_pdf_new (bytes, NULL);
  g_autoptr (GdkTexture) texture = gez_pdf_draw (pdf, 0, 100000, NULL);

  g_assert_nonnull (texture);
  g_assert_cmpint (gdk_texture_get_height (texture), <=, 4097);
}

static void
test_hostile_pdf (void)
{
  g_autoptr (GPtrArray) papers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_ptr_array_add (papers, g_bytes_new_static ("", 0));
  g_ptr_array_add (papers, g_bytes_new_static ("%PDF-1.7\n%%EOF\n", 15));
  g_ptr_array_add (papers, cut (paper_pdf (1), 200));
  g_ptr_array_add (papers, paper_png (4, 4, 0xff0000ff));

  for (guint i = 0; i < papers->len; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (gez_pdf_new (papers->pdata[i], &error));
      g_assert_error (error, GEZ_PREVIEW_ERROR, GEZ_PREVIEW_ERROR_UNREADABLE);
    }
}

static void
check_text (const char *bytes,
            gsize       length,
            const char *wanted)
{
  g_autoptr (GBytes) paper = g_bytes_new_static (bytes, length);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gez_plain_text_read (paper, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_text (void)
{
  g_autofree char *line = g_strnfill (2500, 'x');
  g_autoptr (GBytes) long_line = g_bytes_new_static (line, 2500);
  g_autoptr (GBytes) binary = g_bytes_new_static ("MZ\x90\0\x03\0\0\0\xff\xff", 10);
  g_autoptr (GError) error = NULL;
  g_autofree char *broken = gez_plain_text_read (long_line, &error);
  g_auto (GStrv) lines = g_strsplit (broken, "\n", -1);

  check_text ("", 0, "");
  check_text ("één\r\ntwee\n", 12, "één\ntwee\n");
  check_text ("\xef\xbb\xbfmerk", 7, "merk");
  check_text ("caf\xe9 \x80 5", 8, "café € 5");
  check_text ("\xff\xfeh\0i\0", 6, "hi");
  check_text ("a\x1b[31mb", 7, "a\xef\xbf\xbd[31mb");
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_null (gez_plain_text_read (binary, &error));
  g_assert_error (error, GEZ_PREVIEW_ERROR, GEZ_PREVIEW_ERROR_UNREADABLE);
}

static void
check_size (gint64      bytes,
            const char *wanted)
{
  g_autofree char *words = gez_document_size_words (bytes);

  g_assert_cmpstr (words, ==, wanted);
}

static void
test_kinds (void)
{
  check_size (1, "1 byte");
  check_size (999, "999 bytes");
  check_size (1499, "1 KB");
  check_size (999499, "999 KB");
  check_size (999500, "1.0 MB");
  check_size (1249999, "1.2 MB");
  check_size (999949999, "999.9 MB");
  check_size (999950000, "1.0 GB");
  check_size (5 * G_GINT64_CONSTANT (1000000000), "5.0 GB");
  g_assert_cmpint (gez_document_kind (NULL), ==, GEZ_DOCUMENT_KIND_OTHER);
  g_assert_cmpint (gez_document_kind ("image/png"), ==, GEZ_DOCUMENT_KIND_PICTURE);
  g_assert_cmpint (gez_document_kind ("image/svg+xml"), ==, GEZ_DOCUMENT_KIND_OTHER);
  g_assert_cmpint (gez_document_kind ("application/pdf"), ==, GEZ_DOCUMENT_KIND_PDF);
  g_assert_cmpint (gez_document_kind ("text/html"), ==, GEZ_DOCUMENT_KIND_OTHER);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/documents/picture", test_picture);
  g_test_add_func ("/documents/formats", test_formats);
  g_test_add_func ("/documents/turned", test_turned);
  g_test_add_func ("/documents/bomb", test_bomb);
  g_test_add_func ("/documents/hostile-pictures", test_hostile_pictures);
  g_test_add_func ("/documents/stopped", test_stopped);
  g_test_add_func ("/documents/pdf", test_pdf);
  g_test_add_func ("/documents/pdf-scale", test_pdf_scale);
  g_test_add_func ("/documents/hostile-pdf", test_hostile_pdf);
  g_test_add_func ("/documents/text", test_text);
  g_test_add_func ("/documents/kinds", test_kinds);
  return g_test_run ();
}
