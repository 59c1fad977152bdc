/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A small form as a draft: its fields by name, as text. A newer version of the program may add a
 * field and an older one may miss it. */
char       *gez_form_draft_print    (const char *name,
                                     ...) G_GNUC_NULL_TERMINATED;
GVariant   *gez_form_draft_parse    (const char *content);
const char *gez_form_draft_get      (GVariant   *draft,
                                     const char *name);
const char *gez_form_draft_get_text (GVariant   *draft,
                                     const char *name);

G_END_DECLS
