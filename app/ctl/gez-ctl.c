/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gez-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "gez-ctl-documents.h"
#include "gez-ctl-passphrase.h"
#include "gez-ctl-sentence.h"

/* What the commands share: their options, how they answer, how they reach the store.
 *
 * An answer goes to standard output, as lines for people or as one JSON object. What went wrong goes
 * to standard error, as one sentence. Nothing else is ever printed. */

const GezCtlCommand gez_ctl_commands[] = {
  { "init", "", N_("Make a store for the first member of a team."), gez_ctl_init },
  { "demo", "", N_("Fill an empty store with invented households."), gez_ctl_demo },
  { "passphrase", "", N_("Change the passphrase."), gez_ctl_change_passphrase },
  { "rekey", "", N_("Give the store a new key, because somebody may have got hold of the old one."),
    gez_ctl_rekey },
  { "import", "FILE", N_("Read a document that export wrote, or one like it."), gez_ctl_import },
  { "export", "", N_("Write the store, or one household, to a document. It is not encrypted!"),
    gez_ctl_export },
  { "attach", "FILE", N_("Put a file, encrypted, with the documents of a household."), gez_ctl_attach },
  { "save-copy", "ID", N_("Write a document to a file. It is not encrypted!"), gez_ctl_save_copy },
  { "list", "households|persons|referrals|followups|questions|documents|partners|conflicts",
    N_("List rows of one kind."), gez_ctl_list },
  { "show", "ID", N_("Show everything of one row."), gez_ctl_show },
  { "search", "TEXT", N_("Search names, notes, questions, goals and documents."), gez_ctl_search },
  { "status", "", N_("Say whose store it is and what it holds."), gez_ctl_status },
  { "verify", "", N_("Check every page, index, reference and write of the store, and its documents."),
    gez_ctl_verify },
  { "backup", "[DIRECTORY|FILE.gezbackup]", N_("Make a copy of the store, encrypted like the store, and read it back."),
    gez_ctl_backup },
  { "restore", "FILE", N_("Put a copy back. What stands there now is kept beside it."), gez_ctl_restore },
  { "salvage", "", N_("Save what can be read of a damaged store into a new one."), gez_ctl_salvage },
  { "recovery-sheet", "", N_("Make or check the sheet that opens the store when the passphrase is lost."),
    gez_ctl_recovery_sheet },
  { "recover", "", N_("Choose a new passphrase with the words of the recovery sheet."), gez_ctl_recover },
  { "invite", "", N_("Let somebody into the team, with words that work once."), gez_ctl_invite },
  { "join", "", N_("Make a store for somebody who was invited."), gez_ctl_join },
  { "members", "", N_("List who is in the team, and who was invited."), gez_ctl_members },
  { "remove-member", "MEMBER", N_("Take somebody out of the team, with all devices."), gez_ctl_remove_member },
  { "recover-member", "MEMBER",
    N_("Give back to somebody who lost every device what the words of the recovery sheet open."),
    gez_ctl_recover_member },
  { "grant", "HOUSEHOLD MEMBER", N_("Let a colleague read the file of a household."), gez_ctl_grant },
  { "revoke", "HOUSEHOLD MEMBER", N_("Let a colleague read nothing new of a household."), gez_ctl_revoke },
  { "sync", "", N_("Read what colleagues shared, and share what was written here."), gez_ctl_sync },
  { "help", "[COMMAND]", N_("Explain the commands, or one of them."), gez_ctl_help },
  { NULL },
};

const GezCtlCommand *
gez_ctl_find_command (const char *name)
{
  for (const GezCtlCommand *command = gez_ctl_commands; command->name; command++)
    if (g_str_equal (command->name, name))
      return command;
  return NULL;
}

static GOptionContext *
context_new (GezCtl             *ctl,
             const GOptionEntry *entries,
             gboolean           *is_help)
{
  GOptionContext *context = g_option_context_new (ctl->command->arguments);
  GOptionEntry common[] = {
    { "store", 's', 0, G_OPTION_ARG_FILENAME, &ctl->store,
      N_("The directory of the store"), N_("DIRECTORY") },
    { "passphrase-file", 'p', 0, G_OPTION_ARG_FILENAME, &ctl->passphrase_file,
      N_("Where the passphrase stands; - for standard input"), N_("FILE") },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &ctl->is_json, N_("Answer in JSON"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, is_help, N_("Explain this command"), NULL },
    { NULL },
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, _(ctl->command->summary));
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  if (entries)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

/**
 * gez_ctl_parse:
 * @entries: (nullable): the options of this command alone
 * @n_arguments: how many words stand beside the options; -1: one or none
 * @argc: (inout): words left, the command itself included
 * @status: (out): on %FALSE, what the program ends with
 *
 * Returns: whether the command is to be carried out
 */
gboolean
gez_ctl_parse (GezCtl             *ctl,
               const GOptionEntry *entries,
               int                 n_arguments,
               int                *argc,
               char             ***argv,
               int                *status)
{
  gboolean is_help = FALSE;
  g_autoptr (GOptionContext) context = context_new (ctl, entries, &is_help);
  g_autoptr (GError) error = NULL;

  *status = GEZ_CTL_WRONG_USE;
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      gez_ctl_misuse ("%s", error->message);
      return FALSE;
    }
  if (is_help)
    {
      g_autofree char *name = g_strdup_printf ("gezinsplanctl %s", ctl->command->name);
      g_autofree char *help = NULL;

      g_set_prgname (name);
      help = g_option_context_get_help (context, TRUE, NULL);
      gez_ctl_print ("%s", help);
      *status = GEZ_CTL_DONE;
      return FALSE;
    }
  if (*argc - 1 != n_arguments && (n_arguments >= 0 || *argc - 1 > -n_arguments))
    {
      gez_ctl_misuse (*argc - 1 < n_arguments ? _("%s: something is missing behind the command")
                                              : _("%s: there is too much behind the command"),
                      ctl->command->name);
      return FALSE;
    }
  return TRUE;
}

/**
 * gez_ctl_fail:
 *
 * Says on standard error what went wrong.
 *
 * Returns: %GEZ_CTL_FAILED, or %GEZ_CTL_WRONG_USE when an option is to blame
 */
int
gez_ctl_fail (const GError *error)
{
  g_autofree char *sentence = NULL;

  if (error->domain == G_OPTION_ERROR)
    return gez_ctl_misuse ("%s", error->message);
  sentence = gez_ctl_sentence (error);
  g_printerr ("gezinsplanctl: %s\n", sentence);
  return GEZ_CTL_FAILED;
}

/**
 * gez_ctl_misuse:
 *
 * Says on standard error what was typed wrongly.
 *
 * Returns: %GEZ_CTL_WRONG_USE
 */
int
gez_ctl_misuse (const char *format,
                ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr (_("gezinsplanctl: %s; see “gezinsplanctl help”.\n"), sentence);
  return GEZ_CTL_WRONG_USE;
}

/**
 * gez_ctl_warn:
 *
 * Says on standard error what somebody should know although everything was done.
 */
void
gez_ctl_warn (const char *format,
              ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("gezinsplanctl: %s\n", sentence);
}

/**
 * gez_ctl_print:
 *
 * Prints for people. Control characters that a text may hold do not reach the terminal.
 */
void
gez_ctl_print (const char *format,
               ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      gboolean is_harmless = character == '\n' || character == '\t' || !g_unichar_iscntrl (character);

      fwrite (is_harmless ? at : " ", 1, is_harmless ? (gsize) (g_utf8_next_char (at) - at) : 1, stdout);
    }
}

void
gez_ctl_print_json (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, TRUE);

  fputs (text, stdout);
  fputc ('\n', stdout);
}

static gboolean
check_place (GezCtl  *ctl,
             GError **error)
{
  if (ctl->store && ctl->passphrase_file)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("%s needs --store and --passphrase-file"),
               ctl->command->name);
  return FALSE;
}

/* A creation that was broken off is begun again with the same passphrase. */
static GezVault *
make_vault (GezCtl        *ctl,
            GezPassphrase  passphrase,
            GezKdfCost     cost,
            GError       **error)
{
  g_autoptr (GezVault) unfinished = NULL;

  if (!gez_vault_exists (ctl->store))
    return gez_vault_create (ctl->store, passphrase, cost, error);
  unfinished = gez_vault_unlock (ctl->store, passphrase, error);
  if (unfinished && gez_vault_has_database (unfinished))
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_EXISTS, "there is a store already");
      return NULL;
    }
  return g_steal_pointer (&unfinished);
}

/**
 * gez_ctl_get_passphrase:
 *
 * Returns: (transfer full): the passphrase that the options name, or %NULL with @error set
 */
GezSecretText *
gez_ctl_get_passphrase (GezCtl  *ctl,
                        GError **error)
{
  if (!check_place (ctl, error))
    return NULL;
  return gez_ctl_read_passphrase (ctl->passphrase_file, ctl->cancellable, error);
}

/**
 * gez_ctl_make:
 * @owner: whose store it will be
 * @kdf_memory: MiB that guessing the passphrase costs; 0 for the default
 *
 * Returns: (transfer full): the new store, or %NULL with @error set
 */
GezStore *
gez_ctl_make (GezCtl               *ctl,
              const GezStoreOwner  *owner,
              int                   kdf_memory,
              GError              **error)
{
  g_autoptr (GezSecretText) passphrase = NULL;
  g_autoptr (GezVault) vault = NULL;
  GezKdfCost cost = GEZ_KDF_COST_DEFAULT;

  if (kdf_memory)
    cost.memory = (guint64) kdf_memory * 1024 * 1024;
  if ((passphrase = gez_ctl_get_passphrase (ctl, error)) == NULL ||
      (vault = make_vault (ctl, gez_secret_text_peek (passphrase), cost, error)) == NULL)
    return NULL;
  return gez_store_create (vault, ctl->clock, owner, error);
}

static void
remove_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children =
      g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child)
    remove_tree (child);
  g_file_delete (file, NULL, NULL);
}

/**
 * gez_ctl_unmake:
 * @store: what gez_ctl_make() made in this run, and nobody wrote in
 *
 * Takes it away again: it would stand in the way of the next attempt.
 */
void
gez_ctl_unmake (GezCtl   *ctl,
                GezStore *store)
{
  g_autoptr (GFile) directory = g_file_new_for_path (ctl->store);

  gez_store_close (store, NULL);
  remove_tree (directory);
}

/**
 * gez_ctl_unlock:
 *
 * Returns: (transfer full): the keys of the store that the options name, or %NULL with @error set
 */
GezVault *
gez_ctl_unlock (GezCtl  *ctl,
                GError **error)
{
  g_autoptr (GezSecretText) passphrase = NULL;
  g_autoptr (GezVault) vault = NULL;

  if ((passphrase = gez_ctl_get_passphrase (ctl, error)) == NULL ||
      (vault = gez_vault_unlock (ctl->store, gez_secret_text_peek (passphrase), error)) == NULL)
    return NULL;
  if (gez_vault_has_database (vault))
    return g_steal_pointer (&vault);
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE, "its creation was broken off");
  return NULL;
}

/**
 * gez_ctl_open:
 *
 * Returns: (transfer full): the store that the options name, or %NULL with @error set
 */
GezStore *
gez_ctl_open (GezCtl  *ctl,
              GError **error)
{
  g_autoptr (GezVault) vault = gez_ctl_unlock (ctl, error);

  return vault ? gez_store_open (vault, ctl->clock, error) : NULL;
}
