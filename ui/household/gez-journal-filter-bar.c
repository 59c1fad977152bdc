/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-journal-filter-bar.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-focus.h"
#include "common/gez-wrap-layout.h"

struct _GezJournalFilterBar
{
  GtkWidget parent_instance;

  GPtrArray *domains; /* GezRecord */
  GPtrArray *people;  /* GezRecord */

  GtkWidget *box;
  GtkWidget *search;
  GtkWidget *kind;
  GtkWidget *domain;
  GtkWidget *person;
};

G_DEFINE_FINAL_TYPE (GezJournalFilterBar, gez_journal_filter_bar, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *code; /* NULL: all */
  const char *label;
} kinds[] = {
  { NULL, N_ ("All kinds") },
  { "contact", N_ ("Contacts") },
  { "attempt", N_ ("Attempts") },
  { "question", N_ ("Questions") },
  { "note", N_ ("Notes without a contact") },
};

static void
changed_cb (GezJournalFilterBar *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
make_choice (GezJournalFilterBar *self,
             const char          *label)
{
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (NULL)), NULL);

  gtk_widget_set_tooltip_text (choice, label);
  gez_accessible_set_name (choice, label);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);

  return choice;
}

/* Fills a choice without telling anybody; the place that was chosen stays when it is still there. */
static void
fill_choice (GezJournalFilterBar *self,
             GtkWidget           *choice,
             GtkStringList       *list,
             guint                selected)
{
  g_signal_handlers_block_by_func (choice, changed_cb, self);
  gtk_drop_down_set_model (GTK_DROP_DOWN (choice), G_LIST_MODEL (list));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), selected);
  g_signal_handlers_unblock_by_func (choice, changed_cb, self);
}

static gboolean
gez_journal_filter_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_JOURNAL_FILTER_BAR (widget)->search);
}

static void
gez_journal_filter_bar_dispose (GObject *object)
{
  GezJournalFilterBar *self = GEZ_JOURNAL_FILTER_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->domains, g_ptr_array_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);

  G_OBJECT_CLASS (gez_journal_filter_bar_parent_class)->dispose (object);
}

static void
gez_journal_filter_bar_class_init (GezJournalFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_journal_filter_bar_dispose;
  widget_class->grab_focus = gez_journal_filter_bar_grab_focus;
  gez_focus_class_let_leave (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[CHANGED] = g_signal_new ("changed", GEZ_TYPE_JOURNAL_FILTER_BAR, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gez_journal_filter_bar_init (GezJournalFilterBar *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  self->people = g_ptr_array_new ();
  self->search = gtk_search_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->search), 14);
  gtk_widget_set_hexpand (self->search, TRUE);
  gtk_widget_set_tooltip_text (self->search, _("Search in this journal (Ctrl+F)"));
  g_object_set (self->search, "placeholder-text", _("Search in this journal"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search in this journal"), -1);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);

  self->kind = make_choice (self, _("Kind of entry"));
  self->domain = make_choice (self, _("Life domain"));
  self->person = make_choice (self, _("Who it is about"));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (names, _(kinds[i].label));
  fill_choice (self, self->kind, names, 0);
  g_object_unref (names);

  self->box = gez_wrap_box_new (6, 6);
  gtk_box_append (GTK_BOX (self->box), self->search);
  gtk_box_append (GTK_BOX (self->box), self->kind);
  gtk_box_append (GTK_BOX (self->box), self->domain);
  gtk_box_append (GTK_BOX (self->box), self->person);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * gez_journal_filter_bar_new:
 * @context: where we work
 *
 * Returns: (transfer floating): a bar that shows everything
 */
GtkWidget *
gez_journal_filter_bar_new (GezContext *context)
{
  GezJournalFilterBar *self = g_object_new (GEZ_TYPE_JOURNAL_FILTER_BAR, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GezLists *lists = gez_context_get_lists (context);

  self->domains = g_ptr_array_ref (gez_lists_get_domains (lists));
  gtk_string_list_append (names, _("All life domains"));
  for (guint i = 0; i < self->domains->len; i++)
    gtk_string_list_append (names,
                            gez_lists_get_short_label (lists, g_ptr_array_index (self->domains, i)));
  fill_choice (self, self->domain, names, 0);
  gez_journal_filter_bar_set_people (self, self->people);

  return GTK_WIDGET (self);
}

static const GezId *
get_chosen (GtkWidget *choice,
            GPtrArray *records)
{
  guint place = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));

  return place == 0 || place > records->len
           ? NULL
           : gez_record_get_id (g_ptr_array_index (records, place - 1));
}

/**
 * gez_journal_filter_bar_set_people:
 * @self: the bar
 * @members: (element-type GezRecord): who belongs to the family, with `id` and `name`
 *
 * Whoever was chosen stays chosen.
 */
void
gez_journal_filter_bar_set_people (GezJournalFilterBar *self,
                                   GPtrArray           *members)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const GezId *chosen;
  guint selected = 0;

  g_return_if_fail (GEZ_IS_JOURNAL_FILTER_BAR (self));

  chosen = get_chosen (self->person, self->people);
  gtk_string_list_append (names, _("Everybody"));
  for (guint i = 0; i < members->len; i++)
    {
      GezRecord *member = g_ptr_array_index (members, i);

      if (chosen != NULL && gez_id_equal (chosen, gez_record_get_id (member)))
        selected = i + 1;
      gtk_string_list_append (names, gez_record_get_text (member, "name"));
    }
  g_ptr_array_ref (members);
  g_ptr_array_unref (self->people);
  self->people = members;
  fill_choice (self, self->person, names, selected);
  gtk_widget_set_visible (self->person, members->len > 0);
}

/**
 * gez_journal_filter_bar_get:
 * @self: the bar
 * @filter: (out): what is chosen; it lives as long as nothing else is chosen
 *
 * Returns: whether anything is left out
 */
gboolean
gez_journal_filter_bar_get (GezJournalFilterBar *self,
                            GezJournalFilter    *filter)
{
  const char *search;

  g_return_val_if_fail (GEZ_IS_JOURNAL_FILTER_BAR (self), FALSE);

  search = gtk_editable_get_text (GTK_EDITABLE (self->search));
  *filter = (GezJournalFilter) {
    .domain = get_chosen (self->domain, self->domains),
    .person = get_chosen (self->person, self->people),
    .kind = kinds[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind))].code,
    .search = search[0] != '\0' ? search : NULL,
  };

  return filter->domain != NULL || filter->person != NULL || filter->kind != NULL
         || filter->search != NULL;
}
