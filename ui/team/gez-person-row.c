/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows stay as long as the same facts stand in them, so that news from elsewhere does not take the focus
   away. */

#include "team/gez-person-row.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-confirm.h"
#include "household/gez-choice-row.h"
#include "sync/gez-sync-words.h"
#include "team/gez-team-do.h"

struct _GezPersonRow
{
  AdwExpanderRow parent_instance;

  GezContext *context;
  GezId member;
  char *name;
  char *facts; /* what the rows below were made of */
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (GezPersonRow, gez_person_row, ADW_TYPE_EXPANDER_ROW)

/* Questions --------------------------------------------------------------------------------------- */

typedef struct
{
  GezPersonRow *row;
  GezId id;
  char *name;
} Question;

static Question *
question_new (GezPersonRow *row,
              const GezId  *id)
{
  Question *question = g_new0 (Question, 1);

  question->row = g_object_ref (row);
  question->id = *id;
  question->name = g_strdup (row->name);
  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->row);
  g_free (question->name);
  g_free (question);
}

static void
remove_member_cb (gpointer data)
{
  Question *question = data;
  g_autofree char *done = g_strdup_printf (_("%s is not in the team any more."), question->name);

  if (question->row->context != NULL)
    gez_team_do (GTK_WIDGET (question->row), question->row->context,
                 gez_team_act_remove_member (&question->id), done, NULL);
}

/* It cannot be undone, and so it is asked twice. */
static void
remove_member_again_cb (gpointer data)
{
  Question *question = data;
  g_autofree char *heading = g_strdup_printf (_("Really remove %s?"), question->name);

  if (question->row->context == NULL)
    return;
  gez_confirm (GTK_WIDGET (question->row), heading,
               _("This cannot be undone. Who comes back later gets a new invitation."),
               _("_Remove for good"), TRUE,
               remove_member_cb, question_new (question->row, &question->id), question_free);
}

static void
remove_member_clicked_cb (GezPersonRow *self)
{
  g_autofree char *heading = g_strdup_printf (_("Remove %s from the team?"), self->name);

  gez_confirm (GTK_WIDGET (self), heading,
               _("What is written from now on, this person cannot read, and what this person writes from now "
                 "on nobody reads. What was read before cannot be taken back: it stands on that computer. "
                 "Everything that this person wrote stays here."),
               _("_Remove…"), TRUE, remove_member_again_cb, question_new (self, &self->member),
               question_free);
}

static void
remove_device_cb (gpointer data)
{
  Question *question = data;

  if (question->row->context != NULL)
    gez_team_do (GTK_WIDGET (question->row), question->row->context,
                 gez_team_act_remove_device (&question->id),
                 _("The device is not in the team any more."), NULL);
}

static void
remove_device_again_cb (gpointer data)
{
  Question *question = data;

  if (question->row->context == NULL)
    return;
  gez_confirm (GTK_WIDGET (question->row), _("Really remove this device?"),
               _("This cannot be undone. When the device turns up again it needs a new invitation."),
               _("_Remove for good"), TRUE, remove_device_cb, question_new (question->row, &question->id),
               question_free);
}

static void
remove_device_clicked_cb (GtkButton *button,
                          gpointer   data)
{
  GezPersonRow *self = data;
  const GezId *device = g_object_get_data (G_OBJECT (button), "device");

  gez_confirm (GTK_WIDGET (self), _("Is this device lost?"),
               _("What is written from now on the device cannot read, and what it writes nobody reads. What "
                 "stood on it before is encrypted with its passphrase; tell your privacy officer all the "
                 "same. Its owner stays in the team, with other devices or with a new invitation."),
               _("_Remove…"), TRUE, remove_device_again_cb, question_new (self, device), question_free);
}

static void
role_chosen_cb (GezChoiceRow *choice,
                GParamSpec   *property,
                GezPersonRow *self)
{
  const char *role = gez_choice_row_get_code (choice);
  const char *before = g_object_get_data (G_OBJECT (choice), "role");

  if (role == NULL || g_strcmp0 (role, before) == 0)
    return;
  g_object_set_data_full (G_OBJECT (choice), "role", g_strdup (role), g_free);
  gez_team_do (GTK_WIDGET (self), self->context, gez_team_act_set_role (&self->member, role),
               _("The role is changed."), NULL);
}

/* Rows -------------------------------------------------------------------------------------------- */

static GtkWidget *
add_row (GezPersonRow *self,
         GtkWidget    *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static GtkWidget *
add_action_row (GezPersonRow *self,
                const char   *title,
                const char   *subtitle)
{
  return add_row (self, g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle",
                                      subtitle, "title-lines", 0, "subtitle-lines", 0, NULL));
}

static GtkWidget *
add_button (GtkWidget  *row,
            const char *label,
            const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gez_accessible_set_name (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

static GtkWidget *
make_text (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Large, as two people read them to each other. */
static void
add_check (GezPersonRow        *self,
           const GezTeamPerson *person)
{
  GtkWidget *box;
  g_autofree char *name = NULL;

  if (person->check == NULL)
    return;
  name = g_strdup_printf ("%s: %s", _("Compare these digits"), person->check);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), make_text (_("Compare these digits"), "gez-text"));
  gtk_box_append (GTK_BOX (box), make_text (person->check, "gez-digits"));
  gtk_box_append (GTK_BOX (box), make_text (
    person->is_self ? _("The same digits stand with your name on the computers of your colleagues.")
                    : _("The same digits stand on the computer of this person. Compare them once, together "
                        "or on the telephone."), "gez-detail"));
  gtk_widget_add_css_class (box, "gez-backup-progress");
  gez_accessible_set_name (add_row (self, g_object_new (ADW_TYPE_PREFERENCES_ROW, "use-markup", FALSE,
                                                        "title", name,
                                                        "child", box, "activatable", FALSE, NULL)), name);
}

static void
add_role (GezPersonRow        *self,
          const GezTeamPerson *person)
{
  GtkWidget *row = gez_choice_row_new (_("Role in the team"));

  gez_choice_row_add_words (GEZ_CHOICE_ROW (row), GEZ_WORDS_MEMBER_ROLE);
  gez_choice_row_set_code (GEZ_CHOICE_ROW (row), person->role);
  g_object_set_data_full (G_OBJECT (row), "role", g_strdup (person->role), g_free);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (role_chosen_cb), self, 0);
  add_row (self, row);
}

static void
add_device (GezPersonRow        *self,
            const GezTeamPerson *person,
            const GezTeamDevice *device,
            gboolean             viewer_is_leader)
{
  GezClock *clock = gez_context_get_clock (self->context);
  g_autofree char *title = gez_sync_words_device_name (&device->id, device->is_this, clock);
  g_autofree char *name = g_strdup_printf (_("Remove %s"), title);
  GtkWidget *row = add_action_row (self, title, device->is_removed ? _("Removed") : NULL), *button;

  if (device->is_this || device->is_removed || !(viewer_is_leader || person->is_self))
    return;
  button = add_button (row, _("Lost…"), name);
  g_object_set_data_full (G_OBJECT (button), "device", gez_id_copy (&device->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_device_clicked_cb), self, 0);
}

static void
fill (GezPersonRow        *self,
      const GezTeamPerson *person,
      gboolean             viewer_is_leader)
{
  while (self->rows->len > 0)
    {
      adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->rows->pdata[self->rows->len - 1]);
      g_ptr_array_set_size (self->rows, (int) self->rows->len - 1);
    }
  add_check (self, person);
  if (viewer_is_leader && person->is_active)
    add_role (self, person);
  for (guint i = 0; i < person->devices->len; i++)
    add_device (self, person, g_ptr_array_index (person->devices, i), viewer_is_leader);
  if (viewer_is_leader && person->is_active && !person->is_self)
    {
      GtkWidget *row = add_action_row (self, _("Leaves the team"),
                                       _("Somebody who does not work here any more."));
      GtkWidget *button = add_button (row, _("Remove…"), _("Remove from the team"));

      gtk_widget_add_css_class (button, "destructive-action");
      g_signal_connect_object (button, "clicked", G_CALLBACK (remove_member_clicked_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

static guint
count_devices (const GezTeamPerson *person)
{
  guint n_devices = 0;

  for (guint i = 0; i < person->devices->len; i++)
    n_devices += !((const GezTeamDevice *) g_ptr_array_index (person->devices, i))->is_removed;
  return n_devices;
}

static char *
describe (const GezTeamPerson *person)
{
  guint n_devices = count_devices (person);
  const char *role = gez_words_get (GEZ_WORDS_MEMBER_ROLE, person->role);
  g_autofree char *devices = NULL;

  if (!person->is_active)
    return g_strdup_printf (_("%s · not in the team any more"), role);
  if (person->devices->len == 0)
    return g_strdup_printf (_("%s · did not join yet"), role);
  devices = g_strdup_printf (ngettext ("%u device", "%u devices", n_devices), n_devices);
  return g_strdup_printf (_("%s · %s"), role, devices);
}

static char *
list_facts (const GezTeamPerson *person,
            gboolean             viewer_is_leader)
{
  GString *facts = g_string_new (person->check);

  g_string_append_printf (facts, "|%s|%d%d%d", person->role, person->is_active, person->is_self,
                          viewer_is_leader);
  for (guint i = 0; i < person->devices->len; i++)
    {
      const GezTeamDevice *device = g_ptr_array_index (person->devices, i);
      char id[GEZ_ID_TEXT_SIZE];

      gez_id_to_buffer (&device->id, id);
      g_string_append_printf (facts, "|%s%d", id, device->is_removed);
    }
  return g_string_free (facts, FALSE);
}

static void
gez_person_row_dispose (GObject *object)
{
  g_clear_object (&GEZ_PERSON_ROW (object)->context);
  G_OBJECT_CLASS (gez_person_row_parent_class)->dispose (object);
}

static void
gez_person_row_finalize (GObject *object)
{
  GezPersonRow *self = GEZ_PERSON_ROW (object);

  g_free (self->name);
  g_free (self->facts);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (gez_person_row_parent_class)->finalize (object);
}

static void
gez_person_row_class_init (GezPersonRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_person_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = gez_person_row_finalize;
}

static void
gez_person_row_init (GezPersonRow *self)
{
  self->rows = g_ptr_array_new ();
  g_object_set (self, "use-markup", FALSE, NULL);
}

/**
 * gez_person_row_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
gez_person_row_new (GezContext *context)
{
  GezPersonRow *self = g_object_new (GEZ_TYPE_PERSON_ROW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

/**
 * gez_person_row_set:
 * @person: always the same one
 * @viewer_is_leader: whether who looks at it may change what only leaders change
 */
void
gez_person_row_set (GezPersonRow        *self,
                    const GezTeamPerson *person,
                    gboolean             viewer_is_leader)
{
  g_autofree char *facts = NULL, *title = NULL, *subtitle = NULL;

  g_return_if_fail (GEZ_IS_PERSON_ROW (self) && person != NULL);

  self->member = person->id;
  g_free (self->name);
  self->name = g_strdup (person->name);
  title = person->is_self ? g_strdup_printf (_("%s (you)"), person->name) : g_strdup (person->name);
  subtitle = describe (person);
  g_object_set (self, "title", title, "subtitle", subtitle, NULL);
  gez_accessible_name_expander (GTK_WIDGET (self), title);
  facts = list_facts (person, viewer_is_leader);
  if (g_strcmp0 (facts, self->facts) == 0)
    return;
  g_free (self->facts);
  self->facts = g_steal_pointer (&facts);
  fill (self, person, viewer_is_leader);
}
