/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-plan-tab.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "common/gez-clamp-page.h"
#include "common/gez-reader.h"
#include "common/gez-row.h"
#include "common/gez-section.h"
#include "household/gez-domain-names.h"
#include "household/gez-excerpt.h"
#include "household/gez-goal-list.h"
#include "model/gez-plan-view.h"

struct _GezPlanTab
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *reader;

  GtkWidget *page;
  GtkWidget *goals;
  GtkWidget *wishes;
};

G_DEFINE_FINAL_TYPE (GezPlanTab, gez_plan_tab, GTK_TYPE_WIDGET)

#define PAGE_WIDTH 800
#define WISH_KEY "gez-wish"

static const char * const tables[] = { "goal", "step", "assessment", "person", "helper", "partner",
                                       "member", NULL };

static GezQuery *
make_query (gpointer widget)
{
  return gez_plan_view_query (&GEZ_PLAN_TAB (widget)->household);
}

static gboolean
has_open_goal (GPtrArray   *goals,
               const GezId *domain)
{
  for (guint i = 0; i < goals->len; i++)
    {
      GezRecord *goal = g_ptr_array_index (goals, i);

      if (g_strcmp0 (gez_record_get_text (goal, "state"), "open") == 0
          && !gez_record_is_null (goal, "domain_id")
          && gez_id_equal (gez_record_get_reference (goal, "domain_id"), domain))
        return TRUE;
    }

  return FALSE;
}

/* A wish of a domain without an open goal is where a goal can begin. */
static void
show_wishes (GezPlanTab *self,
             GPtrArray  *wishes,
             GPtrArray  *goals)
{
  gez_section_clear (GEZ_SECTION (self->wishes));
  for (guint i = 0; i < wishes->len; i++)
    {
      GezRecord *wish = g_ptr_array_index (wishes, i);
      const GezId *domain = gez_record_get_reference (wish, "domain_id");
      g_autofree char *text = NULL;
      GtkWidget *row;

      if (has_open_goal (goals, domain))
        continue;
      text = gez_excerpt (gez_record_get_text (wish, "wished_change"));
      row = gez_row_new (text, gez_domain_label (self->context, domain));
      gez_row_set_lines (GEZ_ROW (row), 3, 1);
      gez_row_add_chip (GEZ_ROW (row), _("make it a goal"), GEZ_CHIP_NEUTRAL);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), WISH_KEY, g_object_ref (wish), g_object_unref);
      gez_section_append (GEZ_SECTION (self->wishes), row);
    }
  gtk_widget_set_visible (self->wishes, gez_section_get_n_rows (GEZ_SECTION (self->wishes)) > 0);
}

static void
show_view (gpointer      widget,
           gpointer      result,
           const GError *error)
{
  GezPlanTab *self = widget;
  GPtrArray *goals;

  if (result == NULL)
    {
      gez_say_error (widget, error);
      return;
    }

  goals = gez_view_get_list (result, "goals");
  gez_goal_list_show (GEZ_GOAL_LIST (self->goals), goals, gez_view_get_list (result, "steps"));
  show_wishes (self, gez_view_get_list (result, "wishes"), goals);
}

static void
wish_activated_cb (GezPlanTab    *self,
                   GtkListBoxRow *row)
{
  GezRecord *wish = g_object_get_data (G_OBJECT (row), WISH_KEY);

  gez_goal_list_add (GEZ_GOAL_LIST (self->goals), gez_record_get_text (wish, "wished_change"),
                     gez_record_get_text (wish, "domain_code"));
}

static void
build (GezPlanTab *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->goals = gez_goal_list_new (self->context, &self->household, NULL);
  self->wishes = gez_section_new (_("What the family wishes"));
  gez_section_set_detail (GEZ_SECTION (self->wishes), _("not in a goal yet"));
  gtk_widget_set_visible (self->wishes, FALSE);
  g_signal_connect_object (self->wishes, "row-activated", G_CALLBACK (wish_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (content), self->goals);
  gtk_box_append (GTK_BOX (content), self->wishes);

  self->page = gez_clamp_page_new (content, PAGE_WIDTH);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
}

static void
gez_plan_tab_dispose (GObject *object)
{
  GezPlanTab *self = GEZ_PLAN_TAB (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_plan_tab_parent_class)->dispose (object);
}

static void
gez_plan_tab_class_init (GezPlanTabClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_plan_tab_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_plan_tab_init (GezPlanTab *self)
{
}

/**
 * gez_plan_tab_new:
 * @context: where we work
 * @household: whose plan
 *
 * Returns: (transfer floating): the tab; it fills itself
 */
GtkWidget *
gez_plan_tab_new (GezContext  *context,
                  const GezId *household)
{
  GezPlanTab *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (household != NULL, NULL);

  self = g_object_new (GEZ_TYPE_PLAN_TAB, NULL);
  self->context = g_object_ref (context);
  self->household = *household;
  build (self);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_view);
  gez_reader_refresh (self->reader);

  return GTK_WIDGET (self);
}

/**
 * gez_plan_tab_add_goal:
 * @self: the tab
 *
 * Opens the form for a goal.
 */
void
gez_plan_tab_add_goal (GezPlanTab *self)
{
  g_return_if_fail (GEZ_IS_PLAN_TAB (self));

  gez_goal_list_add (GEZ_GOAL_LIST (self->goals), NULL, NULL);
}
