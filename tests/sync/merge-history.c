/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "merge-history.h"

#include <string.h>

#include "sync/gez-merge-private.h"

#define N_DEVICES 4
#define WALL G_GINT64_CONSTANT (1773306000000)
#define YEAR (365 * 86400 * G_GINT64_CONSTANT (1000))

typedef struct
{
  const char *table;
  GezId id;
  GezCircle circle;
} Row;

typedef struct
{
  const char *column;
  guint row;
  GezVersion version;
} CellVersion;

static GezId
make_id (guint8  kind,
         guint32 number)
{
  GezId id = { { kind, 1 } };

  memcpy (id.bytes + 8, &number, sizeof number);
  return id;
}

static GezId
device_at (guint i)
{
  return make_id (0xd0, i + 1);
}

static guint
pick (History *self,
      guint    n)
{
  return (guint) g_rand_int_range (self->random, 0, (gint32) n);
}

static gboolean
chance (History *self,
        guint    percent)
{
  return pick (self, 100) < percent;
}

static GezCircle
any_circle (History *self)
{
  GezId one = make_id (0xa0, 1), other = make_id (0xa0, 2);

  switch (pick (self, 4))
    {
    case 0:
      return gez_circle_team ();
    case 1:
      return gez_circle_open (&one);
    case 2:
      return gez_circle_casework (&one);
    default:
      return gez_circle_open (&other);
    }
}

static GVariant *
circle_value (GezCircle circle)
{
  guint8 bytes[GEZ_CIRCLE_SIZE_MAX];
  gsize size = gez_circle_encode (circle, bytes);

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, size, 1);
}

static GVariant *
id_value (GezId id)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, id.bytes, GEZ_ID_SIZE, 1);
}

static GVariant *
text_value (History *self)
{
  static const char *const texts[] = { "Samen", "Verzonnen", "Proef", "Denkbeeld", "" };

  return g_variant_new_string (texts[pick (self, G_N_ELEMENTS (texts))]);
}

/* A value of this column, or one that it cannot hold. */
static GVariant *
value_for (History    *self,
           const char *column)
{
  static const char *const sets[] = { "huur;school", "school;werk", "werk", "" };

  if (chance (self, 5))
    return chance (self, 50) ? g_variant_new_int64 (7) : g_variant_new_double (0.5);
  if (g_str_equal (column, "circle"))
    return circle_value (any_circle (self));
  if (g_str_equal (column, "tags"))
    return g_variant_new_string (sets[pick (self, G_N_ELEMENTS (sets))]);
  if (g_str_has_suffix (column, "_at") || g_str_has_prefix (column, "size"))
    return chance (self, 30) ? g_variant_new ("()") : g_variant_new_int64 (pick (self, 3));
  if (g_str_equal (column, "household_id"))
    return id_value (make_id (0xa0, 1 + pick (self, 3)));
  if (g_str_has_suffix (column, "_key"))
    return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "0123456789abcdef0123456789abcdef", 32, 1);
  if (g_str_has_suffix (column, "_id"))
    return id_value (make_id (0xb0, pick (self, 8)));
  return text_value (self);
}

static const char *const *
columns_of (const char *table)
{
  static const char *const household[] = { "name", "address", "withdrawn_at", "withdrawn_reason", "circle", "later", NULL };
  static const char *const person[] = { "household_id", "first_name", "last_name", "circle", NULL };
  static const char *const relation[] = { "person_id", "other_person_id", "kind", "circle", NULL };
  static const char *const document[] = { "household_id", "name", "tags", "size_bytes", "content_hash", "file_id",
                                          "file_key", "added_at", "circle", NULL };

  if (g_str_equal (table, "household"))
    return household;
  if (g_str_equal (table, "person"))
    return person;
  return g_str_equal (table, "relation") ? relation : document;
}

static void
add_replaced (History         *self,
              GVariantBuilder *versions,
              guint            row,
              const char      *column)
{
  for (guint i = 0; i < self->versions->len; i++)
    {
      CellVersion *seen = &g_array_index (self->versions, CellVersion, i);

      if (seen->row == row && (seen->column == NULL || g_str_equal (seen->column, column)) && chance (self, 70))
        g_variant_builder_add (versions, "(@ayt)", id_value (seen->version.device), seen->version.counter);
    }
  if (chance (self, 3)) /* one that does not exist yet */
    g_variant_builder_add (versions, "(@ayt)", id_value (device_at (pick (self, N_DEVICES))),
                           self->counters[0] + pick (self, 10));
}

static void
add_cell (History         *self,
          GVariantBuilder *cells,
          guint            row,
          const char      *column,
          GVariant        *value,
          gboolean         is_birth)
{
  GVariantBuilder versions;

  g_variant_builder_init (&versions, G_VARIANT_TYPE ("a(ayt)"));
  if (!is_birth)
    add_replaced (self, &versions, row, column);
  g_variant_builder_add (cells, "(sva(ayt))", column, value, &versions);
}

static GezWrite *
copy_write (const GezWrite *write)
{
  GezWrite *copy = g_memdup2 (write, sizeof *write);

  copy->act = g_strdup (write->act);
  copy->table = g_strdup (write->table);
  copy->cells = g_bytes_ref (write->cells);
  copy->of_circle = NULL;
  return copy;
}

static void
arrive (History       *self,
        GezCircle      circle,
        GezId          brought_by,
        const GezWrite *write)
{
  Arrival *arrival = g_new0 (Arrival, 1);

  arrival->circle = circle;
  arrival->brought_by = brought_by;
  arrival->is_snapshot = chance (self, 10);
  arrival->write = copy_write (write);
  g_ptr_array_add (self->arrivals, arrival);
}

/* Bytes that are no cells, or cells of something else. */
static void
forge (History  *self,
       GezWrite *write)
{
  g_auto (GVariantBuilder) cells = { 0 };

  g_bytes_unref (write->cells);
  g_variant_builder_init (&cells, G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE));
  if (chance (self, 20))
    write->cells = g_bytes_new_static ("geen cellen", 11);
  else
    {
      add_cell (self, &cells, 0, "name", text_value (self), write->is_birth);
      add_cell (self, &cells, 0, "circle", circle_value (any_circle (self)), write->is_birth);
      write->cells = gez_log_cells_to_bytes (&cells);
    }
  write->wall_at += pick (self, 3);
}

static void
let_arrive (History       *self,
            GezCircle      stands,
            gboolean       is_moved,
            const GezWrite *write)
{
  GezId device = write->version.device;
  g_autoptr (GArray) unused = NULL;

  arrive (self, chance (self, 88) ? stands : any_circle (self), device, write);
  if (is_moved || chance (self, 10))
    arrive (self, any_circle (self), device, write);
  while (chance (self, 25))
    {
      GezWrite *other = copy_write (write);

      if (chance (self, 40))
        forge (self, other);
      arrive (self, chance (self, 60) ? stands : any_circle (self),
              chance (self, 85) ? device_at (pick (self, N_DEVICES)) : device, other);
      gez_write_free (other);
    }
}

static void
write_row (History  *self,
           guint     at,
           gboolean  is_birth)
{
  Row *row = g_ptr_array_index (self->rows, at);
  g_auto (GVariantBuilder) cells = { 0 };
  const char *const *columns = columns_of (row->table);
  guint device = pick (self, N_DEVICES);
  GezWrite write = { .version = { device_at (device), ++self->counters[device] }, .act = (char *) "edit",
                     .table = (char *) row->table, .id = row->id, .is_birth = is_birth };
  gboolean is_moved = FALSE;

  g_variant_builder_init (&cells, G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE));
  for (guint i = 0; columns[i]; i++)
    {
      gboolean is_circle = g_str_equal (columns[i], "circle");
      CellVersion seen = { is_birth ? NULL : columns[i], at, write.version };

      if (!chance (self, is_birth ? 96 : is_circle ? 15 : 40))
        continue;
      is_moved |= is_circle && !is_birth;
      add_cell (self, &cells, at, columns[i],
                is_circle && is_birth ? circle_value (row->circle) : value_for (self, columns[i]), is_birth);
      if (!is_birth)
        g_array_append_val (self->versions, seen);
    }
  if (is_birth)
    {
      CellVersion seen = { NULL, at, write.version };

      g_array_append_val (self->versions, seen);
    }
  write.command = write.version.counter;
  write.wall_at = WALL + (device == 0 ? 3 * YEAR : device == 1 ? -YEAR : 0) + pick (self, 5);
  write.cells = gez_log_cells_to_bytes (&cells);
  let_arrive (self, row->circle, is_moved, &write);
  g_bytes_unref (write.cells);
}

static guint
add_row (History *self)
{
  static const char *const tables[] = { "household", "person", "relation", "document", "invented_later" };
  Row *row = g_new0 (Row, 1);

  row->table = tables[pick (self, G_N_ELEMENTS (tables))];
  row->circle = any_circle (self);
  if (g_str_equal (row->table, "household"))
    row->id = make_id (0xa0, 1 + pick (self, 3)); /* sometimes one that is there */
  else
    row->id = make_id (g_str_equal (row->table, "person") ? 0xb0 : g_str_equal (row->table, "relation") ? 0xb1 : 0xb2,
                       pick (self, 8));
  if (g_str_equal (row->table, "invented_later"))
    row->id.bytes[0] = 0xb3;
  g_ptr_array_add (self->rows, row);
  return self->rows->len - 1;
}

static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;

  gez_write_free (arrival->write);
  g_free (arrival);
}

History *
history_new (guint32 seed,
             guint   n_writes)
{
  History *self = g_new0 (History, 1);

  self->random = g_rand_new_with_seed (seed);
  self->arrivals = g_ptr_array_new_with_free_func (arrival_free);
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->versions = g_array_new (FALSE, TRUE, sizeof (CellVersion));
  for (guint i = 0; i < n_writes; i++)
    {
      gboolean is_birth = self->rows->len == 0 || chance (self, 35);

      write_row (self, is_birth ? add_row (self) : pick (self, self->rows->len), is_birth);
    }
  return self;
}

void
history_free (History *self)
{
  g_rand_free (self->random);
  g_ptr_array_unref (self->arrivals);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->versions);
  g_free (self);
}

void
history_shuffle (History *self)
{
  for (guint i = self->arrivals->len; i > 1; i--)
    {
      guint j = pick (self, i);
      gpointer one = self->arrivals->pdata[i - 1];

      self->arrivals->pdata[i - 1] = self->arrivals->pdata[j];
      self->arrivals->pdata[j] = one;
    }
}

static void
flush (MemoryDatabase *memory,
       Arrival        *like,
       GPtrArray      *batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);

  if (like->is_snapshot)
    gez_merge_apply_brought (memory->database, &like->circle, &like->brought_by, FALSE, batch, tables, NULL, &error);
  else
    gez_merge_apply_received (memory->database, &like->circle, &like->brought_by, batch, tables, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_set_size (batch, 0);
}

static gboolean
goes_with (Arrival *a,
           Arrival *b)
{
  return a->circle.kind == b->circle.kind && gez_id_equal (&a->circle.subject, &b->circle.subject) &&
         gez_id_equal (&a->brought_by, &b->brought_by) && a->is_snapshot == b->is_snapshot;
}

void
history_arrive (History        *self,
                MemoryDatabase *memory,
                guint           batch_max)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
  Arrival *last = NULL;

  for (guint i = 0; i < self->arrivals->len; i++)
    {
      Arrival *arrival = g_ptr_array_index (self->arrivals, chance (self, 15) ? pick (self, i + 1) : i);

      for (guint twice = 0; twice < 2; twice++, arrival = g_ptr_array_index (self->arrivals, i))
        {
          if (last && (batch->len >= batch_max || !goes_with (last, arrival)))
            flush (memory, last, batch);
          g_ptr_array_add (batch, copy_write (arrival->write));
          last = arrival;
        }
    }
  if (last)
    flush (memory, last, batch);
}

static void
append_rows (GString        *state,
             MemoryDatabase *memory,
             const char     *sql)
{
  g_autoptr (GezStatement) row = gez_database_query (memory->database, NULL, sql, GEZ_END);

  g_assert_nonnull (row);
  while (gez_statement_next (row, NULL))
    g_string_append_printf (state, "%s\n", gez_statement_get_text (row, 0));
}

char *
history_state (MemoryDatabase *memory)
{
  g_autofree char *dump = memory_database_dump (memory);
  GString *state = g_string_new (dump);

  append_rows (state, memory, "SELECT 'head ' || hex (id) || column_name || hex (device) || counter || is_disputed "
                              "FROM head ORDER BY id, column_name, device, counter");
  append_rows (state, memory, "SELECT 'held ' || hex (id) FROM held ORDER BY id");
  append_rows (state, memory, "SELECT 'waiting ' || hex (id) || hex (waits_for) FROM waiting ORDER BY id, waits_for");
  append_rows (state, memory, "SELECT 'log ' || hex (device) || counter || hex (id) || hex (cells) || "
                              "coalesce (hex (brought_by), '') FROM change_log WHERE counter > 0 AND device <> id "
                              "ORDER BY device, counter");
  return g_string_free (state, FALSE);
}
