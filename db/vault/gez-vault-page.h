/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault-keys.h"

G_BEGIN_DECLS

#define GEZ_PAGE_SIZE 4096
#define GEZ_PAGE_RESERVED 40
#define GEZ_PAGE_PLAIN (GEZ_PAGE_SIZE - GEZ_PAGE_RESERVED)
#define GEZ_FRAME_HEADER 24
#define GEZ_FRAME_SIZE (GEZ_FRAME_HEADER + GEZ_PAGE_SIZE)

void     gez_page_seal  (const GezVaultKeys *keys,
                         const GezId        *database_id,
                         guint64             number,
                         const guint8       *plain,
                         guint8             *sealed);
gboolean gez_page_open  (const GezVaultKeys *keys,
                         const GezId        *database_id,
                         guint64             number,
                         const guint8       *sealed,
                         guint8             *plain);
void     gez_frame_seal (const GezVaultKeys *keys,
                         const GezId        *database_id,
                         guint64             index,
                         const guint8       *epoch,
                         const guint8       *plain,
                         guint8             *sealed);
gboolean gez_frame_open (const GezVaultKeys *keys,
                         const GezId        *database_id,
                         guint64             index,
                         const guint8       *epoch,
                         const guint8       *sealed,
                         guint8             *plain);

G_END_DECLS
