/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The one place where an error becomes a sentence: what happened, what was kept, what to do. The
 * messages of db/ are facts for a log and are never shown as they are.
 */

#include "common/gez-sentence.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/gez-document-error.h"
#include "base/gez-error.h"
#include "documents/gez-preview-error.h"

static const char *
vault_sentence (GezVaultError code)
{
  switch (code)
    {
    case GEZ_VAULT_ERROR_WRONG_PASSPHRASE:
      return _("That is not the passphrase of this file. Nothing was changed; try again.");
    case GEZ_VAULT_ERROR_WRONG_RECOVERY:
      return _("These are not the words of the recovery sheet of this file. Nothing was changed; look "
               "whether it is the newest sheet and try again.");
    case GEZ_VAULT_ERROR_NOT_A_STORE:
      return _("There is no file of Gezinsplan here. Nothing was changed; make a new file or "
               "choose another folder.");
    case GEZ_VAULT_ERROR_EXISTS:
      return _("There is a file of Gezinsplan here already. It was left as it is; open that one, "
               "or choose another folder.");
    case GEZ_VAULT_ERROR_IN_USE:
      return _("Gezinsplan has this file open in another window. Nothing was changed; close the "
               "other window and try again.");
    case GEZ_VAULT_ERROR_DAMAGED:
      return _("This file is damaged or was changed by something else than Gezinsplan. It was left "
               "as it is; put a backup back, or ask who looks after the computers.");
    case GEZ_VAULT_ERROR_TOO_NEW:
      return _("This file was written by a newer Gezinsplan. It was left as it is; update the "
               "program and try again.");
    case GEZ_VAULT_ERROR_NO_MEMORY:
      return _("There is not enough free memory to open the file safely. Nothing was changed; "
               "close other programs and try again.");
    case GEZ_VAULT_ERROR_NO_SPACE:
      return _("The disk is full. What was saved before is still there; make room and try again.");
    case GEZ_VAULT_ERROR_IO:
      return _("The disk refused. What was saved before is still there; look whether the folder "
               "can be reached and written, and try again.");
    }
  return NULL;
}

static const char *
store_sentence (GezStoreError code)
{
  switch (code)
    {
    case GEZ_STORE_ERROR_INVALID:
      return _("Something that was filled in cannot be saved. What you typed still stands here; "
               "correct it and try again.");
    case GEZ_STORE_ERROR_NOT_FOUND:
      return _("This is not in the file any more. Nothing was changed; go back and look again.");
    case GEZ_STORE_ERROR_CHANGED_SINCE:
      return _("This was changed in the meantime, so nothing was done now. The newest text was kept; "
               "look again.");
    case GEZ_STORE_ERROR_REFUSED:
      return _("Gezinsplan does not do this, so that nothing is ever lost. Nothing was changed.");
    case GEZ_STORE_ERROR_DAMAGED:
      return _("A part of the file is damaged. Nothing more is written to it; lock, and put a "
               "backup back, or ask who looks after the computers.");
    case GEZ_STORE_ERROR_TOO_NEW:
      return _("This file was written by a newer Gezinsplan. It was left as it is; update the "
               "program and try again.");
    case GEZ_STORE_ERROR_NO_SPACE:
      return _("The disk is full, so this was not saved. What you typed still stands here; make "
               "room and try again.");
    case GEZ_STORE_ERROR_CLOSED:
      return _("Gezinsplan is locked. What was saved is still there; unlock to go on.");
    case GEZ_STORE_ERROR_IO:
      return _("The disk refused, so this was not saved. What you typed still stands here; look "
               "whether the disk can be reached and try again.");
    case GEZ_STORE_ERROR_INTERNAL:
      return _("Gezinsplan made a mistake, so this was not saved. What you typed still stands "
               "here; try again, and report it if it comes back.");
    }
  return NULL;
}

static const char *
exchange_sentence (GezExchangeError code)
{
  switch (code)
    {
    case GEZ_EXCHANGE_ERROR_MALFORMED:
      return _("This document cannot be read: it is not what it says it is. Nothing was taken "
               "from it; ask for it again.");
    case GEZ_EXCHANGE_ERROR_TOO_DEEP:
      return _("This document is not made by Gezinsplan: it is folded too deep. Nothing was taken "
               "from it.");
    case GEZ_EXCHANGE_ERROR_UNSUPPORTED:
      return _("Gezinsplan does not know this kind of document. Nothing was taken from it; save it "
               "in another form, or update the program.");
    case GEZ_EXCHANGE_ERROR_ROWS:
      return _("Some lines of this document are wrong. Nothing was taken from it; correct the "
               "lines and try again.");
    }
  return NULL;
}

static const char *
document_sentence (GezDocumentError code)
{
  switch (code)
    {
    case GEZ_DOCUMENT_ERROR_NOT_A_FILE:
      return _("This is a folder or something else that is not a file. Nothing was added; choose the "
               "files themselves.");
    case GEZ_DOCUMENT_ERROR_UNREADABLE:
      return _("This file cannot be read. Nothing was added; look whether it is still there and may "
               "be read, and try again.");
    case GEZ_DOCUMENT_ERROR_EMPTY:
      return _("This file is empty. Nothing was added; ask for it again.");
    case GEZ_DOCUMENT_ERROR_CHANGED:
      return _("This file changed while it was read. Nothing was added; wait until it is finished and "
               "try again.");
    case GEZ_DOCUMENT_ERROR_TOO_LARGE:
      return _("This document is too large to show here. It is still there; save a copy to look at it.");
    case GEZ_DOCUMENT_ERROR_MISSING:
      return _("The content of this document is not here any more. Everything else is still there; "
               "put a backup back, or ask who looks after the computers.");
    case GEZ_DOCUMENT_ERROR_ON_ITS_WAY:
      return _("A colleague added this document, and it is still on its way. It comes with the shared "
               "folder; try again later.");
    case GEZ_DOCUMENT_ERROR_DAMAGED:
      return _("The content of this document is damaged. Everything else is still there; put a backup "
               "back, or ask who looks after the computers.");
    }
  return NULL;
}

static const char *
recovery_sentence (GezRecoveryError code)
{
  switch (code)
    {
    case GEZ_RECOVERY_ERROR_UNKNOWN_WORD:
      return _("One of these words is not on the list of words. Nothing was changed; compare them with the "
               "sheet.");
    case GEZ_RECOVERY_ERROR_TOO_FEW:
    case GEZ_RECOVERY_ERROR_TOO_MANY:
      return _("A recovery sheet has fourteen words. Nothing was changed; compare them with the sheet.");
    case GEZ_RECOVERY_ERROR_CHECKSUM:
      return _("These words do not belong together: one is not the right one, or two changed places. Nothing "
               "was changed; compare them with the sheet.");
    }
  return NULL;
}

static const char *
sync_sentence (GezSyncError code)
{
  switch (code)
    {
    case GEZ_SYNC_ERROR_NOT_CONNECTED:
      return _("The shared folder is not there now. What you write is kept here; connect the folder, or "
               "choose it again.");
    case GEZ_SYNC_ERROR_INCOMPLETE:
      return _("The shared folder is not complete here yet. Nothing was changed; wait until it is, and try "
               "again.");
    case GEZ_SYNC_ERROR_DAMAGED:
      return _("A file in the shared folder is damaged. Everything else is still there; it is tried again "
               "later.");
    case GEZ_SYNC_ERROR_FOREIGN:
      return _("This is not the folder of your team. Nothing was changed; choose the right one.");
    case GEZ_SYNC_ERROR_TOO_NEW:
      return _("A colleague works with a newer Gezinsplan. What you write is kept here; update the program.");
    case GEZ_SYNC_ERROR_EXISTS:
      return _("There is another file of that name in the shared folder. Nothing was overwritten; it is "
               "tried again later.");
    case GEZ_SYNC_ERROR_NOT_EMPTY:
      return _("There is a team in this folder already. Nothing was changed; choose another folder, or ask "
               "for an invitation.");
    case GEZ_SYNC_ERROR_NO_SPACE:
      return _("The shared folder is full. What you write is kept here; make room there.");
    case GEZ_SYNC_ERROR_DENIED:
      return _("You may not read or write in the shared folder. What you write is kept here; ask who looks "
               "after it.");
    case GEZ_SYNC_ERROR_TIMED_OUT:
      return _("The shared folder does not answer. What you write is kept here; it is tried again later.");
    case GEZ_SYNC_ERROR_IO:
      return _("The shared folder refused. What you write is kept here; it is tried again later.");
    }
  return NULL;
}

static const char *
team_sentence (GezTeamError code)
{
  switch (code)
    {
    case GEZ_TEAM_ERROR_NO_TEAM:
      return _("You work alone, so there is nobody to share with. Nothing was changed; begin a team first.");
    case GEZ_TEAM_ERROR_NOT_ALLOWED:
      return _("Only a team leader may do this. Nothing was changed; ask one.");
    case GEZ_TEAM_ERROR_NO_KEY:
      return _("You cannot read this yourself, and so cannot give it. Nothing was changed; ask who works on "
               "the file.");
    case GEZ_TEAM_ERROR_LOCKED:
      return _("This colleague is kept out of this file. Nothing was changed; a team leader can end that.");
    case GEZ_TEAM_ERROR_NOT_A_MEMBER:
      return _("This colleague is not in the team any more. Nothing was changed.");
    case GEZ_TEAM_ERROR_LAST_LEADER:
      return _("A team needs a team leader, and this is the last one. Nothing was changed; give somebody "
               "else that role first.");
    case GEZ_TEAM_ERROR_WRONG_CODE:
      return _("No invitation in this folder opens with these words. Nothing was changed; look whether it is "
               "the right folder and wait until it has come in, or compare the words.");
    case GEZ_TEAM_ERROR_EXPIRED:
      return _("This invitation was used, withdrawn, or is too old. Nothing was changed; ask for a new one.");
    case GEZ_TEAM_ERROR_EXISTS:
      return _("This file is in a team already. Nothing was changed.");
    }
  return NULL;
}

static const char *
preview_sentence (GezPreviewError code)
{
  switch (code)
    {
    case GEZ_PREVIEW_ERROR_UNREADABLE:
      return _("This document is broken, or something else than its name says. It is kept as it is; "
               "save a copy to try another program.");
    case GEZ_PREVIEW_ERROR_TOO_LARGE:
      return _("This document is too large to show safely. It is kept as it is; save a copy to open "
               "it with another program.");
    case GEZ_PREVIEW_ERROR_PASSPHRASE:
      return _("This PDF asks for a password of its own. It is kept as it is; save a copy to open it "
               "with another program.");
    }
  return NULL;
}

static const char *
find_sentence (const GError *error)
{
  if (error->domain == GEZ_VAULT_ERROR)
    return vault_sentence (error->code);
  if (error->domain == GEZ_STORE_ERROR)
    return store_sentence (error->code);
  if (error->domain == GEZ_EXCHANGE_ERROR)
    return exchange_sentence (error->code);
  if (error->domain == GEZ_DOCUMENT_ERROR)
    return document_sentence (error->code);
  if (error->domain == GEZ_RECOVERY_ERROR)
    return recovery_sentence (error->code);
  if (error->domain == GEZ_SYNC_ERROR)
    return sync_sentence (error->code);
  if (error->domain == GEZ_TEAM_ERROR)
    return team_sentence (error->code);
  if (error->domain == GEZ_PREVIEW_ERROR)
    return preview_sentence (error->code);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return _("This was stopped. Nothing was changed.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return vault_sentence (GEZ_VAULT_ERROR_NO_SPACE);
  if (error->domain == G_IO_ERROR || error->domain == G_FILE_ERROR)
    return vault_sentence (GEZ_VAULT_ERROR_IO);
  return NULL;
}

/**
 * gez_sentence_for_error:
 * @error: (nullable): what went wrong
 *
 * Returns: (transfer full): what happened, what was kept, and what to do, in the person's language
 */
char *
gez_sentence_for_error (const GError *error)
{
  const char *sentence = error != NULL ? find_sentence (error) : NULL;

  if (sentence == NULL)
    sentence = _("Something went wrong that Gezinsplan does not know. What was saved is still "
                 "there; try again.");
  return g_strdup (sentence);
}

/* What a backup says in another way than a file. */
static const char *
find_backup_sentence (const GError *error)
{
  if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE))
    return _("This backup does not open with that passphrase. It may have had another one on that day, or it "
             "is of another file. Nothing was changed; try again.");
  if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE))
    return _("This is not a backup of Gezinsplan, or it was broken off. Nothing was changed; choose another "
             "one.");
  if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED)
      || g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED))
    return _("This backup is damaged. Nothing was changed; take an older one, and make a new one.");
  if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_TOO_NEW)
      || g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_TOO_NEW))
    return _("This backup was made by a newer Gezinsplan. Nothing was changed; update the program and try "
             "again.");
  if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_SPACE)
      || g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NO_SPACE))
    return _("There is not enough room for it. What was there before is still there; make room, or choose "
             "another folder.");
  if (g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND))
    return _("The folder for backups is not there. Older backups are as they were; put the stick in or "
             "choose another folder, and try again.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
    return _("Another backup is being made or read. Wait until it is ready, and try again.");
  return NULL;
}

/**
 * gez_sentence_for_backup_error:
 * @error: (nullable): what went wrong with a backup
 *
 * Returns: (transfer full): as gez_sentence_for_error(), in words about backups
 */
char *
gez_sentence_for_backup_error (const GError *error)
{
  const char *sentence = error != NULL ? find_backup_sentence (error) : NULL;

  return sentence ? g_strdup (sentence) : gez_sentence_for_error (error);
}
