/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/gez-error.h"

G_BEGIN_DECLS

#define GEZ_KEY_SIZE 32
#define GEZ_SECRET_TEXT_SIZE 1544 /* 256 characters of up to 6 bytes, and a NUL */

gboolean gez_secrets_start      (GError   **error);
gpointer gez_secrets_take       (gsize      size);
void     gez_secrets_give_back  (gpointer   secret,
                                 gsize      size);
void     gez_secrets_wipe       (gpointer   bytes,
                                 gsize      size);
gboolean gez_secrets_are_locked (void);
gboolean gez_secrets_equal      (const char *a,
                                 gsize       a_size,
                                 const char *b,
                                 gsize       b_size);

G_END_DECLS
