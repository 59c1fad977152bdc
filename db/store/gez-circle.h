/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/gez-id.h"

G_BEGIN_DECLS

/**
 * GezCircleKind:
 *
 * Who may read a row (docs/STORAGE.md, "Circles"). The value is the first byte of the `circle` column.
 */
typedef enum
{
  GEZ_CIRCLE_TEAM = 't',     /* everyone in the team; no subject */
  GEZ_CIRCLE_OPEN = 'o',     /* who works with this household, brugfiguur included */
  GEZ_CIRCLE_CASEWORK = 'c', /* the case managers of this household */
  GEZ_CIRCLE_SITTING = 's',  /* the brugfiguren of one sitting place (school) */
  GEZ_CIRCLE_PRIVATE = 'p',  /* one member alone */
  GEZ_CIRCLE_LEADERS = 'l',  /* sealed for team leaders; no subject */
} GezCircleKind;

/**
 * GezCircle:
 * @kind: which kind
 * @subject: the household, school or member; none for the team and its leaders
 */
typedef struct
{
  GezCircleKind kind;
  GezId subject;
} GezCircle;

#define GEZ_CIRCLE_SIZE_MAX (1 + GEZ_ID_SIZE)

GezCircle   gez_circle_team           (void);
GezCircle   gez_circle_open           (const GezId   *household);
GezCircle   gez_circle_casework       (const GezId   *household);
GezCircle   gez_circle_sitting        (const GezId   *school);
GezCircle   gez_circle_private        (const GezId   *member);
GezCircle   gez_circle_leaders        (void);
gsize       gez_circle_encode         (GezCircle      circle,
                                       guint8         bytes[GEZ_CIRCLE_SIZE_MAX]);
gboolean    gez_circle_decode         (gconstpointer  bytes,
                                       gsize          size,
                                       GezCircle     *circle);
const char *gez_circle_kind_to_code   (GezCircleKind  kind);
gboolean    gez_circle_kind_from_code (const char    *code,
                                       GezCircleKind *kind);

G_END_DECLS
