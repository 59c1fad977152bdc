/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-salvage-rows.h"

#include <string.h>

#include "store/gez-circle.h"

/* What the change log of a damaged store misses is written into it, as writes of a new device:
 *
 * 1. A row that was read and of which the log has no birth is born again, with the values that it had.
 * 2. A cell that was read and differs from what the log says gets its value back; a write of it was lost.
 * 3. A row that is known from the log alone keeps what the log says.
 * 4. A parent that others refer to and of which nothing is left gets a stand-in with "?" for what it must have, so
 *    that its children are not lost with it.
 *
 * All of it goes through the merge: the new store is what any device would make of this log. */

#define WRITES_AT_ONCE 2000
#define ROUNDS_MAX 8 /* a parent of a parent of a parent… */
#define ACT "salvage"

static GVariant *
value_of (GezStatement *row,
          int           column)
{
  if (gez_statement_is_null (row, column))
    return g_variant_new ("()");
  if (gez_statement_is_integer (row, column))
    return g_variant_new_int64 (gez_statement_get_integer (row, column));
  if (gez_statement_is_blob (row, column))
    {
      g_autoptr (GBytes) bytes = gez_statement_get_blob (row, column);

      return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, g_bytes_get_data (bytes, NULL),
                                        g_bytes_get_size (bytes), 1);
    }
  return g_variant_new_take_string (g_utf8_make_valid (gez_statement_get_text (row, column), -1));
}

static void
add_cell (GVariantBuilder *cells,
          const char      *column,
          GVariant        *value,
          GArray          *replaced)
{
  GVariantBuilder versions;

  g_variant_builder_init (&versions, G_VARIANT_TYPE ("a(ayt)"));
  for (guint i = 0; replaced && i < replaced->len; i++)
    {
      GezVersion *version = &g_array_index (replaced, GezVersion, i);

      g_variant_builder_add (&versions, "(@ayt)",
                             g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, version->device.bytes,
                                                        GEZ_ID_SIZE, 1),
                             version->counter);
    }
  g_variant_builder_add (cells, "(sva(ayt))", column, value, &versions);
}

/* Takes the cells. */
static gboolean
write_cells (GezSalvageRows  *self,
             const char      *table,
             const GezId     *id,
             gboolean         is_birth,
             GVariantBuilder *cells,
             GError         **error)
{
  GezWrite *write = g_new0 (GezWrite, 1);

  write->version.device = self->device;
  write->version.counter = write->command = ++self->n_written;
  write->act = g_strdup (ACT);
  write->table = g_strdup (table);
  write->id = *id;
  write->is_birth = is_birth;
  write->wall_at = gez_clock_get_now (gez_database_get_clock (self->database));
  write->cells = gez_log_cells_to_bytes (cells);
  return gez_salvage_rows_add_write (self, write, error);
}

/**
 * gez_salvage_rows_flush:
 *
 * Merges what is pending.
 */
gboolean
gez_salvage_rows_flush (GezSalvageRows *self,
                        GError        **error)
{
  if (!gez_merge_apply (self->database, self->pending, error))
    return FALSE;
  g_ptr_array_set_size (self->pending, 0);
  return TRUE;
}

/**
 * gez_salvage_rows_add_write:
 * @write: (transfer full): of the old log, or a new one
 */
gboolean
gez_salvage_rows_add_write (GezSalvageRows *self,
                            GezWrite       *write,
                            GError        **error)
{
  g_ptr_array_add (self->pending, write);
  return self->pending->len < WRITES_AT_ONCE || gez_salvage_rows_flush (self, error);
}

static gboolean
is_equal (GezStatement *a,
          int           in_a,
          GezStatement *b,
          int           in_b)
{
  g_autoptr (GVariant) one = g_variant_ref_sink (value_of (a, in_a));
  g_autoptr (GVariant) other = g_variant_ref_sink (value_of (b, in_b));

  return g_variant_equal (one, other);
}

static gboolean
bear (GezSalvageRows     *self,
      const GezTable     *table,
      const char * const *columns,
      GezStatement       *row,
      const GezId        *id,
      GError            **error)
{
  g_auto (GVariantBuilder) cells = { 0 };

  g_variant_builder_init (&cells, G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE));
  for (int i = 0; columns[i]; i++)
    if (!g_str_equal (columns[i], "id") && !gez_statement_is_null (row, i + 1))
      add_cell (&cells, columns[i], value_of (row, i + 1), NULL);
  return write_cells (self, table->name, id, TRUE, &cells, error);
}

static gboolean
correct (GezSalvageRows     *self,
         const GezTable     *table,
         const char * const *columns,
         GezStatement       *row,
         GezStatement       *present,
         const GezId        *id,
         GError            **error)
{
  g_auto (GVariantBuilder) cells = { 0 };
  gboolean differs = FALSE;

  g_variant_builder_init (&cells, G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE));
  for (int i = 0; columns[i]; i++)
    {
      g_autoptr (GArray) heads = NULL;

      if (is_equal (row, i + 1, present, i))
        continue;
      heads = gez_log_get_heads (self->database, id, columns[i], error);
      if (heads == NULL)
        return FALSE;
      add_cell (&cells, columns[i], value_of (row, i + 1), heads);
      differs = TRUE;
    }
  self->damage->n_corrected += differs;
  return !differs || write_cells (self, table->name, id, FALSE, &cells, error);
}

/**
 * gez_salvage_rows_compare:
 * @columns: of @table, `id` among them
 * @row: a row that was read: `row`, then @columns
 *
 * Brings the row of the new store in line with what was read.
 */
gboolean
gez_salvage_rows_compare (GezSalvageRows     *self,
                          const GezTable     *table,
                          const char * const *columns,
                          GezStatement       *row,
                          GError            **error)
{
  g_autofree char *list = g_strjoinv ("\", \"", (char **) columns);
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE id = ?", list, table->name);
  g_autoptr (GezStatement) present = NULL;
  GezId id = GEZ_ID_NONE;
  GezVersion birth;
  GError *failure = NULL;

  for (int i = 0; columns[i]; i++)
    if (g_str_equal (columns[i], "id"))
      id = gez_statement_get_id (row, i + 1);
  if (gez_id_is_none (&id))
    return TRUE;
  present = gez_database_query (self->database, error, sql, GEZ_ID, &id, GEZ_END);
  if (present == NULL)
    return FALSE;
  if (gez_statement_next (present, &failure))
    return correct (self, table, columns, row, present, &id, error);
  /* Born in the log, but waiting for a parent: it comes back when that has a stand-in. */
  if (failure == NULL && gez_log_get_birth (self->database, &id, &birth, &failure))
    return TRUE;
  if (failure == NULL)
    return bear (self, table, columns, row, &id, error);
  g_propagate_error (error, failure);
  return FALSE;
}

/* A value for a column that must have one: its default, or something that says nothing. */
static GVariant *
make_up (GezStatement    *column, /* name, type, dflt_value */
         const GezCircle *circle)
{
  const char *name = gez_statement_get_text (column, 0), *standard = gez_statement_get_text (column, 2);
  g_autofree char *text = standard ? g_strdup (standard) : NULL;
  gsize length = text ? strlen (text) : 0;

  if (g_str_equal (gez_statement_get_text (column, 1), "INTEGER"))
    return g_variant_new_int64 (text ? g_ascii_strtoll (text, NULL, 10) : 0);
  if (g_str_equal (gez_statement_get_text (column, 1), "BLOB"))
    return g_str_equal (name, "household_id") && !gez_id_is_none (&circle->subject)
             ? g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, circle->subject.bytes, GEZ_ID_SIZE, 1)
             : NULL;
  if (length >= 2 && text[0] == '\'')
    return g_variant_new_take_string (g_strndup (text + 1, length - 2));
  return g_variant_new_string ("?");
}

static GVariant *
encode_circle (GezCircle circle)
{
  guint8 bytes[GEZ_CIRCLE_SIZE_MAX];
  gsize size = gez_circle_encode (circle, bytes);

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, size, 1);
}

static gboolean
bear_stand_in (GezSalvageRows *self,
               const char     *table,
               const GezId    *id,
               GezCircle       circle,
               GError        **error)
{
  g_auto (GVariantBuilder) cells = { 0 };
  g_autoptr (GezStatement) column = NULL;

  if (g_str_equal (table, "household"))
    circle = gez_circle_open (id);
  g_variant_builder_init (&cells, G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE));
  column = gez_database_query (self->database, error,
                               "SELECT name, type, dflt_value FROM pragma_table_info(?) WHERE \"notnull\" "
                               "AND name NOT IN ('row', 'id')", GEZ_TEXT, table, GEZ_END);
  if (column == NULL)
    return FALSE;
  while (gez_statement_next (column, NULL))
    {
      const char *name = gez_statement_get_text (column, 0);
      GVariant *value = g_str_equal (name, "circle") ? encode_circle (circle) : make_up (column, &circle);

      if (value == NULL)
        return TRUE; /* nobody can tell; what refers to it stays on hold */
      add_cell (&cells, name, value, NULL);
    }
  self->damage->n_stand_ins++;
  return write_cells (self, table, id, TRUE, &cells, error);
}

typedef struct
{
  char *table;
  GezId id;
  GezCircle circle;
} Parent;

static void
parent_clear (gpointer data)
{
  g_free (((Parent *) data)->table);
}

static gboolean
is_there (GezSalvageRows *self,
          const char     *table,
          const GezId    *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE id = ?", table);

  return gez_database_integer (self->database, 0, sql, GEZ_ID, id, GEZ_END) == 1 ||
         gez_database_integer (self->database, 0, "SELECT 1 FROM change_log WHERE id = ? AND is_birth LIMIT 1",
                               GEZ_ID, id, GEZ_END) == 1;
}

static void
note_parent (GezSalvageRows *self,
             GArray         *parents,
             const char     *table,
             GVariant       *reference,
             GVariant       *circle)
{
  Parent parent = { 0 };

  if (reference == NULL || !g_variant_is_of_type (reference, G_VARIANT_TYPE_BYTESTRING) ||
      g_variant_get_size (reference) != GEZ_ID_SIZE || circle == NULL ||
      !g_variant_is_of_type (circle, G_VARIANT_TYPE_BYTESTRING) ||
      !gez_circle_decode (g_variant_get_data (circle), g_variant_get_size (circle), &parent.circle))
    return;
  memcpy (parent.id.bytes, g_variant_get_data (reference), GEZ_ID_SIZE);
  for (guint i = 0; i < parents->len; i++)
    if (gez_id_equal (&g_array_index (parents, Parent, i).id, &parent.id))
      return;
  if (is_there (self, table, &parent.id))
    return;
  parent.table = g_strdup (table);
  g_array_append_val (parents, parent);
}

static gboolean
find_parents (GezSalvageRows *self,
              GArray         *parents,
              GError        **error)
{
  GError *failure = NULL;
  g_autoptr (GezStatement) held =
      gez_database_query (self->database, error,
                          "SELECT h.table_name, l.cells, k.\"table\", k.\"from\" FROM held AS h JOIN change_log "
                          "AS l ON l.id = h.id AND l.is_birth JOIN pragma_foreign_key_list(h.table_name) AS k",
                          GEZ_END);

  while (held && gez_statement_next (held, &failure))
    {
      g_autoptr (GBytes) bytes = gez_statement_get_blob (held, 1);
      g_autoptr (GVariant) cells = gez_log_cells_from_bytes (bytes);
      g_autoptr (GVariant) reference = gez_log_find_cell (cells, gez_statement_get_text (held, 3));
      g_autoptr (GVariant) circle = gez_log_find_cell (cells, "circle");

      note_parent (self, parents, gez_statement_get_text (held, 2), reference, circle);
    }
  if (failure)
    g_propagate_error (error, failure);
  return held && failure == NULL;
}

/**
 * gez_salvage_rows_stand_in:
 *
 * Gives rows that wait for a lost parent a stand-in for it.
 */
gboolean
gez_salvage_rows_stand_in (GezSalvageRows *self,
                           GError        **error)
{
  for (guint round = 0; round < ROUNDS_MAX; round++)
    {
      g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (Parent));
      gint64 n_before = self->damage->n_stand_ins;

      g_array_set_clear_func (parents, parent_clear);
      if (!find_parents (self, parents, error))
        return FALSE;
      for (guint i = 0; i < parents->len; i++)
        {
          Parent *parent = &g_array_index (parents, Parent, i);

          if (!bear_stand_in (self, parent->table, &parent->id, parent->circle, error))
            return FALSE;
        }
      if (!gez_salvage_rows_flush (self, error))
        return FALSE;
      if (self->damage->n_stand_ins == n_before)
        return TRUE;
    }
  return TRUE;
}

static gboolean
settle_one (GezSalvageRows *self,
            const char     *table,
            const GezId    *id,
            const char     *column,
            GError        **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE id = ?", column, table);
  g_autoptr (GezStatement) row = gez_database_query (self->database, error, sql, GEZ_ID, id, GEZ_END);
  g_autoptr (GArray) heads = row ? gez_log_get_heads (self->database, id, column, error) : NULL;
  g_auto (GVariantBuilder) cells = { 0 };

  if (heads == NULL)
    return FALSE;
  if (!gez_statement_next (row, NULL))
    return TRUE;
  g_variant_builder_init (&cells, G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE));
  add_cell (&cells, column, value_of (row, 0), heads);
  return write_cells (self, table, id, FALSE, &cells, error);
}

/**
 * gez_salvage_rows_settle:
 *
 * A row that was born again has, in the eyes of the log, another value than the writes that followed its lost
 * birth. These are no conflicts between people; the value that was read stands.
 */
gboolean
gez_salvage_rows_settle (GezSalvageRows *self,
                         GError        **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (GezId));
  GError *failure = NULL;
  g_autoptr (GezStatement) statement =
      gez_database_query (self->database, error,
                          "SELECT h.id, h.column_name, l.table_name FROM head AS h JOIN change_log AS l ON l.id = "
                          "h.id AND l.is_birth AND l.device = ? GROUP BY h.id, h.column_name HAVING count(*) > 1",
                          GEZ_ID, &self->device, GEZ_END);

  while (statement && gez_statement_next (statement, &failure))
    {
      GezId id = gez_statement_get_id (statement, 0);

      g_array_append_val (ids, id);
      g_ptr_array_add (names, g_strdup (gez_statement_get_text (statement, 1)));
      g_ptr_array_add (names, g_strdup (gez_statement_get_text (statement, 2)));
    }
  for (guint i = 0; statement && failure == NULL && i < ids->len; i++)
    settle_one (self, names->pdata[2 * i + 1], &g_array_index (ids, GezId, i), names->pdata[2 * i], &failure);
  if (failure)
    g_propagate_error (error, failure);
  return statement && failure == NULL && gez_salvage_rows_flush (self, error);
}
