/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GEZ_DOCUMENT_NAME_MAX 200 /* bytes */
#define GEZ_DOCUMENT_TAG_MAX 80   /* bytes */

char  *gez_document_clean_name (const char        *name);
char  *gez_document_clean_tag  (const char        *tag);
char **gez_document_split_tags (const char        *tags);
char  *gez_document_join_tags  (const char *const *tags);

G_END_DECLS
