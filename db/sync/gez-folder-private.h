/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-folder.h"

G_BEGIN_DECLS

/**
 * GezFolderPlace:
 * @base: the folder that was chosen
 * @root: gezinsplan/ in it
 * @base_path: (nullable): its path, when the system's own calls reach it
 * @context: main context of the thread that works here
 * @swept: own directories whose leftovers were removed
 */
typedef struct
{
  GFile *base;
  GFile *root;
  char *base_path;
  char *root_path;
  GMainContext *context;
  GHashTable *swept;
} GezFolderPlace;

typedef enum
{
  GEZ_FOLDER_LIST,
  GEZ_FOLDER_READ,
  GEZ_FOLDER_PUBLISH,
  GEZ_FOLDER_REMOVE,
  GEZ_FOLDER_FOUND,
} GezFolderTask;

/**
 * GezFolderJob:
 * @path: below gezinsplan/
 * @bytes: (nullable): what is published, or the readme
 * @cancellable: cancelled at the deadline, or when the caller does not want it any more
 * @touched_at: when something last moved, in microseconds of the monotonic clock
 * @again: the carrier was busy for a moment, or is connected only now: once more
 *
 * One call, done on the thread of the folder.
 */
typedef struct
{
  GezFolderTask task;
  char *path;
  GBytes *bytes;
  gsize limit;
  GCancellable *cancellable;
  _Atomic gint64 touched_at;
  gboolean again;

  GPtrArray *names;
  GBytes *content;
  gboolean is_well;
  GError *error;
  gboolean is_done;
} GezFolderJob;

typedef gboolean (*GezFolderWork) (GezFolderPlace *place,
                                   GezFolderJob   *job,
                                   GError        **error);

/* Two ways to do a job: with the system's calls, and through GFile. */
gboolean gez_folder_local_work   (GezFolderPlace *place,
                                  GezFolderJob   *job,
                                  GError        **error);
gboolean gez_folder_remote_work  (GezFolderPlace *place,
                                  GezFolderJob   *job,
                                  GError        **error);

/* What both need. */
void     gez_folder_touch        (GezFolderJob   *job);
char    *gez_folder_temporary    (void);
gboolean gez_folder_is_leftover  (const char     *name);
gboolean gez_folder_is_own       (const char     *path);
gboolean gez_folder_is_absent    (GBytes         *content);
gboolean gez_folder_begins       (GBytes         *bytes,
                                  GBytes         *beginning);

/* Tests put another work in the place of the two. */
GezFolder *gez_folder_new_with_work (const char  *uri,
                                     guint        seconds,
                                     GezFolderWork work);

G_END_DECLS
