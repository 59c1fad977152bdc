/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences/gez-scale-editor.h"

#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-act.h"
#include "common/gez-field-row.h"
#include "common/gez-paste.h"
#include "household/gez-choice-row.h"
#include "household/gez-field-entry.h"
#include "household/gez-form.h"
#include "model/gez-scale-anchor.h"

#define DUTCH "nl"

struct _GezScaleEditor
{
  GtkWidget parent_instance;

  GezContext *context;
  GtkWidget *box;
  GtkWidget *domain;
  GtkWidget *language;
  GtkWidget *entries[GEZ_SCALE_HIGHEST + 1];
};

G_DEFINE_FINAL_TYPE (GezScaleEditor, gez_scale_editor, GTK_TYPE_WIDGET)

/* Also the names by which the fields know which score they are. */
static const char *const digits[] = { "0", "1", "2", "3", "4", "5" };

/* Whether one domain is chosen, and which. */
static gboolean
get_domain (GezScaleEditor *self,
            GezId          *domain)
{
  const char *code = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->domain));

  return code != NULL && gez_id_parse (code, domain);
}

static const char *
get_language (GezScaleEditor *self)
{
  const char *code = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->language));

  return code != NULL ? code : DUTCH;
}

static const char *
get_own_text (GezScaleEditor *self,
              int             score)
{
  GezLists *lists = gez_context_get_lists (self->context);
  GezId domain;

  return gez_scale_anchor_get_text (lists, get_domain (self, &domain) ? &domain : NULL, score,
                                    get_language (self));
}

/* What shows while nothing is written here. */
static const char *
get_fallback (GezScaleEditor *self,
              int             score)
{
  g_autoptr (GezLists) lists = gez_lists_in_language (gez_context_get_lists (self->context),
                                                      get_language (self));
  GezId domain;

  if (get_domain (self, &domain) && gez_lists_find_scale_point (lists, &domain, score) != NULL)
    return gez_lists_get_scale_label (lists, &domain, score);
  return gez_lists_get_scale_label (lists, NULL, score);
}

static void
show (GezScaleEditor *self)
{
  for (int score = GEZ_SCALE_LOWEST; score <= GEZ_SCALE_HIGHEST; score++)
    {
      const char *fallback = get_fallback (self, score);

      gez_field_entry_show (self->entries[score], get_own_text (self, score));
      gtk_entry_set_placeholder_text (GTK_ENTRY (self->entries[score]), fallback);
      gtk_widget_set_tooltip_text (self->entries[score], fallback);
    }
}

static void
save (GtkWidget  *owner,
      const char *digit,
      const char *text)
{
  GezScaleEditor *self = GEZ_SCALE_EDITOR (owner);
  int score = *digit - '0';
  g_autoptr (GezChange) change = NULL;
  GezId domain;
  gboolean is_one = get_domain (self, &domain);

  if (!is_one && gez_text_is_blank (text) && g_str_equal (get_language (self), DUTCH))
    {
      gez_field_entry_show (self->entries[score], get_own_text (self, score));
      gez_say (owner, _("Every score needs a sentence. The old one stands there again."));
      return;
    }
  change = gez_scale_anchor_write (self->context, is_one ? &domain : NULL, score, get_language (self), text);
  if (!gez_change_is_empty (change))
    gez_act (owner, self->context, g_steal_pointer (&change), _("Changed in every file."));
}

static GtkWidget *
make_line (GezScaleEditor *self,
           int             score)
{
  GtkWidget *row = gez_field_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *number = gtk_label_new (digits[score]);
  GtkWidget *entry = gtk_entry_new ();
  /* Translators: the sentence that a score stands for; %d is 1 to 5. */
  g_autofree char *name = g_strdup_printf (_("Score %d means"), score);

  gez_paste_limit (entry, GEZ_PASTE_LINE);
  self->entries[score] = entry;
  gtk_widget_add_css_class (number, "heading");
  gtk_widget_add_css_class (number, "numeric");
  gtk_entry_set_has_frame (GTK_ENTRY (entry), FALSE);
  gtk_widget_add_css_class (line, "gez-anchor-line");
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gez_field_entry_watch (entry, GTK_WIDGET (self), digits[score], save);
  gtk_box_append (GTK_BOX (line), number);
  gtk_box_append (GTK_BOX (line), entry);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static GtkWidget *
make_choices (GezScaleEditor *self)
{
  GtkWidget *group = g_object_new (
    ADW_TYPE_PREFERENCES_GROUP, "title", _("What a score means"), "description",
    _("Whoever chooses a score reads these sentences. A life domain can have its own; without one it shows "
      "the sentence for all. A score that was given stays; it shows the new sentence."),
    NULL);
  GezLists *lists = gez_context_get_lists (self->context);
  GPtrArray *domains = gez_lists_get_domains (lists);

  self->domain = gez_choice_row_new (_("Life domain"));
  gez_choice_row_add (GEZ_CHOICE_ROW (self->domain), "", _("All life domains"));
  for (guint i = 0; i < domains->len; i++)
    {
      g_autofree char *id = gez_id_to_string (gez_record_get_id (domains->pdata[i]));

      gez_choice_row_add (GEZ_CHOICE_ROW (self->domain), id,
                          gez_lists_get_short_label (lists, domains->pdata[i]));
    }
  self->language = gez_choice_row_new (_("Language"));
  gez_choice_row_add (GEZ_CHOICE_ROW (self->language), DUTCH, "Nederlands");
  gez_choice_row_add (GEZ_CHOICE_ROW (self->language), "en", "English");
  gez_choice_row_add (GEZ_CHOICE_ROW (self->language), "fr", "Français");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->domain);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->language);
  return group;
}

static void
build (GezScaleEditor *self)
{
  GtkWidget *sentences = gez_form_list (_("What a score means"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (self->box), make_choices (self));
  for (int score = GEZ_SCALE_LOWEST; score <= GEZ_SCALE_HIGHEST; score++)
    gtk_list_box_append (GTK_LIST_BOX (sentences), make_line (self, score));
  gtk_box_append (GTK_BOX (self->box), sentences);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->domain, "notify::selected", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->language, "notify::selected", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
}

static void
gez_scale_editor_dispose (GObject *object)
{
  GezScaleEditor *self = GEZ_SCALE_EDITOR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (gez_scale_editor_parent_class)->dispose (object);
}

static void
gez_scale_editor_class_init (GezScaleEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_scale_editor_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_scale_editor_init (GezScaleEditor *self)
{
}

/**
 * gez_scale_editor_new:
 * @context: the context
 *
 * Returns: (transfer floating): the editor, with the sentences for all life domains
 */
GtkWidget *
gez_scale_editor_new (GezContext *context)
{
  GezScaleEditor *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_SCALE_EDITOR, NULL);
  self->context = g_object_ref (context);
  build (self);
  show (self);
  g_signal_connect_object (context, "lists-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * gez_scale_editor_set_domain:
 * @domain: (nullable): whose sentences show; %NULL: those for all
 */
void
gez_scale_editor_set_domain (GezScaleEditor *self,
                             const GezId    *domain)
{
  g_autofree char *id = domain != NULL ? gez_id_to_string (domain) : g_strdup ("");

  g_return_if_fail (GEZ_IS_SCALE_EDITOR (self));

  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->domain), id);
}

/**
 * gez_scale_editor_get_entry:
 * @score: 1 to 5
 *
 * Returns: (transfer none): where its sentence is written
 */
GtkWidget *
gez_scale_editor_get_entry (GezScaleEditor *self,
                            int             score)
{
  g_return_val_if_fail (GEZ_IS_SCALE_EDITOR (self), NULL);
  g_return_val_if_fail (score >= GEZ_SCALE_LOWEST && score <= GEZ_SCALE_HIGHEST, NULL);

  return self->entries[score];
}
