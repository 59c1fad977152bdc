/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-list-entry.h"

G_BEGIN_DECLS

/* What people call the lists that a team edits, and what changing one does. */
const char *gez_list_words_get_title (GezListKind kind);
const char *gez_list_words_get_about (GezListKind kind);
const char *gez_list_words_get_new   (GezListKind kind);

G_END_DECLS
