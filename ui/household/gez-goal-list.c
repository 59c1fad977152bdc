/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-goal-list.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-act.h"
#include "household/gez-form.h"
#include "household/gez-goal-acts.h"
#include "household/gez-goal-card.h"
#include "model/gez-draft-list.h"
#include "model/gez-goal.h"

struct _GezGoalList
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  char *domain_code; /* NULL: of all domains */
  GArray *order;     /* of GezId: the open goals as they stand */
  GezDraftKeeper *keeper;
  gboolean has_loaded;

  GtkWidget *box;
  GtkWidget *add;
  GtkWidget *form_bin;
  GtkWidget *empty;
  GtkWidget *open_cards;
  GtkWidget *ended;
  GtkWidget *ended_cards;
};

G_DEFINE_FINAL_TYPE (GezGoalList, gez_goal_list, GTK_TYPE_WIDGET)

static void
close_form (GezGoalList *self)
{
  adw_bin_set_child (ADW_BIN (self->form_bin), NULL);
  gtk_widget_set_visible (self->form_bin, FALSE);
  gtk_widget_set_sensitive (self->add, TRUE);
}

static void
submit_cb (GezGoalList *self)
{
  GtkWidget *form = adw_bin_get_child (ADW_BIN (self->form_bin));

  gez_goal_acts_add (GTK_WIDGET (self), self->context, &self->household, GEZ_GOAL_FORM (form),
                     self->keeper);
  close_form (self);
  gtk_widget_grab_focus (self->add);
}

static void
cancel_cb (GezGoalList *self)
{
  gez_draft_keeper_clear (self->keeper);
  close_form (self);
}

static void
edited_cb (GezGoalList *self)
{
  GtkWidget *form = adw_bin_get_child (ADW_BIN (self->form_bin));
  g_autofree char *content = gez_goal_form_serialise (GEZ_GOAL_FORM (form));

  gez_draft_keeper_touch (self->keeper, content);
}

static void
open_form (GezGoalList *self)
{
  GtkWidget *form = gez_goal_form_new (self->context, _("Add the goal"));

  g_signal_connect_object (form, "submit", G_CALLBACK (submit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "cancel", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self->form_bin), form);
  gtk_widget_set_visible (self->form_bin, TRUE);
  gtk_widget_set_sensitive (self->add, FALSE);
}

/* What was typed the last time stands in the form again; who began meanwhile keeps that. */
static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GezGoalList) self = user_data;
  g_autofree char *content = gez_draft_keeper_load_finish (GEZ_DRAFT_KEEPER (source), result, NULL);

  if (content == NULL || self->box == NULL || adw_bin_get_child (ADW_BIN (self->form_bin)) != NULL)
    return;
  open_form (self);
  gez_goal_form_restore (GEZ_GOAL_FORM (adw_bin_get_child (ADW_BIN (self->form_bin))), content);
}

static void
add_cb (GezGoalList *self)
{
  gez_goal_list_add (self, NULL, self->domain_code);
}

/* Where a goal stands among the open ones; -1: not there, or not here. */
static int
place_of (GezGoalList *self,
          const char  *goal)
{
  GezId id;

  if (self->domain_code != NULL || !gez_id_parse (goal, &id))
    return -1;
  for (guint i = 0; i < self->order->len; i++)
    if (gez_id_equal (&g_array_index (self->order, GezId, i), &id))
      return (int) i;

  return -1;
}

static void
move_goal (GezGoalList *self,
           int          from,
           int          to)
{
  GezId goal;

  if (from < 0 || to < 0 || from == to || to >= (int) self->order->len)
    return;

  goal = g_array_index (self->order, GezId, from);
  g_array_remove_index (self->order, (guint) from);
  g_array_insert_val (self->order, (guint) to, goal);
  gez_act (GTK_WIDGET (self), self->context,
           gez_goal_set_order (self->context, (const GezId *) self->order->data, self->order->len),
           _("The order of the goals changed"));
}

static void
move_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  GezGoalList *self = GEZ_GOAL_LIST (widget);
  int place = place_of (self, g_variant_get_string (parameter, NULL));

  if (place >= 0)
    move_goal (self, place, g_str_has_suffix (action, "up") ? place - 1 : place + 1);
}

static void
move_to_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  GezGoalList *self = GEZ_GOAL_LIST (widget);
  const char *goal, *other;

  g_variant_get (parameter, "(&s&s)", &goal, &other);
  move_goal (self, place_of (self, goal), place_of (self, other));
}

static GezGoalCard *
find_card (GtkWidget   *cards,
           const GezId *goal)
{
  for (GtkWidget *card = gtk_widget_get_first_child (cards); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    if (gez_id_equal (gez_goal_card_get_goal (GEZ_GOAL_CARD (card)), goal))
      return GEZ_GOAL_CARD (card);

  return NULL;
}

/* Gives each goal its card, in order; a card that is there already is kept with what is in it. */
static void
fill (GezGoalList *self,
      GtkWidget   *cards,
      GPtrArray   *goals,
      GPtrArray   *steps,
      gboolean     open)
{
  GtkWidget *last = NULL;
  GtkWidget *rest;

  for (guint i = 0; i < goals->len; i++)
    {
      GezRecord *goal = g_ptr_array_index (goals, i);
      gboolean is_open = g_strcmp0 (gez_record_get_text (goal, "state"), "open") == 0;
      GezGoalCard *card;

      if (is_open != open)
        continue;
      card = find_card (cards, gez_record_get_id (goal));
      if (card == NULL)
        {
          card = GEZ_GOAL_CARD (gez_goal_card_new (self->context, &self->household,
                                                   gez_record_get_id (goal)));
          gtk_box_append (GTK_BOX (cards), GTK_WIDGET (card));
        }
      gtk_box_reorder_child_after (GTK_BOX (cards), GTK_WIDGET (card), last);
      gez_goal_card_show (card, goal, steps, self->domain_code == NULL);
      last = GTK_WIDGET (card);
    }

  rest = last != NULL ? gtk_widget_get_next_sibling (last) : gtk_widget_get_first_child (cards);
  while (rest != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (rest);

      gtk_box_remove (GTK_BOX (cards), rest);
      rest = next;
    }
}

static GtkWidget *
make_header (GezGoalList *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *heading = gez_form_heading (_("Goals and steps"));

  gtk_widget_set_hexpand (heading, TRUE);
  self->add = gez_form_add_button (_("Add a goal"));
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_cb), self);
  gtk_widget_add_css_class (header, "gez-section-heading");
  gtk_box_append (GTK_BOX (header), heading);
  gtk_box_append (GTK_BOX (header), self->add);

  return header;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *list = gez_form_list (_("Goals and steps"));
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (_("No goal yet. Ask what the family wants to be different, "
                                      "write it in their own words, and agree on one small "
                                      "step."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "gez-empty-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), -1);
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return list;
}

static void
gez_goal_list_dispose (GObject *object)
{
  GezGoalList *self = GEZ_GOAL_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->keeper);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_goal_list_parent_class)->dispose (object);
}

static void
gez_goal_list_finalize (GObject *object)
{
  g_clear_pointer (&GEZ_GOAL_LIST (object)->domain_code, g_free);
  g_array_unref (GEZ_GOAL_LIST (object)->order);

  G_OBJECT_CLASS (gez_goal_list_parent_class)->finalize (object);
}

static void
gez_goal_list_class_init (GezGoalListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_goal_list_dispose;
  object_class->finalize = gez_goal_list_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "goals.move-up", "s", move_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "goals.move-down", "s", move_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "goals.move-to", "(ss)", move_to_cb);
}

static void
gez_goal_list_init (GezGoalList *self)
{
  self->order = g_array_new (FALSE, FALSE, sizeof (GezId));
  self->form_bin = adw_bin_new ();
  self->empty = make_empty ();
  self->open_cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->ended_cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->ended = gtk_expander_new (NULL);
  gtk_expander_set_child (GTK_EXPANDER (self->ended), self->ended_cards);
  gtk_widget_set_margin_top (self->ended_cards, 12);
  gtk_widget_set_visible (self->form_bin, FALSE);
  gtk_widget_set_visible (self->ended, FALSE);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->box), make_header (self));
  gtk_box_append (GTK_BOX (self->box), self->form_bin);
  gtk_box_append (GTK_BOX (self->box), self->empty);
  gtk_box_append (GTK_BOX (self->box), self->open_cards);
  gtk_box_append (GTK_BOX (self->box), self->ended);
  gtk_widget_add_css_class (self->box, "gez-block");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * gez_goal_list_new:
 * @context: where we work
 * @household: whose goals
 * @domain_code: (nullable): the life domain of the tab; %NULL for the plan
 *
 * Returns: (transfer floating): a list without goals
 */
GtkWidget *
gez_goal_list_new (GezContext  *context,
                   const GezId *household,
                   const char  *domain_code)
{
  GezGoalList *self = g_object_new (GEZ_TYPE_GOAL_LIST, NULL);
  g_autofree char *place = NULL;

  self->context = g_object_ref (context);
  self->household = *household;
  self->domain_code = g_strdup (domain_code);
  place = domain_code != NULL ? g_strdup_printf ("domain:%s" GEZ_DRAFT_GOAL, domain_code)
                              : g_strdup ("plan" GEZ_DRAFT_GOAL);
  self->keeper = gez_draft_keeper_new (context, place, household);

  return GTK_WIDGET (self);
}

/**
 * gez_goal_list_show:
 * @self: the list
 * @goals: (element-type GezRecord): goals in their order, with `n_steps` and `n_done_steps`
 * @steps: (element-type GezRecord): the steps of all of them
 */
void
gez_goal_list_show (GezGoalList *self,
                    GPtrArray   *goals,
                    GPtrArray   *steps)
{
  g_autofree char *label = NULL;
  guint n_ended = 0;

  g_return_if_fail (GEZ_IS_GOAL_LIST (self));

  g_array_set_size (self->order, 0);
  for (guint i = 0; i < goals->len; i++)
    {
      GezRecord *goal = g_ptr_array_index (goals, i);

      if (g_strcmp0 (gez_record_get_text (goal, "state"), "open") != 0)
        n_ended++;
      else
        g_array_append_val (self->order, *gez_record_get_id (goal));
    }

  fill (self, self->open_cards, goals, steps, TRUE);
  fill (self, self->ended_cards, goals, steps, FALSE);
  gtk_widget_set_visible (self->empty, goals->len == n_ended);
  gtk_widget_set_visible (self->open_cards, goals->len > n_ended);
  label = g_strdup_printf (ngettext ("%u goal that was reached or stopped",
                                     "%u goals that were reached or stopped", n_ended),
                           n_ended);
  gtk_expander_set_label (GTK_EXPANDER (self->ended), label);
  gez_accessible_set_name (self->ended, label);
  gtk_widget_set_visible (self->ended, n_ended > 0);
  if (!self->has_loaded)
    gez_draft_keeper_load_async (self->keeper, NULL, loaded_cb, g_object_ref (self));
  self->has_loaded = TRUE;
}

/**
 * gez_goal_list_add:
 * @self: the list
 * @words: (nullable): what the family said already
 * @domain_code: (nullable): the life domain
 *
 * Opens the form for a new goal. A form that is open already stays as it is.
 */
void
gez_goal_list_add (GezGoalList *self,
                   const char  *words,
                   const char  *domain_code)
{
  g_return_if_fail (GEZ_IS_GOAL_LIST (self));

  if (adw_bin_get_child (ADW_BIN (self->form_bin)) == NULL)
    {
      open_form (self);
      gez_goal_form_set (GEZ_GOAL_FORM (adw_bin_get_child (ADW_BIN (self->form_bin))), words,
                         domain_code, 0);
    }
  gtk_widget_grab_focus (adw_bin_get_child (ADW_BIN (self->form_bin)));
}
