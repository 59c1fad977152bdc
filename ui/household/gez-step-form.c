/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-step-form.h"

#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-date-entry.h"
#include "common/gez-focus.h"
#include "common/gez-reader.h"
#include "household/gez-form.h"
#include "household/gez-form-draft.h"
#include "model/gez-network-view.h"

struct _GezStepForm
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *reader;
  char *wanted_owner; /* until the people have been read */
  gboolean has_people;
  gboolean is_setting;

  GtkWidget *box;
  GtkWidget *what;
  GtkWidget *owner;
  GtkWidget *due;
  GtkWidget *submit;
};

G_DEFINE_FINAL_TYPE (GezStepForm, gez_step_form, GTK_TYPE_WIDGET)

enum
{
  SUBMIT,
  CANCEL,
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
edited_cb (GezStepForm *self)
{
  if (!self->is_setting)
    g_signal_emit (self, signals[EDITED], 0);
}

/* The people are read once: a choice must not move under somebody who is choosing. */
static const char * const no_tables[] = { NULL };

static GezQuery *
make_query (gpointer widget)
{
  return gez_network_view_query (&GEZ_STEP_FORM (widget)->household);
}

static void
show_people (gpointer      widget,
             gpointer      result,
             const GError *error)
{
  GezStepForm *self = widget;

  if (result == NULL || self->has_people)
    return;

  self->is_setting = TRUE;
  gez_owner_choice_fill (GEZ_CHOICE_ROW (self->owner), self->context, result);
  self->has_people = TRUE;
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->owner), self->wanted_owner);
  self->is_setting = FALSE;
}

static void
submit_cb (GezStepForm *self)
{
  if (gez_text_is_blank (gtk_editable_get_text (GTK_EDITABLE (self->what))))
    gtk_widget_grab_focus (self->what);
  else if (!gez_date_entry_is_valid (GEZ_DATE_ENTRY (self->due)))
    gtk_widget_grab_focus (self->due);
  else
    g_signal_emit (self, signals[SUBMIT], 0);
}

static void
cancel_cb (GezStepForm *self)
{
  g_signal_emit (self, signals[CANCEL], 0);
}

static void
what_changed_cb (GezStepForm *self)
{
  const char *what = gtk_editable_get_text (GTK_EDITABLE (self->what));

  gtk_widget_set_sensitive (self->submit, !gez_text_is_blank (what));
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  cancel_cb (GEZ_STEP_FORM (widget));

  return TRUE;
}

static GtkWidget *
make_buttons (GezStepForm *self,
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

static void
build (GezStepForm *self,
       const char  *submit_label)
{
  GtkWidget *list = gez_form_list (_("Step"));

  self->what = gez_form_entry (_("What is the next small step?"), NULL);
  self->owner = gez_choice_row_new (_("Who does it"));
  self->due = gez_date_entry_new (gez_context_get_clock (self->context), _("By when"));
  gtk_list_box_append (GTK_LIST_BOX (list), self->what);
  gtk_list_box_append (GTK_LIST_BOX (list), self->owner);
  gtk_list_box_append (GTK_LIST_BOX (list), gez_form_row (_("By when"), self->due));
  g_signal_connect_swapped (self->what, "entry-activated", G_CALLBACK (submit_cb), self);
  g_signal_connect_swapped (self->due, "activate", G_CALLBACK (submit_cb), self);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->box), list);
  gtk_box_append (GTK_BOX (self->box), make_buttons (self, submit_label));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  g_signal_connect_object (self->what, "changed", G_CALLBACK (what_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->what, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->owner, "notify::selected", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->due, "notify::date", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  what_changed_cb (self);
}

static gboolean
gez_step_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_STEP_FORM (widget)->what);
}

static void
gez_step_form_dispose (GObject *object)
{
  GezStepForm *self = GEZ_STEP_FORM (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_step_form_parent_class)->dispose (object);
}

static void
gez_step_form_finalize (GObject *object)
{
  g_clear_pointer (&GEZ_STEP_FORM (object)->wanted_owner, g_free);

  G_OBJECT_CLASS (gez_step_form_parent_class)->finalize (object);
}

static void
gez_step_form_class_init (GezStepFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_step_form_dispose;
  object_class->finalize = gez_step_form_finalize;
  widget_class->grab_focus = gez_step_form_grab_focus;
  gez_focus_class_let_leave (widget_class);

  signals[SUBMIT] = g_signal_new ("submit", GEZ_TYPE_STEP_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[CANCEL] = g_signal_new ("cancel", GEZ_TYPE_STEP_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[EDITED] = g_signal_new ("edited", GEZ_TYPE_STEP_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
gez_step_form_init (GezStepForm *self)
{
}

/**
 * gez_step_form_new:
 * @context: where we work
 * @household: whose step it is
 * @submit_label: what the button says
 *
 * Returns: (transfer floating): an empty form
 */
GtkWidget *
gez_step_form_new (GezContext  *context,
                   const GezId *household,
                   const char  *submit_label)
{
  GezStepForm *self = g_object_new (GEZ_TYPE_STEP_FORM, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  build (self, submit_label);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), no_tables,
                                 make_query, show_people);
  gez_reader_refresh (self->reader);

  return GTK_WIDGET (self);
}

/* Takes @code. */
static void
want_owner (GezStepForm *self,
            char        *code)
{
  g_free (self->wanted_owner);
  self->wanted_owner = code;
  if (self->has_people)
    gez_choice_row_set_code (GEZ_CHOICE_ROW (self->owner), code);
}

/* Before the people came: who it was stays who it is. */
static const char *
get_owner_code (GezStepForm *self)
{
  return self->has_people ? gez_choice_row_get_code (GEZ_CHOICE_ROW (self->owner))
                          : self->wanted_owner;
}

/**
 * gez_step_form_set:
 * @self: the form
 * @step: (nullable): a step; %NULL empties the form but keeps who does it
 */
void
gez_step_form_set (GezStepForm *self,
                   GezRecord   *step)
{
  g_return_if_fail (GEZ_IS_STEP_FORM (self));

  self->is_setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->what),
                         step != NULL ? gez_record_get_text (step, "what") : "");
  gez_date_entry_set_date (GEZ_DATE_ENTRY (self->due),
                           step != NULL ? gez_record_get_text (step, "due_on") : NULL);
  if (step != NULL)
    want_owner (self, gez_owner_choice_of_step (step));
  self->is_setting = FALSE;
}

/**
 * gez_step_form_serialise:
 * @self: the form
 *
 * Returns: (transfer full): everything that is in it, for gez_step_form_restore()
 */
char *
gez_step_form_serialise (GezStepForm *self)
{
  g_return_val_if_fail (GEZ_IS_STEP_FORM (self), NULL);

  return gez_form_draft_print ("what", gtk_editable_get_text (GTK_EDITABLE (self->what)), "owner",
                               get_owner_code (self), "due",
                               gez_date_entry_get_text (GEZ_DATE_ENTRY (self->due)), NULL);
}

/**
 * gez_step_form_restore:
 * @self: the form
 * @content: what gez_step_form_serialise() gave
 *
 * Fills the form in again. Does not emit `edited`.
 */
void
gez_step_form_restore (GezStepForm *self,
                       const char  *content)
{
  g_autoptr (GVariant) draft = gez_form_draft_parse (content);

  g_return_if_fail (GEZ_IS_STEP_FORM (self));

  self->is_setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->what), gez_form_draft_get_text (draft, "what"));
  gez_date_entry_set_text (GEZ_DATE_ENTRY (self->due), gez_form_draft_get_text (draft, "due"));
  want_owner (self, g_strdup (gez_form_draft_get (draft, "owner")));
  self->is_setting = FALSE;
}

/**
 * gez_step_form_dup_what:
 * @self: the form
 *
 * Returns: (transfer full) (nullable): what is to be done; %NULL when that is blank
 */
char *
gez_step_form_dup_what (GezStepForm *self)
{
  g_return_val_if_fail (GEZ_IS_STEP_FORM (self), NULL);

  return gez_form_entry_dup (self->what);
}

/**
 * gez_step_form_get_owner:
 * @self: the form
 * @id: (out): who does it; none for nobody
 *
 * Returns: what kind of somebody does it
 */
GezOwnerKind
gez_step_form_get_owner (GezStepForm *self,
                         GezId       *id)
{
  g_return_val_if_fail (GEZ_IS_STEP_FORM (self), GEZ_OWNER_NOBODY);

  return gez_owner_choice_read (get_owner_code (self), id);
}

/**
 * gez_step_form_get_due_on:
 * @self: the form
 *
 * Returns: (transfer none) (nullable): by when (YYYY-MM-DD)
 */
const char *
gez_step_form_get_due_on (GezStepForm *self)
{
  g_return_val_if_fail (GEZ_IS_STEP_FORM (self), NULL);

  return gez_date_entry_get_date (GEZ_DATE_ENTRY (self->due));
}
