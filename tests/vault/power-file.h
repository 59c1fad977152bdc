/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PowerFile:
 *
 * One file of a disk that forgets: what the program sees, what is surely on the disk, and what was
 * done in between.
 */
typedef struct
{
  char *path;
  GByteArray *now;
  GByteArray *durable;
  GArray *pending;
  gboolean has_durable_name;
  gboolean is_deleted;
} PowerFile;

PowerFile *power_file_new        (const char *path);
PowerFile *power_file_copy       (PowerFile  *self);
void       power_file_write      (PowerFile  *self,
                                  gsize       offset,
                                  gconstpointer bytes,
                                  gsize       length);
void       power_file_truncate   (PowerFile  *self,
                                  gsize       size);
void       power_file_sync       (PowerFile  *self);
void       power_file_fail_sync  (PowerFile  *self,
                                  GRand      *random);
void       power_file_lose_power (PowerFile  *self,
                                  GRand      *random);
void       power_file_free       (PowerFile  *self);

G_END_DECLS
