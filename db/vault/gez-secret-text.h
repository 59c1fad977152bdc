/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault.h"

G_BEGIN_DECLS

#define GEZ_SECRET_TEXT_MAX_CHARS 256

/**
 * GezSecretText:
 *
 * Text that is typed letter by letter and may never lie in ordinary memory: a passphrase. It has a
 * fixed block between guard pages that is never swapped out or dumped, and is wiped when freed.
 */
typedef struct _GezSecretText GezSecretText;

GezSecretText *gez_secret_text_new     (void);
void           gez_secret_text_free    (GezSecretText       *self);
guint          gez_secret_text_insert  (GezSecretText       *self,
                                        guint                position,
                                        const char          *text,
                                        guint                n_chars);
void           gez_secret_text_delete  (GezSecretText       *self,
                                        guint                position,
                                        guint                n_chars);
guint          gez_secret_text_n_chars (const GezSecretText *self);
GezPassphrase  gez_secret_text_peek    (const GezSecretText *self);
gboolean       gez_secret_text_equal   (const GezSecretText *self,
                                        const GezSecretText *other);
void           gez_secret_text_wipe    (GezSecretText       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezSecretText, gez_secret_text_free)

G_END_DECLS
