/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-chip-picker.h"
#include "household/gez-choice-row.h"
#include "model/gez-context.h"

G_BEGIN_DECLS

/* What a team can choose from: its life domains, lists, schools and members. */

void         gez_choices_add_domains      (GezChoiceRow  *row,
                                           GezContext    *context,
                                           const char    *none);
void         gez_choices_add_list         (GezChoiceRow  *row,
                                           GezContext    *context,
                                           const char    *list,
                                           const char    *none);
void         gez_choices_add_records      (GezChoiceRow  *row,
                                           GPtrArray     *records,
                                           const char    *name_column,
                                           const char    *none);
void         gez_choices_add_domain_chips (GezChipPicker *picker,
                                           GezContext    *context);
const char  *gez_choices_get_label        (GezContext    *context,
                                           const char    *list,
                                           const char    *code);
const char  *gez_choices_get_domain_label (GezContext    *context,
                                           const char    *code);
const GezId *gez_choices_get_domain_id    (GezContext    *context,
                                           const char    *code);
gboolean     gez_choices_get_id           (GezChoiceRow  *row,
                                           GezId         *id);
void         gez_choices_set_id           (GezChoiceRow  *row,
                                           const GezId   *id,
                                           const char    *label);

G_END_DECLS
