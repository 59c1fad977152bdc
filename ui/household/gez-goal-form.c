/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-goal-form.h"

#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-focus.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"
#include "household/gez-form-draft.h"

struct _GezGoalForm
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *words;
  GtkWidget *domain;
  GtkWidget *priority;
  GtkWidget *submit;
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (GezGoalForm, gez_goal_form, GTK_TYPE_WIDGET)

enum
{
  SUBMIT,
  CANCEL,
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define LAST_PRIORITY 9

static void
submit_cb (GezGoalForm *self)
{
  if (gez_text_is_blank (gtk_editable_get_text (GTK_EDITABLE (self->words))))
    gtk_widget_grab_focus (self->words);
  else
    g_signal_emit (self, signals[SUBMIT], 0);
}

static void
cancel_cb (GezGoalForm *self)
{
  g_signal_emit (self, signals[CANCEL], 0);
}

static void
words_changed_cb (GezGoalForm *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->words));

  gtk_widget_set_sensitive (self->submit, !gez_text_is_blank (words));
}

static void
edited_cb (GezGoalForm *self)
{
  if (!self->is_setting)
    g_signal_emit (self, signals[EDITED], 0);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  cancel_cb (GEZ_GOAL_FORM (widget));

  return TRUE;
}

static GtkWidget *
make_buttons (GezGoalForm *self,
              const char  *submit_label)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->submit = gtk_button_new_with_label (submit_label);
  gtk_widget_add_css_class (self->submit, "suggested-action");
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), self->submit);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), self);
  g_signal_connect_swapped (self->submit, "clicked", G_CALLBACK (submit_cb), self);

  return buttons;
}

static GtkWidget *
make_priority (void)
{
  GtkWidget *row = gez_choice_row_new (_("Place the family gives it"));

  gez_choice_row_add (GEZ_CHOICE_ROW (row), NULL, _("Not said"));
  for (int place = 1; place <= LAST_PRIORITY; place++)
    {
      g_autofree char *text = g_strdup_printf ("%d", place);

      gez_choice_row_add (GEZ_CHOICE_ROW (row), text, text);
    }

  return row;
}

static void
build (GezGoalForm *self,
       GezContext  *context,
       const char  *submit_label)
{
  GtkWidget *list = gez_form_list (_("Goal"));

  self->words = gez_form_entry (_("What the family wants, in their own words"), NULL);
  self->domain = gez_choice_row_new (_("Life domain"));
  gez_choices_add_domains (GEZ_CHOICE_ROW (self->domain), context, _("None in particular"));
  self->priority = make_priority ();
  gtk_list_box_append (GTK_LIST_BOX (list), self->words);
  gtk_list_box_append (GTK_LIST_BOX (list), self->domain);
  gtk_list_box_append (GTK_LIST_BOX (list), self->priority);
  g_signal_connect_swapped (self->words, "entry-activated", G_CALLBACK (submit_cb), self);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->box), list);
  gtk_box_append (GTK_BOX (self->box), make_buttons (self, submit_label));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  g_signal_connect_object (self->words, "changed", G_CALLBACK (words_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->words, "changed", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->domain, "notify::selected", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->priority, "notify::selected", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  words_changed_cb (self);
}

static gboolean
gez_goal_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_GOAL_FORM (widget)->words);
}

static void
gez_goal_form_dispose (GObject *object)
{
  g_clear_pointer (&GEZ_GOAL_FORM (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_goal_form_parent_class)->dispose (object);
}

static void
gez_goal_form_class_init (GezGoalFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_goal_form_dispose;
  widget_class->grab_focus = gez_goal_form_grab_focus;
  gez_focus_class_let_leave (widget_class);

  signals[SUBMIT] = g_signal_new ("submit", GEZ_TYPE_GOAL_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[CANCEL] = g_signal_new ("cancel", GEZ_TYPE_GOAL_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[EDITED] = g_signal_new ("edited", GEZ_TYPE_GOAL_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
gez_goal_form_init (GezGoalForm *self)
{
}

/**
 * gez_goal_form_new:
 * @context: where we work
 * @submit_label: what the button says
 *
 * Returns: (transfer floating): an empty form
 */
GtkWidget *
gez_goal_form_new (GezContext *context,
                   const char *submit_label)
{
  GezGoalForm *self = g_object_new (GEZ_TYPE_GOAL_FORM, NULL);

  build (self, context, submit_label);

  return GTK_WIDGET (self);
}

/**
 * gez_goal_form_set:
 * @self: the form
 * @words: (nullable): the goal in the family's words
 * @domain_code: (nullable): its life domain
 * @priority: its place for the family, from 1; 0: not said
 */
void
gez_goal_form_set (GezGoalForm *self,
                   const char  *words,
                   const char  *domain_code,
                   int          priority)
{
  g_autofree char *place = priority > 0 ? g_strdup_printf ("%d", priority) : NULL;

  g_return_if_fail (GEZ_IS_GOAL_FORM (self));

  self->is_setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->words), words != NULL ? words : "");
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->domain), domain_code);
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->priority), place);
  self->is_setting = FALSE;
}

/**
 * gez_goal_form_serialise:
 * @self: the form
 *
 * Returns: (transfer full): everything that is in it, for gez_goal_form_restore()
 */
char *
gez_goal_form_serialise (GezGoalForm *self)
{
  g_autofree char *place = NULL;
  const char *domain;

  g_return_val_if_fail (GEZ_IS_GOAL_FORM (self), NULL);

  domain = gez_goal_form_get_domain (self);
  place = g_strdup_printf ("%d", gez_goal_form_get_priority (self));
  return gez_form_draft_print ("words", gtk_editable_get_text (GTK_EDITABLE (self->words)), "domain",
                               domain, "priority", place, NULL);
}

/**
 * gez_goal_form_restore:
 * @self: the form
 * @content: what gez_goal_form_serialise() gave
 *
 * Fills the form in again. Does not emit `edited`.
 */
void
gez_goal_form_restore (GezGoalForm *self,
                       const char  *content)
{
  g_autoptr (GVariant) draft = gez_form_draft_parse (content);

  g_return_if_fail (GEZ_IS_GOAL_FORM (self));

  gez_goal_form_set (self, gez_form_draft_get (draft, "words"), gez_form_draft_get (draft, "domain"),
                     (int) g_ascii_strtoll (gez_form_draft_get_text (draft, "priority"), NULL, 10));
}

/**
 * gez_goal_form_dup_words:
 * @self: the form
 *
 * Returns: (transfer full) (nullable): the goal; %NULL when it is blank
 */
char *
gez_goal_form_dup_words (GezGoalForm *self)
{
  g_return_val_if_fail (GEZ_IS_GOAL_FORM (self), NULL);

  return gez_form_entry_dup (self->words);
}

/**
 * gez_goal_form_get_domain:
 * @self: the form
 *
 * Returns: (transfer none) (nullable): code of the life domain; %NULL for none in particular
 */
const char *
gez_goal_form_get_domain (GezGoalForm *self)
{
  g_return_val_if_fail (GEZ_IS_GOAL_FORM (self), NULL);

  return gez_choice_row_get_code (GEZ_CHOICE_ROW (self->domain));
}

/**
 * gez_goal_form_get_priority:
 * @self: the form
 *
 * Returns: its place for the family, from 1; 0 when that was not said
 */
int
gez_goal_form_get_priority (GezGoalForm *self)
{
  const char *place;

  g_return_val_if_fail (GEZ_IS_GOAL_FORM (self), 0);

  place = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->priority));

  return place != NULL ? (int) g_ascii_strtoll (place, NULL, 10) : 0;
}
