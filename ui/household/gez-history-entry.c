/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-history-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-accessible.h"
#include "common/gez-chip.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "household/gez-domain-names.h"
#include "household/gez-excerpt.h"
#include "household/gez-file-tabs.h"
#include "household/gez-history-sentences.h"

struct _GezHistoryEntry
{
  GtkListBoxRow parent_instance;

  GezContext *context;
  GezHistoryAct *act;
  GtkWidget *box;
  GtkWidget *lines;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (GezHistoryEntry, gez_history_entry, GTK_TYPE_LIST_BOX_ROW)

#define MOST_LINES 5
#define SUBJECT_LINES 2

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

/* What was written is shown as little as where it stands. */
static GPtrArray *
get_lines (GezHistoryEntry *self)
{
  return gez_discretion_is_active () ? g_ptr_array_new ()
                                     : gez_history_lines (self->context, self->act);
}

static void
clear_lines (GezHistoryEntry *self)
{
  GtkWidget *line;

  while ((line = gtk_widget_get_first_child (self->lines)) != NULL)
    gtk_box_remove (GTK_BOX (self->lines), line);
}

/* Returns: whether something had to be left out. */
static gboolean
show_lines (GezHistoryEntry *self,
            gboolean         whole)
{
  g_autoptr (GPtrArray) lines = get_lines (self);
  guint n_shown = whole ? lines->len : MIN (lines->len, MOST_LINES);
  gboolean is_cut = n_shown < lines->len;

  clear_lines (self);
  for (guint i = 0; i < n_shown; i++)
    {
      const char *line = g_ptr_array_index (lines, i);
      g_autofree char *excerpt = whole ? g_strdup (line) : gez_excerpt (line);
      GtkWidget *label = make_label (excerpt, NULL);

      is_cut |= strcmp (excerpt, line) != 0;
      gtk_box_append (GTK_BOX (self->lines), label);
    }
  gtk_widget_set_visible (self->lines, n_shown > 0);

  return is_cut;
}

static void
more_cb (GezHistoryEntry *self)
{
  gboolean is_whole = g_object_get_data (G_OBJECT (self->more), "whole") != NULL;

  show_lines (self, !is_whole);
  g_object_set_data (G_OBJECT (self->more), "whole", is_whole ? NULL : self);
  gtk_button_set_label (GTK_BUTTON (self->more), is_whole ? _("Show everything") : _("Show less"));
}

static void
add_more (GezHistoryEntry *self)
{
  self->more = gtk_button_new_with_label (_("Show everything"));
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_add_css_class (self->more, "gez-history-more");
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->more);
}

static void
add_dispute (GezHistoryEntry *self)
{
  gboolean stands;

  if (!gez_history_is_disputed (self->act, &stands))
    return;
  gtk_box_append (GTK_BOX (self->box),
                  gez_chip_new (stands ? _("two versions: this one is shown")
                                       : _("two versions: the other one is shown"),
                                GEZ_CHIP_WARNING));
  gtk_widget_set_halign (gtk_widget_get_last_child (self->box), GTK_ALIGN_START);
}

/* A person who listens hears the whole entry: when, what, about what, and what became of it. */
static void
name_row (GezHistoryEntry *self,
          const char      *time,
          const char      *sentence,
          const char      *subject)
{
  g_autoptr (GPtrArray) lines = get_lines (self);
  g_autoptr (GString) name = g_string_new (time);

  g_string_append_printf (name, ", %s", sentence);
  if (subject != NULL)
    g_string_append_printf (name, ", %s", subject);
  for (guint i = 0; i < MIN (lines->len, MOST_LINES); i++)
    {
      g_autofree char *excerpt = gez_excerpt (g_ptr_array_index (lines, i));

      g_string_append_printf (name, ". %s", excerpt);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

/* What was added stands in the lines below it. */
static char *
dup_subject (GezHistoryEntry *self)
{
  const GezHistoryRow *row = gez_history_main_row (self->act);
  g_autofree char *subject = NULL;

  if (row == NULL || (row->is_birth && row->subject != NULL)
      || strcmp (gez_history_act_get_code (self->act), "demonstration") == 0)
    return NULL;
  subject = gez_history_subject (self->context, row);

  return gez_excerpt (gez_discreet (subject));
}

static void
build (GezHistoryEntry *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *arrow = gez_ornament_new ("go-next-symbolic");
  g_autofree char *time = gez_format_time (gez_history_act_get_time (self->act));
  g_autofree char *sentence = gez_history_sentence (self->act);
  g_autofree char *subject = dup_subject (self);
  GtkWidget *when = make_label (time, "gez-history-time");

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_hexpand (self->box, TRUE);
  gtk_box_append (GTK_BOX (self->box), make_label (sentence, "heading"));
  if (subject != NULL)
    {
      GtkWidget *about = make_label (subject, "dim-label");

      gtk_label_set_lines (GTK_LABEL (about), SUBJECT_LINES);
      gtk_label_set_ellipsize (GTK_LABEL (about), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (self->box), about);
    }
  gtk_box_append (GTK_BOX (self->box), self->lines);
  if (show_lines (self, FALSE))
    add_more (self);
  add_dispute (self);

  gtk_widget_set_valign (when, GTK_ALIGN_START);
  gtk_widget_add_css_class (arrow, "dim-label");
  gtk_widget_add_css_class (line, "gez-history-line");
  gtk_box_append (GTK_BOX (line), when);
  gtk_box_append (GTK_BOX (line), self->box);
  gtk_box_append (GTK_BOX (line), arrow);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), line);
  name_row (self, time, sentence, subject);
}

static void
gez_history_entry_dispose (GObject *object)
{
  GezHistoryEntry *self = GEZ_HISTORY_ENTRY (object);

  g_clear_object (&self->act);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_history_entry_parent_class)->dispose (object);
}

static void
gez_history_entry_class_init (GezHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_history_entry_dispose;
}

static void
gez_history_entry_init (GezHistoryEntry *self)
{
}

/**
 * gez_history_entry_new:
 * @context: where we work
 * @act: what was done
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
gez_history_entry_new (GezContext    *context,
                       GezHistoryAct *act)
{
  GezHistoryEntry *self = g_object_new (GEZ_TYPE_HISTORY_ENTRY, NULL);

  self->context = g_object_ref (context);
  self->act = g_object_ref (act);
  build (self);
  gez_discretion_watch (self, G_CALLBACK (build));

  return GTK_WIDGET (self);
}

/**
 * gez_history_entry_get_act:
 * @self: the row
 *
 * Returns: (transfer none): what was done
 */
GezHistoryAct *
gez_history_entry_get_act (GezHistoryEntry *self)
{
  g_return_val_if_fail (GEZ_IS_HISTORY_ENTRY (self), NULL);

  return self->act;
}

/**
 * gez_history_entry_dup_tab:
 * @self: the row
 *
 * Returns: (transfer full): the tab of the file where the thing stands
 */
char *
gez_history_entry_dup_tab (GezHistoryEntry *self)
{
  static const struct
  {
    const char *table;
    const char *tab;
  } tabs[] = {
    { "person", "network" },       { "membership", "network" },     { "relation", "network" },
    { "helper", "network" },       { "goal", "plan" },              { "step", "plan" },
    { "contact", "journal" },      { "contact_link", "journal" },   { "note", "journal" },
    { "question", "journal" },     { "referral", "referrals" },     { "referral_event", "referrals" },
    { "followup", "agenda" },      { "appointment", "agenda" },
  };
  const GezHistoryRow *row;

  g_return_val_if_fail (GEZ_IS_HISTORY_ENTRY (self), NULL);

  row = gez_history_main_row (self->act);
  if (row != NULL && strcmp (row->table, "assessment") == 0)
    return g_strconcat (GEZ_FILE_TABS_DOMAIN, gez_domain_code (self->context, &row->domain_id), NULL);
  for (guint i = 0; row != NULL && i < G_N_ELEMENTS (tabs); i++)
    if (strcmp (tabs[i].table, row->table) == 0)
      return g_strdup (tabs[i].tab);

  return g_strdup ("overview");
}
