/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * Looks for many markers in many files at once: as they are, in UTF-16 of both kinds, in hexadecimal
 * and in base64, and for each piece of these of 8 bytes, so that a beginning, an end or a middle is
 * found as well.
 */
typedef struct _MarkerSearch MarkerSearch;

/* The marker of that name, 26 characters or 16 bytes, as random as @seed. Both sides of a test make it. */
char         *marker_make_text        (guint64       seed,
                                       const char   *name);
void          marker_make_bytes       (guint64       seed,
                                       const char   *name,
                                       guint8       *bytes);

MarkerSearch *marker_search_new       (guint64       seed);
void          marker_search_add       (MarkerSearch *self,
                                       const char   *name);
guint         marker_search_tree      (MarkerSearch *self,
                                       const char   *directory);
guint         marker_search_get_n     (MarkerSearch *self);
guint64       marker_search_get_bytes (MarkerSearch *self);
void          marker_search_free      (MarkerSearch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MarkerSearch, marker_search_free)
