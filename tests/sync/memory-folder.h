/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-folder.h"

/* A shared folder in memory. Several of them can show the same disk: one for each device that looks at it. */
typedef struct
{
  int n_references;
  gboolean is_there;   /* whether gezinsplan/ is */
  GHashTable *files;   /* path to GBytes */
} MemoryDisk;

MemoryDisk *memory_disk_new   (void);
MemoryDisk *memory_disk_ref   (MemoryDisk *self);
void        memory_disk_unref (MemoryDisk *self);
/* All that is in it goes, gezinsplan/ too. */
void        memory_disk_empty (MemoryDisk *self);
/* Sum of the sizes of all files. */
gsize       memory_disk_get_size (MemoryDisk *self);

/**
 * MemoryFolder:
 * @n_lists, @n_reads, @n_publishes, @n_removes: calls so far
 * @n_calls: all of them
 * @fail_at: the how-manieth call fails, counted from 1; 0: none
 * @fail_after: whether that call does its work before it fails
 * @fail_code: of #GEZ_SYNC_ERROR
 */
#define MEMORY_TYPE_FOLDER (memory_folder_get_type ())
G_DECLARE_DERIVABLE_TYPE (MemoryFolder, memory_folder, MEMORY, FOLDER, GezFolder)

struct _MemoryFolderClass
{
  GezFolderClass parent_class;
};

typedef struct
{
  guint n_lists;
  guint n_reads;
  guint n_publishes;
  guint n_removes;
  guint n_calls;
  guint fail_at;
  gboolean fail_after;
  int fail_code;
} MemoryFolderCalls;

GezFolder         *memory_folder_new       (MemoryDisk   *disk);
MemoryDisk        *memory_folder_get_disk  (MemoryFolder *self);
void               memory_folder_set_disk  (MemoryFolder *self,
                                            MemoryDisk   *disk);
/* (transfer none): may be written to */
MemoryFolderCalls *memory_folder_get_calls (MemoryFolder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoryDisk, memory_disk_unref)
