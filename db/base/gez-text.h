/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *gez_text_normalise (const char *text);
char    *gez_text_fold      (const char *text);
gboolean gez_text_is_blank  (const char *text);

G_END_DECLS
