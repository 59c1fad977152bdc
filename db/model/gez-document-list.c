/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-document-list.h"

#include "base/gez-text.h"
#include "model/gez-derived.h"
#include "model/gez-document-name.h"

/* The file and its key are not among the columns: they stay in the store. */
#define DOCUMENTS \
  "SELECT d.id, d.household_id, d.name, d.tags, d.media_type, d.size_bytes, d.content_hash, d.added_at," \
  " local_date(d.added_at) AS added_on, d.by_member_id, " \
  GEZ_SQL_NAME_OF ("member", "d.by_member_id") " AS by_name, " GEZ_SQL_CIRCLE_CODE ("d") " AS circle_code," \
  " EXISTS (SELECT 1 FROM thumbnail t WHERE t.document_id = d.id) AS has_thumbnail FROM document d "

static const char documents_sql[] =
  DOCUMENTS "WHERE d.household_id = ? AND d.withdrawn_at IS NULL ORDER BY d.added_at DESC, d.id DESC";

static const char document_sql[] = DOCUMENTS "WHERE d.id = ? AND d.withdrawn_at IS NULL";

/* A tag that is written in several ways shows as it was written last. */
#define TAGS(which) \
  "WITH RECURSIVE source (row, tags) AS (SELECT d.row, d.tags FROM document d" \
  " WHERE d.withdrawn_at IS NULL AND d.tags IS NOT NULL" which ")," \
  " part (row, tag, rest) AS (SELECT row, NULL, tags || ';' FROM source UNION ALL" \
  " SELECT row, substr(rest, 1, instr(rest, ';') - 1), substr(rest, instr(rest, ';') + 1)" \
  " FROM part WHERE rest <> '')" \
  " SELECT trim(tag) AS tag, count(*) AS n_documents, max(row) AS last FROM part" \
  " WHERE trim(tag) <> '' GROUP BY lower(trim(tag))" \
  " ORDER BY n_documents DESC, tag COLLATE dictionary"

typedef struct
{
  GezId household;
  char *tag; /* folded; NULL: all */
} Parameters;

static void
parameters_free (Parameters *parameters)
{
  g_free (parameters->tag);
  g_free (parameters);
}

static gboolean
has_tag (GezRecord  *document,
         const char *folded)
{
  g_auto (GStrv) tags = gez_document_split_tags (gez_record_get_text (document, "tags"));

  for (guint i = 0; tags[i]; i++)
    {
      g_autofree char *tag = gez_text_fold (tags[i]);

      if (g_str_equal (tag, folded))
        return TRUE;
    }
  return FALSE;
}

static gpointer
read_list (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  const Parameters *parameters = data;
  g_autoptr (GezView) view = gez_view_new ();
  GPtrArray *documents =
      gez_record_list (database, error, documents_sql, GEZ_ID, &parameters->household, GEZ_END);

  if (!gez_view_take (view, "documents", documents) ||
      !gez_view_take (view, "tags",
                      gez_record_list (database, error, TAGS (" AND d.household_id = ?"), GEZ_ID,
                                       &parameters->household, GEZ_END)))
    return NULL;
  for (guint i = documents->len; parameters->tag && i > 0; i--)
    if (!has_tag (documents->pdata[i - 1], parameters->tag))
      g_ptr_array_remove_index (documents, i - 1);
  return g_steal_pointer (&view);
}

GezQuery *
gez_document_list_query (const GezId *household,
                         const char  *tag)
{
  Parameters *parameters;

  g_return_val_if_fail (household != NULL, NULL);

  parameters = g_new0 (Parameters, 1);
  parameters->household = *household;
  parameters->tag = tag ? gez_text_fold (tag) : NULL;
  return gez_query_new (read_list, parameters, (GDestroyNotify) parameters_free, g_object_unref);
}

GezQuery *
gez_document_query (const GezId *document)
{
  g_return_val_if_fail (document != NULL, NULL);

  return gez_record_query (document_sql, GEZ_ID, document, GEZ_END);
}

GezQuery *
gez_document_tags_query (void)
{
  return gez_record_query (TAGS (""), GEZ_END);
}
