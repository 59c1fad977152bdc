/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-store.h"

G_BEGIN_DECLS

/**
 * GezVerifyFilesProgress:
 *
 * Called on the calling thread after each attachment.
 */
typedef void (*GezVerifyFilesProgress) (guint    done,
                                        guint    total,
                                        gpointer user_data);

gint64   gez_verify_sizes    (GezDatabase            *database,
                              GPtrArray              *problems,
                              GError                **error);
gboolean gez_verify_contents (GezStore               *store,
                              GPtrArray              *problems,
                              GezVerifyFilesProgress  progress,
                              gpointer                user_data,
                              GCancellable           *cancellable,
                              GError                **error);

G_END_DECLS
