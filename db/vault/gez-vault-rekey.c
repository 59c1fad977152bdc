/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-keys.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/gez-vault-connection.h"
#include "vault/gez-vault-file.h"
#include "vault/gez-vault-header-change.h"
#include "vault/gez-vault-header-private.h"
#include "vault/gez-vault-page.h"
#include "vault/gez-vault-private.h"
#include "vault/gez-vault-recovery.h"
#include "vault/gez-vault-slot.h"

/*
 * A new data key and a new identity, in a new database; nothing is ever sealed again in place.
 *
 * Phase one builds. Phase two swaps, and is gone through again by the next unlock when it was
 * interrupted.
 *
 * 1. The new database is built as rekey-ID.db, where ID is its own identity. It is closed, synced and
 *    compared with the old one, page by page, before phase two begins. Until then the header knows
 *    nothing of it, and the store is the old one.
 * 2. The one moment of the change is the rename that puts the new header over the old one. A header
 *    therefore always has its database: rekey-ID.db, when a file of its own ID is there, or else
 *    gezinsplan.db.
 * 3. gezinsplan.db is replaced by rekey-ID.db only after the new header stands durably, and after the
 *    copy of the header is the new one too, or gone. Until then whichever header is read, its database
 *    is there.
 * 4. A rekey-ID.db of another ID than the header's is what an interrupted phase one left, and is removed
 *    at the next unlock. One of the header's own ID is never removed, only renamed. A name is used once,
 *    so that a half-built file is never taken for a finished one.
 * 5. The log of the old database is emptied and removed before phase two. If some of it is there all the
 *    same, its frames do not open under the new keys, and it counts as empty.
 * 6. Pages go through SQLite's cache and two buffers of one page: memory does not grow with the
 *    database. The disk needs room for it twice more.
 * 7. Slots of a kind that is not known are left out: they hold the old key. The passphrase is the one
 *    that was given; the recovery sheet stays good, because sealing to it needs no code.
 */

#define PREFIX "rekey-"
#define PAGES_AT_ONCE 64
#define OLD_COPY_PREFIX "before-schema-"

typedef struct
{
  GezVault *old;
  GezVault *next;
  char *path; /* of the new database while it is built */
  guint n_pages;
  GezVaultProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
} Rekey;

static char *
path_for (GezVault    *self,
          const GezId *id)
{
  g_autofree char *text = gez_id_to_string (id);
  g_autofree char *name = g_strconcat (PREFIX, text, ".db", NULL);

  return g_build_filename (self->directory, name, NULL);
}

static gboolean
remove_path (const char *path,
             GError    **error)
{
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  gez_vault_file_set_error (error, errno, "remove", path);
  return FALSE;
}

/* Removes the files in @directory whose names begin with @prefix, but not @kept; nothing depends on it. */
static void
remove_leftovers (const char *directory,
                  const char *prefix,
                  const char *kept)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autoptr (GError) error = NULL;

      if (g_str_has_prefix (name, prefix) && g_strcmp0 (path, kept) != 0
          && !remove_path (path, &error))
        g_info ("%s", error->message);
    }
}

static gboolean
remove_beside (const char *path,
               const char *suffix,
               GError    **error)
{
  g_autofree char *beside = g_strconcat (path, suffix, NULL);

  return remove_path (beside, error);
}

/* Phase two, behind the new header. */
static gboolean
put_in_place (GezVault   *self,
              const char *path,
              GError    **error)
{
  g_autofree char *copies = g_build_filename (self->directory, "backups", NULL);

  if (!gez_vault_header_settle (self->header, self->directory, error)
      || !remove_beside (self->database_path, "-wal", error)
      || !remove_beside (self->database_path, "-epoch", error))
    return FALSE;
  if (g_rename (path, self->database_path) != 0)
    {
      gez_vault_file_set_error (error, errno, "rename", path);
      return FALSE;
    }
  if (!gez_vault_file_sync_directory (self->directory, error))
    return FALSE;
  /* Copies from before a change of the tables have no header of their own; nothing opens them now. */
  remove_leftovers (copies, OLD_COPY_PREFIX, NULL);
  return TRUE;
}

/**
 * gez_vault_finish_rekey:
 * @self: a vault whose header has opened, and whose database is not open
 *
 * Ends a change of keys that was interrupted after its moment, and removes what one left that was
 * interrupted before it.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_SPACE or _IO; the store can be unlocked again later
 *
 * Thread: any.
 */
gboolean
gez_vault_finish_rekey (GezVault *self,
                        GError  **error)
{
  g_autofree char *path = path_for (self, gez_vault_header_get_database_id (self->header));
  struct stat about;

  if (lstat (path, &about) == 0)
    {
      if (!put_in_place (self, path, error))
        return FALSE;
    }
  else if (errno != ENOENT)
    {
      gez_vault_file_set_error (error, errno, "look at", path);
      return FALSE;
    }
  remove_leftovers (self->directory, PREFIX, path);
  return TRUE;
}

static gboolean
add_slots (GezVault       *old,
           GezVaultHeader *header,
           GezPassphrase   passphrase,
           GezSecret      *data_key,
           GError        **error)
{
  GBytes *sheet = gez_vault_header_find_slot (old->header, GEZ_SLOT_RECOVERY);
  g_autoptr (GBytes) payload = NULL;

  if (!gez_vault_header_add_passphrase (header, passphrase, gez_vault_header_get_cost (old->header),
                                        data_key, error))
    return FALSE;
  if (sheet == NULL || !gez_recovery_is_known (sheet))
    return TRUE;
  payload = gez_recovery_seal (gez_vault_header_get_database_id (header),
                               g_bytes_get_data (sheet, NULL), data_key, error);
  if (payload != NULL)
    gez_vault_header_add_slot (header, GEZ_SLOT_RECOVERY, payload);
  return payload != NULL;
}

static GezVault *
make_next (GezVault     *old,
           GezPassphrase passphrase,
           GError      **error)
{
  g_autoptr (GezVaultHeader) header = gez_vault_header_new ();
  g_autoptr (GezSecret) data_key = gez_secret_new (error);

  if (data_key == NULL)
    return NULL;
  crypto_kdf_keygen (data_key->bytes);
  gez_vault_header_set_has_database (header, TRUE);
  if (!add_slots (old, header, passphrase, data_key, error))
    return NULL;
  return gez_vault_new_beside (old, g_steal_pointer (&header), g_steal_pointer (&data_key), error);
}

static gboolean
copy_some (Rekey          *self,
           sqlite3_backup *backup,
           int            *code,
           GError        **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  *code = sqlite3_backup_step (backup, PAGES_AT_ONCE);
  self->n_pages = (guint) sqlite3_backup_pagecount (backup);
  if (self->progress)
    self->progress (self->n_pages - (guint) sqlite3_backup_remaining (backup), self->n_pages,
                    self->user_data);
  return *code == SQLITE_OK;
}

static gboolean
copy_pages (Rekey   *self,
            sqlite3 *from,
            sqlite3 *to,
            GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  g_autoptr (GError) failure = NULL;
  int code = SQLITE_OK, end;

  if (backup == NULL)
    return gez_vault_connection_set_error (to, sqlite3_extended_errcode (to), "copying", error);
  while (copy_some (self, backup, &code, &failure))
    ;
  end = sqlite3_backup_finish (backup);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (code == SQLITE_DONE && end == SQLITE_OK)
    return TRUE;
  return gez_vault_connection_set_error (to, code == SQLITE_DONE ? end : code, "copying", error);
}

static gboolean
build (Rekey   *self,
       GError **error)
{
  sqlite3 *from = gez_vault_open_database (self->old, error), *to = NULL;
  gboolean done, closed_from, closed_to;

  if (from == NULL)
    return FALSE;
  to = gez_vault_open_copy (self->next, self->path, TRUE, error);
  done = to != NULL && copy_pages (self, from, to, error);
  /* Whatever went wrong first is what is told. */
  closed_to = to == NULL || gez_vault_close_database (self->next, to, done ? error : NULL);
  closed_from = gez_vault_close_database (self->old, from, done && closed_to ? error : NULL);
  return done && closed_to && closed_from;
}

/* What SQLite changes in page 1 of a copy: three counters (its file format, section 1.3). */
static void
forget_counters (guint8 *page)
{
  memset (page + 24, 0, 4);
  memset (page + 40, 0, 4);
  memset (page + 92, 0, 8);
}

typedef struct
{
  int file;
  GezSecret *key;
  const GezId *id;
  guint8 sealed[GEZ_PAGE_SIZE];
  guint8 page[GEZ_PAGE_SIZE];
} Reader;

static gboolean
read_page (Reader *self,
           guint   number)
{
  gsize length = 0;

  while (length < GEZ_PAGE_SIZE)
    {
      gssize n_read = pread (self->file, self->sealed + length, GEZ_PAGE_SIZE - length,
                             (off_t) (number - 1) * GEZ_PAGE_SIZE + (off_t) length);

      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read <= 0)
        return FALSE;
      length += (gsize) n_read;
    }
  if (!gez_page_open (self->key, self->id, number, self->sealed, self->page))
    return FALSE;
  if (number == 1)
    forget_counters (self->page);
  return TRUE;
}

static gboolean
compare_pages (Rekey   *self,
               Reader  *old,
               Reader  *next,
               GError **error)
{
  for (guint number = 1; number <= self->n_pages; number++)
    {
      if (number == GEZ_LOCK_PAGE)
        continue;
      if (!read_page (old, number) || !read_page (next, number)
          || memcmp (old->page, next->page, GEZ_PAGE_SIZE) != 0)
        {
          g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO,
                       "Page %u of the new database differs", number);
          return FALSE;
        }
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
open_reader (Reader     *self,
             GezVault   *vault,
             const char *path,
             GError    **error)
{
  self->id = gez_vault_header_get_database_id (vault->header);
  self->key = gez_vault_header_derive (vault->data_key, GEZ_VAULT_KEY_PAGE, error);
  if (self->key == NULL)
    return FALSE;
  self->file = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (self->file < 0)
    gez_vault_file_set_error (error, errno, "read", path);
  return self->file >= 0;
}

static void
close_reader (Reader *self)
{
  if (self->file >= 0)
    close (self->file);
  g_clear_pointer (&self->key, gez_secret_free);
  sodium_memzero (self->page, sizeof self->page);
}

/* Reads both files again, without SQLite, and makes the new one durable under its name. Neither is open
 * in SQLite, whose locks would go with our descriptors. */
static gboolean
verify (Rekey   *self,
        GError **error)
{
  Reader old = { .file = -1 }, next = { .file = -1 };
  gboolean same = open_reader (&old, self->old, self->old->database_path, error)
                  && open_reader (&next, self->next, self->path, error)
                  && compare_pages (self, &old, &next, error);

  if (same && fsync (next.file) != 0)
    {
      gez_vault_file_set_error (error, errno, "sync", self->path);
      same = FALSE;
    }
  close_reader (&old);
  close_reader (&next);
  return same && gez_vault_file_sync_directory (self->old->directory, error);
}

/* Nothing is removed while the header may already be the new one. */
static void
give_up (Rekey *self)
{
  g_autofree char *name = g_path_get_basename (self->path);
  g_autoptr (GezVaultHeader) now = NULL;

  now = gez_vault_header_read (self->old->directory, GEZ_HEADER_NAME, NULL);
  if (now != NULL && gez_id_equal (gez_vault_header_get_database_id (now),
                                   gez_vault_header_get_database_id (self->old->header)))
    remove_leftovers (self->old->directory, name, NULL);
}

static gboolean
run (Rekey   *self,
     GError **error)
{
  GezVault *next = self->next;

  if (build (self, error) && verify (self, error)
      && gez_vault_header_begin (next->header, next->directory, next->data_key, error))
    return gez_vault_finish_rekey (next, error);
  give_up (self);
  return FALSE;
}

/**
 * gez_vault_rekey:
 * @directory: of a store that is not open
 * @passphrase: what opens it, before and after
 * @progress: (nullable): hears of every few pages
 * @cancellable: (nullable): stops it while nothing has changed yet
 *
 * Gives the store a new data key and a new identity, by copying the database. Who had the old key, or an
 * older header and what opened that, can read nothing that is written from then on. The recovery sheet
 * stays good. Copies that were made before keep their own keys.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_WRONG_PASSPHRASE, _NOT_A_STORE, _IN_USE, _DAMAGED, _TOO_NEW,
 *   _NO_MEMORY, _NO_SPACE or _IO, or G_IO_ERROR_CANCELLED. Whatever happens, the store opens with
 *   @passphrase and holds everything.
 *
 * Thread: any but the main one.
 */
gboolean
gez_vault_rekey (const char      *directory,
                 GezPassphrase    passphrase,
                 GezVaultProgress progress,
                 gpointer         user_data,
                 GCancellable    *cancellable,
                 GError         **error)
{
  g_autoptr (GezVault) old = NULL, next = NULL;
  g_autofree char *path = NULL;
  Rekey rekey = { .progress = progress, .user_data = user_data, .cancellable = cancellable };

  g_return_val_if_fail (directory != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  old = gez_vault_unlock (directory, passphrase, error);
  if (old == NULL)
    return FALSE;
  if (!gez_vault_has_database (old))
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE,
                   "The creation of “%s” was broken off", directory);
      return FALSE;
    }
  next = make_next (old, passphrase, error);
  if (next == NULL)
    return FALSE;
  path = path_for (old, gez_vault_header_get_database_id (next->header));
  rekey.old = old;
  rekey.next = next;
  rekey.path = path;
  return run (&rekey, error);
}
