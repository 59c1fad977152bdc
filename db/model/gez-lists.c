/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-lists.h"

/* A snapshot of the team's lists.
 *
 * 1. Everything is read by one query, in one transaction, and never changes afterwards; another
 *    language is another snapshot that shares the rows.
 * 2. `all` holds every row of a table, also withdrawn ones, so that what an old row refers to keeps
 *    its name; `in_use` those that may be chosen on the day of reading. */

typedef enum
{
  TABLE_DOMAIN,
  TABLE_LIST_ITEM,
  TABLE_SCALE_POINT,
  TABLE_MEMBER,
  TABLE_DISTRICT,
  TABLE_SCHOOL,
  N_TABLES,
} Table;

typedef struct
{
  GPtrArray *all;
  GPtrArray *in_use;
  GHashTable *by_id; /* of the identities in the records */
} Rows;

struct _GezLists
{
  GObject parent_instance;

  char *language;
  char *label_column; /* "label_nl" for "nl" */
  Rows rows[N_TABLES];
  GHashTable *items; /* name of a list: GPtrArray of what is in use */
};

G_DEFINE_FINAL_TYPE (GezLists, gez_lists, G_TYPE_OBJECT)

static const char *const statements[N_TABLES] = {
  [TABLE_DOMAIN] = "SELECT * FROM domain ORDER BY position, code",
  [TABLE_LIST_ITEM] = "SELECT * FROM list_item ORDER BY list, position, code",
  [TABLE_SCALE_POINT] = "SELECT * FROM scale_point ORDER BY value, row",
  [TABLE_MEMBER] = "SELECT * FROM member ORDER BY name, id",
  [TABLE_DISTRICT] = "SELECT * FROM district ORDER BY municipality, name, id",
  [TABLE_SCHOOL] = "SELECT * FROM school ORDER BY name, id",
};

static gboolean
read_rows (Rows        *rows,
           const char  *sql,
           const char  *today,
           GezDatabase *database,
           GError     **error)
{
  rows->all = gez_record_list (database, error, sql, GEZ_END);
  if (rows->all == NULL)
    return FALSE;
  rows->in_use = g_ptr_array_new_with_free_func (g_object_unref);
  rows->by_id = g_hash_table_new (gez_id_hash, gez_id_equal);
  for (guint i = 0; i < rows->all->len; i++)
    {
      GezRecord *record = g_ptr_array_index (rows->all, i);

      g_hash_table_insert (rows->by_id, (gpointer) gez_record_get_id (record), record);
      if (gez_lists_is_in_use (record, today))
        g_ptr_array_add (rows->in_use, g_object_ref (record));
    }
  return TRUE;
}

static void
collect_items (GezLists *self)
{
  GPtrArray *all = self->rows[TABLE_LIST_ITEM].in_use;

  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < all->len; i++)
    {
      GezRecord *item = g_ptr_array_index (all, i);
      const char *list = gez_record_get_text (item, "list");
      GPtrArray *of_list = g_hash_table_lookup (self->items, list);

      if (of_list == NULL)
        {
          of_list = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (self->items, g_strdup (list), of_list);
        }
      g_ptr_array_add (of_list, g_object_ref (item));
    }
}

static void
take_language (GezLists   *self,
               const char *language)
{
  self->language = g_strdup (language ? language : "nl");
  self->label_column = g_strconcat ("label_", self->language, NULL);
}

static gpointer
read_lists (GezDatabase *database,
            gpointer     parameters,
            GError     **error)
{
  g_autoptr (GezLists) self = g_object_new (GEZ_TYPE_LISTS, NULL);
  g_autofree char *today = gez_clock_get_today (gez_database_get_clock (database));

  take_language (self, parameters);
  for (guint i = 0; i < N_TABLES; i++)
    if (!read_rows (&self->rows[i], statements[i], today, database, error))
      return NULL;
  collect_items (self);
  return g_steal_pointer (&self);
}

static GezRecord *
find (GezLists    *self,
      Table        table,
      const GezId *id)
{
  return gez_id_is_none (id) ? NULL : g_hash_table_lookup (self->rows[table].by_id, id);
}

static const char *
find_name (GezLists    *self,
           Table        table,
           const GezId *id)
{
  GezRecord *record = find (self, table, id);

  return record ? gez_record_get_text (record, "name") : NULL;
}

static void
gez_lists_finalize (GObject *object)
{
  GezLists *self = GEZ_LISTS (object);

  for (guint i = 0; i < N_TABLES; i++)
    {
      g_clear_pointer (&self->rows[i].by_id, g_hash_table_unref);
      g_clear_pointer (&self->rows[i].in_use, g_ptr_array_unref);
      g_clear_pointer (&self->rows[i].all, g_ptr_array_unref);
    }
  g_clear_pointer (&self->items, g_hash_table_unref);
  g_free (self->label_column);
  g_free (self->language);
  G_OBJECT_CLASS (gez_lists_parent_class)->finalize (object);
}

static void
gez_lists_class_init (GezListsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_lists_finalize;
}

static void
gez_lists_init (GezLists *self)
{
}

/**
 * gez_lists_query:
 * @language: (nullable): of the labels, as "nl", "fr", "en"; %NULL: "nl"
 *
 * Returns: (transfer full): a query that gives a #GezLists
 */
GezQuery *
gez_lists_query (const char *language)
{
  return gez_query_new (read_lists, g_strdup (language), g_free, g_object_unref);
}

/**
 * gez_lists_in_language:
 *
 * Returns: (transfer full): the same rows, answering with the labels of @language
 */
GezLists *
gez_lists_in_language (GezLists   *self,
                       const char *language)
{
  GezLists *other;

  g_return_val_if_fail (GEZ_IS_LISTS (self), NULL);

  other = g_object_new (GEZ_TYPE_LISTS, NULL);
  take_language (other, language);
  for (guint i = 0; i < N_TABLES; i++)
    {
      other->rows[i].all = g_ptr_array_ref (self->rows[i].all);
      other->rows[i].in_use = g_ptr_array_ref (self->rows[i].in_use);
      other->rows[i].by_id = g_hash_table_ref (self->rows[i].by_id);
    }
  other->items = g_hash_table_ref (self->items);
  return other;
}

/**
 * gez_lists_is_in_use:
 * @record: a row of one of the lists, with all its columns
 * @today: YYYY-MM-DD
 *
 * Returns: whether it may be chosen on that day
 */
gboolean
gez_lists_is_in_use (GezRecord  *record,
                     const char *today)
{
  const char *from = NULL, *to = NULL;

  g_return_val_if_fail (GEZ_IS_RECORD (record) && today != NULL, FALSE);

  if (!gez_record_is_null (record, "withdrawn_at"))
    return FALSE;
  if (gez_record_has (record, "is_active") && !gez_record_get_integer (record, "is_active"))
    return FALSE;
  if (gez_record_has (record, "active_from_on"))
    {
      from = gez_record_get_text (record, "active_from_on");
      to = gez_record_get_text (record, "active_to_on");
    }
  return (from == NULL || g_strcmp0 (from, today) <= 0) &&
         (to == NULL || g_strcmp0 (to, today) >= 0);
}

/**
 * gez_lists_get_domains:
 *
 * Returns: (transfer none) (element-type GezRecord): the domains in use, in the team's order
 */
GPtrArray *
gez_lists_get_domains (GezLists *self)
{
  g_return_val_if_fail (GEZ_IS_LISTS (self), NULL);

  return self->rows[TABLE_DOMAIN].in_use;
}

/**
 * gez_lists_find_domain:
 * @id: (nullable): a domain
 *
 * Returns: (nullable) (transfer none): its row, whether in use or not
 */
GezRecord *
gez_lists_find_domain (GezLists    *self,
                       const GezId *id)
{
  g_return_val_if_fail (GEZ_IS_LISTS (self), NULL);

  return find (self, TABLE_DOMAIN, id);
}

/**
 * gez_lists_find_domain_by_code:
 * @code: (nullable): as "housing"
 *
 * Returns: (nullable) (transfer none): its row, whether in use or not
 */
GezRecord *
gez_lists_find_domain_by_code (GezLists   *self,
                               const char *code)
{
  GPtrArray *all;

  g_return_val_if_fail (GEZ_IS_LISTS (self), NULL);

  all = self->rows[TABLE_DOMAIN].all;
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (gez_record_get_text (all->pdata[i], "code"), code) == 0)
      return all->pdata[i];
  return NULL;
}

/**
 * gez_lists_is_sensitive:
 * @domain: (nullable): a domain
 *
 * Returns: whether what is agreed about it starts in the casework circle. A domain that is not
 *   known here (yet) counts as sensitive: what is closed can be opened, not the other way round.
 */
gboolean
gez_lists_is_sensitive (GezLists    *self,
                        const GezId *domain)
{
  GezRecord *record;

  g_return_val_if_fail (GEZ_IS_LISTS (self), TRUE);

  if (gez_id_is_none (domain))
    return FALSE;
  record = find (self, TABLE_DOMAIN, domain);
  return record == NULL || gez_record_get_integer (record, "is_sensitive");
}

/**
 * gez_lists_get_label:
 * @record: a domain, list item or scale point
 *
 * Returns: (transfer none): its label in the language of these lists, else in Dutch
 */
const char *
gez_lists_get_label (GezLists  *self,
                     GezRecord *record)
{
  const char *label = NULL;

  g_return_val_if_fail (GEZ_IS_LISTS (self) && GEZ_IS_RECORD (record), NULL);

  if (gez_record_has (record, self->label_column))
    label = gez_record_get_text (record, self->label_column);
  return label ? label : gez_record_get_text (record, "label_nl");
}

/**
 * gez_lists_get_short_label:
 * @domain: a domain
 *
 * Returns: (transfer none): a label for narrow places; there is one in Dutch only
 */
const char *
gez_lists_get_short_label (GezLists  *self,
                           GezRecord *domain)
{
  const char *label = NULL;

  g_return_val_if_fail (GEZ_IS_LISTS (self) && GEZ_IS_RECORD (domain), NULL);

  if (g_str_equal (self->language, "nl"))
    label = gez_record_get_text (domain, "short_label_nl");
  return label ? label : gez_lists_get_label (self, domain);
}

/**
 * gez_lists_get_items:
 * @list: name of a list
 *
 * Returns: (nullable) (transfer none) (element-type GezRecord): its items in use, in the team's
 *   order; %NULL when it has none
 */
GPtrArray *
gez_lists_get_items (GezLists   *self,
                     const char *list)
{
  g_return_val_if_fail (GEZ_IS_LISTS (self) && list != NULL, NULL);

  return g_hash_table_lookup (self->items, list);
}

/**
 * gez_lists_get_item_label:
 * @code: (nullable): code of an item
 *
 * Returns: (nullable) (transfer none): its label; @code itself when it is not known here
 */
const char *
gez_lists_get_item_label (GezLists   *self,
                          const char *list,
                          const char *code)
{
  GPtrArray *all;

  g_return_val_if_fail (GEZ_IS_LISTS (self) && list != NULL, NULL);

  all = self->rows[TABLE_LIST_ITEM].all;
  for (guint i = 0; code && i < all->len; i++)
    if (g_str_equal (gez_record_get_text (all->pdata[i], "list"), list) &&
        g_str_equal (gez_record_get_text (all->pdata[i], "code"), code))
      return gez_lists_get_label (self, all->pdata[i]);
  return code;
}

/**
 * gez_lists_find_scale_point:
 * @domain: (nullable): a domain; %NULL: what goes for all
 * @value: 1 to 5
 *
 * Returns: (nullable) (transfer none): the anchor that was written for exactly this
 */
GezRecord *
gez_lists_find_scale_point (GezLists    *self,
                            const GezId *domain,
                            int          value)
{
  GPtrArray *points;

  g_return_val_if_fail (GEZ_IS_LISTS (self), NULL);

  points = self->rows[TABLE_SCALE_POINT].in_use;
  for (guint i = 0; i < points->len; i++)
    {
      GezRecord *point = g_ptr_array_index (points, i);
      const GezId *of = gez_record_get_reference (point, "domain_id");

      if (gez_record_get_integer (point, "value") == value &&
          (of && domain ? gez_id_equal (of, domain) : of == domain))
        return point;
    }
  return NULL;
}

/**
 * gez_lists_get_scale_label:
 * @domain: (nullable): a domain
 * @value: 1 to 5
 *
 * Returns: (nullable) (transfer none): what that score means
 */
const char *
gez_lists_get_scale_label (GezLists    *self,
                           const GezId *domain,
                           int          value)
{
  GezRecord *point = gez_lists_find_scale_point (self, domain, value);

  if (point == NULL)
    point = gez_lists_find_scale_point (self, NULL, value);
  return point ? gez_lists_get_label (self, point) : NULL;
}

/**
 * gez_lists_get_members:
 *
 * Returns: (transfer none) (element-type GezRecord): who is active in the team, by name
 */
GPtrArray *
gez_lists_get_members (GezLists *self)
{
  g_return_val_if_fail (GEZ_IS_LISTS (self), NULL);

  return self->rows[TABLE_MEMBER].in_use;
}

/**
 * gez_lists_find_member:
 *
 * Returns: (nullable) (transfer none): the member, also one who left
 */
GezRecord *
gez_lists_find_member (GezLists    *self,
                       const GezId *id)
{
  g_return_val_if_fail (GEZ_IS_LISTS (self), NULL);

  return find (self, TABLE_MEMBER, id);
}

const char *
gez_lists_get_member_name (GezLists    *self,
                           const GezId *id)
{
  g_return_val_if_fail (GEZ_IS_LISTS (self), NULL);

  return find_name (self, TABLE_MEMBER, id);
}

/**
 * gez_lists_get_districts:
 *
 * Returns: (transfer none) (element-type GezRecord): the districts in use, by municipality and name
 */
GPtrArray *
gez_lists_get_districts (GezLists *self)
{
  g_return_val_if_fail (GEZ_IS_LISTS (self), NULL);

  return self->rows[TABLE_DISTRICT].in_use;
}

const char *
gez_lists_get_district_name (GezLists    *self,
                             const GezId *id)
{
  g_return_val_if_fail (GEZ_IS_LISTS (self), NULL);

  return find_name (self, TABLE_DISTRICT, id);
}

/**
 * gez_lists_get_schools:
 *
 * Returns: (transfer none) (element-type GezRecord): the schools in use, by name
 */
GPtrArray *
gez_lists_get_schools (GezLists *self)
{
  g_return_val_if_fail (GEZ_IS_LISTS (self), NULL);

  return self->rows[TABLE_SCHOOL].in_use;
}

const char *
gez_lists_get_school_name (GezLists    *self,
                           const GezId *id)
{
  g_return_val_if_fail (GEZ_IS_LISTS (self), NULL);

  return find_name (self, TABLE_SCHOOL, id);
}
