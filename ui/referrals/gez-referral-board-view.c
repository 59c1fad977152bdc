/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "referrals/gez-referral-board-view.h"

#include <glib/gi18n.h>

#include "common/gez-discretion.h"
#include "common/gez-focus.h"
#include "common/gez-long-list.h"
#include "common/gez-shortcut.h"
#include "common/gez-trace.h"
#include "household/gez-referral-event-dialog.h"
#include "referrals/gez-referral-board-row.h"

/*
 * 1. `list` reads what the filter says at the moment of the read.
 * 2. Headings are lines of the list; they have the height of a referral (GTK issue 2971: the view
 *    jumps otherwise).
 * 3. Whoever worked on a referral with the keyboard and is done with it, is on the one that comes in
 *    its place: `focus_at` is where that was when the list was read again.
 * 4. Asked to open the first one while an answer is on its way, it waits for that answer.
 */
struct _GezReferralBoardView
{
  GtkWidget parent_instance;

  GezContext *context;
  GezReferralBoardFilter filter; /* with strings of its own */
  char *today;
  gboolean opens_when_read;
  int focus_at; /* -1: nowhere in the list */

  GezLongList *list;
  GtkWidget *view; /* of the list */
  GtkWidget *menu; /* popover of one referral; NULL: none open */
};

G_DEFINE_FINAL_TYPE (GezReferralBoardView, gez_referral_board_view, GTK_TYPE_WIDGET)

enum
{
  READ,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char * const tables[] = {
  "referral", "referral_event", "followup", "partner", "household", "helper", "trajectory",
  "person", "domain", "member", NULL,
};

static GezQuery *
make_query (guint    offset,
            guint    limit,
            gpointer user_data)
{
  GezReferralBoardView *self = user_data;

  g_free (self->today);
  self->today = gez_context_dup_today (self->context);

  return gez_referral_board_query (&self->filter, offset, limit);
}

static const GezId *
get_id (gpointer line)
{
  return gez_record_get_id (line);
}

static gboolean
equal (gpointer a,
       gpointer b)
{
  return gez_record_equal (a, b);
}

/* A file at one of its referrals, as the window calls it: identity of the household, and tab. */
static GVariant *
describe_target (GezRecord *line)
{
  g_autofree char *household = gez_id_to_string (gez_record_get_reference (line, "household_id"));
  g_autofree char *referral = gez_id_to_string (gez_record_get_id (line));
  g_autofree char *tab = g_strconcat ("referrals/", referral, NULL);

  return g_variant_new ("(ss)", household, tab);
}

static gboolean
is_referral (GezRecord *line)
{
  return line != NULL && gez_record_get_integer (line, "is_heading") == 0;
}

static void
open_line (GezReferralBoardView *self,
           GezRecord            *line)
{
  if (is_referral (line))
    gtk_widget_activate_action_variant (GTK_WIDGET (self), "win.open-household-tab",
                                        describe_target (line));
}

static void
open_position (GezReferralBoardView *self,
               guint                 position)
{
  g_autoptr (GezRecord) line = g_list_model_get_item (gez_long_list_get_items (self->list), position);

  open_line (self, line);
}

/* The row that has the focus. */
static GezReferralBoardRow *
find_row (GezReferralBoardView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  for (GtkWidget *widget = focus; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_parent (widget) == self->view)
      return GEZ_REFERRAL_BOARD_ROW (gtk_widget_get_first_child (widget));

  return NULL;
}

/* The first referral from @position on; at the end of the list the last one. */
static guint
skip_headings (GezReferralBoardView *self,
               guint                 position)
{
  guint n = g_list_model_get_n_items (gez_long_list_get_items (self->list));

  for (guint i = position; i < n; i++)
    {
      g_autoptr (GezRecord) line = g_list_model_get_item (gez_long_list_get_items (self->list), i);

      if (is_referral (line))
        return i;
    }

  return n > 0 ? n - 1 : 0;
}

static gboolean
focus_position (GezReferralBoardView *self,
                guint                 position)
{
  g_autoptr (GezRecord) line = g_list_model_get_item (gez_long_list_get_items (self->list), position);

  for (GtkWidget *item = gtk_widget_get_first_child (self->view);
       item != NULL && line != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (gez_referral_board_row_get_line (GEZ_REFERRAL_BOARD_ROW (row)) == line)
        return gtk_widget_grab_focus (item);
    }

  return FALSE;
}

static int
find_focused (GezReferralBoardView *self)
{
  GezReferralBoardRow *row = find_row (self);
  guint n = g_list_model_get_n_items (gez_long_list_get_items (self->list));

  for (guint i = 0; row != NULL && i < n; i++)
    {
      g_autoptr (GezRecord) line = g_list_model_get_item (gez_long_list_get_items (self->list), i);

      if (line == gez_referral_board_row_get_line (row))
        return (int) i;
    }

  return -1;
}

/* Once the rows that came have their places. */
static gboolean
focus_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  GezReferralBoardView *self = GEZ_REFERRAL_BOARD_VIEW (widget);

  if (self->focus_at >= 0 && find_row (self) == NULL)
    focus_position (self, skip_headings (self, (guint) self->focus_at));
  self->focus_at = -1;

  return G_SOURCE_REMOVE;
}

/* Reading ---------------------------------------------------------------------------------------*/

static void
reading_cb (GezReferralBoardView *self,
            gboolean              is_anew)
{
  self->focus_at = is_anew ? -1 : find_focused (self);
}

static void
read_cb (GezReferralBoardView *self)
{
  if (self->focus_at >= 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), focus_cb, NULL, NULL);
  if (self->opens_when_read)
    open_position (self, 1); /* the first line is a heading */
  self->opens_when_read = FALSE;
  g_signal_emit (self, signals[READ], 0);
  gez_trace_mark_painted (GTK_WIDGET (self), "referrals");
}

static void
failed_cb (GezReferralBoardView *self,
           const GError         *error)
{
  self->opens_when_read = FALSE;
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* Rows ------------------------------------------------------------------------------------------*/

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         GezReferralBoardView     *self)
{
  GezRecord *line = gtk_list_item_get_item (list_item);
  GtkWidget *row = gtk_list_item_get_child (list_item);

  gez_referral_board_row_set_line (GEZ_REFERRAL_BOARD_ROW (row), self->context, line, self->today);
  gtk_list_item_set_activatable (list_item, is_referral (line));
  /* The row of GTK 4.8 has no name of its own, and no property to give it one. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gez_referral_board_row_get_name (GEZ_REFERRAL_BOARD_ROW (row)),
                                  -1);
}

static void
discretion_changed_cb (GtkListItem *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  if (gtk_list_item_get_item (list_item) != NULL)
    bind_cb (NULL, list_item,
             GEZ_REFERRAL_BOARD_VIEW (gtk_widget_get_ancestor (row, GEZ_TYPE_REFERRAL_BOARD_VIEW)));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  gtk_list_item_set_child (list_item, gez_referral_board_row_new ());
  gez_discretion_watch (list_item, G_CALLBACK (discretion_changed_cb));
}

static void
row_activated_cb (GezReferralBoardView *self,
                  guint                 position)
{
  open_position (self, position);
}

static GMenuModel *
make_menu (GezRecord *line)
{
  g_autofree char *id = gez_id_to_string (gez_record_get_id (line));
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuItem) open = g_menu_item_new (_("_Open the file"), NULL);
  g_autoptr (GMenuItem) note = g_menu_item_new (_("_Note news (Ctrl+Enter)"), NULL);
  g_autoptr (GMenuItem) call = g_menu_item_new (_("_Call back later (Ctrl+T)"), NULL);

  g_menu_item_set_action_and_target_value (open, "win.open-household-tab", describe_target (line));
  g_menu_item_set_action_and_target (note, "referrals.note", "s", id);
  g_menu_item_set_action_and_target (call, "referrals.call-later", "s", id);
  g_menu_append_item (menu, open);
  g_menu_append_item (menu, note);
  g_menu_append_item (menu, call);

  return G_MENU_MODEL (menu);
}

static gboolean
drop_menu (gpointer board)
{
  g_clear_pointer (&GEZ_REFERRAL_BOARD_VIEW (board)->menu, gtk_widget_unparent);

  return G_SOURCE_REMOVE;
}

/* The menu itself still has to do what was chosen. */
static void
menu_closed_cb (GezReferralBoardView *self)
{
  g_idle_add_full (G_PRIORITY_LOW, drop_menu, g_object_ref (self), g_object_unref);
}

static void
open_menu (GezReferralBoardView *self,
           GtkWidget            *row,
           double                x,
           double                y)
{
  GezRecord *line = gez_referral_board_row_get_line (GEZ_REFERRAL_BOARD_ROW (row));
  g_autoptr (GMenuModel) menu = NULL;
  double board_x, board_y;

  if (!is_referral (line)
      || !gtk_widget_translate_coordinates (row, GTK_WIDGET (self), x, y, &board_x, &board_y))
    return;

  menu = make_menu (line);
  drop_menu (self);
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle) { (int) board_x, (int) board_y, 1, 1 });
  g_signal_connect_object (self->menu, "closed", G_CALLBACK (menu_closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
pressed_cb (GtkGestureClick      *gesture,
            int                   n_press,
            double                x,
            double                y,
            GezReferralBoardView *self)
{
  GtkWidget *at = gtk_widget_pick (self->view, x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = at != NULL ? gtk_widget_get_ancestor (at, GEZ_TYPE_REFERRAL_BOARD_ROW) : NULL;
  double row_x, row_y;

  if (row != NULL && gtk_widget_translate_coordinates (self->view, row, x, y, &row_x, &row_y))
    open_menu (self, row, row_x, row_y);
}

/* Actions ---------------------------------------------------------------------------------------*/

static void
note_action_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  GezId id;

  if (gez_id_parse (g_variant_get_string (parameter, NULL), &id))
    gez_referral_event_dialog_present (widget, GEZ_REFERRAL_BOARD_VIEW (widget)->context, &id);
}

static void
call_later_action_cb (GtkWidget  *widget,
                      const char *action,
                      GVariant   *parameter)
{
  GezId id;

  if (gez_id_parse (g_variant_get_string (parameter, NULL), &id))
    gez_referral_event_dialog_present_call_back (widget, GEZ_REFERRAL_BOARD_VIEW (widget)->context,
                                                 &id);
}

/* What the keys do, they do with the row that has the focus. */
static void
row_action_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  GezReferralBoardView *self = GEZ_REFERRAL_BOARD_VIEW (widget);
  GezReferralBoardRow *row = find_row (self);
  GezRecord *line = row != NULL ? gez_referral_board_row_get_line (row) : NULL;

  if (!is_referral (line))
    return;

  if (g_str_equal (action, "referrals.note-row"))
    gez_referral_event_dialog_present (widget, self->context, gez_record_get_id (line));
  else if (g_str_equal (action, "referrals.call-row-later"))
    gez_referral_event_dialog_present_call_back (widget, self->context, gez_record_get_id (line));
  else
    open_menu (self, GTK_WIDGET (row), 24, gtk_widget_get_height (GTK_WIDGET (row)) / 2.0);
}

/* The widget ------------------------------------------------------------------------------------*/

static gboolean
gez_referral_board_view_grab_focus (GtkWidget *widget)
{
  GezReferralBoardView *self = GEZ_REFERRAL_BOARD_VIEW (widget);

  return focus_position (self, skip_headings (self, 0));
}

static void
gez_referral_board_view_dispose (GObject *object)
{
  GezReferralBoardView *self = GEZ_REFERRAL_BOARD_VIEW (object);
  GtkWidget *list = GTK_WIDGET (g_steal_pointer (&self->list));

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&list, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_referral_board_view_parent_class)->dispose (object);
}

static void
gez_referral_board_view_finalize (GObject *object)
{
  GezReferralBoardView *self = GEZ_REFERRAL_BOARD_VIEW (object);

  g_free (self->today);
  g_free ((char *) self->filter.search);
  g_free ((char *) self->filter.stage);

  G_OBJECT_CLASS (gez_referral_board_view_parent_class)->finalize (object);
}

static void
gez_referral_board_view_class_init (GezReferralBoardViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_referral_board_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = gez_referral_board_view_finalize;
  widget_class->grab_focus = gez_referral_board_view_grab_focus;
  gez_focus_class_let_leave (widget_class);

  /**
   * GezReferralBoardView::read:
   *
   * What was asked for shows.
   */
  signals[READ] = g_signal_new ("read", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);

  /**
   * GezReferralBoardView::failed:
   * @error: why it could not be read
   */
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);

  gtk_widget_class_install_action (widget_class, "referrals.note", "s", note_action_cb);
  gtk_widget_class_install_action (widget_class, "referrals.call-later", "s",
                                   call_later_action_cb);
  gtk_widget_class_install_action (widget_class, "referrals.note-row", NULL, row_action_cb);
  gtk_widget_class_install_action (widget_class, "referrals.call-row-later", NULL, row_action_cb);
  gtk_widget_class_install_action (widget_class, "referrals.menu", NULL, row_action_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
gez_referral_board_view_init (GezReferralBoardView *self)
{
  gez_shortcut_add (GTK_WIDGET (self), "<Control>Return", "referrals.note-row");
  gez_shortcut_add (GTK_WIDGET (self), "<Control>KP_Enter", "referrals.note-row");
  gez_shortcut_add (GTK_WIDGET (self), "<Control>t", "referrals.call-row-later");
  gez_shortcut_add (GTK_WIDGET (self), "Menu", "referrals.menu");
  gez_shortcut_add (GTK_WIDGET (self), "<Shift>F10", "referrals.menu");
  self->focus_at = -1;
}

static void
build_list (GezReferralBoardView *self,
            GtkWidget            *nothing)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GezStore *store = gez_context_get_store (self->context);
  GezPagedList *list = gez_paged_list_new (store, GEZ_TYPE_RECORD, get_id, equal, make_query, self,
                                           NULL);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  self->list = GEZ_LONG_LIST (gez_long_list_new (store, list, tables, factory, nothing));
  g_signal_connect_object (self->list, "reading", G_CALLBACK (reading_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

static void
build_view (GezReferralBoardView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->view = gez_long_list_get_view (self->list);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  gtk_widget_add_css_class (self->view, "gez-referrals");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Referrals"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (click));
}

/**
 * gez_referral_board_view_new:
 * @context: (transfer none): whose referrals
 * @nothing: (transfer floating): what shows where there are none
 *
 * Returns: (transfer floating): a board that waits for its filter
 */
GtkWidget *
gez_referral_board_view_new (GezContext *context,
                             GtkWidget  *nothing)
{
  GezReferralBoardView *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (nothing), NULL);

  self = g_object_new (GEZ_TYPE_REFERRAL_BOARD_VIEW, NULL);
  self->context = g_object_ref (context);
  build_list (self, nothing);
  build_view (self);

  return GTK_WIDGET (self);
}

/**
 * gez_referral_board_view_set_filter:
 * @self: a board
 * @filter: what to show; copied
 *
 * Another question, so another list: it starts at its top, with nothing chosen.
 */
void
gez_referral_board_view_set_filter (GezReferralBoardView         *self,
                                    const GezReferralBoardFilter *filter)
{
  g_return_if_fail (GEZ_IS_REFERRAL_BOARD_VIEW (self));
  g_return_if_fail (filter != NULL);

  g_free ((char *) self->filter.search);
  g_free ((char *) self->filter.stage);
  self->filter = *filter;
  self->filter.search = g_strdup (filter->search);
  self->filter.stage = g_strdup (filter->stage);
  gez_long_list_ask_again (self->list);
}

/**
 * gez_referral_board_view_open_first:
 * @self: a board
 *
 * Opens the first referral of the answer to the newest filter, now or when it comes.
 */
void
gez_referral_board_view_open_first (GezReferralBoardView *self)
{
  g_return_if_fail (GEZ_IS_REFERRAL_BOARD_VIEW (self));

  if (gez_long_list_is_loading (self->list))
    self->opens_when_read = TRUE;
  else
    open_position (self, 1);
}

/**
 * gez_referral_board_view_get_n_total:
 * @self: a board
 *
 * Returns: how many referrals the filter lets through, also those that were not read yet
 */
guint
gez_referral_board_view_get_n_total (GezReferralBoardView *self)
{
  g_return_val_if_fail (GEZ_IS_REFERRAL_BOARD_VIEW (self), 0);

  return gez_long_list_get_n_total (self->list);
}
