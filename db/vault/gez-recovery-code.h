/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-secret-text.h"
#include "vault/gez-secrets.h"

G_BEGIN_DECLS

/* A recovery code is the first 16 bytes of a GezSecret. People see it as 14 words, cameras as one
 * short text; both carry a checksum of 12 bits. */
#define GEZ_RECOVERY_CODE_SIZE 16
#define GEZ_RECOVERY_N_WORDS 14
#define GEZ_RECOVERY_QR_PREFIX "GEZINSPLAN1:"
#define GEZ_RECOVERY_QR_SIZE 40

GezSecret     *gez_recovery_code_new      (GError          **error);
const char    *gez_recovery_code_get_word (const GezSecret  *code,
                                           guint             position);
GezSecretText *gez_recovery_code_to_qr    (const GezSecret  *code);
GezSecret     *gez_recovery_code_parse    (GezPassphrase     text,
                                           guint            *position,
                                           GError          **error);
gboolean       gez_recovery_code_equal    (const GezSecret  *code,
                                           const GezSecret  *other);

G_END_DECLS
