/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/gez-error.h"

G_BEGIN_DECLS

/**
 * GezFolder:
 *
 * The shared folder, as much of it as the rules of docs/SYNC.md need: look, read a whole file, publish a new
 * one, remove an own one. Paths are relative to `gezinsplan/`, with `/`. Tests replace it by one that
 * misbehaves.
 *
 * Errors are of #GEZ_SYNC_ERROR. Every call ends by its deadline.
 *
 * Thread: any one at a time; never the main one.
 */
#define GEZ_TYPE_FOLDER (gez_folder_get_type ())
G_DECLARE_DERIVABLE_TYPE (GezFolder, gez_folder, GEZ, FOLDER, GObject)

struct _GezFolderClass
{
  GObjectClass parent_class;

  GPtrArray *(*list)    (GezFolder    *self,
                         const char   *directory,
                         GCancellable *cancellable,
                         GError      **error);
  GBytes    *(*read)    (GezFolder    *self,
                         const char   *path,
                         gsize         limit,
                         GCancellable *cancellable,
                         GError      **error);
  gboolean   (*publish) (GezFolder    *self,
                         const char   *path,
                         GBytes       *bytes,
                         GCancellable *cancellable,
                         GError      **error);
  gboolean   (*remove)  (GezFolder    *self,
                         const char   *path,
                         GCancellable *cancellable,
                         GError      **error);
  gboolean   (*found)   (GezFolder    *self,
                         const char   *readme,
                         GCancellable *cancellable,
                         GError      **error);
};

/* Names of files and directories in @directory ("" for gezinsplan/ itself), in any order; a directory that is
 * not there gives GEZ_SYNC_ERROR_NOT_CONNECTED for "", and an empty array for all others. */
GPtrArray *gez_folder_list    (GezFolder    *self,
                               const char   *directory,
                               GCancellable *cancellable,
                               GError      **error);
GBytes    *gez_folder_read    (GezFolder    *self,
                               const char   *path,
                               gsize         limit,
                               GCancellable *cancellable,
                               GError      **error);
/* Rule 6. TRUE: read back and equal; also when it was there already, equal. */
gboolean   gez_folder_publish (GezFolder    *self,
                               const char   *path,
                               GBytes       *bytes,
                               GCancellable *cancellable,
                               GError      **error);
gboolean   gez_folder_remove  (GezFolder    *self,
                               const char   *path,
                               GCancellable *cancellable,
                               GError      **error);
/* Makes gezinsplan/ with its LEES-MIJ.txt: only when a team is founded or when a person asked for it. */
gboolean   gez_folder_found   (GezFolder    *self,
                               const char   *readme,
                               GCancellable *cancellable,
                               GError      **error);

/* The folder at @uri through GFile: local paths, mounts, WebDAV and SMB through GVfs. @seconds: deadline of
 * one call. */
GezFolder *gez_folder_new_for_uri (const char *uri,
                                   guint       seconds);

G_END_DECLS
