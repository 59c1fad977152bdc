/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/gez-pdf.h"

#include <math.h>
#include <poppler.h>

#include "documents/gez-preview-error.h"

#define LONGEST_SIDE 4096 /* pixels of a drawn page */
#define A4_WIDTH 595.0    /* points: for a page that does not say */
#define A4_HEIGHT 842.0
#define LONGEST_PAGE 14400.0 /* points: what PDF itself allows */

typedef struct
{
  double width;
  double height;
} Size;

struct _GezPdf
{
  GObject parent_instance;

  GMutex mutex; /* Poppler draws on one thread at a time */
  PopplerDocument *document;
  Size *sizes;
  guint n_pages;
  gboolean is_cut;
};

G_DEFINE_FINAL_TYPE (GezPdf, gez_pdf, G_TYPE_OBJECT)

static void
gez_pdf_finalize (GObject *object)
{
  GezPdf *self = GEZ_PDF (object);

  g_clear_object (&self->document);
  g_free (self->sizes);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (gez_pdf_parent_class)->finalize (object);
}

static void
gez_pdf_class_init (GezPdfClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_pdf_finalize;
}

static void
gez_pdf_init (GezPdf *self)
{
  g_mutex_init (&self->mutex);
}

static gboolean
is_side (double side)
{
  return isfinite (side) && side >= 1 && side <= LONGEST_PAGE;
}

static void
measure_pages (GezPdf *self)
{
  self->sizes = g_new0 (Size, self->n_pages);
  for (guint i = 0; i < self->n_pages; i++)
    {
      PopplerPage *page = poppler_document_get_page (self->document, (int) i);
      Size *size = &self->sizes[i];

      if (page != NULL)
        poppler_page_get_size (page, &size->width, &size->height);
      if (!is_side (size->width) || !is_side (size->height))
        *size = (Size) { A4_WIDTH, A4_HEIGHT };
      g_clear_object (&page);
    }
}

static void
set_error (GError      **error,
           const GError *cause)
{
  gboolean asks = g_error_matches (cause, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);

  g_set_error_literal (error, GEZ_PREVIEW_ERROR,
                       asks ? GEZ_PREVIEW_ERROR_PASSPHRASE : GEZ_PREVIEW_ERROR_UNREADABLE,
                       cause != NULL ? cause->message : "The PDF has no pages");
}

/**
 * gez_pdf_new:
 * @bytes: the whole of it
 * @error: GEZ_PREVIEW_ERROR
 *
 * Returns: (transfer full): the document, or %NULL. Any thread may ask.
 */
GezPdf *
gez_pdf_new (GBytes  *bytes,
             GError **error)
{
  g_autoptr (GezPdf) self = NULL;
  g_autoptr (GError) cause = NULL;
  int n_pages;

  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_object_new (GEZ_TYPE_PDF, NULL);
  self->document = poppler_document_new_from_bytes (bytes, NULL, &cause);
  n_pages = self->document != NULL ? poppler_document_get_n_pages (self->document) : 0;
  if (n_pages <= 0)
    {
      set_error (error, cause);
      return NULL;
    }
  self->n_pages = (guint) MIN (n_pages, GEZ_PDF_MOST_PAGES);
  self->is_cut = n_pages > GEZ_PDF_MOST_PAGES;
  measure_pages (self);
  return g_steal_pointer (&self);
}

/**
 * gez_pdf_get_n_pages:
 * @self: a document
 *
 * Returns: how many pages can be drawn; at least one
 */
guint
gez_pdf_get_n_pages (GezPdf *self)
{
  g_return_val_if_fail (GEZ_IS_PDF (self), 0);

  return self->n_pages;
}

/**
 * gez_pdf_is_cut:
 * @self: a document
 *
 * Returns: whether it has more pages than are drawn
 */
gboolean
gez_pdf_is_cut (GezPdf *self)
{
  g_return_val_if_fail (GEZ_IS_PDF (self), FALSE);

  return self->is_cut;
}

/**
 * gez_pdf_get_size:
 * @self: a document
 * @page: from 0
 * @width: (out): in points of 1/72 inch
 * @height: (out): in points
 */
void
gez_pdf_get_size (GezPdf *self,
                  guint   page,
                  double *width,
                  double *height)
{
  g_return_if_fail (GEZ_IS_PDF (self));
  g_return_if_fail (page < self->n_pages);

  *width = self->sizes[page].width;
  *height = self->sizes[page].height;
}

static void
draw_on (GezPdf          *self,
         guint            number,
         cairo_surface_t *surface,
         double           scale)
{
  PopplerPage *page;
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  g_mutex_lock (&self->mutex);
  page = poppler_document_get_page (self->document, (int) number);
  if (page != NULL)
    poppler_page_render (page, cr);
  g_clear_object (&page);
  g_mutex_unlock (&self->mutex);
  cairo_destroy (cr);
}

static GdkTexture *
take_texture (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy,
                                      cairo_surface_reference (surface));
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

/**
 * gez_pdf_draw:
 * @self: a document
 * @page: from 0
 * @scale: pixels for a point; less is taken where the page would have more than is safe
 * @error: GEZ_PREVIEW_ERROR
 *
 * Returns: (transfer full): the page on white, or %NULL. Any thread may ask.
 */
GdkTexture *
gez_pdf_draw (GezPdf  *self,
              guint    page,
              double   scale,
              GError **error)
{
  const Size *size;
  cairo_surface_t *surface;
  GdkTexture *texture = NULL;

  g_return_val_if_fail (GEZ_IS_PDF (self), NULL);
  g_return_val_if_fail (page < self->n_pages, NULL);
  g_return_val_if_fail (scale > 0, NULL);

  size = &self->sizes[page];
  scale = MIN (scale, LONGEST_SIDE / MAX (size->width, size->height));
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (1, (int) ceil (size->width * scale)),
                                        MAX (1, (int) ceil (size->height * scale)));
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      draw_on (self, page, surface, scale);
      texture = take_texture (surface);
    }
  else
    g_set_error_literal (error, GEZ_PREVIEW_ERROR, GEZ_PREVIEW_ERROR_TOO_LARGE,
                         cairo_status_to_string (cairo_surface_status (surface)));
  cairo_surface_destroy (surface);
  return texture;
}

static char *
get_text (GezPdf *self,
          guint   page)
{
  PopplerPage *found;
  char *text = NULL;

  g_mutex_lock (&self->mutex);
  found = poppler_document_get_page (self->document, (int) page);
  if (found != NULL)
    text = poppler_page_get_text (found);
  g_clear_object (&found);
  g_mutex_unlock (&self->mutex);
  return text != NULL ? text : g_strdup ("");
}

typedef struct
{
  guint page;
  double scale;
  char *text;
} Drawing;

static void
drawing_free (gpointer data)
{
  Drawing *drawing = data;

  g_free (drawing->text);
  g_free (drawing);
}

static void
draw_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Drawing *drawing = data;
  GError *error = NULL;
  GdkTexture *texture = gez_pdf_draw (source, drawing->page, drawing->scale, &error);

  if (texture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  drawing->text = get_text (source, drawing->page);
  g_task_return_pointer (task, texture, g_object_unref);
}

/**
 * gez_pdf_draw_async:
 * @self: a document
 * @page: from 0
 * @scale: pixels for a point
 * @callback: called when it is drawn
 * @user_data: for @callback
 *
 * As gez_pdf_draw(), on another thread.
 */
void
gez_pdf_draw_async (GezPdf             *self,
                    guint               page,
                    double              scale,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Drawing *drawing;

  g_return_if_fail (GEZ_IS_PDF (self));
  g_return_if_fail (page < self->n_pages);
  g_return_if_fail (scale > 0);

  drawing = g_new0 (Drawing, 1);
  drawing->page = page;
  drawing->scale = scale;
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, gez_pdf_draw_async);
  g_task_set_task_data (task, drawing, drawing_free);
  g_task_run_in_thread (task, draw_thread);
}

/**
 * gez_pdf_draw_finish:
 * @self: a document
 * @result: what the callback was given
 * @text: (out) (optional): the words of the page, for who hears it; empty for a scan
 * @error: GEZ_PREVIEW_ERROR
 *
 * Returns: (transfer full): the page on white, or %NULL
 */
GdkTexture *
gez_pdf_draw_finish (GezPdf       *self,
                     GAsyncResult *result,
                     char        **text,
                     GError      **error)
{
  Drawing *drawing;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  drawing = g_task_get_task_data (G_TASK (result));
  if (text != NULL)
    *text = g_steal_pointer (&drawing->text);
  return g_task_propagate_pointer (G_TASK (result), error);
}
