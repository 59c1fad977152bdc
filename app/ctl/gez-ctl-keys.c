/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <unistd.h>

#include "gez-ctl-passphrase.h"
#include "gez-ctl.h"
#include "vault/gez-vault-keys.h"

/* passphrase and rekey: what opens a store changes. */

/* What is typed without being seen is typed twice. */
static GezSecretText *
read_next (GezCtl     *ctl,
           const char *file,
           GError    **error)
{
  g_autoptr (GezSecretText) next = gez_ctl_read_passphrase (file, ctl->cancellable, error);
  g_autoptr (GezSecretText) again = NULL;

  if (next == NULL || !g_str_equal (file, "-") || !isatty (STDIN_FILENO))
    return g_steal_pointer (&next);
  again = gez_ctl_read_passphrase (file, ctl->cancellable, error);
  if (again == NULL)
    return NULL;
  if (gez_secret_text_equal (next, again))
    return g_steal_pointer (&next);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       _("the new passphrase was not typed the same way twice; nothing was changed"));
  return NULL;
}

static gboolean
change_passphrase (GezCtl     *ctl,
                   const char *file,
                   int         kdf_memory,
                   GError    **error)
{
  g_autoptr (GezSecretText) present = NULL, next = NULL;
  g_autoptr (GezVault) vault = NULL;
  GezKdfCost cost;

  if ((present = gez_ctl_get_passphrase (ctl, error)) == NULL ||
      (next = read_next (ctl, file, error)) == NULL ||
      (vault = gez_vault_unlock (ctl->store, gez_secret_text_peek (present), error)) == NULL)
    return FALSE;
  cost = gez_vault_get_cost (vault);
  if (kdf_memory)
    cost.memory = (guint64) kdf_memory * 1024 * 1024;
  return gez_vault_set_passphrase (vault, gez_secret_text_peek (next), cost, error);
}

static int
say (GezCtl     *ctl,
     const char *sentence)
{
  g_autoptr (JsonObject) answer = NULL;

  if (!ctl->is_json)
    {
      gez_ctl_print ("%s\n", sentence);
      return GEZ_CTL_DONE;
    }
  answer = json_object_new ();
  json_object_set_boolean_member (answer, "ok", TRUE);
  gez_ctl_print_json (answer);
  return GEZ_CTL_DONE;
}

int
gez_ctl_change_passphrase (GezCtl *ctl,
                           int     argc,
                           char  **argv)
{
  g_autofree char *file = NULL;
  int kdf_memory = 0, status;
  const GOptionEntry entries[] = {
    { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &file,
      N_("Where the new passphrase stands; - for standard input"), N_("FILE") },
    { "kdf-memory", 0, 0, G_OPTION_ARG_INT, &kdf_memory,
      N_("Memory that each guess of the passphrase costs, 8 to 1024 (as before)"), N_("MIB") },
    { NULL },
  };
  g_autoptr (GError) error = NULL;

  if (!gez_ctl_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  if (file == NULL)
    return gez_ctl_misuse (_("passphrase needs --new-passphrase-file"));
  if (kdf_memory != 0 && (kdf_memory < 8 || kdf_memory > 1024))
    return gez_ctl_misuse (_("--kdf-memory is between 8 and 1024"));
  if (!change_passphrase (ctl, file, kdf_memory, &error))
    return gez_ctl_fail (error);
  return say (ctl, _("The store opens with the new passphrase, and not with the old one."));
}

int
gez_ctl_rekey (GezCtl *ctl,
               int     argc,
               char  **argv)
{
  g_autoptr (GezSecretText) passphrase = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!gez_ctl_parse (ctl, NULL, 0, &argc, &argv, &status))
    return status;
  if ((passphrase = gez_ctl_get_passphrase (ctl, &error)) == NULL ||
      !gez_vault_rekey (ctl->store, gez_secret_text_peek (passphrase), NULL, NULL, ctl->cancellable, &error))
    return gez_ctl_fail (error);
  return say (ctl, _("The store has a new key. Its passphrase and its recovery sheet stay the same."));
}
