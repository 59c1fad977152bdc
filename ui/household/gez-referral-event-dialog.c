/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-referral-event-dialog.h"

#include "common/gez-date-entry.h"
#include "common/gez-words.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"
#include "model/gez-referral.h"

#include <glib/gi18n.h>

struct _GezReferralEventDialog
{
  GezFormDialog parent_instance;

  GezRecord *referral;
  GtkWidget *state;
  GtkWidget *happened;
  GtkWidget *reason;
  GtkWidget *barrier;
  GtkWidget *call_back_row;
  GtkWidget *call_back;
};

G_DEFINE_FINAL_TYPE (GezReferralEventDialog, gez_referral_event_dialog, GEZ_TYPE_FORM_DIALOG)

#define MOST_NEXT 7

/* What usually comes after a state. The rest can be chosen all the same, further down: life does
 * not follow a scheme. */
static const struct
{
  const char *state;
  const char *next[MOST_NEXT];
} usual[] = {
  { "prepared", { "family_agrees", "sent", "family_does_not_want", "withdrawn" } },
  { "family_agrees", { "sent", "accepted", "family_does_not_want", "withdrawn" } },
  { "sent", { "accepted", "waiting_list", "refused", "no_supply", "arrived", "did_not_show" } },
  { "accepted", { "arrived", "did_not_show", "waiting_list", "dropped_out" } },
  { "waiting_list", { "accepted", "arrived", "dropped_out", "refused" } },
  { "arrived", { "helped", "partly_helped", "dropped_out", "back_with_us", "result_unknown" } },
  { "did_not_show", { "sent", "arrived", "dropped_out", "back_with_us" } },
  { "refused", { "back_with_us", "prepared" } },
  { "no_supply", { "back_with_us", "prepared" } },
  { "dropped_out", { "back_with_us", "sent" } },
};

static const char *
get_optional (GezRecord  *record,
              const char *column)
{
  return gez_record_is_null (record, column) ? NULL : gez_record_get_text (record, column);
}

static void
add_states (GezChoiceRow *row,
            const char   *now)
{
  const char * const *codes = gez_words_codes (GEZ_WORDS_REFERRAL_STATE);

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_strcmp0 (usual[i].state, now) == 0)
      for (guint j = 0; j < MOST_NEXT && usual[i].next[j] != NULL; j++)
        gez_choice_row_add (row, usual[i].next[j],
                            gez_words_get (GEZ_WORDS_REFERRAL_STATE, usual[i].next[j]));

  for (guint i = 0; codes[i] != NULL; i++)
    if (!gez_choice_row_has_code (row, codes[i]) && g_strcmp0 (codes[i], now) != 0)
      gez_choice_row_add (row, codes[i], gez_words_get (GEZ_WORDS_REFERRAL_STATE, codes[i]));

  gez_choice_row_add (row, NULL, _("No change: only call back later"));
}

static void
state_cb (GezReferralEventDialog *self)
{
  const char *state = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->state));

  gtk_widget_set_visible (self->call_back_row,
                          state == NULL || !gez_referral_state_is_final (state));
}

static GezChange *
gez_referral_event_dialog_make_change (GezFormDialog *dialog)
{
  GezReferralEventDialog *self = GEZ_REFERRAL_EVENT_DIALOG (dialog);
  GezContext *context = gez_form_dialog_get_context (dialog);
  g_autofree char *reason = gez_form_entry_dup (self->reason);
  GezReferralNews news = { NULL };

  if (!gez_date_entry_is_valid (GEZ_DATE_ENTRY (self->happened))
      || !gez_date_entry_is_valid (GEZ_DATE_ENTRY (self->call_back)))
    {
      gez_form_dialog_complain (dialog, self->happened, _("Say on which day, or leave it empty."));
      return NULL;
    }

  news.household_id = gez_record_get_reference (self->referral, "household_id");
  news.domain_id = gez_record_is_null (self->referral, "domain_id")
                     ? NULL
                     : gez_record_get_reference (self->referral, "domain_id");
  news.referral_id = gez_record_get_id (self->referral);
  news.state = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->state));
  news.happened_on = gez_date_entry_get_date (GEZ_DATE_ENTRY (self->happened));
  news.reason = reason;
  news.barrier = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->barrier));
  if (gtk_widget_get_visible (self->call_back_row))
    news.call_back_on = gez_date_entry_get_date (GEZ_DATE_ENTRY (self->call_back));
  news.call_back_what = get_optional (self->referral, "partner");
  if (news.state != NULL)
    return gez_referral_add_event (context, &news);

  if (news.call_back_on == NULL)
    {
      gez_form_dialog_complain (dialog, self->call_back, _("Say on which day to call back."));
      return NULL;
    }

  return gez_referral_call_back (context, &news);
}

static void
gez_referral_event_dialog_finalize (GObject *object)
{
  g_clear_object (&GEZ_REFERRAL_EVENT_DIALOG (object)->referral);

  G_OBJECT_CLASS (gez_referral_event_dialog_parent_class)->finalize (object);
}

static void
gez_referral_event_dialog_class_init (GezReferralEventDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_referral_event_dialog_finalize;
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_referral_event_dialog_make_change;
}

static void
gez_referral_event_dialog_init (GezReferralEventDialog *self)
{
}

/**
 * gez_referral_event_dialog_present:
 * @parent: where it was asked for
 * @context: the context
 * @referral: a referral as gez_referral_list_query() gave it
 */
void
gez_referral_event_dialog_present (GtkWidget  *parent,
                                   GezContext *context,
                                   GezRecord  *referral)
{
  GezReferralEventDialog *self = g_object_new (GEZ_TYPE_REFERRAL_EVENT_DIALOG, NULL);
  GezClock *clock = gez_context_get_clock (context);
  g_autofree char *today = gez_context_dup_today (context);
  GtkWidget *list;

  self->referral = g_object_ref (referral);
  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), parent, context, _("What happened"), _("_Save"),
                          _("Saved with the referral"));
  list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _("News"));

  self->state = gez_choice_row_new (_("How far is it?"));
  add_states (GEZ_CHOICE_ROW (self->state), get_optional (referral, "state"));
  self->happened = gez_date_entry_new (clock, _("On"));
  gez_date_entry_set_date (GEZ_DATE_ENTRY (self->happened), today);
  self->reason = gez_form_entry (_("Why, or what was said"), NULL);
  self->barrier = gez_choice_row_new (_("What was in the way"));
  gez_choices_add_list (GEZ_CHOICE_ROW (self->barrier), context, "barrier", _("Nothing"));
  self->call_back = gez_date_entry_new (clock, _("Call back on"));
  self->call_back_row = gez_form_wide_row (_("Call back on"), self->call_back);

  gtk_list_box_append (GTK_LIST_BOX (list), self->state);
  gtk_list_box_append (GTK_LIST_BOX (list), gez_form_wide_row (_("On"), self->happened));
  gtk_list_box_append (GTK_LIST_BOX (list), self->reason);
  gtk_list_box_append (GTK_LIST_BOX (list), self->barrier);
  gtk_list_box_append (GTK_LIST_BOX (list), self->call_back_row);
  g_signal_connect_object (self->state, "notify::selected", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  state_cb (self);

  gtk_window_set_default_size (GTK_WINDOW (self), 520, 560);
  gtk_window_present (GTK_WINDOW (self));
}
