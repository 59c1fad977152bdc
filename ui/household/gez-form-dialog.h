/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezFormDialog:
 *
 * A window with a form: a button that saves, a button that forgets, and room for a sentence when
 * something is not right. Ctrl+Enter saves, Escape forgets. It closes when its change was written
 * and stays, with everything that was typed, when it was not.
 *
 * Subclasses fill it, and give the change of their form in @make_change. When that returns %NULL
 * they have said why with gez_form_dialog_complain().
 */
#define GEZ_TYPE_FORM_DIALOG (gez_form_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (GezFormDialog, gez_form_dialog, GEZ, FORM_DIALOG, AdwWindow)

struct _GezFormDialogClass
{
  AdwWindowClass parent_class;

  GezChange *(*make_change) (GezFormDialog *self);
  void       (*written)     (GezFormDialog *self);
};

void        gez_form_dialog_set_up      (GezFormDialog *self,
                                         GtkWidget     *parent,
                                         GezContext    *context,
                                         const char    *title,
                                         const char    *save_label,
                                         const char    *done);
GezContext *gez_form_dialog_get_context (GezFormDialog *self);
GtkWidget  *gez_form_dialog_get_from    (GezFormDialog *self);
void        gez_form_dialog_append      (GezFormDialog *self,
                                         GtkWidget     *widget);
GtkWidget  *gez_form_dialog_add_list    (GezFormDialog *self,
                                         const char    *heading);
void        gez_form_dialog_set_ready   (GezFormDialog *self,
                                         gboolean       ready);
void        gez_form_dialog_complain    (GezFormDialog *self,
                                         GtkWidget     *widget,
                                         const char    *sentence);
void        gez_form_dialog_save        (GezFormDialog *self);

G_END_DECLS
