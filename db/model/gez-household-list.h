/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-page.h"

G_BEGIN_DECLS

/**
 * GezHouseholdItem:
 *
 * One line of Gezinnen: a household with what the list shows of it. Immutable. Getters that return
 * text return %NULL when there is nothing to say.
 */
#define GEZ_TYPE_HOUSEHOLD_ITEM (gez_household_item_get_type ())
G_DECLARE_FINAL_TYPE (GezHouseholdItem, gez_household_item, GEZ, HOUSEHOLD_ITEM, GObject)

const GezId *gez_household_item_get_id             (GezHouseholdItem *self);
const char  *gez_household_item_get_name           (GezHouseholdItem *self);
const char  *gez_household_item_get_members        (GezHouseholdItem *self); /* Anna (34), Bo */
const char  *gez_household_item_get_district       (GezHouseholdItem *self);
const char  *gez_household_item_get_state          (GezHouseholdItem *self); /* of its trajectory */
const char  *gez_household_item_get_contact_person (GezHouseholdItem *self);
const char  *gez_household_item_get_last_contact_on (GezHouseholdItem *self);
int          gez_household_item_get_days_since     (GezHouseholdItem *self); /* -1: never */
const char  *gez_household_item_get_next_followup_on (GezHouseholdItem *self);
int          gez_household_item_get_n_overdue      (GezHouseholdItem *self);
int          gez_household_item_get_n_no_news      (GezHouseholdItem *self);
gboolean     gez_household_item_is_stale           (GezHouseholdItem *self);
gboolean     gez_household_item_equal              (GezHouseholdItem *self,
                                                    GezHouseholdItem *other);

/**
 * GezHouseholdSort:
 * @GEZ_HOUSEHOLD_SORT_NAME: A to Z
 * @GEZ_HOUSEHOLD_SORT_LAST_CONTACT: longest without contact first, never first of all
 * @GEZ_HOUSEHOLD_SORT_NEXT_FOLLOWUP: earliest next follow-up first, none last
 */
typedef enum
{
  GEZ_HOUSEHOLD_SORT_NAME,
  GEZ_HOUSEHOLD_SORT_LAST_CONTACT,
  GEZ_HOUSEHOLD_SORT_NEXT_FOLLOWUP,
} GezHouseholdSort;

/**
 * GezHouseholdFilter:
 * @search: words of the name or of members, each may be the beginning of a word; %NULL for all
 * @mine_of: only the households of this member; none for all
 * @state: only this trajectory state ("intake", "active", "paused", "aftercare", "closed"), "open"
 *   for all but closed, or %NULL for all
 * @attention: only what asks for it: "stale" (no contact for longer than its rhythm), "late" (a
 *   follow-up whose day is past), "no_news" (a referral without news), or %NULL for all
 * @domain: only with an open goal, a question that is not done or a referral under way in this life
 *   domain; none for all
 * @sort: order
 */
typedef struct
{
  const char *search;
  GezId mine_of;
  const char *state;
  const char *attention;
  GezId domain;
  GezHouseholdSort sort;
} GezHouseholdFilter;

GezQuery *gez_household_list_query (const GezHouseholdFilter *filter,
                                    guint                     offset,
                                    guint                     limit);

G_END_DECLS
