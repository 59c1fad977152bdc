/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

/* The real program with the demonstration caseload, and a way past all of its screens. It knows the
 * names of none: places come from the list of places, tabs from that of a file, and dialogs, menus
 * and forms from pressing what can be pressed. A screen that is new is found by itself. */
typedef struct _Tour Tour;

/* @root holds the screen: the window, a dialog or a popover. Rooms are the screens themselves. */
typedef void (*TourVisit) (Tour       *self,
                           const char *screen,
                           GtkWidget  *root,
                           gpointer    data);

typedef enum
{
  TOUR_ROOMS, /* places and tabs, the pages before them */
  TOUR_ALL,   /* also what opens by pressing buttons */
  TOUR_PLACES, /* of that the half without a file */
  TOUR_FILE,   /* the other half */
} TourDepth;

typedef void (*TourStart) (Tour *self);

int        tour_main          (int          argc,
                               char       **argv,
                               TourStart    start);
void       tour_walk          (Tour        *self,
                               TourDepth    depth,
                               TourVisit    visit,
                               gpointer     data);
void       tour_settle        (Tour        *self);
void       tour_wait_frame    (GtkWidget   *widget);
GtkWindow *tour_get_window    (Tour        *self);
void       tour_resize        (Tour        *self,
                               int          width,
                               int          height);

/* Widgets that show, from top to bottom. */
typedef gboolean (*TourLook) (GtkWidget *widget,
                              gpointer   data);

GtkWidget *tour_find          (GtkWidget   *root,
                               TourLook     look,
                               gpointer     data);
GtkWidget *tour_find_type     (GtkWidget   *root,
                               const char  *type_name);
GPtrArray *tour_list          (GtkWidget   *root);
GskRenderNode *tour_draw      (GtkWidget   *root,
                               float        scale);
char      *tour_describe      (GtkWidget   *widget);
char      *tour_kind_of       (GtkWidget   *widget);
