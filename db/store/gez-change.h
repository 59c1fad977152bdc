/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-circle.h"
#include "store/gez-file-name.h"

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
 * GEZ_CHANGE_NOW:
 *
 * As an integer value: the instant at which the store writes.
 */
#define GEZ_CHANGE_NOW G_MININT64

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
void        gez_change_set_key     (GezChange     *self,
                                    const char    *column,
                                    const guint8   value[GEZ_FILE_KEY_SIZE]);
void        gez_change_set_file    (GezChange     *self,
                                    const GezFileName *value);
void        gez_change_set_null    (GezChange     *self,
                                    const char    *column);
void        gez_change_settle      (GezChange     *self,
                                    const char    *column,
                                    GArray        *heads);
void        gez_change_clear_draft (GezChange     *self,
                                    const char    *place,
                                    const GezId   *subject);
void        gez_change_append      (GezChange     *self,
                                    GezChange     *other);

G_END_DECLS
