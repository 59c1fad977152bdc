/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "household/gez-linked-files.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "common/gez-button.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-row.h"
#include "common/gez-section.h"
#include "household/gez-link-dialog.h"
#include "model/gez-duplicate-link.h"
#include "store/gez-record.h"

struct _GezLinkedFiles
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *reader;
  GtkWidget *section;
};

G_DEFINE_FINAL_TYPE (GezLinkedFiles, gez_linked_files, GTK_TYPE_WIDGET)

static const char * const tables[] = { "duplicate_link", "household", "person", "member", NULL };

static const char record_key[] = "record";

static char *
describe (GezRecord *link)
{
  g_autofree char *day = gez_format_date (gez_record_get_text (link, "linked_on"));
  const char *by = gez_record_get_text (link, "by_name");
  const char *person = gez_discreet (gez_record_get_text (link, "person_name"));
  const char *other = gez_discreet (gez_record_get_text (link, "other_person_name"));
  GString *line = g_string_new (NULL);

  if (gez_record_get_integer (link, "is_person") == 0)
    g_string_append (line, _("the same family"));
  else if (person != NULL && other != NULL)
    /* Translators: two names of one person, as two files have them. */
    g_string_append_printf (line, _("the same person: %1$s, there %2$s"), person, other);
  else
    g_string_append (line, _("the same person"));
  g_string_append (line, " · ");
  if (by != NULL)
    /* Translators: %1$s is a day, %2$s the name of a colleague. */
    g_string_append_printf (line, _("linked on %1$s by %2$s"), day, by);
  else
    g_string_append_printf (line, _("linked on %s"), day);
  return g_string_free (line, FALSE);
}

static void
unlink_cb (GezLinkedFiles *self,
           GtkWidget      *button)
{
  GezRecord *link = g_object_get_data (G_OBJECT (button), record_key);

  gez_act (GTK_WIDGET (self), self->context,
           gez_duplicate_link_remove (self->context, gez_record_get_id (link)),
           _("Link removed. Both files are as they were."));
}

static GtkWidget *
make_row (GezLinkedFiles *self,
          GezRecord      *link)
{
  g_autofree char *subtitle = describe (link);
  gboolean is_readable = !gez_record_is_null (link, "other_name");
  GtkWidget *row = gez_row_new (is_readable ? gez_discreet (gez_record_get_text (link, "other_name"))
                                            : _("A file that you cannot read"), subtitle);
  GtkWidget *remove = gez_button_new_icon ("user-trash-symbolic", _("Remove this link"), NULL);

  gez_row_set_lines (GEZ_ROW (row), 2, 3);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (remove), record_key, g_object_ref (link), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), record_key, g_object_ref (link), g_object_unref);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (unlink_cb), self, G_CONNECT_SWAPPED);
  gez_row_add_suffix (GEZ_ROW (row), remove);
  gez_row_set_leads (GEZ_ROW (row), is_readable);
  return row;
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_duplicate_link_query (&GEZ_LINKED_FILES (widget)->household);
}

static void
show_links (gpointer      widget,
            gpointer      result,
            const GError *error)
{
  GezLinkedFiles *self = widget;
  GPtrArray *links = result;

  if (links == NULL)
    {
      gez_say_error (widget, error);
      return;
    }
  gez_section_clear (GEZ_SECTION (self->section));
  for (guint i = 0; i < links->len; i++)
    gez_section_append (GEZ_SECTION (self->section), make_row (self, links->pdata[i]));
}

static void
row_activated_cb (GezLinkedFiles *self,
                  GtkListBoxRow  *row)
{
  GezRecord *link = g_object_get_data (G_OBJECT (row), record_key);
  char id[GEZ_ID_TEXT_SIZE];

  gez_id_to_buffer (gez_record_get_reference (link, "other_household_id"), id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-household-tab", "(ss)", id, "network");
}

static void
add_cb (GezLinkedFiles *self)
{
  gez_link_dialog_present (GTK_WIDGET (self), self->context, &self->household);
}

static void
gez_linked_files_dispose (GObject *object)
{
  GezLinkedFiles *self = GEZ_LINKED_FILES (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->section, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_linked_files_parent_class)->dispose (object);
}

static void
gez_linked_files_class_init (GezLinkedFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_linked_files_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_linked_files_init (GezLinkedFiles *self)
{
}

/**
 * gez_linked_files_new:
 * @context: where we work
 * @household: whose file
 *
 * Returns: (transfer floating): the section; it reads when it shows
 */
GtkWidget *
gez_linked_files_new (GezContext  *context,
                      const GezId *household)
{
  GezLinkedFiles *self = g_object_new (GEZ_TYPE_LINKED_FILES, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  self->section = gez_section_new (_("Also in another file"));
  gez_section_set_empty (GEZ_SECTION (self->section),
                         _("Is there a second file of this family, or of somebody in it? Link them: both "
                           "stay as they are."));
  gez_section_set_add (GEZ_SECTION (self->section), _("Link another file"));
  gtk_widget_set_parent (self->section, GTK_WIDGET (self));
  g_signal_connect_object (self->section, "add", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->section, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables, make_query,
                                 show_links);
  return GTK_WIDGET (self);
}
