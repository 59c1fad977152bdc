/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gez-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "common/gez-keys.h"
#include "common/gez-trace.h"
#include "config.h"
#include "gez-demo-store.h"
#include "gez-repair.h"
#include "base/gez-text.h"
#include "common/gez-act.h"
#include "window/gez-auto-lock.h"
#include "window/gez-window.h"

struct _GezApplication
{
  AdwApplication parent_instance;

  char *directory;
  gboolean is_demo;
  GezClock *clock;
  GezDemoStore *demo; /* NULL unless --demo */
  GezAutoLock *lock;  /* of the window */
};

G_DEFINE_FINAL_TYPE (GezApplication, gez_application, ADW_TYPE_APPLICATION)

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  adw_show_about_window (window,
                         "application-name", "Gezinsplan",
                         "application-icon", APPLICATION_ID,
                         "version", VERSION,
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("One family, one plan: encrypted files for those who help "
                                       "households in poverty."),
                         NULL);
}

/* Also while locked: it holds nothing of a household. */
static void
crisis_card_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  for (GList *item = gtk_application_get_windows (data); item; item = item->next)
    if (GEZ_IS_WINDOW (item->data))
      {
        gez_window_show_crisis_card (item->data);
        return;
      }
}

static gboolean
crisis_key_cb (GtkWidget *window,
               GVariant  *arguments,
               gpointer   application)
{
  g_action_group_activate_action (application, "crisis-card", NULL);
  return TRUE;
}

/* The keys of the application do not reach dialogs; this one must. */
static void
windows_changed_cb (GListModel *windows,
                    guint       position,
                    guint       n_removed,
                    guint       n_added,
                    gpointer    application)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkEventController *keys = gtk_shortcut_controller_new ();

      gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys),
        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F1, 0),
                          gtk_callback_action_new (crisis_key_cb, application, NULL)));
      gtk_widget_add_controller (window, keys);
    }
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  /* The window locks itself first. */
  if (window)
    gtk_window_close (window);
}

/* Logging out ends the program as closing the window does: drafts are written, the store closed. */
static gboolean
ended_cb (gpointer application)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  return G_SOURCE_CONTINUE;
}

static void
listen_to_signals (GApplication *self)
{
  static const int signals[] = { SIGTERM, SIGINT, SIGHUP };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_unix_signal_add (signals[i], ended_cb, self);
}

static void
set_accelerator_cb (const char *trigger,
                    const char *action,
                    gpointer    application)
{
  const char *const triggers[] = { trigger, NULL };

  gtk_application_set_accels_for_action (application, action, triggers);
}

static void
demo_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  GezApplication *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezContext) context = gez_demo_store_open_finish (result, &error);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (context && window)
    gez_window_show (GEZ_WINDOW (window), context);
  else if (window && error)
    gez_say_error (GTK_WIDGET (window), error);
  g_application_release (G_APPLICATION (self));
  g_object_unref (self);
}

/* The rules that fold letters for searching take some thirty milliseconds to make, once. They are made while the
 * passphrase is typed, not under the first letter of a search. */
static gpointer
warm_up (gpointer data)
{
  g_free (gez_text_fold ("a"));
  return NULL;
}

/* For looking: no translation goes from right to left yet, the screens must be able to. */
static void
choose_direction (void)
{
  if (g_strcmp0 (g_getenv ("GEZINSPLAN_DIRECTION"), "rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
}

static void
gez_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "about", about_cb },
    { "crisis-card", crisis_card_cb },
    { "quit", quit_cb },
  };

  G_APPLICATION_CLASS (gez_application_parent_class)->startup (application);
  choose_direction ();
  g_thread_unref (g_thread_new ("warm-up", warm_up, NULL));
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  gez_keys_foreach (GEZ_KEY_APPLICATION, set_accelerator_cb, application);
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_changed_cb),
                           application, 0);
  listen_to_signals (application);
  gez_repair_set_work (&gez_repair_work);
}

static void
gez_application_activate (GApplication *application)
{
  GezApplication *self = GEZ_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  const char *directory;
  GezOpening *opening;

  if (window)
    {
      gtk_window_present (window);
      return;
    }
  if (self->is_demo)
    self->demo = gez_demo_store_new (self->clock);
  directory = self->demo ? gez_demo_store_get_directory (self->demo) : self->directory;
  opening = gez_opening_new (directory, self->clock, GEZ_KDF_COST_DEFAULT);
  if (self->demo)
    {
      g_autofree char *hint = g_strdup_printf (_("This is a demonstration. Its passphrase is %s."),
                                               gez_demo_store_get_passphrase (self->demo));

      gez_opening_set_hint (opening, hint);
    }
  window = GTK_WINDOW (gez_window_new (GTK_APPLICATION (self), opening));
  gez_opening_free (opening);
  self->lock = gez_auto_lock_new (GEZ_WINDOW (window), self->clock, gez_settings_get_default ());
  gtk_window_present (window);
  gez_trace_mark_painted (GTK_WIDGET (window), "first-frame");
  if (self->demo)
    {
      gez_window_show_busy (GEZ_WINDOW (window), _("Making families that do not exist…"));
      g_application_hold (application);
      gez_demo_store_open_async (self->demo, demo_ready_cb, g_object_ref (self));
    }
}

static int
gez_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  GezApplication *self = GEZ_APPLICATION (application);
  const char *directory = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Gezinsplan %s\n", VERSION);
      return 0;
    }
  g_variant_dict_lookup (options, "demo", "b", &self->is_demo);
  if (g_variant_dict_lookup (options, "store", "^&ay", &directory))
    {
      g_free (self->directory);
      self->directory = g_strdup (directory);
    }
  return -1;
}

static void
gez_application_shutdown (GApplication *application)
{
  g_clear_object (&GEZ_APPLICATION (application)->lock);
  g_clear_pointer (&GEZ_APPLICATION (application)->demo, gez_demo_store_free);
  G_APPLICATION_CLASS (gez_application_parent_class)->shutdown (application);
}

static void
gez_application_finalize (GObject *object)
{
  GezApplication *self = GEZ_APPLICATION (object);

  g_clear_object (&self->clock);
  g_free (self->directory);
  G_OBJECT_CLASS (gez_application_parent_class)->finalize (object);
}

static void
gez_application_class_init (GezApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gez_application_finalize;
  application_class->startup = gez_application_startup;
  application_class->activate = gez_application_activate;
  application_class->shutdown = gez_application_shutdown;
  application_class->handle_local_options = gez_application_handle_local_options;
}

static void
gez_application_init (GezApplication *self)
{
  static const GOptionEntry options[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Open the store in this directory"),
      N_("DIRECTORY") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open a throw-away store with invented households"),
      NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Say which version this is"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  self->clock = gez_clock_new ();
  self->directory = g_build_filename (g_get_user_data_dir (), "gezinsplan", "store", NULL);
}

/**
 * gez_application_new:
 *
 * Returns: (transfer full): the program
 */
GezApplication *
gez_application_new (void)
{
  /* Not unique: the lock file of the store keeps a second one out, also in another session. */
  return g_object_new (GEZ_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "flags", G_APPLICATION_NON_UNIQUE,
                       NULL);
}
