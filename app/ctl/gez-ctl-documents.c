/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gez-ctl-documents.h"

#include <glib/gi18n.h>

#include "model/gez-document-content.h"
#include "store/gez-record.h"

/* attach and save-copy: files that go in, and come out again. */

/* The store's thread may still hold the store for a moment after it answered; closing waits for that, so
 * that the last reference is not dropped there. */
static int
fail (GezStore     *store,
      const GError *error)
{
  if (store)
    gez_store_close (store, NULL);
  return gez_ctl_fail (error);
}

static gboolean
check_household (GezStore    *store,
                 const GezId *household,
                 GError     **error)
{
  g_autoptr (GezQuery) query = gez_record_query (
      "SELECT id FROM household WHERE id = ? AND withdrawn_at IS NULL", GEZ_ID, household, GEZ_END);
  g_autoptr (GPtrArray) rows = gez_store_run (store, query, error);

  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    return TRUE;
  g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND, "there is no such household");
  return FALSE;
}

static void
print_added (GezCtl                 *ctl,
             const GezDocumentAdded *added)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autofree char *id = gez_id_to_string (&added->id);

  if (!ctl->is_json)
    {
      gez_ctl_print (added->was_there ? _("The household has this file already: %s.\n")
                                      : _("The file is kept, encrypted, as %s.\n"), id);
      return;
    }
  json_object_set_boolean_member (answer, "ok", TRUE);
  json_object_set_string_member (answer, "id", id);
  json_object_set_boolean_member (answer, "was_there", added->was_there);
  gez_ctl_print_json (answer);
}

static int
attach (GezCtl            *ctl,
        const GezId       *household,
        const char        *path,
        const char        *name,
        const char *const *tags)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  GezDocumentInput input = { .household_id = household, .file = file, .name = name, .tags = tags };
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStore) store = gez_ctl_open (ctl, &error);
  g_autoptr (GezContext) context = store ? gez_context_load (store, &error) : NULL;
  GezDocumentAdded added;

  if (context == NULL || !check_household (store, household, &error) ||
      !gez_document_add (context, &input, ctl->cancellable, &added, &error) ||
      !gez_store_close (store, &error))
    return fail (store, error);
  print_added (ctl, &added);
  return GEZ_CTL_DONE;
}

int
gez_ctl_attach (GezCtl *ctl,
                int     argc,
                char  **argv)
{
  g_autofree char *household = NULL;
  g_autofree char *name = NULL;
  g_auto (GStrv) tags = NULL;
  const GOptionEntry entries[] = {
    { "household", 0, 0, G_OPTION_ARG_STRING, &household, N_("Whose file it goes into"), N_("ID") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("How people call it"), N_("NAME") },
    { "tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &tags, N_("A word to find it by; may stand several times"),
      N_("TAG") },
    { NULL },
  };
  GezId id;
  int status;

  if (!gez_ctl_parse (ctl, entries, 1, &argc, &argv, &status))
    return status;
  if (household == NULL)
    return gez_ctl_misuse (_("attach needs --household"));
  if (!gez_id_parse (household, &id))
    return gez_ctl_misuse (_("“%s” is not the identity of a household"), household);
  return attach (ctl, &id, argv[1], name, (const char *const *) tags);
}

static void
print_copied (GezCtl     *ctl,
              const char *path)
{
  g_autoptr (JsonObject) answer = json_object_new ();

  if (!ctl->is_json)
    return;
  json_object_set_boolean_member (answer, "ok", TRUE);
  json_object_set_string_member (answer, "output", path);
  gez_ctl_print_json (answer);
}

static int
save_copy (GezCtl      *ctl,
           const GezId *document,
           const char  *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStore) store = gez_ctl_open (ctl, &error);
  g_autoptr (GezContext) context = store ? gez_context_load (store, &error) : NULL;

  if (context == NULL || !gez_document_save_copy (context, document, file, ctl->cancellable, &error) ||
      !gez_store_close (store, &error))
    return fail (store, error);
  gez_ctl_warn (_("%s is not protected: whoever can open this file can read it."), path);
  print_copied (ctl, path);
  return GEZ_CTL_DONE;
}

int
gez_ctl_save_copy (GezCtl *ctl,
                   int     argc,
                   char  **argv)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_("Where the copy goes"), N_("FILE") },
    { NULL },
  };
  GezId id;
  int status;

  if (!gez_ctl_parse (ctl, entries, 1, &argc, &argv, &status))
    return status;
  if (output == NULL)
    return gez_ctl_misuse (_("save-copy needs --output"));
  if (!gez_id_parse (argv[1], &id))
    return gez_ctl_misuse (_("“%s” is not the identity of a document"), argv[1]);
  return save_copy (ctl, &id, output);
}
