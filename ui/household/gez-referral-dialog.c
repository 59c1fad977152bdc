/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-referral-dialog.h"

#include "agenda/gez-household-picker.h"
#include "common/gez-date-entry.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"
#include "household/gez-partner-field.h"
#include "model/gez-network-view.h"
#include "model/gez-referral.h"

#include <glib/gi18n.h>

struct _GezReferralDialog
{
  GezFormDialog parent_instance;

  GezId household; /* none: what `picker` says */
  GCancellable *cancellable;

  GtkWidget *picker; /* NULL: it is about one household */
  GtkWidget *direction;
  GtkWidget *partner;
  GtkWidget *person;
  GtkWidget *domain;
  GtkWidget *reason;
  GtkWidget *question;
  GtkWidget *warm;
  GtkWidget *introduced_by;
  GtkWidget *joint_talk_row;
  GtkWidget *joint_talk;
  GtkWidget *agrees;
  GtkWidget *agreed_row;
  GtkWidget *agreed;
  GtkWidget *call_back;
};

G_DEFINE_FINAL_TYPE (GezReferralDialog, gez_referral_dialog, GEZ_TYPE_FORM_DIALOG)

static const GezId *
get_household (GezReferralDialog *self)
{
  if (self->picker != NULL)
    return gez_household_picker_get_household (GEZ_HOUSEHOLD_PICKER (self->picker));

  return &self->household;
}

static const char *
get_date (GtkWidget *entry)
{
  return gez_date_entry_get_date (GEZ_DATE_ENTRY (entry));
}

static gboolean
dates_are_right (GezReferralDialog *self)
{
  GtkWidget *entries[] = { self->joint_talk, self->agreed, self->call_back };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      if (gez_date_entry_is_valid (GEZ_DATE_ENTRY (entries[i])))
        continue;
      gez_form_dialog_complain (GEZ_FORM_DIALOG (self), entries[i],
                                _("Say on which day, or leave it empty."));
      return FALSE;
    }

  return TRUE;
}

static GezChange *
gez_referral_dialog_make_change (GezFormDialog *dialog)
{
  GezReferralDialog *self = GEZ_REFERRAL_DIALOG (dialog);
  GezContext *context = gez_form_dialog_get_context (dialog);
  g_autofree char *partner = gez_partner_field_dup_text (GEZ_PARTNER_FIELD (self->partner));
  g_autofree char *question = gez_form_entry_dup (self->question);
  g_autofree char *introduced_by = gez_form_entry_dup (self->introduced_by);
  gboolean is_warm = gez_form_switch_get (self->warm);
  gboolean agrees = gez_form_switch_get (self->agrees);
  GezReferralInput input = { get_household (self) };
  GezId person, id;

  if (input.household_id == NULL)
    {
      gez_form_dialog_complain (dialog, self->picker, _("Say for which household."));
      return NULL;
    }
  if (partner == NULL)
    {
      gez_form_dialog_complain (dialog, self->partner, _("Say to whom you refer."));
      return NULL;
    }
  if (!dates_are_right (self))
    return NULL;

  input.direction = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->direction));
  input.partner_id = gez_partner_field_get_partner (GEZ_PARTNER_FIELD (self->partner));
  input.partner_name = input.partner_id == NULL ? partner : NULL;
  input.domain_id = gez_choices_get_domain_id (
    context, gez_choice_row_get_code (GEZ_CHOICE_ROW (self->domain)));
  input.person_id = gez_choices_get_id (GEZ_CHOICE_ROW (self->person), &person) ? &person : NULL;
  input.reason = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->reason));
  input.question = question;
  input.is_warm = is_warm;
  input.introduced_by = is_warm ? introduced_by : NULL;
  input.joint_talk_on = is_warm ? get_date (self->joint_talk) : NULL;
  input.has_consent = agrees;
  input.consent_on = agrees ? get_date (self->agreed) : NULL;
  input.state = agrees ? "family_agrees" : "prepared";
  input.call_back_on = get_date (self->call_back);

  return gez_referral_refer (context, &input, &id);
}

static void
warm_cb (GezReferralDialog *self)
{
  gboolean is_warm = gez_form_switch_get (self->warm);

  gtk_widget_set_visible (self->introduced_by, is_warm);
  gtk_widget_set_visible (self->joint_talk_row, is_warm);
}

static void
agrees_cb (GezReferralDialog *self)
{
  gboolean agrees = gez_form_switch_get (self->agrees);
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));
  g_autofree char *today = gez_context_dup_today (context);

  gtk_widget_set_visible (self->agreed_row, agrees);
  if (agrees && get_date (self->agreed) == NULL)
    gez_date_entry_set_date (GEZ_DATE_ENTRY (self->agreed), today);
}

static void
people_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GezReferralDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezView) network = gez_store_run_finish (GEZ_STORE (source), result, &error);

  if (network != NULL && gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)) != NULL)
    gez_choices_add_records (GEZ_CHOICE_ROW (self->person),
                             gez_view_get_list (network, "members"), "name", NULL);
}

/* Who can be referred belongs to the household, and so to the one that was picked last. */
static void
read_people (GezReferralDialog *self)
{
  const GezId *household = get_household (self);
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));
  g_autoptr (GezQuery) query = NULL;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  gez_choice_row_clear (GEZ_CHOICE_ROW (self->person));
  gez_choice_row_add (GEZ_CHOICE_ROW (self->person), NULL, _("The whole family"));
  if (household == NULL)
    return;

  query = gez_network_view_query (household);
  gez_store_run_async (gez_context_get_store (context), query, self->cancellable, people_cb,
                       g_object_ref (self));
}

static void
gez_referral_dialog_dispose (GObject *object)
{
  g_cancellable_cancel (GEZ_REFERRAL_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (gez_referral_dialog_parent_class)->dispose (object);
}

static void
gez_referral_dialog_finalize (GObject *object)
{
  g_clear_object (&GEZ_REFERRAL_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (gez_referral_dialog_parent_class)->finalize (object);
}

static void
gez_referral_dialog_class_init (GezReferralDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_referral_dialog_dispose;
  object_class->finalize = gez_referral_dialog_finalize;
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_referral_dialog_make_change;
}

static void
gez_referral_dialog_init (GezReferralDialog *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
add_for_which (GezReferralDialog *self,
               GezContext        *context)
{
  GezFormDialog *dialog = GEZ_FORM_DIALOG (self);

  gez_form_dialog_append (dialog, gez_form_heading (_("For which household")));
  self->picker = gez_household_picker_new (context);
  gez_household_picker_set_required (GEZ_HOUSEHOLD_PICKER (self->picker));
  g_signal_connect_object (self->picker, "changed", G_CALLBACK (read_people), self,
                           G_CONNECT_SWAPPED);
  gez_form_dialog_append (dialog, self->picker);
}

static void
add_to_whom (GezReferralDialog *self,
             GezContext        *context)
{
  GezFormDialog *dialog = GEZ_FORM_DIALOG (self);

  gez_form_dialog_append (dialog, gez_form_heading (_("To whom")));
  self->partner = gez_partner_field_new (context, _("Organisation, service or person"));
  gez_form_dialog_append (dialog, self->partner);
}

static void
add_what (GezReferralDialog *self,
          GezContext        *context,
          const char        *domain_code)
{
  GtkWidget *list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("For what"));

  self->question = gez_form_entry (_("What do they ask?"), NULL);
  self->domain = gez_choice_row_new (_("Life domain"));
  gez_choices_add_domains (GEZ_CHOICE_ROW (self->domain), context, _("None in particular"));
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->domain), domain_code);
  self->reason = gez_choice_row_new (_("Reason"));
  gez_choices_add_list (GEZ_CHOICE_ROW (self->reason), context, "referral_reason", _("Not said"));
  self->person = gez_choice_row_new (_("For whom"));
  self->direction = gez_choice_row_new (_("Direction"));
  gez_choice_row_add_words (GEZ_CHOICE_ROW (self->direction), GEZ_WORDS_REFERRAL_DIRECTION);

  gtk_list_box_append (GTK_LIST_BOX (list), self->question);
  gtk_list_box_append (GTK_LIST_BOX (list), self->domain);
  gtk_list_box_append (GTK_LIST_BOX (list), self->reason);
  gtk_list_box_append (GTK_LIST_BOX (list), self->person);
  gtk_list_box_append (GTK_LIST_BOX (list), self->direction);
}

static void
add_how (GezReferralDialog *self,
         GezContext        *context)
{
  GezClock *clock = gez_context_get_clock (context);
  GtkWidget *list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("How"));

  self->warm = gez_form_switch (_("Warm"), _("Somebody introduces them or goes along"), FALSE);
  self->introduced_by = gez_form_entry (_("Who introduces them?"), NULL);
  self->joint_talk = gez_date_entry_new (clock, _("Joint talk on"));
  self->joint_talk_row = gez_form_wide_row (_("Joint talk on"), self->joint_talk);
  self->agrees = gez_form_switch (_("The family agrees"), NULL, FALSE);
  self->agreed = gez_date_entry_new (clock, _("Agreed on"));
  self->agreed_row = gez_form_wide_row (_("Agreed on"), self->agreed);
  self->call_back = gez_date_entry_new (clock, _("Call back on"));

  gtk_list_box_append (GTK_LIST_BOX (list), self->warm);
  gtk_list_box_append (GTK_LIST_BOX (list), self->introduced_by);
  gtk_list_box_append (GTK_LIST_BOX (list), self->joint_talk_row);
  gtk_list_box_append (GTK_LIST_BOX (list), self->agrees);
  gtk_list_box_append (GTK_LIST_BOX (list), self->agreed_row);
  gtk_list_box_append (GTK_LIST_BOX (list),
                       gez_form_wide_row (_("Call back on (empty: in 14 days)"), self->call_back));
  warm_cb (self);
  agrees_cb (self);

  g_signal_connect_object (g_object_get_data (G_OBJECT (self->warm), "switch"), "notify::active",
                           G_CALLBACK (warm_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_object_get_data (G_OBJECT (self->agrees), "switch"),
                           "notify::active", G_CALLBACK (agrees_cb), self, G_CONNECT_SWAPPED);
}

/**
 * gez_referral_dialog_present:
 * @parent: where it was asked for
 * @context: the context
 * @household: (nullable): the file; %NULL: it is asked for
 * @domain_code: (nullable): the life domain it starts from
 */
void
gez_referral_dialog_present (GtkWidget   *parent,
                             GezContext  *context,
                             const GezId *household,
                             const char  *domain_code)
{
  GezReferralDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));

  self = g_object_new (GEZ_TYPE_REFERRAL_DIALOG, NULL);
  self->household = household != NULL ? *household : GEZ_ID_NONE;
  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), parent, context, _("Refer"), _("_Refer"),
                          _("Referral saved"));
  if (household == NULL)
    add_for_which (self, context);
  add_to_whom (self, context);
  add_what (self, context, domain_code);
  add_how (self, context);
  read_people (self);

  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->picker != NULL ? self->picker : self->partner);
}
