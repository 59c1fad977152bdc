/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Small papers for the invented households. The same lines give the same bytes. */
GBytes *gez_demo_make_pdf (const char *const *lines);
GBytes *gez_demo_make_png (GRand             *random);

G_END_DECLS
