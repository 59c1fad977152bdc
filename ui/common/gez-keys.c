/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-keys.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <string.h>

/*
 * Every key of the program in one table: it sets them and it is what the window of keys shows, so
 * that the two cannot go out of step. A key with the scope GEZ_KEY_OWN is set by the widget that it
 * belongs to, with gez_shortcut_add() or as a binding of its class.
 */

#define GENERAL N_("General")
#define PLACES N_("Places")
#define FILE_TABS N_("Household file")
#define CONFLICTS N_("Two people wrote this")
#define AGENDA N_("Agenda")
#define REFERRALS N_("Referrals")
#define DOCUMENTS N_("Documents")
#define FORMS N_("Forms and lists")
#define N_NUMBERED 9

static const GezKey keys[] = {
  { GEZ_KEY_APPLICATION, GENERAL, N_("Search everywhere"), "<Control>k", "win.search" },
  { GEZ_KEY_WORKSPACE, GENERAL, N_("Add what belongs here"), "<Control>n", "workspace.add" },
  { GEZ_KEY_WORKSPACE, GENERAL, N_("Search here"), "<Control>f", "workspace.find" },
  { GEZ_KEY_WORKSPACE, GENERAL, N_("Undo what was done last"), "<Control>z", "win.undo" },
  /* Not taken from what has the focus: in the agenda it moves what is chosen. */
  { GEZ_KEY_WORKSPACE, GENERAL, N_("Go back"), "<Alt>Left", "win.go-back" },
  { GEZ_KEY_APPLICATION, GENERAL, N_("Lock"), "<Control>l", "win.lock" },
  { GEZ_KEY_APPLICATION, GENERAL, N_("Hide names"), "F9", "win.hide-names" },
  { GEZ_KEY_OWN, GENERAL, N_("Menu"), "F10", NULL },
  { GEZ_KEY_APPLICATION, GENERAL, N_("Preferences"), "<Control>comma", "win.preferences" },
  { GEZ_KEY_APPLICATION, GENERAL, N_("Keyboard shortcuts"), "<Control>question",
    "win.show-shortcuts" },
  { GEZ_KEY_APPLICATION, GENERAL, N_("Crisis card"), "F1", "app.crisis-card" },
  { GEZ_KEY_APPLICATION, GENERAL, N_("Close the window"), "<Control>w", "window.close" },
  { GEZ_KEY_APPLICATION, GENERAL, N_("Quit"), "<Control>q", "app.quit" },

  { GEZ_KEY_WORKSPACE, PLACES, N_("Go to a place"), "<Alt>%d", "workspace.place-%d" },
  { GEZ_KEY_WORKSPACE, PLACES, N_("Go to a place, outside a file"), "<Control>%d",
    "workspace.place-%d" },

  { GEZ_KEY_FILE, FILE_TABS, N_("Go to a tab"), "<Control>%d", "file.jump-%d" },
  { GEZ_KEY_FILE, FILE_TABS, N_("Next tab"), "<Control>Page_Down", "file.next" },
  { GEZ_KEY_FILE, FILE_TABS, N_("Previous tab"), "<Control>Page_Up", "file.previous" },
  { GEZ_KEY_FILE, FILE_TABS, N_("Add what belongs to the tab"), "<Control>n", "file.add" },
  { GEZ_KEY_OWN, FILE_TABS, N_("Scores as a table or as a picture"), "t", NULL },
  { GEZ_KEY_OWN, FILE_TABS, N_("Take a score back"), "Delete", NULL },
  { GEZ_KEY_OWN, FILE_TABS, N_("Move a goal up in the plan"), "<Alt>Up", NULL },
  { GEZ_KEY_OWN, FILE_TABS, N_("Move a goal down in the plan"), "<Alt>Down", NULL },

  { GEZ_KEY_OWN, CONFLICTS, N_("Keep what this one wrote"), "%d", NULL },
  { GEZ_KEY_OWN, CONFLICTS, N_("Next field"), "Page_Down", NULL },
  { GEZ_KEY_OWN, CONFLICTS, N_("Previous field"), "Page_Up", NULL },

  { GEZ_KEY_OWN, AGENDA, N_("Month"), "m", NULL },
  { GEZ_KEY_OWN, AGENDA, N_("Week"), "w", NULL },
  { GEZ_KEY_OWN, AGENDA, N_("List"), "l", NULL },
  { GEZ_KEY_OWN, AGENDA, N_("Today"), "<Control>Home", NULL },
  { GEZ_KEY_OWN, AGENDA, N_("Previous month or week"), "Page_Up", NULL },
  { GEZ_KEY_OWN, AGENDA, N_("Next month or week"), "Page_Down", NULL },
  { GEZ_KEY_OWN, AGENDA, N_("Move what is chosen by a day"), "<Alt>Right", NULL },
  { GEZ_KEY_OWN, AGENDA, N_("Move what is chosen by a week, in the week by a quarter of an hour"), "<Alt>Down", NULL },
  { GEZ_KEY_OWN, AGENDA, N_("Plan something on the chosen day"), "n", NULL },

  { GEZ_KEY_OWN, REFERRALS, N_("Note news of the chosen referral"), "<Control>Return", NULL },
  { GEZ_KEY_OWN, REFERRALS, N_("Call back later"), "<Control>t", NULL },
  { GEZ_KEY_OWN, REFERRALS, N_("What can be done with it"), "<Shift>F10", NULL },

  { GEZ_KEY_OWN, DOCUMENTS, N_("Remove the chosen document"), "Delete", NULL },
  { GEZ_KEY_OWN, DOCUMENTS, N_("What can be done with the chosen document"), "<Shift>F10", NULL },
  { GEZ_KEY_OWN, DOCUMENTS, N_("Paste a picture or files as documents"), "<Control>v", NULL },
  { GEZ_KEY_OWN, DOCUMENTS, N_("Next page or part of a page"), "Page_Down", NULL },
  { GEZ_KEY_OWN, DOCUMENTS, N_("Previous page or part of a page"), "Page_Up", NULL },
  { GEZ_KEY_OWN, DOCUMENTS, N_("Larger"), "plus", NULL },
  { GEZ_KEY_OWN, DOCUMENTS, N_("Smaller"), "minus", NULL },
  { GEZ_KEY_OWN, DOCUMENTS, N_("Fit the window"), "0", NULL },

  { GEZ_KEY_OWN, FORMS, N_("Save the form"), "<Control>Return", NULL },
  { GEZ_KEY_OWN, FORMS, N_("Close without saving"), "Escape", NULL },
  { GEZ_KEY_OWN, FORMS, N_("Open what is chosen"), "Return", NULL },
};

/**
 * gez_keys_get:
 * @n_keys: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_keys): every key; group and label are not translated yet
 */
const GezKey *
gez_keys_get (guint *n_keys)
{
  *n_keys = G_N_ELEMENTS (keys);
  return keys;
}

static char *
put_number (const char *text,
            guint       number)
{
  g_auto (GStrv) parts = g_strsplit (text, "%d", 2);
  g_autofree char *digit = g_strdup_printf ("%u", number);

  return parts[1] == NULL ? g_strdup (text) : g_strconcat (parts[0], digit, parts[1], NULL);
}

/**
 * gez_keys_foreach:
 * @scope: which keys
 * @function: called for each of them, nine times for those with a number
 * @data: for @function
 */
void
gez_keys_foreach (GezKeyScope scope,
                  GezKeyFunc  function,
                  gpointer    data)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      guint n = strstr (keys[i].trigger, "%d") != NULL ? N_NUMBERED : 1;

      for (guint number = 1; keys[i].scope == scope && number <= n; number++)
        {
          g_autofree char *trigger = put_number (keys[i].trigger, number);
          g_autofree char *action = put_number (keys[i].action, number);

          function (trigger, action, data);
        }
    }
}

/* What stands on the key. */
static char *
name_key (guint key)
{
  static const struct
  {
    guint key;
    const char *name;
  } names[] = {
    { GDK_KEY_Return, N_("Enter") },      { GDK_KEY_Escape, N_("Esc") },
    { GDK_KEY_Page_Up, N_("Page Up") },   { GDK_KEY_Page_Down, N_("Page Down") },
    { GDK_KEY_Home, N_("Home") },         { GDK_KEY_Left, "←" },
  };
  gunichar character = gdk_keyval_to_unicode (key);
  char text[8] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].key == key)
      return g_strdup (_(names[i].name));
  if (!g_unichar_isgraph (character))
    return g_strdup (gdk_keyval_name (key));
  g_unichar_to_utf8 (g_unichar_toupper (character), text);
  return g_strdup (text);
}

static char *
describe_one (const char *trigger)
{
  GString *text = g_string_new (NULL);
  g_autofree char *name = NULL;
  GdkModifierType modifiers;
  guint key;

  if (gtk_accelerator_parse (trigger, &key, &modifiers))
    name = name_key (key);
  if (modifiers & GDK_CONTROL_MASK)
    g_string_append_printf (text, "%s+", _("Ctrl"));
  if (modifiers & GDK_ALT_MASK)
    g_string_append_printf (text, "%s+", _("Alt"));
  if (modifiers & GDK_SHIFT_MASK)
    g_string_append_printf (text, "%s+", _("Shift"));
  g_string_append (text, name != NULL ? name : trigger);
  return g_string_free (text, FALSE);
}

/**
 * gez_keys_describe:
 * @trigger: of a #GezKey
 *
 * Returns: (transfer full): what stands on the keys, "Ctrl+K" or "Alt+1 … 9"
 */
char *
gez_keys_describe (const char *trigger)
{
  g_autofree char *first = NULL;
  g_autofree char *words = NULL;

  g_return_val_if_fail (trigger != NULL, NULL);

  first = put_number (trigger, 1);
  words = describe_one (first);
  if (g_str_equal (first, trigger))
    return g_steal_pointer (&words);
  return g_strdup_printf ("%s … %d", words, N_NUMBERED);
}
