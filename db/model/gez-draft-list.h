/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-record.h"

G_BEGIN_DECLS

/* The place of a draft is the tab where it was typed and, where a tab has more than one form, which
 * form: "plan#goal". What follows a colon tells forms of a kind apart. */
#define GEZ_DRAFT_GOAL "#goal"
#define GEZ_DRAFT_TRAJECTORY "#trajectory"

/* A partner of the social map is in no file: the draft is about the partner, or, for a new one, about
 * who types it. */
#define GEZ_DRAFT_PARTNER "partner"

/* All drafts of this device, newest first, whoever wrote them: `kind` ("draft"), `id` (what it is
 * about), `household_id`, `household_name`, `tab` (where it was typed; null without a household),
 * `form` ("goal", "trajectory", or null), `place`, `content`, `day_on` and `at` (when it was saved)
 * and `saved_at`. Those of a household that was withdrawn are left out. */
GPtrArray *gez_draft_list_read  (GezDatabase *database,
                                 GError     **error);
GezQuery  *gez_draft_list_query (void);

G_END_DECLS
