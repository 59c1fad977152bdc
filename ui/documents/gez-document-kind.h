/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GezDocumentKind:
 * @GEZ_DOCUMENT_KIND_OTHER: not shown by us
 * @GEZ_DOCUMENT_KIND_PICTURE: shown as one picture
 * @GEZ_DOCUMENT_KIND_PDF: shown page by page
 * @GEZ_DOCUMENT_KIND_TEXT: shown as plain text
 *
 * How a document is shown.
 */
typedef enum
{
  GEZ_DOCUMENT_KIND_OTHER,
  GEZ_DOCUMENT_KIND_PICTURE,
  GEZ_DOCUMENT_KIND_PDF,
  GEZ_DOCUMENT_KIND_TEXT,
} GezDocumentKind;

/* What is read into memory at most to be shown, in bytes. */
#define GEZ_DOCUMENT_MOST_PICTURE (64 * 1024 * 1024)
#define GEZ_DOCUMENT_MOST_PDF (64 * 1024 * 1024)
#define GEZ_DOCUMENT_MOST_TEXT (1024 * 1024)

GezDocumentKind gez_document_kind       (const char *media_type);
gint64          gez_document_kind_most  (GezDocumentKind kind);
const char     *gez_document_kind_words (const char *media_type);
const char     *gez_document_kind_icon  (const char *media_type);
char           *gez_document_size_words (gint64      bytes);

G_END_DECLS
