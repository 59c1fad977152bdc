/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-merge-scan.h"

#include <string.h>

#include "store/gez-circle.h"
#include "store/gez-file-name.h"

/* Reads the cells of a birth where they lie, without making a GVariant of each value: most of what a new device
 * takes in is births, and GVariants would cost more than the database.
 *
 * It takes nothing but the normal form of `a(sva(ayt))` with values of the five types of the log and without replaced versions.
 * Everything else, sound or not, is left to GLib. So what it takes is what GLib takes, and no more.
 *
 * Source: "GVariant Specification", Allison Karlitskaya: a container of things of different sizes ends with the offsets of
 * where each ends, in 1, 2, 4 or 8 bytes according to its own size; those of a tuple stand in reverse; texts and
 * variants end with a NUL; padding is zero. */

typedef struct
{
  const guint8 *data;
  gsize size;
} Span;

static guint
offset_size (gsize size)
{
  return size <= G_MAXUINT8 ? 1 : size <= G_MAXUINT16 ? 2 : size <= G_MAXUINT32 ? 4 : 8;
}

static gsize
read_offset (const guint8 *at,
             guint         size)
{
  guint64 value = 0;

  for (guint i = 0; i < size; i++)
    value |= (guint64) at[i] << (8 * i);
  return (gsize) value;
}

/* The next place that 8 divides; FALSE when there is something in between, or no room. */
static gboolean
align (Span   container,
       gsize  end,
       gsize  limit,
       gsize *start)
{
  *start = (end + 7) & ~(gsize) 7;
  if (end > limit || *start > limit)
    return FALSE;
  for (gsize i = end; i < *start; i++)
    if (container.data[i] != 0)
      return FALSE;
  return TRUE;
}

static gboolean
is_text (const guint8 *data,
         gsize         size)
{
  return size > 0 && data[size - 1] == '\0' && g_utf8_validate_len ((const char *) data, size - 1, NULL);
}

static gboolean
scan_value (Span         span,
            GezCellView *view)
{
  const guint8 *end = span.data + span.size;

  view->data = span.data;
  if (span.size >= 3 && end[-3] == '\0' && ((end[-2] == 'a' && end[-1] == 'y') || (end[-2] == '(' && end[-1] == ')')))
    {
      view->type = end[-2] == 'a' ? 'a' : 'u';
      view->size = span.size - 3;
      return view->type == 'a' || (view->size == 1 && span.data[0] == 0);
    }
  if (span.size < 2 || end[-2] != '\0')
    return FALSE;
  view->type = (char) end[-1];
  view->size = span.size - 2;
  if (view->type == 'x' || view->type == 'd')
    return view->size == 8;
  if (view->type != 's' || !is_text (view->data, view->size))
    return FALSE;
  view->size--;
  return TRUE;
}

static gboolean
scan_cell (Span         span,
           GezCellView *view)
{
  guint width = offset_size (span.size);
  gsize body, name_end, value_start, value_end, rest;

  if (span.size < 2 * width)
    return FALSE;
  body = span.size - 2 * width;
  name_end = read_offset (span.data + span.size - width, width);
  value_end = read_offset (span.data + body, width);
  if (!align (span, name_end, body, &value_start) || value_end < value_start ||
      !align (span, value_end, body, &rest) || rest != body || !is_text (span.data, name_end))
    return FALSE;
  view->name = (const char *) span.data;
  return scan_value ((Span) { span.data + value_start, value_end - value_start }, view);
}

/**
 * gez_scan_birth:
 * @cells: the cells as they stand in the log
 * @views: (out): room for %GEZ_SCAN_CELLS_MAX; they live as long as @cells
 *
 * Thread: any.
 *
 * Returns: whether they are the plain cells of a birth, in normal form
 */
gboolean
gez_scan_birth (GBytes      *cells,
                GezCellView *views,
                guint       *n_views)
{
  Span all;
  guint width;
  gsize ends, n_cells, end = 0, start;

  all.data = g_bytes_get_data (cells, &all.size);
  width = offset_size (all.size);
  if (all.size < width)
    return FALSE;
  ends = read_offset (all.data + all.size - width, width);
  if (ends >= all.size || (all.size - ends) % width != 0)
    return FALSE;
  n_cells = (all.size - ends) / width;
  if (n_cells > GEZ_SCAN_CELLS_MAX)
    return FALSE;
  for (gsize i = 0; i < n_cells; i++)
    {
      if (!align (all, end, ends, &start))
        return FALSE;
      end = read_offset (all.data + ends + i * width, width);
      if (end < start || end > ends || !scan_cell ((Span) { all.data + start, end - start }, &views[i]))
        return FALSE;
    }
  *n_views = (guint) n_cells;
  return TRUE;
}

/**
 * gez_cell_view_fits:
 *
 * The same answer as gez_column_takes().
 */
gboolean
gez_cell_view_fits (const GezCellView *view,
                    const GezColumn   *column)
{
  GezCircle circle;

  if (view->type == 'u')
    return !column->is_required && column->standard == NULL;
  switch (column->kind)
    {
    case GEZ_COLUMN_INTEGER:
    case GEZ_COLUMN_BOOLEAN:
    case GEZ_COLUMN_INSTANT:
      return view->type == 'x';
    case GEZ_COLUMN_ID:
    case GEZ_COLUMN_FILE:
      return view->type == 'a' && view->size == GEZ_ID_SIZE;
    case GEZ_COLUMN_KEY:
      return view->type == 'a' && view->size == GEZ_FILE_KEY_SIZE;
    case GEZ_COLUMN_CIRCLE:
      return view->type == 'a' && gez_circle_decode (view->data, view->size, &circle);
    case GEZ_COLUMN_TEXT:
    case GEZ_COLUMN_DATE:
    case GEZ_COLUMN_TIME:
    default:
      return view->type == 's';
    }
}

/**
 * gez_cell_view_number:
 *
 * Returns: the number of a view of type `x`
 */
gint64
gez_cell_view_number (const GezCellView *view)
{
  gint64 value;

  memcpy (&value, view->data, sizeof value);
  return GINT64_FROM_LE (value);
}
