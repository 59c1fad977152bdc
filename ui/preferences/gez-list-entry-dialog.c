/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences/gez-list-entry-dialog.h"

#include <glib/gi18n.h>

#include "household/gez-form.h"
#include "preferences/gez-list-words.h"

struct _GezListEntryDialog
{
  GezFormDialog parent_instance;

  GezListKind kind;
  GezRecord *entry; /* NULL for a new one */
  gint64 position;  /* of a new one */

  /* Those that the kind does not have are NULL. */
  GtkWidget *label;
  GtkWidget *label_en;
  GtkWidget *label_fr;
  GtkWidget *short_label;
  GtkWidget *description;
  GtkWidget *is_sensitive;
  GtkWidget *municipality;
};

G_DEFINE_FINAL_TYPE (GezListEntryDialog, gez_list_entry_dialog, GEZ_TYPE_FORM_DIALOG)

static char *
dup_text (GtkWidget *entry)
{
  return entry != NULL ? gez_form_entry_dup (entry) : NULL;
}

static const char *
get_before (GezListEntryDialog *self,
            const char         *column)
{
  return self->entry != NULL ? gez_record_get_text (self->entry, column) : NULL;
}

static gboolean
is_as_before (GezListEntryDialog      *self,
              const GezListEntryInput *input)
{
  if (self->entry == NULL)
    return FALSE;
  if (gez_list_kind_is_place (self->kind))
    return g_strcmp0 (input->label, get_before (self, "name")) == 0 &&
           g_strcmp0 (input->municipality, get_before (self, "municipality")) == 0;
  if (g_strcmp0 (input->label, get_before (self, "label_nl")) != 0 ||
      g_strcmp0 (input->label_en, get_before (self, "label_en")) != 0 ||
      g_strcmp0 (input->label_fr, get_before (self, "label_fr")) != 0)
    return FALSE;
  return self->kind != GEZ_LIST_DOMAINS ||
         (g_strcmp0 (input->short_label, get_before (self, "short_label_nl")) == 0 &&
          g_strcmp0 (input->description, get_before (self, "description_nl")) == 0 &&
          input->is_sensitive == (gez_record_get_integer (self->entry, "is_sensitive") != 0));
}

static GezChange *
make_change (GezListEntryDialog      *self,
             const GezListEntryInput *input)
{
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));

  if (input->label == NULL)
    {
      gez_form_dialog_complain (GEZ_FORM_DIALOG (self), self->label, _("Write a name."));
      return NULL;
    }
  if (is_as_before (self, input))
    {
      gtk_window_close (GTK_WINDOW (self));
      return NULL;
    }
  if (self->entry == NULL)
    return gez_list_entry_add (context, self->kind, input, self->position, NULL);
  return gez_list_entry_update (context, self->kind, gez_record_get_id (self->entry), input);
}

static GezChange *
gez_list_entry_dialog_make_change (GezFormDialog *dialog)
{
  GezListEntryDialog *self = GEZ_LIST_ENTRY_DIALOG (dialog);
  g_autofree char *label = dup_text (self->label);
  g_autofree char *label_en = dup_text (self->label_en);
  g_autofree char *label_fr = dup_text (self->label_fr);
  g_autofree char *short_label = dup_text (self->short_label);
  g_autofree char *description = dup_text (self->description);
  g_autofree char *municipality = dup_text (self->municipality);
  GezListEntryInput input = {
    .label = label,
    .label_en = label_en,
    .label_fr = label_fr,
    .short_label = short_label,
    .description = description,
    .is_sensitive = self->is_sensitive != NULL && gez_form_switch_get (self->is_sensitive),
    .municipality = municipality,
  };

  return make_change (self, &input);
}

static void
gez_list_entry_dialog_finalize (GObject *object)
{
  g_clear_object (&GEZ_LIST_ENTRY_DIALOG (object)->entry);
  G_OBJECT_CLASS (gez_list_entry_dialog_parent_class)->finalize (object);
}

static void
gez_list_entry_dialog_class_init (GezListEntryDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_list_entry_dialog_finalize;
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_list_entry_dialog_make_change;
}

static void
gez_list_entry_dialog_init (GezListEntryDialog *self)
{
}

static GtkWidget *
add_entry (GezListEntryDialog *self,
           GtkWidget          *list,
           const char         *title,
           const char         *column)
{
  GtkWidget *row = gez_form_entry (title, get_before (self, column));

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static void
add_domain_fields (GezListEntryDialog *self,
                   GtkWidget          *list)
{
  self->short_label = add_entry (self, list, _("Short name, for narrow places"), "short_label_nl");
  self->description = add_entry (self, list, _("What belongs to it"), "description_nl");
  self->is_sensitive =
    gez_form_switch (_("Sensitive"), _("Goals, steps and referrals about it start with the case managers"),
                     self->entry != NULL && gez_record_get_integer (self->entry, "is_sensitive"));
  gtk_list_box_append (GTK_LIST_BOX (list), self->is_sensitive);
}

static void
build (GezListEntryDialog *self)
{
  GezFormDialog *dialog = GEZ_FORM_DIALOG (self);
  GtkWidget *list = gez_form_dialog_add_list (dialog, gez_list_words_get_title (self->kind));

  if (gez_list_kind_is_place (self->kind))
    {
      self->label = add_entry (self, list, _("Name"), "name");
      self->municipality = add_entry (self, list, _("Municipality"), "municipality");
      return;
    }
  self->label = add_entry (self, list,
                           self->kind == GEZ_LIST_CRISIS_LINES ? _("Number, then who answers") : _("Name"),
                           "label_nl");
  if (self->kind == GEZ_LIST_DOMAINS)
    add_domain_fields (self, list);
  if (self->kind == GEZ_LIST_CRISIS_LINES)
    gez_form_dialog_append (dialog, gez_form_hint (_("Such as: 1813 Zelfmoordlijn")));
  list = gez_form_dialog_add_list (dialog, _("In other languages"));
  self->label_en = add_entry (self, list, _("English"), "label_en");
  self->label_fr = add_entry (self, list, _("French"), "label_fr");
}

/**
 * gez_list_entry_dialog_present:
 * @from: where it was asked for
 * @context: the context
 * @kind: which list
 * @entry: (nullable): the row; %NULL for a new one
 * @position: the place of a new one
 *
 * Returns: (transfer none): the dialog, which shows
 */
GtkWidget *
gez_list_entry_dialog_present (GtkWidget   *from,
                               GezContext  *context,
                               GezListKind  kind,
                               GezRecord   *entry,
                               gint64       position)
{
  GezListEntryDialog *self;

  g_return_val_if_fail (GTK_IS_WIDGET (from) && GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_LIST_ENTRY_DIALOG, "modal", TRUE, NULL);
  self->kind = kind;
  self->position = position;
  g_set_object (&self->entry, entry);
  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), from, context,
                          entry != NULL ? gez_list_words_get_title (kind) : gez_list_words_get_new (kind),
                          entry != NULL ? _("_Save") : _("_Add"),
                          entry != NULL ? _("Changed in every file.") : _("Added to the list."));
  build (self);
  gtk_window_set_default_size (GTK_WINDOW (self), 460, -1);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->label);
  return GTK_WIDGET (self);
}
