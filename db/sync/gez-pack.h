/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-segment.h"

G_BEGIN_DECLS

/* Many segments of one device in one file (docs/SYNC.md, "Pack, attachment, snapshot"). */

#define GEZ_PACK_SIZE_MAX (48 * 1024 * 1024)

typedef struct _GezPackWriter GezPackWriter;

GezPackWriter *gez_pack_writer_new    (const GezId    *team,
                                       const GezId    *device);
void           gez_pack_writer_free   (GezPackWriter  *self);
/* FALSE: it would become too large, and was not added. */
gboolean       gez_pack_writer_add    (GezPackWriter  *self,
                                       GBytes         *segment);
guint          gez_pack_writer_get_n  (GezPackWriter  *self);
GBytes        *gez_pack_writer_finish (GezPackWriter  *self);

/* (element-type GBytes): the segments, as they were published. */
GPtrArray     *gez_pack_read          (GBytes         *file,
                                       const GezId    *team,
                                       GezId          *device,
                                       GError        **error);
char          *gez_pack_path          (const GezId    *device,
                                       guint64         first,
                                       guint64         last,
                                       GBytes         *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezPackWriter, gez_pack_writer_free)

G_END_DECLS
