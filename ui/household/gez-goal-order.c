/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-goal-order.h"

#include <glib/gi18n.h>

#define GOAL_KEY "gez-goal"

/* The card a drag is over, and what is dragged, are known by the goal's identity as text. */
static const char *
goal_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), GOAL_KEY);
}

static void
keep_goal (GtkWidget   *widget,
           const GezId *goal)
{
  g_object_set_data_full (G_OBJECT (widget), GOAL_KEY, gez_id_to_string (goal), g_free);
}

static gboolean
key_cb (GtkWidget *card,
        GVariant  *arguments,
        gpointer   action)
{
  return gtk_widget_activate_action (card, action, "s", goal_of (card));
}

/**
 * gez_goal_order_add_keys:
 * @card: the card of a goal
 * @goal: the goal
 */
void
gez_goal_order_add_keys (GtkWidget   *card,
                         const GezId *goal)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_Up, "goals.move-up" },
    { GDK_KEY_Down, "goals.move-down" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  keep_goal (card, goal);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, GDK_ALT_MASK),
                        gtk_callback_action_new (key_cb, (gpointer) keys[i].action, NULL)));
  gtk_widget_add_controller (card, controller);
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            gpointer       heading)
{
  return gdk_content_provider_new_typed (G_TYPE_STRING, goal_of (heading));
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               gpointer       heading)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (heading);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       heading)
{
  const char *dragged = g_value_get_string (value);
  GezId id;

  /* Any text can be dropped here; only a goal does something. */
  if (dragged == NULL || !gez_id_parse (dragged, &id))
    return FALSE;

  return gtk_widget_activate_action (heading, "goals.move-to", "(ss)", dragged, goal_of (heading));
}

/**
 * gez_goal_order_add_drag:
 * @heading: the heading of the card of a goal
 * @goal: the goal
 */
void
gez_goal_order_add_drag (GtkWidget   *heading,
                         const GezId *goal)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);

  keep_goal (heading, goal);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), heading);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), heading);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), heading);
  gtk_widget_add_controller (heading, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (heading, GTK_EVENT_CONTROLLER (target));
}

static void
append_item (GMenu       *menu,
             const char  *label,
             const char  *action,
             const GezId *goal)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  char id[GEZ_ID_TEXT_SIZE];

  gez_id_to_buffer (goal, id);
  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

/**
 * gez_goal_order_add_menu:
 * @menu: the menu of a goal
 * @goal: the goal
 */
void
gez_goal_order_add_menu (GMenu       *menu,
                         const GezId *goal)
{
  append_item (menu, _("Earlier in the order (Alt+Up)"), "goals.move-up", goal);
  append_item (menu, _("Later in the order (Alt+Down)"), "goals.move-down", goal);
}
