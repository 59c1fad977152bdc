/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "places-fixture.h"

#include "common/gez-piecemeal.h"

#define MAX_ROUNDS 400 /* of 5 ms: a page that never settles is a failure, not a hang */

static void
commit (Places    *self,
        GezChange *change)
{
  g_autoptr (GezChange) owned = change;
  g_autoptr (GError) error = NULL;

  gez_store_commit (self->fixture->store, owned, &error);
  g_assert_no_error (error);
}

static void
asked_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  Places *self = user_data;

  g_string_append (self->asked, g_action_get_name (G_ACTION (action)));
  if (parameter != NULL && g_variant_is_of_type (parameter, G_VARIANT_TYPE_STRING))
    g_string_append_printf (self->asked, " %s", g_variant_get_string (parameter, NULL));
  else if (parameter != NULL)
    {
      const char *first, *second;

      g_variant_get (parameter, "(&s&s)", &first, &second);
      g_string_append_printf (self->asked, " %s %s", first, second);
    }
  g_string_append_c (self->asked, '\n');
}

Places *
places_new (void)
{
  static const GActionEntry actions[] = {
    { "open-household", asked_cb, "s" },
    { "open-household-tab", asked_cb, "(ss)" },
    { "open-partner", asked_cb, "s" },
    { "new-household", asked_cb },
    { "new-household-named", asked_cb, "s" },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  Places *self = g_new0 (Places, 1);
  g_autoptr (GError) error = NULL;

  /* The message dialog of later versions of libadwaita measures a label of its own too narrow, and GTK
   * warns of that; a test would end there. */
  if (gtk_get_minor_version () >= 10)
    g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  self->fixture = store_fixture_new (PLACES_NOW);
  self->context = gez_context_load (self->fixture->store, &error);
  g_assert_no_error (error);
  self->me = *gez_context_get_member_id (self->context);
  self->asked = g_string_new (NULL);
  self->window = adw_window_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (group));

  return self;
}

/* The place must be gone with its window: nothing may keep it. */
void
places_free (Places *self)
{
  gpointer place = self->place;

  if (place != NULL)
    g_object_add_weak_pointer (G_OBJECT (self->place), &place);
  gtk_window_destroy (GTK_WINDOW (self->window));
  for (guint i = 0; i < MAX_ROUNDS && place != NULL; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
    }
  g_assert_null (place);
  g_string_free (self->asked, TRUE);
  g_assert_finalize_object (self->context);
  store_fixture_free (self->fixture);
  g_free (self);
}

void
places_show (Places    *self,
             GtkWidget *place,
             int        width,
             int        height)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->place = place;
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), place);
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_window_present (GTK_WINDOW (self->window));
  places_settle (self);
}

static void
iterate (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

/* Pages read some moments after a commit, and the worker answers in order: once it has answered us,
 * it has answered them. What an answer starts (a row, another read) gets the same chance. */
void
places_settle (Places *self)
{
  for (guint round = 0; round < 3; round++)
    {
      iterate (50);
      store_fixture_count (self->fixture, "SELECT 1 AS count");
      gez_piecemeal_finish ();
    }
  gez_piecemeal_finish ();
  iterate (20);
}

GezId
places_add_household (Places     *self,
                      const char *name,
                      gboolean    is_mine)
{
  GezClock *clock = self->fixture->clock;
  GezChange *change = gez_change_new ("test");
  GezId household = gez_id_new (clock), helper = gez_id_new (clock);

  gez_change_insert (change, "household", &household, gez_circle_open (&household));
  gez_change_set_text (change, "name", name);
  if (is_mine)
    {
      gez_change_insert (change, "helper", &helper, gez_circle_open (&household));
      gez_change_set_id (change, "household_id", &household);
      gez_change_set_text (change, "kind", "professional");
      gez_change_set_id (change, "member_id", &self->me);
      gez_change_set_integer (change, "is_contact_person", 1);
    }
  commit (self, change);

  return household;
}

void
places_add_person (Places      *self,
                   const GezId *household,
                   const char  *first_name,
                   const char  *born_on)
{
  GezClock *clock = self->fixture->clock;
  GezChange *change = gez_change_new ("test");
  GezId person = gez_id_new (clock), membership = gez_id_new (clock);

  gez_change_insert (change, "person", &person, gez_circle_open (household));
  gez_change_set_id (change, "household_id", household);
  gez_change_set_text (change, "first_name", first_name);
  gez_change_set_text (change, "born_on", born_on);
  gez_change_insert (change, "membership", &membership, gez_circle_open (household));
  gez_change_set_id (change, "household_id", household);
  gez_change_set_id (change, "person_id", &person);
  commit (self, change);
}

void
places_add_contact (Places      *self,
                    const GezId *household,
                    const char  *date)
{
  GezChange *change = gez_change_new ("test");
  GezId contact = gez_id_new (self->fixture->clock);

  gez_change_insert (change, "contact", &contact, gez_circle_open (household));
  gez_change_set_id (change, "household_id", household);
  gez_change_set_integer (change, "happened_at",
                          gez_clock_instant_of (self->fixture->clock, date, "08:00"));
  gez_change_set_id (change, "by_member_id", &self->me);
  commit (self, change);
}

GezId
places_add_followup (Places      *self,
                     const GezId *household,
                     const char  *what,
                     const char  *due_on)
{
  GezChange *change = gez_change_new ("test");
  GezId followup = gez_id_new (self->fixture->clock);

  gez_change_insert (change, "followup", &followup, gez_circle_open (household));
  gez_change_set_id (change, "household_id", household);
  gez_change_set_text (change, "what", what);
  gez_change_set_text (change, "due_on", due_on);
  gez_change_set_id (change, "owner_member_id", &self->me);
  commit (self, change);

  return followup;
}

GezId
places_add_appointment (Places      *self,
                        const GezId *household,
                        const char  *title,
                        const char  *held_on,
                        const char  *start_time)
{
  GezChange *change = gez_change_new ("test");
  GezId appointment = gez_id_new (self->fixture->clock);

  gez_change_insert (change, "appointment", &appointment, gez_circle_open (household));
  gez_change_set_id (change, "household_id", household);
  gez_change_set_text (change, "title", title);
  gez_change_set_text (change, "held_on", held_on);
  gez_change_set_text (change, "start_time", start_time);
  gez_change_set_id (change, "member_id", &self->me);
  commit (self, change);

  return appointment;
}

void
places_commit (Places    *self,
               GezChange *change)
{
  commit (self, change);
}

static GezId
add_referral (Places      *self,
              const GezId *household,
              const GezId *partner,
              const char  *name,
              const char  *sent_on)
{
  GezClock *clock = self->fixture->clock;
  GezChange *change = gez_change_new ("test");
  GezId referral = gez_id_new (clock), event = gez_id_new (clock);

  gez_change_insert (change, "referral", &referral, gez_circle_open (household));
  gez_change_set_id (change, "household_id", household);
  if (partner != NULL)
    gez_change_set_id (change, "partner_id", partner);
  else
    gez_change_set_text (change, "partner_name", name);
  gez_change_set_id (change, "by_member_id", &self->me);
  gez_change_insert (change, "referral_event", &event, gez_circle_open (household));
  gez_change_set_id (change, "referral_id", &referral);
  gez_change_set_text (change, "happened_on", sent_on);
  gez_change_set_text (change, "state", "sent");
  commit (self, change);

  return referral;
}

GezId
places_add_referral (Places      *self,
                     const GezId *household,
                     const char  *partner,
                     const char  *sent_on)
{
  return add_referral (self, household, NULL, partner, sent_on);
}

void
places_add_referral_to (Places      *self,
                        const GezId *household,
                        const GezId *partner,
                        const char  *sent_on)
{
  add_referral (self, household, partner, NULL, sent_on);
}

void
places_add_question (Places      *self,
                     const GezId *household,
                     const char  *content,
                     const char  *come_back_on)
{
  GezChange *change = gez_change_new ("test");
  GezId question = gez_id_new (self->fixture->clock);

  gez_change_insert (change, "question", &question, gez_circle_open (household));
  gez_change_set_id (change, "household_id", household);
  gez_change_set_text (change, "content", content);
  gez_change_set_text (change, "come_back_on", come_back_on);
  gez_change_set_text (change, "first_asked_on", "2026-11-01");
  commit (self, change);
}

static const char *
text_of (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget));

  return NULL;
}

/* The first shown widget of @type below @root that shows @text itself or in a widget inside it;
 * %NULL for @text finds any. */
GtkWidget *
places_find (GtkWidget  *root,
             GType       type,
             const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = places_find (child, type, text);

      if (found != NULL)
        return found;
      if (!G_TYPE_CHECK_INSTANCE_TYPE (child, type) || !gtk_widget_get_mapped (child))
        continue;
      if (text == NULL || g_strcmp0 (text_of (child), text) == 0 || places_shows (child, text))
        return child;
    }

  return NULL;
}

guint
places_count (GtkWidget *root,
              GType      type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (root, type) && gtk_widget_get_mapped (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += places_count (child, type);

  return n;
}

gboolean
places_shows (GtkWidget  *root,
              const char *text)
{
  return places_find (root, GTK_TYPE_LABEL, text) != NULL
         || places_find (root, GTK_TYPE_INSCRIPTION, text) != NULL;
}

static GtkShortcut *
find_shortcut (GtkWidget       *widget,
               guint            key,
               GdkModifierType  modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  g_autoptr (GtkShortcutTrigger) wanted = gtk_keyval_trigger_new (key, modifiers);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted))
            return g_steal_pointer (&shortcut);
        }
    }

  return NULL;
}

/* GTK 4 gives tests no keys to press: look the key up as GTK does, from the widget outward. */
gboolean
places_press (GtkWidget       *from,
              guint            key,
              GdkModifierType  modifiers)
{
  for (GtkWidget *widget = from; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      g_autoptr (GtkShortcut) shortcut = find_shortcut (widget, key, modifiers);

      if (shortcut != NULL
          && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                           gtk_shortcut_get_arguments (shortcut)))
        return TRUE;
    }

  return FALSE;
}
