/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-document.h"
#include "store/gez-attachment.h"

G_BEGIN_DECLS

/*
 * What documents do on threads of their own, away from the main one and from the store's: reading,
 * sealing and writing. Everything here waits for a disk.
 */

/**
 * GezDocumentMeter:
 *
 * Tells progress on the main context of who made it, at most once for each 256 KiB.
 */
typedef struct
{
  GMainContext *context;
  GezDocumentProgress progress;
  gpointer data;
  gint64 total;
  gint64 told;
} GezDocumentMeter;

void  gez_document_meter_init      (GezDocumentMeter    *self,
                                    GezDocumentProgress  progress,
                                    gpointer             data);
void  gez_document_meter_clear     (GezDocumentMeter    *self);
void  gez_document_meter_tell      (gint64               done,
                                    gpointer             meter);

/**
 * GezDocumentSealed:
 * @hash: of the content, 64 hexadecimal digits
 *
 * What a content turned out to be.
 */
typedef struct
{
  char *hash;
  char *media_type;
  gint64 size;
} GezDocumentSealed;

void     gez_document_sealed_clear (GezDocumentSealed   *self);
gboolean gez_document_seal         (const char          *directory,
                                    const GezFileName   *name,
                                    GFile               *file,
                                    GBytes              *content,
                                    const char          *shown_name,
                                    GezDocumentMeter    *meter,
                                    GezDocumentSealed   *sealed,
                                    GCancellable        *cancellable,
                                    GError             **error);
gboolean gez_document_copy_out     (const char          *directory,
                                    const GezAttachment *attachment,
                                    GFile               *destination,
                                    GezDocumentMeter    *meter,
                                    GCancellable        *cancellable,
                                    GError             **error);
void     gez_document_discard      (const char          *directory,
                                    const GezId         *file);
void     gez_document_mend_error   (const char          *directory,
                                    const GezId         *file,
                                    GError              *error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GezDocumentSealed, gez_document_sealed_clear)

void  gez_document_keep_result     (GObject             *source,
                                    GAsyncResult        *result,
                                    gpointer             user_data);

G_END_DECLS
