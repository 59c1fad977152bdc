/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-seal.h"

G_BEGIN_DECLS

/* GVariants in files: normal form, little endian (docs/SYNC.md). */
GBytes   *gez_variant_write    (GVariant       *value);
GVariant *gez_variant_read     (GBytes         *bytes,
                                const char     *type,
                                GError        **error);
GVariant *gez_variant_of_bytes (gconstpointer   data,
                                gsize           size);
gboolean  gez_variant_get_bytes (GVariant      *value,
                                gpointer        out,
                                gsize           size);

G_END_DECLS
