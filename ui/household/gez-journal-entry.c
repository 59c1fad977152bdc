/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-journal-entry.h"

#include "common/gez-chip.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "common/gez-words.h"
#include "common/gez-wrap-layout.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"

#include <glib/gi18n.h>

struct _GezJournalEntry
{
  GtkListBoxRow parent_instance;

  GezContext *context;
  GezRecord *entry;
  GezView *journal;
  GezId note; /* the first note: what an addition adds to */
  const char *circle; /* the narrowest one of its notes */
  GArray *narrow;     /* GezWidenPart: the notes in that circle */
  GtkWidget *widen;
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (GezJournalEntry, gez_journal_entry, GTK_TYPE_LIST_BOX_ROW)

enum
{
  SIGNAL_AMEND,
  SIGNAL_WIDEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Laying out a megabyte of words takes seconds: more than this shows on demand, in a text view,
 * which lays out what is on the screen only. */
#define MOST_CHARACTERS 6000

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

static void
add_part (GString    *line,
          const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

static const char *
get_optional (GezRecord  *record,
              const char *column)
{
  if (!gez_record_has (record, column) || gez_record_is_null (record, column))
    return NULL;

  return gez_record_get_text (record, column);
}

static char *
describe_how (GezJournalEntry *self)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (g_strcmp0 (gez_record_get_text (self->entry, "kind"), "contact") == 0)
    {
      const char *channel = get_optional (self->entry, "channel");

      if (channel != NULL)
        add_part (line, gez_choices_get_label (self->context, "contact_channel", channel));
      if (!gez_record_is_null (self->entry, "minutes"))
        {
          gint64 minutes = gez_record_get_integer (self->entry, "minutes");
          g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%d minute", "%d minutes",
                                                                (gulong) minutes),
                                                   (int) minutes);

          add_part (line, text);
        }
      add_part (line, gez_discreet (get_optional (self->entry, "place")));
    }
  else
    {
      add_part (line, _("Note"));
    }
  add_part (line, get_optional (self->entry, "by_name"));

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
amend_cb (GezJournalEntry *self)
{
  g_signal_emit (self, signals[SIGNAL_AMEND], 0);
}

static void
widen_cb (GezJournalEntry *self)
{
  g_signal_emit (self, signals[SIGNAL_WIDEN], 0);
}

static GtkWidget *
make_widen (GezJournalEntry *self)
{
  self->widen = gtk_button_new_from_icon_name ("system-users-symbolic");
  gtk_widget_add_css_class (self->widen, "flat");
  gtk_widget_set_valign (self->widen, GTK_ALIGN_START);
  gtk_widget_set_visible (self->widen, FALSE);
  gtk_widget_set_tooltip_text (self->widen, _("Let more people read this"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->widen), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Let more people read this"), -1);
  g_signal_connect_object (self->widen, "clicked", G_CALLBACK (widen_cb), self, G_CONNECT_SWAPPED);

  return self->widen;
}

static void
add_header (GezJournalEntry *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gez_wrap_box_new (12, 0);
  GtkWidget *amend = gtk_button_new_from_icon_name ("document-edit-symbolic");
  GezClock *clock = gez_context_get_clock (self->context);
  g_autofree char *today = gez_clock_get_today (clock);
  g_autofree char *day = gez_format_date_near (gez_record_get_text (self->entry, "day_on"), today);
  g_autofree char *time = gez_format_time (gez_record_get_text (self->entry, "time"));
  g_autofree char *when = g_strdup_printf ("%s · %s", day, time);
  g_autofree char *long_day = gez_format_date_long (gez_record_get_text (self->entry, "day_on"));
  g_autofree char *how = describe_how (self);
  g_autofree char *name = g_strdup_printf ("%s · %s", when, how);
  GtkWidget *when_label = make_label (when, "heading");

  gtk_widget_set_tooltip_text (when_label, long_day);
  gtk_box_append (GTK_BOX (words), when_label);
  gtk_box_append (GTK_BOX (words), make_label (how, "dim-label"));
  if (gez_record_has (self->entry, "is_attempt")
      && gez_record_get_integer (self->entry, "is_attempt") != 0)
    gtk_box_append (GTK_BOX (words), gez_chip_new (_("attempt"), GEZ_CHIP_WARNING));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);

  gtk_widget_add_css_class (amend, "flat");
  gtk_widget_set_valign (amend, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (amend, _("Add to this or correct it"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (amend), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add to this or correct it"), -1);
  g_signal_connect_object (amend, "clicked", G_CALLBACK (amend_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), make_widen (self));
  gtk_box_append (GTK_BOX (line), amend);
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static gboolean
belongs (GezJournalEntry *self,
         GezRecord       *record)
{
  return gez_id_equal (gez_record_get_reference (record, "entry_id"),
                       gez_record_get_id (self->entry));
}

static void
add_people (GezJournalEntry *self,
            GPtrArray       *links)
{
  g_autoptr (GString) people = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < links->len; i++)
    {
      GezRecord *link = links->pdata[i];

      if (!belongs (self, link) || get_optional (link, "name") == NULL
          || g_strcmp0 (gez_record_get_text (link, "kind"), "took_part") != 0)
        continue;
      g_string_append_printf (people, "%s\u2068%s\u2069", people->len > 0 ? ", " : "",
                              gez_discreet (get_optional (link, "name")));
    }

  if (people->len == 0)
    return;
  /* Translators: who took part in a contact; %s is a list of names. */
  text = g_strdup_printf (_("With %s"), people->str);
  gtk_box_append (GTK_BOX (self->box), make_label (text, "dim-label"));
}

static void
add_domains (GezJournalEntry *self,
             GPtrArray       *links)
{
  GtkWidget *chips = NULL;

  for (guint i = 0; i < links->len; i++)
    {
      GezRecord *link = links->pdata[i];
      const char *label;

      if (!belongs (self, link) || get_optional (link, "domain_code") == NULL)
        continue;
      if (chips == NULL)
        {
          chips = gez_wrap_box_new (6, 6);
          gtk_box_append (GTK_BOX (self->box), chips);
        }
      label = gez_choices_get_domain_label (self->context, get_optional (link, "domain_code"));
      gtk_box_append (GTK_BOX (chips), gez_chip_new (label, GEZ_CHIP_NEUTRAL));
    }
}

static void
show_all_cb (GtkButton *button)
{
  GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (button));
  GtkWidget *label = gtk_widget_get_prev_sibling (GTK_WIDGET (button));
  const char *text = g_object_get_data (G_OBJECT (button), "text");
  GtkWidget *view = NULL;
  GtkWidget *field = gez_form_text (_("Note"), 300, &view);

  gez_form_set_text (view, text);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_box_insert_child_after (GTK_BOX (box), field, label);
  gtk_box_remove (GTK_BOX (box), label);
  gtk_box_remove (GTK_BOX (box), GTK_WIDGET (button));
}

static GtkWidget *
make_text (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label;

  if (strlen (text) <= MOST_CHARACTERS)
    {
      label = make_label (text, NULL);
    }
  else
    {
      GtkWidget *more = gtk_button_new_with_label (_("Show the whole text"));
      const char *end = g_utf8_find_prev_char (text, text + MOST_CHARACTERS);
      g_autofree char *start = g_strndup (text, end - text);
      g_autofree char *cut = g_strconcat (start, " …", NULL);

      label = make_label (cut, NULL);
      gtk_widget_set_halign (more, GTK_ALIGN_START);
      g_object_set_data_full (G_OBJECT (more), "text", g_strdup (text), g_free);
      g_signal_connect (more, "clicked", G_CALLBACK (show_all_cb), NULL);
      gtk_box_append (GTK_BOX (box), more);
    }

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* A selectable label takes the focus; arriving there by Tab must not select everything. Not merely
   * not focusable: such a label holds Tab in GTK 4.8. */
  gtk_widget_set_can_focus (label, FALSE);
  gtk_box_prepend (GTK_BOX (box), label);

  return box;
}

static char *
describe_note (GezJournalEntry *self,
               GezRecord       *note)
{
  g_autoptr (GString) line = g_string_new (NULL);
  GezClock *clock = gez_context_get_clock (self->context);
  const char *domain = get_optional (note, "domain_code");
  const char *told_by = get_optional (note, "told_by");

  if (!gez_record_is_null (note, "corrects_note_id"))
    {
      g_autofree char *today = gez_clock_get_today (clock);
      g_autofree char *day = gez_clock_date_of (clock, gez_record_get_integer (note, "written_at"));
      g_autofree char *near = gez_format_date_near (day, today);

      add_part (line, _("Added later"));
      add_part (line, near);
      add_part (line, get_optional (note, "by_name"));
    }
  /* What a contact was about stands below it. */
  if (domain != NULL && gez_record_is_null (note, "contact_id"))
    add_part (line, gez_choices_get_domain_label (self->context, domain));
  add_part (line, gez_discreet (get_optional (note, "person_name")));
  if (get_optional (note, "origin") != NULL)
    add_part (line, gez_words_get (GEZ_WORDS_NOTE_ORIGIN, get_optional (note, "origin")));
  add_part (line, gez_discreet (told_by));
  add_part (line, gez_words_get (GEZ_WORDS_CIRCLE, get_optional (note, "circle_code")));
  if (gez_record_get_integer (note, "is_minor_in_confidence") != 0 && !gez_discretion_is_active ())
    add_part (line, _("Told in confidence by a minor"));

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Private notes go first; then what the case managers alone read. */
static void
collect_narrow (GezJournalEntry *self,
                GezRecord       *note)
{
  const char *circle = get_optional (note, "circle_code");
  GezWidenPart part = { "note", *gez_record_get_id (note) };
  GezCircleKind wider;

  if (!gez_widen_can (circle, &wider))
    return;
  if (g_strcmp0 (self->circle, circle) != 0)
    {
      if (self->circle != NULL && wider != GEZ_CIRCLE_CASEWORK)
        return;
      g_array_set_size (self->narrow, 0);
      self->circle = circle;
    }
  g_array_append_val (self->narrow, part);
  gtk_widget_set_visible (self->widen, TRUE);
}

static void
add_notes (GezJournalEntry *self,
           GPtrArray       *notes)
{
  for (guint i = 0; i < notes->len; i++)
    {
      GezRecord *note = notes->pdata[i];
      g_autofree char *about = NULL;
      GtkWidget *box;

      if (!belongs (self, note))
        continue;

      if (gez_id_is_none (&self->note))
        self->note = *gez_record_get_id (note);
      collect_narrow (self, note);
      about = describe_note (self, note);
      box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
      if (*about != '\0')
        {
          GtkWidget *label = make_label (about, "caption");

          gtk_widget_add_css_class (label, "dim-label");
          gtk_box_append (GTK_BOX (box), label);
        }
      gtk_box_append (GTK_BOX (box), make_text (gez_discreet (gez_record_get_text (note, "content"))));
      if (!gez_record_is_null (note, "corrects_note_id"))
        gtk_widget_add_css_class (box, "gez-addition");
      gtk_box_append (GTK_BOX (self->box), box);
    }
}

static void
add_outcome (GtkWidget    *line,
             GezRecord    *question,
             const char   *column,
             const char   *code,
             GezChipStyle  style)
{
  if (gez_record_get_integer (question, column) != 0)
    gtk_box_append (GTK_BOX (line), gez_chip_new (gez_words_get (GEZ_WORDS_OUTCOME, code), style));
}

static void
add_question (GezJournalEntry *self,
              GezRecord       *question)
{
  GtkWidget *line = gez_wrap_box_new (6, 6);
  GtkWidget *text = make_label (gez_discreet (gez_record_get_text (question, "content")), NULL);
  GezClock *clock = gez_context_get_clock (self->context);
  const char *domain = get_optional (question, "domain_code");
  const char *come_back = get_optional (question, "come_back_on");

  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_can_focus (text, FALSE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (line), text);
  if (domain != NULL)
    gtk_box_append (GTK_BOX (line),
                    gez_chip_new (gez_choices_get_domain_label (self->context, domain),
                                  GEZ_CHIP_NEUTRAL));
  add_outcome (line, question, "is_answered", "answered", GEZ_CHIP_SUCCESS);
  add_outcome (line, question, "is_referred", "referred", GEZ_CHIP_ACCENT);
  add_outcome (line, question, "is_file_opened", "file_opened", GEZ_CHIP_ACCENT);
  if (come_back != NULL)
    {
      g_autofree char *today = gez_clock_get_today (clock);
      g_autofree char *day = gez_format_date_near (come_back, today);
      g_autofree char *label = g_strdup_printf (_("come back: %s"), day);

      gboolean is_late = strcmp (come_back, today) < 0 && gez_record_is_null (question, "done_on");

      gtk_box_append (GTK_BOX (line),
                      gez_chip_new (label, is_late ? GEZ_CHIP_WARNING : GEZ_CHIP_ACCENT));
    }
  add_outcome (line, question, "is_not_solved", "not_solved", GEZ_CHIP_WARNING);
  add_outcome (line, question, "is_no_supply", "no_supply", GEZ_CHIP_WARNING);
  gtk_widget_add_css_class (line, "gez-question");
  gtk_box_append (GTK_BOX (self->box), line);
}

static void
add_questions (GezJournalEntry *self,
               GPtrArray       *questions)
{
  gboolean first = TRUE;

  for (guint i = 0; i < questions->len; i++)
    {
      if (!belongs (self, questions->pdata[i]))
        continue;
      if (first)
        {
          GtkWidget *heading = make_label (_("Asked"), "caption-heading");

          gtk_widget_add_css_class (heading, "dim-label");
          gtk_box_append (GTK_BOX (self->box), heading);
        }
      first = FALSE;
      add_question (self, questions->pdata[i]);
    }
}

static void
gez_journal_entry_dispose (GObject *object)
{
  GezJournalEntry *self = GEZ_JOURNAL_ENTRY (object);

  g_clear_object (&self->context);
  g_clear_object (&self->entry);
  g_clear_object (&self->journal);
  g_clear_pointer (&self->narrow, g_array_unref);

  G_OBJECT_CLASS (gez_journal_entry_parent_class)->dispose (object);
}

static void
gez_journal_entry_class_init (GezJournalEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_journal_entry_dispose;

  signals[SIGNAL_AMEND] = g_signal_new ("amend", GEZ_TYPE_JOURNAL_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_WIDEN] = g_signal_new ("widen", GEZ_TYPE_JOURNAL_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gez_journal_entry_init (GezJournalEntry *self)
{
  self->narrow = g_array_new (FALSE, FALSE, sizeof (GezWidenPart));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_margin_top (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 15);
  gtk_widget_set_margin_start (self->box, 15);
  gtk_widget_set_margin_end (self->box, 9);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

/**
 * gez_journal_entry_new:
 * @context: the context
 * @journal: what gez_journal_query() gave
 * @entry: one of its entries
 *
 * Returns: (transfer floating): the row for @entry
 */
GtkWidget *
gez_journal_entry_new (GezContext *context,
                       GezView    *journal,
                       GezRecord  *entry)
{
  GezJournalEntry *self = g_object_new (GEZ_TYPE_JOURNAL_ENTRY, NULL);

  self->context = g_object_ref (context);
  self->entry = g_object_ref (entry);
  self->journal = g_object_ref (journal);

  add_header (self);
  add_people (self, gez_view_get_list (journal, "links"));
  add_notes (self, gez_view_get_list (journal, "notes"));
  add_questions (self, gez_view_get_list (journal, "questions"));
  add_domains (self, gez_view_get_list (journal, "links"));

  return GTK_WIDGET (self);
}

/**
 * gez_journal_entry_get_id:
 * @self: the row
 *
 * Returns: (transfer none): identity of the entry
 */
const GezId *
gez_journal_entry_get_id (GezJournalEntry *self)
{
  g_return_val_if_fail (GEZ_IS_JOURNAL_ENTRY (self), NULL);

  return gez_record_get_id (self->entry);
}

/**
 * gez_journal_entry_get_contact:
 * @self: the row
 *
 * Returns: (nullable) (transfer none): the contact; %NULL for a note that stands alone
 */
const GezId *
gez_journal_entry_get_contact (GezJournalEntry *self)
{
  g_return_val_if_fail (GEZ_IS_JOURNAL_ENTRY (self), NULL);

  return g_strcmp0 (gez_record_get_text (self->entry, "kind"), "contact") == 0
           ? gez_record_get_id (self->entry)
           : NULL;
}

/**
 * gez_journal_entry_get_note:
 * @self: the row
 *
 * Returns: (nullable) (transfer none): the first note of the entry
 */
const GezId *
gez_journal_entry_get_note (GezJournalEntry *self)
{
  g_return_val_if_fail (GEZ_IS_JOURNAL_ENTRY (self), NULL);

  return gez_id_is_none (&self->note) ? NULL : &self->note;
}

/**
 * gez_journal_entry_get_narrow:
 * @self: the row
 * @circle: (out) (transfer none) (nullable): code of the narrowest circle of its notes, as long as the
 *   row lives; %NULL when everybody who works with the family reads all of them
 *
 * Returns: (transfer none) (element-type GezWidenPart): the notes in that circle
 */
GArray *
gez_journal_entry_get_narrow (GezJournalEntry *self,
                              const char     **circle)
{
  g_return_val_if_fail (GEZ_IS_JOURNAL_ENTRY (self), NULL);

  *circle = self->circle;

  return self->narrow;
}
