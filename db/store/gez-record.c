/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-record.h"

#include <string.h>

/* A record keeps its values in one block: the values, then the texts they point to. The names of the
 * columns are interned, so that records of one query share them. */

typedef struct
{
  const char *name; /* interned */
  enum
  {
    VALUE_NULL,
    VALUE_INTEGER,
    VALUE_TEXT,
    VALUE_ID,
  } kind;
  union
  {
    gint64 integer;
    char *text;
    GezId id;
  };
} Value;

struct _GezRecord
{
  GObject parent_instance;

  Value *values;
  guint n_values;
};

G_DEFINE_FINAL_TYPE (GezRecord, gez_record, G_TYPE_OBJECT)

typedef struct
{
  GezBind kind;
  gint64 integer;
  char *text;
  GezId id;
} Argument;

typedef struct
{
  char *sql;
  GArray *arguments; /* of Argument */
} Parameters;

static const Value *
find_value (GezRecord  *self,
            const char *column)
{
  for (guint i = 0; i < self->n_values; i++)
    if (strcmp (self->values[i].name, column) == 0)
      return &self->values[i];
  return NULL;
}

static const Value *
need_value (GezRecord  *self,
            const char *column)
{
  const Value *value = find_value (self, column);

  if (value == NULL)
    g_critical ("the record holds no column %s", column);
  return value;
}

static void
read_value (GezStatement *statement,
            int           column,
            Value        *value)
{
  value->name = g_intern_string (gez_statement_get_name (statement, column));
  if (gez_statement_is_null (statement, column))
    value->kind = VALUE_NULL;
  else if (gez_statement_is_integer (statement, column))
    {
      value->kind = VALUE_INTEGER;
      value->integer = gez_statement_get_integer (statement, column);
    }
  else if (gez_statement_is_blob (statement, column))
    {
      value->kind = VALUE_ID;
      value->id = gez_statement_get_id (statement, column);
    }
  else
    {
      value->kind = VALUE_TEXT;
      value->text = g_strdup (gez_statement_get_text (statement, column));
    }
}

static void
gez_record_finalize (GObject *object)
{
  GezRecord *self = GEZ_RECORD (object);

  for (guint i = 0; i < self->n_values; i++)
    if (self->values[i].kind == VALUE_TEXT)
      g_free (self->values[i].text);
  g_free (self->values);
  G_OBJECT_CLASS (gez_record_parent_class)->finalize (object);
}

static void
gez_record_class_init (GezRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_record_finalize;
}

static void
gez_record_init (GezRecord *self)
{
}

/**
 * gez_record_new_from_statement:
 * @statement: standing on a row
 *
 * Thread: the store's worker.
 *
 * Returns: (transfer full): the row, with the columns of the statement
 */
GezRecord *
gez_record_new_from_statement (GezStatement *statement)
{
  GezRecord *self = g_object_new (GEZ_TYPE_RECORD, NULL);

  self->n_values = (guint) gez_statement_get_n_columns (statement);
  self->values = g_new0 (Value, self->n_values);
  for (guint i = 0; i < self->n_values; i++)
    read_value (statement, (int) i, &self->values[i]);
  return self;
}

/**
 * gez_record_get_id:
 *
 * Returns: (nullable) (transfer none): the value of the column `id`
 */
const GezId *
gez_record_get_id (GezRecord *self)
{
  return gez_record_get_reference (self, "id");
}

/**
 * gez_record_has:
 *
 * Returns: whether the column was read at all
 */
gboolean
gez_record_has (GezRecord  *self,
                const char *column)
{
  g_return_val_if_fail (GEZ_IS_RECORD (self), FALSE);

  return find_value (self, column) != NULL;
}

gboolean
gez_record_is_null (GezRecord  *self,
                    const char *column)
{
  const Value *value;

  g_return_val_if_fail (GEZ_IS_RECORD (self), TRUE);

  value = need_value (self, column);
  return value == NULL || value->kind == VALUE_NULL;
}

/**
 * gez_record_get_text:
 *
 * Returns: (nullable) (transfer none): the text, %NULL for NULL; lives as long as the record
 */
const char *
gez_record_get_text (GezRecord  *self,
                     const char *column)
{
  const Value *value;

  g_return_val_if_fail (GEZ_IS_RECORD (self), NULL);

  value = need_value (self, column);
  return value && value->kind == VALUE_TEXT ? value->text : NULL;
}

/**
 * gez_record_get_integer:
 *
 * Returns: the number, 0 for NULL
 */
gint64
gez_record_get_integer (GezRecord  *self,
                        const char *column)
{
  const Value *value;

  g_return_val_if_fail (GEZ_IS_RECORD (self), 0);

  value = need_value (self, column);
  return value && value->kind == VALUE_INTEGER ? value->integer : 0;
}

/**
 * gez_record_get_reference:
 *
 * Returns: (nullable) (transfer none): the identity, %NULL for NULL
 */
const GezId *
gez_record_get_reference (GezRecord  *self,
                          const char *column)
{
  const Value *value;

  g_return_val_if_fail (GEZ_IS_RECORD (self), NULL);

  value = need_value (self, column);
  return value && value->kind == VALUE_ID ? &value->id : NULL;
}

static gboolean
value_equal (const Value *a,
             const Value *b)
{
  if (a->name != b->name || a->kind != b->kind)
    return FALSE;
  switch (a->kind)
    {
    case VALUE_INTEGER:
      return a->integer == b->integer;
    case VALUE_TEXT:
      return strcmp (a->text, b->text) == 0;
    case VALUE_ID:
      return gez_id_equal (&a->id, &b->id);
    case VALUE_NULL:
    default:
      return TRUE;
    }
}

/**
 * gez_record_equal:
 * @other: another record
 *
 * Returns: whether both hold the same columns with the same values, so that a row widget that shows
 *   one need not be made again for the other
 */
gboolean
gez_record_equal (GezRecord *self,
                  GezRecord *other)
{
  g_return_val_if_fail (GEZ_IS_RECORD (self) && GEZ_IS_RECORD (other), FALSE);

  if (self->n_values != other->n_values)
    return FALSE;
  for (guint i = 0; i < self->n_values; i++)
    if (!value_equal (&self->values[i], &other->values[i]))
      return FALSE;
  return TRUE;
}

static GPtrArray *
collect (GezStatement *statement,
         GError      **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  GError *failure = NULL;

  while (gez_statement_next (statement, &failure))
    g_ptr_array_add (records, gez_record_new_from_statement (statement));
  if (failure)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  return g_steal_pointer (&records);
}

static GArray *
copy_arguments (va_list list)
{
  GArray *arguments = g_array_new (FALSE, TRUE, sizeof (Argument));

  for (;;)
    {
      Argument argument = { .kind = va_arg (list, GezBind) };

      if (argument.kind == GEZ_INTEGER)
        argument.integer = va_arg (list, gint64);
      else if (argument.kind == GEZ_TEXT)
        argument.text = g_strdup (va_arg (list, const char *));
      else if (argument.kind == GEZ_ID)
        {
          const GezId *id = va_arg (list, const GezId *);

          argument.id = id ? *id : GEZ_ID_NONE;
        }
      else
        return arguments;
      g_array_append_val (arguments, argument);
    }
}

static void
parameters_free (Parameters *parameters)
{
  for (guint i = 0; i < parameters->arguments->len; i++)
    g_free (g_array_index (parameters->arguments, Argument, i).text);
  g_array_unref (parameters->arguments);
  g_free (parameters->sql);
  g_free (parameters);
}

static gpointer
run_list (GezDatabase *database,
          gpointer     data,
          GError     **error)
{
  Parameters *parameters = data;
  g_autoptr (GezStatement) statement = gez_database_query (database, error, parameters->sql, GEZ_END);

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < parameters->arguments->len; i++)
    {
      Argument *argument = &g_array_index (parameters->arguments, Argument, i);
      int place = (int) i + 1;

      if (argument->kind == GEZ_INTEGER)
        gez_statement_bind_integer (statement, place, argument->integer);
      else if (argument->kind == GEZ_TEXT)
        gez_statement_bind_text (statement, place, argument->text);
      else if (!gez_id_is_none (&argument->id))
        gez_statement_bind_bytes (statement, place, argument->id.bytes, GEZ_ID_SIZE);
    }
  return collect (statement, error);
}

/**
 * gez_record_list:
 * @sql: a SELECT with `?` for each value
 * @...: #GezBind tags (integers, texts, identities), each with its value, then %GEZ_END
 *
 * Thread: the store's worker.
 *
 * Returns: (transfer full) (element-type GezRecord): all rows, or %NULL with @error set
 */
GPtrArray *
gez_record_list (GezDatabase *database,
                 GError     **error,
                 const char  *sql,
                 ...)
{
  Parameters *parameters = g_new0 (Parameters, 1);
  GPtrArray *records;
  va_list list;

  va_start (list, sql);
  parameters->sql = g_strdup (sql);
  parameters->arguments = copy_arguments (list);
  va_end (list);
  records = run_list (database, parameters, error);
  parameters_free (parameters);
  return records;
}

/**
 * gez_record_query:
 *
 * The same as gez_record_list(), to be run later: the values are copied.
 *
 * Returns: (transfer full): a query whose result is a #GPtrArray of #GezRecord
 */
GezQuery *
gez_record_query (const char *sql,
                  ...)
{
  Parameters *parameters = g_new0 (Parameters, 1);
  va_list list;

  va_start (list, sql);
  parameters->sql = g_strdup (sql);
  parameters->arguments = copy_arguments (list);
  va_end (list);
  return gez_query_new (run_list, parameters, (GDestroyNotify) parameters_free,
                        (GDestroyNotify) g_ptr_array_unref);
}
