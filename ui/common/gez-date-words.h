/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *gez_parse_date_words (const char *text,
                            const char *today);

G_END_DECLS
