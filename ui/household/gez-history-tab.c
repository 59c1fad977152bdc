/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. Acts are only ever added to a history: after a commit the new ones go on top of what is shown,
 *    and nothing moves under the eyes of who reads. Another filter starts again.
 * 2. A page holds many entries; they are made a few at a time, so that the window never waits.
 */

#include "household/gez-history-tab.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-act.h"
#include "common/gez-clamp-page.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-wrap-layout.h"
#include "household/gez-form.h"
#include "household/gez-history-entry.h"
#include "model/gez-history.h"

struct _GezHistoryTab
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *reader;
  GezReader *writers_reader;
  GCancellable *cancellable;
  GPtrArray *writers; /* GezRecord */
  GPtrArray *waiting; /* GezHistoryAct: read, without an entry yet, the next one last */
  GezHistoryAct *newest;
  GezHistoryAct *oldest;
  gboolean has_more;
  guint fill_source;

  GtkWidget *page;
  GtkWidget *kind;
  GtkWidget *writer;
  GtkWidget *days;
  GtkWidget *empty;
  GtkWidget *older_button;
};

G_DEFINE_FINAL_TYPE (GezHistoryTab, gez_history_tab, GTK_TYPE_WIDGET)

#define PAGE_WIDTH 860
#define ENTRIES_AT_ONCE 4
#define DAY_KEY "gez-day"

static const char * const tables[] = {
  "household", "trajectory", "trajectory_event", "person", "membership", "relation", "helper",
  "flag", "assessment", "goal", "step", "contact", "contact_link", "note", "question", "referral",
  "referral_event", "followup", "appointment", "document", NULL
};
static const char * const writers_tables[] = { "member", NULL };

/* In the order of GezHistoryKind. */
static const char * const kinds[GEZ_HISTORY_N_KINDS] = {
  N_ ("Everything"),     N_ ("Data of the family"), N_ ("Family and network"),
  N_ ("Points of attention"), N_ ("Life domains"),  N_ ("Plan"),
  N_ ("Journal"),        N_ ("Referrals"),          N_ ("Agenda"),
  N_ ("Documents"),
};

/* Entries --------------------------------------------------------------------------------------- */

static void
row_activated_cb (GezHistoryTab *self,
                  GtkListBoxRow *row)
{
  g_autofree char *tab = gez_history_entry_dup_tab (GEZ_HISTORY_ENTRY (row));
  char household[GEZ_ID_TEXT_SIZE];

  gez_id_to_buffer (&self->household, household);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-household-tab", "(ss)", household, tab);
}

static GtkWidget *
make_day (GezHistoryTab *self,
          const char    *day)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *today = gez_context_dup_today (self->context);
  g_autofree char *near = gez_format_date_near (day, today);
  g_autofree char *full = gez_format_date_long (day);
  g_autofree char *title = gez_capitalise (near);
  GtkWidget *heading = gez_form_heading (title);
  GtkWidget *list = gez_form_list (full);

  gtk_widget_set_tooltip_text (heading, full);
  gtk_widget_set_halign (heading, GTK_ALIGN_START);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), list);
  g_object_set_data_full (G_OBJECT (box), DAY_KEY, g_strdup (day), g_free);

  return box;
}

static gboolean
is_day (GtkWidget  *box,
        const char *day)
{
  return box != NULL && g_strcmp0 (g_object_get_data (G_OBJECT (box), DAY_KEY), day) == 0;
}

static void
append_entry (GezHistoryTab *self,
              GezHistoryAct *act)
{
  const char *day = gez_history_act_get_day_on (act);
  GtkWidget *box = gtk_widget_get_last_child (self->days);

  if (!is_day (box, day))
    {
      box = make_day (self, day);
      gtk_box_append (GTK_BOX (self->days), box);
    }
  gtk_list_box_append (GTK_LIST_BOX (gtk_widget_get_last_child (box)),
                       gez_history_entry_new (self->context, act));
  g_set_object (&self->oldest, act);
  if (self->newest == NULL)
    self->newest = g_object_ref (act);
}

static void
prepend_entry (GezHistoryTab *self,
               GezHistoryAct *act)
{
  const char *day = gez_history_act_get_day_on (act);
  GtkWidget *box = gtk_widget_get_first_child (self->days);

  if (!is_day (box, day))
    {
      box = make_day (self, day);
      gtk_box_prepend (GTK_BOX (self->days), box);
    }
  gtk_list_box_prepend (GTK_LIST_BOX (gtk_widget_get_last_child (box)),
                        gez_history_entry_new (self->context, act));
  g_set_object (&self->newest, act);
}

static void
show_state (GezHistoryTab *self)
{
  gboolean is_full = self->waiting->len == 0;

  gtk_widget_set_visible (self->empty, is_full && self->newest == NULL);
  gtk_widget_set_visible (self->older_button, is_full && self->has_more);
}

static gboolean
fill_cb (gpointer user_data)
{
  GezHistoryTab *self = user_data;

  for (guint i = 0; i < ENTRIES_AT_ONCE && self->waiting->len > 0; i++)
    {
      g_autoptr (GezHistoryAct) act = g_ptr_array_steal_index (self->waiting,
                                                               self->waiting->len - 1);

      append_entry (self, act);
    }
  show_state (self);
  if (self->waiting->len > 0)
    return G_SOURCE_CONTINUE;

  self->fill_source = 0;
  return G_SOURCE_REMOVE;
}

static void
take_page (GezHistoryTab *self,
           GezPage       *page)
{
  GPtrArray *acts = gez_page_get_items (page);

  for (guint i = acts->len; i > 0; i--)
    g_ptr_array_add (self->waiting, g_object_ref (g_ptr_array_index (acts, i - 1)));
  self->has_more = gez_page_has_more (page);
  /* After the redraw, so that what is there already shows before the rest is made. */
  if (self->fill_source == 0)
    self->fill_source = g_idle_add (fill_cb, self);
  fill_cb (self);
}

static void
forget_entries (GezHistoryTab *self)
{
  GtkWidget *day;

  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_ptr_array_set_size (self->waiting, 0);
  g_clear_object (&self->newest);
  g_clear_object (&self->oldest);
  while ((day = gtk_widget_get_first_child (self->days)) != NULL)
    gtk_box_remove (GTK_BOX (self->days), day);
}

/* Reading --------------------------------------------------------------------------------------- */

static const GezId *
get_device (GezHistoryTab *self)
{
  guint writer = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->writer));

  if (writer == 0 || writer > self->writers->len)
    return NULL;

  return gez_record_get_id (g_ptr_array_index (self->writers, writer - 1));
}

static GezQuery *
make_history_query (GezHistoryTab *self,
                    GezHistoryAct *after)
{
  GezHistoryKind kind = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind));

  return gez_history_query (&self->household, kind, get_device (self), after,
                            GEZ_HISTORY_PAGE_SIZE);
}

static GezQuery *
make_query (gpointer widget)
{
  return make_history_query (GEZ_HISTORY_TAB (widget), NULL);
}

static gboolean
is_same_act (GezHistoryAct *act,
             GezHistoryAct *other)
{
  return gez_history_act_get_at (act) == gez_history_act_get_at (other)
         && gez_history_act_get_place (act) == gez_history_act_get_place (other);
}

/* Returns: whether all that is new could be put on top of what is shown. */
static gboolean
put_on_top (GezHistoryTab *self,
            GPtrArray     *acts)
{
  guint n_new = 0;

  while (n_new < acts->len && !is_same_act (g_ptr_array_index (acts, n_new), self->newest))
    n_new++;
  if (n_new == acts->len)
    return FALSE;
  for (guint i = n_new; i > 0; i--)
    prepend_entry (self, g_ptr_array_index (acts, i - 1));

  return TRUE;
}

static void
show_history (gpointer      widget,
              gpointer      result,
              const GError *error)
{
  GezHistoryTab *self = widget;

  if (result == NULL)
    {
      gez_say_error (widget, error);
      return;
    }
  if (self->newest != NULL && put_on_top (self, gez_page_get_items (result)))
    return;

  forget_entries (self);
  take_page (self, result);
}

static void
older_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GezHistoryTab) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezPage) page = gez_store_run_finish (GEZ_STORE (source), result, &error);

  if (self->context == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_widget_set_sensitive (self->older_button, TRUE);
  if (page == NULL)
    gez_say_error (GTK_WIDGET (self), error);
  else
    take_page (self, page);
}

static void
older_cb (GezHistoryTab *self)
{
  g_autoptr (GezQuery) query = make_history_query (self, self->oldest);

  gtk_widget_set_sensitive (self->older_button, FALSE);
  gez_store_run_async (gez_context_get_store (self->context), query, self->cancellable,
                       older_read_cb, g_object_ref (self));
}

static void
filter_cb (GezHistoryTab *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (self->older_button, TRUE);
  forget_entries (self);
  gez_reader_refresh (self->reader);
}

/* Who wrote ------------------------------------------------------------------------------------- */

static GezQuery *
make_writers_query (gpointer widget)
{
  return gez_history_writers_query ();
}

static void
show_writers (gpointer      widget,
              gpointer      result,
              const GError *error)
{
  GezHistoryTab *self = widget;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n_others = 0;

  if (result == NULL || gez_view_get_list (result, "writers")->len == self->writers->len)
    return;

  g_ptr_array_unref (self->writers);
  self->writers = g_ptr_array_ref (gez_view_get_list (result, "writers"));
  gtk_string_list_append (names, _("Everybody"));
  for (guint i = 0; i < self->writers->len; i++)
    {
      const char *name = gez_record_get_text (g_ptr_array_index (self->writers, i), "name");
      g_autofree char *other = NULL;

      if (name == NULL)
        other = g_strdup_printf (_("Another device (%u)"), ++n_others);
      gtk_string_list_append (names, name != NULL ? name : other);
    }
  g_signal_handlers_block_by_func (self->writer, filter_cb, self);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->writer), G_LIST_MODEL (names));
  g_signal_handlers_unblock_by_func (self->writer, filter_cb, self);
  gtk_widget_set_visible (self->writer, self->writers->len > 1);
}

static void
gez_history_tab_dispose (GObject *object)
{
  GezHistoryTab *self = GEZ_HISTORY_TAB (object);

  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  if (self->writers_reader != NULL)
    g_object_run_dispose (G_OBJECT (self->writers_reader));
  g_clear_object (&self->writers_reader);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->newest);
  g_clear_object (&self->oldest);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_history_tab_parent_class)->dispose (object);
}

static void
gez_history_tab_finalize (GObject *object)
{
  GezHistoryTab *self = GEZ_HISTORY_TAB (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->writers);

  G_OBJECT_CLASS (gez_history_tab_parent_class)->finalize (object);
}

static void
gez_history_tab_class_init (GezHistoryTabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_history_tab_dispose;
  object_class->finalize = gez_history_tab_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_choice (GezHistoryTab      *self,
             const char * const *names,
             guint               n_names,
             const char         *label)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  GtkWidget *choice;

  for (guint i = 0; i < n_names; i++)
    gtk_string_list_append (list, _(names[i]));
  choice = gtk_drop_down_new (G_LIST_MODEL (list), NULL);
  gez_accessible_set_name (choice, label);
  gtk_widget_set_tooltip_text (choice, label);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (filter_cb), self,
                           G_CONNECT_SWAPPED);

  return choice;
}

static void
gez_history_tab_init (GezHistoryTab *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *filters = gez_wrap_box_new (12, 6);

  self->cancellable = g_cancellable_new ();
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->writers = g_ptr_array_new ();
  self->kind = make_choice (self, kinds, G_N_ELEMENTS (kinds), _("What was changed"));
  self->writer = make_choice (self, NULL, 0, _("Who changed it"));
  gtk_widget_set_visible (self->writer, FALSE);
  self->days = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->empty = gez_form_hint (_("Nothing of this kind was changed in this file yet."));
  gtk_widget_set_visible (self->empty, FALSE);
  self->older_button = gtk_button_new_with_mnemonic (_("Show _older entries"));
  gtk_widget_set_halign (self->older_button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->older_button, FALSE);
  g_signal_connect_object (self->older_button, "clicked", G_CALLBACK (older_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (filters), self->kind);
  gtk_box_append (GTK_BOX (filters), self->writer);
  gtk_box_append (GTK_BOX (content), filters);
  gtk_box_append (GTK_BOX (content), self->empty);
  gtk_box_append (GTK_BOX (content), self->days);
  gtk_box_append (GTK_BOX (content), self->older_button);
  self->page = gez_clamp_page_new (content, PAGE_WIDTH);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
}

/**
 * gez_history_tab_new:
 * @context: where we work
 * @household: the file
 *
 * Returns: (transfer floating): the tab; it reads when it shows
 */
GtkWidget *
gez_history_tab_new (GezContext  *context,
                     const GezId *household)
{
  GezHistoryTab *self;
  GezStore *store;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (household != NULL, NULL);

  self = g_object_new (GEZ_TYPE_HISTORY_TAB, NULL);
  store = gez_context_get_store (context);
  self->context = g_object_ref (context);
  self->household = *household;
  self->reader = gez_reader_new (GTK_WIDGET (self), store, tables, make_query, show_history);
  self->writers_reader = gez_reader_new (GTK_WIDGET (self), store, writers_tables,
                                         make_writers_query, show_writers);

  return GTK_WIDGET (self);
}
