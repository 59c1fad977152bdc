/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/* The code and the names of a life domain, also of one that is no longer in use; "" when the lists
 * do not know it. */
const char *gez_domain_code        (GezContext  *context,
                                    const GezId *domain);
const char *gez_domain_label       (GezContext  *context,
                                    const GezId *domain);
const char *gez_domain_short_label (GezContext  *context,
                                    const GezId *domain);

G_END_DECLS
