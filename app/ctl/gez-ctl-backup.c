/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/gez-date.h"
#include "gez-ctl-passphrase.h"
#include "gez-ctl-sentence.h"
#include "gez-ctl.h"
#include "store/gez-backup-files.h"
#include "store/gez-backup-state.h"
#include "store/gez-restore.h"

/* backup, restore, and verify of a backup. */

static int
fail (const GError *error)
{
  g_autofree char *sentence = NULL;

  if (error->domain == G_OPTION_ERROR)
    return gez_ctl_fail (error);
  sentence = gez_ctl_backup_sentence (error);
  g_printerr ("gezinsplanctl: %s\n", sentence);
  return GEZ_CTL_FAILED;
}

static void
set_path (JsonObject *object,
          const char *name,
          const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  json_object_set_string_member (object, name, shown);
}

static void
print_made (GezCtl        *ctl,
            GezBackupMade *made)
{
  g_autoptr (JsonObject) answer = json_object_new ();

  if (!ctl->is_json)
    {
      gez_ctl_print (_("The backup is made and was read back: %s\n"), made->path);
      return;
    }
  json_object_set_boolean_member (answer, "ok", TRUE);
  set_path (answer, "path", made->path);
  json_object_set_int_member (answer, "size", (gint64) made->size);
  json_object_set_int_member (answer, "attachments_copied", made->n_attachments);
  json_object_set_int_member (answer, "attachments_doubtful", made->n_doubtful);
  json_object_set_int_member (answer, "older_removed", made->n_removed);
  gez_ctl_print_json (answer);
}

static JsonObject *
file_to_json (GezBackupFile *file)
{
  JsonObject *object = json_object_new ();
  g_autofree char *made_at = gez_date_format_instant (file->info.made_at);

  set_path (object, "path", file->path);
  json_object_set_int_member (object, "size", (gint64) file->size);
  json_object_set_boolean_member (object, "is_readable", file->is_readable);
  if (file->is_readable)
    json_object_set_string_member (object, "made_at", made_at);
  return object;
}

static void
print_files (GezCtl    *ctl,
             GPtrArray *files)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *rows = json_array_new ();

  json_object_set_boolean_member (answer, "ok", TRUE);
  json_object_set_array_member (answer, "backups", rows);
  for (guint i = 0; i < files->len; i++)
    {
      GezBackupFile *file = files->pdata[i];
      g_autofree char *size = g_format_size (file->size);

      json_array_add_object_element (rows, file_to_json (file));
      if (!ctl->is_json)
        gez_ctl_print ("%s\t%s\t%s%s\n", file->stamp, size, file->path,
                       file->is_readable ? "" : _(" (damaged)"));
    }
  if (ctl->is_json)
    gez_ctl_print_json (answer);
}

/* @place: (nullable): where to look; else where the store says */
static gboolean
list (GezCtl     *ctl,
      GezStore   *store,
      const char *place,
      GError    **error)
{
  g_autoptr (GezQuery) query = gez_backup_state_query (store);
  g_autoptr (GezBackupState) state = gez_store_run (store, query, error);
  g_autoptr (GPtrArray) files = state ? gez_backup_list (place ? place : state->place, NULL, error) : NULL;

  if (files)
    print_files (ctl, files);
  return files != NULL;
}

static gboolean
make (GezCtl     *ctl,
      GezStore   *store,
      const char *place,
      GError    **error)
{
  g_autoptr (GezBackupMade) made = gez_backup_make (store, place, NULL, NULL, ctl->cancellable, error);

  if (made)
    print_made (ctl, made);
  return made != NULL;
}

int
gez_ctl_backup (GezCtl *ctl,
                int     argc,
                char  **argv)
{
  gboolean is_list = FALSE;
  const GOptionEntry entries[] = {
    { "list", 'l', 0, G_OPTION_ARG_NONE, &is_list, N_("Only say which there are"), NULL },
    { NULL },
  };
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GError) error = NULL;
  const char *place;
  int status;

  if (!gez_ctl_parse (ctl, entries, -1, &argc, &argv, &status))
    return status;
  place = argc > 1 ? argv[1] : NULL;
  store = gez_ctl_open (ctl, &error);
  if (store == NULL)
    return gez_ctl_fail (error);
  if (!(is_list ? list (ctl, store, place, &error) : make (ctl, store, place, &error)))
    return fail (error);
  return gez_store_close (store, &error) ? GEZ_CTL_DONE : gez_ctl_fail (error);
}

static void
print_restored (GezCtl      *ctl,
                GezRestored *restored)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autofree char *made_at = gez_date_format_instant (restored->info.made_at);

  if (!ctl->is_json)
    {
      gez_ctl_print (_("The backup of %s is back.\n"), made_at);
      if (restored->older)
        gez_ctl_print (_("What stood there before is kept in %s\n"), restored->older);
      if (restored->n_missing > 0)
        gez_ctl_print (_("Attachments that were not found: %u\n"), restored->n_missing);
      return;
    }
  json_object_set_boolean_member (answer, "ok", TRUE);
  json_object_set_string_member (answer, "made_at", made_at);
  if (restored->older)
    set_path (answer, "older", restored->older);
  else
    json_object_set_null_member (answer, "older");
  json_object_set_int_member (answer, "attachments_missing", restored->n_missing);
  gez_ctl_print_json (answer);
}

int
gez_ctl_restore (GezCtl *ctl,
                 int     argc,
                 char  **argv)
{
  g_autoptr (GezSecretText) passphrase = NULL;
  g_autoptr (GezRestored) restored = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!gez_ctl_parse (ctl, NULL, 1, &argc, &argv, &status))
    return status;
  passphrase = gez_ctl_get_passphrase (ctl, &error);
  if (passphrase == NULL)
    return gez_ctl_fail (error);
  restored = gez_restore_run (argv[1], ctl->store, gez_secret_text_peek (passphrase), ctl->clock, NULL, NULL,
                              ctl->cancellable, &error);
  if (restored == NULL)
    return fail (error);
  print_restored (ctl, restored);
  return GEZ_CTL_DONE;
}

static void
print_report (GezCtl                *ctl,
              const GezBackupReport *report)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autofree char *made_at = gez_date_format_instant (report->info.made_at);

  if (!ctl->is_json)
    {
      gez_ctl_print (_("The backup of %s is sound: %ld pages, %ld writes.\n"), made_at,
                     (glong) report->info.n_pages, (glong) report->n_writes);
      if (report->n_missing > 0)
        gez_ctl_print (_("Attachments that are not beside it: %u\n"), report->n_missing);
      return;
    }
  json_object_set_boolean_member (answer, "ok", report->n_missing == 0);
  json_object_set_string_member (answer, "made_at", made_at);
  json_object_set_int_member (answer, "pages", (gint64) report->info.n_pages);
  json_object_set_int_member (answer, "schema", report->info.schema);
  json_object_set_int_member (answer, "writes", report->n_writes);
  json_object_set_int_member (answer, "attachments_missing", report->n_missing);
  gez_ctl_print_json (answer);
}

/**
 * gez_ctl_verify_backup:
 * @path: a backup; no store is needed, only its passphrase
 *
 * Returns: the exit status
 */
int
gez_ctl_verify_backup (GezCtl     *ctl,
                       const char *path)
{
  g_autoptr (GezSecretText) passphrase = NULL;
  g_autoptr (GezVaultBackup) backup = NULL;
  g_autoptr (GError) error = NULL;
  GezBackupReport report;

  if (ctl->passphrase_file == NULL)
    return gez_ctl_misuse (_("verify --backup needs --passphrase-file"));
  passphrase = gez_ctl_read_passphrase (ctl->passphrase_file, ctl->cancellable, &error);
  if (passphrase == NULL)
    return gez_ctl_fail (error);
  backup = gez_vault_backup_open (path, gez_secret_text_peek (passphrase), &error);
  if (backup == NULL
      || !gez_backup_check (backup, path, ctl->clock, &report, NULL, NULL, ctl->cancellable, &error))
    return fail (error);
  print_report (ctl, &report);
  return report.n_missing == 0 ? GEZ_CTL_DONE : GEZ_CTL_FAILED;
}
