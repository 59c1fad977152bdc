/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

#define GEZ_SCALE_LOWEST 1
#define GEZ_SCALE_HIGHEST 5

/*
 * The sentence that a score stands for (scale_point): one per score for all domains, and another one
 * for a domain that needs its own.
 */
GezChange  *gez_scale_anchor_write    (GezContext  *context,
                                       const GezId *domain,
                                       int          value,
                                       const char  *language,
                                       const char  *text);
const char *gez_scale_anchor_get_text (GezLists    *lists,
                                       const GezId *domain,
                                       int          value,
                                       const char  *language);

G_END_DECLS
