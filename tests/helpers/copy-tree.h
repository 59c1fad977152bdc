/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Copies a directory with all that is in it. The copy is closed to other users, as stores are. */
void        copy_tree        (const char *from,
                              const char *to);

/* Returns: (transfer full): every file below @path with its bytes, for telling that nothing was
 * touched. Files named "lock" are left out. */
GHashTable *read_tree        (const char *path);
void        assert_same_tree (GHashTable *one,
                              GHashTable *other);
