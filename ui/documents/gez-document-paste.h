/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/gez-document-queue.h"

G_BEGIN_DECLS

void gez_document_paste             (GtkWidget        *from,
                                     GezContext       *context,
                                     const GezId      *household);
void gez_document_take_picture      (GezDocumentQueue *queue,
                                     GezContext       *context,
                                     const GezId      *household,
                                     GdkTexture       *picture);
void gez_document_take_files        (GezDocumentQueue *queue,
                                     const GezId      *household,
                                     GdkFileList      *files);

G_END_DECLS
