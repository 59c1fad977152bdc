/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/gez-vault-epoch.h"
#include "vault/gez-vault-file.h"
#include "vault/gez-vault-header-private.h"
#include "vault/gez-vault-page.h"
#include "vault/gez-vault-private.h"

/*
 * Looks at every page of a store, also those that no table uses any more, without SQLite.
 *
 * 1. Nothing is written and nothing is opened for writing. The database is closed: opening its file a
 *    second time would drop SQLite's locks.
 * 2. A page counts as it would for SQLite: as the last whole commit in the log has it, or else as it
 *    stands in the database. A page that a power loss tore while the log holds it is no damage.
 * 3. The last commit of the log tells how many pages there are; without one, page 1; without that, the
 *    length of the file.
 * 4. The end of the log may be torn after a power loss, and that loses nothing that was saved. A commit was
 *    saved once something stands behind it: so a frame that does not open is damage when a whole
 *    commit follows it that is followed by something itself.
 *
 * Thread: any but the main one.
 */

#define LOG_HEADER_SIZE 32
#define LOCK_PAGE (0x40000000 / GEZ_PAGE_SIZE + 1)
#define PAGES_PER_LOOK 256
#define USER_VERSION_AT 60 /* in page 1 (SQLite's file format, section 1.3) */
#define EPOCH_LONGEST 8192

typedef struct
{
  GezVaultCheck *report;
  GezId database;
  GezSecret *page_key;
  GezSecret *log_key;
  char *path;          /* of the database */
  GHashTable *in_log;  /* page numbers that the log holds, committed */
  gint64 n_in_log;     /* pages of the database after its last commit; 0: none */
  int file;
  gint64 size;         /* bytes */
} Look;

static void
look_clear (Look *self)
{
  g_clear_pointer (&self->page_key, gez_secret_free);
  g_clear_pointer (&self->log_key, gez_secret_free);
  g_clear_pointer (&self->in_log, g_hash_table_unref);
  g_free (self->path);
  if (self->file >= 0)
    close (self->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static guint32
big_endian (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_BE (value);
}

/* Returns the bytes that were there, or -1. */
static gssize
read_at (int     file,
         guint8 *buffer,
         gsize   size,
         gint64  offset)
{
  gsize n_read = 0;
  gssize n = 1;

  while (n_read < size && n > 0)
    {
      do
        n = pread (file, buffer + n_read, size - n_read, offset + (gint64) n_read);
      while (n < 0 && errno == EINTR);
      n_read += (gsize) MAX (n, 0);
    }
  return n < 0 ? -1 : (gssize) n_read;
}

static gboolean
open_file (const char *path,
           int        *file,
           gint64     *size,
           GError    **error)
{
  struct stat status;

  *size = 0;
  *file = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (*file < 0 && errno == ENOENT)
    return TRUE;
  if (*file >= 0 && fstat (*file, &status) == 0)
    {
      *size = status.st_size;
      return TRUE;
    }
  gez_vault_file_set_error (error, errno, "read", path);
  return FALSE;
}

static void
note_damage (GezVaultCheck *report,
             gint64         number)
{
  GezPageRange *last = report->damaged->len
                         ? &g_array_index (report->damaged, GezPageRange, report->damaged->len - 1)
                         : NULL;
  GezPageRange range = { number, number };

  report->n_damaged++;
  if (last && last->last == number - 1)
    last->last = number;
  else
    g_array_append_val (report->damaged, range);
}

/* The frames up to the last commit; what is behind a hole tells whether the hole is damage. */
typedef struct
{
  GArray *pages; /* of guint32: the frames since the last commit */
  gint64 n_frames;
  gint64 schema;         /* of the page 1 that was seen last; -1: none */
  gboolean has_hole;
  gint64 n_behind;       /* frames from the hole to the newest that opens */
  gboolean has_commit;   /* a whole commit behind the hole */
  gboolean is_saved;     /* and something behind that */
} LogWalk;

static void
walk_frame (Look         *self,
            LogWalk      *walk,
            gint64        index,
            const guint8 *frame)
{
  guint32 page, size;

  if (frame == NULL)
    {
      walk->has_hole = TRUE;
      return;
    }
  page = big_endian (frame);
  size = big_endian (frame + 4);
  if (walk->has_hole)
    {
      walk->n_behind = index + 1 - walk->n_frames;
      walk->is_saved |= walk->has_commit;
      walk->has_commit |= size > 0;
      return;
    }
  g_array_append_val (walk->pages, page);
  if (page == 1)
    walk->schema = big_endian (frame + GEZ_FRAME_HEADER + USER_VERSION_AT);
  if (size == 0)
    return;
  if (walk->schema >= 0)
    self->report->schema = walk->schema;
  for (guint i = 0; i < walk->pages->len; i++)
    g_hash_table_add (self->in_log, GUINT_TO_POINTER (g_array_index (walk->pages, guint32, i)));
  g_array_set_size (walk->pages, 0);
  walk->n_frames = index + 1;
  self->n_in_log = size;
}

static gboolean
read_log (Look         *self,
          const guint8 *epoch,
          GError      **error)
{
  g_autofree char *path = g_strconcat (self->path, "-wal", NULL);
  g_autoptr (GArray) pages = g_array_new (FALSE, FALSE, sizeof (guint32));
  LogWalk walk = { .pages = pages, .schema = -1 };
  guint8 sealed[GEZ_FRAME_SIZE], frame[GEZ_FRAME_SIZE];
  gint64 size;
  int file;

  if (!open_file (path, &file, &size, error))
    return FALSE;
  self->report->is_epoch_damaged = epoch == NULL && size > LOG_HEADER_SIZE;
  for (gint64 i = 0; epoch && LOG_HEADER_SIZE + (i + 1) * GEZ_FRAME_SIZE <= size; i++)
    {
      gssize n = read_at (file, sealed, sizeof sealed, LOG_HEADER_SIZE + i * GEZ_FRAME_SIZE);
      gboolean opens = n == GEZ_FRAME_SIZE
                       && gez_frame_open (self->log_key, &self->database, epoch, (guint64) i, sealed, frame);

      walk_frame (self, &walk, i, opens ? frame : NULL);
    }
  if (file >= 0)
    close (file);
  self->report->n_frames = walk.n_frames;
  self->report->n_lost_frames = walk.is_saved ? walk.n_behind : 0;
  return TRUE;
}

static gboolean
read_epoch_and_log (Look     *self,
                    GezVault *vault,
                    GError  **error)
{
  const char *directory = gez_vault_get_directory (vault);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GezSecret) key = NULL;
  guint8 epoch[GEZ_EPOCH_SIZE];

  key = gez_vault_header_derive (gez_vault_peek_data_key (vault), GEZ_VAULT_KEY_EPOCH, error);
  if (key == NULL)
    return FALSE;
  content = gez_vault_file_read (directory, GEZ_VAULT_DATABASE_NAME "-epoch", EPOCH_LONGEST, NULL);
  return read_log (self, content && gez_epoch_parse (content, key, &self->database, epoch) ? epoch : NULL,
                   error);
}

static gboolean
page_opens (Look   *self,
            gint64  number,
            guint8 *page)
{
  guint8 sealed[GEZ_PAGE_SIZE];

  if (self->file < 0 || read_at (self->file, sealed, sizeof sealed, (number - 1) * GEZ_PAGE_SIZE)
                          != GEZ_PAGE_SIZE)
    return FALSE;
  return gez_page_open (self->page_key, &self->database, (guint64) number, sealed, page);
}

/* Page 1 counts the pages at 28, if that is younger than a program that did not count (92 as 24; see
 * SQLite's file format, section 1.3.7). */
static gint64
count_pages (Look *self)
{
  gint64 n_whole = self->size / GEZ_PAGE_SIZE;
  guint8 page[GEZ_PAGE_SIZE];

  if (self->n_in_log > 0)
    return MAX (self->n_in_log, n_whole);
  if (page_opens (self, 1, page) && memcmp (page + 24, page + 92, 4) == 0)
    return MAX ((gint64) big_endian (page + 28), n_whole);
  return (self->size + GEZ_PAGE_SIZE - 1) / GEZ_PAGE_SIZE;
}

static gboolean
read_pages (Look             *self,
            GezVaultProgress  progress,
            gpointer          user_data,
            GCancellable     *cancellable,
            GError          **error)
{
  gint64 n_pages = self->report->n_pages = count_pages (self);
  guint8 page[GEZ_PAGE_SIZE];

  for (gint64 number = 1; number <= n_pages; number++)
    {
      if (number % PAGES_PER_LOOK == 1)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          if (progress)
            progress (number - 1, n_pages, user_data);
        }
      if (number != LOCK_PAGE && !g_hash_table_contains (self->in_log, GUINT_TO_POINTER ((guint) number))
          && !page_opens (self, number, page))
        note_damage (self->report, number);
    }
  if (progress)
    progress (n_pages, n_pages, user_data);
  return TRUE;
}

/* What the log does not tell, page 1 does. */
static void
read_schema (Look *self)
{
  guint8 page[GEZ_PAGE_SIZE];

  if (self->report->schema == 0 && page_opens (self, 1, page))
    self->report->schema = big_endian (page + USER_VERSION_AT);
}

static gboolean
look_start (Look     *self,
            GezVault *vault,
            GError  **error)
{
  GezSecret *data_key = gez_vault_peek_data_key (vault);

  self->database = *gez_vault_get_database_id (vault);
  self->path = g_build_filename (gez_vault_get_directory (vault), GEZ_VAULT_DATABASE_NAME, NULL);
  self->in_log = g_hash_table_new (NULL, NULL);
  self->page_key = gez_vault_header_derive (data_key, GEZ_VAULT_KEY_PAGE, error);
  self->log_key = self->page_key ? gez_vault_header_derive (data_key, GEZ_VAULT_KEY_LOG, error) : NULL;
  if (self->log_key == NULL || !open_file (self->path, &self->file, &self->size, error)
      || !read_epoch_and_log (self, vault, error))
    return FALSE;
  read_schema (self);
  return TRUE;
}

static gboolean
header_is_sound (const char *directory,
                 const char *name)
{
  g_autoptr (GBytes) content = gez_vault_file_read (directory, name, 65536, NULL);
  g_autoptr (GezVaultHeader) header = content ? gez_vault_header_parse (content, NULL) : NULL;

  return header != NULL;
}

/**
 * gez_vault_check_headers:
 * @directory: of a store, locked or not
 *
 * What can be told without a key.
 *
 * Returns: (transfer full): a report on the two headers and on whether there is a database
 */
GezVaultCheck *
gez_vault_check_headers (const char *directory)
{
  GezVaultCheck *self = g_new0 (GezVaultCheck, 1);
  g_autofree char *path = g_build_filename (directory, GEZ_VAULT_DATABASE_NAME, NULL);
  struct stat status;

  self->has_header = header_is_sound (directory, GEZ_HEADER_NAME);
  self->has_copy = header_is_sound (directory, GEZ_HEADER_COPY_NAME);
  self->has_database = stat (path, &status) == 0 && status.st_size > 0;
  self->damaged = g_array_new (FALSE, FALSE, sizeof (GezPageRange));
  return self;
}

/**
 * gez_vault_check_log:
 * @vault: whose database is closed
 *
 * Reads the log and page 1 alone: quick enough to be done at every unlocking.
 *
 * Returns: (transfer full) (nullable): a report without damaged pages
 */
GezVaultCheck *
gez_vault_check_log (GezVault *vault,
                     GError  **error)
{
  g_auto (Look) look = { .file = -1 };
  g_autoptr (GezVaultCheck) report = NULL;

  g_return_val_if_fail (GEZ_IS_VAULT (vault), NULL);

  report = look.report = gez_vault_check_headers (gez_vault_get_directory (vault));
  return look_start (&look, vault, error) ? g_steal_pointer (&report) : NULL;
}

/**
 * gez_vault_check:
 * @vault: whose database is closed
 * @progress: (nullable): told how far it is
 *
 * Reads the whole store.
 *
 * Returns: (transfer full) (nullable): what was found; %NULL when cancelled, or with GEZ_VAULT_ERROR_IO
 */
GezVaultCheck *
gez_vault_check (GezVault         *vault,
                 GezVaultProgress  progress,
                 gpointer          user_data,
                 GCancellable     *cancellable,
                 GError          **error)
{
  g_auto (Look) look = { .file = -1 };
  g_autoptr (GezVaultCheck) report = NULL;

  g_return_val_if_fail (GEZ_IS_VAULT (vault), NULL);

  report = look.report = gez_vault_check_headers (gez_vault_get_directory (vault));
  if (!look_start (&look, vault, error) || !read_pages (&look, progress, user_data, cancellable, error))
    return NULL;
  return g_steal_pointer (&report);
}

/**
 * gez_vault_check_is_sound:
 *
 * Returns: whether nothing at all was found
 */
gboolean
gez_vault_check_is_sound (const GezVaultCheck *self)
{
  return self->has_header && self->has_copy && self->has_database && self->n_damaged == 0
         && !self->is_epoch_damaged && self->n_lost_frames == 0;
}

/**
 * gez_vault_check_page:
 *
 * Returns: whether page @number is among the damaged ones
 */
gboolean
gez_vault_check_page (const GezVaultCheck *self,
                      gint64               number)
{
  for (guint i = 0; i < self->damaged->len; i++)
    {
      GezPageRange *range = &g_array_index (self->damaged, GezPageRange, i);

      if (number >= range->first && number <= range->last)
        return TRUE;
    }
  return FALSE;
}

GezVaultCheck *
gez_vault_check_copy (const GezVaultCheck *self)
{
  GezVaultCheck *copy = g_memdup2 (self, sizeof *self);

  copy->damaged = g_array_copy (self->damaged);
  return copy;
}

void
gez_vault_check_free (GezVaultCheck *self)
{
  g_array_unref (self->damaged);
  g_free (self);
}
