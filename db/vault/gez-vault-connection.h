/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "base/gez-error.h"

G_BEGIN_DECLS

/* "Gezp": marks a database as one of ours. */
#define GEZ_APPLICATION_ID 0x47657a70

gboolean gez_vault_connection_set_error (sqlite3 *database,
                                     int         code,
                                     const char *what,
                                     GError    **error);
sqlite3 *gez_vault_connection_open  (const char *path,
                                     const char *vfs_name,
                                     gboolean    create,
                                     GError    **error);
sqlite3 *gez_vault_connection_open_copy (const char *path,
                                     const char *vfs_name,
                                     gboolean    create,
                                     GError    **error);
gboolean gez_vault_connection_close (sqlite3    *database,
                                     GError    **error);
gboolean gez_vault_connection_set_error (sqlite3 *database,
                                     int         code,
                                     const char *what,
                                     GError    **error);

G_END_DECLS
