/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-member-dialog.h"

#include "common/gez-date-entry.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-edits.h"
#include "household/gez-form.h"
#include "household/gez-member-fields.h"
#include "household/gez-possible-same.h"
#include "model/gez-person.h"

#include <glib/gi18n.h>

struct _GezMemberDialog
{
  GezFormDialog parent_instance;

  GezId household;
  GezRecord *member; /* NULL for a new one */
  char *age_before;  /* what stood in the field of age */

  GtkWidget *same; /* NULL for a member who is there already */
  GtkWidget *first_name;
  GtkWidget *last_name;
  GtkWidget *nickname;
  GtkWidget *age;
  GtkWidget *gender;
  GtkWidget *role;
  GtkWidget *lives_here;
  GtkWidget *custody;
  GtkWidget *from;
  GtkWidget *to;
  GtkWidget *phones;
  GtkWidget *email;
  GtkWidget *language;
  GtkWidget *school;
  GtkWidget *class;
};

G_DEFINE_FINAL_TYPE (GezMemberDialog, gez_member_dialog, GEZ_TYPE_FORM_DIALOG)

/* What the form holds, owned. */
typedef struct
{
  char *first_name;
  char *last_name;
  char *nickname;
  char *phones;
  char *email;
  char *language;
  char *class;
  char *custody;
  GezAge age;
  GezId school;
} Values;

static void
values_clear (Values *values)
{
  g_free (values->first_name);
  g_free (values->last_name);
  g_free (values->nickname);
  g_free (values->phones);
  g_free (values->email);
  g_free (values->language);
  g_free (values->class);
  g_free (values->custody);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Values, values_clear)

static const char *
get_before (GezMemberDialog *self,
            const char      *column)
{
  if (self->member == NULL || gez_record_is_null (self->member, column))
    return NULL;

  return gez_record_get_text (self->member, column);
}

static const char *
get_code (GtkWidget *row)
{
  return gez_choice_row_get_code (GEZ_CHOICE_ROW (row));
}

static gboolean
complain (GezMemberDialog *self,
          GtkWidget       *widget,
          const char      *sentence)
{
  gez_form_dialog_complain (GEZ_FORM_DIALOG (self), widget, sentence);

  return FALSE;
}

static gboolean
read_values (GezMemberDialog *self,
             Values          *values)
{
  g_autofree char *today =
    gez_context_dup_today (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)));

  values->first_name = gez_form_entry_dup (self->first_name);
  values->last_name = gez_form_entry_dup (self->last_name);
  values->nickname = gez_form_entry_dup (self->nickname);
  values->phones = gez_form_entry_dup (self->phones);
  values->email = gez_form_entry_dup (self->email);
  values->language = gez_form_entry_dup (self->language);
  values->class = gez_form_entry_dup (self->class);
  values->custody = gez_form_entry_dup (self->custody);
  gez_choices_get_id (GEZ_CHOICE_ROW (self->school), &values->school);

  if (values->first_name == NULL)
    return complain (self, self->first_name, _("Write a first name or a nickname."));
  if (!gez_age_parse (gtk_editable_get_text (GTK_EDITABLE (self->age)), today, &values->age))
    return complain (self, self->age,
                     _("Write a birth date such as 12/3/2015, or an age in years."));
  if (!gez_date_entry_is_valid (GEZ_DATE_ENTRY (self->from)))
    return complain (self, self->from, _("Say since which day, or leave it empty."));
  if (self->to != NULL && !gez_date_entry_is_valid (GEZ_DATE_ENTRY (self->to)))
    return complain (self, self->to, _("Say since which day, or leave it empty."));

  return TRUE;
}

static GezChange *
add_member (GezMemberDialog *self,
            Values          *values)
{
  GezPersonInput input = {
    .first_name = values->first_name,
    .last_name = values->last_name,
    .nickname = values->nickname,
    .born_on = *values->age.born_on != '\0' ? values->age.born_on : NULL,
    .is_age_estimated = values->age.estimated_age >= 0,
    .age = values->age.estimated_age,
    .gender = get_code (self->gender),
    .language = values->language,
    .phones = values->phones,
    .email = values->email,
    .school_id = gez_id_is_none (&values->school) ? NULL : &values->school,
    .class_name = values->class,
    .role = get_code (self->role),
    .residence = get_code (self->lives_here),
    .custody = values->custody,
    .from_on = gez_date_entry_get_date (GEZ_DATE_ENTRY (self->from)),
  };
  GezId id;

  return gez_person_add (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)), &self->household,
                         &input, &id);
}

static void
edit_person (GezMemberDialog *self,
             Values          *values,
             GezEdits        *edits)
{
  gez_edits_text (edits, "first_name", values->first_name);
  gez_edits_text (edits, "last_name", values->last_name);
  gez_edits_text (edits, "nickname", values->nickname);
  gez_edits_text (edits, "gender", get_code (self->gender));
  gez_edits_text (edits, "language", values->language);
  gez_edits_text (edits, "phones", values->phones);
  gez_edits_text (edits, "email", values->email);
  gez_edits_text (edits, "class", values->class);
  gez_edits_id (edits, "school_id", &values->school);

  /* An estimated age grows by itself: it is only written again when a person changed it. */
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->age)), self->age_before) != 0)
    gez_edits_take (edits, gez_person_set_birth (edits->context, edits->id,
                                                 *values->age.born_on != '\0'
                                                   ? values->age.born_on
                                                   : NULL,
                                                 values->age.estimated_age >= 0,
                                                 MAX (0, values->age.estimated_age)));
}

static void
edit_membership (GezMemberDialog *self,
                 Values          *values,
                 GezEdits        *edits)
{
  const char *to_on = gez_date_entry_get_date (GEZ_DATE_ENTRY (self->to));

  gez_edits_text (edits, "role", get_code (self->role));
  gez_edits_text (edits, "residence", get_code (self->lives_here));
  gez_edits_text (edits, "custody", values->custody);
  gez_edits_text (edits, "from_on", gez_date_entry_get_date (GEZ_DATE_ENTRY (self->from)));
  if (to_on != NULL && g_strcmp0 (to_on, get_before (self, "to_on")) != 0)
    gez_edits_take (edits, gez_person_end_membership (edits->context, edits->id, to_on));
  else
    gez_edits_text (edits, "to_on", to_on);
}

static GezChange *
gez_member_dialog_make_change (GezFormDialog *dialog)
{
  GezMemberDialog *self = GEZ_MEMBER_DIALOG (dialog);
  g_auto (Values) values = { NULL };
  GezEdits edits = { gez_form_dialog_get_context (dialog), "edit-member", "person" };

  if (!read_values (self, &values))
    return NULL;
  if (self->member == NULL)
    return add_member (self, &values);

  edits.before = self->member;
  edits.id = gez_record_get_id (self->member);
  edit_person (self, &values, &edits);
  edits.table = "membership";
  edits.id = gez_record_get_reference (self->member, "membership_id");
  edit_membership (self, &values, &edits);
  if (edits.change == NULL)
    gtk_window_close (GTK_WINDOW (self));

  return edits.change;
}

static void
gez_member_dialog_finalize (GObject *object)
{
  GezMemberDialog *self = GEZ_MEMBER_DIALOG (object);

  g_clear_object (&self->member);
  g_free (self->age_before);

  G_OBJECT_CLASS (gez_member_dialog_parent_class)->finalize (object);
}

static void
gez_member_dialog_class_init (GezMemberDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_member_dialog_finalize;
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_member_dialog_make_change;
}

static void
gez_member_dialog_init (GezMemberDialog *self)
{
}

static GtkWidget *
add_entry (GezMemberDialog *self,
           GtkWidget       *list,
           const char      *title,
           const char      *column)
{
  GtkWidget *row = gez_form_entry (title, get_before (self, column));

  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return row;
}

static GtkWidget *
add_words (GezMemberDialog *self,
           GtkWidget       *list,
           const char      *title,
           GezWords         words,
           const char      *column)
{
  GtkWidget *row = gez_choice_row_new (title);

  gez_choice_row_add (GEZ_CHOICE_ROW (row), NULL, _("Not said"));
  gez_choice_row_add_words (GEZ_CHOICE_ROW (row), words);
  gez_choice_row_set_code (GEZ_CHOICE_ROW (row), get_before (self, column));
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return row;
}

static GtkWidget *
add_date (GezMemberDialog *self,
          GtkWidget       *list,
          const char      *title,
          const char      *column)
{
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));
  GtkWidget *entry = gez_date_entry_new (gez_context_get_clock (context), title);

  gez_date_entry_set_date (GEZ_DATE_ENTRY (entry), get_before (self, column));
  gtk_list_box_append (GTK_LIST_BOX (list), gez_form_wide_row (title, entry));

  return entry;
}

static char *
age_in_words (GezMemberDialog *self)
{
  int year, month, day;

  if (get_before (self, "born_on") != NULL
      && sscanf (get_before (self, "born_on"), "%d-%d-%d", &year, &month, &day) == 3)
    return g_strdup_printf ("%d/%d/%d", day, month, year);
  if (self->member != NULL && !gez_record_is_null (self->member, "age"))
    return g_strdup_printf ("%d", (int) gez_record_get_integer (self->member, "age"));

  return g_strdup ("");
}

static void
add_who (GezMemberDialog *self)
{
  GtkWidget *list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("Who"));

  self->first_name = add_entry (self, list, _("First name"), "first_name");
  self->last_name = add_entry (self, list, _("Last name"), "last_name");
  self->nickname = add_entry (self, list, _("Nickname"), "nickname");
  self->age_before = age_in_words (self);
  self->age = gez_form_entry (_("Birth date or age"), self->age_before);
  gtk_list_box_append (GTK_LIST_BOX (list), self->age);
  self->gender = add_words (self, list, _("Gender"), GEZ_WORDS_GENDER, "gender");
}

static void
look_for_same (GezMemberDialog *self)
{
  g_autofree char *today =
    gez_context_dup_today (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)));
  g_autofree char *name =
    g_strdup_printf ("%s %s %s", gtk_editable_get_text (GTK_EDITABLE (self->first_name)),
                     gtk_editable_get_text (GTK_EDITABLE (self->last_name)),
                     gtk_editable_get_text (GTK_EDITABLE (self->nickname)));
  GezSought sought = { .name = name };
  GezAge age;

  gez_age_parse (gtk_editable_get_text (GTK_EDITABLE (self->age)), today, &age);
  sought.born_on = *age.born_on != '\0' ? age.born_on : NULL;
  sought.phones = gtk_editable_get_text (GTK_EDITABLE (self->phones));
  gez_possible_same_ask (GEZ_POSSIBLE_SAME (self->same), &sought, 1);
}

static void
open_same_cb (GezMemberDialog *self,
              const char      *household)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.open-household-tab", "(ss)", household,
                                "network");
  gtk_window_close (GTK_WINDOW (self));
}

static void
add_same (GezMemberDialog *self)
{
  self->same = gez_possible_same_new (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)),
                                      _("Possibly the same person"));
  g_signal_connect_object (self->same, "open", G_CALLBACK (open_same_cb), self, G_CONNECT_SWAPPED);
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), self->same);
}

/* Once every field is there. */
static void
listen_for_same (GezMemberDialog *self)
{
  GtkWidget *fields[] = { self->first_name, self->last_name, self->nickname, self->age,
                          self->phones };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_signal_connect_object (fields[i], "changed", G_CALLBACK (look_for_same), self,
                             G_CONNECT_SWAPPED);
}

static void
add_place (GezMemberDialog *self)
{
  GtkWidget *list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("Place in the family"));

  self->role = add_words (self, list, _("Role"), GEZ_WORDS_MEMBERSHIP_ROLE, "role");
  self->lives_here = add_words (self, list, _("Lives here"), GEZ_WORDS_LIVES_HERE, "residence");
  self->custody = add_entry (self, list, _("Custody or agreements between the parents"),
                             "custody");
  self->from = add_date (self, list, _("Belongs to the family since"), "from_on");
  if (self->member != NULL)
    self->to = add_date (self, list, _("No longer belongs to the family since"), "to_on");
}

static void
add_reach (GezMemberDialog *self)
{
  GezLists *lists =
    gez_context_get_lists (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)));
  GtkWidget *list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("Language and contact"));

  self->language = add_entry (self, list, _("Language"), "language");
  self->phones = add_entry (self, list, _("Phone numbers"), "phones");
  self->email = add_entry (self, list, _("E-mail"), "email");

  list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("School"));
  self->school = gez_choice_row_new (_("School"));
  gez_choices_add_records (GEZ_CHOICE_ROW (self->school), gez_lists_get_schools (lists), "name",
                           _("None"));
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self->school), FALSE);
  if (self->member != NULL && !gez_record_is_null (self->member, "school_id"))
    gez_choices_set_id (GEZ_CHOICE_ROW (self->school),
                        gez_record_get_reference (self->member, "school_id"),
                        get_before (self, "school_name"));
  gtk_list_box_append (GTK_LIST_BOX (list), self->school);
  self->class = add_entry (self, list, _("Class"), "class");
}

/**
 * gez_member_dialog_present:
 * @parent: where it was asked for
 * @context: the context
 * @household: the file
 * @member: (nullable): a member as gez_network_view_query() gave it; %NULL for a new one
 */
void
gez_member_dialog_present (GtkWidget   *parent,
                           GezContext  *context,
                           const GezId *household,
                           GezRecord   *member)
{
  GezMemberDialog *self = g_object_new (GEZ_TYPE_MEMBER_DIALOG, NULL);

  self->household = *household;
  g_set_object (&self->member, member);
  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), parent, context,
                          member != NULL ? _("Member of the family") : _("New member"),
                          _("_Save"),
                          member != NULL ? _("Member saved") : _("Member added"));
  add_who (self);
  if (member == NULL)
    add_same (self);
  add_place (self);
  add_reach (self);
  if (member == NULL)
    listen_for_same (self);

  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->first_name);
}
