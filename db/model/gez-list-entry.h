/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezListKind:
 *
 * The lists that a team edits itself. A row that is in no list any more is taken out of use, never
 * deleted: what refers to it keeps its label.
 */
typedef enum
{
  GEZ_LIST_DOMAINS,
  GEZ_LIST_CONTACT_CHANNELS,
  GEZ_LIST_REFERRAL_REASONS,
  GEZ_LIST_BARRIERS,
  GEZ_LIST_ENTRY_GATES,
  GEZ_LIST_SCHOOLS,
  GEZ_LIST_DISTRICTS,
  GEZ_LIST_CRISIS_LINES,
  GEZ_LIST_N,
} GezListKind;

/**
 * GezListEntryInput:
 * @label: in Dutch; of a school or a district its name
 * @label_en: (nullable): the same in English; not for schools and districts
 * @label_fr: (nullable): the same in French; not for schools and districts
 * @short_label: (nullable): for narrow places, in Dutch; domains only
 * @description: (nullable): in Dutch; domains only
 * @is_sensitive: whether goals and referrals about it start in casework; domains only
 * @municipality: (nullable): schools and districts only
 */
typedef struct
{
  const char *label;
  const char *label_en;
  const char *label_fr;
  const char *short_label;
  const char *description;
  gboolean is_sensitive;
  const char *municipality;
} GezListEntryInput;

GezChange  *gez_list_entry_add        (GezContext              *context,
                                       GezListKind              kind,
                                       const GezListEntryInput *input,
                                       gint64                   position,
                                       GezId                   *id);
GezChange  *gez_list_entry_update     (GezContext              *context,
                                       GezListKind              kind,
                                       const GezId             *id,
                                       const GezListEntryInput *input);
GezChange  *gez_list_entry_set_period (GezContext              *context,
                                       GezListKind              kind,
                                       const GezId             *id,
                                       const char              *from_on,
                                       const char              *to_on);
GezChange  *gez_list_entry_set_in_use (GezContext              *context,
                                       GezListKind              kind,
                                       const GezId             *id,
                                       gboolean                 in_use);
GezChange  *gez_list_entry_reorder    (GezContext              *context,
                                       GezListKind              kind,
                                       GPtrArray               *entries);

const char *gez_list_kind_get_table   (GezListKind              kind);
gboolean    gez_list_kind_has_order   (GezListKind              kind);
gboolean    gez_list_kind_is_place    (GezListKind              kind);
GezQuery   *gez_list_entry_query      (GezListKind              kind);

G_END_DECLS
