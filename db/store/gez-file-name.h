/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database.h"
#include "vault/gez-secrets.h"

G_BEGIN_DECLS

/**
 * GezFileName:
 * @id: what the sealed file is called
 * @key: what it is sealed under, 32 bytes in locked memory
 *
 * What a column …_file holds: 16 bytes and 32 bytes (docs/STORAGE.md, "Attachments").
 */
typedef struct
{
  GezId id;
  GezSecret *key;
} GezFileName;

#define GEZ_FILE_NAME_SIZE 48

GezFileName *gez_file_name_new        (GezClock          *clock,
                                       GError           **error);
void         gez_file_name_free       (GezFileName       *self);
GezFileName *gez_file_name_from_bytes (gconstpointer      bytes,
                                       gsize              size);
GezFileName *gez_file_name_read       (GezStatement      *statement,
                                       int                column);
void         gez_file_name_to_bytes   (const GezFileName *self,
                                       guint8             bytes[GEZ_FILE_NAME_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezFileName, gez_file_name_free)

G_END_DECLS
