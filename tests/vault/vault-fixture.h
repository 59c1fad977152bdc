/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "vault/gez-vault.h"

/* The words that open every store of the tests. */
#define WORDS ((GezPassphrase) { "zeven gele fietsen", 18 })
#define OTHER_WORDS ((GezPassphrase) { "acht gele fietsen", 17 })

char     *fixture_make_directory   (void);
void      fixture_remove_directory (const char *path);
GezVault *fixture_create           (const char *directory);
GezVault *fixture_unlock           (const char *directory);
sqlite3  *fixture_open             (GezVault   *vault);
void      fixture_close            (GezVault   *vault,
                                    sqlite3    *database);
void      fixture_close_after_refusals (GezVault *vault,
                                        sqlite3 *database);
void      fixture_execute          (sqlite3    *database,
                                    const char *sql);
gint64    fixture_integer          (sqlite3    *database,
                                    const char *sql);
gboolean  fixture_is_sound         (sqlite3    *database);
void      fixture_make_store       (const char *directory,
                                    guint       n_rows);
GBytes   *fixture_read             (const char *directory,
                                    const char *name);
void      fixture_write            (const char *directory,
                                    const char *name,
                                    GBytes     *content);
