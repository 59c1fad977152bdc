/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/gez-document-preview.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-button.h"
#include "common/gez-discretion.h"
#include "common/gez-sentence.h"
#include "documents/gez-document-copy.h"
#include "documents/gez-document-kind.h"
#include "documents/gez-document-loader.h"
#include "documents/gez-pages-view.h"

struct _GezDocumentPreview
{
  AdwWindow parent_instance;

  GezContext *context;
  GezRecord *document;
  GCancellable *cancellable;

  AdwWindowTitle *title;
  GtkWidget *zoom; /* the buttons */
  GtkStack *stack;
  AdwStatusPage *sentence;
  GtkWidget *scroller;
  GtkWidget *pages; /* NULL: no picture and no PDF */
  const char *shown; /* the page of the stack, while nothing is hidden */
};

G_DEFINE_FINAL_TYPE (GezDocumentPreview, gez_document_preview, ADW_TYPE_WINDOW)

#define WIDTH 900
#define HEIGHT 1000
#define LEAST_WIDTH 340
#define LEAST_HEIGHT 300

static char *
describe (GezDocumentPreview *self)
{
  g_autofree char *size =
    gez_document_size_words (gez_record_get_integer (self->document, "size_bytes"));

  return g_strdup_printf ("%s · %s",
                          gez_document_kind_words (gez_record_get_text (self->document, "media_type")),
                          size);
}

static void
show_title (GezDocumentPreview *self)
{
  const char *name = gez_record_get_text (self->document, "name");
  g_autofree char *words = describe (self);
  g_autofree char *line = NULL;
  GezPagesView *pages = self->pages != NULL ? GEZ_PAGES_VIEW (self->pages) : NULL;
  guint n_pages = pages != NULL ? gez_pages_view_get_n_pages (pages) : 0;

  if (n_pages > 1)
    {
      g_autofree char *page = g_strdup_printf (_("Page %u of %u"),
                                               gez_pages_view_get_page (pages) + 1, n_pages);

      line = g_strdup_printf ("%s · %s", words, page);
    }
  adw_window_title_set_title (self->title, gez_discreet (name != NULL ? name : ""));
  adw_window_title_set_subtitle (self->title, line != NULL ? line : words);
}

static void
show_page (GezDocumentPreview *self,
           const char         *page)
{
  gboolean is_hidden = gez_discretion_is_active ();

  self->shown = page;
  gtk_stack_set_visible_child_name (self->stack, is_hidden ? "hidden" : page);
  gtk_widget_set_visible (self->zoom, self->pages != NULL && !is_hidden);
  show_title (self);
}

static void
discretion_changed_cb (GezDocumentPreview *self)
{
  if (self->document != NULL)
    show_page (self, self->shown);
}

static void
say (GezDocumentPreview *self,
     const char         *title,
     const char         *sentence)
{
  g_autofree char *safe = g_markup_escape_text (sentence, -1);

  adw_status_page_set_title (self->sentence, title);
  adw_status_page_set_description (self->sentence, safe);
  show_page (self, "sentence");
}

static void
say_not_shown (GezDocumentPreview *self)
{
  GezDocumentKind kind = gez_document_kind (gez_record_get_text (self->document, "media_type"));

  if (kind == GEZ_DOCUMENT_KIND_OTHER)
    say (self, _("Not shown here"),
         _("Gezinsplan shows pictures, PDF and plain text. This document is kept as safely as the "
           "others; save a copy to open it with another program, and remove that copy afterwards."));
  else
    say (self, _("Too large to show"),
         _("This document is kept as safely as the others, but it is too large to show here. Save a "
           "copy to open it with another program, and remove that copy afterwards."));
}

static void
show_content (GezDocumentPreview *self,
              GtkWidget          *content)
{
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), content);
  show_page (self, "content");
  if (!gez_discretion_is_active ())
    gtk_widget_grab_focus (content);
}

static void
show_pages (GezDocumentPreview *self,
            GtkWidget          *pages)
{
  self->pages = pages;
  g_signal_connect_object (pages, "moved", G_CALLBACK (show_title), self, G_CONNECT_SWAPPED);
  show_content (self, pages);
}

static void
show_text (GezDocumentPreview *self,
           const char         *text)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start;

  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 18);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 18);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gez_accessible_set_name (view, _("Text of the document"));
  show_content (self, view);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GezDocumentPreview) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezLoadedDocument) loaded =
    gez_document_load_finish (GEZ_CONTEXT (source), result, &error);

  if (self->document == NULL) /* closed meanwhile */
    return;
  if (loaded == NULL)
    {
      g_autofree char *sentence = gez_sentence_for_error (error);

      say (self, _("This document cannot be shown"), sentence);
    }
  else if (loaded->picture != NULL)
    show_pages (self, gez_pages_view_new_for_picture (loaded->picture));
  else if (loaded->pdf != NULL)
    show_pages (self, gez_pages_view_new_for_pdf (loaded->pdf));
  else
    show_text (self, loaded->text);
}

static void
load (GezDocumentPreview *self)
{
  if (!gez_document_can_load (self->document))
    {
      say_not_shown (self);
      return;
    }
  show_page (self, "busy");
  gez_document_load_async (self->context, self->document, self->cancellable, loaded_cb,
                           g_object_ref (self));
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  GezDocumentPreview *self = GEZ_DOCUMENT_PREVIEW (widget);

  /* From inside of the overlay, so that the answer shows here and not in the window below. */
  gez_document_copy_ask (GTK_WIDGET (self->stack), self->context, self->document);
}

static void
zoom_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  GezDocumentPreview *self = GEZ_DOCUMENT_PREVIEW (widget);

  if (self->pages != NULL)
    gez_pages_view_zoom (GEZ_PAGES_VIEW (self->pages), g_variant_get_int32 (parameter));
}

static void
gez_document_preview_dispose (GObject *object)
{
  GezDocumentPreview *self = GEZ_DOCUMENT_PREVIEW (object);

  g_cancellable_cancel (self->cancellable);
  self->pages = NULL;
  g_clear_object (&self->document);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_document_preview_parent_class)->dispose (object);
}

static void
gez_document_preview_finalize (GObject *object)
{
  g_object_unref (GEZ_DOCUMENT_PREVIEW (object)->cancellable);

  G_OBJECT_CLASS (gez_document_preview_parent_class)->finalize (object);
}

static void
gez_document_preview_class_init (GezDocumentPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_document_preview_dispose;
  object_class->finalize = gez_document_preview_finalize;

  gtk_widget_class_install_action (widget_class, "preview.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "preview.zoom", "i", zoom_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_zoom_button (const char *icon,
                  const char *name,
                  int         steps)
{
  GtkWidget *button = gez_button_new_icon (icon, name, "preview.zoom");

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", steps);
  return button;
}

static GtkWidget *
make_header (GezDocumentPreview *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *copy = gez_button_new_icon ("document-save-symbolic", _("Save a copy…"),
                                         "preview.copy");

  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  self->zoom = gez_button_box_new_linked ();
  gtk_box_append (GTK_BOX (self->zoom),
                  make_zoom_button ("zoom-out-symbolic", _("Smaller (-)"), -1));
  gtk_box_append (GTK_BOX (self->zoom),
                  make_zoom_button ("zoom-fit-best-symbolic", _("Fit the window (0)"), 0));
  gtk_box_append (GTK_BOX (self->zoom),
                  make_zoom_button ("zoom-in-symbolic", _("Larger (+)"), 1));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), copy);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->zoom);
  return header;
}

static GtkWidget *
make_busy (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Opening…")));
  return box;
}

static GtkWidget *
make_sentence (GezDocumentPreview *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Save a copy…"));

  self->sentence = ADW_STATUS_PAGE (page);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "preview.copy");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  adw_status_page_set_icon_name (self->sentence, "x-office-document-symbolic");
  adw_status_page_set_child (self->sentence, button);
  return page;
}

static GtkWidget *
make_hidden (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "view-conceal-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Names are hidden"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _("A document may hold any name. Press F9 to show it again."));
  gtk_widget_set_can_focus (page, FALSE);
  return page;
}

static void
gez_document_preview_init (GezDocumentPreview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->cancellable = g_cancellable_new ();
  self->shown = "busy";
  self->stack = GTK_STACK (gtk_stack_new ());
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_widget_add_css_class (self->scroller, "gez-preview");
  gtk_stack_add_named (self->stack, make_busy (), "busy");
  gtk_stack_add_named (self->stack, self->scroller, "content");
  gtk_stack_add_named (self->stack, make_sentence (self), "sentence");
  gtk_stack_add_named (self->stack, make_hidden (), "hidden");
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), box);
  adw_window_set_content (ADW_WINDOW (self), overlay);
  gtk_window_set_title (GTK_WINDOW (self), _("Document"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self), LEAST_WIDTH, LEAST_HEIGHT);
  gez_discretion_watch (self, G_CALLBACK (discretion_changed_cb));
}

/* Almost as large as the window below it: a letter wants room. */
static void
set_size (GezDocumentPreview *self,
          GtkWindow          *parent)
{
  int width = gtk_widget_get_width (GTK_WIDGET (parent));
  int height = gtk_widget_get_height (GTK_WIDGET (parent));

  gtk_window_set_default_size (GTK_WINDOW (self), width > 0 ? MIN (WIDTH, width) : WIDTH,
                               height > 0 ? MIN (HEIGHT, height) : HEIGHT);
}

/**
 * gez_document_preview_present:
 * @from: where it was asked for
 * @context: of the open store
 * @document: of gez_document_list_query()
 *
 * Returns: (transfer none): the preview, which shows and reads
 */
GtkWidget *
gez_document_preview_present (GtkWidget  *from,
                              GezContext *context,
                              GezRecord  *document)
{
  GezDocumentPreview *self;
  GtkRoot *root;

  g_return_val_if_fail (GTK_IS_WIDGET (from), NULL);
  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (GEZ_IS_RECORD (document), NULL);

  self = g_object_new (GEZ_TYPE_DOCUMENT_PREVIEW, NULL);
  self->context = g_object_ref (context);
  self->document = g_object_ref (document);
  root = gtk_widget_get_root (from);
  if (GTK_IS_WINDOW (root))
    {
      set_size (self, GTK_WINDOW (root));
      gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
      gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
    }
  load (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
