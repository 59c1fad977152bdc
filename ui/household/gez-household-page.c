/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. `tab` is the name of the tab that is shown or, before the domains are known, asked for.
 * 2. Only that tab exists. It is made when it is shown and goes when another one is.
 * 3. The list of tabs stands beside the tab, or, when there is no room, behind a button above it.
 *    Both lists are always filled, and the width decides which one is laid out.
 */

#include "household/gez-household-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-act.h"
#include "common/gez-reader.h"
#include "common/gez-shortcut.h"
#include "conflicts/gez-conflicts-bar.h"
#include "documents/gez-documents-tab.h"
#include "household/gez-domain-tab.h"
#include "household/gez-file-tabs.h"
#include "household/gez-history-tab.h"
#include "household/gez-household-agenda-tab.h"
#include "household/gez-household-header.h"
#include "household/gez-journal-tab.h"
#include "household/gez-network-tab.h"
#include "household/gez-one-family-bar.h"
#include "household/gez-overview-tab.h"
#include "household/gez-plan-tab.h"
#include "household/gez-referrals-tab.h"
#include "household/gez-tab-list.h"
#include "household/gez-text-scale.h"
#include "model/gez-household-file.h"
#include "readers/gez-readers-dialog.h"

struct _GezHouseholdPage
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *reader;
  GPtrArray *items; /* GezTabItem */
  char *tab;
  char *shown; /* name of the tab that exists; NULL: none */
  gboolean has_taken_focus;

  GtkWidget *header;
  GtkWidget *bars; /* what must be known of this file */
  GtkWidget *separator;
  GtkWidget *side;
  GtkWidget *menu;
  GtkWidget *menu_list;
  GtkWidget *bin;
};

G_DEFINE_FINAL_TYPE (GezHouseholdPage, gez_household_page, GTK_TYPE_WIDGET)

#define NARROW_BELOW_WIDTH 600
#define SIDE_WIDTH 248
#define TAB_LEAST_HEIGHT 160
#define TAB_LIKED_HEIGHT 480
#define N_JUMPS 9

static const char * const tables[] = {
  "household", "person", "membership", "helper", "flag", "trajectory", "trajectory_event",
  "assessment", "goal", "step", "contact", "referral", "referral_event", "followup", "appointment",
  "district", "domain", "member", "partner", NULL
};

/* Tabs ----------------------------------------------------------------------------------------- */

static const char *
domain_code_of (const char *name)
{
  return g_str_has_prefix (name, GEZ_FILE_TABS_DOMAIN) ? name + strlen (GEZ_FILE_TABS_DOMAIN) : NULL;
}

static GezRecord *
find_domain (GezHouseholdPage *self,
             const char       *name)
{
  const char *code = domain_code_of (name);

  return code == NULL
           ? NULL
           : gez_lists_find_domain_by_code (gez_context_get_lists (self->context), code);
}

typedef GtkWidget *(*MakeTab) (GezContext  *context,
                               const GezId *household);

static MakeTab
find_tab (const char *name)
{
  static const struct
  {
    const char *name;
    MakeTab make;
  } tabs[] = {
    { "overview", gez_overview_tab_new },
    { "plan", gez_plan_tab_new },
    { "network", gez_network_tab_new },
    { "journal", gez_journal_tab_new },
    { "referrals", gez_referrals_tab_new },
    { "agenda", gez_household_agenda_tab_new },
    { "documents", gez_documents_tab_new },
    { "history", gez_history_tab_new },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    if (strcmp (tabs[i].name, name) == 0)
      return tabs[i].make;

  return NULL;
}

static gboolean
is_tab (GezHouseholdPage *self,
        const char       *name)
{
  return find_tab (name) != NULL || find_domain (self, name) != NULL;
}

static GtkWidget *
make_tab (GezHouseholdPage *self,
          const char       *name)
{
  MakeTab make = find_tab (name);

  if (make != NULL)
    return make (self->context, &self->household);

  return gez_domain_tab_new (self->context, &self->household,
                             gez_record_get_id (find_domain (self, name)));
}

static void
label_menu (GezHouseholdPage *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const GezTabItem *item = g_ptr_array_index (self->items, i);

      if (g_strcmp0 (item->name, self->tab) == 0)
        gtk_menu_button_set_label (GTK_MENU_BUTTON (self->menu), item->label);
    }
}

static void
show_tab (GezHouseholdPage *self)
{
  GtkWidget *tab;

  gez_tab_list_select (GEZ_TAB_LIST (self->side), self->tab);
  gez_tab_list_select (GEZ_TAB_LIST (self->menu_list), self->tab);
  label_menu (self);
  if (g_strcmp0 (self->shown, self->tab) == 0)
    return;

  tab = make_tab (self, self->tab);
  adw_bin_set_child (ADW_BIN (self->bin), tab);
  g_free (self->shown);
  self->shown = g_strdup (self->tab);
}

/* Opening a file must not put the cursor into its name. Which list of tabs there is to take the
 * focus is known once the page has its width. */
static gboolean
take_focus_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  GezHouseholdPage *self = GEZ_HOUSEHOLD_PAGE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *name;

  if (gtk_widget_get_width (widget) == 0)
    return G_SOURCE_CONTINUE;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->bin))
    gtk_widget_grab_focus (gtk_widget_get_child_visible (self->side) ? self->side : self->menu);

  name = gez_household_header_get_name (GEZ_HOUSEHOLD_HEADER (self->header));
  gtk_editable_select_region (GTK_EDITABLE (name), 0, 0);

  return G_SOURCE_REMOVE;
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_household_file_query (&GEZ_HOUSEHOLD_PAGE (widget)->household);
}

static void
show_file (gpointer      widget,
           gpointer      result,
           const GError *error)
{
  GezHouseholdPage *self = widget;

  if (result == NULL)
    {
      gez_say_error (widget, error);
      return;
    }

  gez_household_header_show (GEZ_HOUSEHOLD_HEADER (self->header), result);
  g_ptr_array_unref (self->items);
  self->items = gez_file_tabs_new (self->context, result);
  gez_tab_list_set (GEZ_TAB_LIST (self->side), self->items);
  gez_tab_list_set (GEZ_TAB_LIST (self->menu_list), self->items);
  show_tab (self);
  if (!self->has_taken_focus)
    gtk_widget_add_tick_callback (widget, take_focus_cb, NULL, NULL);
  self->has_taken_focus = TRUE;
}

static void
chosen_cb (GezHouseholdPage *self,
           const char       *name)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->menu));
  gez_household_page_show_tab (self, name);
}

/* Actions -------------------------------------------------------------------------------------- */

static int
index_of_tab (GezHouseholdPage *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (((GezTabItem *) g_ptr_array_index (self->items, i))->name, self->tab) == 0)
      return (int) i;

  return -1;
}

static void
go_to (GezHouseholdPage *self,
       int               index)
{
  if (index >= 0 && index < (int) self->items->len)
    gez_household_page_show_tab (self,
                                 ((GezTabItem *) g_ptr_array_index (self->items, index))->name);
}

static void
jump_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  go_to (GEZ_HOUSEHOLD_PAGE (widget), action[strlen (action) - 1] - '1');
}

static void
next_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  go_to (GEZ_HOUSEHOLD_PAGE (widget), index_of_tab (GEZ_HOUSEHOLD_PAGE (widget)) + 1);
}

static void
previous_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  go_to (GEZ_HOUSEHOLD_PAGE (widget), index_of_tab (GEZ_HOUSEHOLD_PAGE (widget)) - 1);
}

static void
show_tab_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gez_household_page_show_tab (GEZ_HOUSEHOLD_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
start_contact_cb (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  gez_household_page_start_contact (GEZ_HOUSEHOLD_PAGE (widget));
}

static void
show_readers_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  GezHouseholdPage *self = GEZ_HOUSEHOLD_PAGE (widget);

  gez_readers_dialog_present (widget, self->context, &self->household);
}

/* Documents are searched where they are. What was said is in the journal, whatever the tab. */
static void
find_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  GezHouseholdPage *self = GEZ_HOUSEHOLD_PAGE (widget);
  GtkWidget *tab = adw_bin_get_child (ADW_BIN (self->bin));

  if (GEZ_IS_DOCUMENTS_TAB (tab))
    {
      gez_documents_tab_find (GEZ_DOCUMENTS_TAB (tab));
      return;
    }
  gez_household_page_show_tab (self, "journal");
  gez_journal_tab_find (GEZ_JOURNAL_TAB (adw_bin_get_child (ADW_BIN (self->bin))));
}

/* Adds what belongs to the tab; a contact where nothing else does. */
static void
add_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  GezHouseholdPage *self = GEZ_HOUSEHOLD_PAGE (widget);
  GtkWidget *tab = adw_bin_get_child (ADW_BIN (self->bin));

  if (GEZ_IS_PLAN_TAB (tab))
    gez_plan_tab_add_goal (GEZ_PLAN_TAB (tab));
  else if (GEZ_IS_DOMAIN_TAB (tab))
    gez_domain_tab_add_goal (GEZ_DOMAIN_TAB (tab));
  else if (GEZ_IS_NETWORK_TAB (tab))
    gez_network_tab_add_member (GEZ_NETWORK_TAB (tab));
  else if (GEZ_IS_REFERRALS_TAB (tab))
    gez_referrals_tab_start (GEZ_REFERRALS_TAB (tab));
  else if (GEZ_IS_HOUSEHOLD_AGENDA_TAB (tab))
    gez_household_agenda_tab_add (GEZ_HOUSEHOLD_AGENDA_TAB (tab));
  else if (GEZ_IS_DOCUMENTS_TAB (tab))
    gez_documents_tab_add (GEZ_DOCUMENTS_TAB (tab));
  else
    gez_household_page_start_contact (self);
}

static void
refresh_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  gez_reader_refresh (GEZ_HOUSEHOLD_PAGE (widget)->reader);
}

/* Layout --------------------------------------------------------------------------------------- */

static int
measure_child (GtkWidget     *child,
               GtkOrientation orientation,
               int            for_size,
               gboolean       natural)
{
  int least, liked;

  gtk_widget_measure (child, orientation, for_size, &least, &liked, NULL, NULL);

  return natural ? liked : least;
}

static int
side_width (GezHouseholdPage *self)
{
  return MAX (gez_text_scale (GTK_WIDGET (self), SIDE_WIDTH),
              measure_child (self->side, GTK_ORIENTATION_HORIZONTAL, -1, FALSE));
}

/* Large text needs the room of the list sooner. */
static gboolean
is_narrow (GezHouseholdPage *self,
           int               width)
{
  return width < gez_text_scale (GTK_WIDGET (self), NARROW_BELOW_WIDTH)
         || width < side_width (self)
                      + measure_child (self->bin, GTK_ORIENTATION_HORIZONTAL, -1, FALSE);
}

static void
gez_household_page_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  GezHouseholdPage *self = GEZ_HOUSEHOLD_PAGE (widget);
  gboolean narrow;
  int above;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (MAX (measure_child (self->header, orientation, -1, FALSE),
                           measure_child (self->bars, orientation, -1, FALSE)),
                      MAX (measure_child (self->menu, orientation, -1, FALSE),
                           measure_child (self->bin, orientation, -1, FALSE)));
      *natural = MAX (*minimum, MAX (measure_child (self->header, orientation, -1, TRUE),
                                     SIDE_WIDTH
                                       + measure_child (self->bin, orientation, -1, TRUE)));
      return;
    }

  narrow = for_size >= 0 && is_narrow (self, for_size);
  above = measure_child (self->header, orientation, for_size, FALSE)
          + measure_child (self->bars, orientation, for_size, FALSE)
          + measure_child (self->separator, orientation, -1, FALSE);
  if (narrow)
    above += measure_child (self->menu, orientation, for_size, FALSE);
  /* What a tab holds scrolls, so nobody needs to know how high it is. A scrolled window would ask all of
   * it, and once more at its narrowest: a hundred milliseconds for a long journal. */
  *minimum = above + TAB_LEAST_HEIGHT;
  *natural = above + TAB_LIKED_HEIGHT;
}

static void
place (GtkWidget *child,
       int        x,
       int        y,
       int        width,
       int        height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, MAX (width, 0), MAX (height, 0) }, -1);
}

static void
gez_household_page_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  GezHouseholdPage *self = GEZ_HOUSEHOLD_PAGE (widget);
  gboolean narrow = is_narrow (self, width);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = measure_child (self->header, GTK_ORIENTATION_VERTICAL, width, FALSE);
  int side = narrow ? 0 : side_width (self);
  int bars = measure_child (self->bars, GTK_ORIENTATION_VERTICAL, width, FALSE);
  int line = measure_child (self->separator, GTK_ORIENTATION_VERTICAL, -1, FALSE);

  gtk_widget_set_child_visible (self->side, !narrow);
  gtk_widget_set_child_visible (self->menu, narrow);
  place (self->header, 0, 0, width, y);
  place (self->bars, 0, y, width, bars);
  y += bars;
  place (self->separator, 0, y, width, line);
  y += line;
  if (narrow)
    {
      int menu = measure_child (self->menu, GTK_ORIENTATION_VERTICAL, width, FALSE);

      place (self->menu, 0, y, width, menu);
      y += menu;
    }
  else
    place (self->side, is_rtl ? width - side : 0, y, side, height - y);
  place (self->bin, is_rtl ? 0 : side, y, width - side, height - y);
}

static GtkSizeRequestMode
gez_household_page_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
gez_household_page_dispose (GObject *object)
{
  GezHouseholdPage *self = GEZ_HOUSEHOLD_PAGE (object);
  GtkWidget *child;

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_household_page_parent_class)->dispose (object);
}

static void
gez_household_page_finalize (GObject *object)
{
  GezHouseholdPage *self = GEZ_HOUSEHOLD_PAGE (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->tab, g_free);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (gez_household_page_parent_class)->finalize (object);
}

static void
gez_household_page_class_init (GezHouseholdPageClass *klass)
{
  static const char * const jumps[N_JUMPS] = {
    "file.jump-1", "file.jump-2", "file.jump-3", "file.jump-4", "file.jump-5",
    "file.jump-6", "file.jump-7", "file.jump-8", "file.jump-9",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_household_page_dispose;
  object_class->finalize = gez_household_page_finalize;
  widget_class->measure = gez_household_page_measure;
  widget_class->size_allocate = gez_household_page_size_allocate;
  widget_class->get_request_mode = gez_household_page_get_request_mode;

  for (guint i = 0; i < N_JUMPS; i++)
    gtk_widget_class_install_action (widget_class, jumps[i], NULL, jump_cb);
  gtk_widget_class_install_action (widget_class, "file.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "file.previous", NULL, previous_cb);
  gtk_widget_class_install_action (widget_class, "file.find", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "file.show-tab", "s", show_tab_cb);
  gtk_widget_class_install_action (widget_class, "file.start-contact", NULL, start_contact_cb);
  gtk_widget_class_install_action (widget_class, "file.show-readers", NULL, show_readers_cb);
  gtk_widget_class_install_action (widget_class, "file.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "file.refresh", NULL, refresh_cb);
}

static void
gez_household_page_init (GezHouseholdPage *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_tab_item_free);
  self->tab = g_strdup ("overview");
}

static void
build (GezHouseholdPage *self)
{
  GtkWidget **children[] = { &self->header, &self->bars, &self->separator, &self->menu, &self->side,
                             &self->bin };
  GtkWidget *popover = gtk_popover_new ();

  self->header = gez_household_header_new (self->context, &self->household);
  self->bars = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->bars), gez_conflicts_bar_new (self->context, &self->household));
  gtk_box_append (GTK_BOX (self->bars), gez_one_family_bar_new (self->context, &self->household));
  self->separator = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  self->side = gez_tab_list_new ();
  self->menu_list = gez_tab_list_new ();
  self->bin = adw_bin_new ();
  gtk_widget_add_css_class (self->side, "gez-side");
  gtk_widget_add_css_class (self->header, "gez-household-header");

  gtk_widget_set_size_request (self->menu_list, gez_text_scale (GTK_WIDGET (self), SIDE_WIDTH), -1);
  gtk_popover_set_child (GTK_POPOVER (popover), self->menu_list);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->menu), popover);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->menu), _("Tabs of this file"));
  gtk_widget_add_css_class (self->menu, "gez-tab-menu");

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_set_parent (*children[i], GTK_WIDGET (self));
  g_signal_connect_object (self->side, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->menu_list, "chosen", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  /* Before the field that has the focus: there they would move the cursor. */
  gez_shortcut_add_scope (GTK_WIDGET (self), GEZ_KEY_FILE, GTK_PHASE_CAPTURE);
}

/**
 * gez_household_page_new:
 * @context: where we work
 * @household: whose file
 *
 * Returns: (transfer floating): the page; it fills itself and shows the overview
 */
GtkWidget *
gez_household_page_new (GezContext  *context,
                        const GezId *household)
{
  GezHouseholdPage *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (household != NULL, NULL);

  self = g_object_new (GEZ_TYPE_HOUSEHOLD_PAGE, NULL);
  self->context = g_object_ref (context);
  self->household = *household;
  build (self);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_file);
  gez_reader_refresh (self->reader);

  return GTK_WIDGET (self);
}

/**
 * gez_household_page_get_household:
 * @self: the page
 *
 * Returns: (transfer none): whose file it is
 */
const GezId *
gez_household_page_get_household (GezHouseholdPage *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_PAGE (self), NULL);

  return &self->household;
}

/* The row in a tab, when its name says one: "referrals/<uuid>", "documents/<uuid>". */
static void
show_row (GezHouseholdPage *self,
          const char       *text)
{
  GtkWidget *tab = adw_bin_get_child (ADW_BIN (self->bin));
  GezId id;

  if (GEZ_IS_REFERRALS_TAB (tab) && gez_id_parse (text, &id))
    gez_referrals_tab_show (GEZ_REFERRALS_TAB (tab), &id);
  else if (GEZ_IS_DOCUMENTS_TAB (tab) && gez_id_parse (text, &id))
    gez_documents_tab_show (GEZ_DOCUMENTS_TAB (tab), &id);
}

/**
 * gez_household_page_show_tab:
 * @self: the page
 * @name: overview, plan, network, journal, referrals, agenda, documents, "domain:" and the code of a
 *   life domain, or that code alone; another name leaves what is shown. "referrals/" and the identity of
 *   a referral goes to that one, "documents/" and that of a document to that one
 */
void
gez_household_page_show_tab (GezHouseholdPage *self,
                             const char       *name)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *wanted = NULL;

  g_return_if_fail (GEZ_IS_HOUSEHOLD_PAGE (self));
  g_return_if_fail (name != NULL);

  parts = g_strsplit (name, "/", 2);
  name = parts[0] != NULL ? parts[0] : "";

  /* "network" is a tab and the code of a life domain: alone it is the tab. */
  if (find_tab (name) == NULL
      && gez_lists_find_domain_by_code (gez_context_get_lists (self->context), name) != NULL)
    wanted = g_strconcat (GEZ_FILE_TABS_DOMAIN, name, NULL);
  else
    wanted = g_strdup (name);
  if (!is_tab (self, wanted))
    return;
  g_free (self->tab);
  self->tab = g_steal_pointer (&wanted);
  show_tab (self);
  if (parts[0] != NULL && parts[1] != NULL)
    show_row (self, parts[1]);
}

/**
 * gez_household_page_get_tab:
 * @self: the page
 *
 * Returns: (transfer none): name of the tab that is shown
 */
const char *
gez_household_page_get_tab (GezHouseholdPage *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_PAGE (self), NULL);

  return self->tab;
}

/**
 * gez_household_page_start_contact:
 * @self: the page
 *
 * Goes to the journal and opens a new contact there, about the life domain whose tab was shown.
 */
void
gez_household_page_start_contact (GezHouseholdPage *self)
{
  g_autofree char *before = NULL;

  g_return_if_fail (GEZ_IS_HOUSEHOLD_PAGE (self));

  before = g_strdup (self->tab);
  gez_household_page_show_tab (self, "journal");
  gez_journal_tab_start_contact (GEZ_JOURNAL_TAB (adw_bin_get_child (ADW_BIN (self->bin))),
                                 before != NULL ? domain_code_of (before) : NULL);
}

/**
 * gez_household_page_get_content:
 * @self: the page
 *
 * Returns: (transfer none) (nullable): the tab that is shown
 */
GtkWidget *
gez_household_page_get_content (GezHouseholdPage *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_PAGE (self), NULL);

  return adw_bin_get_child (ADW_BIN (self->bin));
}
