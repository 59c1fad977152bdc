/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <unistd.h>

#include "exchange/gez-json-attachments.h"
#include "exchange/gez-json-export.h"
#include "exchange/gez-json-import.h"
#include "gez-ctl.h"

/* import and export: the interchange document. */

static gboolean
check_format (const char *format)
{
  return format == NULL || g_str_equal (format, "json");
}

static void
set_text_or_null (JsonObject *object,
                  const char *name,
                  const char *text)
{
  if (text)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static JsonArray *
list_failures (GezImportResult *result)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < result->failed->len; i++)
    {
      GezImportFailure *failure = result->failed->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "table", failure->table);
      set_text_or_null (object, "id", failure->id);
      json_object_set_string_member (object, "reason", failure->reason);
      json_array_add_object_element (list, object);
    }
  return list;
}

static JsonArray *
list_unknown (GezImportResult *result)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < result->unknown->len; i++)
    {
      GezImportUnknown *unknown = result->unknown->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "table", unknown->table);
      set_text_or_null (object, "column", unknown->column);
      json_object_set_int_member (object, "rows", (gint64) unknown->n_rows);
      json_array_add_object_element (list, object);
    }
  return list;
}

static void
print_result_for_people (GezImportResult *result)
{
  for (guint i = 0; i < result->failed->len; i++)
    {
      GezImportFailure *failure = result->failed->pdata[i];

      gez_ctl_print (_("Refused: %s %s: %s\n"), failure->table, failure->id ? failure->id : "-",
                     failure->reason);
    }
  for (guint i = 0; i < result->unknown->len; i++)
    {
      GezImportUnknown *unknown = result->unknown->pdata[i];

      gez_ctl_print (_("Unknown, passed over: %s%s%s\n"), unknown->table, unknown->column ? "." : "",
                     unknown->column ? unknown->column : "");
    }
  gez_ctl_print (_("%lu inserted, %lu updated, %lu unchanged, %u refused.\n"), (gulong) result->inserted,
                 (gulong) result->updated, (gulong) result->unchanged, result->failed->len);
}

static void
print_result (GezCtl          *ctl,
              GezImportResult *result)
{
  g_autoptr (JsonObject) answer = json_object_new ();

  if (!ctl->is_json)
    {
      print_result_for_people (result);
      return;
    }
  json_object_set_int_member (answer, "inserted", (gint64) result->inserted);
  json_object_set_int_member (answer, "updated", (gint64) result->updated);
  json_object_set_int_member (answer, "unchanged", (gint64) result->unchanged);
  json_object_set_array_member (answer, "failed", list_failures (result));
  json_object_set_array_member (answer, "unknown", list_unknown (result));
  gez_ctl_print_json (answer);
}

static void
progress_cb (guint64  n_done,
             guint64  n_rows,
             gpointer user_data)
{
  g_printerr ("\r%" G_GUINT64_FORMAT " / %" G_GUINT64_FORMAT "%s", n_done, n_rows,
              n_done == n_rows ? "\r\033[K" : "");
}

static GBytes *
load (const char *path,
      GError    **error)
{
  char *content;
  gsize size;

  if (!g_file_get_contents (path, &content, &size, error))
    return NULL;
  return g_bytes_new_take (content, size);
}

int
gez_ctl_import (GezCtl *ctl,
                int     argc,
                char  **argv)
{
  g_autofree char *format = NULL;
  g_autofree char *attachments = NULL;
  gboolean all_or_nothing = FALSE;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_("How the document is written: json"), N_("FORMAT") },
    { "attachments", 0, 0, G_OPTION_ARG_FILENAME, &attachments,
      N_("Where the content of its documents is"), N_("DIRECTORY") },
    { "all-or-nothing", 0, 0, G_OPTION_ARG_NONE, &all_or_nothing,
      N_("One row that is refused refuses all"), NULL },
    { NULL },
  };
  g_autoptr (GezImportResult) result = NULL;
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GBytes) document = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_seen = isatty (STDERR_FILENO);
  int status;

  if (!gez_ctl_parse (ctl, entries, 1, &argc, &argv, &status))
    return status;
  if (!check_format (format))
    return gez_ctl_misuse (_("the format is json"));
  if ((document = load (argv[1], &error)) == NULL || (store = gez_ctl_open (ctl, &error)) == NULL)
    return gez_ctl_fail (error);
  gez_json_import (store, document, attachments, all_or_nothing, ctl->cancellable,
                   is_seen ? progress_cb : NULL, NULL, &result, &error);
  if (result)
    print_result (ctl, result);
  if (!gez_store_close (store, error ? NULL : &error) || error)
    return gez_ctl_fail (error);
  return GEZ_CTL_DONE;
}

/* The file takes the place of an older one only when it is complete. Nobody else may read it. */
static gboolean
export_to_file (GezCtl      *ctl,
                GezStore    *store,
                const GezId *household,
                const char  *path,
                guint64     *n_rows,
                GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GOutputStream) buffered = NULL;
  g_autoptr (GCancellable) given_up = g_cancellable_new ();

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                           error);
  if (stream == NULL)
    return FALSE;
  buffered = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (stream), 64 * 1024);
  if (gez_json_export (store, household, buffered, ctl->cancellable, n_rows, error))
    return g_output_stream_close (buffered, NULL, error);
  /* Closing a cancelled replacement throws it away. */
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (buffered), FALSE);
  g_cancellable_cancel (given_up);
  g_output_stream_close (G_OUTPUT_STREAM (stream), given_up, NULL);
  return FALSE;
}

static void
print_exported (GezCtl     *ctl,
                const char *path,
                guint64     n_rows,
                const char *attachments,
                guint64     n_files)
{
  g_autoptr (JsonObject) answer = json_object_new ();

  if (!ctl->is_json)
    {
      gez_ctl_print (ngettext ("%lu row was written to %s. This file is not encrypted.\n",
                               "%lu rows were written to %s. This file is not encrypted.\n", (gulong) n_rows),
                     (gulong) n_rows, path);
      if (attachments)
        gez_ctl_print (ngettext ("%lu document was written to %s. It is not encrypted.\n",
                                 "%lu documents were written to %s. They are not encrypted.\n",
                                 (gulong) n_files),
                       (gulong) n_files, attachments);
      return;
    }
  json_object_set_boolean_member (answer, "ok", TRUE);
  json_object_set_int_member (answer, "rows", (gint64) n_rows);
  json_object_set_string_member (answer, "output", path);
  if (attachments)
    json_object_set_int_member (answer, "attachments", (gint64) n_files);
  gez_ctl_print_json (answer);
}

static int
export (GezCtl      *ctl,
        const GezId *household,
        const char  *path,
        const char  *attachments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStore) store = gez_ctl_open (ctl, &error);
  guint64 n_rows = 0, n_files = 0;

  if (store == NULL || !export_to_file (ctl, store, household, path, &n_rows, &error) ||
      (attachments &&
       !gez_json_export_attachments (store, household, attachments, ctl->cancellable, &n_files, &error)) ||
      !gez_store_close (store, &error))
    return gez_ctl_fail (error);
  print_exported (ctl, path, n_rows, attachments, n_files);
  return GEZ_CTL_DONE;
}

int
gez_ctl_export (GezCtl *ctl,
                int     argc,
                char  **argv)
{
  g_autofree char *format = NULL;
  g_autofree char *output = NULL;
  g_autofree char *household = NULL;
  g_autofree char *attachments = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_("How the document is written: json"), N_("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_("Where the document goes"), N_("FILE") },
    { "household", 0, 0, G_OPTION_ARG_STRING, &household, N_("Only this household"), N_("ID") },
    { "attachments", 0, 0, G_OPTION_ARG_FILENAME, &attachments,
      N_("Where the content of its documents goes"), N_("DIRECTORY") },
    { NULL },
  };
  GezId id;
  int status;

  if (!gez_ctl_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  if (!check_format (format))
    return gez_ctl_misuse (_("the format is json"));
  if (output == NULL)
    return gez_ctl_misuse (_("export needs --output"));
  if (household && !gez_id_parse (household, &id))
    return gez_ctl_misuse (_("“%s” is not the identity of a household"), household);
  return export (ctl, household ? &id : NULL, output, attachments);
}
