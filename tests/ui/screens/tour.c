/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. Buttons are pressed once per kind: a button in the third row of a list does what the one in the
 *    first row does. The kind is the way of types from the widget up to what holds it.
 * 2. Whatever a button opened is visited and closed; whatever page it left is shown again, made anew.
 */

#include "tour.h"
#include "tour-team.h"

#include <glib/gi18n.h>
#include <string.h>

#include "backup/gez-restore-dialog.h"
#include "gez-application.h"
#include "household/gez-tab-list.h"
#include "model/gez-document.h"
#include "remove-tree.h"
#include "repair/gez-repair-page.h"
#include "store/gez-record.h"
#include "vault/gez-recovery-code.h"
#include "vault/gez-vault-keys.h"
#include "window/gez-window.h"
#include "window/gez-workspace.h"

#define QUIET (40 * 1000) /* microseconds in which nothing happens */
#define SETTLED (2 * G_USEC_PER_SEC)
#define DEEPEST 2
#define PATIENCE (180 * G_USEC_PER_SEC)

struct _Tour
{
  GtkApplication *application;
  GtkWindow *window;
  TourStart start;
  TourDepth depth;
  TourVisit visit;
  gpointer data;
  GHashTable *pressed; /* kinds */
  guint place;         /* which of the places shows, or lies below the file */
  int tab;             /* which tab of the file; -1 in a place */
};

/* Looking -------------------------------------------------------------------------------------- */

GtkWidget *
tour_find (GtkWidget *root,
           TourLook   look,
           gpointer   data)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (look (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = tour_find (child, look, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Also what does not show: in a narrow window the lists are behind a button. */
static GtkWidget *
find_anywhere (GtkWidget *root,
               TourLook   look,
               gpointer   data)
{
  if (look (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_anywhere (child, look, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_type (GtkWidget *widget,
          gpointer   type_name)
{
  return strcmp (G_OBJECT_TYPE_NAME (widget), type_name) == 0;
}

GtkWidget *
tour_find_type (GtkWidget  *root,
                const char *type_name)
{
  return tour_find (root, has_type, (gpointer) type_name);
}

static gboolean
collect (GtkWidget *widget,
         gpointer   list)
{
  g_ptr_array_add (list, g_object_ref (widget));
  return FALSE;
}

/* Returns: (transfer container): everything that shows, parents before children */
GPtrArray *
tour_list (GtkWidget *root)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  tour_find (root, collect, list);
  return list;
}

static char *
text_of (GtkWidget *widget)
{
  g_autofree char *text = NULL;

  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                               GTK_ACCESSIBLE_PROPERTY_LABEL, "\001");
  return NULL;
}

/* Returns: (transfer full): where a widget stands, for the sentence of a failure */
char *
tour_describe (GtkWidget *widget)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
  g_autofree char *style = g_strjoinv (".", classes);
  GString *text = g_string_new (G_OBJECT_TYPE_NAME (widget));

  if (*style)
    g_string_append_printf (text, ".%s", style);

  for (GtkWidget *up = gtk_widget_get_parent (widget); up != NULL; up = gtk_widget_get_parent (up))
    if (g_str_has_prefix (G_OBJECT_TYPE_NAME (up), "Gez") || GTK_IS_POPOVER (up)
        || GTK_IS_LIST_BOX_ROW (up))
      {
        g_autofree char *name = text_of (up);

        g_string_append_printf (text, " in %s", G_OBJECT_TYPE_NAME (up));
        if (name != NULL)
          g_string_append_printf (text, " %.40s", name);
        break;
      }
  return g_string_free (text, FALSE);
}

GtkWindow *
tour_get_window (Tour *self)
{
  return self->window;
}

static GezWorkspace *
get_workspace (Tour *self)
{
  GtkWidget *found = tour_find_type (GTK_WIDGET (self->window), "GezWorkspace");

  return found != NULL ? GEZ_WORKSPACE (found) : NULL;
}

/* Waiting -------------------------------------------------------------------------------------- */

static void
iterate_until_quiet (void)
{
  gint64 end = g_get_monotonic_time () + SETTLED;
  gint64 last = g_get_monotonic_time ();

  while (g_get_monotonic_time () < MIN (end, last + QUIET))
    if (g_main_context_iteration (NULL, FALSE))
      last = g_get_monotonic_time ();
    else
      g_usleep (2000);
}

static GPtrArray *
select_rows (Tour       *self,
             const char *sql)
{
  g_autoptr (GezQuery) query = gez_record_query (sql, GEZ_END);
  g_autoptr (GError) error = NULL;
  GezContext *context = gez_workspace_get_context (get_workspace (self));
  GPtrArray *rows = gez_store_run (gez_context_get_store (context), query, &error);

  g_assert_no_error (error);
  return rows;
}

/* Pages read some moments after they are made, and the store answers in order: once it has answered
 * us it has answered them. */
void
tour_settle (Tour *self)
{
  for (guint round = 0; round < 2; round++)
    {
      iterate_until_quiet ();
      if (get_workspace (self) != NULL)
        g_ptr_array_unref (select_rows (self, "SELECT 1 AS one"));
    }
  iterate_until_quiet ();
}

static void
wait_for (Tour       *self,
          const char *type_name)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (tour_find_type (GTK_WIDGET (self->window), type_name) == NULL)
    {
      if (g_get_monotonic_time () > end)
        g_error ("there is no %s", type_name);
      iterate_until_quiet ();
    }
  tour_settle (self);
}

void
tour_resize (Tour *self,
             int   width,
             int   height)
{
  GtkWindow *window = self->window;
  gint64 end = g_get_monotonic_time () + SETTLED;

  gtk_window_set_default_size (window, width, height);
  while (gtk_widget_get_width (GTK_WIDGET (window)) != width && g_get_monotonic_time () < end)
    iterate_until_quiet ();
  tour_settle (self);
}

/* Pressing ------------------------------------------------------------------------------------- */

static int
index_among_siblings (GtkWidget *widget)
{
  int index = 0;

  while ((widget = gtk_widget_get_prev_sibling (widget)) != NULL)
    index++;
  return index;
}

/* Returns: (transfer full): what is alike. Days of a calendar and suggestions do the same each; what stands in a line of buttons does not. */
char *
tour_kind_of (GtkWidget *widget)
{
  GString *kind = g_string_new (NULL);

  if (GTK_IS_BOX (gtk_widget_get_parent (widget)))
    g_string_append_printf (kind, "%d", index_among_siblings (widget));
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      g_string_append_printf (kind, "<%s", G_OBJECT_TYPE_NAME (widget));
      /* What is in a menu depends on what the menu is for. */
      if (GTK_IS_MENU_BUTTON (widget) && gtk_widget_get_tooltip_text (widget) != NULL)
        g_string_append_printf (kind, " %s", gtk_widget_get_tooltip_text (widget));
      if (g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Gez"))
        break;
    }
  return g_string_free (kind, FALSE);
}

/* What ends the walk, and what leads where the walk comes anyway. */
static gboolean
leads_out (const char *action)
{
  static const char *const actions[] = {
    "win.lock", "win.go-back", "win.undo", "app.quit", "window.close", "win.show-place",
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (action, actions[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Items of menus do not tell their action, only their words. */
static gboolean
is_item_that_leads_out (GtkWidget *widget)
{
  static const char *const texts[] = { "Lock", "Undo", "Quit" };
  g_autofree char *text = NULL;

  if (!has_type (widget, (gpointer) "GtkModelButton"))
    return FALSE;
  g_object_get (widget, "text", &text, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (text != NULL && strstr (text, texts[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_way_out (GtkWidget *widget)
{
  if (GTK_IS_ACTIONABLE (widget)
      && leads_out (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget))))
    return TRUE;
  return is_item_that_leads_out (widget)
         || gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL || GTK_IS_WINDOW_CONTROLS (widget);
}

/* Save and cancel: what they do to the form is not what is looked for. */
static gboolean
ends_dialog (GtkWidget *widget)
{
  return !GTK_IS_APPLICATION_WINDOW (gtk_widget_get_root (widget))
         && GTK_IS_BUTTON (widget)
         && (gtk_widget_get_ancestor (widget, ADW_TYPE_HEADER_BAR) != NULL
             || gtk_widget_has_css_class (widget, "suggested-action")
             || ADW_IS_MESSAGE_DIALOG (gtk_widget_get_root (widget)));
}

static gboolean
can_be_pressed (GtkWidget *widget)
{
  if (!gtk_widget_is_sensitive (widget) || is_way_out (widget) || ends_dialog (widget))
    return FALSE;
  if (GTK_IS_MENU_BUTTON (widget) || has_type (widget, (gpointer) "GtkModelButton"))
    return TRUE;
  if (ADW_IS_EXPANDER_ROW (widget))
    return !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (widget));
  return GTK_IS_BUTTON (widget)
         && gtk_widget_get_ancestor (widget, GTK_TYPE_MENU_BUTTON) == NULL;
}

static gboolean
is_new_button (GtkWidget *widget,
               gpointer   tour)
{
  g_autofree char *kind = NULL;

  if (!can_be_pressed (widget))
    return FALSE;
  kind = tour_kind_of (widget);
  return !g_hash_table_contains (((Tour *) tour)->pressed, kind);
}

static void
press (Tour      *self,
       GtkWidget *widget)
{
  g_hash_table_add (self->pressed, tour_kind_of (widget));
  if (GTK_IS_MENU_BUTTON (widget))
    gtk_menu_button_popup (GTK_MENU_BUTTON (widget));
  else if (ADW_IS_EXPANDER_ROW (widget))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (widget), TRUE);
  else if (GTK_IS_BUTTON (widget))
    g_signal_emit_by_name (widget, "clicked");
  else
    gtk_widget_activate (widget);
  tour_settle (self);
}

static GtkWindow *
find_dialog (Tour *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i-- > 0;)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != self->window && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
is_popover (GtkWidget *widget,
            gpointer   data)
{
  return GTK_IS_POPOVER (widget) && widget != data;
}

static guint
count (GtkWidget *root)
{
  g_autoptr (GPtrArray) list = tour_list (root);

  return list->len;
}

static void  look_at   (Tour       *self,
                        const char *screen,
                        GtkWidget  *root,
                        guint       deep);
static char *show_room (Tour       *self);

static void
look_at_dialog (Tour       *self,
                const char *screen,
                guint       deep)
{
  GtkWindow *dialog = find_dialog (self);
  const char *title = gtk_window_get_title (dialog);
  gboolean is_ours = strcmp (G_OBJECT_TYPE_NAME (dialog), "GtkFileChooserDialog") != 0;
  g_autofree char *name = g_strdup_printf ("%s › %s", screen,
                                           title != NULL && *title ? title
                                                                   : G_OBJECT_TYPE_NAME (dialog));

  g_object_ref (dialog);
  if (is_ours)
    look_at (self, name, GTK_WIDGET (dialog), deep + 1);
  gtk_window_destroy (dialog);
  g_object_unref (dialog);
  tour_settle (self);
}

/* A menu closes with its first item: the button that opens it is pressed again for the next one. */
static void
look_at_popover (Tour       *self,
                 const char *screen,
                 GtkWidget  *popover,
                 GtkWidget  *button,
                 guint       deep)
{
  g_autofree char *name = g_strconcat (screen, " › menu", NULL);
  g_autofree char *kind = tour_kind_of (button);

  g_object_ref (popover);
  look_at (self, name, popover, deep + 1);
  if (gtk_widget_get_mapped (popover))
    gtk_popover_popdown (GTK_POPOVER (popover));
  else if (find_anywhere (popover, is_new_button, self) != NULL)
    g_hash_table_remove (self->pressed, kind);
  g_object_unref (popover);
  tour_settle (self);
}

static void
press_and_look (Tour       *self,
                const char *screen,
                GtkWidget  *root,
                GtkWidget  *button,
                guint       deep)
{
  g_autofree char *label = text_of (button);
  guint before = count (root);
  GtkWindow *dialog = find_dialog (self);
  GtkWidget *popover;

  press (self, button);
  if (find_dialog (self) != NULL && find_dialog (self) != dialog)
    {
      look_at_dialog (self, screen, deep);
      return;
    }
  if (!gtk_widget_get_mapped (root))
    return;
  popover = tour_find (root, is_popover, root);
  if (popover != NULL)
    look_at_popover (self, screen, popover, button, deep);
  else if (count (root) > before)
    {
      g_autofree char *name = g_strdup_printf ("%s › %s", screen, label ? label : "pressed");

      self->visit (self, name, root, self->data);
    }
}

/* Visits a screen and, where buttons are pressed, what they open. */
static void
look_at (Tour       *self,
         const char *screen,
         GtkWidget  *root,
         guint       deep)
{
  GtkWidget *button;

  self->visit (self, screen, root, self->data);
  if (self->depth == TOUR_ROOMS || deep > DEEPEST)
    return;
  while (gtk_widget_get_mapped (root)
         && (button = tour_find (root, is_new_button, self)) != NULL)
    {
      press_and_look (self, screen, root, button, deep);
      if (deep == 0)
        g_free (show_room (self));
    }
}

/* Rooms ---------------------------------------------------------------------------------------- */

static gboolean
is_sidebar (GtkWidget *widget,
            gpointer   data)
{
  return GTK_IS_LIST_BOX (widget) && gtk_widget_has_css_class (widget, "navigation-sidebar");
}

static gboolean
is_list (GtkWidget *widget,
         gpointer   data)
{
  return GTK_IS_LIST_BOX (widget);
}

static GtkListBox *
find_places (Tour *self)
{
  return GTK_LIST_BOX (find_anywhere (GTK_WIDGET (self->window), is_sidebar, NULL));
}

static GtkListBox *
find_tabs (Tour *self)
{
  GtkWidget *tabs = find_anywhere (GTK_WIDGET (self->window), has_type, "GezTabList");

  return tabs != NULL ? GTK_LIST_BOX (find_anywhere (tabs, is_list, NULL)) : NULL;
}

static char *
choose (Tour       *self,
        GtkListBox *list,
        int         index)
{
  GtkListBoxRow *row = list != NULL ? gtk_list_box_get_row_at_index (list, index) : NULL;

  if (row == NULL)
    return NULL;
  g_signal_emit_by_name (list, "row-activated", row);
  tour_settle (self);
  return text_of (GTK_WIDGET (row));
}

/* A letter, so that there is a row with all that can be done with one. */
static void
add_letter (Tour        *self,
            const GezId *household)
{
  static const char letter[] = "Beste ouders,\ntot morgen.\n";
  GezContext *context = gez_workspace_get_context (get_workspace (self));
  g_autoptr (GBytes) content = g_bytes_new_static (letter, sizeof letter - 1);
  GezDocumentInput input = { .household_id = household, .content = content, .name = "Brief.txt" };
  GezDocumentAdded added;
  g_autoptr (GError) error = NULL;

  gez_document_add (context, &input, NULL, &added, &error);
  g_assert_no_error (error);
}

/* The family about which most is known. */
static void
open_file (Tour *self)
{
  g_autoptr (GPtrArray) rows = select_rows (
    self, "SELECT household_id AS id FROM referral WHERE withdrawn_at IS NULL"
          " GROUP BY household_id ORDER BY count(*) DESC, household_id LIMIT 1");
  char id[GEZ_ID_TEXT_SIZE];

  g_assert_cmpuint (rows->len, ==, 1);
  add_letter (self, gez_record_get_id (g_ptr_array_index (rows, 0)));
  gez_id_to_buffer (gez_record_get_id (g_ptr_array_index (rows, 0)), id);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.open-household", "s", id);
  wait_for (self, "GezHouseholdPage");
}

/* Shows the room as it is when one comes in. Returns: (transfer full): its name, %NULL without room */
static char *
show_room (Tour *self)
{
  char *name;

  g_free (choose (self, find_places (self), self->place == 0 ? 1 : 0));
  name = choose (self, find_places (self), (int) self->place);
  if (self->tab < 0 || name == NULL)
    return name;
  g_free (name);
  open_file (self);
  return choose (self, find_tabs (self), self->tab);
}

/* What opens by a key only. */
static void
visit_actions (Tour         *self,
               GActionGroup *group,
               const char   *prefix)
{
  g_auto (GStrv) names = g_action_group_list_actions (group);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *action = g_strconcat (prefix, names[i], NULL);

      if (leads_out (action) || g_action_group_get_action_parameter_type (group, names[i]) != NULL)
        continue;
      g_action_group_activate_action (group, names[i], NULL);
      tour_settle (self);
      if (find_dialog (self) != NULL)
        look_at_dialog (self, action, 0);
      else
        self->visit (self, action, GTK_WIDGET (self->window), self->data);
      g_free (show_room (self));
    }
}

static gboolean
visit_room (Tour *self,
            guint place,
            int   tab)
{
  g_autofree char *name = NULL;

  self->place = place;
  self->tab = tab;
  name = show_room (self);
  if (name == NULL)
    return FALSE;
  look_at (self, name, GTK_WIDGET (self->window), 0);
  return TRUE;
}

/* Pages before the workspace. */
static void
visit_welcome (Tour *self)
{
  g_autofree char *directory = g_dir_make_tmp ("gezinsplan-tour-XXXXXX", NULL);
  g_autofree char *store = g_build_filename (directory, "store", NULL);
  g_autoptr (GezClock) clock = gez_clock_new ();
  GezOpening *opening = gez_opening_new (store, clock, GEZ_KDF_COST_TEST);
  GtkWindow *workspace_window = self->window, *dialog;
  int width, height;

  gtk_window_get_default_size (self->window, &width, &height);
  self->window = GTK_WINDOW (gez_window_new (self->application, opening));
  gtk_window_set_default_size (self->window, width, height);
  gtk_window_present (self->window);
  wait_for (self, "GezWelcomePage");
  self->visit (self, "Welcome", GTK_WIDGET (self->window), self->data);
  gez_restore_dialog_present (GTK_WIDGET (self->window), opening);
  tour_settle (self);
  dialog = find_dialog (self);
  g_assert_nonnull (dialog);
  self->visit (self, "Put a backup back", GTK_WIDGET (dialog), self->data);
  gtk_window_destroy (dialog);
  gtk_window_destroy (self->window);
  self->window = workspace_window;
  gez_opening_free (opening);
  remove_tree (directory);
}

/* Nothing but a header: no page before the workspace looks at more. */
static void
make_locked_store (const char *directory,
                   gboolean    has_sheet)
{
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GezSecret) code = gez_recovery_code_new (NULL);
  g_autoptr (GError) error = NULL;
  GezPassphrase passphrase = { "een lange testzin", 17 };

  vault = has_sheet ? gez_vault_unlock (directory, passphrase, &error)
                    : gez_vault_create (directory, passphrase, GEZ_KDF_COST_TEST, &error);
  g_assert_no_error (error);
  g_assert_true (gez_vault_set_has_database (vault, &error));
  g_assert_true (!has_sheet || gez_vault_set_recovery (vault, code, &error));
}

/* A store of which nothing is left: no lock, no database. */
static void
visit_repair (Tour *self)
{
  g_autofree char *directory = g_dir_make_tmp ("gezinsplan-tour-XXXXXX", NULL);
  g_autoptr (GezClock) clock = gez_clock_new ();
  g_autoptr (GError) error = g_error_new_literal (GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED, "The header is damaged");
  GezOpening *opening = gez_opening_new (directory, clock, GEZ_KDF_COST_TEST);
  GtkWindow *workspace_window = self->window;
  int width, height;

  gtk_window_get_default_size (self->window, &width, &height);
  self->window = GTK_WINDOW (gtk_application_window_new (self->application));
  gtk_window_set_default_size (self->window, width, height);
  gtk_window_set_child (self->window, gez_repair_page_new (opening, NULL, error));
  gtk_window_present (self->window);
  wait_for (self, "GezRepairPage");
  self->visit (self, "Repair", GTK_WIDGET (self->window), self->data);
  gtk_window_destroy (self->window);
  self->window = workspace_window;
  gez_opening_free (opening);
  remove_tree (directory);
}

/* For who was invited. */
static void
visit_join (Tour *self)
{
  GtkWindow *workspace_window = self->window;
  int width, height;

  gtk_window_get_default_size (self->window, &width, &height);
  self->window = GTK_WINDOW (gtk_application_window_new (self->application));
  gtk_window_set_default_size (self->window, width, height);
  gtk_window_set_child (self->window, tour_join_page_new ());
  gtk_window_present (self->window);
  wait_for (self, "GezJoinPage");
  self->visit (self, "Join", GTK_WIDGET (self->window), self->data);
  gtk_window_destroy (self->window);
  self->window = workspace_window;
}

static void
visit_unlock (Tour *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.lock", NULL);
  wait_for (self, "GezUnlockPage");
  self->visit (self, "Unlock", GTK_WIDGET (self->window), self->data);
}

/* For who forgot the passphrase, with a sheet and without. */
static void
visit_recover (Tour *self)
{
  g_autofree char *directory = g_dir_make_tmp ("gezinsplan-tour-XXXXXX", NULL);
  g_autoptr (GezClock) clock = gez_clock_new ();
  GezOpening *opening = gez_opening_new (directory, clock, GEZ_KDF_COST_TEST);
  GtkWindow *workspace_window = self->window;
  int width, height;

  gtk_window_get_default_size (self->window, &width, &height);
  for (guint has_sheet = 0; has_sheet < 2; has_sheet++)
    {
      make_locked_store (directory, has_sheet != 0);
      self->window = GTK_WINDOW (gez_window_new (self->application, opening));
      gtk_window_set_default_size (self->window, width, height);
      gtk_window_present (self->window);
      wait_for (self, "GezUnlockPage");
      g_signal_emit_by_name (tour_find_type (GTK_WIDGET (self->window), "GezUnlockPage"), "forgotten");
      wait_for (self, "GezRecoverPage");
      self->visit (self, has_sheet ? "Forgotten" : "Forgotten, without a sheet", GTK_WIDGET (self->window),
                   self->data);
      gtk_window_destroy (self->window);
    }
  self->window = workspace_window;
  gez_opening_free (opening);
  remove_tree (directory);
}

/* Walks past every screen; at the end, but not after the places alone, the window is locked. */
void
tour_walk (Tour      *self,
           TourDepth  depth,
           TourVisit  visit,
           gpointer   data)
{
  self->depth = depth;
  self->visit = visit;
  self->data = data;
  self->pressed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (depth != TOUR_FILE)
    {
      visit_welcome (self);
      visit_recover (self);
      visit_repair (self);
      visit_join (self);
      tour_visit_team (self, gez_workspace_get_context (get_workspace (self)), visit, data);
    }
  for (guint place = 0; depth != TOUR_FILE && visit_room (self, place, -1); place++)
    ;
  for (int tab = 0; depth != TOUR_PLACES && visit_room (self, 1, tab); tab++)
    ;
  if (depth == TOUR_ALL || depth == TOUR_PLACES)
    {
      self->place = 0;
      self->tab = -1;
      visit_actions (self, G_ACTION_GROUP (self->window), "win.");
      visit_actions (self, G_ACTION_GROUP (self->application), "app.");
    }
  if (depth != TOUR_PLACES)
    visit_unlock (self);
  g_clear_pointer (&self->pressed, g_hash_table_unref);
}

/* Beginning ------------------------------------------------------------------------------------ */

static gboolean
begin_cb (gpointer tour)
{
  Tour *self = tour;

  /* A cursor that blinks is never quiet. */
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, "gtk-enable-animations",
                FALSE, NULL);
  /* GDK complains of a monitor when a popover closes with its window: not what is looked for here. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  self->window = gtk_application_get_active_window (self->application);
  wait_for (self, "GezWorkspace");
  self->start (self);
  g_application_quit (G_APPLICATION (self->application));
  return G_SOURCE_REMOVE;
}

static void
activated_cb (GApplication *application,
              gpointer      tour)
{
  g_idle_add (begin_cb, tour);
}

/* Runs the program with its demonstration, and in it the tests. Returns: what main() returns */
int
tour_main (int        argc,
           char     **argv,
           TourStart  start)
{
  char *arguments[] = { argv[0], (char *) "--demo", NULL };
  g_autoptr (GezApplication) application = NULL;
  Tour self = { .start = start };
  int status;

  g_setenv ("LANGUAGE", "en", TRUE);
  application = gez_application_new ();
  self.application = GTK_APPLICATION (application);
  g_signal_connect_after (application, "activate", G_CALLBACK (activated_cb), &self);
  status = g_application_run (G_APPLICATION (application), 2, arguments);
  return status;
}
