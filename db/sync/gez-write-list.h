/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-merge.h"

G_BEGIN_DECLS

/* Rows of a change log on their way: the value of `writes`, and the second half of `relay` (docs/SYNC.md, "Segment"). */
#define GEZ_WRITE_LIST_TYPE "a(ayttssaybxay)"
#define GEZ_WRITE_RELAY_TYPE "(ay" GEZ_WRITE_LIST_TYPE ")"

GVariant  *gez_write_list_to_variant   (GPtrArray     *writes);
GPtrArray *gez_write_list_from_variant (GVariant      *value);
GezWrite  *gez_write_from_statement    (GezStatement  *statement);

/* The columns that gez_write_from_statement() reads, in its order. */
#define GEZ_WRITE_COLUMNS "device, counter, command, act, table_name, id, is_birth, wall_at, cells"

G_END_DECLS
