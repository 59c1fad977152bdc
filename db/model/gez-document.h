/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/gez-document-error.h"
#include "model/gez-context.h"

G_BEGIN_DECLS

/* Attachments of a household. The row is like every other; the content is a sealed file of its own. */

/**
 * GezDocumentProgress:
 * @done: bytes
 * @total: bytes; 0 while it is not known
 *
 * Called on the main context of who started it, never after the callback of the end.
 */
typedef void (*GezDocumentProgress) (gint64   done,
                                     gint64   total,
                                     gpointer data);

/**
 * GezDocumentInput:
 * @file: (nullable): what is read; it stays as it is
 * @content: (nullable): what was pasted, when there is no @file
 * @name: (nullable): %NULL: the name of @file
 * @media_type: (nullable): as "image/png"; %NULL: guessed from name and beginning
 * @tags: (nullable) (array zero-terminated=1): in the words of people
 * @circle_kind: %GEZ_CIRCLE_OPEN or _CASEWORK; 0: open for a brugfiguur, casework for all others
 * @added_at: instant; 0: now
 */
typedef struct
{
  const GezId *household_id;
  GFile *file;
  GBytes *content;
  const char *name;
  const char *media_type;
  const char *const *tags;
  GezCircleKind circle_kind;
  gint64 added_at;
} GezDocumentInput;

/**
 * GezDocumentAdded:
 * @id: the document
 * @command: for gez_store_undo(); 0 when it @was_there
 * @was_there: the household had this very content already; nothing was added
 */
typedef struct
{
  GezId id;
  guint64 command;
  gboolean was_there;
} GezDocumentAdded;

void       gez_document_add_async  (GezContext             *context,
                                    const GezDocumentInput *input,
                                    GezDocumentProgress     progress,
                                    gpointer                progress_data,
                                    GCancellable           *cancellable,
                                    GAsyncReadyCallback     callback,
                                    gpointer                user_data);
gboolean   gez_document_add_finish (GezContext             *context,
                                    GAsyncResult           *result,
                                    GezDocumentAdded       *added,
                                    GError                **error);
gboolean   gez_document_add        (GezContext             *context,
                                    const GezDocumentInput *input,
                                    GCancellable           *cancellable,
                                    GezDocumentAdded       *added,
                                    GError                **error);

GezChange *gez_document_rename     (GezContext             *context,
                                    const GezId            *document,
                                    const char             *name);
GezChange *gez_document_set_tags   (GezContext             *context,
                                    const GezId            *document,
                                    const char *const      *tags);
GezChange *gez_document_withdraw   (GezContext             *context,
                                    const GezId            *document,
                                    const char             *reason);

G_END_DECLS
