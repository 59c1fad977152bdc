/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault.h"

G_BEGIN_DECLS

/* How many words there are, and how many letters tell them apart. */
#define GEZ_RECOVERY_LIST_SIZE 1024
#define GEZ_RECOVERY_LETTERS 4
#define GEZ_RECOVERY_WORD_LONGEST 8

const char *gez_recovery_words_get      (guint          number);
guint       gez_recovery_words_complete (GezPassphrase  begin,
                                         guint         *first);
int         gez_recovery_words_find     (GezPassphrase  typed);

G_END_DECLS
