/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"
#include "model/gez-view.h"

G_BEGIN_DECLS

/* The longest note, in bytes: far more than anybody writes about one contact. */
#define GEZ_NOTE_MAX_BYTES (1024 * 1024)

/**
 * GezContactForm:
 *
 * Everything about one contact with a household: when, how, who was there, what was said, what was
 * asked, and what will be done. It writes nothing by itself.
 *
 * Signal `edited`: a person changed something. Signal `save`: a person asked to write it, with
 * Ctrl+Enter.
 */
#define GEZ_TYPE_CONTACT_FORM (gez_contact_form_get_type ())
G_DECLARE_FINAL_TYPE (GezContactForm, gez_contact_form, GEZ, CONTACT_FORM, GtkWidget)

GtkWidget *gez_contact_form_new         (GezContext     *context,
                                         const GezId    *household);
void       gez_contact_form_set_people  (GezContactForm *self,
                                         GezView        *network);
void       gez_contact_form_reset       (GezContactForm *self);
void       gez_contact_form_set_domain  (GezContactForm *self,
                                         const char     *code);
gboolean   gez_contact_form_is_empty    (GezContactForm *self);
int        gez_contact_form_get_length  (GezContactForm *self);
char      *gez_contact_form_serialise   (GezContactForm *self);
gint64     gez_contact_form_restore     (GezContactForm *self,
                                         const char     *content);
GezChange *gez_contact_form_make_change (GezContactForm *self);
void       gez_contact_form_complain    (GezContactForm *self,
                                         const char     *sentence);

G_END_DECLS
