/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GezFolderLook:
 * @GEZ_FOLDER_LOOK_AWAY: the folder is not there
 * @GEZ_FOLDER_LOOK_EMPTY: it is, and nothing of Gezinsplan is in it
 * @GEZ_FOLDER_LOOK_FULL: it is, with something of Gezinsplan in it
 */
typedef enum
{
  GEZ_FOLDER_LOOK_AWAY,
  GEZ_FOLDER_LOOK_EMPTY,
  GEZ_FOLDER_LOOK_FULL,
} GezFolderLook;

void          gez_folder_look_async  (const char          *uri,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
GezFolderLook gez_folder_look_finish (GAsyncResult        *result);

G_END_DECLS
