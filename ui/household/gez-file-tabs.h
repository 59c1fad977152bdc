/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"
#include "model/gez-view.h"

G_BEGIN_DECLS

/* Before the code of a life domain in the name of its tab. */
#define GEZ_FILE_TABS_DOMAIN "domain:"

/* Which tabs a file has, and how each of them stands. */
GPtrArray *gez_file_tabs_new (GezContext *context,
                              GezView    *file);

G_END_DECLS
