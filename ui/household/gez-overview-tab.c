/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-overview-tab.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "common/gez-clamp-page.h"
#include "common/gez-discretion.h"
#include "common/gez-fold.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-row.h"
#include "common/gez-section.h"
#include "common/gez-words.h"
#include "household/gez-domain-names.h"
#include "household/gez-excerpt.h"
#include "household/gez-flag-dialog.h"
#include "household/gez-household-data.h"
#include "household/gez-score-table.h"
#include "household/gez-text-scale.h"
#include "household/gez-trajectory-card.h"
#include "model/gez-household-file.h"
#include "model/gez-journal.h"
#include "model/gez-overview.h"

struct _GezOverviewTab
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *file_reader;
  GezReader *overview_reader;
  GezReader *journal_reader;

  GtkWidget *page;
  GtkWidget *urgent;
  GtkWidget *strengths;
  GtkWidget *goals;
  GtkWidget *journal;
  GtkWidget *scores;
  GtkWidget *flags;
  GtkWidget *trajectory;
  GtkWidget *data;
};

G_DEFINE_FINAL_TYPE (GezOverviewTab, gez_overview_tab, GTK_TYPE_WIDGET)

#define PAGE_WIDTH 1040
#define COLUMNS_FROM_WIDTH 680
#define RIGHT_WIDTH 380
#define N_JOURNAL 4
#define TAB_KEY "gez-tab"
#define FLAG_KEY "gez-flag"

static const char * const file_tables[] = {
  "household", "flag", "trajectory", "trajectory_event", "assessment", "goal", "step", "district",
  "domain", "appointment", NULL
};
static const char * const overview_tables[] = {
  "followup", "referral", "referral_event", "assessment", "goal", "step", "person", "helper",
  "member", "partner", NULL
};
static const char * const journal_tables[] = { "contact", "note", "question", "member", NULL };

static void
set_tab (GtkWidget  *row,
         const char *tab)
{
  gez_row_set_leads (GEZ_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), TAB_KEY, g_strdup (tab), g_free);
}

static void
add_flag_cb (GezOverviewTab *self)
{
  gez_flag_dialog_present (GTK_WIDGET (self), self->context, &self->household, NULL);
}

static void
row_activated_cb (GezOverviewTab *self,
                  GtkListBoxRow  *row)
{
  GezRecord *flag = g_object_get_data (G_OBJECT (row), FLAG_KEY);
  const char *tab = g_object_get_data (G_OBJECT (row), TAB_KEY);
  char household[GEZ_ID_TEXT_SIZE];

  if (flag != NULL)
    gez_flag_dialog_present (GTK_WIDGET (self), self->context, &self->household, flag);
  if (tab == NULL)
    return;

  gez_id_to_buffer (&self->household, household);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-household-tab", "(ss)", household, tab);
}

/* What is urgent ------------------------------------------------------------------------------- */

static void
append_followup (GezOverviewTab *self,
                 GezRecord      *followup,
                 const char     *today)
{
  g_autofree char *due = gez_format_due (gez_record_get_text (followup, "due_on"), today);
  GtkWidget *row = gez_row_new (gez_discreet (gez_record_get_text (followup, "what")),
                                gez_record_get_text (followup, "owner_name"));

  gez_row_set_lines (GEZ_ROW (row), 2, 1);
  gez_row_add_chip (GEZ_ROW (row), due,
                    gez_record_get_integer (followup, "is_overdue") != 0 ? GEZ_CHIP_WARNING
                                                                         : GEZ_CHIP_NEUTRAL);
  set_tab (row, "agenda");
  gez_section_append (GEZ_SECTION (self->urgent), row);
}

static void
append_referral (GezOverviewTab *self,
                 GezRecord      *referral)
{
  const char *partner = gez_record_get_text (referral, "partner");
  int days = (int) gez_record_get_integer (referral, "days_without_news");
  g_autofree char *title = g_strdup_printf (_("Referral · %s"),
                                            partner != NULL ? partner : _("no partner named"));
  g_autofree char *chip = g_strdup_printf (ngettext ("no news for %d day", "no news for %d days",
                                                     (gulong) days),
                                           days);
  GtkWidget *row = gez_row_new (title, gez_discreet (gez_record_get_text (referral, "question")));

  gez_row_set_lines (GEZ_ROW (row), 2, 1);
  gez_row_add_chip (GEZ_ROW (row), chip, GEZ_CHIP_WARNING);
  set_tab (row, "referrals");
  gez_section_append (GEZ_SECTION (self->urgent), row);
}

static void
show_urgent (GezOverviewTab *self,
             GezView        *view)
{
  GPtrArray *followups = gez_view_get_list (view, "followups");
  GPtrArray *no_news = gez_view_get_list (view, "no_news");
  g_autofree char *today = gez_context_dup_today (self->context);

  gez_section_clear (GEZ_SECTION (self->urgent));
  for (guint i = 0; i < followups->len; i++)
    append_followup (self, g_ptr_array_index (followups, i), today);
  for (guint i = 0; i < no_news->len; i++)
    append_referral (self, g_ptr_array_index (no_news, i));
}

/* Strengths, goals, journal -------------------------------------------------------------------- */

static void
show_strengths (GezOverviewTab *self,
                GPtrArray      *strengths)
{
  gez_section_clear (GEZ_SECTION (self->strengths));
  for (guint i = 0; i < strengths->len; i++)
    {
      GezRecord *record = g_ptr_array_index (strengths, i);
      const GezId *domain = gez_record_get_reference (record, "domain_id");
      const char *voice = gez_record_get_text (record, "voice");
      g_autofree char *tab = g_strconcat ("domain:", gez_domain_code (self->context, domain), NULL);
      g_autofree char *text = gez_excerpt (gez_record_get_text (record, "strengths"));
      GtkWidget *row = gez_row_new (text, gez_domain_label (self->context, domain));

      gez_row_set_lines (GEZ_ROW (row), 3, 1);
      gez_row_add_chip (GEZ_ROW (row), gez_words_get (GEZ_WORDS_VOICE, voice), GEZ_CHIP_NEUTRAL);
      set_tab (row, tab);
      gez_section_append (GEZ_SECTION (self->strengths), row);
    }
}

/* The next step, who takes it: "Call the school · Anna". */
static char *
describe_next_step (GezRecord *goal)
{
  const char *what = gez_record_get_text (goal, "next_what");
  const char *owner = gez_discreet (gez_record_get_text (goal, "next_owner"));

  if (what == NULL)
    return g_strdup (_("No next step agreed"));
  if (owner == NULL)
    return g_strdup (what);

  return g_strdup_printf ("%s · %s", what, owner);
}

static void
show_goals (GezOverviewTab *self,
            GPtrArray      *goals)
{
  g_autofree char *today = gez_context_dup_today (self->context);

  gez_section_clear (GEZ_SECTION (self->goals));
  for (guint i = 0; i < goals->len; i++)
    {
      GezRecord *goal = g_ptr_array_index (goals, i);
      const char *due_on = gez_record_get_text (goal, "next_due_on");
      g_autofree char *next = describe_next_step (goal);
      g_autofree char *due = gez_format_due (due_on, today);
      g_autofree char *progress = NULL;
      int n_steps = (int) gez_record_get_integer (goal, "n_steps");
      GtkWidget *row = gez_row_new (gez_record_get_text (goal, "words"), next);

      gez_row_set_lines (GEZ_ROW (row), 2, 2);
      if (due_on != NULL && g_strcmp0 (due_on, today) < 0)
        gez_row_add_chip (GEZ_ROW (row), due, GEZ_CHIP_WARNING);
      /* Translators: steps done of all steps: "2 of 5". */
      progress = g_strdup_printf (_("%d of %d"),
                                  (int) gez_record_get_integer (goal, "n_done_steps"), n_steps);
      if (n_steps > 0)
        gez_row_add_chip (GEZ_ROW (row), progress, GEZ_CHIP_ACCENT);
      set_tab (row, "plan");
      gez_section_append (GEZ_SECTION (self->goals), row);
    }
}

static const char *
first_text (GPtrArray   *records,
            const GezId *entry)
{
  for (guint i = 0; i < records->len; i++)
    {
      GezRecord *record = g_ptr_array_index (records, i);

      if (gez_id_equal (gez_record_get_reference (record, "entry_id"), entry))
        return gez_record_get_text (record, "content");
    }

  return NULL;
}

static void
append_entry (GezOverviewTab *self,
              GezRecord      *entry,
              GezView        *view,
              const char     *today)
{
  GezLists *lists = gez_context_get_lists (self->context);
  const char *by = gez_record_get_text (entry, "by_name");
  const char *text = first_text (gez_view_get_list (view, "notes"), gez_record_get_id (entry));
  g_autofree char *day = gez_format_date_near (gez_record_get_text (entry, "day_on"), today);
  g_autofree char *title = NULL;
  g_autofree char *excerpt = NULL;
  GtkWidget *row;

  if (text == NULL)
    text = first_text (gez_view_get_list (view, "questions"), gez_record_get_id (entry));
  if (g_strcmp0 (gez_record_get_text (entry, "kind"), "contact") == 0
      && gez_record_get_text (entry, "channel") != NULL)
    title = g_strdup_printf ("%s · %s", day,
                             gez_lists_get_item_label (lists, "contact_channel",
                                                       gez_record_get_text (entry, "channel")));
  else
    title = g_strdup (day);

  excerpt = gez_excerpt (gez_discreet (text));
  row = gez_row_new (title, excerpt);
  gez_row_set_lines (GEZ_ROW (row), 1, 2);
  if (by != NULL)
    gez_row_add_chip (GEZ_ROW (row), by, GEZ_CHIP_NEUTRAL);
  set_tab (row, "journal");
  gez_section_append (GEZ_SECTION (self->journal), row);
}

static void
show_overview (gpointer      widget,
               gpointer      result,
               const GError *error)
{
  GezOverviewTab *self = widget;

  if (result == NULL)
    {
      gez_say_error (widget, error);
      return;
    }

  show_urgent (self, result);
  show_strengths (self, gez_view_get_list (result, "strengths"));
  show_goals (self, gez_view_get_list (result, "goals"));
}

static void
show_journal (gpointer      widget,
              gpointer      result,
              const GError *error)
{
  GezOverviewTab *self = widget;
  GPtrArray *entries;
  g_autofree char *today = NULL;

  if (result == NULL)
    {
      gez_say_error (widget, error);
      return;
    }

  today = gez_context_dup_today (self->context);
  entries = gez_view_get_list (result, "entries");
  gez_section_clear (GEZ_SECTION (self->journal));
  for (guint i = 0; i < entries->len; i++)
    append_entry (self, g_ptr_array_index (entries, i), result, today);
}

/* The household itself ------------------------------------------------------------------------- */

static void
show_flags (GezOverviewTab *self,
            GPtrArray      *flags)
{
  gez_section_clear (GEZ_SECTION (self->flags));
  /* Not even that there are any may be seen over a shoulder. */
  gtk_widget_set_visible (self->flags, !gez_discretion_is_active ());
  for (guint i = 0; i < flags->len && !gez_discretion_is_active (); i++)
    {
      GezRecord *flag = g_ptr_array_index (flags, i);
      const char *until = gez_record_get_text (flag, "until_on");
      GtkWidget *row = gez_row_new (gez_record_get_text (flag, "fact"),
                                    gez_record_get_text (flag, "source"));

      gez_row_set_lines (GEZ_ROW (row), 3, 2);
      if (until != NULL)
        {
          g_autofree char *day = gez_format_date (until);
          g_autofree char *chip = g_strdup_printf (_("until %s"), day);

          gez_row_add_chip (GEZ_ROW (row), chip, GEZ_CHIP_NEUTRAL);
        }
      gez_row_set_leads (GEZ_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), FLAG_KEY, g_object_ref (flag), g_object_unref);
      gez_section_append (GEZ_SECTION (self->flags), row);
    }
}

static void
show_file (gpointer      widget,
           gpointer      result,
           const GError *error)
{
  GezOverviewTab *self = widget;

  /* The page of the file says why it could not be read. */
  if (result == NULL)
    return;

  gez_score_table_show (GEZ_SCORE_TABLE (self->scores), gez_view_get_list (result, "domains"));
  gez_trajectory_card_show (GEZ_TRAJECTORY_CARD (self->trajectory),
                            gez_view_get_list (result, "trajectories"));
  gez_household_data_show (GEZ_HOUSEHOLD_DATA (self->data),
                           gez_view_get_record (result, "household"));
  show_flags (self, gez_view_get_list (result, "flags"));
  gtk_widget_set_sensitive (self->data, TRUE);
}

static GezQuery *
make_file_query (gpointer widget)
{
  return gez_household_file_query (&GEZ_OVERVIEW_TAB (widget)->household);
}

static GezQuery *
make_overview_query (gpointer widget)
{
  return gez_overview_query (&GEZ_OVERVIEW_TAB (widget)->household);
}

static GezQuery *
make_journal_query (gpointer widget)
{
  return gez_journal_query (&GEZ_OVERVIEW_TAB (widget)->household, NULL, N_JOURNAL);
}

static GtkWidget *
make_section (GezOverviewTab *self,
              const char     *title,
              const char     *empty)
{
  GtkWidget *section = gez_section_new (title);

  if (empty != NULL)
    gez_section_set_empty (GEZ_SECTION (section), empty);
  g_signal_connect_object (section, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);

  return section;
}

static GtkWidget *
make_left (GezOverviewTab *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->strengths = make_section (self, _("What goes well"),
                                  _("Nothing written yet. Open a life domain and ask what goes "
                                    "well."));
  self->urgent = make_section (self, _("What asks for attention"),
                               _("Nothing is late, and nothing is due in the next two weeks."));
  self->goals = make_section (self, _("Goals and next steps"),
                              _("No goal yet. The Plan tab is where one begins."));
  self->journal = make_section (self, _("Latest in the journal"),
                                _("Nothing noted yet. “Note a contact” is the button above."));
  gtk_box_append (GTK_BOX (column), self->urgent);
  gtk_box_append (GTK_BOX (column), self->strengths);
  gtk_box_append (GTK_BOX (column), self->goals);
  gtk_box_append (GTK_BOX (column), self->journal);

  return column;
}

static GtkWidget *
make_right (GezOverviewTab *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->flags = make_section (self, _("To mind"),
                              _("What everybody who goes there must know can be written here."));
  self->scores = gez_score_table_new (self->context, &self->household);
  self->trajectory = gez_trajectory_card_new (self->context, &self->household);
  self->data = gez_household_data_new (self->context, &self->household);
  gez_section_set_add (GEZ_SECTION (self->flags), _("Add"));
  g_signal_connect_object (self->flags, "add", G_CALLBACK (add_flag_cb), self, G_CONNECT_SWAPPED);
  /* Until the first answer nobody can change what is not known yet. */
  gtk_widget_set_sensitive (self->data, FALSE);
  gtk_box_append (GTK_BOX (column), self->flags);
  gtk_box_append (GTK_BOX (column), self->scores);
  gtk_box_append (GTK_BOX (column), self->trajectory);
  gtk_box_append (GTK_BOX (column), self->data);

  return column;
}

static void
drop_reader (GezReader **reader)
{
  if (*reader != NULL)
    g_object_run_dispose (G_OBJECT (*reader));
  g_clear_object (reader);
}

static void
gez_overview_tab_dispose (GObject *object)
{
  GezOverviewTab *self = GEZ_OVERVIEW_TAB (object);

  drop_reader (&self->file_reader);
  drop_reader (&self->overview_reader);
  drop_reader (&self->journal_reader);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_overview_tab_parent_class)->dispose (object);
}

static void
gez_overview_tab_class_init (GezOverviewTabClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_overview_tab_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_overview_tab_init (GezOverviewTab *self)
{
}

/**
 * gez_overview_tab_new:
 * @context: where we work
 * @household: whose file
 *
 * Returns: (transfer floating): the tab; it fills itself
 */
GtkWidget *
gez_overview_tab_new (GezContext  *context,
                      const GezId *household)
{
  GezStore *store;
  GezOverviewTab *self;
  GtkWidget *columns;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (household != NULL, NULL);

  self = g_object_new (GEZ_TYPE_OVERVIEW_TAB, NULL);
  self->context = g_object_ref (context);
  self->household = *household;
  columns = gez_fold_new (make_left (self), make_right (self), 24);
  gez_fold_set_second_width (GEZ_FOLD (columns), gez_text_scale (GTK_WIDGET (self), RIGHT_WIDTH));
  gez_fold_set_threshold (GEZ_FOLD (columns),
                          gez_text_scale (GTK_WIDGET (self), COLUMNS_FROM_WIDTH));
  self->page = gez_clamp_page_new (columns, PAGE_WIDTH);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));

  store = gez_context_get_store (context);
  self->file_reader = gez_reader_new (GTK_WIDGET (self), store, file_tables, make_file_query,
                                      show_file);
  self->overview_reader = gez_reader_new (GTK_WIDGET (self), store, overview_tables,
                                          make_overview_query, show_overview);
  self->journal_reader = gez_reader_new (GTK_WIDGET (self), store, journal_tables,
                                         make_journal_query, show_journal);
  gez_reader_refresh (self->file_reader);
  gez_reader_refresh (self->overview_reader);
  gez_reader_refresh (self->journal_reader);

  return GTK_WIDGET (self);
}
