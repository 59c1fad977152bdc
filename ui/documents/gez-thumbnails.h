/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "model/gez-context.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezThumbnails:
 *
 * Small pictures of documents, one after the other, for a page that shows them: from the store, or,
 * where it has none yet, made and given to it. Nothing of it goes to the desktop's cache.
 *
 * GezThumbnails::ready (GezRecord *document): there is one now.
 */
#define GEZ_TYPE_THUMBNAILS (gez_thumbnails_get_type ())
G_DECLARE_FINAL_TYPE (GezThumbnails, gez_thumbnails, GEZ, THUMBNAILS, GObject)

GezThumbnails *gez_thumbnails_new  (GezContext    *context);
GdkTexture    *gez_thumbnails_get  (GezThumbnails *self,
                                    GezRecord     *document);
void           gez_thumbnails_stop (GezThumbnails *self);

G_END_DECLS
