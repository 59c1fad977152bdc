/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "common/gez-chip.h"

G_BEGIN_DECLS

/**
 * GezTabItem:
 * @name: its name for gez_household_page_show_tab()
 * @heading: (nullable): heading above it when it is the first under that heading
 * @label: what people read
 * @state: (nullable): a few words that say how it stands
 * @mark: (nullable): one sign that stands in the list for words that say that there is nothing to
 *   say yet; the words are in its tooltip and in the name of the row
 * @style: how @state looks
 *
 * One line of a #GezTabList.
 */
typedef struct
{
  char *name;
  const char *heading;
  char *label;
  char *state;
  const char *mark;
  GezChipStyle style;
} GezTabItem;

GezTabItem *gez_tab_item_new  (const char   *name,
                               const char   *heading,
                               const char   *label,
                               const char   *state,
                               const char   *mark,
                               GezChipStyle  style);
void        gez_tab_item_free (GezTabItem   *item);

/**
 * GezTabList:
 *
 * The tabs of a file below each other, each with how it stands.
 *
 * GezTabList::chosen (const char *name): a person chose this tab.
 */
#define GEZ_TYPE_TAB_LIST (gez_tab_list_get_type ())
G_DECLARE_FINAL_TYPE (GezTabList, gez_tab_list, GEZ, TAB_LIST, GtkWidget)

GtkWidget *gez_tab_list_new    (void);
void       gez_tab_list_set    (GezTabList *self,
                                GPtrArray  *items);
void       gez_tab_list_select (GezTabList *self,
                                const char *name);

G_END_DECLS
