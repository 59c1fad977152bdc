/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-sealed-file.h"

G_BEGIN_DECLS

/**
 * GezSealedStream:
 *
 * Reads a sealed file, chunk by chunk, in constant memory. What it gives was sealed under its key for
 * this file at this place; the end is only reached when the whole file was there. Anything else is
 * GEZ_VAULT_ERROR_DAMAGED, also a file that is gone. It cannot seek.
 */
#define GEZ_TYPE_SEALED_STREAM (gez_sealed_stream_get_type ())
G_DECLARE_FINAL_TYPE (GezSealedStream, gez_sealed_stream, GEZ, SEALED_STREAM, GInputStream)

GInputStream *gez_sealed_stream_open (const char      *directory,
                                      const GezId     *id,
                                      const GezSecret *key,
                                      GError         **error);

G_END_DECLS
