/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

extern const char *const gez_demo_family_names[];
extern const char *const gez_demo_first_names[];
extern const char *const gez_demo_strange_names[];
extern const char *const gez_demo_languages[];
extern const char *const gez_demo_streets[];

const char *gez_demo_pick (GRand             *random,
                           const char *const *list);

G_END_DECLS
