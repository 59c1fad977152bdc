/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "vault/gez-secret-text.h"

G_BEGIN_DECLS

/**
 * GezQrPicture:
 *
 * A QR code, black on white in every theme, with the margin that a camera needs. What it says is on the
 * screen and nowhere else.
 */
#define GEZ_TYPE_QR_PICTURE (gez_qr_picture_get_type ())
G_DECLARE_FINAL_TYPE (GezQrPicture, gez_qr_picture, GEZ, QR_PICTURE, GtkWidget)

GtkWidget *gez_qr_picture_new (GezPassphrase text,
                               const char   *name);

G_END_DECLS
