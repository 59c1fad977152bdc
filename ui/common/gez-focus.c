/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * GTK 4.8 asks a widget that does not take the focus itself to grab it when nothing in it is left to move
 * to, also when Shift+Tab is on its way out. A widget that hands the focus on to one of its children then
 * keeps it for ever. While the focus moves out of such a widget it may not grab it.
 */

#include "common/gez-focus.h"

typedef struct
{
  gboolean (*focus) (GtkWidget *widget, GtkDirectionType direction);
  gboolean (*grab_focus) (GtkWidget *widget);
} Kept;

static G_DEFINE_QUARK (gez-focus-kept, kept)
static G_DEFINE_QUARK (gez-focus-leaving, leaving)

static const Kept *
get_kept (GtkWidget *widget)
{
  return g_type_get_qdata (G_OBJECT_TYPE (widget), kept_quark ());
}

static gboolean
focus (GtkWidget       *widget,
       GtkDirectionType direction)
{
  gboolean is_inside = gtk_widget_get_focus_child (widget) != NULL;
  gboolean has_moved;

  g_object_set_qdata (G_OBJECT (widget), leaving_quark (), GINT_TO_POINTER (is_inside));
  has_moved = get_kept (widget)->focus (widget, direction);
  g_object_set_qdata (G_OBJECT (widget), leaving_quark (), NULL);
  return has_moved;
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return g_object_get_qdata (G_OBJECT (widget), leaving_quark ()) == NULL
         && get_kept (widget)->grab_focus (widget);
}

/**
 * gez_focus_class_let_leave:
 * @klass: of a final type that has its own grab_focus, which hands the focus on to a child
 *
 * Lets Shift+Tab out. Comes last in class_init.
 */
void
gez_focus_class_let_leave (GtkWidgetClass *klass)
{
  Kept *kept;

  g_return_if_fail (GTK_IS_WIDGET_CLASS (klass));

  kept = g_new (Kept, 1); /* as long as the class: for ever */
  kept->focus = klass->focus;
  kept->grab_focus = klass->grab_focus;
  g_type_set_qdata (G_TYPE_FROM_CLASS (klass), kept_quark (), kept);
  klass->focus = focus;
  klass->grab_focus = grab_focus;
}
