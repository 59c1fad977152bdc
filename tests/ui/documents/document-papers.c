/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-papers.h"

#include <cairo-pdf.h>

/* Says that it is 30,000 points wide and high: three and a half gigabytes in seventy bytes. */
static const char bomb[] =
  "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x75\x30\x00\x00"
  "\x75\x30\x08\x06\x00\x00\x00\x66\x27\xf8\xba\x00\x00\x00\x1b\x49\x44\x41\x54\x78\xda\xed"
  "\xc1\x31\x01\x00\x00\x00\xc2\xa0\xf5\x4f\x6d\x0c\x1f\xa0\x00\x00\x00\x80\xb7\x01\x0f\xa0"
  "\x00\x01\x54\xa5\x38\x5e";

static GdkPixbuf *
make_picture (int     width,
              int     height,
              guint32 rgba)
{
  GdkPixbuf *picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  gdk_pixbuf_fill (picture, rgba);
  return picture;
}

/* Returns: (transfer full): a picture as a file of that format */
GBytes *
paper_picture (GdkPixbuf  *picture,
               const char *format)
{
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;
  gsize length;

  gdk_pixbuf_save_to_buffer (picture, &bytes, &length, format, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

/* Returns: (transfer full): a picture of one colour */
GBytes *
paper_png (int     width,
           int     height,
           guint32 rgba)
{
  g_autoptr (GdkPixbuf) picture = make_picture (width, height, rgba);

  return paper_picture (picture, "png");
}

/* A photograph 40 wide and 20 high, which says that it was taken with the camera on its side. */
GBytes *
paper_turned_jpeg (void)
{
  static const guint8 turned[] = {
    0xff, 0xe1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
    0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
  };
  g_autoptr (GdkPixbuf) picture = make_picture (40, 20, 0x808080ff);
  g_autoptr (GBytes) plain = paper_picture (picture, "jpeg");
  const guint8 *bytes = g_bytes_get_data (plain, NULL);
  GByteArray *array = g_byte_array_new ();

  g_byte_array_append (array, bytes, 2);
  g_byte_array_append (array, turned, sizeof turned);
  g_byte_array_append (array, bytes + 2, (guint) g_bytes_get_size (plain) - 2);
  return g_byte_array_free_to_bytes (array);
}

GBytes *
paper_bomb (void)
{
  return g_bytes_new_static (bomb, sizeof bomb - 1);
}

static cairo_status_t
write_cb (void                *array,
          const unsigned char *bytes,
          unsigned int         length)
{
  g_byte_array_append (array, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Returns: (transfer full): letters with something red in the middle of the first page, blue after */
GBytes *
paper_pdf (int n_pages)
{
  GByteArray *array = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, array, 400, 600);
  cairo_t *cr = cairo_create (surface);

  for (int i = 0; i < n_pages; i++)
    {
      cairo_set_source_rgb (cr, i == 0, 0, i != 0);
      cairo_rectangle (cr, 100, 100, 200, 300);
      cairo_fill (cr);
      cairo_move_to (cr, 40, 40);
      cairo_show_text (cr, "Brief van Verzonnen");
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (array);
}
