/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "exchange/gez-json-list.h"
#include "gez-ctl.h"
#include "model/gez-search.h"
#include "store/gez-record.h"

/* list, show and search: looking things up. */

#define RESULTS_MAX 50 /* of each kind */

/* What list knows, and the columns that it shows to people. */
static const struct
{
  const char *what;
  const char *table;
  const char *columns[5];
} kinds[] = {
  { "households", "household", { "name", "address", "residence" } },
  { "persons", "person", { "first_name", "last_name", "born_on" } },
  { "referrals", "referral", { "partner_name", "reason", "call_back_on" } },
  { "followups", "followup", { "due_on", "done_on", "what" } },
  { "questions", "question", { "first_asked_on", "done_on", "content" } },
  { "documents", "document", { "name", "tags", "size_bytes", "media_type" } },
  { "partners", "partner", { "name", "kind", "phone" } },
  { "conflicts", NULL, { "table", "column", "heads" } },
};

static char *
value_to_text (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return json_to_string (node, FALSE);
}

static void
print_row (JsonObject        *row,
           const char *const *columns)
{
  gez_ctl_print ("%s", json_object_get_string_member (row, "id"));
  for (; *columns; columns++)
    {
      g_autofree char *text = value_to_text (json_object_get_member (row, *columns));

      gez_ctl_print ("\t%s", g_strdelimit (text, "\n\t", ' '));
    }
  gez_ctl_print ("\n");
}

static int
list (GezCtl     *ctl,
      guint       kind,
      const char *words)
{
  g_autoptr (GezQuery) query =
      kinds[kind].table ? gez_json_list_query (kinds[kind].table, words) : gez_json_conflicts_query ();
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStore) store = gez_ctl_open (ctl, &error);
  JsonArray *rows = store ? gez_store_run (store, query, &error) : NULL;

  if (rows == NULL)
    return gez_ctl_fail (error);
  json_object_set_array_member (answer, kinds[kind].what, rows);
  if (ctl->is_json)
    gez_ctl_print_json (answer);
  else
    for (guint i = 0; i < json_array_get_length (rows); i++)
      print_row (json_array_get_object_element (rows, i), kinds[kind].columns);
  return gez_store_close (store, &error) ? GEZ_CTL_DONE : gez_ctl_fail (error);
}

int
gez_ctl_list (GezCtl *ctl,
              int     argc,
              char  **argv)
{
  g_autofree char *words = NULL;
  const GOptionEntry entries[] = {
    { "where", 0, 0, G_OPTION_ARG_STRING, &words, N_("Only rows of which a text holds this"), N_("TEXT") },
    { NULL },
  };
  int status;

  if (!gez_ctl_parse (ctl, entries, 1, &argc, &argv, &status))
    return status;
  if (words && g_str_equal (argv[1], "conflicts"))
    return gez_ctl_misuse (_("list conflicts takes no --where"));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].what, argv[1]))
      return list (ctl, i, words);
  return gez_ctl_misuse (_("list knows no “%s”"), argv[1]);
}

static void
print_shown (JsonObject *shown)
{
  g_autoptr (GList) tables = json_object_get_members (shown);
  JsonArray *rows = json_object_get_array_member (shown, tables->data);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  gez_ctl_print ("%s\n", (const char *) tables->data);
  json_object_iter_init_ordered (&iter, json_array_get_object_element (rows, 0));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *text = value_to_text (node);

      gez_ctl_print ("  %s: %s\n", name, text);
    }
}

int
gez_ctl_show (GezCtl *ctl,
              int     argc,
              char  **argv)
{
  g_autoptr (GezQuery) query = NULL;
  g_autoptr (GezStore) store = NULL;
  g_autoptr (JsonObject) shown = NULL;
  g_autoptr (GError) error = NULL;
  GezId id;
  int status;

  if (!gez_ctl_parse (ctl, NULL, 1, &argc, &argv, &status))
    return status;
  if (!gez_id_parse (argv[1], &id))
    return gez_ctl_misuse (_("“%s” is not the identity of a row"), argv[1]);
  query = gez_json_show_query (&id);
  if ((store = gez_ctl_open (ctl, &error)) == NULL || (shown = gez_store_run (store, query, &error)) == NULL)
    return gez_ctl_fail (error);
  if (ctl->is_json)
    gez_ctl_print_json (shown);
  else
    print_shown (shown);
  return gez_store_close (store, &error) ? GEZ_CTL_DONE : gez_ctl_fail (error);
}

static void
set_text (JsonObject *object,
          GezRecord  *record,
          const char *column)
{
  if (gez_record_is_null (record, column))
    json_object_set_null_member (object, column);
  else
    json_object_set_string_member (object, column, gez_record_get_text (record, column));
}

static void
set_id (JsonObject *object,
        GezRecord  *record,
        const char *column)
{
  g_autofree char *text = NULL;

  if (gez_record_is_null (record, column))
    {
      json_object_set_null_member (object, column);
      return;
    }
  text = gez_id_to_string (gez_record_get_reference (record, column));
  json_object_set_string_member (object, column, text);
}

/* The snippet without the marks around its hits. */
static void
set_snippet (JsonObject *object,
             GezRecord  *record)
{
  const char *from = gez_record_is_null (record, "snippet") ? "" : gez_record_get_text (record, "snippet");
  GString *plain = g_string_new (NULL);

  for (; *from; from++)
    if (strchr (GEZ_SEARCH_OPEN GEZ_SEARCH_CLOSE, *from) == NULL)
      g_string_append_c (plain, *from);
  json_object_set_string_member (object, "snippet", plain->str);
  g_string_free (plain, TRUE);
}

static JsonObject *
result_to_json (GezRecord *record)
{
  JsonObject *object = json_object_new ();

  set_text (object, record, "kind");
  set_id (object, record, "id");
  set_id (object, record, "household_id");
  set_text (object, record, "title");
  set_snippet (object, record);
  set_text (object, record, "day_on");
  return object;
}

static void
print_results (GezCtl    *ctl,
               GPtrArray *records)
{
  static const char *const columns[] = { "kind", "title", "snippet", NULL };
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *results = json_array_new ();

  json_object_set_array_member (answer, "results", results);
  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (results, result_to_json (records->pdata[i]));
  if (ctl->is_json)
    gez_ctl_print_json (answer);
  else
    for (guint i = 0; i < records->len; i++)
      print_row (json_array_get_object_element (results, i), columns);
}

int
gez_ctl_search (GezCtl *ctl,
                int     argc,
                char  **argv)
{
  g_autoptr (GezQuery) query = NULL;
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!gez_ctl_parse (ctl, NULL, 1, &argc, &argv, &status))
    return status;
  query = gez_search_query (argv[1], RESULTS_MAX);
  if ((store = gez_ctl_open (ctl, &error)) == NULL ||
      (records = gez_store_run (store, query, &error)) == NULL)
    return gez_ctl_fail (error);
  print_results (ctl, records);
  return gez_store_close (store, &error) ? GEZ_CTL_DONE : gez_ctl_fail (error);
}
