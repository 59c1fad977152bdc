/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezNoticeBar:
 *
 * A bar at the top of a page that says something in words, with buttons beside it, or below it where there
 * is no room. Without words it takes no room.
 */
#define GEZ_TYPE_NOTICE_BAR (gez_notice_bar_get_type ())
G_DECLARE_FINAL_TYPE (GezNoticeBar, gez_notice_bar, GEZ, NOTICE_BAR, GtkWidget)

GtkWidget *gez_notice_bar_new        (const char   *icon_name);
GtkWidget *gez_notice_bar_add_button (GezNoticeBar *self,
                                      const char   *label);
void       gez_notice_bar_say        (GezNoticeBar *self,
                                      const char   *words);

G_END_DECLS
