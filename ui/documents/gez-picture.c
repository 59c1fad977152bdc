/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. The format is read from the first bytes, not from the name: a loader gets what it is made for, and
 *    formats that run programs or fetch other files (drawings) get none.
 * 2. The size is known, and refused when it is too large, before anything is allocated for it: a few
 *    kilobytes can say that they are a picture of a terabyte.
 * 3. A picture that stops halfway is refused: the loaders leave what was in the memory before in the rest.
 * 4. Nothing is written anywhere.
 */

#include "documents/gez-picture.h"

#include <string.h>

#include "documents/gez-document-kind.h"
#include "documents/gez-preview-error.h"

#define PIECE (64 * 1024)
#define LONGEST_MAGIC 12
#define JPEG_QUALITY "85"

typedef struct
{
  int longest;
  gboolean is_too_large;
  int top; /* what was drawn: the highest row */
  int bottom;
  gboolean has_end; /* the mark at the end of a PNG was seen */
} Limits;

#define PNG_END "IEND"
#define PNG_END_LENGTH 4

static const char *
find_format (const guint8 *bytes,
             gsize         length)
{
  static const struct
  {
    const char *format;
    const char *magic;
    gsize length;
  } formats[] = {
    { "png", "\x89PNG\r\n\x1a\n", 8 }, { "jpeg", "\xff\xd8\xff", 3 }, { "gif", "GIF8", 4 },
    { "bmp", "BM", 2 },                { "tiff", "II*\0", 4 },        { "tiff", "MM\0*", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (length >= formats[i].length && memcmp (bytes, formats[i].magic, formats[i].length) == 0)
      return formats[i].format;
  if (length >= LONGEST_MAGIC && memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "WEBP", 4) == 0)
    return "webp";
  return NULL;
}

/* A loader that is told to make nothing stops there. Smaller is asked where it is enough: a photograph
 * is then not even decoded at its full size. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  Limits          *limits)
{
  double scale;

  if (width <= 0 || height <= 0 || width > GEZ_PICTURE_LONGEST_SIDE
      || height > GEZ_PICTURE_LONGEST_SIDE
      || (gint64) width * height > GEZ_PICTURE_MOST_POINTS)
    {
      limits->is_too_large = TRUE;
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }

  scale = (double) limits->longest / MAX (width, height);
  if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale)),
                                MAX (1, (int) (height * scale)));
}

static void
area_updated_cb (GdkPixbufLoader *loader,
                 int              x,
                 int              y,
                 int              width,
                 int              height,
                 Limits          *limits)
{
  limits->top = MIN (limits->top, y);
  limits->bottom = MAX (limits->bottom, y + height);
}

/* Rows may come from the top or from the bottom; an interlaced PNG reaches both ends long before it is
 * complete, and animations are put together by their loader. */
static gboolean
is_complete (Limits     *limits,
             GdkPixbuf  *picture,
             const char *format)
{
  if (strcmp (format, "gif") == 0)
    return TRUE;
  if (strcmp (format, "png") == 0 && !limits->has_end)
    return FALSE;
  return limits->top == 0 && limits->bottom >= gdk_pixbuf_get_height (picture);
}

static gboolean
fail (GError        **error,
      GezPreviewError code,
      const char     *message)
{
  g_set_error_literal (error, GEZ_PREVIEW_ERROR, code, message);
  return FALSE;
}

/* What the loaders say is for a log; what it means for the person is that it cannot be drawn. */
static gboolean
fail_as (GError      **error,
         Limits       *limits,
         const GError *cause)
{
  if (limits->is_too_large)
    return fail (error, GEZ_PREVIEW_ERROR_TOO_LARGE, "The picture has too many points");
  return fail (error, GEZ_PREVIEW_ERROR_UNREADABLE,
               cause != NULL ? cause->message : "The picture is not complete");
}

static gboolean
feed (GdkPixbufLoader *loader,
      Limits          *limits,
      GInputStream    *stream,
      guint8          *piece,
      gsize            n_read,
      GCancellable    *cancellable,
      GError         **error)
{
  guint8 *start = piece - (PNG_END_LENGTH - 1);
  gsize total = 0;

  memset (start, 0, PNG_END_LENGTH - 1);
  while (n_read > 0)
    {
      g_autoptr (GError) cause = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      total += n_read;
      if (total > GEZ_DOCUMENT_MOST_PICTURE)
        return fail (error, GEZ_PREVIEW_ERROR_TOO_LARGE, "The picture has too many bytes");
      if (!gdk_pixbuf_loader_write (loader, piece, n_read, &cause) || limits->is_too_large)
        return fail_as (error, limits, cause);
      if (memmem (start, n_read + PNG_END_LENGTH - 1, PNG_END, PNG_END_LENGTH) != NULL)
        limits->has_end = TRUE;
      memmove (start, start + n_read, PNG_END_LENGTH - 1);
      if (!g_input_stream_read_all (stream, piece, PIECE, &n_read, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static GdkPixbuf *
finish (GdkPixbufLoader *loader,
        Limits          *limits,
        const char      *format,
        GError         **error)
{
  g_autoptr (GError) cause = NULL;
  GdkPixbuf *picture;

  if (!gdk_pixbuf_loader_close (loader, &cause) || limits->is_too_large)
    {
      fail_as (error, limits, cause);
      return NULL;
    }
  picture = gdk_pixbuf_loader_get_pixbuf (loader);
  if (picture == NULL || !is_complete (limits, picture, format))
    {
      fail_as (error, limits, NULL);
      return NULL;
    }
  return gdk_pixbuf_apply_embedded_orientation (picture);
}

/**
 * gez_picture_decode:
 * @stream: the bytes of a picture, from their beginning
 * @longest: the longest side that is wanted, in points; a larger picture is made smaller
 * @cancellable: (nullable): stops it
 * @error: GEZ_PREVIEW_ERROR, or what reading gave
 *
 * Returns: (transfer full): the picture the right way up, or %NULL
 */
GdkPixbuf *
gez_picture_decode (GInputStream *stream,
                    int           longest,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_autofree guint8 *memory = g_malloc (PNG_END_LENGTH - 1 + PIECE);
  guint8 *piece = memory + PNG_END_LENGTH - 1;
  g_autoptr (GdkPixbufLoader) loader = NULL;
  Limits limits = { .longest = longest, .top = G_MAXINT };
  const char *format;
  gsize n_read;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (longest > 0, NULL);

  if (!g_input_stream_read_all (stream, piece, PIECE, &n_read, cancellable, error))
    return NULL;
  format = find_format (piece, n_read);
  loader = format != NULL ? gdk_pixbuf_loader_new_with_type (format, NULL) : NULL;
  if (loader == NULL)
    {
      fail (error, GEZ_PREVIEW_ERROR_UNREADABLE, "Nothing here draws pictures of this kind");
      return NULL;
    }

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &limits);
  g_signal_connect (loader, "area-updated", G_CALLBACK (area_updated_cb), &limits);
  if (!feed (loader, &limits, stream, piece, n_read, cancellable, error))
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return NULL;
    }
  return finish (loader, &limits, format, error);
}

/**
 * gez_picture_encode:
 * @picture: a small picture
 * @error: what went wrong
 *
 * Returns: (transfer full): its bytes: JPEG, or PNG where it is transparent
 */
GBytes *
gez_picture_encode (GdkPixbuf *picture,
                    GError   **error)
{
  char *bytes = NULL;
  gsize length = 0;
  gboolean ok;

  g_return_val_if_fail (GDK_IS_PIXBUF (picture), NULL);

  ok = gdk_pixbuf_get_has_alpha (picture)
         ? gdk_pixbuf_save_to_buffer (picture, &bytes, &length, "png", error, NULL)
         : gdk_pixbuf_save_to_buffer (picture, &bytes, &length, "jpeg", error, "quality",
                                      JPEG_QUALITY, NULL);
  return ok ? g_bytes_new_take (bytes, length) : NULL;
}
