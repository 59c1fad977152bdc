/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GEZ_TYPE_APPLICATION (gez_application_get_type ())
G_DECLARE_FINAL_TYPE (GezApplication, gez_application, GEZ, APPLICATION, AdwApplication)

GezApplication *gez_application_new (void);

G_END_DECLS
