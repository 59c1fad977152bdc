/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-keys.h"

#include "agenda/gez-agenda-acts.h"
#include "agenda/gez-agenda-block.h"
#include "agenda/gez-agenda-words.h"

#define WEEK 7
#define QUARTER 15

static gboolean
is_entry (GezRecord *record)
{
  const char *kind = gez_record_has (record, "kind") ? gez_record_get_text (record, "kind") : NULL;

  return g_strcmp0 (kind, "appointment") == 0 || g_strcmp0 (kind, "followup") == 0;
}

/* The block or the row that has the focus, or in which something has it. */
static GezRecord *
find_record (GtkWidget *page,
             gboolean  *has_hours)
{
  GtkWidget *widget = gtk_root_get_focus (gtk_widget_get_root (page));

  for (; widget != NULL && widget != page; widget = gtk_widget_get_parent (widget))
    {
      GezRecord *record = GEZ_IS_AGENDA_BLOCK (widget)
                          ? gez_agenda_block_get_record (GEZ_AGENDA_BLOCK (widget))
                          : g_object_get_data (G_OBJECT (widget), "gez-record");

      *has_hours = gtk_widget_has_css_class (widget, "tall");
      if (record != NULL)
        return record;
    }

  return NULL;
}

static gboolean
move_cb (GtkWidget *page,
         GVariant  *arguments,
         gpointer   context)
{
  gboolean has_hours = FALSE;
  GezRecord *record = find_record (page, &has_hours);
  int days, weeks;

  if (record == NULL || !is_entry (record) || gez_agenda_is_over (record))
    return FALSE;

  g_variant_get (arguments, "(ii)", &days, &weeks);
  gez_agenda_move_by (page, context, record, has_hours ? days : days + weeks * WEEK,
                      has_hours ? weeks * QUARTER : 0);

  return TRUE;
}

/**
 * gez_agenda_keys_add:
 * @page: (transfer none): what holds the blocks and rows; it goes along with what was moved when it
 *   has an action "agenda.follow"
 * @context: (transfer none): for the acts
 */
void
gez_agenda_keys_add (GtkWidget  *page,
                     GezContext *context)
{
  static const struct { guint key; int days; int weeks; } moves[] = {
    { GDK_KEY_Left, -1, 0 }, { GDK_KEY_KP_Left, -1, 0 },
    { GDK_KEY_Right, 1, 0 }, { GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_Up, 0, -1 }, { GDK_KEY_KP_Up, 0, -1 },
    { GDK_KEY_Down, 0, 1 }, { GDK_KEY_KP_Down, 0, 1 },
  };
  GtkEventController *controller;

  g_return_if_fail (GTK_IS_WIDGET (page));
  g_return_if_fail (GEZ_IS_CONTEXT (context));

  controller = gtk_shortcut_controller_new ();
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      GtkShortcutTrigger *trigger = gtk_keyval_trigger_new (moves[i].key, GDK_ALT_MASK);
      GtkShortcutAction *action = gtk_callback_action_new (move_cb, g_object_ref (context),
                                                           g_object_unref);

      gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new_with_arguments (trigger, action, "(ii)", moves[i].days, moves[i].weeks));
    }
  gtk_widget_add_controller (page, controller);
}
