/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-change-private.h"

#include <sodium.h>
#include <string.h>

#include "store/gez-schema.h"

struct _GezChange
{
  GObject parent_instance;

  char *name;
  GPtrArray *rows;   /* of GezRowChange, in the order in which they are written */
  GPtrArray *drafts; /* of GezDraftKey */
};

G_DEFINE_FINAL_TYPE (GezChange, gez_change, G_TYPE_OBJECT)

static void
cell_free (GezCell *cell)
{
  g_free (cell->column);
  g_free (cell->text);
  sodium_memzero (cell->key, sizeof cell->key);
  g_clear_pointer (&cell->heads, g_array_unref);
  g_clear_pointer (&cell->rivals, g_ptr_array_unref);
  g_free (cell);
}

static void
row_free (GezRowChange *row)
{
  g_free (row->table);
  g_ptr_array_unref (row->cells);
  g_free (row);
}

static void
draft_free (GezDraftKey *draft)
{
  g_free (draft->place);
  g_free (draft);
}

static GezRowChange *
add_row (GezChange   *self,
         const char  *table,
         const GezId *id,
         gboolean     is_insert)
{
  GezRowChange *row = g_new0 (GezRowChange, 1);

  row->table = g_strdup (table);
  row->id = *id;
  row->is_insert = is_insert;
  row->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) cell_free);
  g_ptr_array_add (self->rows, row);
  return row;
}

static GezCell *
find_cell (GezChange  *self,
           const char *column)
{
  GezRowChange *row;

  g_assert (self->rows->len > 0);
  row = g_ptr_array_index (self->rows, self->rows->len - 1);
  for (guint i = 0; i < row->cells->len; i++)
    if (g_str_equal (((GezCell *) g_ptr_array_index (row->cells, i))->column, column))
      return g_ptr_array_index (row->cells, i);
  return NULL;
}

/* Setting a column twice keeps the last value, so that a default can be given first. */
static GezCell *
cell_for (GezChange  *self,
          const char *column)
{
  GezCell *cell = find_cell (self, column);

  if (cell)
    {
      g_clear_pointer (&cell->text, g_free);
      return cell;
    }
  cell = g_new0 (GezCell, 1);
  cell->column = g_strdup (column);
  g_ptr_array_add (((GezRowChange *) g_ptr_array_index (self->rows, self->rows->len - 1))->cells, cell);
  return cell;
}

static void
gez_change_finalize (GObject *object)
{
  GezChange *self = GEZ_CHANGE (object);

  g_free (self->name);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->drafts);
  G_OBJECT_CLASS (gez_change_parent_class)->finalize (object);
}

static void
gez_change_class_init (GezChangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_change_finalize;
}

static void
gez_change_init (GezChange *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) draft_free);
}

/**
 * gez_change_new:
 * @name: what the person did, as a stable code ("record-contact"); it stands in the change log
 *
 * Returns: (transfer full): an empty change
 */
GezChange *
gez_change_new (const char *name)
{
  GezChange *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (GEZ_TYPE_CHANGE, NULL);
  self->name = g_strdup (name);
  return self;
}

const char *
gez_change_get_name (GezChange *self)
{
  g_return_val_if_fail (GEZ_IS_CHANGE (self), NULL);

  return self->name;
}

/**
 * gez_change_is_empty:
 *
 * Returns: whether there is nothing to write
 */
gboolean
gez_change_is_empty (GezChange *self)
{
  g_return_val_if_fail (GEZ_IS_CHANGE (self), TRUE);

  return self->rows->len == 0 && self->drafts->len == 0;
}

/**
 * gez_change_insert:
 * @table: a shared table
 * @id: identity of the new row, from gez_id_new()
 * @circle: who may read it
 *
 * Begins a new row. The gez_change_set_…() calls that follow fill its columns.
 */
void
gez_change_insert (GezChange   *self,
                   const char  *table,
                   const GezId *id,
                   GezCircle    circle)
{
  g_return_if_fail (GEZ_IS_CHANGE (self) && table != NULL && !gez_id_is_none (id));

  add_row (self, table, id, TRUE);
  gez_change_set_circle (self, circle);
}

/**
 * gez_change_update:
 * @table: a shared table
 * @id: identity of a row that exists
 *
 * Begins a change of a row. Only the columns that are set afterwards are written.
 */
void
gez_change_update (GezChange   *self,
                   const char  *table,
                   const GezId *id)
{
  g_return_if_fail (GEZ_IS_CHANGE (self) && table != NULL && !gez_id_is_none (id));

  add_row (self, table, id, FALSE);
}

/**
 * gez_change_withdraw:
 * @reason: (nullable): why, in the words of who does it
 *
 * Takes a row back: it counts nowhere any more and is never destroyed. The store fills in when.
 */
void
gez_change_withdraw (GezChange   *self,
                     const char  *table,
                     const GezId *id,
                     const char  *reason)
{
  g_return_if_fail (GEZ_IS_CHANGE (self) && table != NULL && !gez_id_is_none (id));

  add_row (self, table, id, FALSE);
  gez_change_set_integer (self, "withdrawn_at", GEZ_CHANGE_NOW);
  gez_change_set_text (self, "withdrawn_reason", reason);
}

/**
 * gez_change_set_circle:
 *
 * Moves the current row to another circle. Rows start in the circle they were inserted with.
 */
void
gez_change_set_circle (GezChange *self,
                       GezCircle  circle)
{
  GezCell *cell;

  g_return_if_fail (GEZ_IS_CHANGE (self));

  cell = cell_for (self, "circle");
  cell->kind = GEZ_CELL_CIRCLE;
  cell->circle = circle;
}

/**
 * gez_change_set_text:
 * @value: (nullable): UTF-8; it is stored in Unicode NFC
 */
void
gez_change_set_text (GezChange  *self,
                     const char *column,
                     const char *value)
{
  GezCell *cell;

  g_return_if_fail (GEZ_IS_CHANGE (self) && column != NULL);

  cell = cell_for (self, column);
  cell->kind = value ? GEZ_CELL_TEXT : GEZ_CELL_NULL;
  cell->text = g_strdup (value);
}

/**
 * gez_change_set_integer:
 * @value: a number, an instant, or %GEZ_CHANGE_NOW for the moment of writing
 */
void
gez_change_set_integer (GezChange  *self,
                        const char *column,
                        gint64      value)
{
  GezCell *cell;

  g_return_if_fail (GEZ_IS_CHANGE (self) && column != NULL);

  cell = cell_for (self, column);
  cell->kind = GEZ_CELL_INTEGER;
  cell->integer = value;
}

/**
 * gez_change_set_id:
 * @value: (nullable): a reference; none writes NULL
 */
void
gez_change_set_id (GezChange   *self,
                   const char  *column,
                   const GezId *value)
{
  GezCell *cell;

  g_return_if_fail (GEZ_IS_CHANGE (self) && column != NULL);

  cell = cell_for (self, column);
  cell->kind = gez_id_is_none (value) ? GEZ_CELL_NULL : GEZ_CELL_ID;
  cell->id = value ? *value : GEZ_ID_NONE;
}

/**
 * gez_change_set_key:
 * @value: the key of a sealed file; copied
 */
void
gez_change_set_key (GezChange    *self,
                    const char   *column,
                    const guint8  value[GEZ_FILE_KEY_SIZE])
{
  GezCell *cell;

  g_return_if_fail (GEZ_IS_CHANGE (self) && column != NULL && value != NULL);

  cell = cell_for (self, column);
  cell->kind = GEZ_CELL_KEY;
  memcpy (cell->key, value, sizeof cell->key);
}

/**
 * gez_change_set_file:
 * @value: which sealed file, and its key; copied
 *
 * Sets the columns file_id and file_key.
 */
void
gez_change_set_file (GezChange         *self,
                     const GezFileName *value)
{
  g_return_if_fail (GEZ_IS_CHANGE (self) && value != NULL);

  gez_change_set_id (self, "file_id", &value->id);
  gez_change_set_key (self, "file_key", value->key->bytes);
}

void
gez_change_set_null (GezChange  *self,
                     const char *column)
{
  g_return_if_fail (GEZ_IS_CHANGE (self) && column != NULL);

  cell_for (self, column)->kind = GEZ_CELL_NULL;
}

/*
 * gez_change_set_variant:
 * @value: as it stands in the log, `()` for NULL
 */
void
gez_change_set_variant (GezChange  *self,
                        const char *column,
                        GVariant   *value)
{
  GezColumnKind kind = gez_column_kind_of (column, FALSE);
  gsize size = 0;
  gconstpointer bytes;
  GezCircle circle;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    gez_change_set_integer (self, column, g_variant_get_int64 (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    gez_change_set_text (self, column, g_variant_get_string (value, NULL));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    {
      bytes = g_variant_get_fixed_array (value, &size, 1);
      if (kind == GEZ_COLUMN_CIRCLE && gez_circle_decode (bytes, size, &circle))
        gez_change_set_circle (self, circle);
      else if (kind == GEZ_COLUMN_KEY && size == GEZ_FILE_KEY_SIZE)
        gez_change_set_key (self, column, bytes);
      else if (size == GEZ_ID_SIZE)
        gez_change_set_id (self, column, bytes);
    }
  else
    gez_change_set_null (self, column);
}

/**
 * gez_change_settle:
 * @column: one that was set
 * @heads: (nullable) (element-type GezVersion): the versions that the person saw
 *
 * Has the value written even when the column shows it already, so that it replaces all others that stand beside it.
 * When the column has other versions by then than @heads, the change is refused with GEZ_STORE_ERROR_CHANGED_SINCE.
 */
void
gez_change_settle (GezChange  *self,
                   const char *column,
                   GArray     *heads)
{
  GezCell *cell;

  g_return_if_fail (GEZ_IS_CHANGE (self) && column != NULL);

  cell = find_cell (self, column);
  g_return_if_fail (cell != NULL);
  cell->is_settled = TRUE;
  g_clear_pointer (&cell->heads, g_array_unref);
  cell->heads = heads ? g_array_ref (heads) : NULL;
}

/*
 * gez_change_set_rivals:
 * @rivals: (element-type GVariant): values that are written beside the one that was set, so that people have to choose again
 */
void
gez_change_set_rivals (GezChange  *self,
                       const char *column,
                       GPtrArray  *rivals)
{
  GezCell *cell = find_cell (self, column);

  g_return_if_fail (cell != NULL);
  g_clear_pointer (&cell->rivals, g_ptr_array_unref);
  cell->rivals = g_ptr_array_ref (rivals);
}

/**
 * gez_change_clear_draft:
 *
 * Removes a draft in the same transaction, so that what was typed is always in exactly one place.
 */
void
gez_change_clear_draft (GezChange   *self,
                        const char  *place,
                        const GezId *subject)
{
  GezDraftKey *draft;

  g_return_if_fail (GEZ_IS_CHANGE (self) && place != NULL && subject != NULL);

  draft = g_new0 (GezDraftKey, 1);
  draft->place = g_strdup (place);
  draft->subject = *subject;
  g_ptr_array_add (self->drafts, draft);
}

/**
 * gez_change_append:
 * @other: emptied by this call
 *
 * Moves everything of @other behind what stands here, so that both are one act.
 */
void
gez_change_append (GezChange *self,
                   GezChange *other)
{
  g_return_if_fail (GEZ_IS_CHANGE (self) && GEZ_IS_CHANGE (other) && self != other);

  while (other->rows->len > 0)
    g_ptr_array_add (self->rows, g_ptr_array_steal_index (other->rows, 0));
  while (other->drafts->len > 0)
    g_ptr_array_add (self->drafts, g_ptr_array_steal_index (other->drafts, 0));
}

GPtrArray *
gez_change_get_rows (GezChange *self)
{
  return self->rows;
}

GPtrArray *
gez_change_get_drafts (GezChange *self)
{
  return self->drafts;
}
