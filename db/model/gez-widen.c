/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-widen.h"

/**
 * gez_widen_can:
 * @circle: (nullable): code of the circle where a row is
 * @wider: (out): the next wider circle of the same household
 *
 * Thread: any; it touches no store.
 *
 * Returns: whether more people of the household's team can come to read it
 */
gboolean
gez_widen_can (const char    *circle,
               GezCircleKind *wider)
{
  GezCircleKind kind;

  if (circle == NULL || !gez_circle_kind_from_code (circle, &kind))
    return FALSE;
  if (kind == GEZ_CIRCLE_PRIVATE)
    *wider = GEZ_CIRCLE_CASEWORK;
  else if (kind == GEZ_CIRCLE_CASEWORK)
    *wider = GEZ_CIRCLE_OPEN;
  else
    return FALSE;
  return TRUE;
}

/**
 * gez_widen_move:
 * @household: whose circle it becomes
 * @wider: %GEZ_CIRCLE_OPEN or %GEZ_CIRCLE_CASEWORK
 * @parts: (array length=n_parts): the rows; what hangs on a row moves with it, because references
 *   stay inside one circle
 *
 * Lets more people read what was written for fewer: a visible act, that the history tells.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_widen_move (GezContext         *context,
                const GezId        *household,
                GezCircleKind       wider,
                const GezWidenPart *parts,
                guint               n_parts)
{
  GezCircle circle;
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (household), NULL);
  g_return_val_if_fail (wider == GEZ_CIRCLE_OPEN || wider == GEZ_CIRCLE_CASEWORK, NULL);

  circle = wider == GEZ_CIRCLE_OPEN ? gez_circle_open (household) : gez_circle_casework (household);
  change = gez_change_new ("widen-circle");
  for (guint i = 0; i < n_parts; i++)
    {
      gez_change_update (change, parts[i].table, &parts[i].id);
      gez_change_set_circle (change, circle);
    }
  return change;
}
