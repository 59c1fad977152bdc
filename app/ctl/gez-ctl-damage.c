/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gez-ctl-damage.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "sync/gez-salvage.h"

/* What is damaged, and what can be saved of it. */

#define PAGES_MAX 1000 /* page numbers in an answer */

static void
note_check (GezDamage           *damage,
            const GezVaultCheck *check)
{
  if (!check->has_header)
    g_ptr_array_add (damage->problems, g_strdup ("header: damaged or missing"));
  if (!check->has_copy)
    g_ptr_array_add (damage->problems, g_strdup ("header.copy: damaged or missing"));
  if (!check->has_database)
    g_ptr_array_add (damage->problems, g_strdup ("gezinsplan.db: empty or missing"));
  if (check->n_damaged > 0)
    g_ptr_array_add (damage->problems,
                     g_strdup_printf ("gezinsplan.db: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                                      " pages do not read", check->n_damaged, check->n_pages));
  if (check->is_epoch_damaged)
    g_ptr_array_add (damage->problems, g_strdup ("gezinsplan.db-epoch: damaged or missing"));
  if (check->n_lost_frames > 0)
    g_ptr_array_add (damage->problems,
                     g_strdup_printf ("gezinsplan.db-wal: %" G_GINT64_FORMAT " saved frames do not read",
                                      check->n_lost_frames));
}

static void
note_tables (GezDamage *damage)
{
  for (guint i = 0; damage->tables && i < damage->tables->len; i++)
    {
      GezDamageTable *table = damage->tables->pdata[i];

      if (!table->is_damaged)
        continue;
      if (table->n_households > 0)
        g_ptr_array_add (damage->problems,
                         g_strdup_printf ("%s: rows of %" G_GINT64_FORMAT " households do not read", table->table,
                                          table->n_households));
      else
        g_ptr_array_add (damage->problems, g_strdup_printf ("%s: rows do not read", table->table));
    }
}

/* Only where pages do not read it is worth a copy to find out what they held. */
static GezDamage *
look_at_pages (GezCtl    *ctl,
               GezVault  *vault,
               GError   **error)
{
  g_autoptr (GezVaultCheck) check = gez_vault_check (vault, NULL, NULL, ctl->cancellable, error);

  if (check == NULL)
    return NULL;
  return check->n_damaged > 0 ? gez_salvage_look (vault, ctl->clock, NULL, NULL, ctl->cancellable, error)
                              : gez_damage_new (g_steal_pointer (&check));
}

/**
 * gez_ctl_look:
 * @vault: (out) (transfer full): the keys, when there is nothing wrong with the files
 * @error: what the store suffers from
 *
 * Looks at the files of the store, before it is opened.
 *
 * Returns: (transfer full) (nullable): what is known; %NULL when nothing could be looked at
 */
GezDamage *
gez_ctl_look (GezCtl    *ctl,
              GezVault **vault,
              GError   **error)
{
  g_autoptr (GezVaultCheck) headers = ctl->store ? gez_vault_check_headers (ctl->store) : NULL;
  g_autoptr (GezVault) unlocked = NULL;
  g_autoptr (GezDamage) damage = NULL;
  g_autoptr (GError) failure = NULL;

  unlocked = gez_ctl_unlock (ctl, &failure);
  if (unlocked == NULL && headers && g_error_matches (failure, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED))
    damage = gez_damage_new (g_steal_pointer (&headers));
  else if (unlocked)
    damage = look_at_pages (ctl, unlocked, &failure);
  if (damage)
    {
      /* Unlocking may have repaired one from the other. */
      damage->check->has_header &= headers == NULL || headers->has_header;
      damage->check->has_copy &= headers == NULL || headers->has_copy;
      note_check (damage, damage->check);
      note_tables (damage);
    }
  if (failure == NULL && damage->check->n_damaged + damage->check->n_lost_frames > 0)
    g_set_error_literal (&failure, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "pages do not read");
  else if (failure == NULL && (damage->check->is_epoch_damaged || !damage->check->has_database))
    g_set_error_literal (&failure, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "files are damaged");
  *vault = failure ? NULL : g_steal_pointer (&unlocked);
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return g_steal_pointer (&damage);
}

static JsonArray *
list_pages (const GezVaultCheck *check)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < check->damaged->len; i++)
    {
      GezPageRange *range = &g_array_index (check->damaged, GezPageRange, i);

      for (gint64 page = range->first; page <= range->last; page++)
        if (json_array_get_length (list) < PAGES_MAX)
          json_array_add_int_element (list, page);
    }
  return list;
}

/**
 * gez_ctl_damage_to_json:
 *
 * Returns: (transfer full): what is known, for a program
 */
JsonObject *
gez_ctl_damage_to_json (const GezDamage *damage)
{
  JsonObject *answer = json_object_new ();
  JsonArray *problems = json_array_new ();

  for (guint i = 0; i < damage->problems->len; i++)
    json_array_add_string_element (problems, damage->problems->pdata[i]);
  json_object_set_boolean_member (answer, "ok", damage->problems->len == 0);
  json_object_set_int_member (answer, "pages", damage->check->n_pages);
  json_object_set_array_member (answer, "damaged_pages", list_pages (damage->check));
  json_object_set_array_member (answer, "problems", problems);
  return answer;
}

void
gez_ctl_print_damage (const GezDamage *damage)
{
  for (guint i = 0; i < damage->problems->len; i++)
    gez_ctl_print ("%s\n", (const char *) damage->problems->pdata[i]);
}

static void
progress_cb (gint64   n_done,
             gint64   n_all,
             gpointer is_seen)
{
  if (GPOINTER_TO_INT (is_seen))
    g_printerr ("\r%" G_GINT64_FORMAT " / %" G_GINT64_FORMAT, n_done, n_all);
}

static void
print_saved (GezCtl          *ctl,
             const GezDamage *saved,
             const char      *output)
{
  g_autoptr (JsonObject) answer = gez_ctl_damage_to_json (saved);

  if (!ctl->is_json)
    {
      gez_ctl_print (_("%ld rows were read, %ld were made again from the change log, %ld are lost.\n"),
                     (glong) saved->n_rows, (glong) saved->n_rebuilt, (glong) saved->n_lost);
      gez_ctl_print (_("The new store is %s; the damaged one was left as it is.\n"), output);
      return;
    }
  json_object_set_int_member (answer, "rows", saved->n_rows);
  json_object_set_int_member (answer, "rebuilt", saved->n_rebuilt);
  json_object_set_int_member (answer, "lost", saved->n_lost);
  json_object_set_int_member (answer, "corrected", saved->n_corrected);
  json_object_set_int_member (answer, "stand_ins", saved->n_stand_ins);
  gez_ctl_print_json (answer);
}

int
gez_ctl_salvage (GezCtl *ctl,
                 int     argc,
                 char  **argv)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_("Where the new store is made"), N_("DIRECTORY") },
    { NULL },
  };
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GezDamage) saved = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_seen = isatty (STDERR_FILENO);
  int status;

  if (!gez_ctl_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  if (output == NULL)
    return gez_ctl_misuse (_("salvage needs --output"));
  if ((vault = gez_ctl_unlock (ctl, &error)))
    saved = gez_salvage_run (vault, ctl->clock, output, progress_cb, GINT_TO_POINTER (is_seen), ctl->cancellable,
                             &error);
  if (is_seen)
    g_printerr ("\r\033[K");
  if (saved == NULL)
    return gez_ctl_fail (error);
  print_saved (ctl, saved, output);
  return GEZ_CTL_DONE;
}
