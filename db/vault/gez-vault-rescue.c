/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-rescue.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "vault/gez-vault-file.h"
#include "vault/gez-vault-header-private.h"
#include "vault/gez-vault-page.h"
#include "vault/gez-vault-private.h"

/*
 * What a rescue does with files. A damaged store is never written to: work is done on a copy, and in the
 * end whole directories change places.
 *
 * 1. The copy has the length that the database should have. What is missing is zero, and a page of
 *    zeros does not open.
 * 2. A page of another database of this vault fits under its own number: keys and identity are the same.
 * 3. Nothing is deleted and no file that is there is replaced. What is in the way goes beside itself.
 *
 * Thread: any but the main one.
 */

#define COPY_PIECE 65536
#define MOST_NAMES 1000
#define LOG_HEADER_SIZE 32

static const char *const suffixes[] = { "", "-wal", "-epoch" };

static gboolean
fail (GError    **error,
      const char *what,
      const char *path)
{
  gez_vault_file_set_error (error, errno, what, path);
  return FALSE;
}

static gboolean
write_all (int           file,
           const guint8 *bytes,
           gsize         size,
           gint64        offset)
{
  while (size > 0)
    {
      gssize n = pwrite (file, bytes, size, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      size -= (gsize) n;
      offset += n;
    }
  return TRUE;
}

static gboolean
pump (int from,
      int to)
{
  g_autofree guint8 *piece = g_malloc (COPY_PIECE);
  gint64 offset = 0;
  gssize n;

  while ((n = pread (from, piece, COPY_PIECE, offset)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 || !write_all (to, piece, (gsize) n, offset))
        return FALSE;
      offset += n;
    }
  return TRUE;
}

/* A source that is not there leaves no copy. */
static gboolean
copy_file (const char *from,
           const char *to,
           gint64      least_size,
           GError    **error)
{
  int source = open (from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), target;
  gboolean done;

  if (source < 0 && errno == ENOENT && least_size == 0)
    return TRUE;
  if (source < 0 && errno != ENOENT)
    return fail (error, "read", from);
  target = open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  done = target >= 0 && (source < 0 || pump (source, target));
  if (done && lseek (target, 0, SEEK_END) < least_size)
    done = ftruncate (target, least_size) == 0;
  done = done && fsync (target) == 0;
  if (!done)
    fail (error, "copy", to);
  if (source >= 0)
    close (source);
  if (target >= 0 && close (target) != 0 && done)
    done = fail (error, "copy", to);
  return done;
}

/**
 * gez_vault_rescue_copy:
 * @vault: whose database is closed
 * @check: what gez_vault_check() found
 * @path: where the copy goes; nothing is there
 *
 * Copies the database with its log, for gez_vault_open_copy().
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_SPACE or _IO
 */
gboolean
gez_vault_rescue_copy (GezVault            *vault,
                       const GezVaultCheck *check,
                       const char          *path,
                       GError             **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (GEZ_VAULT_DATABASE_NAME, suffixes[i], NULL);
      g_autofree char *from = g_build_filename (gez_vault_get_directory (vault), name, NULL);
      g_autofree char *to = g_strconcat (path, suffixes[i], NULL);

      if (!copy_file (from, to, i == 0 ? check->n_pages * GEZ_PAGE_SIZE : 0, error))
        return FALSE;
    }
  return TRUE;
}

/* Makes the first page of another database fit: this one has @n_pages pages, and no list of free ones that
 * anybody knows (SQLite's file format, section 1.3). */
static void
fit_first_page (guint8 *page,
                gint64  n_pages)
{
  guint32 count = GUINT32_TO_BE ((guint32) n_pages);

  memcpy (page + 28, &count, 4);
  memcpy (page + 92, page + 24, 4);
  memset (page + 32, 0, 8);
}

static gboolean
move_page (GezVault   *vault,
           GezSecret  *key,
           int         from,
           int         to,
           gint64      number,
           gint64      n_pages)
{
  const GezId *database = gez_vault_get_database_id (vault);
  guint8 sealed[GEZ_PAGE_SIZE], page[GEZ_PAGE_SIZE];
  GezNonces nonces = { 0 };

  if (pread (from, sealed, sizeof sealed, (number - 1) * GEZ_PAGE_SIZE) != GEZ_PAGE_SIZE
      || !gez_page_open (key, database, (guint64) number, sealed, page))
    return FALSE;
  if (number == 1)
    fit_first_page (page, n_pages);
  gez_page_seal (key, database, (guint64) number, &nonces, page, sealed);
  return write_all (to, sealed, sizeof sealed, (number - 1) * GEZ_PAGE_SIZE);
}

/**
 * gez_vault_rescue_pages:
 * @check: what gez_vault_check() found
 * @from: another database of this vault, closed
 * @pages: (element-type gint64): numbers of pages
 * @path: of a copy that gez_vault_rescue_copy() made
 *
 * Puts those of @pages that are damaged into the copy, as they stand in @from.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_IO, or _DAMAGED when @from does not read
 */
gboolean
gez_vault_rescue_pages (GezVault            *vault,
                        const GezVaultCheck *check,
                        const char          *from,
                        GArray              *pages,
                        const char          *path,
                        GError             **error)
{
  g_autoptr (GezSecret) key = NULL;
  int source = open (from, O_RDONLY | O_CLOEXEC), target = open (path, O_RDWR | O_CLOEXEC);
  gboolean done = source >= 0 && target >= 0;

  key = gez_vault_header_derive (gez_vault_peek_data_key (vault), GEZ_VAULT_KEY_PAGE, error);
  if (!done)
    fail (error, "open", source < 0 ? from : path);
  for (guint i = 0; done && key && i < pages->len; i++)
    {
      gint64 number = g_array_index (pages, gint64, i);

      if (!gez_vault_check_page (check, number))
        continue;
      done = move_page (vault, key, source, target, number, check->n_pages);
      if (!done)
        g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED, "page %" G_GINT64_FORMAT, number);
    }
  if (source >= 0)
    close (source);
  if (target >= 0)
    close (target);
  return done && key;
}

/**
 * gez_vault_rescue_finish:
 * @directory: holds a whole database of this vault, closed
 *
 * Writes the header of @vault into @directory, which is a store from then on: the same passphrase
 * opens it.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_SPACE or _IO
 */
gboolean
gez_vault_rescue_finish (GezVault   *vault,
                         const char *directory,
                         GError    **error)
{
  return gez_vault_header_save (gez_vault_peek_header (vault), directory, gez_vault_peek_data_key (vault),
                                error);
}

/* The first of "@path.@word", "@path.@word-2" … that is not there. */
static char *
free_name (const char *path,
           const char *word)
{
  for (guint i = 1; i < MOST_NAMES; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup_printf ("%s.%s", path, word)
                                     : g_strdup_printf ("%s.%s-%u", path, word, i);

      if (!g_file_test (name, G_FILE_TEST_EXISTS) && !g_file_test (name, G_FILE_TEST_IS_SYMLINK))
        return g_steal_pointer (&name);
    }
  return g_strdup_printf ("%s.%s-%u", path, word, MOST_NAMES);
}

/**
 * gez_vault_rescue_cut_log:
 * @date: of today, YYYY-MM-DD
 *
 * Somebody wants to go on without the end of a damaged log. Keeps a copy of the log beside it, and cuts it
 * behind the last commit that reads.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_SPACE or _IO; the log is whole then
 */
gboolean
gez_vault_rescue_cut_log (GezVault   *vault,
                          const char *date,
                          GError    **error)
{
  g_autofree char *path = g_build_filename (gez_vault_get_directory (vault),
                                            GEZ_VAULT_DATABASE_NAME "-wal", NULL);
  g_autofree char *word = g_strconcat ("damaged-", date, NULL);
  g_autofree char *kept = free_name (path, word);
  g_autoptr (GezVaultCheck) check = gez_vault_check_log (vault, error);
  int file;

  if (check == NULL || !copy_file (path, kept, 0, error))
    return FALSE;
  file = open (path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0 || ftruncate (file, LOG_HEADER_SIZE + check->n_frames * GEZ_FRAME_SIZE) != 0 || fsync (file) != 0)
    {
      fail (error, "cut", path);
      if (file >= 0)
        close (file);
      return FALSE;
    }
  close (file);
  return TRUE;
}

/**
 * gez_vault_rescue_swap:
 * @directory: of a damaged store; no vault is open there
 * @fresh: of the store that takes its place, in the same file system
 * @date: of today, YYYY-MM-DD
 *
 * Moves the damaged store to "<directory>.damaged-<date>", and the other one to where it was. After a
 * crash in between the damaged one stands aside and the other one where it was made: nothing is lost.
 *
 * Returns: (transfer full) (nullable): where the damaged store stands; or %NULL with
 *   GEZ_VAULT_ERROR_IO, and all is as it was
 */
char *
gez_vault_rescue_swap (const char *directory,
                       const char *fresh,
                       const char *date,
                       GError    **error)
{
  g_autofree char *word = g_strconcat ("damaged-", date, NULL);
  g_autofree char *aside = free_name (directory, word);
  g_autofree char *parent = g_path_get_dirname (directory);

  if (g_rename (directory, aside) != 0)
    {
      fail (error, "move", directory);
      return NULL;
    }
  if (g_rename (fresh, directory) != 0)
    {
      fail (error, "move", fresh);
      if (g_rename (aside, directory) != 0)
        g_critical ("“%s” stands at “%s”", directory, aside);
      return NULL;
    }
  /* Renamed is renamed; a file system that cannot sync a directory keeps its order by itself. */
  gez_vault_file_sync_directory (parent, NULL);
  return g_steal_pointer (&aside);
}

/**
 * gez_vault_rescue_unfinished:
 * @vault: opened, and gez_vault_has_database() says no
 *
 * The making of this store was broken off before anything was saved. Moves what was made into a directory
 * beside it in the store, so that making can begin again. Drop the vault afterwards.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_IO
 */
gboolean
gez_vault_rescue_unfinished (GezVault *vault,
                             GError  **error)
{
  static const char *const names[] = {
    GEZ_VAULT_DATABASE_NAME "-wal", GEZ_VAULT_DATABASE_NAME "-epoch", GEZ_VAULT_DATABASE_NAME,
    GEZ_HEADER_COPY_NAME, GEZ_HEADER_NAME,
  };
  const char *directory = gez_vault_get_directory (vault);
  g_autofree char *base = g_build_filename (directory, "store", NULL);
  g_autofree char *aside = free_name (base, "unfinished");

  g_return_val_if_fail (!gez_vault_has_database (vault), FALSE);

  if (!gez_vault_file_make_directory (aside, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from = g_build_filename (directory, names[i], NULL);
      g_autofree char *to = g_build_filename (aside, names[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return fail (error, "move", from);
    }
  return gez_vault_file_sync_directory (directory, error);
}
