/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/gez-id.h"

G_BEGIN_DECLS

/**
 * GezChange:
 *
 * What one act of a person writes: rows that are born and cells that get another value. It is made
 * without touching the store, by the commands of model/, and becomes one transaction in
 * gez_store_commit_async(). This is the only way to write shared rows.
 */
#define GEZ_TYPE_CHANGE (gez_change_get_type ())
G_DECLARE_FINAL_TYPE (GezChange, gez_change, GEZ, CHANGE, GObject)

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
} GezCircleKind;

/**
 * GezCircle:
 * @kind: which kind
 * @subject: the household, school or member; none for the team
 */
typedef struct
{
  GezCircleKind kind;
  GezId subject;
} GezCircle;

GezCircle   gez_circle_team     (void);
GezCircle   gez_circle_open     (const GezId   *household);
GezCircle   gez_circle_casework (const GezId   *household);
GezCircle   gez_circle_sitting  (const GezId   *school);
GezCircle   gez_circle_private  (const GezId   *member);
const char *gez_circle_kind_to_code   (GezCircleKind kind);
gboolean    gez_circle_kind_from_code (const char *code, GezCircleKind *kind);

GezChange  *gez_change_new         (const char    *name);
const char *gez_change_get_name    (GezChange     *self);
gboolean    gez_change_is_empty    (GezChange     *self);
void        gez_change_insert      (GezChange     *self,
                                    const char    *table,
                                    const GezId   *id,
                                    GezCircle      circle);
void        gez_change_update      (GezChange     *self,
                                    const char    *table,
                                    const GezId   *id);
void        gez_change_withdraw    (GezChange     *self,
                                    const char    *table,
                                    const GezId   *id,
                                    const char    *reason);
void        gez_change_set_circle  (GezChange     *self,
                                    GezCircle      circle);
void        gez_change_set_text    (GezChange     *self,
                                    const char    *column,
                                    const char    *value);
void        gez_change_set_integer (GezChange     *self,
                                    const char    *column,
                                    gint64         value);
void        gez_change_set_id      (GezChange     *self,
                                    const char    *column,
                                    const GezId   *value);
void        gez_change_set_null    (GezChange     *self,
                                    const char    *column);
void        gez_change_clear_draft (GezChange     *self,
                                    const char    *place,
                                    const GezId   *subject);
void        gez_change_append      (GezChange     *self,
                                    GezChange     *other);

G_END_DECLS
