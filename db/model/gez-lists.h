/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezLists:
 *
 * The lists of the team as they were when they were read: domains, list items, scale points,
 * members, districts and schools, each row a #GezRecord with all columns of its table. Immutable,
 * safe on any thread. The _get_ functions give what is in use today, in the team's order; the
 * _find_ functions also find what is no longer in use, so that an old row keeps its label.
 */
#define GEZ_TYPE_LISTS (gez_lists_get_type ())
G_DECLARE_FINAL_TYPE (GezLists, gez_lists, GEZ, LISTS, GObject)

GezQuery   *gez_lists_query               (const char  *language);
GezLists   *gez_lists_in_language         (GezLists    *self,
                                           const char  *language);

gboolean    gez_lists_is_in_use           (GezRecord   *record,
                                           const char  *today);
GPtrArray  *gez_lists_get_domains         (GezLists    *self);
GezRecord  *gez_lists_find_domain         (GezLists    *self,
                                           const GezId *id);
GezRecord  *gez_lists_find_domain_by_code (GezLists    *self,
                                           const char  *code);
gboolean    gez_lists_is_sensitive        (GezLists    *self,
                                           const GezId *domain);
const char *gez_lists_get_label           (GezLists    *self,
                                           GezRecord   *record);
const char *gez_lists_get_short_label     (GezLists    *self,
                                           GezRecord   *domain);

/* @list: contact_channel, barrier, referral_reason, entry_gate or crisis_line */
GPtrArray  *gez_lists_get_items           (GezLists    *self,
                                           const char  *list);
const char *gez_lists_get_item_label      (GezLists    *self,
                                           const char  *list,
                                           const char  *code);

/* @value: 1 to 5; the anchor of @domain when it has one of its own, else the general one */
GezRecord  *gez_lists_find_scale_point    (GezLists    *self,
                                           const GezId *domain,
                                           int          value);
const char *gez_lists_get_scale_label     (GezLists    *self,
                                           const GezId *domain,
                                           int          value);

GPtrArray  *gez_lists_get_members         (GezLists    *self);
GezRecord  *gez_lists_find_member         (GezLists    *self,
                                           const GezId *id);
const char *gez_lists_get_member_name     (GezLists    *self,
                                           const GezId *id);
GPtrArray  *gez_lists_get_districts       (GezLists    *self);
const char *gez_lists_get_district_name   (GezLists    *self,
                                           const GezId *id);
GPtrArray  *gez_lists_get_schools         (GezLists    *self);
const char *gez_lists_get_school_name     (GezLists    *self,
                                           const GezId *id);

G_END_DECLS
