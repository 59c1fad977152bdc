/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-circle.h"

#include <string.h>

static const struct
{
  GezCircleKind kind;
  const char *code;
} kinds[] = {
  { GEZ_CIRCLE_TEAM, "team" },
  { GEZ_CIRCLE_OPEN, "open" },
  { GEZ_CIRCLE_CASEWORK, "casework" },
  { GEZ_CIRCLE_SITTING, "sitting" },
  { GEZ_CIRCLE_PRIVATE, "private" },
  { GEZ_CIRCLE_LEADERS, "leaders" },
};

static gboolean
has_subject (GezCircleKind kind)
{
  return kind != GEZ_CIRCLE_TEAM && kind != GEZ_CIRCLE_LEADERS;
}

GezCircle
gez_circle_team (void)
{
  return (GezCircle) { GEZ_CIRCLE_TEAM, GEZ_ID_NONE };
}

GezCircle
gez_circle_open (const GezId *household)
{
  return (GezCircle) { GEZ_CIRCLE_OPEN, *household };
}

GezCircle
gez_circle_casework (const GezId *household)
{
  return (GezCircle) { GEZ_CIRCLE_CASEWORK, *household };
}

GezCircle
gez_circle_sitting (const GezId *school)
{
  return (GezCircle) { GEZ_CIRCLE_SITTING, *school };
}

GezCircle
gez_circle_leaders (void)
{
  return (GezCircle) { GEZ_CIRCLE_LEADERS, GEZ_ID_NONE };
}

GezCircle
gez_circle_private (const GezId *member)
{
  return (GezCircle) { GEZ_CIRCLE_PRIVATE, *member };
}

/**
 * gez_circle_encode:
 * @bytes: (out): what the `circle` column holds
 *
 * Returns: how many of @bytes are used: 1 for the team and its leaders, 17 for all others
 */
gsize
gez_circle_encode (GezCircle circle,
                   guint8    bytes[GEZ_CIRCLE_SIZE_MAX])
{
  bytes[0] = (guint8) circle.kind;
  if (!has_subject (circle.kind))
    return 1;
  memcpy (bytes + 1, circle.subject.bytes, GEZ_ID_SIZE);
  return GEZ_CIRCLE_SIZE_MAX;
}

/**
 * gez_circle_decode:
 *
 * Returns: whether @bytes are a circle of a kind known here
 */
gboolean
gez_circle_decode (gconstpointer bytes,
                   gsize         size,
                   GezCircle    *circle)
{
  const guint8 *from = bytes;

  g_return_val_if_fail (circle != NULL, FALSE);

  if (size == 0 || gez_circle_kind_to_code (from[0]) == NULL ||
      size != (has_subject (from[0]) ? GEZ_CIRCLE_SIZE_MAX : 1))
    return FALSE;
  circle->kind = from[0];
  circle->subject = GEZ_ID_NONE;
  memcpy (circle->subject.bytes, from + 1, size - 1);
  return TRUE;
}

/**
 * gez_circle_kind_to_code:
 *
 * Returns: (nullable): the stable code of @kind, as in the interchange format
 */
const char *
gez_circle_kind_to_code (GezCircleKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].code;
  return NULL;
}

/**
 * gez_circle_kind_from_code:
 *
 * Returns: whether @code is the code of a kind
 */
gboolean
gez_circle_kind_from_code (const char    *code,
                           GezCircleKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].code, code) == 0)
      {
        *kind = kinds[i].kind;
        return TRUE;
      }
  return FALSE;
}
