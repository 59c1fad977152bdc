/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drafts/gez-drafts-page.h"

#include <glib/gi18n.h>

#include "common/gez-clamp-page.h"
#include "common/gez-reader.h"
#include "common/gez-record-section.h"
#include "common/gez-sentence.h"
#include "drafts/gez-draft-row.h"
#include "model/gez-draft-list.h"

struct _GezDraftsPage
{
  GtkWidget parent_instance;

  GezContext *context;
  GezReader *reader;
  char *today;
  GtkWidget *page;
  GtkWidget *section;
  GtkWidget *nothing;
};

G_DEFINE_FINAL_TYPE (GezDraftsPage, gez_drafts_page, GTK_TYPE_WIDGET)

#define ROWS 50
#define WIDTH 860

static const char *const tables[] = { "draft", "household", NULL };

static GezQuery *
make_query (gpointer widget)
{
  GezDraftsPage *self = widget;

  g_free (self->today);
  self->today = gez_context_dup_today (self->context);
  return gez_draft_list_query ();
}

static GtkWidget *
make_row (GezRecord *record,
          gpointer   user_data)
{
  GezDraftsPage *self = user_data;

  return gez_draft_row_new (self->context, record, self->today);
}

static void
show_drafts (gpointer      widget,
             gpointer      result,
             const GError *error)
{
  GezDraftsPage *self = widget;
  GPtrArray *drafts = result;

  if (drafts == NULL)
    {
      g_autofree char *sentence = gez_sentence_for_error (error);

      gez_section_set_empty (gez_record_section_get_section (GEZ_RECORD_SECTION (self->section)),
                             sentence);
      return;
    }
  gez_record_section_set_records (GEZ_RECORD_SECTION (self->section), drafts, self->today);
  gtk_widget_set_visible (self->section, drafts->len > 0);
  gtk_widget_set_visible (self->nothing, drafts->len == 0);
}

static void
open_cb (GezDraftsPage *self,
         GezRecord     *draft)
{
  gez_draft_open (GTK_WIDGET (self), self->context, draft);
}

static void
gez_drafts_page_dispose (GObject *object)
{
  GezDraftsPage *self = GEZ_DRAFTS_PAGE (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_pointer (&self->today, g_free);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_drafts_page_parent_class)->dispose (object);
}

static void
gez_drafts_page_class_init (GezDraftsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_drafts_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_drafts_page_init (GezDraftsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->section = gez_record_section_new (_("Typed on this device and not saved"), ROWS, make_row,
                                          self);
  g_signal_connect_object (self->section, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->section, FALSE);
  self->nothing = gez_empty_new ("document-edit-symbolic", _("No drafts"),
                                 _("What you type and do not save is kept here, on this device only."),
                                 NULL, NULL);
  gtk_widget_set_visible (self->nothing, FALSE);
  gtk_box_append (GTK_BOX (box), self->section);
  gtk_box_append (GTK_BOX (box), self->nothing);
  self->page = gez_clamp_page_new (box, WIDTH);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
}

/**
 * gez_drafts_page_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): the place, which reads when it shows
 */
GtkWidget *
gez_drafts_page_new (GezContext *context)
{
  GezDraftsPage *self = g_object_new (GEZ_TYPE_DRAFTS_PAGE, NULL);

  self->context = g_object_ref (context);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_drafts);
  return GTK_WIDGET (self);
}
