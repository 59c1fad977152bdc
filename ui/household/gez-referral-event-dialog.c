/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-referral-event-dialog.h"

#include "base/gez-date.h"
#include "common/gez-act.h"
#include "common/gez-date-entry.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "common/gez-words.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"
#include "model/gez-referral-list.h"
#include "model/gez-referral.h"

#include <glib/gi18n.h>

struct _GezReferralEventDialog
{
  GezFormDialog parent_instance;

  GCancellable *cancellable;
  GezRecord *referral;
  GArray *call_backs; /* of GezId: what is done with this news */
  gboolean is_call;   /* whether it starts at another day to call, without news */

  GtkWidget *state;
  GtkWidget *happened;
  GtkWidget *happened_row;
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

/* The text of the follow-up: where to call, else what it is about. */
static const char *
get_what (GezRecord *referral)
{
  const char *partner = get_optional (referral, "partner");

  if (partner != NULL)
    return partner;
  return get_optional (referral, "question") != NULL ? get_optional (referral, "question")
                                                     : _("Call back");
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

  gtk_widget_set_visible (self->state, !self->is_call);
  gtk_widget_set_visible (self->happened_row, !self->is_call);
  gtk_widget_set_visible (self->reason, state != NULL);
  gtk_widget_set_visible (self->barrier, state != NULL);
  gtk_widget_set_visible (self->call_back_row, !gez_referral_state_is_final (state));
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
  news.call_backs = (const GezId *) (gpointer) self->call_backs->data;
  news.n_call_backs = self->call_backs->len;
  if (gtk_widget_get_visible (self->call_back_row))
    news.call_back_on = gez_date_entry_get_date (GEZ_DATE_ENTRY (self->call_back));
  news.call_back_what = get_what (self->referral);
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
gez_referral_event_dialog_dispose (GObject *object)
{
  g_cancellable_cancel (GEZ_REFERRAL_EVENT_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (gez_referral_event_dialog_parent_class)->dispose (object);
}

static void
gez_referral_event_dialog_finalize (GObject *object)
{
  GezReferralEventDialog *self = GEZ_REFERRAL_EVENT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->referral);
  g_array_unref (self->call_backs);

  G_OBJECT_CLASS (gez_referral_event_dialog_parent_class)->finalize (object);
}

static void
gez_referral_event_dialog_class_init (GezReferralEventDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_referral_event_dialog_dispose;
  object_class->finalize = gez_referral_event_dialog_finalize;
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_referral_event_dialog_make_change;
}

static void
gez_referral_event_dialog_init (GezReferralEventDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->call_backs = g_array_new (FALSE, FALSE, sizeof (GezId));
}

/* Of what it is news, and the number to call. */
static void
add_referral (GezReferralEventDialog *self)
{
  const char *parts[] = {
    get_optional (self->referral, "phone"),
    gez_discreet (get_optional (self->referral, "household_name")),
    gez_discreet (get_optional (self->referral, "question")),
  };
  g_autoptr (GString) details = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_string_append_printf (details, "%s%s", details->len > 0 ? " · " : "", parts[i]);
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), gez_form_heading (get_what (self->referral)));
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), gez_form_hint (details->str));
}

static void
build (GezReferralEventDialog *self,
       GezContext             *context,
       const char             *today)
{
  GezClock *clock = gez_context_get_clock (context);
  GtkWidget *list = gez_form_list (_("News"));

  add_referral (self);
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), list);

  self->state = gez_choice_row_new (_("How far is it?"));
  add_states (GEZ_CHOICE_ROW (self->state), get_optional (self->referral, "state"));
  if (self->is_call)
    gez_choice_row_set_code (GEZ_CHOICE_ROW (self->state), NULL);
  self->happened = gez_date_entry_new (clock, _("On"));
  gez_date_entry_set_date (GEZ_DATE_ENTRY (self->happened), today);
  self->happened_row = gez_form_wide_row (_("On"), self->happened);
  self->reason = gez_form_entry (_("Why, or what was said"), NULL);
  self->barrier = gez_choice_row_new (_("What was in the way"));
  gez_choices_add_list (GEZ_CHOICE_ROW (self->barrier), context, "barrier", _("Nothing"));
  self->call_back = gez_date_entry_new (clock, _("Call back on"));
  self->call_back_row = gez_form_wide_row (self->is_call ? _("Call back on")
                                                         : _("Call back on (empty: not again)"),
                                           self->call_back);

  gtk_list_box_append (GTK_LIST_BOX (list), self->state);
  gtk_list_box_append (GTK_LIST_BOX (list), self->happened_row);
  gtk_list_box_append (GTK_LIST_BOX (list), self->reason);
  gtk_list_box_append (GTK_LIST_BOX (list), self->barrier);
  gtk_list_box_append (GTK_LIST_BOX (list), self->call_back_row);
  g_signal_connect_object (self->state, "notify::selected", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  state_cb (self);
}

/* The calls that were planned are done with whatever is written here. When to call next is proposed:
 * the day that was agreed on if it is still to come, else two weeks from now. */
static void
show_call_backs (GezReferralEventDialog *self,
                 GPtrArray              *call_backs,
                 const char             *today)
{
  g_autofree char *next = gez_date_add_days (today, GEZ_REFERRAL_CALL_BACK_DAYS);
  const char *first_on = NULL;

  for (guint i = 0; i < call_backs->len; i++)
    g_array_append_vals (self->call_backs, gez_record_get_id (call_backs->pdata[i]), 1);
  if (call_backs->len > 0)
    {
      g_autofree char *day = NULL, *sentence = NULL;

      first_on = gez_record_get_text (call_backs->pdata[0], "due_on");
      day = gez_format_date_near (first_on, today);
      /* Translators: %s is a day: "tomorrow", "Friday 27 November". */
      sentence = g_strdup_printf (_("The call back that was planned for %s is done with this."), day);
      gez_form_dialog_append (GEZ_FORM_DIALOG (self), gez_form_hint (sentence));
    }
  gez_date_entry_set_date (GEZ_DATE_ENTRY (self->call_back),
                           g_strcmp0 (first_on, today) > 0 ? first_on : next);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GezReferralEventDialog) self = user_data;
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));
  GtkWidget *from = gez_form_dialog_get_from (GEZ_FORM_DIALOG (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (GezView) view = gez_store_run_finish (GEZ_STORE (source), result, &error);
  g_autofree char *today = NULL;

  if (context == NULL) /* gone meanwhile */
    return;
  if (view == NULL || gez_view_get_list (view, "referral")->len == 0)
    {
      if (error != NULL && from != NULL)
        gez_say_error (from, error);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  today = gez_context_dup_today (context);
  self->referral = g_object_ref (gez_view_get_record (view, "referral"));
  build (self, context, today);
  show_call_backs (self, gez_view_get_list (view, "call_backs"), today);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, self->is_call ? 340 : 620);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->is_call ? self->call_back : self->state);
}

static void
present (GtkWidget   *parent,
         GezContext  *context,
         const GezId *referral,
         gboolean     is_call)
{
  GezReferralEventDialog *self = g_object_new (GEZ_TYPE_REFERRAL_EVENT_DIALOG, NULL);
  g_autoptr (GezQuery) query = gez_referral_query (referral);

  self->is_call = is_call;
  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), parent, context,
                          is_call ? _("Call back later") : _("Note news"), _("_Save"),
                          is_call ? _("The call back is planned") : _("Saved with the referral"));
  gez_store_run_async (gez_context_get_store (context), query, self->cancellable, read_cb,
                       g_object_ref (self));
}

/**
 * gez_referral_event_dialog_present:
 * @parent: where it was asked for
 * @context: the context
 * @referral: of which there is news
 *
 * Asks what happened, and when to ask again. It shows as soon as the referral is read.
 */
void
gez_referral_event_dialog_present (GtkWidget   *parent,
                                   GezContext  *context,
                                   const GezId *referral)
{
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (GEZ_IS_CONTEXT (context) && referral != NULL);

  present (parent, context, referral, FALSE);
}

/**
 * gez_referral_event_dialog_present_call_back:
 * @parent: where it was asked for
 * @context: the context
 * @referral: of which there is no news yet
 *
 * The same, starting at when to call back.
 */
void
gez_referral_event_dialog_present_call_back (GtkWidget   *parent,
                                             GezContext  *context,
                                             const GezId *referral)
{
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (GEZ_IS_CONTEXT (context) && referral != NULL);

  present (parent, context, referral, TRUE);
}
