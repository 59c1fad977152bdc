/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"
#include "vault/gez-secrets.h"

G_BEGIN_DECLS

/* What opens the store, changed or tried on another thread while the window goes on. Passphrases and
 * codes are copied before these return; callers wipe their own. */

void     gez_key_work_change_passphrase_async (GezContext          *context,
                                               GezPassphrase        present,
                                               GezPassphrase        next,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
void     gez_key_work_check_passphrase_async  (GezContext          *context,
                                               GezPassphrase        present,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
void     gez_key_work_set_sheet_async         (GezContext          *context,
                                               const GezSecret     *code,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
void     gez_key_work_check_sheet_async       (GezContext          *context,
                                               const GezSecret     *code,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean gez_key_work_finish                  (GAsyncResult        *result,
                                               GError             **error);
void     gez_key_work_wait                    (void);
gboolean gez_key_work_has_sheet               (GezContext          *context);

G_END_DECLS
