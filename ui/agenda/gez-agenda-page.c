/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-page.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-acts.h"
#include "agenda/gez-agenda-dialog.h"
#include "agenda/gez-agenda-keys.h"
#include "agenda/gez-agenda-list.h"
#include "agenda/gez-fit-label.h"
#include "agenda/gez-month-day.h"
#include "agenda/gez-month-grid.h"
#include "agenda/gez-week-grid.h"
#include "base/gez-date.h"
#include "common/gez-button.h"
#include "common/gez-clamp-page.h"
#include "common/gez-focus.h"
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
#define READ_PER_DAY_OF_WEEK 80 /* enough to fill the hours where many overlap */
#define SECONDS_BETWEEN_LOOKS_AT_THE_CLOCK 30

typedef enum
{
  VIEW_MONTH,
  VIEW_WEEK,
  VIEW_LIST,
  N_VIEWS,
} View;

static const char *const view_names[N_VIEWS] = { "month", "week", "list" };

/* How it was looked at last hangs on the context, and goes with it when the file is locked. */
static const char view_key[] = "gez-agenda-view";

/*
 * 1. The chosen day of the month grid is the one truth: heading, week, day and list follow it.
 * 2. A view is made when it is first looked at; only the one that shows is read.
 */
struct _GezAgendaPage
{
  GtkWidget parent_instance;

  GezContext *context;
  GezReader *reader;
  View view;
  char *first; /* of the days that were asked for, or NULL */
  char *last;
  guint clock_timeout;

  GtkWidget *content;
  GezFitLabel *title;
  GtkWidget *previous;
  GtkWidget *next;
  GtkWidget *views[N_VIEWS]; /* the buttons */
  GtkWidget *mine;
  GtkStack *stack;
  GtkWidget *failure;
  GezMonthGrid *month;
  GezAgendaList *day;
  GezWeekGrid *week; /* NULL until it is looked at */
  GezAgendaList *list; /* the same */
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

static const char *
get_date (GezAgendaPage *self)
{
  return gez_month_grid_get_date (self->month);
}

static void
get_range (GezAgendaPage *self,
           const char   **first,
           const char   **last)
{
  gboolean is_week = self->view == VIEW_WEEK;

  *first = is_week ? gez_week_grid_get_first (self->week) : gez_month_grid_get_first (self->month);
  *last = is_week ? gez_week_grid_get_last (self->week) : gez_month_grid_get_last (self->month);
}

/* The list reads for itself. */
static GezQuery *
make_query (gpointer widget)
{
  GezAgendaPage *self = widget;
  const GezId *member = get_member (self);
  GezAgendaFilter filter = {
    .mine_of = member == NULL ? GEZ_ID_NONE : *member,
    .with_done = TRUE,
    .per_day = self->view == VIEW_WEEK ? READ_PER_DAY_OF_WEEK : GEZ_MONTH_DAY_MAX_LINES,
  };

  if (self->view == VIEW_LIST)
    return NULL;

  get_range (self, &filter.from_on, &filter.to_on);
  g_free (self->first);
  g_free (self->last);
  self->first = g_strdup (filter.from_on);
  self->last = g_strdup (filter.to_on);

  return gez_agenda_query (&filter);
}

static void
look_at_clock (GezAgendaPage *self)
{
  GezClock *clock = gez_context_get_clock (self->context);
  g_autofree char *today = gez_context_dup_today (self->context);
  g_autofree char *now = gez_clock_time_of (clock, gez_clock_get_now (clock));

  gez_month_grid_set_today (self->month, today);
  if (self->week != NULL)
    gez_week_grid_set_now (self->week, today, now);
}

static gboolean
clock_cb (gpointer user_data)
{
  look_at_clock (user_data);

  return G_SOURCE_CONTINUE;
}

static void
show_cb (gpointer      widget,
         gpointer      result,
         const GError *error)
{
  GezAgendaPage *self = widget;
  g_autofree char *sentence = error == NULL ? NULL : gez_sentence_for_error (error);

  gtk_label_set_text (GTK_LABEL (self->failure), sentence == NULL ? "" : sentence);
  gtk_widget_set_visible (self->failure, sentence != NULL);
  if (error != NULL)
    return;

  look_at_clock (self);
  if (self->view == VIEW_WEEK)
    gez_week_grid_set_records (self->week, result);
  else
    gez_month_grid_set_records (self->month, result);
  gez_trace_mark_painted (GTK_WIDGET (self), "agenda");
}

static void
update_list_range (GezAgendaPage *self)
{
  g_autofree char *first = NULL, *last = NULL;
  GDate date;

  if (self->list == NULL)
    return;
  if (!gez_date_parse (get_date (self), &date))
    g_assert_not_reached ();

  g_date_set_day (&date, 1);
  first = gez_date_format (&date);
  g_date_set_day (&date, g_date_get_days_in_month (g_date_get_month (&date),
                                                   g_date_get_year (&date)));
  last = gez_date_format (&date);
  gez_agenda_list_set_range (self->list, first, last);
}

static void
update_title (GezAgendaPage *self)
{
  g_autofree char *month = gez_format_month_year (get_date (self));
  g_autofree char *month_short = NULL;
  g_autofree char *with_week = NULL;
  g_autofree char *week = NULL;
  GDate date;

  if (!gez_date_parse (get_date (self), &date))
    g_assert_not_reached ();

  month_short = g_strdup_printf (_("%1$s %2$d"),
                                 gez_format_month_short (g_date_get_month (&date)),
                                 g_date_get_year (&date));
  week = g_strdup_printf (_("week %u"), g_date_get_iso8601_week_of_year (&date));
  with_week = g_strdup_printf ("%s, %s", month, week);
  if (self->view == VIEW_WEEK)
    gez_fit_label_set_texts (self->title, with_week, week, week);
  else
    gez_fit_label_set_texts (self->title, month, month_short, month_short);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->month), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  month, -1);
}

/* What shows is read again when other days come into view. */
static void
read_range (GezAgendaPage *self)
{
  const char *first, *last;

  if (self->view == VIEW_LIST)
    return;

  get_range (self, &first, &last);
  if (g_strcmp0 (first, self->first) != 0 || g_strcmp0 (last, self->last) != 0)
    gez_reader_refresh (self->reader);
}

static void
date_cb (GezAgendaPage *self)
{
  gez_agenda_list_set_range (self->day, get_date (self), get_date (self));
  update_title (self);
  update_list_range (self);
  if (self->reader != NULL)
    read_range (self);
}

static void
member_cb (GezAgendaPage *self)
{
  gez_agenda_list_set_member (self->day, get_member (self));
  if (self->list != NULL)
    gez_agenda_list_set_member (self->list, get_member (self));
  gez_reader_refresh (self->reader);
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

static void
week_move_cb (GezAgendaPage *self,
              GezRecord     *record,
              const char    *date,
              const char    *time)
{
  gez_agenda_move (GTK_WIDGET (self), self->context, record, date, time);
}

/* Enter on a day goes to what stands on it. */
static void
day_activated_cb (GezAgendaPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->day), GTK_DIR_TAB_FORWARD);
}

/* The month shows everything of a day beside it. */
static void
week_day_activated_cb (GezAgendaPage *self,
                       const char    *date)
{
  gez_month_grid_set_date (self->month, date);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->views[VIEW_MONTH]), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->month));
}

static void
make_week (GezAgendaPage *self)
{
  GezClock *clock = gez_context_get_clock (self->context);
  g_autofree char *today = gez_context_dup_today (self->context);
  g_autofree char *now = gez_clock_time_of (clock, gez_clock_get_now (clock));
  GtkWidget *week = gez_week_grid_new (today, now);

  self->week = GEZ_WEEK_GRID (week);
  g_object_bind_property (self->month, "date", week, "date",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (week, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (week, "move", G_CALLBACK (week_move_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (week, "day-activated", G_CALLBACK (week_day_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (week, "gez-place-body");
  gtk_widget_set_margin_bottom (week, 9);
  gtk_stack_add_named (self->stack, week, view_names[VIEW_WEEK]);
}

static void
make_list (GezAgendaPage *self)
{
  self->list = GEZ_AGENDA_LIST (gez_agenda_list_new (self->context, NULL));
  gez_agenda_list_set_member (self->list, get_member (self));
  update_list_range (self);
  gtk_stack_add_named (self->stack, gez_clamp_page_new (GTK_WIDGET (self->list), 860),
                       view_names[VIEW_LIST]);
}

static void
set_view (GezAgendaPage *self,
          View           view)
{
  self->view = view;
  g_object_set_data (G_OBJECT (self->context), view_key, GINT_TO_POINTER (view));
  if (view == VIEW_WEEK && self->week == NULL)
    make_week (self);
  if (view == VIEW_LIST && self->list == NULL)
    make_list (self);
  gtk_stack_set_visible_child_name (self->stack, view_names[view]);
  gez_button_set_name (self->previous, view == VIEW_WEEK ? _("Previous week") : _("Previous month"));
  gez_button_set_name (self->next, view == VIEW_WEEK ? _("Next week") : _("Next month"));
  update_title (self);
  g_clear_pointer (&self->first, g_free); /* each view shows other columns of the same days */
  read_range (self);
}

static void
view_cb (GezAgendaPage *self,
         GtkWidget     *button)
{
  for (View view = 0; view < N_VIEWS; view++)
    {
      if (self->views[view] == button && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
        set_view (self, view);
    }
}

static void
turn (GezAgendaPage *self,
      int            direction)
{
  if (self->view == VIEW_WEEK)
    gez_week_grid_turn (self->week, direction);
  else
    gez_month_grid_move_month (self->month, direction);
}

static void
turn_action_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  turn (GEZ_AGENDA_PAGE (widget), g_str_equal (action, "agenda.next") ? 1 : -1);
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

  gez_agenda_dialog_present (widget, self->context, NULL, get_date (self));
}

static void
view_action_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  GezAgendaPage *self = GEZ_AGENDA_PAGE (widget);

  for (View view = 0; view < N_VIEWS; view++)
    {
      if (g_str_equal (action + strlen ("agenda.show-"), view_names[view]))
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->views[view]), TRUE);
    }
}

/* What was moved with keys keeps the focus, on its new day. */
static void
follow_action_cb (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  GezAgendaPage *self = GEZ_AGENDA_PAGE (widget);
  const char *text, *day;
  GezId id;

  g_variant_get (parameter, "(&s&s)", &text, &day);
  if (!gez_id_parse (text, &id))
    return;
  if (self->view == VIEW_WEEK)
    gez_week_grid_follow (self->week, &id);
  if (self->view == VIEW_MONTH)
    gez_month_grid_follow (self->month, &id);
  gez_month_grid_set_date (self->month, day);
}

static gboolean
gez_agenda_page_grab_focus (GtkWidget *widget)
{
  GezAgendaPage *self = GEZ_AGENDA_PAGE (widget);

  if (self->view == VIEW_MONTH)
    return gtk_widget_grab_focus (GTK_WIDGET (self->month));
  if (self->view == VIEW_WEEK)
    return gtk_widget_grab_focus (GTK_WIDGET (self->week));

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
gez_agenda_page_map (GtkWidget *widget)
{
  GezAgendaPage *self = GEZ_AGENDA_PAGE (widget);

  GTK_WIDGET_CLASS (gez_agenda_page_parent_class)->map (widget);
  look_at_clock (self);
  if (self->clock_timeout == 0)
    self->clock_timeout = g_timeout_add_seconds (SECONDS_BETWEEN_LOOKS_AT_THE_CLOCK, clock_cb,
                                                 self);
}

static void
gez_agenda_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&GEZ_AGENDA_PAGE (widget)->clock_timeout, g_source_remove);
  GTK_WIDGET_CLASS (gez_agenda_page_parent_class)->unmap (widget);
}

static void
gez_agenda_page_dispose (GObject *object)
{
  GezAgendaPage *self = GEZ_AGENDA_PAGE (object);

  g_clear_handle_id (&self->clock_timeout, g_source_remove);
  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_agenda_page_parent_class)->dispose (object);
}

static void
gez_agenda_page_finalize (GObject *object)
{
  GezAgendaPage *self = GEZ_AGENDA_PAGE (object);

  g_free (self->first);
  g_free (self->last);

  G_OBJECT_CLASS (gez_agenda_page_parent_class)->finalize (object);
}

static void
gez_agenda_page_class_init (GezAgendaPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_agenda_page_dispose;
  object_class->finalize = gez_agenda_page_finalize;
  widget_class->focus = gez_agenda_page_focus;
  widget_class->grab_focus = gez_agenda_page_grab_focus;
  gez_focus_class_let_leave (widget_class);
  widget_class->map = gez_agenda_page_map;
  widget_class->unmap = gez_agenda_page_unmap;

  gtk_widget_class_install_action (widget_class, "agenda.previous", NULL, turn_action_cb);
  gtk_widget_class_install_action (widget_class, "agenda.next", NULL, turn_action_cb);
  gtk_widget_class_install_action (widget_class, "agenda.today", NULL, today_action_cb);
  gtk_widget_class_install_action (widget_class, "agenda.add", NULL, add_action_cb);
  gtk_widget_class_install_action (widget_class, "agenda.show-month", NULL, view_action_cb);
  gtk_widget_class_install_action (widget_class, "agenda.show-week", NULL, view_action_cb);
  gtk_widget_class_install_action (widget_class, "agenda.show-list", NULL, view_action_cb);
  gtk_widget_class_install_action (widget_class, "agenda.follow", "(ss)", follow_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, 0, "agenda.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, 0, "agenda.today", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, 0, "agenda.show-month", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, 0, "agenda.show-week", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, 0, "agenda.show-list", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "agenda.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "agenda.next", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_when (GezAgendaPage *self)
{
  GtkWidget *when = gez_wrap_box_new (6, 6);
  GtkWidget *buttons = gez_button_box_new_linked ();
  GtkWidget *today = gtk_button_new_with_label (_("Today"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (today), "agenda.today");
  gtk_widget_set_tooltip_text (today, _("Today (Ctrl+Home)"));
  self->previous = gez_button_new_icon ("go-previous-symbolic", _("Previous month"),
                                        "agenda.previous");
  self->next = gez_button_new_icon ("go-next-symbolic", _("Next month"), "agenda.next");
  gtk_box_append (GTK_BOX (buttons), self->previous);
  gtk_box_append (GTK_BOX (buttons), today);
  gtk_box_append (GTK_BOX (buttons), self->next);
  gtk_box_append (GTK_BOX (when), buttons);

  self->title = GEZ_FIT_LABEL (gez_fit_label_new ());
  gtk_widget_set_margin_start (GTK_WIDGET (self->title), 6);
  gtk_widget_set_halign (GTK_WIDGET (self->title), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "title-3");
  gtk_box_append (GTK_BOX (when), GTK_WIDGET (self->title));

  return when;
}

static GtkWidget *
make_choices (GezAgendaPage *self)
{
  GtkWidget *choices = gez_wrap_box_new (6, 6);
  GtkWidget *views = gez_button_box_new_linked ();
  GtkWidget *whose = gez_button_box_new_linked ();
  GtkWidget *add = gez_button_new_icon ("list-add-symbolic", _("Add to the agenda"), "agenda.add");
  GtkWidget *month;

  month = gez_button_append_toggle (views, _("Month"), _("Month (M)"), NULL);
  self->views[VIEW_MONTH] = month;
  self->views[VIEW_WEEK] = gez_button_append_toggle (views, _("Week"), _("Week (W)"), month);
  self->views[VIEW_LIST] = gez_button_append_toggle (views, _("List"), _("List (L)"), month);
  for (View view = 0; view < N_VIEWS; view++)
    g_signal_connect_object (self->views[view], "toggled", G_CALLBACK (view_cb), self,
                             G_CONNECT_SWAPPED);
  self->mine = gez_button_append_toggle (whose, _("Mine"), NULL, NULL);
  gez_button_append_toggle (whose, _("Team"), NULL, self->mine);
  g_signal_connect_object (self->mine, "toggled", G_CALLBACK (member_cb), self, G_CONNECT_SWAPPED);

  gtk_widget_add_css_class (add, "suggested-action");
  gtk_box_append (GTK_BOX (choices), views);
  gtk_box_append (GTK_BOX (choices), whose);
  gtk_box_append (GTK_BOX (choices), add);

  return choices;
}

static GtkWidget *
make_head (GezAgendaPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (head), gez_fold_new (make_when (self), make_choices (self), 6));

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
  gtk_stack_add_named (self->stack, make_month (self, today), view_names[VIEW_MONTH]);
  gtk_box_append (GTK_BOX (self->content), GTK_WIDGET (self->stack));
}

static void
gez_agenda_page_init (GezAgendaPage *self)
{
  gez_shortcut_add (GTK_WIDGET (self), "<Control>n", "agenda.add");
  gez_shortcut_add (GTK_WIDGET (self), "<Control>Home", "agenda.today");
}

/**
 * gez_agenda_page_new:
 * @context: (transfer none): whose agenda
 *
 * Returns: (transfer floating): the place, at today, in the view that was used last
 */
GtkWidget *
gez_agenda_page_new (GezContext *context)
{
  GezAgendaPage *self;
  View view;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_AGENDA_PAGE, NULL);
  self->context = g_object_ref (context);
  build (self);
  gez_agenda_keys_add (GTK_WIDGET (self), context);
  date_cb (self);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_cb);
  view = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (context), view_key));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->views[view]), TRUE);

  return GTK_WIDGET (self);
}
