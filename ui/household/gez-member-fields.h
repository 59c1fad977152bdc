/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezMemberFields:
 *
 * The few things that are asked about a new member of a household: names, age, telephone, role.
 * Signal `remove`: a person wants it away; `changed`: something else stands in it.
 */
#define GEZ_TYPE_MEMBER_FIELDS (gez_member_fields_get_type ())
G_DECLARE_FINAL_TYPE (GezMemberFields, gez_member_fields, GEZ, MEMBER_FIELDS, GtkWidget)

/**
 * GezAge:
 * @born_on: birth date (YYYY-MM-DD), or ""
 * @estimated_age: age in years, or -1
 *
 * How old somebody is, as well as it is known.
 */
typedef struct
{
  char born_on[11];
  int estimated_age;
} GezAge;

gboolean    gez_age_parse               (const char      *text,
                                         const char      *today,
                                         GezAge          *age);

GtkWidget  *gez_member_fields_new       (GezContext      *context);
gboolean    gez_member_fields_check     (GezMemberFields *self,
                                         const char     **complaint);
char       *gez_member_fields_dup_first_name (GezMemberFields *self);
char       *gez_member_fields_dup_last_name (GezMemberFields *self);
char       *gez_member_fields_dup_phones (GezMemberFields *self);
const char *gez_member_fields_get_role  (GezMemberFields *self);
GezAge      gez_member_fields_get_age   (GezMemberFields *self);

G_END_DECLS
