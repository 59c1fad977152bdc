/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. `view` is what the store gave last. The search and the rows are made from it; a label asks the
 *    store again.
 * 2. Rows are made a few milliseconds at a time, PAGE at first; `n_made` counts the documents that were
 *    looked at for it.
 * 3. Nothing of a document is opened here but its small picture.
 */

#include "documents/gez-documents-tab.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-accessible.h"
#include "common/gez-act.h"
#include "common/gez-button.h"
#include "common/gez-clamp-page.h"
#include "common/gez-discretion.h"
#include "common/gez-file-choice.h"
#include "common/gez-piecemeal.h"
#include "common/gez-reader.h"
#include "common/gez-section.h"
#include "common/gez-shortcut.h"
#include "documents/gez-document-copy.h"
#include "documents/gez-document-dialog.h"
#include "documents/gez-document-paste.h"
#include "documents/gez-document-preview.h"
#include "documents/gez-document-progress-bar.h"
#include "documents/gez-document-row.h"
#include "documents/gez-thumbnails.h"
#include "household/gez-chip-picker.h"
#include "model/gez-document-list.h"
#include "model/gez-document.h"

struct _GezDocumentsTab
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *reader;
  GezThumbnails *thumbnails;
  GezView *view; /* NULL: not read yet */
  char *words;   /* of the search, folded */
  char *label;   /* which one is chosen, NULL: all */
  char *labels;  /* those that can be chosen, as they were last shown */
  guint n_made;
  guint n_most;
  GezId wanted; /* where the focus goes once its row is there; none: nowhere */

  GtkWidget *box;
  GtkWidget *progress;
  GtkStack *stack;
  GtkWidget *bar;
  GtkWidget *search;
  GtkWidget *picker;
  GtkWidget *section;
  GtkWidget *older;
};

G_DEFINE_FINAL_TYPE (GezDocumentsTab, gez_documents_tab, GTK_TYPE_WIDGET)

#define PAGE 60
#define MOST_LABELS 10 /* the most used ones; the others are found by searching */

static const char * const tables[] = { "document", "member", NULL };

/* Rows ----------------------------------------------------------------------------------------- */

static GtkWidget *
find_row (GezDocumentsTab *self,
          const GezId     *document)
{
  GtkListBox *list = gez_section_get_list (GEZ_SECTION (self->section));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (gez_id_equal (gez_record_get_id (gez_document_row_get (GTK_WIDGET (row))), document))
      return GTK_WIDGET (row);
  return NULL;
}

static GezRecord *
find_document (GezDocumentsTab *self,
               const char      *text)
{
  GPtrArray *documents = self->view != NULL ? gez_view_get_list (self->view, "documents") : NULL;
  GezId id;

  for (guint i = 0; documents != NULL && gez_id_parse (text, &id) && i < documents->len; i++)
    if (gez_id_equal (gez_record_get_id (documents->pdata[i]), &id))
      return documents->pdata[i];
  return NULL;
}

/* Scrolling to a row needs its height. */
static gboolean
go_cb (GtkWidget     *row,
       GdkFrameClock *clock,
       gpointer       user_data)
{
  if (gtk_widget_get_height (row) == 0)
    return G_SOURCE_CONTINUE;
  gtk_widget_grab_focus (row);
  return G_SOURCE_REMOVE;
}

static void
go_to_wanted (GezDocumentsTab *self)
{
  GtkWidget *row = gez_id_is_none (&self->wanted) ? NULL : find_row (self, &self->wanted);

  if (row == NULL)
    return;
  self->wanted = GEZ_ID_NONE;
  gtk_widget_add_tick_callback (row, go_cb, NULL, NULL);
}

static GtkWidget *
get_focus_row (GezDocumentsTab *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *list = GTK_WIDGET (gez_section_get_list (GEZ_SECTION (self->section)));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, list))
    return NULL;
  return GEZ_IS_ROW (focus) ? focus : gtk_widget_get_ancestor (focus, GEZ_TYPE_ROW);
}

static gboolean
want_row (GezDocumentsTab *self,
          GtkWidget       *row,
          GPtrArray       *documents)
{
  const GezId *id = GEZ_IS_ROW (row) ? gez_record_get_id (gez_document_row_get (row)) : NULL;

  for (guint i = 0; id != NULL && i < documents->len; i++)
    if (gez_id_equal (gez_record_get_id (documents->pdata[i]), id))
      {
        self->wanted = *id;
        return TRUE;
      }
  return FALSE;
}

/* The rows are made again: whoever was on one of them stays there, or goes to the next one that is left,
 * or to the one before. */
static void
keep_focus (GezDocumentsTab *self,
            GPtrArray       *documents)
{
  GtkWidget *focus = get_focus_row (self);

  for (GtkWidget *row = focus; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (want_row (self, row, documents))
      return;
  for (GtkWidget *row = focus; row != NULL; row = gtk_widget_get_prev_sibling (row))
    if (want_row (self, row, documents))
      return;
}

static void
show_count (GezDocumentsTab *self)
{
  g_autofree char *count = g_strdup_printf ("%u",
                                            gez_section_get_n_rows (GEZ_SECTION (self->section)));

  gez_section_set_detail (GEZ_SECTION (self->section), count);
}

static gboolean
make_one_row (GtkWidget *widget)
{
  GezDocumentsTab *self = GEZ_DOCUMENTS_TAB (widget);
  GPtrArray *documents = gez_view_get_list (self->view, "documents");
  gboolean is_full = gez_section_get_n_rows (GEZ_SECTION (self->section)) >= self->n_most;

  if (self->n_made >= documents->len || is_full)
    {
      gtk_widget_set_visible (self->older, self->n_made < documents->len);
      show_count (self);
      go_to_wanted (self);
      return FALSE;
    }
  if (gez_document_row_fits (documents->pdata[self->n_made], self->words))
    {
      GezRecord *document = documents->pdata[self->n_made];

      gez_section_append (GEZ_SECTION (self->section),
                          gez_document_row_new (self->context, document,
                                                gez_thumbnails_get (self->thumbnails, document)));
    }
  self->n_made++;
  return TRUE;
}

static void
show_rows (GezDocumentsTab *self)
{
  if (self->view == NULL)
    return;
  gez_piecemeal_stop (GTK_WIDGET (self));
  gez_section_clear (GEZ_SECTION (self->section));
  self->n_made = 0;
  gez_piecemeal_do (GTK_WIDGET (self), make_one_row);
}

static void
older_cb (GezDocumentsTab *self)
{
  self->n_most += PAGE;
  gez_piecemeal_do (GTK_WIDGET (self), make_one_row);
}

static void
thumbnail_ready_cb (GezDocumentsTab *self,
                    GezRecord       *document)
{
  GtkWidget *row = find_row (self, gez_record_get_id (document));

  if (row != NULL)
    gez_document_row_set_picture (row, gez_thumbnails_get (self->thumbnails, document));
}

/* Reading -------------------------------------------------------------------------------------- */

/* The chips are made again only when others can be chosen: whoever is on one stays there. */
static void
show_labels (GezDocumentsTab *self)
{
  GPtrArray *labels = gez_view_get_list (self->view, "tags");
  const char *chosen[] = { NULL, NULL };
  g_autoptr (GString) all = g_string_new (gez_discretion_is_active () ? "hidden" : "");
  g_autofree char *folded = self->label != NULL ? gez_text_fold (self->label) : NULL;

  for (guint i = 0; i < labels->len; i++)
    g_string_append_printf (all, ";%s", gez_record_get_text (labels->pdata[i], "tag"));
  if (g_strcmp0 (all->str, self->labels) == 0)
    return;
  g_free (self->labels);
  self->labels = g_strdup (all->str);
  gez_chip_picker_clear (GEZ_CHIP_PICKER (self->picker));
  for (guint i = 0; i < labels->len; i++)
    {
      const char *label = gez_record_get_text (labels->pdata[i], "tag");
      g_autofree char *other = gez_text_fold (label);

      if (i >= MOST_LABELS && g_strcmp0 (other, folded) != 0)
        continue;
      gez_chip_picker_add (GEZ_CHIP_PICKER (self->picker), label, gez_discreet (label));
      if (g_strcmp0 (other, folded) == 0)
        chosen[0] = label;
    }
  gez_chip_picker_set_selected (GEZ_CHIP_PICKER (self->picker), chosen);
  gtk_widget_set_visible (self->picker, labels->len > 0);
}

static GezQuery *
make_query (gpointer widget)
{
  GezDocumentsTab *self = widget;

  return gez_document_list_query (&self->household, self->label);
}

static void
show_view (gpointer      widget,
           gpointer      result,
           const GError *error)
{
  GezDocumentsTab *self = widget;
  GPtrArray *documents;
  gboolean has_any;

  if (result == NULL)
    {
      gez_say_error (GTK_WIDGET (self), error);
      return;
    }

  documents = gez_view_get_list (result, "documents");
  keep_focus (self, documents);
  g_set_object (&self->view, result);
  show_labels (self);
  has_any = documents->len > 0 || self->label != NULL;
  gtk_stack_set_visible_child_name (self->stack, has_any ? "list" : "empty");
  gtk_widget_set_visible (self->bar, documents->len > 1 || self->label != NULL);
  show_rows (self);
}

static void
searched_cb (GezDocumentsTab *self)
{
  g_autofree char *folded = gez_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  if (g_strcmp0 (folded, self->words) == 0)
    return;
  g_free (self->words);
  self->words = g_steal_pointer (&folded);
  self->n_most = PAGE;
  show_rows (self);
}

static void
label_chosen_cb (GezDocumentsTab *self)
{
  g_auto (GStrv) chosen = gez_chip_picker_get_selected (GEZ_CHIP_PICKER (self->picker));

  g_free (self->label);
  self->label = g_strdup (chosen[0]);
  self->n_most = PAGE;
  gez_reader_refresh (self->reader);
}

/* Adding --------------------------------------------------------------------------------------- */

static void
files_chosen_cb (GListModel *files,
                 gpointer    data)
{
  GezDocumentsTab *self = data;
  GezDocumentQueue *queue = gez_document_queue_get (GTK_WIDGET (self), self->context);

  if (queue != NULL)
    gez_document_queue_add_files (queue, &self->household, files);
}

static gboolean
drop_cb (GtkDropTarget   *target,
         const GValue    *value,
         double           x,
         double           y,
         GezDocumentsTab *self)
{
  GezDocumentQueue *queue = gez_document_queue_get (GTK_WIDGET (self), self->context);

  if (queue == NULL)
    return FALSE;
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    gez_document_take_files (queue, &self->household, g_value_get_boxed (value));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    gez_document_take_picture (queue, self->context, &self->household, g_value_get_object (value));
  else
    return FALSE;
  return TRUE;
}

/* Actions -------------------------------------------------------------------------------------- */

static void
add_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  gez_documents_tab_add (GEZ_DOCUMENTS_TAB (widget));
}

static void
paste_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  GezDocumentsTab *self = GEZ_DOCUMENTS_TAB (widget);

  gez_document_paste (widget, self->context, &self->household);
}

static void
show_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  GezDocumentsTab *self = GEZ_DOCUMENTS_TAB (widget);
  GezRecord *document = find_document (self, g_variant_get_string (parameter, NULL));

  if (document != NULL)
    gez_document_preview_present (widget, self->context, document);
}

static void
edit_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  GezDocumentsTab *self = GEZ_DOCUMENTS_TAB (widget);
  GezRecord *document = find_document (self, g_variant_get_string (parameter, NULL));

  if (document != NULL)
    gez_document_dialog_present (widget, self->context, document);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  GezDocumentsTab *self = GEZ_DOCUMENTS_TAB (widget);
  GezRecord *document = find_document (self, g_variant_get_string (parameter, NULL));

  if (document != NULL)
    gez_document_copy_ask (widget, self->context, document);
}

static void
remove_document (GezDocumentsTab *self,
                 GezRecord       *document)
{
  gez_act (GTK_WIDGET (self), self->context,
           gez_document_withdraw (self->context, gez_record_get_id (document), NULL),
           _("Document removed"));
}

static void
remove_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  GezDocumentsTab *self = GEZ_DOCUMENTS_TAB (widget);
  GezRecord *document = find_document (self, g_variant_get_string (parameter, NULL));

  if (document != NULL)
    remove_document (self, document);
}

static gboolean
delete_key_cb (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   data)
{
  GtkWidget *row = get_focus_row (GEZ_DOCUMENTS_TAB (widget));

  if (row == NULL)
    return FALSE;
  remove_document (GEZ_DOCUMENTS_TAB (widget), gez_document_row_get (row));
  return TRUE;
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  GtkWidget *row = get_focus_row (GEZ_DOCUMENTS_TAB (widget));

  if (row == NULL)
    return FALSE;
  gez_document_row_open_menu (row);
  return TRUE;
}

static void
row_activated_cb (GezDocumentsTab *self,
                  GtkListBoxRow   *row)
{
  gez_document_preview_present (GTK_WIDGET (self), self->context,
                                gez_document_row_get (GTK_WIDGET (row)));
}

/* Object --------------------------------------------------------------------------------------- */

static void
gez_documents_tab_map (GtkWidget *widget)
{
  GezDocumentsTab *self = GEZ_DOCUMENTS_TAB (widget);

  GTK_WIDGET_CLASS (gez_documents_tab_parent_class)->map (widget);
  gez_document_progress_bar_set_queue (GEZ_DOCUMENT_PROGRESS_BAR (self->progress),
                                       gez_document_queue_get (widget, self->context));
}

static void
gez_documents_tab_dispose (GObject *object)
{
  GezDocumentsTab *self = GEZ_DOCUMENTS_TAB (object);

  gez_piecemeal_stop (GTK_WIDGET (self));
  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  if (self->thumbnails != NULL)
    gez_thumbnails_stop (self->thumbnails);
  g_clear_object (&self->thumbnails);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->view);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_documents_tab_parent_class)->dispose (object);
}

static void
gez_documents_tab_finalize (GObject *object)
{
  GezDocumentsTab *self = GEZ_DOCUMENTS_TAB (object);

  g_free (self->words);
  g_free (self->label);
  g_free (self->labels);

  G_OBJECT_CLASS (gez_documents_tab_parent_class)->finalize (object);
}

static void
gez_documents_tab_class_init (GezDocumentsTabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_documents_tab_dispose;
  object_class->finalize = gez_documents_tab_finalize;
  widget_class->map = gez_documents_tab_map;

  gtk_widget_class_install_action (widget_class, "documents.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "documents.paste", NULL, paste_cb);
  gtk_widget_class_install_action (widget_class, "documents.show", "s", show_cb);
  gtk_widget_class_install_action (widget_class, "documents.edit", "s", edit_cb);
  gtk_widget_class_install_action (widget_class, "documents.copy", "s", copy_cb);
  gtk_widget_class_install_action (widget_class, "documents.remove", "s", remove_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "documentstab");
}

static void
gez_documents_tab_init (GezDocumentsTab *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  self->words = g_strdup ("");
  self->n_most = PAGE;
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  gez_shortcut_add (GTK_WIDGET (self), "<Control>v", "documents.paste");
}

static GtkWidget *
make_bar (GezDocumentsTab *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Search in these documents"), NULL);
  gez_accessible_set_name (self->search, _("Search in these documents"));
  gtk_widget_set_tooltip_text (self->search, _("Search in these documents (Ctrl+F)"));
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (searched_cb), self,
                           G_CONNECT_SWAPPED);
  self->picker = gez_chip_picker_new (_("Only with this label"), TRUE);
  gtk_widget_set_visible (self->picker, FALSE);
  g_signal_connect_object (self->picker, "changed", G_CALLBACK (label_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (bar), self->search);
  gtk_box_append (GTK_BOX (bar), self->picker);
  return bar;
}

static GtkWidget *
make_content (GezDocumentsTab *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *paste;

  self->bar = make_bar (self);
  self->section = gez_section_new (_("Documents"));
  gez_section_set_empty (GEZ_SECTION (self->section),
                         _("No document fits. Try fewer letters, or switch the label off."));
  gez_section_set_add (GEZ_SECTION (self->section), _("Add documents…"));
  paste = gez_button_new_icon ("edit-paste-symbolic", _("Paste a picture or files (Ctrl+V)"),
                               "documents.paste");
  gtk_widget_add_css_class (paste, "flat");
  gez_section_add_suffix (GEZ_SECTION (self->section), paste);
  g_signal_connect_object (self->section, "add", G_CALLBACK (gez_documents_tab_add), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->section, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  self->older = gtk_button_new_with_mnemonic (_("Show _older documents"));
  gtk_widget_set_halign (self->older, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->older, FALSE);
  g_signal_connect_object (self->older, "clicked", G_CALLBACK (older_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (content), self->bar);
  gtk_box_append (GTK_BOX (content), self->section);
  gtk_box_append (GTK_BOX (content), self->older);
  return content;
}

static void
build (GezDocumentsTab *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->progress = gez_document_progress_bar_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, gez_clamp_page_new (make_content (self), 860), "list");
  gtk_stack_add_named (self->stack,
                       gez_empty_new ("x-office-document-symbolic", _("No documents yet"),
                                      _("Letters, pictures and other files of this family are kept "
                                        "here, as safely as the rest of the file. Choose them, drop "
                                        "them here, or paste a picture."),
                                      _("_Add documents…"), "documents.add"),
                       "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (self->box), self->progress);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->stack));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * gez_documents_tab_new:
 * @context: the context
 * @household: the file
 *
 * Returns: (transfer floating): the tab; it reads when it shows
 */
GtkWidget *
gez_documents_tab_new (GezContext  *context,
                       const GezId *household)
{
  GezDocumentsTab *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (household != NULL, NULL);

  self = g_object_new (GEZ_TYPE_DOCUMENTS_TAB, NULL);
  self->context = g_object_ref (context);
  self->household = *household;
  self->thumbnails = gez_thumbnails_new (context);
  g_signal_connect_object (self->thumbnails, "ready", G_CALLBACK (thumbnail_ready_cb), self,
                           G_CONNECT_SWAPPED);
  build (self);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_view);
  return GTK_WIDGET (self);
}

/**
 * gez_documents_tab_add:
 * @self: the tab
 *
 * Asks for files and adds them.
 */
void
gez_documents_tab_add (GezDocumentsTab *self)
{
  g_return_if_fail (GEZ_IS_DOCUMENTS_TAB (self));

  gez_file_choice_open (GTK_WIDGET (self), _("Add documents"), _("_Add"), files_chosen_cb, self, NULL);
}

/**
 * gez_documents_tab_find:
 * @self: the tab
 *
 * Goes to the search, when there is something to look for.
 */
void
gez_documents_tab_find (GezDocumentsTab *self)
{
  g_return_if_fail (GEZ_IS_DOCUMENTS_TAB (self));

  if (gtk_widget_get_mapped (self->search))
    gtk_widget_grab_focus (self->search);
}

/**
 * gez_documents_tab_show:
 * @self: the tab
 * @document: one of its documents
 *
 * Goes there, now or as soon as it is read.
 */
void
gez_documents_tab_show (GezDocumentsTab *self,
                        const GezId     *document)
{
  g_return_if_fail (GEZ_IS_DOCUMENTS_TAB (self));
  g_return_if_fail (document != NULL);

  self->wanted = *document;
  go_to_wanted (self);
}
