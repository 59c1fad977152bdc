/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <locale.h>

#include "common/gez-trace.h"
#include "config.h"
#include "gez-application.h"
#include "vault/gez-vault.h"

/* Dutch is what people see. Where the system is set to a language that this program does not speak, or to
 * none at all, Dutch it is. gettext translates in no case under the locale "C", so there the
 * locale becomes C.UTF-8, which every system has, and LANGUAGE tells the rest. */
static void
choose_language (void)
{
  const char *locale;

  if (setlocale (LC_ALL, "") == NULL || g_str_equal (setlocale (LC_MESSAGES, NULL), "C") ||
      g_str_equal (setlocale (LC_MESSAGES, NULL), "POSIX"))
    setlocale (LC_ALL, "C.UTF-8");
  locale = setlocale (LC_MESSAGES, NULL);
  if (g_getenv ("LANGUAGE") == NULL && !g_str_has_prefix (locale, "en") && !g_str_has_prefix (locale, "nl"))
    g_setenv ("LANGUAGE", "nl", TRUE);
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
