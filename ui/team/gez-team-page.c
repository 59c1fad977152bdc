/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team/gez-team-page.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-words.h"
#include "sync/gez-sync-of.h"
#include "team/gez-founding.h"
#include "team/gez-invite-dialog.h"
#include "team/gez-person-row.h"
#include "team/gez-team-do.h"

#define N_READS 3

struct _GezTeamPage
{
  AdwPreferencesPage parent_instance;

  GezContext *context;
  GezReader *reader;
  GtkWidget *founding;
  GtkWidget *people_group;
  GHashTable *people; /* GezId to GezPersonRow */
  GtkWidget *invite_group;
  GtkWidget *invite;
  GPtrArray *invited_rows;
  char *invited_facts;
  GtkWidget *reads_group;
  GtkWidget *reads_rows[N_READS];
  GtkWidget *reads[N_READS];
  char *leaders_read;
};

G_DEFINE_FINAL_TYPE (GezTeamPage, gez_team_page, ADW_TYPE_PREFERENCES_PAGE)

static const char *const tables[] = { "member", NULL };
static const char *const reads_codes[N_READS] = { "cards", "open", "casework" };

/* People ------------------------------------------------------------------------------------------ */

static GtkWidget *
get_person_row (GezTeamPage *self,
                const GezId *member)
{
  GtkWidget *row = g_hash_table_lookup (self->people, member);

  if (row == NULL)
    {
      row = gez_person_row_new (self->context);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->people_group), row);
      g_hash_table_insert (self->people, gez_id_copy (member), row);
    }
  return row;
}

/* Nobody ever leaves the roster altogether. */
static void
show_people (GezTeamPage       *self,
             const GezTeamView *view)
{
  const char *title = view->team_name != NULL && *view->team_name != '\0' ? view->team_name : _("Team");
  g_autofree char *safe = gez_escape (title);

  g_object_set (self->people_group, "title", safe, NULL);
  for (guint i = 0; i < view->persons->len; i++)
    {
      const GezTeamPerson *person = g_ptr_array_index (view->persons, i);

      gez_person_row_set (GEZ_PERSON_ROW (get_person_row (self, &person->id)), person, view->is_leader);
    }
  gtk_widget_set_visible (self->people_group, view->has_team);
}

/* Invitations ------------------------------------------------------------------------------------- */

static void
cancel_cb (GtkButton *button,
           gpointer   data)
{
  GezTeamPage *self = data;

  gez_team_do (GTK_WIDGET (self), self->context,
               gez_team_act_cancel (g_object_get_data (G_OBJECT (button), "invitation")),
               _("The invitation is withdrawn. Its words do not work any more."), NULL);
}

static char *
describe_invited (GezTeamPage          *self,
                  const GezTeamInvited *invited)
{
  GezClock *clock = gez_context_get_clock (self->context);
  g_autofree char *date = gez_clock_date_of (clock, invited->valid_until);
  g_autofree char *day = gez_format_date_long (date);
  const char *what = invited->is_for_device ? _("Another device")
                                            : gez_words_get (GEZ_WORDS_MEMBER_ROLE, invited->role);

  if (invited->valid_until < gez_clock_get_now (clock))
    return g_strdup_printf (_("%s · nobody used it, and it is over"), what);
  return g_strdup_printf (_("%s · works until %s\nDigits to compare: %s"), what, day, invited->check);
}

static GtkWidget *
make_invited_row (GezTeamPage          *self,
                  const GezTeamInvited *invited)
{
  g_autofree char *words = describe_invited (self, invited);
  g_autofree char *name = g_strdup_printf (_("Withdraw the invitation of %s"), invited->name);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 0,
                                 "subtitle-lines", 0, NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Withdraw"));

  /* Not while it is being made: then the name would be read as markup first. */
  g_object_set (row, "title", invited->name, "subtitle", words, NULL);
  gez_accessible_set_name (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "invitation", gez_id_copy (&invited->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (cancel_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static char *
list_invited (GezTeamPage       *self,
              const GezTeamView *view)
{
  GString *facts = g_string_new (NULL);

  for (guint i = 0; i < view->invited->len; i++)
    {
      const GezTeamInvited *invited = g_ptr_array_index (view->invited, i);
      g_autofree char *words = describe_invited (self, invited);
      char id[GEZ_ID_TEXT_SIZE];

      gez_id_to_buffer (&invited->id, id);
      g_string_append_printf (facts, "%s%s%s|", id, invited->name, words);
    }
  return g_string_free (facts, FALSE);
}

static void
show_invited (GezTeamPage       *self,
              const GezTeamView *view)
{
  g_autofree char *facts = list_invited (self, view);

  gtk_widget_set_visible (self->invite_group, view->has_team);
  gtk_widget_set_visible (self->invite, view->is_leader);
  if (g_strcmp0 (facts, self->invited_facts) == 0)
    return;
  g_free (self->invited_facts);
  self->invited_facts = g_steal_pointer (&facts);
  for (guint i = 0; i < self->invited_rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->invite_group), self->invited_rows->pdata[i]);
  g_ptr_array_set_size (self->invited_rows, 0);
  for (guint i = 0; i < view->invited->len; i++)
    {
      GtkWidget *row = make_invited_row (self, g_ptr_array_index (view->invited, i));

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->invite_group), row);
      g_ptr_array_add (self->invited_rows, row);
    }
}

static void
invite_cb (GezTeamPage *self)
{
  gez_invite_dialog_present (GTK_WIDGET (self), self->context);
}

static void
invite_device_cb (GezTeamPage *self)
{
  gez_invite_dialog_present_for_device (GTK_WIDGET (self), self->context);
}

/* What team leaders read -------------------------------------------------------------------------- */

static void
reads_chosen_cb (GtkCheckButton *check,
                 GParamSpec     *property,
                 GezTeamPage    *self)
{
  const char *code = g_object_get_data (G_OBJECT (check), "code");

  if (!gtk_check_button_get_active (check) || g_strcmp0 (code, self->leaders_read) == 0)
    return;
  g_free (self->leaders_read);
  self->leaders_read = g_strdup (code);
  gez_team_do (GTK_WIDGET (self), self->context, gez_team_act_set_leaders_read (code),
               _("What team leaders read is changed, for what is written from now on."), NULL);
}

static void
show_reads (GezTeamPage       *self,
            const GezTeamView *view)
{
  g_free (self->leaders_read);
  self->leaders_read = g_strdup (view->leaders_read);
  for (guint i = 0; i < N_READS; i++)
    {
      gboolean is_it = g_strcmp0 (reads_codes[i], view->leaders_read) == 0;

      if (is_it)
        gtk_check_button_set_active (GTK_CHECK_BUTTON (self->reads[i]), TRUE);
      gtk_widget_set_visible (self->reads_rows[i], is_it || view->is_leader);
      gtk_widget_set_visible (self->reads[i], view->is_leader);
    }
  gtk_widget_set_visible (self->reads_group, view->has_team);
}

static void
make_reads (GezTeamPage *self)
{
  static const char *const titles[N_READS] = {
    N_("No files of others"),
    N_("Also what the family circle reads"),
    N_("Everything that case managers write"),
  };
  static const char *const sentences[N_READS] = {
    N_("A leader reads the files that she works on, and those that somebody shares with her."),
    N_("The plan and the notes that everybody around the family may read."),
    N_("Also the notes among case managers. Notes for oneself stay with who wrote them."),
  };

  self->reads_group = g_object_new (
    ADW_TYPE_PREFERENCES_GROUP, "title", _("What team leaders may read"), "description",
    _("Who works on a file can always share it with a team leader for a while. Tell families what holds in "
      "your team."), "visible", FALSE, NULL);
  for (guint i = 0; i < N_READS; i++)
    {
      self->reads[i] = gtk_check_button_new ();
      if (i > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (self->reads[i]), GTK_CHECK_BUTTON (self->reads[0]));
      gtk_widget_set_valign (self->reads[i], GTK_ALIGN_CENTER);
      gtk_widget_set_can_focus (self->reads[i], FALSE); /* its row is what keys reach */
      gez_accessible_set_name (self->reads[i], _(titles[i]));
      g_object_set_data (G_OBJECT (self->reads[i]), "code", (gpointer) reads_codes[i]);
      g_signal_connect_object (self->reads[i], "notify::active", G_CALLBACK (reads_chosen_cb), self, 0);
      self->reads_rows[i] = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", _(titles[i]),
                                          "subtitle",
                                          _(sentences[i]), "title-lines", 0, "subtitle-lines", 0, NULL);
      adw_action_row_add_prefix (ADW_ACTION_ROW (self->reads_rows[i]), self->reads[i]);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->reads_rows[i]), self->reads[i]);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->reads_group), self->reads_rows[i]);
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->reads_group));
}

/* The page ---------------------------------------------------------------------------------------- */

/**
 * gez_team_page_show:
 *
 * Shows this. The page does so itself whenever something changes.
 */
void
gez_team_page_show (GezTeamPage       *self,
                    const GezTeamView *view)
{
  g_return_if_fail (GEZ_IS_TEAM_PAGE (self) && view != NULL);

  gtk_widget_set_visible (self->founding, !view->has_team);
  show_people (self, view);
  show_invited (self, view);
  show_reads (self, view);
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_team_view_query ();
}

static void
view_read_cb (gpointer      widget,
              gpointer      result,
              const GError *error)
{
  if (result != NULL)
    gez_team_page_show (widget, result);
}

static void
look_again (GezTeamPage *self)
{
  if (self->reader != NULL)
    gez_reader_invalidate (self->reader);
}

static void
gez_team_page_dispose (GObject *object)
{
  GezTeamPage *self = GEZ_TEAM_PAGE (object);

  g_clear_object (&self->reader);
  g_clear_object (&self->context);
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->invited_rows, g_ptr_array_unref);
  g_clear_pointer (&self->invited_facts, g_free);
  g_clear_pointer (&self->leaders_read, g_free);
  G_OBJECT_CLASS (gez_team_page_parent_class)->dispose (object);
}

static void
gez_team_page_class_init (GezTeamPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_team_page_dispose;
}

static GtkWidget *
add_button_row (GezTeamPage *self,
                const char  *title,
                const char  *subtitle,
                const char  *label,
                void       (*clicked) (GezTeamPage *self))
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle",
                                 subtitle, "title-lines", 0, "subtitle-lines", 0, NULL);
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->invite_group), row);
  return row;
}

static void
make_groups (GezTeamPage *self)
{
  self->people_group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "visible", FALSE, NULL);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->people_group));
  self->invite_group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Invitations"), "visible", FALSE,
                                     NULL);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->invite_group));
  self->invite = add_button_row (self, _("A new colleague"),
                                 _("Gets a code of fourteen words, and is in the team at once."),
                                 _("_Invite a colleague…"), invite_cb);
  add_button_row (self, _("Another computer of your own"), _("With the same files as here, under your name."),
                  _("A_dd a device…"), invite_device_cb);
  make_reads (self);
}

static void
gez_team_page_init (GezTeamPage *self)
{
  self->people = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);
  self->invited_rows = g_ptr_array_new ();
  g_object_set (self, "title", _("Team and people"), "name", "team", "icon-name", "system-users-symbolic",
                NULL);
}

/**
 * gez_team_page_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
gez_team_page_new (GezContext *context)
{
  GezTeamPage *self = g_object_new (GEZ_TYPE_TEAM_PAGE, NULL);

  self->context = g_object_ref (context);
  self->founding = gez_founding_new (context);
  gtk_widget_set_visible (self->founding, FALSE);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->founding));
  make_groups (self);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables, make_query,
                                 view_read_cb);
  g_signal_connect_object (gez_context_get_store (context), "changed", G_CALLBACK (look_again), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gez_sync_of (context), "changed", G_CALLBACK (look_again), self,
                           G_CONNECT_SWAPPED);
  gez_reader_refresh (self->reader);
  return GTK_WIDGET (self);
}
