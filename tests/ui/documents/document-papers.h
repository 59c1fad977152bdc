/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

/* What people bring along, invented on the spot. */
GBytes *paper_png         (int     width,
                           int     height,
                           guint32 rgba);
GBytes *paper_picture     (GdkPixbuf  *picture,
                           const char *format);
GBytes *paper_turned_jpeg (void);
GBytes *paper_bomb        (void);
GBytes *paper_pdf         (int     n_pages);
