/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/gez-error.h"

G_BEGIN_DECLS

void     gez_vault_file_set_error        (GError    **error,
                                          int         number,
                                          const char *what,
                                          const char *path);
gboolean gez_vault_file_make_directory   (const char *path,
                                          GError    **error);
gboolean gez_vault_file_sync_directory   (const char *path,
                                          GError    **error);
gboolean gez_vault_file_create_empty     (const char *path,
                                          GError    **error);
gboolean gez_vault_file_replace          (const char *directory,
                                          const char *name,
                                          GBytes     *content,
                                          GError    **error);
GBytes  *gez_vault_file_read             (const char *directory,
                                          const char *name,
                                          gsize       most,
                                          GError    **error);

G_END_DECLS
