/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <locale.h>

#include "common/gez-settings.h"
#include "common/gez-trace.h"
#include "config.h"
#include "gez-application.h"
#include "vault/gez-vault.h"

static gboolean
wants_english (void)
{
  static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *value = g_getenv (variables[i]);

      if (value != NULL && *value != '\0')
        return g_str_has_prefix (value, "en");
    }
  return FALSE;
}

/* Dutch is what people see, unless they ask for English: also where the system speaks neither,
 * or was never told. gettext does not translate under the locale "C", which is also what an asked for
 * locale becomes that was never generated. C.UTF-8 is always there, and LANGUAGE says the rest.
 *
 * What was chosen in the preferences goes before all that. Reading it may start a thread; LANGUAGE
 * stands in the environment by then and is only replaced. */
static void
choose_language (void)
{
  const char *locale = setlocale (LC_ALL, "");
  const char *chosen;

  /* GTK would set the locale of the environment again. */
  gtk_disable_setlocale ();

  if (locale == NULL || g_str_equal (setlocale (LC_MESSAGES, NULL), "C")
      || g_str_equal (setlocale (LC_MESSAGES, NULL), "POSIX"))
    setlocale (LC_ALL, "C.UTF-8");
  if (g_getenv ("LANGUAGE") == NULL)
    g_setenv ("LANGUAGE", wants_english () ? "en" : "nl", TRUE);
  chosen = gez_settings_get_language (gez_settings_get_default ());
  if (*chosen != '\0')
    g_setenv ("LANGUAGE", chosen, TRUE);
}

static void
find_translations (void)
{
  const char *directory = g_getenv ("GEZINSPLAN_LOCALEDIR");

  bindtextdomain (GETTEXT_PACKAGE, directory ? directory : LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GezApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  gez_trace_start ();
  if (!gez_vault_process_harden (&error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  choose_language ();
  find_translations ();
  g_set_application_name ("Gezinsplan");
  application = gez_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
