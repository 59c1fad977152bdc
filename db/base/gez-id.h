/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "base/gez-clock.h"

G_BEGIN_DECLS

#define GEZ_ID_SIZE 16
#define GEZ_ID_TEXT_SIZE 37 /* with the closing NUL */

/**
 * GezId:
 *
 * The identity of a row: a UUID in its 16 bytes. Rows made on a device carry version 7 (RFC 9562),
 * seed rows a hash of table and code. All zero means "none".
 */
typedef struct
{
  guint8 bytes[GEZ_ID_SIZE];
} GezId;

#define GEZ_TYPE_ID (gez_id_get_type ())
GType gez_id_get_type (void);

#define GEZ_ID_NONE ((GezId) { { 0 } })

GezId    gez_id_new       (GezClock    *clock);
gboolean gez_id_parse     (const char  *text,
                           GezId       *id);
char    *gez_id_to_string (const GezId *id);
void     gez_id_to_buffer (const GezId *id,
                           char         buffer[GEZ_ID_TEXT_SIZE]);
gboolean gez_id_is_none   (const GezId *id);
gboolean gez_id_equal     (gconstpointer a,
                           gconstpointer b);
int      gez_id_compare   (gconstpointer a,
                           gconstpointer b);
guint    gez_id_hash      (gconstpointer id);
GezId   *gez_id_copy      (const GezId *id);

G_END_DECLS
