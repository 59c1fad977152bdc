/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* Pictures of strangers, drawn by no more than the well-known formats and never larger than is safe.
 * These may be called on any thread. */
#define GEZ_PICTURE_MOST_POINTS (64 * 1024 * 1024)
#define GEZ_PICTURE_LONGEST_SIDE 32767

GdkPixbuf *gez_picture_decode (GInputStream *stream,
                               int           longest,
                               GCancellable *cancellable,
                               GError      **error);
GBytes    *gez_picture_encode (GdkPixbuf    *picture,
                               GError      **error);

G_END_DECLS
