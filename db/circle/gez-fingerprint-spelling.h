/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The ways in which one name may be spelled, made equal. */
GPtrArray *gez_fingerprint_spellings (const char *first_name,
                                      const char *last_name);

G_END_DECLS
