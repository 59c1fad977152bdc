/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "store/gez-commit.h"
#include "store/gez-log.h"

/* A database in memory with the schema of this program, a device and no vault: for what the store does
 * with rows, where encryption plays no part. */
typedef struct
{
  sqlite3 *handle;
  GezClock *clock;
  GezDatabase *database;
} MemoryDatabase;

MemoryDatabase *memory_database_new     (gint64          now,
                                         guint32         seed);
/* All of it, and another that begins with the same content. */
GBytes         *memory_database_get_image (MemoryDatabase *self);
MemoryDatabase *memory_database_new_from_image (GBytes    *image,
                                         gint64          now,
                                         guint32         seed);
void            memory_database_free    (MemoryDatabase *self);
guint64         memory_database_commit  (MemoryDatabase *self,
                                         GezChange      *change);
gboolean        memory_database_refuses (MemoryDatabase *self,
                                         GezChange      *change,
                                         int             code);
char           *memory_database_dump    (MemoryDatabase *self);
gint64          memory_database_count   (MemoryDatabase *self,
                                         const char     *sql);
char           *memory_database_text    (MemoryDatabase *self,
                                         const char     *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoryDatabase, memory_database_free)
