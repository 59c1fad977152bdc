/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-member-fields.h"

#include "base/gez-date.h"
#include "common/gez-date-words.h"
#include "common/gez-entry-row.h"
#include "household/gez-choice-row.h"
#include "household/gez-form.h"

#include <glib/gi18n.h>

struct _GezMemberFields
{
  GtkWidget parent_instance;

  GezContext *context;
  GtkWidget *list;
  GtkWidget *first_name;
  GtkWidget *last_name;
  GtkWidget *age;
  GtkWidget *phones;
  GtkWidget *role;
};

G_DEFINE_FINAL_TYPE (GezMemberFields, gez_member_fields, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_REMOVE,
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define OLDEST 130

static void
remove_cb (GezMemberFields *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
changed_cb (GezMemberFields *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
gez_member_fields_dispose (GObject *object)
{
  GezMemberFields *self = GEZ_MEMBER_FIELDS (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_member_fields_parent_class)->dispose (object);
}

static void
gez_member_fields_class_init (GezMemberFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_member_fields_dispose;

  signals[SIGNAL_REMOVE] = g_signal_new ("remove", GEZ_TYPE_MEMBER_FIELDS, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", GEZ_TYPE_MEMBER_FIELDS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
gez_member_fields_init (GezMemberFields *self)
{
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_tooltip_text (remove, _("Remove this member"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Remove this member"), -1);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");

  self->first_name = gez_form_entry (_("First name"), NULL);
  gez_entry_row_add_suffix (GEZ_ENTRY_ROW (self->first_name), remove);
  self->last_name = gez_form_entry (_("Last name"), NULL);
  self->age = gez_form_entry (_("Birth date or age"), NULL);
  self->phones = gez_form_entry (_("Phone numbers"), NULL);
  self->role = gez_choice_row_new (_("Role"));
  gez_choice_row_add (GEZ_CHOICE_ROW (self->role), NULL, _("Not said"));
  gez_choice_row_add_words (GEZ_CHOICE_ROW (self->role), GEZ_WORDS_MEMBERSHIP_ROLE);

  self->list = gez_form_list (_("Member"));
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->first_name);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->last_name);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->age);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->phones);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->role);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));

  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (GTK_IS_EDITABLE (row))
      g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * gez_age_parse:
 * @text: (nullable): what was typed: "12/3/2015", "2015-03-12", "9"
 * @today: today (YYYY-MM-DD)
 * @age: (out): what it says; nothing known when @text is empty
 *
 * Returns: whether @text is an age, a birth date that is not in the future, or empty
 */
gboolean
gez_age_parse (const char *text,
               const char *today,
               GezAge     *age)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autofree char *date = NULL;
  char *end = NULL;
  gint64 years;

  *age = (GezAge) { .born_on = "", .estimated_age = -1 };
  if (*stripped == '\0')
    return TRUE;

  years = g_ascii_strtoll (stripped, &end, 10);
  if (*end == '\0' && strlen (stripped) <= 3)
    {
      age->estimated_age = (int) years;
      return g_ascii_isdigit (*stripped) && years <= OLDEST;
    }

  /* Words ("tomorrow", "tue") and a day without a year are for plans, not for birthdays. */
  if (!g_ascii_isdigit (*stripped) || strlen (stripped) < 6)
    return FALSE;

  date = gez_parse_date_words (stripped, today);
  if (date == NULL || strlen (date) != 10 || strcmp (date, today) > 0
      || gez_date_age (date, today) > OLDEST)
    return FALSE;

  g_strlcpy (age->born_on, date, sizeof age->born_on);

  return TRUE;
}

static gboolean
read_age (GezMemberFields *self,
          GezAge          *age)
{
  g_autofree char *today = gez_clock_get_today (gez_context_get_clock (self->context));

  return gez_age_parse (gtk_editable_get_text (GTK_EDITABLE (self->age)), today, age);
}

/**
 * gez_member_fields_new:
 * @context: the context
 *
 * Returns: (transfer floating): empty fields
 */
GtkWidget *
gez_member_fields_new (GezContext *context)
{
  GezMemberFields *self = g_object_new (GEZ_TYPE_MEMBER_FIELDS, NULL);

  self->context = g_object_ref (context);

  return GTK_WIDGET (self);
}

/**
 * gez_member_fields_check:
 * @self: the fields
 * @complaint: (out) (transfer none): what is not right
 *
 * Takes the keyboard to what is not right. Fields without anything in them are right: nobody is
 * added for them.
 *
 * Returns: whether a member can be made of it
 */
gboolean
gez_member_fields_check (GezMemberFields *self,
                         const char     **complaint)
{
  g_autofree char *first_name = NULL;
  g_autofree char *last_name = NULL;
  g_autofree char *phones = NULL;
  GezAge age;

  g_return_val_if_fail (GEZ_IS_MEMBER_FIELDS (self), FALSE);

  first_name = gez_form_entry_dup (self->first_name);
  last_name = gez_form_entry_dup (self->last_name);
  phones = gez_form_entry_dup (self->phones);
  if (!read_age (self, &age))
    {
      *complaint = _("Write a birth date such as 12/3/2015, or an age in years.");
      gtk_widget_grab_focus (self->age);
      return FALSE;
    }

  if (first_name == NULL
      && (last_name != NULL || phones != NULL || age.estimated_age >= 0 || *age.born_on != '\0'
          || gez_member_fields_get_role (self) != NULL))
    {
      *complaint = _("Write a first name or a nickname for this member, or remove the member.");
      gtk_widget_grab_focus (self->first_name);
      return FALSE;
    }

  return TRUE;
}

/**
 * gez_member_fields_dup_first_name:
 * @self: the fields
 *
 * Returns: (transfer full) (nullable): the first name
 */
char *
gez_member_fields_dup_first_name (GezMemberFields *self)
{
  g_return_val_if_fail (GEZ_IS_MEMBER_FIELDS (self), NULL);

  return gez_form_entry_dup (self->first_name);
}

/**
 * gez_member_fields_dup_last_name:
 * @self: the fields
 *
 * Returns: (transfer full) (nullable): the last name
 */
char *
gez_member_fields_dup_last_name (GezMemberFields *self)
{
  g_return_val_if_fail (GEZ_IS_MEMBER_FIELDS (self), NULL);

  return gez_form_entry_dup (self->last_name);
}

/**
 * gez_member_fields_dup_phones:
 * @self: the fields
 *
 * Returns: (transfer full) (nullable): the telephone numbers
 */
char *
gez_member_fields_dup_phones (GezMemberFields *self)
{
  g_return_val_if_fail (GEZ_IS_MEMBER_FIELDS (self), NULL);

  return gez_form_entry_dup (self->phones);
}

/**
 * gez_member_fields_get_role:
 * @self: the fields
 *
 * Returns: (nullable) (transfer none): a code of %GEZ_WORDS_MEMBERSHIP_ROLE
 */
const char *
gez_member_fields_get_role (GezMemberFields *self)
{
  g_return_val_if_fail (GEZ_IS_MEMBER_FIELDS (self), NULL);

  return gez_choice_row_get_code (GEZ_CHOICE_ROW (self->role));
}

/**
 * gez_member_fields_get_age:
 * @self: the fields
 *
 * Returns: how old the member is, as well as it is known
 */
GezAge
gez_member_fields_get_age (GezMemberFields *self)
{
  GezAge age = { .born_on = "", .estimated_age = -1 };

  g_return_val_if_fail (GEZ_IS_MEMBER_FIELDS (self), age);

  read_age (self, &age);

  return age;
}
