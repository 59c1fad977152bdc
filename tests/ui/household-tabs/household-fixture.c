/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "household-fixture.h"

#include "common/gez-entry-row.h"
#include "common/gez-piecemeal.h"
#include "model/gez-contact.h"
#include "model/gez-followup.h"
#include "model/gez-helper.h"
#include "model/gez-household.h"
#include "model/gez-referral.h"
#include "model/gez-relation.h"

#define PAUSE_US 5000
#define MOST_ROUNDS 2000 /* ten seconds: what never comes is a failure, not a hang */
#define QUIET_ROUNDS 40

static void
round_once (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (PAUSE_US);
}

void
dossier_commit (Dossier   *self,
                GezChange *change)
{
  g_autoptr (GezChange) owned = change;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (owned);
  gez_store_commit (self->fixture->store, owned, &error);
  g_assert_no_error (error);
}

static void
asked_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  Dossier *self = user_data;
  const char *household, *tab;

  g_string_append (self->asked, g_action_get_name (G_ACTION (action)));
  if (g_variant_is_of_type (parameter, G_VARIANT_TYPE_STRING))
    g_string_append_printf (self->asked, " %s\n", g_variant_get_string (parameter, NULL));
  else
    {
      g_variant_get (parameter, "(&s&s)", &household, &tab);
      g_string_append_printf (self->asked, " %s %s\n", household, tab);
    }
}

static void
add_households (Dossier *self)
{
  GezPersonInput persons[] = {
    { .first_name = "Anna", .last_name = HARD_NAME, .born_on = "1990-03-12", .role = "mother",
      .residence = "full", .phones = "0400 00 00 00", .language = "Arabisch" },
    { .first_name = "Bilal", .last_name = "Voorbeeld", .is_age_estimated = TRUE, .age = 9,
      .role = "child", .residence = "part", .custody = "één week op twee bij vader",
      .class_name = "4B" },
  };
  GezHouseholdInput input = { .name = HARD_NAME, .persons = persons,
                              .n_persons = G_N_ELEMENTS (persons) };
  GezHouseholdInput other = { .name = "Gezin Verzonnen" };

  dossier_commit (self, gez_household_create (self->context, &input, &self->household));
  dossier_commit (self, gez_household_create (self->context, &other, &self->other_household));
}

Dossier *
dossier_new (void)
{
  static const GActionEntry actions[] = {
    { "open-household", asked_cb, "s" },
    { "open-household-tab", asked_cb, "(ss)" },
    { "open-partner", asked_cb, "s" },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  Dossier *self = g_new0 (Dossier, 1);
  g_autoptr (GError) error = NULL;

  /* The message dialog of later versions of libadwaita measures a label of its own too narrow, and GTK
   * warns of that; a test would end there. */
  if (gtk_get_minor_version () >= 10)
    g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  self->fixture = store_fixture_new (DOSSIER_NOW);
  self->context = gez_context_load (self->fixture->store, &error);
  g_assert_no_error (error);
  self->asked = g_string_new (NULL);
  self->window = adw_window_new ();
  self->overlay = adw_toast_overlay_new ();
  adw_window_set_content (ADW_WINDOW (self->window), self->overlay);
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (group));
  add_households (self);

  return self;
}

/* Whatever read or wrote for the window must be done with it before the context can go. */
void
dossier_free (Dossier *self)
{
  gpointer context = self->context;

  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_add_weak_pointer (G_OBJECT (self->context), &context);
  g_object_unref (self->context);
  for (guint i = 0; i < MOST_ROUNDS && context != NULL; i++)
    round_once ();
  g_assert_null (context);
  g_string_free (self->asked, TRUE);
  store_fixture_free (self->fixture);
  g_free (self);
}

void
dossier_show (Dossier   *self,
              GtkWidget *tab,
              int        width,
              int        height)
{
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->overlay), tab);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_window_present (GTK_WINDOW (self->window));
  dossier_settle (self);
}

/* Takes the tab away: it must be gone, whatever was on its way for it. */
void
dossier_drop (Dossier *self)
{
  gpointer tab = adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (self->overlay));

  g_assert_nonnull (tab);
  g_object_add_weak_pointer (tab, &tab);
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->overlay), NULL);
  for (guint i = 0; i < MOST_ROUNDS && tab != NULL; i++)
    round_once ();
  g_assert_null (tab);
}

void
dossier_settle (Dossier *self)
{
  for (guint i = 0; i < QUIET_ROUNDS; i++)
    round_once ();
  gez_piecemeal_finish ();
  round_once ();
}

void
dossier_wait_count (Dossier    *self,
                    const char *sql,
                    gint64      count)
{
  for (guint i = 0; i < MOST_ROUNDS && store_fixture_count (self->fixture, sql) != count; i++)
    round_once ();
  g_assert_cmpint (store_fixture_count (self->fixture, sql), ==, count);
}

/* @n_contacts contacts, three days apart, the last one three days ago. */
void
dossier_fill_journal (Dossier *self,
                      int      n_contacts)
{
  static const char text[] =
    "Anna vertelt dat de verhuurder nog niet antwoordde op haar brief over het schimmel in de "
    "slaapkamer. We schreven samen een tweede brief; ze kopieert die voor de woonclub. "
    "Bilal slaapt nu in de living. <b>Geen opmaak</b> & geen knip.";
  g_autoptr (GPtrArray) persons = store_fixture_select (self->fixture, "SELECT * FROM person");
  g_autoptr (GPtrArray) domains = store_fixture_select (
    self->fixture, "SELECT * FROM domain WHERE code IN ('housing', 'education') ORDER BY code");
  GezId about[] = { *gez_record_get_id (domains->pdata[0]),
                    *gez_record_get_id (domains->pdata[1]) };
  GezNoteInput note = { .content = text };
  GezQuestionInput questions[] = {
    { .content = "Hoe krijgen we de kamer droog vóór de winter?", .domain_id = &about[1],
      .outcomes = GEZ_OUTCOME_REFERRED | GEZ_OUTCOME_COME_BACK, .come_back_on = "2026-11-24" },
    { .content = "Wie betaalt de zeeklassen?", .domain_id = &about[0],
      .outcomes = GEZ_OUTCOME_ANSWERED },
  };

  for (int day = 1; day <= n_contacts; day++)
    {
      GezContactInput input = {
        .household_id = &self->household,
        .happened_at = DOSSIER_NOW - day * G_GINT64_CONSTANT (86400000) * 3,
        .minutes = day * 10,
        .channel = day % 2 != 0 ? "home_visit" : "phone",
        .is_attempt = day % 5 == 0,
        .note = day % 5 == 0 ? NULL : &note,
        .questions = questions,
        .n_questions = day % 3 == 1 ? 2 : 0,
        .persons = gez_record_get_id (persons->pdata[0]),
        .n_persons = 1,
        .domains = about,
        .n_domains = day % 3 == 1 ? 2 : 0,
      };
      GezId id;

      dossier_commit (self, gez_contact_record (self->context, &input, &id));
    }
}

static void
fill_members (Dossier *self)
{
  static const char * const names[] = { "Chloé", "Dina", "Emre", "Fien", "Güler", "Hamza", "Ilse",
                                        "Jef", "Karim", "Lotte", "Mo", "ياسمين" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GezPersonInput input = { .first_name = names[i], .last_name = "Voorbeeld",
                               .is_age_estimated = TRUE, .age = (int) i + 1, .role = "child",
                               .residence = "full", .class_name = i > 4 ? "2A" : NULL };
      GezId id;

      dossier_commit (self, gez_person_add (self->context, &self->household, &input, &id));
    }
}

static void
fill_network (Dossier *self)
{
  g_autoptr (GPtrArray) persons =
    store_fixture_select (self->fixture, "SELECT * FROM person ORDER BY row");
  GezRelationInput relation = { &self->household, gez_record_get_id (persons->pdata[0]),
                                "parent_of", gez_record_get_id (persons->pdata[1]) };
  GezHelperInput nurse = { .household_id = &self->household, .kind = "professional",
                           .name = "Fien Verzonnen", .role = "verpleegkundige",
                           .phone = "0400 11 11 11", .since_on = "2026-03-02" };
  GezHelperInput aunt = { .household_id = &self->household, .kind = "network",
                          .name = "Tante Bea", .role = "tante, past op" };
  GezId id;

  dossier_commit (self, gez_relation_add (self->context, &relation, &id));
  dossier_commit (self, gez_helper_add (self->context, &nurse, &id));
  dossier_commit (self, gez_helper_add (self->context, &aunt, &id));
}

static void
fill_referrals (Dossier *self)
{
  GezReferralInput warm = { .household_id = &self->household, .partner_name = "Woonclub <Noord>",
                            .question = "Een droge kamer", .is_warm = TRUE,
                            .introduced_by = "Testa Verzonnen", .has_consent = TRUE,
                            .consent_on = "2026-10-20", .state = "sent",
                            .happened_on = "2026-10-21" };
  GezReferralInput done = { .household_id = &self->household,
                            .partner_name = "Sportclub De Bal", .question = "Zwemmen",
                            .state = "helped", .happened_on = "2026-09-01" };
  GezFollowupInput late = { .household_id = &self->household, .what = "Bewijs van inschrijving",
                            .due_on = "2026-11-18" };
  GezFollowupInput soon = { .household_id = &self->household, .what = "Huurcontract nalezen",
                            .due_on = "2026-11-24" };
  GezId id;

  dossier_commit (self, gez_referral_refer (self->context, &warm, &id));
  dossier_commit (self, gez_referral_refer (self->context, &done, &id));
  dossier_commit (self, gez_followup_plan (self->context, &late, &id));
  dossier_commit (self, gez_followup_plan (self->context, &soon, &id));
}

/* Enough of everything to see how a full file looks. */
void
dossier_fill (Dossier *self)
{
  fill_members (self);
  fill_network (self);
  dossier_fill_journal (self, 14);
  fill_referrals (self);
}

static GtkWidget *
find_where (GtkWidget *root,
            gboolean (*fits) (GtkWidget  *widget,
                              gpointer    data),
            gpointer   data)
{
  if (root == NULL || fits (root, data))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_where (child, fits, data);

      if (found != NULL)
        return found;
    }

  return NULL;
}

typedef struct
{
  GType type;
  guint number;
} Wanted;

static gboolean
has_type (GtkWidget *widget,
          gpointer   data)
{
  Wanted *wanted = data;

  return g_type_is_a (G_OBJECT_TYPE (widget), wanted->type) && wanted->number-- == 0;
}

static gboolean
has_title (GtkWidget *widget,
           gpointer   data)
{
  if (GEZ_IS_ENTRY_ROW (widget))
    return g_strcmp0 (gez_entry_row_get_title (GEZ_ENTRY_ROW (widget)), data) == 0;
  return ADW_IS_PREFERENCES_ROW (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), data) == 0;
}

static gboolean
is_button (GtkWidget *widget,
           gpointer   data)
{
  const char *label;

  if (!GTK_IS_BUTTON (widget) || !gtk_widget_get_mapped (widget))
    return FALSE;

  label = gtk_button_get_label (GTK_BUTTON (widget));

  return g_strcmp0 (label, data) == 0
         || g_strcmp0 (gtk_widget_get_tooltip_text (widget), data) == 0
         || dossier_shows (gtk_button_get_child (GTK_BUTTON (widget)), data);
}

static gboolean
shows_text (GtkWidget *widget,
            gpointer   data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
         && strstr (gtk_label_get_text (GTK_LABEL (widget)), data) != NULL;
}

GtkWidget *
dossier_find (GtkWidget *root,
              GType      type,
              guint      number)
{
  Wanted wanted = { type, number };

  return find_where (root, has_type, &wanted);
}

GtkWidget *
dossier_find_title (GtkWidget  *root,
                    const char *title)
{
  return find_where (root, has_title, (gpointer) title);
}

GtkWidget *
dossier_find_button (GtkWidget  *root,
                     const char *label)
{
  return find_where (root, is_button, (gpointer) label);
}

gboolean
dossier_shows (GtkWidget  *root,
               const char *text)
{
  return root != NULL && find_where (root, shows_text, (gpointer) text) != NULL;
}

void
dossier_press (GtkWidget  *root,
               const char *label)
{
  GtkWidget *button = dossier_find_button (root, label);

  if (button == NULL)
    g_error ("no button “%s”", label);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  for (guint i = 0; i < QUIET_ROUNDS; i++)
    round_once ();
}

void
dossier_type (GtkWidget  *root,
              const char *title,
              const char *text)
{
  GtkWidget *row = dossier_find_title (root, title);

  if (row == NULL)
    g_error ("no field “%s”", title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

GtkWidget *
dossier_find_dialog (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (G_OBJECT_TYPE (item->data) == type)
      return item->data;

  return NULL;
}

void
dossier_wait_closed (GType type)
{
  for (guint i = 0; i < MOST_ROUNDS && dossier_find_dialog (type) != NULL; i++)
    round_once ();
  g_assert_null (dossier_find_dialog (type));
}
