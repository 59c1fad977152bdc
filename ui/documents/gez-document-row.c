/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/gez-document-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/gez-text.h"
#include "common/gez-accessible.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "documents/gez-document-kind.h"
#include "model/gez-document-name.h"

#define PICTURE_SIZE 56
#define MOST_TAGS 2
#define LONGEST_TAG 16 /* characters */

static char *
describe (GezContext *context,
          GezRecord  *document)
{
  g_autofree char *size = gez_document_size_words (gez_record_get_integer (document, "size_bytes"));
  g_autofree char *today = gez_context_dup_today (context);
  g_autofree char *day = gez_format_date_near (gez_record_get_text (document, "added_on"), today);

  return g_strdup_printf ("%s · %s · %s",
                          gez_document_kind_words (gez_record_get_text (document, "media_type")), size,
                          day);
}

static void
add_tags (GezRow    *row,
          GezRecord *document)
{
  g_auto (GStrv) tags = gez_document_split_tags (gez_record_get_text (document, "tags"));
  guint n_tags = g_strv_length (tags);

  for (guint i = 0; i < MIN (n_tags, MOST_TAGS); i++)
    {
      GtkWidget *chip = gez_row_add_chip (row, gez_discreet (tags[i]), GEZ_CHIP_NEUTRAL);

      gtk_label_set_max_width_chars (GTK_LABEL (chip), LONGEST_TAG);
    }
  if (n_tags > MOST_TAGS)
    {
      g_autofree char *more = g_strdup_printf ("+%u", n_tags - MOST_TAGS);

      gez_row_add_chip (row, more, GEZ_CHIP_NEUTRAL);
    }
}

static void
add_item (GMenu      *menu,
          const char *label,
          const char *action,
          const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

/* Made when it opens: a hundred rows would make a hundred menus that nobody looks at. */
static void
open_menu_cb (GtkMenuButton *button,
              gpointer       document)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *id = gez_id_to_string (gez_record_get_id (document));
  GtkWidget *popover;

  add_item (menu, _("_Show"), "documents.show", id);
  add_item (menu, _("_Name and labels…"), "documents.edit", id);
  add_item (menu, _("_Save a copy…"), "documents.copy", id);
  add_item (menu, _("_Remove"), "documents.remove", id);
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_halign (popover, GTK_ALIGN_END); /* the button stands at the edge of the window */
  gtk_menu_button_set_popover (button, popover);
}

static GtkWidget *
make_menu (GezRecord *document)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), open_menu_cb,
                                         g_object_ref (document), g_object_unref);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, _("What can be done with this document"));
  gtk_widget_add_css_class (button, "flat");
  gez_accessible_set_name (button, _("What can be done with this document"));
  gez_accessible_name_buttons (button, _("What can be done with this document"));
  return button;
}

/* The row says what it is; nobody needs to hear the picture. */
static GtkWidget *
make_frame (void)
{
  GtkWidget *frame = adw_bin_new ();

  gtk_widget_set_size_request (frame, PICTURE_SIZE, PICTURE_SIZE);
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (frame, "gez-thumbnail");
  return frame;
}

/**
 * gez_document_row_new:
 * @context: where we work
 * @document: of gez_document_list_query()
 * @thumbnail: (nullable): its small picture, if it is there already
 *
 * Returns: (transfer floating): a row that can be activated
 */
GtkWidget *
gez_document_row_new (GezContext *context,
                      GezRecord  *document,
                      GdkTexture *thumbnail)
{
  const char *name = gez_record_get_text (document, "name");
  g_autofree char *subtitle = describe (context, document);
  GtkWidget *row = gez_row_new (gez_discreet (name), subtitle);
  g_autofree char *day = gez_format_date_long (gez_record_get_text (document, "added_on"));
  GtkWidget *frame = make_frame ();
  GtkWidget *menu = make_menu (document);

  g_object_set_data_full (G_OBJECT (row), "gez-document", g_object_ref (document), g_object_unref);
  g_object_set_data (G_OBJECT (row), "gez-frame", frame);
  g_object_set_data (G_OBJECT (row), "gez-menu", menu);
  gez_row_add_prefix (GEZ_ROW (row), frame);
  gez_row_add_suffix (GEZ_ROW (row), menu);
  gez_row_set_lines (GEZ_ROW (row), 2, 2);
  gtk_widget_set_tooltip_text (row, day);
  add_tags (GEZ_ROW (row), document);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gez_document_row_set_picture (row, thumbnail);
  return row;
}

/**
 * gez_document_row_get:
 * @row: what gez_document_row_new() made
 *
 * Returns: (transfer none): the document that it shows
 */
GezRecord *
gez_document_row_get (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "gez-document");
}

/**
 * gez_document_row_set_picture:
 * @row: what gez_document_row_new() made
 * @thumbnail: (nullable): its small picture; without one, and while names are hidden, a sign for its
 *   kind stands there
 */
void
gez_document_row_set_picture (GtkWidget  *row,
                              GdkTexture *thumbnail)
{
  GtkWidget *frame = g_object_get_data (G_OBJECT (row), "gez-frame");
  const char *media_type = gez_record_get_text (gez_document_row_get (row), "media_type");
  GtkWidget *picture;

  if (thumbnail != NULL && !gez_discretion_is_active ())
    {
      /* An image keeps its square, whatever is in it; a picture would grow with it. */
      picture = g_object_new (GTK_TYPE_IMAGE, "paintable", thumbnail, "pixel-size", PICTURE_SIZE,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
    }
  else
    {
      picture = gez_ornament_new (gez_document_kind_icon (media_type));
      gtk_image_set_pixel_size (GTK_IMAGE (picture), 32);
      gtk_widget_add_css_class (picture, "dim-label");
    }
  adw_bin_set_child (ADW_BIN (frame), picture);
}

/**
 * gez_document_row_fits:
 * @document: of gez_document_list_query()
 * @words: what is looked for, folded
 *
 * Returns: whether each of the words stands in its name or its labels
 */
gboolean
gez_document_row_fits (GezRecord  *document,
                       const char *words)
{
  const char *name = gez_record_get_text (document, "name");
  const char *tags = gez_record_get_text (document, "tags");
  g_autofree char *text = g_strdup_printf ("%s %s", name != NULL ? name : "", tags != NULL ? tags : "");
  g_autofree char *folded = gez_text_fold (text);
  g_auto (GStrv) wanted = g_strsplit (words, " ", -1);

  for (guint i = 0; wanted[i] != NULL; i++)
    if (strstr (folded, wanted[i]) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * gez_document_row_open_menu:
 * @row: what gez_document_row_new() made
 */
void
gez_document_row_open_menu (GtkWidget *row)
{
  gtk_menu_button_popup (g_object_get_data (G_OBJECT (row), "gez-menu"));
}
