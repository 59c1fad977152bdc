/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "circle/gez-team-work.h"
#include "exchange/gez-recovery-sheet.h"
#include "gez-ctl-passphrase.h"
#include "gez-ctl-recovery.h"
#include "gez-ctl.h"
#include "model/gez-context.h"
#include "store/gez-recovery-note.h"
#include "vault/gez-vault-keys.h"

/* The recovery sheet from the command line, in two steps: --output writes a page that opens nothing yet,
 * and --activate takes the words from it. Nothing is kept in between: whoever can type the words has the
 * sheet. No command prints a word. */

static void
answer (GezCtl     *ctl,
        const char *sentence,
        const char *path)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (!ctl->is_json)
    {
      gez_ctl_print ("%s\n", sentence);
      return;
    }
  json_object_set_boolean_member (object, "ok", TRUE);
  if (path != NULL)
    json_object_set_string_member (object, "output", path);
  gez_ctl_print_json (object);
}

/* The number of the word is what the sentence needs. */
static void
set_number (GError **error,
            guint    position)
{
  if (error == NULL || !g_error_matches (*error, GEZ_RECOVERY_ERROR, GEZ_RECOVERY_ERROR_UNKNOWN_WORD))
    return;
  g_free ((*error)->message);
  (*error)->message = g_strdup_printf ("%u", position + 1);
}

/**
 * gez_ctl_sheet_read:
 * @file: where the words stand; "-" for standard input
 *
 * Returns: (transfer full): what they spell, or %NULL with @error set
 */
GezSecret *
gez_ctl_sheet_read (GezCtl     *ctl,
                    const char *file,
                    GError    **error)
{
  g_autoptr (GezSecretText) words = gez_ctl_read_words (file, ctl->cancellable, error);
  GezSecret *code;
  guint position = 0;

  if (words == NULL)
    return NULL;
  code = gez_recovery_code_parse (gez_secret_text_peek (words), &position, error);
  if (code == NULL)
    set_number (error, position);
  return code;
}

static gboolean
write_sheet (GezStore   *store,
             const char *path,
             GError    **error)
{
  g_autoptr (GezContext) context = gez_context_load (store, error);
  g_autoptr (GezSecret) code = context ? gez_recovery_code_new (error) : NULL;
  g_autofree char *today = context ? gez_context_dup_today (context) : NULL;

  if (code == NULL)
    return FALSE;
  return gez_recovery_sheet_write (&(GezRecoverySheet) { gez_context_get_team_name (context),
                                                         gez_context_get_member_name (context), today },
                                   code, path, error);
}

/* A leader's new sheet becomes that of the team. */
static gboolean
tell_team (GezStore *store,
           GError  **error)
{
  g_autoptr (GezQuery) query = gez_team_view_query ();
  g_autoptr (GezTeamView) view = gez_store_run (store, query, error);
  g_autoptr (GezTeamAct) act = gez_team_act_set_recovery ();

  return view && (!view->has_team || !view->is_leader || gez_team_act_run (act, store, error));
}

static gboolean
use_words (GezCtl     *ctl,
           GezStore   *store,
           const char *file,
           gboolean    is_activation,
           GError    **error)
{
  g_autoptr (GezSecret) code = gez_ctl_sheet_read (ctl, file, error);
  g_autoptr (GezVault) vault = gez_store_ref_vault (store);

  if (code == NULL)
    return FALSE;
  if (!is_activation && !gez_vault_check_recovery (vault, code, error))
    return FALSE;
  if (is_activation && !gez_vault_set_recovery (vault, code, error))
    return FALSE;
  return gez_recovery_note_write (store, is_activation ? GEZ_RECOVERY_MADE : GEZ_RECOVERY_CHECKED, error) &&
         (!is_activation || tell_team (store, error));
}

int
gez_ctl_recovery_sheet (GezCtl *ctl,
                        int     argc,
                        char  **argv)
{
  g_autofree char *output = NULL, *activate = NULL, *check = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_("Write a new sheet to this PDF; it opens nothing yet"), N_("FILE") },
    { "activate", 0, 0, G_OPTION_ARG_FILENAME, &activate,
      N_("Let the sheet with these words open the store, and no older one"), N_("FILE") },
    { "check", 0, 0, G_OPTION_ARG_FILENAME, &check,
      N_("Say whether the sheet with these words opens the store"), N_("FILE") },
    { NULL },
  };
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;
  int status;

  if (!gez_ctl_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  if ((output != NULL) + (activate != NULL) + (check != NULL) != 1)
    return gez_ctl_misuse (_("recovery-sheet needs one of --output, --activate and --check"));
  if ((store = gez_ctl_open (ctl, &error)) == NULL)
    return gez_ctl_fail (error);
  done = output ? write_sheet (store, output, &error)
                : use_words (ctl, store, activate ? activate : check, activate != NULL, &error);
  if (!gez_store_close (store, error ? NULL : &error) || !done)
    return gez_ctl_fail (error);
  answer (ctl,
          output     ? _("The sheet is written. It is not encrypted: print it and delete the file. It "
                         "opens nothing until you type its words in a file for --activate.")
          : activate ? _("This sheet opens the store from now on. An older sheet opens nothing any more.")
                     : _("This sheet opens the store."),
          output);
  return GEZ_CTL_DONE;
}

static gboolean
recover (GezCtl     *ctl,
         const char *words_file,
         const char *passphrase_file,
         GezKdfCost  cost,
         GError    **error)
{
  g_autoptr (GezSecret) code = gez_ctl_sheet_read (ctl, words_file, error);
  g_autoptr (GezSecretText) next = NULL;
  g_autoptr (GezVault) vault = NULL;

  if (code == NULL || (next = gez_ctl_read_passphrase (passphrase_file, ctl->cancellable, error)) == NULL
      || (vault = gez_vault_unlock_with_recovery (ctl->store, code, error)) == NULL)
    return FALSE;
  return gez_vault_set_passphrase (vault, gez_secret_text_peek (next), cost, error);
}

int
gez_ctl_recover (GezCtl *ctl,
                 int     argc,
                 char  **argv)
{
  g_autofree char *words = NULL, *next = NULL;
  int kdf_memory = 0;
  const GOptionEntry entries[] = {
    { "words-file", 0, 0, G_OPTION_ARG_FILENAME, &words,
      N_("Where the words of the sheet stand; - for standard input"), N_("FILE") },
    { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &next,
      N_("Where the new passphrase stands"), N_("FILE") },
    { "kdf-memory", 0, 0, G_OPTION_ARG_INT, &kdf_memory,
      N_("Memory that each guess of the passphrase costs, 8 to 1024 (256)"), N_("MIB") },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  GezKdfCost cost = GEZ_KDF_COST_DEFAULT;
  int status;

  if (!gez_ctl_parse (ctl, entries, 0, &argc, &argv, &status))
    return status;
  if (ctl->store == NULL || words == NULL || next == NULL)
    return gez_ctl_misuse (_("recover needs --store, --words-file and --new-passphrase-file"));
  if (kdf_memory != 0 && (kdf_memory < 8 || kdf_memory > 1024))
    return gez_ctl_misuse (_("--kdf-memory is between 8 and 1024"));
  if (kdf_memory != 0)
    cost.memory = (guint64) kdf_memory * 1024 * 1024;
  if (!recover (ctl, words, next, cost, &error))
    return gez_ctl_fail (error);
  answer (ctl, _("The new passphrase opens the store from now on. The sheet stays good."), NULL);
  return GEZ_CTL_DONE;
}

/**
 * gez_ctl_sheet_write:
 * @owner: of a store that is about to be made
 * @path: where the PDF goes
 *
 * Returns: (transfer full): the code that stands on it, or %NULL with @error set
 */
GezSecret *
gez_ctl_sheet_write (GezCtl              *ctl,
                     const GezStoreOwner *owner,
                     const char          *path,
                     GError             **error)
{
  g_autoptr (GezSecret) code = gez_recovery_code_new (error);
  g_autofree char *today = gez_clock_get_today (ctl->clock);
  GezRecoverySheet sheet = { owner->team_name, owner->member_name, today };

  if (code == NULL || !gez_recovery_sheet_write (&sheet, code, path, error))
    return NULL;
  return g_steal_pointer (&code);
}

/**
 * gez_ctl_sheet_activate:
 * @store: just made
 * @code: what stands on its sheet
 *
 * Lets the sheet open the store without seeing it back: there is nobody to ask.
 */
gboolean
gez_ctl_sheet_activate (GezStore        *store,
                        const GezSecret *code,
                        GError         **error)
{
  g_autoptr (GezVault) vault = gez_store_ref_vault (store);

  return gez_vault_set_recovery (vault, code, error)
         && gez_recovery_note_write (store, GEZ_RECOVERY_MADE, error);
}
