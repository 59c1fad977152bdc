/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *gez_sentence_for_error (const GError *error);

char *gez_sentence_for_backup_error (const GError *error);

G_END_DECLS
