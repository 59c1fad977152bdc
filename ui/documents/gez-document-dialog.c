/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. `known` holds every label that can be chosen, once, in the order in which they show; `chosen` the
 *    folded ones that are on. A label is the same whatever its case and accents.
 * 2. What is typed leaves the labels that fit, and those that are on. Enter puts on what was typed, and so
 *    does saving.
 */

#include "documents/gez-document-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/gez-text.h"
#include "common/gez-button.h"
#include "common/gez-entry-row.h"
#include "common/gez-reader.h"
#include "household/gez-chip-picker.h"
#include "household/gez-form.h"
#include "model/gez-document-list.h"
#include "model/gez-document-name.h"
#include "model/gez-document.h"

struct _GezDocumentDialog
{
  GezFormDialog parent_instance;

  GezRecord *document;
  GezReader *reader;
  GPtrArray *known;   /* labels as people wrote them */
  GHashTable *chosen; /* folded labels */
  GtkWidget *name;
  GtkWidget *labels;
  GtkWidget *entry;
};

G_DEFINE_FINAL_TYPE (GezDocumentDialog, gez_document_dialog, GEZ_TYPE_FORM_DIALOG)

static const char * const tables[] = { "document", NULL };

static gboolean
is_known (GezDocumentDialog *self,
          const char        *folded)
{
  for (guint i = 0; i < self->known->len; i++)
    {
      g_autofree char *other = gez_text_fold (self->known->pdata[i]);

      if (g_str_equal (other, folded))
        return TRUE;
    }
  return FALSE;
}

static void
know (GezDocumentDialog *self,
      const char        *label,
      gboolean           is_chosen)
{
  g_autofree char *clean = gez_document_clean_tag (label);
  g_autofree char *folded = clean != NULL ? gez_text_fold (clean) : NULL;

  if (folded == NULL)
    return;
  if (!is_known (self, folded))
    g_ptr_array_add (self->known, g_strdup (clean));
  if (is_chosen)
    g_hash_table_add (self->chosen, g_steal_pointer (&folded));
}

static void
show_labels (GezDocumentDialog *self)
{
  g_autofree char *typed = gez_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) chosen = NULL;

  gez_chip_picker_clear (GEZ_CHIP_PICKER (self->labels));
  for (guint i = 0; i < self->known->len; i++)
    {
      g_autofree char *folded = gez_text_fold (self->known->pdata[i]);
      gboolean is_chosen = g_hash_table_contains (self->chosen, folded);

      if (!is_chosen && strstr (folded, typed) == NULL)
        continue;
      gez_chip_picker_add (GEZ_CHIP_PICKER (self->labels), folded, self->known->pdata[i]);
      if (is_chosen)
        g_strv_builder_add (builder, folded);
    }
  chosen = g_strv_builder_end (builder);
  gez_chip_picker_set_selected (GEZ_CHIP_PICKER (self->labels), (const char * const *) chosen);
  gtk_widget_set_visible (self->labels,
                          gez_chip_picker_get_n_chips (GEZ_CHIP_PICKER (self->labels)) > 0);
}

static void
switched_cb (GezDocumentDialog *self)
{
  g_auto (GStrv) selected = gez_chip_picker_get_selected (GEZ_CHIP_PICKER (self->labels));

  /* What does not show now is not chosen: everything chosen shows. */
  g_hash_table_remove_all (self->chosen);
  for (guint i = 0; selected[i] != NULL; i++)
    g_hash_table_add (self->chosen, g_strdup (selected[i]));
}

static void
take_typed (GezDocumentDialog *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (gez_text_is_blank (typed))
    return;
  know (self, typed, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  show_labels (self);
}

static GezQuery *
make_query (gpointer dialog)
{
  return gez_document_tags_query ();
}

static void
show_known (gpointer      dialog,
            gpointer      result,
            const GError *error)
{
  GezDocumentDialog *self = dialog;
  GPtrArray *tags = result;

  for (guint i = 0; tags != NULL && i < tags->len; i++)
    know (self, gez_record_get_text (g_ptr_array_index (tags, i), "tag"), FALSE);
  show_labels (self);
}

static char **
list_chosen (GezDocumentDialog *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->known->len; i++)
    {
      g_autofree char *folded = gez_text_fold (self->known->pdata[i]);

      if (g_hash_table_contains (self->chosen, folded))
        g_strv_builder_add (builder, self->known->pdata[i]);
    }
  return g_strv_builder_end (builder);
}

static GezChange *
gez_document_dialog_make_change (GezFormDialog *dialog)
{
  GezDocumentDialog *self = GEZ_DOCUMENT_DIALOG (dialog);
  GezContext *context = gez_form_dialog_get_context (dialog);
  const GezId *id = gez_record_get_id (self->document);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  const char *old_tags = gez_record_get_text (self->document, "tags");
  g_auto (GStrv) chosen = NULL;
  g_autofree char *tags = NULL;
  g_autofree char *clean = NULL;
  g_autoptr (GezChange) change = NULL;

  if (gez_text_is_blank (name))
    {
      gez_form_dialog_complain (dialog, self->name, _("Give the document a name."));
      return NULL;
    }
  take_typed (self);
  chosen = list_chosen (self);
  tags = gez_document_join_tags ((const char * const *) chosen);
  clean = gez_document_clean_name (name);
  if (g_strcmp0 (clean, gez_record_get_text (self->document, "name")) != 0)
    change = gez_document_rename (context, id, clean);
  if (g_strcmp0 (tags, old_tags) != 0)
    {
      GezChange *tagging = gez_document_set_tags (context, id, (const char * const *) chosen);

      if (change == NULL)
        change = tagging;
      else
        {
          gez_change_append (change, tagging);
          g_object_unref (tagging);
        }
    }
  if (change == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  return g_steal_pointer (&change);
}

static void
gez_document_dialog_dispose (GObject *object)
{
  GezDocumentDialog *self = GEZ_DOCUMENT_DIALOG (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (gez_document_dialog_parent_class)->dispose (object);
}

static void
gez_document_dialog_finalize (GObject *object)
{
  GezDocumentDialog *self = GEZ_DOCUMENT_DIALOG (object);

  g_clear_object (&self->document);
  g_ptr_array_unref (self->known);
  g_hash_table_unref (self->chosen);

  G_OBJECT_CLASS (gez_document_dialog_parent_class)->finalize (object);
}

static void
gez_document_dialog_class_init (GezDocumentDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_document_dialog_dispose;
  object_class->finalize = gez_document_dialog_finalize;
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_document_dialog_make_change;
}

static void
gez_document_dialog_init (GezDocumentDialog *self)
{
  self->known = g_ptr_array_new_with_free_func (g_free);
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
fill (GezDocumentDialog *self)
{
  GezFormDialog *dialog = GEZ_FORM_DIALOG (self);
  GtkWidget *list = gez_form_list (_("Document"));
  GtkWidget *label_list;
  GtkWidget *add = gez_button_new_icon ("list-add-symbolic", _("Add this label"), NULL);
  g_auto (GStrv) own = gez_document_split_tags (gez_record_get_text (self->document, "tags"));

  self->name = gez_form_entry (_("Name"), gez_record_get_text (self->document, "name"));
  gtk_list_box_append (GTK_LIST_BOX (list), self->name);
  gez_form_dialog_append (dialog, list);

  label_list = gez_form_dialog_add_list (dialog, _("Labels"));
  self->entry = gez_form_entry (_("New label, or part of one"), NULL);
  gez_entry_row_add_suffix (GEZ_ENTRY_ROW (self->entry), add);
  gtk_list_box_append (GTK_LIST_BOX (label_list), self->entry);
  self->labels = gez_chip_picker_new (_("Labels"), FALSE);
  gez_form_dialog_append (dialog, self->labels);
  gez_form_dialog_append (dialog, gez_form_hint (_("Labels bring together what belongs together: "
                                                   "housing, school, decision. You can search and "
                                                   "filter by them.")));
  for (guint i = 0; own[i] != NULL; i++)
    know (self, own[i], TRUE);
  show_labels (self);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (show_labels), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "entry-activated", G_CALLBACK (take_typed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (add, "clicked", G_CALLBACK (take_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->labels, "changed", G_CALLBACK (switched_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * gez_document_dialog_present:
 * @parent: where it was asked for; the toast goes there
 * @context: of the open store
 * @document: of gez_document_list_query()
 */
void
gez_document_dialog_present (GtkWidget  *parent,
                             GezContext *context,
                             GezRecord  *document)
{
  GezDocumentDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (GEZ_IS_RECORD (document));

  self = g_object_new (GEZ_TYPE_DOCUMENT_DIALOG, NULL);
  self->document = g_object_ref (document);
  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), parent, context, _("Name and labels"), _("_Save"),
                          _("Document changed"));
  fill (self);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_known);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->name);
}
