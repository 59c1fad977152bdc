/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"
#include "store-fixture.h"

/* Saturday 21 November 2026, nine in the morning in Brussels. */
#define DOSSIER_NOW G_GINT64_CONSTANT (1795248000000)

#define HARD_NAME "A & B <script>alert (1)</script>"

/* A window with one tab on a real store that holds two households. The first has two members and
 * a professional beside the one who made the file. */
typedef struct
{
  StoreFixture *fixture;
  GezContext *context;
  GezId household;
  GezId other_household;
  GtkWidget *window;
  GtkWidget *overlay;
  GString *asked; /* what the window was asked for: "open-household <uuid>" */
} Dossier;

Dossier   *dossier_new          (void);
void       dossier_free         (Dossier    *self);
void       dossier_show         (Dossier    *self,
                                 GtkWidget  *tab,
                                 int         width,
                                 int         height);
void       dossier_drop         (Dossier    *self);
void       dossier_settle       (Dossier    *self);
void       dossier_wait_count   (Dossier    *self,
                                 const char *sql,
                                 gint64      count);
void       dossier_commit       (Dossier    *self,
                                 GezChange  *change);
void       dossier_fill         (Dossier    *self);
void       dossier_fill_journal (Dossier    *self,
                                 int         n_contacts);

GtkWidget *dossier_find         (GtkWidget  *root,
                                 GType       type,
                                 guint       number);
GtkWidget *dossier_find_title   (GtkWidget  *root,
                                 const char *title);
GtkWidget *dossier_find_button  (GtkWidget  *root,
                                 const char *label);
gboolean   dossier_shows        (GtkWidget  *root,
                                 const char *text);
void       dossier_press        (GtkWidget  *root,
                                 const char *label);
void       dossier_type         (GtkWidget  *root,
                                 const char *title,
                                 const char *text);
GtkWidget *dossier_find_dialog  (GType       type);
void       dossier_wait_closed  (GType       type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Dossier, dossier_free)
