/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/* A page of the preferences: when the file locks, what the passphrase protects, where the store is. */
GtkWidget *gez_security_page_new (GezContext *context);

G_END_DECLS
