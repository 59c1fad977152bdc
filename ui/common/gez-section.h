/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezSection:
 *
 * A heading, an optional button to add something, and a boxed list. While the list is empty a
 * sentence stands in its place that says what to do next.
 *
 * GezSection::add: the button was pressed.
 * GezSection::row-activated (GtkListBoxRow *row): a row was chosen.
 */
#define GEZ_TYPE_SECTION (gez_section_get_type ())
G_DECLARE_FINAL_TYPE (GezSection, gez_section, GEZ, SECTION, GtkWidget)

GtkWidget  *gez_section_new         (const char *title);
void        gez_section_set_title   (GezSection *self,
                                     const char *title);
void        gez_section_set_detail  (GezSection *self,
                                     const char *detail);
void        gez_section_set_empty   (GezSection *self,
                                     const char *sentence);
void        gez_section_set_add     (GezSection *self,
                                     const char *label);
void        gez_section_add_suffix  (GezSection *self,
                                     GtkWidget  *widget);
void        gez_section_append      (GezSection *self,
                                     GtkWidget  *row);
void        gez_section_remove      (GezSection *self,
                                     GtkWidget  *row);
void        gez_section_clear       (GezSection *self);
guint       gez_section_get_n_rows  (GezSection *self);
GtkListBox *gez_section_get_list    (GezSection *self);

G_END_DECLS
