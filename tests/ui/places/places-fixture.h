/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"
#include "store-fixture.h"

/* Saturday 21 November 2026, nine in the morning in Brussels. */
#define PLACES_NOW G_GINT64_CONSTANT (1795248000000)
#define PLACES_TODAY "2026-11-21"

/* A window with one place on a real store. What a place asks of the window is written down:
 * "open-household-tab <uuid> <tab>". */
typedef struct
{
  StoreFixture *fixture;
  GezContext *context;
  GezId me;
  GtkWidget *window;
  GtkWidget *place;
  GString *asked;
} Places;

Places    *places_new             (void);
void       places_free            (Places       *self);
void       places_show            (Places       *self,
                                   GtkWidget    *place,
                                   int           width,
                                   int           height);
void       places_settle          (Places       *self);

void       places_commit          (Places       *self,
                                   GezChange    *change);
GezId      places_add_household   (Places       *self,
                                   const char   *name,
                                   gboolean      is_mine);
void       places_add_person      (Places       *self,
                                   const GezId  *household,
                                   const char   *first_name,
                                   const char   *born_on);
void       places_add_contact     (Places       *self,
                                   const GezId  *household,
                                   const char   *date);
GezId      places_add_followup    (Places       *self,
                                   const GezId  *household,
                                   const char   *what,
                                   const char   *due_on);
GezId      places_add_appointment (Places       *self,
                                   const GezId  *household,
                                   const char   *title,
                                   const char   *held_on,
                                   const char   *start_time);
GezId      places_add_referral    (Places       *self,
                                   const GezId  *household,
                                   const char   *partner,
                                   const char   *sent_on);
void       places_add_referral_to (Places       *self,
                                   const GezId  *household,
                                   const GezId  *partner,
                                   const char   *sent_on);
void       places_add_question    (Places       *self,
                                   const GezId  *household,
                                   const char   *content,
                                   const char   *come_back_on);

GtkWidget *places_find            (GtkWidget    *root,
                                   GType         type,
                                   const char   *text);
guint      places_count           (GtkWidget    *root,
                                   GType         type);
gboolean   places_shows           (GtkWidget    *root,
                                   const char   *text);
gboolean   places_press           (GtkWidget    *from,
                                   guint         key,
                                   GdkModifierType modifiers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Places, places_free)
