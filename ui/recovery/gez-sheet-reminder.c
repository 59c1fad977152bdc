/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recovery/gez-sheet-reminder.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "common/gez-focus.h"
#include "common/gez-reader.h"
#include "common/gez-wrap-layout.h"
#include "recovery/gez-key-work.h"
#include "recovery/gez-sheet-check-dialog.h"
#include "recovery/gez-sheet-dialog.h"
#include "store/gez-recovery-note.h"

struct _GezSheetReminder
{
  GtkWidget parent_instance;

  GezContext *context;
  GezReader *reader;
  GezRecoveryReminder kind;
  GtkWidget *card;
  GtkWidget *title;
  GtkWidget *words;
  GtkWidget *act;
};

G_DEFINE_FINAL_TYPE (GezSheetReminder, gez_sheet_reminder, GTK_TYPE_WIDGET)

static const char *const tables[] = { GEZ_RECOVERY_NOTE_TABLE, NULL };

static void
show_cb (gpointer      widget,
         gpointer      result,
         const GError *error)
{
  GezSheetReminder *self = widget;
  gboolean is_new;

  self->kind = error != NULL
                 ? GEZ_RECOVERY_REMIND_NOT
                 : gez_recovery_note_remind (result, gez_key_work_has_sheet (self->context),
                                             gez_clock_get_now (gez_context_get_clock (self->context)));
  is_new = self->kind == GEZ_RECOVERY_REMIND_MAKE;
  gtk_label_set_text (GTK_LABEL (self->title), is_new ? _("Make a recovery sheet now")
                                                      : _("Does the recovery sheet still work?"));
  gtk_label_set_text (GTK_LABEL (self->words),
                      is_new ? _("If you forget the passphrase, nobody can open your file. A paper with fourteen "
                                 "words can. It takes five minutes.")
                             : _("Nobody looked at it for a year. Type its words and you know. It takes two "
                                 "minutes."));
  gtk_button_set_label (GTK_BUTTON (self->act), is_new ? _("Make a recovery sheet…") : _("Check the sheet…"));
  gtk_widget_set_visible (GTK_WIDGET (self), self->kind != GEZ_RECOVERY_REMIND_NOT);
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_recovery_note_query ();
}

static void
act_cb (GezSheetReminder *self)
{
  if (self->kind == GEZ_RECOVERY_REMIND_MAKE)
    gez_sheet_dialog_present (GTK_WIDGET (self), self->context);
  else
    gez_sheet_check_dialog_present (GTK_WIDGET (self), self->context);
}

static void
put_off_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GezSheetReminder) self = data;
  g_autoptr (GError) error = NULL;

  if (!gez_recovery_note_write_finish (GEZ_STORE (source), result, &error) && self->context != NULL)
    gez_say_error (GTK_WIDGET (self), error);
}

static void
later_cb (GezSheetReminder *self)
{
  gez_recovery_note_write_async (gez_context_get_store (self->context), GEZ_RECOVERY_PUT_OFF, put_off_cb,
                                 g_object_ref (self));
}

static void
gez_sheet_reminder_dispose (GObject *object)
{
  GezSheetReminder *self = GEZ_SHEET_REMINDER (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->card, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (gez_sheet_reminder_parent_class)->dispose (object);
}

static void
gez_sheet_reminder_class_init (GezSheetReminderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_sheet_reminder_dispose;
  gez_focus_class_let_leave (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
gez_sheet_reminder_init (GezSheetReminder *self)
{
  GtkWidget *later = gtk_button_new_with_label (_("Remind me later"));
  GtkWidget *buttons = gez_wrap_box_new (9, 6);

  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->title = make_label ("heading");
  self->words = make_label ("gez-detail");
  self->act = gtk_button_new_with_label (_("Make a recovery sheet…"));
  gtk_widget_set_tooltip_text (later, _("Two weeks from now"));
  gtk_widget_set_margin_top (buttons, 6);
  gtk_widget_add_css_class (self->card, "card");
  gtk_widget_add_css_class (self->card, "gez-reminder");
  gtk_box_append (GTK_BOX (buttons), self->act);
  gtk_box_append (GTK_BOX (buttons), later);
  gtk_box_append (GTK_BOX (self->card), self->title);
  gtk_box_append (GTK_BOX (self->card), self->words);
  gtk_box_append (GTK_BOX (self->card), buttons);
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Recovery sheet"), -1);
  g_signal_connect_object (self->act, "clicked", G_CALLBACK (act_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (later, "clicked", G_CALLBACK (later_cb), self, G_CONNECT_SWAPPED);
}

/**
 * gez_sheet_reminder_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): the card, hidden until it is known whether there is something to say
 */
GtkWidget *
gez_sheet_reminder_new (GezContext *context)
{
  GezSheetReminder *self = g_object_new (GEZ_TYPE_SHEET_REMINDER, NULL);

  self->context = g_object_ref (context);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables, make_query,
                                 show_cb);
  gez_reader_refresh (self->reader);
  return GTK_WIDGET (self);
}
