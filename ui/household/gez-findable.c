/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "household/gez-findable.h"

#include <glib/gi18n.h>

#include "circle/gez-team-view.h"
#include "common/gez-act.h"
#include "common/gez-confirm.h"
#include "common/gez-discretion.h"
#include "common/gez-reader.h"
#include "household/gez-form.h"
#include "model/gez-fingerprint-choice.h"
#include "readers/gez-reader-words.h"
#include "store/gez-record.h"

struct _GezFindable
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *team_reader;
  GezReader *reader;
  GPtrArray *choices; /* of GezRecord: why it is left out; NULL: not known yet */
  GtkWidget *box;
  GtkWidget *words;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (GezFindable, gez_findable, GTK_TYPE_WIDGET)

static const char *const tables[] = { "fingerprint_choice", "member", NULL };

static GezQuery *
make_team_query (gpointer widget)
{
  return gez_team_view_query ();
}

static void
show_team (gpointer      widget,
           gpointer      result,
           const GError *error)
{
  GezTeamView *view = result;

  gtk_widget_set_visible (GEZ_FINDABLE (widget)->box, view != NULL && view->has_team);
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_fingerprint_choice_query (&GEZ_FINDABLE (widget)->household);
}

static char *
describe (GPtrArray *choices)
{
  GezRecord *choice = choices->len > 0 ? g_ptr_array_index (choices, 0) : NULL;
  const char *reason = choice != NULL ? gez_discreet (gez_record_get_text (choice, "reason")) : NULL;
  const char *by = choice != NULL ? gez_record_get_text (choice, "by_name") : NULL;

  if (choice == NULL)
    return g_strdup (_("A colleague who writes down somebody of this family is told whom to ask, and "
                       "nothing else. Whoever looks, it is written down on that computer."));
  if (by == NULL)
    return g_strdup_printf (_("No colleague is told of this file. The reason: %s."),
                            reason != NULL ? reason : "");
  /* Translators: %1$s is the name of a colleague, %2$s a reason. */
  return g_strdup_printf (_("No colleague is told of this file. %1$s chose that; the reason: %2$s."), by,
                          reason != NULL ? reason : "");
}

static void
show_choices (gpointer      widget,
              gpointer      result,
              const GError *error)
{
  GezFindable *self = widget;
  GPtrArray *choices = result;
  g_autofree char *words = NULL;

  if (choices == NULL)
    return;
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  self->choices = g_ptr_array_ref (choices);
  words = describe (choices);
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_button_set_label (GTK_BUTTON (self->button),
                        choices->len > 0 ? _("Let colleagues be told again") : _("Leave this file out…"));
}

static void
reason_cb (const char *reason,
           gpointer    user_data)
{
  GezFindable *self = user_data;

  if (self->context == NULL) /* closed meanwhile */
    return;
  gez_act (GTK_WIDGET (self), self->context,
           gez_fingerprint_choice_leave_out (self->context, &self->household, reason),
           _("This file is left out from the next synchronisation on."));
}

static void
clicked_cb (GezFindable *self)
{
  if (self->choices == NULL)
    return;
  if (self->choices->len > 0)
    gez_act (GTK_WIDGET (self), self->context, gez_fingerprint_choice_take_in (self->context, self->choices),
             _("Colleagues are told again whom to ask."));
  else
    gez_ask_reason (GTK_WIDGET (self), _("Leave this file out?"),
                    _("No colleague is told any more that somebody works with this family: for a hidden "
                      "address, when the family said no, or for a conflict of interest. Why?"),
                    _("_Leave out"), reason_cb, g_object_ref (self), g_object_unref);
}

static void
gez_findable_dispose (GObject *object)
{
  GezFindable *self = GEZ_FINDABLE (object);
  GezReader **readers[] = { &self->reader, &self->team_reader };

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      if (*readers[i] != NULL)
        g_object_run_dispose (G_OBJECT (*readers[i]));
      g_clear_object (readers[i]);
    }
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_findable_parent_class)->dispose (object);
}

static void
gez_findable_class_init (GezFindableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_findable_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_findable_init (GezFindable *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->words = gez_form_hint ("");
  self->button = gtk_button_new_with_label (_("Leave this file out…"));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  gtk_widget_set_margin_bottom (self->box, 18);
  gtk_box_append (GTK_BOX (self->box), self->words);
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_widget_set_visible (self->box, FALSE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
}

/**
 * gez_findable_new:
 * @context: where we work
 * @household: whose file
 *
 * Returns: (transfer floating): the words and the button; it reads when it shows
 */
GtkWidget *
gez_findable_new (GezContext  *context,
                  const GezId *household)
{
  GezFindable *self = g_object_new (GEZ_TYPE_FINDABLE, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  self->team_reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), gez_reader_tables,
                                      make_team_query, show_team);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables, make_query,
                                 show_choices);
  return GTK_WIDGET (self);
}
