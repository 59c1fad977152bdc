/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "today/gez-today-page.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-dialog.h"
#include "agenda/gez-agenda-keys.h"
#include "agenda/gez-agenda-row.h"
#include "common/gez-chip.h"
#include "common/gez-clamp-page.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-record-section.h"
#include "common/gez-row.h"
#include "common/gez-sentence.h"
#include "common/gez-shortcut.h"
#include "common/gez-trace.h"
#include "common/gez-words.h"
#include "conflicts/gez-conflicts-section.h"
#include "drafts/gez-draft-row.h"
#include "model/gez-today.h"
#include "recovery/gez-sheet-reminder.h"

#define ROWS_PER_SECTION 10
#define SECONDS_BETWEEN_LOOKS_AT_THE_CLOCK 60

typedef enum
{
  SECTION_APPOINTMENTS,
  SECTION_TO_DO,
  SECTION_COME_BACK,
  SECTION_NO_NEWS,
  SECTION_DRAFTS,
  N_SECTIONS,
} Section;

/*
 * One query answers for the whole page. The page is usable, with all its sections in place, before
 * the answer comes; only what the answer holds is filled in then.
 */
struct _GezTodayPage
{
  GtkWidget parent_instance;

  GezContext *context;
  GezReader *reader;
  char *today;
  guint clock_timeout;

  GtkWidget *content;
  GtkLabel *title;
  GtkWidget *chips;
  GtkWidget *failure;
  GtkWidget *nothing;
  gboolean is_empty; /* of what the query gave */
  GtkWidget *conflicts;
  GezRecordSection *sections[N_SECTIONS];
};

G_DEFINE_FINAL_TYPE (GezTodayPage, gez_today_page, GTK_TYPE_WIDGET)

static const char * const tables[] = {
  "appointment", "followup", "question", "referral", "referral_event", "household", "helper",
  "trajectory", "partner", "person", "draft", NULL,
};

static GtkWidget *
make_agenda_row (GezRecord *record,
                 gpointer   user_data)
{
  GezTodayPage *self = user_data;

  return gez_agenda_row_new (self->context, record, self->today, GEZ_AGENDA_ROW_HOUSEHOLD);
}

static GtkWidget *
make_row (GezRecord  *record,
          const char *title,
          const char *subtitle)
{
  GtkWidget *row = gez_row_new (title, subtitle);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row),
                                    !gez_record_is_null (record, "household_id"));

  return row;
}

static char *
join (const char *first,
      const char *second)
{
  if (first == NULL || *first == '\0')
    return g_strdup (second);
  if (second == NULL || *second == '\0')
    return g_strdup (first);

  return g_strdup_printf ("%s · %s", first, second);
}

static GtkWidget *
make_question_row (GezRecord *record,
                   gpointer   user_data)
{
  GezTodayPage *self = user_data;
  const char *day = gez_record_get_text (record, "day_on");
  const char *person = gez_record_has (record, "person_name")
                       ? gez_record_get_text (record, "person_name") : NULL;
  g_autofree char *subtitle = join (gez_discreet (gez_record_get_text (record, "household_name")),
                                    gez_discreet (person));
  g_autofree char *due = gez_format_due (day, self->today);
  GtkWidget *row = make_row (record, gez_discreet (gez_record_get_text (record, "text")), subtitle);

  gez_row_add_chip (GEZ_ROW (row), due, g_strcmp0 (day, self->today) < 0 ? GEZ_CHIP_WARNING
                                                                         : GEZ_CHIP_NEUTRAL);

  return row;
}

static GtkWidget *
make_referral_row (GezRecord *record,
                   gpointer   user_data)
{
  int days = gez_record_get_integer (record, "days_without_news");
  const char *state = gez_words_get (GEZ_WORDS_REFERRAL_STATE,
                                     gez_record_get_text (record, "state"));
  g_autofree char *where = join (gez_discreet (gez_record_get_text (record, "household_name")),
                                 state);
  g_autofree char *subtitle = join (where, gez_discreet (gez_record_get_text (record, "text")));
  g_autofree char *age = NULL;
  const char *partner = gez_record_get_text (record, "partner");
  GtkWidget *row;

  row = make_row (record, partner == NULL ? _("Referral") : partner, subtitle);
  age = g_strdup_printf (ngettext ("no news for %d day", "no news for %d days", days), days);
  gez_row_add_chip (GEZ_ROW (row), age, GEZ_CHIP_WARNING);

  return row;
}

static GtkWidget *
make_draft_row (GezRecord *record,
                gpointer   user_data)
{
  GezTodayPage *self = user_data;

  return gez_draft_row_new (self->context, record, self->today);
}

static GezQuery *
make_query (gpointer widget)
{
  GezTodayPage *self = widget;

  g_free (self->today);
  self->today = gez_context_dup_today (self->context);

  return gez_today_query (gez_context_get_member_id (self->context));
}

static void
append_chip (GezTodayPage *self,
             const char   *text,
             GezChipStyle  style)
{
  gtk_box_append (GTK_BOX (self->chips), gez_chip_new (text, style));
}

static void
append_counts (GezTodayPage *self,
               GezView      *view)
{
  guint n_appointments = gez_view_get_list (view, "appointments")->len;
  guint n_due = gez_view_get_list (view, "due")->len;
  guint n_overdue = gez_view_get_list (view, "overdue")->len;
  g_autofree char *appointments = NULL, *due = NULL, *overdue = NULL;

  appointments = g_strdup_printf (ngettext ("%u appointment", "%u appointments", n_appointments),
                                  n_appointments);
  due = g_strdup_printf (_("%u to do today"), n_due);
  overdue = g_strdup_printf (_("%u late"), n_overdue);
  if (n_appointments > 0)
    append_chip (self, appointments, GEZ_CHIP_ACCENT);
  if (n_due > 0)
    append_chip (self, due, GEZ_CHIP_NEUTRAL);
  if (n_overdue > 0)
    append_chip (self, overdue, GEZ_CHIP_WARNING);
}

static void
show_counts (GezTodayPage *self,
             GezView      *view)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), chip);
  append_counts (self, view);
  gtk_widget_set_visible (self->chips, gtk_widget_get_first_child (self->chips) != NULL);
}

static void
show_section (GezTodayPage *self,
              Section       section,
              GPtrArray    *records,
              gboolean      stays_when_empty)
{
  gez_record_section_set_records (self->sections[section], records, self->today);
  gtk_widget_set_visible (GTK_WIDGET (self->sections[section]),
                          records->len > 0 || stays_when_empty);
}

/* Late ones first: they are what a person would otherwise forget. */
static GPtrArray *
join_to_do (GezView *view)
{
  GPtrArray *to_do = g_ptr_array_new_with_free_func (g_object_unref);
  static const char * const names[] = { "overdue", "due" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GPtrArray *records = gez_view_get_list (view, names[i]);

      for (guint j = 0; j < records->len; j++)
        g_ptr_array_add (to_do, g_object_ref (g_ptr_array_index (records, j)));
    }

  return to_do;
}

/* No appointment today: say when the next one is, if there is one. */
static void
show_next_appointment (GezTodayPage *self,
                       GezView      *view)
{
  GezSection *section = gez_record_section_get_section (self->sections[SECTION_APPOINTMENTS]);
  GPtrArray *next = gez_view_get_list (view, "next_appointment");
  g_autofree char *sentence = NULL;

  if (next->len > 0)
    {
      GezRecord *record = g_ptr_array_index (next, 0);
      g_autofree char *day = gez_format_date_near (gez_record_get_text (record, "day_on"),
                                                   self->today);

      /* Translators: %1$s is a day ("tomorrow"), %2$s what it is about. */
      sentence = g_strdup_printf (_("None today. Next: %1$s, %2$s."), day,
                                  gez_discreet (gez_record_get_text (record, "text")));
    }
  gez_section_set_empty (section, sentence != NULL ? sentence : _("None today."));
}

static void
show_nothing (GezTodayPage *self)
{
  gtk_widget_set_visible (self->nothing,
                          self->is_empty
                            && gez_conflicts_section_is_empty (GEZ_CONFLICTS_SECTION (self->conflicts)));
}

static void
show_cb (gpointer      widget,
         gpointer      result,
         const GError *error)
{
  GezTodayPage *self = widget;
  g_autofree char *day = gez_format_date_long (self->today);
  g_autofree char *sentence = error != NULL ? gez_sentence_for_error (error) : NULL;
  g_autoptr (GPtrArray) to_do = NULL;
  GezView *view = result;
  gboolean is_empty;

  gtk_label_set_text (self->title, day);
  gtk_label_set_text (GTK_LABEL (self->failure), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->failure, error != NULL);
  if (error != NULL)
    return;

  to_do = join_to_do (view);
  is_empty = to_do->len == 0
             && gez_view_get_list (view, "appointments")->len == 0
             && gez_view_get_list (view, "come_back")->len == 0
             && gez_view_get_list (view, "no_news")->len == 0
             && gez_view_get_list (view, "drafts")->len == 0;
  show_counts (self, view);
  show_next_appointment (self, view);
  show_section (self, SECTION_APPOINTMENTS, gez_view_get_list (view, "appointments"), TRUE);
  show_section (self, SECTION_TO_DO, to_do, !is_empty);
  show_section (self, SECTION_COME_BACK, gez_view_get_list (view, "come_back"), FALSE);
  show_section (self, SECTION_NO_NEWS, gez_view_get_list (view, "no_news"), FALSE);
  show_section (self, SECTION_DRAFTS, gez_view_get_list (view, "drafts"), FALSE);
  self->is_empty = is_empty;
  show_nothing (self);
  gez_trace_mark_painted (GTK_WIDGET (self), "today");
}

static void
open_cb (GezTodayPage *self,
         GezRecord    *record)
{
  const char *tab = gez_record_get_text (record, "tab");
  const char *kind = gez_record_get_text (record, "kind");

  if (g_strcmp0 (kind, "draft") == 0)
    gez_draft_open (GTK_WIDGET (self), self->context, record);
  else if (gez_record_is_null (record, "household_id")
           && (g_strcmp0 (kind, "appointment") == 0 || g_strcmp0 (kind, "followup") == 0))
    gez_agenda_dialog_present_record (GTK_WIDGET (self), self->context, record);
  else
    gez_record_open (GTK_WIDGET (self), record, tab == NULL ? "overview" : tab);
}

static void
add_followup (GezTodayPage *self)
{
  gez_agenda_dialog_present_followup (GTK_WIDGET (self), self->context, NULL, self->today);
}

static void
add_action_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  add_followup (GEZ_TODAY_PAGE (widget));
}

/* After midnight "today" is another day, and so is what is late. */
static gboolean
clock_cb (gpointer user_data)
{
  GezTodayPage *self = user_data;
  g_autofree char *today = gez_context_dup_today (self->context);

  if (g_strcmp0 (today, self->today) != 0)
    gez_reader_invalidate (self->reader);

  return G_SOURCE_CONTINUE;
}

static void
gez_today_page_map (GtkWidget *widget)
{
  GezTodayPage *self = GEZ_TODAY_PAGE (widget);

  GTK_WIDGET_CLASS (gez_today_page_parent_class)->map (widget);
  if (self->clock_timeout == 0)
    self->clock_timeout = g_timeout_add_seconds (SECONDS_BETWEEN_LOOKS_AT_THE_CLOCK, clock_cb,
                                                 self);
  /* Midnight may have passed while another page covered this one. */
  if (self->today != NULL)
    clock_cb (self);
}

static void
gez_today_page_unmap (GtkWidget *widget)
{
  GezTodayPage *self = GEZ_TODAY_PAGE (widget);

  g_clear_handle_id (&self->clock_timeout, g_source_remove);
  GTK_WIDGET_CLASS (gez_today_page_parent_class)->unmap (widget);
}

static void
gez_today_page_dispose (GObject *object)
{
  GezTodayPage *self = GEZ_TODAY_PAGE (object);

  g_clear_handle_id (&self->clock_timeout, g_source_remove);
  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_today_page_parent_class)->dispose (object);
}

static void
gez_today_page_finalize (GObject *object)
{
  g_free (GEZ_TODAY_PAGE (object)->today);

  G_OBJECT_CLASS (gez_today_page_parent_class)->finalize (object);
}

static void
gez_today_page_class_init (GezTodayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_today_page_dispose;
  object_class->finalize = gez_today_page_finalize;
  widget_class->map = gez_today_page_map;
  widget_class->unmap = gez_today_page_unmap;

  gtk_widget_class_install_action (widget_class, "today.add", NULL, add_action_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
add_section (GezTodayPage     *self,
             GtkWidget        *box,
             Section           section,
             const char       *title,
             GezRecordRowFunc  make)
{
  GtkWidget *widget = gez_record_section_new (title, ROWS_PER_SECTION, make, self);

  self->sections[section] = GEZ_RECORD_SECTION (widget);
  g_signal_connect_object (widget, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (widget, FALSE);
  gtk_box_append (GTK_BOX (box), widget);
}

static GtkWidget *
make_head (GezTodayPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_wrap (self->title, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "title-2");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->title));

  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (head), self->chips);

  self->failure = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->failure), 0);
  gtk_label_set_wrap (GTK_LABEL (self->failure), TRUE);
  gtk_widget_add_css_class (self->failure, "error");
  gtk_widget_set_visible (self->failure, FALSE);
  gtk_box_append (GTK_BOX (head), self->failure);
  gtk_widget_set_margin_bottom (head, 12);

  return head;
}

static GtkWidget *
make_nothing (void)
{
  GtkWidget *nothing;

  nothing = gez_empty_new ("object-select-symbolic", _("Nothing waits for you today"),
                           _("Open a household to note a contact, or plan a follow-up."),
                           _("Plan a follow-up"), "today.add");
  gtk_widget_set_visible (nothing, FALSE);

  return nothing;
}

static void
add_all_drafts (GezTodayPage *self)
{
  GtkWidget *all = gtk_button_new_with_label (_("All drafts"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (all), "win.show-place");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (all), "s", "drafts");
  gtk_widget_add_css_class (all, "flat");
  gez_section_add_suffix (gez_record_section_get_section (self->sections[SECTION_DRAFTS]), all);
}

static void
build (GezTodayPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GezSection *to_do;

  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), gez_sheet_reminder_new (self->context));
  self->conflicts = gez_conflicts_section_new (self->context);
  g_signal_connect_object (self->conflicts, "notify::is-empty", G_CALLBACK (show_nothing), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->conflicts);
  add_section (self, box, SECTION_APPOINTMENTS, _("Appointments today"), make_agenda_row);
  add_section (self, box, SECTION_TO_DO, _("To do"), make_agenda_row);
  add_section (self, box, SECTION_COME_BACK, _("Come back"), make_question_row);
  add_section (self, box, SECTION_NO_NEWS, _("Referrals without news"), make_referral_row);
  add_section (self, box, SECTION_DRAFTS, _("Drafts"), make_draft_row);
  add_all_drafts (self);

  to_do = gez_record_section_get_section (self->sections[SECTION_TO_DO]);
  gez_section_set_empty (to_do, _("Nothing to do today."));
  gez_section_set_add (to_do, _("Plan a follow-up"));
  g_signal_connect_object (to_do, "add", G_CALLBACK (add_followup), self, G_CONNECT_SWAPPED);

  self->nothing = make_nothing ();
  gtk_box_append (GTK_BOX (box), self->nothing);
  self->content = gez_clamp_page_new (box, 860);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

static void
gez_today_page_init (GezTodayPage *self)
{
  gez_shortcut_add (GTK_WIDGET (self), "<Control>n", "today.add");
}

/**
 * gez_today_page_new:
 * @context: (transfer none): whose day
 *
 * Returns: (transfer floating): the place, which starts to read at once
 */
GtkWidget *
gez_today_page_new (GezContext *context)
{
  GezTodayPage *self;
  g_autofree char *day = NULL;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_TODAY_PAGE, NULL);
  self->context = g_object_ref (context);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_cb);
  gez_reader_refresh (self->reader);
  build (self);
  gez_agenda_keys_add (GTK_WIDGET (self), context);
  day = gez_format_date_long (self->today);
  gtk_label_set_text (self->title, day);

  return GTK_WIDGET (self);
}
