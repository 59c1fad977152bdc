/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GEZ_BACKUP_STAMP_SIZE 16 /* "2026-11-21T0915" and the closing NUL */

gboolean gez_backup_stamp_is_valid (const char         *stamp);
gboolean gez_backup_rule_keeps     (const char * const *stamps,
                                    gsize               n_stamps,
                                    const char         *today,
                                    gboolean           *keep);

G_END_DECLS
