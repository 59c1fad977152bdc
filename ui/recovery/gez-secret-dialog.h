/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezSecretDialog:
 *
 * A window for what opens the store, step by step: a column, a button that leads on, room for a sentence
 * when something is not right, and a sign that something is being worked out. Nothing of it is a draft:
 * Escape forgets everything.
 *
 * Subclasses show their steps and go on in @next.
 */
#define GEZ_TYPE_SECRET_DIALOG (gez_secret_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (GezSecretDialog, gez_secret_dialog, GEZ, SECRET_DIALOG, AdwWindow)

struct _GezSecretDialogClass
{
  AdwWindowClass parent_class;

  void (*next) (GezSecretDialog *self);
};

void        gez_secret_dialog_set_up      (GezSecretDialog *self,
                                           GtkWidget       *parent,
                                           GezContext      *context,
                                           const char      *title);
GezContext *gez_secret_dialog_get_context (GezSecretDialog *self);
GtkWidget  *gez_secret_dialog_show_step   (GezSecretDialog *self,
                                           const char      *explanation,
                                           const char      *button);
void        gez_secret_dialog_set_ready   (GezSecretDialog *self,
                                           gboolean         is_ready);
void        gez_secret_dialog_set_working (GezSecretDialog *self,
                                           const char      *sentence);
void        gez_secret_dialog_say         (GezSecretDialog *self,
                                           const char      *sentence);
void        gez_secret_dialog_say_error   (GezSecretDialog *self,
                                           const GError    *error);
void        gez_secret_dialog_next        (GezSecretDialog *self);
gboolean    gez_secret_dialog_is_closed   (GezSecretDialog *self);
GtkWidget  *gez_secret_dialog_text_new    (const char      *text,
                                           const char      *css_class);

G_END_DECLS
