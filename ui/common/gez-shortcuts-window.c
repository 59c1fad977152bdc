/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-shortcuts-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-clamp-page.h"
#include "common/gez-keys.h"
#include "common/gez-row.h"
#include "common/gez-section.h"
#include "common/gez-shortcut.h"

#define WIDTH 560
#define HEIGHT 640

/* A key whose action no window has would be told in vain. */
static gboolean
is_there (GtkWindow    *parent,
          const GezKey *key)
{
  if (key->action == NULL || !g_str_has_prefix (key->action, "win.")
      || !G_IS_ACTION_GROUP (parent))
    return TRUE;
  return g_action_group_has_action (G_ACTION_GROUP (parent), key->action + strlen ("win."));
}

static GtkWidget *
make_row (const GezKey *key)
{
  g_autofree char *keys = gez_keys_describe (key->trigger);
  GtkWidget *row = gez_row_new (_(key->label), NULL);

  gez_row_add_chip (GEZ_ROW (row), keys, GEZ_CHIP_NEUTRAL);
  return row;
}

static GtkWidget *
make_body (GtkWindow *parent)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GezSection *section = NULL;
  const char *group = NULL;
  const GezKey *keys;
  guint n_keys;

  keys = gez_keys_get (&n_keys);
  for (guint i = 0; i < n_keys; i++)
    {
      if (!is_there (parent, &keys[i]))
        continue;
      if (g_strcmp0 (group, keys[i].group) != 0)
        {
          section = GEZ_SECTION (gez_section_new (_(keys[i].group)));
          gtk_box_append (GTK_BOX (box), GTK_WIDGET (section));
        }
      group = keys[i].group;
      gez_section_append (section, make_row (&keys[i]));
    }
  return box;
}

/**
 * gez_shortcuts_window_present:
 * @parent: the window that it is shown above
 *
 * Returns: (transfer none): the window, which shows
 */
GtkWidget *
gez_shortcuts_window_present (GtkWindow *parent)
{
  GtkWidget *window, *box, *page;
  int width;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  window = adw_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  page = gez_clamp_page_new (make_body (parent), WIDTH);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (window), box);

  width = gtk_widget_get_width (GTK_WIDGET (parent));
  gtk_window_set_title (GTK_WINDOW (window), _("Keyboard shortcuts"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), width > 0 ? MIN (WIDTH, width) : WIDTH, HEIGHT);
  gtk_widget_set_size_request (window, 340, 300);
  gez_shortcut_add (window, "Escape", "window.close");
  gtk_window_present (GTK_WINDOW (window));
  return window;
}
