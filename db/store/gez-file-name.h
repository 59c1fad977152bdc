/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database.h"
#include "vault/gez-sealed-file.h"

G_BEGIN_DECLS

/**
 * GezFileName:
 * @id: what the sealed file is called
 * @key: what it is sealed under, 32 bytes in locked memory
 *
 * What the columns file_id and file_key hold (docs/STORAGE.md, "Attachments").
 */
typedef struct
{
  GezId id;
  GezSecret *key;
} GezFileName;

GezFileName *gez_file_name_new  (GezClock     *clock,
                                 GError      **error);
GezFileName *gez_file_name_read (GezStatement *statement,
                                 int           id_column,
                                 int           key_column,
                                 GError      **error);
void         gez_file_name_free (GezFileName  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezFileName, gez_file_name_free)

G_END_DECLS
