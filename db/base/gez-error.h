/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GezVaultError:
 * @GEZ_VAULT_ERROR_WRONG_PASSPHRASE: no key slot opens with this passphrase; ask again
 * @GEZ_VAULT_ERROR_WRONG_RECOVERY: this recovery code is not the store's; ask again
 * @GEZ_VAULT_ERROR_NOT_A_STORE: the directory holds no store; choose another or make one
 * @GEZ_VAULT_ERROR_EXISTS: a store is there already; open it instead
 * @GEZ_VAULT_ERROR_IN_USE: another process has this store open; close that one
 * @GEZ_VAULT_ERROR_DAMAGED: header or database fails authentication; restore a backup
 * @GEZ_VAULT_ERROR_TOO_NEW: written by a newer version; update the program
 * @GEZ_VAULT_ERROR_NO_MEMORY: key derivation or locked memory did not fit
 * @GEZ_VAULT_ERROR_NO_SPACE: the disk is full; free some space and try again
 * @GEZ_VAULT_ERROR_IO: the file system refused; the message holds the details
 *
 * What can go wrong with keys and files, named after what the caller can do.
 */
typedef enum
{
  GEZ_VAULT_ERROR_WRONG_PASSPHRASE,
  GEZ_VAULT_ERROR_WRONG_RECOVERY,
  GEZ_VAULT_ERROR_NOT_A_STORE,
  GEZ_VAULT_ERROR_EXISTS,
  GEZ_VAULT_ERROR_IN_USE,
  GEZ_VAULT_ERROR_DAMAGED,
  GEZ_VAULT_ERROR_TOO_NEW,
  GEZ_VAULT_ERROR_NO_MEMORY,
  GEZ_VAULT_ERROR_NO_SPACE,
  GEZ_VAULT_ERROR_IO,
} GezVaultError;

#define GEZ_VAULT_ERROR (gez_vault_error_quark ())
GQuark gez_vault_error_quark (void);

/**
 * GezStoreError:
 * @GEZ_STORE_ERROR_INVALID: a value is not acceptable; the message names table and column
 * @GEZ_STORE_ERROR_NOT_FOUND: there is no such row
 * @GEZ_STORE_ERROR_CHANGED_SINCE: somebody wrote since; an undo is refused
 * @GEZ_STORE_ERROR_REFUSED: the store never does this (delete, replace, raw transaction)
 * @GEZ_STORE_ERROR_DAMAGED: a page fails authentication or the database is malformed
 * @GEZ_STORE_ERROR_TOO_NEW: the schema is newer than this program
 * @GEZ_STORE_ERROR_NO_SPACE: the disk is full; nothing of this change was kept
 * @GEZ_STORE_ERROR_CLOSED: the store is locked
 * @GEZ_STORE_ERROR_IO: the file system refused
 * @GEZ_STORE_ERROR_INTERNAL: SQLite refused for a reason that is a defect of ours
 *
 * What can go wrong with reads and writes, named after what the caller can do.
 */
typedef enum
{
  GEZ_STORE_ERROR_INVALID,
  GEZ_STORE_ERROR_NOT_FOUND,
  GEZ_STORE_ERROR_CHANGED_SINCE,
  GEZ_STORE_ERROR_REFUSED,
  GEZ_STORE_ERROR_DAMAGED,
  GEZ_STORE_ERROR_TOO_NEW,
  GEZ_STORE_ERROR_NO_SPACE,
  GEZ_STORE_ERROR_CLOSED,
  GEZ_STORE_ERROR_IO,
  GEZ_STORE_ERROR_INTERNAL,
} GezStoreError;

#define GEZ_STORE_ERROR (gez_store_error_quark ())
GQuark gez_store_error_quark (void);

/**
 * GezExchangeError:
 * @GEZ_EXCHANGE_ERROR_MALFORMED: the document is not what it says it is
 * @GEZ_EXCHANGE_ERROR_TOO_DEEP: nested deeper than any document of ours
 * @GEZ_EXCHANGE_ERROR_UNSUPPORTED: a format or version that this program does not read
 * @GEZ_EXCHANGE_ERROR_ROWS: some rows were refused and the caller asked for all or nothing
 *
 * What can go wrong when a document comes in.
 */
typedef enum
{
  GEZ_EXCHANGE_ERROR_MALFORMED,
  GEZ_EXCHANGE_ERROR_TOO_DEEP,
  GEZ_EXCHANGE_ERROR_UNSUPPORTED,
  GEZ_EXCHANGE_ERROR_ROWS,
} GezExchangeError;

#define GEZ_EXCHANGE_ERROR (gez_exchange_error_quark ())
GQuark gez_exchange_error_quark (void);

/**
 * GezRecoveryError:
 * @GEZ_RECOVERY_ERROR_UNKNOWN_WORD: a word is not on the list; look at that one again
 * @GEZ_RECOVERY_ERROR_TOO_FEW: some words are missing; type the rest
 * @GEZ_RECOVERY_ERROR_TOO_MANY: there are more words than a sheet has; type one sheet
 * @GEZ_RECOVERY_ERROR_CHECKSUM: all are on the list, but one is not the right one; compare each
 *
 * What can be wrong with the words of a recovery sheet, before any store is asked.
 */
typedef enum
{
  GEZ_RECOVERY_ERROR_UNKNOWN_WORD,
  GEZ_RECOVERY_ERROR_TOO_FEW,
  GEZ_RECOVERY_ERROR_TOO_MANY,
  GEZ_RECOVERY_ERROR_CHECKSUM,
} GezRecoveryError;

#define GEZ_RECOVERY_ERROR (gez_recovery_error_quark ())
GQuark gez_recovery_error_quark (void);

/**
 * GezSyncError:
 * @GEZ_SYNC_ERROR_NOT_CONNECTED: the folder, or our part of it, is not there; wait
 * @GEZ_SYNC_ERROR_INCOMPLETE: a file is not all there yet; wait
 * @GEZ_SYNC_ERROR_DAMAGED: a file fails its hash, signature or seal
 * @GEZ_SYNC_ERROR_FOREIGN: a file that is not ours, or of another team
 * @GEZ_SYNC_ERROR_TOO_NEW: written by a newer program; update this one
 * @GEZ_SYNC_ERROR_EXISTS: another file has that name
 * @GEZ_SYNC_ERROR_NOT_EMPTY: the folder holds another team
 * @GEZ_SYNC_ERROR_NO_SPACE: the folder is full
 * @GEZ_SYNC_ERROR_DENIED: the folder may not be read or written
 * @GEZ_SYNC_ERROR_TIMED_OUT: the folder did not answer
 * @GEZ_SYNC_ERROR_IO: the folder failed; the message holds the details
 *
 * What can go wrong with the shared folder and the files in it.
 */
typedef enum
{
  GEZ_SYNC_ERROR_NOT_CONNECTED,
  GEZ_SYNC_ERROR_INCOMPLETE,
  GEZ_SYNC_ERROR_DAMAGED,
  GEZ_SYNC_ERROR_FOREIGN,
  GEZ_SYNC_ERROR_TOO_NEW,
  GEZ_SYNC_ERROR_EXISTS,
  GEZ_SYNC_ERROR_NOT_EMPTY,
  GEZ_SYNC_ERROR_NO_SPACE,
  GEZ_SYNC_ERROR_DENIED,
  GEZ_SYNC_ERROR_TIMED_OUT,
  GEZ_SYNC_ERROR_IO,
} GezSyncError;

#define GEZ_SYNC_ERROR (gez_sync_error_quark ())
GQuark gez_sync_error_quark (void);

/**
 * GezTeamError:
 * @GEZ_TEAM_ERROR_NO_TEAM: this store has no team yet
 * @GEZ_TEAM_ERROR_NOT_ALLOWED: only a team leader may do this
 * @GEZ_TEAM_ERROR_NO_KEY: this person cannot read that circle, and so cannot give it
 * @GEZ_TEAM_ERROR_LOCKED: that member is kept out of this file
 * @GEZ_TEAM_ERROR_NOT_A_MEMBER: no present member has this id
 * @GEZ_TEAM_ERROR_LAST_LEADER: a team needs a leader
 * @GEZ_TEAM_ERROR_WRONG_CODE: no invitation in the folder opens with this code
 * @GEZ_TEAM_ERROR_EXPIRED: the invitation was used, cancelled, or is too old
 * @GEZ_TEAM_ERROR_EXISTS: this store has a team already
 *
 * What can go wrong with a team and its keys, named after what the caller can do.
 */
typedef enum
{
  GEZ_TEAM_ERROR_NO_TEAM,
  GEZ_TEAM_ERROR_NOT_ALLOWED,
  GEZ_TEAM_ERROR_NO_KEY,
  GEZ_TEAM_ERROR_LOCKED,
  GEZ_TEAM_ERROR_NOT_A_MEMBER,
  GEZ_TEAM_ERROR_LAST_LEADER,
  GEZ_TEAM_ERROR_WRONG_CODE,
  GEZ_TEAM_ERROR_EXPIRED,
  GEZ_TEAM_ERROR_EXISTS,
} GezTeamError;

#define GEZ_TEAM_ERROR (gez_team_error_quark ())
GQuark gez_team_error_quark (void);

G_END_DECLS
