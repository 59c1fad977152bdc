/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-helper-dialog.h"

#include "common/gez-date-entry.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-edits.h"
#include "household/gez-form.h"
#include "household/gez-partner-field.h"
#include "model/gez-helper.h"

#include <glib/gi18n.h>

struct _GezHelperDialog
{
  GezFormDialog parent_instance;

  GezId household;
  GezId contact_person; /* who it is now; none */
  GezRecord *helper;    /* NULL for a new one */
  gboolean is_professional;

  GtkWidget *colleague; /* NULL in the network of the family */
  GtkWidget *name;
  GtkWidget *partner;   /* likewise */
  GtkWidget *role;
  GtkWidget *domain;
  GtkWidget *phone;
  GtkWidget *since;
  GtkWidget *until;
  GtkWidget *is_contact_person;
};

G_DEFINE_FINAL_TYPE (GezHelperDialog, gez_helper_dialog, GEZ_TYPE_FORM_DIALOG)

/* What the form holds, owned. */
typedef struct
{
  GezId member;
  GezId partner;
  char *name;
  char *role;
  char *phone;
} Values;

static void
values_clear (Values *values)
{
  g_free (values->name);
  g_free (values->role);
  g_free (values->phone);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Values, values_clear)

static const char *
get_before (GezHelperDialog *self,
            const char      *column)
{
  if (self->helper == NULL || gez_record_is_null (self->helper, column))
    return NULL;

  return gez_record_get_text (self->helper, column);
}

static const GezId *
or_null (const GezId *id)
{
  return gez_id_is_none (id) ? NULL : id;
}

static const GezId *
get_domain (GezHelperDialog *self)
{
  return gez_choices_get_domain_id (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)),
                                    gez_choice_row_get_code (GEZ_CHOICE_ROW (self->domain)));
}

static gboolean
complain (GezHelperDialog *self,
          GtkWidget       *widget,
          const char      *sentence)
{
  gez_form_dialog_complain (GEZ_FORM_DIALOG (self), widget, sentence);

  return FALSE;
}

/* An organisation that is not in the social map is what somebody is, in words. */
static void
read_partner (GezHelperDialog *self,
              Values          *values)
{
  g_autofree char *organisation = NULL;

  if (self->partner == NULL)
    return;

  if (gez_partner_field_get_partner (GEZ_PARTNER_FIELD (self->partner)) != NULL)
    {
      values->partner = *gez_partner_field_get_partner (GEZ_PARTNER_FIELD (self->partner));
      return;
    }

  organisation = gez_partner_field_dup_text (GEZ_PARTNER_FIELD (self->partner));
  if (organisation == NULL)
    return;
  if (values->name == NULL)
    {
      values->name = g_steal_pointer (&organisation);
    }
  else
    {
      char *role = values->role != NULL
                     ? g_strdup_printf ("%s, %s", values->role, organisation)
                     : g_strdup (organisation);

      g_free (values->role);
      values->role = role;
    }
}

static gboolean
read_values (GezHelperDialog *self,
             Values          *values)
{
  if (self->colleague != NULL)
    gez_choices_get_id (GEZ_CHOICE_ROW (self->colleague), &values->member);
  values->name = gez_form_entry_dup (self->name);
  values->role = gez_form_entry_dup (self->role);
  values->phone = gez_form_entry_dup (self->phone);
  read_partner (self, values);

  if (values->name == NULL && gez_id_is_none (&values->member)
      && gez_id_is_none (&values->partner)
      && (self->helper == NULL || gez_record_is_null (self->helper, "person_id")))
    return complain (self, self->name, self->is_professional
                                         ? _("Choose a colleague, or write a name or an "
                                             "organisation.")
                                         : _("Write a name, or who it is, such as “aunt”."));
  if (!gez_date_entry_is_valid (GEZ_DATE_ENTRY (self->since)))
    return complain (self, self->since, _("Say since which day, or leave it empty."));
  if (self->until != NULL && !gez_date_entry_is_valid (GEZ_DATE_ENTRY (self->until)))
    return complain (self, self->until, _("Say since which day, or leave it empty."));

  return TRUE;
}

static gboolean
wants_contact_person (GezHelperDialog *self)
{
  return self->is_contact_person != NULL && gez_form_switch_get (self->is_contact_person);
}

static GezChange *
add_helper (GezHelperDialog *self,
            Values          *values)
{
  GezHelperInput input = {
    .household_id = &self->household,
    .kind = self->is_professional ? "professional" : "network",
    .name = values->name,
    .member_id = or_null (&values->member),
    .partner_id = or_null (&values->partner),
    .role = values->role,
    .domain_id = get_domain (self),
    .phone = values->phone,
    .since_on = gez_date_entry_get_date (GEZ_DATE_ENTRY (self->since)),
    .is_contact_person = wants_contact_person (self),
    .previous_contact_id = or_null (&self->contact_person),
  };
  GezId id;

  return gez_helper_add (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)), &input, &id);
}

static void
edit_contact_person (GezHelperDialog *self,
                     GezEdits        *edits)
{
  gboolean was = gez_record_get_integer (self->helper, "is_contact_person") != 0;
  gboolean is = wants_contact_person (self);

  if (is && !was)
    gez_edits_take (edits, gez_helper_make_contact_person (edits->context, edits->id,
                                                           or_null (&self->contact_person)));
  else if (!is && was)
    gez_edits_integer (edits, "is_contact_person", 0);
}

static GezChange *
edit_helper (GezHelperDialog *self,
             Values          *values)
{
  GezEdits edits = {
    .context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)),
    .act = "edit-helper",
    .table = "helper",
    .id = gez_record_get_id (self->helper),
    .before = self->helper,
  };
  const char *until = gez_date_entry_get_date (GEZ_DATE_ENTRY (self->until));

  gez_edits_text (&edits, "name", values->name);
  if (self->is_professional)
    {
      gez_edits_id (&edits, "member_id", &values->member);
      gez_edits_id (&edits, "partner_id", &values->partner);
      edit_contact_person (self, &edits);
    }
  gez_edits_text (&edits, "role", values->role);
  gez_edits_id (&edits, "domain_id", get_domain (self));
  gez_edits_text (&edits, "phone", values->phone);
  gez_edits_text (&edits, "since_on", gez_date_entry_get_date (GEZ_DATE_ENTRY (self->since)));
  if (until != NULL && g_strcmp0 (until, get_before (self, "until_on")) != 0)
    gez_edits_take (&edits, gez_helper_end (edits.context, edits.id, until));
  else
    gez_edits_text (&edits, "until_on", until);

  return edits.change;
}

static GezChange *
gez_helper_dialog_make_change (GezFormDialog *dialog)
{
  GezHelperDialog *self = GEZ_HELPER_DIALOG (dialog);
  g_auto (Values) values = { GEZ_ID_NONE, GEZ_ID_NONE };
  GezChange *change;

  if (!read_values (self, &values))
    return NULL;

  change = self->helper == NULL ? add_helper (self, &values) : edit_helper (self, &values);
  if (change == NULL)
    gtk_window_close (GTK_WINDOW (self));

  return change;
}

static void
gez_helper_dialog_finalize (GObject *object)
{
  g_clear_object (&GEZ_HELPER_DIALOG (object)->helper);

  G_OBJECT_CLASS (gez_helper_dialog_parent_class)->finalize (object);
}

static void
gez_helper_dialog_class_init (GezHelperDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_helper_dialog_finalize;
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_helper_dialog_make_change;
}

static void
gez_helper_dialog_init (GezHelperDialog *self)
{
}

static void
add_colleague (GezHelperDialog *self,
               GtkWidget       *list,
               GezContext      *context)
{
  GezLists *lists = gez_context_get_lists (context);

  self->colleague = gez_choice_row_new (_("Colleague of our team"));
  gez_choices_add_records (GEZ_CHOICE_ROW (self->colleague), gez_lists_get_members (lists),
                           "name", _("No"));
  if (self->helper != NULL && !gez_record_is_null (self->helper, "member_id"))
    gez_choices_set_id (GEZ_CHOICE_ROW (self->colleague),
                        gez_record_get_reference (self->helper, "member_id"),
                        get_before (self, "helper_name"));
  gtk_list_box_append (GTK_LIST_BOX (list), self->colleague);
}

static void
add_partner (GezHelperDialog *self,
             GezContext      *context)
{
  self->partner = gez_partner_field_new (context, _("Organisation or service"));
  if (self->helper != NULL && !gez_record_is_null (self->helper, "partner_id"))
    gez_partner_field_set (GEZ_PARTNER_FIELD (self->partner),
                           gez_record_get_reference (self->helper, "partner_id"),
                           get_before (self, "partner_name"));
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), self->partner);
}

static GtkWidget *
add_date (GezHelperDialog *self,
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

static void
add_details (GezHelperDialog *self,
             GezContext      *context)
{
  GtkWidget *list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("What they do"));

  self->role = gez_form_entry (_("What they are for the family"), get_before (self, "role"));
  self->domain = gez_choice_row_new (_("Life domain"));
  gez_choices_add_domains (GEZ_CHOICE_ROW (self->domain), context, _("None in particular"));
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->domain), get_before (self, "domain_code"));
  self->phone = gez_form_entry (_("Phone number"), get_before (self, "phone"));
  gtk_list_box_append (GTK_LIST_BOX (list), self->role);
  gtk_list_box_append (GTK_LIST_BOX (list), self->domain);
  gtk_list_box_append (GTK_LIST_BOX (list), self->phone);
  self->since = add_date (self, list, _("Since"), "since_on");
  if (self->helper != NULL)
    self->until = add_date (self, list, _("No longer involved since"), "until_on");

  if (!self->is_professional)
    return;
  self->is_contact_person = gez_form_switch (
    _("Contact person of the family"), _("Who the family turns to first"),
    self->helper != NULL && gez_record_get_integer (self->helper, "is_contact_person") != 0);
  gtk_list_box_append (GTK_LIST_BOX (list), self->is_contact_person);
}

static GezHelperDialog *
present (GtkWidget   *parent,
         GezContext  *context,
         const GezId *household,
         const char  *kind,
         GezRecord   *helper,
         const GezId *contact_person)
{
  GezHelperDialog *self = g_object_new (GEZ_TYPE_HELPER_DIALOG, NULL);
  GtkWidget *list;

  self->household = *household;
  self->contact_person = contact_person != NULL ? *contact_person : GEZ_ID_NONE;
  g_set_object (&self->helper, helper);
  if (helper != NULL)
    kind = gez_record_get_text (helper, "kind");
  self->is_professional = g_strcmp0 (kind, "network") != 0;

  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), parent, context,
                          self->is_professional ? _("Professional")
                                                : _("Own network"),
                          _("_Save"), _("Saved"));
  list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("Who"));
  if (self->is_professional)
    add_colleague (self, list, context);
  self->name = gez_form_entry (_("Name"), get_before (self, "name"));
  gtk_list_box_append (GTK_LIST_BOX (list), self->name);
  if (self->is_professional)
    add_partner (self, context);
  add_details (self, context);

  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->name);

  return self;
}

/**
 * gez_helper_dialog_present:
 * @parent: where it was asked for
 * @context: the context
 * @household: the file
 * @kind: (nullable): for a new one: "professional" or "network"
 * @helper: (nullable): one as gez_network_view_query() gave it
 * @contact_person: (nullable): the helper who is the contact person now
 */
void
gez_helper_dialog_present (GtkWidget   *parent,
                           GezContext  *context,
                           const GezId *household,
                           const char  *kind,
                           GezRecord   *helper,
                           const GezId *contact_person)
{
  present (parent, context, household, kind, helper, contact_person);
}

/**
 * gez_helper_dialog_present_about:
 * @parent: where it was asked for
 * @context: the context
 * @household: the file
 * @domain_code: the life domain that a new professional stands for
 */
void
gez_helper_dialog_present_about (GtkWidget   *parent,
                                 GezContext  *context,
                                 const GezId *household,
                                 const char  *domain_code)
{
  GezHelperDialog *self = present (parent, context, household, "professional", NULL, NULL);

  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->domain), domain_code);
  /* Who the contact person is now is not known here. */
  gtk_widget_set_visible (self->is_contact_person, FALSE);
}
