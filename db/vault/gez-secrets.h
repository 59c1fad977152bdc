/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/gez-error.h"

G_BEGIN_DECLS

#define GEZ_SECRET_SIZE 64

/**
 * GezSecret:
 * @bytes: room for one key; a new one is all zero
 *
 * A small secret in memory that is never swapped out or dumped, and is wiped when given back.
 */
typedef struct
{
  guint8 bytes[GEZ_SECRET_SIZE];
} GezSecret;

GezSecret *gez_secret_new         (GError   **error);
void       gez_secret_free        (GezSecret *secret);
gboolean   gez_secrets_are_locked (void);
guint      gez_secrets_get_n_used (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezSecret, gez_secret_free)

G_END_DECLS
