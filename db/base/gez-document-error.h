/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GezDocumentError:
 * @GEZ_DOCUMENT_ERROR_NOT_A_FILE: a directory, a device or the like; choose a file
 * @GEZ_DOCUMENT_ERROR_UNREADABLE: it is gone or may not be read
 * @GEZ_DOCUMENT_ERROR_EMPTY: it holds nothing
 * @GEZ_DOCUMENT_ERROR_CHANGED: it grew or shrank while it was read; try again when it is finished
 * @GEZ_DOCUMENT_ERROR_TOO_LARGE: more than the caller takes at once
 * @GEZ_DOCUMENT_ERROR_MISSING: the content is not in the store; put it back from a backup
 * @GEZ_DOCUMENT_ERROR_ON_ITS_WAY: a colleague added it, and the content is not here yet; wait
 * @GEZ_DOCUMENT_ERROR_DAMAGED: the content does not open; put it back from a backup
 *
 * What can go wrong with one attachment. The others and the store are as they were.
 */
typedef enum
{
  GEZ_DOCUMENT_ERROR_NOT_A_FILE,
  GEZ_DOCUMENT_ERROR_UNREADABLE,
  GEZ_DOCUMENT_ERROR_EMPTY,
  GEZ_DOCUMENT_ERROR_CHANGED,
  GEZ_DOCUMENT_ERROR_TOO_LARGE,
  GEZ_DOCUMENT_ERROR_MISSING,
  GEZ_DOCUMENT_ERROR_ON_ITS_WAY,
  GEZ_DOCUMENT_ERROR_DAMAGED,
} GezDocumentError;

#define GEZ_DOCUMENT_ERROR (gez_document_error_quark ())
GQuark gez_document_error_quark (void);

G_END_DECLS
