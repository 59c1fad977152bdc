/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-restore-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "store/gez-backup-attachments.h"
#include "store/gez-backup-check.h"
#include "store/gez-backup-files.h"
#include "store/gez-migration.h"
#include "store/gez-store-private.h"
#include "vault/gez-recovery-code.h"
#include "vault/gez-vault-file.h"
#include "vault/gez-vault-keys.h"

/* Putting a backup back.
 *
 * 1. The new store is built beside the present one, in <store>.restore-<time>.part, and is opened there as
 *    any store is: pages, schema, seeds. Only a store that opened takes the place of another.
 * 2. While it is built, and until all is done, it holds a file "unfinished", which is locked and says where
 *    the present store will go. A directory
 *    of that name with such a file is a building site; without it, it is the store that stood there.
 * 3. The two change places in one step where the file system can (RENAME_EXCHANGE), and in two where it
 *    cannot. The one that stood there then gets the name <store>.before-restore-<time> and is never touched
 *    again. gez_restore_tidy() finishes or takes back what was broken off between two steps.
 * 4. A restored store is another device: it begins where an older day ended, and counting on from there would
 *    give numbers out twice that others may have seen. It gets a new device id, and remembers the one
 *    it had, so that those writes stay its own.
 * 5. Backups that stand in the store itself move over to the restored one. */

#define PART ".restore-"
#define PART_SUFFIX ".part"
#define OLDER ".before-restore-"
#define UNFINISHED "unfinished"
#define BACKUPS "backups"
#define LOCK "lock"

typedef struct
{
  const char *path;
  GezPassphrase passphrase;
  GezClock *clock;
  GCancellable *cancellable;
  GezBackupProgress progress;
  gpointer progress_data;

  char *directory;
  char *part;
  char *older;
  int lock;      /* of the building site */
  int old_lock;  /* of the store that stands there */
  GezVaultBackupInfo info;
  guint n_missing;
} Restoring;

static void
restoring_clear (Restoring *self)
{
  if (self->lock >= 0)
    close (self->lock);
  if (self->old_lock >= 0)
    close (self->old_lock);
  g_free (self->directory);
  g_free (self->part);
  g_free (self->older);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Restoring, restoring_clear)

static gboolean
fail (GError    **error,
      const char *what,
      const char *path)
{
  gez_vault_file_set_error (error, errno, what, path);
  return FALSE;
}

/* Where it really is: beside a link there may be no room. */
static char *
full_path (const char *directory)
{
  char *real = realpath (directory, NULL);
  char *full = real ? g_strdup (real) : g_canonicalize_filename (directory, NULL);

  free (real);
  return full;
}

static char *
marker_of (const char *directory)
{
  return g_build_filename (directory, UNFINISHED, NULL);
}

static gboolean
sync_parent (const char *path,
             GError    **error)
{
  g_autofree char *parent = g_path_get_dirname (path);

  return gez_vault_file_sync_directory (parent, error);
}

static gboolean
is_there (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* For tests: what happens between two steps. */
void (*gez_restore_between_steps) (void);
gboolean gez_restore_in_two_steps;

static gboolean
step (gboolean done)
{
  if (done && gez_restore_between_steps)
    gez_restore_between_steps ();
  return done;
}

/* Only ever a building site of ours. */
static void
remove_site (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  g_autofree char *marker = marker_of (path);
  const char *name;

  while (directory && (name = g_dir_read_name (directory)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_str_equal (child, marker))
        continue;
      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_site (child);
      else
        g_unlink (child);
    }
  /* Last, so that it is known as a building site until it is empty. */
  g_unlink (marker);
  g_rmdir (path);
}

static char *
make_time (GezClock *clock)
{
  gint64 now = gez_clock_get_now (clock);
  g_autofree char *date = gez_clock_date_of (clock, now);
  g_autofree char *time = gez_clock_time_of (clock, now);

  return g_strdup_printf ("%sT%.2s%.2s", date, time, time + 3);
}

/* Names that nothing has yet. */
static gboolean
choose_names (Restoring *self,
              GError   **error)
{
  g_autofree char *time = make_time (self->clock);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *more = i > 0 ? g_strdup_printf ("%s-%u", time, i) : g_strdup (time);

      g_free (self->part);
      g_free (self->older);
      self->part = g_strconcat (self->directory, PART, more, PART_SUFFIX, NULL);
      self->older = g_strconcat (self->directory, OLDER, more, NULL);
      if (!is_there (self->part) && !is_there (self->older))
        return TRUE;
    }
  g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_IO, "there are too many older stores");
  return FALSE;
}

static gboolean
begin_site (Restoring *self,
            GError   **error)
{
  g_autofree char *marker = NULL;

  if (!choose_names (self, error) || !step (gez_vault_file_make_directory (self->part, error)))
    return FALSE;
  marker = marker_of (self->part);
  self->lock = g_open (marker, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->lock < 0 || flock (self->lock, LOCK_EX | LOCK_NB) != 0
      || write (self->lock, self->older, strlen (self->older)) != (gssize) strlen (self->older)
      || fsync (self->lock) != 0)
    return fail (error, "make", marker);
  return gez_vault_file_sync_directory (self->part, error) && sync_parent (self->part, error);
}

/* The store that stands there must be closed, and stay so. */
static gboolean
lock_present (Restoring *self,
              GError   **error)
{
  g_autofree char *path = g_build_filename (self->directory, LOCK, NULL);

  /* An empty directory is no store that somebody wants to keep. */
  if (!is_there (self->directory) || g_rmdir (self->directory) == 0)
    return TRUE;
  self->old_lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->old_lock < 0)
    return fail (error, "open", path);
  if (flock (self->old_lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (errno != EWOULDBLOCK)
    return fail (error, "lock", path);
  g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IN_USE, "“%s” is open", self->directory);
  return FALSE;
}

/* Before anything is made: a backup that this program cannot read must leave no trace. */
static gboolean
check_schema (const GezVaultBackupInfo *info,
              GError                  **error)
{
  g_auto (GStrv) scripts = gez_migration_get_scripts (error);

  if (scripts == NULL)
    return FALSE;
  if (info->schema <= g_strv_length (scripts))
    return TRUE;
  g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_TOO_NEW, "schema %u, newest known %u", info->schema,
               g_strv_length (scripts));
  return FALSE;
}

static gboolean
extract (Restoring *self,
         GError   **error)
{
  g_autoptr (GezVaultBackup) backup = NULL;

  if (!gez_vault_backup_peek (self->path, &self->info, error) || !check_schema (&self->info, error))
    return FALSE;
  backup = gez_vault_backup_open (self->path, self->passphrase, error);
  if (backup == NULL || !lock_present (self, error) || !begin_site (self, error))
    return FALSE;
  return step (TRUE) && step (gez_vault_backup_extract (backup, self->part, self->cancellable, error));
}

typedef struct
{
  GHashTable *attachments;
} Adoption;

static gboolean
become_new_device (GezDatabase *database,
                   GError     **error)
{
  GezId id = gez_id_new (gez_database_get_clock (database));

  return gez_database_execute (database, error,
                               "INSERT INTO former_device (id) SELECT id FROM device WHERE true "
                               "ON CONFLICT (id) DO NOTHING", GEZ_END)
         && gez_database_execute (database, error, "UPDATE device SET id = ?, last_counter = 0", GEZ_ID, &id,
                                  GEZ_END);
}

static gboolean
adopt_slice (GezStore *store,
             gpointer  data,
             GError  **error)
{
  Adoption *adoption = data;

  adoption->attachments = gez_attachments_needed (gez_database_get_handle (store->database), error);
  if (adoption->attachments == NULL || !gez_database_begin (store->database, error))
    return FALSE;
  if (become_new_device (store->database, error))
    return gez_database_commit (store->database, error);
  gez_database_rollback (store->database);
  return FALSE;
}

/* With what opened the backup. */
static GezVault *
unlock (Restoring *self,
        GError   **error)
{
  g_autoptr (GezSecret) code = gez_recovery_code_parse (self->passphrase, NULL, NULL);

  return code ? gez_vault_unlock_with_recovery (self->part, code, error)
              : gez_vault_unlock (self->part, self->passphrase, error);
}

/* Opens what was built, as any store is opened, and makes it a device of its own. */
static gboolean
adopt (Restoring *self,
       Adoption  *adoption,
       GError   **error)
{
  g_autoptr (GezVault) vault = unlock (self, error);
  g_autoptr (GezStore) store = vault ? gez_store_open (vault, self->clock, error) : NULL;

  g_clear_object (&vault);
  return store && gez_store_run_slice (store, adopt_slice, adoption, error) && gez_store_close (store, error);
}

/* From beside the backup; what is not there, from the store that stands here. */
static gboolean
fetch_attachments (Restoring  *self,
                   GHashTable *names,
                   GError    **error)
{
  g_autofree char *place = g_path_get_dirname (self->path);
  g_autofree char *beside = g_build_filename (place, GEZ_BACKUP_ATTACHMENTS, NULL);
  g_autofree char *present = g_build_filename (self->directory, GEZ_STORE_ATTACHMENTS, NULL);
  g_autofree char *target = g_build_filename (self->part, GEZ_STORE_ATTACHMENTS, NULL);
  const char *const sources[] = { beside, present };
  GezAttachmentCount count = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (!gez_attachments_copy (sources[i], target, names, &count, self->progress, self->progress_data,
                               self->cancellable, error))
      return FALSE;
  self->n_missing = gez_attachments_count_missing (names, target);
  return TRUE;
}

static gboolean
build (Restoring *self,
       GError   **error)
{
  Adoption adoption = { NULL };
  gboolean done = extract (self, error) && step (adopt (self, &adoption, error))
                  && step (fetch_attachments (self, adoption.attachments, error))
                  && !g_cancellable_set_error_if_cancelled (self->cancellable, error);

  g_clear_pointer (&adoption.attachments, g_hash_table_unref);
  return done;
}

/* The store that stood there has the name of the building site now, or none stood there. */
static gboolean
exchange (const char *part,
          const char *directory,
          const char *older,
          GError    **error)
{
  if (!is_there (directory))
    return g_rename (part, directory) == 0 || fail (error, "name", directory);
  if (!gez_restore_in_two_steps && renameat2 (AT_FDCWD, part, AT_FDCWD, directory, RENAME_EXCHANGE) == 0)
    return step (TRUE) && (g_rename (part, older) == 0 || fail (error, "name", older));
  if (!gez_restore_in_two_steps && errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
    return fail (error, "exchange", directory);
  if (g_rename (directory, older) != 0)
    return fail (error, "name", older);
  step (TRUE);
  if (g_rename (part, directory) == 0)
    return TRUE;
  fail (error, "name", directory);
  if (g_rename (older, directory) != 0)
    g_critical ("“%s” could not be named back", older);
  return FALSE;
}

static gboolean
move_backups (const char *from,
              const char *to,
              GError    **error)
{
  g_autofree char *old_place = g_build_filename (from, BACKUPS, NULL);
  g_autofree char *new_place = g_build_filename (to, BACKUPS, NULL);
  g_autoptr (GDir) entries = NULL;
  const char *name;

  if (!is_there (old_place))
    return TRUE;
  if (!is_there (new_place))
    return g_rename (old_place, new_place) == 0 || fail (error, "move", old_place);
  /* A migration of the restored store kept something already. */
  entries = g_dir_open (old_place, 0, NULL);
  while (entries && (name = g_dir_read_name (entries)))
    {
      g_autofree char *old = g_build_filename (old_place, name, NULL);
      g_autofree char *new = g_build_filename (new_place, name, NULL);

      if (!is_there (new) && g_rename (old, new) != 0)
        return fail (error, "move", old);
    }
  return TRUE;
}

static gboolean
swap (Restoring *self,
      GError   **error)
{
  g_autofree char *marker = marker_of (self->directory);

  if (!step (exchange (self->part, self->directory, self->older, error)))
    return FALSE;
  if (is_there (self->older) && !step (move_backups (self->older, self->directory, error)))
    return FALSE;
  if (g_unlink (marker) != 0)
    return fail (error, "remove", marker);
  return gez_vault_file_sync_directory (self->directory, error) && sync_parent (self->directory, error);
}

/**
 * gez_restore_run:
 * @path: a backup
 * @directory: where the store is, or shall be
 * @passphrase: that of the day when the backup was made, or the words of the recovery sheet of that day
 * @progress: (nullable): called on this thread
 *
 * Puts a backup in the place of a store. The store that stands there, which must be closed, is kept
 * under another name beside it.
 *
 * Returns: (transfer full) (nullable): what was done; or %NULL with GEZ_VAULT_ERROR_WRONG_PASSPHRASE,
 *   _WRONG_RECOVERY, _NOT_A_STORE (no backup), _DAMAGED, _TOO_NEW, _IN_USE, _NO_SPACE, _NO_MEMORY or _IO, a
 *   GEZ_STORE_ERROR
 *   or G_IO_ERROR_CANCELLED. Then what stood there is as it was.
 *
 * Thread: any but the main one.
 */
GezRestored *
gez_restore_run (const char        *path,
                 const char        *directory,
                 GezPassphrase      passphrase,
                 GezClock          *clock,
                 GezBackupProgress  progress,
                 gpointer           progress_data,
                 GCancellable      *cancellable,
                 GError           **error)
{
  g_auto (Restoring) self = { path, passphrase, clock, cancellable, progress, progress_data, .lock = -1,
                              .old_lock = -1 };
  GezRestored *restored;

  g_return_val_if_fail (path != NULL && directory != NULL && GEZ_IS_CLOCK (clock), NULL);

  self.directory = full_path (directory);
  if (!gez_restore_tidy (self.directory, error))
    return NULL;
  if (!build (&self, error))
    {
      if (self.part)
        remove_site (self.part);
      return NULL;
    }
  if (!swap (&self, error))
    return NULL;
  restored = g_new0 (GezRestored, 1);
  restored->info = self.info;
  restored->older = is_there (self.older) ? g_strdup (self.older) : NULL;
  restored->n_missing = self.n_missing;
  return restored;
}

/* Whether nobody is building there any more. */
static gboolean
is_abandoned (const char *marker)
{
  int file = g_open (marker, O_RDWR | O_CLOEXEC, 0);
  gboolean is_free = file >= 0 && flock (file, LOCK_EX | LOCK_NB) == 0;

  if (file >= 0)
    close (file);
  return is_free;
}

/* @time: what stands between the two ends of the name of a building site */
static gboolean
tidy_site (const char *directory,
           const char *part,
           const char *time,
           GError    **error)
{
  g_autofree char *marker = marker_of (part);
  g_autofree char *older = g_strconcat (directory, OLDER, time, NULL);

  if (!is_there (marker))
    {
      if (g_rmdir (part) == 0)
        return TRUE;
      /* Both have changed places already; this is the one that stood there. */
      if (g_rename (part, older) != 0)
        return fail (error, "name", older);
      return move_backups (older, directory, error);
    }
  if (!is_abandoned (marker))
    return TRUE;
  if (!is_there (directory) && is_there (older) && g_rename (older, directory) != 0)
    return fail (error, "name", directory);
  remove_site (part);
  return TRUE;
}

/* The restored store stands in its place; what was left to do is little. */
static gboolean
tidy_restored (const char *directory,
               const char *marker,
               GError    **error)
{
  g_autofree char *older = NULL;

  if (g_file_get_contents (marker, &older, NULL, NULL) && !move_backups (older, directory, error))
    return FALSE;
  return g_unlink (marker) == 0 || fail (error, "remove", marker);
}

/**
 * gez_restore_tidy:
 * @directory: where a store is, or shall be
 *
 * Finishes, or takes back, what was broken off while a backup was put back. Called before somebody looks
 * whether there is a store.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_IO; nothing is lost then
 *
 * Thread: any; touches the disk only when there is something to do.
 */
gboolean
gez_restore_tidy (const char *directory,
                  GError    **error)
{
  g_autofree char *full = full_path (directory);
  g_autofree char *parent = g_path_get_dirname (full);
  g_autofree char *name = g_path_get_basename (full);
  g_autofree char *prefix = g_strconcat (name, PART, NULL);
  g_autofree char *marker = marker_of (full);
  g_autoptr (GDir) entries = g_dir_open (parent, 0, NULL);
  const char *entry;

  while (entries && (entry = g_dir_read_name (entries)))
    {
      g_autofree char *part = g_build_filename (parent, entry, NULL);
      g_autofree char *time = NULL;

      if (!g_str_has_prefix (entry, prefix) || !g_str_has_suffix (entry, PART_SUFFIX))
        continue;
      time = g_strndup (entry + strlen (prefix), strlen (entry) - strlen (prefix) - strlen (PART_SUFFIX));
      if (!tidy_site (full, part, time, error))
        return FALSE;
    }
  return !is_there (marker) || !is_abandoned (marker) || tidy_restored (full, marker, error);
}

void
gez_restored_free (GezRestored *restored)
{
  g_free (restored->older);
  g_free (restored);
}
