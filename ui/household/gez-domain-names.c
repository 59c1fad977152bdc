/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-domain-names.h"

static GezRecord *
find (GezContext  *context,
      const GezId *domain)
{
  return domain != NULL ? gez_lists_find_domain (gez_context_get_lists (context), domain) : NULL;
}

/**
 * gez_domain_code:
 * @context: where we work
 * @domain: (nullable): a life domain
 *
 * Returns: (transfer none): its code
 */
const char *
gez_domain_code (GezContext  *context,
                 const GezId *domain)
{
  GezRecord *record = find (context, domain);

  return record != NULL ? gez_record_get_text (record, "code") : "";
}

/**
 * gez_domain_label:
 * @context: where we work
 * @domain: (nullable): a life domain
 *
 * Returns: (transfer none): its name
 */
const char *
gez_domain_label (GezContext  *context,
                  const GezId *domain)
{
  GezRecord *record = find (context, domain);

  return record != NULL ? gez_lists_get_label (gez_context_get_lists (context), record) : "";
}

/**
 * gez_domain_short_label:
 * @context: where we work
 * @domain: (nullable): a life domain
 *
 * Returns: (transfer none): its name as it fits beside a chip
 */
const char *
gez_domain_short_label (GezContext  *context,
                        const GezId *domain)
{
  GezRecord *record = find (context, domain);

  return record != NULL ? gez_lists_get_short_label (gez_context_get_lists (context), record) : "";
}
