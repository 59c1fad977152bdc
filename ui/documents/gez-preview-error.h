/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GezPreviewError:
 * @GEZ_PREVIEW_ERROR_UNREADABLE: it is not what it says it is, or broken
 * @GEZ_PREVIEW_ERROR_TOO_LARGE: more points, pages or bytes than are safe to draw
 * @GEZ_PREVIEW_ERROR_PASSPHRASE: a PDF that asks for a password of its own
 *
 * Why a document is not drawn. The document itself is kept as it is, and a copy can be saved.
 */
typedef enum
{
  GEZ_PREVIEW_ERROR_UNREADABLE,
  GEZ_PREVIEW_ERROR_TOO_LARGE,
  GEZ_PREVIEW_ERROR_PASSPHRASE,
} GezPreviewError;

#define GEZ_PREVIEW_ERROR (gez_preview_error_quark ())
GQuark gez_preview_error_quark (void);

G_END_DECLS
