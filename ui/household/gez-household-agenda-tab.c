/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-household-agenda-tab.h"

#include "agenda/gez-agenda-dialog.h"
#include "agenda/gez-agenda-list.h"
#include "common/gez-clamp-page.h"
#include "common/gez-wrap-layout.h"

#include <glib/gi18n.h>

struct _GezHouseholdAgendaTab
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GtkWidget *page;
};

G_DEFINE_FINAL_TYPE (GezHouseholdAgendaTab, gez_household_agenda_tab, GTK_TYPE_WIDGET)

static void
add_appointment_cb (GezHouseholdAgendaTab *self)
{
  gez_agenda_dialog_present (GTK_WIDGET (self), self->context, &self->household, NULL);
}

static void
gez_household_agenda_tab_dispose (GObject *object)
{
  GezHouseholdAgendaTab *self = GEZ_HOUSEHOLD_AGENDA_TAB (object);

  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_household_agenda_tab_parent_class)->dispose (object);
}

static void
gez_household_agenda_tab_class_init (GezHouseholdAgendaTabClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_household_agenda_tab_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_household_agenda_tab_init (GezHouseholdAgendaTab *self)
{
}

static GtkWidget *
make_button (GezHouseholdAgendaTab *self,
             const char            *label,
             GCallback              clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
make_content (GezHouseholdAgendaTab *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons = gez_wrap_box_new (12, 12);
  GtkWidget *list = gez_agenda_list_new (self->context, &self->household);
  GtkWidget *followup = make_button (self, _("Plan a _follow-up"),
                                     G_CALLBACK (gez_household_agenda_tab_add));

  gtk_widget_add_css_class (followup, "suggested-action");
  gtk_box_append (GTK_BOX (buttons), followup);
  gtk_box_append (GTK_BOX (buttons), make_button (self, _("Make an _appointment"),
                                                  G_CALLBACK (add_appointment_cb)));

  gtk_box_append (GTK_BOX (content), buttons);
  gtk_box_append (GTK_BOX (content), list);

  return content;
}

/**
 * gez_household_agenda_tab_new:
 * @context: the context
 * @household: the file
 *
 * Returns: (transfer floating): the tab
 */
GtkWidget *
gez_household_agenda_tab_new (GezContext  *context,
                              const GezId *household)
{
  GezHouseholdAgendaTab *self = g_object_new (GEZ_TYPE_HOUSEHOLD_AGENDA_TAB, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  self->page = gez_clamp_page_new (make_content (self), 860);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));

  return GTK_WIDGET (self);
}

/**
 * gez_household_agenda_tab_add:
 * @self: the tab
 *
 * Opens the form of a follow-up.
 */
void
gez_household_agenda_tab_add (GezHouseholdAgendaTab *self)
{
  g_return_if_fail (GEZ_IS_HOUSEHOLD_AGENDA_TAB (self));

  gez_agenda_dialog_present_followup (GTK_WIDGET (self), self->context, &self->household, NULL);
}
