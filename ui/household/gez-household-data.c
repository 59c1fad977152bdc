/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-household-data.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "common/gez-format.h"
#include "common/gez-words.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-field-entry.h"
#include "household/gez-form.h"
#include "model/gez-household.h"
#include "model/gez-record-edit.h"

struct _GezHouseholdData
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  gboolean is_showing;

  GtkWidget *box;
  GtkWidget *residence;
  GtkWidget *address;
  GtkWidget *district;
  GtkWidget *language;
  GtkWidget *interpreter;
  GtkWidget *gate;
  GtkWidget *known;
  GtkWidget *known_before; /* once it was answered */
};

G_DEFINE_FINAL_TYPE (GezHouseholdData, gez_household_data, GTK_TYPE_WIDGET)

static void
save_text (GtkWidget  *owner,
           const char *column,
           const char *text)
{
  GezHouseholdData *self = GEZ_HOUSEHOLD_DATA (owner);

  gez_act (owner, self->context,
           gez_record_edit_text (self->context, "edit-household", "household", &self->household,
                                 column, text != NULL && text[0] != '\0' ? text : NULL),
           NULL);
}

static void
residence_cb (GezHouseholdData *self)
{
  if (!self->is_showing)
    save_text (GTK_WIDGET (self), "residence",
               gez_choice_row_get_code (GEZ_CHOICE_ROW (self->residence)));
}

static void
gate_cb (GezHouseholdData *self)
{
  if (!self->is_showing)
    save_text (GTK_WIDGET (self), "entry_gate",
               gez_choice_row_get_code (GEZ_CHOICE_ROW (self->gate)));
}

static void
district_cb (GezHouseholdData *self)
{
  GezId district;
  gboolean is_chosen;

  if (self->is_showing)
    return;

  is_chosen = gez_choices_get_id (GEZ_CHOICE_ROW (self->district), &district);
  gez_act (GTK_WIDGET (self), self->context,
           gez_record_edit_id (self->context, "edit-household", "household", &self->household,
                               "district_id", is_chosen ? &district : NULL),
           NULL);
}

static void
interpreter_cb (GezHouseholdData *self)
{
  if (self->is_showing)
    return;

  gez_act (GTK_WIDGET (self), self->context,
           gez_record_edit_integer (self->context, "edit-household", "household",
                                    &self->household, "needs_interpreter",
                                    gez_form_switch_get (self->interpreter)),
           NULL);
}

static void
known_cb (GezHouseholdData *self)
{
  const char *code = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->known));

  if (self->is_showing || code == NULL)
    return;

  gez_act (GTK_WIDGET (self), self->context,
           gez_household_set_known (self->context, &self->household, code, NULL),
           _("Kept, with the date of today"));
}

static void
watch_choice (GezHouseholdData *self,
              GtkWidget        *row,
              GCallback         callback)
{
  g_signal_connect_object (row, "notify::selected", callback, self, G_CONNECT_SWAPPED);
}

static void
add_where (GezHouseholdData *self,
           GtkWidget        *list)
{
  self->residence = gez_choice_row_new (_("Kind of residence"));
  gez_choice_row_add (GEZ_CHOICE_ROW (self->residence), NULL, _("Not known"));
  gez_choice_row_add_words (GEZ_CHOICE_ROW (self->residence), GEZ_WORDS_RESIDENCE);
  watch_choice (self, self->residence, G_CALLBACK (residence_cb));
  self->address = gez_form_entry (_("Address"), NULL);
  gez_field_entry_watch (self->address, GTK_WIDGET (self), "address", save_text);
  self->district = gez_choice_row_new (_("District"));
  gez_choices_add_records (GEZ_CHOICE_ROW (self->district),
                           gez_lists_get_districts (gez_context_get_lists (self->context)),
                           "name", _("Not known"));
  watch_choice (self, self->district, G_CALLBACK (district_cb));

  gtk_list_box_append (GTK_LIST_BOX (list), self->residence);
  gtk_list_box_append (GTK_LIST_BOX (list), self->address);
  gtk_list_box_append (GTK_LIST_BOX (list), self->district);
}

static void
add_language (GezHouseholdData *self,
              GtkWidget        *list)
{
  GtkWidget *control;

  self->language = gez_form_entry (_("Language"), NULL);
  gez_field_entry_watch (self->language, GTK_WIDGET (self), "language", save_text);
  self->interpreter = gez_form_switch (_("Interpreter needed"), NULL, FALSE);
  control = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (self->interpreter));
  g_signal_connect_object (control, "notify::active", G_CALLBACK (interpreter_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_list_box_append (GTK_LIST_BOX (list), self->language);
  gtk_list_box_append (GTK_LIST_BOX (list), self->interpreter);
}

static void
add_origin (GezHouseholdData *self,
            GtkWidget        *list)
{
  self->gate = gez_choice_row_new (_("How they came to us"));
  gez_choices_add_list (GEZ_CHOICE_ROW (self->gate), self->context, "entry_gate", _("Not known"));
  watch_choice (self, self->gate, G_CALLBACK (gate_cb));

  /* Asked once: what was known before the first contact does not change afterwards. */
  self->known = gez_choice_row_new (_("Known to the OCMW before?"));
  gez_choice_row_add (GEZ_CHOICE_ROW (self->known), NULL, _("Not asked"));
  gez_choice_row_add_words (GEZ_CHOICE_ROW (self->known), GEZ_WORDS_YES_NO);
  watch_choice (self, self->known, G_CALLBACK (known_cb));
  self->known_before = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Known to the OCMW before?"),
                                     "use-markup", FALSE, NULL);

  gtk_list_box_append (GTK_LIST_BOX (list), self->gate);
  gtk_list_box_append (GTK_LIST_BOX (list), self->known);
  gtk_list_box_append (GTK_LIST_BOX (list), self->known_before);
}

static void
show_known (GezHouseholdData *self,
            GezRecord        *household)
{
  const char *code = gez_record_get_text (household, "known_to_ocmw");
  g_autofree char *day = gez_format_date_long (gez_record_get_text (household, "known_asked_on"));
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->known, code == NULL);
  gtk_widget_set_visible (self->known_before, code != NULL);
  if (code == NULL)
    return;

  /* Translators: the answer and the day it was given: "No, asked on 3 July 2026". */
  words = day[0] != '\0' ? g_strdup_printf (_("%s, asked on %s"),
                                            gez_words_get (GEZ_WORDS_YES_NO, code), day)
                         : g_strdup (gez_words_get (GEZ_WORDS_YES_NO, code));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->known_before), words);
}

static void
gez_household_data_dispose (GObject *object)
{
  GezHouseholdData *self = GEZ_HOUSEHOLD_DATA (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_household_data_parent_class)->dispose (object);
}

static void
gez_household_data_class_init (GezHouseholdDataClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_household_data_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_household_data_init (GezHouseholdData *self)
{
}

/**
 * gez_household_data_new:
 * @context: where we work
 * @household: whose data
 *
 * Returns: (transfer floating): empty fields
 */
GtkWidget *
gez_household_data_new (GezContext  *context,
                        const GezId *household)
{
  GezHouseholdData *self = g_object_new (GEZ_TYPE_HOUSEHOLD_DATA, NULL);
  GtkWidget *list = gez_form_list (_("Data of the household"));
  GtkWidget *heading;

  self->context = g_object_ref (context);
  self->household = *household;
  self->is_showing = TRUE;
  add_where (self, list);
  add_language (self, list);
  add_origin (self, list);
  self->is_showing = FALSE;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  heading = gez_form_heading (_("Data of the household"));
  gtk_widget_add_css_class (heading, "gez-section-heading");
  gtk_box_append (GTK_BOX (self->box), heading);
  gtk_box_append (GTK_BOX (self->box), list);
  gtk_widget_add_css_class (self->box, "gez-block");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  return GTK_WIDGET (self);
}

/**
 * gez_household_data_show:
 * @self: the fields
 * @household: the household, with `district_name`
 */
void
gez_household_data_show (GezHouseholdData *self,
                         GezRecord        *household)
{
  gboolean needs_interpreter;

  g_return_if_fail (GEZ_IS_HOUSEHOLD_DATA (self));
  g_return_if_fail (GEZ_IS_RECORD (household));

  self->is_showing = TRUE;
  needs_interpreter = gez_record_get_integer (household, "needs_interpreter") != 0;
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->residence),
                           gez_record_get_text (household, "residence"));
  gez_field_entry_show (self->address, gez_record_get_text (household, "address"));
  gez_choices_set_id (GEZ_CHOICE_ROW (self->district),
                      gez_record_is_null (household, "district_id")
                        ? NULL
                        : gez_record_get_reference (household, "district_id"),
                      gez_record_get_text (household, "district_name"));
  gez_field_entry_show (self->language, gez_record_get_text (household, "language"));
  gez_form_switch_set (self->interpreter, needs_interpreter);
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->gate),
                           gez_record_get_text (household, "entry_gate"));
  show_known (self, household);
  self->is_showing = FALSE;
}
