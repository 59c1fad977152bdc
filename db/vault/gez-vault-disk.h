/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

int gez_vault_disk_read (sqlite3_file *file,
                         void         *buffer,
                         int           amount,
                         sqlite3_int64 offset);

G_END_DECLS
