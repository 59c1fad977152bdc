/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-secret-text.h"

G_BEGIN_DECLS

GezSecretText *gez_ctl_read_passphrase (const char    *file,
                                        GCancellable  *cancellable,
                                        GError       **error);

GezSecretText *gez_ctl_read_words      (const char    *file,
                                        GCancellable  *cancellable,
                                        GError       **error);

G_END_DECLS
