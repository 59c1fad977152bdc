/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-trajectory-card.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "common/gez-date-entry.h"
#include "common/gez-draft-keeper.h"
#include "common/gez-format.h"
#include "common/gez-row.h"
#include "common/gez-section.h"
#include "common/gez-words.h"
#include "household/gez-choice-row.h"
#include "household/gez-form.h"
#include "household/gez-form-draft.h"
#include "model/gez-draft-list.h"
#include "model/gez-trajectory.h"
#include "store/gez-record.h"

struct _GezTrajectoryCard
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezId trajectory; /* the one that the form moves; none: a new one */

  GtkWidget *box;
  GtkWidget *section;
  GtkWidget *form;
  GtkWidget *state;
  GtkWidget *happened_on;
  GtkWidget *reason;
  GtkWidget *result;
  GezDraftKeeper *keeper;
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (GezTrajectoryCard, gez_trajectory_card, GTK_TYPE_WIDGET)

static void
close_form (GezTrajectoryCard *self)
{
  gtk_widget_set_visible (self->form, FALSE);
}

static void
cancel_cb (GezTrajectoryCard *self)
{
  gez_draft_keeper_clear (self->keeper);
  close_form (self);
}

static void
edited_cb (GezTrajectoryCard *self)
{
  g_autofree char *id = gez_id_is_none (&self->trajectory) ? NULL
                                                           : gez_id_to_string (&self->trajectory);
  g_autofree char *content = NULL;

  if (self->is_setting || self->keeper == NULL)
    return;
  content = gez_form_draft_print (
    "trajectory", id, "state", gez_choice_row_get_code (GEZ_CHOICE_ROW (self->state)), "since",
    gez_date_entry_get_text (GEZ_DATE_ENTRY (self->happened_on)), "reason",
    gtk_editable_get_text (GTK_EDITABLE (self->reason)), "result",
    gtk_editable_get_text (GTK_EDITABLE (self->result)), NULL);
  gez_draft_keeper_touch (self->keeper, content);
}

static void
open_form (GezTrajectoryCard *self,
           const GezId       *trajectory,
           const char        *state)
{
  g_autofree char *today = gez_context_dup_today (self->context);

  self->is_setting = TRUE;
  self->trajectory = trajectory != NULL ? *trajectory : GEZ_ID_NONE;
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->state), state != NULL ? state : "intake");
  gez_date_entry_set_date (GEZ_DATE_ENTRY (self->happened_on), today);
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  gtk_editable_set_text (GTK_EDITABLE (self->result), "");
  self->is_setting = FALSE;
  gtk_widget_set_visible (self->form, TRUE);
  gtk_widget_grab_focus (self->state);
}

/* What was typed the last time stands in the form again; who began meanwhile keeps that. */
static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GezTrajectoryCard) self = user_data;
  g_autofree char *content = gez_draft_keeper_load_finish (GEZ_DRAFT_KEEPER (source), result, NULL);
  g_autoptr (GVariant) draft = gez_form_draft_parse (content);
  GezId trajectory = GEZ_ID_NONE;

  if (draft == NULL || self->box == NULL || gtk_widget_get_visible (self->form))
    return;
  gez_id_parse (gez_form_draft_get_text (draft, "trajectory"), &trajectory);
  open_form (self, &trajectory, gez_form_draft_get (draft, "state"));
  self->is_setting = TRUE;
  gez_date_entry_set_text (GEZ_DATE_ENTRY (self->happened_on),
                           gez_form_draft_get_text (draft, "since"));
  gtk_editable_set_text (GTK_EDITABLE (self->reason), gez_form_draft_get_text (draft, "reason"));
  gtk_editable_set_text (GTK_EDITABLE (self->result), gez_form_draft_get_text (draft, "result"));
  self->is_setting = FALSE;
}

static void
save_cb (GezTrajectoryCard *self)
{
  g_autofree char *reason = gez_form_entry_dup (self->reason);
  g_autofree char *result = gez_form_entry_dup (self->result);
  GezTrajectoryInput input = {
    .household_id = &self->household,
    .trajectory_id = &self->trajectory,
    .state = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->state)),
    .happened_on = gez_date_entry_get_date (GEZ_DATE_ENTRY (self->happened_on)),
    .reason = reason,
    .result = result,
  };
  GezChange *change;
  GezId id;

  if (input.happened_on == NULL)
    {
      gtk_widget_grab_focus (self->happened_on);
      return;
    }

  change = gez_id_is_none (&self->trajectory) ? gez_trajectory_start (self->context, &input, &id)
                                              : gez_trajectory_move (self->context, &input);
  gez_draft_keeper_take (self->keeper, change);
  gez_act (GTK_WIDGET (self), self->context, change, _("Trajectory changed"));
  close_form (self);
}

static void
state_cb (GezTrajectoryCard *self)
{
  const char *state = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->state));

  gtk_widget_set_visible (self->result, g_strcmp0 (state, "closed") == 0);
}

static void
add_cb (GezTrajectoryCard *self)
{
  open_form (self, NULL, NULL);
}

static void
row_activated_cb (GezTrajectoryCard *self,
                  GtkListBoxRow     *row)
{
  GezRecord *record = g_object_get_data (G_OBJECT (row), "trajectory");

  open_form (self, gez_record_get_id (record), gez_record_get_text (record, "state"));
}

static GtkWidget *
make_buttons (GezTrajectoryCard *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *save = gtk_button_new_with_label (_("Change the trajectory"));

  gtk_widget_add_css_class (save, "suggested-action");
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), save);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), self);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_cb), self);

  return buttons;
}

static GtkWidget *
make_form (GezTrajectoryCard *self)
{
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gez_form_list (_("Trajectory"));

  self->state = gez_choice_row_new (_("From now on"));
  gez_choice_row_add_words (GEZ_CHOICE_ROW (self->state), GEZ_WORDS_TRAJECTORY_STATE);
  self->happened_on = gez_date_entry_new (gez_context_get_clock (self->context), _("Since"));
  self->reason = gez_form_entry (_("Why"), NULL);
  self->result = gez_form_entry (_("How it ended"), NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), self->state);
  gtk_list_box_append (GTK_LIST_BOX (list), gez_form_row (_("Since"), self->happened_on));
  gtk_list_box_append (GTK_LIST_BOX (list), self->reason);
  gtk_list_box_append (GTK_LIST_BOX (list), self->result);
  gtk_box_append (GTK_BOX (form), list);
  gtk_box_append (GTK_BOX (form), make_buttons (self));
  gtk_widget_add_css_class (form, "gez-block");
  gtk_widget_set_visible (form, FALSE);
  g_signal_connect_object (self->state, "notify::selected", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->state, "notify::selected", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->happened_on, "notify::date", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reason, "changed", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->result, "changed", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  state_cb (self);

  return form;
}

static GtkWidget *
make_row (GezRecord *record)
{
  const char *state = gez_record_get_text (record, "state");
  const char *member = gez_record_get_text (record, "member_name");
  g_autofree char *day = gez_format_date (gez_record_get_text (record, "state_on"));
  g_autofree char *since = NULL;
  GtkWidget *row;

  if (state != NULL && member != NULL)
    /* Translators: since when, and which colleague carries it: "since 3 Jul · Els". */
    since = g_strdup_printf (_("since %s · %s"), day, member);
  else if (state != NULL)
    since = g_strdup_printf (_("since %s"), day);
  row = gez_row_new (state != NULL ? gez_words_get (GEZ_WORDS_TRAJECTORY_STATE, state)
                                   : _("Not started yet"),
                     since);
  gez_row_add_chip (GEZ_ROW (row), _("change"), GEZ_CHIP_NEUTRAL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "trajectory", g_object_ref (record), g_object_unref);

  return row;
}

static void
gez_trajectory_card_dispose (GObject *object)
{
  GezTrajectoryCard *self = GEZ_TRAJECTORY_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->keeper);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_trajectory_card_parent_class)->dispose (object);
}

static void
gez_trajectory_card_class_init (GezTrajectoryCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_trajectory_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_trajectory_card_init (GezTrajectoryCard *self)
{
}

/**
 * gez_trajectory_card_new:
 * @context: where we work
 * @household: whose trajectories
 *
 * Returns: (transfer floating): an empty card
 */
GtkWidget *
gez_trajectory_card_new (GezContext  *context,
                         const GezId *household)
{
  GezTrajectoryCard *self = g_object_new (GEZ_TYPE_TRAJECTORY_CARD, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  self->section = gez_section_new (_("Trajectory"));
  self->form = make_form (self);
  gez_section_set_empty (GEZ_SECTION (self->section),
                         _("No trajectory yet. Start one when you begin to work together."));
  g_signal_connect_object (self->section, "add", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->section, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), self->section);
  gtk_box_append (GTK_BOX (self->box), self->form);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->keeper = gez_draft_keeper_new (context, "overview" GEZ_DRAFT_TRAJECTORY, household);
  gez_draft_keeper_load_async (self->keeper, NULL, loaded_cb, g_object_ref (self));

  return GTK_WIDGET (self);
}

/**
 * gez_trajectory_card_show:
 * @self: the card
 * @trajectories: (element-type GezRecord): with `state`, `state_on`, `member_name`
 *
 * A new one can only start when none is under way.
 */
void
gez_trajectory_card_show (GezTrajectoryCard *self,
                          GPtrArray         *trajectories)
{
  gboolean is_under_way = FALSE;

  g_return_if_fail (GEZ_IS_TRAJECTORY_CARD (self));

  gez_section_clear (GEZ_SECTION (self->section));
  for (guint i = 0; i < trajectories->len; i++)
    {
      GezRecord *record = g_ptr_array_index (trajectories, i);

      gez_section_append (GEZ_SECTION (self->section), make_row (record));
      if (g_strcmp0 (gez_record_get_text (record, "state"), "closed") != 0)
        is_under_way = TRUE;
    }
  gez_section_set_add (GEZ_SECTION (self->section), is_under_way ? NULL : _("Start"));
}
