/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-page.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-acts.h"
#include "agenda/gez-agenda-dialog.h"
#include "agenda/gez-agenda-list.h"
#include "agenda/gez-month-day.h"
#include "agenda/gez-month-grid.h"
#include "base/gez-date.h"
#include "common/gez-clamp-page.h"
#include "common/gez-fold.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-sentence.h"
#include "common/gez-shortcut.h"
#include "common/gez-trace.h"
#include "common/gez-wrap-layout.h"
#include "model/gez-agenda.h"

#define NARROWEST_WITH_DAY_BESIDE 720
#define WIDTH_OF_DAY 320

/*
 * The chosen day of the month grid is the one truth: heading, day and list follow it.
 */
struct _GezAgendaPage
{
  GtkWidget parent_instance;

  GezContext *context;
  GezReader *reader;

  GtkWidget *content;
  GtkLabel *title;
  GtkWidget *mine;
  GtkWidget *as_month;
  GtkStack *stack;
  GtkWidget *failure;
  GezMonthGrid *month;
  GezAgendaList *day;
  GezAgendaList *list;
};

G_DEFINE_FINAL_TYPE (GezAgendaPage, gez_agenda_page, GTK_TYPE_WIDGET)

static const char * const tables[] = {
  "appointment", "followup", "household", "helper", "trajectory", NULL,
};

static const GezId *
get_member (GezAgendaPage *self)
{
  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->mine)))
    return NULL;

  return gez_context_get_member_id (self->context);
}

static GezQuery *
make_query (gpointer widget)
{
  GezAgendaPage *self = widget;
  const GezId *member = get_member (self);
  GezAgendaFilter filter = {
    .from_on = gez_month_grid_get_first (self->month),
    .to_on = gez_month_grid_get_last (self->month),
    .mine_of = member == NULL ? GEZ_ID_NONE : *member,
    .with_done = TRUE,
    .per_day = GEZ_MONTH_DAY_MAX_LINES,
  };

  return gez_agenda_query (&filter);
}

static void
show_cb (gpointer      widget,
         gpointer      result,
         const GError *error)
{
  GezAgendaPage *self = widget;
  g_autofree char *sentence = error == NULL ? NULL : gez_sentence_for_error (error);
  g_autofree char *today = gez_context_dup_today (self->context);

  gtk_label_set_text (GTK_LABEL (self->failure), sentence == NULL ? "" : sentence);
  gtk_widget_set_visible (self->failure, sentence != NULL);
  if (error != NULL)
    return;

  gez_month_grid_set_today (self->month, today);
  gez_month_grid_set_records (self->month, result);
  gez_trace_mark_painted (GTK_WIDGET (self), "agenda");
}

static void
update_list_range (GezAgendaPage *self)
{
  g_autofree char *first = NULL, *last = NULL;
  GDate date;

  if (!gez_date_parse (gez_month_grid_get_date (self->month), &date))
    g_assert_not_reached ();

  g_date_set_day (&date, 1);
  first = gez_date_format (&date);
  g_date_set_day (&date, g_date_get_days_in_month (g_date_get_month (&date),
                                                   g_date_get_year (&date)));
  last = gez_date_format (&date);
  gez_agenda_list_set_range (self->list, first, last);
}

static void
date_cb (GezAgendaPage *self)
{
  const char *date = gez_month_grid_get_date (self->month);
  g_autofree char *month = gez_format_month_year (date);
  gboolean is_other_month = g_strcmp0 (gtk_label_get_text (self->title), month) != 0;

  gez_agenda_list_set_range (self->day, date, date);
  if (!is_other_month)
    return;

  gtk_label_set_text (self->title, month);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->month), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  month, -1);
  update_list_range (self);
  gez_reader_refresh (self->reader);
}

static void
member_cb (GezAgendaPage *self)
{
  gez_agenda_list_set_member (self->day, get_member (self));
  gez_agenda_list_set_member (self->list, get_member (self));
  gez_reader_refresh (self->reader);
}

static void
view_cb (GezAgendaPage *self)
{
  gboolean is_month = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->as_month));

  gtk_stack_set_visible_child_name (self->stack, is_month ? "month" : "list");
}

static void
open_cb (GezAgendaPage *self,
         GezRecord     *record)
{
  gez_agenda_dialog_present_record (GTK_WIDGET (self), self->context, record);
}

static void
month_move_cb (GezAgendaPage *self,
               GezRecord     *record,
               const char    *date)
{
  gez_agenda_move (GTK_WIDGET (self), self->context, record, date,
                   gez_record_get_text (record, "start_time"));
}

/* Enter on a day goes to what stands on it. */
static void
day_activated_cb (GezAgendaPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->day), GTK_DIR_TAB_FORWARD);
}

static void
previous_action_cb (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  gez_month_grid_move_month (GEZ_AGENDA_PAGE (widget)->month, -1);
}

static void
next_action_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  gez_month_grid_move_month (GEZ_AGENDA_PAGE (widget)->month, 1);
}

static void
today_action_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  GezAgendaPage *self = GEZ_AGENDA_PAGE (widget);
  g_autofree char *today = gez_context_dup_today (self->context);

  gez_month_grid_set_date (self->month, today);
}

static void
add_action_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  GezAgendaPage *self = GEZ_AGENDA_PAGE (widget);

  gez_agenda_dialog_present (widget, self->context, NULL, gez_month_grid_get_date (self->month));
}

static gboolean
gez_agenda_page_grab_focus (GtkWidget *widget)
{
  GezAgendaPage *self = GEZ_AGENDA_PAGE (widget);

  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->as_month)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->month));

  return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

/* Whoever comes here is on the chosen day; the buttons above it are one Shift+Tab away. */
static gboolean
gez_agenda_page_focus (GtkWidget        *widget,
                       GtkDirectionType  direction)
{
  if (gtk_widget_get_focus_child (widget) == NULL && direction == GTK_DIR_TAB_FORWARD
      && gtk_widget_grab_focus (widget))
    return TRUE;

  return GTK_WIDGET_CLASS (gez_agenda_page_parent_class)->focus (widget, direction);
}

static void
gez_agenda_page_dispose (GObject *object)
{
  GezAgendaPage *self = GEZ_AGENDA_PAGE (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_agenda_page_parent_class)->dispose (object);
}

static void
gez_agenda_page_class_init (GezAgendaPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_agenda_page_dispose;
  widget_class->focus = gez_agenda_page_focus;
  widget_class->grab_focus = gez_agenda_page_grab_focus;

  gtk_widget_class_install_action (widget_class, "agenda.previous", NULL, previous_action_cb);
  gtk_widget_class_install_action (widget_class, "agenda.next", NULL, next_action_cb);
  gtk_widget_class_install_action (widget_class, "agenda.today", NULL, today_action_cb);
  gtk_widget_class_install_action (widget_class, "agenda.add", NULL, add_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, 0, "agenda.add", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_icon_button (const char *icon,
                  const char *label,
                  const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);

  return button;
}

static GtkWidget *
make_when (GezAgendaPage *self)
{
  GtkWidget *when = gez_wrap_box_new (6, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *today = gtk_button_new_with_label (_("Today"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (today), "agenda.today");
  gtk_box_append (GTK_BOX (buttons), make_icon_button ("go-previous-symbolic", _("Previous month"),
                                                       "agenda.previous"));
  gtk_box_append (GTK_BOX (buttons), today);
  gtk_box_append (GTK_BOX (buttons), make_icon_button ("go-next-symbolic", _("Next month"),
                                                       "agenda.next"));
  gtk_widget_add_css_class (buttons, "linked");
  gtk_box_append (GTK_BOX (when), buttons);

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_start (GTK_WIDGET (self->title), 6);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "title-3");
  gtk_box_append (GTK_BOX (when), GTK_WIDGET (self->title));

  return when;
}

/* Two linked buttons of which one is on; returns the first. */
static GtkWidget *
append_either (GezAgendaPage *self,
               GtkWidget     *box,
               const char    *first_label,
               const char    *second_label,
               GCallback      toggled)
{
  GtkWidget *either = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *first = gtk_toggle_button_new_with_label (first_label);
  GtkWidget *second = gtk_toggle_button_new_with_label (second_label);

  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (second), GTK_TOGGLE_BUTTON (first));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first), TRUE);
  g_signal_connect_object (first, "toggled", toggled, self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (either, "linked");
  gtk_box_append (GTK_BOX (either), first);
  gtk_box_append (GTK_BOX (either), second);
  gtk_box_append (GTK_BOX (box), either);

  return first;
}

static GtkWidget *
make_head (GezAgendaPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *choices = gez_wrap_box_new (6, 6);
  GtkWidget *add = make_icon_button ("list-add-symbolic", _("Add to the agenda"), "agenda.add");

  self->as_month = append_either (self, choices, _("Month"), _("List"), G_CALLBACK (view_cb));
  self->mine = append_either (self, choices, _("Mine"), _("Team"), G_CALLBACK (member_cb));
  gtk_widget_add_css_class (add, "suggested-action");
  gtk_box_append (GTK_BOX (choices), add);
  gtk_box_append (GTK_BOX (head), gez_fold_new (make_when (self), choices, 6));

  self->failure = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->failure), 0);
  gtk_label_set_wrap (GTK_LABEL (self->failure), TRUE);
  gtk_widget_add_css_class (self->failure, "error");
  gtk_widget_set_visible (self->failure, FALSE);
  gtk_box_append (GTK_BOX (head), self->failure);
  gtk_widget_add_css_class (head, "gez-place-head");

  return head;
}

static GtkWidget *
make_month (GezAgendaPage *self,
            const char    *today)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *fold;

  self->month = GEZ_MONTH_GRID (gez_month_grid_new (today));
  self->day = GEZ_AGENDA_LIST (gez_agenda_list_new (self->context, NULL));
  gez_agenda_list_set_member (self->day, get_member (self));
  fold = gez_fold_new (GTK_WIDGET (self->month), GTK_WIDGET (self->day), 18);
  gez_fold_set_threshold (GEZ_FOLD (fold), NARROWEST_WITH_DAY_BESIDE);
  gez_fold_set_second_width (GEZ_FOLD (fold), WIDTH_OF_DAY);
  gez_fold_set_keeps_first_in_view (GEZ_FOLD (fold), TRUE);
  gtk_widget_add_css_class (fold, "gez-place-body");
  g_signal_connect_object (self->month, "notify::date", G_CALLBACK (date_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->month, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->month, "move", G_CALLBACK (month_move_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->month, "day-activated", G_CALLBACK (day_activated_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), fold);
  gtk_widget_set_margin_bottom (scrolled, 9); /* outside, so that a page is what the month gets */

  return scrolled;
}

static void
build (GezAgendaPage *self)
{
  g_autofree char *today = gez_context_dup_today (self->context);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->content), make_head (self));

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, make_month (self, today), "month");
  self->list = GEZ_AGENDA_LIST (gez_agenda_list_new (self->context, NULL));
  gez_agenda_list_set_member (self->list, get_member (self));
  gtk_stack_add_named (self->stack, gez_clamp_page_new (GTK_WIDGET (self->list), 860), "list");
  gtk_box_append (GTK_BOX (self->content), GTK_WIDGET (self->stack));
}

static void
gez_agenda_page_init (GezAgendaPage *self)
{
  gez_shortcut_add (GTK_WIDGET (self), "<Control>n", "agenda.add");
}

/**
 * gez_agenda_page_new:
 * @context: (transfer none): whose agenda
 *
 * Returns: (transfer floating): the place, at the month of today
 */
GtkWidget *
gez_agenda_page_new (GezContext *context)
{
  GezAgendaPage *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_AGENDA_PAGE, NULL);
  self->context = g_object_ref (context);
  build (self);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_cb);
  date_cb (self);

  return GTK_WIDGET (self);
}
