/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. The card outlives what it shows: showing the goal again makes its rows anew, but a form that
 *    is open, and what stands in it, stays.
 * 2. At most one form is open in a card: for the goal, for one of its steps, or for a new step. What
 *    is typed in it is the one draft of the card, which says which form it is.
 */

#include "household/gez-goal-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-accessible.h"
#include "common/gez-row.h"
#include "common/gez-words.h"
#include "household/gez-domain-names.h"
#include "household/gez-form-draft.h"
#include "household/gez-goal-acts.h"
#include "household/gez-goal-order.h"
#include "household/gez-step-row.h"
#include "household/gez-widen-question.h"
#include "model/gez-draft-list.h"

struct _GezGoalCard
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezId goal_id;
  GezRecord *goal;
  GPtrArray *steps; /* GezRecord, of other goals too */

  GtkWidget *box;
  GtkWidget *list;
  GtkWidget *form_bin;
  GtkWidget *form; /* NULL: none is open */
  GezRecord *form_step; /* the step that the form changes; NULL: a new one, or the goal */
  GezDraftKeeper *keeper;
  gboolean has_loaded;
};

G_DEFINE_FINAL_TYPE (GezGoalCard, gez_goal_card, GTK_TYPE_WIDGET)

static void
close_form (GezGoalCard *self)
{
  if (self->form == NULL)
    return;

  self->form = NULL;
  g_clear_object (&self->form_step);
  adw_bin_set_child (ADW_BIN (self->form_bin), NULL);
  gtk_widget_set_visible (self->form_bin, FALSE);
}

static void
cancel_cb (GezGoalCard *self)
{
  gez_draft_keeper_clear (self->keeper);
  close_form (self);
}

static void
edited_cb (GezGoalCard *self)
{
  gboolean is_goal = GEZ_IS_GOAL_FORM (self->form);
  g_autofree char *values = is_goal ? gez_goal_form_serialise (GEZ_GOAL_FORM (self->form))
                                    : gez_step_form_serialise (GEZ_STEP_FORM (self->form));
  g_autofree char *step = self->form_step != NULL
                            ? gez_id_to_string (gez_record_get_id (self->form_step)) : NULL;
  g_autofree char *content = gez_form_draft_print ("form", is_goal ? "goal" : "step", "step", step,
                                                   "values", values, NULL);

  gez_draft_keeper_touch (self->keeper, content);
}

static void
open_form (GezGoalCard *self,
           GtkWidget   *form,
           GCallback    submit)
{
  close_form (self);
  self->form = form;
  adw_bin_set_child (ADW_BIN (self->form_bin), form);
  gtk_widget_set_visible (self->form_bin, TRUE);
  g_signal_connect_object (form, "submit", submit, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "cancel", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (form);
}

static void
submit_goal_cb (GezGoalCard *self)
{
  gez_goal_acts_change (GTK_WIDGET (self), self->context, self->goal, GEZ_GOAL_FORM (self->form),
                        self->keeper);
  close_form (self);
}

/* Steps come in series: the form stays open and empty for the next one. */
static void
submit_step_cb (GezGoalCard *self)
{
  GezStepForm *form = GEZ_STEP_FORM (self->form);

  if (self->form_step == NULL)
    {
      gez_goal_acts_add_step (GTK_WIDGET (self), self->context, self->goal, form,
                              self->keeper);
      gez_step_form_set (form, NULL);
      gtk_widget_grab_focus (GTK_WIDGET (form));
      return;
    }

  gez_goal_acts_change_step (GTK_WIDGET (self), self->context, self->goal, self->form_step, form,
                             self->keeper);
  close_form (self);
}

static void
ticked_cb (GezStepRow *row,
           gboolean    done,
           gpointer    user_data)
{
  GezGoalCard *self = user_data;

  gez_goal_acts_tick_step (GTK_WIDGET (self), self->context, gez_step_row_get_step (row), done);
}

static void
remove_cb (GezStepRow *row,
           gpointer    user_data)
{
  GezGoalCard *self = user_data;

  gez_goal_acts_remove_step (GTK_WIDGET (self), self->context, gez_step_row_get_step (row));
}

static void
change_step (GezGoalCard *self,
             GezRecord   *step)
{
  GtkWidget *form = gez_step_form_new (self->context, &self->household, _("Save the step"));

  open_form (self, form, G_CALLBACK (submit_step_cb));
  self->form_step = g_object_ref (step);
  gez_step_form_set (GEZ_STEP_FORM (form), step);
}

static void
change_cb (GezStepRow *row,
           gpointer    user_data)
{
  change_step (user_data, gez_step_row_get_step (row));
}

static void
add_step_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  GezGoalCard *self = GEZ_GOAL_CARD (widget);

  open_form (self, gez_step_form_new (self->context, &self->household, _("Add the step")),
             G_CALLBACK (submit_step_cb));
}

static void
change_goal_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  GezGoalCard *self = GEZ_GOAL_CARD (widget);
  GtkWidget *form = gez_goal_form_new (self->context, _("Save the goal"));
  const char *domain = NULL;

  if (!gez_record_is_null (self->goal, "domain_id"))
    domain = gez_domain_code (self->context, gez_record_get_reference (self->goal, "domain_id"));
  gez_goal_form_set (GEZ_GOAL_FORM (form), gez_record_get_text (self->goal, "words"), domain,
                     (int) gez_record_get_integer (self->goal, "priority"));
  open_form (self, form, G_CALLBACK (submit_goal_cb));
}

/* The step with this identity as it shows now; NULL when it is gone. */
static GezRecord *
find_step (GezGoalCard *self,
           const char  *text)
{
  GezId id;

  if (!gez_id_parse (text, &id))
    return NULL;
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (GEZ_IS_STEP_ROW (row)
        && gez_id_equal (gez_record_get_id (gez_step_row_get_step (GEZ_STEP_ROW (row))), &id))
      return gez_step_row_get_step (GEZ_STEP_ROW (row));
  return NULL;
}

/* What was typed the last time stands in its form again; who began meanwhile keeps that. */
static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GezGoalCard) self = user_data;
  g_autofree char *content = gez_draft_keeper_load_finish (GEZ_DRAFT_KEEPER (source), result, NULL);
  g_autoptr (GVariant) draft = gez_form_draft_parse (content);
  const char *values = gez_form_draft_get_text (draft, "values");
  GezRecord *step;

  if (draft == NULL || self->box == NULL || self->form != NULL || self->goal == NULL)
    return;
  if (g_strcmp0 (gez_form_draft_get_text (draft, "form"), "goal") == 0)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "goal.change", NULL);
      gez_goal_form_restore (GEZ_GOAL_FORM (self->form), values);
      return;
    }
  step = find_step (self, gez_form_draft_get_text (draft, "step"));
  if (step != NULL)
    change_step (self, step);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "goal.add-step", NULL);
  gez_step_form_restore (GEZ_STEP_FORM (self->form), values);
}

static void
set_state_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  GezGoalCard *self = GEZ_GOAL_CARD (widget);

  gez_goal_acts_set_state (widget, self->context, self->goal,
                           g_variant_get_string (parameter, NULL));
}

/* Its steps come along: they refer to it. */
static void
widen_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  GezGoalCard *self = GEZ_GOAL_CARD (widget);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (GezWidenPart));
  GezWidenPart part = { "goal", self->goal_id };

  g_array_append_val (parts, part);
  for (guint i = 0; i < self->steps->len; i++)
    {
      GezRecord *step = g_ptr_array_index (self->steps, i);

      if (!gez_id_equal (gez_record_get_reference (step, "goal_id"), &self->goal_id))
        continue;
      part = (GezWidenPart) { "step", *gez_record_get_id (step) };
      g_array_append_val (parts, part);
    }
  gez_widen_question_ask (widget, self->context, &self->household,
                          gez_record_get_text (self->goal, "circle_code"), parts);
}

static GtkWidget *
make_menu (GezGoalCard *self,
           gboolean     is_open,
           gboolean     can_move)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GezCircleKind wider;

  g_menu_append (menu, _("Change the goal"), "goal.change");
  if (is_open && can_move)
    gez_goal_order_add_menu (menu, &self->goal_id);
  if (is_open)
    {
      g_menu_append (menu, _("The goal is reached"), "goal.set-state::reached");
      g_menu_append (menu, _("Stop this goal"), "goal.set-state::stopped");
    }
  else
    g_menu_append (menu, _("Open the goal again"), "goal.set-state::open");
  if (gez_widen_can (gez_record_get_text (self->goal, "circle_code"), &wider))
    g_menu_append (menu, _("Let more people read this"), "goal.widen");

  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, _("What can be done with this goal"));
  gez_accessible_set_name (button, _("What can be done with this goal"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");

  return button;
}

/* "in their own words · place 1 for the family · Housing" */
static char *
describe (GezGoalCard *self,
          gboolean     with_domain)
{
  GString *words = g_string_new (_("in their own words"));
  const char *state = gez_record_get_text (self->goal, "state");

  if (g_strcmp0 (state, "open") != 0)
    g_string_printf (words, "%s", gez_words_get (GEZ_WORDS_GOAL_STATE, state));
  else if (!gez_record_is_null (self->goal, "priority"))
    g_string_append_printf (words, _(" · place %d for the family"),
                            (int) gez_record_get_integer (self->goal, "priority"));
  if (with_domain && !gez_record_is_null (self->goal, "domain_id"))
    g_string_append_printf (words, " · %s",
                            gez_domain_label (self->context,
                                              gez_record_get_reference (self->goal,
                                                                        "domain_id")));

  return g_string_free (words, FALSE);
}

static GtkWidget *
make_heading (GezGoalCard *self,
              gboolean     with_domain)
{
  g_autofree char *details = describe (self, with_domain);
  GtkWidget *row = gez_row_new (gez_record_get_text (self->goal, "words"), details);
  int n_steps = (int) gez_record_get_integer (self->goal, "n_steps");
  int n_done = (int) gez_record_get_integer (self->goal, "n_done_steps");
  gboolean is_open = g_strcmp0 (gez_record_get_text (self->goal, "state"), "open") == 0;

  gez_row_set_lines (GEZ_ROW (row), 4, 2);
  gtk_widget_add_css_class (row, "gez-goal-heading");
  if (n_steps > 0)
    {
      g_autofree char *progress = g_strdup_printf (ngettext ("%d of %d step", "%d of %d steps",
                                                             (gulong) n_steps),
                                                   n_done, n_steps);

      gez_row_add_chip (GEZ_ROW (row), progress,
                        n_done == n_steps ? GEZ_CHIP_SUCCESS : GEZ_CHIP_ACCENT);
    }
  gez_row_add_suffix (GEZ_ROW (row), make_menu (self, is_open, with_domain));
  if (is_open && with_domain)
    gez_goal_order_add_drag (row, &self->goal_id);

  return row;
}

static GtkWidget *
make_add_row (void)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (content), gez_ornament_new ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (content), gtk_label_new (_("Add a small step")));
  gtk_widget_add_css_class (content, "gez-add-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "goal.add-step");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add a small step"), -1);

  return row;
}

static void
append_steps (GezGoalCard *self,
              GPtrArray   *steps,
              gboolean     can_change)
{
  g_autofree char *today = gez_clock_get_today (gez_context_get_clock (self->context));

  for (guint i = 0; i < steps->len; i++)
    {
      GezRecord *step = g_ptr_array_index (steps, i);
      GtkWidget *row;

      if (!gez_id_equal (gez_record_get_reference (step, "goal_id"), &self->goal_id))
        continue;
      row = gez_step_row_new (step, today, can_change);
      g_signal_connect_object (row, "ticked", G_CALLBACK (ticked_cb), self, 0);
      g_signal_connect_object (row, "change", G_CALLBACK (change_cb), self, 0);
      g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, 0);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    }
}

static int
focused_index (GezGoalCard *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (self->list);

  return GTK_IS_LIST_BOX_ROW (row) ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

static void
gez_goal_card_dispose (GObject *object)
{
  GezGoalCard *self = GEZ_GOAL_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->form = NULL;
  g_clear_object (&self->form_step);
  g_clear_object (&self->keeper);
  g_clear_object (&self->goal);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_goal_card_parent_class)->dispose (object);
}

static void
gez_goal_card_class_init (GezGoalCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_goal_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "goal.add-step", NULL, add_step_cb);
  gtk_widget_class_install_action (widget_class, "goal.change", NULL, change_goal_cb);
  gtk_widget_class_install_action (widget_class, "goal.set-state", "s", set_state_cb);
  gtk_widget_class_install_action (widget_class, "goal.widen", NULL, widen_cb);
}

static void
gez_goal_card_init (GezGoalCard *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  self->form_bin = adw_bin_new ();
  gtk_widget_set_visible (self->form_bin, FALSE);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_box_append (GTK_BOX (self->box), self->form_bin);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * gez_goal_card_new:
 * @context: where we work
 * @household: whose goal it is
 * @goal: the goal
 *
 * Returns: (transfer floating): an empty card for this goal
 */
GtkWidget *
gez_goal_card_new (GezContext  *context,
                   const GezId *household,
                   const GezId *goal)
{
  GezGoalCard *self = g_object_new (GEZ_TYPE_GOAL_CARD, NULL);
  g_autofree char *id = NULL;
  g_autofree char *place = NULL;

  self->context = g_object_ref (context);
  self->household = *household;
  self->goal_id = *goal;
  gez_goal_order_add_keys (GTK_WIDGET (self), goal);
  id = gez_id_to_string (goal);
  place = g_strdup_printf ("plan" GEZ_DRAFT_GOAL ":%s", id);
  self->keeper = gez_draft_keeper_new (context, place, household);

  return GTK_WIDGET (self);
}

/**
 * gez_goal_card_get_goal:
 * @self: the card
 *
 * Returns: (transfer none): identity of its goal
 */
const GezId *
gez_goal_card_get_goal (GezGoalCard *self)
{
  g_return_val_if_fail (GEZ_IS_GOAL_CARD (self), NULL);

  return &self->goal_id;
}

/**
 * gez_goal_card_show:
 * @self: the card
 * @goal: the goal, with `n_steps` and `n_done_steps`
 * @steps: (element-type GezRecord): steps, of other goals too
 * @with_domain: whether to name the life domain
 */
void
gez_goal_card_show (GezGoalCard *self,
                    GezRecord   *goal,
                    GPtrArray   *steps,
                    gboolean     with_domain)
{
  gboolean is_open;
  GtkListBoxRow *row;
  int focused;

  g_return_if_fail (GEZ_IS_GOAL_CARD (self));
  g_return_if_fail (GEZ_IS_RECORD (goal));

  g_set_object (&self->goal, goal);
  g_ptr_array_ref (steps);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  self->steps = steps;
  is_open = g_strcmp0 (gez_record_get_text (goal, "state"), "open") == 0;
  focused = focused_index (self);
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));

  gtk_list_box_append (GTK_LIST_BOX (self->list), make_heading (self, with_domain));
  append_steps (self, steps, is_open);
  if (is_open)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_add_row ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gez_record_get_text (goal, "words"), -1);

  row = focused >= 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), focused) : NULL;
  if (row != NULL)
    gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
  if (!self->has_loaded)
    gez_draft_keeper_load_async (self->keeper, NULL, loaded_cb, g_object_ref (self));
  self->has_loaded = TRUE;
}
