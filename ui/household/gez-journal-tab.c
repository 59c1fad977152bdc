/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. What is typed is in the draft of this household within two seconds, and nowhere else. The
 *    draft goes away in the transaction that writes the contact, or when a person discards it.
 * 2. Reading the journal again never touches the form.
 * 3. Only the first page is live. A page of older entries is read once, after the last entry that
 *    is shown; when something changes, as many entries are read again as were shown.
 */

#include "household/gez-journal-tab.h"

#include "common/gez-act.h"
#include "common/gez-clamp-page.h"
#include "common/gez-draft-keeper.h"
#include "common/gez-format.h"
#include "common/gez-piecemeal.h"
#include "common/gez-reader.h"
#include "common/gez-wrap-layout.h"
#include "household/gez-contact-form.h"
#include "household/gez-form.h"
#include "household/gez-journal-entry.h"
#include "household/gez-journal-filter-bar.h"
#include "household/gez-note-dialog.h"
#include "household/gez-widen-question.h"
#include "model/gez-journal.h"
#include "model/gez-network-view.h"

#include <glib/gi18n.h>

struct _GezJournalTab
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *journal_reader;
  GezReader *people_reader;
  GezDraftKeeper *keeper;
  GCancellable *cancellable;
  GCancellable *older_cancellable;

  GtkWidget *page;
  GtkWidget *scroller;
  GtkWidget *start_button;
  GtkWidget *form_area;
  GtkWidget *form;
  GtkWidget *draft_label;
  GtkWidget *discarded_line;
  char *discarded; /* what was in the form that was discarded last */
  GtkWidget *save_button;
  GtkWidget *filter;
  GtkWidget *list;
  GtkWidget *empty;
  GtkWidget *nothing; /* nothing fits the filter */
  GtkWidget *older_button;
  GezView *filling; /* of which rows are still to be made */
  guint filled_from;
  guint n_filled;
  guint n_old;

  guint draft_timeout;
  guint n_shown;
  GezJournalPlace last;
};

G_DEFINE_FINAL_TYPE (GezJournalTab, gez_journal_tab, GTK_TYPE_WIDGET)

static const char * const journal_tables[] = { "contact",  "contact_link", "note", "question",
                                               "person",   "helper",       "domain", "goal",
                                               "list_item", NULL };
static const char * const people_tables[] = { "person", "membership", "helper", "partner", NULL };

/* A long text is put in words for the draft at most this often; a short one at every key. */
#define LONG_DRAFT_BYTES 65536
#define LONG_DRAFT_DELAY_MS 500

static void
touch_draft (GezJournalTab *self)
{
  g_autofree char *content = NULL;

  g_clear_handle_id (&self->draft_timeout, g_source_remove);
  if (gez_contact_form_is_empty (GEZ_CONTACT_FORM (self->form)))
    {
      gez_draft_keeper_clear (self->keeper);
      return;
    }

  content = gez_contact_form_serialise (GEZ_CONTACT_FORM (self->form));
  gez_draft_keeper_touch (self->keeper, content);
}

static gboolean
draft_timeout_cb (gpointer user_data)
{
  GezJournalTab *self = user_data;

  self->draft_timeout = 0;
  touch_draft (self);

  return G_SOURCE_REMOVE;
}

static void
form_edited_cb (GezJournalTab *self)
{
  if (gez_contact_form_get_length (GEZ_CONTACT_FORM (self->form)) < LONG_DRAFT_BYTES)
    touch_draft (self);
  else if (self->draft_timeout == 0)
    self->draft_timeout = g_timeout_add (LONG_DRAFT_DELAY_MS, draft_timeout_cb, self);
}

static void
show_form (GezJournalTab *self,
           gboolean       shown)
{
  gtk_widget_set_visible (self->form_area, shown);
  gtk_widget_set_visible (self->start_button, !shown);
}

static void
close_form (GezJournalTab *self)
{
  g_clear_handle_id (&self->draft_timeout, g_source_remove);
  /* The keyboard leaves the form before its fields go: GTK warns about a focus that vanishes. */
  gtk_widget_set_visible (self->start_button, TRUE);
  gtk_widget_grab_focus (self->start_button);
  show_form (self, FALSE);
  gez_contact_form_reset (GEZ_CONTACT_FORM (self->form));
  gez_draft_keeper_clear (self->keeper);
  gtk_widget_set_visible (self->draft_label, FALSE);
}

static void
forget_discarded (GezJournalTab *self)
{
  g_clear_pointer (&self->discarded, g_free);
  gtk_widget_set_visible (self->discarded_line, FALSE);
}

static void
discard_cb (GezJournalTab *self)
{
  forget_discarded (self);
  if (!gez_contact_form_is_empty (GEZ_CONTACT_FORM (self->form)))
    self->discarded = gez_contact_form_serialise (GEZ_CONTACT_FORM (self->form));
  gtk_widget_set_visible (self->discarded_line, self->discarded != NULL);
  close_form (self);
}

static void
bring_back_cb (GezJournalTab *self)
{
  g_autofree char *content = g_steal_pointer (&self->discarded);

  gez_contact_form_restore (GEZ_CONTACT_FORM (self->form), content);
  show_form (self, TRUE);
  gtk_widget_grab_focus (self->form);
  forget_discarded (self);
  touch_draft (self);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GezJournalTab) self = user_data;
  guint64 command = gez_act_finish (result);

  if (self->context == NULL) /* the file was closed meanwhile */
    return;

  gtk_widget_set_sensitive (self->form_area, TRUE);
  if (command == 0)
    {
      gez_contact_form_complain (GEZ_CONTACT_FORM (self->form),
                                 _("This was not saved. What you typed is still here."));
      return;
    }

  close_form (self);
}

static void
save_cb (GezJournalTab *self)
{
  GezChange *change;

  if (!gtk_widget_get_sensitive (self->form_area))
    return;

  change = gez_contact_form_make_change (GEZ_CONTACT_FORM (self->form));
  if (change == NULL)
    return;

  /* A field that becomes insensitive under the keyboard never hears that it lost it. */
  gtk_widget_grab_focus (self->save_button);
  gtk_widget_set_sensitive (self->form_area, FALSE);
  gez_act_async (GTK_WIDGET (self), self->context, change, _("Contact saved"), written_cb,
                 g_object_ref (self));
}

static void
amend_cb (GezJournalTab   *self,
          GezJournalEntry *entry)
{
  gez_note_dialog_present (GTK_WIDGET (self), self->context, &self->household,
                           gez_journal_entry_get_contact (entry),
                           gez_journal_entry_get_note (entry));
}

static void
widen_cb (GezJournalTab   *self,
          GezJournalEntry *entry)
{
  const char *circle;
  GArray *notes = gez_journal_entry_get_narrow (entry, &circle);

  gez_widen_question_ask (GTK_WIDGET (self), self->context, &self->household, circle, notes);
}

static void
remove_row (GezJournalTab *self,
            guint          position)
{
  GtkListBox *list = GTK_LIST_BOX (self->list);

  gtk_list_box_remove (list, GTK_WIDGET (gtk_list_box_get_row_at_index (list, (int) position)));
}

static void
stop_filling (GezJournalTab *self)
{
  gez_piecemeal_stop (GTK_WIDGET (self));
  g_clear_object (&self->filling);
}

/* An entry is a dozen widgets and a text to break into lines: one at a time. Each takes the place of one
 * of the rows that stood there before, so that nobody who scrolled is thrown to the top. */
static gboolean
append_next (GtkWidget *widget)
{
  GezJournalTab *self = GEZ_JOURNAL_TAB (widget);
  GPtrArray *entries = gez_view_get_list (self->filling, "entries");

  if (self->n_filled < entries->len)
    {
      guint position = self->filled_from + self->n_filled;
      GtkWidget *row = gez_journal_entry_new (self->context, self->filling, entries->pdata[self->n_filled]);

      g_signal_connect_object (row, "amend", G_CALLBACK (amend_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "widen", G_CALLBACK (widen_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_insert (GTK_LIST_BOX (self->list), row, (int) position);
      self->n_filled++;
      if (self->n_old > 0)
        {
          remove_row (self, position + 1);
          self->n_old--;
        }
      return TRUE;
    }
  if (self->n_old > 0)
    {
      remove_row (self, self->filled_from + self->n_filled);
      self->n_old--;
      return TRUE;
    }
  g_clear_object (&self->filling);
  return FALSE;
}

static void
finish_filling (GezJournalTab *self)
{
  while (self->filling != NULL && append_next (GTK_WIDGET (self)))
    continue;
  stop_filling (self);
}

/* @n_shown: how many entries stand before these; @n_old: how many rows they replace. */
static void
fill_entries (GezJournalTab *self,
              GezView       *journal,
              guint          n_shown,
              guint          n_old)
{
  GPtrArray *entries = gez_view_get_list (journal, "entries");
  GezRecord *more = gez_view_get_record (journal, "more");

  self->filling = g_object_ref (journal);
  self->filled_from = n_shown;
  self->n_filled = 0;
  self->n_old = n_old;
  self->n_shown = n_shown + entries->len;
  if (entries->len > 0)
    {
      GezRecord *last = entries->pdata[entries->len - 1];

      self->last.at = gez_record_get_integer (last, "at");
      self->last.id = *gez_record_get_id (last);
    }
  gtk_widget_set_visible (self->older_button,
                          more != NULL && gez_record_get_integer (more, "has_more") != 0);
  gez_piecemeal_do (GTK_WIDGET (self), append_next);
}

static guint
count_rows (GezJournalTab *self)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) n) != NULL)
    n++;
  return n;
}

static void
clear_entries (GezJournalTab *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
}

static GezQuery *
make_page_query (GezJournalTab         *self,
                 const GezJournalPlace *after,
                 guint                  limit)
{
  GezJournalFilter filter;

  if (!gez_journal_filter_bar_get (GEZ_JOURNAL_FILTER_BAR (self->filter), &filter))
    return gez_journal_query (&self->household, after, limit);

  return gez_journal_search_query (&self->household, &filter, after, limit);
}

static GezQuery *
make_journal_query (gpointer widget)
{
  GezJournalTab *self = widget;

  return make_page_query (self, NULL, MAX (self->n_shown, GEZ_JOURNAL_PAGE_SIZE));
}

static void
show_journal (gpointer      widget,
              gpointer      result,
              const GError *error)
{
  GezJournalTab *self = widget;
  GezJournalFilter filter;
  gboolean is_filtered;

  if (result == NULL)
    {
      gez_say_error (GTK_WIDGET (self), error);
      return;
    }

  stop_filling (self);
  /* What another filter showed goes at once. */
  if (self->n_shown == 0)
    clear_entries (self);
  fill_entries (self, result, 0, count_rows (self));
  is_filtered = gez_journal_filter_bar_get (GEZ_JOURNAL_FILTER_BAR (self->filter), &filter);
  gtk_widget_set_visible (self->list, self->n_shown > 0);
  gtk_widget_set_visible (self->empty, self->n_shown == 0 && !is_filtered);
  gtk_widget_set_visible (self->nothing, self->n_shown == 0 && is_filtered);
  gtk_widget_set_visible (self->filter, self->n_shown > 0 || is_filtered);
}

static void
older_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GezJournalTab) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezView) journal = gez_store_run_finish (GEZ_STORE (source), result, &error);

  if (self->context == NULL)
    return;

  gtk_widget_set_sensitive (self->older_button, TRUE);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (journal == NULL)
    gez_say_error (GTK_WIDGET (self), error);
  else
    {
      finish_filling (self);
      fill_entries (self, journal, self->n_shown, 0);
    }
}

static void
older_cb (GezJournalTab *self)
{
  g_autoptr (GezQuery) query = make_page_query (self, &self->last, GEZ_JOURNAL_PAGE_SIZE);

  gtk_widget_set_sensitive (self->older_button, FALSE);
  g_clear_object (&self->older_cancellable);
  self->older_cancellable = g_cancellable_new ();
  gez_store_run_async (gez_context_get_store (self->context), query, self->older_cancellable,
                       older_read_cb, g_object_ref (self));
}

/* Another filter is another list: it begins at its first page, and what was on its way for the one
 * before is not wanted any more. */
static void
filter_cb (GezJournalTab *self)
{
  g_cancellable_cancel (self->older_cancellable);
  g_clear_object (&self->older_cancellable);
  self->n_shown = 0;
  gez_reader_refresh (self->journal_reader);
}

static GezQuery *
make_people_query (gpointer widget)
{
  return gez_network_view_query (&GEZ_JOURNAL_TAB (widget)->household);
}

static void
show_people (gpointer      widget,
             gpointer      result,
             const GError *error)
{
  GezJournalTab *self = widget;

  if (result == NULL)
    return;

  gez_contact_form_set_people (GEZ_CONTACT_FORM (self->form), result);
  gez_journal_filter_bar_set_people (GEZ_JOURNAL_FILTER_BAR (self->filter),
                                     gez_view_get_list (result, "members"));
}

static void
draft_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GezJournalTab) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *content =
    gez_draft_keeper_load_finish (GEZ_DRAFT_KEEPER (source), result, &error);
  g_autofree char *time = NULL;
  g_autofree char *words = NULL;
  g_autofree char *sentence = NULL;
  gint64 typed_at;

  /* Somebody who began to type before the draft came keeps what is on the screen. */
  if (self->context == NULL || content == NULL
      || !gez_contact_form_is_empty (GEZ_CONTACT_FORM (self->form)))
    return;

  typed_at = gez_contact_form_restore (GEZ_CONTACT_FORM (self->form), content);
  if (typed_at == 0)
    return;

  time = gez_clock_time_of (gez_context_get_clock (self->context), typed_at);
  words = gez_format_time (time);
  sentence = g_strdup_printf (_("Draft of %s restored"), words);
  gtk_label_set_text (GTK_LABEL (self->draft_label), sentence);
  gtk_widget_set_visible (self->draft_label, TRUE);
  show_form (self, TRUE);
}

static void
gez_journal_tab_dispose (GObject *object)
{
  GezJournalTab *self = GEZ_JOURNAL_TAB (object);

  if (self->draft_timeout != 0)
    touch_draft (self);
  if (self->keeper != NULL)
    gez_draft_keeper_flush (self->keeper);
  stop_filling (self);
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->older_cancellable);
  if (self->journal_reader != NULL)
    g_object_run_dispose (G_OBJECT (self->journal_reader));
  g_clear_object (&self->journal_reader);
  if (self->people_reader != NULL)
    g_object_run_dispose (G_OBJECT (self->people_reader));
  g_clear_object (&self->people_reader);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_journal_tab_parent_class)->dispose (object);
}

static void
gez_journal_tab_finalize (GObject *object)
{
  GezJournalTab *self = GEZ_JOURNAL_TAB (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->older_cancellable);
  g_free (self->discarded);

  G_OBJECT_CLASS (gez_journal_tab_parent_class)->finalize (object);
}

static void
gez_journal_tab_class_init (GezJournalTabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_journal_tab_dispose;
  object_class->finalize = gez_journal_tab_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
gez_journal_tab_init (GezJournalTab *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
start_cb (GezJournalTab *self)
{
  gez_journal_tab_start_contact (self, NULL);
}

static GtkWidget *
make_form_area (GezJournalTab *self)
{
  GtkWidget *buttons = gez_wrap_box_new (12, 12);
  GtkWidget *discard = gtk_button_new_with_mnemonic (_("_Discard"));
  GtkWidget *spring = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->form_area = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->form = gez_contact_form_new (self->context, &self->household);
  self->draft_label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                    "visible", FALSE, "xalign", 0.0f, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->draft_label, "dim-label");
  self->save_button = gtk_button_new_with_mnemonic (_("_Save contact"));
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  gtk_widget_set_tooltip_text (self->save_button, _("Ctrl+Enter"));
  gtk_widget_set_hexpand (spring, TRUE);

  gtk_box_append (GTK_BOX (buttons), discard);
  gtk_box_append (GTK_BOX (buttons), spring);
  gtk_box_append (GTK_BOX (buttons), self->save_button);
  gtk_box_append (GTK_BOX (self->form_area), self->draft_label);
  gtk_box_append (GTK_BOX (self->form_area), self->form);
  gtk_box_append (GTK_BOX (self->form_area), buttons);

  g_signal_connect_object (discard, "clicked", G_CALLBACK (discard_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (save_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "edited", G_CALLBACK (form_edited_cb), self,
                           G_CONNECT_SWAPPED);

  return self->form_area;
}

static GtkWidget *
make_discarded_line (GezJournalTab *self)
{
  GtkWidget *line = gez_wrap_box_new (12, 6);
  GtkWidget *back = gtk_button_new_with_mnemonic (_("_Bring it back"));
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                   "label", _("What you typed was discarded."), NULL);

  gtk_widget_add_css_class (back, "flat");
  g_signal_connect_object (back, "clicked", G_CALLBACK (bring_back_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), back);
  gtk_widget_set_visible (line, FALSE);
  self->discarded_line = line;

  return line;
}

static GtkWidget *
make_empty (const char *sentence)
{
  GtkWidget *label = gez_form_hint (sentence);

  gtk_widget_remove_css_class (label, "caption");

  return label;
}

static GtkWidget *
make_content (GezJournalTab *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->start_button = gtk_button_new_with_mnemonic (_("_Note a contact"));
  gtk_widget_set_halign (self->start_button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->start_button, _("Ctrl+N"));
  g_signal_connect_object (self->start_button, "clicked",
                           G_CALLBACK (start_cb), self, G_CONNECT_SWAPPED);

  self->list = gez_form_list (_("Journal"));
  self->empty = make_empty (_("Nothing was written in this journal yet. Note the first contact: "
                              "a date is enough, the rest can follow later."));
  self->nothing = make_empty (_("No entry fits this. Choose something else, or empty the search."));
  self->filter = gez_journal_filter_bar_new (self->context);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (filter_cb), self,
                           G_CONNECT_SWAPPED);
  self->older_button = gtk_button_new_with_mnemonic (_("Show _older entries"));
  gtk_widget_set_halign (self->older_button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->older_button, FALSE);
  gtk_widget_set_visible (self->list, FALSE);
  gtk_widget_set_visible (self->empty, FALSE);
  gtk_widget_set_visible (self->nothing, FALSE);
  gtk_widget_set_visible (self->filter, FALSE);
  g_signal_connect_object (self->older_button, "clicked", G_CALLBACK (older_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (content), self->start_button);
  gtk_box_append (GTK_BOX (content), make_discarded_line (self));
  gtk_box_append (GTK_BOX (content), make_form_area (self));
  gtk_box_append (GTK_BOX (content), gez_form_heading (_("Journal")));
  gtk_box_append (GTK_BOX (content), self->filter);
  gtk_box_append (GTK_BOX (content), self->empty);
  gtk_box_append (GTK_BOX (content), self->nothing);
  gtk_box_append (GTK_BOX (content), self->list);
  gtk_box_append (GTK_BOX (content), self->older_button);
  show_form (self, FALSE);

  return content;
}

/**
 * gez_journal_tab_new:
 * @context: the context
 * @household: the file
 *
 * Returns: (transfer floating): the tab; it reads when it shows
 */
GtkWidget *
gez_journal_tab_new (GezContext  *context,
                     const GezId *household)
{
  GezJournalTab *self = g_object_new (GEZ_TYPE_JOURNAL_TAB, NULL);
  GezStore *store = gez_context_get_store (context);

  self->context = g_object_ref (context);
  self->household = *household;
  self->page = gez_clamp_page_new (make_content (self), 860);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));

  self->journal_reader = gez_reader_new (GTK_WIDGET (self), store, journal_tables,
                                         make_journal_query, show_journal);
  self->people_reader = gez_reader_new (GTK_WIDGET (self), store, people_tables,
                                        make_people_query, show_people);
  self->keeper = gez_draft_keeper_new (context, "journal", household);
  gez_draft_keeper_load_async (self->keeper, self->cancellable, draft_read_cb,
                               g_object_ref (self));

  return GTK_WIDGET (self);
}

/**
 * gez_journal_tab_start_contact:
 * @self: the tab
 * @domain_code: (nullable): the life domain that it is about
 *
 * Opens the form of a contact and goes to its text. What stands in it stays.
 */
void
gez_journal_tab_start_contact (GezJournalTab *self,
                               const char    *domain_code)
{
  g_return_if_fail (GEZ_IS_JOURNAL_TAB (self));

  if (gez_contact_form_is_empty (GEZ_CONTACT_FORM (self->form)))
    {
      gez_contact_form_reset (GEZ_CONTACT_FORM (self->form));
      gez_contact_form_set_domain (GEZ_CONTACT_FORM (self->form), domain_code);
    }
  forget_discarded (self);
  show_form (self, TRUE);
  gtk_widget_grab_focus (self->form);
}

/**
 * gez_journal_tab_find:
 * @self: the tab
 *
 * Goes to the search.
 */
void
gez_journal_tab_find (GezJournalTab *self)
{
  g_return_if_fail (GEZ_IS_JOURNAL_TAB (self));

  gtk_widget_set_visible (self->filter, TRUE);
  gtk_widget_grab_focus (self->filter);
}
