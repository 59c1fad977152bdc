/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/gez-date.h"
#include "gez-ctl-damage.h"
#include "gez-ctl-sync.h"
#include "store/gez-backup-state.h"
#include "store/gez-record.h"
#include "store/gez-verify-files.h"
#include "store/gez-verify.h"
#include "vault/gez-secrets.h"
#include "vault/gez-vault-keys.h"

/* status and verify: how a store is. */

#define COUNT(table) "(SELECT count(*) FROM " table " WHERE withdrawn_at IS NULL)"

static GezQuery *
status_query (void)
{
  return gez_record_query ("SELECT d.id AS device_id, d.team_name, d.time_zone, d.member_id, m.name, m.role, "
                           COUNT ("household") " AS households, " COUNT ("person") " AS persons, "
                           COUNT ("note") " AS notes, " COUNT ("referral") " AS referrals, "
                           "(SELECT count(*) FROM draft) AS drafts, "
                           "(SELECT count(*) FROM change_log) AS writes, "
                           "(SELECT max(wall_at) FROM change_log) AS changed_at, "
                           "(SELECT user_version FROM pragma_user_version) AS schema "
                           "FROM device AS d LEFT JOIN member AS m ON m.id = d.member_id", GEZ_END);
}

static const char *const status_counts[] =
    { "households", "persons", "notes", "referrals", "drafts", "writes", "schema", NULL };

static void
set_text (JsonObject *object,
          const char *name,
          GezRecord  *record,
          const char *column)
{
  if (gez_record_is_null (record, column))
    json_object_set_null_member (object, name);
  else
    json_object_set_string_member (object, name, gez_record_get_text (record, column));
}

static JsonObject *
status_to_json (GezRecord      *record,
                GezBackupState *backups,
                gboolean        has_sheet)
{
  JsonObject *answer = json_object_new (), *member = json_object_new ();
  g_autofree char *device = gez_id_to_string (gez_record_get_reference (record, "device_id"));
  g_autofree char *id = gez_id_to_string (gez_record_get_reference (record, "member_id"));
  g_autofree char *changed = gez_date_format_instant (gez_record_get_integer (record, "changed_at"));
  g_autofree char *backed_up = gez_date_format_instant (backups->done_at);

  json_object_set_boolean_member (answer, "ok", TRUE);
  set_text (answer, "team", record, "team_name");
  json_object_set_string_member (member, "id", id);
  set_text (member, "name", record, "name");
  set_text (member, "role", record, "role");
  json_object_set_object_member (answer, "member", member);
  json_object_set_string_member (answer, "device_id", device);
  set_text (answer, "time_zone", record, "time_zone");
  for (const char *const *count = status_counts; *count; count++)
    json_object_set_int_member (answer, *count, gez_record_get_integer (record, *count));
  json_object_set_string_member (answer, "changed_at", changed);
  json_object_set_boolean_member (answer, "has_recovery_sheet", has_sheet);
  if (backups->done_at != 0)
    json_object_set_string_member (answer, "backed_up_at", backed_up);
  else
    json_object_set_null_member (answer, "backed_up_at");
  json_object_set_boolean_member (answer, "is_memory_locked", gez_secrets_are_locked ());
  return answer;
}

static void
print_status (GezCtl         *ctl,
              GezRecord      *record,
              GezBackupState *backups,
              gboolean        has_sheet,
              GezSyncStatus  *sync)
{
  g_autoptr (JsonObject) answer = status_to_json (record, backups, has_sheet);
  JsonObject *member = json_object_get_object_member (answer, "member");

  gez_ctl_sync_to_json (answer, sync);
  if (ctl->is_json)
    {
      gez_ctl_print_json (answer);
      return;
    }
  gez_ctl_print (_("Team: %s\n"), json_object_get_string_member_with_default (answer, "team", "-"));
  gez_ctl_print (_("Member: %s, %s\n"), json_object_get_string_member_with_default (member, "name", "-"),
                 json_object_get_string_member_with_default (member, "role", "-"));
  gez_ctl_print (_("Households: %ld, persons: %ld, referrals: %ld\n"),
                 (glong) gez_record_get_integer (record, "households"),
                 (glong) gez_record_get_integer (record, "persons"),
                 (glong) gez_record_get_integer (record, "referrals"));
  gez_ctl_print (_("Last change: %s\n"), json_object_get_string_member (answer, "changed_at"));
  if (backups->done_at != 0)
    gez_ctl_print (_("Last backup: %s, %s\n"), json_object_get_string_member (answer, "backed_up_at"),
                   backups->done_path);
  else
    gez_ctl_print (_("There is no backup yet.\n"));
  gez_ctl_print ("%s\n", has_sheet ? _("A recovery sheet opens this store.")
                                   : _("There is no recovery sheet: a lost passphrase cannot be mended."));
  gez_ctl_print_sync (sync);
}

int
gez_ctl_status (GezCtl *ctl,
                int     argc,
                char  **argv)
{
  g_autoptr (GezQuery) query = status_query (), sync_query = gez_sync_status_query (), state_query = NULL;
  g_autoptr (GezBackupState) backups = NULL;
  g_autoptr (GezSyncStatus) sync = NULL;
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!gez_ctl_parse (ctl, NULL, 0, &argc, &argv, &status))
    return status;
  if ((store = gez_ctl_open (ctl, &error)) == NULL ||
      (records = gez_store_run (store, query, &error)) == NULL ||
      (sync = gez_store_run (store, sync_query, &error)) == NULL)
    return gez_ctl_fail (error);
  state_query = gez_backup_state_query (store);
  if ((backups = gez_store_run (store, state_query, &error)) == NULL)
    return gez_ctl_fail (error);
  vault = gez_store_ref_vault (store);
  print_status (ctl, records->pdata[0], backups, gez_vault_has_recovery (vault), sync);
  g_clear_object (&vault);
  return gez_store_close (store, &error) ? GEZ_CTL_DONE : gez_ctl_fail (error);
}

static void
print_report (GezCtl          *ctl,
              GezDamage       *damage,
              GezVerifyReport *report)
{
  g_autoptr (JsonObject) answer = gez_ctl_damage_to_json (damage);

  json_object_set_int_member (answer, "rows", report->n_rows);
  json_object_set_int_member (answer, "writes", report->n_writes);
  json_object_set_int_member (answer, "documents", report->n_documents);
  if (ctl->is_json)
    {
      gez_ctl_print_json (answer);
      return;
    }
  gez_ctl_print_damage (damage);
  if (damage->problems->len == 0)
    gez_ctl_print (_("Everything is sound: %ld pages, %ld rows, %ld writes.\n"), (glong) report->n_pages,
                   (glong) report->n_rows, (glong) report->n_writes);
}

/* Every page reads: whether what stands on them fits together. */
static int
verify_rows (GezCtl    *ctl,
             GezVault  *vault,
             GezDamage *damage,
             gboolean   reads_documents)
{
  g_autoptr (GezQuery) query = gez_verify_query ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStore) store = gez_store_open (vault, ctl->clock, &error);
  g_autoptr (GezVerifyReport) report = NULL;

  if (store == NULL || (report = gez_store_run (store, query, &error)) == NULL)
    return gez_ctl_fail (error);
  for (guint i = 0; i < report->problems->len; i++)
    g_ptr_array_add (damage->problems, g_strdup (report->problems->pdata[i]));
  if (reads_documents &&
      !gez_verify_contents (store, damage->problems, NULL, NULL, ctl->cancellable, &error))
    return gez_ctl_fail (error);
  print_report (ctl, damage, report);
  if (damage->problems->len > 0)
    g_set_error_literal (&error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "verify found problems");
  if (!gez_store_close (store, error ? NULL : &error) || error)
    return gez_ctl_fail (error);
  return GEZ_CTL_DONE;
}

int
gez_ctl_verify (GezCtl *ctl,
                int     argc,
                char  **argv)
{
  gboolean reads_documents = FALSE;
  g_autofree char *backup = NULL;
  const GOptionEntry entries[] = {
    { "backup", 0, 0, G_OPTION_ARG_FILENAME, &backup, N_("Read a copy of a store instead"), N_("FILE") },
    { "attachments", 0, 0, G_OPTION_ARG_NONE, &reads_documents, N_("Read every document to its end too"),
      NULL },
    { NULL },
  };
  g_autoptr (GezDamage) damage = NULL;
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!gez_ctl_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  if (backup)
    return gez_ctl_verify_backup (ctl, backup);
  damage = gez_ctl_look (ctl, &vault, &error);
  if (damage && error == NULL)
    return verify_rows (ctl, vault, damage, reads_documents);
  if (damage && ctl->is_json)
    {
      g_autoptr (JsonObject) answer = gez_ctl_damage_to_json (damage);

      gez_ctl_print_json (answer);
    }
  else if (damage)
    gez_ctl_print_damage (damage);
  return gez_ctl_fail (error);
}
