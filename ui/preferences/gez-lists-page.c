/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences/gez-lists-page.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "household/gez-choice-row.h"
#include "preferences/gez-list-editor.h"
#include "preferences/gez-list-words.h"
#include "preferences/gez-scale-editor.h"

struct _GezListsPage
{
  AdwPreferencesPage parent_instance;

  GezContext *context;
  GtkWidget *choice;
  GtkWidget *place; /* AdwPreferencesGroup around the editor */
  GtkWidget *editor;
};

G_DEFINE_FINAL_TYPE (GezListsPage, gez_lists_page, ADW_TYPE_PREFERENCES_PAGE)

#define SCALE "scale"

/* The scale stands after the domains, to which it belongs. */
static const char *const names[GEZ_LIST_N] = {
  [GEZ_LIST_DOMAINS] = "domains",
  [GEZ_LIST_CONTACT_CHANNELS] = "contact-channels",
  [GEZ_LIST_REFERRAL_REASONS] = "referral-reasons",
  [GEZ_LIST_BARRIERS] = "barriers",
  [GEZ_LIST_ENTRY_GATES] = "entry-gates",
  [GEZ_LIST_SCHOOLS] = "schools",
  [GEZ_LIST_DISTRICTS] = "districts",
  [GEZ_LIST_CRISIS_LINES] = "crisis-card",
};

static GtkWidget *
make_editor (GezListsPage *self,
             const char   *name)
{
  for (GezListKind kind = 0; kind < GEZ_LIST_N; kind++)
    if (g_strcmp0 (names[kind], name) == 0)
      return gez_list_editor_new (self->context, kind);
  return gez_scale_editor_new (self->context);
}

static void
chosen_cb (GezListsPage *self)
{
  const char *name = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->choice));

  if (name == NULL)
    return;
  if (self->editor != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->place), self->editor);
  self->editor = make_editor (self, name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->place), self->editor);
}

static gboolean
undo_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   data)
{
  gez_undo_last (widget, GEZ_LISTS_PAGE (widget)->context);
  return TRUE;
}

static void
gez_lists_page_dispose (GObject *object)
{
  g_clear_object (&GEZ_LISTS_PAGE (object)->context);
  G_OBJECT_CLASS (gez_lists_page_parent_class)->dispose (object);
}

static void
gez_lists_page_class_init (GezListsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_lists_page_dispose;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_z, GDK_CONTROL_MASK, undo_cb, NULL);
}

static void
gez_lists_page_init (GezListsPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GezChoiceRow *choice;

  self->choice = gez_choice_row_new (_("List"));
  self->place = adw_preferences_group_new ();
  choice = GEZ_CHOICE_ROW (self->choice);
  for (GezListKind kind = 0; kind < GEZ_LIST_N; kind++)
    {
      gez_choice_row_add (choice, names[kind], gez_list_words_get_title (kind));
      if (kind == GEZ_LIST_DOMAINS)
        gez_choice_row_add (choice, SCALE, _("What a score means"));
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->choice);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->place));
}

/**
 * gez_lists_page_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): the page, showing the life domains
 */
GtkWidget *
gez_lists_page_new (GezContext *context)
{
  GezListsPage *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_LISTS_PAGE, "title", _("Lists and scales"), "icon-name", "view-list-symbolic",
                       NULL);
  self->context = g_object_ref (context);
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  chosen_cb (self);
  return GTK_WIDGET (self);
}

/**
 * gez_lists_page_show:
 * @name: domains, scale, contact-channels, referral-reasons, barriers, entry-gates, schools,
 *   districts or crisis-card
 */
void
gez_lists_page_show (GezListsPage *self,
                     const char   *name)
{
  g_return_if_fail (GEZ_IS_LISTS_PAGE (self));

  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->choice), name);
}

/**
 * gez_lists_page_get_editor:
 *
 * Returns: (transfer none): the #GezListEditor or #GezScaleEditor that shows
 */
GtkWidget *
gez_lists_page_get_editor (GezListsPage *self)
{
  g_return_val_if_fail (GEZ_IS_LISTS_PAGE (self), NULL);

  return self->editor;
}
