/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * Writes down in which shapes SQLite reads, writes and truncates through the file systems of vaults:
 * which kind of file, which operation, how many bytes, and where within a page or a frame. A new
 * version of SQLite with other habits shows here.
 */

/* Takes hold of every vault that is unlocked now and has no database open. */
void       shape_recorder_install (void);
/* Returns: (transfer full) (element-type utf8 guint64): how often each shape was seen since the last
 * call; a shape is a line such as "database read 4096 at 0 of a page" */
GHashTable *shape_recorder_take   (void);
/* Says whether SQLite is known to do that (docs/STORAGE.md), and whether every version does. */
gboolean   shape_recorder_is_known (const char *shape,
                                    gboolean   *is_usual);
