/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/**
 * PowerVfs:
 *
 * A disk in memory that forgets. What was written and not synced is kept, lost or torn, per sector
 * of 512 bytes, when the power goes. It can also be full.
 */
typedef struct _PowerVfs PowerVfs;

PowerVfs   *power_vfs_new          (guint32     seed);
const char *power_vfs_get_name     (PowerVfs   *self);
void        power_vfs_crash_after  (PowerVfs   *self,
                                    gint        n_operations);
gboolean    power_vfs_has_crashed  (PowerVfs   *self);
void        power_vfs_lose_power   (PowerVfs   *self);
void        power_vfs_fill_disk    (PowerVfs   *self,
                                    gint        after_n_writes,
                                    gint        for_n_writes);
guint       power_vfs_get_n_full   (PowerVfs   *self);
GBytes     *power_vfs_get_content  (PowerVfs   *self,
                                    const char *suffix);
void        power_vfs_free         (PowerVfs   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PowerVfs, power_vfs_free)
