/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *gez_plain_text_read (GBytes  *bytes,
                           GError **error);

G_END_DECLS
