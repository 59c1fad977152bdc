/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gez-ctl-sentence.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/gez-document-error.h"
#include "base/gez-error.h"

/* Errors as one sentence for who works at a command line. Where a detail helps, such as which column,
 * it is the message of the error itself. */

static const char *
vault_sentence (int code)
{
  switch ((GezVaultError) code)
    {
    case GEZ_VAULT_ERROR_WRONG_PASSPHRASE:
      return _("That is not the passphrase of this store.");
    case GEZ_VAULT_ERROR_WRONG_RECOVERY:
      return _("That is not the newest recovery sheet of this store.");
    case GEZ_VAULT_ERROR_NOT_A_STORE:
      return _("There is no store in this directory; make one with “gezinsplanctl init”.");
    case GEZ_VAULT_ERROR_EXISTS:
      return _("There is a store in this directory already; nothing was changed.");
    case GEZ_VAULT_ERROR_IN_USE:
      return _("Another program has this store open; close it and try again.");
    case GEZ_VAULT_ERROR_DAMAGED:
      return _("This store is damaged or was changed by another program; put a backup back.");
    case GEZ_VAULT_ERROR_TOO_NEW:
      return _("This store was written by a newer Gezinsplan; update this one.");
    case GEZ_VAULT_ERROR_NO_MEMORY:
      return _("There is not enough free memory to work safely.");
    case GEZ_VAULT_ERROR_NO_SPACE:
      return _("The disk is full; what was saved before is still there.");
    case GEZ_VAULT_ERROR_IO:
      return NULL;
    }
  return NULL;
}

static const char *
store_sentence (int code)
{
  switch ((GezStoreError) code)
    {
    case GEZ_STORE_ERROR_NOT_FOUND:
      return _("There is nothing with that identity in this store.");
    case GEZ_STORE_ERROR_DAMAGED:
      return _("A part of this store is damaged; put a backup back.");
    case GEZ_STORE_ERROR_TOO_NEW:
      return _("This store was written by a newer Gezinsplan; update this one.");
    case GEZ_STORE_ERROR_NO_SPACE:
      return _("The disk is full; what was saved before is still there.");
    case GEZ_STORE_ERROR_INVALID:
    case GEZ_STORE_ERROR_CHANGED_SINCE:
    case GEZ_STORE_ERROR_REFUSED:
    case GEZ_STORE_ERROR_CLOSED:
    case GEZ_STORE_ERROR_IO:
    case GEZ_STORE_ERROR_INTERNAL:
      return NULL;
    }
  return NULL;
}

static char *
exchange_sentence (const GError *error)
{
  switch ((GezExchangeError) error->code)
    {
    case GEZ_EXCHANGE_ERROR_MALFORMED:
      return g_strdup_printf (_("This is not a sound document (%s); nothing was changed."), error->message);
    case GEZ_EXCHANGE_ERROR_TOO_DEEP:
      return g_strdup_printf (_("This is not a document of Gezinsplan (%s); nothing was changed."),
                              error->message);
    case GEZ_EXCHANGE_ERROR_UNSUPPORTED:
      return g_strdup_printf (_("This program does not read this document (%s); nothing was changed."),
                              error->message);
    case GEZ_EXCHANGE_ERROR_ROWS:
      return g_strdup_printf (_("Nothing was changed, because %s."), error->message);
    }
  return g_strdup (error->message);
}

static char *
recovery_sentence (const GError *error)
{
  switch ((GezRecoveryError) error->code)
    {
    case GEZ_RECOVERY_ERROR_UNKNOWN_WORD:
      return g_strdup_printf (_("Word %s is not on the list of words; compare it with the sheet."),
                              error->message);
    case GEZ_RECOVERY_ERROR_TOO_FEW:
      return g_strdup (_("Words are missing; a sheet has fourteen."));
    case GEZ_RECOVERY_ERROR_TOO_MANY:
      return g_strdup (_("There are too many words; a sheet has fourteen."));
    case GEZ_RECOVERY_ERROR_CHECKSUM:
      return g_strdup (_("One of the words is not the right one, or two changed places; compare them with "
                         "the sheet."));
    }
  return g_strdup (error->message);
}

static const char *
document_sentence (int code)
{
  switch ((GezDocumentError) code)
    {
    case GEZ_DOCUMENT_ERROR_NOT_A_FILE:
      return _("This is not a file; nothing was added.");
    case GEZ_DOCUMENT_ERROR_UNREADABLE:
      return _("This file cannot be read; nothing was added.");
    case GEZ_DOCUMENT_ERROR_EMPTY:
      return _("This file is empty; nothing was added.");
    case GEZ_DOCUMENT_ERROR_CHANGED:
      return _("This file changed while it was read; nothing was added.");
    case GEZ_DOCUMENT_ERROR_TOO_LARGE:
      return _("This document is too large for that.");
    case GEZ_DOCUMENT_ERROR_MISSING:
      return _("The content of this document is gone; put a backup back.");
    case GEZ_DOCUMENT_ERROR_ON_ITS_WAY:
      return _("This document is still on its way; it comes with the shared folder.");
    case GEZ_DOCUMENT_ERROR_DAMAGED:
      return _("The content of this document is damaged; put a backup back.");
    }
  return NULL;
}

static const char *
sync_sentence (int code)
{
  switch ((GezSyncError) code)
    {
    case GEZ_SYNC_ERROR_NOT_CONNECTED:
      return _("The shared folder is not connected; nothing is lost, try again when it is.");
    case GEZ_SYNC_ERROR_INCOMPLETE:
      return _("A file in the shared folder is not all there yet; try again later.");
    case GEZ_SYNC_ERROR_DAMAGED:
      return _("A file in the shared folder is damaged; it was left aside.");
    case GEZ_SYNC_ERROR_FOREIGN:
      return _("This folder holds files of another team.");
    case GEZ_SYNC_ERROR_TOO_NEW:
      return _("A colleague has a newer Gezinsplan; update this one.");
    case GEZ_SYNC_ERROR_EXISTS:
      return _("Another program changed a file in the shared folder; nothing was written over.");
    case GEZ_SYNC_ERROR_NOT_EMPTY:
      return _("This folder holds a team already; choose an empty one, or ask for an invitation.");
    case GEZ_SYNC_ERROR_NO_SPACE:
      return _("The shared folder is full; what was written waits on this device.");
    case GEZ_SYNC_ERROR_DENIED:
      return _("The shared folder may not be read or written by you.");
    case GEZ_SYNC_ERROR_TIMED_OUT:
      return _("The shared folder does not answer; what was written waits on this device.");
    case GEZ_SYNC_ERROR_IO:
      return NULL;
    }
  return NULL;
}

static const char *
team_sentence (int code)
{
  switch ((GezTeamError) code)
    {
    case GEZ_TEAM_ERROR_NO_TEAM:
      return _("This store shares nothing with colleagues yet.");
    case GEZ_TEAM_ERROR_NOT_ALLOWED:
      return _("Only a team leader may do that.");
    case GEZ_TEAM_ERROR_NO_KEY:
      return _("Who cannot read this part of a file cannot share it either.");
    case GEZ_TEAM_ERROR_LOCKED:
      return _("This colleague is kept out of this file because of a conflict of interest.");
    case GEZ_TEAM_ERROR_NOT_A_MEMBER:
      return _("Nobody in the team has this identity.");
    case GEZ_TEAM_ERROR_LAST_LEADER:
      return _("A team needs a leader: give somebody else that role first.");
    case GEZ_TEAM_ERROR_WRONG_CODE:
      return _("No invitation in this folder opens with these words.");
    case GEZ_TEAM_ERROR_EXPIRED:
      return _("This invitation was used, taken back, or is too old; ask for a new one.");
    case GEZ_TEAM_ERROR_EXISTS:
      return _("This store has a team already.");
    }
  return NULL;
}

/**
 * gez_ctl_sentence:
 *
 * Returns: (transfer full): what went wrong, on one line
 */
char *
gez_ctl_sentence (const GError *error)
{
  const char *sentence = NULL;

  if (error->domain == GEZ_EXCHANGE_ERROR)
    return exchange_sentence (error);
  if (error->domain == GEZ_RECOVERY_ERROR)
    return recovery_sentence (error);
  if (error->domain == GEZ_VAULT_ERROR)
    sentence = vault_sentence (error->code);
  else if (error->domain == GEZ_STORE_ERROR)
    sentence = store_sentence (error->code);
  else if (error->domain == GEZ_SYNC_ERROR)
    sentence = sync_sentence (error->code);
  else if (error->domain == GEZ_TEAM_ERROR)
    sentence = team_sentence (error->code);
  else if (error->domain == GEZ_DOCUMENT_ERROR)
    sentence = document_sentence (error->code);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sentence = _("Stopped; what was finished before is kept.");
  if (sentence)
    return g_strdup (sentence);
  return g_strdelimit (g_strdup_printf ("%s.", error->message), "\n\r", ' ');
}

/**
 * gez_ctl_backup_sentence:
 *
 * Returns: (transfer full): what went wrong with a backup, on one line
 */
char *
gez_ctl_backup_sentence (const GError *error)
{
  const char *sentence = NULL;

  if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE))
    sentence = _("That is not the passphrase of this backup; it may have been another one on that day.");
  else if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE))
    sentence = _("This is not a backup, or it was broken off.");
  else if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED)
           || g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED))
    sentence = _("This backup is damaged; take another one.");
  else if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_TOO_NEW)
           || g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_TOO_NEW))
    sentence = _("This backup was made by a newer Gezinsplan; update this one.");
  else if (g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND))
    sentence = _("The directory for backups is not there.");
  return sentence ? g_strdup (sentence) : gez_ctl_sentence (error);
}
