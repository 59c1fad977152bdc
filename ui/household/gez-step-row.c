/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-step-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-accessible.h"
#include "common/gez-chip.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"

struct _GezStepRow
{
  GtkListBoxRow parent_instance;

  GezRecord *step;
  GtkWidget *check;
};

G_DEFINE_FINAL_TYPE (GezStepRow, gez_step_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  TICKED,
  CHANGE,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Who, and when it was done or has to be: "Anna · 3 Nov". */
static char *
describe (GezRecord *step)
{
  const char *owner = gez_discreet (gez_record_get_text (step, "owner_name"));
  const char *done_on = gez_record_get_text (step, "done_on");
  g_autofree char *day = done_on != NULL ? gez_format_date (done_on) : NULL;

  if (owner != NULL && day != NULL)
    return g_strdup_printf ("%s · %s", owner, day);

  return g_strdup (owner != NULL ? owner : day);
}

static void
toggled_cb (GezStepRow *self)
{
  g_signal_emit (self, signals[TICKED], 0,
                 gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check)));
}

static void
change_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  g_signal_emit (widget, signals[strcmp (action, "step.change") == 0 ? CHANGE : REMOVE], 0);
}

static GtkWidget *
make_texts (GezStepRow *self,
            const char *details)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *what = gtk_label_new (gez_record_get_text (self->step, "what"));

  gtk_label_set_xalign (GTK_LABEL (what), 0);
  gtk_label_set_wrap (GTK_LABEL (what), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (what), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), what);
  if (details != NULL)
    {
      GtkWidget *label = gtk_label_new (details);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);

  return box;
}

static GtkWidget *
make_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _("Change the step"), "step.change");
  g_menu_append (menu, _("Remove the step"), "step.remove");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, _("What can be done with this step"));
  gez_accessible_set_name (button, _("What can be done with this step"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");

  return button;
}

static void
append_due_chip (GezStepRow *self,
                 GtkWidget  *box,
                 const char *today,
                 GString    *name)
{
  const char *due_on = gez_record_get_text (self->step, "due_on");
  g_autofree char *text = NULL;
  GtkWidget *chip;
  gboolean is_late;

  if (due_on == NULL || !gez_record_is_null (self->step, "done_on"))
    return;

  is_late = strcmp (due_on, today) < 0;
  text = gez_format_due (due_on, today);
  chip = gez_chip_new (text, is_late ? GEZ_CHIP_WARNING : GEZ_CHIP_NEUTRAL);
  gtk_label_set_ellipsize (GTK_LABEL (chip), PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), chip);
  g_string_append_printf (name, ", %s", text);
}

static void
build (GezStepRow *self,
       const char *today,
       gboolean    can_change)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  const char *what = gez_record_get_text (self->step, "what");
  g_autofree char *details = describe (self->step);
  g_autoptr (GString) name = g_string_new (what);
  gboolean is_done = !gez_record_is_null (self->step, "done_on");

  self->check = gtk_check_button_new ();
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), is_done);
  gtk_widget_set_sensitive (self->check, can_change);
  gtk_widget_set_valign (self->check, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->check, is_done ? _("Not done after all") : _("Done today"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  what, -1);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), self->check);
  gtk_box_append (GTK_BOX (box), make_texts (self, details));
  if (details != NULL)
    g_string_append_printf (name, ", %s", details);
  append_due_chip (self, box, today, name);
  if (can_change)
    gtk_box_append (GTK_BOX (box), make_menu ());

  gtk_widget_add_css_class (box, "gez-step-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

static void
gez_step_row_finalize (GObject *object)
{
  g_clear_object (&GEZ_STEP_ROW (object)->step);

  G_OBJECT_CLASS (gez_step_row_parent_class)->finalize (object);
}

static void
gez_step_row_class_init (GezStepRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gez_step_row_finalize;

  signals[TICKED] = g_signal_new ("ticked", GEZ_TYPE_STEP_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CHANGE] = g_signal_new ("change", GEZ_TYPE_STEP_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[REMOVE] = g_signal_new ("remove", GEZ_TYPE_STEP_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "step.change", NULL, change_cb);
  gtk_widget_class_install_action (widget_class, "step.remove", NULL, change_cb);
}

static void
gez_step_row_init (GezStepRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

/**
 * gez_step_row_new:
 * @step: the step, with `owner_name`
 * @today: today (YYYY-MM-DD)
 * @can_change: whether it can be ticked and changed
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
gez_step_row_new (GezRecord  *step,
                  const char *today,
                  gboolean    can_change)
{
  GezStepRow *self;

  g_return_val_if_fail (GEZ_IS_RECORD (step), NULL);

  self = g_object_new (GEZ_TYPE_STEP_ROW, NULL);
  self->step = g_object_ref (step);
  build (self, today, can_change);

  return GTK_WIDGET (self);
}

/**
 * gez_step_row_get_step:
 * @self: the row
 *
 * Returns: (transfer none): its step
 */
GezRecord *
gez_step_row_get_step (GezStepRow *self)
{
  g_return_val_if_fail (GEZ_IS_STEP_ROW (self), NULL);

  return self->step;
}
