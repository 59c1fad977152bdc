/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/gez-id.h"
#include "vault/gez-secrets.h"

G_BEGIN_DECLS

/* Files of their own, each sealed under a random key of its own (docs/STORAGE.md, "Attachments"). */

#define GEZ_FILE_KEY_SIZE 32
#define GEZ_FILE_HASH_SIZE 32
#define GEZ_SEALED_FILE_HEADER 48
#define GEZ_SEALED_FILE_CHUNK 65536 /* bytes of content in every chunk but the last */
#define GEZ_SEALED_FILE_OVERHEAD 17 /* what sealing adds to a chunk */

/* Called on the calling thread, after each read: bytes so far. */
typedef void (*GezSealedFileProgress) (gint64   done,
                                       gpointer user_data);

/**
 * GezSealedFileWriter:
 *
 * A sealed file that is being written. Until gez_sealed_file_writer_finish() there is nothing under
 * its name; freeing an unfinished one leaves nothing.
 */
typedef struct _GezSealedFileWriter GezSealedFileWriter;

GezSealedFileWriter *gez_sealed_file_writer_new    (const char          *directory,
                                                    const GezId         *id,
                                                    const GezSecret     *key,
                                                    GError             **error);
gboolean             gez_sealed_file_writer_add    (GezSealedFileWriter *self,
                                                    gconstpointer        bytes,
                                                    gsize                length,
                                                    GError             **error);
gint64               gez_sealed_file_writer_splice (GezSealedFileWriter *self,
                                                    GInputStream        *source,
                                                    gint64               most,
                                                    GezSealedFileProgress progress,
                                                    gpointer             user_data,
                                                    GCancellable        *cancellable,
                                                    GError             **error);
char                *gez_sealed_file_writer_finish (GezSealedFileWriter *self,
                                                    GError             **error);
void                 gez_sealed_file_writer_free   (GezSealedFileWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezSealedFileWriter, gez_sealed_file_writer_free)

GezSecret    *gez_sealed_file_make_key (GError          **error);
char         *gez_sealed_file_get_path (const char       *directory,
                                        const GezId      *id);
gint64        gez_sealed_file_get_size (gint64            content);
gboolean      gez_sealed_file_write    (const char       *directory,
                                        const GezId      *id,
                                        const GezSecret  *key,
                                        GBytes           *content,
                                        GError          **error);
GBytes       *gez_sealed_file_read     (const char       *directory,
                                        const GezId      *id,
                                        const GezSecret  *key,
                                        gsize             most,
                                        GCancellable     *cancellable,
                                        GError          **error);
gboolean      gez_sealed_file_remove   (const char       *directory,
                                        const GezId      *id,
                                        GError          **error);

/* The hash of a content that is read bit by bit. */
typedef struct _GezSealedHash GezSealedHash;

GezSealedHash *gez_sealed_hash_new    (void);
void           gez_sealed_hash_add    (GezSealedHash *self,
                                       gconstpointer  bytes,
                                       gsize          length);
char          *gez_sealed_hash_finish (GezSealedHash *self);
void           gez_sealed_hash_free   (GezSealedHash *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezSealedHash, gez_sealed_hash_free)

G_END_DECLS
