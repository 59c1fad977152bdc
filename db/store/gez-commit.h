/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-change.h"
#include "store/gez-database-private.h"
#include "store/gez-store-act.h"

G_BEGIN_DECLS

gboolean gez_commit_apply (GezDatabase  *database,
                           GezChange    *change,
                           GError      **error);
gboolean gez_commit_run   (GezDatabase  *database,
                           GezChange    *change,
                           guint64      *command,
                           GPtrArray   **tables,
                           GError      **error);
gboolean gez_commit_into  (GezDatabase  *database,
                           GezChange    *change,
                           GPtrArray   **tables,
                           GError      **error);
gboolean gez_commit_many  (GezDatabase  *database,
                           GPtrArray    *changes,
                           gboolean      all_or_nothing,
                           GPtrArray    *failures,
                           GPtrArray   **tables,
                           GError      **error);
gboolean gez_commit_act   (GezDatabase  *database,
                           const char   *name,
                           GezStoreActFunc function,
                           gpointer      data,
                           GPtrArray   **tables,
                           GError      **error);
gboolean gez_commit_undo  (GezDatabase  *database,
                           guint64       command,
                           guint64      *undone,
                           GPtrArray   **tables,
                           GError      **error);

G_END_DECLS
