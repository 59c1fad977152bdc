/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Digits that say enough to look for a number with. */
#define GEZ_PHONE_LEAST_DIGITS 4

char    *gez_phone_digits  (const char *typed);
gboolean gez_phone_matches (const char *phones,
                            const char *digits);
char   **gez_phone_list    (const char *phones,
                            guint       least);

G_END_DECLS
