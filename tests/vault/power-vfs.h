/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/**
 * PowerVfs:
 *
 * A disk in memory that forgets. What was written and not synced is kept, lost, torn or reordered,
 * per sector of 512 bytes, when the power goes. Its operations can also fail, or find it full.
 */
typedef struct _PowerVfs PowerVfs;

/**
 * PowerOperation:
 *
 * What can fail.
 */
typedef enum
{
  POWER_READ,
  POWER_WRITE,
  POWER_SYNC,
  POWER_TRUNCATE,
  POWER_OPEN,
  POWER_DELETE,
  POWER_SIZE,
  POWER_ACCESS,
  N_POWER_OPERATIONS,
} PowerOperation;

/**
 * PowerFault:
 * @POWER_FAILS: nothing is done
 * @POWER_SHORT: half of a read or write is done
 * @POWER_FULL: there is no space; half of a write is done
 *
 * How it fails.
 */
typedef enum
{
  POWER_FAILS,
  POWER_SHORT,
  POWER_FULL,
  N_POWER_FAULTS,
} PowerFault;

PowerVfs   *power_vfs_new          (guint32        seed);
const char *power_vfs_get_name     (PowerVfs      *self);
void        power_vfs_crash_after  (PowerVfs      *self,
                                    gint           n_operations);
gboolean    power_vfs_has_crashed  (PowerVfs      *self);
void        power_vfs_lose_power   (PowerVfs      *self);
void        power_vfs_fail         (PowerVfs      *self,
                                    PowerOperation operation,
                                    PowerFault     fault,
                                    gint           n_before,
                                    gint           n_faults);
guint       power_vfs_get_n_failed (PowerVfs      *self);
void        power_vfs_copy_files   (PowerVfs      *self,
                                    PowerVfs      *model);
void        power_vfs_free         (PowerVfs      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PowerVfs, power_vfs_free)
